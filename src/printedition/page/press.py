"""Prints the book: sections set on galleys, the rest laid out around them, labels, tags.

The frame is the whole book with an empty sheet for each page of a galley; sections without
notes are laid out in it by WeasyPrint itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pydyf

from printedition.book import tree
from printedition.book.footing import at_foot
from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.edition.apparatus import Conventions
from printedition.edition.edition import Band, Calling, Counting, LineNumbers, PageSize
from printedition.page import tags
from printedition.page.composing import Composer
from printedition.page.engine import Engine
from printedition.page.flow import Flow, style_of
from printedition.page.frame import SHEETS, Frame, Known, Learner
from printedition.page.furnished import FurnishedPage
from printedition.page.geometry import MARGIN_COLUMN, page_rules
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
_EDITION = Span("edition.yaml", 0, 0)
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
    calling: Calling
    conventions: Conventions


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
        self.laid: dict[str, Setting | Flow] = {}
        self.rooms: dict[str, Page] = {}
        self.known = Known()

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

    def _rest(self) -> Frame:
        """Lay out the sections and the frame until what pages tell one another is settled.

        Sections that quote folios come last, so that mostly they are laid out once.
        """
        frame = self._frame(dict.fromkeys((section.id for section in self.book.sections), 2))
        for section in self.book.sections:
            self.rooms[section.id] = frame.room(section.id, MARGIN_COLUMN)
        for turn in range(1, MOST_ROUNDS + 1):
            self._lay_sections(frame, quoting=False)
            if turn == 1:
                frame = self._frame(self._counts())
                self.known = self._learn(frame)
            self._lay_sections(frame, quoting=True)
            frame = self._frame(self._counts())
            self.progress("5 Lay out", f"{len(frame.labels)} pages, round {turn}")
            known, self.known = self.known, self._learn(frame)
            if self.known == known:
                return frame
        self.findings.report(
            "PDF002", f"page numbers still change after {MOST_ROUNDS} rounds", _EDITION
        )
        return frame

    def _lay_sections(self, frame: Frame, *, quoting: bool) -> None:
        """Lay out those sections whose copy has changed, of those that quote folios or others."""
        first_line = 0
        for section in self.book.sections:
            if section.kind in ON_GALLEYS:
                if _quotes(section) == quoting:
                    self._settle(section, first_line)
                setting = self.laid.get(section.id)
                if self.style.lines.counting is Counting.BOOK and isinstance(setting, Setting):
                    first_line += sum(setting.counted) if setting.numbering.every else 0
            elif _quotes(section) == quoting:
                self._flow(section, frame)

    def _counts(self) -> dict[str, int]:
        """How many sheets each section wants; one, where that is not known yet."""
        return {
            section.id: self.laid[section.id].count if section.id in self.laid else 1
            for section in self.book.sections
        }

    def _flow(self, section: tree.Section, frame: Frame) -> None:
        html = self.render("page/galley.html", book=self.book, section=section, **self._context())
        recto = frame.is_recto(section.id)
        known = self.laid.get(section.id)
        if not isinstance(known, Flow) or (known.html, known.recto) != (html, recto):
            pages = self.engine.lay_out(html, style_of(recto)).pages
            self.laid[section.id] = Flow(html, recto, pages)

    def _read_proofs(self, frame: Frame) -> set[int]:
        """Report what is wrong with the pages, and say which pages have it."""
        marked = set()
        for section, setting in self._on_galleys():
            spans = {note.id: note.span for note in section.notes}
            spans |= {note.id: note.span for note in section.margins}
            for error in read_proofs(setting):
                page = frame.sheet(section.id, error.page)
                marked.add(page)
                span = spans.get(error.id) or section.span or _EDITION
                message = f"{error.message} (page {frame.labels[page]})"
                self.findings.report(error.code, message, span)
        return marked

    def _on_galleys(self) -> list[tuple[tree.Section, Setting]]:
        return [
            (section, setting)
            for section in self.book.sections
            if isinstance(setting := self.laid[section.id], Setting)
        ]

    def _frame(self, sheets: Mapping[str, int]) -> Frame:
        html = self.render(
            "page/frame.html",
            book=self.book,
            sheets=sheets,
            heads=self.known.heads,
            **self._context(),
        )
        return Frame(self.book, self.engine.lay_out(html, SHEETS))

    def _learn(self, frame: Frame) -> Known:
        return Learner(frame, self.book.sections, self.laid).learn(self.quoted)

    def _context(self) -> dict[str, Any]:
        """What every template of the page is told."""
        return {
            "pages": self.known.folios,
            "folios": _linked(self.known.folios),
            "loci": self.known.loci,
            "calling": self.style.calling.value,
            "paragraphs": self.style.lines.paragraphs,
        }

    def _settle(self, section: tree.Section, first_line: int) -> None:
        """Set a section and break its pages; margin notes without room go to the foot."""
        labels = self.known.labels.get(section.id, [])

        def label(number: int) -> str:
            return labels[number] if number < len(labels) else str(number + 1)

        setting = self.laid.get(section.id)
        copy = self._copy(section)
        if (
            not isinstance(setting, Setting)
            or setting.first_line != first_line
            or setting.copy.text != copy.text
        ):
            setting = self._set(section, copy, first_line)
        setting.settle(label)
        while crowded := setting.crowded():
            section = self._at_foot(section, crowded)
            setting = self._set(section, self._copy(section), first_line)
            setting.settle(label)
        self.laid[section.id] = setting

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

    def _set(self, section: tree.Section, copy: Copy, first_line: int) -> Setting:
        bands = [BandStyle(b.name, b.run_in, b.above, b.columns) for b in self.style.bands]
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
            self.style.conventions.lines,
        )
        return Setting(
            self._lay,
            copy,
            self.rooms[section.id],
            bands,
            entries,
            notes,
            numbering,
            first_line,
        )

    def _lay(self, html: str, sheet: str) -> Any:
        return self.engine.lay_out(html, sheet).pages

    def _copy(self, section: tree.Section) -> Copy:
        room = self.rooms[section.id]
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
            lambda lines: page("extant", lines=[(n, tree.Holders(s)) for n, s in lines]),
            paragraphs,
            furniture,
        )

    # Pages

    def _pages(
        self, frame: Frame, marked: set[int]
    ) -> tuple[list[Any], dict[str, list[tuple[int, PageFacts]]]]:
        """The pages of the frame, with what was set on galleys on its sheets, and the facts."""
        pages = list(frame.document.pages)
        facts: Facts = {}
        for name, one in self.laid.items():
            composer = Composer(one) if isinstance(one, Setting) else None
            for number in range(one.count):
                at = frame.sheet(name, number)
                box = pages[at]._page_box
                artifacts: list[Any] = []
                if composer is None:
                    assert isinstance(one, Flow)
                    roots = [one.content(number)]
                else:
                    left, top = box.content_box_x(), box.content_box_y()
                    composed = composer.compose(number, left, top, at % 2 == 0)
                    if at in marked:
                        composer.mark(composed, left, top)
                    roots, artifacts = composed.roots, composed.artifacts
                    facts.setdefault(name, []).append((at, composed.facts))
                box.children = [*roots, *box.children[1:]]
                pages[at] = FurnishedPage(box, artifacts, self.engine.image)
        return pages, facts


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


def _quotes(section: tree.Section) -> bool:
    """Whether a section quotes folios, and so is laid out after those that do not."""
    return bool(section.contents or section.corrections or section.index or section.end_notes)


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


def _finisher(frame: Frame) -> Callable[[Any, Any], None]:
    def finish(_document: Any, pdf: Any) -> None:
        ranges: list[Any] = []
        if frame.front:
            ranges += [0, pydyf.Dictionary({"S": "/r"})]
        if frame.front < len(frame.labels):
            ranges += [frame.front, pydyf.Dictionary({"S": "/D"})]
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})
        pdf.catalog["PageMode"] = "/UseOutlines"

    return finish
