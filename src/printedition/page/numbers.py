"""The numbers that the objects of sections have in the PDF: room for each, reckoned beforehand.

A section has the same numbers after a correction, though it has some objects more or fewer, for its
room is a power of two, and more than what it mostly wants. What has no room is written otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from printedition.book import tree
from printedition.fingerprint import values_of
from printedition.frozen import dataclass
from printedition.page.crew import weight

STRUCTURE = 5  # the number of the Document in the structure, below which are all tags
_LEAST = 1024
_OF_WORDS = ("text", "parallel")  # kinds of which few words link to others
_NOTED = 11  # objects of a note or block
_LINKED = 4  # of a part of other kinds
_LETTERS = 20  # to an object: a line of type is one


@dataclass(frozen=True, slots=True)
class Room:
    """The numbers from `first` to before `end`."""

    first: int
    end: int


def rooms_of(sections: Sequence[tree.Section]) -> dict[str, Room]:
    """Room for the objects of each section, by their ids."""
    made: dict[str, Room] = {}
    first = STRUCTURE + 1
    for section in sections:
        size = max(_LEAST, 1 << _wanted(section).bit_length())
        made[section.id] = Room(first, first + size)
        first += size
    return made


def _wanted(section: tree.Section) -> int:
    if section.kind in _OF_WORDS:
        _, letters = _measure((section.heading, section.blocks, section.rows))
        return _NOTED * weight(section) + 2 * letters // _LETTERS
    parts, letters = _measure((section,))
    return _LINKED * (parts + letters // _LETTERS)


def _measure(nodes: Sequence[Any]) -> tuple[int, int]:
    """How many records there are in some, and letters; what is called is weighed elsewhere."""
    parts = letters = 0
    for node in nodes:
        kind = type(node)
        if kind is str:
            letters += len(node)
            continue
        if kind is tree.Call:
            parts += 1
            continue
        inner = node if kind is tuple else values_of(node)
        if inner:
            more, written = _measure(inner)
            parts += more + (kind is not tuple)
            letters += written
    return parts, letters
