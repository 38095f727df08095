"""What stands under the text in the composed tree: entries of the apparatus, and notes."""

from __future__ import annotations

import unicodedata
from dataclasses import field

from printedition.book.nodes import Block, Inline, Reference
from printedition.edition.quotation import Passage
from printedition.frozen import dataclass
from printedition.sources import Span

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
    behind it, and `without` (not in) before those that do not add them. `lang` is the language of
    the text, where it is not that of the section.
    """

    lemma: Lemma
    holders: Holders
    readings: tuple[Reading, ...]
    lead: str = ""
    without: str = ""
    without_it: Holders = Holders()
    note: tuple[Inline, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)
    lang: str = ""


# Notes


@dataclass(frozen=True, slots=True)
class FootNote:
    """An entry or note of a section: its label, the id of its call, and what it says.

    An entry says what is in `entry`, a note what is in `blocks`. `band` is where it is printed;
    `first` and `last` are the ids of the first and last words of its lemma, and `place` is that
    of an entry on the page: entries go by the beginnings of their lemmas, calls by the ends.
    `audience` is the one that a note is for; where it is `withheld`, the book is for others.
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
    audience: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question on a text: its number, what it is about, what it asks, and room for the answer.

    `answer` is what those who teach have on the `lines` that are ruled for others.
    """

    id: str
    label: str
    place: Reference | None
    blocks: tuple[Block, ...]
    answer: tuple[Block, ...] = ()
    lines: int = 0
    span: Span | None = field(default=None, compare=False, repr=False)
    audience: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word means, and where the text has it so."""

    blocks: tuple[Block, ...]
    places: tuple[Reference, ...]
    audience: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """A word of the glossary with what it means here and there, or for one `audience` alone."""

    id: str
    headword: str
    senses: tuple[Sense, ...]
    span: Span | None = field(default=None, compare=False, repr=False)
    audience: str = ""
    withheld: bool = False


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
    audience: str = ""
    withheld: bool = False
