"""The composed tree: what templates print. Everything is numbered, sorted and worded already.

Each node has a `type`, by which a template chooses what to print. What was read from a file has
its `span`, for messages; it makes no difference between nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields, is_dataclass

from printedition.book.drawing import WaysPicture
from printedition.book.entries import (
    EndNote,
    Entry,
    FootNote,
    GlossaryRow,
    Holders,
    Lemma,
    Piece,
    Question,
    Reading,
    Sense,
)
from printedition.book.index_tree import (
    IndexGroup,
    IndexItem,
    Locator,
    OtherHeading,
    RegisterRow,
)
from printedition.book.nodes import (
    Abbreviation,
    Block,
    Break,
    Call,
    Changed,
    Container,
    Elsewhere,
    Figure,
    Heading,
    Inline,
    Listing,
    MarginNote,
    Nothing,
    OtherPlace,
    PageTurn,
    Paragraph,
    Phrase,
    Picture,
    Reference,
    Table,
    Words,
)
from printedition.book.page_words import page_words
from printedition.book.pointing import Pointer, PointingStyle
from printedition.frozen import dataclass
from printedition.sources import Span

__all__ = [
    "MOST_UPRIGHT",
    "Abbreviation",
    "Block",
    "Book",
    "Break",
    "Call",
    "Cell",
    "Changed",
    "Container",
    "ContentsRow",
    "Correction",
    "DateRow",
    "Elsewhere",
    "EndNote",
    "Entry",
    "ErrataList",
    "ErrataRow",
    "Figure",
    "FootNote",
    "GlossaryRow",
    "Heading",
    "Holders",
    "Imprint",
    "IndexGroup",
    "IndexItem",
    "Inline",
    "Lemma",
    "LetterHead",
    "Listing",
    "Locator",
    "MarginNote",
    "Nothing",
    "OtherHeading",
    "OtherPlace",
    "PageTurn",
    "Paragraph",
    "Person",
    "Phrase",
    "Picture",
    "Piece",
    "Question",
    "Reading",
    "Reference",
    "RegisterRow",
    "Section",
    "Sense",
    "Session",
    "SessionReading",
    "SigilRow",
    "SignRow",
    "Table",
    "TextHead",
    "VersionHead",
    "VersionRow",
    "Words",
    "WorkRow",
    "places_of",
]  # fmt: skip

MOST_UPRIGHT = 3  # versions that stand side by side on an upright page

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
class ErrataRow:
    """What was wrong in a printing: the place there, what is to be done, what is said of it."""

    place: str
    children: tuple[Inline, ...]
    remark: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrataList:
    """The errata of one printing; `none` is said where there is nothing to correct."""

    title: str
    rows: tuple[ErrataRow, ...]
    none: str


@dataclass(frozen=True, slots=True)
class SigilRow:
    """A line of the conspectus: a siglum and what it stands for; a hand is under another."""

    siglum: str
    description: tuple[Inline, ...]
    date: str
    hand: bool = False


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What stands over a letter: its number, who wrote to whom, where, and when.

    `when` is a day, month or year as ISO 8601 writes it, empty where the date is none.
    """

    number: str
    parties: str
    place: str
    date: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in the list of those cited, worded by the style of the edition."""

    id: str
    children: tuple[Inline, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TextHead:
    """What a text opens with, from data; a row of the list of sources and rights too.

    `sections` are the ids of those that print it, from the first to the last. `source`
    says which of its pages were used. What the printed book says of its own pages is told by
    `pages_key`, and how many there are to read by `reading_key`. `marked` is the title with its
    marks, where it has any.
    """

    title: str
    sections: tuple[str, ...]
    author: str = ""
    date: str = ""
    source: tuple[tuple[Inline, ...], ...] = ()
    rights: tuple[tuple[Inline, ...], ...] = ()
    keywords: tuple[str, ...] = ()
    marked: tuple[Inline, ...] = ()

    @property
    def href(self) -> str:
        """The id of the first of its sections."""
        return self.sections[0]

    @property
    def pages_key(self) -> str:
        """Under which its pages are told."""
        return f"pages:{self.href}"

    @property
    def reading_key(self) -> str:
        """Under which the number of its pages is told."""
        return f"reading:{self.href}"


@dataclass(frozen=True, slots=True)
class DateRow:
    """One of a text's dates with what it rests on; `in_head` where the text's head bears it.

    A chronology has the title of the text, and the id of its first appearance, as well; `when` is
    that of a head.
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
    when: str = ""

    @property
    def is_said(self) -> bool:
        """Whether the head of its text says all that is known of it."""
        return self.in_head and not (self.certainty or self.number or self.evidence or self.note)


@dataclass(frozen=True, slots=True)
class SignRow:
    """An editorial sign that the book uses, and its meaning.

    `kind` is that of a mark which only its style shows.
    """

    sign: str
    meaning: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SessionReading:
    """What is read for a session; `key` is that by which templates are told its pages.

    It is all of its `sections`, or goes from the id `href` to the words of the id `end`.
    `marked` is its title with marks, where it has any.
    """

    key: str
    href: str
    title: str
    sections: tuple[str, ...] = ()
    end: str = ""
    marked: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """A session of the syllabus: what it is called, its subject and date, what is read, a note.

    `marked` is the subject with its marks, where it has any.
    """

    when: str
    title: str
    date: str
    readings: tuple[SessionReading, ...]
    note: tuple[Inline, ...] = ()
    marked: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the contents; `marked` is its title with marks, where it has any."""

    href: str
    title: str
    level: int
    audience: str = ""
    withheld: bool = False
    marked: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the book: what it is, its title, and the parts that its kind prints.

    `kind` names the template: half-title, title-page, imprint, contents, part, prose, sigla,
    text, commentary, questions, glossary, parallel, corrections, errata, syllabus, chronology,
    abbreviations, sources, permissions, register, index.
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
    questions: tuple[tuple[str, tuple[Question, ...]], ...] = ()  # by titles of texts
    glossary: tuple[GlossaryRow, ...] = ()
    sessions: tuple[Session, ...] = ()
    blank: int = 0  # so many pages for notes
    ruled: bool = False  # these have lines to write on
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
    errata: tuple[ErrataList, ...] = ()
    sigla: tuple[SigilRow, ...] = ()
    version_sigla: tuple[SigilRow, ...] = ()
    scholars: tuple[SigilRow, ...] = ()
    form: str = ""
    forms: tuple[tuple[str, str], ...] = ()  # of several editions, each with its titles
    terms: tuple[SignRow, ...] = ()  # of the apparatus, as om.
    abbreviations: tuple[SignRow, ...] = ()  # of the texts
    works: tuple[WorkRow, ...] = ()
    signs: tuple[SignRow, ...] = ()
    index: tuple[IndexGroup, ...] = ()
    register: tuple[RegisterRow, ...] = ()
    contents: tuple[ContentsRow, ...] = ()
    lang: str = ""  # of the editor's words in it, if not that of the book
    title_lang: str = ""  # of a title that is a text's, if not that of these
    audience: str = ""  # the one that it is for
    withheld: bool = False  # the book is for others: its pages stay blank
    level: int = 1  # its rank in the contents
    volume: str = ""  # the running title of an included edition, in place of the book's
    opening: TextHead | None = None  # of the text or included edition that it opens
    permissions: tuple[TextHead, ...] = ()
    collection: str = ""  # the title of the included edition that it opens, if not its own
    # Titles with their marks, where they have any: its own, that, those of end_notes or questions.
    marked: tuple[Inline, ...] = ()
    marked_collection: tuple[Inline, ...] = ()
    marked_groups: tuple[tuple[Inline, ...], ...] = ()
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
    sigla: tuple[SignRow, ...] = ()  # of the witnesses, explained where no section does
    audience: str = ""  # the title of the book for one audience
    withholds: bool = True  # whether anything in it may be for others
    marked_title: tuple[Inline, ...] = ()  # with its marks, where it has any
    marked_subtitle: tuple[Inline, ...] = ()

    @property
    def whole_title(self) -> str:
        """The title with that of its audience's book."""
        return ": ".join(filter(None, (self.title, self.audience)))

    @property
    def words(self) -> Mapping[str, str]:
        """What the house prints itself, in the language of the book."""
        return page_words(self.lang)

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
