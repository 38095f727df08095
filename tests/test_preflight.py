"""What a printer would refuse: each code raised by a file made to raise it, and by no sound one."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pikepdf import Name
from PIL import Image

from printedition.cli import main
from printedition.codes import CODES
from printedition.prepress.blackening import blacken
from printedition.prepress.looking import look
from printedition.prepress.preflight import Demands, faults, faults_of_folding, looked_at

STOCK = Path(__file__).parent / "checks" / "stock"
SIZE = (200.0, 300.0)
DEMANDS = Demands(SIZE, 30, 20, black=True, no_rgb=True, paper=True, finest=0.35)
BLACK = b"0 g 50 50 10 10 re f 0.5 w 50 100 m 90 100 l S "


def file(content: bytes, *, sizes: tuple[tuple[float, float], ...] = (SIZE,)) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for size in sizes:
        page = pdf.add_blank_page(page_size=size)
        page.obj.Contents = pdf.make_stream(content)
        page.obj.Resources = pikepdf.Dictionary()
    return pdf


def with_picture(pixels: int, mode: str, points: int = 72) -> pikepdf.Pdf:
    """A file with a square picture of so many pixels a side, on so many points."""
    content = f"q {points} 0 0 {points} 50 50 cm /x Do Q".encode()
    pdf = file(content)
    picture = pdf.make_stream(
        Image.new(mode, (pixels, pixels), (200, 0, 0) if mode == "RGB" else 200).tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=pixels,
        Height=pixels,
        ColorSpace=Name.DeviceRGB if mode == "RGB" else Name.DeviceGray,
        BitsPerComponent=8,
    )
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary({"/x": picture})
    return pdf


def with_font(*, embedded: bool) -> pikepdf.Pdf:
    pdf = file(b"BT /f 10 Tf 50 50 Td (a) Tj ET")
    font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica"))
    if embedded:
        font.FontDescriptor = pikepdf.Dictionary(FontFile3=pdf.make_stream(b""))
    pdf.pages[0].obj.Resources.Font = pikepdf.Dictionary({"/f": pdf.make_indirect(font)})
    return pdf


def codes(pdf: pikepdf.Pdf, demands: Demands = DEMANDS) -> list[str]:
    written = io.BytesIO()
    pdf.save(written)
    data = written.getvalue()
    return [fault.code for fault in faults(data, looked_at(data), demands)]


RAISED = [
    (with_font(embedded=False), ["PRE001"]),
    (file(b"1 0 0 rg 50 50 10 10 re f"), ["PRE002", "PRE006"]),
    (with_picture(299, "L"), ["PRE003"]),
    (with_picture(300, "RGB"), ["PRE002", "PRE006"]),
    (file(b"0 g 25 50 10 10 re f"), ["PRE004"]),
    (file(BLACK, sizes=(SIZE, (300.0, 200.0))), ["PRE005"]),
    (file(b"0 0 0 rg 50 50 10 10 re f"), ["PRE006"]),
    (file(b"0.1 w 50 100 m 90 100 l S"), ["PRE007"]),
    (file(b"q 0.1 0 0 0.1 0 0 cm 3 w 500 1000 m 900 1000 l S Q"), ["PRE007"]),
    (file(b"50 50 90 40 re 50 50.2 90 39.8 re f*"), ["PRE007"]),
    (file(b"0.9 g 50 50 10 10 re f"), ["PRE008"]),
]


@pytest.mark.parametrize(("pdf", "expected"), RAISED)
def test_a_file_made_to_raise_it(pdf: pikepdf.Pdf, expected: list[str]) -> None:
    assert codes(pdf) == expected


def test_too_many_sheets_in_a_fold() -> None:
    assert not [*faults_of_folding(20)]
    assert [fault.code for fault in faults_of_folding(21)] == ["PRE009"]


def test_every_code_is_raised() -> None:
    raised = {code for _, expected in RAISED for code in expected} | {"PRE009"}
    assert raised == {code for code in CODES if code.startswith("PRE")}


@pytest.mark.parametrize(
    "pdf",
    [file(BLACK), with_font(embedded=True), with_picture(300, "L"), file(b"1 g 50 50 9 9 re f")],
)
def test_a_sound_file_raises_nothing(pdf: pikepdf.Pdf) -> None:
    assert codes(pdf) == []


def test_a_turned_page_counts_as_its_sheet() -> None:
    pdf = file(BLACK, sizes=(SIZE, SIZE))
    pdf.pages[1].obj.Rotate = 90
    assert codes(pdf) == []


def test_the_spine_is_on_the_left_of_a_recto_and_on_the_right_of_a_verso() -> None:
    near_left = b"0 g 25 50 10 10 re f"  # 25 pt from the left, where the edge asks for 20
    pdf = file(near_left, sizes=(SIZE, SIZE))
    written = io.BytesIO()
    pdf.save(written)
    data = written.getvalue()
    (fault,) = faults(data, looked_at(data), DEMANDS)
    assert (fault.code, fault.pages) == ("PRE004", (1,))
    assert fault.told().endswith("(page 1 of the file)")


def test_what_is_in_forms_and_patterns_is_seen() -> None:
    pdf = file(b"q 0.5 0 0 0.5 0 0 cm /form Do Q")
    form = pdf.make_stream(
        b"1 0 0 RG 0.5 w 100 200 m 180 200 l S", Type=Name.XObject, Subtype=Name.Form,
        BBox=[0, 0, 400, 600],
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary({"/form": form})
    seen = look(pdf.pages[0])
    assert seen.has_colour
    assert seen.finest == pytest.approx(0.25)


def test_greys_are_hatched_for_a_copy_and_cover_as_much() -> None:
    import pypdfium2

    pdf = file(b"0.7 g 50 50 100 100 re f")
    blacken(pdf, hatched=True)
    assert codes(pdf) == []
    written = io.BytesIO()
    pdf.save(written)
    shown = pypdfium2.PdfDocument(written.getvalue())[0].render(scale=8).to_pil().convert("L")
    area = shown.crop((60 * 8, 160 * 8, 140 * 8, 240 * 8))
    mean = sum(area.tobytes()) / len(area.tobytes()) / 255
    assert mean == pytest.approx(0.7, abs=0.06)


def test_a_build_tells_what_a_printer_would_refuse(tmp_path: Path) -> None:
    shutil.copytree(STOCK, tmp_path / "edition")
    styles = tmp_path / "edition" / "styles"
    styles.mkdir()
    house = (Path(__file__).parent.parent / "styles" / "page.css").read_text(encoding="utf-8")
    (styles / "page.css").write_text(house + "h1 { color: #c00 }", encoding="utf-8")
    command = ["build", str(tmp_path / "edition"), "-o", str(tmp_path / "books"), "--no-cache"]
    result = CliRunner().invoke(main, [*command, "--profile", "print", "--profile", "screen"])
    assert result.exit_code == 0, result.output
    assert "PRE002" in result.output and "in the profile “print”, there is colour" in result.output
    assert "“screen”" not in result.output
    assert (tmp_path / "books" / "stock-print.pdf").is_file()
