"""The sections of a book as files of the e-book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from printedition.book.explaining import explained
from printedition.book.index_printer import IndexPrinter
from printedition.book.pointing import words_without_pages
from printedition.book.settled import Settled
from printedition.book.starts import PrintedPage
from printedition.book.tree import Book, Section
from printedition.ebook.aims import aim, name_words, targets_in
from printedition.ebook.lemmas import mark_lemmas
from printedition.ebook.links import LinkToNothing, ids_of
from printedition.ebook.notes import LONGEST, noted, sigla_of
from printedition.ebook.pages import mark, marker_id
from printedition.edition.edition import Band, CalledBy
from printedition.edition.publication import file_words
from printedition.frozen import dataclass

_BACK = frozenset(
    {
        "commentary",
        "questions",
        "corrections",
        "errata",
        "sources",
        "chronology",
        "abbreviations",
        "register",
        "index",
    }
)
_LANDMARKS = {"abbreviations": "glossary", "sources": "bibliography", "index": "index"}
_TITLED = {"title-page": "title_page", "imprint": "imprint", "index": "index"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the book and its file."""

    section: Section
    name: str
    text: str

    @property
    def matter(self) -> str:
        """The part of the book that it belongs to, in the words of EPUB."""
        return _matter(self.section)


@dataclass(frozen=True, slots=True)
class NavItem:
    """A row of the navigation: its address in the e-book, its title, and the rows below it."""

    href: str
    title: str
    below: tuple[NavItem, ...] = ()


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
        """The rows of the navigation, those under parts and included editions within theirs."""
        rows = []
        for one in self.chapters:
            if one.section.kind == "half-title":
                continue
            href, level = f"text/{one.name}", one.section.level
            if one.section.collection:
                rows.append((href, one.section.collection, level - 1))
            rows.append((href, _title(one.section, book), level))
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
) -> Chapters:
    """The sections filled into their template; `pictures` has the file of each picture.

    `entries` says how their text calls them; notes stand in their `bands`. Where what a link
    leads to is shown in `boxes`, long notes are divided and references lead to words.

    What they cite by page and line, they cite by those of the printed book.

    Raises LinkToNothing for a picture that is not there, and xml.etree.ElementTree.ParseError
    where a template is not well-formed.
    """

    def image_name(path: str) -> str:
        if path not in pictures:
            raise LinkToNothing(path)
        return f"../{pictures[path]}"

    book = printed.book
    loci = {**words_without_pages(book), **printed.loci}
    sigla = sigla_of(book)
    chapters: list[Chapter] = []
    files: dict[str, str] = {}
    contents_at = None
    for section in book.sections:
        if section.kind == "contents":
            files[section.id] = "../nav.xhtml"
            contents_at = len(chapters)
            continue
        longest = LONGEST if boxes else None
        printable, notes = noted(explained(section, book.abbreviations), bands, book.words, longest)
        name = f"{len(chapters) + 1:02}-{_file_name(section.id)}.xhtml"
        text = render(
            "ebook/chapter.xhtml",
            book=book,
            section=printable,
            bands=notes,
            entries=entries.value,
            sigla=sigla,
            matter=_matter(section),
            image_name=image_name,
            indexes=indexes,
            loci=loci,
            pages=printed.folios,
        )
        if entries is CalledBy.MARKED:
            text = mark_lemmas(text)
        chapters.append(Chapter(section, name, text))
    if boxes:
        chapters = _aimed(chapters)
    for one in chapters:
        for identifier in ids_of(one.text):
            files.setdefault(identifier, one.name)
    return Chapters(tuple(chapters), files, contents_at)


def _aimed(chapters: list[Chapter]) -> list[Chapter]:
    """The chapters with their references led to words, so that none pops up as a note."""
    targets = {target for one in chapters for target in targets_in(one.text)}
    aims: set[str] = set()
    named = []
    for one in chapters:
        text, words = name_words(one.text, targets)
        named.append(replace(one, text=text))
        aims |= words
    return [replace(one, text=aim(one.text, aims)) for one in named]


def marked(chapters: Chapters, pages: Sequence[PrintedPage], *, lines: bool) -> Chapters:
    """The chapters with markers for the pages of the printed book, and for its numbered lines."""
    if not pages:
        return chapters
    own = {one.section.id: one for one in chapters.chapters}
    made: dict[str, Chapter] = {}
    listed: list[tuple[str, str]] = []
    contents: list[tuple[str, str]] = []
    for section, group in groupby(pages, key=lambda page: page.section):
        if section in own:
            marked = mark(own[section].text, tuple(group), lines=lines)
            made[section] = replace(own[section], text=marked.text)
            listed += [(folio, f"text/{own[section].name}#{name}") for folio, name in marked.pages]
        else:
            here = [(page.folio, marker_id(page.folio)) for page in group]
            contents += here
            listed += [(folio, f"nav.xhtml#{name}") for folio, name in here]
    return replace(
        chapters,
        chapters=tuple(made.get(one.section.id, one) for one in chapters.chapters),
        pages=tuple(listed),
        contents_pages=tuple(contents),
    )


def _nested(rows: Sequence[tuple[str, str, int]]) -> tuple[NavItem, ...]:
    """Rows of address, title and rank, each with those below it."""
    items: list[NavItem] = []
    for number, (href, title, level) in enumerate(rows):
        if level == rows[0][2]:
            following = rows[number + 1 :]
            below = [*takewhile(lambda row: row[2] > rows[0][2], following)]
            items.append(NavItem(href, title, _nested(below)))
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
