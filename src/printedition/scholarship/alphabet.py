"""The order of headings: the Unicode Collation Algorithm with the alphabet of a language.

Words are compared by their letters first, then by accents, then by capitals (UTS #10). Numbers
stand before letters, in the order of their values. Marks of punctuation do not count; a comma, a
colon or a bracket ends what is compared first, so that “New, Ann” comes before “Newark”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from printedition.edition.index import IndexHeading, IndexSettings
from printedition.scholarship.tailorings import (
    ARTICLES,
    ARTICLES_IN_NAMES,
    PARTICLES,
    SCRIPTS,
    TAILORINGS,
    of_language,
)

SortKey: TypeAlias = tuple[Any, ...]
Weights: TypeAlias = tuple[float, float, float]  # of letter, accent, case

NUMBERS = "0–9"  # heads the group of headings that begin with a figure
_SIGNS = "#"  # heads that of headings without a letter or figure

_PART = re.compile(r"[,;:(\[]")
_NUMBER_OR_NOT = re.compile(r"[0-9]+|[^0-9]+")
_OPENING = "“”„‟‘’‚‛«»‹›\"'([{¿¡…-–— "
_FIRST = 8  # characters that may make the first letter of a heading, with its accents
_BLANK = 1.0  # the weight of what parts words, less than that of any character
_NO_ACCENT, _SMALL, _CAPITAL = 32, 2, 6  # weights in the default table (DUCET)
_LATIN, _GREEK = "abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψω"
_CYRILLIC = "абвгґдђеєжзѕиіїйјклљмнњопрстћуфхцчџшщъыьэюя"
# The first letter of a script, and that of the script after it (DUCET).
_BOUNDS = {"Greek": ("α", "ⲁ"), "Cyrillic": ("а", "ⰰ")}


class Alphabet:
    """The order of a language (BCP 47): keys to sort by, and the letter that a group stands under.

    Word by word, a blank comes before any letter; letter by letter it does not count.
    """

    def __init__(self, lang: str, *, by_letter: bool = True) -> None:
        self._table = _table(lang)
        self._by_letter = by_letter

    def key(self, words: str) -> SortKey:
        """By this headings are sorted."""
        parts = [list(self._elements(part)) for part in _PART.split(words)]
        return (
            tuple(tuple(self._primary(part)) for part in parts),
            tuple(element[1] for part in parts for element in part if element[1]),
            tuple(element[2] for part in parts for element in part if element[2]),
            words,
        )

    def letter(self, words: str) -> str:
        """The letter that heads the group of a heading."""
        begun = re.sub(r"^[\W_]+", "", words)[:_FIRST]
        first = next((e[0] for e in self._elements(begun) if e[0] >= self._table.figures), None)
        if first is None:
            return _SIGNS
        if first <= self._table.last_figure:
            return NUMBERS
        own = next((character for character in words if character.isalpha()), _SIGNS)
        return self._table.labels.get(first, own.upper())

    def _elements(self, words: str) -> Iterator[Weights]:
        for run in _NUMBER_OR_NOT.findall(words):
            if "0" <= run[0] <= "9":
                yield from self._of_number(run)
            else:
                yield from self._table.elements(run)

    def _of_number(self, figures: str) -> Iterator[Weights]:
        value = figures.lstrip("0")
        yield self._table.figures, 0, 0
        for weight in (len(value), *map(int, value)):
            yield self._table.figures + weight / 10_000, 0, 0

    def _primary(self, elements: list[Weights]) -> Iterator[float]:
        for weight, *_ in elements:
            if weight >= self._table.figures or (weight == _BLANK and not self._by_letter):
                yield weight


class _Table:
    """The weights of characters in the order of a language: of letter, accent and case."""

    def __init__(self, lang: str) -> None:
        self._collator = _collator()
        self.figures, self.last_figure = self._weight("0"), self._weight("9")
        self._before_letters = self._weight("a") - 1
        self._blanks = frozenset(map(self._weight, " -‐‑–—"))
        self._own: dict[str, Weights] = {}
        letters = of_language(TAILORINGS, lang) or {}
        for after, following in letters.items():
            self._tailor(after, following)
        self._parts = _any_of(self._own)
        script = of_language(SCRIPTS, lang)
        self._first = self._bounds(script) if script else None
        self.labels: dict[float, str] = {}
        own = [letter.split()[0] for following in letters.values() for letter in following]
        for letter in (*own, *_LATIN, *_GREEK, *_CYRILLIC):
            weight = next(self.elements(letter))[0]
            capital = "İ" if letter == "i" and letter in own else letter[0].upper()
            self.labels.setdefault(weight, capital + letter[1:])

    def elements(self, words: str) -> Iterator[Weights]:
        """The weights of each character, or of several that are one letter."""
        for part in self._parts.split(unicodedata.normalize("NFD", words)):
            own = self._own.get(part)
            for letter, accent, case in (own,) if own else self._collator.collation_elements(part):
                yield self._placed(letter), accent, case

    def _placed(self, weight: float) -> float:
        """The weight of a letter, that of a script which comes first moved before the others."""
        if self._first is not None and self._first[0] <= weight < self._first[1]:
            start, end = self._first
            return self._before_letters + (weight - start + 1) / (end - start + 2)
        return _BLANK if weight in self._blanks else weight

    def _weight(self, character: str) -> float:
        weight: float = self._collator.collation_elements(character)[0][0]
        return weight

    def _bounds(self, script: str) -> tuple[float, float]:
        first, beyond = _BOUNDS[script]
        return self._weight(first), self._weight(beyond)

    def _tailor(self, after: str, letters: tuple[str, ...]) -> None:
        """Give letters weights of their own, between that of a letter and the next."""
        base = self._weight(after)
        for place, alike in enumerate(letters, 1):
            weight = base + place / (len(letters) + 1)
            for number, letter in enumerate(alike.split()):
                capitals = ("İ",) if letter == "i" else (letter.capitalize(), letter.upper())
                for case, form in enumerate(dict.fromkeys((letter, *capitals))):
                    weights = weight, _NO_ACCENT + number, _SMALL + _CAPITAL * case
                    self._own[unicodedata.normalize("NFD", form)] = weights


class Order:
    """The order of the headings of an edition's indexes."""

    def __init__(self, settings: IndexSettings, lang: str) -> None:
        self._alphabet = Alphabet(lang, by_letter=settings.by_letter)
        articles = of_language(ARTICLES, lang) or frozenset()
        particles = of_language(PARTICLES, lang) or frozenset()
        own = None if settings.ignore is None else frozenset(map(str.casefold, settings.ignore))
        self._passed_over = articles if own is None else own
        self._passed_over_in_subheadings = articles | particles if own is None else own
        self._names_have_articles = own is None and lang.partition("-")[0] in ARTICLES_IN_NAMES

    def key(self, heading: IndexHeading, *, under: bool = False) -> SortKey:
        """By this a heading, or one under another, is sorted."""
        return self._alphabet.key(self._words(heading, under))

    def key_of(self, words: str) -> SortKey:
        """By this the name of a heading is sorted."""
        return self._alphabet.key(without(words.lstrip(_OPENING), self._passed_over))

    def letter(self, heading: IndexHeading) -> str:
        """The letter that a heading stands under."""
        return self._alphabet.letter(self._words(heading, False))

    def _words(self, heading: IndexHeading, under: bool) -> str:
        words = heading.sort or heading.heading.text
        words = words.lstrip(_OPENING) or words
        is_name = "," in words and self._names_have_articles
        if heading.sort or is_name:
            return words
        return without(words, self._passed_over_in_subheadings if under else self._passed_over)


def without(words: str, passed_over: frozenset[str]) -> str:
    """A heading without the small words that it begins with, unless it has no others."""
    while True:
        first, blank, rest = words.partition(" ")
        joined = next((mark for mark in "’'" if mark in first), "")
        if joined and f"{first.partition(joined)[0]}’".casefold() in passed_over:
            rest = words.partition(joined)[2]
        elif not blank or first.casefold() not in passed_over:
            return words
        if not rest.strip():
            return words
        words = rest.lstrip()


def _any_of(letters: Iterable[str]) -> re.Pattern[str]:
    """Parts words at these letters, which are kept; one that begins another comes after it."""
    longest = sorted(letters, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest))})" if longest else "(?!)")


@cache
def _table(lang: str) -> _Table:
    return _Table(lang)


@cache
def _collator() -> Any:
    """That of pyuca, which is for books, not for checks."""
    from printedition.scholarship.weights import QuickCollator

    return QuickCollator()
