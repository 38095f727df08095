"""The words of a printing one after the other, each with the page and line where it begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from printedition.frozen import dataclass
from printedition.page.words import HYPHEN, PrintedLine, PrintedWords
from printedition.revision.printing import PrintedSection, Printing

# A word ends wherever a line may end without a blank, so that nothing is changed where one does:
# about a dash, after a hyphen or dots, before a bracket (UAX #14, classes B2, HY, BA, IN, OP).
_WORD = re.compile(r"""—+[”’")\]]*|[\[(]?[^\s\-–—/…\[(]+[\-–/…]*[”’")\]]*|[\-–/…\[(]+[”’")\]]*""")

_SIGNS = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word begins: its section, the folio, its line there.

    `number` is the line's on the printed count, 0 where it has none; `row` its place among the
    lines of the page, or of a version there, from 1; 0 where it is a head of a table of versions.
    `sheet` is the page's place in the section, from 0.
    """

    section: str
    page: str
    number: int
    row: int
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place, and whether a blank stands before it; `end` where it is divided.

    `is_place`: it only says where something stands in the book.
    """

    text: str
    place: Place
    spaced: bool = True
    end: Place | None = None
    is_place: bool = False


def plain(text: str, place: Place, places: Collection[int] = ()) -> list[Word]:
    """The words of one stretch of text, which all stand at one place.

    `places` are those that say where something stands, by their numbers between blanks.
    """
    made: list[Word] = []
    number = -1
    for found in _WORD.finditer(text):
        spaced = found.start() == 0 or text[found.start() - 1].isspace()
        number += spaced
        made.append(Word(found[0], place, spaced, is_place=number in places))
    return made


def pieces(text: str) -> tuple[str, ...]:
    """The words of a text, the same wherever lines end in it."""
    return tuple(_WORD.findall(text))


def spans(text: str) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends."""
    return [found.span() for found in _WORD.finditer(text)]


def streams(printing: Printing) -> dict[tuple[str, str], list[Word]]:
    """The words of each section, by its id and, in a table, the version."""
    made: dict[tuple[str, str], list[Word]] = {}
    for section in printing.sections:
        for version, word in _words(section):
            made.setdefault((section.id, version), []).append(word)
    return made


def rows_of(page: PrintedWords) -> Iterator[tuple[PrintedLine, int]]:
    """The lines of a page, each with its place among those of its version, from 1."""
    rows: Counter[str] = Counter()
    for line in page.lines:
        rows[line.version] += 1
        yield line, rows[line.version]


def _words(section: PrintedSection) -> Iterator[tuple[str, Word]]:
    held: dict[str, Word] = {}  # by version: the word that its last line broke off
    for sheet, page in enumerate(section.pages):
        for line, row in rows_of(page):
            place = Place(section.id, page.label, line.number, row, sheet)
            words = plain(line.words, place, line.places)
            if words and (begun := held.pop(line.version, None)):
                whole = begun.text.removesuffix(HYPHEN) + words[0].text
                words[0] = Word(whole, begun.place, begun.spaced, place, begun.is_place)
            if words and words[-1].text.endswith(HYPHEN):
                held[line.version] = words.pop()
            yield from ((line.version, word) for word in words)
        for head in page.heads:
            place = Place(section.id, page.label, 0, 0, sheet)
            yield from (("", word) for word in plain(head, place))
    yield from held.items()


def core(word: str) -> str:
    """A word without the signs about it, by which a reader finds it in its line."""
    return _SIGNS.sub("", word) or word


def said(words: list[Word] | tuple[Word, ...]) -> str:
    """The words as they are printed."""
    text = "".join((" " if word.spaced else "") + word.text for word in words)
    return text.strip()
