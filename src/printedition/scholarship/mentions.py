"""Gathers the index: where words stand under which heading, and how the headings are ordered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from printedition.edition.index import Index, IndexHeading
from printedition.edition.quotation import Passage
from printedition.scholarship.finder import is_inside_word


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words of a leaf, by offsets in its plain text, that stand under a heading (its number)."""

    start: int
    end: int
    heading: int


class Mentions:
    """Finds in any words of the book what the index's forms and passages name."""

    def __init__(self, index: Index | None, passages: tuple[tuple[int, Passage], ...]) -> None:
        self._claims: dict[str, list[int]] = {}
        for number, heading in enumerate(index.headings if index else ()):
            for form in heading.forms:
                if form.text:
                    self._claims.setdefault(form.text, []).append(number)
        self._pattern = _any_of(self._claims) if self._claims else None
        self._passages: dict[tuple[str, int], list[tuple[int, Passage]]] = {}
        for number, passage in passages:
            at = passage.text, passage.first
            self._passages.setdefault(at, []).append((number, passage))

    def in_words(self, plain: str) -> list[Mention]:
        """What the forms name, in the order of the words; of two forms the longer one counts."""
        if self._pattern is None:
            return []
        found = []
        for match in self._pattern.finditer(plain):
            if not is_inside_word(plain, match.start()) and not is_inside_word(plain, match.end()):
                headings = self._claims[match.group()]
                found += [Mention(match.start(), match.end(), number) for number in headings]
        return sorted(found)

    def in_leaf(self, plain: str, text: str, number: int) -> list[Mention]:
        """What forms and passages name in a leaf of a text, in the order of the words."""
        found = self.in_words(plain)
        for heading, passage in self._passages.get((text, number), ()):
            end = passage.end if passage.first == passage.last else len(plain)
            found.append(Mention(passage.start, end, heading))
        return sorted(found)


def in_alphabet(index: Index) -> tuple[tuple[int, str], ...]:
    """The numbers of the headings in alphabetical order, each with the letter it stands under."""
    keys = [_sort_key(heading) for heading in index.headings]
    order = sorted(range(len(keys)), key=lambda number: (keys[number], number))
    return tuple((number, keys[number][:1].upper()) for number in order)


def _any_of(forms: dict[str, list[int]]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def _sort_key(heading: IndexHeading) -> str:
    """Words as lists order them: without opening marks, accents and capitals.

    The Unicode Collation Algorithm of the edition's language is to take its place.
    """
    words = heading.sort or heading.heading.text
    parts = unicodedata.normalize("NFKD", words.lstrip("“‘«„'\"( "))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
