"""What the composed tree is made of: words and marks inside a block, and blocks.

Each node has a `type`, by which a template chooses what to print.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from printedition.frozen import dataclass
from printedition.sources import Span

if TYPE_CHECKING:
    from printedition.book.entries import FootNote

# Inside a block


@dataclass(frozen=True, slots=True)
class Words:
    """Literal words."""

    type: ClassVar[str] = "words"
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with a mark: emphasis (`kind` em), an editorial sign, a language, a link.

    `href` is an id of the book without #, or an address where `external`.
    """

    type: ClassVar[str] = "phrase"
    kind: str
    children: tuple[Inline, ...]
    id: str = ""
    lang: str = ""
    href: str = ""
    external: bool = False
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation with what it stands for, where a section of the e-book has it first."""

    type: ClassVar[str] = "abbreviation"
    text: str
    expansion: str


@dataclass(frozen=True, slots=True)
class Call:
    """The call of an entry (superior letter), a note (numeral) or a note of the text (sign)."""

    type: ClassVar[str] = "call"
    kind: str  # entry, note, text-note
    label: str
    id: str
    note: FootNote


@dataclass(frozen=True, slots=True)
class MarginNote:
    """A note in the margin, standing at its anchor; `anchor` is the id of the words there."""

    type: ClassVar[str] = "margin"
    id: str
    anchor: str
    blocks: tuple[Block, ...]
    style: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)
    audience: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class PageTurn:
    """Where a page of the source ends; `doubtful` where it only probably does."""

    type: ClassVar[str] = "page-turn"
    sign: str
    number: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A line that ends by the source's will; `indent` is counted in blanks."""

    type: ClassVar[str] = "break"
    indent: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, named by its path inside the edition."""

    type: ClassVar[str] = "picture"
    path: str
    description: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Words that another version has not got, or has elsewhere; a piece of them, where marks part.

    `kinds` are new, dropped, moved. `begins` and `ends` say whether the piece is the first or last
    of its words, `alone` that these are a single word. `id` names words that moved.
    """

    type: ClassVar[str] = "changed"
    kinds: tuple[str, ...]
    text: str
    begins: bool = True
    ends: bool = True
    alone: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Behind words that moved: the places at which other versions have them."""

    type: ClassVar[str] = "elsewhere"
    places: tuple[OtherPlace, ...]


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A place in another version: its locus, the id of the words there, which way it lies."""

    locus: str
    href: str
    later: bool  # in a later version, else in an earlier one


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to the id `href`: the editor's words, the program's, or both.

    `key` is that of its pointer, by which templates are told the program's words; empty where
    the editor's own are all. `href` is empty where it cannot lead anywhere. `quoted` is a title
    in the program's words, `marked` the same with marks, where any of its words are marked.
    """

    type: ClassVar[str] = "reference"
    href: str
    children: tuple[Inline, ...]
    key: str = ""
    lang: str = ""
    quoted: str = ""
    marked: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """A place where a version has nothing for words of others, named by their sigla."""

    type: ClassVar[str] = "nothing"
    sigla: tuple[str, ...]
    leads: bool = False  # it stands before the first word of its paragraph


Inline: TypeAlias = (
    Words
    | Phrase
    | Abbreviation
    | Call
    | MarginNote
    | PageTurn
    | Break
    | Picture
    | Changed
    | Elsewhere
    | Reference
    | Nothing
)


# Blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed paragraph; `kinds` name its style, `number` is its own (¶) in its text, or 0.

    `extant` are the sigla of the witnesses that hold it, where an edition declares fragments.
    """

    type: ClassVar[str] = "paragraph"
    kinds: tuple[str, ...]
    children: tuple[Inline, ...]
    id: str = ""
    lang: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)
    extant: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; `level` counts from 2, since the section's title is 1."""

    type: ClassVar[str] = "heading"
    level: int
    children: tuple[Inline, ...]
    id: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """Blocks that belong together: a quotation, a group of stanzas, a taken text.

    What is for one audience alone is of kind `audience`. Where it is `withheld`, the book is for
    others: it leaves the room of it, and prints nothing.
    """

    type: ClassVar[str] = "container"
    kind: str  # quotation, group, audience
    kinds: tuple[str, ...]
    blocks: tuple[Block, ...]
    id: str = ""
    lang: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)
    audience: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is None where it is not numbered."""

    type: ClassVar[str] = "list"
    start: int | None
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the editor's prose."""

    type: ClassVar[str] = "table"
    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    aligned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption."""

    type: ClassVar[str] = "figure"
    picture: Picture
    caption: tuple[Inline, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


Block: TypeAlias = Paragraph | Heading | Container | Listing | Table | Figure
