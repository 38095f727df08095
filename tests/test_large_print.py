"""The book in large print: its type, and the pages and lines of the standard book in it."""

from __future__ import annotations

import ctypes
import json
import re
import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from printedition.cli import main

pytestmark = pytest.mark.slow

STOCK = Path(__file__).parent / "checks" / "stock"
MM = 72 / 25.4
OWN = """
profiles:
  - name: 'sans'
    like: 'large-print'
    face: 'sans'
    type: '24pt'
    size: 'letter'
"""


@dataclass(frozen=True)
class Piece:
    """Letters that are drawn together: page from 0, place and size in pt, and their font."""

    text: str
    page: int
    left: float
    base: float
    size: float
    font: str


def pieces(path: Path) -> list[Piece]:
    book = pypdfium2.PdfDocument(path)
    found = []
    for number, page in enumerate(book):
        words = page.get_textpage()
        kinds = [pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_TEXT]
        outer = pypdfium2.PdfMatrix()
        for thing in page.get_objects(kinds, max_depth=2):
            if thing.type == pdfium.FPDF_PAGEOBJ_FORM:
                outer = thing.get_matrix()  # of a picture
                continue
            length = pdfium.FPDFTextObj_GetText(thing.raw, words.raw, None, 0)
            letters = (ctypes.c_ushort * (length // 2 + 1))()
            pdfium.FPDFTextObj_GetText(thing.raw, words.raw, letters, length)
            text = bytes(letters)[: length - 2].decode("utf-16-le")
            size = ctypes.c_float()
            pdfium.FPDFTextObj_GetFontSize(thing.raw, size)
            at = thing.get_matrix()
            if thing.level:
                at = at.multiply(outer)
            font = pdfium.FPDFTextObj_GetFont(thing.raw)
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
            found.append(Piece(text, number, at.e, at.f, size.value * at.a, name.value.decode()))
    return found


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stock edition with a letter of four pages, as a book and in large print."""
    top = tmp_path_factory.mktemp("large")
    shutil.copytree(STOCK, top / "edition")
    letter = top / "edition" / "letter.md"
    more = "\n\n".join(" ".join(f"word{number}x{at}" for at in range(90)) for number in range(12))
    text, _, notes = letter.read_text(encoding="utf-8").partition("[^1]:")
    letter.write_text(f"{text}{more}\n\n[^1]:{notes}", encoding="utf-8")
    with (top / "edition" / "index.yaml").open("a", encoding="utf-8") as index:
        for at in range(90):  # two pages of it
            index.write(f"- heading: 'word{at % 12}x{at}'\n  forms:\n    - 'word{at % 12}x{at}'\n")
    record = top / "edition" / "edition.yaml"
    record.write_text(record.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    command = ["build", str(top / "edition"), "-o", str(top / "books"), "-q", "--no-cache"]
    assert CliRunner().invoke(main, [*command, "-f", "pdf"]).exit_code == 0
    done = CliRunner().invoke(main, [*command, "--strict", "-p", "large-print", "-p", "sans"])
    assert done.exit_code == 0, done.output
    return top / "books"


@pytest.mark.parametrize(("name", "size"), [("large-print", 18), ("sans", 24)])
def test_all_is_large_but_what_is_raised(books: Path, name: str, size: int) -> None:
    drawn = [one for one in pieces(books / f"stock-{name}.pdf") if one.text.strip()]
    assert any("Letter" in one.text for one in drawn if one.page == 0)
    small = [one for one in drawn if one.size < size - 0.1]
    assert {round(one.size / size, 2) for one in small} <= {0.8}
    assert all(len(one.text.strip()) <= 3 for one in small)  # calls, and numbers of lines
    letters = sum(len(one.text) for one in drawn)
    assert sum(len(one.text) for one in drawn if one.size > size - 0.1) > 0.95 * letters
    bases = sorted({round(one.base, 1) for one in drawn if one.page == 6}, reverse=True)
    steps = [a - b for a, b in pairwise(bases)]
    assert any(step == pytest.approx(1.5 * size, abs=0.1) for step in steps)
    assert not any(one.text.endswith(("-", "\u2010", "\x02")) for one in drawn)


def test_the_face_may_be_without_serifs(books: Path) -> None:
    for name, family in (("large-print", "Serif"), ("sans", "Sans")):
        drawn = pieces(books / f"stock-{name}.pdf")
        fonts = {one.font for one in drawn if re.search("[a-z]{3}", one.text)}
        assert fonts and all(family in font for font in fonts)


@pytest.mark.parametrize("name", ["large-print", "sans"])
def test_the_margin_shows_where_pages_of_the_standard_book_begin(books: Path, name: str) -> None:
    rows = json.loads((books / "stock.map.json").read_bytes())["texts"]["letter"]
    first = {}
    for row in rows:
        first.setdefault(row["page"], row["first"])
    assert len(first) >= 4
    drawn = pieces(books / f"stock-{name}.pdf")
    body = [one for one in drawn if "word" in one.text]
    begun = 0
    for folio, word in first.items():
        if not word.startswith("word"):
            continue
        (mark,) = [
            one for one in drawn if one.text.strip() == folio
            and "Bold" in one.font and any(one.page == other.page for other in body)
            and one.left < min(other.left for other in body if other.page == one.page)
        ]  # fmt: skip
        line = [o for o in drawn if o.page == mark.page and abs(o.base - mark.base) < 2]
        words = "".join(one.text for one in sorted(line, key=lambda one: one.left))
        begins = re.escape(re.sub(r"\W+$", "", word))
        assert re.search(rf"^{folio}\s*{begins}|\|\s*{begins}", words), words
        begun += 1
    assert begun >= 3


def test_lines_have_the_numbers_of_the_standard_book(books: Path) -> None:
    rows = json.loads((books / "stock.map.json").read_bytes())["texts"]["letter"]
    numbered = [row for row in rows if row["number"] % 5 == 0 and row["first"].startswith("word")]
    assert len(numbered) > 10
    book = pypdfium2.PdfDocument(books / "stock-large-print.pdf")
    text = " ".join(page.get_textpage().get_text_range() for page in book)
    for row in numbered:
        assert re.search(rf"\b{row['number']}\s*{row['first']}\b", text), row


def test_an_index_and_its_heads_name_pages_of_the_standard_book(books: Path) -> None:
    standard, large = (pypdfium2.PdfDocument(books / f"stock{n}.pdf") for n in ("", "-large-print"))
    index = "\n".join(page.get_textpage().get_text_range() for page in list(standard)[-2:])
    locators = re.findall(r"^(\w[^,\r\n]*), (\d+(?:, \d+)*)\r?$", index, re.M)
    text = " ".join(page.get_textpage().get_text_range() for page in large)
    text = re.sub(r"\s+", " ", text)
    assert locators
    for heading, folios in locators:
        assert f"{heading}, {folios}" in text
    labels = {standard.get_page_label(number) for number in range(len(standard))}
    heads = re.findall(r"\[(\w+)(?:–(\w+))?\]", text)
    assert {one for head in heads for one in head if one} <= labels
    assert len(heads) >= len(large) - 3


def test_it_says_of_itself_what_the_book_does(books: Path) -> None:
    said = [
        pypdfium2.PdfDocument(books / f"stock{name}.pdf").get_metadata_dict()
        for name in ("", "-large-print")
    ]
    for key in ("Title", "Author", "ModDate"):
        assert said[0][key] == said[1][key] != ""


def test_versions_stand_one_below_another(books: Path) -> None:
    drawn = pieces(books / "stock-large-print.pdf")
    named = [one for one in drawn if one.text.strip().endswith("version") and "Bold" in one.font]
    assert len(named) >= 4
    for side in (0, 1):
        lines = {(one.page, one.base) for one in named if one.page % 2 == side}
        lefts = {min(o.left for o in drawn if (o.page, o.base) == line) for line in lines}
        assert len(lefts) <= 1


def test_page_number_was_printed_over_a_heading_of_the_index(books: Path) -> None:
    rows = json.loads((books / "stock.map.json").read_bytes())["pages"]
    folio = rows[-1]["label"]
    drawn = pieces(books / "stock-large-print.pdf")
    (mark,) = [one for one in drawn if one.text.strip() == folio and "Bold" in one.font]
    line = [o for o in drawn if o.page == mark.page and abs(o.base - mark.base) < 2 and o != mark]
    assert any(re.match(r"word\d+x", one.text) for one in line)
    assert all(mark.left + mark.size * len(folio) / 2 < one.left for one in line)


def test_its_map_held_its_own_pages_alone(books: Path) -> None:
    record = (books / "stock-large-print.map.json").read_bytes()
    rows = json.loads(record)["pages"]
    labels = [row["label"] for row in json.loads((books / "stock.map.json").read_bytes())["pages"]]
    assert [row["label"] for row in rows] == [str(number + 1) for number in range(len(rows))]
    told = [folio for row in rows for folio in row["standard"]]
    order = [labels.index(folio) for folio in told]
    assert order == sorted(order) and len(set(told)) > 8
    drawn = pieces(books / "stock-large-print.pdf")
    bold = {(one.page, one.text.strip()) for one in drawn if "Bold" in one.font}
    assert rows[0]["standard"] == []  # what it says of itself
    for number, row in enumerate(rows[2:], start=2):
        first, last = row["standard"][0], row["standard"][-1]
        shown = f"[{first}–{last}]" if first != last else f"[{first}]"
        assert (number, shown) in bold, shown
    schema = json.loads(CliRunner().invoke(main, ["schema", "map"]).output)
    Draft202012Validator(schema).validate(json.loads(record))


@pytest.mark.parametrize("other", ["print", "screen"])
def test_the_standard_book_was_set_twice_for_large_print(
    books: Path, tmp_path: Path, other: str
) -> None:
    edition = books.parent / "edition"
    command = ["build", str(edition), "-o", str(tmp_path), "-v", "--no-cache"]
    done = CliRunner().invoke(main, [*command, "-p", other, "-p", "large-print"])
    assert done.exit_code == 0, done.output
    assert len(re.findall(r"\d+ pages, round 1\b", done.output)) == 1, done.output
    alone, beside = (folder / "stock-large-print.pdf" for folder in (books, tmp_path))
    assert alone.read_bytes() == beside.read_bytes()
