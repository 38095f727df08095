"""A reader for a class in all profiles, for both audiences: its files as a print shop sees them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from conformance import A2U, UA1, against
from course_reader import class_reader
from printedition.cli import main

pytestmark = pytest.mark.slower

MM = 72 / 25.4
SIZES = {
    "screen": (168, 210),
    "print": (148, 210),
    "copyshop": (210, 297),
    "copyshop-letter": (215.9, 279.4),
    "press": (148, 210),
    "large-print": (210, 297),
    "booklet": (297, 210),
    "booklet-letter": (279.4, 215.9),
}
PROFILES = [*SIZES]
STANDARD = ["screen", "print", "copyshop", "copyshop-letter", "press"]  # a page is a page
BOOKLETS = ["booklet", "booklet-letter"]
AUDIENCES = ["", "-instructor"]
FOLIO = re.compile(r"[ivxlc]+|\d+")
HIDDEN = re.compile("Hidden")  # how all begins that is the instructor's


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All books of the reader, and as `survey.json` what is told of the students'."""
    top = tmp_path_factory.mktemp("class")
    for path, text in class_reader().items():
        (top / "reader" / path).parent.mkdir(parents=True, exist_ok=True)
        (top / "reader" / path).write_text(text, encoding="utf-8")
    cache = {"PRINTEDITION_CACHE": str(top / "cache")}
    run = CliRunner().invoke
    wanted = [each for name in PROFILES for each in ("-p", name)]
    for audience in ([], ["--audience", "instructor"]):
        command = ["build", str(top / "reader"), "-o", str(top / "books"), "-q", "--strict"]
        done = run(main, [*command, *audience, *wanted], env=cache)
        assert done.exit_code == 0, done.output
    told = run(main, ["profiles", str(top / "reader"), "--format", "json"], env=cache)
    (top / "books" / "survey.json").write_text(told.stdout, encoding="utf-8")
    return top / "books"


def path_of(books: Path, name: str, audience: str = "") -> Path:
    return books / f"course{audience}-{name}.pdf"


def opened(books: Path, name: str, audience: str = "") -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(path_of(books, name, audience))


def said_of(tool: str, *arguments: str) -> list[list[str]]:
    """What a tool of the trade says of a file, by lines and words."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=True)
    return [line.split() for line in done.stdout.splitlines()]


def words_of(page: pypdfium2.PdfPage, left: float = 0, right: float = 999) -> list[str]:
    """The words of a page between two sides; words that end a line broken are whole."""
    text = page.get_textpage().get_text_bounded(left, 0, right, page.get_height())
    return re.sub("[\x02\ufffe]", "", text).split()


def folio_of(page: pypdfium2.PdfPage, left: float, right: float, scale: float = 1) -> str:
    """The number that stands in the head or foot of a page, between two sides."""
    text, unit = page.get_textpage(), scale * MM
    middle = page.get_height() / 2
    zones = ((middle + 88 * unit, middle + 103 * unit), (middle - 103 * unit, middle - 83 * unit))
    for low, high in zones:
        words = text.get_text_bounded(left, low, right, high).split()
        alone = [word for word in words if FOLIO.fullmatch(word)]
        if len(alone) == 1 and (low < middle or alone[0] in (words[0], words[-1])):
            return alone[0]
    return ""


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", PROFILES)
def test_files_are_sound_and_have_all_their_fonts(books: Path, name: str, audience: str) -> None:
    paths = [path_of(books, name, audience)]
    paths += [path_of(books, "press.cover", audience)] if name == "press" else []
    for path in paths:
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert not pdf.is_encrypted
        fonts = said_of("pdffonts", str(path))[2:]
        assert fonts
        for row in fonts:  # … emb sub uni object id
            assert row[-5:-2] == ["yes", "yes", "yes"], row


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", PROFILES)
def test_files_keep_to_the_form_that_they_declare(books: Path, name: str, audience: str) -> None:
    if name in BOOKLETS:
        with pikepdf.open(path_of(books, name, audience)) as pdf, pdf.open_metadata() as words:
            assert "pdfuaid:part" not in words and "pdfaid:part" not in words
        return
    form = A2U if name == "press" else UA1
    assert against(path_of(books, name, audience), form) == []
    if name == "press":
        assert against(path_of(books, "press.cover", audience), form) == []


@pytest.mark.parametrize("name", PROFILES[1:])
def test_black_only_needs_one_ink(books: Path, name: str) -> None:
    for audience in AUDIENCES:
        path = path_of(books, name, audience)
        rows = said_of("gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(path))
        assert len(rows) == len(opened(books, name, audience))
        assert all(float(ink) == 0 for row in rows for ink in row[:3])
        assert sum(float(row[3]) > 0 for row in rows) > len(rows) / 2


@pytest.mark.parametrize("name", PROFILES)
def test_pages_are_of_one_size_and_fill_their_sheets(books: Path, name: str) -> None:
    bleed = 3 * MM if name == "press" else 0
    width, height = (length * MM for length in SIZES[name])
    with pikepdf.open(path_of(books, name)) as pdf:
        for page in pdf.pages:
            edges = [float(edge) for edge in page.trimbox]
            assert edges == pytest.approx([0, 0, width, height], abs=0.02)
            wide = [-bleed, -bleed, width + bleed, height + bleed]
            for box in (page.mediabox, page.obj.get("/BleedBox", page.mediabox)):
                assert [float(edge) for edge in box] == pytest.approx(wide, abs=0.02)
        count = len(pdf.pages)
    bound = len(opened(books, "screen"))
    if name in ("print", "press"):
        assert count % 4 == 0 and count - bound < 4
    elif name in BOOKLETS:
        assert count % 2 == 0 and 2 * count - bound < 4  # two pages on each side of a sheet
    elif name != "large-print":
        assert count in (bound, bound + bound % 2)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(("name", "scale"), [("booklet", 1.0), ("booklet-letter", 0.967)])
def test_each_sheet_has_its_four_page_numbers_front_and_back(
    books: Path, name: str, scale: float, audience: str
) -> None:
    """Read in its quarters: of 4 n pages, sheet k has 4 n + 1 − k' and its neighbours."""
    standard = opened(books, "print", audience)
    printed = [folio_of(page, 0, page.get_width()) for page in standard]
    labels = [standard.get_page_label(number) for number in range(len(standard))]
    assert sum(bool(folio) for folio in printed) > 35
    assert all(folio in ("", label) for folio, label in zip(printed, labels, strict=True))
    sides = list(opened(books, name, audience))
    last = 2 * len(sides)
    assert len(printed) == last
    for sheet in range(len(sides) // 2):
        low, high = 2 * sheet + 1, last - 2 * sheet  # outermost pages of the sheet, from 1
        found = []
        for side in sides[2 * sheet : 2 * sheet + 2]:
            middle, right = side.get_width() / 2, side.get_width()
            found += [folio_of(side, 0, middle, scale), folio_of(side, middle, right, scale)]
        wanted = [printed[page - 1] for page in (high, low, low + 1, high - 1)]
        assert found == wanted, f"sheet {sheet + 1}"


@pytest.mark.parametrize("name", STANDARD)
def test_both_audiences_have_the_same_words_where_a_page_begins(books: Path, name: str) -> None:
    students, instructors = (opened(books, name, audience) for audience in AUDIENCES)
    assert len(students) == len(instructors)
    hidden = 0
    for number in range(len(students)):
        words, more = words_of(students[number]), words_of(instructors[number])
        assert not HIDDEN.search(" ".join(words))
        hidden += len(HIDDEN.findall(" ".join(more)))
        if words:
            assert words[:8] == more[: len(words[:8])], students.get_page_label(number)
    assert hidden >= 8


@pytest.mark.parametrize("name", STANDARD)
def test_both_audiences_have_the_same_words_in_the_same_places(books: Path, name: str) -> None:
    """All that the students' page has stands on the instructor's at the same place."""
    students, instructors = (opened(books, name, audience) for audience in AUDIENCES)
    for number in range(len(students)):
        theirs, whole = placed(students[number]), placed(instructors[number])
        assert theirs <= whole, students.get_page_label(number)


def placed(page: pypdfium2.PdfPage) -> set[tuple[str, int, int]]:
    """The letters of a page, each with its place in tenths of a pt."""
    text = page.get_textpage()
    found = set()
    for at in range(text.count_chars()):
        letter = text.get_text_range(at, 1)
        if letter.strip():
            left, foot, _, _ = text.get_charbox(at)
            found.add((letter, round(10 * left), round(10 * foot)))
    return found


@pytest.mark.parametrize("name", STANDARD)
def test_words_stand_on_the_same_page_and_line_in_all(books: Path, name: str) -> None:
    """By the text of each page, line for line, with its numbers of lines."""
    first, other = (
        [page.get_textpage().get_text_range().split("\r\n") for page in opened(books, each)]
        for each in ("screen", name)
    )
    assert other[: len(first)] == first
    assert not any("".join(lines).strip() for lines in other[len(first) :])
    assert sum(map(len, first)) > 1000


@pytest.mark.parametrize("name", BOOKLETS)
def test_a_booklet_has_the_same_lines(books: Path, name: str) -> None:
    standard = [words_of(page) for page in opened(books, "print")]
    sides, last = list(opened(books, name)), len(standard)
    for at, page in enumerate(sides):
        sheet, middle = at // 2, page.get_width() / 2
        outer, inner = last - 1 - 2 * sheet - at % 2, 2 * sheet + at % 2
        left, right = (outer, inner) if at % 2 == 0 else (inner, outer)
        assert words_of(page, 0, middle) == standard[left]
        assert words_of(page, middle, 2 * middle) == standard[right]


def test_large_print_tells_the_lines_of_the_others(books: Path) -> None:
    """Each fifth line begins with a word that has its number before it in large print."""
    texts = json.loads((books / "course-print.map.json").read_bytes())["texts"]
    rows = [*texts["letter.letter"], *texts["note.note"]]
    for version in "ABC":
        rows += [row for row in texts["resolution.versions"] if row["version"] == version]
    numbered = [
        row
        for before, row in pairwise(rows)
        if row["number"] % 5 == 0 < row["number"] and not before["last"].endswith("\u2010")
    ]
    numbered = [row for row in numbered if row["first"].isalpha()]
    assert len({row["page"] for row in numbered}) > 8
    large = " ".join(" ".join(words_of(page)) for page in opened(books, "large-print"))
    for row in numbered:
        assert re.search(rf"\b{row['number']} ?[−+±]?{row['first']}\b", large), (
            row
        )  # or a sign of change


def test_copies_keep_clear_of_binding_and_edges(books: Path) -> None:
    for name, (width, height) in [(n, SIZES[n]) for n in STANDARD if "copyshop" in n]:
        for number, page in enumerate(opened(books, name, "-instructor")):
            left, right = (25.4, 13) if number % 2 == 0 else (13, 25.4)
            for thing in page.get_objects(max_depth=1):
                low, foot, high, top = (edge / MM for edge in thing.get_bounds())
                assert low >= left - 0.05 and high <= width - right + 0.05, (name, number)
                assert foot >= 13 - 0.05 and top <= height - 13 + 0.05, (name, number)


def test_what_is_told_of_profiles_is_what_the_files_are(books: Path) -> None:
    told = {one["profile"]: one for one in json.loads((books / "survey.json").read_bytes())}
    assert {*told} == {*PROFILES}
    for name, one in told.items():
        count = len(opened(books, name))
        folded = name in BOOKLETS
        assert one["pages"] == count * (2 if folded else 1)
        assert one["sheets"] == (count // 2 if folded else -(-count // 2))
        assert one["refused"] == []
        rows = said_of("pdffonts", str(path_of(books, name)))[2:]
        assert {*one["fonts"]} == {row[0].partition("+")[2] for row in rows}
        assert all(one["fonts"].values())
        inks = said_of("gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(path_of(books, name)))
        coloured = any(float(ink) > 0 for row in inks for ink in row[:3])
        assert coloured == (name == "screen") == ("RGB" in one["colours"])
        if one["spine"]:
            assert one["spine"] == pytest.approx(-(-one["pages"] // 2) * 0.1)
    left, _, right, _ = pypdfium2.PdfDocument(path_of(books, "press.cover"))[0].get_trimbox()
    assert (right - left) / MM - 2 * 148 == pytest.approx(told["press"]["spine"], abs=0.02)
