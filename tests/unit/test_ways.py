"""The picture of the clauses' ways: what it says, where its boxes stand, and both books' copy."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pdfplumber
import pytest
from click.testing import CliRunner

from conftest import Examine
from printedition.book.drawing import MOST_BOXES, Box, Drawing, WaysPicture, draw
from printedition.book.page_words import LANGUAGES
from printedition.book.templates import Templates
from printedition.book.ways import Carried, Stop, Ways
from printedition.book.ways_words import words_of_ways
from printedition.cli import main
from printedition.sources import MemorySources

SVG = "{http://www.w3.org/2000/svg}"
A5_ROOM = (325, 340)  # points beside and below a title
EDITION = (
    "slug: 'rules'\ntitle: 'Rules'\nlang: 'en'\ndate: '2026-01-01'\n"
    "witnesses:\n  - siglum: 'T'\n    description: 'T'\n"
    "texts:\n  - id: 'A'\n    file: 'a.md'\n  - id: 'B'\n    file: 'b.md'\n"
    "  - id: 'C'\n    file: 'c.md'\nbook:\n  - parallel: 'parallel.yaml'\n"
)
VERSIONS = "".join(f"  - text: '{name}'\n    title: 'Version {name}'\n" for name in "ABC")
FILES = {
    "edition.yaml": EDITION,
    "a.md": "{#c1 .clause}\n1. Members pay a fee.\n\n{#c2 .clause}\n2. Books are lent to members.\n"
    '\n{#n .note label="2, note"}\nNote: none at Easter.\n',
    "b.md": "{#c1 .clause}\n1. Members pay.\n",
    "c.md": "{#c1 .clause}\n1. Books are lent.\n\n{#c2 .clause}\n2. Members pay.\n\n"
    "{#c3 .clause}\n3. They pay a fee.\n",
    "parallel.yaml": f"versions:\n{VERSIONS}rows:\n"
    "  - id: 'fees'\n    title: 'Fees'\n    blocks:\n      - 'A/c1'\n      - 'B/c1'\n"
    "      - 'C/c2'\n      - 'C/c3'\n"
    "  - id: 'books'\n    title: 'Books'\n    blocks:\n      - 'A/c2'\n      - 'C/c1'\n"
    "  - id: 'easter'\n    title: 'Easter'\n    blocks:\n      - 'A/n'\n"
    "moved:\n  - from: 'A/c2'\n    from_words: 'members'\n"
    "    to: 'C/c3'\n    to_words: 'They'\n",
}


def picture_of(edition: Examine, files: Mapping[str, str]) -> WaysPicture | None:
    examined = edition({**files, "letter/letter.md": None})
    assert examined.book is not None, examined.diagnostics
    return examined.book.sections[0].ways


def made_ways(versions: int, rows: int, seed: int = 0) -> Ways:
    """Ways made at random: rows that versions lack, rows that changed place, moved words."""
    chance = random.Random(seed)
    stops: list[tuple[Stop, ...]] = []
    for number in range(versions):
        held = [row for row in range(rows) if row == 0 or chance.random() > 0.1]
        for _ in range(number if len(held) > 1 else 0):
            held.insert(chance.randrange(len(held) - 1), held.pop(chance.randrange(len(held))))
        stops.append(
            tuple(
                Stop(number, row, f"{place}, note 1", chance.randint(1, 200))
                for place, row in enumerate(held, 1)
            )
        )
    ends = [tuple(chance.choice(column) for column in stops) for _ in range(8)]
    carried = tuple(Carried(one[0], (0, 1), one[-1], (0, 1), "word") for one in ends)
    titles = tuple(f"Row {number}" for number in range(rows))
    return Ways(tuple("ABCDEF"[:versions]), titles, tuple(stops), carried)


def columns_of(drawing: Drawing) -> list[list[Box]]:
    columns: dict[float, list[Box]] = {}
    for box in drawing.boxes:
        columns.setdefault(box.x, []).append(box)
    return list(columns.values())


def test_the_picture_in_words_says_all_that_it_shows(edition: Examine) -> None:
    picture = picture_of(edition, FILES)
    assert picture is not None
    assert picture.sentences == (
        "Fees: A 1 (5 words); B 1 (3 words); C 2–3 (8 words).",
        "Books: A 2 (6 words); not in B; C 1 (4 words).",
        "Easter: A 2, note (4 words); not in B; not in C.",
        "Moved: “They” (1 word), from A 2 to C 2–3.",
    )


def test_boxes_stand_in_the_order_of_each_version(edition: Examine) -> None:
    picture = picture_of(edition, FILES)
    assert picture is not None
    (drawing,) = picture.drawings
    assert [[box.label for box in column] for column in columns_of(drawing)] == [
        ["1", "2", "2, note"], ["1"], ["1", "2–3"],
    ]  # fmt: skip
    # Fees from A by B to C, books from A past B to C; Easter ends.
    assert (len(drawing.bands), len(drawing.moved), len(drawing.bars)) == (3, 1, 1)


def test_the_picture_can_be_left_out(edition: Examine) -> None:
    off = FILES["parallel.yaml"] + "picture: 'no'\n"
    assert picture_of(edition, {**FILES, "parallel.yaml": off}) is None


def test_moved_words_that_were_found_are_drawn_like_declared_ones(edition: Examine) -> None:
    moved = "the librarian keeps the key to the reading room"
    lost = FILES["a.md"].replace("pay a fee.", f"pay a fee; {moved}.")
    come = FILES["c.md"].replace("Books are lent.", f"Books are lent; {moved}.")
    picture = picture_of(edition, {**FILES, "a.md": lost, "c.md": come})
    assert picture is not None
    assert f"Moved: “{moved}” (9 words), from A 1 to C 1." in picture.sentences
    assert len(picture.drawings[0].moved) == 2


@pytest.mark.parametrize("versions", range(2, 7))
@pytest.mark.parametrize("rows", [1, 7, 20, 40])
def test_no_box_stands_on_another_and_all_have_room_on_an_a5_page(versions: int, rows: int) -> None:
    for seed in range(5):
        ways = made_ways(versions, rows, seed)
        picture = draw(ways)
        assert sum(len(one.boxes) for one in picture.drawings) == sum(map(len, ways.stops))
        for drawing in picture.drawings:
            assert drawing.width <= A5_ROOM[0] and drawing.height <= A5_ROOM[1]
            for column in columns_of(drawing):
                assert len(column) <= MOST_BOXES
                for one, other in pairwise(column):
                    assert one.y + one.height + 4 <= other.y
                assert column[-1].y + column[-1].height <= drawing.height
            for path in (*drawing.bands, *drawing.moved):
                numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path)]
                assert max(numbers[0::2]) <= drawing.width and min(numbers) >= 0


def test_bands_are_as_broad_as_there_are_words() -> None:
    (one, other) = (Stop(0, 0, "1", 120), Stop(1, 0, "1", 60))
    drawing = draw(Ways(("A", "B"), ("Row",), ((one,), (other,)), ())).drawings[0]
    left, right = drawing.boxes
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", drawing.bands[0])]
    upper_left, upper_right, lower_right, lower_left = (numbers[n] for n in (1, 7, 9, 15))
    assert lower_left - upper_left == pytest.approx(left.height, abs=0.02)
    assert lower_right - upper_right == pytest.approx(right.height, abs=0.02)
    assert left.height == pytest.approx(2 * right.height, abs=0.02)


def test_a_band_passes_a_version_that_lacks_the_row_between_its_boxes() -> None:
    a, b = (Stop(0, 0, "1", 50), Stop(0, 1, "2", 50)), (Stop(1, 0, "1", 50), Stop(1, 2, "2", 50))
    c = (Stop(2, 0, "1", 50), Stop(2, 1, "2", 50))
    drawing = draw(Ways(("A", "B", "C"), ("x", "y", "z"), (a, b, c), ())).drawings[0]
    boxes = [box for box in drawing.boxes if box.x == columns_of(drawing)[1][0].x]
    passing = drawing.bands[-1]
    ys = {float(y) for x, y in re.findall(r"([\d.]+) ([\d.]+)", passing) if float(x) == boxes[0].x}
    assert len(ys) == 2
    for y in ys:
        assert all(y <= box.y or y >= box.y + box.height for box in boxes)


def test_words_that_go_to_another_picture_say_whither() -> None:
    ways = made_ways(2, 40)
    source, target = ways.stops[0][0], ways.stops[1][-1]
    assert target.row >= 20 > source.row
    moved = Ways(ways.sigla, ways.rows, ways.stops, (Carried(source, (0, 1), target, (0, 1), "w"),))
    first, second = draw(moved).drawings
    assert [one.words for one in first.leaving] == [f"→ {moved.name_of(target)}"]
    assert [one.words for one in second.leaving] == [f"← {moved.name_of(source)}"]
    assert not first.moved and not second.moved


@pytest.mark.parametrize("medium", ["page", "ebook"])
def test_labels_are_never_smaller_than_print_can_be_read(medium: str) -> None:
    rendered = '{%- from "ways.html" import ways -%}<div>{{ ways(picture, "v", medium) }}</div>'
    templates = Templates(MemorySources({"templates/one.html": rendered}))
    page = templates.render("one.html", picture=draw(made_ways(6, 40)), medium=medium)
    (first, *_) = ElementTree.fromstring(page).iter(f"{SVG}svg")
    sizes = [float(first.get("font-size", "0"))]
    sizes += [float(size) for one in first.iter() if (size := one.get("font-size"))]
    assert min(sizes) >= 6.5
    assert first.get("width") == f"{first.get('viewBox', '').split()[2]}pt"  # not scaled


def test_both_books_have_the_same_picture_and_say_it_in_words(tmp_path: Path) -> None:
    for name, words in FILES.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    arguments = ["build", str(tmp_path), "-o", str(tmp_path / "books")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(BytesIO((tmp_path / "books/rules.epub").read_bytes())) as book:
        name = next(name for name in book.namelist() if "versions" in name)
        chapter = ElementTree.fromstring(book.read(name))
    said = [item.text for item in chapter.iter("{http://www.w3.org/1999/xhtml}li")]
    assert len(said) == 4 and said[0] == "Fees: A 1 (5 words); B 1 (3 words); C 2–3 (8 words)."
    (drawn,) = chapter.iter(f"{SVG}svg")
    assert drawn.get("role") == "img" and drawn.findtext(f"{SVG}title")
    with pdfplumber.open(tmp_path / "books/rules.pdf") as pdf:
        words = " ".join(page.extract_text() for page in pdf.pages)
        tree = pdf.structure_tree
        sizes = {round(char["size"], 1) for char in pdf.pages[0].chars if char["text"] == "–"}
    assert "2–3" in words and "2,note" in words.replace(" ", "")
    assert min(sizes) >= 6.5
    alternatives = list(alternatives_in(tree))
    assert alternatives == [f"{drawn.findtext(f'{SVG}title')}. {' '.join(map(str, said))}"]


def alternatives_in(nodes: list[dict[str, object]]) -> list[object]:
    found: list[object] = []
    for node in nodes:
        if node["type"] == "Figure":
            found.append(node.get("alt_text"))
        children = node.get("children")
        found += alternatives_in(children if isinstance(children, list) else [])
    return found


def test_words_are_counted_as_each_language_does() -> None:
    counted = {lang: words_of_ways(lang).count for lang in ("en", "ru", "de-AT", "cy")}
    assert [counted["en"](number) for number in (0, 1, 2, 21)] == [
        "0 words", "1 word", "2 words", "21 words"
    ]  # fmt: skip
    assert [counted["ru"](number) for number in (1, 3, 5, 11, 13, 21, 34, 112)] == [
        "1 слово", "3 слова", "5 слов", "11 слов", "13 слов", "21 слово", "34 слова", "112 слов"
    ]  # fmt: skip
    assert counted["de-AT"](2) == "2 Wörter" and counted["cy"](2) == "2 words"


def test_every_language_tells_the_picture_with_the_same_things() -> None:
    english = words_of_ways("en")
    for lang in LANGUAGES:
        for each in fields(english):
            said, meant = (getattr(one, each.name) for one in (words_of_ways(lang), english))
            assert said.strip() and said.count("{}") == meant.count("{}"), (lang, each.name)
            assert lang in ("en", "fr") or said != meant or each.name in ("quoted", "both"), lang
