"""Makes the e-book and the web page, with all that is wrong with their templates and styles."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from printedition.book.house import BookFaults, house_file
from printedition.book.index_printer import IndexPrinter
from printedition.book.places import Places
from printedition.book.settled import Settled
from printedition.book.shown import Shown
from printedition.book.templates import Templates
from printedition.book.tree import Book
from printedition.diagnostics import Diagnostic, Findings
from printedition.ebook import LinkToNothing, write_ebook
from printedition.ebook.access import access_of
from printedition.ebook.kept_chapters import KeptChapters
from printedition.ebook.kepub import kepub_of
from printedition.edition.edition import Edition
from printedition.frozen import dataclass
from printedition.page.cover import picture_of_cover
from printedition.page.ebook_sheet import check_ebook_sheet
from printedition.page.web_sheet import WebSheet
from printedition.sources import Sources
from printedition.web import write_page

_EBOOKS = frozenset(("epub", "kepub"))


@dataclass(frozen=True, slots=True)
class Bound:
    """The bytes of books by their endings, without those that faults kept from being made; and
    what is wrong.
    """

    books: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


class Binder:
    """Makes e-books; what needs nothing of the printed book is made before that is done."""

    def __init__(
        self,
        edition: Edition,
        book: Book,
        sources: Sources,
        formats: Collection[str],
        kept: KeptChapters | None = None,
    ) -> None:
        self.kept = kept
        self.edition, self.sources = edition, sources
        self.formats = frozenset(formats)
        self.findings = Findings()
        self.templates = Templates(sources)
        self.cover: bytes | None = None
        self.style_files: Mapping[str, bytes] = {}
        self.sheet: WebSheet | None = None
        self.shown = Shown()
        access_of(self.shown.of(book), pages=True)  # what is found of sections is remembered
        if self.formats & _EBOOKS:
            with gathering(self.findings):
                self.style_files = check_ebook_sheet(sources, self.findings)
                render = self.templates.render
                self.cover = picture_of_cover(book, sources, render, self.findings)
        if "html" in self.formats:
            with gathering(self.findings):
                self.sheet = WebSheet(sources, self.findings)

    def __call__(self, settled: Settled) -> Bound:
        """The books of one as it was printed."""
        settled = replace(settled, book=self.shown.of(settled.book))
        books: dict[str, bytes] = {}
        if self.cover is not None:
            with gathering(self.findings):
                books.update(self._ebooks(settled, self.cover))
        if self.sheet is not None:
            with gathering(self.findings), self._linked():
                books["html"] = self._page(settled, self.sheet)
        places = Places(self.edition, settled.book, self.sources)
        found = places.resolve(self.findings.diagnostics, self.templates)
        return Bound(books, tuple(found))

    def _ebooks(self, settled: Settled, cover: bytes) -> Iterator[tuple[str, bytes]]:
        if own := self.edition.identifiers.epub:
            settled = replace(settled, book=replace(settled.book, identifier=own))
        write = partial(
            write_ebook,
            settled,
            render=self.templates.render,
            stylesheet=house_file(self.sources, "styles", "ebook.css"),
            files=self.style_files,
            cover=cover,
            modified=_moment(settled.book.date),
            indexes=self._indexes(settled),
            settings=self.edition.ebook,
            bands=self.edition.bands,
            evaluation=self.edition.evaluation,
        )
        with self._linked():
            try:
                made = write(kept=self.kept)
            except LinkToNothing:  # the template that has it may be that of a chapter kept
                made = write()
        if "epub" in self.formats:
            yield "epub", made
        if "kepub" in self.formats:
            yield "kepub.epub", kepub_of(made)

    def _page(self, settled: Settled, sheet: WebSheet) -> bytes:
        return write_page(
            settled,
            render=self.templates.render,
            style=sheet.for_words,
            indexes=self._indexes(settled),
            settings=self.edition.ebook,
            bands=self.edition.bands,
        )

    def _indexes(self, settled: Settled) -> IndexPrinter:
        return IndexPrinter.of(settled.book, settled.places, self.edition.index_settings)

    @contextmanager
    def _linked(self) -> Iterator[None]:
        """A link to nothing is a fault of the template that has it."""
        try:
            yield
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
