"""The composed tree: what templates print. Everything is numbered, sorted and worded already.

Each node has a `type`, by which a template chooses what to print. What was read from a file has
its `span`, for messages; it makes no difference between nodes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import field, fields, is_dataclass
from typing import ClassVar, TypeAlias

from printedition.book.drawing import WaysPicture
from printedition.book.pointing import Pointer, PointingStyle
from printedition.edition.quotation import Passage
from printedition.frozen import dataclass
from printedition.sources import Span

MOST_UPRIGHT = 3  # versions that stand side by side on an upright page

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


@dataclass(frozen=True, slots=True)
class PageTurn:
    """Where a page of the source ends."""

    type: ClassVar[str] = "page-turn"
    sign: str
    number: str
    title: str


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
    the editor's own are all. `href` is empty where it cannot lead anywhere.
    """

    type: ClassVar[str] = "reference"
    href: str
    children: tuple[Inline, ...]
    key: str = ""
    lang: str = ""


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


@dataclass(frozen=True, slots=True)
class Container:
    """Blocks that belong together: a quotation, a group of stanzas, a taken text."""

    type: ClassVar[str] = "container"
    kind: str  # quotation, group
    kinds: tuple[str, ...]
    blocks: tuple[Block, ...]
    id: str = ""
    lang: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


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


# Entries of the apparatus


@dataclass(frozen=True, slots=True)
class Lemma:
    """What an entry is about: its words, how they print (whole, or first and last), its place.

    `passage` is in the text, offsets in the plain text of its leaves; `block` is the id of the
    leaf that it ends in, as that appears here.
    """

    words: str
    parts: tuple[str, ...]
    passage: Passage
    block: str


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has a reading: `sigla` of witnesses or `summed` a word for them, and `by` a scholar."""

    sigla: tuple[str, ...] = ()
    by: str = ""
    summed: str = ""

    def __bool__(self) -> bool:
        return bool(self.sigla or self.by or self.summed)

    @property
    def has_figures(self) -> bool:
        """Whether a siglum has a figure, which wants to stand as high as its letters."""
        return any(character.isdigit() for siglum in self.sigla for character in siglum)

    @property
    def between(self) -> str:
        """What stands between sigla: a blank, unless each is a single letter, a hand's too (A¹)."""
        return "" if all(_is_letter(siglum) for siglum in self.sigla) else " "

    @property
    def run(self) -> str:
        """The sigla in one string."""
        return self.between.join(self.sigla)


def _is_letter(siglum: str) -> bool:
    """Whether all that follows the first letter is superior or an accent."""
    return all(
        unicodedata.decomposition(sign).startswith("<super>") or unicodedata.combining(sign)
        for sign in siglum[1:]
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a reading: those of the witness, or the editor's about them (om.)."""

    text: str
    editors: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read in place of the lemma: its `pieces` in order; `text` its own words alone.

    `kind` is the key in apparatus.yaml.
    """

    kind: str
    pieces: tuple[Piece, ...]
    text: str
    holders: Holders
    note: tuple[Inline, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the apparatus: lemma, who has it where that is said, readings, a note.

    Where witnesses only add words, `lead` (after) stands before the lemma instead of a bracket
    behind it, and `without` (not in) before those that do not add them.
    """

    lemma: Lemma
    holders: Holders
    readings: tuple[Reading, ...]
    lead: str = ""
    without: str = ""
    without_it: Holders = Holders()
    note: tuple[Inline, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


# Notes


@dataclass(frozen=True, slots=True)
class FootNote:
    """An entry or note of a section: its label, the id of its call, and what it says.

    An entry says what is in `entry`, a note what is in `blocks`. `band` is where it is printed;
    `first` and `last` are the ids of the first and last words of its lemma, and `place` is that
    of an entry on the page: entries go by the beginnings of their lemmas, calls by the ends.
    """

    kind: str  # entry, note, text-note
    label: str
    id: str
    call_id: str
    blocks: tuple[Block, ...]
    description: str
    entry: Entry | None = None
    band: str = "notes"
    first: str = ""
    last: str = ""
    place: int = 0
    parts: tuple[str, ...] = ()  # the lemma of a note, as it prints
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EndNote:
    """A note of the commentary, keyed by its words, with the place that it is about."""

    id: str
    place: str
    href: str
    words: str
    blocks: tuple[Block, ...]
    anchor: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


# Parts of sections


@dataclass(frozen=True, slots=True)
class Cell:
    """What a version has in a row; without blocks the version is absent there."""

    siglum: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A row of the table of versions, one cell a version."""

    id: str
    title: str
    cells: tuple[Cell, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class VersionHead:
    """The head of a column: siglum, title, date."""

    siglum: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the list of corrections; it has an `id` where references lead to it."""

    href: str
    place: str
    lemma: str
    reading: Reading
    id: str = ""


@dataclass(frozen=True, slots=True)
class Locator:
    """A place that an index heading points to: its id, and its name where there are no pages.

    `last` is the id of the last words of a range. `note` is the label of the note that it stands
    in, n where that has none; `version` the siglum of its column in a table of versions.
    """

    href: str
    place: str
    last: str = ""
    note: str = ""
    version: str = ""
    principal: bool = False


@dataclass(frozen=True, slots=True)
class IndexItem:
    """A heading of the index with its locators in the order of the book; or a subheading."""

    id: str
    heading: str
    description: str
    locators: tuple[Locator, ...]
    see: tuple[tuple[str, str], ...]  # id, heading
    see_also: tuple[tuple[str, str], ...]
    subheadings: tuple[IndexItem, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The headings under one letter."""

    letter: str
    items: tuple[IndexItem, ...]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of a register: a heading of the index, which has its places, and who or what it is."""

    href: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class SigilRow:
    """A line of the conspectus: a siglum and what it stands for; a hand is under another."""

    siglum: str
    description: tuple[Inline, ...]
    date: str
    hand: bool = False


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What stands over a letter: its number, who wrote to whom, where, and when."""

    number: str
    parties: str
    place: str
    date: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in the list of those cited, worded by the style of the edition."""

    id: str
    children: tuple[Inline, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DateRow:
    """One of a text's dates with what it rests on; `in_head` where the text's head bears it.

    A chronology has the title of the text, and the id of its first appearance, as well.
    """

    event: str
    date: str
    certainty: str
    evidence: tuple[Inline, ...]
    note: tuple[Inline, ...] = ()
    number: str = ""
    in_head: bool = False
    text: str = ""
    href: str = ""

    @property
    def is_said(self) -> bool:
        """Whether the head of its text says all that is known of it."""
        return self.in_head and not (self.certainty or self.number or self.evidence or self.note)


@dataclass(frozen=True, slots=True)
class SignRow:
    """An editorial sign that the book uses, and its meaning."""

    sign: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the contents: a section or a head inside one."""

    href: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the book: what it is, its title, and the parts that its kind prints.

    `kind` names the template: half-title, title-page, imprint, contents, prose, sigla, text,
    commentary, parallel, corrections, chronology, abbreviations, sources, register, index.
    """

    kind: str
    id: str
    title: str
    running_title: str
    front: bool
    heading: tuple[Inline, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[FootNote, ...] = ()
    margins: tuple[MarginNote, ...] = ()
    letter: LetterHead | None = None
    dates: tuple[DateRow, ...] = ()  # of a text, or of all in the chronology
    end_notes: tuple[tuple[str, tuple[EndNote, ...]], ...] = ()
    versions: tuple[VersionHead, ...] = ()
    facing: bool = False  # its two versions stand on facing pages
    together: bool = False  # bands stand under the whole table, not each under its column
    rows: tuple[VersionRow, ...] = ()
    ways: WaysPicture | None = None
    marks: tuple[str, ...] = ()  # of changes, as the table has them: its legend
    base: str = ""  # the version with which the others are compared, else each with the one before
    moved: tuple[str, ...] = ()  # the ids of moved words, whose lines are quoted
    pointers: tuple[Pointer, ...] = ()  # what its references name
    corrections: tuple[Correction, ...] = ()
    siglum: str = ""
    sigla: tuple[SigilRow, ...] = ()
    version_sigla: tuple[SigilRow, ...] = ()
    scholars: tuple[SigilRow, ...] = ()
    form: str = ""
    terms: tuple[SignRow, ...] = ()  # of the apparatus, as om.
    abbreviations: tuple[SignRow, ...] = ()  # of the texts
    works: tuple[WorkRow, ...] = ()
    signs: tuple[SignRow, ...] = ()
    index: tuple[IndexGroup, ...] = ()
    register: tuple[RegisterRow, ...] = ()
    contents: tuple[ContentsRow, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def turned(self) -> bool:
        """Whether its pages lie on their side: so many versions want a broad page."""
        return len(self.versions) > MOST_UPRIGHT


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a part in the edition."""

    name: str
    sort: str
    role: str
    marc: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the imprint states, each item a paragraph."""

    source: tuple[tuple[Inline, ...], ...]
    rights: tuple[tuple[Inline, ...], ...]
    cite: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book, ready to be laid out and to be written as an e-book."""

    slug: str
    title: str
    subtitle: str
    short_title: str
    lang: str
    identifier: str
    revision: str
    date: str
    publisher: str
    description: str
    subjects: tuple[str, ...]
    people: tuple[Person, ...]
    imprint: Imprint
    sections: tuple[Section, ...]
    pictures: tuple[tuple[str, bytes], ...] = ()
    pointing: PointingStyle = field(default=PointingStyle(), compare=False)
    abbreviations: tuple[SignRow, ...] = ()  # with what they stand for

    def role(self, role: str) -> tuple[Person, ...]:
        """The people who have a role."""
        return tuple(person for person in self.people if person.role == role)


def places_of(book: Book) -> dict[str, Span]:
    """Where each id of the book was read from, as near as it is known."""
    return dict(_places(book))


def _places(node: object) -> Iterator[tuple[str, Span]]:
    if isinstance(node, tuple):
        for child in node:
            yield from _places(child)
    elif is_dataclass(node) and not isinstance(node, Span):
        name, span = getattr(node, "id", ""), getattr(node, "span", None)
        if name and span:
            yield name, span
        for each in fields(node):
            yield from _places(getattr(node, each.name))
