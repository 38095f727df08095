"""Sections kept in the cache: cast off and drawn as in an earlier build, where nothing differs.

What a compositor makes depends on its job, on the answers to its questions, on the pages that it
draws for, and on what stands in the key of all: program, libraries, stylesheet, pictures, fonts.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeAlias

from printedition.cache import Cache
from printedition.sources import DiskSources, Sources
from printedition.stamp import stamp

if TYPE_CHECKING:
    from printedition.page.compositor import Cast, Drawn, Job, Place

Ask = Callable[[str, str, Any], str]
_Asked: TypeAlias = list[tuple[str, Any, str]]  # question, about what, the sum of the answer

_VARIANTS = 4  # of one job: it may be asked about before all pages are known, and after
# Of these only the words are printed, which stand in jobs and answers; or they are books.
_WORDS = frozenset(
    {".md", ".yaml", ".yml", ".csl", ".html", ".xhtml", ".json", ".pdf", ".epub", ".txt"}
)


class Kept:
    """Finds sections in a cache, and keeps them there."""

    def __init__(self, cache: Cache, sources: DiskSources, stylesheet: str) -> None:
        self.cache = cache
        made = hashlib.sha256(f"section {stamp()}\n{stylesheet}\n".encode())
        for path in sources.paths():
            if PurePosixPath(path).suffix.lower() not in _WORDS:
                made.update(f"{path}\n{sources.digest(path)}\n".encode())
        self._making = made.digest()
        self._keys: dict[str, str] = {}  # of the jobs that sections were set by last
        self._asked: dict[str, _Asked] = {}  # since then

    @classmethod
    def of(cls, cache: Cache | None, sources: Sources, stylesheet: str) -> Kept | None:
        """Nothing where it cannot be told what sections are made of."""
        if cache is None or not isinstance(sources, DiskSources) or stamp() is None:
            return None
        return cls(cache, sources, stylesheet)

    # A section is set

    def begin(self, job: Job, anchors: Collection[str]) -> None:
        """A section is to be set by this job."""
        self._keys[job.id] = self._sum(job, sorted(anchors))
        self._asked[job.id] = []

    def answered(self, question: str, name: str, about: Any, answer: str) -> None:
        """A compositor has been given an answer."""
        if name in self._asked:
            self._asked[name].append((question, about, _digest(answer)))

    # Looking

    def cast(self, job: Job, anchors: Collection[str], ask: Ask) -> Cast | None:
        """The section cast off, where that is kept."""
        self.begin(job, anchors)
        cast: Cast | None = self._find(self._keys[job.id], job.id, ask)
        return cast

    def drawn(self, name: str, places: Sequence[Place], ask: Ask) -> Drawn | None:
        """The section drawn for these pages, where that is kept."""
        drawn: Drawn | None = self._find(self._of_pages(name, places), name, ask)
        return drawn

    def _find(self, key: str, name: str, ask: Ask) -> Any:
        for asked, made in self._variants(key):
            if all(_digest(ask(question, name, about)) == sum_ for question, about, sum_ in asked):
                with _deeply():
                    return pickle.loads(made)
        return None

    # Keeping

    def keep_cast(self, cast: Cast) -> None:
        """Keep a section as it was cast off."""
        if cast.id in self._keys:
            self._keep(self._keys[cast.id], self._asked[cast.id], cast)

    def keep_drawn(self, drawn: Drawn) -> None:
        """Keep a section as it was drawn; not one of which anything is to be said."""
        name = drawn.job.id
        if name in self._keys and not drawn.errors and not drawn.messages:
            self._keep(self._of_pages(name, drawn.places), self._asked[name], drawn)

    def _keep(self, key: str, asked: _Asked, made: Any) -> None:
        with _deeply():
            fresh = asked, pickle.dumps(made, protocol=5)
        others = [one for one in self._variants(key) if one[0] != asked]
        self.cache.put(key, pickle.dumps([fresh, *others][:_VARIANTS], protocol=5))

    def _variants(self, key: str) -> list[tuple[_Asked, bytes]]:
        kept = self.cache.get(key)
        return pickle.loads(kept) if kept else []

    def _of_pages(self, name: str, places: Sequence[Place]) -> str:
        return self._sum(self._keys[name], list(places))

    def _sum(self, *parts: Any) -> str:
        """The sum of what equals: whether two parts of it are one object makes no difference."""
        written = io.BytesIO()
        pickler = pickle.Pickler(written, protocol=5)
        pickler.fast = True
        pickler.dump(parts)
        return hashlib.sha256(self._making + written.getvalue()).hexdigest()


def _digest(answer: str) -> str:
    return hashlib.sha256(answer.encode()).hexdigest()


@contextmanager
def _deeply() -> Iterator[None]:
    """Boxes are laid out at a depth at which pickle would give up."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10 * limit)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
