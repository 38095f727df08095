"""Notes and entries of e-books as they lie in the file, read with lxml from the archive."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from lxml import etree

from editions import Made, stress_edition, verse_edition
from epubchecking import messages_on
from printedition import pipeline
from printedition.sources import MemorySources

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
STYLE = Path(__file__).parent.parent / "styles" / "ebook.css"
LONGEST = 5000  # characters that Kobo shows in a box


@dataclass(frozen=True, slots=True)
class Ebook:
    """The pages of an e-book by their names in the archive, and the order of reading."""

    path: Path
    pages: dict[str, etree._Element]
    order: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Ebook:
        with zipfile.ZipFile(path) as archive:
            pages = {
                name: etree.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.endswith((".xhtml", ".opf"))
            }
        package = pages.pop("OEBPS/content.opf")
        files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        order = (f"OEBPS/{files[one.get('idref')]}" for one in package.iter("{*}itemref"))
        return cls(path, pages, tuple(order))


def made(edition: Made | dict[str, str], folder: Path) -> Ebook:
    files = edition if isinstance(edition, dict) else edition.files
    pipeline.build(MemorySources(files), output=folder, formats=frozenset({"epub"}))
    (path,) = folder.glob("*.epub")
    return Ebook.read(path)


EDITIONS = [pytest.param("edition", marks=pytest.mark.xdist_group("built")), "stress", "verse"]


@pytest.fixture(scope="module", params=EDITIONS)
def ebook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ebook:
    """The real edition, the one that has everything at once, and one of verse."""
    if request.param == "edition":
        (path,) = request.getfixturevalue("built").glob("*.epub")
        return Ebook.read(path)
    edition = stress_edition() if request.param == "stress" else verse_edition()
    return made(edition, tmp_path_factory.mktemp(request.param))


def by_id(page: etree._Element) -> dict[str, etree._Element]:
    return {element.get("id"): element for element in page.iter() if element.get("id")}


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def calls(page: etree._Element) -> list[etree._Element]:
    return [link for link in page.iter(f"{XHTML}a") if link.get(TYPE) == "noteref"]


def notes(page: etree._Element) -> list[etree._Element]:
    return [each for each in page.iter() if each.get(TYPE) == "footnote"]


def test_notes_and_calls_lead_to_each_other(ebook: Ebook) -> None:
    found = 0
    for page in ebook.pages.values():
        known, places = by_id(page), {each: at for at, each in enumerate(page.iter())}
        backlinks = set()
        for note in notes(page):
            back = next(note.iter(f"{XHTML}a"))
            assert back.get("role") == "doc-backlink"
            assert words(note).startswith(words(back)), "its number comes first"
            call = known[back.get("href")[1:]]
            assert call.get("href") == f"#{note.get('id')}"
            assert call.get("role") == "doc-noteref"
            assert not len(call), "no tag in a call"
            assert places[call] < places[note]
            assert note.tag == f"{XHTML}div"
            assert len(words(note)) < LONGEST
            backlinks.add(call.get("id"))
            found += 1
        assert backlinks == {call.get("id") for call in calls(page)}
    assert found


def test_no_id_stands_twice_and_no_link_is_dead_or_empty(ebook: Ebook) -> None:
    known = {name: by_id(page) for name, page in ebook.pages.items()}
    for name, page in ebook.pages.items():
        twice = Counter(each.get("id") for each in page.iter() if each.get("id"))
        assert set(twice.values()) <= {1}, twice.most_common(1)
        for link in page.iter(f"{XHTML}a"):
            address, fragment = urldefrag(link.get("href"))
            if ":" in address:
                continue
            target = (PurePosixPath(name).parent / address).as_posix() if address else name
            target = re.sub(r"[^/]+/\.\./", "", target)
            assert target in known, link.get("href")
            assert not fragment or unquote(fragment) in known[target], link.get("href")
            assert words(link), etree.tostring(link)


def test_only_calls_and_notes_lead_to_each_other(ebook: Ebook) -> None:
    """Kindle takes every other two-way pair of links for a note."""
    for page in ebook.pages.values():
        named = {
            link.get("id"): link for link in page.iter(f"{XHTML}a") if link.get("id")
        }  # fmt: skip
        for link in named.values():
            other = named.get((link.get("href") or "").lstrip("#"))
            assert other is None or other.get("href") != f"#{link.get('id')}"


def test_entries_at_one_word_share_a_call(ebook: Ebook) -> None:
    for page in ebook.pages.values():
        for call in page.iter(f"{XHTML}sup"):
            following = call.getnext()
            if call.get("class") == "call entry" and following is not None and not call.tail:
                assert following.get("class") != "call entry"


def test_bands_stand_apart_and_are_named(ebook: Ebook) -> None:
    for page in ebook.pages.values():
        for band in page.iter(f"{XHTML}section"):
            if band.get(TYPE) == "footnotes":
                assert words(by_id(page)[band.get("aria-labelledby")])
                kinds = {each.get("class").split()[1] for each in notes(band)}
                assert len(kinds) == 1, kinds


def test_pages_are_read_in_the_order_of_their_names(ebook: Ebook) -> None:
    read = [name for name in ebook.order if name.startswith("OEBPS/text/")]
    assert read == sorted(read)
    assert set(read) | {"OEBPS/nav.xhtml"} == set(ebook.pages) | {"OEBPS/nav.xhtml"}


def test_siglum_is_explained_where_the_book_has_no_list(
    base: dict[str, str], tmp_path: Path
) -> None:
    page = letter(made(small(base), tmp_path))
    assert {each.get("title") for each in page.iter(f"{XHTML}abbr")} == {"The only witness"}


# How the text calls entries

EVALUATION = """accessibility:
  evaluator: 'The Office'
  date: '2026-03-01'
  standard: 'EPUB Accessibility 1.1 - WCAG 2.2 Level AA'
  credential: 'A certificate'
  report: 'https://example.org/report'
"""


def small(base: dict[str, str], **settings: str) -> dict[str, str]:
    """A text with two entries at one word, a third at another."""
    base["edition.yaml"] += "".join(f"ebook:\n  {k}: '{v}'\n" for k, v in settings.items())
    base["letter/letter.md"] = "# A letter\n\n{#p1}\nGive the *matter* good thought.\n"
    base["letter/apparatus.yaml"] = (
        "- lemma: 'matter'\n  in: 'p1'\n  readings:\n    - wit: 'T'\n      text: 'mater'\n"
        "- lemma: 'the matter'\n  in: 'p1'\n  readings:\n    - wit: 'T'\n      text: 'a mater'\n"
        "- lemma: 'good'\n  in: 'p1'\n  readings:\n    - wit: 'T'\n      text: 'god'\n"
    )
    return base


def letter(book: Ebook) -> etree._Element:
    (page,) = (page for name, page in book.pages.items() if "-letter" in name)
    return page


@pytest.mark.parametrize(
    ("way", "text", "called"),
    [
        ("letters", "Give the mattera goodb thought.", ["a", "b"]),
        ("marked", "Give the matter good thought.", ["matter", "good"]),
        ("none", "Give the matter good thought.", []),
    ],
)
def test_entries_are_called_as_the_edition_says(
    base: dict[str, str], tmp_path: Path, way: str, text: str, called: list[str]
) -> None:
    page = letter(made(small(base, entries=way), tmp_path))
    (paragraph,) = page.xpath("//*[@id='letter.p1']")
    said = re.sub(r"\d", "", words(paragraph))
    assert said == text
    assert [words(call) for call in calls(page)] == called
    assert len(notes(page)) == 2
    for note in notes(page):
        back = next(note.iter(f"{XHTML}a"))
        assert back.get("role") == "doc-backlink"
        assert back.get("href")[1:] in by_id(paragraph)


def test_entries_that_share_a_call_are_paragraphs_of_its_note(
    base: dict[str, str], tmp_path: Path
) -> None:
    first, second = notes(letter(made(small(base), tmp_path)))
    assert [words(each) for each in first] == ["a the matter] a mater T", "matter] mater T"]
    assert [words(each) for each in second] == ["b good] god T"]


def test_note_too_long_for_a_box_goes_on_in_another(base: dict[str, str], tmp_path: Path) -> None:
    body = "\n\n".join(f"Paragraph {number}. " + "word " * 300 for number in range(5))
    base["letter/commentary.md"] = f"## p1 “matter”\n\n{body}\n"
    page = letter(made(base, tmp_path))
    (note,) = notes(page)
    parts = [note, *(each for each in note.itersiblings() if "more" in each.get("class").split())]
    assert len(parts) == 3
    assert all(len(words(part)) < LONGEST for part in parts)
    on = [part.xpath(".//*[@class='goes-on']/*/@href") for part in parts]
    assert on == [[f"#{parts[1].get('id')}"], [f"#{parts[2].get('id')}"], []]
    said = " ".join(words(part) for part in parts)
    assert [int(number) for number in re.findall(r"Paragraph (\d)", said)] == [*range(5)]


def test_paragraph_too_long_for_a_box_is_divided_after_a_sentence(
    base: dict[str, str], tmp_path: Path
) -> None:
    body = " ".join(f"This is the sentence *{number}* of all." for number in range(300))
    base["letter/commentary.md"] = f"## p1 “matter”\n\n{body}\n"
    page = letter(made(base, tmp_path))
    parts = page.xpath("//*[starts-with(@class, 'note note')]/*[not(@class='goes-on')]")
    assert len(parts) == 3
    assert all(words(part).endswith(" of all.") for part in parts)
    said = " ".join(words(part) for part in parts)
    assert re.findall(r"sentence (\d+)", said) == [str(number) for number in range(300)]


@pytest.mark.parametrize("begin", ["> {}\n>\n", "1. {}\n", "| {} | word |\n"])
def test_quotation_list_or_table_too_long_for_a_box_goes_on_in_another(
    base: dict[str, str], tmp_path: Path, begin: str
) -> None:
    body = "".join(begin.format(f"Part {number}. " + "word " * 150) for number in range(12))
    head = "| Part | Word |\n|---|---|\n" if begin.startswith("|") else ""
    base["letter/commentary.md"] = f"## p1 “matter”\n\n{head}{body}\n"
    page = letter(made(base, tmp_path))
    (note,) = notes(page)
    parts = [note, *(each for each in note.itersiblings() if "more" in each.get("class").split())]
    assert len(parts) == 3
    assert all(len(words(part)) < LONGEST for part in parts)
    said = " ".join(words(part) for part in parts)
    assert [int(number) for number in re.findall(r"Part (\d+)", said)] == [*range(12)]
    starts = [int(each.get("start", "1")) for each in page.iter(f"{XHTML}ol")]
    assert starts in ([], [1, 6, 11])


def test_summary_in_the_margin_is_a_heading_and_other_notes_stand_aside(
    base: dict[str, str], tmp_path: Path
) -> None:
    base["letter/commentary.md"] = (
        "## p1 “Give” {.margin .summary}\n\nOf *thought*\n\n## p1 “good” {.margin}\n\nA word\n"
    )
    page = letter(made(base, tmp_path))
    (paragraph,) = page.xpath("//*[@id='letter.p1']")
    summary, aside = list(paragraph.itersiblings(preceding=True))[1::-1]
    assert (summary.tag, words(summary)) == (f"{XHTML}h2", "Of thought")
    assert (aside.tag, aside.get("role"), words(aside)) == (f"{XHTML}aside", "note", "A word")


def test_summary_is_a_heading_below_that_of_its_part(base: dict[str, str], tmp_path: Path) -> None:
    """It had the level of the heading above it, and ended its part for those who listen."""
    base["letter/letter.md"] = (
        "# A letter\n\n## Of thought\n\n{#p1}\nGive it thought.\n\n"
        "{#q1}\n> Or none at all.\n\n### Of words\n\n{#p2}\nGive it words.\n"
    )
    base["letter/commentary.md"] = "".join(
        f"## {block} “{word}” {{.margin .summary}}\n\nAdvice {word}\n\n"
        for block, word in (("p1", "thought"), ("q1", "none"), ("p2", "words"))
    )
    page = letter(made(base, tmp_path))
    heads = [each for each in page.iter() if re.fullmatch("h[1-6]", etree.QName(each).localname)]
    assert [(etree.QName(each).localname, words(each)) for each in heads] == [
        ("h1", "A letter"), ("h2", "Of thought"), ("h3", "Advice thought"), ("h3", "Advice none"),
        ("h3", "Of words"), ("h4", "Advice words"),
    ]  # fmt: skip


@pytest.mark.parametrize("ebook", ["stress"], indirect=True)
def test_margin_notes_of_both_kinds_are_in_the_stress_edition(ebook: Ebook) -> None:
    beside = [each for page in ebook.pages.values() for each in page.xpath(
        "//*[contains(concat(' ', @class, ' '), ' margin ')]"
    )]  # fmt: skip
    heads = [each for each in beside if "summary" in each.get("class").split()]
    assert len(heads) > 5 and len(beside) - len(heads) > 10
    for each in heads:
        assert etree.QName(each).localname in ("h2", "h3", "span")
    for each in beside:
        assert each.get("role") == "note" or each in heads


def test_navigation_has_the_headings_of_a_section_below_it(
    base: dict[str, str], tmp_path: Path
) -> None:
    """It had the sections alone, though it said that all parts can be reached by it."""
    base["letter/letter.md"] = (
        "# A letter\n\n{#p1}\nGive it thought.\n\n## Of *good* thought\n\n{#p2}\nOr none.\n\n"
        "### Of words\n\n{#p3}\nOr words.\n\n{#end}\n## Of ends[^1]\n\n{#p4}\nEnd.\n\n"
        "[^1]: A note.\n"
    )
    base["letter/commentary.md"] = "## p2 “none” {.margin .summary}\n\nAdvice\n"
    base["edition.yaml"] += "  - index: 'index.yaml'\n    title: 'Index'\n"
    base["index.yaml"] = "- heading: 'words'\n  forms:\n    - 'words'\n"
    book = made(base, tmp_path)
    (toc,) = book.pages["OEBPS/nav.xhtml"].xpath("//*[@id='toc']/*[local-name()='ol']")

    def rows(items: etree._Element) -> list[tuple[str, str, list[Any]]]:
        return [
            (words(each[0]), each[0].get("href"), rows(each[1]) if len(each) > 1 else [])
            for each in items
        ]

    assert rows(toc) == [
        ("A letter", "text/01-letter.xhtml", [
            ("Of good thought", "text/01-letter.xhtml#letter.n2", []),
            ("Of ends", "text/01-letter.xhtml#letter.end", []),
        ]),
        ("Index", "text/02-index.xhtml", []),
    ]  # fmt: skip
    with zipfile.ZipFile(book.path) as archive:
        ncx = etree.fromstring(archive.read("OEBPS/toc.ncx"))
    assert [each.text for each in ncx.iterfind(".//{*}navMap//{*}text")] == [
        "A letter", "Of good thought", "Of ends", "Index"
    ]  # fmt: skip
    assert ncx.find(".//{*}meta[@name='dtb:depth']").get("content") == "2"
    orders = [int(each.get("playOrder")) for each in ncx.iter() if each.get("playOrder")]
    assert orders == [*range(1, len(orders) + 1)]
    assert messages_on(book.path) == []


def test_parts_of_a_letter_are_told_to_programs(base: dict[str, str], tmp_path: Path) -> None:
    base["edition.yaml"] = base["edition.yaml"].replace(
        "    file: 'letter/letter.md'\n",
        "    file: 'letter/letter.md'\n    letter:\n      sender:\n        - name: 'A. Bee'\n"
        "    dates:\n      - event: 'written'\n        when: '1922-09'\n",
    )
    kinds = ("salutation", "closing", "signature", "postscript")
    blocks = "\n\n".join(f"{{.{kind}}}\nA {kind}." for kind in kinds)
    base["letter/letter.md"] = f"# A letter\n\n{blocks}\n"
    book = made(base, tmp_path)
    page = letter(book)
    told = [each.get(TYPE) for each in page.iter() if "z3998" in (each.get(TYPE) or "")]
    assert told == ["chapter z3998:letter", "z3998:salutation", "z3998:valediction",
                    "z3998:signature", "z3998:postscript"]  # fmt: skip
    (date,) = page.iter(f"{XHTML}time")
    assert (date.get("datetime"), words(date)) == ("1922-09", "September 1922")
    assert messages_on(book.path) == []


def test_cover_says_who_made_the_book(base: dict[str, str], tmp_path: Path) -> None:
    """That of a reader without one author told its title alone."""
    base["edition.yaml"] += "people:\n  - name: 'E. Ditor'\n    role: 'editor'\n"
    (cover,) = made(base, tmp_path).pages["OEBPS/text/00-cover.xhtml"].iter(f"{XHTML}img")
    assert cover.get("alt") == "A small edition, Edited by E. Ditor: the title on a plain cover"


def test_siglum_of_an_entry_says_what_it_stands_for(ebook: Ebook) -> None:
    sections = [page for name, page in ebook.pages.items() if "sigla" in name]
    listed = {words(each) for page in sections for each in page.iter(f"{XHTML}th")}
    for page in ebook.pages.values():
        for sigla in page.iterfind(f".//{XHTML}span[@class='sigla']"):
            for sign in sigla:
                assert sign.tag == f"{XHTML}abbr"
                assert sign.get("title")
                assert not listed or words(sign) in listed


@pytest.mark.slower
@pytest.mark.parametrize("way", ["marked", "none"])
def test_epubcheck_has_nothing_to_say_of_other_calls(
    base: dict[str, str], tmp_path: Path, way: str
) -> None:
    files = small(base, entries=way)
    files["edition.yaml"] += EVALUATION
    assert messages_on(made(files, tmp_path).path) == []


# The sheet


@pytest.mark.parametrize(
    "never", [r"\d(?:px|pt|mm|cm|in|vw|vh)\b", r"\b(?:flex|grid|float|columns?):", "display: flex",
              "display: grid", "position: fixed", "font-family", r"(?<!-)\bcolor: #", "@import"]
)  # fmt: skip
def test_sheet_leaves_sizes_faces_and_colours_to_the_reader(never: str) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", STYLE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(never, sheet)
