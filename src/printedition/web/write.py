"""Writes a book as one web page that needs no other file, and no script."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from markupsafe import Markup

from printedition.book.index_printer import IndexPrinter
from printedition.book.settled import Settled
from printedition.book.tree import Book
from printedition.ebook.chapters import Chapters, chapters_of, marked
from printedition.ebook.finishing import Marker
from printedition.ebook.package import printed_book, statements
from printedition.ebook.pictures import MEDIA, picture_names
from printedition.edition.edition import HOUSE_BANDS, Band, EbookSettings
from printedition.web.html import html_of
from printedition.web.joining import Part, bodies, hold_links

# Ids of the page's own; that of the contents is their section's, if the book has one.
_OWN = ("top", "text", "page-list", "page-list-title", "contents-title")


def write_page(
    printed: Settled,
    *,
    render: Callable[..., str],
    style: Callable[[str], str],
    indexes: IndexPrinter,
    settings: EbookSettings = EbookSettings(),  # noqa: B008
    bands: Sequence[Band] = HOUSE_BANDS,
) -> bytes:
    """The page's bytes, the same for the same book; `style` gives its stylesheet for its words.

    It marks the pages and lines of the printed book as the e-book does.

    Raises LinkToNothing, and xml.etree.ElementTree.ParseError where a template is not well-formed.
    """
    book = printed.book
    pictures = picture_names(book)
    own = chapters_of(printed, render, pictures, indexes, settings.entries, bands, boxes=False)
    marker = Marker(lines=settings.lines)
    chapters = marked(own, printed.pages, marker)
    contents = next((one.id for one in book.sections if one.kind == "contents"), "contents")
    parts = _parts(book, chapters, (*_OWN, contents))
    page = render(
        "web/page.html",
        book=book,
        statements=_stated(book),
        parts=parts,
        start=next((one.id for one in parts if one.matter == "bodymatter"), "text"),
        contents_id=contents,
        contents_at=chapters.contents_at or 0,
        contents_pages=chapters.contents_pages,
        pages=[(folio, address.rpartition("#")[2]) for folio, address in chapters.pages],
        printed=printed_book(book),
        titled=any(one.kind == "title-page" for one in parts),
    )
    hold_links(page)
    return html_of(page, _addresses(book), style(page), book.words["page"]).encode()


def _parts(book: Book, chapters: Chapters, taken: Sequence[str]) -> tuple[Part, ...]:
    titles = dict(chapters.rows(book))
    first: dict[str, str] = {}  # the first page of each file
    for folio, address in chapters.pages:
        first.setdefault(address.partition("#")[0], folio)
    return tuple(
        Part(
            one.section.id,
            titles.get(f"text/{one.name}", ""),
            one.section.kind,
            one.matter,
            first.get(f"text/{one.name}", ""),
            Markup(body),
            one.section.marked,
        )
        for one, body in zip(chapters.chapters, bodies(chapters.chapters, taken), strict=True)
    )


def _stated(book: Book) -> tuple[tuple[str, str], ...]:
    """What the page says of the book to catalogues, in the words of Dublin Core."""
    made = [(f"dcterms.{each.name}", each.value) for each in statements(book, pages=False)
            if each.space == "DC"]  # fmt: skip
    return tuple(made)


def _addresses(book: Book) -> dict[str, str]:
    """The pictures, by their names in the e-book, each as an address that holds it whole."""
    names = picture_names(book)
    addresses = {}
    for path, content in book.pictures:
        kind = MEDIA[PurePosixPath(path).suffix.lower()]
        coded = base64.b64encode(content).decode()
        addresses[f"../{names[path]}"] = f"data:{kind};base64,{coded}"
    return addresses
