"""The index as the editor declares it: headings, the forms that name them, passages."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from printedition.edition.quotation import Quotation, Value
from printedition.edition.text import Inline
from printedition.frozen import dataclass
from printedition.sources import Span


class Inflection(Enum):
    """How words change that still name the same; the value is the word in the record."""

    POSSESSIVE = "possessive"
    PLURAL = "plural"


class HeadingType(Enum):
    """What a heading names; the value is the word in the record."""

    PERSON = "person"
    PLACE = "place"
    INSTITUTION = "institution"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class IndexPassage:
    """A place, or from the words to those of `to:` a stretch; `principal` prints bold."""

    quotation: Quotation
    principal: bool = False


@dataclass(frozen=True, slots=True)
class IndexHeading:
    """A heading, the forms by which the text names it, and passages given by quotation.

    By its plain words, `heading`, it is named, sorted and compared; `marked` are the same with
    their marks, where any are marked, as they are printed.
    Where it has a `context`, a form counts only in a block that has one of those words too.
    Subheadings have none of their own. `authority` is an address in an authority file.
    """

    heading: Value
    sort: str
    description: str
    forms: tuple[Value, ...]
    passages: tuple[IndexPassage, ...]
    see: tuple[Value, ...]
    see_also: tuple[Value, ...]
    span: Span
    inflected: frozenset[Inflection] = frozenset()
    context: tuple[Value, ...] = ()
    subheadings: tuple[IndexHeading, ...] = ()
    type: HeadingType | None = None
    authority: str = ""
    marked: tuple[Inline, ...] = ()

    @property
    def has_places(self) -> bool:
        """Whether it, or one of its subheadings, declares forms or passages."""
        return bool(self.forms or self.passages) or any(s.has_places for s in self.subheadings)


@dataclass(frozen=True, slots=True)
class Index:
    """The headings of one index, read from `path`."""

    path: str
    headings: tuple[IndexHeading, ...]

    def walk(self) -> Iterator[IndexHeading]:
        """Every heading, each before its subheadings."""
        for heading in self.headings:
            yield heading
            yield from heading.subheadings


class LocatorForm(Enum):
    """What a locator says."""

    PAGE = "page"
    LINE = "line"  # page and line: 7.12


class LocatorRanges(Enum):
    """How a range of pages prints."""

    FULL = "full"  # 123–125
    ELIDED = "elided"  # 123–5
    CHICAGO = "chicago"  # 101–8, 123–25: The Chicago Manual of Style, 17th ed., 9.61


class IndexLayout(Enum):
    """How subheadings stand."""

    INDENTED = "indented"
    RUN_IN = "run-in"


class LeftOut(Enum):
    """Mentions in passing that an edition may leave out of its indexes."""

    HEADINGS = "headings"  # the heads of sections and blocks
    LEMMAS = "lemmas"  # words that a note quotes as what it is about
    LISTS = "lists"  # items of lists and cells of tables
    NOTES = "notes"  # all that stands in notes


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How the indexes of an edition are gathered and printed.

    `ignore` are the words that sorting passes over, None where the language says them. In sorting
    letter by letter blanks do not count; word by word they come before any letter.
    """

    locators: LocatorForm = LocatorForm.PAGE
    ranges: LocatorRanges = LocatorRanges.FULL
    layout: IndexLayout = IndexLayout.INDENTED
    by_letter: bool = True
    by_occurrence: bool = False  # subheadings stand as they occur, else in alphabetical order
    ignore: tuple[str, ...] | None = None
    leave_out: frozenset[LeftOut] = frozenset()
