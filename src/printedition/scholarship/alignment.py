"""Drafts which blocks of several versions answer one another, by the words that they share.

A draft is for the editor to correct. Words count by how rare they are, so that what every clause
says does not join clauses; a block that shares little with any other stands alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import pairwise
from math import log, sqrt

from printedition.frozen import dataclass
from printedition.scholarship.finder import occurrences
from printedition.scholarship.tokens import Token, tokens

_ALIKE = 0.15  # of 1: blocks in the order of the table belong together from here on
_ASTRAY = 0.35  # out of that order it takes more to believe it
_WITHIN = 0.5  # the share of a block's words by which it is a part of another
SHORTEST_MOVE = 4  # words: what fewer words share may be the habit of a language


@dataclass(frozen=True)
class Words:
    """A block of a version with its plain text, and the words in it as they are compared."""

    text: str
    block: str
    plain: str

    @property
    def name(self) -> str:
        """How record files name the block."""
        return f"{self.text}/{self.block}"

    @cached_property
    def _tokens(self) -> tuple[Token, ...]:
        return tuple(token for token in tokens(self.plain) if token.is_word)

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Where each word begins and ends in the plain text."""
        return tuple((token.start, token.end) for token in self._tokens)

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(token.form for token in self._tokens)

    @cached_property
    def bag(self) -> Counter[tuple[str, ...]]:
        """Single words and pairs of them, with how often they stand; a clause's number is none."""
        words = [word for word in self.compared if not word.isdigit()]
        return Counter([*((word,) for word in words), *pairwise(words)])


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a block, from one up to another, by number."""

    block: Words
    first: int
    end: int

    @property
    def words(self) -> str:
        """The words as they are written."""
        places = self.block.places
        return self.block.plain[places[self.first][0] : places[self.end - 1][1]]

    def part(self, first: int, end: int) -> Stretch:
        """A part of the words, by number from their first."""
        return Stretch(self.block, self.first + first, self.first + end)


@dataclass(frozen=True, slots=True)
class DraftMove:
    """Words that stand in one row in a version, and in another row in a later one."""

    source: Stretch
    target: Stretch


@dataclass(slots=True)
class DraftRow:
    """Blocks that answer one another, in the order of the versions."""

    blocks: list[Words] = field(default_factory=list)


class Alignment:
    """The rows and moves of versions, each given as its blocks in order."""

    def __init__(self, versions: Sequence[Sequence[Words]]) -> None:
        self.versions = versions
        self._likeness = _Likeness([block for version in versions for block in version])
        self.rows: list[DraftRow] = []
        for version in versions:
            self._add(version)
        self._order()

    # Rows

    def _add(self, version: Sequence[Words]) -> None:
        """Put the blocks of one more version into the rows where they belong."""
        if not self.rows:
            self.rows = [DraftRow([block]) for block in version]
            return
        earlier = list(self.rows)
        alike = [[self._likeness.of_row(row, block) for row in earlier] for block in version]
        places = _chain(alike)
        for number, block in enumerate(version):
            at = places.get(number)
            if at is None:
                best = max(range(len(earlier)), key=alike[number].__getitem__)
                at = best if alike[number][best] >= _ASTRAY else None
            if at is not None:
                earlier[at].blocks.append(block)
            else:
                follower = next((places[n] for n in places if n > number), None)
                self._insert(DraftRow([block]), None if follower is None else earlier[follower])
        self._join({id(block) for block in version})

    def _insert(self, row: DraftRow, before: DraftRow | None) -> None:
        """A row of its own: what is new stands after what was dropped in its place."""
        self.rows.insert(len(self.rows) if before is None else _index(self.rows, before), row)

    def _join(self, new: set[int]) -> None:
        """Take a row that is a part of what its neighbour has in the new version into that row."""
        joined: list[DraftRow] = []
        for row in self.rows:
            before = joined[-1] if joined else None
            if before is not None and self._is_part(row, before, new):
                before.blocks += row.blocks
            elif before is not None and self._is_part(before, row, new):
                row.blocks[:0] = before.blocks
                joined[-1] = row
            else:
                joined.append(row)
        self.rows = joined

    def _is_part(self, row: DraftRow, whole: DraftRow, new: set[int]) -> bool:
        if any(id(block) in new for block in row.blocks):
            return False
        return any(
            self._likeness.share(part, block) >= _WITHIN
            for block in whole.blocks
            if id(block) in new
            for part in row.blocks
        )

    def _order(self) -> None:
        """Within a row blocks stand in the order of their texts."""
        order = [id(block) for version in self.versions for block in version]
        rank = {name: number for number, name in enumerate(order)}
        for row in self.rows:
            row.blocks.sort(key=lambda block: rank[id(block)])

    # Moves

    def moves(self) -> list[DraftMove]:
        """Words, four or more, that only one block of each of two versions has, in two rows."""
        row_of = {id(block): n for n, row in enumerate(self.rows) for block in row.blocks}
        return list(find_moves(self.versions, row_of))


def find_moves(
    versions: Sequence[Sequence[Words]], row_of: Mapping[int, int]
) -> Iterator[DraftMove]:
    """Runs of words that stand in another row in a later version; the longest where they meet.

    `row_of` has the number of the row of each block, by its identity; blocks in none do not count.
    """
    common = _common_words([block for version in versions for block in version])
    for later in range(1, len(versions)):
        taken: set[tuple[int, int]] = set()  # a word comes from the version nearest before
        for earlier in range(later - 1, -1, -1):
            for move in _moves_between(versions[earlier], versions[later], row_of, taken):
                if (own := _trimmed(move, common)) is not None:
                    yield own


def _moves_between(
    before: Sequence[Words],
    after: Sequence[Words],
    row_of: Mapping[int, int],
    taken: set[tuple[int, int]],
) -> Iterator[DraftMove]:
    first, second = _runs(before), _runs(after)
    for run, (target, start) in _lone(second):
        if (id(target), start) in taken or run not in first or len(first[run]) != 1:
            continue
        source, at = first[run][0]
        length = _length(source, at, target, start)
        back = _length_back(source, at, target, start)
        taken.update((id(target), start + n) for n in range(-back, length))
        rows = row_of.get(id(source)), row_of.get(id(target))
        if None not in rows and rows[0] != rows[1]:
            yield DraftMove(
                Stretch(source, at - back, at + length),
                Stretch(target, start - back, start + length),
            )


def _common_words(blocks: Sequence[Words]) -> frozenset[str]:
    """Words that more than a third of the blocks have: as a beginning or end they say nothing."""
    held = Counter(word for block in blocks for word in set(block.compared))
    return frozenset(word for word, number in held.items() if number > max(2, len(blocks) / 3))


def _trimmed(move: DraftMove, common: frozenset[str]) -> DraftMove | None:
    """A move without common words at its ends; None where too few are left, or they stand twice."""
    words = move.source.block.compared[move.source.first : move.source.end]
    own = [number for number, word in enumerate(words) if word not in common]
    if not own or own[-1] - own[0] + 1 < SHORTEST_MOVE:
        return None
    trimmed = DraftMove(
        move.source.part(own[0], own[-1] + 1), move.target.part(own[0], own[-1] + 1)
    )
    sides = (trimmed.source, trimmed.target)
    return trimmed if all(len(occurrences(s.words, s.block.plain)) == 1 for s in sides) else None


_Runs = dict[tuple[str, ...], list[tuple[Words, int]]]


def _runs(blocks: Iterable[Words]) -> _Runs:
    """Where each run of as many words as a move has at least stands."""
    runs: _Runs = {}
    for block in blocks:
        words = block.compared
        for at in range(len(words) - SHORTEST_MOVE + 1):
            runs.setdefault(words[at : at + SHORTEST_MOVE], []).append((block, at))
    return runs


def _lone(runs: _Runs) -> Iterator[tuple[tuple[str, ...], tuple[Words, int]]]:
    return ((run, places[0]) for run, places in runs.items() if len(places) == 1)


def _length(one: Words, at: int, other: Words, start: int) -> int:
    """How many words are the same from here on."""
    pairs = zip(one.compared[at:], other.compared[start:], strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b),
                min(len(one.compared) - at, len(other.compared) - start))  # fmt: skip


def _length_back(one: Words, at: int, other: Words, start: int) -> int:
    """How many words are the same before here."""
    pairs = zip(reversed(one.compared[:at]), reversed(other.compared[:start]), strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(at, start))


def _index(rows: Sequence[DraftRow], row: DraftRow) -> int:
    return next(number for number, each in enumerate(rows) if each is row)


class _Likeness:
    """How much blocks have in common, each word by how rare it is among them."""

    def __init__(self, blocks: Sequence[Words]) -> None:
        held = Counter(part for block in blocks for part in block.bag)
        self._weight = {part: log((1 + len(blocks)) / number) for part, number in held.items()}
        self._size: dict[int, float] = {id(block): self._sum(block.bag) for block in blocks}

    def of_row(self, row: DraftRow, block: Words) -> float:
        """The likeness of a block to the one in the row that is most like it, 0 to 1."""
        return max(self.of(other, block) for other in row.blocks)

    def of(self, one: Words, other: Words) -> float:
        """What two blocks share, in proportion to the size of both, 0 to 1."""
        whole = sqrt(self._size[id(one)] * self._size[id(other)])
        return self._common(one, other) / whole if whole else 0.0

    def share(self, part: Words, whole: Words) -> float:
        """How much of one block the other has, 0 to 1."""
        size = self._size[id(part)]
        return self._common(part, whole) / size if size else 0.0

    def _common(self, one: Words, other: Words) -> float:
        return self._sum(one.bag & other.bag)

    def _sum(self, bag: Counter[tuple[str, ...]]) -> float:
        return sum(self._weight[part] * number for part, number in bag.items())


def _chain(alike: Sequence[Sequence[float]]) -> dict[int, int]:
    """The row of each block, as far as rows go on downwards, so that the sum is greatest.

    Several blocks may have one row, and a row none.
    """
    blocks, rows = len(alike), len(alike[0]) if alike else 0
    best = [[0.0] * (rows + 1) for _ in range(blocks + 1)]
    for block in range(1, blocks + 1):
        for row in range(1, rows + 1):
            score = alike[block - 1][row - 1]
            here = best[block - 1][row] + score - _ALIKE  # else many faint likenesses outweigh one
            best[block][row] = max(best[block - 1][row], best[block][row - 1], here)
    places = {}
    block, row = blocks, rows
    while block and row:
        if best[block][row] == best[block][row - 1]:
            row -= 1
        elif best[block][row] == best[block - 1][row]:
            block -= 1
        else:
            block -= 1
            places[block] = row - 1
    return dict(sorted(places.items()))
