"""The e-book's pages against the PDF itself: each marker stands at the head of its page.

Neither the program's page map nor what it wrote the markers from is asked.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from measuring import INNER, MEASURE, OUTER, TOP, opened, points
from printedition import pipeline
from printedition.beginnings.begin import begin
from printedition.sources import DiskSources

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
# In one book only, or in each in its own words.
APART = {"call", "margin", "line-number", "paragraph-number", "elsewhere", "nothing", "spoken",
         "change-sign"}  # fmt: skip
HEAD = points(TOP) - 6  # pt; the running head stands above
SIDE = 11  # mm; the outer margin of broad pages
# Under these titles the navigation has rows that printed contents leave out, and an index says
# otherwise what its numbers are.
OWN_WORDS = ("contents", "index")
KNOWN = 14  # letters by which a place is known


def letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def folios_and_heads(path: Path) -> dict[str, str]:
    """The letters of the type area of each page by its label: those of text, then all."""
    document = pypdfium2.PdfDocument(path)
    labels = [document.get_page_label(number) for number in range(len(document))]
    found = {}
    pdf = opened(path)
    for label, page in zip(labels, pdf.pages, strict=True):
        verso = (page.page_number - 1) % 2
        left = points(OUTER if verso else INNER)
        area = page.crop((left - 3, HEAD, left + points(MEASURE) + 3, page.height))
        text = area.filter(lambda one: one["object_type"] != "char" or one["size"] > 7.5)
        # All of it too: a table has the whole breadth, and begins with words as small as calls.
        whole = page.crop((0, HEAD, page.width, page.height))
        # Of an index, which is broader too, the first column: a heading may stand once more
        # above the second, a little higher than the first line of the page.
        middle = page.width / 2 + points(INNER - SIDE) / 2 * (-1 if verso else 1)
        half = page.crop((0, HEAD, middle, page.height))
        found[label] = " ".join(
            letters(one.extract_text(x_tolerance=1.5) or "") for one in (text, whole, half)
        ).strip()
    return found


class Chapter:
    """A page of the e-book: its text, and where in it the markers stand."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.words = name, ""
        self.markers: dict[str, tuple[str, int]] = {}  # by id: label, offset
        (body,) = etree.fromstring(data).iter(f"{XHTML}body")
        self._read(body)

    def _read(self, element: etree._Element) -> None:
        classes = set((element.get("class") or "").split())
        if element.get("role") == "doc-pagebreak":
            assert element.get(f"{OPS}type") == "pagebreak"
            assert not len(element) and not element.text
            self.markers[element.get("id")] = element.get("aria-label"), len(self.words)
        if not classes & APART:
            self.words += element.text or ""
            for child in element:
                self._read(child)
        if element.tag in (f"{XHTML}{name}" for name in ("p", "li", "td", "th", "h1", "h2", "h3")):
            self.words += "\n"
        self.words += element.tail or ""


def chapters(path: Path) -> dict[str, Chapter]:
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        return {name.removeprefix("OEBPS/"): Chapter(name, book.read(name)) for name in names}


def listed(path: Path) -> list[tuple[str, str]]:
    """The rows of the page list: folio and address."""
    with zipfile.ZipFile(path) as book:
        nav = etree.fromstring(book.read("OEBPS/nav.xhtml"))
    (pages,) = (one for one in nav.iter(f"{XHTML}nav") if one.get(f"{OPS}type") == "page-list")
    return [(link.text, link.get("href")) for link in pages.iter(f"{XHTML}a")]


@pytest.fixture(scope="module")
def marked(built: Path) -> tuple[Path, Path]:
    """The real edition's PDF and e-book."""
    (pdf,), (epub,) = built.glob("*.pdf"), built.glob("*.epub")
    return pdf, epub


@pytest.fixture(scope="module")
def heads(marked: tuple[Path, Path]) -> dict[str, str]:
    return folios_and_heads(marked[0])


def test_every_page_with_words_is_listed_once_and_in_order(
    marked: tuple[Path, Path], heads: dict[str, str]
) -> None:
    _, epub = marked
    folios = [folio for folio, _ in listed(epub)]
    assert folios == [label for label, words in heads.items() if words]


def test_list_and_markers_are_the_same(marked: tuple[Path, Path]) -> None:
    _, epub = marked
    markers = {
        f"{name}#{key}": label
        for name, chapter in chapters(epub).items()
        for key, (label, _) in chapter.markers.items()
    }
    rows = listed(epub)
    assert {href: folio for folio, href in rows} == markers
    assert len(rows) == len(markers)
    with zipfile.ZipFile(epub) as book:
        ncx = etree.fromstring(book.read("OEBPS/toc.ncx"))
        package = book.read("OEBPS/content.opf").decode()
    targets = [
        (target.findtext(f"{NCX}navLabel/{NCX}text"), target.find(f"{NCX}content").get("src"))
        for target in ncx.iter(f"{NCX}pageTarget")
    ]
    assert targets == rows
    assert 'property="pageBreakSource"' in package


def test_each_marker_stands_at_the_head_of_its_page(
    marked: tuple[Path, Path], heads: dict[str, str]
) -> None:
    """At its first word, or behind that which was broken over two pages."""
    _, epub = marked
    seen = 0
    for name, chapter in chapters(epub).items():
        for label, offset in chapter.markers.values():
            after, page = letters(chapter.words[offset:]), heads[label]
            own = next((title for title in OWN_WORDS if after.startswith(title)), "")
            after = own or after[:KNOWN]
            at = page.find(after)
            where = f"{name}: page {label} begins “{page[:30]}”, its marker with “{after}”"
            assert at >= 0, where
            if at and not re.search("versions|index|chronology", name):  # in columns, or with heads
                words = chapter.words[:offset].split()
                assert words and letters(words[-1]).endswith(page[:at]), where
            seen += 1
    assert seen > 25


def test_no_marker_stands_in_a_word_or_a_heading(marked: tuple[Path, Path]) -> None:
    for chapter in chapters(marked[1]).values():
        for _, offset in chapter.markers.values():
            before, after = chapter.words[offset - 1 : offset], chapter.words[offset : offset + 1]
            assert not (before.isalnum() and after.isalnum()), chapter.words[
                offset - 20 : offset + 9
            ]
    with zipfile.ZipFile(marked[1]) as book:
        for name in book.namelist():
            if name.endswith(".xhtml"):
                page = re.sub(r"\s+", " ", book.read(name).decode())
                assert not re.search(r"<h\d[^>]*>(?:(?!</h\d).)*doc-pagebreak", page), name


def test_ebook_alone_has_the_page_list_too(tmp_path: Path) -> None:
    """It lays the pages out, though the edition has no index that would need them."""
    begin(tmp_path / "letter", "letter")
    sources = DiskSources(tmp_path / "letter")
    for name in ("alone", "both"):
        forms = frozenset({"epub"} if name == "alone" else {"epub", "pdf"})
        assert not pipeline.build(sources, output=tmp_path / name, formats=forms).diagnostics
    (alone,), (both,) = (tuple((tmp_path / name).glob("*.epub")) for name in ("alone", "both"))
    assert listed(alone) == listed(both)
    assert listed(alone)
