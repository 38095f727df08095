"""A file of plain text as a text of an edition."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from itertools import pairwise

from printedition.adding.literal import literal, literal_line
from printedition.adding.pins import pin

_APART = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•–]|\d+[.)])[ \t]+(?=\S)", re.MULTILINE)
_NOTE = re.compile(r"^[ ]{0,3}\[\^([^\s\[\]^]+)\]:[ \t]*", re.MULTILINE)
_CALL = re.compile(r"(\[\^[^\s\[\]^]+\])")
_INDENTED = re.compile(r"(?: {2,}|\t)(?=\S)")
_LONGEST_TITLE = 100  # characters: a longer first line begins the text itself
_NO_BODY = "changed: calls [^…] that have no note of their own, printed as they stand"
_NO_CALL = "changed: notes [^…] that are not called, or stand twice; paragraphs now"
_INNER = "changed: calls [^…] within notes, printed as they stand, as no note holds a note"


def from_plain(words: str) -> tuple[str, tuple[str, ...]]:
    """Paragraphs apart by blank lines; a short first one without a stop is the title.

    Paragraphs that begin with [^1]: are notes, if they are called. Of calls that have none, and of
    notes that are not called, something is told; each has a pin.
    """
    blocks = [block.strip("\n") for block in _APART.split(unicodedata.normalize("NFC", words))]
    blocks = [item for block in blocks if block.strip() for item in _parts(block)]
    said: list[str] = []
    notes = _notes_in(blocks)
    made: list[str] = []
    was_note = False
    for number, block in enumerate(blocks):
        body = _NOTE.match(block)
        if body and body[1] in notes:
            first = f"[^{body[1]}]: "
            made.append(first + _lines(block[body.end() :], (), said, inside=True))
            was_note = True
        elif was_note and _INDENTED.match(block):  # goes on with the note before it
            made.append("    " + _lines(block, (), said, inside=True).replace("\n", "\n    "))
        else:
            was_note = False
            if number == 0 and is_title(block):
                made.append(f"# {_line(block, notes, said, inside=False)}")
                continue
            made.append(_lines(block, notes, said, inside=False))
    return "\n\n".join(made) + "\n" if made else "", tuple(said)


def _parts(block: str) -> list[str]:
    """A paragraph, or each of the notes that stand line under line; else each item of a list."""
    starts = [found.start() for found in _NOTE.finditer(block)]
    if starts:
        edges = [*dict.fromkeys([0, *starts]), len(block)]
        return [part for a, b in pairwise(edges) if (part := block[a:b]).strip()]
    if len(_ITEM.findall(block)) < 2:
        return [block]
    return [item.rstrip() for item in _ITEM.sub(r"\0\g<0>", block).split("\0") if item.strip()]


def _notes_in(blocks: Collection[str]) -> frozenset[str]:
    """The labels of the notes that stand once and are called."""
    bodies = Counter(found[1] for block in blocks if (found := _NOTE.match(block)))
    called = {
        call[2:-1] for block in blocks if not _NOTE.match(block) for call in _CALL.findall(block)
    }
    return frozenset(label for label, times in bodies.items() if times == 1 and label in called)


def _lines(block: str, notes: Collection[str], said: list[str], *, inside: bool) -> str:
    rows = (_line(row, notes, said, inside=inside) for row in block.splitlines())
    return "\n".join(map(literal_line, rows))


def _line(row: str, notes: Collection[str], said: list[str], *, inside: bool) -> str:
    """A line, its signs literal but those that call one of the notes."""
    made = []
    at_start = _NOTE.match(row)
    for number, piece in enumerate(_CALL.split(row.strip())):
        if number % 2 == 0:
            made.append(literal(piece))
        elif piece[2:-1] in notes and not (at_start and number == 1):
            made.append(piece)
        else:
            what = _INNER if inside else _NO_CALL if at_start and number == 1 else _NO_BODY
            made.append(literal(piece) + pin(len(said)))
            said.append(what)
    return "".join(made)


def is_title(block: str) -> bool:
    """Whether a first paragraph is more likely a title: short, on one line, without a stop."""
    words = block.strip()
    return "\n" not in words and len(words) <= _LONGEST_TITLE and words[-1] not in ".,;:"
