"""Writes a book as an e-book, by EPUB 3.3."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

from ebooklib import epub

from printedition.book.tree import Book, Section
from printedition.ebook.archive import archive
from printedition.ebook.links import LinkToNothing, ids_of, resolve
from printedition.ebook.package import identifier_of, statements

_MEDIA = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_TITLES = {"title-page": "Title page", "imprint": "Imprint", "index": "Index"}
_BACK = ("commentary", "corrections", "index")


@dataclass(frozen=True, slots=True)
class _Page:
    """A section of the book and its file."""

    section: Section
    name: str
    text: str

    @property
    def matter(self) -> str:
        return _matter(self.section)


def _matter(section: Section) -> str:
    if section.front or section.kind in ("half-title", "title-page", "imprint"):
        return "frontmatter"
    return "backmatter" if section.kind in _BACK else "bodymatter"


def _file_name(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "part"


def _picture_names(book: Book) -> dict[str, str]:
    names = {}
    for number, (path, _) in enumerate(book.pictures, 1):
        pure = PurePosixPath(path)
        names[path] = f"images/{number:02}-{_file_name(pure.stem)}{pure.suffix.lower()}"
    return names


def write_ebook(
    book: Book,
    *,
    render: Callable[..., str],
    stylesheet: str,
    cover: bytes,
    modified: datetime,
) -> bytes:
    """The e-book's bytes, the same for the same book; `modified` is in UTC, without a zone.

    Raises LinkToNothing, and xml.etree.ElementTree.ParseError where a template is not well-formed.
    """
    pictures = _picture_names(book)

    def image_name(path: str) -> str:
        if path not in pictures:
            raise LinkToNothing(path)
        return f"../{pictures[path]}"

    pages: list[_Page] = []
    files: dict[str, str] = {}
    contents_at: int | None = None  # the navigation document stands where the contents stood
    for section in book.sections:
        if section.kind == "contents":
            files[section.id] = "../nav.xhtml"
            contents_at = len(pages)
            continue
        name = f"{len(pages) + 1:02}-{_file_name(section.id)}.xhtml"
        text = render(
            "ebook/chapter.xhtml",
            book=book,
            section=section,
            matter=_matter(section),
            image_name=image_name,
        )
        pages.append(_Page(section, name, text))
        for identifier in ids_of(text):
            files.setdefault(identifier, name)

    extension, media = (
        ("png", "image/png") if cover.startswith(b"\x89PNG") else ("jpg", "image/jpeg")
    )
    rows = tuple(
        (f"text/{page.name}", page.section.title or _TITLES.get(page.section.kind, book.title))
        for page in pages
        if page.section.kind != "half-title"
    )
    shared = {"book": book, "rows": rows, "identifier": identifier_of(book)}
    parts = [
        _item("cover", "text/00-cover.xhtml",
              render("ebook/cover.xhtml", book=book, image=f"images/cover.{extension}"),
              properties=_drawn("")),
        _item("nav", "nav.xhtml",
              render("ebook/nav.xhtml", landmarks=_landmarks(pages), **shared),
              properties=["nav"]),
    ]  # fmt: skip
    sections = [
        _item(
            f"section-{number:02}",
            f"text/{page.name}",
            resolve(page.text, page.name, files),
            properties=_drawn(page.text),
        )
        for number, page in enumerate(pages, 1)
    ]
    image = epub.EpubItem("cover-image", f"images/cover.{extension}", media, cover)
    image.properties = ["cover-image"]
    others = [
        image,
        epub.EpubItem("style", "css/ebook.css", "text/css", stylesheet.encode()),
        epub.EpubItem("ncx", "toc.ncx", "application/x-dtbncx+xml",
                      render("ebook/toc.ncx", **shared).encode()),
        *(
            epub.EpubItem(f"picture-{number:02}", pictures[path],
                          _MEDIA[PurePosixPath(path).suffix.lower()], content)
            for number, (path, content) in enumerate(book.pictures, 1)
        ),
    ]  # fmt: skip

    written = epub.EpubBook()
    written.FOLDER_NAME = "OEBPS"
    written.metadata.clear()
    has_index = any(page.section.kind == "index" for page in pages)
    for stated in statements(book, pictures=bool(book.pictures), index=has_index):
        space = stated.space or None
        written.add_metadata(space, stated.name, stated.value or None, stated.attributes)
    written.uid, written.IDENTIFIER_ID = identifier_of(book), "identifier"
    written.title, written.language = book.title, book.lang
    for item in (*parts, *sections, *others):
        written.add_item(item)
    place = min(contents_at or 0, len(sections)) if contents_at is not None else 0
    written.spine = ["cover", *(item.id for item in sections[:place]), "nav",
                     *(item.id for item in sections[place:])]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.epub"
        options = {"epub3_pages": False, "mtime": modified, "raise_exceptions": True}
        epub.write_epub(str(path), written, options)
        return archive(path.read_bytes(), book.lang)


def _item(identifier: str, name: str, text: str, *, properties: list[str]) -> Any:
    """A page as it is: EbookLib's own kinds of page alter the words' blanks."""
    ElementTree.fromstring(text.encode())
    item = epub.EpubItem(identifier, name, "application/xhtml+xml", text.encode())
    item.properties = properties
    return item


def _drawn(text: str) -> list[str]:
    """The manifest property of a page with drawings in it."""
    return ["svg"] if "<svg" in text else []


def _landmarks(pages: list[_Page]) -> tuple[tuple[str, str, str], ...]:
    """Few, since some readers print them among the contents."""
    marks = [("cover", "text/00-cover.xhtml", "Cover"), ("toc", "nav.xhtml#toc", "Contents")]
    for page in pages:
        if page.matter == "bodymatter":
            marks.append(("bodymatter", f"text/{page.name}", "Start of the text"))
            break
    marks += [
        ("index", f"text/{page.name}", page.section.title or "Index")
        for page in pages
        if page.section.kind == "index"
    ]
    return tuple(marks)
