"""The apparatus found in the texts: who has each lemma, and the order of sigla and readings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from printedition.edition.apparatus import (
    WITH_LEMMA,
    WITHOUT_WORDS,
    ApparatusEntry,
    EntryKind,
    Form,
    Reading,
    ReadingKind,
    Witness,
)
from printedition.edition.edition import Edition
from printedition.edition.holding import conventions_in
from printedition.edition.names import namespace_of
from printedition.edition.quotation import Passage, Value
from printedition.frozen import dataclass
from printedition.scholarship.extant import Extant

_WORD = re.compile(r"\w+")
_MOST_RUNNING = 100  # lemmas over one word: more were not meant, and pairs grow by their square


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry and the passage of its lemma, with the lemma's words."""

    entry: ApparatusEntry
    passage: Passage
    words: str

    @property
    def start(self) -> tuple[int, int]:
        """Where the lemma begins: leaf and offset."""
        return self.passage.first, self.passage.start

    @property
    def end(self) -> tuple[int, int]:
        """Where the lemma ends: leaf and offset."""
        return self.passage.last, self.passage.end

    @property
    def cited(self) -> tuple[str, ...]:
        """Every siglum that the entry names."""
        readings = (w for reading in self.entry.readings for w in reading.witnesses)
        return tuple(witness.text for witness in (*self.entry.witnesses, *readings))

    @property
    def scholars(self) -> tuple[Value, ...]:
        """Every scholar that the entry names."""
        named = (self.entry.by, *(reading.by for reading in self.entry.readings))
        return tuple(by for by in named if by is not None)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two entries whose lemmas share words; `outer` begins first, or is the longer."""

    outer: FoundEntry
    inner: FoundEntry

    @property
    def nested(self) -> bool:
        """Whether all of the inner lemma stands within the outer one."""
        return self.inner.end <= self.outer.end

    @property
    def alike(self) -> bool:
        """Whether both are about the same words."""
        return self.inner.passage == self.outer.passage


def overlapping(entries: Iterable[FoundEntry]) -> Iterator[Overlap]:
    """All pairs of entries whose lemmas share words, in the order of the text."""

    def order(found: FoundEntry) -> tuple[str, tuple[int, int], tuple[int, int]]:
        return found.passage.text, found.start, (-found.end[0], -found.end[1])

    for _, found in groupby(sorted(entries, key=order), key=lambda one: one.passage.text):
        running: list[FoundEntry] = []
        for entry in found:
            running = [one for one in running[-_MOST_RUNNING:] if one.end > entry.start]
            yield from (Overlap(before, entry) for before in running)
            running.append(entry)


def in_conspectus(witnesses: Iterable[Witness]) -> tuple[Witness, ...]:
    """Witnesses as the conspectus lists them, each hand under its manuscript."""
    listed = tuple(witnesses)
    hands: dict[str, list[Witness]] = defaultdict(list)
    known = {witness.siglum for witness in listed}
    for witness in listed:
        if witness.hand_of and witness.hand_of.text in known:
            hands[witness.hand_of.text].append(witness)
    under = {id(hand) for group in hands.values() for hand in group}
    ordered: dict[str, Witness] = {}
    waiting = [witness for witness in reversed(listed) if id(witness) not in under]
    while waiting:
        witness = waiting.pop()
        ordered[witness.siglum] = witness
        waiting += reversed(hands.pop(witness.siglum, []))
    ordered.update((w.siglum, w) for w in listed if w.siglum not in ordered)  # hands in a circle
    return tuple(ordered.values())


def stands_in(words: str, others: str) -> bool:
    """Whether words stand together among others, whatever their capitals and points."""
    inner, outer = _words_of(words), _words_of(others)
    return any(outer[n : n + len(inner)] == inner for n in range(len(outer) - len(inner) + 1))


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


class Apparatus:
    """The entries of an edition, and what follows from them all for each."""

    def __init__(self, edition: Edition, entries: Sequence[FoundEntry], extant: Extant) -> None:
        self.entries = tuple(entries)
        self.extant = extant
        self.overlaps = tuple(overlapping(self.entries))
        self._edition = edition
        self._forms: dict[str, Form | None] = {}  # by namespace
        conspectus = in_conspectus(edition.witnesses)
        self._places = {witness.siglum: place for place, witness in enumerate(conspectus)}
        self._lacking: dict[int, set[str]] = defaultdict(set)
        for overlap in self.overlaps:
            self._note_lacking(overlap.outer, overlap.inner, overlap.nested)
            if overlap.alike or not overlap.nested:
                self._note_lacking(overlap.inner, overlap.outer, overlap.alike)

    def in_order(self, sigla: Iterable[str]) -> tuple[str, ...]:
        """Sigla, each once, in the order of the conspectus."""
        return tuple(sorted(dict.fromkeys(sigla), key=self._place))

    def having(self, found: FoundEntry) -> tuple[str, ...]:
        """The witnesses that have the lemma though the entry does not name them.

        They hold the passage, and no entry on these or more words takes them away; what an entry
        on fewer words says is read beside this one.
        """
        silent = {*found.cited, *self._lacking[id(found)]}
        return self.in_order(s for s in self.extant.whole(found.passage) if s not in silent)

    def is_positive(self, found: FoundEntry) -> bool:
        """Whether the entry prints who has the lemma."""
        namespace = namespace_of(found.passage.text)
        if namespace not in self._forms:
            self._forms[namespace] = conventions_in(self._edition, namespace).form
        match self._forms[namespace]:
            case Form.POSITIVE:
                return True
            case Form.NEGATIVE:
                return False
            case Form.MIXED | None:
                return bool(found.entry.witnesses)

    def readings(self, found: FoundEntry) -> tuple[Reading, ...]:
        """Kin of the lemma first, then by the conspectus, conjectures last."""

        def order(reading: Reading) -> tuple[bool, bool, int]:
            first = min((self._place(w.text) for w in reading.witnesses), default=0)
            return not reading.witnesses, not _is_kin(reading, found), first

        return tuple(sorted(found.entry.readings, key=order))

    def is_of_all(self, reading: Reading, found: FoundEntry) -> bool:
        """Whether all witnesses that hold the passage have a reading, and they are several."""
        sigla = {witness.text for witness in reading.witnesses}
        whole = self.extant.whole(found.passage)
        return len(whole) > 1 and sigla == set(whole)

    def _place(self, siglum: str) -> int:
        return self._places.get(siglum, len(self._places))

    def _note_lacking(self, other: FoundEntry, found: FoundEntry, within: bool) -> None:
        """Note the witnesses that cannot have a lemma, since they lack words round it."""
        for reading in other.entry.readings:
            changed = reading.kind is ReadingKind.SUBSTITUTION and within
            if reading.kind in WITHOUT_WORDS or (
                changed and not stands_in(found.words, reading.words)
            ):
                self._lacking[id(found)].update(w.text for w in reading.witnesses)


def _is_kin(reading: Reading, found: FoundEntry) -> bool:
    """Whether a reading shares words with the lemma."""
    if reading.kind in WITH_LEMMA or reading.kind is ReadingKind.DELETION:
        return True
    return not {*_words_of(reading.words)}.isdisjoint(_words_of(found.words))


def variants(entries: Iterable[FoundEntry]) -> Iterator[FoundEntry]:
    """The entries that print at the foot of the page."""
    return (found for found in entries if found.entry.kind is EntryKind.VARIANT)
