"""Sets an index: its headings on a galley as broad as a column, broken into columns and pages.

All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from printedition.frozen import dataclass
from printedition.page.galley import Galley
from printedition.page.index_columns import Column, ColumnBreaker
from printedition.page.job import Page
from printedition.page.proof import Error
from printedition.page.setting import endless
from printedition.page.standing import Lay

AGAIN = "again."  # before the id of a heading that stands once more
_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class IndexPage:
    """A page of an index: the strips before its columns, and the columns, which begin at `top`."""

    before: tuple[int, int]
    columns: tuple[Column, ...]
    top: float


class IndexSetting:
    """An index, laid out and broken into pages with `count` columns, `gap` between two."""

    def __init__(self, lay: Lay, text: str, page: Page, count: int, gap: float) -> None:
        self.page, self.columns, self.gap = page, count, gap
        self.width = (page.width - gap * (count - 1)) / count
        narrow = (
            ".index > .headings, .index > .again "
            f"{{ columns: auto !important; width: {self.width:.4f}px !important }}"
        )
        self.galley = Galley(lay(text, endless(page.width) + narrow))
        self.first, self.stop = self._span_of("headings")
        self.pages = list(self._break())

    def _span_of(self, kind: str) -> tuple[int, int]:
        """The strips of a part of the index; none, where a template has no such part."""
        for root in self.galley.roots:
            for box in root.descendants():
                if isinstance(box, boxes.BlockBox) and _is(box, kind):
                    return self.galley.span(box)
        return len(self.galley), len(self.galley)

    # Breaking

    def _break(self) -> Iterator[IndexPage]:
        galley, start = self.galley, self.first
        breaker = ColumnBreaker(galley, self.columns, self._broken(), self._leads())
        before, top = (0, start), self._top()
        while start < self.stop or before[1]:
            room = self.page.height(1 if not before[1] else 0) - top
            columns = breaker.page(start, self.stop, room) if start < self.stop else ()
            yield IndexPage(before, columns, top)
            start = columns[-1].stop if columns else self.stop
            before, top = (0, 0), 0.0

    def _top(self) -> float:
        """How far below the top of the first page the columns begin."""
        if not 0 < self.first < len(self.galley):
            return 0.0
        return float(self.galley.strips[self.first].top - self.galley.top)

    def _broken(self) -> dict[int, str]:
        """The strips that go on with a heading, and the id of that."""
        found = {}
        for name in self._again():
            first, last = self.galley.where[name]
            found.update(dict.fromkeys(range(first + 1, last + 1), name))
        return found

    def _leads(self) -> dict[str, float]:
        """The heights of headings that stand once more."""
        return {
            name: float(self.galley.boxes[AGAIN + name].margin_height()) for name in self._again()
        }

    def _again(self) -> list[str]:
        names = (name.removeprefix(AGAIN) for name in self.galley.boxes if name.startswith(AGAIN))
        return [name for name in names if name in self.galley.where]

    # What is told of it

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.pages)

    def ids(self) -> list[list[str]]:
        """The ids that stand on each page."""
        pages: list[list[str]] = []
        for page in self.pages:
            strips = {*range(*page.before)}
            strips.update(number for one in page.columns for number in range(one.start, one.stop))
            where = self.galley.where.items()
            pages.append([name for name, (first, _) in where if first in strips])
        return pages

    def errors(self) -> list[Error]:
        """What is higher than its page."""
        found = []
        for number, page in enumerate(self.pages):
            room = self.page.height(number) - page.top
            heights = [one.lead + self.galley.height(one.start, one.stop) for one in page.columns]
            over = max((height - room for height in heights), default=-room)
            if over > _TOLERANCE:
                high = f"what belongs on one page is {over * 0.75:.0f} pt higher than the page"
                found.append(Error("PAG003", high, number))
        return found

    # Composing

    def compose(self, number: int, left: float, top: float) -> tuple[list[Any], list[Any]]:
        """The content of a page, its room's corner left and top; and what is only seen."""
        page, galley = self.pages[number], self.galley
        roots: list[Any] = []
        if page.before[1]:
            roots = galley.cut(*page.before, left - galley.left, top - galley.top)
        again = []
        for place, column in enumerate(page.columns):
            dx = left + place * (self.width + self.gap) - galley.left
            y = top + page.top
            if column.again:
                again.append(self._once_more(column.again, left, dx, y))
            dy = y + column.lead - galley.strips[column.start].top
            roots = _joined(roots, galley.cut(column.start, column.stop, dx, dy))
        return roots, again

    def _once_more(self, name: str, left: float, dx: float, y: float) -> Any:
        """A heading once more: it is seen, but not read aloud."""
        box = self.galley.boxes[AGAIN + name].deepcopy()
        box.translate(dx, y - box.position_y)
        return box


def _is(box: Any, kind: str) -> bool:
    return box.element is not None and kind in (box.element.get("class") or "").split()


def _joined(before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    """Boxes that follow one another, in which parts of one element are one box."""
    made = list(before)
    for box in after:
        last = made[-1] if made else None
        if last is not None and _is_same(last, box):
            made[-1] = last.copy_with_children(_joined(last.children, box.children))
        else:
            made.append(box)
    return made


def _is_same(one: Any, other: Any) -> bool:
    """Whether two boxes are parts of one block."""
    blocks = isinstance(one, boxes.BlockBox) and isinstance(other, boxes.BlockBox)
    return blocks and one.element is other.element and one.element_tag == other.element_tag
