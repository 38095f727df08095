"""The syllabus of a course: the pages to read, as the finished book has them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree

from printedition import pipeline
from printedition.cli import main
from printedition.sources import MemorySources

SAID = "the oak stood alone upon a hill and its leaves were turning in the wind of autumn "
EDITION = {
    "edition.yaml": (
        "slug: 'course'\ntitle: 'Course'\nlang: 'en'\ndate: '2026-01-01'\n"
        "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
        "  - id: 'elm'\n    file: 'elm.md'\n    title: 'The Elm'\n"
        "book:\n  - syllabus: 'Syllabus'\n  - text: 'oak'\n  - text: 'elm'\n"
        "  - commentary: 'Notes'\n"
        "syllabus:\n"
        "  - when: 'Week 1'\n    title: 'Beginnings'\n    date: '12 October'\n"
        "    read:\n      - 'oak/first to oak/last'\n      - 'commentary'\n"
        "    note: 'Bring a *pencil*.'\n"
        "  - when: 'Week 2'\n    read: 'oak'\n"
        "  - when: 'Week 3'\n    read:\n      - 'elm'\n      - 'oak/long'\n"
    ),
    "oak.md": (
        f"# The Oak\n\n{{#first}}\nAlpha {SAID * 12}\n\nBeta {SAID * 12}\n\n"
        f"{{#last}}\nGamma {SAID * 12}omega.\n\n{{#long}}\nDelta {SAID * 40}ending.\n"
    ),
    "elm.md": "# The Elm\n\nThe elm fell.\n",
    "commentary.md": "## elm “fell” {.end}\n\nIn a storm.\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("syllabus")
    told = pipeline.build(MemorySources(EDITION), output=folder, formats=frozenset({"pdf", "epub"}))
    assert told.diagnostics == ()
    return folder / "course.pdf"


def labelled(path: Path) -> dict[str, str]:
    """The words of each page by its label."""
    read = pypdfium2.PdfDocument(path)
    return {
        read.get_page_label(number): " ".join(
            read[number].get_textpage().get_text_bounded().split()
        )
        for number in range(len(read))
    }


def page_with(pages: dict[str, str], words: str) -> str:
    return next(label for label, text in pages.items() if words in text and "Syllabus" not in text)


def pages_of(first: str, last: str) -> str:
    return f"p. {first}" if first == last else f"pp. {first}–{last}"


def test_the_pages_to_read_are_those_of_the_book(book: Path) -> None:
    pages = labelled(book)
    first, omega, end = (page_with(pages, words) for words in ("Alpha", "omega.", "ending."))
    assert len({first, omega, end}) == 3
    elm, notes = page_with(pages, "The elm"), page_with(pages, "In a storm")
    delta = page_with(pages, "Delta")
    assert pages["i"].strip(" i") == (
        "Syllabus Week 1 12 October Beginnings "
        f"The Oak ¶ 1–3, {pages_of(first, omega)} Notes, {pages_of(notes, notes)} Bring a pencil. "
        f"Week 2 The Oak, {pages_of(first, end)} "
        f"Week 3 The Elm, {pages_of(elm, elm)} The Oak ¶ 4, {pages_of(delta, end)}"
    )


def test_the_ebook_has_the_same_pages_and_leads_to_the_texts(book: Path) -> None:
    with zipfile.ZipFile(book.with_suffix(".epub")) as archive:
        names = archive.namelist()
        (name,) = (one for one in names if "syllabus" in one)
        page = etree.fromstring(archive.read(name))
        for link in page.iter("{*}a"):
            file, _, target = link.get("href").partition("#")
            inside = etree.fromstring(archive.read(f"OEBPS/text/{file}"))
            assert inside.xpath(f"//*[@id='{target}']")
    said = " ".join("".join(page.find("{*}body").itertext()).split())
    printed = labelled(book)["i"].strip(" i")
    assert said == printed.replace("Week 1 ", "Week 1")  # parted by a break
    assert [one.get("scope") for one in page.iter("{*}th")] == ["row"] * 3


def test_a_syllabus_that_no_section_prints_is_told() -> None:
    files = {
        **EDITION,
        "edition.yaml": EDITION["edition.yaml"].replace("  - syllabus: 'S", "  # '"),
    }
    found = pipeline.examine(MemorySources(files)).diagnostics
    assert [one.code for one in found] == ["SYL001"]


def test_pages_to_read_that_grew_are_no_errata(tmp_path: Path) -> None:
    """The readers of a printing have its pages; what syllabus and heads say is right."""
    for name, words in EDITION.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    record = tmp_path / "edition.yaml"
    stated = "    title: 'The Oak'\n    source: 'A book.'\n    rights: 'Free.'\n"
    record.write_text(
        EDITION["edition.yaml"].replace("    title: 'The Oak'\n", stated), encoding="utf-8"
    )

    def run(*words: str) -> str:
        done = CliRunner().invoke(main, [*words])
        assert done.exit_code == 0, done.output
        return done.output

    run("release", "first", str(tmp_path), "-o", str(tmp_path / "build"))
    text = tmp_path / "oak.md"
    longer = text.read_text(encoding="utf-8").replace("omega.", f"omega. {SAID * 30}Added.")
    text.write_text(longer, encoding="utf-8")
    told = [
        line for line in run("errata", "first", "-e", str(tmp_path)).splitlines() if line[:1] == "-"
    ]
    assert len(told) == 1 and told[0].endswith("Added."), told
