"""Breaks a table of versions into the pages of an earlier printing.

Nothing here knows WeasyPrint. All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from printedition.page.column_breaking import Spread, TableBreaker
from printedition.page.kept_breaking import Outcome

_ROUNDING = 0.01


@dataclass(slots=True)
class KeptTableBreaker(TableBreaker):
    """Breaks one table; page n + 1 begins, in each column, with the strips `pins[n]`.

    What has no room on its page goes on on one that is put in, or, where the breaker `lets_go`, on
    the next. `belongs` tells for each page which of the printing it is, from 0. `paired`: two pages
    of a spread face one another.
    """

    pins: Sequence[tuple[int, ...]] = ()
    lets_go: bool = False
    paired: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    belongs: list[int] = field(default_factory=list)
    _page: int = 0

    def paginate(self) -> list[Spread]:
        """All pages, with those of the printing that have nothing left on them."""
        self.spreads, self.belongs, self._page = [], [], 0
        self.outcomes = [Outcome() for _ in range(len(self.pins) + 1)]
        self._at = [0 for _ in self.columns]
        self._count = [0 for _ in self.columns]
        self._carried = [[] for _ in self.columns]
        self._turn()
        for row in range(len(self.titles)):
            self._set_row(row)
        while self._page < len(self.pins):
            self._next_page()
        while any(self._carried):
            self._put_in()
        self._settle()
        return self.spreads

    def _turn(self) -> None:
        TableBreaker._turn(self)
        self.belongs.append(self._page)

    def _next_page(self) -> None:
        """Begin the next page of the printing."""
        self._pad()
        self._page += 1
        self._turn()

    def _put_in(self) -> None:
        """Begin a page that the printing had not."""
        outcome = self.outcomes[self._page]
        if self.lets_go and self._page < len(self.pins):
            outcome.moved = True
            self._page += 1
        else:
            outcome.pages += 1
        self._turn()

    def _pad(self) -> None:
        """Add a blank page where a right-hand page would else become a left-hand one."""
        outcome = self.outcomes[self._page]
        even = outcome.pages > 1 and outcome.pages % 2 == 0
        if even and not self.paired and not any(self._carried):
            outcome.pages += 1
            self._turn()

    # Rows

    @property
    def _target(self) -> list[int]:
        if self._page < len(self.pins):
            return list(self.pins[self._page])
        return [one.column.rows[-1][1] for one in self.columns]

    def _is_full(self) -> bool:
        """Whether all stands on the page that is to stand there."""
        last = self._page == len(self.pins)
        return not last and all(a >= t for a, t in zip(self._at, self._target, strict=True))

    def _set_row(self, row: int) -> None:
        ends = [one.column.rows[row][1] for one in self.columns]
        begun = False
        while self._at != ends:
            if self._is_full():
                self._next_page()
                continue
            target = self._target
            limits = [
                min(end, max(goal, at))
                for end, goal, at in zip(ends, target, self._at, strict=True)
            ]
            top = self._low + (self.again if begun else self.titles)[row]
            tops = self._level(top, ends)
            stops = self._kept_stops(limits, tops)
            if stops != limits and not self._may_stand(stops, limits, begun):
                if self.spreads[-1].slices or any(self._running) or self._is_below_text():
                    self._put_in()
                    continue
                stops = [
                    stop if stop > at else self._next_end(n, at, end)
                    for n, (at, stop, end) in enumerate(zip(self._at, stops, ends, strict=True))
                ]
            self._place(row, begun, top, tops, stops)
            begun = True
            if self._is_full():
                if self._at != ends or any(self._carried):
                    self._next_page()
            elif self._at != ends or any(self._carried):
                self._put_in()

    def _is_below_text(self) -> bool:
        return bool(self.first and len(self.spreads) == 1)

    def _kept_stops(self, limits: Sequence[int], tops: Sequence[float]) -> list[int]:
        """The strips before which the columns end: these limits, on a page a line longer perhaps,
        or as near to them as may be."""
        spread, line = self.spreads[-1], max(one.line for one in self.columns)
        outcome = self.outcomes[self._page]
        for longer in (0.0, 0.0 if outcome.longer else line):
            spread.floor += longer
            if self._reaches(limits, tops):
                outcome.longer = outcome.longer or bool(longer)
                return list(limits)
            spread.floor -= longer
        if self.together:
            stops = self._reach_together(limits, tops)
        else:
            stops = [self._reach(n, end, tops[n]) for n, end in enumerate(limits)]
        lacking = [
            ceil(one.column.height(stop, limit) / one.line - _ROUNDING)
            for one, stop, limit in zip(self.columns, stops, limits, strict=True)
        ]
        outcome.over = max(outcome.over, *lacking)
        return stops

    def _reaches(self, limits: Sequence[int], tops: Sequence[float]) -> bool:
        """Whether there is room for the columns down to these limits, with their bands."""
        floor = self.spreads[-1].floor + _ROUNDING
        total, lowest = 0.0, 0.0
        for index, (limit, top) in enumerate(zip(limits, tops, strict=True)):
            one, start = self.columns[index], self._at[index]
            stack, count = self._stacks[index].copy(), self._count[index]
            standing = len(stack.pieces)
            for number in range(start, limit):
                if self._running[index] and one.called[number].notes:
                    return False
                count += one.counted[number]
                stack.call(one.called[number], count)
            divisible = len(stack.pieces) > standing and not self.together
            bands = stack.least() if divisible else stack.height()
            low = top + one.column.height(start, limit) if limit > start else 0.0
            total, lowest = total + bands, max(lowest, low)
            if not self.together and low + bands > floor and limit > start:
                return False
        return not self.together or lowest + total <= floor
