"""Which leaves of the texts have a word: so that no lemma is sought in every leaf of an edition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

LeafNumber: TypeAlias = tuple[str, int]  # a leaf of the edition's texts: text, number in it

_WORD = re.compile(r"[^\W_]+")


class Concordance:
    """Each word of the texts, and the leaves that have it.

    A match neither begins nor ends inside a word, so what holds a lemma holds each of its words.
    """

    def __init__(self, leaves: Iterable[tuple[LeafNumber, str]]) -> None:
        self._leaves: dict[str, list[LeafNumber]] = {}
        for leaf, plain in leaves:
            for word in dict.fromkeys(_WORD.findall(plain)):
                self._leaves.setdefault(word, []).append(leaf)

    def leaves_with(self, texts: Iterable[str]) -> Sequence[LeafNumber] | None:
        """The fewest leaves in which words of the texts stand; None where they have no word."""
        words = dict.fromkeys(word for text in texts for word in _WORD.findall(text))
        found: Sequence[LeafNumber] | None = None
        for word in words:
            leaves = self._leaves.get(word, [])
            if found is None or len(leaves) < len(found):
                found = leaves
        return found

    def most_alike(self, words: str, scope: Mapping[LeafNumber, int]) -> list[LeafNumber]:
        """The leaves of a scope, those first that share most words with the words given."""
        shared: Counter[LeafNumber] = Counter()
        for word in dict.fromkeys(_WORD.findall(words)):
            shared.update(leaf for leaf in self._leaves.get(word, ()) if leaf in scope)
        first = sorted(shared, key=lambda leaf: (-shared[leaf], scope[leaf]))
        return [*first, *(leaf for leaf in scope if leaf not in shared)]
