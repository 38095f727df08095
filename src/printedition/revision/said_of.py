"""What corrections.yaml says of the corrections of a printing, found among its words.

A note quotes a text of the edition. Its words are the same in print, so text and printing are
aligned word by word, wherever in the book the text is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import accumulate

from printedition.diagnostics import Findings
from printedition.edition.corrections import CorrectionNote, Typographical
from printedition.edition.edition import Edition
from printedition.edition.quotation import Passage
from printedition.edition.text import Text
from printedition.frozen import dataclass
from printedition.revision.aligning import Difference, differences
from printedition.revision.stream import Word, core, spans
from printedition.scholarship.finder import Finder, Purpose

_NONE = Difference(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one correction."""

    comment: str = ""
    credit: str = ""
    silent: bool | None = None


@dataclass(frozen=True, slots=True)
class SaidOf:
    """The notes on corrections, each with the passage of its lemma, and the texts they quote.

    `silent` is what a correction may change that errata pass over.
    """

    notes: tuple[tuple[CorrectionNote, Passage], ...] = ()
    texts: Mapping[str, Text] = field(default_factory=dict)
    silent: frozenset[Typographical] = frozenset()

    @classmethod
    def of(cls, edition: Edition, findings: Findings) -> SaidOf:
        """What an edition says; lemmas that cannot be found are reported and left out."""
        if not edition.corrections.notes:
            return cls(silent=edition.corrections.silent)
        finder = Finder(edition, findings)
        found = ((one, finder.find(one.lemma, Purpose.LEMMA)) for one in edition.corrections.notes)
        notes = tuple((note, passage) for note, passage in found if passage is not None)
        return cls(notes, edition.texts, edition.corrections.silent)

    def each(self, words: Sequence[Word], found: Sequence[Difference]) -> Iterator[Said]:
        """What is said of each difference of a stream, of which these are the words now."""
        if not found or not self.notes:
            yield from (Said() for _ in found)
            return
        printed = [core(word.text) for word in words]
        told = [
            (start, stop, note)
            for text in dict.fromkeys(passage.text for _, passage in self.notes)
            for start, stop, note in self._in_print(text, printed)
        ]
        for one in found:
            yield _joined([note for start, stop, note in told if _meet(one, start, stop)])

    def _in_print(
        self, text: str, printed: Sequence[str]
    ) -> Iterator[tuple[int, int, CorrectionNote]]:
        """The printed words, from and to, that the notes on a text quote; none where it is not."""
        plains = [leaf.plain for leaf in self.texts[text].leaves]
        leaves = [spans(each) for each in plains]
        firsts = [0, *accumulate(map(len, leaves))]
        own = [
            core(each[start:stop])
            for each, words in zip(plains, leaves, strict=True)
            for start, stop in words
        ]
        apart = differences(own, printed)
        for note, passage in self.notes:
            if passage.text != text:
                continue
            first, last = leaves[passage.first], leaves[passage.last]
            start = firsts[passage.first] + sum(end <= passage.start for _, end in first)
            stop = firsts[passage.last] + sum(begun < passage.end for begun, _ in last)
            if any(one.start < stop and one.stop > start for one in apart):
                continue  # they are not printed here, or not as they stand
            before = next((one for one in reversed(apart) if one.stop <= start), _NONE)
            shift = before.new_stop - before.stop
            yield start + shift, stop + shift, note


NOTHING = SaidOf()


def _meet(one: Difference, start: int, stop: int) -> bool:
    """Whether a difference is in these words, or took out what stood in or beside them."""
    if one.new_start == one.new_stop:
        return start <= one.new_start <= stop
    return one.new_start < stop and one.new_stop > start


def _joined(notes: Sequence[CorrectionNote]) -> Said:
    comments = dict.fromkeys(note.comment for note in notes if note.comment)
    credits_ = dict.fromkeys(note.credit for note in notes if note.credit)
    silent = next((note.silent for note in notes if note.silent is not None), None)
    return Said(" ".join(comments), "; ".join(credits_), silent)
