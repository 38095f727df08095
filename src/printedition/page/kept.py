"""Sections kept in the cache: cast off and drawn as in an earlier build, where nothing differs.

What a compositor makes depends on what the section is set by, on what its templates are told of
other pages, on the pages that it draws for, and on what stands in the key of all: program,
libraries, stylesheet, templates, pictures, fonts.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Collection, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from printedition.book.variants import Variants
from printedition.cache import Cache
from printedition.fingerprint import fingerprint
from printedition.page.deep import deeply
from printedition.sources import DiskSources, Sources
from printedition.stamp import stamp

if TYPE_CHECKING:
    from printedition.book.asked import Told
    from printedition.page.compositor import Cast, Drawn, Place
    from printedition.page.jobs import Brief

Tells = Callable[[str, "Told"], bool]  # whether a section would be told this now

# Of these only the words are printed, which stand in the section; or they are books.
_WORDS = frozenset({".md", ".yaml", ".yml", ".csl", ".json", ".pdf", ".epub", ".html", ".txt"})
_TEMPLATES = "templates/"


class Kept:
    """Finds sections in a cache, and keeps them there."""

    def __init__(self, cache: Cache, sources: DiskSources, stylesheet: str) -> None:
        self._variants = Variants(cache)
        made = hashlib.sha256(f"section {stamp()}\n{stylesheet}\n".encode())
        for path in sources.paths():
            named = PurePosixPath(path).suffix.lower() in _WORDS
            if path.startswith(_TEMPLATES) or not named:
                made.update(f"{path}\n{sources.digest(path)}\n".encode())
        self._making = made.hexdigest()
        self._keys: dict[str, str] = {}  # by what sections were set last

    @classmethod
    def of(cls, cache: Cache | None, sources: Sources, stylesheet: str) -> Kept | None:
        """Nothing where it cannot be told what sections are made of."""
        if cache is None or not isinstance(sources, DiskSources) or stamp() is None:
            return None
        return cls(cache, sources, stylesheet)

    # Whether a section was filled in

    def tried(self, content: str, tells: Callable[[Told], bool]) -> bool:
        """Whether a section's templates were filled in without a fault, told what they are now."""
        return self._variants.find(fingerprint("tried", self._making, content), tells) is not None

    def keep_tried(self, content: str, told: Told) -> None:
        """Keep that they were."""
        self._variants.keep(fingerprint("tried", self._making, content), told, b"")

    # A section is set

    def begin(self, brief: Brief, anchors: Collection[str]) -> None:
        """A section is to be set by this."""
        self._keys[brief.id] = fingerprint(self._making, brief, sorted(anchors))

    # Looking

    def cast(self, brief: Brief, anchors: Collection[str], tells: Tells) -> Cast | None:
        """The section cast off, where that is kept."""
        self.begin(brief, anchors)
        cast: Cast | None = self._find(self._keys[brief.id], brief.id, tells)
        return cast

    def drawn(self, name: str, places: Sequence[Place], tells: Tells) -> Drawn | None:
        """The section drawn for these pages, where that is kept."""
        drawn: Drawn | None = self._find(self._of_pages(name, places), name, tells)
        return drawn

    def _find(self, key: str, name: str, tells: Tells) -> Any:
        made = self._variants.find(key, lambda told: tells(name, told))
        if made is None:
            return None
        with deeply():
            return pickle.loads(made)

    # Keeping

    def keep_cast(self, cast: Cast, told: Told) -> None:
        """Keep a section as it was cast off."""
        if cast.id in self._keys:
            self._keep(self._keys[cast.id], told, cast)

    def keep_drawn(self, drawn: Drawn, told: Told) -> None:
        """Keep a section as it was drawn; not one of which anything is to be said."""
        if drawn.id in self._keys and not drawn.errors and not drawn.messages:
            self._keep(self._of_pages(drawn.id, drawn.places), told, drawn)

    def _keep(self, key: str, told: Told, made: Any) -> None:
        with deeply():
            self._variants.keep(key, told, pickle.dumps(made, protocol=5))

    def _of_pages(self, name: str, places: Sequence[Place]) -> str:
        return fingerprint(self._keys[name], list(places))
