"""What the page is told of a section: its HTML, its entries and notes, and how to set them.

All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from printedition.edition.apparatus import Conventions
from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Keyed:
    """What the page knows of an entry: its number there, empty where it repeats the one before,
    and the ranks of the first and last words of its lemma among like words of their lines."""

    id: str
    number: str = ""
    first_rank: int = 0
    last_rank: int = 0


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """An entry: its band, the ids of the first and last words of its lemma, and these words.

    A note on a whole block has none.
    """

    id: str
    band: str
    first: str
    last: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotePlace:
    """A note or margin note: its band (margin for those), and the id of what calls it.

    `lemma` where no numeral calls it, but its line and lemma.
    """

    id: str
    band: str
    call: str
    lemma: EntryPlace | None = None


@dataclass(frozen=True, slots=True)
class BandStyle:
    """A band as edition.yaml declares it; `head`: above the text."""

    name: str
    run_in: bool
    head: bool = False
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which lines bear their number (0: none), where counting starts anew, and the side.

    `lines` prints the numbers of a lemma's first and last line. A `proof` shows that of every line;
    all else is as in the book.
    """

    every: int = 5
    restart: bool = True
    side: str = "inner"  # inner, outer, left, right
    lines: Callable[[int, int], str] = Conventions().lines
    proof: bool = False

    @property
    def shown(self) -> int:
        """Every how many lines a number is seen; 0: none."""
        return 1 if self.proof else self.every


@dataclass(frozen=True, slots=True)
class Copy:
    """The HTML of a section: its text, its notes, its margin notes; and its entries for facts.

    `notes` takes what the page knows of those that are keyed by line. `extant` takes ids and sigla
    and gives a page with a line for each: which witnesses hold the text of a page. `entries` takes
    groups of keyed entries by the id of a paragraph, with the band's name, and gives a page that
    has one paragraph for each.
    """

    text: str
    notes: Callable[[Mapping[str, Keyed]], str]
    margins: str
    extant: Callable[[Sequence[tuple[str, tuple[str, ...]]]], str]
    entries: Callable[[Sequence[tuple[str, str, Sequence[Keyed]]]], str]
    furniture: Callable[[Sequence[BandStyle], int], str]


@dataclass(frozen=True, slots=True)
class Page:
    """The room of a page: its breadth, the height of the first of a section and of others, and
    the breadth of the column of margin notes, and that of the lines to write on there, or 0."""

    width: float
    first: float
    other: float
    margin: float
    ruled: float = 0.0

    def height(self, number: int) -> float:
        """The height of a page of the section, counted from 0, in px."""
        return self.other if number else self.first
