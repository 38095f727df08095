"""Titles in an index stand in italics, and are named, sorted and compared by their plain words."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from itertools import groupby, product
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from measuring import Glyph, read_pdf
from printedition import pipeline
from printedition.book import tree
from printedition.cli import main
from printedition.sources import MemorySources
from volumes import edition, inside

XHTML = "{http://www.w3.org/1999/xhtml}"
INDEX = """\
- heading: 'Zinoviev'
  forms:
    - 'Zinoviev'
  see_also:
    - '*Capital*'
    - 'Lenin: *Works*'
- heading: '*Capital*, vol. 1'
  forms:
    - 'Capital'
- heading: 'capitals'
  forms:
    - 'capitals'
- heading: '*Capital*'
  type: 'subject'
  description: 'a book'
  subheadings:
    - heading: 'in *Iskra*'
- heading: 'book'
  see: 'Capital'
- heading: 'Lenin'
  forms:
    - 'Lenin'
  subheadings:
    - heading: '*Works*'
      forms:
        - 'Works'
- heading: '[das Buch]{lang=de}'
  see: '*Capital*: in Iskra'
"""
WORDS = (
    "Zinoviev read Capital in capitals, Lenin his Works; "
    'he [read]{index="Capital: in *Iskra*"} [it]{index="*Capital*"}.'
)


def small(index: str = INDEX, words: str = WORDS) -> dict[str, str]:
    """An edition of one text, with an index and a register of it."""
    book = "  - register: 'index.yaml'\n    title: 'Persons'\n  - index: 'index.yaml'\n"
    return {**edition("small", title="A letter", words=words, book=book), "index.yaml": index}


def built(files: Mapping[str, str], folder: Path) -> Path:
    formats = frozenset(("pdf", "epub"))
    made = pipeline.build(MemorySources(dict(files)), output=folder, formats=formats)
    assert made.diagnostics == ()
    return folder


def index_of(files: Mapping[str, str]) -> list[tree.IndexItem]:
    """The headings of an edition's index as they stand."""
    examination = pipeline.examine(MemorySources(dict(files)))
    assert examination.diagnostics == () and examination.book is not None
    groups = (group for one in examination.book.sections for group in one.index)
    return [item for group in groups for item in group.items]


def told(index: str, words: str = WORDS) -> list[tuple[str, str, str | None]]:
    found = pipeline.examine(MemorySources(small(index, words))).diagnostics
    return [(one.code, one.message, one.hint) for one in found]


def styled(glyphs: list[Glyph]) -> str:
    """Printed words, those in italics between asterisks."""
    parts = []
    for italic, run in groupby(glyphs, lambda each: each.italic):
        words = "".join(each.text for each in run)
        parts.append(f"*{words.strip()}*{words[len(words.rstrip()) :]}" if italic else words)
    return "".join(parts)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(small(), tmp_path_factory.mktemp("italics"))


@pytest.fixture(scope="module")
def printed(books: Path) -> str:
    """The lines of the register and the index, as they are printed."""
    sheets = read_pdf(books / "small.pdf")
    return "\n".join(styled(line.glyphs) for sheet in sheets for line in sheet.all_lines())


def chapter(books: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(books / "small.epub") as book:
        path = next(path for path in book.namelist() if path.endswith(f"{name}.xhtml"))
        return etree.fromstring(book.read(path))


def as_html(element: etree._Element) -> str:
    """What stands in an element, with its tags for italics only."""
    parts = [element.text or ""]
    for child in element:
        inner = as_html(child)
        parts += [f"*{inner}*" if child.tag == f"{XHTML}em" else inner, child.tail or ""]
    return "".join(parts)


def test_headings_and_subheadings_are_printed_in_italics(printed: str) -> None:
    assert "*Capital*, a book, 1" in printed
    assert "*Capital*, vol. 1, 1" in printed
    assert "in *Iskra*, 1" in printed and "*Works*, 1" in printed
    assert "capitals, 1" in printed and "Zinoviev, 1" in printed
    assert "Zinoviev read Capital in capitals" in printed  # the text stays as it is


def test_references_repeat_the_italics_however_they_are_written(printed: str) -> None:
    assert "book. See *Capital*" in printed
    assert "Zinoviev, 1. See also *Capital*; Lenin: *Works*" in printed
    assert "das Buch. See *Capital*: in *Iskra*" in printed


def test_see_is_in_italics_but_before_italics(tmp_path: Path) -> None:
    index = INDEX.replace("see: 'Capital'", "see: 'Lenin'")
    lines = [
        styled(line.glyphs)
        for sheet in read_pdf(built(small(index), tmp_path) / "small.pdf")
        for line in sheet.all_lines()
    ]
    assert any("book. *See* Lenin" in line for line in lines)
    assert any("Zinoviev, 1. See also *Capital*;" in line for line in lines)


def test_a_heading_that_stands_again_does_so_in_italics(tmp_path: Path) -> None:
    names = ["".join(letters) for letters in product("ABDEG", "aeiou", ("nna", "rno", "sta"))]
    subs = "".join(f"    - heading: '{name}'\n      forms:\n        - '{name}'\n" for name in names)
    index = f"- heading: 'read in *Iskra*'\n  subheadings:\n{subs}"
    folder = built(small(index, ", ".join(names)), tmp_path)
    printed = "\n".join(
        styled(line.glyphs)
        for sheet in read_pdf(folder / "small.pdf")
        for line in sheet.all_lines()
    )
    assert printed.count("read in *Iskra (continued)*") >= 1


def test_a_register_has_the_italics_of_the_index(printed: str, books: Path) -> None:
    assert "\n*Capital*a book\n*Capital*, vol. 1\ncapitals\n" in printed
    names = chapter(books, "register").iter(f"{XHTML}th")
    assert [as_html(name) for name in names][:2] == ["*Capital*", "*Capital*, vol. 1"]


def test_the_e_book_has_the_same_italics(books: Path) -> None:
    page = chapter(books, "index")
    items = [
        as_html(one).strip() for one in page.iter(f"{XHTML}li") if one.find(f"{XHTML}ul") is None
    ]
    assert items == [
        "book. See *Capital*",
        "in *Iskra*, 1",
        "*Capital*, vol. 1, 1",
        "capitals, 1",
        "das Buch. See *Capital*: in *Iskra*",
        "*Works*, 1",
        "Zinoviev, 1. See also *Capital*; Lenin: *Works*",
    ]
    (german,) = (one for one in page.iter(f"{XHTML}span") if one.get("lang"))
    assert (german.get("lang"), german.text) == ("de", "das Buch")
    assert all("*" not in value for one in page.iter() for value in one.attrib.values())


def test_marks_change_nothing_of_the_order_and_the_places() -> None:
    bare = "".join(sign for sign in INDEX if sign != "*").replace("[das Buch]{lang=de}", "das Buch")

    def told_of(item: tree.IndexItem) -> tuple[object, ...]:
        others = [(other.id, other.heading) for other in (*item.see, *item.see_also)]
        return item.id, item.heading, item.locators, others, [*map(told_of, item.subheadings)]

    assert bare != INDEX
    marked, plain = index_of(small()), index_of(small(bare, WORDS.replace("*", "")))
    assert [told_of(item) for item in marked] == [told_of(item) for item in plain]
    assert [item.heading for item in marked][:3] == ["book", "Capital", "Capital, vol. 1"]


def test_index_in_the_text_is_written_with_the_asterisks_or_without() -> None:
    blocks = (
        '{#p2 index="Capital: in *Iskra*"}\nHis article.',
        '::: {index="*Capital*: in Iskra"}\nThe editor.\n:::',
    )
    words = "\n\n".join((WORDS, *blocks))
    item = next(one for one in index_of(small(words=words)) if one.heading == "Capital")
    assert [len(sub.locators) for sub in item.subheadings] == [3]


def test_what_is_misspelt_is_told_by_plain_words() -> None:
    assert told(INDEX.replace("- '*Capital*'\n", "- '*Capitel*'\n")) == [
        ("IDX003", "the index has no heading “Capitel”", "did you mean “Capital”?")
    ]
    assert told(INDEX, WORDS.replace("*Iskra*", "*Iskre*"))[-1] == (
        "IDX009",
        "no index has the heading “Capital: in Iskre”",
        "did you mean “Capital: in Iskra”?",
    )


def test_a_heading_with_and_without_italics_stands_twice() -> None:
    twice = INDEX + "- heading: '*capital*s'\n  forms:\n    - 'Capital'\n"
    assert ("IDX002", "the heading “capitals” stands twice", None) in told(twice)


def test_a_call_amid_emphasis_is_told_too() -> None:
    (found,) = told(INDEX.replace("'*Capital*, vol. 1'", "'*Capital[^1]*, vol. 1'"))
    assert found[:2] == ("NOT003", "a note is called where no note can be")


def test_signs_that_are_no_marks_are_printed() -> None:
    index = "- heading: '5 * 6 [sic] \\*'\n  see: 'x'\n- heading: 'x'\n  forms:\n    - 'Lenin'\n"
    (first, _) = index_of(small(index, "Lenin."))
    assert first.heading == "5 * 6 [sic] *" and first.marked == ()


def test_headings_of_editions_in_a_volume_are_one_with_italics_or_without() -> None:
    def included(name: str, heading: str, more: str = "") -> dict[str, str]:
        book = "  - index: 'index.yaml'\n"
        words = 'The paper [was read]{index="' + heading + '"}.'
        made = edition(name, title=f"The {name}", words=words, book=book)
        kind = f"- heading: '{heading}'\n{more}"
        return inside(name, {**made, "index.yaml": kind + "- heading: 'paper'\n  see: 'Iskra'\n"})

    record = (
        "slug: 'volume'\ntitle: 'A volume'\nlang: 'en'\nrights:\n  - 'None.'\ntexts:\n"
        + "".join(f"  - id: '{name}'\n    include: '{name}'\n" for name in ("one", "two", "three"))
        + "book:\n"
        + "".join(f"  - text: '{name}'\n" for name in ("one", "two", "three"))
        + "  - permissions: 'Sources'\n  - index: 'index.yaml'\n"
    )
    files = {
        "edition.yaml": record,
        "index.yaml": "",
        **included("one", "Iskra", "  type: 'subject'\n"),
        **included("two", "*Iskra*"),
        **included("three", "*Iskra*", "  type: 'place'\n"),
    }
    both, place, paper = index_of(files)
    assert (both.heading, len(both.locators)) == ("Iskra", 2)
    assert both.marked == (tree.Phrase("em", (tree.Words("Iskra"),)),)
    assert place.heading == "Iskra (The three)"
    assert place.marked == (tree.Phrase("em", (tree.Words("Iskra"),)), tree.Words(" (The three)"))
    assert [other.marked for other in paper.see] == [both.marked, place.marked]


def test_the_list_of_headings_has_their_plain_words(tmp_path: Path) -> None:
    write(small(), tmp_path)
    done = CliRunner().invoke(main, ["index", str(tmp_path), "--format", "json"])
    listed = json.loads(done.output)["indexes"][0]["headings"]
    assert [one["heading"] for one in listed][1:3] == ["Capital", "Capital, vol. 1"]
    assert listed[0]["see"] == ["Capital"]


def write(files: Mapping[str, str], folder: Path) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def test_italics_put_into_an_index_are_no_change_of_its_headings(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(small(INDEX.replace("*", ""), WORDS.replace("*", "")), content)
    out = ("-o", str(tmp_path / "build"))
    done = CliRunner().invoke(main, ["release", "first", str(content), *out])
    assert done.exit_code == 0, done.output
    write(small(), content)
    said = CliRunner().invoke(
        main, ["changes", "first", "--edition", str(content), "--format", "json"]
    )
    assert said.exit_code == 0, said.output
    found = json.loads(said.output)
    told_of = ("corrections", "notes", "headings", "pages", "chapters")
    assert [found[part] for part in told_of] == [[], [], [], [], []]


def test_titles_that_the_real_edition_sets_in_italics_are_so_in_its_index(built: Path) -> None:
    """As in its commentary, and as its list of works cited prints them."""
    sheets = read_pdf(built / "letter-to-kamenev.pdf")
    printed = "\n".join(styled(line.glyphs) for sheet in sheets for line in sheet.all_lines())
    assert "first been published in 1959 in *Lenin Miscellany* XXXVI" in " ".join(printed.split())
    for title in ("Lenin Miscellany", "Collected Works"):
        assert re.search(rf"\*{title}\*, [ivx\d]", printed), title
        assert len(re.findall(rf"\*{title}\*", printed)) > 1
