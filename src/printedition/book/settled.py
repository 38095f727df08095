"""A book whose pages are settled, though they need not be written yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from printedition.book.index_printer import PagePlace
from printedition.book.starts import PrintedPage
from printedition.book.tree import Book, Section
from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Settled:
    """A book as it is printed, and where its words stand that indexes point to, by their ids.

    `pages` are its pages in order, blank ones left out. `loci` are page and line of the words that
    have end notes, by their ids, and what the e-book says of references, by the keys of these;
    `folios` the pages of what was corrected, by ids. Without `places` the book has no pages.
    """

    book: Book
    places: Mapping[str, PagePlace] | None = None
    pages: tuple[PrintedPage, ...] = ()
    loci: Mapping[str, str] = field(default_factory=dict)
    folios: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parted:
    """What is settled, for a process that has the book as it was composed.

    The book of `settled` lacks sections and pictures; `changed` are the sections that were printed
    otherwise than they were composed, by their number.
    """

    settled: Settled
    changed: Mapping[int, Section]

    @classmethod
    def of(cls, settled: Settled, composed: Book) -> Parted:
        """What differs from the composed book."""
        pairs = zip(settled.book.sections, composed.sections, strict=True)
        changed = {n: one for n, (one, other) in enumerate(pairs) if one is not other}
        bare = replace(settled.book, sections=(), pictures=())
        return cls(replace(settled, book=bare), changed)

    def whole(self, composed: Book) -> Settled:
        """All that is settled."""
        sections = [self.changed.get(n, one) for n, one in enumerate(composed.sections)]
        bare, pictures = self.settled.book, composed.pictures
        book = replace(bare, sections=tuple(sections), pictures=pictures)
        return replace(self.settled, book=book)
