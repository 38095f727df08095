"""Where margin notes stand beside the text. All lengths are in px."""

from __future__ import annotations

from collections.abc import Sequence

from printedition.frozen import dataclass

GAP = 4 * 96 / 25.4  # between the text and its margin notes: 4 mm
BETWEEN = 4.0  # between one margin note and the next
FIGURES = 16.0  # for the numbers of lines, where they stand on the same side
MOST_UP = 3  # lines of text that a note may stand above its words


@dataclass(frozen=True, slots=True)
class Beside:
    """A margin note: the strip of its words, where it would stand beside them, its height."""

    id: str
    strip: int
    wanted: float
    height: float


def spread(notes: Sequence[Beside], top: float, foot: float) -> list[float]:
    """Where margin notes stand: as near to their words as may be.

    Each is pushed down by the one above it, and up from the foot of the page.
    """
    tops: list[float] = []
    floor = top
    for note in notes:
        tops.append(max(note.wanted, floor))
        floor = tops[-1] + note.height + BETWEEN
    ceiling = foot
    for number in reversed(range(len(tops))):
        tops[number] = min(tops[number], ceiling - notes[number].height)
        ceiling = tops[number] - BETWEEN
    return tops


def without_room(
    notes: Sequence[Beside], top: float, foot: float, line: float
) -> tuple[Beside, ...]:
    """The notes, from the last, that must go lest one stands above the top or its own words.

    `line` is the distance of two lines of text.
    """
    kept = list(notes)
    while kept:
        tops = spread(kept, top, foot)
        least = (max(top, note.wanted - MOST_UP * line) for note in kept)
        if all(y >= low - 0.01 for y, low in zip(tops, least, strict=True)):
            break
        kept.pop()
    return tuple(notes[len(kept) :])
