"""Booklets: the finished sheets, folded as a reader of them would, have the pages in order."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from printedition.cli import main
from printedition.prepress.imposing import impose

pytestmark = pytest.mark.slow

STOCK = Path(__file__).parent / "checks" / "stock"
MM = 72 / 25.4
OWN = """
profiles:
  - name: 'sewn'
    like: 'booklet'
    signature: '2'
"""


def sides(path_or_data: Path | bytes) -> list[tuple[str, str]]:
    """The words on the left and right half of each side of the sheets, front and back by turns."""
    book = pypdfium2.PdfDocument(path_or_data)
    found = []
    for page in book:
        text, (width, height) = page.get_textpage(), page.get_size()
        halves = ((0, width / 2), (width / 2, width))
        found.append(tuple(text.get_text_bounded(a, 0, b, height).strip() for a, b in halves))
    return found


def folded(printed: Sequence[tuple[str, str]]) -> list[str]:
    """The pages as one turns them, of sheets of one signature laid in one another and folded."""
    fronts, backs = printed[0::2], printed[1::2]
    first = [
        page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])
    ]
    last = [page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])]
    return first + last[::-1]


def numbered(count: int, size: tuple[int, int] = (100, 150)) -> bytes:
    """A PDF of so many pages, each with its number and a mark in the middle."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for number in range(1, count + 1):
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        words = f"BT /F 12 Tf 40 75 Td ({number}) Tj ET"
        page.obj.Contents = pdf.make_stream(words.encode())
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("booklets")
    shutil.copytree(STOCK, top / "edition")
    record = top / "edition" / "edition.yaml"
    record.write_text(record.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    command = ["build", str(top / "edition"), "-o", str(top / "books"), "-q", "--no-cache"]
    assert CliRunner().invoke(main, [*command, "-f", "pdf"]).exit_code == 0
    names = ("booklet", "booklet-letter", "sewn")
    done = CliRunner().invoke(main, [*command, "--strict", *(f"-p{name}" for name in names)])
    assert done.exit_code == 0, done.output
    return top / "books"


def words_of(pages: Sequence[str]) -> list[str]:
    return ["".join(page.split()) for page in pages]


@pytest.mark.parametrize(
    ("name", "size"), [("booklet", (297, 210)), ("booklet-letter", (279.4, 215.9))]
)
def test_a_folded_booklet_has_the_pages_of_the_book(
    books: Path, name: str, size: tuple[float, float]
) -> None:
    book = pypdfium2.PdfDocument(books / "stock.pdf")
    standard = words_of([page.get_textpage().get_text_range() for page in book])
    made = words_of(folded(sides(books / f"stock-{name}.pdf")))
    assert made[: len(standard)] == standard
    assert len(made) % 4 == 0 and len(made) - len(standard) < 4
    assert not any(made[len(standard) :])
    for page in pypdfium2.PdfDocument(books / f"stock-{name}.pdf"):
        assert page.get_size() == pytest.approx([each * MM for each in size], abs=0.05)


def test_signatures_are_folded_one_after_the_other(books: Path) -> None:
    book = pypdfium2.PdfDocument(books / "stock.pdf")
    standard = words_of([page.get_textpage().get_text_range() for page in book])
    printed = sides(books / "stock-sewn.pdf")
    made = [page for at in range(0, len(printed), 4) for page in folded(printed[at : at + 4])]
    assert words_of(made)[: len(standard)] == standard
    assert len(printed) > 4


def test_each_sheet_has_its_four_pages_front_and_back() -> None:
    assert sides(impose(numbered(8), 0, 0)) == [("8", "1"), ("2", "7"), ("6", "3"), ("4", "5")]
    assert sides(impose(numbered(12), 2, 0)) == [
        ("8", "1"), ("2", "7"), ("6", "3"), ("4", "5"), ("12", "9"), ("10", "11"),
    ]  # fmt: skip


def test_inner_sheets_stand_nearer_to_the_fold() -> None:
    book = pypdfium2.PdfDocument(impose(numbered(12), 0, 2))
    lefts = []
    for page in book:
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        lefts.append((min(box[0] for box in boxes), max(box[0] for box in boxes)))
    outer, inner = lefts[0], lefts[4]
    assert inner[0] - outer[0] == pytest.approx(4, abs=1.5)  # two sheets lie round it
    assert outer[1] - inner[1] == pytest.approx(4, abs=1.5)


def test_a_turned_page_lies_on_its_sheet_as_it_does_in_the_book() -> None:
    with pikepdf.open(io.BytesIO(numbered(4))) as pdf:
        pdf.pages[1].obj.Rotate = 90
        written = io.BytesIO()
        pdf.save(written)
    assert sides(impose(written.getvalue(), 0, 0)) == [("4", "1"), ("2", "3")]


def test_greys_on_a_sheet_were_blended_in_the_space_of_a_screen() -> None:
    """A page with a group of its own said that it is gray, and its sheet did not."""
    with pikepdf.open(io.BytesIO(numbered(4))) as pdf:
        pdf.pages[1].obj.Group = pikepdf.Dictionary(
            S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray
        )
        written = io.BytesIO()
        pdf.save(written)
    with pikepdf.open(io.BytesIO(impose(written.getvalue(), 0, 0))) as pdf:
        assert "/Group" not in pdf.pages[0].obj
        assert pdf.pages[1].obj.Group.CS == "/DeviceGray"


def test_sheets_do_not_call_themselves_older_than_what_is_on_them(books: Path) -> None:
    """They said PDF 1.3 and had OpenType fonts, of which no printer of 1.3 knows."""
    assert pypdfium2.PdfDocument(books / "stock-booklet.pdf").get_version() == 17


def test_a_booklet_is_printed_in_its_own_size_and_turned_over_the_short_edge(books: Path) -> None:
    with pikepdf.open(books / "stock-booklet.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert pdf.docinfo["/Title"] == "A Letter"
        with pdf.open_metadata() as words:
            assert "pdfuaid:part" not in words
