"""All headings of all indexes of an edition, numbered in one series, and their names."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.edition.edition import Edition
from printedition.edition.index import Index, IndexHeading
from printedition.edition.text import Inline, Words
from printedition.frozen import dataclass

_PARTS = ": "  # between a heading and its subheading, where both are named


@dataclass(frozen=True, slots=True)
class Listed:
    """A heading or subheading: the path of its index, and the number of what it is under."""

    path: str
    heading: IndexHeading
    parent: int | None = None


class Headings:
    """The headings of an edition; the number of one is its place in `listed`."""

    def __init__(self, edition: Edition) -> None:
        self.listed: tuple[Listed, ...] = tuple(_listed(edition))
        self._names: dict[str, dict[str, int]] = {path: {} for path in edition.indexes}
        for number, each in enumerate(self.listed):
            self._names[each.path].setdefault(self.name(number), number)

    def name(self, number: int) -> str:
        """What a heading is called by others: a subheading with the heading before it."""
        each = self.listed[number]
        if each.parent is None:
            return each.heading.heading.text
        return f"{self.listed[each.parent].heading.heading.text}{_PARTS}{each.heading.heading.text}"

    def marked(self, number: int) -> tuple[Inline, ...]:
        """The name of a heading with its marks; nothing where none of its words is marked."""
        each = self.listed[number]
        own, above = each.heading, each.parent
        if above is None:
            return own.marked
        over = self.listed[above].heading
        if not own.marked and not over.marked:
            return ()
        return (*_words(over), Words(_PARTS, own.span), *_words(own))

    def named(self, name: str, path: str = "") -> int | None:
        """The number of the heading of a name; that of the index `path` before those of others."""
        for names in (self._names.get(path, {}), *self._names.values()):
            if name in names:
                return names[name]
        return None

    def names(self, path: str = "") -> list[str]:
        """All names, those of the index `path` first."""
        return list(dict.fromkeys([*self._names.get(path, {}), *self._all_names()]))

    def under(self, number: int) -> tuple[int, ...]:
        """The numbers of the subheadings of a heading, as they are listed."""
        count = len(self.listed[number].heading.subheadings)
        return tuple(range(number + 1, number + 1 + count))

    def of(self, index: Index) -> tuple[int, ...]:
        """The numbers of the headings of an index, without its subheadings."""
        return tuple(
            number
            for number, each in enumerate(self.listed)
            if each.path == index.path and each.parent is None
        )

    def _all_names(self) -> Iterator[str]:
        for names in self._names.values():
            yield from names


def _words(heading: IndexHeading) -> tuple[Inline, ...]:
    return heading.marked or (Words(heading.heading.text, heading.span),)


def _listed(edition: Edition) -> Iterator[Listed]:
    number = 0
    for index in edition.indexes.values():
        for heading in index.headings:
            yield Listed(index.path, heading)
            parent, number = number, number + 1
            for sub in heading.subheadings:
                yield Listed(index.path, sub, parent)
                number += 1
