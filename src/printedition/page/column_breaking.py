"""Breaks a table of versions into pages: rows level, each column filled down to its own bands.

Nothing here knows WeasyPrint. All lengths are in px, heights from the top of a page's room down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from typing import Protocol

from printedition.frozen import dataclass
from printedition.page.breaking import MOST_CARRIED, Ends, Plan
from printedition.page.galley import End
from printedition.page.stack import Band, Called, Piece, Stack

_ROUNDING = 0.01


class Column(Protocol):
    """What the breaker asks of a version: its strips from the first row to the last."""

    @property
    def rows(self) -> Sequence[tuple[int, int]]:
        """The strips of its cell in each row, from the first to before the second."""

    def height(self, start: int, stop: int) -> float:
        """The height of its lines from one number up to another, in px."""

    def end(self, number: int) -> End:
        """Whether a page may end below a line."""

    def rise(self, number: int) -> float:
        """How far the base line of a strip is below its top."""


@dataclass(frozen=True, slots=True)
class Footed:
    """A column with what its strips call, which of them are counted, and its bands.

    `more` adds height to the bands of the page that begins with a strip; `line` is the distance of
    two lines, and `lines` prints the numbers of a lemma's lines.
    """

    column: Column
    called: Sequence[Called]
    counted: Sequence[bool]
    bands: Sequence[Band]
    more: dict[int, float]
    line: float
    lines: Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Part:
    """The strips of a cell that stand on one page, and where the first of them has its top."""

    start: int
    stop: int
    top: float


@dataclass(frozen=True, slots=True)
class Slice:
    """What stands of a row on one page, below its title; `again`: the row began before."""

    row: int
    again: bool
    top: float
    bottom: float
    parts: tuple[Part, ...]


@dataclass(slots=True)
class Spread:
    """A page of the table: its slices, and for each column what stands in it and below it."""

    top: float
    floor: float
    plans: list[Plan]
    slices: list[Slice] = field(default_factory=list)


@dataclass(slots=True)
class TableBreaker:
    """Breaks one table.

    `titles` and `again` are the heights of the rows' titles, where a row begins and where it goes
    on; `head` that of the table's; `first` is where the table begins on its first page, `floor(n)`
    the foot of its n-th page, from 0; `gap` stands below each row. `together`: the bands of all
    columns stand one below another under the whole.
    """

    columns: Sequence[Footed]
    titles: Sequence[float]
    again: Sequence[float]
    head: float
    gap: float
    first: float
    floor: Callable[[int], float]
    together: bool = False
    spreads: list[Spread] = field(default_factory=list)
    _at: list[int] = field(default_factory=list)
    _count: list[int] = field(default_factory=list)
    _carried: list[list[Piece]] = field(default_factory=list)
    _stacks: list[Stack] = field(default_factory=list)
    _running: list[bool] = field(default_factory=list)
    _low: float = 0.0

    def paginate(self) -> list[Spread]:
        """All pages, the notes of the last running on as long as they need."""
        self.spreads = []
        self._at = [0 for _ in self.columns]
        self._count = [0 for _ in self.columns]
        self._carried = [[] for _ in self.columns]
        self._turn()
        for row in range(len(self.titles)):
            self._set_row(row)
        while any(self._carried):
            self._turn()
        self._settle()
        return self.spreads

    # Pages

    def _turn(self) -> None:
        """Begin a page, with the notes that run on from those before it."""
        self._settle()
        number = len(self.spreads)
        floor = self.floor(number)
        begin = 0.0 if number else self.first
        self._low = begin + self.head
        plans = [Plan(a, a, n) for a, n in zip(self._at, self._count, strict=True)]
        self.spreads.append(Spread(begin, floor, plans))
        self._stacks = [
            Stack(one.bands, one.more.get(at, 0.0), one.lines)
            for one, at in zip(self.columns, self._at, strict=True)
        ]
        room = (floor - self._low) * MOST_CARRIED
        for index, stack in enumerate(self._stacks):
            waiting = self._carried[index]
            left = stack.take(waiting, room - self._beside(index))
            if waiting and left == waiting:
                # Higher than there is room: it stands there all the same, and is reported.
                first = left[0].least()
                stack.put(first)
                rest = [replace(left[0], start=first.stop)] if first.stop < left[0].stop else []
                left = rest + left[1:]
            self._carried[index] = left
        self._running = [bool(left) for left in self._carried]

    def _settle(self) -> None:
        """Write down what stands on the page that ends here."""
        if not self.spreads:
            return
        spread = self.spreads[-1]
        for index, (plan, stack) in enumerate(zip(spread.plans, self._stacks, strict=True)):
            lows = [
                part.top + self.columns[index].column.height(part.start, part.stop)
                for slice_ in spread.slices
                if (part := slice_.parts[index]).stop > part.start
            ]
            head = self.head if spread.slices or len(self.spreads) > 1 else 0.0
            low = lows[-1] if lows else spread.top + head
            plan.stop = self._at[index]
            plan.entries, plan.pieces = stack.entries, stack.pieces
            taken = stack.height() + self._beside(index)
            plan.run_in, plan.blank = stack.run_in(), spread.floor - self._lowest(low) - taken
            plan.more = stack.more if stack.height() else 0.0

    def _beside(self, index: int) -> float:
        """The height that the bands of other columns take from those of one."""
        if not self.together:
            return 0.0
        return sum(stack.height() for n, stack in enumerate(self._stacks) if n != index)

    def _lowest(self, low: float) -> float:
        """Below what height bands may stand: the lowest text, or that of their column."""
        slices = self.spreads[-1].slices
        return slices[-1].bottom - self.gap if self.together and slices else low

    # Rows

    def _set_row(self, row: int) -> None:
        ends = [one.column.rows[row][1] for one in self.columns]
        begun = False
        while self._at != ends:
            title = (self.again if begun else self.titles)[row]
            top = self._low + title
            tops = self._level(top, ends)
            if self.together:
                stops = self._reach_together(ends, tops)
            else:
                stops = [self._reach(n, end, tops[n]) for n, end in enumerate(ends)]
            if not self._may_stand(stops, ends, begun):
                if self.spreads[-1].slices or (self.first and len(self.spreads) == 1):
                    self._turn()
                    continue
                if any(self._running):
                    self._turn()
                    continue
                stops = [
                    stop if stop > at else self._next_end(n, at, end)
                    for n, (at, stop, end) in enumerate(zip(self._at, stops, ends, strict=True))
                ]
            self._place(row, begun, top, tops, stops)
            begun = True
            if self._at != ends or any(self._carried):
                self._turn()

    def _may_stand(self, stops: Sequence[int], ends: Sequence[int], begun: bool) -> bool:
        """Whether a row may begin here, in all its columns; or go on, in one of them."""
        moved = [stop > at for at, stop in zip(self._at, stops, strict=True)]
        if begun:
            return any(moved)
        return all(m or at == end for m, at, end in zip(moved, self._at, ends, strict=True))

    def _level(self, top: float, ends: Sequence[int]) -> list[float]:
        """Where the columns have their tops, so that their first lines are level."""
        rises = [
            one.column.rise(at) if at < end else 0.0
            for one, at, end in zip(self.columns, self._at, ends, strict=True)
        ]
        return [top + max(rises) - rise for rise in rises]

    def _reach(self, index: int, end: int, top: float) -> int:
        """The strip before which a column ends on this page, from where it is."""
        one, start = self.columns[index], self._at[index]
        floor = self.spreads[-1].floor + _ROUNDING
        stack, count, ends = self._stacks[index].copy(), self._count[index], Ends()
        standing = len(stack.pieces)
        for number in range(start, end):
            if self._running[index] and one.called[number].notes:
                break  # a note begins only after those before it have ended
            count += one.counted[number]
            stack.call(one.called[number], count)
            low = top + one.column.height(start, number + 1)
            begun = len(stack.pieces) > standing  # what ran on has its length already
            if low + (stack.least() if begun else stack.height()) > floor:
                break
            ends.note(number + 1, one.column.end(number), low + stack.height() <= floor)

        def lines(first: int, last: int) -> int:
            return round(one.column.height(first, last) / one.line) if last > first else 0

        return max(ends.choose(lines), start)

    def _reach_together(self, ends: Sequence[int], tops: Sequence[float]) -> list[int]:
        """The same for all columns, whose bands stand under the whole: notes stand whole."""
        depths = [
            self._depths(n, end, top) for n, (end, top) in enumerate(zip(ends, tops, strict=True))
        ]
        lows = sorted({low for each in depths for _, low in each})
        fewest, most = 0, len(lows)
        while fewest < most:
            middle = (fewest + most + 1) // 2
            if self._fits_above(lows[middle - 1], depths):
                fewest = middle
            else:
                most = middle - 1
        deepest = lows[fewest - 1] if fewest else 0.0
        return self._stops_above(deepest, depths)

    def _depths(self, index: int, end: int, top: float) -> list[tuple[int, float]]:
        """Where a column may end, and how deep it is then."""
        one, start = self.columns[index], self._at[index]
        found = []
        for number in range(start, end):
            if self._running[index] and one.called[number].notes:
                break
            if one.column.end(number) is not End.NO:
                found.append((number + 1, top + one.column.height(start, number + 1)))
        return found

    def _stops_above(self, low: float, depths: Sequence[list[tuple[int, float]]]) -> list[int]:
        return [
            max((stop for stop, depth in each if depth <= low), default=at)
            for each, at in zip(depths, self._at, strict=True)
        ]

    def _fits_above(self, low: float, depths: Sequence[list[tuple[int, float]]]) -> bool:
        """Whether there is room for the bands, if the columns are filled to a height."""
        total = low
        for index, stop in enumerate(self._stops_above(low, depths)):
            stack, count = self._stacks[index].copy(), self._count[index]
            for number in range(self._at[index], stop):
                count += self.columns[index].counted[number]
                stack.call(self.columns[index].called[number], count)
            total += stack.height()
        return total <= self.spreads[-1].floor + _ROUNDING

    def _next_end(self, index: int, at: int, end: int) -> int:
        """The first strip before which a column may end; what is too high stands there."""
        column = self.columns[index].column
        found = (n + 1 for n in range(at, end) if column.end(n) is not End.NO)
        return next(found, end)

    def _place(
        self, row: int, begun: bool, top: float, tops: Sequence[float], stops: Sequence[int]
    ) -> None:
        """Let a row stand here, and its notes below it; what these leave over goes on."""
        spread, parts, lows = self.spreads[-1], [], [top]
        waiting: list[list[Piece]] = []
        for index, one in enumerate(self.columns):
            part = Part(self._at[index], stops[index], tops[index])
            parts.append(part)
            waiting.append([])
            for number in range(part.start, part.stop):
                self._count[index] += one.counted[number]
                called = replace(one.called[number], notes=())
                self._stacks[index].call(called, self._count[index])
                waiting[-1] += one.called[number].notes
            low = part.top + one.column.height(part.start, part.stop)
            lows.append(low if part.stop > part.start else top)
            self._at[index] = part.stop
        for index, stack in enumerate(self._stacks):
            low = max(lows) if self.together else lows[index + 1]
            room = spread.floor - low - self._beside(index)
            self._carried[index] += stack.take(waiting[index], room)
        self._low = max(lows) + self.gap
        spread.slices.append(Slice(row, begun, top, self._low, tuple(parts)))
