"""An edition: all that its folder says, checked for form but not yet composed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from enum import Enum
from pathlib import PurePosixPath

from printedition.edition.abbreviation import Abbreviation
from printedition.edition.apparatus import ApparatusEntry, Conventions, Scholar, Witness
from printedition.edition.audience import HOUSE_AUDIENCES, Audience
from printedition.edition.bibliography import Bibliography, CitationStyle
from printedition.edition.commentary import Note, NoteKind
from printedition.edition.corrections import Corrections
from printedition.edition.dates import DatedEvent
from printedition.edition.heads import TextHead
from printedition.edition.index import HeadingType, Index, IndexSettings
from printedition.edition.letter import Letter, LetterHeads, ListOfLetters
from printedition.edition.names import in_namespace, namespace_of, shown
from printedition.edition.profile import BUILT_IN, Profile
from printedition.edition.publication import Evaluation, Identifiers, file_words
from printedition.edition.quotation import Value
from printedition.edition.syllabus import Session
from printedition.edition.text import Block, Inline, Text, TextNote
from printedition.edition.versions import Parallel
from printedition.frozen import dataclass
from printedition.sources import Span


class Role(Enum):
    """What a person did; the value is the word in edition.yaml, `marc` the code in the e-book."""

    AUTHOR = "author"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    ANNOTATOR = "annotator"
    TRANSCRIBER = "transcriber"
    INTRODUCER = "introducer"

    @property
    def marc(self) -> str:
        """The code of the MARC list of relators."""
        return {
            Role.AUTHOR: "aut",
            Role.EDITOR: "edt",
            Role.TRANSLATOR: "trl",
            Role.ANNOTATOR: "ann",
            Role.TRANSCRIBER: "trc",
            Role.INTRODUCER: "win",
        }[self]


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a part in the edition; `sort` is the name as lists order it."""

    name: str
    sort: str
    role: Role


@dataclass(frozen=True, slots=True)
class TextEntry:
    """A text as edition.yaml lists it; `marked` is its title with marks, where it has any."""

    id: Value
    file: Value
    title: str
    short_title: str
    lang: str
    dates: tuple[DatedEvent, ...]
    letter: Letter | None = None
    head: TextHead = TextHead()
    marked: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Include:
    """Another edition that edition.yaml lists among its texts, by its folder.

    Its `id` is the namespace in which all its names live: `decree:C/c4`.
    """

    id: Value
    folder: Value
    title: str
    short_title: str
    head: TextHead = TextHead()
    marked: tuple[Inline, ...] = ()


class SectionKind(Enum):
    """What a part of the book is; the value is its key under `book:`."""

    FRONT = "front"
    PART = "part"
    PROSE = "prose"
    SIGLA = "sigla"
    TEXT = "text"
    COMMENTARY = "commentary"
    QUESTIONS = "questions"
    GLOSSARY = "glossary"
    PARALLEL = "parallel"
    CORRECTIONS = "corrections"
    ERRATA = "errata"
    SYLLABUS = "syllabus"
    BLANK = "blank"
    APPENDIX = "appendix"
    CHRONOLOGY = "chronology"
    ABBREVIATIONS = "abbreviations"
    SOURCES = "sources"
    PERMISSIONS = "permissions"
    REGISTER = "register"
    INDEX = "index"


class FrontPage(Enum):
    """The pages that the program makes from edition.yaml alone."""

    HALF_TITLE = "half-title"
    TITLE_PAGE = "title-page"
    IMPRINT = "imprint"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section as `book:` orders it: its kind, what it prints, and a title of its own.

    A register lists the headings of one `type`, or all. `audience` is the one that it is for.
    A section of an included edition has its `namespace`. Of what has several sections, such an
    edition or a text with an introduction, each says whose it is in `of`, and the first `opens` it.
    """

    kind: SectionKind
    subject: Value
    title: str
    short_title: str
    type: HeadingType | None = None
    audience: Value | None = None
    ruled: bool = False
    namespace: str = ""
    of: str = ""
    opens: bool = False
    marked: tuple[Inline, ...] = ()

    @property
    def name(self) -> str:
        """What references call the section: a text's id, the name of a file, or its kind."""
        return in_namespace(self.namespace, self._own_name)

    def covers(self, text: str) -> bool:
        """Whether what it lists may be of a text: of its own edition, or in a volume of any."""
        return self.namespace in ("", namespace_of(text))

    def explains(self, book: tuple[SectionEntry, ...]) -> bool:
        """Whether, of several lists of sigla, it has what is of the whole book, as signs."""
        lists = [section for section in book if section.kind is SectionKind.SIGLA]
        of_volume = [section for section in lists if not section.namespace]
        return self is next(iter(of_volume or lists), None)

    def has_notes_on(self, text: str) -> bool:
        """Whether, as a commentary, it prints the notes on a text."""
        return self.namespace == namespace_of(text)

    @property
    def _own_name(self) -> str:
        match self.kind:
            case SectionKind.FRONT | SectionKind.TEXT:
                return shown(self.subject.text)
            case SectionKind.PART:
                return f"part-{file_words(self.subject.text)}"
            case SectionKind.PROSE:
                stem = PurePosixPath(self.subject.text).stem.lower()
                return re.sub(r"[^a-z0-9-]+", "-", stem).strip("-") or "prose"
            case SectionKind.PARALLEL:
                return "versions"
            case _:
                return str(self.kind.value)


class Opening(Enum):
    """On which pages texts and parts begin: on right-hand ones, or on whatever comes next."""

    RIGHT = "right"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class PageSize:
    """The page and its margins, CSS lengths (mm, cm, in, pt); `ruled`: to write in one.

    `opens` tells on which pages texts and parts begin.
    """

    width: str = "148mm"
    height: str = "210mm"
    inner: str = ""
    outer: str = ""
    top: str = ""
    bottom: str = ""
    ruled: bool = False
    opens: Opening = Opening.RIGHT


class Separator(Enum):
    """What stands above a band."""

    SPACE = "space"
    RULE = "rule"
    SHORT_RULE = "short-rule"


@dataclass(frozen=True, slots=True)
class Band:
    """One apparatus among several on the page, in the order of edition.yaml.

    Its entries or notes run on one after another, or stand in blocks, in `columns`; `above` the
    text or, as a rule, below it.
    """

    name: str
    run_in: bool
    heading: str = ""
    columns: int = 1
    separator: Separator = Separator.SPACE
    above: bool = False


# The author's notes are part of the text and stand next to it; what the editor says of words
# comes before what he says of things (Corpus Christianorum, Oxford).
HOUSE_BANDS = (
    Band("text-notes", run_in=False),
    Band("variants", run_in=True),
    Band("notes", run_in=False),
)


class Calling(Enum):
    """How the text calls notes at the foot."""

    NUMERALS = "numerals"
    LINES = "lines"  # not at all: a note says its line and lemma


class Counting(Enum):
    """Where the count of lines begins anew."""

    PAGE = "page"
    SECTION = "section"
    BOOK = "book"


class Side(Enum):
    """In which margin line numbers stand."""

    INNER = "inner"
    OUTER = "outer"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """Which lines of a text bear their number: every n-th, or none where n is 0.

    Where `paragraphs`, every paragraph bears its number too, which no change of page moves.
    """

    every: int = 5
    counting: Counting = Counting.PAGE
    side: Side = Side.INNER
    paragraphs: bool = False


@dataclass(frozen=True, slots=True)
class Referring:
    """How references are worded: in which `form` where the program words them, and what stands
    `beside` the editor's own words in print (none, page, line).

    `terms` are words of the edition's own in place of those of the language `lang`.
    """

    form: str = ""
    beside: str = "none"
    lang: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)


class CalledBy(Enum):
    """How the text of the e-book calls entries of the apparatus."""

    LETTERS = "letters"  # raised, after the lemma
    MARKED = "marked"  # the lemma's last word is itself the call
    NONE = "none"  # not at all


@dataclass(frozen=True, slots=True)
class EbookSettings:
    """What the e-book shows: the numbers of printed lines; how the text calls `entries`.

    Where `dated`, the books' files are named by date and revision too.
    """

    lines: bool = True
    dated: bool = False
    entries: CalledBy = CalledBy.LETTERS


@dataclass(frozen=True, slots=True)
class KeptPages:
    """The printing whose pages are to stay as they are.

    Where it `lets_go`, what such a page has no room for is on the next, else on one put in.
    """

    printing: Value | None = None
    lets_go: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """Prose of the editor: a preface, principles; read from `path`."""

    path: str
    blocks: tuple[Block, ...]
    notes: tuple[TextNote, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the imprint states; each item is a paragraph of the editor's prose."""

    source: tuple[tuple[Inline, ...], ...] = ()
    rights: tuple[tuple[Inline, ...], ...] = ()
    cite: tuple[tuple[Inline, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """An edition that a volume includes, read from the folder `root`, its names its own."""

    include: Include
    root: str
    edition: Edition

    @property
    def title(self) -> str:
        """The title of the edition, as the volume has it."""
        return self.include.title or self.edition.title

    @property
    def marked(self) -> tuple[Inline, ...]:
        """The title with its marks, where it has any."""
        return self.include.marked if self.include.title else self.edition.marked_title

    @property
    def head(self) -> TextHead:
        """What opens it: as the volume has it, else from what it says of itself."""
        stated, own = self.include.head, self.edition
        authors = (person.name for person in own.people if person.role is Role.AUTHOR)
        return replace(
            stated,
            author=stated.author or ", ".join(authors),
            source=stated.source or own.imprint.source,
            rights=stated.rights or own.imprint.rights,
        )

    @property
    def short_title(self) -> str:
        """What running heads call it."""
        include, edition = self.include, self.edition
        return include.short_title or include.title or edition.short_title or edition.title


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole edition, as its folder says it. One with `parts` is a volume.

    `audience` names that of the book that is being made; without one it is for all. Questions
    have `answer_lines` to write on, unless they say otherwise.
    """

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
    witnesses: tuple[Witness, ...]
    page: PageSize
    entries_with_each: bool
    text_entries: tuple[TextEntry, ...]
    book: tuple[SectionEntry, ...]
    texts: Mapping[str, Text] = field(default_factory=dict)
    prose: Mapping[str, Prose] = field(default_factory=dict)
    apparatus: tuple[ApparatusEntry, ...] = ()
    notes: tuple[Note, ...] = ()
    parallels: Mapping[str, Parallel] = field(default_factory=dict)
    indexes: Mapping[str, Index] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
    root: Span = field(default=Span("edition.yaml", 0, 0))
    bands: tuple[Band, ...] = HOUSE_BANDS
    lines: LineNumbers = LineNumbers()
    calling: Calling = Calling.NUMERALS
    scholars: tuple[Scholar, ...] = ()
    conventions: Conventions = field(default=Conventions())
    bibliography: Bibliography | None = None
    style_named: Value | None = None
    citation_style: CitationStyle | None = None
    index_settings: IndexSettings = field(default=IndexSettings())
    ebook: EbookSettings = field(default=EbookSettings())
    events: tuple[DatedEvent, ...] = ()
    letters: LetterHeads = field(default=LetterHeads())
    cmif: ListOfLetters | None = None
    abbreviations: tuple[Abbreviation, ...] = ()
    referring: Referring = field(default=Referring())
    identifiers: Identifiers = Identifiers()
    evaluation: Evaluation | None = None
    kept: KeptPages = KeptPages()
    corrections: Corrections = Corrections()
    audiences: tuple[Audience, ...] = HOUSE_AUDIENCES
    audience: str = ""
    includes: tuple[Include, ...] = ()
    parts: tuple[Part, ...] = ()
    sigla_apart: bool = False  # each included edition keeps a list of witnesses of its own
    profiles: Mapping[str, Profile] = field(default_factory=lambda: BUILT_IN)
    answer_lines: int = 0
    syllabus: tuple[Session, ...] = ()
    marked_title: tuple[Inline, ...] = ()
    marked_subtitle: tuple[Inline, ...] = ()

    @property
    def file_name(self) -> str:
        """What the books' files are called, without their endings."""
        name = "-".join(filter(None, (self.slug, self.audience)))
        if not self.ebook.dated:
            return name
        revision = file_words(self.revision)
        return "_".join(filter(None, (name, self.date, revision and f"r{revision}")))

    def is_withheld(self, audience: Value | None) -> bool:
        """Whether the book that is being made is not for the one audience of something."""
        return audience is not None and audience.text != self.audience

    def stands_apart(self, audience: Value | None) -> bool:
        """Whether what is for one audience stands in an appendix, and leaves no room."""
        return audience is not None and any(
            section.kind is SectionKind.APPENDIX
            and section.audience is not None
            and section.audience.text == audience.text
            for section in self.book
        )

    def keys_by_line(self, note: Note) -> bool:
        """Whether a note is called by line and lemma, so that the text shows nothing of it."""
        by_line = self.calling is Calling.LINES or note.audience is not None
        return by_line and note.kind is NoteKind.FOOT

    def audience_of(self, body: str) -> Value | None:
        """The audience of all sections that print a text (by its id) or prose (by its path)."""
        kinds = (SectionKind.TEXT, SectionKind.PROSE)
        of = [s.audience for s in self.book if s.kind in kinds and s.subject.text == body]
        names = {audience and audience.text for audience in of}
        return of[0] if len(names) == 1 else None

    @property
    def dated_events(self) -> tuple[DatedEvent, ...]:
        """The dates of all texts, and the events that belong to none."""
        dates = (event for entry in self.text_entries for event in entry.dates)
        return (*dates, *self.events)

    def part(self, namespace: str) -> Part | None:
        """The included edition whose names live in a namespace."""
        return next((part for part in self.parts if part.include.id.text == namespace), None)

    def namespace_at(self, source: str) -> str:
        """The namespace of the included edition to which a file belongs; empty for the volume."""
        for part in self.parts:
            if source.startswith(f"{part.root}/"):
                return part.include.id.text
        return ""

    def entry_of(self, text: str) -> TextEntry | None:
        """The line of edition.yaml that lists a text."""
        return next((entry for entry in self.text_entries if entry.id.text == text), None)
