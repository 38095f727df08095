"""Words as pages have them, and which of them only say where something stands.

These change whenever a page does, and were right in each printing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

LOCUS = "whereabouts"  # the class of what templates print of a place in the book

Pieces = Iterable[tuple[str, bool]]  # words, and whether they are such


def is_locus(element: Any) -> bool:
    """Whether an element says where something stands."""
    return element is not None and LOCUS in (element.get("class") or "").split()


def audience_of(element: Any) -> str:
    """The audience that an element is for; empty where it is for all, or says nothing of it."""
    return str(element.get("data-for") or "") if element is not None else ""


def worded(pieces: Pieces) -> tuple[str, tuple[int, ...]]:
    """Pieces as words with single blanks, and the numbers, from 0, of those that say a place."""
    text, marks = "", []
    for words, says in pieces:
        if says and words.strip():
            start = len(text) + len(words) - len(words.lstrip())
            marks.append((start, len(text) + len(words.rstrip())))
        text += words
    tokens = text.split()
    places: list[int] = []
    at = 0
    for number, token in enumerate(tokens):
        at = text.index(token, at)
        if any(start < at + len(token) and at < stop for start, stop in marks):
            places.append(number)
        at += len(token)
    return " ".join(tokens), tuple(places)
