"""The books of an edition in which nothing has changed, kept in the cache."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from printedition.cache import Cache
from printedition.frozen import dataclass
from printedition.sources import DiskSources
from printedition.stamp import stamp


@dataclass(frozen=True, slots=True)
class Books:
    """Books that were made without a fault: their bytes, the labels of the pages, the page map."""

    data: Mapping[str, bytes]
    labels: tuple[str, ...]
    map: Mapping[str, Any]


class Keeper:
    """Keeps the books made of a folder, under the key of all that it holds.

    `asked` is what is wanted of them: their formats, and the printing whose pages they keep.
    `output` is where books are put: what is in it belongs to no edition.
    """

    def __init__(
        self, cache: Cache, sources: DiskSources, asked: Iterable[str], output: Path
    ) -> None:
        self.cache, self.sources = cache, sources
        self._asked, self._output = sorted(asked), output.resolve()
        self._key = self._made_of()

    def find(self) -> Books | None:
        """The books, where they were made of just this."""
        kept = self.cache.get(self._key) if self._key else None
        if kept is None:
            return None
        data, labels, facts = pickle.loads(kept)
        return Books(data, labels, facts)

    def keep(self, books: Books) -> None:
        """Keep books; not where a file changed meanwhile, or one was read that is hidden."""
        if self._key and self._key == self._made_of():
            made = dict(books.data), books.labels, dict(books.map)
            self.cache.put(self._key, pickle.dumps(made, protocol=5))

    def _made_of(self) -> str | None:
        """The key of what the folder holds by now; None where that cannot be told."""
        program, paths = stamp(), self._paths()
        if program is None or not self.sources.opened() <= {*paths}:
            return None
        made = hashlib.sha256(f"books {program} {self._asked}\n".encode())
        for path in paths:
            digest = self.sources.digest(path)
            if digest is None:
                return None
            made.update(f"{path}\n{digest}\n".encode())
        return made.hexdigest()

    def _paths(self) -> tuple[str, ...]:
        root = self.sources.root.resolve()
        paths = self.sources.paths()
        return tuple(p for p in paths if not (root / p).is_relative_to(self._output))
