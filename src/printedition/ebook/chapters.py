"""The sections of a book as files of the e-book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from typing import NamedTuple

from printedition.book.index_printer import IndexPrinter
from printedition.book.settled import Settled
from printedition.book.starts import PrintedPage
from printedition.book.tree import Book, Inline, Section
from printedition.ebook.aims import aim, aim_of, name_words
from printedition.ebook.filled import Filled, Filler, links_of
from printedition.ebook.kept_chapters import KeptChapters
from printedition.ebook.pages import Marked, marker_id
from printedition.edition.edition import Band, CalledBy
from printedition.edition.publication import file_words
from printedition.frozen import dataclass

_BACK = frozenset(
    {
        "commentary",
        "questions",
        "glossary",
        "corrections",
        "errata",
        "sources",
        "chronology",
        "abbreviations",
        "register",
        "index",
    }
)
_LANDMARKS = {
    "glossary": "glossary",
    "abbreviations": "glossary",
    "sources": "bibliography",
    "index": "index",
}
_CONTENTS = "../nav.xhtml"  # the file that they have
_TITLED = {"title-page": "title_page", "imprint": "imprint", "index": "index"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the book and its file, and the ids that it links to.

    `headings` are those inside it, each with its id and words.
    """

    section: Section
    name: str
    text: str
    links: tuple[str, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()

    @property
    def matter(self) -> str:
        """The part of the book that it belongs to, in the words of EPUB."""
        return _matter(self.section)


@dataclass(frozen=True, slots=True)
class NavItem:
    """A row of the navigation: its address in the e-book, its title, and the rows below it.

    `marked` is the title with its marks, where it has any.
    """

    href: str
    title: str
    below: tuple[NavItem, ...] = ()
    marked: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapters:
    """The files of a book's sections in order, and the file in which each id stands.

    `contents_at` is the number of the chapter before which the contents stood, or None: they are
    no chapter, the navigation document takes their place. `pages` are those of the printed book,
    folio and address; `contents_pages` the folios and ids of those with the contents.
    """

    chapters: tuple[Chapter, ...]
    files: Mapping[str, str]
    contents_at: int | None
    pages: tuple[tuple[str, str], ...] = ()
    contents_pages: tuple[tuple[str, str], ...] = ()

    def rows(self, book: Book) -> tuple[tuple[str, str], ...]:
        """The rows of the navigation, address and title; the book's where a section has none."""
        return tuple(
            (f"text/{one.name}", _title(one.section, book))
            for one in self.chapters
            if one.section.kind != "half-title"
        )

    def contents(self, book: Book) -> tuple[NavItem, ...]:
        """The rows of the navigation, those under parts and included editions within theirs.

        It has two levels, as many as Kindle shows: headings of sections that stand under nothing.
        """
        rows = []
        for one in self.chapters:
            if one.section.kind == "half-title":
                continue
            href, level = f"text/{one.name}", one.section.level
            if one.section.collection:
                above = one.section.marked_collection
                rows.append(_Row(href, one.section.collection, level - 1, above))
            # No two rows lead to one place.
            own = f"{href}#{one.section.id}.title" if one.section.collection else href
            rows.append(_Row(own, _title(one.section, book), level, one.section.marked))
            if level == 1:
                rows += [_Row(f"{href}#{name}", words, 2) for name, words in one.headings]
        return _nested(rows)

    def landmarks(self, book: Book) -> tuple[tuple[str, str, str], ...]:
        """Kind, address and title of a few places, since some readers print them as contents."""
        words = book.words
        marks = [("cover", "text/00-cover.xhtml", words["cover"])]
        marks.append(("toc", "nav.xhtml#toc", words["contents"]))
        body = (one for one in self.chapters if one.matter == "bodymatter")
        if first := next(body, None):
            marks.append(("bodymatter", f"text/{first.name}", words["start"]))
        marks += [
            (_LANDMARKS[one.section.kind], f"text/{one.name}", _title(one.section, book))
            for one in self.chapters
            if one.section.kind in _LANDMARKS
        ]
        return tuple(marks)


def chapters_of(
    printed: Settled,
    render: Callable[..., str],
    pictures: Mapping[str, str],
    indexes: IndexPrinter,
    entries: CalledBy,
    bands: Sequence[Band],
    *,
    boxes: bool = True,
    kept: KeptChapters | None = None,
) -> Chapters:
    """The sections filled into their template; `pictures` has the file of each picture.

    `entries` says how their text calls them; notes stand in their `bands`. Where what a link
    leads to is shown in `boxes`, long notes are divided and references lead to words.

    What they cite by page and line, they cite by those of the printed book.

    Raises LinkToNothing for a picture that is not there, and xml.etree.ElementTree.ParseError
    where a template is not well-formed.
    """

    told = render, pictures, indexes, entries, bands
    filler = Filler(printed, *told, boxes=boxes, kept=kept)
    sections: list[tuple[Section, str, Filled]] = []
    files: dict[str, str] = {}
    contents_at = None
    for section in printed.book.sections:
        if section.kind == "contents":
            files[section.id] = _CONTENTS
            contents_at = len(sections)
            continue
        name = f"{len(sections) + 1:02}-{_file_name(section.id)}.xhtml"
        sections.append((section, name, filler.fill(section, _matter(section))))
    chapters = _aimed(sections, files, boxes=boxes)
    return Chapters(tuple(chapters), files, contents_at)


def _aimed(
    sections: list[tuple[Section, str, Filled]], files: dict[str, str], *, boxes: bool
) -> list[Chapter]:
    """The chapters, in `boxes` with their references led to words, so that none pops up as a note.

    The file of each id is added to `files`.
    """
    targets = {target for _, _, filled in sections for target in filled.targets} if boxes else set()
    aims: set[str] = set()
    named = []
    for section, name, filled in sections:
        text, words = name_words(filled.text, targets.intersection(filled.ids))
        named.append((section, name, filled, text))
        aims |= words
        for identifier in (*filled.ids, *words):
            files.setdefault(identifier, name)
    led = {target: aim_of(target) for target in targets if aim_of(target) in aims}
    return [
        Chapter(
            section,
            name,
            aim(text, aims) if filled.targets & led.keys() else text,
            links_of(filled, led),
            filled.headings,
        )
        for section, name, filled, text in named
    ]


def marked(
    chapters: Chapters,
    pages: Sequence[PrintedPage],
    hand: Callable[[Chapter, Sequence[PrintedPage]], Marked],
) -> Chapters:
    """The chapters with markers for the pages of the printed book, as a `hand` marks each.

    Pages of a section that the e-book leaves out, blank ones or those for others, have no place.
    """
    own = {one.section.id: one for one in chapters.chapters}
    made: dict[str, Chapter] = {}
    listed: list[tuple[str, str]] = []
    contents: list[tuple[str, str]] = []
    for section, group in groupby(pages, key=lambda page: page.section):
        if section in own:
            marked = hand(own[section], tuple(group))
            made[section] = replace(own[section], text=marked.text)
            listed += [(folio, f"text/{own[section].name}#{name}") for folio, name in marked.pages]
        elif chapters.files.get(section) == _CONTENTS:
            here = [(page.folio, marker_id(page.folio)) for page in group]
            contents += here
            listed += [(folio, f"nav.xhtml#{name}") for folio, name in here]
    for section, one in own.items():
        if section not in made:
            made[section] = replace(one, text=hand(one, ()).text)
    return replace(
        chapters,
        chapters=tuple(made[one.section.id] for one in chapters.chapters),
        pages=tuple(listed),
        contents_pages=tuple(contents),
    )


class _Row(NamedTuple):
    """A row of the navigation with its rank, as NavItem has it."""

    href: str
    title: str
    level: int
    marked: tuple[Inline, ...] = ()


def _nested(rows: Sequence[_Row]) -> tuple[NavItem, ...]:
    """Rows each with those below it."""
    items: list[NavItem] = []
    for number, row in enumerate(rows):
        if row.level == rows[0].level:
            following = rows[number + 1 :]
            below = [*takewhile(lambda other: other.level > rows[0].level, following)]
            items.append(NavItem(row.href, row.title, _nested(below), row.marked))
    return tuple(items)


def _title(section: Section, book: Book) -> str:
    named = _TITLED.get(section.kind)
    return section.title or (book.words[named] if named else book.title)


def _matter(section: Section) -> str:
    if section.front or section.kind in ("half-title", "title-page", "imprint"):
        return "frontmatter"
    return "backmatter" if section.kind in _BACK else "bodymatter"


def _file_name(words: str) -> str:
    return file_words(words) or "part"
