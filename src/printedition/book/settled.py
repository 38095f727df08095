"""A book whose pages are settled, though they need not be written yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from printedition.book.index_printer import PagePlace
from printedition.book.starts import PrintedPage
from printedition.book.tree import Book


@dataclass(frozen=True, slots=True)
class Settled:
    """A book as it is printed, and where its words stand that indexes point to, by their ids.

    `pages` are its pages in order, blank ones left out. Without `places` the book has no pages.
    """

    book: Book
    places: Mapping[str, PagePlace] | None = None
    pages: tuple[PrintedPage, ...] = ()
