"""Composes the indexes: headings in their order, each with its places and references."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from printedition.book import tree
from printedition.book.locators import Locators
from printedition.edition.edition import Edition
from printedition.edition.index import HeadingType
from printedition.edition.quotation import Value
from printedition.edition.text import Inline
from printedition.scholarship.alphabet import Order
from printedition.scholarship.headings import Headings

Composed: TypeAlias = Callable[[tuple[Inline, ...]], tuple[tree.Inline, ...]]


class Indexes:
    """The indexes of an edition, whose places have been gathered; `compose` is for marked words."""

    def __init__(
        self, edition: Edition, headings: Headings, locators: Locators, compose: Composed
    ) -> None:
        self._edition, self._headings, self._locators = edition, headings, locators
        self._compose = compose
        self._order = Order(edition.index_settings, edition.lang)

    def groups(self, path: str) -> tuple[tree.IndexGroup, ...]:
        """The headings of the index of a file by their first letters."""
        index = self._edition.indexes.get(path)
        if index is None:
            return ()
        groups: dict[str, list[tree.IndexItem]] = {}
        for number in self._sorted(self._headings.of(index)):
            letter = self._order.letter(self._headings.listed[number].heading)
            groups.setdefault(letter, []).append(self._item(number))
        return tuple(tree.IndexGroup(letter, tuple(items)) for letter, items in groups.items())

    def register(self, path: str, kind: HeadingType | None) -> tuple[tree.RegisterRow, ...]:
        """The headings of an index that are of a kind, or all, without those that only send on."""
        index = self._edition.indexes.get(path)
        numbers = self._sorted(self._headings.of(index)) if index else []
        headings = ((number, self._headings.listed[number].heading) for number in numbers)
        return tuple(
            tree.RegisterRow(
                _id(number),
                heading.heading.text,
                heading.description,
                self._marked(heading.marked),
            )
            for number, heading in headings
            if not heading.see and kind in (None, heading.type)
        )

    def _sorted(self, numbers: Iterable[int], *, under: bool = False) -> list[int]:
        if under and self._edition.index_settings.by_occurrence:
            return sorted(numbers, key=self._locators.order)
        listed = self._headings.listed
        return sorted(numbers, key=lambda n: self._order.key(listed[n].heading, under=under))

    def _item(self, number: int) -> tree.IndexItem:
        listed = self._headings.listed[number]
        heading = listed.heading
        return tree.IndexItem(
            id=_id(number),
            heading=heading.heading.text,
            description=heading.description,
            locators=self._locators.of(number),
            see=self._others(heading.see, listed.path),
            see_also=self._others(heading.see_also, listed.path),
            subheadings=tuple(
                self._item(sub) for sub in self._sorted(self._headings.under(number), under=True)
            ),
            span=heading.heading.span,
            marked=self._marked(heading.marked),
        )

    def _others(self, names: Iterable[Value], path: str) -> tuple[tree.OtherHeading, ...]:
        """Other headings, in alphabetical order."""
        found = [(self._headings.named(name.text, path), name.text) for name in names]
        return tuple(
            tree.OtherHeading(_id(number), words, self._marked(self._headings.marked(number)))
            for number, words in sorted(found, key=lambda one: self._order.key_of(one[1]))
            if number is not None
        )

    def _marked(self, inlines: tuple[Inline, ...]) -> tuple[tree.Inline, ...]:
        return self._compose(inlines) if inlines else ()


def _id(number: int) -> str:
    return f"index.{number + 1}"
