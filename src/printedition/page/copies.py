"""The copy of sections: templates of the page filled in, with what each was told of the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from printedition.book import tree
from printedition.book.asked import Asked, Book, Told
from printedition.book.fingerprints import Fingerprints, shared
from printedition.book.house import BookFaults
from printedition.book.index_printer import IndexPrinter
from printedition.book.pointing import words_in_print
from printedition.diagnostics import Diagnostic
from printedition.fingerprint import fingerprint
from printedition.page.frame import Known
from printedition.page.job import Keyed
from printedition.page.kept import Kept
from printedition.page.stack import column_width
from printedition.page.style import Style
from printedition.sources import Span

Render = Callable[..., str]
TABLE = "parallel"  # a kind of sections


class Copies:
    """Fills in templates for the sections of a book with what is `known` of its pages by now.

    `rooms` are the breadths of the text of sections, in px, once they are known.
    """

    def __init__(
        self,
        book: tree.Book,
        style: Style,
        render: Render,
        fingerprints: Fingerprints | None = None,
    ) -> None:
        self.book, self.style, self.render = book, style, render
        self.fingerprints = fingerprints or Fingerprints()
        self.known = Known(loci=words_in_print(book, {}, {}))
        self.rooms: Mapping[str, float] = {}
        self.asked: dict[str, Told] = {}
        self._tried: dict[str, str] = {}
        self._filled: set[str] = set()
        self._shared: str | None = None  # what all sections are filled in with

    def try_templates(self, kept: Kept | None = None) -> None:
        """Fill in the copy of every section, so that all faults are told at once.

        What is `kept` of a section was filled in without faults.
        """
        faults: dict[tuple[str, Span], Diagnostic] = {}
        for section in self.book.sections:
            if kept is not None and self._is_tried(section, kept):
                continue
            try:
                self._tried[section.id] = self.page("galley", section)
            except BookFaults as raised:
                for fault in raised.diagnostics:  # a macro fails alike in every section
                    faults.setdefault((fault.message, fault.span), fault)
            else:
                if kept is not None:
                    kept.keep_tried(self.content(section), self.told(section.id))
        if faults:
            raise BookFaults(faults.values())

    def fill_in_all(self) -> None:
        """Fill in the copy of those that were kept too, to find a link in them."""
        for section in self.book.sections:
            if section.id not in self._filled:
                self.page("galley", section)

    def _is_tried(self, section: tree.Section, kept: Kept) -> bool:
        return kept.tried(self.content(section), lambda told: self.tells(section.id, told))

    def content(self, section: tree.Section) -> str:
        """The fingerprint of what a section's templates are filled in with, but for what they ask
        of pages."""
        if self._shared is None:
            self._shared = shared(self.book, self.style)
        return fingerprint(self._shared, self.fingerprints.of(section))

    def told(self, name: str) -> Told:
        """What the templates of a section were told so far."""
        told = self.asked[name]
        return told.copy(self.fingerprints.whole(self.book) if told.whole else "")

    def tells(self, name: str, told: Told) -> bool:
        """Whether the templates of a section would be told the same now; that is noted then."""
        if told.would_be_other(self.known) or (
            told.whole and told.sections != self.fingerprints.whole(self.book)
        ):
            return False
        self.asked[name] = told.copy()
        return True

    def of(self, section: tree.Section) -> str:
        """The HTML of a section; what quotes nothing that is known by now is filled in already."""
        tried = self._tried.pop(section.id, None)
        if tried is None or self.is_told_otherwise(section):
            self.asked.pop(section.id, None)
            return self.page("galley", section)
        return tried

    def is_told_otherwise(self, section: tree.Section) -> bool:
        """Whether its templates would be told other folios or loci than when it was filled in."""
        told = self.asked.get(section.id)
        return told is not None and told.would_be_other(self.known)

    def asks(self, section: str) -> bool:
        """Whether its templates asked where anything stands."""
        return bool(self.asked.get(section))

    def context(self, section: str) -> dict[str, Any]:
        """What every template of the page is told; what those of a section ask is noted."""
        told = self.asked.setdefault(section, Told())
        places = Asked(self.known.places, told.places, told)
        return {
            "book": Book.of(self.book, told),
            "pages": Asked(self.known.folios, told.folios, told),
            "loci": Asked(self.known.loci, told.loci, told),
            "indexes": IndexPrinter.of(self.book, places, self.style.index),
            "calling": self.style.calling.value,
            "paragraphs": self.style.lines.paragraphs,
        }

    def page(self, name: str, section: tree.Section, **more: Any) -> str:
        """A template of the page filled in for a section."""
        self._filled.add(section.id)
        return self.render(
            f"page/{name}.html",
            section=section,
            **self.context(section.id),
            **more,
        )

    def answer(self, question: str, section: tree.Section, about: Any) -> str:
        """The page of templates that a compositor asks for."""
        widths = self._widths(section)
        match question:
            case "entries":
                entries = {note.id: note for note in section.notes}
                bands = {band.name: band for band in self.style.bands}
                return self.page(
                    "entries", section, groups=about, entries=entries, bands=bands, widths=widths
                )
            case "notes":
                ids = frozenset(note.id for note in section.notes)
                return self._notes_page(section, ids, widths, about)
            case "notes of":
                keys, ids = about
                return self._notes_page(section, ids, widths, keys)
            case "again":
                return self.page("again", section)
            case "extant":
                lines = [(name, tree.Holders(sigla)) for name, sigla in about]
                return self.page("extant", section, lines=lines)
        every = self.style.numbering(self.style.lines.every).shown
        figures = range(every, about + 1, every) if every else ()
        return self.page(
            "furniture", section, bands=self.style.bands, figures=figures, ruled=self.style.ruled
        )

    def _notes_page(
        self,
        section: tree.Section,
        ids: frozenset[str],
        widths: Mapping[str, str],
        keys: Mapping[str, Keyed],
    ) -> str:
        blocks: dict[str, list[tree.FootNote]] = {}
        for note in section.notes:
            if note.entry is None and note.id in ids:
                blocks.setdefault(note.band, []).append(note)
        return self.page("notes", section, bands=tuple(blocks.items()), widths=widths, keys=keys)

    def _widths(self, section: tree.Section) -> dict[str, str]:
        """The breadth of the columns of bands that have several."""
        if section.kind == TABLE:
            return {}  # a version's column is never divided
        room = self.rooms[section.id]
        return {
            band.name: f"{column_width(room, band.columns):.3f}px"
            for band in self.style.bands
            if band.columns > 1
        }
