"""Titles within titles stand in italics wherever they are printed, and are named by plain words."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree

from measuring import Glyph, Sheet, read_pdf
from printedition import pipeline
from printedition.book import tree
from printedition.cli import main
from printedition.sources import MemorySources

XHTML = "{http://www.w3.org/1999/xhtml}"
RECORD = """\
slug: 'reader'
title: 'Reading *Capital*'
subtitle: 'With *Grundrisse* beside it'
lang: 'en'
page:
  opens: 'any'
witnesses:
  - siglum: 'T'
    description: 'The only witness'
texts:
  - id: 'own'
    file: 'texts/own.md'
    rights: 'Free.'
    source: 'Papers.'
    pages: 'none'
  - id: 'stated'
    file: 'texts/stated.md'
    title: 'A Preface to *Capital*'
    rights: 'Free.'
    source: 'Papers.'
    pages: 'none'
  - id: 'decree'
    include: 'decree'
    title: 'The *Decree*'
    rights: 'Free.'
    source: 'Papers.'
    pages: 'none'
syllabus:
  - when: 'Week 1'
    title: 'Books like *Capital*'
    read:
      - 'own'
      - 'stated'
      - 'decree'
book:
  - front: 'half-title'
  - front: 'title-page'
  - front: 'contents'
  - syllabus: 'What to *Read*'
  - part: 'The *First* Part'
  - text: 'own'
  - text: 'stated'
  - part: 'Other Things'
  - text: 'decree'
  - commentary: 'Remarks'
    title: 'Notes on *All*'
  - questions: 'Questions'
  - permissions: 'Sources'
"""
INCLUDED = """\
slug: 'decree'
title: 'A Decree'
lang: 'en'
witnesses:
  - siglum: 'D'
    description: 'The witness'
texts:
  - id: 'a'
    file: 'a.md'
  - id: 'b'
    file: 'b.md'
    title: 'B of *Iskra*'
book:
  - text: 'a'
  - text: 'b'
"""
WORDS = """\
Words as []{ref=stated} says.

So has []{ref=decree}.

And []{ref="part-the-first-part"}."""
FILES = {
    "edition.yaml": RECORD,
    "texts/own.md": f"# On *Capital*[^1]\n\n{{#p1}}\n{WORDS}\n\n[^1]: Its note.\n",
    "texts/stated.md": "# Preface\n\n{#p1}\nOther words, see []{ref=own}.\n",
    "texts/commentary.md": "## own/p1 “Words” {.end}\n\nA remark.\n",
    "texts/questions.md": "## own/p1 “says”\n\nWhat?\n",
    "decree/edition.yaml": INCLUDED,
    "decree/a.md": "# [*First*]{.supplied} [Buch]{lang=de}\n\nText.\n",
    "decree/b.md": "# B\n\nText of b.\n",
}
CONTENTS = [
    "What to *Read*",
    "The *First* Part",
    "On *Capital*",
    "A Preface to *Capital*",
    "Other Things",
    "The *Decree*",
    "*First* Buch",
    "B of *Iskra*",
    "Notes on *All*",
    "Questions",
    "Sources",
]


def bare(files: Mapping[str, str]) -> dict[str, str]:
    """The same edition without a mark in its titles."""
    return {path: text.replace("*", "") for path, text in files.items()}


def write(files: Mapping[str, str], folder: Path) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def styled(glyphs: list[Glyph]) -> str:
    """Printed words, those in italics between asterisks."""
    parts = []
    for italic, run in groupby(glyphs, lambda each: each.italic):
        words = "".join(each.text for each in run)
        lead = words[: len(words) - len(words.lstrip())]
        parts.append(f"{lead}*{words.strip()}*{words[len(words.rstrip()) :]}" if italic else words)
    return "".join(parts).replace("\u00a0", " ")


def lines_of(sheets: list[Sheet]) -> list[str]:
    return [styled(line.glyphs).strip() for sheet in sheets for line in sheet.all_lines()]


def composed(files: Mapping[str, str]) -> tree.Book:
    examination = pipeline.examine(MemorySources(dict(files)))
    assert examination.diagnostics == () and examination.book is not None
    return examination.book


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition as PDF, EPUB and web page, and in large print."""
    top = tmp_path_factory.mktemp("titles")
    write(FILES, top / "edition")
    command = ["build", str(top / "edition"), "-o", str(top / "books"), "-q", "--no-cache"]
    for more in (["-f", "pdf", "-f", "epub", "-f", "html"], ["-p", "large-print"]):
        done = CliRunner().invoke(main, [*command, "--strict", *more])
        assert done.exit_code == 0, done.output
    return top / "books"


@pytest.fixture(scope="module")
def printed(books: Path) -> list[str]:
    return lines_of(read_pdf(books / "reader.pdf"))


def chapter(books: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(books / "reader.epub") as book:
        path = next(path for path in book.namelist() if path.endswith(name))
        return etree.fromstring(book.read(path))


def as_html(element: etree._Element) -> str:
    """What stands in an element, with its tags for italics only."""
    parts = [element.text or ""]
    for child in element:
        inner = as_html(child)
        parts += [f"*{inner}*" if child.tag == f"{XHTML}em" else inner, child.tail or ""]
    return "".join(parts).replace("\u00a0", " ")


def starts(printed: list[str], words: str) -> bool:
    return any(line.startswith(words) for line in printed)


def test_the_contents_print_the_italics_of_titles(printed: list[str]) -> None:
    rows = [line.partition(" .")[0].strip() for line in printed if " . ." in line]
    assert rows == CONTENTS


def test_title_pages_print_them(printed: list[str]) -> None:
    assert printed.count("Reading *Capital*") == 2  # half-title and title page
    assert "*With* Grundrisse *beside it*" in printed


def test_parts_and_heads_print_them(printed: list[str]) -> None:
    for words in ("The *First* Part", "What to *Read*", "The *Decree*", "Notes on *All*"):
        assert words in printed


def test_syllabus_permissions_and_references_print_them(printed: list[str]) -> None:
    assert starts(printed, "Week 1")
    for words in ("Books like", "On *Capital*, p. 2", "A Preface to *Capital*, p. 3"):
        assert any(words in line for line in printed), words
    assert any("*Books like* Capital" in line for line in printed)
    assert starts(printed, "The *Decree*, pp. 5–6")
    for words in ("On *Capital* (p. 2)", "A Preface to *Capital* (p. 3)", "The *Decree* (pp. 5–6)"):
        assert words in printed
    running = " ".join(printed)
    for words in ("“A Preface to *Capital*”, p. 3", "“The *Decree*”, p. 5", "“On *Capital*”, p. 2"):
        assert words in running
    assert "“The *First* Part”, p. 1" in running


def test_headings_over_notes_and_questions_print_them(printed: list[str]) -> None:
    assert printed.count("On *Capital*") == 3  # its own head, and these


def test_large_print_prints_them(books: Path) -> None:
    found = lines_of(read_pdf(books / "reader-large-print.pdf"))
    rows = [line.partition(" [")[0].strip() for line in found if " . ." in line]
    assert rows == CONTENTS
    assert any("“The *Decree*”, p. 5" in line for line in found)


def test_the_navigation_of_the_e_book_has_them(books: Path) -> None:
    nav = chapter(books, "nav.xhtml")
    rows = [as_html(link) for link in nav.iterfind(f".//{XHTML}nav[@id='toc']//{XHTML}a")]
    assert [row for row in rows if row in CONTENTS] == CONTENTS
    assert "*" not in "".join(nav.itertext())
    (german,) = (one for one in nav.iter(f"{XHTML}span") if one.get("lang"))
    assert (german.get("lang"), german.text) == ("de", "Buch")
    with zipfile.ZipFile(books / "reader.epub") as book:
        older = next(path for path in book.namelist() if path.endswith("toc.ncx"))
        assert b"<text>On Capital</text>" in book.read(older)


def test_the_e_book_has_them(books: Path) -> None:
    page = chapter(books, "title-page.xhtml")
    assert [as_html(one) for one in page.iter(f"{XHTML}h1")] == ["Reading *Capital*"]
    (below,) = page.iterfind(f".//{XHTML}p[@class='subtitle']")
    assert as_html(below) == "*With *Grundrisse* beside it*"  # upright amid the italics
    read = [as_html(one) for one in chapter(books, "syllabus.xhtml").iter(f"{XHTML}a")]
    assert read == ["On *Capital*", "A Preface to *Capital*", "The *Decree*"]
    (over,) = chapter(books, "commentary.xhtml").iter(f"{XHTML}h2")
    assert as_html(over) == "On *Capital*"
    named = [as_html(one) for one in chapter(books, "own.xhtml").iter(f"{XHTML}a")]
    assert "“A Preface to *Capital*”, p. 3" in named


def test_attributes_bookmarks_and_metadata_have_plain_words(books: Path) -> None:
    for name in ("nav.xhtml", "own.xhtml", "commentary.xhtml", "syllabus.xhtml", "cover.xhtml"):
        page = chapter(books, name)
        assert all("*C" not in value for one in page.iter() for value in one.attrib.values())
    for kind in ("", "-large-print"):
        pdf = pypdfium2.PdfDocument(books / f"reader{kind}.pdf")
        assert pdf.get_metadata_value("Title") == "Reading Capital"
        marks = [mark.get_title() for mark in pdf.get_toc()]
        assert {"What to Read", "The First Part", "Notes on All", "On Capital"} <= {*marks}
    with zipfile.ZipFile(books / "reader.epub") as book:
        package = next(path for path in book.namelist() if path.endswith(".opf"))
        assert b">Reading Capital</dc:title>" in book.read(package)


def test_the_web_page_has_them(books: Path) -> None:
    page = (books / "reader.html").read_text(encoding="utf-8")
    assert '<span class="title">On <em>Capital</em></span>' in page
    assert "<title>Reading Capital</title>" in page


def test_a_book_without_subtitle_or_title_page_has_its_title(tmp_path: Path) -> None:
    record = RECORD.replace("  - front: 'title-page'\n", "").replace("subtitle: ", "description: ")
    write({**FILES, "edition.yaml": record}, tmp_path / "edition")
    done = CliRunner().invoke(
        main, ["build", str(tmp_path / "edition"), "-o", str(tmp_path), "-q", "-f", "html"]
    )
    assert done.exit_code == 0, done.output
    page = (tmp_path / "reader.html").read_text(encoding="utf-8")
    assert '<h1 class="book-title">Reading <em>Capital</em></h1>' in page


def test_marks_change_nothing_of_names_and_plain_titles() -> None:
    def told(book: tree.Book) -> list[object]:
        sections = [(one.id, one.title, one.running_title, one.collection) for one in book.sections]
        rows = [(r.href, r.title) for one in book.sections for r in one.contents]
        return [book.title, book.subtitle, book.short_title, sections, rows]

    marked, plain = composed(FILES), composed(bare(FILES))
    assert told(marked) == told(plain)
    assert not any(one.marked for one in plain.sections if one.id != "decree.a")


def test_signs_that_are_no_marks_are_printed() -> None:
    book = composed(
        {**FILES, "edition.yaml": RECORD.replace("'The *Decree*'", r"'5 * 6 [sic] \*'")}
    )
    (opening,) = (one for one in book.sections if one.collection)
    assert opening.collection == "5 * 6 [sic] *" and opening.marked_collection == ()


def test_italics_put_into_titles_are_no_change_of_a_printing(tmp_path: Path) -> None:
    content = write(bare(FILES), tmp_path / "content")
    out = ("-o", str(tmp_path / "build"))
    done = CliRunner().invoke(main, ["release", "first", str(content), *out])
    assert done.exit_code == 0, done.output
    write(FILES, content)
    said = CliRunner().invoke(
        main, ["changes", "first", "--edition", str(content), "--format", "json"]
    )
    assert said.exit_code == 0, said.output
    found = json.loads(said.output)
    parts = ("corrections", "notes", "headings", "pages", "chapters")
    assert [found[part] for part in parts] == [[], [], [], [], []]


def test_a_text_that_is_added_keeps_the_italics_of_its_heading(tmp_path: Path) -> None:
    edition = write(FILES, tmp_path / "edition")
    new = tmp_path / "new.md"
    new.write_text("# On *Iskra*, 5 \\* 6 [sic]\n\nWords of it.\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["add", str(new), "--edition", str(edition)])
    assert done.exit_code == 0, done.output
    record = (edition / "edition.yaml").read_text(encoding="utf-8")
    assert r"title: 'On *Iskra*, 5 \* 6 \[sic]'" in record
    checked = CliRunner().invoke(main, ["check", str(edition)])
    assert "MRK" not in checked.output
