"""What was made of sections, kept in the cache by what went in and by what templates were told."""

from __future__ import annotations

import pickle
from collections.abc import Callable

from printedition.book.asked import Told
from printedition.cache import Cache

MOST = 4  # of one key: a section may be asked about before all pages are known, and after


class Variants:
    """Finds in a cache what was made where the same would be told now, and keeps it there."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def find(self, key: str, tells: Callable[[Told], bool]) -> bytes | None:
        """What was made; `tells` says whether templates would be told this now."""
        return next((made for told, made in self._all(key) if tells(told)), None)

    def keep(self, key: str, told: Told, made: bytes) -> None:
        """Keep what was made where templates were told this; not where they were told two things
        of one place."""
        if not told.mixed:
            others = [one for one in self._all(key) if one[0] != told]
            self.cache.put(key, pickle.dumps([(told, made), *others][:MOST], protocol=5))

    def _all(self, key: str) -> list[tuple[Told, bytes]]:
        kept = self.cache.get(key)
        return pickle.loads(kept) if kept else []
