"""What the editor says of corrections: a comment, a credit, and which of them go unsaid."""

from __future__ import annotations

from enum import Enum

from printedition.edition.quotation import Quotation
from printedition.frozen import dataclass


class Typographical(Enum):
    """What a correction may change without changing a word; the value is the word in the record."""

    PUNCTUATION = "punctuation"
    CAPITALS = "capitals"
    SPACING = "spacing"  # blanks and hyphens


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """What is said of a correction of the words that stand at `lemma` now.

    Words between stars in the comment and credit are in italics. `silent` None leaves it to the
    edition whether lists of errata have the correction.
    """

    lemma: Quotation
    comment: str = ""
    credit: str = ""
    silent: bool | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """What is said, and what a correction may change that lists of errata pass over in silence."""

    notes: tuple[CorrectionNote, ...] = ()
    silent: frozenset[Typographical] = frozenset()
