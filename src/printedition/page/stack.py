"""What stands at the foot and head of a page: run-in entries filled line by line, and notes.

Heights are reckoned here before anything is laid out, so that a page can be filled down to the
top of its bands. All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import Protocol

from printedition.frozen import dataclass

_ROUNDING = 0.01
HEAD_GAP = 12.0  # px between bands above the text and the text: 9 pt
COLUMN_GAP = 6 * 96 / 25.4  # px between the columns of a band: 6 mm


def column_width(width: float, columns: int) -> float:
    """The breadth of each of so many columns in a breadth, in px."""
    return (width - COLUMN_GAP * (columns - 1)) / columns


@dataclass(frozen=True, slots=True)
class Band:
    """One apparatus among several on the page, and the measures of its type.

    `apart` is the room above the band, its separator and heading included, where it is the first
    of its side; `next` where another of its side stands before it; `below` the room of what parts
    a band above the text from what is below. `digits` are the widths
    of the characters of a line number, `gap` what stands between a number and its lemma, `indent`
    how far the turned lines of a block are set in.
    """

    name: str
    run_in: bool
    head: bool = False
    columns: int = 1
    apart: float = 0.0
    next: float = 0.0
    below: float = 0.0
    line: float = 0.0
    width: float = 0.0
    digits: Mapping[str, float] = field(default_factory=dict)
    gap: float = 0.0
    indent: float = 0.0

    def breadth(self, number: str) -> float:
        """How broad a line number and the gap after it are."""
        if not number:
            return 0.0
        return sum(self.digits.get(digit, 0.0) for digit in number) + self.gap


class Note(Protocol):
    """A note as strips of its own: heights, and where it may be divided."""

    @property
    def id(self) -> str:
        """The id of the note."""

    @property
    def band(self) -> str:
        """The name of the band that it stands in."""

    def __len__(self) -> int: ...

    def height(self, start: int, stop: int) -> float:
        """The height of its strips from start to before stop."""

    def ends(self, start: int) -> Sequence[int]:
        """The strips before which it may be divided, after start; its length is the last."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a note that stands on one page: its strips from start to before stop."""

    note: Note
    start: int
    stop: int

    @property
    def height(self) -> float:
        """The height of the part, in px."""
        return self.note.height(self.start, self.stop)

    def least(self) -> Piece:
        """The shortest beginning of it that may stand alone."""
        ends = [end for end in self.note.ends(self.start) if end <= self.stop]
        return replace(self, stop=ends[0] if ends else self.stop)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry with the line number of its lemma on this page, as printed: `12`, `12–14`."""

    entry: RunInEntry
    line: int
    number: str


@dataclass(frozen=True, slots=True)
class RunInEntry:
    """An entry of a run-in band: its words as (blank before, breadth), and the lines it spans.

    `reach` counts the numbered lines from the first of its lemma to the last. A line of the band
    may end before every word but the first.
    """

    id: str
    band: str
    words: tuple[tuple[float, float], ...]
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Called:
    """What a strip calls: entries of run-in bands, and notes, in the order of their calls."""

    entries: tuple[RunInEntry, ...] = ()
    notes: tuple[Piece, ...] = ()


@dataclass(slots=True)
class _Filling:
    """How far a band is filled with entries: its lines, the breadth of the last, the last number;
    in a band of blocks the lines of each entry."""

    lines: int = 0
    x: float = 0.0
    number: str = ""
    blocks: list[int] = field(default_factory=list)

    def height(self, band: Band) -> float:
        """The height of the entries, in the columns of their band."""
        if band.run_in:
            return -(-self.lines // band.columns) * band.line
        return column_height([lines * band.line for lines in self.blocks], band.columns)


class Stack:
    """The bands of one page as they fill; `lines` prints the numbers of a lemma's lines."""

    def __init__(
        self, bands: Sequence[Band], more: float, lines: Callable[[int, int], str]
    ) -> None:
        self.bands, self._range = bands, lines
        self.more = more
        self.entries: list[Numbered] = []
        self.pieces: list[Piece] = []
        self._filled: dict[str, _Filling] = {}

    def copy(self) -> Stack:
        """The same bands, to try what would fit."""
        made = Stack(self.bands, self.more, self._range)
        made.entries, made.pieces = list(self.entries), list(self.pieces)
        made._filled = {
            name: replace(filled, blocks=list(filled.blocks))
            for name, filled in self._filled.items()
        }
        return made

    def put(self, piece: Piece) -> None:
        """Add a piece of a note below those of its band."""
        self.pieces.append(piece)

    def enter(self, entry: RunInEntry, line: int) -> None:
        """Add an entry, whose lemma begins in a line of this number, to its band."""
        band = next(band for band in self.bands if band.name == entry.band)
        filled = self._filled.setdefault(entry.band, _Filling())
        number = self._range(line, line + entry.reach)
        shown = "" if number == filled.number else number
        filled.number = number
        self.entries.append(Numbered(entry, line, shown))
        breadth, before = band.breadth(shown), filled.lines
        if not band.run_in:
            filled.x = float("inf")
        for blank, word in entry.words:
            needed = breadth + word
            if filled.lines and filled.x + blank + needed <= band.width + _ROUNDING:
                filled.x += blank + needed
            else:
                turned = filled.lines > before or band.run_in
                filled.lines += 1
                filled.x = needed + (band.indent if turned else 0.0)
            breadth = 0.0
        filled.blocks.append(filled.lines - before)

    def call(self, called: Called, line: int) -> None:
        """Add what a strip calls, whose line has this number."""
        for entry in called.entries:
            self.enter(entry, line)
        for piece in called.notes:
            self.put(piece)

    def take(self, pieces: Sequence[Piece], room: float) -> list[Piece]:
        """Put as much as the room holds, in order, and give back what is left over."""
        for number, piece in enumerate(pieces):
            kept, rest = self.fitting(piece, room)
            if kept is not None:
                self.put(kept)
            if rest is not None:
                return [rest, *pieces[number + 1 :]]
        return []

    def height(self) -> float:
        """The height of all bands with what stands between them and the text."""
        return self._height(self.pieces)

    def run_in(self) -> float:
        """The height reckoned of the entries alone."""
        bands = {band.name: band for band in self.bands}
        return sum(filled.height(bands[name]) for name, filled in self._filled.items())

    def least(self) -> float:
        """The same, if the last note were divided as early as may be."""
        if not self.pieces:
            return self._height(self.pieces)
        return self._height([*self.pieces[:-1], self.pieces[-1].least()])

    def fitting(self, piece: Piece, room: float) -> tuple[Piece | None, Piece | None]:
        """As much of a piece as the room holds, and what is left of it."""
        if self._height([*self.pieces, piece]) <= room + _ROUNDING:
            return piece, None
        kept: Piece | None = None
        for end in piece.note.ends(piece.start):
            trial = replace(piece, stop=end)
            if end >= piece.stop or self._height([*self.pieces, trial]) > room + _ROUNDING:
                break
            kept = trial
        if kept is None:
            return None, piece
        return kept, replace(piece, start=kept.stop)

    def _height(self, pieces: Sequence[Piece]) -> float:
        total = 0.0
        sides: set[bool] = set()
        by_band: dict[str, list[Piece]] = {}
        for piece in pieces:
            by_band.setdefault(piece.note.band, []).append(piece)
        for band in self.bands:
            filled = self._filled.get(band.name)
            content = filled.height(band) if filled else 0.0
            if standing := by_band.get(band.name):
                heights = [piece.height for piece in fragments(standing, band.columns)]
                content += column_height(heights, band.columns)
            elif filled is None:
                continue
            total += content + (band.next if band.head in sides else band.apart) + band.below
            if band.head and not sides & {True}:
                total += HEAD_GAP
            sides.add(band.head)
        return total + (self.more if total else 0.0)


def fragments(pieces: Sequence[Piece], columns: int) -> list[Piece]:
    """Pieces divided wherever they may be, so that they fill columns; whole in one column."""
    if columns == 1:
        return list(pieces)
    made = []
    for piece in pieces:
        start = piece.start
        for end in piece.note.ends(start):
            if end <= piece.stop:
                made.append(replace(piece, start=start, stop=end))
                start = end
    return made


def column_height(heights: Sequence[float], columns: int) -> float:
    """How high blocks of these heights stand in so many columns of one height, each whole."""
    if columns == 1 or len(heights) < 2:
        return sum(heights)
    low = max(*heights, sum(heights) / columns)
    while True:
        columns_used, x, nearest = 1, 0.0, float("inf")
        for height in heights:
            if x + height > low + _ROUNDING:
                nearest = min(nearest, x + height)
                columns_used, x = columns_used + 1, height
            else:
                x += height
        if columns_used <= columns:
            return low
        low = nearest


def in_columns(heights: Sequence[float], columns: int) -> list[list[int]]:
    """Which blocks stand in each column, as `column_height` reckons them."""
    most = column_height(heights, columns)
    made: list[list[int]] = [[]]
    x = 0.0
    for number, height in enumerate(heights):
        if made[-1] and columns > 1 and x + height > most + _ROUNDING:
            made.append([])
            x = 0.0
        made[-1].append(number)
        x += height
    return made
