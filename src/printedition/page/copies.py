"""The copy of sections: templates of the page filled in, with what each was told of the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from printedition.book import tree
from printedition.book.house import BookFaults
from printedition.book.index_printer import IndexPrinter, PagePlace
from printedition.book.pointing import words_in_print
from printedition.diagnostics import Diagnostic
from printedition.page.asked import Asked, has_changed
from printedition.page.frame import Known
from printedition.page.job import Keyed
from printedition.page.jobs import TABLE
from printedition.page.stack import column_width
from printedition.page.style import Style
from printedition.sources import Span

Render = Callable[..., str]
Answers = tuple[dict[str, str | None], dict[str, str | None], dict[str, PagePlace | None]]


class Copies:
    """Fills in templates for the sections of a book with what is `known` of its pages by now.

    `rooms` are the breadths of the text of sections, in px, once they are known.
    """

    def __init__(self, book: tree.Book, style: Style, render: Render) -> None:
        self.book, self.style, self.render = book, style, render
        self.known = Known(loci=words_in_print(book, {}, {}))
        self.rooms: Mapping[str, float] = {}
        self.asked: dict[str, Answers] = {}
        self._tried: dict[str, str] = {}

    def try_templates(self) -> None:
        """Fill in the copy of every section, so that all faults are told at once."""
        faults: dict[tuple[str, Span], Diagnostic] = {}
        for section in self.book.sections:
            try:
                self._tried[section.id] = self.page("galley", section)
            except BookFaults as raised:
                for fault in raised.diagnostics:  # a macro fails alike in every section
                    faults.setdefault((fault.message, fault.span), fault)
        if faults:
            raise BookFaults(faults.values())

    def of(self, section: tree.Section) -> str:
        """The HTML of a section; what quotes nothing that is known by now is filled in already."""
        tried = self._tried.pop(section.id, None)
        if tried is None or self.is_told_otherwise(section):
            self.asked.pop(section.id, None)
            return self.page("galley", section)
        return tried

    def is_told_otherwise(self, section: tree.Section) -> bool:
        """Whether its templates would be told other folios or loci than when it was filled in."""
        folios, loci, places = self.asked.get(section.id, ({}, {}, {}))
        return (
            has_changed(self.known.folios, folios)
            or has_changed(self.known.loci, loci)
            or has_changed(self.known.places, places)
        )

    def asks(self, section: str) -> bool:
        """Whether its templates asked where anything stands."""
        return any(self.asked.get(section, ()))

    def context(self, section: str) -> dict[str, Any]:
        """What every template of the page is told; what those of a section ask is noted."""
        asked = self.asked.setdefault(section, ({}, {}, {}))
        places = Asked(self.known.places, asked[2])
        return {
            "pages": Asked(self.known.folios, asked[0]),
            "loci": Asked(self.known.loci, asked[1]),
            "indexes": IndexPrinter.of(self.book, places, self.style.index),
            "calling": self.style.calling.value,
            "paragraphs": self.style.lines.paragraphs,
        }

    def page(self, name: str, section: tree.Section, **more: Any) -> str:
        """A template of the page filled in for a section."""
        return self.render(
            f"page/{name}.html",
            book=self.book,
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
        return self.page("furniture", section, bands=self.style.bands, figures=figures)

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
