"""Words that look like names and stand under no heading: what an index may still lack.

A name is told by its capital inside a sentence; at the beginning of one, or in a title, only if it
has a capital inside a sentence elsewhere. Where all nouns have capitals, a single word tells
nothing, so that there only runs of words and abbreviations are taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from printedition.edition.edition import Edition
from printedition.edition.index import LeftOut
from printedition.edition.text import span_in
from printedition.frozen import dataclass
from printedition.scholarship.mentions import Mentions
from printedition.scholarship.stretches import Stretch, stretches
from printedition.sources import Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?= [^\W\d_])|[^\W\d_]+(?:[’'‐‑-][^\W\d_]+)*")
_ROMAN = re.compile(r"[IVXLCDM]+")
_POSSESSIVE = re.compile(r"[’']s?$")
_OPENING, _CLOSING = '“„«‹‘"', '”“»›’"'
_BETWEEN_SENTENCES = f"{_OPENING}{_CLOSING}'()[] –—"
_FAR = 12  # characters: farther back no sentence ends that a word might begin after
# Small words that stand inside the names of institutions and persons.
_INSIDE = frozenset(
    {"of", "for", "the"}
    | {"de", "del", "della", "der", "des", "di", "do", "dos", "du", "e", "et", "la", "le", "y"}
    | {"af", "av", "ten", "van", "vom", "von", "zu", "zur"}
)
_CAPITALISED_NOUNS = frozenset(("de", "lb"))
# What has capitals and is no name.
_NO_NAMES = {
    "en": frozenset(
        {"I", "Dr", "Ed", "Mr", "Mrs", "No", "Nos", "Vol", "Vols"}
        | {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
        | {"January", "February", "March", "April", "May", "June", "July", "August"}
        | {"September", "October", "November", "December"}
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that look like a name, and the places where they stand."""

    words: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a stretch; `begins` where a capital says nothing.

    After an initial it says nothing if the word has none elsewhere: “by R. Ash”, “in T. The”.
    """

    text: str
    start: int
    end: int
    begins: bool
    after_initial: bool
    free: bool  # under no heading

    @property
    def has_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 2 and self.text.endswith(".")


def candidates(edition: Edition, mentions: Mentions) -> tuple[Candidate, ...]:
    """What looks like a name and is in no heading, the most frequent first."""
    read = [(stretch, tuple(_words(stretch, mentions))) for stretch in stretches(edition)]
    names = _Names((words for _, words in read), edition.lang)
    places: dict[str, dict[Span, None]] = {}
    for stretch, words in read:
        for run in names.in_words(stretch.plain, words):
            start, end = run[0].start, run[-1].end
            name = _POSSESSIVE.sub("", stretch.plain[start:end])
            place = span_in(stretch.inlines, start, start + len(name)) or stretch.span
            places.setdefault(name, {})[place] = None
    found = (Candidate(name, tuple(where)) for name, where in places.items())
    return tuple(sorted(found, key=lambda one: (-len(one.places), one.words.casefold())))


def _words(stretch: Stretch, mentions: Mentions) -> Iterator[_Word]:
    taken = mentions.taken(stretch)
    is_title = LeftOut.HEADINGS in stretch.is_part_of
    last: _Word | None = None
    for found in _WORD.finditer(stretch.plain):
        start, end = found.span()
        initial = last is not None and last.is_initial and start == last.end + 1
        begins = not initial and _begins_sentence(stretch.plain, start, end)
        free = not any(start < stop and begin < end for begin, stop in taken)
        last = _Word(found.group(), start, end, is_title or begins, initial, free)
        yield last


def _begins_sentence(plain: str, start: int, end: int) -> bool:
    """Whether a word begins a sentence, or a quotation of more than this word."""
    before = plain[max(start - _FAR, 0) : start]
    if before and before[-1] in _OPENING:
        return plain[end : end + 1] not in (*_CLOSING,)
    before = before.rstrip(_BETWEEN_SENTENCES)
    return not before or before[-1] in ".!?…:"


class _Names:
    """Knows which words have a capital inside sentences, and finds the runs of such."""

    def __init__(self, texts: Iterable[tuple[_Word, ...]], lang: str) -> None:
        primary = lang.partition("-")[0].lower()
        self._nouns = primary in _CAPITALISED_NOUNS
        self._no_names = _NO_NAMES.get(primary, frozenset())
        self._inside: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        for words in texts:
            for word in words:
                if not word.has_capital:
                    self._small[word.text.casefold()] += 1
                elif not (word.begins or word.after_initial):
                    self._inside[word.text] += 1

    def in_words(self, plain: str, words: tuple[_Word, ...]) -> Iterator[list[_Word]]:
        """Each run of words that looks like a name."""
        run: list[_Word] = []
        for word in words:
            goes_on = bool(run) and self._goes_on(plain, run[-1], word)
            if goes_on and (self._is_name(word) or word.text in _INSIDE):
                run.append(word)
                continue
            yield from self._ended(run)
            run = [word] if self._is_name(word) else []
        yield from self._ended(run)

    def _goes_on(self, plain: str, last: _Word, word: _Word) -> bool:
        return plain[last.end : word.start] == " " and word.free

    def _is_name(self, word: _Word) -> bool:
        if not (word.free and word.has_capital) or word.text in self._no_names:
            return False
        seen = self._inside[word.text]
        if word.after_initial and not self._small[word.text.casefold()]:
            return True
        return not (word.begins or word.after_initial) or seen > self._small[word.text.casefold()]

    def _ended(self, run: list[_Word]) -> Iterator[list[_Word]]:
        while run and not run[-1].has_capital:
            run = run[:-1]
        if all(word.is_initial for word in run):
            return
        if len(run) > 1 or self._is_one(run[0].text):
            yield run

    def _is_one(self, word: str) -> bool:
        """Whether a single word may be a name: no siglum, no numeral, no mere noun."""
        if word.count(".") > 1:
            return True
        bare = _POSSESSIVE.sub("", word)
        return len(bare) > 1 and not _ROMAN.fullmatch(bare) and not self._nouns
