"""Tokens of a text: words and marks of punctuation, as written and as they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from printedition.frozen import dataclass

# Initials with their points are one word, and so is a figure with the points and commas in it.
_TOKEN = re.compile(
    r"(?P<word>(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d{3})+|[^\W_]+(?:[’'‐‑-][^\W_]+)*)|(?P<sign>\.{2,}|[^\w\s]|_)"
)
_WRITTEN = str.maketrans(
    dict.fromkeys("’‘‚‛", "'") | dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("–—―−‒", "-")
)
_DROPPED = str.maketrans(dict.fromkeys("'‐‑-.,"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of punctuation.

    `start` and `end` are code points of the plain text of its block, `form` is what is compared.
    """

    text: str
    form: str
    block: int = 0
    start: int = 0
    end: int = 0
    is_word: bool = True


def tokens(plain: str, block: int = 0) -> Iterator[Token]:
    """The tokens of a block's plain text.

    Case, kinds of quotation marks and dashes, hyphens and apostrophes within words, and what parts
    the thousands of a figure are not compared.
    """
    for found in _TOKEN.finditer(plain):
        text, is_word = found.group(), found["word"] is not None
        yield Token(text, form_of(text), block, found.start(), found.end(), is_word)


def form_of(text: str) -> str:
    """What is compared of a token."""
    written = unicodedata.normalize("NFC", text).casefold().translate(_WRITTEN)
    return written.translate(_DROPPED) or written
