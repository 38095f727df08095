"""The columns of a table of versions: a galley for each version, and what stands round them.

The table is laid out once on an endless page. A version is all cells of its column, which are
broken into pages side by side. All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from printedition.page.galley import End, Galley


class VersionGalley(Galley):
    """The cells of one version from the first row to the last; `rows` are their strips."""

    def __init__(self, cells: Sequence[Any]) -> None:
        self._begin()
        self.roots = list(cells)
        self.left, self.top = cells[0].content_box_x(), cells[0].position_y
        self.width = cells[0].width
        self.rows: list[tuple[int, int]] = []
        for cell in cells:
            start = len(self.strips)
            self._walk(cell, keep=False)
            if len(self.strips) > start:
                self.strips[-1].end = End.YES
            self.rows.append((start, len(self.strips)))

    def rise(self, number: int) -> float:
        """How far the base line of a strip is below its top."""
        strip = self.strips[number]
        return strip.baseline - strip.top

    def cut_cell(self, row: int, start: int, stop: int, dx: float, dy: float) -> Any:
        """A copy of a cell with some of its strips, moved."""
        if stop == start:
            empty = self.roots[row].copy_with_children([])
            empty.position_x += dx
            return empty
        return self._cut(self.roots[row], start, stop, dx, dy)


class Columns:
    """A table of versions on a galley, and what stands before it.

    `before` has the strips before the table, `first` counts them, and the table begins at `top`;
    `head` is the row of the versions' names, `groups` the rows with their titles.
    """

    def __init__(self, pages: Any, before: Any = None) -> None:
        """`before` are pages of the same, where what stands before the table is less broad."""
        self.root = pages[0]._page_box.children[0]
        self.path = _path(self.root, _is_table)
        self.wrapper = self.path[-1]
        self.table = self.wrapper.get_wrapped_table()
        self.head, *self.groups = self.table.children
        self.before = Galley(before or pages)
        place = _path(self.before.roots[0], _is_table)[-1]
        self.first, _ = self.before.span(place)
        self.top = float(place.position_y)
        rows = [group.children[1].children for group in self.groups]
        self.versions = [VersionGalley(cells) for cells in zip(*rows, strict=True)]

    @property
    def gutter(self) -> float:
        """The breadth between two columns."""
        first, second = self.versions[:2]
        return float(second.left - first.left - first.width)

    def head_of(self, column: int | None) -> Any:
        """The names of all versions, or of one."""
        head = self.head.deepcopy()
        if column is None:
            return head
        row = head.children[0]
        return head.copy_with_children([row.copy_with_children([row.children[column]])])

    @property
    def titles(self) -> list[float]:
        """The heights of the titles of rows."""
        return [float(group.children[0].height) for group in self.groups]

    def around(self, inner: Sequence[Any]) -> Any:
        """The root with nothing but the table, and in it these groups."""
        box = self.wrapper.copy_with_children([self.table.copy_with_children(list(inner))])
        for parent in reversed(self.path[:-1]):
            box = parent.copy_with_children([box])
        return box

    def row(self, number: int, title: Any, cells: Sequence[Any]) -> Any:
        """A row with these cells, and its title where it begins."""
        group = self.groups[number]
        row = group.children[1].copy_with_children(list(cells))
        return group.copy_with_children([*([title] if title is not None else []), row])


def _is_table(box: Any) -> bool:
    classes = (box.element.get("class") or "").split() if box.element is not None else ()
    return isinstance(box, boxes.BlockBox) and box.is_table_wrapper and "versions" in classes


def _path(root: Any, wanted: Any) -> list[Any]:
    """The boxes from the root down to the first that is wanted."""

    def search(box: Any) -> Iterator[Any]:
        if wanted(box):
            yield [box]
            return
        for child in getattr(box, "children", ()):
            for found in search(child):
                yield [box, *found]

    return next(search(root))
