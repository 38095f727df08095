"""Books for one audience: the same pages and lines as those for all, and no word too many there."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree

from epubchecking import messages_on
from printedition import pipeline
from printedition.book.calls import roman
from printedition.cli import main
from printedition.sources import MemorySources

SAID = "the oak stood alone upon a hill and its leaves were turning in the wind of autumn"


def paragraph(number: int) -> str:
    """A paragraph of some lines, with a word of its own."""
    leaves = SAID.split()
    words = [leaves[(number * 5 + at * 7) % len(leaves)] for at in range(60)]
    return f"{{#p{number}}}\nParagraph tree{number} {' '.join(words)}.\n"


EDITION = {
    "edition.yaml": (
        "slug: 'oaks'\ntitle: 'Oaks'\nlang: 'en'\ndate: '2026-01-01'\n"
        "identifier: 'urn:isbn:9780306406157'\n"
        "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
        "book:\n"
        "  - front: 'title-page'\n  - front: 'contents'\n  - prose: 'preface.md'\n"
        "  - text: 'oak'\n"
        "  - prose: 'plan.md'\n    audience: 'instructor'\n"
        "  - commentary: 'Commentary'\n  - index: 'index.yaml'\n"
    ),
    "oak.md": "# The Oak\n\n" + "\n".join(paragraph(number) for number in range(1, 25)),
    "preface.md": (
        "# Preface\n\nRead slowly.\n\n"
        "::: {audience=instructor}\n## Hidden head\n\nHidden words, for instance.[^1]\n\n"
        "- Hidden item\n:::\n\n"
        "Then discuss.[^2]\n\n[^1]: Hidden note.\n\n[^2]: Open note.\n"
    ),
    "plan.md": "# Hidden plan\n\nHidden weeks.\n",
    "commentary.md": (
        "## p2 “tree2” {.foot}\n\nOpen foot.\n\n"
        "## p3 “tree3” {.foot audience=instructor}\n\nHidden foot.\n\n"
        "## p4 “tree4” {.foot}\n\nOpen foot again.\n\n"
        "## p5 “tree5” {.margin audience=instructor}\n\nHidden margin.\n\n"
        "## p6 “tree6” {.end audience=instructor}\n\nHidden end.\n\n"
        "## p7 “tree7” {.end}\n\nOpen end, [see there]{ref=oak/p3}.\n"
    ),
    "questions.md": (
        "## p3 “tree3” {lines=2}\n\nOpen question?\n\n{.hint}\nHidden clue.\n\n"
        "::: {.answer}\nHidden answer on the lines.\n\nHidden second paragraph.\n\n"
        "Hidden third.\n:::\n\n"
        "## p4 {audience=instructor}\n\nHidden question?\n\n"
        "## oak\n\nOpen question on the whole?\n\n{.answer}\nHidden answer without lines.\n"
    ),
    "index.yaml": "- heading: 'autumn'\n  forms:\n    - 'autumn'\n",
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books for all, and those for the instructor."""
    folder = tmp_path_factory.mktemp("audiences")
    for audience in ("", "instructor"):
        told = pipeline.build(
            MemorySources(EDITION),
            output=folder,
            formats=frozenset({"pdf", "epub"}),
            audience=audience,
        )
        assert told.diagnostics == ()
    return folder


def lines_of(path: Path) -> list[list[str]]:
    """The lines of each page, as PDFium reads them."""
    book = pypdfium2.PdfDocument(path)
    return [
        book[number].get_textpage().get_text_bounded().splitlines() for number in range(len(book))
    ]


def is_hidden(line: str) -> bool:
    return "Hidden" in line


def test_both_books_have_the_same_words_in_the_same_places_but_for_what_is_hidden(
    books: Path,
) -> None:
    for_all, for_one = (lines_of(books / f"oaks{end}.pdf") for end in ("", "-instructor"))
    assert len(for_all) == len(for_one)
    for number, (page, whole) in enumerate(zip(for_all, for_one, strict=True)):
        assert not any(map(is_hidden, page)), number
        if number and any(map(is_hidden, whole)):
            kept = [line for line in whole if not is_hidden(line)]
            assert [line for line in kept if line in page] == page, number
        elif number:  # the title page says whose book it is
            assert page == whole, number
    assert sum(is_hidden(line) for page in for_one for line in page) >= 8


def test_each_page_of_a_text_begins_with_the_same_word_at_the_same_height(books: Path) -> None:
    maps = [
        json.loads((books / f"oaks{end}.map.json").read_text(encoding="utf-8"))
        for end in ("", "-instructor")
    ]
    lines = [[one for one in each["texts"]["oak"] if one["number"]] for each in maps]
    assert lines[0] == lines[1] and len(lines[0]) > 100
    assert [page["label"] for page in maps[0]["pages"]] == [p["label"] for p in maps[1]["pages"]]
    names = [{one["id"]: one["box"] for one in each["entries"] + each["margins"]} for each in maps]
    assert names[0].items() < names[1].items()


def test_nothing_hidden_is_in_any_file_of_the_book_for_all(books: Path) -> None:
    book = pypdfium2.PdfDocument(books / "oaks.pdf")
    assert not any(is_hidden(mark.get_title()) for mark in book.get_toc())
    assert "Hidden" not in (books / "oaks.map.json").read_text(encoding="utf-8")
    with zipfile.ZipFile(books / "oaks.epub") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, data in files.items() if b"Hidden" in data]
    assert not [name for name in files if "plan" in name]


def test_notes_for_one_audience_take_no_number_from_the_others(books: Path) -> None:
    with zipfile.ZipFile(books / "oaks-instructor.epub") as archive:
        pages = [etree.fromstring(archive.read(n)) for n in archive.namelist() if "text/" in n]
    labels = [
        call.text
        for page in pages
        for call in page.iter("{*}a")
        if call.get("role") == "doc-noteref"
    ]
    assert labels == ["i", "*", "1", "i", "2"]
    printed = "\n".join(line for page in lines_of(books / "oaks-instructor.pdf") for line in page)
    assert re.search(r"^\d+ tree3\] Hidden foot\.", printed, re.M)


def test_the_book_for_one_audience_is_another_book(books: Path) -> None:
    package = {}
    for name in ("oaks", "oaks-instructor"):
        assert messages_on(books / f"{name}.epub") == []
        with zipfile.ZipFile(books / f"{name}.epub") as archive:
            package[name] = etree.fromstring(archive.read("OEBPS/content.opf"))
    titles = [each.findtext(".//{*}title") for each in package.values()]
    assert titles == ["Oaks", "Oaks: Instructor’s book"]
    of_all, of_one = (each.findtext(".//{*}identifier") for each in package.values())
    assert of_all == "urn:isbn:9780306406157" and of_one.startswith("urn:uuid:")


def test_a_word_for_one_audience_stands_in_no_index() -> None:
    files = {**EDITION, "index.yaml": "- heading: 'instance'\n  forms:\n    - 'instance'\n"}
    found = pipeline.examine(MemorySources(files)).diagnostics
    assert [one.code for one in found] == ["IDX001"]


def test_a_book_for_an_audience_that_nobody_declared_is_not_made(tmp_path: Path) -> None:
    for path, text in EDITION.items():
        (tmp_path / "edition" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "edition" / path).write_text(text, encoding="utf-8")
    command = ["build", str(tmp_path / "edition"), "-o", str(tmp_path / "books"), "--no-cache"]
    for name, cure in (("instrutor", "did you mean “instructor”?"), ("dean", "instructor.")):
        told = CliRunner().invoke(main, [*command, "--audience", name])
        assert told.exit_code == 2 and "--audience" in told.stderr, "it was blamed on edition.yaml"
        assert " ".join(told.stderr.split()).endswith(cure)
    assert not (tmp_path / "books").exists()


def test_small_roman_numerals() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99, 1994)] == [
        "i", "iv", "ix", "xiv", "xl", "xcix", "mcmxciv",
    ]  # fmt: skip


APART = {
    **{name: text for name, text in EDITION.items() if name != "plan.md"},
    "edition.yaml": EDITION["edition.yaml"].replace(
        "  - prose: 'plan.md'\n    audience: 'instructor'\n", ""
    )
    + "  - appendix: 'Hidden Part'\n    audience: 'instructor'\n",
}


def test_an_appendix_has_all_that_is_for_one_audience_and_moves_no_page(tmp_path: Path) -> None:
    for audience in ("", "instructor"):
        told = pipeline.build(
            MemorySources(APART),
            output=tmp_path,
            formats=frozenset({"pdf", "epub"}),
            audience=audience,
        )
        assert told.diagnostics == ()
    for_all, for_one = (lines_of(tmp_path / f"oaks{end}.pdf") for end in ("", "-instructor"))
    contents = next(number for number, page in enumerate(for_all) if "Contents" in page)
    for number, page in enumerate(for_all):
        same = for_one[number]
        if number == contents:
            assert page == [line for line in same if not is_hidden(line)]
        elif number:
            assert page == same, number
    assert not any(is_hidden(line) for page in for_all for line in page)
    more = " ".join(line for page in for_one[len(for_all) :] for line in page)
    order = [
        "Hidden Part", "Preface", "Hidden head", "Hidden words", "The Oak", "Hidden foot",
        "Hidden margin", "Hidden end", "Question 1 · Hint", "Hidden clue", "Question 1 · Answer",
        "Hidden answer on the lines", "Question i", "Hidden question?", "Hidden answer without",
    ]  # fmt: skip
    places = [more.index(words) for words in order]
    assert places == sorted(places)
    assert "i Hidden note." in more and "tree3" in more
    assert messages_on(tmp_path / "oaks-instructor.epub") == []
    with zipfile.ZipFile(tmp_path / "oaks.epub") as archive:
        assert not [name for name in archive.namelist() if b"Hidden" in archive.read(name)]
