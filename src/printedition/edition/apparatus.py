"""The textual apparatus: entries with their lemma and readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from printedition.edition.quotation import Quotation, Value
from printedition.edition.text import Inline
from printedition.frozen import dataclass
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

# A witness with one of these has the words of the lemma too, so that its siglum may stand twice.
WITH_LEMMA = {
    ReadingKind.ADDITION,
    ReadingKind.CORRECTION,
    ReadingKind.REPETITION,
    ReadingKind.TRANSPOSITION,
}

# Of a witness with one of these nothing can be read in place of the lemma.
WITHOUT_WORDS = {
    ReadingKind.OMISSION,
    ReadingKind.LACUNA,
    ReadingKind.ILLEGIBLE,
    ReadingKind.BLANK,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What witnesses or scholars have at a lemma; `words` is empty where the kind has none.

    Transposed words stand `after` or `before` others of the text.
    """

    kind: ReadingKind
    words: str
    witnesses: tuple[Value, ...]
    by: Value | None
    note: tuple[Inline, ...]
    span: Span
    after: str = ""
    before: str = ""


class EntryKind(Enum):
    """How an entry is printed: a variant at the foot, a slip in the list of corrections."""

    VARIANT = "variant"
    ACCIDENTAL = "accidental"


@dataclass(frozen=True, slots=True)
class ApparatusEntry:
    """One entry: a lemma, who has it, and the readings that differ from it.

    `id` is how references name it, if they do.
    """

    lemma: Quotation
    kind: EntryKind
    witnesses: tuple[Value, ...]
    by: Value | None
    readings: tuple[Reading, ...]
    note: tuple[Inline, ...]
    span: Span
    band: Value | None = None
    id: Value | None = None


class Form(Enum):
    """Whether entries say who has the lemma; the value is the word in edition.yaml."""

    POSITIVE = "positive"  # all do
    NEGATIVE = "negative"  # none does: a witness that is not named agrees with the text
    MIXED = "mixed"  # those do for which the editor says it


@dataclass(frozen=True, slots=True)
class Conventions:
    """How the apparatus of an edition is worded and ordered.

    They are `declared` where the edition says anything of them. Without a `form` the editor
    declared none, and it is mixed. `summed` says “cett.” and “codd.”
    for many sigla. A lemma of more than `longest_lemma` words prints as its first and last. Of
    lemmas that begin at one word the shorter comes first, as in ekdosis, unless `longer_first`.
    Ranges are `35–37`, or `35–7` where `elided`. `terms` are words of the edition's own in place
    of those of the language `lang`.
    """

    form: Form | None = None
    summed: bool = False
    longest_lemma: int = 8
    longer_first: bool = False
    elided: bool = False
    lang: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    declared: bool = False

    def lines(self, first: int, last: int) -> str:
        """The numbers of a lemma's lines: `12`, `12–14`, or elided `12–14`, `35–7`, `115–18`."""
        if first == last:
            return str(first)
        start, end = str(first), str(last)
        return f"{start}–{elided(start, end) if self.elided else end}"


def elided(first: str, last: str) -> str:
    """What prints of a range's last number: the figures that change, and both of the teens.

    The elision is that of the ekdosis manual, p. 49: `12–14`, `35–7`, `115–18`.
    """
    if len(first) != len(last) or first == last:
        return last
    alike = next(n for n, pair in enumerate(zip(first, last, strict=True)) if len({*pair}) > 1)
    kept = 2 if last[-2:-1] == "1" else 1
    return last[min(alike, len(last) - kept) :]


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the text that a fragment holds: from one text or block to another."""

    first: Value
    last: Value


@dataclass(frozen=True, slots=True)
class Witness:
    """A carrier of the text, and the siglum that stands for it.

    A hand is named by the siglum of its manuscript in `hand_of`. `extant` is what a fragment
    holds; without it a witness has the whole text. The text follows a `base` throughout, so that
    a negative apparatus need not name it. In a volume it only has texts of the editions whose
    `namespaces` it has.
    """

    siglum: str
    description: tuple[Inline, ...]
    date: str
    span: Span
    hand_of: Value | None = None
    extant: tuple[Extent, ...] = ()
    base: bool = False
    namespaces: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Scholar:
    """An earlier edition or a scholar, as `by:` names it, and what it is."""

    name: str
    description: tuple[Inline, ...]
    date: str
    span: Span
