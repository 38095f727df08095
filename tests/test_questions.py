"""Questions on texts: numbered, boxed, with ruled lines; answers in the instructor's book alone."""

from __future__ import annotations

import ctypes
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import etree

import printed
from printedition import pipeline
from printedition.sources import MemorySources

EDITION = {
    "edition.yaml": (
        "slug: 'asked'\ntitle: 'Asked'\nlang: 'en'\ndate: '2026-01-01'\n"
        "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
        "  - id: 'elm'\n    file: 'elm.md'\n    title: 'The Elm'\n"
        "questions:\n  lines: '3'\n"
    ),
    "oak.md": "# The Oak\n\n{#p1}\nThe oak stood alone.\n\n{#p2}\nIts leaves were turning.\n",
    "elm.md": "# The Elm\n\nThe elm fell.\n",
    "questions.md": (
        "# Questions\n\n"
        "## oak/p1 “alone”\n\nWhy alone?\n\n"
        "::: {.answer}\nNobody came.\n\nAnd nobody went.\n:::\n\n"
        "## p2 {lines=1}\n\nWhy turning?\n\n"
        "::: {.answer}\nBirch.\n\nTwo.\n\nThree.\n:::\n\n"
        "## oak {lines=0}\n\nWhat is it *about*?\n\n{.hint}\nLook up.\n\n{.answer}\nAn oak.\n\n"
        "## elm “fell”\n\nWhen?\n"
    ),
}
GATHERED = (
    "book:\n  - text: 'oak'\n  - text: 'elm'\n  - questions: 'Test Yourself'\n"
    "    short_title: 'Test'\n"
)


def built(folder: Path, files: dict[str, str], audience: str = "") -> Path:
    told = pipeline.build(
        MemorySources(files),
        output=folder,
        formats=frozenset({"pdf", "epub"}),
        audience=audience,
    )
    assert told.diagnostics == ()
    return folder / f"asked{'-' if audience else ''}{audience}.pdf"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("questions")
    return built(folder, EDITION), built(folder, EDITION, "instructor")


def words_of(path: Path, number: int) -> str:
    return pypdfium2.PdfDocument(path)[number].get_textpage().get_text_bounded()


def rules_of(path: Path, number: int) -> list[float]:
    """The heights of the lines to write on, in the order of the page, in pt."""
    page = pypdfium2.PdfDocument(path)[number]
    drawn = [
        thing.get_bounds() for thing in page.get_objects() if thing.type == pdfium.FPDF_PAGEOBJ_PATH
    ]
    assert min(low for _, low, _, _ in drawn) > 0, "nothing is drawn off the page"
    return [round(low, 1) for _, low, _, high in drawn if 19 < high - low < 21]


def base_of(path: Path, number: int, words: str) -> float:
    """The lower edge of words on a page."""
    text = pypdfium2.PdfDocument(path)[number].get_textpage()
    found = text.search(words).get_next()
    assert found is not None, words
    return float(text.get_charbox(found[0])[1])


def test_questions_are_numbered_in_each_text_with_page_and_line(books: tuple[Path, Path]) -> None:
    oak, elm = (" ".join(words_of(books[0], number).split()) for number in (0, 2))
    assert "Questions 1 Why alone? (p. 1, l. 1) 2 Why turning? (p. 1, l. 2) 3 What is it" in oak
    assert oak.rstrip(" 1").endswith("about?")
    assert "1 When? (p. 3, l. 1)" in elm


def test_both_books_have_the_same_rules_and_answers_stand_on_them(
    books: tuple[Path, Path],
) -> None:
    students, instructors = (rules_of(path, 0) for path in books)
    assert students == instructors
    assert len(students) == 3 + 3, "as many as asked for, or as the answer has lines"
    gaps = {round(high - low) for high, low in pairwise(students)}
    assert 20 in gaps
    for answer, rule in (("Nobody", 0), ("And nobody", 1), ("Birch.", 3), ("Three.", 5)):
        assert 0 < base_of(books[1], 0, answer) - students[rule] < 5, answer


def test_answers_and_hints_are_for_the_instructor_alone(books: tuple[Path, Path]) -> None:
    assert not re.search(r"Nobody|Hint|Look up|An oak|Three", words_of(books[0], 0))
    told = words_of(books[1], 0)
    assert "Hint: Look up." in told and "Answer: An oak." in told
    with zipfile.ZipFile(books[0].with_suffix(".epub")) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Nobody" not in everything and b"Look up" not in everything


def test_lines_of_questions_have_no_number(books: tuple[Path, Path]) -> None:
    assert "5" not in words_of(books[1], 0)


def test_the_ebook_has_questions_that_lead_to_their_words(books: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(books[1].with_suffix(".epub")) as archive:
        oak = etree.fromstring(archive.read("OEBPS/text/01-oak.xhtml"))
    first, *_ = oak.xpath("//*[@class='question']")
    (link,) = first.iter("{*}a")
    assert link.text.startswith("The Oak ¶ 1")
    assert oak.xpath(f"//*[@id='{link.get('href').lstrip('#')}']")
    assert not oak.xpath("//*[contains(@class, 'rule')]")


def test_questions_can_be_gathered_in_a_section(tmp_path: Path) -> None:
    path = built(tmp_path, {**EDITION, "edition.yaml": EDITION["edition.yaml"] + GATHERED})
    pages = [words_of(path, number) for number in range(len(pypdfium2.PdfDocument(path)))]
    assert "Why alone?" not in pages[0]
    gathered = "\n".join(pages[4:])
    assert "Test Yourself" in pages[4]
    order = ["The Oak", "Why alone?", "Why turning?", "about", "The Elm", "When?"]
    places = [gathered.index(words) for words in order]
    assert places == sorted(places)


def test_a_question_that_nothing_prints_is_told() -> None:
    table = {
        "edition.yaml": EDITION["edition.yaml"] + "book:\n  - text: 'oak'\n  - text: 'tree'\n",
        "tree.md": "# A Tree\n\n::: {take=elm}\n:::\n",
    }
    table["edition.yaml"] = table["edition.yaml"].replace(
        "questions:", "  - id: 'tree'\n    file: 'tree.md'\nquestions:"
    )
    found = pipeline.examine(MemorySources({**EDITION, **table})).diagnostics
    assert [(one.code, one.span.source) for one in found] == [("QUE001", "questions.md")]


def marks_of(thing: pypdfium2.PdfObject) -> list[str]:
    """The names of the marked content that something drawn stands in."""
    names = []
    for number in range(pdfium.FPDFPageObj_CountMarks(thing.raw)):
        mark = pdfium.FPDFPageObj_GetMark(thing.raw, number)
        letters, length = (ctypes.c_ushort * 50)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, letters, 100, length)
        names.append(bytes(letters)[: length.value - 2].decode("utf-16-le"))
    return names


def test_questions_are_read_after_their_text_with_their_answers_and_lines_are_not(
    books: tuple[Path, Path],
) -> None:
    page = printed.read(books[1])[0]
    read = " ".join(" ".join(piece.text for piece in page.pieces).split())
    order = ["turning.", "Questions", "Why alone?", "Nobody came", "Why turning?", "Birch", "Hint"]
    places = [read.index(words) for words in order]
    assert places == sorted(places)
    assert not any("alone" in piece.text for piece in page.seen)
    for path in books:
        for thing in pypdfium2.PdfDocument(path)[0].get_objects():
            is_rule = thing.type == pdfium.FPDF_PAGEOBJ_PATH
            assert ("Artifact" in marks_of(thing)) if is_rule else marks_of(thing)
