"""Finds thousands of forms of words in one pass: by their first two words, the longest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from printedition.scholarship.finder import is_inside_word

_TOKEN = re.compile(r"[^\W_]+|\S")
# What no reader sees: the soft hyphen, the blank of no width and the joiner of words.
_UNSEEN = re.compile("[\u00ad\u200b\u2060]")
_APOSTROPHES = "’'"
_APART = ("", " ", ".", ",")  # what stands behind most words
# “Don” stands in “don’t” as little as “Brien” does in “O’Brien”.
_CONTRACTED = re.compile(r"[’']t(?![^\W_])")
_OF_IRISH_NAMES = "O"


class Form(NamedTuple):
    """A form that was found, by offsets in the plain text."""

    start: int
    end: int
    form: str


class Forms:
    """Forms of words, ready to be found in any plain text.

    A match is exact and bounded by words, as that of a lemma is; no two overlap. Of those that
    begin at one place the longest counts, and what begins earlier comes before what begins later.
    Characters that cannot be seen are passed over.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._by_words: dict[str, dict[str, list[str]]] = {}  # by the first, then the second
        for form in dict.fromkeys(map(as_sought, forms)):
            words = _TOKEN.findall(form)
            if words:
                alike = self._by_words.setdefault(words[0], {})
                alike.setdefault(words[1] if len(words) > 1 else "", []).append(form)
        self._words = _words_like(self._by_words)
        for alike in self._by_words.values():
            for of_two in alike.values():
                of_two.sort(key=lambda form: (-len(form), form))

    def find(self, plain: str) -> Iterator[Form]:
        """What stands in a plain text, in its order."""
        if _UNSEEN.search(plain) is None:
            yield from self._find(plain)
            return
        seen = [at for at, character in enumerate(plain) if not _UNSEEN.match(character)]
        for found in self._find("".join(plain[at] for at in seen)):
            yield Form(seen[found.start], seen[found.end - 1] + 1, found.form)

    def _find(self, plain: str) -> Iterator[Form]:
        end = 0
        for word in self._words.finditer(plain):
            alike = self._by_words.get(word.group())
            start = word.start()
            if alike is None or start < end or not _begins_word(plain, start):
                continue
            following = _TOKEN.search(plain, word.end())
            longer = alike.get(following.group(), ()) if following else ()
            for form in (*longer, *alike.get("", ())):
                stop = start + len(form)
                if plain.startswith(form, start) and _ends_word(plain, stop):
                    yield Form(start, stop, form)
                    end = stop
                    break


def _words_like(words: Iterable[str]) -> re.Pattern[str]:
    """Finds what begins with the same characters as some words, which most of a text does not."""
    begun = {word[0]: word[0].isalnum() for word in words}
    letters = "".join(re.escape(first) for first, in_word in begun.items() if in_word)
    signs = "".join(re.escape(first) for first, in_word in begun.items() if not in_word)
    ways = [rf"(?<![^\W_])[{letters}][^\W_]*"] if letters else []
    return re.compile("|".join([*ways, *([f"[{signs}]"] if signs else [])]) or "(?!)")


def as_sought(form: str) -> str:
    """A form as `Form` names it: in NFC, without what cannot be seen, white space one space."""
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("", form).split()))


def _begins_word(plain: str, at: int) -> bool:
    if at == 0 or plain[at - 1] == " ":  # as most words do
        return True
    if is_inside_word(plain, at):
        return False
    if at >= 2 and plain[at - 1] in _APOSTROPHES and plain[at - 2] == _OF_IRISH_NAMES:
        return is_inside_word(plain, at - 2)
    return True


def _ends_word(plain: str, at: int) -> bool:
    if plain[at : at + 1] in _APART:
        return True
    return not is_inside_word(plain, at) and _CONTRACTED.match(plain, at) is None
