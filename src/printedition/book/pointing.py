"""Words what references name: in print by page and line, in the e-book by these too.

Its reader sees no pages, so there a place is named first as people cite it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from printedition.edition.apparatus import Conventions
from printedition.frozen import dataclass

if TYPE_CHECKING:
    from printedition.book.tree import Book

# Stands for pages and lines that are not known yet: as broad as most.
UNKNOWN = "00"

_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a reference names, but for the numbers that only pages give.

    `form` is page, line, locus (how people cite it) or named (that and its page); `way` says above
    or below where the reference does. It is called `name`; a section by its title, a numbered note
    by its numeral and the `locus` that it is on, which `title_of` and `label_of` give by their ids.
    Its page is that of the words of the id `href`, of a range to those of the id `end`; `version`
    is the column of a table in which it stands.
    """

    form: str
    href: str
    name: str
    end: str = ""
    way: str = ""
    title_of: str = ""
    label_of: str = ""
    locus: str = ""
    version: str = ""

    @property
    def key(self) -> str:
        """By which templates are told its words: equal pointers are worded alike."""
        parts = (self.href, self.form, self.way, self.end, self.label_of, self.title_of)
        return "→" + "→".join(parts)

    @property
    def anchors(self) -> tuple[str, ...]:
        """The ids whose lines print says."""
        return tuple(filter(None, (self.href, self.end))) if self.form == "line" else ()

    @property
    def quotes_pages(self) -> bool:
        """Whether print says a page."""
        return self.form != "locus"


@dataclass(frozen=True, slots=True)
class PointingStyle:
    """How an edition words pointers.

    `terms` hold … for what they name; `conventions` say how ranges of numbers print; where notes
    are `keyed` by line and lemma, they have no numeral.
    """

    terms: Mapping[str, str] = field(default_factory=dict)
    conventions: Conventions = field(default=Conventions())
    keyed: bool = False

    def ranges(self, first: int, last: int) -> str:
        """Two numbers as a range: `12–14`, or elided as those of lemmas are."""
        return self.conventions.lines(first, last)

    def said(self, term: str, *named: str) -> str:
        """A term with what it names; a number stays in one line with the word before it."""
        words = self.terms[term]
        for each in named:
            words = words.replace("…", each, 1)
        return words

    def numbered(self, term: str, number: str) -> str:
        """A term with its number, in one line."""
        return self.said(term, number).replace(" ", _NO_BREAK)


class PointerWording:
    """Words the pointers of a book; `pages` and `lines` give the numbers of ids, in print."""

    def __init__(self, book: Book) -> None:
        self.style = book.pointing
        self.pointers = [one for section in book.sections for one in section.pointers]
        self._titles = {section.id: section.title or section.kind for section in book.sections}
        self._labels = {
            note.id: note.label
            for section in book.sections
            for note in section.notes
            if note.entry is None and not (self.style.keyed and note.last)
        }

    def without_pages(self, pointer: Pointer) -> str:
        """The words of an e-book that knows no pages."""
        return self._turned(pointer, self._name(pointer, pointer.locus))

    def with_pages(
        self, pointer: Pointer, pages: Mapping[str, str], lines: Mapping[str, int]
    ) -> str:
        """The words of the e-book, with the place on the pages where print names one."""
        words = self._name(pointer, pointer.locus)
        if pointer.form == "line":
            words = f"{words}, {self._lines(pointer, pages, lines)}"
        elif pointer.quotes_pages:
            words = f"{words}, {self._pages(pointer, pages)}"
        return self._turned(pointer, words)

    def in_print(self, pointer: Pointer, pages: Mapping[str, str], lines: Mapping[str, int]) -> str:
        """The words of the printed book; numbers that are not known yet stand in them as 00."""
        page = self._pages(pointer, pages)
        match pointer.form:
            case "locus":
                words = self._name(pointer, pointer.locus)
            case "named":
                words = self._name(pointer, page)
                if pointer.label_of not in self._labels:
                    words = f"{words}, {page}"
            case "line":
                words = self._lines(pointer, pages, lines)
            case _:
                words = page
        return self._turned(pointer, words)

    def _turned(self, pointer: Pointer, words: str) -> str:
        return self.style.said(pointer.way, words) if pointer.way else words

    def _name(self, pointer: Pointer, where: str) -> str:
        label = self._labels.get(pointer.label_of)
        if label is not None:
            return self.style.said("note", label, where).replace(" ", _NO_BREAK, 1)
        if pointer.title_of:
            return self.style.said("quoted", self._titles.get(pointer.title_of, ""))
        return pointer.name

    def _pages(self, pointer: Pointer, pages: Mapping[str, str]) -> str:
        first = pages.get(pointer.href, UNKNOWN)
        last = pages.get(pointer.end, UNKNOWN) if pointer.end else first
        if first == last:
            return self.style.numbered("page", first)
        return self.style.numbered("pages", self._range(first, last))

    def _lines(self, pointer: Pointer, pages: Mapping[str, str], lines: Mapping[str, int]) -> str:
        """`p. 7, l. 12`, `p. 7, ll. 12–20`, `p. 7, l. 30 – p. 8, l. 4`."""
        start, end = pointer.href, pointer.end or pointer.href
        first, last = pages.get(start, UNKNOWN), pages.get(end, UNKNOWN)
        if first != last:
            return f"{self._line(start, first, pointer, lines)} – " + self._line(
                end, last, pointer, lines
            )
        top, foot = lines.get(start), lines.get(end)
        if top and foot and top != foot:
            page, numbers = self.style.numbered("page", first), self.style.ranges(top, foot)
            return f"{page}, {self._column(pointer)}{self.style.numbered('lines', numbers)}"
        return self._line(start, first, pointer, lines)

    def _line(self, name: str, page: str, pointer: Pointer, lines: Mapping[str, int]) -> str:
        words = self.style.numbered("page", page)
        known = page != UNKNOWN
        if known and not lines.get(name):  # it stands where no lines are counted
            return words
        shown = str(lines[name]) if known else UNKNOWN
        return f"{words}, {self._column(pointer)}{self.style.numbered('line', shown)}"

    def _column(self, pointer: Pointer) -> str:
        return f"{pointer.version}, " if pointer.version else ""

    def _range(self, first: str, last: str) -> str:
        if first.isdigit() and last.isdigit():
            return self.style.ranges(int(first), int(last))
        return f"{first}–{last}"


def words_without_pages(book: Book) -> dict[str, str]:
    """What an e-book says of each reference where no pages are known, by the key of its pointer."""
    wording = PointerWording(book)
    return {one.key: wording.without_pages(one) for one in wording.pointers}


def words_with_pages(
    book: Book, pages: Mapping[str, str], lines: Mapping[str, int]
) -> dict[str, str]:
    """What the e-book says of each reference, by the key of its pointer."""
    wording = PointerWording(book)
    return {one.key: wording.with_pages(one, pages, lines) for one in wording.pointers}


def words_in_print(
    book: Book, pages: Mapping[str, str], lines: Mapping[str, int]
) -> dict[str, str]:
    """What the printed book says of each reference, by the key of its pointer."""
    wording = PointerWording(book)
    return {one.key: wording.in_print(one, pages, lines) for one in wording.pointers}
