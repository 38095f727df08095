"""The textual apparatus: entries with their lemma and readings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from printedition.edition.quotation import Quotation, Value
from printedition.edition.text import Inline
from printedition.sources import Span


class ReadingKind(Enum):
    """What a witness has in place of the lemma; the value is the key in apparatus.yaml."""

    SUBSTITUTION = "text"  # other words
    OMISSION = "om"  # nothing: the witness lacks the words
    ADDITION = "add"  # these words more, after the lemma
    TRANSPOSITION = "transp"  # the words in another order, or elsewhere
    DELETION = "del"  # the words, deleted by its own hand
    CORRECTION = "corr"  # the lemma, made from these words by correction
    REPETITION = "iter"  # the words twice
    LACUNA = "lacuna"  # damage: what stood here is lost
    ILLEGIBLE = "illegible"  # writing that can't be read
    BLANK = "blank"  # a space left empty


WORDED = {ReadingKind.SUBSTITUTION, ReadingKind.ADDITION, ReadingKind.CORRECTION}


@dataclass(frozen=True, slots=True)
class Reading:
    """What witnesses or scholars have at a lemma; `words` is empty where the kind has none."""

    kind: ReadingKind
    words: str
    witnesses: tuple[Value, ...]
    by: Value | None
    note: tuple[Inline, ...]
    span: Span


class EntryKind(Enum):
    """How an entry is printed: a variant at the foot, a slip in the list of corrections."""

    VARIANT = "variant"
    ACCIDENTAL = "accidental"


@dataclass(frozen=True, slots=True)
class ApparatusEntry:
    """One entry: a lemma, who has it, and the readings that differ from it."""

    lemma: Quotation
    kind: EntryKind
    witnesses: tuple[Value, ...]
    by: Value | None
    readings: tuple[Reading, ...]
    note: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Witness:
    """A carrier of the text, and the siglum that stands for it."""

    siglum: str
    description: tuple[Inline, ...]
    date: str
    span: Span
