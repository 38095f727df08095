"""A galley: a section's text, or its notes, laid out on one endless page and known line by line.

WeasyPrint lays out; what it laid out is cut here into strips that our own page breaker moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from printedition.page.worded import audience_of, is_locus, worded

_FORCED = {"page", "always", "left", "right", "recto", "verso"}
_TURN = 6.0  # em; deeper than verses are mostly indented
_HYPHEN = "\u2010"  # what the setting puts at a line's end
_HYPHENS = ("-", _HYPHEN)

# A cell has in its padding what its row is higher than its words.
_OF_TABLES = (boxes.TableCellBox, boxes.TableRowBox, boxes.TableRowGroupBox, boxes.TableBox)

# The height of a page without end, in px. Not more: WeasyPrint reckons with floats.
ENDLESS = 10_000_000


class End(Enum):
    """Whether a page may end below a strip."""

    NO = 0
    HYPHEN = 1  # only where nothing better is near: a broken word would stand at the page's end
    YES = 2
    FORCED = 3


ADDED = frozenset({"call", "paragraph-number", "elsewhere", "nothing"})


@dataclass(slots=True)
class Strip:
    """What is never divided: a line, a row of a table, a picture; top and bottom in px.

    `element` is the element whose line it is; `paragraph` tells strips of one block of lines;
    `apart` are lines of which no count is kept (`data-lines="none"` in a template); `turned` are
    the words of a verse that its line had no room for; `withheld` are words for other readers, and
    `audience` says whom words are for, if not for all.
    """

    box: Any
    top: float
    bottom: float
    element: Any
    paragraph: int
    end: End = End.YES
    apart: bool = False
    turned: bool = False
    withheld: bool = False
    audience: str = ""

    @property
    def baseline(self) -> float:
        """The height of the base line on the galley, in px."""
        baseline = getattr(self.box, "baseline", None)
        return float(self.box.position_y + (baseline or 0))

    @property
    def is_line(self) -> bool:
        """Whether it is a line of words."""
        return isinstance(self.box, boxes.LineBox)

    @property
    def is_heading(self) -> bool:
        """Whether it is a line of a heading."""
        tag = self.element.tag if self.element is not None else ""
        return len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()

    @property
    def is_title(self) -> bool:
        """Whether it belongs to the head of a section: its title, its date."""
        return self.is_heading or self.apart

    def words(self) -> str:
        """The words of the line as printed, with the hyphen at its end.

        The number of a paragraph is none of them.
        """
        return "".join(text for text, element in self.pieces() if not is_number(element))

    def own_words(self) -> tuple[str, tuple[int, ...]]:
        """The words of the text alone: without calls, and without what a table says of them.

        And which of them, from 0, only say where something stands.
        """
        loci = set(self._of_loci())
        own = [(text, at in loci) for text, at in self.pieces() if not is_added(at)]
        inner = ((text.removesuffix(_HYPHEN), says) for text, says in own[:-1])
        return worded([*inner, *own[-1:]])

    def _of_loci(self) -> Iterator[Any]:
        """The elements that say where something stands, and those in them, as a title's marks."""
        for box in self.box.descendants() if hasattr(self.box, "descendants") else ():
            if is_locus(box.element):
                yield from box.element.iter()

    def pieces(self) -> Iterator[tuple[str, Any]]:
        """The words of the line and the innermost elements that they stand in.

        Between the cells of a row, and their lines, is a blank, but where a word is divided.
        """
        inner = self.box.descendants() if hasattr(self.box, "descendants") else ()
        last = ""
        for box in inner:
            if isinstance(box, boxes.TextBox):
                last = box.text
                yield last, box.element
            elif isinstance(box, boxes.TableCellBox | boxes.LineBox) and _goes_on(last):
                yield " ", None


def _goes_on(last: str) -> bool:
    """Whether a blank is to stand behind what came last, if anything did."""
    return bool(last) and not last.endswith(_HYPHEN)


def id_of(box: Any) -> str:
    """The id of a box's element; that of an entry stands on its lemma, and is told by data-id."""
    if box.element is None:
        return ""
    return str(box.element.get("data-id") or box.element.get("id") or "")


def is_added(element: Any) -> bool:
    """Whether an element is what the edition adds to the words of a text, and no text has."""
    classes = (element.get("class") or "").split() if element is not None else ()
    return bool(ADDED.intersection(classes))


def is_number(element: Any) -> bool:
    """Whether an element is the number of a paragraph, which no text has."""
    return element is not None and element.get("class") == "paragraph-number"


def border_bottom(box: Any) -> float:
    """Where a box's border ends, in px."""
    return float(box.position_y + box.margin_top + box.border_height())


class Galley:
    """The strips of endless pages, where pages may end between them, and where each id stands.

    `pages` are WeasyPrint's; there is more than one where the style forces a page to end.
    `where` gives the first and last strip of the boxes of an id, `boxes` its block. What the style
    keeps together and is higher than `room`, in px, can stand on no page and is not kept.
    """

    _room: float = ENDLESS

    def __init__(self, pages: Any, room: float = ENDLESS) -> None:
        self._begin()
        self._room = room
        self.roots = [page._page_box.children[0] for page in pages if not _is_blank(page)]
        first = pages[0]._page_box
        self.left, self.top, self.width = first.content_box_x(), first.content_box_y(), first.width
        for root in self.roots:
            if self.strips:
                self.strips[-1].end = End.FORCED
            self._walk(root, keep=False)
        if self.strips:
            self.strips[-1].end = End.FORCED

    def _begin(self) -> None:
        self.strips: list[Strip] = []
        self.where: dict[str, tuple[int, int]] = {}
        self._span: dict[Any, tuple[int, int]] = {}
        self._paragraphs = 0
        self._apart = self._verse = self._withheld = 0
        self._audience = ""
        self.boxes: dict[str, Any] = {}

    # What stands where

    def _walk(self, box: Any, *, keep: bool) -> None:
        """Number the strips of a box and say where pages may end; `keep`: not inside it."""
        start = len(self.strips)
        apart = box.element is not None and box.element.get("data-lines") == "none"
        verse = box.element is not None and "verse" in box.element.get("class", "").split()
        withheld = box.element is not None and box.element.get("data-withheld") is not None
        self._apart += apart
        self._verse += verse
        self._withheld += withheld
        audience, self._audience = self._audience, audience_of(box.element) or self._audience
        if _is_atomic(box):
            self._atom(box)
        elif isinstance(box.children[0], boxes.LineBox):
            self._lines(box, keep)
        else:
            self._children(box, keep or self._is_kept(box))
        self._apart -= apart
        self._verse -= verse
        self._withheld -= withheld
        self._audience = audience
        stop = len(self.strips)
        self._span[box] = start, stop
        if stop > start:
            self._widen(box, start, stop)
            self._name(box, start, stop - 1)
            name = id_of(box)
            if name:
                self.boxes.setdefault(name, box)

    def _is_kept(self, box: Any) -> bool:
        """Whether no page may end inside a box."""
        kept = box.style["break_inside"] in ("avoid", "avoid-page")
        return kept and float(box.height) <= self._room

    def _children(self, box: Any, keep: bool) -> None:
        start = len(self.strips)
        before = None
        for child in box.children:
            if isinstance(child, AbsolutePlaceholder):
                self._span[child] = len(self.strips), len(self.strips)
                continue
            at = len(self.strips)
            self._walk(child, keep=keep)
            if len(self.strips) == at:
                continue
            if before is not None and at > start:
                self._between(before, child, at - 1, keep)
            before = child

    def _between(self, before: Any, after: Any, at: int, keep: bool) -> None:
        """Whether a page may end between two blocks (CSS Fragmentation 3 §3.1)."""
        wishes = {*_breaks(before, "break_after", -1), *_breaks(after, "break_before", 0)}
        strip = self.strips[at]
        if wishes & _FORCED:
            strip.end = End.FORCED
        elif keep or wishes & {"avoid", "avoid-page"}:
            strip.end = End.NO
        else:
            strip.end = End.YES

    def _atom(self, box: Any) -> None:
        if box.margin_height() <= 0 and not getattr(box, "children", ()):
            return
        self._paragraphs += 1
        top = box.position_y + getattr(box, "margin_top", 0)
        bottom = box.position_y + box.height if _is_row(box) else border_bottom(box)
        self.strips.append(Strip(box, top, bottom, box.element, self._paragraphs))
        for inner in (box, *(box.descendants() if hasattr(box, "descendants") else ())):
            self._name(inner, len(self.strips) - 1, len(self.strips) - 1)

    def _lines(self, box: Any, keep: bool) -> None:
        self._paragraphs += 1
        lines = [line for line in box.children if isinstance(line, boxes.LineBox)]
        orphans, widows = box.style["orphans"], box.style["widows"]
        keep = keep or self._is_kept(box)
        for number, line in enumerate(lines, 1):
            top, bottom = line.position_y, line.position_y + line.height
            strip = Strip(line, top, bottom, box.element, self._paragraphs)
            strip.apart = self._apart > 0
            strip.withheld = self._withheld > 0
            strip.audience = self._audience
            strip.turned = bool(self._verse) and number > 1 and not _breaks_off(lines[number - 2])
            if strip.turned:
                _turn(line, box)
                self.strips[-1].end = End.NO  # a verse stays whole
            left = len(lines) - number
            if left and (keep or number < orphans or left < widows):
                strip.end = End.NO
            elif left and strip.words().rstrip().endswith(_HYPHENS):
                strip.end = End.HYPHEN
            self.strips.append(strip)
            for inner in line.descendants():
                if isinstance(inner, boxes.InlineBox | boxes.InlineBlockBox):
                    self._name(inner, len(self.strips) - 1, len(self.strips) - 1)

    def _name(self, box: Any, first: int, last: int) -> None:
        name = id_of(box)
        if name and "::" not in (box.element_tag or ""):
            known = self.where.get(name, (first, last))
            self.where[name] = min(known[0], first), max(known[1], last)

    def _widen(self, box: Any, start: int, stop: int) -> None:
        """Count a box's padding and border to the strips at its ends."""
        if isinstance(box, _OF_TABLES):
            return
        first, last = self.strips[start], self.strips[stop - 1]
        if box.padding_top or box.border_top_width:
            first.top = min(first.top, box.position_y + box.margin_top)
        if box.padding_bottom or box.border_bottom_width:
            last.bottom = max(last.bottom, border_bottom(box))

    def raise_title(self, roots: list[Any], first: int, dy: float) -> None:
        """Move up, on the first page, the blocks before a strip."""
        section = roots[0].children[0].children[0]
        for child in section.children:
            start, _ = self._span.get(child, (first, first))
            if start >= first:
                return
            child.translate(0, -dy)

    # Cutting

    def __len__(self) -> int:
        return len(self.strips)

    def end(self, number: int) -> End:
        """Whether a page may end below a strip."""
        return self.strips[number].end

    def span(self, box: Any) -> tuple[int, int]:
        """The strips of a box that was walked, from the first to before the second."""
        return self._span[box]

    def height(self, start: int, stop: int) -> float:
        """The height of the strips from start to before stop, in px."""
        if stop <= start:
            return 0.0
        return self.strips[stop - 1].bottom - self.begin(start)

    def height_above(self, start: int, number: int) -> float:
        """How far below the top of the page that begins with a strip another stands, in px."""
        return self.strips[number].top - self.begin(start) if number > start else 0.0

    def begin(self, start: int) -> float:
        """Where a page that begins with a strip has its top on the galley, in px."""
        between = 0 < start < len(self.strips)  # else only notes that run on stand there
        return self.strips[start].top if between else self.top

    def cut(self, start: int, stop: int, dx: float, dy: float) -> list[Any]:
        """Copies of the roots that hold only the strips from start to before stop, moved.

        The strips themselves are moved, not copied: each can be cut out once.
        """
        found = [root for root in self.roots if self._holds(root, start, stop)]
        return [self._cut(root, start, stop, dx, dy) for root in found]

    def cut_block(self, name: str, start: int, stop: int, dx: float, dy: float) -> Any:
        """The same for the block of an id alone."""
        return self._cut(self.boxes[name], start, stop, dx, dy)

    def _holds(self, box: Any, start: int, stop: int) -> bool:
        first, last = self._span.get(box, (-1, -1))
        if first == last:
            last = first + 1
        return first < stop and last > start

    def _cut(self, box: Any, start: int, stop: int, dx: float, dy: float) -> Any:
        first, last = self._span[box]
        if _is_atomic(box) or (first >= start and last <= stop):
            box.translate(dx, dy)
            return box
        if isinstance(box.children[0], boxes.LineBox):
            inside = box.children[max(start - first, 0) : stop - first]
            for line in inside:
                line.translate(dx, dy)
        else:
            inside = [
                self._cut(child, start, stop, dx, dy)
                for child in box.children
                if self._holds(child, start, stop)
            ]
        new = box.copy_with_children(inside)
        new.remove_decoration(first < start, last > stop)
        new.position_x += dx
        top, bottom = self.strips[max(first, start)], self.strips[min(last, stop) - 1]
        if isinstance(new, boxes.TableBox):
            new.column_positions = [position + dx for position in new.column_positions]
        new.position_y = top.top + dy - new.margin_top if first < start else box.position_y + dy
        end = bottom.bottom if last > stop else box.content_box_y() + box.height
        new.height = end + dy - new.content_box_y()
        return new


def _breaks_off(line: Any) -> bool:
    """Whether a line ends by the text's will."""
    return any(inner.element_tag == "br" for inner in line.descendants())


def _turn(line: Any, box: Any) -> None:
    """Indent turned words of a verse as far as there is room, so that none takes them for one."""
    words = [inner for inner in line.children if inner.margin_width()]
    if words:
        right = words[-1].position_x + words[-1].margin_width()
        room = box.content_box_x() + box.width - right
        line.translate(dx=max(min(room, _TURN * box.style["font_size"]), 0.0))


def _is_blank(page: Any) -> bool:
    return bool(page._page_box.page_type.blank)


def _is_row(box: Any) -> bool:
    return isinstance(box, boxes.TableRowBox)


def _is_atomic(box: Any) -> bool:
    """Whether a box is one strip: a row, a picture, whatever holds no lines or blocks."""
    if isinstance(box, boxes.TableRowBox):
        return True
    if isinstance(box, boxes.TableRowGroupBox):
        return any(cell.rowspan > 1 for row in box.children for cell in row.children)
    if isinstance(box, boxes.TableBox | boxes.TableCellBox | boxes.BlockBox) and box.children:
        return bool(box.is_floated())
    return True


def _breaks(box: Any, name: str, side: int) -> Iterator[str]:
    """What a box and the boxes at its edge wish for a page that would end there."""
    while box is not None and hasattr(box, "style"):
        yield box.style[name]
        inner = [c for c in getattr(box, "children", ()) if not isinstance(c, AbsolutePlaceholder)]
        box = inner[side] if inner and not isinstance(inner[0], boxes.LineBox) else None
