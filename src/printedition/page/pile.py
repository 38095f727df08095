"""The pile of sections that are to be set and drawn, from which all compositors take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

from printedition.page.compositor import Cast, Drawn, Job, Place
from printedition.page.kept import Kept


class Overseer(Protocol):
    """Gives compositors their work, and takes what they make."""

    def job(self, name: str) -> Job | None:
        """What is to be set; None while it waits for what is before it."""

    def cast(self, cast: Cast) -> Job | None:
        """Note what a section needs; a job where it is to be set again."""

    def places(self, name: str) -> tuple[Place, ...] | None:
        """The pages of a section; None while they are not known, or may change yet."""

    def again(self, name: str) -> Job | None:
        """What is to be set of a section once more before it is drawn, if it is."""

    def drawn(self, drawn: Drawn) -> None:
        """Take a section as drawn."""

    def answer(self, question: str, name: str, about: Any) -> str:
        """The page that a compositor asks for."""

    @property
    def anchors(self) -> frozenset[str]:
        """The ids whose lines the book quotes."""


Order: TypeAlias = tuple[Any, ...]  # "set", a job, anchors; "draw", a section, its pages, anchors


class Pile:
    """The sections that are to be set and drawn; those that are `kept` are taken from there."""

    def __init__(self, names: Sequence[str], overseer: Overseer, kept: Kept | None = None) -> None:
        self._waiting, self._overseer, self._kept = list(names), overseer, kept
        self._found: list[str] = []  # cast off as they were kept, and not drawn yet
        self._jobs: dict[str, Job] = {}  # of which no cast is kept
        self._anew: set[str] = set()
        self.left = len(names)

    def answer(self, question: str, name: str, about: Any) -> str:
        """The page that a compositor asks for."""
        answer = self._overseer.answer(question, name, about)
        if self._kept is not None:
            self._kept.answered(question, name, about, answer)
        return answer

    def order(self, own: Sequence[str]) -> Order | None:
        """What can be done now, of sections set by one's own hand: to draw, which frees memory."""
        if self._kept is not None:
            while self._advance(self._kept):
                pass
        for name in own:
            if (job := self._overseer.again(name)) is not None:
                return self._to_set(job)
            if (places := self._overseer.places(name)) is not None:
                return "draw", name, places, self._overseer.anchors
        for name in self._waiting:
            if (job := self._jobs.pop(name, None) or self._overseer.job(name)) is not None:
                self._waiting.remove(name)
                return self._to_set(job)
        return None

    def take(self, done: Cast | Drawn, own: list[str]) -> Order | None:
        """Give what was made to the overseer; an order where a section is to be set again.

        `own` are the sections set by the same hand that are not drawn yet.
        """
        if isinstance(done, Drawn):
            own.remove(done.job.id)
            self.left -= 1
            if self._kept is not None:
                self._kept.keep_drawn(done)
            self._overseer.drawn(done)
            return None
        if self._kept is not None:
            self._kept.keep_cast(done)
        if done.id not in own:
            own.append(done.id)
        job = self._overseer.cast(done)
        return None if job is None else self._to_set(job)

    def _to_set(self, job: Job) -> Order:
        if self._kept is not None:
            self._kept.begin(job, self._overseer.anchors)
        return "set", job, self._overseer.anchors

    # What is kept

    def _advance(self, kept: Kept) -> bool:
        """Take a step with a section that is kept; whether there was one."""
        for name in self._found:
            if (job := self._overseer.again(name)) is not None:
                self._found.remove(name)
                self._look(kept, job)
                return True
            if (places := self._overseer.places(name)) is not None:
                self._found.remove(name)
                drawn = kept.drawn(name, places, self._overseer.answer)
                if drawn is None:
                    self._anew.add(name)
                    self._waiting.insert(0, name)
                else:
                    self.left -= 1
                    self._overseer.drawn(drawn)
                return True
        for name in self._waiting:
            fresh = name in self._anew or name in self._jobs
            if not fresh and (job := self._overseer.job(name)) is not None:
                self._waiting.remove(name)
                self._look(kept, job)
                return True
        return False

    def _look(self, kept: Kept, job: Job) -> None:
        """Cast a section off as it is kept; else it waits to be set."""
        while (cast := kept.cast(job, self._overseer.anchors, self._overseer.answer)) is not None:
            again = self._overseer.cast(cast)
            if again is None:
                self._found.append(job.id)
                return
            job = again
        self._jobs[job.id] = job
        self._waiting.insert(0, job.id)
