"""How a book can be read by those who do not see it: facts, taken from what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from printedition.book.page_words import page_words
from printedition.book.remembered import Remembered
from printedition.book.tree import Book, Picture
from printedition.edition.quotation import Passage
from printedition.frozen import dataclass
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class Access:
    """What is true of an e-book: whether pictures say something, whether it has an index and the
    pages of a printed book, and whether it has entries or notes at all; and its language.
    """

    pictures: bool
    index: bool
    pages: bool
    notes: bool
    lang: str

    @property
    def modes(self) -> tuple[str, ...]:
        """Through which senses it is taken in, in the words of schema.org."""
        return ("textual", "visual") if self.pictures else ("textual",)

    @property
    def features(self) -> tuple[str, ...]:
        """What helps to read it, in the words of schema.org; the cover has a text at any rate."""
        made = ["structuralNavigation", "tableOfContents", "readingOrder"]
        made += ["displayTransformability", "ARIA", "unlocked", "alternativeText"]
        made += ["index"] if self.index else []
        made += ["pageNavigation", "pageBreakMarkers"] if self.pages else []
        return tuple(made)

    @property
    def summary(self) -> str:
        """What the other statements do not say."""
        words = page_words(self.lang)
        said = {
            "linked_notes": self.notes, "printed_pages": self.pages, "linked_index": self.index,
        }  # fmt: skip
        return " ".join(words[sentence] for sentence, true in said.items() if true)


def access_of(book: Book, *, pages: bool) -> Access:
    """The facts of a book; `pages`: whether those of a printed book are marked in it."""
    # Most books have no files of pictures, and to look through all that they hold takes long.
    may_have = book.sections if book.pictures else ()
    drawn = any(section.ways for section in book.sections)
    return Access(
        pictures=drawn or any(map(_described.of, may_have)) or any(_pictures(book.imprint)),
        index=any(section.kind == "index" for section in book.sections),
        pages=pages,
        notes=any(section.notes for section in book.sections),
        lang=book.lang,
    )


def _pictures(part: object) -> Iterator[bool]:
    """Of each picture, whether it says something: one that does is described."""
    waiting: list[Any] = [part]
    # The fields of each kind of record. Most of what a book holds are its places in the sources.
    names: dict[type, list[str]] = {kind: [] for kind in (str, int, bool, Span, Passage)}
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is tuple:
            waiting.extend(node)
        elif kind is Picture:
            yield bool(node.description)
        else:
            known = names.get(kind)
            if known is None:
                records = fields(kind) if is_dataclass(kind) else ()
                known = names[kind] = [each.name for each in records]
            waiting += [getattr(node, name) for name in known]


_described = Remembered[bool](lambda section: any(_pictures(section)))
