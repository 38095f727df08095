"""What each witness holds of the texts: a fragment says it, any other holds all."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.diagnostics import Label
from printedition.edition.apparatus import Extent
from printedition.edition.edition import Edition
from printedition.edition.names import namespace_of
from printedition.edition.quotation import Passage
from printedition.scholarship.concordance import LeafNumber
from printedition.scholarship.finder import Finder


class Extant:
    """The leaves that witnesses hold; a stretch that names no place of the edition is reported.

    Hands are not witnesses here: they hold what their manuscript holds.
    """

    def __init__(self, edition: Edition, finder: Finder) -> None:
        self._finder = finder
        self._held: dict[str, frozenset[LeafNumber] | None] = {}
        self._namespaces = {w.siglum: w.namespaces for w in edition.witnesses}
        for witness in edition.witnesses:
            if witness.hand_of is None:
                parts = [self._leaves(extent) for extent in witness.extant]
                known = [part for part in parts if part is not None]
                whole = not parts or len(known) < len(parts)  # where one is wrong, no more follows
                self._held[witness.siglum] = None if whole else frozenset().union(*known)

    def has_fragments(self, text: str) -> bool:
        """Whether a page of a text must say which witnesses it rests on."""
        return any(held is not None for _, held in self._of(text))

    def is_fragment(self, siglum: str) -> bool:
        """Whether a witness declares what it holds."""
        return self._held.get(siglum) is not None

    def on(self, text: str, first: int, last: int) -> tuple[str, ...]:
        """The sigla of those that hold any of a text's leaves from first to last."""
        leaves = {(text, number) for number in range(first, last + 1)}
        return tuple(s for s, held in self._of(text) if held is None or held & leaves)

    def whole(self, passage: Passage) -> tuple[str, ...]:
        """The sigla of those that hold every leaf of a passage."""
        leaves = {(passage.text, number) for number in range(passage.first, passage.last + 1)}
        return tuple(s for s, held in self._of(passage.text) if held is None or held >= leaves)

    def _of(self, text: str) -> Iterator[tuple[str, frozenset[LeafNumber] | None]]:
        """What witnesses hold that can have a text at all: those of its own edition."""
        namespace = namespace_of(text)
        for siglum, held in self._held.items():
            if namespace in self._namespaces[siglum]:
                yield siglum, held

    def _leaves(self, extent: Extent) -> frozenset[LeafNumber] | None:
        first = self._finder.scopes.named(extent.first, "")
        last = first if extent.last is extent.first else self._finder.scopes.named(extent.last, "")
        if not first or not last:
            return None
        if extent.last is extent.first:
            return frozenset(first)
        (text, start), (last_text, stop) = first[0], last[-1]
        if text != last_text or stop < start:
            self._finder.findings.report(
                "WIT005",
                f"“{extent.last.text}” does not follow “{extent.first.text}” in one text",
                extent.last.span,
                labels=(Label(extent.first.span, "the stretch begins here"),),
                hint="give each text that a fragment holds its own item under extant:",
            )
            return None
        return frozenset((text, number) for number in range(start, stop + 1))
