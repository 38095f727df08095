"""Breaks a galley into the pages of an earlier printing, each beginning with a given strip.

Nothing here knows WeasyPrint. All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from printedition.page.breaking import MOST_CARRIED, Beginning, Breaker, Plan
from printedition.page.stack import Stack

_ROUNDING = 0.01


@dataclass(slots=True)
class Outcome:
    """How a page of the earlier printing stands: on how many pages now, by how many lines it was
    too high, whether it is a line longer than others, and how many lines are lacking on it.

    `moved`: what it had no room for is on the next page of the printing.
    """

    pages: int = 1
    over: int = 0
    longer: bool = False
    moved: bool = False


@dataclass(slots=True)
class KeptBreaker(Breaker):
    """Breaks one section; page n + 1 begins with the strip `pins[n]`, where that is one.

    A page may be a line longer than others. A page too many has a blank one beside it, so that
    right-hand pages stay such; after the last the next section sees to that.
    """

    pins: Sequence[int | None] = ()
    lets_go: bool = False
    outcomes: list[Outcome] = field(default_factory=list)

    def paginate(self, more: dict[int, float]) -> list[Plan]:
        """All pages, with those of the printing that have nothing left on them."""
        self.outcomes = [Outcome() for _ in range(len(self.pins) + 1)]
        plans: list[Plan] = []
        begun = Beginning(0, self.first_line, [])
        for page, pin in enumerate([*self.pins, len(self.strips)]):
            outcome = self.outcomes[page]
            is_last = page == len(self.pins)
            if pin is None:
                outcome.moved, pin = True, self._next_pin(page)
            outcome.pages = 0
            while True:
                plan, begun = self._kept(begun, len(plans), more, pin, outcome)
                plan.page = page
                plans.append(plan)
                outcome.pages += 1
                if plan.stop >= pin and not (is_last and begun.carried):
                    break
                if not is_last and (self.lets_go or self.pins[page] is None):
                    outcome.moved = True
                    break
            if not is_last:
                self._pad(plans, begun, page)
        return plans

    def _next_pin(self, page: int) -> int:
        later = (pin for pin in self.pins[page + 1 :] if pin is not None)
        return next(later, len(self.strips))

    def _pad(self, plans: list[Plan], begun: Beginning, page: int) -> None:
        """Add a blank page where a right-hand page would else become a left-hand one."""
        outcome = self.outcomes[page]
        if outcome.pages > 1 and outcome.pages % 2 == 0 and not begun.carried:
            plans.append(Plan(begun.start, begun.start, begun.lines, page=page))
            outcome.pages += 1

    def _kept(
        self,
        begun: Beginning,
        number: int,
        more: dict[int, float],
        pin: int,
        outcome: Outcome,
    ) -> tuple[Plan, Beginning]:
        """A page that ends before a pin, or as near to it as it can."""
        floor, extra = self.floor(number), more.get(begun.start, 0.0)
        whole, least = self._needed(begun, floor, extra, pin)
        for needed in (whole, least):
            for longer in (0.0, self.line):
                if needed <= floor + longer + _ROUNDING:
                    outcome.longer = outcome.longer or bool(longer)
                    return self._ending(begun, floor + longer, extra, pin, longer)
        if not outcome.over and least < float("inf"):
            outcome.over = ceil((least - floor - _ROUNDING) / self.line)
        plan, after = self.set_page(begun, number, more, last=pin)
        if plan.stop == plan.start:
            plan, after = self.set_page(begun, number, more, last=pin, most=1.0)
        return plan, after

    def _needed(
        self, begun: Beginning, floor: float, extra: float, pin: int
    ) -> tuple[float, float]:
        """The height of all before a pin with its notes, and with the last divided."""
        stack = Stack(self.bands, extra, self.lines)
        running_on = stack.take(begun.carried, MOST_CARRIED * floor)
        count = begun.lines
        for strip in range(begun.start, pin):
            if running_on and self.called[strip].notes:
                return float("inf"), float("inf")
            count += self.counted[strip]
            stack.call(self.called[strip], count)
        text = self.strips.height(begun.start, pin)
        whole = float("inf") if running_on else text + stack.height()
        return whole, text + stack.least()

    def _ending(
        self, begun: Beginning, floor: float, extra: float, pin: int, longer: float
    ) -> tuple[Plan, Beginning]:
        plan = Plan(begun.start, max(pin, begun.start), begun.lines, longer=longer)
        carried = self.carry(plan, begun.carried, floor, extra)
        counted = begun.lines + sum(self.counted[plan.start : plan.stop])
        return plan, Beginning(plan.stop, 0 if self.restart else counted, carried)
