"""The languages of a book: of each text, and of what the editors of included editions say."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from lxml import etree
from pdfminer.pdftypes import PDFObjRef, resolve1

from epubchecking import messages_on
from printedition import pipeline
from printedition.sources import MemorySources
from volumes import edition, inside

HAUS = edition(
    "haus",
    title="Domus",
    words=(
        "Consilium agrum dedit.[^1]\n\n## Caput\n\n> Quotatio longa.\n\n"
        "{lang=el}\nλόγος\n\n::: {.verse lang=de}\nEin Satz.\n:::\n\n[^1]: Nota auctoris."
    ),
    book="  - prose: 'nach.md'\n  - commentary: 'Anmerkungen'\n",
)
RECORD = HAUS["edition.yaml"].replace("lang: 'en'", "lang: 'de'")
RECORD = RECORD.replace("  - front: 'title-page'\n", "")
RECORD = RECORD.replace("'text/main.md'\n", "'text/main.md'\n    lang: 'la'\n")
FILES = {
    **HAUS,
    "edition.yaml": RECORD,
    "nach.md": f"# Nachwort\n\n{'Verbraucherschutzgesetzesänderung ' * 60}\n",
    "text/commentary.md": (
        "## p1 “Consilium” {.foot}\n\nDer Rat.\n\n## p1 “agrum” {.margin}\n\nAcker\n\n"
        "## p1 “dedit” {.end}\n\nGabe.\n"
    ),
    "text/apparatus.yaml": (
        "- lemma: 'agrum'\n  in: 'p1'\n  readings:\n    - wit: 'T'\n      text: 'agros'\n"
    ),
}
VOLUME = {
    "edition.yaml": (
        "slug: 'reader'\ntitle: 'Reader'\nlang: 'en'\n"
        "texts:\n  - id: 'haus'\n    include: 'haus'\n"
        "book:\n  - text: 'haus'\n  - sigla: 'Sigla'\n  - permissions: 'Rights'\n"
    ),
    **inside("haus", FILES),
}
SAID = {  # what is in which language, but for the apparatus
    "Domus": "la",
    "Consilium": "la",
    "Caput": "la",
    "Quotatio longa.": "la",
    "λόγος": "el",
    "Ein Satz.": "de",
    "Nota auctoris.": "la",
    "Der Rat.": "de",
    "Acker": "de",
    "Nachwort": "de",
    "Gabe.": "de",
    "1 page to read": "en",
    "Sigla": "en",
}


@pytest.fixture(scope="module", params=["included", "alone"])
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books of the edition in a volume in English, and of its own."""
    folder = tmp_path_factory.mktemp("languages")
    files = VOLUME if request.param == "included" else FILES
    formats = frozenset({"pdf", "epub", "html"})
    made = pipeline.build(MemorySources(files), output=folder, formats=formats)
    assert not made.has_errors, made.diagnostics
    return folder / ("reader" if request.param == "included" else "haus")


def chapters(path: Path) -> Iterator[etree._Element]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "/text/" in name:
                yield etree.fromstring(archive.read(name))


def languages(pages: Iterator[etree._Element], attribute: str) -> dict[str, str]:
    """The language of each run of words."""
    found: dict[str, str] = {}
    for page in pages:
        for node in page.iterfind(".//{*}body//*"):
            for words in (node.text, *(child.tail for child in node)):
                if words and words.strip():
                    (lang,) = node.xpath("ancestor-or-self::*[@lang][1]/@lang")
                    assert not attribute or node.xpath(
                        f"ancestor-or-self::*[@{attribute}][1]/@{attribute}"
                    ) == [lang]
                    found.setdefault(" ".join(words.split()), lang)
    return found


def sought(found: dict[str, str], words: str) -> str:
    return next(lang for said, lang in found.items() if said.startswith(words))


def test_the_ebook_marks_every_change_of_language(books: Path) -> None:
    found = languages(chapters(books.with_suffix(".epub")), "xml:lang")
    known = {w: lang for w, lang in SAID.items() if any(said.startswith(w) for said in found)}
    assert len(known) >= len(SAID) - 2
    assert {words: sought(found, words) for words in known} == known
    assert (found["agrum]"], found["agros"]) == ("la", "la")


def test_the_marked_ebook_and_web_page_are_valid(books: Path) -> None:
    assert messages_on(books.with_suffix(".epub")) == []
    page = etree.fromstring(books.with_suffix(".html").read_bytes(), etree.HTMLParser())
    assert page.xpath("string(//h2[contains(., 'Domus')]/@lang)") == "la"


def spoken(
    node: Any, lang: str, page: int, words: Mapping[tuple[int, int], str]
) -> Iterator[tuple[str, str]]:
    """The words of each element of the tags, with the language that they are said to be in."""
    lang = (resolve1(node.get("Lang")) or b"").decode("latin-1") or lang
    page = node["Pg"].objid if isinstance(node.get("Pg"), PDFObjRef) else page
    kids = resolve1(node.get("K"))
    said = ""
    for kid in map(resolve1, kids if isinstance(kids, list) else [kids]):
        if isinstance(kid, int):
            said += words.get((page, kid), "")
        elif isinstance(kid, dict) and "S" in kid:
            yield from spoken(kid, lang, page, words)
        elif isinstance(kid, dict) and "MCID" in kid:
            said += words.get((kid["Pg"].objid if "Pg" in kid else page, kid["MCID"]), "")
    if said.strip():
        yield " ".join(said.split()), lang


def test_the_tags_of_the_pdf_say_the_language(books: Path) -> None:
    with pdfplumber.open(books.with_suffix(".pdf")) as book:
        words: dict[tuple[int, int], str] = {}
        for page in book.pages:
            for char in page.chars:
                if char["mcid"] is not None:
                    key = page.page_obj.pageid, char["mcid"]
                    words[key] = words.get(key, "") + char["text"]
        catalog = book.doc.catalog
        root = resolve1(catalog["StructTreeRoot"])
        told = [*spoken(root, resolve1(catalog["Lang"]).decode(), 0, words)]
        found = dict(reversed(told))
    for words, lang in SAID.items():
        if any(said.startswith(words) for said in found):
            assert sought(found, words) == lang, (words, found)
    assert {*SAID} - {words for words in SAID for said in found if said.startswith(words)} <= {
        "Sigla",
        "1 page to read",
    }


def test_words_are_divided_as_their_language_divides_them(books: Path) -> None:
    book = pypdfium2.PdfDocument(books.with_suffix(".pdf"))
    lines = [line for page in book for line in page.get_textpage().get_text_bounded().splitlines()]
    ends = {line.rsplit(" ", 1)[-1] for line in lines if line.endswith(("\u2010", "-", "\ufffe"))}
    parts = {end.rstrip("\u2010-\ufffe") for end in ends}
    assert parts
    # German: Ver-brau-cher-schutz-ge-set-zes-än-de-rung
    german = {"Ver", "Verbrau", "Verbraucher", "Verbraucherschutz", "Verbraucherschutzge"}
    german |= {f"Verbraucherschutzgeset{rest}" for rest in ("", "zes", "zesän", "zesände")}
    assert parts <= german, parts
