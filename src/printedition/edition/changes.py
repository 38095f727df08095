"""What versions of a text changed: words new, dropped or moved, and places of nothing."""

from __future__ import annotations

from enum import Enum

from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a block: `start` to `end`, in code points of its plain text.

    `text` is the version and `block` the id that stands in the row. The plain text of a block that
    holds or takes others is theirs as they print there, in order, a blank between each two.
    """

    text: str
    block: str
    start: int
    end: int


class ChangeKind(Enum):
    """What became of words between one version and another."""

    NEW = "new"  # the version that this one is compared with has not got them
    DROPPED = "dropped"  # the version that is compared with this one has not got them
    MOVED = "moved"  # both have them, at places that do not answer one another


@dataclass(frozen=True, slots=True)
class Change:
    """Words that were changed between their version and the version `against`.

    Words put in the place of others are NEW there and the others DROPPED; `partner` is what they
    answer: the replaced or replacing words, for MOVED the same words at their other place, and
    None where the other version has nothing.
    """

    kind: ChangeKind
    words: Stretch
    against: str
    partner: Stretch | None = None


class ChangeMark(Enum):
    """What a table of versions may mark in its words, by the word that the setting has."""

    NEW = "new"
    DROPPED = "dropped"
    MOVED = "moved"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between two words where a version has nothing for `lacking`, words of another."""

    text: str
    block: str
    at: int  # code points of its plain text; a blank or the end of the block may stand there
    lacking: Stretch


@dataclass(frozen=True, slots=True)
class Changes:
    """All that the versions of one table changed, in the order of its rows and columns."""

    changes: tuple[Change, ...] = ()
    gaps: tuple[Gap, ...] = ()
