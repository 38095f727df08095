"""Ids on the words of a leaf at which a lemma begins or ends, or a margin note hangs.

They stand on words, since an empty inline element glued to a word breaks lines too early
(WeasyPrint 70); entries that end on one word share its id and its link (PDF/UA forbids links in
links).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from printedition.book.leaf import Insertion
from printedition.edition.quotation import Passage


def anchor_at(block: str, number: int, start: int) -> str:
    """The id of the word at an offset of a leaf of this number, which appears under an id."""
    return f"{block}.{number}.w{start}"


class Anchors:
    """The anchors of one appearance of a leaf of a text.

    `block` is the id under which it appears, `number` the leaf's in its text, `clip` the part that
    prints.
    """

    def __init__(self, plain: str, block: str, number: int, clip: tuple[int, int]) -> None:
        self._plain, self._block, self._number, self._clip = plain, block, number, clip
        self._words: dict[int, int] = {}
        self._linked: dict[int, str] = {}

    def first_of(self, passage: Passage) -> str:
        """The id of the first word of a passage that begins in this leaf."""
        start = max(passage.start, self._clip[0])
        end = passage.end if passage.last == self._number else self._clip[1]
        return self._named(*self._first_word(start, end))

    def last_of(self, passage: Passage) -> str:
        """The id of the last word of a passage that ends in this leaf."""
        return self._named(*self._last_word(passage))

    def link(self, passage: Passage, href: str) -> None:
        """Let the last word of a passage lead to an entry or note, the first that ends on it."""
        self._linked.setdefault(self._last_word(passage)[0], href)

    def word_at(self, start: int) -> str:
        """The id of the word at an offset."""
        return self._named(*self._first_word(start, self._clip[1]))

    def insertions(self) -> Iterator[Insertion]:
        """The words that got an id, for the writer of the leaf."""
        for start, end in sorted(self._words.items()):
            name = self._name(start)
            href = self._linked.get(start, "")
            yield Insertion(start, False, end=end, id=name, kind="lemma", href=href)

    def _first_word(self, start: int, end: int) -> tuple[int, int]:
        word = re.compile(r"\S+").match(self._plain, start, max(end, start))
        return start, word.end() if word else start

    def _last_word(self, passage: Passage) -> tuple[int, int]:
        begin = passage.start if passage.first == self._number else 0
        begin = max(begin, self._clip[0])
        blank = self._plain.rfind(" ", begin, passage.end)
        return max(blank + 1, begin), passage.end

    def _named(self, start: int, end: int) -> str:
        self._words[start] = max(end, self._words.get(start, end))
        return self._name(start)

    def _name(self, start: int) -> str:
        return anchor_at(self._block, self._number, start)
