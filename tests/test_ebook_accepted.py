"""Those who take in e-books have nothing to say: EPUBCheck with its usages, and Ace.

Of the real edition, of one that has everything at once, of one of verse, and of every beginning.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import readers
from editions import stress_edition, verse_edition
from epubchecking import messages_on
from printedition import pipeline
from printedition.beginnings.begin import BEGINNINGS, begin
from printedition.sources import DiskSources, MemorySources, Sources

pytestmark = pytest.mark.slower
EPUB = frozenset({"epub"})
REAL = pytest.param("edition", marks=pytest.mark.xdist_group("built"))


@pytest.fixture(scope="module", params=[REAL, "stress edition", "verse edition", *BEGINNINGS])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An e-book."""
    folder = tmp_path_factory.mktemp("accepted")
    if request.param == "edition":
        folder = request.getfixturevalue("built")
    else:
        pipeline.build(edition(request.param, folder / "source"), output=folder, formats=EPUB)
    (path,) = folder.glob("*.epub")
    return Path(path)


def edition(name: str, folder: Path) -> Sources:
    if name in BEGINNINGS:
        begin(folder, name)
        return DiskSources(folder)
    made = stress_edition() if name == "stress edition" else verse_edition()
    return MemorySources(made.files)


def test_epubcheck_has_nothing_to_say(book: Path) -> None:
    assert messages_on(book) == []


@readers.in_a_browser
def test_ace_has_nothing_to_say(book: Path, tmp_path: Path) -> None:
    assert readers.ace(book, tmp_path) == []
