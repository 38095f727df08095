"""The package of an e-book: what its metadata states."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import field

from printedition.book.tree import Book, Inline, Phrase, Words
from printedition.frozen import dataclass

_PROJECT = uuid.uuid5(uuid.NAMESPACE_URL, "https://printedition.invalid/edition/")


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the metadata; `space` is DC, or empty for a meta element."""

    space: str
    name: str
    value: str
    attributes: dict[str, str] = field(default_factory=dict)


def identifier_of(book: Book) -> str:
    """The book's identifier, or a urn:uuid that is the same for the same slug."""
    return book.identifier or f"urn:uuid:{uuid.uuid5(_PROJECT, book.slug)}"


def statements(book: Book, *, pictures: bool, index: bool, pages: bool) -> Iterator[Statement]:
    """The metadata in the order in which they are printed; `pages`: those of a printed book."""
    yield Statement("DC", "identifier", identifier_of(book), {"id": "identifier"})
    yield Statement("DC", "title", book.title, {"id": "title"})
    yield Statement("DC", "language", book.lang)
    authors = [person for person in book.people if person.role == "author"]
    for number, person in enumerate(book.people, 1):
        main = person in authors or not authors
        name = f"person-{number}"
        element = "creator" if main else "contributor"
        yield Statement("DC", element, person.name, {"id": name})
        if person.marc:
            role = {"refines": f"#{name}", "property": "role", "scheme": "marc:relators"}
            yield Statement("", "meta", person.marc, role)
        if person.sort:
            sort = {"refines": f"#{name}", "property": "file-as"}
            yield Statement("", "meta", person.sort, sort)
    for name, value in (
        ("publisher", book.publisher),
        ("date", book.date),
        ("description", book.description),
        ("source", _stated(book.imprint.source)),
        ("rights", _stated(book.imprint.rights)),
        *(("subject", subject) for subject in book.subjects),
    ):
        if value:
            yield Statement("DC", name, value)
    if pages:
        yield Statement("", "meta", _printed_book(book), {"property": "pageBreakSource"})
    yield from _accessibility(pictures=pictures, index=index, pages=pages)
    yield Statement("", "meta", "", {"name": "cover", "content": "cover-image"})


def _printed_book(book: Book) -> str:
    """The book whose pages are marked, by a name (EPUB Accessibility 1.1, 2.4.2)."""
    revision = f"revision {book.revision}" if book.revision else ""
    return ", ".join(filter(None, (book.title, "PDF edition", book.date, revision)))


_NOTES = (
    "Entries of the apparatus and notes stand at the end of their section, linked both ways with "
    "the words that they are about."
)
_PAGES = " Page numbers, and numbers of lines where they are marked, are those of the printed book."


_INDEXED = " The index leads to the passages themselves."


def _accessibility(*, pictures: bool, index: bool, pages: bool) -> Iterator[Statement]:
    """EPUB Accessibility 1.1, 2.1–2.2: what is true of the file, and no claim to conform."""
    modes = ("textual", "visual") if pictures else ("textual",)
    features = ["structuralNavigation", "tableOfContents", "readingOrder"]
    features += ["displayTransformability", "ARIA", "unlocked", "alternativeText"]
    features += ["index"] if index else []
    features += ["pageNavigation", "pageBreakMarkers"] if pages else []
    summary = _NOTES + (_PAGES if pages else "")
    for name, values in (
        ("accessMode", modes),
        ("accessModeSufficient", ("textual",)),
        ("accessibilityFeature", tuple(features)),
        ("accessibilityHazard", ("none",)),
        ("accessibilitySummary", (summary + _INDEXED * index,)),
    ):
        for value in values:
            yield Statement("", "meta", value, {"property": f"schema:{name}"})


def _stated(paragraphs: tuple[tuple[Inline, ...], ...]) -> str:
    return " ".join(_plain(paragraph) for paragraph in paragraphs)


def _plain(inlines: tuple[Inline, ...]) -> str:
    words = ""
    for inline in inlines:
        if isinstance(inline, Words):
            words += inline.text
        elif isinstance(inline, Phrase):
            words += inline.opening + _plain(inline.children) + inline.closing
    return words
