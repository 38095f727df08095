"""The books of an edition in which nothing has changed, kept in the cache."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from printedition.cache import Cache
from printedition.diagnostics import Diagnostic
from printedition.frozen import dataclass
from printedition.sources import DiskSources, SourceMissing, SourceOutside
from printedition.stamp import stamp


@dataclass(frozen=True, slots=True)
class Books:
    """Books that were made without a fault: their bytes, the labels of the pages, the page map."""

    data: Mapping[str, bytes]
    labels: tuple[str, ...]
    map: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """Books that are kept, by the name of their files, with what was told of their edition.

    `opened` are the files of the edition that were read for them.
    """

    books: Books
    name: str
    told: tuple[Diagnostic, ...]
    opened: frozenset[str]


class Keeper:
    """Keeps the books made of a folder, under the key of all that it holds.

    `asked` is what is wanted of them, by name: their formats, the printing whose pages they keep,
    the audience that they are for.
    `output` is where books are put: what is in it belongs to no edition.

    Nothing of the edition is read to find them. Which others it includes, whose files belong to it
    too, is kept under the key of its own files.
    """

    def __init__(
        self, cache: Cache, sources: DiskSources, asked: Mapping[str, str], output: Path
    ) -> None:
        self.cache, self.sources = cache, sources
        self._asked, self._output = sorted(asked.items()), output.resolve()
        digests: dict[str, str | None] = {}
        self._own = self._key_of("own", self._paths(own=True), digests)
        there = self._has_included()
        self._whole = self._key_of("books", self._paths(), digests) if there else None

    def find(self) -> Kept | None:
        """The books, where they were made of just this."""
        data = self.cache.get(self._whole) if self._whole else None
        if data is None:
            return None
        kept: Kept = pickle.loads(data)
        self.sources.note_read(kept.opened)
        return kept

    def keep(self, books: Books, name: str, told: tuple[Diagnostic, ...]) -> None:
        """Keep books; not where a file changed meanwhile, or one was read that is hidden."""
        digests: dict[str, str | None] = {}
        own = self._key_of("own", self._paths(own=True), digests)
        whole = self._key_of("books", self._paths(), digests)
        opened = self.sources.opened()
        as_begun = own == self._own and self._whole in (None, whole)
        if own and whole and as_begun and opened <= {*self._paths()}:
            self.cache.put(own, pickle.dumps(self.sources.included()))
            kept = Books(dict(books.data), books.labels, dict(books.map))
            self.cache.put(whole, pickle.dumps(Kept(kept, name, told, opened), protocol=5))

    def _has_included(self) -> bool:
        """Include what the edition included when it was like this; whether that is known."""
        data = self.cache.get(self._own) if self._own else None
        if data is None:
            return False
        folders: tuple[str, ...] = pickle.loads(data)
        try:
            for folder in folders:
                self.sources.include(folder)
        except (SourceMissing, SourceOutside):
            return False
        return True

    def _key_of(
        self, what: str, paths: Iterable[str], digests: dict[str, str | None]
    ) -> str | None:
        """The key of what files hold; None where that cannot be told. `digests` are known ones."""
        if (program := stamp()) is None:
            return None
        made = hashlib.sha256(f"{what} {program} {self._asked}\n".encode())
        for path in paths:
            if path not in digests:
                digests[path] = self.sources.digest(path)
            if (digest := digests[path]) is None:
                return None
            made.update(f"{path}\n{digest}\n".encode())
        return made.hexdigest()

    def _paths(self, *, own: bool = False) -> tuple[str, ...]:
        """The files of the edition; its `own`, without those of a library."""
        root = self.sources.root.resolve()
        return tuple(
            path
            for path in self.sources.paths()
            if not (root / path).is_relative_to(self._output)
            and not (own and self.sources.where(path))
        )
