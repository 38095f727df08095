"""How long texts are to read: the pages from the first of their sections to the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from printedition.book.tree import Book


def extents(book: Book, labels: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The pages of each text, and how many there are to read, in words, under keys of its head.

    `labels` are the folios of the pages of each section.
    """
    said: dict[str, str] = {}
    for section in book.sections:
        for head in filter(None, (section.opening, *section.permissions)):
            if head.pages_key not in said:
                said |= _extent(book, head.sections, head.pages_key, head.reading_key, labels)
    return said


def _extent(
    book: Book,
    sections: Sequence[str],
    pages_key: str,
    reading_key: str,
    labels: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    folios = [label for section in sections for label in labels.get(section, ())]
    if not folios:
        return {}
    first, last = folios[0], folios[-1]
    terms = book.pointing.terms
    pages = terms["page"] if first == last else terms["pages"]
    said = pages.replace("…", first if first == last else f"{first}–{last}")
    words = book.words["reading" if len(folios) == 1 else "readings"]
    return {pages_key: said, reading_key: words.replace("…", str(len(folios)))}
