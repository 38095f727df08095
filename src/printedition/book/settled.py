"""A book whose pages are settled, though they need not be written yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from printedition.book.index_printer import PagePlace
from printedition.book.starts import PrintedPage
from printedition.book.tree import Book
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
