"""The book in large print: the words of the web page, which tells the pages and lines of the book.

It flows as WeasyPrint breaks it. Its places are those of the standard book: what refers to pages
names that one's, a margin shows where each of them begins, and the head which of them a page has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from printedition.book import tree
from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.edition.edition import PageSize
from printedition.frozen import dataclass
from printedition.page import tags
from printedition.page.engine import Engine
from printedition.page.furnished import HeadedPage
from printedition.page.geometry import millimetres
from printedition.page.large_copy import large_copy
from printedition.page.large_tables import stacked
from printedition.page.pagemap import page_map
from printedition.sources import Sources

_MARKER = "pagebreak-"
_FOLIOS, _OVER = 21.0, 1.0  # mm, for the numbers in the margin, and for sloped letters
_BESIDE = 2 * 96 / 25.4  # px, between the numbers in the margin and the text
_LINES, _APART = 4, 2.0  # lines to write on at the foot of a page, how many em from one another
# Where words of a table that can't be stacked have no room, those of its cells are broken.
_NARROW = (
    '[data-table="{0}"] td {{ overflow-wrap: anywhere !important }}\n'
    '[data-table="{0}"] th {{ white-space: normal !important }}\n'
)


@dataclass(frozen=True, slots=True)
class LargePrint:
    """The PDF, and of each of its pages the folios of the standard book that it has words of."""

    data: bytes
    standard: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LargeType:
    """The page and its free edges, the size of the type, and whether it has no serifs.

    Where the margins of the standard book are ruled, its pages have lines to write on at the foot:
    beside so large a type a margin would be too narrow for letters as large.
    """

    page: PageSize
    binding: str
    edge: str
    size: str
    sans: bool

    @property
    def points(self) -> float:
        """The size of the type in pt."""
        return millimetres(self.size, 6.35) / 25.4 * 72

    @property
    def measure(self) -> float:
        """How long a line of text is, in pt."""
        free = sum(millimetres(one, 0) for one in (self.binding, self.edge)) + _FOLIOS + _OVER
        return (millimetres(self.page.width, 210) - free) / 25.4 * 72

    def lines(self, sheet: Any) -> list[tuple[float, float, float]]:
        """The lines to write on of a page: left, y and length in px; of one for notes, on all of
        it that its title leaves."""
        apart, top = _APART * self.points * 4 / 3, sheet.content_box_y()
        low = top + sheet.height
        heights = [low + apart * (n + 1) for n in range(_LINES if self.page.ruled else 0)]
        for box in filter(_is_for_notes, sheet.descendants()):
            top = max([top, *(one.position_y + one.margin_height() for one in box.children)])
            heights += [low - apart * n for n in range(int((low - top) / apart))]
        return [(sheet.content_box_x(), height, sheet.width) for height in heights]

    def rules(self) -> str:
        """The rules of its style; lines are half as high again as the type."""
        serif = '"Libertinus Serif"'  # has signs that the other has not
        family = f'"Libertinus Sans", {serif}' if self.sans else serif
        size = self.points
        wide, high = self.page.width, self.page.height
        # Beside the text stand the folios of the standard book, above and below it heads.
        left, right = (f"calc({free} + {_FOLIOS}mm)" for free in (self.binding, self.edge))
        heads = max(12.0, 4 + 1.25 * size / 72 * 25.4)  # mm: a line of the type, and 4 mm
        over = f"calc({self.edge} + {heads:.1f}mm)"
        at_spine, at_edge = (f"calc({free} + {_OVER}mm)" for free in (self.binding, self.edge))
        foot, folio = over, ""
        if self.page.ruled:
            foot = f"calc({self.edge} + {heads:.1f}mm + {_LINES * _APART * size:.1f}pt)"
            low = f"vertical-align: bottom !important; padding-bottom: {self.edge}"
            folio = f"@page {{ @bottom-center {{ {low} }} }}\n"
        return (
            f"@page {{ size: {wide} {high}; margin: {over} {at_edge} {foot} {left}; "
            f"font: {size:.2f}pt {family} }}\n"
            f"@page :left {{ margin: {over} {at_spine} {foot} {right} }}\n{folio}"
            f"html {{ font-family: {family}; font-size: {size:.2f}pt }}\n"
        )


def large_print(
    web_page: bytes,
    style: LargeType,
    book: tree.Book,
    folios: Mapping[str, Sequence[str]],
    sources: Sources,
    findings: Findings,
) -> LargePrint:
    """The book in large print, of its web page; `folios` are those of the standard book by the
    ids of its sections."""
    html = large_copy(web_page, book, folios, style.points, style.measure)
    sheet = house_file(sources, "styles", "large-print.css")
    engine = Engine(sources, style.rules() + sheet, findings)
    pages, rules = engine.lay_out(html).pages, ""
    if wide := [*_too_wide(pages)]:
        html = stacked(html, wide)
        rules = "".join(_NARROW.format(name) for name in wide)
        pages = engine.lay_out(html, rules).pages
    begun = _begun(pages, book.sections)
    found = _standard_pages(pages, begun, 1.5 * style.points * 4 / 3)
    document = engine.lay_out(html, rules + "\n".join(_heads(found, begun, book)))
    _single_marks(document.pages)
    _align_marks(document.pages)
    _bare_numbers(document.pages)
    document.pages = [HeadedPage.of(page) for page in document.pages]
    for page in document.pages:
        page.ruled = style.lines(page._page_box)
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


def _standard_pages(
    pages: Sequence[Any], begun: Sequence[Sequence[str]], line: float
) -> list[list[str]]:
    """Of each page the folios of the standard book whose words it has, in order.

    That of the page before goes on, but where a section has `begun`, which in the standard book
    begins a page too, or where a page of it begins with the first `line`, which is so many px high.
    """
    made: list[list[str]] = []
    last = ""
    for page, sections in zip(pages, begun, strict=True):
        anchors: Mapping[str, tuple[float, float]] = page.anchors
        starts = sorted(
            (place[1], place[0], name.removeprefix(_MARKER))
            for name, place in anchors.items()
            if name.startswith(_MARKER)
        )
        folios = list(dict.fromkeys(folio for _, _, folio in starts))
        is_first = bool(starts) and (bool(sections) or starts[0][0] < _top_of(page) + line / 2)
        goes_on = last and not is_first
        made.append([last, *(f for f in folios if f != last)] if goes_on else folios)
        last = folios[-1] if folios else last
    return made


def _begun(pages: Sequence[Any], sections: Iterable[tree.Section]) -> list[list[str]]:
    """The ids of the sections that begin on each page; parts of one on later pages bear its id."""
    names, seen = {section.id for section in sections}, set[str]()
    made = []
    for page in pages:
        made.append([name for name in page.anchors if name in names and name not in seen])
        seen.update(made[-1])
    return made


def _top_of(page: Any) -> float:
    """Where the words of a page begin, in px from above."""
    box = page._page_box
    return float(box.content_box_y())


def _heads(
    found: Sequence[Sequence[str]], begun: Sequence[Sequence[str]], book: tree.Book
) -> Iterator[str]:
    """The rules that print the running heads: of the book on left-hand pages, of the section on
    right-hand ones, and none where a section begins."""
    volume, running = book.short_title or book.title, ""
    titles = {section.id: section.running_title for section in book.sections}
    for number, (folios, sections) in enumerate(zip(found, begun, strict=True), start=1):
        running = titles[sections[-1]] if sections else running
        said = "–".join(dict.fromkeys((folios[0], folios[-1]))) if folios else ""
        shown = _quoted(f"[{said}]") if said and said != "i" else "none"
        outer, inner = ("right", "left") if number % 2 else ("left", "right")
        words = running if number % 2 else volume
        head = _quoted(words) if words and not sections and number > 1 else "none"
        yield (
            f"@page :nth({number}) {{ @top-{outer} {{ content: {shown}; font-weight: bold; "
            f"white-space: nowrap }} @top-{inner} {{ content: {head}; font-style: italic }} }}"
        )


def _too_wide(pages: Iterable[Any]) -> Iterator[str]:
    """The tables that go on beyond the text, since their words have no room beside each other."""
    for page in pages:
        sheet = page._page_box
        edge = sheet.content_box_x() + sheet.width + 1
        for box in sheet.descendants():
            if isinstance(box, boxes.TableBox) and box.position_x + box.margin_width() > edge:
                yield box.element.get("data-table")


def _single_marks(pages: Iterable[Any]) -> None:
    """Leave each number in the margin once: WeasyPrint 70 leaves a float on a line from which the
    word after it has gone to the next, and puts it there again."""
    found: dict[Any, list[tuple[Any, Any]]] = {}
    for page in pages:
        holders = [page._page_box, *page._page_box.descendants()]
        for holder in (one for one in holders if isinstance(one, boxes.ParentBox)):
            for box in filter(_is_mark, holder.children):
                found.setdefault(box.element, []).append((holder, box))
    for standing in found.values():
        for holder, box in standing[:-1]:
            holder.children = [child for child in holder.children if child is not box]


def _align_marks(pages: Iterable[Any]) -> None:
    """Let all numbers in the margin end at one distance from the text, each on its line, however
    deep what they stand in is indented."""
    for page in pages:
        sheet = page._page_box
        at = sheet.content_box_x() - _BESIDE
        for box in sheet.descendants():
            if _is_mark(box):
                box.translate(at - box.border_box_x() - box.border_width(), 0)
            elif isinstance(box, boxes.LineBox):
                for mark in filter(_is_mark, box.descendants()):
                    own = mark.children[0]
                    low = box.position_y + box.baseline
                    mark.translate(0, low - own.position_y - own.baseline)


def _bare_numbers(pages: Iterable[Any]) -> None:
    """Underline no number of a page or line in words that are: it is none of them."""
    for page in pages:
        for box in page._page_box.descendants():
            if _is_mark(box) or _is_called(box, "line-number"):
                for words in (one for one in box.descendants() if isinstance(one, boxes.TextBox)):
                    words.style = words.style.copy()
                    words.style["text_decoration_line"] = "none"


def _is_mark(box: Any) -> bool:
    return _is_called(box, "number") and box.is_floated()


def _is_for_notes(box: Any) -> bool:
    return _is_called(box, "note-page ruled-page")


def _is_called(box: Any, name: str) -> bool:
    """Whether a box is of an element of this class."""
    element = getattr(box, "element", None)
    return element is not None and element.get("class") == name


def _quoted(words: str) -> str:
    """Words as a string of CSS."""
    return "'" + "".join(f"\\{ord(sign):x} " for sign in words) + "'"
