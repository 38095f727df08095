"""The picture of the ways through versions in large print."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from click.testing import CliRunner

from printedition.cli import main
from test_large_print import pieces

pytestmark = pytest.mark.slow

RECORD = (
    "slug: 'ways'\ntitle: 'Two Wordings'\nlang: 'en'\ndate: '2026-01-01'\n"
    "texts:\n  - id: 'A'\n    file: 'a.md'\n    title: 'A'\n"
    "  - id: 'C'\n    file: 'c.md'\n    title: 'C'\n"
    "book:\n  - parallel: 'parallel.yaml'\n    title: 'Both'\n"
    "profiles:\n  - name: 'huge'\n    like: 'large-print'\n    type: '40pt'\n"
)
PARALLEL = "title: 'Both'\nversions:\n" + "".join(
    f"  - text: '{name}'\n    title: 'The wording {name}'\n" for name in "AC"
)
ROWS = "rows:\n" + "".join(
    f"  - id: 'r{n}'\n    title: 'Row {n}'\n    blocks:\n      - 'A/c{n}'\n      - 'C/c{n}'\n"
    for n in range(1, 8)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of seven clauses the first has a label of words."""
    top = tmp_path_factory.mktemp("ways")
    (top / "edition").mkdir()
    text = "".join(
        f"{{#c{n} .clause label={'preamble' if n == 1 else n}}}\n"
        f"{n}. {'The council meets. ' * n}\n\n"
        for n in range(1, 8)
    )
    files = {
        "a.md": f"# A\n\n{text}",
        "c.md": f"# C\n\n{text.replace('The council meets', 'Nobody comes here now')}",
    }
    for name, words in {**files, "edition.yaml": RECORD, "parallel.yaml": PARALLEL + ROWS}.items():
        (top / "edition" / name).write_text(words, encoding="utf-8")
    command = ["build", str(top / "edition"), "-o", str(top), "--no-cache", "-q"]
    done = CliRunner().invoke(main, [*command, "-p", "large-print", "-p", "huge"])
    assert done.exit_code == 0, done.output
    return top


def found_in(path: Path, said: str) -> list[tuple[float, float, float]]:
    """Left, base and height of the first letter of some words, wherever they stand, in pt."""
    found = []
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        search = text.search(said, match_case=True)
        while at := search.get_next():
            left, low, _, high = text.get_charbox(at[0])
            found.append((left, low, high - low))
    return found


def test_labels_of_the_picture_were_tiny(folder: Path) -> None:
    path = folder / "ways-large-print.pdf"
    (left, base, high), (right, level, as_high), (_, _, of_text), *_ = found_in(path, "preamble")
    assert (high, as_high) == pytest.approx((of_text, of_text), rel=0.02)  # the list's, in 18 pt
    assert level == pytest.approx(base, abs=1) and right - left > 200


def test_a_picture_without_room_for_large_labels_leaves_the_words(folder: Path) -> None:
    path = folder / "ways-huge.pdf"
    assert found_in(path, "Row 7:") and len(found_in(path, "preamble")) == 2  # of one sentence
    assert not found_in(path, "The picture") and not found_in(path, "box")


def test_numbers_in_underlined_words_were_underlined(folder: Path) -> None:
    path = folder / "ways-large-print.pdf"
    raised = [one for one in pieces(path) if one.size == pytest.approx(14.4, abs=0.1)]
    numbers = [one for one in raised if one.text.strip() in ("5", "10", "15", "20")]
    assert len(numbers) >= 2
    underlined = 0
    for number, page in enumerate(pypdfium2.PdfDocument(path)):
        drawn = [o for o in page.get_objects() if o.type == pdfium.FPDF_PAGEOBJ_PATH]
        for left, low, right, high in (one.get_bounds() for one in drawn):
            underlined += high - low < 6 and right - left > 50
            for one in numbers:
                near = one.page == number and 0 < one.base - low < 14 and high - low < 6
                assert not (near and left < one.left + 3 < right), (one, left, right)
    assert underlined >= 4
