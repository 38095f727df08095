"""commentary.md and questions.md: notes and questions of the editor's, each under a head that says
what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from printedition.edition.commentary import Note, NoteKind
from printedition.edition.quotation import Quotation, Value
from printedition.edition.signs import (
    MARGIN_KINDS,
    NOTE_KEYS,
    NOTE_KINDS,
    QUESTION_KEYS,
    TEACHING_KINDS,
    VOCABULARY,
)
from printedition.edition.text import NO_ATTRIBUTES, Attributes, Block, Heading
from printedition.frozen import dataclass
from printedition.reading.attributes import Setting, check_attributes, parse_attributes
from printedition.reading.blocks import Document, RawHeading, parse_blocks
from printedition.reading.notes import calls_in
from printedition.sources import SourceFile, Span

_HEAD = re.compile(
    # Nothing here may be tried twice (++): a head of many blanks would take for ever.
    r"(?P<place>[^\s“{]++)?\s*+(?:“(?P<words>.*)”)?\s*+(?P<braces>\{[^{}]*\})?\s*+$",
    re.S,
)
_KINDS = {kind.value: kind for kind in NoteKind if kind is not NoteKind.QUESTION}
_LINES = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class _Form:
    """What a file is made of: what its parts are called, how one begins, what its head may say.

    `calling` says of a part that it may call no note.
    """

    file: str
    part: str
    example: str
    kinds: tuple[str, ...]
    keys: tuple[str, ...]
    calling: str


_COMMENTARY = _Form(
    "commentary",
    "note",
    "## p3 “words” {.foot}",
    NOTE_KINDS,
    NOTE_KEYS,
    "a note of the commentary calls another note",
)
_QUESTIONS = _Form(
    "questions", "question", "## p3 “words”", (), QUESTION_KEYS, "a question calls a note"
)


def read_commentary(file: SourceFile, setting: Setting) -> Iterator[Note]:
    """The notes of a commentary, in order; what belongs to none is reported."""
    yield from _read(file, setting, _COMMENTARY)


def read_questions(file: SourceFile, setting: Setting) -> Iterator[Note]:
    """Questions on texts, in order, with their answers and hints among their blocks."""
    for note in _read(file, replace(setting, more_kinds=TEACHING_KINDS), _QUESTIONS):
        yield replace(note, kind=NoteKind.QUESTION)


def _read(file: SourceFile, setting: Setting, form: _Form) -> Iterator[Note]:
    document = parse_blocks(file, setting, raw_level=2)
    for call in calls_in(document.blocks):
        setting.findings.report("NOT003", form.calling, call.span)
    _check_beginning(document, setting, form)
    edges = [*(start for start, _ in document.heads), len(document.blocks)]
    for (_, heading), (start, end) in zip(document.heads, pairwise(edges), strict=True):
        head = _Head.of(heading, setting, form)
        if head is None:
            continue
        if start == end:
            setting.findings.report(
                "NOT002",
                f"this {form.part} has no words",
                heading.span,
                hint="write them below its head, after a blank line",
            )
            continue
        yield head.note(document.blocks[start:end], setting)


def _check_beginning(document: Document, setting: Setting, form: _Form) -> None:
    """Nothing but a title may stand above the first note."""
    first = document.heads[0][0] if document.heads else len(document.blocks)
    for block in document.blocks[:first]:
        if not (isinstance(block, Heading) and block.level == 1):
            setting.findings.report(
                "NOT001", f"these words belong to no {form.part} of the {form.file}", block.span,
                hint=f"begin each {form.part} with a head such as: {form.example}",
            )  # fmt: skip
            break


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a note: its block, the words that it is about, its kind."""

    span: Span
    place: Value | None
    words: Value | None
    attributes: Attributes

    @classmethod
    def of(cls, heading: RawHeading, setting: Setting, form: _Form) -> _Head | None:
        """A head as its line says it; None where it names no place."""
        match = _HEAD.match(heading.text)
        if match is None or (match["place"] is None and match["words"] is None):
            setting.findings.report(
                "NOT001", f"this head of the {form.file} names no place", heading.span,
                hint="write the block, the words in curly quotation marks “ ”"
                f"{', and the kind' if form.kinds else ''}: {form.example}",
            )  # fmt: skip
            return None
        span = heading.span
        place, words, braces = (
            _value(match, group, span) for group in ("place", "words", "braces")
        )
        attributes = NO_ATTRIBUTES
        if braces is not None:
            parsed, _ = parse_attributes(braces.text, 0, setting, shift=braces.span.start)
            attributes = parsed or NO_ATTRIBUTES
            if attributes.span:
                check_attributes(
                    attributes, setting, kinds=form.kinds, keys=form.keys, what=form.part
                )
        return cls(span, place, words, attributes)

    def note(self, blocks: tuple[Block, ...], setting: Setting) -> Note:
        """The note with this head and body."""
        kinds: list[NoteKind] = [_KINDS[kind] for kind in self.attributes.kinds if kind in _KINDS]
        _check_head(self.attributes, kinds, setting)
        anchor = Quotation(
            words=self.words,
            folder=setting.folder,
            span=self.span,
            place=self.place,
            after=self.stated("after"),
            before=self.stated("before"),
            rank=self.stated("nth"),
            to=self.stated("to"),
            to_place=self.stated("to_in"),
        )
        kind = kinds[0] if kinds else NoteKind.FOOT
        style = next((kind for kind in self.attributes.kinds if kind in MARGIN_KINDS), "")
        name = self.attributes.id
        own = Value(name, self.attributes.place(f"#{name}")) if name else None
        each = "each" in self.attributes.kinds
        audience, lines = self.stated("audience"), self.lines(setting)
        headword = self.headword(setting)
        return Note(kind, each, anchor, blocks, self.span, style, own, audience, lines, headword)

    def headword(self, setting: Setting) -> str:
        """The word that the note explains: as it is stated, or as the text has it."""
        stated, explains = self.stated("headword"), VOCABULARY in self.attributes.kinds
        if stated is not None and not explains:
            setting.findings.report(
                "MRK005",
                "headword= is said of a note that explains a word, and this is none",
                self.attributes.place("headword="),
                hint="add .vocabulary, or take it out",
            )
        if not explains:
            return ""
        word = stated or self.words
        if word is None or not word.text.strip():
            setting.findings.report(
                "NOT006",
                "this note explains no word",
                self.attributes.place(f".{VOCABULARY}"),
                hint='quote the word, as in ## p3 “words”, or write headword="word"',
            )
            return ""
        return word.text

    def lines(self, setting: Setting) -> int | None:
        """How many lines there are to write on; None where it is not said, or no number."""
        stated = self.stated("lines")
        if stated is None or _LINES.fullmatch(stated.text):
            return int(stated.text) if stated else None
        setting.findings.report(
            "MRK005",
            f"“{stated.text}” is no number of lines to write on",
            stated.span,
            hint="write a number from 0 to 99, as in lines=4",
        )
        return None

    def stated(self, key: str) -> Value | None:
        text = self.attributes.get(key)
        return Value(text, self.attributes.place(key)) if text is not None else None


def _value(match: re.Match[str], group: str, head: Span) -> Value | None:
    if match[group] is None:
        return None
    start, end = match.span(group)
    return Value(match[group], Span(head.source, head.start + start, head.start + end))


def _check_head(attributes: Attributes, kinds: list[NoteKind], setting: Setting) -> None:
    """A note stands in one place."""
    if len(kinds) > 1:
        setting.findings.report(
            "MRK004",
            "a note has one kind, not several",
            attributes.place(f".{kinds[1].value}"),
            hint=f"keep either .{kinds[0].value} or .{kinds[1].value}",
        )
