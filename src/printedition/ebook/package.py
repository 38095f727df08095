"""The package of an e-book: what its metadata states."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import field

from printedition.book.page_words import filled
from printedition.book.tree import Book, Inline, Phrase, Words
from printedition.ebook.access import Access, access_of
from printedition.edition.publication import Evaluation, isbn_in
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
    """The book's identifier, or a urn:uuid that is the same for the same slug; an ISBN as a URN."""
    if number := isbn_in(book.identifier):
        return f"urn:isbn:{number}"
    return book.identifier or f"urn:uuid:{uuid.uuid5(_PROJECT, book.slug)}"


def statements(
    book: Book, *, pages: bool, evaluation: Evaluation | None = None
) -> Iterator[Statement]:
    """The metadata in the order in which they are printed; `pages`: those of a printed book."""
    yield Statement("DC", "identifier", identifier_of(book), {"id": "identifier"})
    yield Statement("DC", "title", book.whole_title, {"id": "title"})
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
        ("rights", _stated(book.imprint.rights, *_addresses(book.imprint.rights))),
        *(("subject", subject) for subject in book.subjects),
    ):
        if value:
            yield Statement("DC", name, value)
    if pages:
        yield Statement("", "meta", printed_book(book), {"property": "pageBreakSource"})
    yield from _accessibility(access_of(book, pages=pages))
    if evaluation:
        yield from _conformance(evaluation)
    yield Statement("", "meta", "", {"name": "cover", "content": "cover-image"})


def printed_book(book: Book) -> str:
    """The book whose pages are marked, by a name (EPUB Accessibility 1.1, 2.4.2)."""
    words = book.words
    revision = filled(words["revision"], book.revision) if book.revision else ""
    return ", ".join(filter(None, (book.whole_title, words["pdf_edition"], book.date, revision)))


def _accessibility(access: Access) -> Iterator[Statement]:
    """EPUB Accessibility 1.1, 2.1–2.2: what is true of the file, and no claim to conform."""
    for name, values in (
        ("accessMode", access.modes),
        ("accessModeSufficient", ("textual",)),
        ("accessibilityFeature", access.features),
        ("accessibilityHazard", ("none",)),
        ("accessibilitySummary", (access.summary,) if access.summary else ()),
    ):
        for value in values:
            yield Statement("", "meta", value, {"property": f"schema:{name}"})


def _conformance(evaluation: Evaluation) -> Iterator[Statement]:
    """EPUB Accessibility 1.1, 2.4–2.5: the claim, and whose it is."""

    def of(whom: str, name: str, **more: str) -> dict[str, str]:
        return {"refines": f"#{whom}", "property": name, **more}

    claim = {"property": "dcterms:conformsTo", "id": "conformance"}
    yield Statement("", "meta", evaluation.standard, claim)
    certified = of("conformance", "a11y:certifiedBy", id="certifier")
    yield Statement("", "meta", evaluation.evaluator, certified)
    yield Statement("", "meta", evaluation.date, of("certifier", "dcterms:date"))
    if evaluation.credential:
        credential = of("certifier", "a11y:certifierCredential")
        yield Statement("", "meta", evaluation.credential, credential)
    if evaluation.report:
        report = {"rel": "a11y:certifierReport", "refines": "#certifier", "href": evaluation.report}
        yield Statement("", "link", "", report)


def _stated(paragraphs: tuple[tuple[Inline, ...], ...], *addresses: str) -> str:
    """The words of paragraphs, with addresses that their words do not name."""
    words = " ".join(_plain(paragraph) for paragraph in paragraphs)
    return " ".join([words, *(f"<{address}>" for address in addresses if address not in words)])


def _addresses(node: object) -> Iterator[str]:
    """The addresses that links lead to, as that of a licence."""
    if isinstance(node, tuple):
        for child in node:
            yield from _addresses(child)
    elif isinstance(node, Phrase):
        if node.external:
            yield node.href
        yield from _addresses(node.children)


def _plain(inlines: tuple[Inline, ...]) -> str:
    words = ""
    for inline in inlines:
        if isinstance(inline, Words):
            words += inline.text
        elif isinstance(inline, Phrase):
            words += inline.opening + _plain(inline.children) + inline.closing
    return words
