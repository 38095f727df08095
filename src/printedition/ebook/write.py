"""Writes a book as an e-book, by EPUB 3.3."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

from ebooklib import epub

from printedition.book.index_printer import IndexPrinter
from printedition.book.settled import Settled
from printedition.book.tree import Book
from printedition.ebook.archive import archive
from printedition.ebook.chapters import Chapters, NavItem, chapters_of, marked
from printedition.ebook.finishing import Finisher
from printedition.ebook.kept_chapters import KeptChapters
from printedition.ebook.package import identifier_of, statements
from printedition.ebook.pictures import MEDIA, STYLE_MEDIA, picture_names
from printedition.edition.edition import HOUSE_BANDS, Band, EbookSettings
from printedition.edition.publication import Evaluation


def write_ebook(
    printed: Settled,
    *,
    render: Callable[..., str],
    stylesheet: str,
    files: Mapping[str, bytes],
    cover: bytes,
    modified: datetime,
    indexes: IndexPrinter,
    settings: EbookSettings = EbookSettings(),  # noqa: B008
    bands: Sequence[Band] = HOUSE_BANDS,
    evaluation: Evaluation | None = None,
    kept: KeptChapters | None = None,
) -> bytes:
    """The e-book's bytes, the same for the same book; `modified` is in UTC, without a zone.

    The pages that were printed are marked in the text, and their numbered lines if `settings`
    say so; `indexes` quotes them. Notes stand in their `bands`. `files` are those that the
    stylesheet asks for, by their paths in the edition. Without `evaluation` it claims to conform to
    nothing. Chapters that are `kept` are taken from there.

    Raises LinkToNothing, and xml.etree.ElementTree.ParseError where a template is not well-formed.
    """
    book = printed.book
    pictures = picture_names(book)
    own = chapters_of(printed, render, pictures, indexes, settings.entries, bands, kept=kept)
    chapters = marked(own, printed.pages, Finisher(own.files, lines=settings.lines, kept=kept))
    image = _cover_image(cover)
    written = _package(book, chapters, evaluation)
    for item in (
        *_pages(book, chapters, render, image.file_name),
        image,
        epub.EpubItem("style", "css/ebook.css", "text/css", stylesheet.encode()),
        *_files_of_style(files),
        _outline(book, chapters, render),
        *_pictures(book, pictures),
    ):
        written.add_item(item)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.epub"
        options = {"epub3_pages": False, "mtime": modified, "raise_exceptions": True}
        epub.write_epub(str(path), written, options)
        return archive(path.read_bytes(), book.lang)


def _package(book: Book, chapters: Chapters, evaluation: Evaluation | None) -> Any:
    """The package without its items: metadata, and the order in which they are read."""
    package = epub.EpubBook()
    package.FOLDER_NAME = "OEBPS"
    package.metadata.clear()
    for stated in statements(book, pages=bool(chapters.pages), evaluation=evaluation):
        space = stated.space or None
        package.add_metadata(space, stated.name, stated.value or None, stated.attributes)
    package.uid, package.IDENTIFIER_ID = identifier_of(book), "identifier"
    package.title, package.language = book.title, book.lang
    names = [_chapter_id(number) for number in range(1, len(chapters.chapters) + 1)]
    names.insert(chapters.contents_at or 0, "nav")
    package.spine = ["cover", *names]
    return package


def _pages(book: Book, chapters: Chapters, render: Callable[..., str], image: str) -> Iterator[Any]:
    cover = render("ebook/cover.xhtml", book=book, image=image)
    yield _sound("cover", "text/00-cover.xhtml", cover)
    nav = render(
        "ebook/nav.xhtml",
        landmarks=chapters.landmarks(book),
        contents_pages=chapters.contents_pages,
        **_shared(book, chapters),
    )
    yield _sound("nav", "nav.xhtml", nav, "nav")
    for number, one in enumerate(chapters.chapters, 1):
        drawn = ["svg"] if "<svg" in one.text else []
        yield _page(_chapter_id(number), f"text/{one.name}", one.text, *drawn)


def _sound(identifier: str, name: str, text: str, *properties: str) -> Any:
    """A page that is well-formed; that chapters are was seen when their links were resolved."""
    ElementTree.fromstring(text.encode())
    return _page(identifier, name, text, *properties)


def _page(identifier: str, name: str, text: str, *properties: str) -> Any:
    """A page as it is: EbookLib's own kinds of page alter the words' blanks."""
    item = epub.EpubItem(identifier, name, "application/xhtml+xml", text.encode())
    item.properties = list(properties)
    return item


def _files_of_style(files: Mapping[str, bytes]) -> Iterator[Any]:
    """Files that lie as far from the stylesheet as they do in the edition."""
    for number, (path, data) in enumerate(sorted(files.items()), 1):
        name = "css/" + path.removeprefix("styles/") if path.startswith("styles/") else path
        kind = STYLE_MEDIA.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
        yield epub.EpubItem(f"style-{number:02}", name, kind, data)


def _chapter_id(number: int) -> str:
    return f"section-{number:02}"


def _outline(book: Book, chapters: Chapters, render: Callable[..., str]) -> Any:
    """The navigation again as EPUB 2 had it, which old reading systems look for."""
    text = render("ebook/toc.ncx", **_shared(book, chapters))
    return epub.EpubItem("ncx", "toc.ncx", "application/x-dtbncx+xml", text.encode())


def _shared(book: Book, chapters: Chapters) -> dict[str, Any]:
    folios = [int(folio) for folio, _ in chapters.pages if folio.isdigit()]
    return {
        "book": book,
        "rows": chapters.rows(book),
        "contents": chapters.contents(book),
        "depth": _depth(chapters.contents(book)),
        "identifier": identifier_of(book),
        "pages": chapters.pages,
        "last_page": max(folios, default=0),
    }


def _depth(rows: tuple[NavItem, ...]) -> int:
    return 1 + max((_depth(row.below) for row in rows), default=0) if rows else 0


def _cover_image(cover: bytes) -> Any:
    extension, media = (
        ("png", "image/png") if cover.startswith(b"\x89PNG") else ("jpg", "image/jpeg")
    )
    image = epub.EpubItem("cover-image", f"images/cover.{extension}", media, cover)
    image.properties = ["cover-image"]
    return image


def _pictures(book: Book, names: Mapping[str, str]) -> Iterator[Any]:
    for number, (path, content) in enumerate(book.pictures, 1):
        media = MEDIA[PurePosixPath(path).suffix.lower()]
        yield epub.EpubItem(f"picture-{number:02}", names[path], media, content)
