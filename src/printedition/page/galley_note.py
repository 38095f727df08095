"""A note as lines of the galley of notes, to be moved onto pages whole or in pieces."""

from __future__ import annotations

from collections.abc import Sequence

from printedition.page.galley import Galley


class GalleyNote:
    """A note as strips of the galley of notes."""

    def __init__(self, name: str, band: str, galley: Galley) -> None:
        self.id, self.band, self._galley = name, band, galley
        self.first, last = galley.where[name]
        self._length = last + 1 - self.first

    def __len__(self) -> int:
        return self._length

    def height(self, start: int, stop: int) -> float:
        """The height of its strips from one number up to another, in px."""
        if stop <= start:
            return 0.0
        strips = self._galley.strips
        return strips[self.first + stop - 1].bottom - strips[self.first + start].top

    def ends(self, start: int) -> Sequence[int]:
        """After which strips, from `start`, it may be divided."""
        strips, length = self._galley.strips, self._length
        return [
            number
            for number in range(start + 1, length + 1)
            if number == length or strips[self.first + number - 1].end.value
        ]
