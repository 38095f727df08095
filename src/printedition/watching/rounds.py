"""Round after round: a file is saved, the books are made, and what that moved is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from printedition.frozen import dataclass
from printedition.watching.leaves import Difference, Leaf, NotABook, differences, leaves_of, told
from printedition.watching.rebuilding import Outcome, Progress
from printedition.watching.watcher import Sight, Watcher

_RECORD = "edition.yaml"


@dataclass(frozen=True, slots=True)
class Round:
    """What a build made: its outcome, the books by their endings, and what changed on the pages.

    There are no books where errors kept them from being written; those before them then stand.
    `news` says in words what happened to the pages, empty where there is nothing to compare with.
    """

    outcome: Outcome
    books: Mapping[str, bytes]
    leaves: tuple[Leaf, ...] = ()
    changed: tuple[Difference, ...] = ()
    news: str = ""


class Listener(Protocol):
    """Who wants to know how it goes."""

    def away(self) -> None:
        """The edition is not there; it is waited for."""

    def began(self, saved: Sequence[str]) -> None:
        """A build begins, since these files were saved; the first has no such cause."""

    def at(self, step: str, detail: str) -> None:
        """The build is at a step."""

    def ended(self, made: Round) -> None:
        """A build has ended."""


class Rounds:
    """Builds an edition whenever it is saved, until something stops the program."""

    def __init__(
        self, watcher: Watcher, build: Callable[[Progress], Outcome], listeners: Sequence[Listener]
    ) -> None:
        self._watcher = watcher
        self._build = build
        self._listeners = listeners
        self._earlier: dict[str, tuple[Leaf, ...]] = {}
        self._leaves: tuple[Leaf, ...] | None = None

    def compare_with(self, folder: Path) -> None:
        """Hold the first books against those that an earlier run left in a folder."""
        for path in sorted(folder.glob("*.pdf")):
            try:
                self._earlier[path.name] = leaves_of(path.read_bytes())
            except (OSError, NotABook):
                continue

    def run(self) -> None:
        """Build, wait, build again. Only an exception ends it, such as KeyboardInterrupt."""
        saved: tuple[str, ...] = ()
        sight = self._at_home(self._watcher.look())
        while True:
            for listener in self._listeners:
                listener.began(saved)
            outcome = self._build(self._at)
            made = self._round(outcome)
            for listener in self._listeners:
                listener.ended(made)
            sight, saved = self._watcher.wait(sight, outcome.read | {_RECORD})
            sight = self._at_home(sight)

    def _at_home(self, sight: Sight) -> Sight:
        """What there is once the edition is there, which may be away."""
        if _RECORD not in sight:
            for listener in self._listeners:
                listener.away()
        while _RECORD not in sight:
            sight, _ = self._watcher.wait(sight, (_RECORD,))
        return sight

    def _at(self, step: str, detail: str) -> None:
        for listener in self._listeners:
            listener.at(step, detail)

    def _round(self, outcome: Outcome) -> Round:
        books: dict[str, bytes] = {}
        try:
            for written in outcome.written:
                kepub = written.path.name.endswith(".kepub.epub")
                form = "kepub.epub" if kepub else written.path.suffix[1:]
                books[form] = written.path.read_bytes()
                if form == "pdf":
                    name = written.path.name
            leaves = leaves_of(books["pdf"]) if "pdf" in books else ()
        except (OSError, NotABook):  # moved or deleted at once: the next build makes them again
            return Round(outcome, {})
        if not leaves:
            return Round(outcome, books)
        old = self._earlier.get(name) if self._leaves is None else self._leaves
        self._leaves = leaves
        if old is None:
            return Round(outcome, books, leaves)
        changed = differences(old, leaves)
        return Round(outcome, books, leaves, changed, told(changed, len(old), len(leaves)))
