"""Words entries: what the apparatus says of a reading, and how a long lemma is shortened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from printedition.book import tree
from printedition.edition.apparatus import ApparatusEntry, Reading, ReadingKind
from printedition.edition.quotation import Value
from printedition.edition.text import Inline
from printedition.scholarship.checks import FoundEntry

LONGEST_LEMMA = 8  # words; a longer lemma prints as its first and last words

# What is said of a reading of each kind. An apparatus in a language without a column of its own
# is worded in Latin, as the trade does everywhere.
SAID: dict[str, dict[ReadingKind, str]] = {
    "en": {
        ReadingKind.SUBSTITUTION: "",
        ReadingKind.OMISSION: "om.",
        ReadingKind.ADDITION: "add.",
        ReadingKind.TRANSPOSITION: "transp.",
        ReadingKind.DELETION: "del.",
        ReadingKind.CORRECTION: "corr. from",
        ReadingKind.REPETITION: "rep.",
        ReadingKind.LACUNA: "lacuna",
        ReadingKind.ILLEGIBLE: "illegible",
        ReadingKind.BLANK: "left blank",
    },
    "la": {
        ReadingKind.SUBSTITUTION: "",
        ReadingKind.OMISSION: "om.",
        ReadingKind.ADDITION: "add.",
        ReadingKind.TRANSPOSITION: "transp.",
        ReadingKind.DELETION: "del.",
        ReadingKind.CORRECTION: "corr. ex",
        ReadingKind.REPETITION: "iter.",
        ReadingKind.LACUNA: "lac.",
        ReadingKind.ILLEGIBLE: "legi nequit",
        ReadingKind.BLANK: "spatium vacuum",
    },
}

# Kinds that are said before their words: “corr. from words”, but “words add.”
_SAID_FIRST = frozenset({ReadingKind.CORRECTION})

Marked: TypeAlias = Callable[[tuple[Inline, ...]], tuple[tree.Inline, ...]]


class Wording:
    """Words entries and readings in the language of an edition; `marked` composes their notes."""

    def __init__(self, lang: str, marked: Marked) -> None:
        self._said = SAID.get(lang.partition("-")[0], SAID["la"])
        self._marked = marked

    def entry(self, found: FoundEntry, block: str) -> tree.Entry:
        """An entry whose lemma ends in the leaf that appears under the id `block`."""
        entry: ApparatusEntry = found.entry
        return tree.Entry(
            lemma=tree.Lemma(found.words, shortened(found.words), found.passage, block),
            holders=_holders(entry.witnesses, entry.by),
            readings=tuple(self.reading(reading) for reading in entry.readings),
            note=self._marked(entry.note),
            span=entry.span,
        )

    def reading(self, reading: Reading) -> tree.Reading:
        """A reading, with what is said of it."""
        return tree.Reading(
            kind=reading.kind.value,
            said=self._said[reading.kind],
            text=reading.words,
            holders=_holders(reading.witnesses, reading.by),
            note=self._marked(reading.note),
            said_first=reading.kind in _SAID_FIRST,
            span=reading.span,
        )


def shortened(lemma: str) -> str:
    """A lemma as it prints: of a long one the first and last two words."""
    words = lemma.split()
    if len(words) <= LONGEST_LEMMA:
        return lemma
    return f"{' '.join(words[:2])} … {' '.join(words[-2:])}"


def _holders(witnesses: tuple[Value, ...], by: Value | None) -> tree.Holders:
    return tree.Holders(tuple(witness.text for witness in witnesses), by.text if by else "")
