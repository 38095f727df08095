"""The calls of a section: what they are labelled, and the notes and entries they lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from printedition.book import tree

SIGNS_OF_NOTES = "*†‡§‖¶"


def label(kind: str, number: int) -> str:
    """The label of the nth call (from 1) of a kind: a, b, …; 1, 2, …; or *, †, …, **, ††, …."""
    if kind == "note":
        return str(number)
    if kind == "entry":
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters
    rounds, rest = divmod(number - 1, len(SIGNS_OF_NOTES))
    return SIGNS_OF_NOTES[rest] * (rounds + 1)


class Calls:
    """Numbers the calls of a section, each kind in its own series, and keeps what they lead to."""

    def __init__(self, section: str) -> None:
        self._section = section
        self._counts: Counter[str] = Counter()
        self._notes: list[tree.FootNote] = []

    @property
    def notes(self) -> tuple[tree.FootNote, ...]:
        """All entries and notes called so far, in the order of their calls."""
        return tuple(self._notes)

    def entry(self, entry: tree.Entry) -> tree.Call:
        """The call of an entry."""
        return self._call(
            replace(self._next("entry", f"on “{entry.lemma.words}”"), entry=entry, span=entry.span)
        )

    def note(
        self, kind: str, body: Callable[[], tuple[tree.Block, ...]], description: str
    ) -> tree.Call:
        """The call of a note; its body is composed after it, so that it counts first."""
        note = self._next(kind, description)
        blocks = body()
        spans = (getattr(block, "span", None) for block in blocks)
        span = next((span for span in spans if span is not None), None)
        return self._call(replace(note, blocks=blocks, span=span))

    def _next(self, kind: str, description: str) -> tree.FootNote:
        self._counts[kind] += 1
        number = self._counts[kind]
        return tree.FootNote(
            kind=kind,
            label=label(kind, number),
            id=f"{self._section}.{kind}.{number}",
            call_id=f"{self._section}.{kind}-call.{number}",
            blocks=(),
            description=description,
        )

    def _call(self, note: tree.FootNote) -> tree.Call:
        self._notes.append(note)
        return tree.Call(note.kind, note.label, note.call_id, note)
