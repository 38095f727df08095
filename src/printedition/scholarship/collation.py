"""Collation: the witnesses of one text aligned word by word into a table.

Every token of every witness stands in one cell. Witnesses are taken in an order that only their
words decide, so that the table does not depend on the order in which they are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise

from printedition.frozen import dataclass
from printedition.scholarship.moves import moves
from printedition.scholarship.pairing import information, pairs
from printedition.scholarship.tokens import Token

_CELLS = 200_000  # of one table of reckoning; a longer stretch without a common word is filled in

_EQUAL, _OTHER, _ALONE = 4, -1, -1  # what a cell counts: the same form, another word, nothing


@dataclass(frozen=True, slots=True)
class Witness:
    """A siglum and the tokens of its text, with the plain texts of its blocks."""

    siglum: str
    tokens: tuple[Token, ...]
    blocks: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(token.form for token in self.tokens)


@dataclass(slots=True)
class Column:
    """What answers one another: for each siglum the number of its token, where it has one."""

    is_word: bool
    cells: dict[str, int] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Collation:
    """A table of witnesses; `moved` has for each siglum pairs of its tokens and the base's."""

    base: str
    witnesses: Mapping[str, Witness]
    columns: tuple[Column, ...]
    moved: Mapping[str, Mapping[int, int]]

    def token(self, column: Column, siglum: str) -> Token | None:
        """What a witness has in a column."""
        at = column.cells.get(siglum)
        return None if at is None else self.witnesses[siglum].tokens[at]

    def agrees(self, column: Column) -> bool:
        """Whether all witnesses have the same in a column."""
        return len(column.cells) == len(self.witnesses) and len(column.forms) == 1


def collate(witnesses: Sequence[Witness], base: str | None = None) -> Collation:
    """The table of two or more witnesses.

    Without a `base` that is the witness that has most words in common with the others.
    """
    named = {witness.siglum: witness for witness in witnesses}
    first = named[base] if base else _likest(witnesses)
    table = _Table(first)
    for witness in sorted(witnesses, key=lambda one: one.forms):
        if witness is not first:
            table.add(witness)
    moved = {w.siglum: _moved(first, w, table.columns) for w in witnesses if w is not first}
    return Collation(first.siglum, named, tuple(table.columns), moved)


def _likest(witnesses: Sequence[Witness]) -> Witness:
    def common(witness: Witness) -> int:
        return sum(len(pairs(witness.forms, other.forms)) for other in witnesses)

    return min(witnesses, key=lambda witness: (-common(witness), witness.forms))


class _Table:
    """The columns so far, to which one witness after another is added."""

    def __init__(self, base: Witness) -> None:
        self.base = base
        self.columns = [
            Column(token.is_word, {base.siglum: at}, {token.form})
            for at, token in enumerate(base.tokens)
        ]

    def add(self, witness: Witness) -> None:
        """Words that answer words of the base first, then what stands between them."""
        places = [n for n, column in enumerate(self.columns) if self.base.siglum in column.cells]
        ours = [at for at, token in enumerate(self.base.tokens) if token.is_word]
        theirs = [at for at, token in enumerate(witness.tokens) if token.is_word]
        met = pairs(
            [self.base.tokens[at].form for at in ours],
            [witness.tokens[at].form for at in theirs],
        )
        anchors = [(places[ours[i]], theirs[j]) for i, j in met]
        made: list[Column] = []
        ends = [(-1, -1), *anchors, (len(self.columns), len(witness.tokens))]
        for (left, up), (right, down) in pairwise(ends):
            made += self._between(self.columns[left + 1 : right], witness, up + 1, down)
            if right < len(self.columns):
                made.append(_filled(self.columns[right], witness, down))
        self.columns = made

    def _between(
        self, columns: list[Column], witness: Witness, start: int, stop: int
    ) -> Iterator[Column]:
        for column, at in _aligned(columns, witness.tokens[start:stop]):
            if at is None:
                assert column is not None
                yield column
            elif column is None:
                yield _filled(Column(witness.tokens[start + at].is_word), witness, start + at)
            else:
                yield _filled(column, witness, start + at)


def _filled(column: Column, witness: Witness, at: int) -> Column:
    column.cells[witness.siglum] = at
    column.forms.add(witness.tokens[at].form)
    return column


def _aligned(
    columns: Sequence[Column], tokens: Sequence[Token]
) -> list[tuple[Column | None, int | None]]:
    """Columns and tokens in order, those that answer one another together (Needleman, Wunsch)."""
    rows, width = len(columns), len(tokens)
    if not rows or not width or rows * width > _CELLS:
        return [*((column, None) for column in columns), *((None, at) for at in range(width))]
    best = [[_ALONE * (i + j) for j in range(width + 1)] for i in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        best[i][width] = _ALONE * (rows - i)
    best[rows] = [_ALONE * (width - j) for j in range(width + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            best[i][j] = max(
                best[i + 1][j + 1] + _worth(columns[i], tokens[j]),
                best[i + 1][j] + _ALONE,
                best[i][j + 1] + _ALONE,
            )
    made: list[tuple[Column | None, int | None]] = []
    i = j = 0
    while i < rows or j < width:
        both = i < rows and j < width
        if both and best[i][j] == best[i + 1][j + 1] + _worth(columns[i], tokens[j]):
            made.append((columns[i], j))
            i, j = i + 1, j + 1
        elif i < rows and (j == width or best[i][j] == best[i + 1][j] + _ALONE):
            made.append((columns[i], None))
            i += 1
        else:
            made.append((None, j))
            j += 1
    return made


def _worth(column: Column, token: Token) -> int:
    """Words never answer punctuation."""
    if column.is_word != token.is_word:
        return 3 * _ALONE
    return _EQUAL if token.form in column.forms else _OTHER


def _moved(base: Witness, witness: Witness, columns: Sequence[Column]) -> dict[int, int]:
    """Tokens of a witness that the base has elsewhere, four words or more on end."""
    gone, come = [True] * len(base.tokens), [True] * len(witness.tokens)
    for column in columns:
        ours, theirs = column.cells.get(base.siglum), column.cells.get(witness.siglum)
        if ours is None or theirs is None:
            continue
        if base.tokens[ours].form == witness.tokens[theirs].form:
            gone[ours] = come[theirs] = False
    first, second = [_words(one) for one in (base, witness)]
    told = information([one.form for one in first], [one.form for one in second])
    numbers = [[at for at, t in enumerate(one.tokens) if t.is_word] for one in (base, witness)]
    found = moves(
        [one.form for one in first],
        [one.form for one in second],
        [gone[at] for at in numbers[0]],
        [come[at] for at in numbers[1]],
        told,
    )
    return {numbers[1][j]: numbers[0][i] for move in found for i, j in move.pairs}


def _words(witness: Witness) -> list[Token]:
    return [token for token in witness.tokens if token.is_word]


# Readings


@dataclass(frozen=True, slots=True)
class Reading:
    """What some witnesses have at a place, by their tokens; `moved` from the base's place."""

    sigla: tuple[str, ...]
    tokens: tuple[Token, ...]
    text: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Variation:
    """A place where witnesses differ: the base's tokens there, and the readings of the others.

    `before` is the token of the base that precedes, `after` the one that follows, if any.
    """

    lemma: tuple[Token, ...]
    readings: tuple[Reading, ...]
    before: Token | None
    after: Token | None


def variations(collation: Collation) -> Iterator[Variation]:
    """The places where witnesses differ from the base, in its order; readings that agree are one.

    A place ends with a block of the base, and where words begin or cease to be moved.
    """
    last: Token | None = None
    run: list[Column] = []
    kind: tuple[object, ...] = ()
    for column in [*collation.columns, None]:
        now = _kind(collation, column, last) if column is not None else None
        if run and now != kind:
            yield from _variation(collation, run)
            run = []
        if column is None:
            break
        own = collation.token(column, collation.base)
        last = own or last
        if now is not None:
            run.append(column)
            kind = now


def _kind(collation: Collation, column: Column, last: Token | None) -> tuple[object, ...] | None:
    """What tells one place from the next; None where all agree, and for words moved there."""
    if collation.agrees(column):
        return None
    own = collation.token(column, collation.base)
    if own is None and all(at in collation.moved[s] for s, at in column.cells.items()):
        return None
    block = own.block if own else last.block if last else -1
    at = column.cells.get(collation.base)
    moved = tuple(
        sorted(s for s, m in collation.moved.items() if at is not None and at in m.values())
    )
    return block, moved


def _variation(collation: Collation, run: Sequence[Column]) -> Iterator[Variation]:
    base = collation.witnesses[collation.base]
    own = [column.cells[collation.base] for column in run if collation.base in column.cells]
    readings: dict[tuple[bool, tuple[str, ...]], Reading] = {}
    lemma = tuple(base.tokens[at] for at in own)
    for siglum in collation.witnesses:
        if siglum == collation.base:
            continue
        moved = bool(own) and set(own) <= set(collation.moved[siglum].values())
        numbers = [c.cells[siglum] for c in run if siglum in c.cells]
        here = [n for n in numbers if n not in collation.moved[siglum]]
        tokens = tuple(collation.witnesses[siglum].tokens[n] for n in here)
        forms = tuple(token.form for token in tokens)
        if not moved and forms == tuple(token.form for token in lemma):
            continue
        key = moved, forms
        known = readings.get(key)
        text = _text(collation.witnesses[siglum], tokens)
        readings[key] = (
            replace(known, sigla=(*known.sigla, siglum))
            if known
            else Reading((siglum,), tokens, text, moved)
        )
    if readings:
        first, end = _bounds(collation, run, own)
        before = base.tokens[first - 1] if first > 0 else None
        after = base.tokens[end] if end < len(base.tokens) else None
        yield Variation(lemma, tuple(readings.values()), before, after)


def _bounds(collation: Collation, run: Sequence[Column], own: Sequence[int]) -> tuple[int, int]:
    """The numbers of the base's tokens between which a place stands."""
    if own:
        return own[0], own[-1] + 1
    before = collation.columns[: next(n for n, c in enumerate(collation.columns) if c is run[0])]
    first = sum(collation.base in column.cells for column in before)
    return first, first


def _text(witness: Witness, tokens: Sequence[Token]) -> str:
    """Tokens as the witness writes them."""
    if not tokens:
        return ""
    first, last = tokens[0], tokens[-1]
    if first.block == last.block and first.block < len(witness.blocks):
        return witness.blocks[first.block][first.start : last.end]
    return " ".join(token.text for token in tokens)
