"""Where margin notes stand beside the text."""

from __future__ import annotations

from collections.abc import Sequence

GAP = 4 * 96 / 25.4  # px between the text and its margin notes: 4 mm
BETWEEN = 4.0  # px between one margin note and the next


def spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, foot: float
) -> list[float]:
    """Where margin notes stand, in px from above: as near to their anchors as may be.

    Each is pushed down by the one above it, and up from the foot of the page.
    """
    tops: list[float] = []
    floor = top
    for y, height in zip(wanted, heights, strict=True):
        tops.append(max(y, floor))
        floor = tops[-1] + height + BETWEEN
    ceiling = foot
    for number in reversed(range(len(tops))):
        tops[number] = min(tops[number], ceiling - heights[number])
        ceiling = tops[number] - BETWEEN
    return tops
