"""Room to write: ruled outer margins, and pages for notes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from printedition import pipeline
from printedition.sources import MemorySources

SAID = "the oak stood alone upon a hill and its leaves were turning in the wind of autumn "
EDITION = {
    "edition.yaml": (
        "slug: 'ruled'\ntitle: 'Ruled'\nlang: 'en'\ndate: '2026-01-01'\n"
        "page:\n  size: 'A4'\n  outer: '62mm'\n  ruled: 'true'\n"
        "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
        "book:\n  - text: 'oak'\n"
        "  - blank: '2'\n    title: 'Notes'\n    ruled: 'true'\n"
        "  - blank: '1'\n"
    ),
    "oak.md": f"# The Oak\n\n{{#p1}}\nAlpha {SAID * 30}\n\n{{#p2}}\nOmega {SAID * 60}\n",
    "commentary.md": "## p1 “Alpha” {.margin}\n\nA note\n",
}
MM = 72 / 25.4


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ruled")
    told = pipeline.build(MemorySources(EDITION), output=folder, formats=frozenset({"pdf", "epub"}))
    assert told.diagnostics == ()
    return folder / "ruled.pdf"


def rules_of(path: Path, number: int) -> list[tuple[float, float, float]]:
    """The left, right and height of each rule of a page, in mm from its lower left corner."""
    page = pypdfium2.PdfDocument(path)[number]
    drawn = [one.get_bounds() for one in page.get_objects() if one.type == pdfium.FPDF_PAGEOBJ_PATH]
    return [(left / MM, right / MM, low / MM) for left, low, right, _ in drawn]


def labels_of(path: Path) -> list[str]:
    read = pypdfium2.PdfDocument(path)
    return [read.get_page_label(number) for number in range(len(read))]


def test_lines_stand_in_the_outer_margin_away_from_text_edge_and_notes(book: Path) -> None:
    read = pypdfium2.PdfDocument(book)
    recto, verso = rules_of(book, 0), rules_of(book, 1)
    assert len(verso) > 25 and len(recto) >= len(verso) - 2
    for left, right, low in recto:
        assert left > 210 - 62 + 3.5 and right < 210 - 7.5 and 20 < low < 297 - 20
    for left, right, _ in verso:
        assert left > 7.5 and right < 62 - 3.5
    text = read[0].get_textpage()
    _, foot, _, top = text.get_charbox(text.search("A note").get_next()[0])
    assert not [low for _, _, low in recto if foot / MM - 1 < low < top / MM + 1]


def test_lines_are_seen_and_not_read_aloud(book: Path) -> None:
    page = pypdfium2.PdfDocument(book)[1]
    for one in page.get_objects():
        if one.type == pdfium.FPDF_PAGEOBJ_PATH:
            assert pdfium.FPDFPageObj_GetMarkedContentID(one.raw) == -1


def test_pages_for_notes_are_in_the_count_and_ruled_as_asked(book: Path) -> None:
    read = pypdfium2.PdfDocument(book)
    words = [read[number].get_textpage().get_text_bounded() for number in range(len(read))]
    first = next(number for number, said in enumerate(words) if "Notes" in said)
    assert labels_of(book)[first:] == [str(first + 1), str(first + 2), str(first + 3)]
    for number in (first, first + 1):
        rules = rules_of(book, number)
        assert 25 < len(rules) < 40 and len({round(low, 1) for _, _, low in rules}) == len(rules)
        assert min(low for _, _, low in rules) > 20
    assert rules_of(book, first + 2) == [] and words[first + 2].strip() == str(first + 3)
    lowest = read[first].get_textpage()
    _, title, _, _ = lowest.get_charbox(lowest.search("Notes").get_next()[0])
    assert all(low < title / MM for _, _, low in rules_of(book, first))


def test_the_ebook_has_no_pages_to_write_on(book: Path) -> None:
    with zipfile.ZipFile(book.with_suffix(".epub")) as archive:
        assert not [name for name in archive.namelist() if "blank" in name]
        assert b"Notes" not in archive.read("OEBPS/nav.xhtml")


def test_pages_to_write_on_were_in_the_contents_of_the_ebook(book: Path) -> None:
    """Whose page list led to them there, and large print set their numbers beside its contents."""
    last = labels_of(book)[-1]
    with zipfile.ZipFile(book.with_suffix(".epub")) as archive:
        files = {
            name: archive.read(name).decode() for name in archive.namelist() if "xhtml" in name
        }
    assert any('pagebreak-1"' in text for text in files.values()), "pages with words are listed"
    assert not [name for name, text in files.items() if f'pagebreak-{last}"' in text]


def test_lines_that_no_page_has_room_for_were_drawn_on_the_next(tmp_path: Path) -> None:
    """On A5, where their number came out so, at the place of the other side."""
    record = EDITION["edition.yaml"].replace("size: 'A4'\n  outer: '62mm'", "size: 'A5'")
    pipeline.build(
        MemorySources({**EDITION, "edition.yaml": record}),
        output=tmp_path,
        formats=frozenset({"pdf"}),
    )
    path = tmp_path / "ruled.pdf"
    read = pypdfium2.PdfDocument(path)
    first = next(n for n in range(len(read)) if "Notes" in read[n].get_textpage().get_text_range())
    for number in (first, first + 1):
        rules = rules_of(path, number)
        assert len({round(left) for left, _, _ in rules}) == 1
        assert len({round(low, 1) for _, _, low in rules}) == len(rules) > 15
