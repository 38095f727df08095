"""Draws the clauses' ways through the versions: boxes in columns, bands between, in points.

It is read on an A5 page and on a telephone: at most 320 pt broad, labels of 7 pt.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from printedition.book.ways import Carried, Stop, Ways
from printedition.book.ways_words import WaysWords
from printedition.frozen import dataclass

_BREADTHS = {1: (64.0, 0.0), 2: (64.0, 90.0), 3: (54.0, 52.0), 4: (48.0, 42.6), 5: (42.0, 27.5)}
_NARROW = (36.0, 20.8)  # of a box and of the room between, for six columns
_HEAD = 15.0  # the height of the sigla over the columns
_LEAST = 9.4  # of a box: its label
_GAP = 5.6
_HEIGHT = 300.0  # of the boxes at most: what an A5 page has room for below a title
_STEEPEST = 0.9  # points for a word, where there are few
_THINNEST = 1.1  # of a band of moved words
_LANE = 1.0  # of a band where it passes between the boxes of a version that lacks it
_ASIDE = (0.0, 1.8, -1.8)  # of several that pass there
_EM = 3.7  # the breadth of a character of a label, on the whole
MOST_BOXES = 20  # in a column; with more there are several pictures


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its label, and where that begins."""

    x: float
    y: float
    width: float
    height: float
    label: str
    middle: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words at a place: a siglum over its column, or where words went that leave the picture."""

    x: float
    y: float
    words: str

    @property
    def breadth(self) -> float:
        """About how broad the words are."""
        return _round(len(self.words) * _EM)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: bands and moved bands are paths, bars are where a row ends, all in points."""

    width: float
    height: float
    heads: tuple[Lettering, ...]
    boxes: tuple[Box, ...]
    bands: tuple[str, ...]
    moved: tuple[str, ...]
    bars: tuple[str, ...]
    leaving: tuple[Lettering, ...]


@dataclass(frozen=True, slots=True)
class WaysPicture:
    """The picture of a table of versions: its drawings, the same in words, and what is said round
    it.
    """

    drawings: tuple[Drawing, ...]
    sentences: tuple[str, ...]
    words: WaysWords

    @property
    def titles(self) -> tuple[str, ...]:
        """What each drawing is called."""
        of = len(self.drawings)
        if of == 1:
            return (self.words.title,)
        return tuple(self.words.part.format(number, of) for number in range(1, of + 1))


_Edge = tuple[float, float, float]  # x, and the y of a band's upper and lower edge


def draw(ways: Ways) -> WaysPicture:
    """The ways as a picture; of many rows as several, each of as many rows."""
    most = max((len(stops) for stops in ways.stops), default=0)
    parts = max(ceil(most / MOST_BOXES), 1)
    size = ceil(len(ways.rows) / parts) or 1
    ranges = [range(first, first + size) for first in range(0, len(ways.rows), size)]
    drawings = tuple(_Sketch(ways, rows).drawing() for rows in ranges)
    return WaysPicture(drawings, ways.sentences, ways.words)


class _Sketch:
    """One picture as it is reckoned: the boxes' places first, then the bands between them."""

    def __init__(self, ways: Ways, rows: range) -> None:
        self.ways = ways
        self.columns = [[stop for stop in stops if stop.row in rows] for stops in ways.stops]
        self.box, self.room = _BREADTHS.get(len(ways.sigla), _NARROW)
        self.scale = _scale(self.columns)
        self.tops: dict[int, float] = {}
        self.lanes: dict[tuple[int, int], int] = {}
        self.leaving: list[Lettering] = []
        self._place()

    def drawing(self) -> Drawing:
        """What is drawn."""
        count = len(self.columns)
        bottoms = [self.tops[id(s)] + self._height(s) for column in self.columns for s in column]
        heads = tuple(
            Lettering(_round(self._left(number) + self.box / 2), _HEAD - 6, siglum)
            for number, siglum in enumerate(self.ways.sigla)
        )
        return Drawing(
            _round(count * self.box + (count - 1) * self.room + 1),
            _round(max(bottoms, default=_HEAD) + _GAP),
            heads,
            tuple(self._box(stop) for column in self.columns for stop in column),
            tuple(self._bands()),
            tuple(path for each in self.ways.carried if (path := self._carried(each))),
            tuple(self._bars()),
            tuple(self.leaving),
        )

    # Places

    def _place(self) -> None:
        """The highest column first; then each beside it level with what answers it there."""
        heights = [_stacked([self._height(s) for s in column]) for column in self.columns]
        first = heights.index(max(heights))
        whole = heights[first]
        order = [*range(first, len(heights)), *range(first - 1, -1, -1)]
        middles: dict[int, float] = {}
        for number in order:
            column = self.columns[number]
            sizes = [self._height(stop) for stop in column]
            if number == first - 1 or number == first:
                middles = self._middles(first) if number == first - 1 else {}
            wanted = [
                middles[stop.row] - size / 2 if stop.row in middles else None
                for stop, size in zip(column, sizes, strict=True)
            ]
            for stop, top in zip(column, _level(wanted, sizes, whole), strict=True):
                self.tops[id(stop)] = _HEAD + top
            middles.update(self._middles(number))

    def _middles(self, number: int) -> dict[int, float]:
        return {
            stop.row: self.tops[id(stop)] - _HEAD + self._height(stop) / 2
            for stop in self.columns[number]
        }

    def _height(self, stop: Stop) -> float:
        return max(stop.words * self.scale, _LEAST)

    def _left(self, version: int) -> float:
        return 0.5 + version * (self.box + self.room)

    def _box(self, stop: Stop) -> Box:
        left, top, height = self._left(stop.version), self.tops[id(stop)], self._height(stop)
        return Box(
            _round(left),
            _round(top),
            _round(self.box),
            _round(height),
            _fitting(stop.label, int((self.box - 3) / _EM)),
            _round(left + self.box / 2),
            _round(top + height / 2 + 2.3),
        )

    # Bands

    def _bands(self) -> list[str]:
        """From each row's stops to those in the next version that has it."""
        bands = []
        for row in {stop.row: None for column in self.columns for stop in column}:
            held = [[s for s in column if s.row == row] for column in self.columns]
            for left, right in pairwise(number for number, own in enumerate(held) if own):
                bands += self._between(held[left], held[right])
        return bands

    def _between(self, left: Sequence[Stop], right: Sequence[Stop]) -> list[str]:
        """Bands from each to each, of each side as broad as the other is to its fellows."""
        before, after = sum(s.words for s in left) or 1, sum(s.words for s in right) or 1
        paths, used = [], {id(stop): 0.0 for stop in (*left, *right)}
        for one in left:
            for other in right:
                ends = []
                for stop, share in ((one, other.words / after), (other, one.words / before)):
                    start = used[id(stop)]
                    used[id(stop)] = start + stop.words * share
                    ends.append(self._edges(stop, start, used[id(stop)]))
                paths.append(self._path(one, ends[0], other, ends[1]))
        return paths

    def _edges(
        self, stop: Stop, start: float, end: float, least: float = 0.0
    ) -> tuple[float, float]:
        """The upper and lower edge of some of a stop's words."""
        height = self._height(stop)
        top = self.tops[id(stop)] + (height - stop.words * self.scale) / 2
        upper, lower = top + start * self.scale, top + end * self.scale
        if lower - upper < least:
            middle = (upper + lower) / 2
            upper, lower = middle - least / 2, middle + least / 2
        return upper, lower

    def _carried(self, each: Carried) -> str:
        """The band of moved words; where it leaves the picture, only words that say whither."""
        ends = (each.source, each.target)
        shown = [id(stop) in self.tops for stop in ends]
        if not all(shown):
            if any(shown):
                self._leave(each, inside=ends[shown.index(True)], goes=shown[0])
            return ""
        left = self._edges(each.source, *each.left, _THINNEST)
        right = self._edges(each.target, *each.right, _THINNEST)
        if each.source.version < each.target.version:
            return self._path(each.source, left, each.target, right)
        return self._path(each.target, right, each.source, left)

    def _leave(self, each: Carried, inside: Stop, goes: bool) -> None:
        other = self.ways.name_of(each.target if goes else each.source)
        words = f"→ {other}" if goes else f"← {other}"
        left = self._left(inside.version)
        last = inside.version == len(self.columns) - 1
        x = left - self.room / 2 if last else left + self.box + self.room / 2
        y = self.tops[id(inside)] + self._height(inside) / 2 + 2.3
        while any(one.x == _round(x) and abs(one.y - y) < 7 for one in self.leaving):
            y += 7
        self.leaving.append(Lettering(_round(x), _round(y), words))

    def _path(
        self, left: Stop, ends: tuple[float, float], right: Stop, others: tuple[float, float]
    ) -> str:
        edges: list[_Edge] = [(self._left(left.version) + self.box, *ends)]
        span = right.version - left.version
        for step in range(1, span):
            version = left.version + step
            wanted = (sum(ends) * (span - step) + sum(others) * step) / 2 / span
            breadth = min(_LANE, ends[1] - ends[0], others[1] - others[0])
            y = self._lane(version, wanted)
            edges += [
                (x, y - breadth / 2, y + breadth / 2)
                for x in (self._left(version), self._left(version) + self.box)
            ]
        edges.append((self._left(right.version), *others))
        return _ribbon(edges)

    def _lane(self, version: int, wanted: float) -> float:
        """The y by which a band passes a version: the nearest gap, beside those that do already."""
        column = self.columns[version]
        gaps = [_HEAD - _GAP / 2] if column else [wanted]
        gaps += [
            (self.tops[id(one)] + self._height(one) + self.tops[id(other)]) / 2
            for one, other in pairwise(column)
        ]
        gaps += [self.tops[id(s)] + self._height(s) + _GAP / 2 for s in column[-1:]]
        at = min(range(len(gaps)), key=lambda number: abs(gaps[number] - wanted))
        taken = self.lanes.get((version, at), 0)
        self.lanes[version, at] = taken + 1
        return gaps[at] + _ASIDE[taken % len(_ASIDE)]

    def _bars(self) -> list[str]:
        """A short end of a band with a bar, where no later version has the row."""
        bars = []
        for number, column in enumerate(self.columns[:-1]):
            later = {stop.row for each in self.columns[number + 1 :] for stop in each}
            for stop in column:
                if stop.row not in later:
                    upper, lower = self._edges(stop, 0, stop.words, 4)
                    x, end = self._left(number) + self.box, self._left(number) + self.box + 5
                    bars.append(
                        f"M{_round(x)} {_round((upper + lower) / 2)}H{_round(end)}"
                        f"M{_round(end)} {_round(upper)}V{_round(lower)}"
                    )
        return bars


def _scale(columns: Sequence[Sequence[Stop]]) -> float:
    """Points for a word, so that the highest column is as high as a page allows."""
    low, high = 0.0, _STEEPEST
    for _ in range(30):
        middle = (low + high) / 2
        highest = max(
            (_stacked([max(s.words * middle, _LEAST) for s in column]) for column in columns),
            default=0,
        )
        low, high = (middle, high) if highest <= _HEIGHT else (low, middle)
    return low


def _stacked(sizes: Sequence[float]) -> float:
    return sum(sizes) + _GAP * max(len(sizes) - 1, 0)


def _level(wanted: Sequence[float | None], sizes: Sequence[float], whole: float) -> list[float]:
    """Tops of boxes in order, none on another, each as near as can be to where it is wanted.

    Least squares under an order (pool adjacent violators), of the tops less what is above them.
    """
    offsets = [0.0]
    for size in sizes[:-1]:
        offsets.append(offsets[-1] + size + _GAP)
    pools: list[tuple[float, int, int]] = []  # sum, how many are wanted somewhere, how many
    for top, offset in zip(wanted, offsets, strict=False):
        pool = (0.0, 0, 1) if top is None else (top - offset, 1, 1)
        while pools and _mean(pools[-1]) >= _mean(pool):
            pool = tuple(a + b for a, b in zip(pools.pop(), pool, strict=True))  # type: ignore[assignment]
        pools.append(pool)
    room = max(whole - _stacked(sizes), 0.0)
    tops: list[float] = []
    for pool in pools:
        moved = min(max(_mean(pool), 0.0), room)
        tops += [offset + moved for offset in offsets[len(tops) : len(tops) + pool[2]]]
    return tops


def _mean(pool: tuple[float, int, int]) -> float:
    """Where a pool wants to be; one that is wanted nowhere goes with the pool before it."""
    return pool[0] / pool[1] if pool[1] else float("-inf")


def _ribbon(edges: Sequence[_Edge]) -> str:
    """The path of a band through its edges, there along the upper one and back by the lower."""
    upper = [(x, top) for x, top, _ in edges]
    lower = [(x, bottom) for x, _, bottom in reversed(edges)]
    return f"M{_point(upper[0])}{_curves(upper)}L{_point(lower[0])}{_curves(lower)}Z"


def _curves(points: Sequence[tuple[float, float]]) -> str:
    parts = []
    for (x0, y0), (x1, y1) in pairwise(points):
        half = (x0 + x1) / 2
        parts.append(f"C{_point((half, y0))} {_point((half, y1))} {_point((x1, y1))}")
    return "".join(parts)


def _point(point: tuple[float, float]) -> str:
    return f"{_round(point[0])} {_round(point[1])}"


def _fitting(label: str, most: int) -> str:
    """A label no longer than there is room for: without its parts, at last cut off."""
    if len(label) <= most:
        return label
    stem = label.partition(",")[0]
    short = f"{stem}, …" if stem != label and len(stem) + 3 <= most else label
    return short if len(short) <= most else f"{label[: most - 1]}…"


def _round(value: float) -> float:
    return round(value, 2)
