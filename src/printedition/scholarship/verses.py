"""Lemmas that are whole lines of a text whose lines end by its own will, as verses do."""

from __future__ import annotations

from printedition.edition.quotation import Passage
from printedition.edition.text import Leaf, LineBreak, Words, walk_inlines
from printedition.scholarship.places import Places


def whole_lines(passage: Passage, places: Places) -> int:
    """How many whole lines a passage is; 0 where it is part of one, or of prose.

    Points at the ends of a line do not count.
    """
    count = 0
    for number in range(passage.first, passage.last + 1):
        leaf = places.leaf(passage.text, number)
        start = passage.start if number == passage.first else 0
        end = passage.end if number == passage.last else len(leaf.plain)
        lines = _lines_of(leaf, start, end)
        if not lines:
            return 0
        count += lines
    return count


def _lines_of(leaf: Leaf, start: int, end: int) -> int:
    breaks = _breaks(leaf)
    if not breaks and "verse" not in leaf.attributes.kinds:
        return 0
    within = [at for at in breaks if start <= at < end]
    begun = max((at + 1 for at in breaks if at < start), default=0)
    ended = min((at for at in breaks if at >= end), default=len(leaf.plain))
    outside = leaf.plain[begun:start] + leaf.plain[end:ended]
    return 0 if any(sign.isalnum() for sign in outside) else len(within) + 1


def _breaks(leaf: Leaf) -> list[int]:
    """Where lines end: offsets of the blanks that breaks are in the plain text."""
    at, breaks = 0, []
    for inline in walk_inlines(leaf.inlines):
        if isinstance(inline, Words):
            at += len(inline.text)
        elif isinstance(inline, LineBreak):
            breaks.append(at)
            at += 1
    return breaks
