"""Prints the book: sections set and drawn apart, and joined with the sheets of the frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from typing import Any

from printedition.book import tree
from printedition.book.asked import Told
from printedition.book.extents import extents
from printedition.book.fingerprints import Fingerprints
from printedition.book.footing import at_foot
from printedition.book.house import house_file
from printedition.book.index_printer import indexed
from printedition.book.pointing import words_in_print, words_with_pages
from printedition.book.settled import Settled
from printedition.book.syllabus import assigned
from printedition.cache import Cache
from printedition.diagnostics import Findings
from printedition.edition.edition import Counting, Side
from printedition.frozen import dataclass
from printedition.page import tags
from printedition.page.compositor import Cast, Drawn, Job, Place
from printedition.page.copies import TABLE, Copies, Render
from printedition.page.crew import ON_GALLEYS, Crew, weight
from printedition.page.engine import Engine
from printedition.page.foresight import Foreseen, Foresight, found
from printedition.page.frame import Frame, Known, Learner, Paged
from printedition.page.framing import Framer
from printedition.page.furnished import HeadedPage
from printedition.page.gathering import (
    dead_links,
    finisher_of,
    identifier_of,
    plan_of,
    printed_pages,
)
from printedition.page.geometry import MARGIN_COLUMN, page_rules
from printedition.page.jobs import INDEX, Brief, job_of
from printedition.page.kept import Kept
from printedition.page.light import JoinedPage, QuirePage
from printedition.page.margins import FIGURES
from printedition.page.numbers import rooms_of
from printedition.page.old_pages import KeptSection
from printedition.page.pagemap import PageFacts, page_map
from printedition.page.proof_rules import mark_changes
from printedition.page.quoted import corrected, end_noted, quoted
from printedition.page.recording import words_of
from printedition.page.sheets import ADDED_SHEETS
from printedition.page.stages import Stages, stage_of
from printedition.page.style import Style
from printedition.page.words import PrintedWords
from printedition.page.workshop import Lost, Workshop, lay_out
from printedition.sources import Sources, Span

MOST_ROUNDS = 5
MOST_HELD = 3000  # by the weight of sections: what stands undrawn takes memory
_EDITION = Span("edition.yaml", 0, 0)

Progress = Callable[[str, str], None]
Facts = dict[str, list[tuple[int, PageFacts]]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed book: its bytes, the label of each page (the printed folio), the page map.

    `book` is what was printed: margin notes that had no room are notes at the foot. A `proof` has
    faults, and the pages that have them are marked. `words` are those of each section's pages,
    where they were to be recorded.
    """

    data: bytes
    labels: tuple[str, ...]
    map: Mapping[str, Any]
    book: tree.Book
    proof: bool = False
    words: Mapping[str, tuple[PrintedWords, ...]] = field(default_factory=dict)


class Press:
    """Prints one book; it is the overseer of the compositors that set its sections.

    A `crew` sets sections beside this process, and is dismissed when they are set; `settled` is
    told of the book and its pages before they are written.
    """

    def __init__(
        self,
        book: tree.Book,
        style: Style,
        sources: Sources,
        render: Render,
        findings: Findings,
        progress: Progress,
        crew: Crew | None = None,
        settled: Callable[[Settled], None] | None = None,
        cache: Cache | None = None,
        printing: Mapping[str, KeptSection] | None = None,
        fingerprints: Fingerprints | None = None,
    ) -> None:
        """`printing` has the pages of the sections that are to stay as they were."""
        self.settled = settled or (lambda _: None)
        self.style, self.sources = style, sources
        self.copies = Copies(book, style, render, fingerprints)
        self.findings, self.progress = findings, progress
        self.sheet = page_rules(style.page) + house_file(sources, "styles", "page.css")
        if added := ADDED_SHEETS.get(style.setting):
            self.sheet += house_file(sources, "styles", added)
        self.engine = Engine(sources, self.sheet, findings)
        self.kept = Kept.of(None if style.proof else cache, sources, self.sheet)
        self.anchors = quoted(book, style.index)
        self.numbers = rooms_of(book.sections)
        self.crew = crew
        self.workshop: Workshop | None = None
        self.counts: dict[str, int] = {}
        self.lines: dict[str, int] = {}
        self.casts: dict[str, Cast] = {}  # of sections that are not drawn yet
        self.laid: dict[str, Drawn] = {}
        self.rectos: dict[str, bool] = {}  # of sections that WeasyPrint breaks, as they were set
        self.settings: dict[str, int] = {}  # how often a section was set again
        self.is_framed = False  # with all that is cast off
        self.printing = printing or {}
        self.framer = Framer(self.copies, self.engine, style.proof, self.printing)

    @property
    def book(self) -> tree.Book:
        """The book as it is printed so far."""
        return self.copies.book

    @property
    def known(self) -> Known:
        """What is known of the pages by now."""
        return self.copies.known

    # Rounds

    def run(self, *, recording: bool = False) -> Printed:
        """The book, `recording` with its words; raises BookFaults for faults of its templates."""
        frame = self.settle()
        marked = self._report_errors(frame)
        document = frame.document
        words = self.words(frame) if recording else {}
        document.pages, facts = self._pages(frame)
        if (proof := self.style.proof) and proof.changed:
            mark_changes(document.pages, proof.changed(self.words(frame)), self.laid, frame)
        tags.mend(document)
        plan = plan_of(self.book.sections, self.laid, frame, self.numbers)
        self.engine.messages += dead_links(self.laid)
        finisher = finisher_of(frame, self._turned(frame), plan.quires)
        data = self.engine.write(document, finisher, identifier_of(self.book), plan)
        if any(found.code == "PDF001" for found in self.findings.diagnostics):
            self.copies.fill_in_all()
        mapped = page_map(frame.labels, facts)
        return Printed(data, tuple(frame.labels), mapped, self.book, marked, words)

    def settle(self) -> Frame:
        """Lay out all pages, of which `settled` is told; raises BookFaults as `run` does."""
        try:
            if self.crew is not None:
                self.workshop = Workshop(self.crew, self.sheet, self.sources)
            self.copies.try_templates(self.kept)
            frame = self._rest()
            self._tell(frame)
        finally:
            if self.workshop is not None:
                self.workshop.close()
        return frame

    def _tell(self, frame: Frame) -> None:
        """Let `settled` know the book and its pages, for work that waits for them."""
        places = {n: p for n in indexed(self.book) if (p := self.known.places.get(n))}
        noted, mended = end_noted(self.book), corrected(self.book)
        loci = {name: self.known.loci[name] for name in noted if name in self.known.loci}
        self.settled(
            Settled(
                self.book,
                places,
                printed_pages(self.book.sections, self.laid, frame),
                loci
                | words_with_pages(self.book, self.known.folios, self.known.lines)
                | extents(self.book, self.known.labels)
                | assigned(self.book, self.known.labels, self.known.folios),
                {name: self.known.folios[name] for name in mended if name in self.known.folios},
            )
        )

    def _rest(self) -> Frame:
        """Lay out the sections and the frame until what pages tell one another is settled.

        Sections that quote others come after them, so that mostly they are laid out once.
        """
        frame = self.framer.frame({section.id: 2 for section in self.book.sections}, {})
        self.size = frame.document.pages[0].width, frame.document.pages[0].height
        # Where figures may stand on the same side, margin notes make room for them.
        outside = self.style.lines.every and self.style.lines.side is not Side.INNER
        column = MARGIN_COLUMN - (FIGURES if outside else 0.0)
        self.rooms = {s.id: frame.room(s.id, column, self.style.ruled) for s in self.book.sections}
        self.copies.rooms = {name: room.width for name, room in self.rooms.items()}
        self.columns = {s.id: frame.columns(s.id) for s in self.book.sections if s.kind == INDEX}
        self.foresight = Foresight(frame, self.book.sections)
        self.foresight.folios = self.framer.folios
        self.frame: Frame | None = None  # with the sheets that sections were found to need
        self.copies.known = self._learn(self.foresight.plan(self.counts))
        asks = self.copies.asks
        self.stages = Stages({s.id: stage_of(s, quotes=asks(s.id)) for s in self.book.sections})
        self._lay_sections(self.book.sections)
        for turn in range(1, MOST_ROUNDS + 1):
            for stage in sorted({*self.stages.stages.values()}):
                self._lay_sections(self._of_stage(stage))
            frame = self.frame = self.framer.frame(*self._sheets())
            self.progress("5 Lay out", f"{len(frame.labels)} pages, round {turn}")
            self.copies.known = self._learn(frame)
            if not any(map(self._is_stale, self.book.sections)):
                return self.framer.frame(*self._sheets())  # another only if its heads have changed
        self.findings.report(
            "PDF002", f"page numbers still change after {MOST_ROUNDS} rounds", _EDITION
        )
        return frame

    def _sheets(self) -> tuple[dict[str, int], dict[str, frozenset[int]]]:
        """How many sheets each section wants; one, where that is not known yet. Blank ones."""
        known: list[Cast | Drawn] = [*self.casts.values(), *self.laid.values()]
        blank = {one.id: one.blank for one in known if one.blank}
        counts = {section.id: self.counts.get(section.id, 1) for section in self.book.sections}
        return counts, blank

    def _of_stage(self, stage: int) -> list[tree.Section]:
        return [one for one in self.book.sections if self.stages.stages[one.id] == stage]

    def _lay_sections(self, sections: Sequence[tree.Section]) -> None:
        """Lay out those of these sections whose copy or pages have changed."""
        names = [section.id for section in sections if self._is_stale(section)]
        names = self._begin(names)
        if self.workshop is not None:
            try:
                self.workshop.lay_out(names, self, self.engine, self.kept)
                return
            except Lost:
                self.workshop.close()
                self.workshop = None
                names = self._begin([name for name in names if name not in self.laid])
        lay_out(names, self, self.engine, self.kept)

    def _begin(self, names: Sequence[str]) -> list[str]:
        """Forget what is known of sections; their names in the order in which they are set."""
        for name in names:
            for known in (self.counts, self.lines, self.casts, self.laid):
                known.pop(name, None)
            self.settings[name] = 0
        self.stages.begin(names)
        return self.stages.in_order(names, {n: weight(self._section(n)) for n in names})

    def _is_stale(self, section: tree.Section) -> bool:
        drawn = self.laid.get(section.id)
        if drawn is None or self._is_astray(section.id):
            return True
        if drawn.first_line is not None and drawn.first_line != self._first_line(section):
            return True
        return self.copies.is_told_otherwise(section)

    def _is_astray(self, name: str) -> bool:
        """Whether a section was drawn for other pages than it has."""
        if self.frame is None:
            return False
        drawn, places = self.laid[name], found(self.frame, name, self.counts[name])
        if drawn.recto is not None and drawn.recto != places[0].recto:
            return True
        if drawn.quotes:
            return drawn.places != places
        return [replace(p, folio="") for p in drawn.places] != [
            replace(p, folio="") for p in places
        ]

    def _report_errors(self, frame: Frame) -> bool:
        """Report what is wrong with the pages; whether anything is."""
        for section in self.book.sections:
            spans = {note.id: note.span for note in section.notes}
            spans |= {note.id: note.span for note in section.margins}
            for error in self.laid[section.id].errors:
                page = frame.sheet(section.id, error.page)
                span = spans.get(error.id) or section.span or _EDITION
                message = f"{error.message} (page {frame.labels[page]})"
                self.findings.report(error.code, message, span)
            for told in self.laid[section.id].unkept:
                self.findings.report(told.code, told.message, section.span or _EDITION)
        return any(drawn.errors for drawn in self.laid.values())

    def idle(self) -> Callable[[], object] | None:
        """Lays out the frame once all sections are cast off; it is mostly the last."""
        if self.stages.uncast or self.is_framed:
            return None
        self.is_framed = True
        return partial(self.framer.frame, *self._sheets())

    def _learn(self, frame: Frame | Foreseen) -> Known:
        paged: dict[str, Paged] = {**self.casts, **self.laid}
        laid = {s.id: paged[s.id] for s in self.book.sections if s.id in paged}
        known = Learner(frame, self.book.sections, laid, self.book.lang).learn()
        known.loci |= words_in_print(self.book, known.folios, known.lines)
        known.loci |= extents(self.book, known.labels)
        known.loci |= assigned(self.book, known.labels, known.folios)
        return known

    # The overseer of the compositors

    def brief(self, name: str) -> Brief | None:
        """What a section is to be set by; None while it waits for those before it."""
        if self.stages.waits(name):
            return None
        section = self._section(name)
        first_line, recto, moved = 0, True, dict[str, str]()
        if section.kind == TABLE:
            loci = self.known.loci
            moved = {moved: loci[moved] for moved in section.moved if moved in loci}
        elif section.kind not in (INDEX, *ON_GALLEYS):
            side = self._recto(name)
            if side is None:
                return None
            recto = self.rectos[name] = side
        elif section.kind != INDEX:
            counted = self._first_line(section)
            if counted is None:
                return None
            first_line = counted
        return Brief(
            name,
            self.book.sections.index(section),
            self.copies.content(section) if self.kept else "",
            self.size,
            self.rooms[name],
            self.columns.get(name, (1, 0.0)),
            first_line,
            recto,
            moved,
            self.printing.get(name),
            None if section.turned else self.numbers[name],
        )

    def job(self, brief: Brief) -> Job:
        """What is to be set of a section."""
        return job_of(brief, self._section(brief.id), self.copies)

    def _recto(self, name: str) -> bool | None:
        """Whether a section begins on a right-hand page; None where it is not known yet."""
        if self.frame is not None:
            return found(self.frame, name, 1)[0].recto
        return self.foresight.is_recto(name, self.counts, self.stages.pending)

    def cast(self, cast: Cast) -> bool:
        """Note how many pages and lines a section needs; whether it is to be set again."""
        if cast.crowded:
            self._at_foot(self._section(cast.id), cast.crowded)
            return True
        if self._is_to_be_set_again(cast):
            self.settings[cast.id] += 1
            return True
        self.counts[cast.id], self.lines[cast.id] = cast.count, cast.counted
        self.casts[cast.id] = cast
        self.framer.folios.kept[cast.id] = cast.labels
        if self.stages.cast(cast.id):
            self.copies.known = self._learn(self.foresight.plan(self.counts))
        return False

    def _is_to_be_set_again(self, cast: Cast) -> bool:
        """Whether a table quotes lines of its own that are longer or shorter than it says."""
        told = self.known.loci
        self.known.loci = {**told, **cast.moved}
        filled = {n: line for n, line in cast.moved.items() if len(line) == len(told[n])}
        if len(filled) < len(cast.moved) and self.settings[cast.id] < MOST_ROUNDS:
            return True
        # What is not filled in stays asked, and the section stale.
        asked = self.copies.asked[cast.id].loci
        asked |= {name: line for name, line in filled.items() if name in asked}
        return False

    def places(self, name: str) -> tuple[Place, ...] | None:
        """The pages of a section; None while they are not known, or it is held."""
        if self._is_held(name):
            return None
        if self.frame is not None:
            count = sum(f"sheet.{name}.{n}" in self.frame.places for n in range(self.counts[name]))
            return found(self.frame, name, count)
        return self.foresight.places(name, self.counts, self.stages.pending)

    def again(self, name: str) -> bool:
        """Whether a section is to be set once more, since it would be told otherwise now."""
        if self._is_held(name) or self.settings[name] == MOST_ROUNDS:
            return False
        turned = name in self.rectos and self.rectos[name] != self._recto(name)
        if not turned and not self.copies.is_told_otherwise(self._section(name)):
            return False
        if self.brief(name) is None:
            return False
        self.settings[name] += 1
        return True

    def _is_held(self, name: str) -> bool:
        """Whether a section stands undrawn, since what it quotes of pages may change yet."""
        held = sum(weight(self._section(one)) for one in self.casts)
        return self.copies.asks(name) and self.stages.is_held(name) and held < MOST_HELD

    def drawn(self, drawn: Drawn) -> None:
        """Take a section as drawn, with what was warned of."""
        self.casts.pop(drawn.id, None)
        self.laid[drawn.id] = drawn
        self.counts[drawn.id] = drawn.count
        told = self.engine.messages
        told += [message for message in drawn.messages if message not in told]

    def answer(self, question: str, name: str, about: Any) -> str:
        """The page of templates that a compositor asks for."""
        return self.copies.answer(question, self._section(name), about)

    def told(self, name: str) -> Told:
        """What the templates of a section were told so far."""
        return self.copies.told(name)

    def tells(self, name: str, told: Told) -> bool:
        """Whether they would be told the same now; it is noted as told then."""
        return self.copies.tells(name, told)

    def _section(self, name: str) -> tree.Section:
        return next(section for section in self.book.sections if section.id == name)

    def _first_line(self, section: tree.Section) -> int | None:
        """How many lines are counted before a section; None while that is not known."""
        if self.style.lines.counting is not Counting.BOOK:
            return 0
        before = self.book.sections[: self.book.sections.index(section)]
        pending = self.stages.pending
        if any(one.id in pending and one.id not in self.lines for one in before):
            return None
        return sum(self.lines.get(one.id, 0) for one in before)

    def _at_foot(self, section: tree.Section, crowded: Sequence[str]) -> None:
        """Print some margin notes of a section at the foot, and report it."""
        spans = {note.id: note.span for note in section.margins}
        for name in crowded:
            self.findings.report(
                "PAG001",
                "the margin of its page has no room for this note: it is printed at the foot",
                spans[name] or Span("edition.yaml", 0, 0),
            )
        changed = at_foot(section, frozenset(crowded))
        sections = (changed if one is section else one for one in self.book.sections)
        self.copies.book = replace(self.book, sections=tuple(sections))

    # Pages

    def words(self, frame: Frame) -> dict[str, tuple[PrintedWords, ...]]:
        """The words of each section's pages, once these are laid out."""
        tables = {section.id for section in self.book.sections if section.kind == TABLE}
        return words_of(self.laid, frame, tables)

    def _turned(self, frame: Frame) -> tuple[int, ...]:
        """The pages of the book that lie on their side."""
        return tuple(
            frame.sheet(section.id, number)
            for section in self.book.sections
            if section.turned
            for number in range(self.laid[section.id].count)
        )

    def _pages(self, frame: Frame) -> tuple[list[Any], Facts]:
        """The sheets of the frame with what was drawn for them, and the facts of texts."""
        pages: list[Any] = [HeadedPage.of(page) for page in frame.document.pages]
        facts: Facts = {}
        for section in self.book.sections:
            drawn = self.laid[section.id]
            sheets = [frame.sheet(section.id, number) for number in range(drawn.count)]
            for at, light in zip(sheets, drawn.light.pages, strict=True):
                kind = JoinedPage if drawn.quire is None else QuirePage
                pages[at] = kind(pages[at], light, drawn.light.stock)
            if drawn.facts:
                facts[section.id] = list(zip(sheets, drawn.facts, strict=True))
        return pages, facts
