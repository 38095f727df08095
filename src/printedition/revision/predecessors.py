"""The lists of errata that an edition prints of its earlier printings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printedition.book import tree
from printedition.book.page_words import filled
from printedition.revision.changes import compare
from printedition.revision.errata import Erratum, errata
from printedition.revision.for_all import for_all
from printedition.revision.printing import Printing
from printedition.revision.said_of import SaidOf

_STARS = re.compile(r"(?<!\\)\*(.+?)(?<!\\)\*")


def errata_list(old: Printing, now: Printing, said: SaidOf, book: tree.Book) -> tree.ErrataList:
    """What was wrong in an earlier printing, as the book says it.

    Of what is for one audience it says nothing, so that the books of all have the same pages.
    """
    found = errata(compare(for_all(old), for_all(now), said))
    name = f"{old.name} ({old.date})" if old.date else old.name
    title = filled(book.words["errata_of"], name)
    return tree.ErrataList(title, tuple(map(_row, found.items)), found.none)


def _row(one: Erratum) -> tree.ErrataRow:
    return tree.ErrataRow(one.where, tuple(_inlines(one.what)), tuple(_inlines(one.remark)))


def _inlines(said: str) -> Iterator[tree.Inline]:
    """Words, those between stars in italics."""
    for number, words in enumerate(_STARS.split(said)):
        if plain := words.replace("\\*", "*"):
            inner = tree.Words(plain)
            yield tree.Phrase("em", (inner,)) if number % 2 else inner
