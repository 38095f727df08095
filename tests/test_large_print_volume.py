"""Large print of a volume with parts and questions: heads, contents, marks, room to write."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from click.testing import CliRunner

from printedition.cli import main
from test_large_print import Piece, pieces

pytestmark = pytest.mark.slow

MM = 72 / 25.4
SAID = "the oak stood alone upon a hill and its leaves were turning in the wind of autumn"
QUESTIONS = "# Questions\n\n" + "".join(
    f"## oak/p{number} “Oak{number}”\n\nWhy does question{number} ask of the oak on its hill?\n\n"
    + "::: {.answer}\nBecause it stood there.\n:::\n\n" * (number == 1)
    for number in range(1, 9)
)


def record(*, ruled: bool) -> str:
    page = "page:\n  ruled: 'true'\n  outer: '50mm'\n  inner: '15mm'\n" if ruled else ""
    return (
        "slug: 'class'\ntitle: 'For a Class'\nlang: 'en'\ndate: '2026-01-01'\n"
        f"{page}questions:\n  lines: '4'\n"
        "people:\n  - name: 'Ann Author'\n    role: 'author'\n"
        "texts:\n"
        "  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n    author: 'Ann Author'\n"
        "  - id: 'elm'\n    file: 'elm.md'\n    title: 'The Elm'\n    author: 'Ann Author'\n"
        "book:\n  - front: 'title-page'\n  - front: 'imprint'\n  - front: 'contents'\n"
        "  - part: 'Trees of one kind'\n  - text: 'oak'\n"
        "  - part: 'Trees of another'\n  - text: 'elm'\n  - index: 'index.yaml'\n"
        "    title: 'Index'\n"
    )


def built(
    folder: Path,
    *,
    ruled: bool = False,
    audience: str = "",
    stated: str = "",
    others: tuple[str, ...] = (),
) -> Path:
    """The large print, made with other profiles."""
    edition = folder / "edition"
    edition.mkdir(exist_ok=True)
    oaks = "\n\n".join(f"{{#p{n}}}\nOak{n}: {SAID}, {SAID}." for n in range(1, 9))
    elm = "\n\n".join(f"> {{#e{n}}}\n> Elm{n} {SAID}, {SAID}, {SAID}." for n in range(1, 12))
    files = {
        "edition.yaml": stated or record(ruled=ruled),
        "oak.md": f"# The Oak\n\n{oaks}\n",
        "elm.md": f"# The Elm\n\n{elm}\n".replace("> {#", "{#"),
        "questions.md": QUESTIONS,
        "index.yaml": "- heading: 'oak, a tree'\n  forms:\n    - 'Oak1'\n",
    }
    for name, text in files.items():
        (edition / name).write_text(text, encoding="utf-8")
    profiles = [part for name in (*others, "large-print") for part in ("-p", name)]
    command = ["build", str(edition), "-o", str(folder), *profiles, "--no-cache", "-q"]
    more = ["--audience", audience] if audience else []
    done = CliRunner().invoke(main, [*command, *more])
    assert done.exit_code == 0, done.output
    (found,) = folder.glob("*-large-print.pdf")
    return found


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("class"))


def words(path: Path) -> list[str]:
    read = pypdfium2.PdfDocument(path)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in read]


def rules_of(path: Path, number: int) -> list[float]:
    """The heights from below, in pt, of the lines that go across most of a page."""
    page = pypdfium2.PdfDocument(path)[number]
    picture = page.render(scale=2).to_pil().convert("L")
    wide, high = picture.size
    dark = [
        y for y in range(high)
        if sum(picture.getpixel((x, y)) < 200 for x in range(0, wide, 4)) > wide / 4 * 0.6
    ]  # fmt: skip
    return [(high - y) / 2 for y in dark if y - 1 not in dark]


def lines(path: Path) -> dict[tuple[int, float], list[Piece]]:
    """What is drawn, by page and height."""
    found: dict[tuple[int, float], list[Piece]] = {}
    for one in pieces(path):
        if one.text.strip():
            found.setdefault((one.page, round(one.base)), []).append(one)
    return found


def test_heads_stood_partly_in_the_middle(book: Path) -> None:
    for said in ("For a Class", "Ann Author", "The Oak", "Trees of one kind", "Questions"):
        found = [
            one for line in lines(book).values() for one in line
            if one.text.strip() == said and one.base < 270 * MM
        ]  # fmt: skip
        assert found, said
        for one in found:
            left = (36 if one.page % 2 else 41) * MM  # where the text begins
            assert one.left == pytest.approx(left, abs=1) or one.size < 19, one
            if one.text.strip() == "Ann Author":
                assert one.left == pytest.approx(left, abs=1), one


def test_contents_did_not_tell_parts_and_texts_apart(book: Path) -> None:
    (contents,) = [n for n, said in enumerate(words(book)) if "Contents" in said]
    rows = [line for (page, _), line in lines(book).items() if page == contents]

    def row(said: str) -> Piece:
        (found,) = [one for line in rows for one in line if one.text.strip().startswith(said)]
        return found

    part, text = row("Trees of one kind"), row("The Oak")
    assert "Bold" in part.font and "Bold" not in text.font
    assert text.left > part.left + 9
    assert "Title page" not in words(book)[contents] and "Imprint" not in words(book)[contents]


def test_heads_name_the_book_and_the_section(book: Path) -> None:
    found = words(book)
    elms = [n for n, said in enumerate(found) if "Elm" in said and "Contents" not in said]
    (begun,) = [n for n in elms if "The Elm Elm1" in found[n] or "The Elm" in found[n][:60]][:1]
    later = [n for n in elms if n > begun]
    assert {n % 2 for n in later} == {0, 1}
    heads = {
        (one.page, one.text.strip()) for one in pieces(book) if "Italic" in one.font
        if one.base > 270 * MM
    }  # fmt: skip
    for number in later:
        assert (number, "For a Class" if number % 2 else "The Elm") in heads
    assert {said for page, said in heads if page == begun} == set()


def test_mark_of_a_page_stood_alone_at_the_foot(book: Path) -> None:
    """Each number in the margin has words on its line, and all end at one distance from them."""
    ends: dict[int, set[float]] = {}
    count = 0
    for (page, _), line in lines(book).items():
        line.sort(key=lambda one: one.left)
        mark = line[0]
        if "Bold" not in mark.font or not re.fullmatch(r"[ivx]+|\d+", mark.text.strip()):
            continue
        if abs(mark.size - 18) > 0.1 or mark.left > (36 if page % 2 else 41) * MM - 3:
            continue
        count += 1
        assert len(line) > 1, (page, mark)
        width = sum({"i": 0.26, "v": 0.5, "x": 0.5}.get(c, 0.51) for c in mark.text.strip())
        ends.setdefault(page % 2, set()).add(mark.left + width * 18)
    assert count >= 8
    for found in ends.values():
        assert max(found) - min(found) < 5, ends


def test_questions_had_no_lines_to_write_on(book: Path) -> None:
    asked = {n: len(re.findall(r"question\d", said)) for n, said in enumerate(words(book))}
    asked = {n: count for n, count in asked.items() if count}
    assert sum(asked.values()) == 8
    for number, count in asked.items():
        steps = [a - b for a, b in pairwise(rules_of(book, number))]
        assert sum(abs(step - 36) < 1.2 for step in steps) >= 3 * count, (number, steps)


def test_the_instructor_has_the_answer_in_place_of_its_lines(tmp_path: Path) -> None:
    found = built(tmp_path, audience="instructor")
    (page,) = [n for n, said in enumerate(words(found)) if "Because it stood there" in said]
    assert len(re.findall(r"question\d", words(found)[page])) > 1


def test_ruled_margins_were_left_out(book: Path, tmp_path: Path) -> None:
    ruled = built(tmp_path, ruled=True)
    read = pypdfium2.PdfDocument(ruled)
    for number in range(3, len(read)):
        foot = rules_of(ruled, number)[-4:]
        assert [a - b for a, b in pairwise(foot)] == pytest.approx([36, 36, 36], abs=0.6)
        drawn = [one for one in pieces(ruled) if one.page == number and one.base > 20 * MM]
        text = [one.base for one in drawn if one.size > 17]
        assert foot[0] < 70 * MM and min(text, default=foot[0] + 1) > foot[0]
    assert not [one for number in range(3, 6) for one in rules_of(book, number) if one < 27 * MM]
    for number in range(len(read)):  # seen, and not read aloud
        for one in read[number].get_objects():
            if one.type == pdfium.FPDF_PAGEOBJ_PATH:
                assert pdfium.FPDFPageObj_GetMarkedContentID(one.raw) == -1


def test_folios_of_a_style_for_screens_stood_in_large_print(tmp_path: Path) -> None:
    """Where a style of the edition's own moves words, pages for notes keep their standard folio."""
    edition = tmp_path / "edition"
    (edition / "styles").mkdir(parents=True)
    style = "p { line-height: 3 !important; }\n"
    (edition / "styles/screen.css").write_text(style, encoding="utf-8")
    stated = record(ruled=False) + "  - blank: '1'\n    title: 'Notes'\n"
    alone = folio_of_notes(built(tmp_path, stated=stated))
    assert folio_of_notes(built(tmp_path, stated=stated, others=("print", "screen"))) == alone


def folio_of_notes(path: Path) -> str:
    """The standard page that the contents of large print give for pages for notes."""
    (contents,) = [said for said in words(path) if "Contents" in said]
    (folio,) = re.findall(r"Notes \[(\d+)\]", contents)
    return str(folio)
