"""The words of a book whose pages or lines it says."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.book import tree
from printedition.book.index_printer import indexed
from printedition.edition.index import IndexSettings, LocatorForm


def quoted(book: tree.Book, index: IndexSettings) -> frozenset[str]:
    """The ids whose line the book prints: of words with end notes, moved, indexed, referred to."""
    groups = [group for section in book.sections for _, group in section.end_notes]
    noted = {note.anchor for group in groups for note in group if note.anchor}
    noted |= {name for s in book.sections for pointer in s.pointers for name in pointer.anchors}
    if index.locators is LocatorForm.LINE:
        noted |= indexed(book)
    return frozenset(noted.union(*(section.moved for section in book.sections)))


def end_noted(book: tree.Book) -> Iterator[str]:
    """The ids of the words that have end notes."""
    for section in book.sections:
        for _, notes in section.end_notes:
            yield from (note.anchor for note in notes if note.anchor)


def corrected(book: tree.Book) -> Iterator[str]:
    """The ids of the words that the lists of corrections name."""
    for section in book.sections:
        yield from (row.href for row in section.corrections)
