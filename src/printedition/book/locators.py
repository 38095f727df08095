"""The places of the index's headings, gathered while the book is composed in its order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from printedition.book import tree
from printedition.book.leaf import Insertion
from printedition.frozen import dataclass
from printedition.scholarship.mentions import Mention


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is said of places beside their ids: a name where there are no pages, a note, a version.

    `note` is the label of the note that they stand in, n where it has none.
    """

    place: str
    note: str = ""
    version: str = ""


class Targets:
    """Ids on words of one appearance of a leaf; words that begin at one place share theirs."""

    def __init__(self, locators: Locators) -> None:
        self._locators = locators
        self._ids: dict[int, str] = {}
        self._ends: dict[int, int] = {}

    def id_of(self, start: int, end: int) -> str:
        """The id of words, by offsets in the leaf's plain text."""
        if start not in self._ids:
            self._ids[start] = self._locators.new_id()
        self._ends[start] = max(end, self._ends.get(start, end))
        return self._ids[start]

    def lead(self, mention: Mention, where: Whereabouts) -> None:
        """Let a heading lead to the words of a mention, and open the range that begins with it."""
        href = self.id_of(mention.start, mention.end)
        self._locators.put(mention.heading, href, where, principal=mention.principal)
        if mention.passage is not None:
            self._locators.open(mention.passage, mention.heading, href)

    def insertions(self) -> Iterator[Insertion]:
        """The words that got an id, for the writer of the leaf."""
        for start, name in self._ids.items():
            yield Insertion(start, False, end=self._ends[start], id=name)


class Locators:
    """Locators by heading, in the order of the book; the same words stand under one but once."""

    def __init__(self) -> None:
        self._made: dict[int, dict[str, tree.Locator]] = {}
        self._orders: dict[int, int] = {}
        self._open: dict[int, tuple[int, str]] = {}
        self._named = 0

    def new_id(self) -> str:
        """An id for words that a locator leads to."""
        self._named += 1
        return f"place.{self._named}"

    def put(self, heading: int, href: str, where: Whereabouts, *, principal: bool = False) -> None:
        """Let a heading (its number) lead to an id."""
        made = self._made.setdefault(heading, {})
        self._orders.setdefault(heading, len(self._orders))
        known = made.get(href)
        if known is None:
            made[href] = tree.Locator(
                href, where.place, note=where.note, version=where.version, principal=principal
            )
        elif principal:
            made[href] = replace(known, principal=True)

    def open(self, passage: int, heading: int, href: str) -> None:
        """Remember that a range (its number) begins with the words of an id."""
        self._open[passage] = heading, href

    def close(self, passage: int, href: str) -> None:
        """Let a range that was opened end with the words of an id."""
        if passage in self._open:
            heading, first = self._open.pop(passage)
            made = self._made[heading]
            made[first] = replace(made[first], last=href)

    def of(self, heading: int) -> tuple[tree.Locator, ...]:
        """The locators of a heading."""
        return tuple(self._made.get(heading, {}).values())

    def order(self, heading: int) -> int:
        """The rank of a heading by its first place; those without one come last."""
        return self._orders.get(heading, len(self._orders))
