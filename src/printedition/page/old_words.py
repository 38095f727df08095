"""Where the words of an earlier printing stand among the words of now.

Words are counted by their letters, since a line ends otherwise now than it did: hyphens, blanks
and signs are another there. Words are aligned with words, whatever their paragraphs are called.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from printedition.book.starts import letters_of
from printedition.scholarship.pairing import pairs

_JOINING = ("-", "\u2010", "–", "—", "/")  # after which a line may end inside a word


class WordsInLetters:
    """The words of lines as their letters, with the number of letters before each."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: list[str] = []
        self.lines: list[int] = []  # letters before each line that has any
        total, joins = 0, False
        for line in lines:
            before, tokens = total, line.split()
            for number, token in enumerate(tokens):
                letters = letters_of(token)
                total += len(letters)
                if joins and not number and self.words:
                    self.words[-1] += letters
                elif letters:
                    self.words.append(letters)
            joins = line.rstrip().endswith(_JOINING) if tokens else joins
            if total > before:
                self.lines.append(before)
        self.starts = [0]
        for word in self.words:
            self.starts.append(self.starts[-1] + len(word))

    @property
    def total(self) -> int:
        """How many letters there are."""
        return self.starts[-1]


class Whereabouts:
    """Tells for a place of the old words, as letters before it, its place in the new ones."""

    def __init__(self, old: WordsInLetters, new: WordsInLetters) -> None:
        self.old, self.new = old, new
        self._pairs = pairs(old.words, new.words)
        self._firsts = [first for first, _ in self._pairs]

    def now(self, place: int) -> int:
        """The letters before it now.

        A word that is gone gives its place to what stands for it, or else to the next; a place
        inside a word stays there while the word begins as it did.
        """
        if place >= self.old.total:
            return self.new.total
        word = bisect_right(self.old.starts, place) - 1
        inside = place - self.old.starts[word]
        at = bisect_right(self._firsts, word) - 1
        if at >= 0 and self._firsts[at] == word:
            return self.new.starts[self._pairs[at][1]] + inside
        before, begun = self._pairs[at] if at >= 0 else (-1, -1)
        ends = len(self.old.words), len(self.new.words)
        after, ended = self._pairs[at + 1] if at + 1 < len(self._pairs) else ends
        gone, come = after - before - 1, ended - begun - 1
        found = begun + 1 + round((word - before - 1) * come / gone)
        if inside and found < ended:
            return self._within(word, found, inside)
        return self.new.starts[found]

    def _within(self, word: int, found: int, inside: int) -> int:
        same = self.old.words[word][:inside] == self.new.words[found][:inside]
        return self.new.starts[found] + (inside if same else 0)


def lines_in_letters(lines: Sequence[str]) -> list[int]:
    """How many letters each of these lines has."""
    return [len(letters_of(line)) for line in lines]
