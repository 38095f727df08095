"""Versions of a text side by side: which blocks belong together, and what moved."""

from __future__ import annotations

from printedition.edition.changes import ChangeMark
from printedition.edition.quotation import Quotation, Value
from printedition.frozen import dataclass
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class Version:
    """A column: a text of the edition, with the title and date that stand over it."""

    text: Value
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks of the versions that answer one another; a version with none is absent there."""

    id: str
    title: str
    blocks: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Move:
    """Words that stand at one place in one version and at another in a later one."""

    source: Quotation
    target: Quotation
    span: Span


@dataclass(frozen=True, slots=True)
class Parallel:
    """A table of versions, read from `path`; `pictured` where a picture of it stands before it.

    `marks` are those of changes that it prints; versions are compared with the `base`, else each
    with the one before, and words that `spellings` list together count as one. `facing`: two
    versions stand on facing pages; `together`: entries and notes stand under the whole table.
    """

    path: str
    title: str
    versions: tuple[Version, ...]
    rows: tuple[Row, ...]
    moves: tuple[Move, ...]
    pictured: bool = True
    marks: frozenset[ChangeMark] = frozenset(ChangeMark)
    base: Value | None = None
    spellings: tuple[Value, ...] = ()
    facing: bool = False
    together: bool = False
