"""Sets one section: text and notes on galleys, broken into pages, line numbers filled in.

All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from printedition.page.breaking import Breaker, Plan
from printedition.page.counting import is_counted
from printedition.page.extant import Extant
from printedition.page.galley import ENDLESS, Galley
from printedition.page.galley_note import GalleyNote
from printedition.page.job import BandStyle, Copy, EntryPlace, Keyed, NotePlace, Numbering, Page
from printedition.page.margin_column import MarginColumn
from printedition.page.margins import Beside
from printedition.page.measure import TOKENS, Measure
from printedition.page.rank import lines_of, offset_of, rank_of
from printedition.page.stack import (
    Band,
    Called,
    Piece,
    RunInEntry,
    column_height,
    column_width,
)
from printedition.page.standing import Lay, Standing

MOST_PASSES = 5


class Setting:
    """One section, laid out on galleys and broken into pages."""

    def __init__(
        self,
        lay: Lay,
        copy: Copy,
        page: Page,
        bands: Sequence[BandStyle],
        entries: Sequence[EntryPlace],
        notes: Sequence[NotePlace],
        numbering: Numbering,
        first_line: int = 0,
        line: float = 18.0,
        text: Galley | None = None,
        standing: Standing | None = None,
    ) -> None:
        """`text` is its galley, where the section is not the only one on it.

        `standing` has galleys of a section that was set before.
        """
        self.lay, self.copy, self.page = lay, copy, page
        self.standing = standing or Standing(lay)
        self.numbering, self.first_line, self.line = numbering, first_line, line
        self.styles = bands
        self.entries = {entry.id: entry for entry in entries}
        self.text = text or self._galley(copy.text)
        self.counted = [is_counted(strip) for strip in self.text.strips]
        self.laid: dict[tuple[str, tuple[Keyed, ...]], tuple[Galley, str]] = {}
        self.margins = MarginColumn(
            self.text,
            [note for note in notes if note.band == "margin"],
            line,
            lambda: self._galley(copy.margins, page.margin),
        )
        self._furnish()
        self.extant = Extant(self.text.strips, lambda lines: self._galley(copy.extant(lines)))
        self.foot = sorted((n for n in notes if n.band != "margin"), key=self._place_of)
        self.calls = {note.id: note.call for note in self.foot}
        self.ranks = {place.id: rank_of(self.text, place) for place in self._places()}
        self.called_entries = self._call_entries()
        self.note_keys: dict[str, Keyed] = {}
        self._lay_notes()
        self.plans: list[Plan] = []
        self.more: dict[int, float] = {}  # what pages lack, by the strip that they begin with
        self.at_rest: int | None = None  # the page that would not come to rest
        self.keyed: list[dict[str, list[Keyed]]] = []

    def _galley(self, html: str, width: float = 0.0) -> Galley:
        return self.standing.galley(html, endless(width or self.page.width), self.page.other)

    # What stands off

    def _place_of(self, note: NotePlace) -> tuple[int, bool]:
        """What notes of one line go by: those that no numeral calls, by their lemmas.

        One on a whole block stands before those on its first words.
        """
        if note.lemma is None:
            return 0, False
        return offset_of(self.text, note.lemma), bool(note.lemma.words)

    def _places(self) -> list[EntryPlace]:
        """All that is keyed by line: entries, and the notes that no numeral calls."""
        return [*self.entries.values(), *(note.lemma for note in self.foot if note.lemma)]

    def _call_entries(self) -> dict[int, list[RunInEntry]]:
        """The entries that each strip of the text calls."""
        called: dict[int, list[RunInEntry]] = {}
        entries = list(self.entries.values())
        words = self._measure(entries)
        # In a line entries follow its words, and one another as declared where they begin alike.
        for entry in sorted(entries, key=lambda entry: offset_of(self.text, entry)):
            first, last = lines_of(self.text, entry)
            reach = sum(self.counted[first + 1 : last + 1])
            called.setdefault(first, []).append(
                RunInEntry(entry.id, entry.band, words[entry.id], reach)
            )
        return called

    def _lay_notes(self) -> None:
        """Lay out the notes with the line numbers known, and let the strips call them."""
        pieces: dict[int, list[Piece]] = {}
        self.notes = self._galley(self.copy.notes(self.note_keys)) if self.foot else None
        for note in self.foot:
            assert self.notes is not None
            made = GalleyNote(note.id, note.band, self.notes)
            first = self.text.where[note.call][0]
            pieces.setdefault(first, []).append(Piece(made, 0, len(made)))
        self.called = [
            Called(tuple(self.called_entries.get(n, ())), tuple(pieces.get(n, ())))
            for n in range(len(self.text))
        ]

    def _measure(self, entries: Sequence[EntryPlace]) -> dict[str, tuple[tuple[float, float], ...]]:
        """The breadth of each word of the entries, reckoned from those of their tokens."""
        if not entries:
            return {}
        groups = [
            (f"measure-{band}", band, [self._key(e.id, "0") for e in entries if e.band == band])
            for band in {entry.band: None for entry in entries}
        ]
        measure = Measure(self.copy.entries(groups))
        sheet = endless(self.page.width) + TOKENS
        while not measure.read(self.lay(measure.page(), sheet)):
            pass  # a second page has what the first cannot tell of
        for name in self.bands:
            digits, gap = measure.number(name)
            self.bands[name] = replace(self.bands[name], digits=digits, gap=gap)
        return {entry.id: measure.words(entry.band, entry.id) for entry in entries}

    def _key(self, entry: str, number: str) -> Keyed:
        first, last = self.ranks[entry]
        return Keyed(entry, number, first, last)

    # Furniture

    def _furnish(self) -> None:
        """Separators of the bands, their heights, and the figures of the lines."""
        most = max(self.first_line + sum(self.counted), 1)
        self.furniture = self._galley(self.copy.furniture(self.styles, most))
        self.bands = {}
        for style in self.styles:
            side = "above-" if style.head else ""
            self.bands[style.name] = Band(
                style.name,
                style.run_in,
                style.head,
                style.columns,
                apart=self._height_of(f"{side}apart-{style.name}"),
                next=self._height_of(f"{side}next-{style.name}"),
                below=self._height_of(f"below-{style.name}") if style.head else 0.0,
                line=self._line_of(f"line-{style.name}"),
                width=column_width(self.page.width, style.columns),
                indent=self._indent_of(style.name),
            )

    def _height_of(self, name: str) -> float:
        box = self.furniture.boxes.get(name)
        return float(box.margin_height()) if box is not None else 0.0

    def _indent_of(self, name: str) -> float:
        """How far the turned lines of a band are set in, in px."""
        box = self.furniture.boxes.get(f"line-{name}")
        return float(box.padding_left) if box is not None else 0.0

    def _line_of(self, name: str) -> float:
        where = self.furniture.where.get(name)
        return self.furniture.height(where[0], where[0] + 1) if where and where[0] else 0.0

    # Breaking

    def settle(self, label: Callable[[int], str]) -> list[Plan]:
        """Break the pages until their bands stand as high as was reckoned.

        `label` gives the folio of a page of the section, from 0, for lemmas over two pages.
        """
        for _ in range(MOST_PASSES):
            self.plans = self.paginate()
            self.keyed = self._number(label)
            self._lay_bands()
            self.at_rest = self._correct()
            if self.at_rest is None and self._key_notes(label):
                break
        return self.plans

    def paginate(self) -> list[Plan]:
        """Break the pages once."""
        return Breaker(*self.broken_from()).paginate(self.more)

    def broken_from(self) -> tuple[Any, ...]:
        """What pages are broken from, as the breaker takes it."""
        return (
            self.text, self.called, self.counted, list(self.bands.values()), self._floor,
            self.numbering.lines, self.numbering.restart, self.first_line, self.line,
        )  # fmt: skip

    def _key_notes(self, label: Callable[[int], str]) -> bool:
        """Whether the notes that are keyed by line have their numbers; else they are laid anew."""
        keys = {}
        before = ""
        for note in self.foot:
            if note.lemma is not None:
                said = self._locus(note.lemma, label)
                known = said == before and note.lemma.words
                keys[note.id] = self._key(note.lemma.id, "" if known else said)
                before = said
        if keys == self.note_keys:
            return True
        self.note_keys = keys
        self._lay_notes()
        return False

    def _floor(self, page: int) -> float:
        return self.page.height(page) - self.extant.room

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.plans)

    @property
    def blanks(self) -> frozenset[int]:
        """The pages, from 0, on which nothing stands."""
        return frozenset(number for number, plan in enumerate(self.plans) if plan.is_empty)

    def blank(self, page: int) -> float:
        """The height that a page has left, its bands as they were laid out."""
        return self.plans[page].blank + self.plans[page].more - self._excess(page)

    def _excess(self, page: int) -> float:
        """By how much the entries of a page are higher than was reckoned."""
        real = sum(self.band_height(band, keyed) for band, keyed in self.keyed[page].items())
        return real - self.plans[page].run_in

    def _number(self, label: Callable[[int], str]) -> list[dict[str, list[Keyed]]]:
        """The entries of each page by band, with their numbers as printed."""
        pages: list[dict[str, list[Keyed]]] = []
        self.loci: dict[str, str] = {}
        for plan in self.plans:
            bands: dict[str, list[Keyed]] = {}
            before: dict[str, str] = {}
            for numbered in plan.entries:
                entry = numbered.entry
                said = self.loci[entry.id] = self._locus(self.entries[entry.id], label)
                shown = "" if before.get(entry.band) == said else said
                before[entry.band] = said
                bands.setdefault(entry.band, []).append(self._key(entry.id, shown))
            pages.append(bands)
        return pages

    def page_of(self, strip: int) -> int:
        """The page, from 0, on which a strip stands."""
        return next(n for n, plan in enumerate(self.plans) if strip < plan.stop)

    def number_of(self, strip: int) -> int:
        """The number of a strip on the count; that of the line before it, if it has none."""
        plan = self.plans[self.page_of(strip)]
        return plan.lines + sum(self.counted[plan.start : strip + 1])

    def _locus(self, place: EntryPlace, label: Callable[[int], str]) -> str:
        """`12`, `12–14`, and over two pages `12,34–13,2`; a heading is `tit.`"""
        first, last = lines_of(self.text, place)
        if self.text.strips[first].is_heading:
            return "tit."
        page, later = self.page_of(first), self.page_of(last)
        start, end = self.number_of(first), self.number_of(last)
        if page != later:
            return f"{label(page)},{start}–{label(later)},{end}"
        return self.numbering.lines(start, end)

    def _lay_bands(self) -> None:
        """Lay out the run-in bands of all pages that are not laid out yet."""
        wanted = {
            (band, tuple(keyed)): f"band-{len(self.laid) + number}"
            for number, (band, keyed) in enumerate(
                (band, keyed) for page in self.keyed for band, keyed in page.items()
            )
            if (band, tuple(keyed)) not in self.laid
        }
        if wanted:
            groups = [(name, band, keyed) for (band, keyed), name in wanted.items()]
            galley = self._galley(self.copy.entries(groups))
            for key, name in wanted.items():
                self.laid[key] = galley, name

    def _correct(self) -> int | None:
        """Give pages whose bands are higher than reckoned what they lack; the first such page."""
        first: int | None = None
        for number, plan in enumerate(self.plans):
            if self.blank(number) < -0.05 and plan.blank > -0.05:
                self.more[plan.start] = self._excess(number)
                first = number if first is None else first
        return first

    def band_height(self, band: str, keyed: Sequence[Keyed]) -> float:
        """The height of entries of a band as they were laid out, in its columns."""
        heights = [height for _, _, height in self.parts(band, keyed)]
        style = self.bands[band]
        if style.run_in:
            return (
                -(-len(heights) // style.columns) * style.line
                if style.columns > 1
                else (sum(heights))
            )
        return column_height(heights, style.columns)

    def parts(self, band: str, keyed: Sequence[Keyed]) -> list[tuple[int, int, float]]:
        """What a column may end after, as strips of the galley of its band with their height.

        The lines of entries that run on, or each entry of a band of blocks.
        """
        galley, name = self.laid[band, tuple(keyed)]
        first, last = galley.where[name]
        strips = galley.strips
        if self.bands[band].run_in:
            edges = [(number, number + 1) for number in range(first, last + 1)]
        else:
            places = [galley.where[one.id] for one in keyed]
            edges = [(start, stop + 1) for start, stop in places]
        return [(a, b, strips[b - 1].bottom - strips[a].top) for a, b in edges]

    def title(self, page: int) -> int:
        """The first strip of a page below the title of the section, if it has that."""
        plan = self.plans[page]
        number = plan.start
        while plan.start == 0 and number < plan.stop and self.text.strips[number].is_title:
            number += 1
        return number if number < plan.stop else plan.start

    def first_line_top(self, page: int) -> float:
        """How far below the top of its text a page has its first numbered line."""
        plan = self.plans[page]
        for number in range(plan.start, plan.stop):
            if self.counted[number]:
                return self.text.strips[number].top - self.text.begin(plan.start)
        return 0.0

    def spread(self, page: int) -> tuple[list[Beside], list[float]]:
        """The margin notes of a page, and how far each stands below the top of its text."""
        first, height = self.first_line_top(page), self.page.height(page)
        return self.margins.spread(self.plans[page], first, height)

    def crowded(self) -> list[str]:
        """Margin notes without room on the first page that has such.

        Not all of them at once: at the foot they push others, with their words, to the next page.
        """
        for page, plan in enumerate(self.plans):
            if lost := self.margins.lost(plan, self.first_line_top(page), self.page.height(page)):
                return [note.id for note in lost[: -(-len(lost) // 3)]]
        return []

    def ids(self) -> list[list[str]]:
        """The ids that stand on each page: of the text, of entries, in notes and margin notes.

        That of a note stands on all its pages.
        """
        pages: list[list[str]] = []
        inside = _named(self.notes)
        beside = _named(self.margins.galley)
        for plan, bands in zip(self.plans, self.keyed, strict=True):
            strips = range(plan.start, plan.stop)
            here = [name for name, (first, _) in self.text.where.items() if first in strips]
            here += [keyed.id for band in bands.values() for keyed in band]
            for piece in plan.pieces:
                assert isinstance(piece.note, GalleyNote)
                first = piece.note.first
                here += [piece.note.id] if piece.start else []  # it runs on
                for number in range(first + piece.start, first + piece.stop):
                    here += inside.get(number, ())
            for number in self.margins.strips_beside(plan):
                here += beside.get(number, ())
            pages.append(here)
        return pages


def _named(galley: Galley | None) -> dict[int, list[str]]:
    """The ids that begin in each strip of a galley."""
    named: dict[int, list[str]] = {}
    for name, (first, _) in galley.where.items() if galley is not None else ():
        named.setdefault(first, []).append(name)
    return named


def endless(width: float) -> str:
    """The style of a galley: one page of a breadth in px, without end or margins."""
    return (
        f"@page {{ size: {width:.4f}px {ENDLESS}px !important; margin: 0 !important; "
        "padding: 0 !important }\n"
        "body > section { break-before: auto !important }"
    )
