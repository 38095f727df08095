"""Chapters kept in the cache: filled in and finished as in an earlier build."""

from __future__ import annotations

import pickle
from typing import Any

from printedition.book.asked import Known, Told
from printedition.book.fingerprints import Fingerprints, shared
from printedition.book.tree import Book, Section
from printedition.book.variants import Variants
from printedition.cache import Cache
from printedition.fingerprint import fingerprint
from printedition.sources import DiskSources, Sources
from printedition.stamp import stamp

_TEMPLATES = "templates/"


class KeptChapters:
    """Finds chapters in a cache, and keeps them there."""

    def __init__(self, cache: Cache, sources: DiskSources, fingerprints: Fingerprints) -> None:
        self.cache, self.fingerprints = cache, fingerprints
        own = [path for path in sources.paths() if path.startswith(_TEMPLATES)]
        templates = [(path, sources.digest(path)) for path in own]
        self._making = fingerprint("chapter", stamp(), templates)
        self._variants = Variants(cache)
        self._shared, self._whole = "", ""

    @classmethod
    def of(
        cls, cache: Cache | None, sources: Sources, fingerprints: Fingerprints
    ) -> KeptChapters | None:
        """Nothing where it cannot be told what chapters are made of."""
        if cache is None or not isinstance(sources, DiskSources) or stamp() is None:
            return None
        return cls(cache, sources, fingerprints)

    def begin(self, book: Book, told: Any) -> None:
        """The chapters of a book are to be filled in, all with what is told."""
        self._shared = fingerprint(self._making, shared(book, told))
        self._whole = self.fingerprints.whole(book)

    # Filled in

    def filled(self, section: Section, matter: str, known: Known) -> Any:
        """A section filled in, where that is kept."""

        def tells(told: Told) -> bool:
            as_whole = not told.whole or told.sections == self._whole
            return as_whole and not told.would_be_other(known)

        made = self._variants.find(self._key(section, matter), tells)
        return None if made is None else pickle.loads(made)

    def keep_filled(self, section: Section, matter: str, told: Told, filled: Any) -> None:
        """Keep a section as it was filled in."""
        told = told.copy(self._whole if told.whole else "")
        self._variants.keep(self._key(section, matter), told, pickle.dumps(filled, protocol=5))

    def _key(self, section: Section, matter: str) -> str:
        return fingerprint(self._shared, self.fingerprints.of(section), matter)

    # Finished

    def finished(self, made_of: Any) -> Any:
        """A chapter made of this, where it is kept."""
        made = self.cache.get(fingerprint(self._making, made_of))
        return None if made is None else pickle.loads(made)

    def keep_finished(self, made_of: Any, finished: Any) -> None:
        """Keep a chapter."""
        key = fingerprint(self._making, made_of)
        self.cache.put(key, pickle.dumps(finished, protocol=5))
