"""The calls of a section: what they are labelled, and the notes and entries they lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from printedition.book import tree

SIGNS_OF_NOTES = "*†‡§‖¶"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def label(kind: str, number: int) -> str:
    """The label of the nth call (from 1) of a kind: a, b, …; 1, 2, …; or *, †, …, **, ††, ….

    Notes `apart`, for one audience, are i, ii, …, so that all others count without them.
    """
    if kind == "note":
        return str(number)
    if kind == "apart":
        return roman(number)
    if kind == "entry":
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters
    rounds, rest = divmod(number - 1, len(SIGNS_OF_NOTES))
    return SIGNS_OF_NOTES[rest] * (rounds + 1)


def roman(number: int) -> str:
    """A number in small Roman numerals."""
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def note_on(anchor: str, kind: str, number: int = 1) -> str:
    """The id of the nth entry or note (`kind`) whose lemma ends in the words of an id."""
    return f"{anchor}.{kind}" + (f".{number}" if number > 1 else "")


class Calls:
    """Numbers the calls of a section, each kind in its own series, and keeps what they lead to."""

    def __init__(self, section: str) -> None:
        self._section = section
        self._counts: Counter[str] = Counter()
        self._notes: list[tree.FootNote] = []
        self._margins: list[tree.MarginNote] = []
        self._begun: dict[int, tuple[str, int]] = {}
        self._beginnings = 0
        self._ended: Counter[tuple[str, str]] = Counter()

    @property
    def notes(self) -> tuple[tree.FootNote, ...]:
        """All entries and notes called so far, in the order of their calls."""
        return tuple(self._notes)

    @property
    def margins(self) -> tuple[tree.MarginNote, ...]:
        """All margin notes so far, in the order of their anchors."""
        return tuple(self._margins)

    def begin(self, found: object, anchor: str) -> None:
        """Remember that a lemma begins here, with words of the id `anchor`."""
        self._beginnings += 1
        self._begun[id(found)] = anchor, self._beginnings

    def entry(
        self, found: object, entry: tree.Entry, band: str, anchor: str, name: str = ""
    ) -> tree.Call:
        """The call of an entry whose lemma ends in the words of the id `anchor`.

        `name` is its id where references lead to it.
        """
        first, place = self._begun.get(id(found), (anchor, self._beginnings))
        note = replace(
            self._next("entry", f"on “{entry.lemma.words}”"),
            id=name or self._on(anchor, "entry"),
            entry=entry,
            band=band,
            first=first,
            last=anchor,
            place=place,
            span=entry.span,
        )
        return self._call(note)

    def margin(self, note: tree.MarginNote) -> tree.MarginNote:
        """A margin note, kept with those of the section."""
        self._margins.append(note)
        return note

    def note(
        self,
        kind: str,
        body: Callable[[str], tuple[tree.Block, ...]],
        description: str,
        found: object = None,
        anchor: str = "",
        parts: tuple[str, ...] = (),
        name: str = "",
        audience: str = "",
        withheld: bool = False,
    ) -> tree.Call:
        """The call of a note; its body is composed after it, with its label, so it counts first.

        `parts` is the lemma of one on words, which end in those of the id `anchor`; `name` its id
        where references lead to it. One for an `audience` is in a series of its own.
        """
        note = self._next(kind, description, audience)
        note = replace(note, audience=audience, withheld=withheld)
        if anchor:
            first, _ = self._begun.get(id(found), (anchor, 0))
            identifier = name or self._on(anchor, kind)
            note = replace(note, id=identifier, first=first, last=anchor, parts=parts)
        elif name:
            note = replace(note, id=name)
        blocks = body(note.label)
        band = "text-notes" if kind == "text-note" else "notes"
        spans = (getattr(block, "span", None) for block in blocks)
        span = next((span for span in spans if span is not None), None)
        return self._call(replace(note, blocks=blocks, band=band, span=span))

    def _on(self, anchor: str, kind: str) -> str:
        self._ended[anchor, kind] += 1
        return note_on(anchor, kind, self._ended[anchor, kind])

    def _next(self, kind: str, description: str, audience: str = "") -> tree.FootNote:
        series = f"{audience}-{kind}" if audience else kind
        self._counts[series] += 1
        number = self._counts[series]
        return tree.FootNote(
            kind=kind,
            label=label("apart" if audience else kind, number),
            id=f"{self._section}.{series}.{number}",
            call_id=f"{self._section}.{series}-call.{number}",
            blocks=(),
            description=description,
        )

    def _call(self, note: tree.FootNote) -> tree.Call:
        self._notes.append(note)
        return tree.Call(note.kind, note.label, note.call_id, note)
