"""A text: blocks, and inside them words with marks. What is read keeps its span."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TypeAlias

from printedition.frozen import dataclass
from printedition.sources import Span

TextId: TypeAlias = str


@dataclass(frozen=True, slots=True)
class Attributes:
    """What braces say of a mark or block: an id, kinds, and keys with values.

    `places` has the span of each item as it is written: `#id`, `.kind`, `key`.
    """

    id: str | None = None
    kinds: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    span: Span | None = None
    places: Mapping[str, Span] = field(default_factory=dict)

    def place(self, item: str) -> Span:
        """Where `#id`, `.kind` or the value of `key` stands; raises KeyError."""
        return self.places[item]

    def get(self, key: str) -> str | None:
        """The value of a key, or None."""
        return self.values.get(key)


NO_ATTRIBUTES = Attributes()


# Inside a block


@dataclass(frozen=True, slots=True)
class Words:
    """Literal characters; each stands for the character at the same place of the span."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`*words*`: printed in italic, or upright amid italic."""

    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mark:
    """`[words]{.kind key=value}`: an editorial sign, a language, a reference, an index mark.

    `spaced` says of one without words that a blank stands behind it, which plain text, having
    one before it, does not repeat.
    """

    attributes: Attributes
    children: tuple[Inline, ...]
    span: Span
    spaced: bool = False

    @property
    def kind(self) -> str | None:
        """The first of its kinds, or None."""
        return self.attributes.kinds[0] if self.attributes.kinds else None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """`[]{.page-break n=422}`: where a page of the source ends; `doubtful` by `cert=low`."""

    number: str | None
    doubtful: bool
    span: Span


@dataclass(frozen=True, slots=True)
class NoteCall:
    """`[^n]`: the call of a note that belongs to the text."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line that ends by the source's own will; `indent` is the blanks that open the next."""

    indent: int
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """`[words](address)` in the editor's prose."""

    address: str
    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Image:
    """`![description](path)` in the editor's prose; the path is from the edition's folder."""

    path: str
    description: str
    span: Span


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """The place in a work that a citation names: what is counted (a CSL label), and the number."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class Cite:
    """One work that a citation names by its key, with what is said before and after it.

    Where `author_named` the words round the citation name the author, and it does not.
    """

    key: str
    span: Span
    before: tuple[Inline, ...] = ()
    place: CitedPlace | None = None
    after: tuple[Inline, ...] = ()
    author_named: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """`[see @key, p. 12; @other]` in the editor's prose: works of the bibliography, cited."""

    cites: tuple[Cite, ...]
    span: Span


Inline: TypeAlias = (
    Words | Emphasis | Mark | PageBreak | NoteCall | LineBreak | Link | Image | Citation
)


# Blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of any kind: prose, clause, dateline, or with kind `verse` a stanza.

    `plain` is its words as printed (`plain_text`), the text that a lemma is found in.
    """

    attributes: Attributes
    inlines: tuple[Inline, ...]
    span: Span
    plain: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of its text."""

    level: int
    attributes: Attributes
    inlines: tuple[Inline, ...]
    span: Span
    plain: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A displayed quotation."""

    attributes: Attributes
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Group:
    """A fence round several blocks: a mark, a quotation, or stanzas that belong together."""

    attributes: Attributes
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Take:
    """A place where blocks stored elsewhere appear; `opening` and `closing` are the taker's."""

    attributes: Attributes
    targets: tuple[tuple[str, Span], ...]
    words: tuple[str, Span] | None
    opening: str
    closing: str
    span: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in the editor's prose; `start` is None where it is not numbered."""

    attributes: Attributes
    start: int | None
    items: tuple[tuple[Block, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the editor's prose; `aligned` has left, right, center or an empty string."""

    attributes: Attributes
    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    aligned: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture alone in its paragraph, with the rest of the paragraph as its caption."""

    attributes: Attributes
    image: Image
    caption: Paragraph | None
    span: Span


Leaf: TypeAlias = Paragraph | Heading
Block: TypeAlias = Paragraph | Heading | Quotation | Group | Take | Listing | Table | Figure


@dataclass(frozen=True, slots=True)
class TextNote:
    """A note that belongs to the text: its author's or its source's."""

    label: str
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the edition, stored once, with the notes that belong to it.

    `leaves` are its own paragraphs and headings in order; a leaf's number in it (from 0) is how
    every later step names it. `path` is the file it was read from.
    """

    id: TextId
    path: str
    blocks: tuple[Block, ...]
    notes: tuple[TextNote, ...]
    leaves: tuple[Leaf, ...]

    @property
    def title(self) -> Heading | None:
        """The heading of level 1 that it begins with."""
        first = self.blocks[0] if self.blocks else None
        return first if isinstance(first, Heading) and first.level == 1 else None


def children_of(block: Block) -> tuple[Block, ...]:
    """The blocks directly inside a block."""
    match block:
        case Quotation() | Group():
            return block.blocks
        case Listing():
            return tuple(child for item in block.items for child in item)
        case Table():
            return (*block.head, *(cell for row in block.rows for cell in row))
        case Figure():
            return (block.caption,) if block.caption else ()
        case _:
            return ()


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, outer before inner, in the order of the text."""
    for block in blocks:
        yield block
        yield from walk(children_of(block))


def leaves_of(blocks: tuple[Block, ...]) -> tuple[Leaf, ...]:
    """Every paragraph and heading, in the order of the text."""
    return tuple(block for block in walk(blocks) if isinstance(block, Paragraph | Heading))


def walk_inlines(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every mark and run of words, outer before inner."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Mark | Link):
            yield from walk_inlines(inline.children)
        elif isinstance(inline, Citation):
            for cite in inline.cites:
                yield from walk_inlines((*cite.before, *cite.after))


def span_in(inlines: tuple[Inline, ...], start: int, end: int) -> Span | None:
    """Where words are in their file, by their offsets in the plain text; None where none are."""
    at = 0
    first: Span | None = None
    for inline in walk_inlines(inlines):
        if not isinstance(inline, Words | LineBreak):
            continue
        length = len(inline.text) if isinstance(inline, Words) else 1
        if first is None and start < at + length:
            offset = inline.span.start + start - at
            first = Span(inline.span.source, offset, offset + 1)
        if first is not None and end <= at + length:
            return Span(first.source, first.start, max(inline.span.start + end - at, first.end))
        at += length
    return first


WHITE = re.compile(r"\s+")


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The words as printed: those inside every sign, without the signs, calls and page breaks.

    The parser has already made white space one space across marks, so lengths agree with Words.
    Citations have no words here: how they print is known only to the style of the edition.
    """
    parts = []
    for inline in inlines:
        if isinstance(inline, Words):
            parts.append(inline.text)
        elif isinstance(inline, LineBreak):
            parts.append(" ")
        elif isinstance(inline, Emphasis | Mark | Link):
            parts.append(plain_text(inline.children))
    return "".join(parts)


def is_composed(text: str) -> bool:
    """Whether the text is in Unicode's form NFC."""
    return unicodedata.is_normalized("NFC", text)
