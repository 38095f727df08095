"""Words entries: who has the lemma, and what is said of each reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import TypeAlias

from printedition.book import tree
from printedition.book.lemmas import printed_lemma
from printedition.book.terms import TERMS, Terms, meaning_of, said_of_lines, terms_of
from printedition.edition.apparatus import (
    WITHOUT_WORDS,
    Conventions,
    EntryKind,
    Reading,
    ReadingKind,
)
from printedition.edition.edition import Edition
from printedition.edition.holding import conventions_in
from printedition.edition.names import namespace_of, siglum_shown
from printedition.edition.quotation import Value
from printedition.edition.text import Inline
from printedition.frozen import dataclass
from printedition.scholarship.apparatus import Apparatus, FoundEntry
from printedition.scholarship.places import Places
from printedition.scholarship.verses import whole_lines

Marked: TypeAlias = Callable[[tuple[Inline, ...]], tuple[tree.Inline, ...]]

THE_EDITOR = "ed."
_OF_LINES = {
    ReadingKind.OMISSION,
    ReadingKind.TRANSPOSITION,
    ReadingKind.DELETION,
    ReadingKind.REPETITION,
}


@dataclass(frozen=True, slots=True)
class _Holding:
    """The conventions of an edition, their terms, and which of these are used."""

    conventions: Conventions
    terms: Terms
    used: set[str] = field(default_factory=set)


class Wording:
    """Words entries by the conventions that hold for their texts; `marked` composes their notes.

    The terms that the book uses are gathered, for the list of abbreviations.
    """

    def __init__(
        self, edition: Edition, apparatus: Apparatus, places: Places, marked: Marked
    ) -> None:
        self._edition = edition
        self._apparatus = apparatus
        self._places = places
        self._marked = marked
        self._holding: dict[str, _Holding] = {}  # by namespace

    def entry(self, found: FoundEntry, block: str, lang: str = "") -> tree.Entry:
        """An entry whose lemma ends in the leaf that appears under the id `block`.

        `lang` is the language of its words, where that is not the section's.
        """
        entry = found.entry
        added = bool(entry.readings) and all(
            reading.kind is ReadingKind.ADDITION for reading in entry.readings
        )
        longest = self._of(found).conventions.longest_lemma
        parts = printed_lemma(found.words, found.passage, self._places, longest)
        holders = self._holders_of_lemma(found)
        return tree.Entry(
            lemma=tree.Lemma(found.words, parts, found.passage, block),
            lead=self._term("after", found) if added else "",
            holders=tree.Holders() if added else holders,
            readings=tuple(self.reading(r, found) for r in self._apparatus.readings(found)),
            without=self._term("without", found) if added and holders else "",
            without_it=holders if added else tree.Holders(),
            note=self._marked(entry.note),
            span=entry.span,
            lang=lang,
        )

    def reading(self, reading: Reading, found: FoundEntry) -> tree.Reading:
        """A reading of an entry, with what is said of it."""
        return tree.Reading(
            kind=reading.kind.value,
            pieces=tuple(self._pieces(reading, found)),
            text=reading.words,
            holders=self._holders_of(reading, found),
            note=self._marked(reading.note),
            span=reading.span,
        )

    def abbreviations(self, lang: str) -> Iterator[tree.SignRow]:
        """The terms in use that want explaining, with their meaning in the book's language."""
        rows: dict[str, dict[str, None]] = {}  # what one says in two languages may mean two things
        for term in TERMS["la"]:
            for holding in self._holding.values():
                said, meaning = holding.terms[term][0], meaning_of(term, lang)
                if term in holding.used and said != meaning:
                    rows.setdefault(said, {})[meaning] = None
        yield from (tree.SignRow(said, next(iter(means))) for said, means in rows.items())

    # What is said of a reading

    def _of(self, found: FoundEntry) -> _Holding:
        """The conventions that hold for the text of an entry."""
        namespace = namespace_of(found.passage.text)
        if namespace not in self._holding:
            conventions = conventions_in(self._edition, namespace)
            terms = terms_of(conventions.lang, conventions.terms)
            self._holding[namespace] = _Holding(conventions, terms)
        return self._holding[namespace]

    def _term(self, term: str, found: FoundEntry) -> str:
        holding = self._of(found)
        holding.used.add(term)
        return holding.terms[term][0]

    def _pieces(self, reading: Reading, found: FoundEntry) -> Iterator[tree.Piece]:
        kind, words = reading.kind, reading.words
        if kind is ReadingKind.SUBSTITUTION or (
            kind is ReadingKind.TRANSPOSITION and _is_inversion(words, found.words)
        ):
            yield tree.Piece(words)
            return
        lines = whole_lines(found.passage, self._places) if kind in _OF_LINES else 0
        said = self._term(kind.value, found)
        if lines:
            said = said_of_lines(self._term("line" if lines == 1 else "lines", found), said)
        if kind is ReadingKind.TRANSPOSITION:
            yield from self._transposed(reading, said, found)
            return
        if kind in WITHOUT_WORDS and words:
            said = f"{said} ({words})"
        yield tree.Piece(said, editors=True)
        if words and kind not in WITHOUT_WORDS:
            yield tree.Piece(words)

    def _transposed(self, reading: Reading, said: str, found: FoundEntry) -> Iterator[tree.Piece]:
        """`*before* spiritus sanctus *transp.*`."""
        if reading.words:
            yield tree.Piece(reading.words)
        for term, words in (("after", reading.after), ("before", reading.before)):
            if words:
                yield tree.Piece(self._term(term, found), editors=True)
                yield tree.Piece(words)
        yield tree.Piece(said, editors=True)

    # Who has it

    def _holders_of_lemma(self, found: FoundEntry) -> tree.Holders:
        entry = found.entry
        by = _name_of(entry.by)
        if not entry.readings or not self._apparatus.is_positive(found):
            return tree.Holders(by=by)
        if entry.witnesses:
            return self._stated(entry.witnesses, by)
        if by:
            return tree.Holders(by=by)
        others = self._apparatus.having(found)
        if not others:
            return tree.Holders(by=THE_EDITOR)
        if self._of(found).conventions.summed and len(others) > 1:
            return tree.Holders(summed=self._term("rest", found))
        return tree.Holders(_printed(others))

    def _holders_of(self, reading: Reading, found: FoundEntry) -> tree.Holders:
        by = _name_of(reading.by)
        in_notes = found.entry.kind is EntryKind.VARIANT
        summed = in_notes and self._of(found).conventions.summed
        if summed and self._apparatus.is_of_all(reading, found):
            return tree.Holders(by=by, summed=self._term("all", found))
        return self._stated(reading.witnesses, by)

    def _stated(self, witnesses: tuple[Value, ...], by: str) -> tree.Holders:
        return tree.Holders(_printed(self._apparatus.in_order(w.text for w in witnesses)), by)


def _printed(sigla: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(siglum_shown, sigla))


def _is_inversion(words: str, lemma: str) -> bool:
    """Whether words are those of the lemma in another order, which then speaks for itself."""
    return sorted(words.casefold().split()) == sorted(lemma.casefold().split())


def _name_of(by: Value | None) -> str:
    return by.text if by else ""
