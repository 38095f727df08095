"""Pages for notes in large print: their lines, and what they are in the standard book."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from printedition.cli import main
from test_large_print import pieces
from test_large_print_volume import rules_of, words

pytestmark = pytest.mark.slow

SAID = "the oak stood alone upon a hill and its leaves were turning in the wind of autumn"
RECORD = (
    "slug: 'notes'\ntitle: 'For Notes'\nlang: 'en'\ndate: '2026-01-01'\n"
    "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
    "  - id: 'elm'\n    file: 'elm.md'\n    title: 'The Elm'\n"
    "book:\n  - front: 'contents'\n  - text: 'oak'\n"
    "  - blank: '2'\n    title: 'Room for Notes'\n    ruled: 'true'\n"
    "  - text: 'elm'\n  - blank: '1'\n"
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    edition = folder / "edition"
    edition.mkdir()
    (edition / "edition.yaml").write_text(RECORD, encoding="utf-8")
    for name in ("oak", "elm"):
        (edition / f"{name}.md").write_text(f"# The {name}\n\nThis {SAID}.\n", encoding="utf-8")
    command = ["build", str(edition), "-o", str(folder), "--no-cache", "-q"]
    for more in (["-f", "pdf"], ["-p", "large-print"]):
        assert CliRunner().invoke(main, [*command, *more]).exit_code == 0
    return folder / "notes-large-print.pdf"


def page_of(book: Path, said: str) -> int:
    """The last page with some words: the contents have titles too."""
    return [number for number, found in enumerate(words(book)) if said in found][-1]


def test_pages_for_notes_were_left_out(book: Path) -> None:
    titled, elm = page_of(book, "Room for Notes"), page_of(book, "This the oak")
    assert elm == titled + 1 + 1
    read = pypdfium2.PdfDocument(book)
    assert len(read) - (len(read) % 2) >= elm + 1
    for number in (titled, titled + 1):
        found = rules_of(book, number)
        assert len(found) > 12 and found[-1] > 26 / 25.4 * 72
        assert [a - b for a, b in pairwise(found)] == pytest.approx([36] * (len(found) - 1), abs=1)
    title = next(o for o in pieces(book) if o.page == titled and "Room" in o.text and o.size > 20)
    assert rules_of(book, titled)[0] < title.base - 18
    assert rules_of(book, elm) == []


def test_pages_for_notes_are_told_by_the_pages_of_the_standard_book(book: Path) -> None:
    pages = json.loads(book.with_suffix(".map.json").read_bytes())["pages"]
    standard = json.loads((book.parent / "notes.map.json").read_bytes())["pages"]
    titled, elm = page_of(book, "Room for Notes"), page_of(book, "This the oak")
    held = [page["standard"] for page in pages]
    (first,) = held[titled]
    assert held[titled + 1] == [str(int(first) + 1)] and held[elm + 1] == [standard[-1]["label"]]
    contents = next(said for said in words(book) if "Contents" in said)
    assert f"Room for Notes [{first}]" in contents
    assert contents.rstrip().index(f"[{first}]") < contents.index("The Elm")
