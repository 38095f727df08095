"""One book printed in several ways: by their finished PDFs, read by PDFium and Ghostscript."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from conformance import UA1, against
from printedition.cli import main
from printedition.prepress.blackening import blacken
from printedition.prepress.placing import Box, Room, placement

pytestmark = pytest.mark.slow

STOCK = Path(__file__).parent / "checks" / "stock"
MM = 72 / 25.4
OWN = """
profiles:
  - name: 'seminar'
    like: 'copyshop'
    size: '200mm 280mm'
    binding: '30mm'
    enlarge: '1'
    ink: 'colour'
    multiple: '8'
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="printedition")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stock edition as a book and in profiles."""
    top = tmp_path_factory.mktemp("profiles")
    shutil.copytree(STOCK, top / "edition")
    record = top / "edition" / "edition.yaml"
    record.write_text(record.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    command = ["build", str(top / "edition"), "-o", str(top / "books"), "-q", "--no-cache"]
    assert run(*command, "-f", "pdf").exit_code == 0
    before = (top / "books" / "stock.pdf").read_bytes()
    names = ("screen", "print", "copyshop", "copyshop-letter", "seminar")
    result = run(*command, *(f"--profile={name}" for name in names))
    assert result.exit_code == 0, result.output
    assert (top / "books" / "stock.pdf").read_bytes() == before
    return top / "books"


def pages_of(path: Path) -> list[str]:
    book = pypdfium2.PdfDocument(path)
    return [book[number].get_textpage().get_text_range().strip() for number in range(len(book))]


def drawn_on(path: Path) -> list[list[tuple[float, float, float, float]]]:
    """The bounds of all that is drawn, page by page."""
    book = pypdfium2.PdfDocument(path)
    return [
        [thing.get_bounds() for thing in book[number].get_objects(max_depth=1)]
        for number in range(len(book))
    ]


@pytest.mark.parametrize("name", ["screen", "print", "copyshop", "copyshop-letter", "seminar"])
def test_every_profile_has_the_pages_of_the_book(books: Path, name: str) -> None:
    standard, made = pages_of(books / "stock.pdf"), pages_of(books / f"stock-{name}.pdf")
    assert made[: len(standard)] == standard
    assert not any(made[len(standard) :])
    book, other = (pypdfium2.PdfDocument(books / f"stock{n}.pdf") for n in ("", f"-{name}"))
    labels = [[one.get_page_label(n) for n in range(len(standard))] for one in (book, other)]
    assert labels[0] == labels[1]
    assert (books / f"stock-{name}.map.json").is_file()


@pytest.mark.parametrize("name", ["screen", "print", "copyshop", "copyshop-letter", "seminar"])
def test_pages_that_were_placed_on_sheets_are_still_accessible(books: Path, name: str) -> None:
    assert against(books / f"stock-{name}.pdf", UA1) == []


@pytest.mark.parametrize("name", ["print", "copyshop", "copyshop-letter"])
def test_black_only_is_black_to_ghostscript(books: Path, name: str) -> None:
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed")
    command = ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(books / f"stock-{name}.pdf")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "rror" not in said
    rows = [line.split()[:4] for line in said.splitlines()]
    assert len(rows) == len(pages_of(books / f"stock-{name}.pdf"))
    assert all(float(ink) == 0 for row in rows for ink in row[:3])
    assert any(float(row[3]) > 0.01 for row in rows)


def test_print_fills_up_to_fours(books: Path) -> None:
    assert len(pages_of(books / "stock-print.pdf")) % 4 == 0
    assert len(pages_of(books / "stock-seminar.pdf")) % 8 == 0


def test_links_on_a_screen_are_in_colour_and_the_text_stands_still(books: Path) -> None:
    with pikepdf.open(books / "stock-screen.pdf") as pdf:
        inks = {
            tuple(float(part) for part in one.operands)
            for page in pdf.pages
            for one in pikepdf.parse_content_stream(page)
            if str(one.operator) == "rg"
        }
    assert any(blue > red for red, _, blue in inks)
    assert (0, 0, 0) in inks
    standard, screen = (drawn_on(books / f"stock{name}.pdf") for name in ("", "-screen"))
    moved = [
        {round(b[0] - a[0], 1) for a, b in zip(one, other, strict=True)}
        for one, other in zip(standard, screen, strict=True)
    ]
    rectos = set().union(*moved[0::2])
    versos = set().union(*moved[1::2])
    assert (rectos, versos) == ({round(20 * MM, 1)}, {0.0})  # 37 − 17 mm


@pytest.mark.parametrize(
    ("name", "size", "binding"),
    [
        ("copyshop", (210, 297), 25.4),
        ("copyshop-letter", (215.9, 279.4), 25.4),
        ("seminar", (200, 280), 30),
    ],
)
def test_copies_keep_clear_of_binding_and_edges(
    books: Path, name: str, size: tuple[float, float], binding: float
) -> None:
    path = books / f"stock-{name}.pdf"
    book = pypdfium2.PdfDocument(path)
    for page in book:
        assert page.get_size() == pytest.approx([each * MM for each in size], abs=0.01)
    width, height = size
    for number, bounds in enumerate(drawn_on(path)):
        left, right = (binding, 13) if number % 2 == 0 else (13, binding)
        for low, foot, high, top in bounds:
            assert low >= left * MM - 0.1
            assert high <= (width - right) * MM + 0.1
            assert 13 * MM - 0.1 <= foot <= top <= (height - 13) * MM + 0.1


def test_links_go_with_what_they_stand_on(books: Path) -> None:
    found = []
    for name in ("", "-copyshop"):
        book = pypdfium2.PdfDocument(books / f"stock{name}.pdf")
        with pikepdf.open(books / f"stock{name}.pdf") as pdf:
            words = [
                book[number].get_textpage().get_text_bounded(*map(float, link.Rect))
                for number, page in enumerate(pdf.pages)
                for link in page.obj.get("/Annots", ())
            ]
            names = pdf.Root.Names.Dests.Names
            where = {
                str(names[at]): float(names[at + 1][3]) / float(names[at + 1][0].MediaBox[3])
                for at in range(0, len(names), 2)
            }
        found.append((words, where))
    assert found[0][0] == found[1][0] and len(found[0][0]) > 5
    # Of a page that is magnified 1.2 times and stands amid its sheet.
    for name, height in found[0][1].items():
        assert found[1][1][name] == pytest.approx(0.5 + (height - 0.5) * 1.2 * 210 / 297, abs=0.001)


def test_a_profile_that_is_not_there_is_said(books: Path) -> None:
    result = run("build", str(STOCK), "-o", str(books), "--profile", "copy-shop")
    assert result.exit_code == 2
    assert "there is no profile “copy-shop”" in result.output and "“copyshop”" in result.output


def test_profiles_exclude_formats(books: Path) -> None:
    result = run("build", str(STOCK), "-o", str(books), "--profile", "print", "-f", "epub")
    assert result.exit_code == 2
    assert "--format" in result.output


def test_profiles_are_surveyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTEDITION_CACHE", "")
    shutil.copytree(STOCK, tmp_path / "edition")
    given = ["profiles", str(tmp_path / "edition"), "-p", "copyshop", "-p", "booklet"]
    copies, booklet = json.loads(run(*given, "--format", "json").stdout)
    assert copies["page"] == [210, 297] and booklet["page"] == [148.5, 210]
    assert copies["sheets"] == copies["pages"] / 2
    assert booklet["sheets"] == booklet["pages"] / 4
    assert booklet["spine"] == pytest.approx(booklet["pages"] / 2 * 0.1)
    assert copies["fonts"]["Libertinus-Serif"] is True
    assert copies["colours"] == "black (gray)"
    assert copies["refused"] == []
    text = run(*given).stdout
    assert f"{booklet['sheets']}, of 297 × 210 mm, folded once" in text
    assert "of leaves 0.1 mm thick" in text
    assert text.startswith("copyshop\n  pages ") and "nothing that a print shop would" in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edition"]


def drawing(content: bytes, picture: Image.Image | None = None) -> pikepdf.Pdf:
    """A PDF of one page with this on it, and perhaps a picture called /x."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.obj.Contents = pdf.make_stream(content)
    page.obj.Resources = pikepdf.Dictionary()
    if picture is not None:
        stream = pdf.make_stream(
            picture.tobytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
        )
        page.obj.Resources.XObject = pikepdf.Dictionary({"/x": stream})
    return pdf


def test_areas_are_grey_and_letters_and_lines_black() -> None:
    pdf = drawing(
        b"1 0 0 rg 0 0 9 9 re f q 0 1 0 RG 0 0 m 9 9 l S Q "
        b"BT 0 0 1 rg (a) Tj 1 1 1 rg (b) Tj ET 5 5 9 9 re f 0.5 g 0 0 1 1 re f"
    )
    blacken(pdf)
    told = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0]))
    said = b" ".join(told.split())
    assert b"0.299 g 0 0 9 9 re f" in said
    assert b"0 G 0 0 m 9 9 l S" in said
    assert b"BT 0 g 0 g (a) Tj 1 g (b) Tj ET 1 g 5 5 9 9 re f" in said
    assert b"0.5 g 0 0 1 1 re f" in said
    assert b"rg" not in said and b"RG" not in said


def test_pictures_are_grey() -> None:
    red = Image.new("RGB", (2, 2), (255, 0, 0))
    pdf = drawing(b"q 10 0 0 10 0 0 cm /x Do Q", red)
    blacken(pdf)
    written = io.BytesIO()
    pdf.save(written)
    pixels = pypdfium2.PdfDocument(written.getvalue())[0].render(scale=1).to_pil()
    assert pixels.getpixel((5, 95)) == (76, 76, 76)
    assert pdf.pages[0].obj.Resources.XObject["/x"].ColorSpace == pikepdf.Name.DeviceGray


def test_a_page_too_large_for_its_sheet_is_made_smaller() -> None:
    page = Box(0, 0, 400, 600)
    area = Box(20, 50, 380, 550)
    where = placement(page, Room(300, 600, 50, 30), (area, area), 1.2)
    assert where.scale == pytest.approx(220 / 360)
    assert 20 * where.scale + where.recto == pytest.approx(50)
    assert 380 * where.scale + where.verso == pytest.approx(250)
