"""Prints the book: sections set on galleys, the rest laid out around them, labels, tags.

The frame is the whole book with an empty sheet for each page of a galley; sections without
notes are laid out in it by WeasyPrint itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pydyf

from printedition.book import tree
from printedition.book.footing import at_foot
from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.edition.edition import Band, Calling, Counting, LineNumbers, PageSize
from printedition.page import tags
from printedition.page.composing import Composer
from printedition.page.engine import Engine
from printedition.page.furnished import FurnishedPage
from printedition.page.geometry import MARGIN_COLUMN, page_rules, roman
from printedition.page.job import (
    BandStyle,
    Copy,
    EntryPlace,
    Keyed,
    NotePlace,
    Numbering,
    Page,
)
from printedition.page.pagemap import PageFacts, page_map
from printedition.page.proof import read_proofs
from printedition.page.setting import Setting
from printedition.page.stack import column_width
from printedition.sources import Sources, Span

MOST_ROUNDS = 5
ON_GALLEYS = frozenset({"text", "prose", "commentary"})

Render = Callable[..., str]
Progress = Callable[[str, str], None]
Facts = dict[str, list[tuple[int, PageFacts]]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed book: its bytes, the label of each page (the printed folio), the page map.

    `book` is what was printed: margin notes that had no room are notes at the foot. A `proof` has
    faults, and the pages that have them are marked.
    """

    data: bytes
    labels: tuple[str, ...]
    map: Mapping[str, Any]
    book: tree.Book
    proof: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How edition.yaml wants pages printed: their size, bands, and line numbers."""

    page: PageSize
    bands: tuple[Band, ...]
    lines: LineNumbers
    calling: Calling = Calling.NUMERALS


class _Frame:
    """The book with empty sheets: the label of each page, and where each id stands."""

    def __init__(self, book: tree.Book, document: Any) -> None:
        self.document = document
        self.places: dict[str, int] = {}
        for number, page in enumerate(document.pages):
            for name in page.anchors:
                self.places.setdefault(name, number)
        start = next((self.places.get(s.id, 0) for s in book.sections if not s.front), 0)
        total = len(document.pages)
        self.front = start
        self.labels = [
            *(roman(number + 1) for number in range(start)),
            *(str(number - start + 1) for number in range(start, total)),
        ]

    def sheet(self, section: str, number: int) -> int:
        """Which page of the book is a sheet of a section."""
        return self.places[f"sheet.{section}.{number}"]

    def room(self, section: str, margin: float) -> Page:
        """The room that the sheets of a section have."""
        first, other = (
            self.document.pages[self.sheet(section, number)]._page_box for number in (0, 1)
        )
        return Page(first.width, first.height, other.height, margin)


@dataclass(slots=True)
class _Known:
    """What one round of layout tells the next; when two rounds tell the same, the pages rest.

    `folios` and `loci` by id, `labels` of the sheets of each section, `heads` by sheet.
    """

    folios: dict[str, str] = field(default_factory=dict)
    loci: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)


class Press:
    """Prints one book."""

    def __init__(
        self,
        book: tree.Book,
        style: Style,
        sources: Sources,
        render: Render,
        findings: Findings,
        progress: Progress,
    ) -> None:
        self.book, self.style, self.render = book, style, render
        self.findings, self.progress = findings, progress
        sheet = page_rules(style.page) + house_file(sources, "styles", "page.css")
        self.engine = Engine(sources, sheet, findings)
        self.quoted = _quoted(book)
        self.settings: dict[str, Setting] = {}
        self.known = _Known()

    # Rounds

    def run(self) -> Printed:
        """The book; raises jinja2.TemplateError or ParseError for a fault in a template."""
        frame = self._rest()
        marked = self._read_proofs(frame)
        document = frame.document
        document.pages, facts = self._pages(frame, marked)
        tags.mend(document)
        data = self.engine.write(document, _finisher(frame), _identifier(self.book))
        mapped = page_map(frame.labels, facts)
        return Printed(data, tuple(frame.labels), mapped, self.book, bool(marked))

    def _rest(self) -> _Frame:
        """Set the sections and lay out the frame until no folio changes any more."""
        frame = self._frame({section.id: 2 for section in self._on_galleys()})
        for turn in range(1, MOST_ROUNDS + 1):
            first_line = 0
            for section in self._on_galleys():
                setting = self._settled(section, frame, first_line)
                if self.style.lines.counting is Counting.BOOK:
                    first_line += sum(setting.counted)
            counts = {name: len(setting.plans) for name, setting in self.settings.items()}
            frame = self._frame(counts)
            self.progress("5 Lay out", f"{len(frame.labels)} pages, round {turn}")
            known = self.known
            self.known = self._learn(frame)
            if self.known == known:
                return frame
        self.findings.report(
            "PDF002", f"page numbers still change after {MOST_ROUNDS} rounds", _EDITION
        )
        return frame

    def _read_proofs(self, frame: _Frame) -> set[int]:
        """Report what is wrong with the pages, and say which pages have it."""
        marked = set()
        for section in self._on_galleys():
            spans = {note.id: note.span for note in section.notes}
            spans |= {note.id: note.span for note in section.margins}
            for error in read_proofs(self.settings[section.id]):
                page = frame.sheet(section.id, error.page)
                marked.add(page)
                span = spans.get(error.id) or section.span or _EDITION
                message = f"{error.message} (page {frame.labels[page]})"
                self.findings.report(error.code, message, span)
        return marked

    def _on_galleys(self) -> list[tree.Section]:
        return [section for section in self.book.sections if section.kind in ON_GALLEYS]

    def _frame(self, sheets: Mapping[str, int]) -> _Frame:
        html = self.render(
            "page/frame.html",
            book=self.book,
            sheets=sheets,
            heads=self.known.heads,
            **self._context(),
        )
        return _Frame(self.book, self.engine.lay_out(html, _SHEETS))

    def _context(self) -> dict[str, Any]:
        """What every template of the page is told."""
        return {
            "pages": self.known.folios,
            "folios": _linked(self.known.folios),
            "loci": self.known.loci,
            "calling": self.style.calling.value,
            "paragraphs": self.style.lines.paragraphs,
        }

    def _learn(self, frame: _Frame) -> _Known:
        """What the pages of this round tell the next: folios, loci, and heads of the notes."""
        known = _Known()
        places = dict(frame.places)
        for name, setting in self.settings.items():
            known.labels[name] = [
                frame.labels[frame.sheet(name, number)] for number in range(len(setting.plans))
            ]
            for number, ids in enumerate(setting.ids()):
                places.update(dict.fromkeys(ids, frame.sheet(name, number)))
        known.folios = {n: frame.labels[places[n]] for n in self.quoted if n in places}
        for section in self._on_galleys():
            notes = [note for _, group in section.end_notes for note in group if note.anchor]
            for note in notes:
                known.loci |= self._locus(note.anchor, frame.labels, places)
            known.heads |= self._heads(section, notes, frame, places)
        return known

    def _locus(
        self, anchor: str, labels: Sequence[str], places: Mapping[str, int]
    ) -> dict[str, str]:
        """Page and line of words, `12.7`; the page alone where no lines are numbered."""
        for setting in self.settings.values():
            if anchor in setting.text.where and anchor in places:
                page = labels[places[anchor]]
                strip, _ = setting.text.where[anchor]
                numbered = setting.numbering.every and setting.counted[strip]
                return {anchor: f"{page}.{setting.number_of(strip)}" if numbered else page}
        return {}

    def _heads(
        self,
        section: tree.Section,
        notes: Sequence[tree.EndNote],
        frame: _Frame,
        places: Mapping[str, int],
    ) -> dict[str, str]:
        """The running heads of end notes: the pages whose words a page has notes on."""
        cited: dict[int, set[int]] = {}
        for note in notes:
            if note.id in places and note.anchor in places:
                cited.setdefault(places[note.id], set()).add(places[note.anchor])
        heads = {}
        last = None
        for number in range(len(self.settings[section.id].plans)):
            page = frame.sheet(section.id, number)
            here = cited.get(page, set()) | ({last} if last is not None else set())
            if here:  # a note may run on from the page before
                first, last = min(here), max(here)
                pages = frame.labels[first]
                if last != first:
                    pages = f"{pages}–{frame.labels[last]}"
                words = "Notes to p." if first == last else "Notes to pp."
                heads[f"sheet.{section.id}.{number}"] = f"{words} {pages}"
        return heads

    def _settled(self, section: tree.Section, frame: _Frame, first_line: int) -> Setting:
        """The setting of a section, its pages broken; margin notes without room at the foot."""

        labels = self.known.labels.get(section.id, [])

        def label(number: int) -> str:
            return labels[number] if number < len(labels) else str(number + 1)

        setting = self.settings.get(section.id)
        if setting is None or setting.first_line != first_line or section.end_notes:
            setting = self._set(section, frame, first_line)  # end notes quote loci
        setting.settle(label)
        while crowded := setting.crowded():
            section = self._at_foot(section, crowded)
            setting = self._set(section, frame, first_line)
            setting.settle(label)
        self.settings[section.id] = setting
        return setting

    def _at_foot(self, section: tree.Section, crowded: Sequence[str]) -> tree.Section:
        """A section with some of its margin notes at the foot, which is reported."""
        spans = {note.id: note.span for note in section.margins}
        for name in crowded:
            self.findings.report(
                "PAG001",
                "the margin of its page has no room for this note: it is printed at the foot",
                spans[name] or Span("edition.yaml", 0, 0),
            )
        changed = at_foot(section, frozenset(crowded))
        sections = (changed if one is section else one for one in self.book.sections)
        self.book = replace(self.book, sections=tuple(sections))
        return changed

    # Sections on galleys

    def _set(self, section: tree.Section, frame: _Frame, first_line: int) -> Setting:
        bands = [BandStyle(b.name, b.run_in, b.above, b.columns) for b in self.style.bands]
        room = frame.room(section.id, MARGIN_COLUMN)
        entries, notes = [], []
        keyed = self.style.calling is Calling.LINES
        for note in sorted(section.notes, key=lambda note: note.place):
            parts = note.entry.lemma.parts if note.entry else note.parts
            lemma = EntryPlace(note.id, note.band, note.first, note.last, parts)
            if note.entry is not None:
                entries.append(lemma)
            elif keyed and parts:
                notes.append(NotePlace(note.id, note.band, note.first, lemma))
            else:
                notes.append(NotePlace(note.id, note.band, note.call_id))
        notes += [NotePlace(note.id, "margin", note.anchor) for note in section.margins]
        lines = self.style.lines
        numbering = Numbering(
            lines.every if section.kind == "text" else 0,
            lines.counting is Counting.PAGE,
            lines.side.value,
        )
        return Setting(
            self._lay,
            self._copy(section, room),
            room,
            bands,
            entries,
            notes,
            numbering,
            first_line,
        )

    def _lay(self, html: str, sheet: str) -> Any:
        return self.engine.lay_out(html, sheet).pages

    def _copy(self, section: tree.Section, room: Page) -> Copy:
        entries = {note.id: note for note in section.notes}
        bands = {band.name: band for band in self.style.bands}
        widths = {
            name: f"{column_width(room.width, band.columns):.3f}px"
            for name, band in bands.items()
            if band.columns > 1
        }

        def page(name: str, **more: Any) -> str:
            return self.render(
                f"page/{name}.html",
                book=self.book,
                section=section,
                **self._context(),
                **more,
            )

        def furniture(_: Sequence[BandStyle], lines: int) -> str:
            every = self.style.lines.every
            figures = range(every, lines + 1, every) if every else ()
            return page("furniture", bands=self.style.bands, figures=figures)

        def paragraphs(groups: Sequence[tuple[str, str, Sequence[Keyed]]]) -> str:
            return page("entries", groups=groups, entries=entries, bands=bands, widths=widths)

        blocks: dict[str, list[tree.FootNote]] = {}
        for note in section.notes:
            if note.entry is None:
                blocks.setdefault(note.band, []).append(note)
        return Copy(
            page("galley"),
            lambda keys: page("notes", bands=tuple(blocks.items()), widths=widths, keys=keys),
            page("margins"),
            lambda lines: page("extant", lines=lines),
            paragraphs,
            furniture,
        )

    # Pages

    def _pages(
        self, frame: _Frame, marked: set[int]
    ) -> tuple[list[Any], dict[str, list[tuple[int, PageFacts]]]]:
        """The pages of the frame, with what was set on galleys on its sheets, and the facts."""
        pages = list(frame.document.pages)
        facts: Facts = {}
        for name, setting in self.settings.items():
            composer = Composer(setting)
            for number in range(len(setting.plans)):
                at = frame.sheet(name, number)
                box = pages[at]._page_box
                left, top = box.content_box_x(), box.content_box_y()
                composed = composer.compose(number, left, top, at % 2 == 0)
                if at in marked:
                    composer.mark(composed, left, top)
                box.children = [*composed.roots, *box.children[1:]]
                pages[at] = FurnishedPage(box, composed.artifacts, self.engine.image)
                facts.setdefault(name, []).append((at, composed.facts))
        return pages, facts


# Sheets are empty: what would lay out a section's content must not break them.
_EDITION = Span("edition.yaml", 0, 0)
_SHEETS = (
    "body > section { columns: auto }\n"
    ".sheet { break-inside: avoid } .sheet + .sheet { break-before: page }"
)


def print_book(
    book: tree.Book,
    style: Style,
    sources: Sources,
    render: Render,
    findings: Findings,
    progress: Progress,
) -> Printed:
    """The printed book; raises jinja2.TemplateError or ParseError for a fault in a template."""
    return Press(book, style, sources, render, findings, progress).run()


def _linked(
    places: Mapping[str, str],
) -> Callable[[tuple[tree.Locator, ...]], tuple[tuple[str, str], ...]]:
    def folios(locators: tuple[tree.Locator, ...]) -> tuple[tuple[str, str], ...]:
        """Locators as (id, page), each page once, in the order of the book."""
        made: dict[str, str] = {}
        for locator in locators:
            page = places.get(locator.href)
            if page:
                made.setdefault(page + locator.suffix, locator.href)
        return tuple((href, text) for text, href in made.items())

    return folios


def _quoted(book: tree.Book) -> frozenset[str]:
    """The ids whose folio the book prints: in contents, index, and list of corrections."""
    return frozenset(
        name
        for section in book.sections
        for name in (
            *(row.href for row in section.contents),
            *(row.href for row in section.corrections),
            *(
                locator.href
                for group in section.index
                for item in group.items
                for locator in item.locators
            ),
        )
    )


def _identifier(book: tree.Book) -> bytes:
    named = f"{book.slug} {book.date} {book.revision}"
    return hashlib.sha256(named.encode()).digest()[:16].hex().encode()


def _finisher(frame: _Frame) -> Callable[[Any, Any], None]:
    def finish(_document: Any, pdf: Any) -> None:
        ranges: list[Any] = []
        if frame.front:
            ranges += [0, pydyf.Dictionary({"S": "/r"})]
        if frame.front < len(frame.labels):
            ranges += [frame.front, pydyf.Dictionary({"S": "/D"})]
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})
        pdf.catalog["PageMode"] = "/UseOutlines"

    return finish
