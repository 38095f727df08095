"""Files for a press: their boxes, ink and form, and the cover with its spine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from conformance import A2U, against
from printedition import pipeline
from printedition.book.templates import Templates
from printedition.cli import main
from printedition.diagnostics import Findings
from printedition.page.jacket import jacket
from printedition.sources import DiskSources

pytestmark = pytest.mark.slow

STOCK = Path(__file__).parent / "checks" / "stock"
MM = 72 / 25.4
OWN = """
description: 'A letter.'
profiles:
  - name: 'offset'
    like: 'press'
    standard: 'pdf/x-4'
    icc: 'coated.icc'
    bleed: '5mm'
    leaf: '2mm'
    multiple: '8'
"""
# The head of an ICC profile: of a printer, for four inks (ICC.1:2022, 7.2); no tags.
ICC = bytes(12) + b"prtrCMYKLab " + bytes(12) + b"acsp" + bytes(88) + bytes(4)


def build(edition: Path, output: Path) -> None:
    command = ["build", str(edition), "-o", str(output), "-q", "--strict", "--no-cache"]
    result = CliRunner().invoke(main, [*command, "-p", "press", "-p", "offset"])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("press")
    shutil.copytree(STOCK, top / "edition")
    record = top / "edition" / "edition.yaml"
    record.write_text(record.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    (top / "edition" / "coated.icc").write_bytes(ICC)
    build(top / "edition", top / "books")
    return top / "books"


@pytest.mark.parametrize(("name", "bleed"), [("press", 3), ("offset", 5)])
def test_pages_are_trimmed_and_bleed(books: Path, name: str, bleed: int) -> None:
    with pikepdf.open(books / f"stock-{name}.pdf") as pdf:
        assert len(pdf.pages) % 4 == 0
        for page in pdf.pages:
            left, foot, right, top = (float(edge) for edge in page.trimbox)
            assert (right - left, top - foot) == pytest.approx((148 * MM, 210 * MM), abs=0.01)
            for box in (page.mediabox, page.obj.BleedBox):
                sides = [float(a) - float(b) for a, b in zip(box, page.trimbox, strict=True)]
                wide = bleed * MM
                assert sides == pytest.approx([-wide, -wide, wide, wide], abs=0.01)


@pytest.mark.parametrize("name", ["press", "offset"])
def test_a_press_gets_gray_alone_and_nothing_for_screens(books: Path, name: str) -> None:
    for file in (f"stock-{name}.pdf", f"stock-{name}.cover.pdf"):
        with pikepdf.open(books / file) as pdf:
            used = {
                str(one.operator)
                for page in pdf.pages
                for one in pikepdf.parse_content_stream(page)
            }
            assert not used & {"rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"}
            assert "g" in used
            assert not any("/Annots" in page.obj for page in pdf.pages)
            assert "/StructTreeRoot" not in pdf.Root


def test_archives_get_pdf_a(books: Path) -> None:
    with pikepdf.open(books / "stock-press.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        with pdf.open_metadata() as words:
            assert (words["pdfaid:part"], words["pdfaid:conformance"]) == ("2", "U")
            assert words.pdfa_status == "2U"
            assert "pdfuaid:part" not in words
            assert words["dc:title"] == pdf.docinfo["/Title"] == "A Letter"


def test_archives_files_break_no_rule_of_pdf_a(books: Path) -> None:
    for file in ("stock-press.pdf", "stock-press.cover.pdf"):
        assert against(books / file, A2U) == []
    assert against(books / "stock-offset.pdf", A2U) != []


@pytest.mark.parametrize("file", ["stock-offset.pdf", "stock-offset.cover.pdf"])
def test_presses_files_keep_to_what_pdf_x_forbids(books: Path, file: str) -> None:
    """ISO 15930-7, 6: by hand, since no checker of PDF/X that is free is to be had."""
    with pikepdf.open(books / file) as pdf:
        assert not pdf.is_encrypted and "/ID" in pdf.trailer
        assert not {"/OpenAction", "/AA", "/AcroForm", "/OCProperties"} & {*pdf.Root.keys()}
        assert not {"/JavaScript", "/EmbeddedFiles"} & {*pdf.Root.get("/Names", {}).keys()}
        for page in pdf.pages:
            assert "/TrimBox" in page.obj and "/ArtBox" not in page.obj
            boxes = [[float(edge) for edge in page.obj[n]] for n in ("/MediaBox", "/BleedBox")]
            trim = [float(edge) for edge in page.obj.TrimBox]
            for outer, inner in ((boxes[0], boxes[1]), (boxes[1], trim)):
                assert outer[0] <= inner[0] and outer[1] <= inner[1]
                assert outer[2] >= inner[2] and outer[3] >= inner[3]
            if "/Group" in page.obj:
                assert page.obj.Group.CS == "/DeviceGray"
        kinds = {
            str(one.get("/S", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)
        }
        assert not kinds & {"/JavaScript", "/Launch", "/URI", "/SubmitForm"}
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert not any("/OPI" in one or "/PS" in one or "/Ref" in one for one in forms)
        assert not any("/LZWDecode" in str(one.get("/Filter", "")) for one in forms)
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        descriptors = [one for one in fonts if one.get("/Type") == "/FontDescriptor"]
        assert descriptors and all(
            "/FontFile3" in one or "/FontFile2" in one for one in descriptors
        )


def test_presses_get_pdf_x_with_the_profile_of_the_edition(books: Path) -> None:
    with pikepdf.open(books / "stock-offset.pdf") as pdf:
        assert pdf.pdf_version == "1.6"
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert intent.DestOutputProfile.read_bytes() == ICC
        assert intent.DestOutputProfile.N == 4
        assert pdf.docinfo["/Trapped"] == "/False"
        with pdf.open_metadata() as words:
            assert words.pdfx_status == "PDF/X-4"
            for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
                assert words[key] == "2026-11-24"
            assert words["xmpMM:DocumentID"].startswith("uuid:")


@pytest.mark.parametrize(("name", "leaf", "bleed"), [("press", 0.1, 3), ("offset", 2, 5)])
def test_the_cover_has_a_spine_as_thick_as_the_book(
    books: Path, name: str, leaf: float, bleed: int
) -> None:
    pages = len(pypdfium2.PdfDocument(books / f"stock-{name}.pdf"))
    spine = pages / 2 * leaf
    cover = pypdfium2.PdfDocument(books / f"stock-{name}.cover.pdf")
    assert len(cover) == 1
    left, foot, right, top = cover[0].get_trimbox()
    assert (right - left) / MM == pytest.approx(2 * 148 + spine, abs=0.05)
    assert (top - foot) / MM == pytest.approx(210, abs=0.05)
    left, foot, right, top = cover[0].get_mediabox()
    assert (right - left) / MM == pytest.approx(2 * (148 + bleed) + spine, abs=0.05)
    text = cover[0].get_textpage()
    front = text.get_text_bounded((148 + spine) * MM, 0, 999, 999)
    assert "A Letter" in front and "Anna Writer" in front
    assert "A letter." in text.get_text_bounded(0, 0, 148 * MM, 999)
    on_spine = text.get_text_bounded(148 * MM, 0, (148 + spine) * MM, 999)
    assert ("Writer" in on_spine) == (spine >= 5)


def test_the_same_source_gives_the_same_files(books: Path, tmp_path: Path) -> None:
    build(books.parent / "edition", tmp_path)
    for file in books.glob("*.pdf"):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_cover_without_an_author_named_nobody(tmp_path: Path) -> None:
    shutil.copytree(STOCK, tmp_path / "edition")
    record = tmp_path / "edition" / "edition.yaml"
    words = record.read_text(encoding="utf-8").replace("role: 'author'", "role: 'editor'")
    record.write_text(words, encoding="utf-8")
    sources = DiskSources(tmp_path / "edition")
    made = pipeline.examine(sources)
    assert made.edition is not None and made.book is not None
    told = made.edition.page, 0.0, "", sources, Templates(sources).render, Findings()
    cover = pypdfium2.PdfDocument(jacket(made.book, *told))[0].get_textpage()
    assert "Edited by Anna Writer" in cover.get_text_range()
