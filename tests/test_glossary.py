"""Words that notes explain: beside the text or at the foot, and all in the glossary."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from epubchecking import messages_on
from printedition import pipeline
from printedition.sources import MemorySources

EDITION = {
    "edition.yaml": (
        "slug: 'words'\ntitle: 'Words'\nlang: 'en'\ndate: '2026-01-01'\n"
        "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
        "book:\n  - text: 'oak'\n  - commentary: 'Notes'\n  - glossary: 'Glossary'\n"
        "  - index: 'index.yaml'\n    title: 'Index'\n"
    ),
    "oak.md": (
        "# The Oak\n\n{#p1}\nBelow the oak ran a brook, and elms stood by the ford.\n\n"
        "{#p2}\nNobody crossed the brook where the Érable stood, nor any copse.\n"
    ),
    "commentary.md": (
        "## p1 “brook” {.margin .vocabulary}\n\na small *stream*\n\n"
        "## p2 “brook” {.foot .vocabulary}\n\na small stream\n\n"
        "## p1 “elms” {.vocabulary headword=elm}\n\na tall tree\n\n"
        "## p1 “ford” {.end .vocabulary}\n\na place to cross\n\n"
        "## p2 “Érable” {.end .vocabulary}\n\na maple\n\n"
        "## p2 “copse” {.margin .vocabulary audience=instructor}\n\nhidden trees\n\n"
        "## p2 “Nobody” {.end}\n\nNo name is known.\n"
    ),
    "index.yaml": (
        "- heading: 'streams'\n  forms:\n    - 'stream'\n"
        "- heading: 'crossings'\n  forms:\n    - 'cross'\n"
    ),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("glossary")
    for audience in ("", "instructor"):
        told = pipeline.build(
            MemorySources(EDITION),
            output=folder,
            formats=frozenset({"pdf", "epub"}),
            audience=audience,
        )
        assert told.diagnostics == ()
    return folder


def pages_of(path: Path) -> list[str]:
    book = pypdfium2.PdfDocument(path)
    return [
        " ".join(book[number].get_textpage().get_text_bounded().split())
        for number in range(len(book))
    ]


def test_a_word_is_explained_beside_the_text_or_at_the_foot(books: Path) -> None:
    page = pages_of(books / "words.pdf")[0]
    assert "brook a small stream" in page and "elm a tall tree" in page
    assert "a place to cross" not in page


def test_the_glossary_has_each_word_once_in_its_alphabet_with_its_places(books: Path) -> None:
    (page,) = (one for one in pages_of(books / "words.pdf") if one.startswith("Glossary", 2))
    assert page.partition("Glossary ")[2].startswith(
        "brook a small stream (p. 1, l. 1; p. 1, l. 2) elm a tall tree (p. 1, l. 1) "
        "Érable a maple (p. 1, l. 2) ford a place to cross (p. 1, l. 1)"
    )


def test_a_word_for_the_glossary_alone_is_no_note_of_the_commentary(books: Path) -> None:
    (page,) = (one for one in pages_of(books / "words.pdf") if "No name is known" in one)
    assert "maple" not in page


def test_a_word_for_one_audience_leaves_its_room_in_the_glossary(books: Path) -> None:
    for_all, for_one = (" ".join(pages_of(books / f"words{e}.pdf")) for e in ("", "-instructor"))
    assert "hidden" not in for_all and for_one.count("copse hidden trees") == 2
    with zipfile.ZipFile(books / "words.epub") as archive:
        assert not [name for name in archive.namelist() if b"hidden trees" in archive.read(name)]


def test_the_index_counts_what_stands_in_the_glossary_too_once(books: Path) -> None:
    index = pages_of(books / "words.pdf")[-1]
    assert "crossings, 4" in index or "crossings, 5" in index
    assert "streams, 1" in index and "streams, 1," not in index


def test_the_ebook_has_a_glossary_that_leads_to_the_text(books: Path) -> None:
    assert messages_on(books / "words-instructor.epub") == []
    with zipfile.ZipFile(books / "words.epub") as archive:
        (name,) = (one for one in archive.namelist() if "glossary" in one)
        page = etree.fromstring(archive.read(name))
        oak = etree.fromstring(archive.read("OEBPS/text/01-oak.xhtml"))
    (section,) = page.iter("{*}section")
    assert section.get("role") == "doc-glossary"
    assert [one.text for one in page.iter("{*}dfn")] == ["brook", "elm", "Érable", "ford"]
    for link in page.iter("{*}a"):
        file, _, name = link.get("href").partition("#")
        assert file == "01-oak.xhtml" and oak.xpath(f"//*[@id='{name}']")
    assert [one.text for one in oak.iter("{*}dfn")] == ["brook", "elm", "brook"]
