"""The pages of a source are said once, as bibliographies in the book's language have them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from printedition import pipeline
from printedition.sources import MemorySources

BIBLIOGRAPHY = """- id: 'papers'
  type: 'book'
  author:
    - family: 'Overton'
      given: 'Ann'
  title: 'Village Papers'
  publisher-place: 'Aldham'
  publisher: 'Hill'
  issued: '1921'
"""


def edition(source: str, pages: str, lang: str = "en") -> MemorySources:
    """A text with its head and the list of rights, taken from the pages of a source."""
    source, pages = (words.replace("'", "''") for words in (source, pages))
    return MemorySources(
        {
            "edition.yaml": (
                f"slug: 'x'\ntitle: 'X'\nlang: '{lang}'\n"
                "texts:\n  - id: 'memo'\n    file: 'memo.md'\n    title: 'Memo'\n"
                f"    source: '{source}'\n"
                + (f"    pages: '{pages}'\n" if pages else "")
                + "    rights: 'Free.'\n"
                "book:\n  - text: 'memo'\n  - permissions: 'Rights'\n"
            ),
            "memo.md": "# Memo\n\nWords.\n",
            "bibliography.yaml": BIBLIOGRAPHY,
        }
    )


def printed(sources: MemorySources, folder: Path) -> list[str]:
    """What the heads in the e-book say of the source: over the text, and in the list."""
    told = pipeline.build(sources, output=folder, formats=frozenset({"pdf", "epub"}))
    assert not told.has_errors, told.diagnostics
    with zipfile.ZipFile(folder / "x.epub") as book:
        pages = [etree.fromstring(book.read(name)) for name in sorted(book.namelist())
                 if name.startswith("EPUB/text/") or "/text/" in name]  # fmt: skip
    return [
        " ".join("".join(one.itertext()).replace("\u00a0", " ").split())
        for page in pages
        for one in page.iter("{*}p")
        if one.get("class") == "provenance"
    ]


@pytest.mark.parametrize(
    ("source", "pages", "said"),
    [
        ("Village Papers, Aldham 1921.", "14–16", "Village Papers, Aldham 1921, pp. 14–16."),
        ("Village Papers, Aldham 1921", "14-16", "Village Papers, Aldham 1921, pp. 14–16"),
        ("*Village Papers.*", "xiv", "Village Papers, p. xiv."),
        ("Ann Overton, “The Land.”", "3", "Ann Overton, “The Land,” p. 3."),
        ("Village Papers, p. 3.", "3", "Village Papers, p. 3."),
        ("Village Papers, pp. 1–20.", "3, 5", "Village Papers, pp. 1–20, here pp. 3, 5."),
        ("Aldham 1921. The spelling is kept.", "7", "Aldham 1921. The spelling is kept. P. 7."),
        ("Ed. by A. B. Overton, St. Ives.", "7", "Ed. by A. B. Overton, St. Ives, p. 7."),
        ("The wall of the church.", "none", "The wall of the church."),
        ("The Hill Gazette.", "front page", "The Hill Gazette, front page."),
        ("[@papers].", "14-16", "Ann Overton, Village Papers (Aldham: Hill, 1921), 14–16."),
        (
            "[@papers, pp. 14–16].",
            "14–16",
            "Ann Overton, Village Papers (Aldham: Hill, 1921), 14–16.",
        ),
        (
            "Printed from [@papers]. The spelling is kept.",
            "14–16",
            "Printed from Ann Overton, Village Papers (Aldham: Hill, 1921), 14–16. "
            "The spelling is kept.",
        ),
        (
            "[@papers, pp. 1–20].",
            "3",
            "Ann Overton, Village Papers (Aldham: Hill, 1921), 1–20, here p. 3.",
        ),
    ],
)  # fmt: skip
def test_pages_stand_in_what_is_said_of_the_source_and_once(
    source: str, pages: str, said: str, tmp_path: Path
) -> None:
    head, row = printed(edition(source, pages), tmp_path)
    assert head == f"Source: {said}"
    assert "pages used" not in row


@pytest.mark.parametrize(
    ("lang", "one", "several", "among"),
    [
        ("en", "p. 3", "pp. 3–5", "here p. 3"),
        ("de", "S. 3", "S. 3–5", "hier S. 3"),
        ("fr", "p. 3", "p. 3–5", "ici p. 3"),
        ("it", "p. 3", "pp. 3–5", "qui p. 3"),
        ("es", "p. 3", "pp. 3–5", "aquí p. 3"),
        ("ru", "с. 3", "с. 3–5", "здесь с. 3"),
        ("la", "p. 3", "pp. 3–5", "hic p. 3"),
    ],
)
def test_each_language_of_the_house_names_pages_its_own_way(
    lang: str, one: str, several: str, among: str, tmp_path: Path
) -> None:
    wanted = {"3": one, "3–5": several}
    for pages, said in wanted.items():
        assert printed(edition("Acta 1921.", pages, lang), tmp_path)[0].endswith(
            f"Acta 1921, {said}."
        )
    source = f"Acta 1921, {several.replace('3–5', '1–9')}."
    assert printed(edition(source, "3", lang), tmp_path)[0].endswith(f"1–9, {among}.")
    assert not {"RGT003"} & {
        found.code for found in pipeline.find_faults(edition(source, "", lang))
    }, "pages in the words of the language are pages"


def test_the_page_says_what_the_e_book_says(tmp_path: Path) -> None:
    printed(edition("Village Papers, Aldham 1921.", "14–16"), tmp_path)
    with pypdfium2.PdfDocument(tmp_path / "x.pdf") as pdf:
        words = " ".join(
            page.get_textpage().get_text_bounded().replace("\u00a0", " ") for page in pdf
        )
    assert " ".join(words.split()).count("Village Papers, Aldham 1921, pp. 14–16.") == 2
