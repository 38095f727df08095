"""The e-book in a real reading system: foliate-js in a browser without a window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import readers
from test_ebook_notes import Ebook, calls

pytestmark = [pytest.mark.slower, pytest.mark.xdist_group("built"), readers.in_a_browser]


@pytest.fixture(scope="module")
def book(built: Path) -> Ebook:
    (path,) = built.glob("*.epub")
    return Ebook.read(path)


@pytest.fixture(scope="module")
def read(book: Ebook) -> Any:
    return readers.read(book.path)


def test_every_chapter_was_read(read: Any, book: Ebook) -> None:
    assert read["chapters"] == [len(book.order)] * 8


def test_nothing_is_broader_than_the_screen(read: Any) -> None:
    assert read["overflows"] == []


def test_no_list_breaks_its_words_letter_by_letter(read: Any) -> None:
    """At 320 px and 200 % the second column of the list of persons was one letter broad."""
    assert read["squeezed"] == []


def test_no_words_are_as_dark_as_the_page(read: Any) -> None:
    assert read["faint"] == []


def test_click_on_a_call_opens_its_note(read: Any, book: Ebook) -> None:
    chapters = sum(bool(calls(page)) for page in book.pages.values())
    assert len(read["notes"]) == chapters * 8
    for note in read["notes"]:
        assert note["type"] == "footnote", note
        assert note["words"].startswith(note["call"]), note
        assert len(note["words"]) > len(note["call"]) + 3, note


def test_list_of_pages_leads_to_the_pages(read: Any) -> None:
    assert len(read["pages"]) == 3
    for pages in read["pages"]:
        assert pages
        for folio, label, seen in pages:
            assert label == folio
            assert seen, folio
