"""The page of an index, read from the finished PDF: columns, turned lines, what stands again."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

import pytest

from printed import Piece, PrintedPage, Words, read
from printedition import pipeline
from printedition.sources import MemorySources

WHAT = "the republic and all that is said of its commission"
NAMES = ("Armenia", "Bokhara", "Georgia", "Kharezm", "Moscow", "Rykov", "Stalin", "Ukraine")
MM = 72 / 25.4
LINE = 11.8


def edition(layout: str) -> MemorySources:
    sub = "    - heading: 'in the {0} session of the commission of {1}'\n"
    sub += "      forms:\n        - '{1} {0}'\n"
    ranks = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    headings = "".join(
        f"- heading: '{name}, {WHAT}'\n  forms:\n    - '{name}'\n"
        f"  see_also:\n    - '{NAMES[at - 1]}, {WHAT}'\n"
        "  subheadings:\n" + "".join(sub.format(rank, name) for rank in ranks)
        for at, name in enumerate(NAMES)
    )
    words = ". ".join(f"{name} {rank}" for rank in ranks for name in NAMES)
    record = (
        "slug: 'small'\ntitle: 'Small'\nlang: 'en'\nwitnesses:\n  - siglum: 'T'\n"
        "    description: 'A witness'\ntexts:\n  - id: 'letter'\n    file: 'letter.md'\n"
        f"book:\n  - text: 'letter'\n  - index: 'index.yaml'\nindex:\n  layout: '{layout}'\n"
    )
    text = f"# A letter\n\n{{#p1}}\n{words}. Of {', '.join(NAMES)}.\n"
    return MemorySources({"edition.yaml": record, "letter.md": text, "index.yaml": headings})


def index_of(layout: str, folder: Path) -> list[PrintedPage]:
    made = pipeline.build(edition(layout), output=folder, formats=frozenset(("pdf",)))
    assert made.diagnostics == ()
    pages = read(folder / "small.pdf")
    first = next(n for n, page in enumerate(pages) if any("LI" in p.kinds for p in page.pieces))
    return pages[first:]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[PrintedPage]:
    return index_of("indented", tmp_path_factory.mktemp("index"))


def columns(page: PrintedPage) -> list[list[Piece]]:
    """The lines of each column from above, each by its leftmost piece."""
    pieces = [p for p in (*page.pieces, *page.seen) if p.size < 9 and "P" not in p.kinds]
    firsts = [p for before, p in pairwise(page.pieces) if p.item != before.item]
    middle = max(p.left for p in firsts if p.kinds.count("LI") == 1) - LINE
    sides = ([p for p in pieces if p.left < middle], [p for p in pieces if p.left >= middle])
    return [
        [
            min(line, key=lambda p: p.left)
            for _, line in groupby(sorted(side, key=lambda p: (-p.base, p.left)), lambda p: p.base)
        ]
        for side in sides
    ]


def test_a_heading_stands_again_where_its_subheadings_go_on(pages: list[PrintedPage]) -> None:
    again = 0
    for page in pages:
        for column in columns(page):
            texts = [line.text for line in column[:3]]
            if not column[0].kinds:  # it is seen, not read aloud
                again += 1
                heading = " ".join(p.text for p in page.seen if p.size < 9)
                assert "(continued)" in heading
                below = next(line for line in column if line.kinds)
                assert below.kinds.count("LI") == 2, texts
            else:
                assert column[0].kinds.count("LI") != 2, texts
    assert again >= 2


def test_a_heading_keeps_two_of_its_subheadings(pages: list[PrintedPage]) -> None:
    for page in pages:
        for column in columns(page):
            assert not column[-1].kinds or "H2" not in column[-1].kinds
            deep = [line.kinds.count("LI") for line in column]
            assert deep[-2:] == [2, 2] or deep[-1] == 1, deep


def test_turned_lines_stand_deeper_than_subheadings(pages: list[PrintedPage]) -> None:
    indents = set()
    for page in pages:
        for column in columns(page):
            edge = min(line.left for line in column)
            for above, line in zip([None, *column], column, strict=False):
                turned = above is not None and above.item == line.item
                depth = line.kinds.count("LI")
                if depth:
                    indents.add((depth, turned, round((line.left - edge) / MM)))
    assert indents == {(1, False, 0), (1, True, 6), (2, False, 3), (2, True, 6)}


def test_the_columns_of_the_last_page_are_level(pages: list[PrintedPage]) -> None:
    first, second = (len(column) for column in columns(pages[-1]))
    assert 0 <= first - second <= 3


def test_lines_of_both_columns_are_level(pages: list[PrintedPage]) -> None:
    for page in pages:
        first, second = ({line.base for line in column} for column in columns(page))
        high = max(first)
        assert {round((high - base) / LINE, 1) % 1 for base in first | second} == {0}


def test_each_heading_is_read_once_and_in_order(pages: list[PrintedPage]) -> None:
    words = Words()
    for number, page in enumerate(pages):
        for piece in page.pieces:
            if "LI" in piece.kinds:
                words.add(number, piece)
    text = words.text.replace("\u00b6", " ")
    places = [text.find(f"{name}, {WHAT}, 1") for name in NAMES]
    assert places == sorted(places) and places[0] == 0
    assert "(continued)" not in text


def test_subheadings_run_in(tmp_path: Path) -> None:
    pages = index_of("run-in", tmp_path)
    words = Words()
    for piece in pages[0].pieces:
        if piece.kinds.count("LI") == 1:
            words.add(0, piece)
    first = words.block(0)
    assert first.startswith(f"Armenia, {WHAT}, 1; in the eighth session of ")
    assert "of Armenia, 1; in the fifth session" in first
    assert first.endswith(f", 1. See also Ukraine, {WHAT}")


def test_an_e_book_made_alone_has_the_pages_of_the_pdf(tmp_path: Path) -> None:
    """Byte for byte: no page is quoted that the printed book has not."""
    books = []
    for formats in (frozenset(("epub",)), frozenset(("pdf", "epub"))):
        folder = tmp_path / str(len(formats))
        pipeline.build(edition("indented"), output=folder, formats=formats)
        assert {path.suffix for path in folder.iterdir()} == {f".{f}" for f in formats} | {".json"}
        books.append((folder / "small.epub").read_bytes())
    assert books[0] == books[1]
