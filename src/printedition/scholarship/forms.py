"""Finds thousands of forms of words in one pass: each by its first word, the longest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from printedition.scholarship.finder import is_inside_word

_TOKEN = re.compile(r"[^\W_]+|\S")
# What no reader sees: the soft hyphen, the blank of no width and the joiner of words.
_UNSEEN = re.compile("[\u00ad\u200b\u2060]")
_APOSTROPHES = "’'"
# “Don” stands in “don’t” as little as “Brien” does in “O’Brien”.
_CONTRACTED = re.compile(r"[’']t(?![^\W_])")
_OF_IRISH_NAMES = "O"


@dataclass(frozen=True, slots=True, order=True)
class Form:
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
        self._by_first: dict[str, list[str]] = {}
        for form in dict.fromkeys(map(as_sought, forms)):
            first = _TOKEN.match(form)
            if first is not None:
                self._by_first.setdefault(first.group(), []).append(form)
        for alike in self._by_first.values():
            alike.sort(key=lambda form: (-len(form), form))

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
        for token in _TOKEN.finditer(plain):
            start = token.start()
            alike = self._by_first.get(token.group())
            if alike is None or start < end or not _begins_word(plain, start):
                continue
            for form in alike:
                stop = start + len(form)
                if plain.startswith(form, start) and _ends_word(plain, stop):
                    yield Form(start, stop, form)
                    end = stop
                    break


def as_sought(form: str) -> str:
    """A form as `Form` names it: in NFC, without what cannot be seen, white space one space."""
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("", form).split()))


def _begins_word(plain: str, at: int) -> bool:
    if is_inside_word(plain, at):
        return False
    if at >= 2 and plain[at - 1] in _APOSTROPHES and plain[at - 2] == _OF_IRISH_NAMES:
        return is_inside_word(plain, at - 2)
    return True


def _ends_word(plain: str, at: int) -> bool:
    return not is_inside_word(plain, at) and _CONTRACTED.match(plain, at) is None
