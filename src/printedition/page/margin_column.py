"""The column of margin notes: which stand beside a page, and where. All lengths are in px."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from printedition.page.breaking import Plan
from printedition.page.galley import Galley
from printedition.page.job import NotePlace
from printedition.page.margins import Beside, spread, without_room


class MarginColumn:
    """The margin notes of a section on a galley of their own, beside the galley of its text.

    `called` has the ids of those on the words of each strip.
    """

    def __init__(
        self, text: Galley, notes: Sequence[NotePlace], line: float, lay: Callable[[], Galley]
    ) -> None:
        self._text, self._line = text, line
        self.called: dict[int, list[str]] = {}
        for note in notes:
            self.called.setdefault(text.where[note.call][0], []).append(note.id)
        self.galley = lay() if notes else None

    def block(self, name: str) -> Any:
        """The box of a note."""
        assert self.galley is not None
        return self.galley.boxes[name]

    def beside(self, plan: Plan) -> list[Beside]:
        """The notes of a page, where they would stand below the top of its text."""
        top = self._text.begin(plan.start) if plan.stop > plan.start else 0.0
        made = []
        for number in range(plan.start, plan.stop):
            for name in self.called.get(number, ()):
                assert self.galley is not None
                block = self.block(name)
                first = self.galley.strips[self.galley.where[name][0]]
                rise = first.baseline - block.position_y
                wanted = self._text.strips[number].baseline - top - rise
                made.append(Beside(name, number, wanted, block.margin_height()))
        return made

    def strips_beside(self, plan: Plan) -> Iterator[int]:
        """The strips of its galley that stand beside a page."""
        for number in range(plan.start, plan.stop):
            for name in self.called.get(number, ()):
                assert self.galley is not None
                first, last = self.galley.where[name]
                yield from range(first, last + 1)

    def spread(
        self, plan: Plan, first_line: float, height: float
    ) -> tuple[list[Beside], list[float]]:
        """The notes of a page of a height, and how far each stands below the top of its text.

        `first_line` is how far below it the first counted line begins.
        """
        notes = self.beside(plan)
        return notes, spread(notes, _highest(first_line, notes), height)

    def lost(self, plan: Plan, first_line: float, height: float) -> tuple[Beside, ...]:
        """The notes of a page that have no room there."""
        notes = self.beside(plan)
        return without_room(notes, _highest(first_line, notes), height, self._line)


def _highest(first_line: float, notes: Sequence[Beside]) -> float:
    """Above which no note stands: the first line of text, or words in a heading."""
    return min(first_line, *(note.wanted for note in notes), 1e9)
