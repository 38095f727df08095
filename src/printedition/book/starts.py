"""Where pages and numbered lines of the printed book start in the words of a section.

A book without pages breaks no line where the printed book does, and may call a note otherwise, so
that a place is told by what both have: the elements that it stands in, and how many letters of each
stand before it.
"""

from __future__ import annotations

from printedition.frozen import dataclass

# Classes of what stands in one book only, or in each in its own words.
APART = frozenset(
    {"call", "change-sign", "elsewhere", "line-number", "margin", "nothing", "paragraph-number",
     "spoken"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page or a numbered line starts in a section.

    `line` is the line's number, 0 for a page. `within` are the ids of the elements that it stands
    in, the outermost first, each with the number of letters in it that stand before. `letters` are
    the first that follow on the page, to know the place by; `then` are the ids of the elements that
    begin on a page first, since it may begin with what only the printed book has.
    """

    line: int
    within: tuple[tuple[str, int], ...]
    letters: str
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of the printed book: its folio, the section it belongs to, its starts in order.

    That of the page comes first, those of its numbered lines follow; a page without words of its
    section has none.
    """

    folio: str
    section: str
    starts: tuple[Start, ...]


def letters_of(words: str) -> str:
    """The letters and figures of words, in the one form of those that differ in case only.

    Hyphens, blanks and signs are left out: they are another where a line ends.
    """
    return "".join(filter(str.isalnum, words.casefold()))
