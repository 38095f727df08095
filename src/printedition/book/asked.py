"""What a template is told of other pages and sections, with what it asked for.

A section is filled in anew where an answer it was given has changed, and only there, whatever
templates an edition has of its own. It reads a book that notes whether its sections were read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Protocol, TypeVar

from printedition.book import tree
from printedition.book.index_printer import PagePlace

Answer = TypeVar("Answer")


class Known(Protocol):
    """What is known of the pages of a book, by ids."""

    @property
    def folios(self) -> Mapping[str, str]:
        """The page of each."""

    @property
    def loci(self) -> Mapping[str, str]:
        """What is said of places."""

    @property
    def places(self) -> Mapping[str, PagePlace]:
        """Where words stand, for an index."""


@dataclass(slots=True)
class Told:
    """What the templates of a section were told by id, None for nothing.

    `whole` says that they read all sections of the book, of which `sections` is the fingerprint in
    what is kept; `mixed`, that they were told one thing, and another later.
    """

    folios: dict[str, str | None] = field(default_factory=dict)
    loci: dict[str, str | None] = field(default_factory=dict)
    places: dict[str, PagePlace | None] = field(default_factory=dict)
    whole: bool = False
    mixed: bool = False
    sections: str = ""

    def __bool__(self) -> bool:
        """Whether they asked where anything stands."""
        return bool(self.folios or self.loci or self.places)

    def would_be_other(self, known: Known) -> bool:
        """Whether any of what was asked would be answered otherwise by what is known."""
        return (
            _has_changed(known.folios, self.folios)
            or _has_changed(known.loci, self.loci)
            or _has_changed(known.places, self.places)
        )

    def copy(self, sections: str = "") -> Told:
        """What was told so far."""
        told = {**self.folios}, {**self.loci}, {**self.places}
        return Told(*told, self.whole, self.mixed, sections)


class Asked(Mapping[str, Answer]):
    """Answers by id, each of which is noted in `asked`, a part of `told`, once it was asked for."""

    def __init__(
        self, answers: Mapping[str, Answer], asked: dict[str, Answer | None], told: Told
    ) -> None:
        self._answers, self._asked, self._told = answers, asked, told

    def __getitem__(self, name: str) -> Answer:
        answer = self._answers.get(name)
        if self._asked.setdefault(name, answer) != answer:
            self._told.mixed = True
            self._asked[name] = answer
        return self._answers[name]

    def __iter__(self) -> Iterator[str]:
        for name in self._answers:
            self[name]
            yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Book(tree.Book):
    """A book of which it is noted in `told` that its sections were read."""

    __slots__ = ("_told",)
    _told: Told

    @classmethod
    def of(cls, book: tree.Book, told: Told) -> Book:
        """The same book."""
        made = object.__new__(cls)
        for each in fields(book):
            object.__setattr__(made, each.name, getattr(book, each.name))
        object.__setattr__(made, "_told", told)
        return made

    def __getattribute__(self, name: str) -> Any:
        if name == "sections":
            self._told.whole = True
        return object.__getattribute__(self, name)


def _has_changed(answers: Mapping[str, Answer], asked: Mapping[str, Answer | None]) -> bool:
    return any(answers.get(name) != answer for name, answer in asked.items())
