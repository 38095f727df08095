"""Sets one section: text and notes on galleys, broken into pages, line numbers filled in.

A setting is given the HTML of a section and the ids of what stands off from it, and gives pages
of boxes. All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.formatting_structure import boxes

from printedition.page import margins
from printedition.page.breaking import Breaker, Plan
from printedition.page.galley import ENDLESS, Galley, Strip
from printedition.page.measure import Measure
from printedition.page.stack import Band, Called, Numbered, Piece, RunInEntry, in_columns

MOST_PASSES = 5

Lay = Callable[[str, str], Any]  # HTML and a style sheet to pages


@dataclass(frozen=True, slots=True)
class Keyed:
    """What the page knows of an entry: its number there, empty where it repeats the one before,
    and the ranks of the first and last words of its lemma among like words of their lines."""

    id: str
    number: str = ""
    first_rank: int = 0
    last_rank: int = 0


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """An entry: its band, the ids of the first and last words of its lemma, and these words."""

    id: str
    band: str
    first: str
    last: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotePlace:
    """A note or margin note: its band (margin for those), and the id of what calls it."""

    id: str
    band: str
    call: str


@dataclass(frozen=True, slots=True)
class BandStyle:
    """A band as edition.yaml declares it; `head`: above the text."""

    name: str
    run_in: bool
    head: bool = False
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which lines bear their number (0: none), where counting starts anew, and the side."""

    every: int = 5
    restart: bool = True
    side: str = "inner"  # inner, outer, left, right


@dataclass(frozen=True, slots=True)
class Sources:
    """The HTML of a section: its text, its notes, its margin notes; and its entries for facts.

    `entries` takes groups of keyed entries by the id of a paragraph, with the band's name, and
    gives a page that has one paragraph for each.
    """

    text: str
    notes: str
    margins: str
    entries: Callable[[Sequence[tuple[str, str, Sequence[Keyed]]]], str]
    furniture: Callable[[Sequence[BandStyle], int], str]


@dataclass(frozen=True, slots=True)
class Page:
    """The room of a page: its breadth, the height of the first of a section and of others, and
    the breadth of the column of margin notes."""

    width: float
    first: float
    other: float
    margin: float

    def height(self, number: int) -> float:
        return self.other if number else self.first


class GalleyNote:
    """A note as strips of the galley of notes."""

    def __init__(self, name: str, band: str, galley: Galley) -> None:
        self.id, self.band, self._galley = name, band, galley
        self.first, last = galley.where[name]
        self._length = last + 1 - self.first

    def __len__(self) -> int:
        return self._length

    def height(self, start: int, stop: int) -> float:
        if stop <= start:
            return 0.0
        strips = self._galley.strips
        return strips[self.first + stop - 1].bottom - strips[self.first + start].top

    def ends(self, start: int) -> Sequence[int]:
        strips, length = self._galley.strips, self._length
        return [
            number
            for number in range(start + 1, length + 1)
            if number == length or strips[self.first + number - 1].end.value
        ]


@dataclass(slots=True)
class Composed:
    """A page's content: the boxes of its text and notes, and what is painted as artifacts."""

    roots: list[Any]
    artifacts: list[Any] = field(default_factory=list)


class Setting:
    """One section, laid out on galleys and broken into pages."""

    def __init__(
        self,
        lay: Lay,
        sources: Sources,
        page: Page,
        bands: Sequence[BandStyle],
        entries: Sequence[EntryPlace],
        notes: Sequence[NotePlace],
        numbering: Numbering,
        first_line: int = 0,
        line: float = 18.0,
    ) -> None:
        self.lay, self.sources, self.page = lay, sources, page
        self.numbering, self.first_line, self.line = numbering, first_line, line
        self.styles = bands
        self.entries = {entry.id: entry for entry in entries}
        self.text = self._galley(sources.text)
        self.counted = [_is_counted(strip) for strip in self.text.strips]
        self.laid: dict[tuple[str, tuple[Keyed, ...]], tuple[Galley, str]] = {}
        self.margins = self._margins(notes)
        self._furnish()
        self.called = self._call([note for note in notes if note.band != "margin"])
        self.plans: list[Plan] = []
        self.keyed: list[dict[str, list[Keyed]]] = []

    def _galley(self, html: str, width: float = 0.0) -> Galley:
        return Galley(self.lay(html, _endless(width or self.page.width)))

    # What stands off

    def _call(self, notes: Sequence[NotePlace]) -> list[Called]:
        """What each strip of the text calls."""
        entries: dict[int, list[RunInEntry]] = {}
        pieces: dict[int, list[Piece]] = {}
        running = [e for e in self.entries.values() if self._style(e.band).run_in]
        self.ranks = {entry.id: self._rank(entry) for entry in self.entries.values()}
        words = self._measure(running)
        for entry in running:
            first, last = self._lines(entry)
            reach = sum(self.counted[first + 1 : last + 1])
            entries.setdefault(first, []).append(
                RunInEntry(entry.id, entry.band, words[entry.id], reach)
            )
        galley = self._galley(self.sources.notes) if notes else None
        self.notes = galley
        for note in notes:
            assert galley is not None
            made = GalleyNote(note.id, note.band, galley)
            first = self.text.where[note.call][0]
            pieces.setdefault(first, []).append(Piece(made, 0, len(made)))
        return [
            Called(tuple(entries.get(n, ())), tuple(pieces.get(n, ())))
            for n in range(len(self.text))
        ]

    def _style(self, band: str) -> BandStyle:
        return next(style for style in self.styles if style.name == band)

    def _lines(self, entry: EntryPlace) -> tuple[int, int]:
        """The strips of a lemma's first and last letters; a broken word counts where it begins."""
        first = self.text.where[entry.first][0]
        return first, max(first, self.text.where[entry.last][0])

    def _rank(self, entry: EntryPlace) -> tuple[int, int]:
        """Which of several like words of its lines a lemma is, or its first and last words are.

        0 where they are alone. The rank follows the lines, so it is told anew when they change.
        """
        first, last = self._lines(entry)
        if len(entry.words) == 1:
            at = len(_before(self.text.strips[first], entry.first))
            return 0, self._rank_of(entry.words[0], at, first, last)
        start = len(_before(self.text.strips[first], entry.first))
        end = len(_before(self.text.strips[last], entry.last))
        end -= len(entry.words[-1]) - len(entry.words[-1].split()[-1])
        return (
            self._rank_of(entry.words[0], start, first, first),
            self._rank_of(entry.words[-1], end, last, last),
        )

    def _rank_of(self, words: str, at: int, first: int, last: int) -> int:
        """The rank of words that stand near an offset, among their like in lines first to last."""
        lines = self._joined(first, last)
        following = self._joined(first, min(last + 1, len(self.text) - 1))
        found = [place for place in _occurrences(words, following) if place < len(lines)]
        if len(found) < 2:
            return 0
        return min(range(len(found)), key=lambda number: abs(found[number] - at)) + 1

    def _joined(self, first: int, last: int) -> str:
        """The words of lines, a word broken over two of them made whole."""
        joined = ""
        for strip in self.text.strips[first : last + 1]:
            words = strip.words()
            if joined.endswith("\u2010"):
                joined = joined[:-1] + words
            elif not joined or joined.endswith((" ", "-", "–", "—")):
                joined += words
            else:
                joined += " " + words
        return joined

    def _measure(self, entries: Sequence[EntryPlace]) -> dict[str, tuple[tuple[float, float], ...]]:
        """The breadth of each word of the entries, reckoned from those of their tokens."""
        if not entries:
            return {}
        groups = [
            (f"measure-{band}", band, [self._key(e.id, "0") for e in entries if e.band == band])
            for band in {entry.band: None for entry in entries}
        ]
        measure = Measure(self.sources.entries(groups))
        pages = self.lay(measure.page(), _endless(self.page.width))
        measure.read(pages)
        for name in self.bands:
            if self.bands[name].run_in:
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
        self.furniture = self._galley(self.sources.furniture(self.styles, most))
        self.bands = {}
        for style in self.styles:
            apart = self._height_of(f"apart-{style.name}")
            between = self._height_of(f"next-{style.name}")
            line = self._line_of(f"line-{style.name}")
            self.bands[style.name] = Band(
                style.name, style.run_in, style.head, style.columns, apart, between, line,
                self.page.width,
            )  # fmt: skip

    def _height_of(self, name: str) -> float:
        box = self.furniture.boxes.get(name)
        return float(box.margin_height()) if box is not None else 0.0

    def _line_of(self, name: str) -> float:
        where = self.furniture.where.get(name)
        return self.furniture.height(where[0], where[0] + 1) if where and where[0] else 0.0

    def _margins(self, notes: Sequence[NotePlace]) -> dict[int, list[str]]:
        """The margin notes that each strip of the text calls."""
        called: dict[int, list[str]] = {}
        mine = [note for note in notes if note.band == "margin"]
        if mine:
            self.side = self._galley(self.sources.margins, self.page.margin)
        for note in mine:
            called.setdefault(self.text.where[note.call][0], []).append(note.id)
        return called

    # Breaking

    def settle(self, label: Callable[[int], str]) -> list[Plan]:
        """Break the pages until their bands stand as high as was reckoned.

        `label` gives the folio of a page of the section, from 0, for lemmas over two pages.
        """
        more: dict[int, float] = {}
        breaker = Breaker(
            self.text, self.called, self.counted, list(self.bands.values()), self.page.height,
            self.numbering.restart, self.first_line, self.line,
        )  # fmt: skip
        for _ in range(4 * MOST_PASSES):
            self.plans = breaker.paginate(more)
            self.keyed = self._number(label)
            self._lay_bands()
            if not self._correct(more):
                break
        return self.plans

    def _number(self, label: Callable[[int], str]) -> list[dict[str, list[Keyed]]]:
        """The entries of each page by band, with their numbers as printed."""
        pages: list[dict[str, list[Keyed]]] = []
        for number, plan in enumerate(self.plans):
            bands: dict[str, list[Keyed]] = {}
            before: dict[str, str] = {}
            for numbered in plan.entries:
                entry = numbered.entry
                said = self._locus(numbered, number, label)
                shown = "" if before.get(entry.band) == said else said
                before[entry.band] = said
                bands.setdefault(entry.band, []).append(self._key(entry.id, shown))
            pages.append(bands)
        return pages

    def _locus(self, numbered: Numbered, page: int, label: Callable[[int], str]) -> str:
        """`12`, `12–14`, and over two pages `12,34–13,2`."""
        _, last = self._lines(self.entries[numbered.entry.id])
        if last < self.plans[page].stop:
            end = numbered.line + numbered.entry.reach
            return str(numbered.line) if end == numbered.line else f"{numbered.line}–{end}"
        later = next(n for n, plan in enumerate(self.plans) if last < plan.stop)
        plan = self.plans[later]
        line = plan.lines + sum(self.counted[plan.start : last + 1])
        return f"{label(page)},{numbered.line}–{label(later)},{line}"

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
            galley = self._galley(self.sources.entries(groups))
            for key, name in wanted.items():
                self.laid[key] = galley, name

    def _correct(self, more: dict[int, float]) -> bool:
        """Whether a page's real bands are higher than reckoned and it must be broken again."""
        for plan, page in zip(self.plans, self.keyed, strict=True):
            real = sum(self._band_height(band, keyed) for band, keyed in page.items())
            if real > plan.run_in + plan.blank + 0.05 and plan.stop - plan.start > 1:
                more[plan.start] = more.get(plan.start, 0.0) + real - plan.run_in
                return True
        return False

    def _band_height(self, band: str, keyed: Sequence[Keyed]) -> float:
        galley, name = self.laid[band, tuple(keyed)]
        first, last = galley.where[name]
        return galley.strips[last].bottom - galley.strips[first].top

    def ids(self) -> list[list[str]]:
        """The ids that stand on each page: of the text, of entries, notes and margin notes."""
        pages: list[list[str]] = []
        for plan, bands in zip(self.plans, self.keyed, strict=True):
            strips = range(plan.start, plan.stop)
            here = [name for name, (first, _) in self.text.where.items() if first in strips]
            here += [keyed.id for band in bands.values() for keyed in band]
            here += [piece.note.id for piece in plan.pieces if not piece.start]
            here += [name for number in strips for name in self.margins.get(number, ())]
            pages.append(here)
        return pages

    # Composing

    def compose(self, number: int, left: float, top: float, recto: bool) -> Composed:
        """The content of a page of the section, at the left top corner of its room."""
        plan, page = self.plans[number], self.keyed[number]
        floor = self.page.height(number)
        composed = Composed([])
        heads = [band for band in self.bands.values() if band.head]
        feet = [band for band in self.bands.values() if not band.head]
        content: list[Any] = []
        y = top
        for band in heads:
            y = self._set_band(band, plan, page, left, y, content, composed, y > top)
        dy = y - self.text.begin(plan.start)
        if plan.stop > plan.start:
            composed.roots = self.text.cut(plan.start, plan.stop, left - self.text.left, dy)
        low = top + floor - self._feet_height(feet, plan, page)
        other = False
        for band in feet:
            was = low
            low = self._set_band(band, plan, page, left, low, content, composed, other)
            other = other or low > was
        self._figures(plan, dy, left, recto, composed)
        beside = self._beside(plan, left, top, floor, recto)
        self._hang(composed, content, beside)
        return composed

    def _pieces(self, plan: Plan, band: Band) -> list[Piece]:
        return [piece for piece in plan.pieces if piece.note.band == band.name]

    def _feet_height(
        self, feet: Sequence[Band], plan: Plan, page: Mapping[str, list[Keyed]]
    ) -> float:
        total = 0.0
        for band in feet:
            content = self._content_height(band, plan, page)
            if content:
                total += content + (band.next if total else band.apart)
        return total

    def _content_height(self, band: Band, plan: Plan, page: Mapping[str, list[Keyed]]) -> float:
        total = self._band_height(band.name, page[band.name]) if band.name in page else 0.0
        if pieces := self._pieces(plan, band):
            columns = in_columns(pieces, band.columns)
            total += max(sum(piece.height for piece in column) for column in columns)
        return total

    def _set_band(
        self,
        band: Band,
        plan: Plan,
        page: Mapping[str, list[Keyed]],
        left: float,
        y: float,
        content: list[Any],
        composed: Composed,
        other: bool,
    ) -> float:
        """Set a band with its separator, and say where it ends."""
        height = self._content_height(band, plan, page)
        if not height:
            return y
        separator = self.furniture.boxes[f"{'next' if other else 'apart'}-{band.name}"].deepcopy()
        separator.translate(left - separator.position_x, y - separator.position_y)
        composed.artifacts.append(separator)
        y += separator.margin_height()
        if band.name in page:
            galley, name = self.laid[band.name, tuple(page[band.name])]
            first, last = galley.where[name]
            dy = y - galley.strips[first].top
            content.append(galley.cut_block(name, first, last + 1, left - galley.left, dy))
        x = left
        for column in in_columns(self._pieces(plan, band), band.columns):
            low = y
            for piece in column:
                content.append(self._set_piece(piece, x, low))
                low += piece.height
            x += self.page.width / band.columns
        return y + height

    def _set_piece(self, piece: Piece, left: float, y: float) -> Any:
        note = piece.note
        assert isinstance(note, GalleyNote) and self.notes is not None
        galley = self.notes
        start, stop = note.first + piece.start, note.first + piece.stop
        dy = y - galley.strips[start].top
        return galley.cut_block(note.id, start, stop, left - galley.left, dy)

    def _figures(self, plan: Plan, dy: float, left: float, recto: bool, composed: Composed) -> None:
        """The line numbers of a page, at the heights of their lines."""
        if not self.numbering.every:
            return
        at_left = {"left": True, "right": False, "inner": recto, "outer": not recto}
        side = at_left[self.numbering.side]
        count = plan.lines
        for number in range(plan.start, plan.stop):
            count += self.counted[number]
            if not self.counted[number] or count % self.numbering.every:
                continue
            strip = self.text.strips[number]
            figure = self.furniture.boxes[f"figure-{count}"].deepcopy()
            line = figure.children[0]
            y = strip.box.position_y + strip.box.baseline - line.baseline
            gap = 2 * self.line / 3
            x = left - gap - figure.width if side else left + self.page.width + gap
            ink = line.children[0].width if line.children else 0.0
            x = left - gap - ink if side else x
            figure.translate(x - line.children[0].position_x, y - line.position_y)
            composed.artifacts.append(figure)

    def _beside(
        self, plan: Plan, left: float, top: float, floor: float, recto: bool
    ) -> list[tuple[int, Any]]:
        """The margin notes of a page, each with its strip, moved beside it."""
        wanted = []
        for number in range(plan.start, plan.stop):
            for name in self.margins.get(number, ()):
                strip = self.text.strips[number]
                block = self.side.boxes[name]
                baseline = strip.box.position_y + (getattr(strip.box, "baseline", 0) or 0)
                first = self.side.strips[self.side.where[name][0]]
                rise = first.baseline - block.position_y
                wanted.append((number, block, baseline - rise))
        tops = margins.spread(
            [y for _, _, y in wanted], [b.margin_height() for _, b, _ in wanted], top, top + floor
        )
        x = left + self.page.width + margins.GAP if recto else left - margins.GAP - self.page.margin
        for (_, block, _), y in zip(wanted, tops, strict=True):
            block.translate(x - block.position_x, y - block.position_y)
        return [(number, block) for number, block, _ in wanted]

    def _hang(self, composed: Composed, content: list[Any], beside: list[tuple[int, Any]]) -> None:
        """Hang notes into the tree of a page: margin notes after their paragraph, bands last."""
        if not composed.roots:
            root = self.text.roots[0]
            body = root.children[0]
            composed.roots = [root.copy_with_children([body.copy_with_children([])])]
        for number, block in reversed(beside):
            holder, index = _holder(composed.roots, self.text.strips[number].box)
            holder.children = [*holder.children[: index + 1], block, *holder.children[index + 1 :]]
        body = composed.roots[-1].children[0]
        body.children = [*body.children, *content]


def _holder(roots: Sequence[Any], line: Any) -> tuple[Any, int]:
    """The box that holds the paragraph of a line, and the place of the paragraph in it."""

    def search(box: Any) -> tuple[Any, int] | None:
        for index, child in enumerate(box.children):
            if child is line:
                return box, index
            if hasattr(child, "children") and (found := search(child)):
                if found[0] is child and isinstance(line, boxes.LineBox):
                    return box, index
                return found
        return None

    for root in roots:
        if found := search(root):
            return found
    return roots[-1].children[0], len(roots[-1].children[0].children) - 1


def _endless(width: float) -> str:
    """The style of a galley: one page of a breadth in px, without end or margins."""
    return (
        f"@page {{ size: {width:.4f}px {ENDLESS}px !important; margin: 0 !important; "
        "padding: 0 !important }\n"
        "body > section { break-before: auto !important }"
    )


_UNCOUNTED = {"h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "td", "th", "tr"}


def _is_counted(strip: Strip) -> bool:
    """Whether a strip is a line of running text or verse, with a number on the count.

    No headings, no blank lines, no words of the editor that fill a line (conventions of
    reledmac's `\\firstlinenum`, Oxford and Teubner).
    """
    if not strip.is_line or strip.apart or strip.element is None:
        return False
    if strip.element.tag in _UNCOUNTED:
        return False
    if not strip.words().strip():
        return False
    own = [element for text, element in strip.pieces() if text.strip()]
    return not all("gloss" in (element.get("class") or "").split() for element in own)


def _occurrences(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        if not (before.isalnum() and word[0].isalnum()) and not (
            after.isalnum() and word[-1].isalnum()
        ):
            yield at
        at = text.find(word, at + 1)


def _before(strip: Strip, name: str) -> str:
    """The words of a line before the element of an id."""
    made = []
    for box in strip.box.descendants():
        if box.element is not None and box.element.get("id") == name:
            break
        if isinstance(box, boxes.TextBox):
            made.append(box.text)
    return "".join(made)
