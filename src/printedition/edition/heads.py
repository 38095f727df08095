"""The head of a text, from data: who wrote it and when, where it was printed, what is allowed."""

from __future__ import annotations

from typing import TypeAlias

from printedition.edition.quotation import Value
from printedition.edition.text import Inline
from printedition.frozen import dataclass

Paragraphs: TypeAlias = tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class TextHead:
    """What edition.yaml says of a text, or of an edition that it includes, to open it.

    `pages` are those of the source that were used, `none` where it has none; `introduction` is a
    file of the editor's prose that stands before the text.
    """

    author: str = ""
    date: str = ""
    source: Paragraphs = ()
    pages: str = ""
    rights: Paragraphs = ()
    introduction: Value | None = None
    keywords: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether it has anything to print."""
        return bool(self.author or self.date or self.source or self.rights or self.keywords)
