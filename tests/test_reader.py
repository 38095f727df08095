"""The e-book in a real reading system: foliate-js in a browser without a window.

It is no part of the program. `npm install` in tests/foliate puts it there; without it, or without
Node or Chromium, these tests are left out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from test_ebook_notes import Ebook, calls

READER = Path(__file__).parent / "foliate"
NODE = shutil.which("node")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (NODE and CHROMIUM and (READER / "node_modules").is_dir()),
        reason="no Node, no Chromium, or no npm install in tests/foliate",
    ),
]


@pytest.fixture(scope="module")
def book(built: Path) -> Ebook:
    (path,) = built.glob("*.epub")
    return Ebook.read(path)


@pytest.fixture(scope="module")
def read(book: Ebook) -> Any:
    """What the reader met, at 320, 768 and 1,280 px, in light and dark, and at twice the size."""
    command = [NODE or "", str(READER / "open.js"), str(book.path), CHROMIUM or ""]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    return json.loads(said.stdout)


def test_every_chapter_was_read(read: Any, book: Ebook) -> None:
    assert read["chapters"] == len(book.order)


def test_nothing_is_broader_than_the_screen(read: Any) -> None:
    assert read["overflows"] == []


def test_no_words_are_as_dark_as_the_page(read: Any) -> None:
    assert read["faint"] == []


def test_call_opens_its_note(read: Any, book: Ebook) -> None:
    assert len(read["notes"]) == sum(bool(calls(page)) for page in book.pages.values())
    for note in read["notes"]:
        assert note["type"] == "footnote", note
        assert note["words"].startswith(note["call"]), note
        assert len(note["words"]) > len(note["call"]) + 3, note


def test_list_of_pages_leads_to_the_pages(read: Any) -> None:
    assert read["pages"]
    for folio, label in read["pages"]:
        assert label == folio
