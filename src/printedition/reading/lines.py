"""Lines of a file and of its blocks, each with its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from printedition.frozen import dataclass
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block, without what makes it part of its container, and where it begins."""

    text: str
    offset: int


class Stretch:
    """Lines as one text, each index of which has its offset in the file."""

    def __init__(self, lines: Sequence[Line], source: str) -> None:
        self.source = source
        self.text = "\n".join(line.text for line in lines)
        self._starts: list[int] = []  # in the text; and what each line lacks to its offset
        self._shifts: list[int] = []
        start = 0
        for line in lines:
            self._starts.append(start)
            self._shifts.append(line.offset - start)
            start += len(line.text) + 1

    def shift(self, index: int) -> int:
        """What an index lacks to its offset in the file."""
        return self._shifts[bisect_right(self._starts, index) - 1]

    def span(self, start: int, end: int) -> Span:
        """The place in the file of what lies between two indices."""
        first = start + self.shift(start)
        return Span(self.source, first, end - 1 + self.shift(end - 1) + 1 if end > start else first)


class FileLines:
    """The lines of a file, counted from 0, and where each begins."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]

    def __getitem__(self, number: int) -> str:
        return self._lines[number]

    def start(self, number: int) -> int:
        """The offset of a line, or of the end where it is one beyond the last."""
        return self._starts[number]

    def end(self, number: int) -> int:
        """The offset of a line's end."""
        return self._starts[number] + len(self._lines[number])

    def from_sign(self, sign: str, number: int) -> tuple[int, str]:
        """What a line has from a sign on: its offset, and the words."""
        column = self._lines[number].find(sign)
        return self._starts[number] + column, self._lines[number][column:].rstrip()

    def of_block(self, first: int, content: str, *, verse: bool) -> list[Line]:
        """The lines of a paragraph with this content; verses keep their leading blanks."""
        lines = []
        for number, content_line in enumerate(content.split("\n"), first):
            whole = self._lines[number].rstrip()
            start = len(whole) - len(content_line.strip())
            if verse:
                while start and whole[start - 1] in " \t":
                    start -= 1
                if start and whole[start - 1] == ">" and whole[start : start + 1] == " ":
                    start += 1
            lines.append(Line(whole[start:], self._starts[number] + start))
        if verse:
            lines[0] = bare(lines[0].text, lines[0].offset)
        return lines


def bare(text: str, offset: int) -> Line:
    """Words without the blanks round them."""
    words = text.lstrip()
    return Line(words.rstrip(), offset + len(text) - len(words))
