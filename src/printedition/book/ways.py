"""The clauses' ways through the versions: what the picture before their table shows, in words.

Where each thing of it stands on paper is reckoned in `drawing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from printedition.book.ways_words import WaysWords, words_of_ways
from printedition.edition.changes import ChangeKind, Changes, Stretch
from printedition.edition.edition import Edition
from printedition.edition.names import shown
from printedition.edition.text import Block
from printedition.edition.versions import Parallel
from printedition.frozen import dataclass
from printedition.scholarship.concordance import LeafNumber
from printedition.scholarship.places import Places

_NUMERAL = re.compile(r"\W?(\d+)\.")
_LONGEST = 14  # words that the picture in words quotes of a moved passage; of more, the ends


@dataclass(slots=True)
class Stop:
    """What a version has of a row at one place: its label, and how many words it has."""

    version: int
    row: int
    label: str
    words: int


@dataclass(frozen=True, slots=True)
class Carried:
    """Moved words, from one stop to another, each with the numbers of the first word and the end.

    `words` are as the later version has them.
    """

    source: Stop
    left: tuple[int, int]
    target: Stop
    right: tuple[int, int]
    words: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Versions by their sigla, the titles of the rows, and for each version its stops in order.

    `words` are those by which they are told.
    """

    sigla: tuple[str, ...]
    rows: tuple[str, ...]
    stops: tuple[tuple[Stop, ...], ...]
    carried: tuple[Carried, ...]
    words: WaysWords = words_of_ways("en")

    @property
    def sentences(self) -> tuple[str, ...]:
        """The picture in words: a sentence for each row, then one for each moved passage."""
        rows = (self._row(number) for number in range(len(self.rows)))
        return (*rows, *(self._carried(each) for each in self.carried))

    def name_of(self, stop: Stop) -> str:
        """How a stop is cited: its version and label."""
        return f"{self.sigla[stop.version]} {stop.label}"

    def _row(self, number: int) -> str:
        there = []
        for siglum, stops in zip(self.sigla, self.stops, strict=True):
            own = [stop for stop in stops if stop.row == number]
            words = sum(stop.words for stop in own)
            labels = self.words.both.join(stop.label for stop in own)
            has = f"{siglum} {labels} ({self.words.count(words)})"
            there.append(has if own else self.words.absent.format(siglum))
        return f"{self.rows[number]}: {'; '.join(there)}."

    def _carried(self, each: Carried) -> str:
        words = each.words.split()
        if len(words) > _LONGEST:
            words = [*words[:6], "…", *words[-6:]]
        return self.words.moved.format(
            self.words.quoted.format(" ".join(words)),
            self.words.count(each.right[1] - each.right[0]),
            self.name_of(each.source),
            self.name_of(each.target),
        )


def ways_of(edition: Edition, places: Places, parallel: Parallel, changes: Changes) -> Ways:
    """The ways through a table of versions, with those of the words that moved in it."""
    plotted = _Plot(edition, places, parallel)
    rows = tuple(row.title for row in parallel.rows)
    carried = tuple(filter(None, (plotted.carried(*move) for move in _moves(parallel, changes))))
    words = words_of_ways(edition.lang)
    return Ways(plotted.sigla, rows, tuple(map(tuple, plotted.stops)), carried, words)


def _moves(parallel: Parallel, changes: Changes) -> Iterator[tuple[Stretch, Stretch]]:
    """Each move once, for it is told at both its places; the earlier version first."""
    order = {version.text.text: number for number, version in enumerate(parallel.versions)}
    for change in changes.changes:
        here, there = change.words, change.partner
        if change.kind is not ChangeKind.MOVED or there is None:
            continue
        if order[here.text] < order[there.text]:
            yield here, there


class _Plot:
    """The stops of each version, and in which of them each leaf stands after how many words."""

    def __init__(self, edition: Edition, places: Places, parallel: Parallel) -> None:
        self.edition, self.places = edition, places
        names = tuple(version.text.text for version in parallel.versions)
        self.names, self.sigla = names, tuple(map(shown, names))
        self.row_of = {
            value.text: number for number, row in enumerate(parallel.rows) for value in row.blocks
        }
        self.stops: list[list[Stop]] = []
        self._where: dict[tuple[str, int], list[tuple[Stop, int]]] = {}
        for number, version in enumerate(parallel.versions):
            self.stops.append(list(self._stops(number, version.text.text)))

    def _stops(self, version: int, name: str) -> Iterator[Stop]:
        """Blocks of one row that follow one another are one stop."""
        last: Stop | None = None
        labels: list[str] = []
        text = self.edition.texts[name]
        for number, block in enumerate(block for block in text.blocks if block is not text.title):
            row = self.row_of.get(f"{name}/{block.attributes.id}")
            if row is None:
                continue
            if last is None or last.row != row:
                if last is not None:
                    yield last
                last, labels = Stop(version, row, "", 0), []
            labels.append(self._label(block, name, number + 1))
            last.label = _joined(labels)
            self._count(block, name, last)
        if last is not None:
            yield last

    def _count(self, block: Block, name: str, stop: Stop) -> None:
        for leaf in self.places.leaves_in(name, block):
            self._where.setdefault(leaf, []).append((stop, stop.words))
            stop.words += len(self.places.leaf(*leaf).plain.split())

    def _label(self, block: Block, name: str, number: int) -> str:
        label = block.attributes.get("label")
        if label is None and "clause" in block.attributes.kinds:
            leaves = self.places.leaves_in(name, block)
            numeral = _NUMERAL.match(self.places.leaf(*leaves[0]).plain) if leaves else None
            label = numeral[1] if numeral else None
        return label or f"¶ {number}"

    def carried(self, source: Stretch, target: Stretch) -> Carried | None:
        """Moved words with their stops; None where an end of them is in no version."""
        left, right = self._held(source), self._held(target)
        if left is None or right is None:
            return None
        return Carried(*left, *right, self._plain(target)[target.start : target.end])

    def _held(self, words: Stretch) -> tuple[Stop, tuple[int, int]] | None:
        """The stop of some words, with the numbers there of the first word and of the end."""
        plain = self._plain(words)
        offset = 0
        for leaf in self._leaves(words):
            own = self.places.leaf(*leaf).plain
            if words.start <= offset + len(own):
                for stop, before in self._where.get(leaf, ()):
                    if self.names[stop.version] == words.text:
                        start = before + len(plain[offset : words.start].split())
                        return stop, (start, start + len(plain[words.start : words.end].split()))
                return None
            offset += len(own) + 1
        return None

    def _plain(self, words: Stretch) -> str:
        return " ".join(self.places.leaf(*leaf).plain for leaf in self._leaves(words))

    def _leaves(self, words: Stretch) -> tuple[LeafNumber, ...]:
        return self.places.leaves(f"{words.text}/{words.block}", words.text) or ()


def _joined(labels: Sequence[str]) -> str:
    """One label for several blocks: “3” for 3 and its parts, “2–3” for two clauses."""
    stems = [label.partition(",")[0] for label in labels]
    if len(labels) == 1:
        return labels[0]
    return stems[0] if stems[0] == stems[-1] else f"{stems[0]}–{stems[-1].removeprefix('¶ ')}"
