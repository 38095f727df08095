"""Writes the e-book: XHTML by templates, packed by EbookLib, made the same on every run.

EbookLib 0.20 rewrites text, navigation and page lists; so it gets nothing but raw items, and
its archive is written anew with fixed dates, sorted, with the package document mended.
"""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub

from printedition.book import tree

_NAMESPACE = uuid.UUID("5e0b7c1c-8a0e-5b62-9d1f-3f6f0a4d2c11")
_LEFT_OUT = ("half-title", "contents")  # the cover and the navigation stand for them
_HREF = re.compile(r'href="#([^"]+)"')


class LinkToNothing(Exception):
    """A link of the book points to an id that is in none of its files."""


@dataclass(frozen=True, slots=True)
class _Chapter:
    section: tree.Section
    name: str  # text/03-letter.xhtml
    page: str


def identifier_of(book: tree.Book) -> str:
    """The book's stable identifier: its own, or a name-based UUID (RFC 9562 §5.5) of its slug."""
    return book.identifier or f"urn:uuid:{uuid.uuid5(_NAMESPACE, book.slug)}"


def write_ebook(
    book: tree.Book,
    *,
    render: Callable[..., str],
    stylesheet: str,
    cover: bytes,
    modified: datetime,
) -> bytes:
    """The e-book's bytes; `modified` is naive and in UTC.

    Raises LinkToNothing, jinja2.TemplateError, and ParseError where a page is not well-formed.
    """
    chapters = _linked(_chapters(book, render))
    package = epub.EpubBook()
    package.metadata.clear()
    _describe(package, book, chapters)
    items = [
        _item("cover-page", "text/00-cover.xhtml", render("ebook/cover.xhtml", book=book).encode()),
        *(
            _item(f"section-{number}", chapter.name, chapter.page.encode())
            for number, chapter in enumerate(chapters, 1)
        ),
    ]
    entries = [
        (chapter.name, chapter.section.title or book.title)
        for chapter in chapters
        if chapter.section.title or chapter.section.kind == "title-page"
    ]
    nav = _item("nav", "nav.xhtml", render(
        "ebook/nav.xhtml", book=book, entries=entries, landmarks=_landmarks(chapters)
    ).encode(), properties=["nav"])  # fmt: skip
    ncx = _item("ncx", "toc.ncx", render(
        "ebook/toc.ncx", book=book, entries=entries, identifier=identifier_of(book)
    ).encode(), kind="application/x-dtbncx+xml")  # fmt: skip
    style = _item("style", "css/ebook.css", stylesheet.encode(), kind="text/css")
    picture = _item(
        "cover-image", "images/cover.jpg", cover, kind="image/jpeg", properties=["cover-image"]
    )
    pictures = [
        _item(f"picture-{number}", f"images/{_picture_name(path)}", data, kind=_picture_kind(path))
        for number, (path, data) in enumerate(book.pictures, 1)
    ]
    for item in (*items, nav, ncx, style, picture, *pictures):
        package.add_item(item)
    package.spine = [(items[0], "yes"), (nav, "yes"), *((item, "yes") for item in items[1:])]
    return _archive(package, book, modified)


def _chapters(book: tree.Book, render: Callable[..., str]) -> list[_Chapter]:
    made = []
    for section in book.sections:
        if section.kind in _LEFT_OUT:
            continue
        ascii_id = re.sub(r"[^a-z0-9-]+", "-", section.id.lower())
        name = f"text/{len(made) + 1:02}-{ascii_id}.xhtml"
        page = render("ebook/chapter.xhtml", book=book, section=section, pages={})
        made.append(_Chapter(section, name, page))
    return made


def _linked(chapters: list[_Chapter]) -> list[_Chapter]:
    """Chapters whose links go to the file that holds their target; each is parsed strictly."""
    home: dict[str, str] = {}
    for chapter in chapters:
        for element in ElementTree.fromstring(chapter.page.encode()).iter():
            if name := element.get("id"):
                home.setdefault(name, PurePosixPath(chapter.name).name)

    def linked(chapter: _Chapter) -> _Chapter:
        own = PurePosixPath(chapter.name).name

        def target(match: re.Match[str]) -> str:
            file = home.get(match[1])
            if file is None:
                raise LinkToNothing(match[1])
            return match[0] if file == own else f'href="{file}#{match[1]}"'

        return _Chapter(chapter.section, chapter.name, _HREF.sub(target, chapter.page))

    return [linked(chapter) for chapter in chapters]


def _landmarks(chapters: list[_Chapter]) -> list[tuple[str, str, str]]:
    made = [("cover", "text/00-cover.xhtml", "Cover"), ("toc", "nav.xhtml", "Contents")]
    body = next((c for c in chapters if not c.section.front), None)
    if body:
        made.append(("bodymatter", body.name, "Text"))
    index = next((c for c in chapters if c.section.kind == "index"), None)
    if index:
        made.append(("index", index.name, "Index"))
    return made


def _item(
    uid: str,
    name: str,
    content: bytes,
    *,
    kind: str = "application/xhtml+xml",
    properties: list[str] | None = None,
) -> Any:
    if kind.endswith("xml"):
        ElementTree.fromstring(content)
    item = epub.EpubItem(uid=uid, file_name=name, media_type=kind, content=content)
    item.properties = properties or []
    return item


def _picture_name(path: str) -> str:
    return path.replace("/", "-").lower()


def _picture_kind(path: str) -> str:
    return "image/png" if path.lower().endswith(".png") else "image/jpeg"


def _describe(package: Any, book: tree.Book, chapters: Iterable[_Chapter]) -> None:
    """Metadata in the order in which it is to stand (EPUB 3.3 §5.5; EPUB Accessibility 1.1)."""

    def dublin_core(name: str, value: str, **attributes: str) -> None:
        package.add_metadata("DC", name, value, attributes or None)

    def meta(value: str, **attributes: str) -> None:
        package.add_metadata("OPF", "meta", value, attributes)

    dublin_core("identifier", identifier_of(book), id="id")
    dublin_core("title", book.title, id="title")
    dublin_core("language", book.lang)
    for number, person in enumerate(book.people, 1):
        name = "creator" if person.role == "author" else "contributor"
        dublin_core(name, person.name, id=f"person-{number}")
    if book.publisher:
        dublin_core("publisher", book.publisher)
    if book.date:
        dublin_core("date", book.date)
    if book.description:
        dublin_core("description", book.description)
    for subject in book.subjects:
        dublin_core("subject", subject)
    for statement in book.imprint.rights[:1]:
        dublin_core("rights", _plain(statement))
    for statement in book.imprint.source[:1]:
        dublin_core("source", _plain(statement))
    for number, person in enumerate(book.people, 1):
        meta(person.marc, refines=f"#person-{number}", property="role", scheme="marc:relators")
        meta(person.sort, refines=f"#person-{number}", property="file-as")
    has_index = any(chapter.section.kind == "index" for chapter in chapters)
    modes = ["textual", "visual"] if book.pictures else ["textual"]
    for mode in modes:
        meta(mode, property="schema:accessMode")
    meta("textual", property="schema:accessModeSufficient")
    features = ["structuralNavigation", "tableOfContents", "readingOrder"]
    features += ["displayTransformability", "alternativeText", "ARIA"]
    for feature in (*features, *(["index"] if has_index else [])):
        meta(feature, property="schema:accessibilityFeature")
    meta("none", property="schema:accessibilityHazard")
    package.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})


def _plain(nodes: tuple[tree.Inline, ...]) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, tree.Words):
            parts.append(node.text)
        elif isinstance(node, tree.Phrase):
            parts.append(node.opening + _plain(node.children) + node.closing)
    return "".join(parts)


# The archive


def _archive(package: Any, book: tree.Book, modified: datetime) -> bytes:
    raw = BytesIO()
    options = {"epub3_pages": False, "mtime": modified, "raise_exceptions": True}
    epub.EpubWriter(raw, package, options)
    writer = epub.EpubWriter(raw, package, options)
    writer.process()
    writer.write()
    made = BytesIO()
    with ZipFile(raw) as old, ZipFile(made, "w") as new:
        contents = {info.filename: old.read(info) for info in old.infolist()}
        renamed = {
            name.replace("EPUB/", "OEBPS/", 1): data for name, data in contents.items()
        }
        _store(new, "mimetype", renamed.pop("mimetype"), modified, ZIP_STORED)
        for name in sorted(renamed):
            data = renamed[name]
            if name == "META-INF/container.xml":
                data = data.replace(b"EPUB/content.opf", b"OEBPS/content.opf")
            elif name == "OEBPS/content.opf":
                data = _mended_package(data, book)
            _store(new, name, data, modified, ZIP_DEFLATED)
    return made.getvalue()


def _mended_package(data: bytes, book: tree.Book) -> bytes:
    """The package document with its language, and without the maker's stamp."""
    text = data.decode()
    text = re.sub(r"\s*<meta name=\"generator\"[^>]*/>", "", text)
    return text.replace("<package ", f'<package xml:lang="{book.lang}" ', 1).encode()


def _store(archive: ZipFile, name: str, data: bytes, modified: datetime, how: int) -> None:
    moment = max(modified, datetime(1980, 1, 1))
    info = ZipInfo(name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, 0))
    info.compress_type = how
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    archive.writestr(info, data)
