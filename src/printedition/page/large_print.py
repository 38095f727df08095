"""The book in large print: the words of the web page, which tells the pages and lines of the book.

It flows as WeasyPrint breaks it. Its places are those of the standard book: what refers to pages
names that one's, a margin shows where each of them begins, and the head which of them a page has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import tinyhtml5

from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.edition.edition import PageSize
from printedition.frozen import dataclass
from printedition.page import tags
from printedition.page.engine import Engine
from printedition.page.furnished import HeadedPage
from printedition.page.geometry import millimetres
from printedition.page.pagemap import page_map
from printedition.sources import Sources

# By class: what leads about a page without sheets, and the title that it has above all.
_LEFT_OUT = ("skip", "ways-in", "book-title", "half-title")
# What the web page says of the book, by what WeasyPrint calls it in a PDF.
_SAID_OF_PDFS = {
    "dcterms.creator": "author",
    "dcterms.description": "description",
    "dcterms.subject": "keywords",
    "dcterms.date": "dcterms.modified",
}
_MARKER = "pagebreak-"


@dataclass(frozen=True, slots=True)
class LargePrint:
    """The PDF, and of each of its pages the folios of the standard book that it has words of."""

    data: bytes
    standard: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LargeType:
    """The page and its free edges, the size of the type, and whether it has no serifs."""

    page: PageSize
    binding: str
    edge: str
    size: str
    sans: bool

    def rules(self) -> str:
        """The rules of its style; lines are half as high again as the type."""
        serif = '"Libertinus Serif"'  # has signs that the other has not
        family = f'"Libertinus Sans", {serif}' if self.sans else serif
        size = millimetres(self.size, 6.35) / 25.4 * 72
        wide, high = self.page.width, self.page.height
        # Beside the text stand the folios of the standard book, above and below it heads.
        left, right = (f"calc({free} + 21mm)" for free in (self.binding, self.edge))
        over, beyond = f"calc({self.edge} + 12mm)", "1mm"  # by which sloped letters lean over
        at_spine, at_edge = (f"calc({free} + {beyond})" for free in (self.binding, self.edge))
        return (
            f"@page {{ size: {wide} {high}; margin: {over} {at_edge} {over} {left}; "
            f"font: {size * 0.8:.1f}pt {family} }}\n"
            f"@page :left {{ margin: {over} {at_spine} {over} {right} }}\n"
            f"html {{ font-family: {family}; font-size: {size:.2f}pt }}\n"
        )


def large_print(
    web_page: bytes, style: LargeType, title: str, sources: Sources, findings: Findings
) -> LargePrint:
    """The book of a web page, under a running `title`."""
    root = tinyhtml5.parse(web_page, namespace_html_elements=False)
    _prepare(root)
    html = ElementTree.tostring(root, encoding="unicode")
    sheet = house_file(sources, "styles", "large-print.css")
    engine = Engine(sources, style.rules() + sheet, findings)
    found = _standard_pages(engine.lay_out(html).pages)
    document = engine.lay_out(html, "\n".join(_heads(found, title)))
    document.pages = [HeadedPage.of(page) for page in document.pages]
    tags.mend(document)
    data = engine.write(document, None, b"large-print")
    return LargePrint(data, tuple(tuple(pages) for pages in found))


def large_map(made: LargePrint) -> dict[str, Any]:
    """Its page map: no lines, since its own are not those that people cite, but on each of its
    pages those of the standard book."""
    mapped = page_map([str(number) for number in range(1, len(made.standard) + 1)], {})
    for page, standard in zip(mapped["pages"], made.standard, strict=True):
        page["standard"] = list(standard)
    return mapped


def _prepare(root: Any) -> None:
    """Take out what is for a screen, and tell what the numbers in the margin are."""
    for meta in root.iter("meta"):
        meta.set("name", _SAID_OF_PDFS.get(meta.get("name", ""), meta.get("name", "")))
    parents = {child: parent for parent in root.iter() for child in parent}
    key = None
    for element in list(root.iter()):
        classes = set((element.get("class") or "").split())
        if "page-list" in classes:
            key = _key(element)
        is_style = element.tag in ("style", "footer")
        if element.tag == "h1" and "book-title" in classes:
            continue  # of a book without a title page
        if is_style or classes & {*_LEFT_OUT, "page-list", "spoken"}:
            _remove(parents[element], element)
    places = [e for e in root.iter() if e.get("class") in ("imprint", "contents")]
    if key is not None and places:
        places[0].append(key)


def _remove(parent: Any, element: Any) -> None:
    """Take an element out; what follows it stays."""
    before = list(parent).index(element)
    if element.tail:
        if before:
            parent[before - 1].tail = (parent[before - 1].tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _key(pages: Any) -> Any:
    """What the numbers in the margin are, in the words of the list of pages."""
    words = [" ".join("".join(child.itertext()).split()) for child in pages if child.tag != "ol"]
    key = ElementTree.Element("div", {"class": "standard-pages"})
    said = ElementTree.SubElement(key, "p")
    number = ElementTree.SubElement(said, "b")
    number.text = "[1, 2, 3 …]"
    number.tail = f" {': '.join(words)}"
    return key


def _standard_pages(pages: Sequence[Any]) -> list[list[str]]:
    """Of each page the folios of the standard book whose words it has, in order."""
    made: list[list[str]] = []
    last = ""
    for page in pages:
        anchors: Mapping[str, tuple[float, float]] = page.anchors
        starts = sorted(
            (place[1], place[0], name.removeprefix(_MARKER))
            for name, place in anchors.items()
            if name.startswith(_MARKER)
        )
        begun = list(dict.fromkeys(folio for _, _, folio in starts))
        goes_on = last and not (starts and starts[0][0] < _top_of(page) + 1)
        made.append([last, *(f for f in begun if f != last)] if goes_on else begun)
        last = begun[-1] if begun else last
    return made


def _top_of(page: Any) -> float:
    """Where the words of a page begin, in px from above."""
    box = page._page_box
    return float(box.content_box_y())


def _heads(found: Sequence[Sequence[str]], title: str) -> Iterator[str]:
    """The rules that print the running heads."""
    words = _quoted(title)
    for number, folios in enumerate(found, start=1):
        said = "–".join(dict.fromkeys((folios[0], folios[-1]))) if folios else ""
        shown = _quoted(f"[{said}]") if said and said != "i" else "none"
        outer, inner = ("right", "left") if number % 2 else ("left", "right")
        head = "none" if number == 1 else words
        yield (
            f"@page :nth({number}) {{ @top-{outer} {{ content: {shown}; font-weight: bold }} "
            f"@top-{inner} {{ content: {head}; font-style: italic }} }}"
        )


def _quoted(words: str) -> str:
    """Words as a string of CSS."""
    return "'" + "".join(f"\\{ord(sign):x} " for sign in words) + "'"
