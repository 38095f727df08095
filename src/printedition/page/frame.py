"""The frame of a book: an empty sheet for every page, with its folio and running head.

Sections are laid out apart and put on its sheets, so that none depends on its own folio.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Protocol

from printedition.book import tree
from printedition.book.index_printer import PagePlace
from printedition.book.page_words import filled, page_words
from printedition.frozen import dataclass
from printedition.page.folios import Folios
from printedition.page.job import Page

# As broad as the line of a word that moved, so that its line seldom breaks anew once it is known.
UNKNOWN_LINE = "00"

# Sheets are empty: what would lay out a section's content must not break them.
SHEETS = (
    "body > section { columns: auto !important }\n"
    ".sheet { break-inside: avoid } .sheet + .sheet { break-before: page }"
)


class Frame:
    """The book with empty sheets: the label of each page, and where each id stands."""

    def __init__(self, book: tree.Book, document: Any, folios: Folios) -> None:
        self.document = document
        self.places: dict[str, int] = {}
        for number, page in enumerate(document.pages):
            for name in page.anchors:
                self.places.setdefault(name, number)
        start = next((self.places.get(s.id, 0) for s in book.sections if not s.front), 0)
        total = len(document.pages)
        self.front = start
        starts = {s.id: at for s in book.sections if (at := self.places.get(f"sheet.{s.id}.0"))
                  is not None}  # fmt: skip
        self.labels = folios.of(total, start, starts)

    def sheet(self, section: str, number: int) -> int:
        """Which page of the book is a sheet of a section."""
        return self.places[f"sheet.{section}.{number}"]

    def room(self, section: str, margin: float, ruled: float = 0.0) -> Page:
        """The room that the sheets of a section have."""
        first, other = (
            self.document.pages[self.sheet(section, number)]._page_box for number in (0, 1)
        )
        return Page(first.width, first.height, other.height, margin, ruled)

    def columns(self, section: str) -> tuple[int, float]:
        """How many columns the style gives an index, and the room between two of them, in px."""
        sheet: Any = self.document.pages[self.sheet(section, 0)]._page_box
        for box in sheet.descendants():
            if box.element is not None and "headings" in (box.element.get("class") or "").split():
                return _columns(box.style, float(sheet.width))
        return 1, 0.0


def _columns(style: Any, room: float) -> tuple[int, float]:
    """The columns of a style in a room so broad, and their gap (CSS Multi-column 1 §3.4)."""
    count, width, gap = style["column_count"], style["column_width"], style["column_gap"]
    if gap == "normal":
        between = float(style["font_size"])
    else:
        between = float(gap.value * room / 100 if gap.unit == "%" else gap.value)
    if width == "auto":
        return 1 if count == "auto" else count, between
    fitting = max(int((room + between) / (width + between)), 1)
    return fitting if count == "auto" else min(count, fitting), between


@dataclass(slots=True)
class Known:
    """What one round of layout tells the next; when two rounds tell the same, the pages rest.

    `folios`, `lines` and `loci` by id, of words that moved their line; `labels` of the sheets of
    each section, but for blank ones, `heads` by sheet; `order` says of each folio the how-manieth
    page it is, `notes` how many notes it has.
    """

    folios: dict[str, str] = field(default_factory=dict)
    loci: dict[str, str] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def places(self) -> Places:
        """Where words stand, for an index."""
        return Places(self)


@dataclass(frozen=True, slots=True)
class Places(Mapping[str, PagePlace]):
    """Where the words of a book stand, by their ids."""

    known: Known

    def __getitem__(self, name: str) -> PagePlace:
        known, folio = self.known, self.known.folios[name]
        line, notes = known.lines.get(name, 0), known.notes.get(folio, 0)
        return PagePlace(known.order[folio], folio, line, notes)

    def __iter__(self) -> Iterator[str]:
        return iter(self.known.folios)

    def __len__(self) -> int:
        return len(self.known.folios)


class Plan(Protocol):
    """The folios of a book, found or foreseen."""

    @property
    def labels(self) -> Sequence[str]:
        """The folio of each page of the book."""

    def sheet(self, section: str, number: int) -> int:
        """Which page of the book is a sheet of a section."""


class Paged(Protocol):
    """A section whose pages are known: the ids of each, and the lines of anchors."""

    @property
    def count(self) -> int:
        """How many pages it has."""

    @property
    def ids(self) -> Sequence[Sequence[str]]:
        """The ids that stand on each page."""

    @property
    def blank(self) -> Collection[int]:
        """The pages, from 0, on which nothing stands."""

    @property
    def lines(self) -> Mapping[str, int]:
        """The lines of anchors, 0 where lines are not numbered."""


class Learner:
    """What the pages of one round tell the next, of sections that are cast off or drawn."""

    def __init__(
        self,
        frame: Plan,
        sections: Sequence[tree.Section],
        laid: Mapping[str, Paged],
        lang: str,
    ) -> None:
        self.frame, self.sections, self.laid = frame, sections, laid
        self.words = page_words(lang)
        self.places: dict[str, int] = {}
        for name, one in laid.items():
            for number, ids in enumerate(one.ids):
                page = frame.sheet(name, number)
                for own in ids:
                    self.places.setdefault(own, page)

    def learn(self) -> Known:
        """The folios and lines of all ids, loci and heads of end notes, labels, notes on pages."""
        known, labels = Known(), self.frame.labels
        known.order = {label: number for number, label in enumerate(labels)}
        for name, one in self.laid.items():
            filled = (n for n in range(one.count) if n not in one.blank)
            known.labels[name] = [labels[self.frame.sheet(name, n)] for n in filled]
            known.lines |= one.lines
        known.folios = {name: labels[at] for name, at in self.places.items()}
        known.notes = self._notes()
        for section in self.sections:
            notes = [note for _, group in section.end_notes for note in group if note.anchor]
            for note in notes:
                known.loci |= self._locus(note.anchor)
            for moved in section.moved:
                known.loci |= self._line(section.id, moved)
            if notes and section.id in self.laid:
                known.heads |= self._heads(section.id, notes)
        return known

    def _notes(self) -> dict[str, int]:
        """How many notes each folio has, those with them that run on from a page before."""
        counted: Counter[str] = Counter()
        for section in self.sections:
            notes = {note.id for note in section.notes if note.entry is None}
            pages = self.laid[section.id].ids if notes and section.id in self.laid else ()
            for number, ids in enumerate(pages):
                label = self.frame.labels[self.frame.sheet(section.id, number)]
                counted[label] += len(notes.intersection(ids))
        return counted

    def _locus(self, anchor: str) -> dict[str, str]:
        """Page and line of words, `12.7`; the page alone where no lines are numbered."""
        for one in self.laid.values():
            if anchor in one.lines and anchor in self.places:
                page, line = self.frame.labels[self.places[anchor]], one.lines[anchor]
                return {anchor: f"{page}.{line}" if line else page}
        return {}

    def _line(self, section: str, moved: str) -> dict[str, str]:
        """The line of words that moved, on the count of their version."""
        if section not in self.laid:
            return {moved: UNKNOWN_LINE}
        line = self.laid[section].lines.get(moved)
        return {moved: str(line)} if line else {}

    def _heads(self, section: str, notes: Sequence[tree.EndNote]) -> dict[str, str]:
        """The running heads of end notes: the pages whose words a page has notes on."""
        cited: dict[int, set[int]] = {}
        for note in notes:
            if note.id in self.places and note.anchor in self.places:
                cited.setdefault(self.places[note.id], set()).add(self.places[note.anchor])
        heads, last = {}, None
        for number in range(self.laid[section].count):
            here = cited.get(self.frame.sheet(section, number), set())
            here = here | ({last} if last is not None else set())
            if here:  # a note may run on from the page before
                first, last = min(here), max(here)
                pages = self.frame.labels[first]
                if last != first:
                    pages = f"{pages}–{self.frame.labels[last]}"
                words = self.words["notes_to_page" if first == last else "notes_to_pages"]
                heads[f"sheet.{section}.{number}"] = filled(words, pages)
        return heads
