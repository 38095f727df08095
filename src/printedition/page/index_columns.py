"""Breaks the headings of an index into the columns of its pages.

Nothing here knows WeasyPrint: strips have heights and ends. All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from printedition.frozen import dataclass
from printedition.page.galley import End

_ROUNDING = 0.01


class Strips(Protocol):
    """What the breaker asks of a galley."""

    def height(self, start: int, stop: int) -> float:
        """The height of its lines from one number up to another, in px."""

    def end(self, number: int) -> End:
        """Whether a column may end below a line."""


@dataclass(frozen=True, slots=True)
class Column:
    """The strips of a column, from the first to before the second.

    `again` is the heading that it goes on with, empty where it begins with one; `lead` is the
    height of that heading, which stands above the strips once more.
    """

    start: int
    stop: int
    again: str = ""
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class ColumnBreaker:
    """Breaks strips into so many columns a page.

    `broken` has, by each strip that may not begin a column without its heading, that heading, and
    `leads` the heights of headings that stand once more.
    """

    strips: Strips
    count: int
    broken: Mapping[int, str]
    leads: Mapping[str, float]

    def page(self, start: int, stop: int, room: float) -> tuple[Column, ...]:
        """The columns of a page that begins with a strip, of at least one strip in all.

        Where all that is left fits on it, the columns are as low as they can be, and the first
        ones the longest.
        """
        columns = self._fill(start, stop, room)
        if columns[-1].stop < stop:
            return columns
        line = self._line(start, stop)
        low = self.strips.height(start, stop) / self.count
        while low < room:
            level = self._fill(start, stop, low)
            if level[-1].stop == stop:
                return level
            low += line
        return columns

    def _fill(self, start: int, stop: int, room: float) -> tuple[Column, ...]:
        columns: list[Column] = []
        while start < stop and len(columns) < self.count:
            columns.append(self._column(start, stop, room))
            start = columns[-1].stop
        return tuple(columns)

    def _column(self, start: int, stop: int, room: float) -> Column:
        again = self.broken.get(start, "")
        column = Column(start, start, again, self.leads.get(again, 0.0))
        left = room - column.lead + _ROUNDING
        whole = fits = start
        for number in range(start, stop):
            if self.strips.height(start, number + 1) > left:
                break
            fits = number + 1
            if self.strips.end(number) is not End.NO or fits == stop:
                whole = fits
        # What is kept together and is higher than a column is broken where that is full.
        end = whole if whole > start else max(fits, start + 1)
        return replace(column, stop=end)

    def _line(self, start: int, stop: int) -> float:
        """The height of the lowest strip: by so much columns grow while they are made level."""
        return min(self.strips.height(number, number + 1) for number in range(start, stop))
