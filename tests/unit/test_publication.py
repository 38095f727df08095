"""What names an edition's books, what the e-book states of itself, and what it must not claim."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from conftest import BASE, Examine
from printedition.book.tree import Book
from printedition.ebook.access import access_of
from printedition.ebook.package import Statement, identifier_of, statements
from printedition.edition.edition import Edition
from printedition.edition.publication import fault_of_isbn, isbn_in
from printedition.shelf import Shelf

EVALUATION = """accessibility:
  evaluator: 'The Office'
  date: '2026-03-01'
  standard: 'EPUB Accessibility 1.1 - WCAG 2.2 Level AA'
  credential: 'A certificate'
  report: 'https://example.org/report'
"""


def dot() -> bytes:
    file = BytesIO()
    Image.new("1", (1, 1)).save(file, "PNG")
    return file.getvalue()


def made(
    edition: Examine, top: str = "", files: Mapping[str, str | bytes] | None = None
) -> tuple[Edition, Book]:
    done = edition({"edition.yaml": BASE["edition.yaml"] + top, **(files or {})})
    assert done.edition is not None and done.book is not None, done.diagnostics
    return done.edition, done.book


def stated(edition: Examine, top: str = "", *, pages: bool = False) -> list[Statement]:
    read, book = made(edition, top)
    return list(statements(book, pages=pages, evaluation=read.evaluation))


@pytest.mark.parametrize(
    ("identifier", "number"),
    [
        ("ISBN 978-3-16-148410-0", "9783161484100"),
        ("urn:isbn:9783161484100", "9783161484100"),
        ("978 3 16 148410 0", "9783161484100"),
        ("ISBN 3-16-148410-X", "316148410X"),
        ("https://doi.org/10.1000/1", None),
        ("urn:uuid:0f4c1a5e-0000-4000-8000-000000000000", None),
    ],
)
def test_an_isbn_is_known_from_other_identifiers(identifier: str, number: str | None) -> None:
    assert isbn_in(identifier) == number


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("9783161484100", ""),
        ("9791234567896", ""),
        ("9783161484109", "has the check digit 9, not 0"),
        ("316148410X", "has ten digits"),
        ("97831614841", "has 11 digits"),
        ("97831614841OO", "has signs other than digits"),
        ("1233161484100", "begins with neither"),
    ],
)
def test_what_is_wrong_with_an_isbn_is_said(number: str, fault: str) -> None:
    said = fault_of_isbn(number)
    assert fault in said and bool(fault) == bool(said)


def test_an_isbn_is_stated_as_a_urn(edition: Examine) -> None:
    _, book = made(edition, "identifier: 'ISBN 978-3-16-148410-0'\n")
    assert identifier_of(book) == "urn:isbn:9783161484100"


def test_nothing_is_claimed_without_an_evaluation(edition: Examine) -> None:
    said = [each.attributes.get("property", "") for each in stated(edition)]
    assert not [name for name in said if name.startswith("a11y:") or "conformsTo" in name]


def test_a_claim_names_who_made_it_and_when(edition: Examine) -> None:
    said = {each.attributes.get("property"): each for each in stated(edition, EVALUATION)}
    claim = said["dcterms:conformsTo"]
    assert claim.value == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    by = said["a11y:certifiedBy"]
    assert (by.value, by.attributes["refines"]) == ("The Office", f"#{claim.attributes['id']}")
    for name, value in (("dcterms:date", "2026-03-01"),
                        ("a11y:certifierCredential", "A certificate")):  # fmt: skip
        assert said[name].value == value
        assert said[name].attributes["refines"] == f"#{by.attributes['id']}"

    (report,) = (each for each in stated(edition, EVALUATION) if each.name == "link")
    assert report.attributes == {
        "rel": "a11y:certifierReport",
        "refines": f"#{by.attributes['id']}",
        "href": "https://example.org/report",
    }


def test_the_address_of_a_licence_is_stated_with_its_name(edition: Examine) -> None:
    top = "rights:\n  - 'A [licence](https://example.org/by), [https://example.org/c](https://example.org/c)'\n"
    (rights,) = (each.value for each in stated(edition, top) if each.name == "rights")
    assert rights == "A licence, https://example.org/c <https://example.org/by>"


def test_who_wrote_the_introduction_is_a_contributor(edition: Examine) -> None:
    top = "people:\n  - name: 'A B'\n    role: 'author'\n  - name: 'C D'\n    role: 'introducer'\n"
    said = {each.value: each for each in stated(edition, top)}
    assert said["C D"].name == "contributor"
    assert said["win"].attributes["refines"] == f"#{said['C D'].attributes['id']}"


def test_an_evaluation_by_nobody_is_a_fault(edition: Examine) -> None:
    nobody = EVALUATION.replace("  evaluator: 'The Office'\n", "")
    done = edition({"edition.yaml": BASE["edition.yaml"] + nobody})
    assert [found.code for found in done.diagnostics] == ["SRC005"]
    assert done.edition is not None and done.edition.evaluation is None


@pytest.mark.parametrize("picture", ["", "![A seal](seal.png)\n"])
def test_the_eye_is_needed_only_where_a_picture_says_something(
    edition: Examine, picture: str
) -> None:
    files = {"preface.md": f"# Preface\n\nWords.\n\n{picture}", "seal.png": dot()}
    _, book = made(edition, "  - prose: 'preface.md'\n", files)
    assert ("visual" in access_of(book, pages=False).modes) == bool(picture)


def test_pages_are_stated_only_where_they_are_marked(edition: Examine) -> None:
    _, book = made(edition)
    with_pages, without = (access_of(book, pages=pages) for pages in (True, False))
    assert set(with_pages.features) - set(without.features) == {
        "pageNavigation",
        "pageBreakMarkers",
    }
    assert "Page numbers" in with_pages.summary and "Page numbers" not in without.summary


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ("", "small"),
        ("date: '2026-01-31'\nrevision: '2'\n", "small"),
        ("date: '2026-01-31'\nrevision: '2'\nebook:\n  name: 'plain'\n", "small"),
        ("date: '2026-01-31'\nrevision: '2'\nebook:\n  name: 'revision'\n", "small_2026-01-31_r2"),
        ("revision: '2. Aufl./ß'\nebook:\n  name: 'revision'\n", "small_r2-aufl"),
        ("ebook:\n  name: 'revision'\n", "small"),
    ],
)
def test_files_are_named_by_date_and_revision_where_wanted(
    edition: Examine, settings: str, name: str
) -> None:
    assert made(edition, settings)[0].file_name == name


def test_each_revision_has_a_page_map_of_its_own(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for stem in ("small_r1", "small_r2"):
        shelf.put(stem, {"pdf": stem.encode(), "epub": stem.encode()}, {})
    (tmp_path / "small_r1.epub").write_bytes(b"other")
    assert shelf.strangers("small_r1") == ("small_r1.epub",)
    assert shelf.strangers("small_r2") == ()


def test_nothing_is_stated_in_no_words(edition: Examine) -> None:
    assert [each.attributes for each in stated(edition) if not each.value] == [
        {"name": "cover", "content": "cover-image"}
    ]
