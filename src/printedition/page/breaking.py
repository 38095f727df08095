"""Breaks a galley into pages: each is filled down to the top of its own bands.

Nothing here knows WeasyPrint: strips have a top, a bottom and an end, notes have heights. All
lengths are in px.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from typing import Protocol

from printedition.frozen import dataclass
from printedition.page.galley import End
from printedition.page.stack import Band, Called, Numbered, Piece, Stack

MOST_CARRIED = 0.75  # of a page's height, for notes that run on from earlier pages
MOST_GIVEN = 6  # lines that a page gives to the next, which else had none
WORTH_DIVIDING = 3  # lines of text that a page must gain for a note to be divided
_ROUNDING = 0.01


class Strips(Protocol):
    """What the breaker asks of a galley."""

    def height(self, start: int, stop: int) -> float:
        """The height of its lines from one number up to another, in px."""

    def end(self, number: int) -> End:
        """Whether a page may end below a line."""

    def __len__(self) -> int: ...


@dataclass(slots=True)
class Plan:
    """A page: its strips, its entries, its pieces of notes, and what is carried to the next.

    `lines` counts the numbered lines before it on the same count; `blank` is the height left over,
    less than nothing where the page is overfull; `run_in` the height reckoned of its entries,
    and `more` what was added to it. Of an earlier printing that is kept, `page` is the page that
    it belongs to, from 0, and `longer` the height by which it is higher than others.
    """

    start: int
    stop: int
    lines: int
    entries: list[Numbered] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    blank: float = 0.0
    run_in: float = 0.0
    more: float = 0.0
    page: int = 0
    longer: float = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on it."""
        return self.start == self.stop and not self.pieces and not self.entries


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a page begins with: its first strip, the lines counted, the notes that run on."""

    start: int
    lines: int
    carried: list[Piece]


@dataclass(slots=True)
class Breaker:
    """Breaks one section; `floor(n)` is the height for text and bands on its n-th page, from 0;
    `lines` prints the numbers of a lemma's lines.

    `more` adds height to the bands of the page that begins with a strip: what its real bands
    were found to need beyond what was reckoned.
    """

    strips: Strips
    called: Sequence[Called]
    counted: Sequence[bool]
    bands: Sequence[Band]
    floor: Callable[[int], float]
    lines: Callable[[int, int], str]
    restart: bool = True
    first_line: int = 0
    line: float = 18.0

    def paginate(self, more: dict[int, float]) -> list[Plan]:
        """All pages, the notes of the last running on as long as they need."""
        plans: list[Plan] = []
        begun = [Beginning(0, self.first_line, [])]
        while begun[-1].start < len(self.strips) or begun[-1].carried:
            plan, after = self.set_page(begun[-1], len(plans), more)
            if plan.stop == plan.start:
                plan, after = self._with_text(plans, begun, more) or (plan, after)
            plans.append(plan)
            begun.append(after)
        return plans

    def _with_text(
        self, plans: list[Plan], begun: list[Beginning], more: dict[int, float]
    ) -> tuple[Plan, Beginning] | None:
        """A page that would hold nothing but notes that run on, with some lines of text.

        Either they need not leave so much of it free, or the page before it gives it some lines.
        Else there is no way, for a note begins on the page of its call, and after those before it.
        """
        number = len(plans)
        plan, after = self.set_page(begun[-1], number, more, most=1.0)
        if plan.stop > plan.start:
            return plan, after
        stop = plans[-1].stop if plans else 0
        least = max(stop - MOST_GIVEN, plans[-1].start + 1) if plans else 0
        for last in range(stop - 1, least - 1, -1):
            shorter, then = self.set_page(begun[-2], number - 1, more, last=last)
            plan, after = self.set_page(then, number, more)
            if shorter.stop > shorter.start and plan.stop > plan.start:
                plans[-1], begun[-1] = shorter, then
                return plan, after
        return None

    # One page

    def set_page(
        self,
        begun: Beginning,
        number: int,
        more: dict[int, float],
        *,
        last: int | None = None,
        most: float = MOST_CARRIED,
    ) -> tuple[Plan, Beginning]:
        """The nth page, and how the one after it begins; it ends before the strip `last`."""
        floor, extra = self.floor(number), more.get(begun.start, 0.0)
        plan = self._page(begun, floor, extra, len(self.strips) if last is None else last, most)
        carried = self.carry(plan, begun.carried, floor, extra)
        counted = begun.lines + sum(self.counted[plan.start : plan.stop])
        return plan, Beginning(plan.stop, 0 if self.restart else counted, carried)

    def _page(self, begun: Beginning, floor: float, more: float, last: int, most: float) -> Plan:
        """Where a page ends; notes that run on from earlier ones take `most` of its height."""
        start, lines, carried = begun.start, begun.lines, begun.carried
        stack = Stack(self.bands, more, self.lines)
        running_on = stack.take(carried, most * floor)
        ends = Ends()
        count = lines
        for number in range(start, last):
            if running_on and self.called[number].notes:
                break  # a note begins only after those before it have ended
            count += self.counted[number]
            stack.call(self.called[number], count)
            text = self.strips.height(start, number + 1)
            if text + stack.least() > floor + _ROUNDING:
                break
            end = self.strips.end(number)
            ends.note(number + 1, end, text + stack.height() <= floor + _ROUNDING)
            if end is End.FORCED:
                break
        stop = ends.choose(self._lines) or ends.any
        if not stop and not carried:
            stop = start + 1
        return Plan(start, max(stop, start), lines)

    def _lines(self, start: int, stop: int) -> int:
        return round(self.strips.height(start, stop) / self.line) if stop > start else 0

    def carry(self, plan: Plan, carried: list[Piece], floor: float, more: float) -> list[Piece]:
        """Settle what stands on a page; what its notes leave over goes on to the next."""
        stack = Stack(self.bands, more, self.lines)
        count, waiting = plan.lines, list(carried)
        for number in range(plan.start, plan.stop):
            count += self.counted[number]
            stack.call(replace(self.called[number], notes=()), count)
            waiting += self.called[number].notes
        room = floor - self.strips.height(plan.start, plan.stop)
        left = stack.take(waiting, room)
        if left and left == carried and plan.stop == plan.start:
            # Its first lines are higher than a page: they stand there all the same, and are
            # reported, for nothing would ever be nearer to its end.
            first = left[0].least()
            stack.put(first)
            rest_of_it = [replace(left[0], start=first.stop)] if first.stop < left[0].stop else []
            left = rest_of_it + left[1:]
        plan.entries, plan.pieces = stack.entries, stack.pieces
        plan.blank, plan.run_in = room - stack.height(), stack.run_in()
        plan.more = more if stack.height() else 0.0
        return left


@dataclass(slots=True)
class Ends:
    """Where a page may end, each the last found; 0 where there is none.

    `whole`: all notes stand whole; `unbroken`: and no word is broken; `divided`: the last note
    would be divided; `any`: whatever the style says of keeping together.
    """

    whole: int = 0
    unbroken: int = 0
    divided: int = 0
    any: int = 0

    def note(self, stop: int, end: End, fits: bool) -> None:
        """Note the place before `stop`, how a page may end there, and whether all `fits` on it."""
        if fits:
            self.any = stop
        if end is End.NO:
            return
        self.divided = stop
        if fits:
            self.whole = stop
            if end is not End.HYPHEN:
                self.unbroken = stop

    def choose(self, lines: Callable[[int, int], int]) -> int:
        """The best of them but `any`; `lines` counts the lines of text between two of them."""
        whole, divided = self.whole, self.divided
        if whole and self.unbroken and lines(self.unbroken, whole) <= 1:
            whole = self.unbroken
        if divided and (not whole or lines(whole, divided) >= WORTH_DIVIDING):
            return divided
        return whole
