"""Makes the e-book of an edition, with all that is wrong with its templates and style."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from printedition.book.house import BookFaults, house_file
from printedition.book.index_printer import IndexPrinter
from printedition.book.places import Places
from printedition.book.settled import Settled
from printedition.book.templates import Templates
from printedition.book.tree import Book
from printedition.diagnostics import Diagnostic, Findings
from printedition.ebook import LinkToNothing, write_ebook
from printedition.edition.edition import Edition
from printedition.frozen import dataclass
from printedition.page.cover import picture_of_cover
from printedition.page.ebook_sheet import check_ebook_sheet
from printedition.sources import Sources


@dataclass(frozen=True, slots=True)
class Bound:
    """An e-book's bytes, None where faults kept it from being made, and what is wrong."""

    data: bytes | None
    diagnostics: tuple[Diagnostic, ...]


class Binder:
    """Makes one e-book; what needs nothing of the printed book is made before that is done."""

    def __init__(self, edition: Edition, book: Book, sources: Sources) -> None:
        self.edition, self.sources = edition, sources
        self.findings = Findings()
        self.templates = Templates(sources)
        self.cover: bytes | None = None
        with gathering(self.findings):
            check_ebook_sheet(sources, self.findings)
            render = self.templates.render
            self.cover = picture_of_cover(book, sources, render, self.findings)

    def __call__(self, settled: Settled) -> Bound:
        """The e-book of a book as it was printed."""
        if own := self.edition.identifiers.epub:
            settled = replace(settled, book=replace(settled.book, identifier=own))
        data, book = None, settled.book
        if self.cover is not None:
            with gathering(self.findings):
                data = self._written(settled, self.cover)
        places = Places(self.edition, book, self.sources)
        found = places.resolve(self.findings.diagnostics, self.templates)
        return Bound(data, tuple(found))

    def _written(self, settled: Settled, cover: bytes) -> bytes:
        book = settled.book
        indexes = IndexPrinter.of(book, settled.places, self.edition.index_settings)
        try:
            return write_ebook(
                settled,
                render=self.templates.render,
                stylesheet=house_file(self.sources, "styles", "ebook.css"),
                cover=cover,
                modified=_moment(book.date),
                indexes=indexes,
                settings=self.edition.ebook,
                bands=self.edition.bands,
                evaluation=self.edition.evaluation,
            )
        except LinkToNothing as fault:
            raise BookFaults(self.templates.dead_links([fault.target])) from None


@contextmanager
def gathering(findings: Findings) -> Iterator[None]:
    """What keeps one book from being made is a finding, and does not hide the other's."""
    try:
        yield
    except BookFaults as faults:
        gather(faults.diagnostics, findings)


def gather(found: Iterable[Diagnostic], findings: Findings) -> None:
    """Add what is not told yet: two books made from one template have the same faults."""
    known = {(each.message, each.span) for each in findings.diagnostics}
    findings.diagnostics += (each for each in found if (each.message, each.span) not in known)


def _moment(date: str) -> datetime:
    """When the book was made: SOURCE_DATE_EPOCH, else the edition's date, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    try:
        return datetime.fromisoformat(date)
    except ValueError:
        return datetime(2000, 1, 1)
