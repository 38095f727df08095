"""The pile of sections that are to be set and drawn, from which all compositors take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias

from printedition.book.asked import Told
from printedition.page.compositor import Cast, Drawn, Job, Place
from printedition.page.jobs import Brief
from printedition.page.kept import Kept


class Overseer(Protocol):
    """Gives compositors their work, and takes what they make."""

    def brief(self, name: str) -> Brief | None:
        """What a section is to be set by; None while it waits for what is before it."""

    def job(self, brief: Brief) -> Job:
        """What is to be set."""

    def cast(self, cast: Cast) -> bool:
        """Note what a section needs; whether it is to be set again."""

    def places(self, name: str) -> tuple[Place, ...] | None:
        """The pages of a section; None while they are not known, or may change yet."""

    def again(self, name: str) -> bool:
        """Whether a section is to be set once more before it is drawn, and can be now."""

    def drawn(self, drawn: Drawn) -> None:
        """Take a section as drawn."""

    def answer(self, question: str, name: str, about: Any) -> str:
        """The page that a compositor asks for."""

    def idle(self) -> Callable[[], object] | None:
        """What this process does while others set and draw; it is done once."""

    def told(self, name: str) -> Told:
        """What the templates of a section were told so far."""

    def tells(self, name: str, told: Told) -> bool:
        """Whether they would be told the same now; it is noted as told then."""

    @property
    def anchors(self) -> frozenset[str]:
        """The ids whose lines the book quotes."""


Order: TypeAlias = tuple[Any, ...]  # "set", a job, anchors; "draw", a section, its pages, anchors


class Pile:
    """The sections that are to be set and drawn; those that are `kept` are taken from there."""

    def __init__(self, names: Sequence[str], overseer: Overseer, kept: Kept | None = None) -> None:
        self._waiting, self._overseer, self._kept = list(names), overseer, kept
        self._found: list[str] = []  # cast off as they were kept, and not drawn yet
        self._anew: set[str] = set()  # of which no cast is kept, or it is but no drawing
        self.left = len(names)

    def answer(self, question: str, name: str, about: Any) -> str:
        """The page that a compositor asks for."""
        return self._overseer.answer(question, name, about)

    def idle(self) -> Callable[[], object] | None:
        """What to do while there is nothing to set or draw."""
        return self._overseer.idle()

    def order(self, own: Sequence[str]) -> Order | None:
        """What can be done now, of sections set by one's own hand: to draw, which frees memory.

        What is to be set is found before the drawings that are kept are taken, which takes longer.
        """
        if (order := self._of_own(own)) is not None:
            return order
        found = self._kept is not None and self._look_about(self._kept)
        if found and (order := self._of_own(own)) is not None:
            return order
        for name in self._waiting:
            if (order := self._to_set(name)) is not None:
                self._waiting.remove(name)
                return order
        return None

    def advance(self) -> bool:
        """Take one drawing that is kept; whether there was one, or one that is not kept after all.

        It is for a hand that there is no order for.
        """
        if self._kept is None:
            return False
        for name in self._found:
            if self._overseer.again(name):
                self._found.remove(name)
                self._look(self._kept, name)
                return True
            if (places := self._overseer.places(name)) is not None:
                self._found.remove(name)
                drawn = self._kept.drawn(name, places, self._overseer.tells)
                if drawn is None:
                    self._set_anew(name)
                else:
                    self.left -= 1
                    self._overseer.drawn(drawn)
                return True
        return False

    def _of_own(self, own: Sequence[str]) -> Order | None:
        for name in own:
            if self._overseer.again(name):
                return self._to_set(name)
            if (places := self._overseer.places(name)) is not None:
                return "draw", name, places, self._overseer.anchors
        return None

    def take(self, done: Cast | Drawn, own: list[str]) -> Order | None:
        """Give what was made to the overseer; an order where a section is to be set again.

        `own` are the sections set by the same hand that are not drawn yet.
        """
        if isinstance(done, Drawn):
            own.remove(done.id)
            self.left -= 1
            if self._kept is not None:
                self._kept.keep_drawn(done, self._overseer.told(done.id))
            self._overseer.drawn(done)
            return None
        if self._kept is not None:
            self._kept.keep_cast(done, self._overseer.told(done.id))
        if done.id not in own:
            own.append(done.id)
        return self._to_set(done.id) if self._overseer.cast(done) else None

    def _to_set(self, name: str) -> Order | None:
        """The order to set a section; None while it waits for what is before it."""
        if (brief := self._overseer.brief(name)) is None:
            return None
        if self._kept is not None:
            self._kept.begin(brief, self._overseer.anchors)
        return "set", self._overseer.job(brief), self._overseer.anchors

    # What is kept

    def _look_about(self, kept: Kept) -> bool:
        """Look for the casts of the sections that wait; whether any was found."""
        found = False
        while (name := self._next_to_look_for()) is not None:
            self._waiting.remove(name)
            self._look(kept, name)
            found = found or name not in self._anew
        return found

    def _next_to_look_for(self) -> str | None:
        for name in self._waiting:
            if name not in self._anew and self._overseer.brief(name) is not None:
                return name
        return None

    def _look(self, kept: Kept, name: str) -> None:
        """Cast a section off as it is kept; else it waits to be set."""
        overseer = self._overseer
        while (brief := overseer.brief(name)) is not None:
            if (cast := kept.cast(brief, overseer.anchors, overseer.tells)) is None:
                break
            if not overseer.cast(cast):
                self._found.append(name)
                return
        self._set_anew(name)

    def _set_anew(self, name: str) -> None:
        self._anew.add(name)
        self._waiting.insert(0, name)
