"""What stands off from each leaf of the texts: entries and notes."""

from __future__ import annotations

from collections import defaultdict

from printedition.edition.commentary import NoteKind
from printedition.edition.edition import Edition
from printedition.edition.holding import conventions_of
from printedition.scholarship.apparatus import FoundEntry, variants
from printedition.scholarship.checks import Scholarship
from printedition.scholarship.notes import FoundNote

At = tuple[str, int]  # a leaf: its text and number


class StandingOff:
    """Scholarship by the leaf that prints it.

    An entry and a note at the foot print where their words end, a note in the margin where they
    begin.
    """

    def __init__(self, scholarship: Scholarship, edition: Edition) -> None:
        self._entries: dict[At, list[FoundEntry]] = defaultdict(list)
        self._begun: dict[At, list[FoundEntry]] = defaultdict(list)
        self._notes: dict[At, list[FoundNote]] = defaultdict(list)
        self._cited: dict[At, list[FoundNote]] = defaultdict(list)
        for entry in variants(scholarship.entries):
            self._entries[entry.passage.text, entry.passage.last].append(entry)
            self._begun[entry.passage.text, entry.passage.first].append(entry)
        for ended in self._entries.values():
            ended.sort(key=lambda one: (one.end, one.start))
        for (text, _), begun in self._begun.items():
            longer_first = conventions_of(edition, text).longer_first
            begun.sort(key=lambda one: one.end, reverse=longer_first)
            begun.sort(key=lambda one: one.start)
        for note in scholarship.notes:
            passage = note.passage
            apart = edition.stands_apart(note.note.audience)
            if note.note.kind not in (NoteKind.END, NoteKind.QUESTION) and not apart:
                margin = note.note.kind is NoteKind.MARGIN
                self._notes[passage.text, passage.first if margin else passage.last].append(note)
            if (note.note.kind is not NoteKind.MARGIN or apart) and not note.is_on_text:
                self._cited[passage.text, passage.first].append(note)

    def entries(self, text: str, number: int) -> tuple[FoundEntry, ...]:
        """Entries by the end of their lemma, a longer lemma before one that it ends with."""
        return tuple(self._entries.get((text, number), ()))

    def begun(self, text: str, number: int) -> tuple[FoundEntry, ...]:
        """Entries whose lemma begins in a leaf, by that; those that begin at one word by length."""
        return tuple(self._begun.get((text, number), ()))

    def notes(self, text: str, number: int) -> tuple[FoundNote, ...]:
        """Notes of foot and margin, in the order of their files."""
        return tuple(self._notes.get((text, number), ()))

    def cited(self, text: str, number: int) -> tuple[FoundNote, ...]:
        """Notes of foot, end and appendix, and questions, on words which begin in a leaf."""
        return tuple(self._cited.get((text, number), ()))
