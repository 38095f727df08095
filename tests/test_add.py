"""`printedition add`: files of other kinds become texts that check without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from printedition import pipeline
from printedition.beginnings.begin import begin
from printedition.cli import main
from printedition.edition.text import Paragraph
from printedition.sources import DiskSources

STATED = "    source: 'A book, p. 3.'\n    rights: 'Free of rights.'\n"


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """A reader as `printedition new --reader` begins it."""
    begin(tmp_path / "reader", "reader")
    return tmp_path / "reader"


def add(reader: Path, *files: Path) -> Result:
    return CliRunner().invoke(main, ["add", "-e", str(reader), *map(str, files)])


def written(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def text_of(reader: Path, name: str) -> str:
    return (reader / f"texts/{name}/{name}.md").read_text(encoding="utf-8")


def plain_words(reader: Path, name: str) -> list[str]:
    """The words of the text's paragraphs as the book prints them."""
    edition = pipeline.examine(DiskSources(reader)).edition
    assert edition is not None
    return [leaf.plain for leaf in edition.texts[name].leaves if isinstance(leaf, Paragraph)]


def test_plain_text_is_taken_literally(reader: Path, tmp_path: Path) -> None:
    words = "A *plain* [text]{.x}, <b>& _so_.\n\n# 1. no heading\n\n- one\n- two\n"
    done = add(reader, written(tmp_path, "Plain Words.txt", "A Title\n\n" + words))
    assert done.exit_code == 0, done.output
    assert text_of(reader, "plain-words").startswith("# A Title\n\n{#p1}\n")
    assert plain_words(reader, "plain-words") == [
        "A *plain* [text]{.x}, <b>& _so_.",
        "# 1. no heading",
        "- one",
        "- two",
    ]
    codes = {found.code for found in pipeline.find_faults(DiskSources(reader))}
    assert codes == {"RGT001", "RGT002"}


def test_markdown_keeps_its_own_ids_and_notes(reader: Path, tmp_path: Path) -> None:
    words = "# Title\n\nOne.[^1]\n\n{.closing}\nBye.\n\n{#p2}\nTwo.\n\n[^1]: A note.\n"
    assert add(reader, written(tmp_path, "memo.md", words)).exit_code == 0
    assert text_of(reader, "memo") == (
        "# Title\n\n{#p1}\nOne.[^1]\n\n{#p3 .closing}\nBye.\n\n{#p2}\nTwo.\n\n[^1]: A note.\n"
    )


def test_the_record_stays_as_it_is_but_for_the_new_lines(reader: Path, tmp_path: Path) -> None:
    before = (reader / "edition.yaml").read_text(encoding="utf-8")
    add(reader, written(tmp_path, "it's.txt", "It’s ’t\n\nWords.\n"))
    after = (reader / "edition.yaml").read_text(encoding="utf-8")
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert new == [
        "  - id: 'it-s'",
        "    file: 'texts/it-s/it-s.md'",
        "    title: 'It’s ’t'",
        "  - text: 'it-s'",
    ]
    assert "".join(line + "\n" for line in after.splitlines() if line not in new) == before


def test_a_text_that_is_there_is_not_written_over(reader: Path, tmp_path: Path) -> None:
    before = (reader / "texts/notice/notice.md").read_bytes()
    assert add(reader, written(tmp_path, "notice.txt", "Another\n\nWords.\n")).exit_code == 0
    assert (reader / "texts/notice/notice.md").read_bytes() == before
    assert text_of(reader, "notice-2").startswith("# Another")


def test_a_record_of_another_form_is_left_alone_and_the_lines_are_shown(
    reader: Path, tmp_path: Path
) -> None:
    record = "slug: 'x'\ntitle: 'X'\nlang: 'en'\ntexts: []\n"
    written(reader, "edition.yaml", record)
    done = add(reader, written(tmp_path, "memo.txt", "A Memo\n\nWords.\n"))
    assert done.exit_code == 1
    assert "  - id: 'memo'\n    file: 'texts/memo/memo.md'\n" in done.output
    assert (reader / "edition.yaml").read_text(encoding="utf-8") == record


def test_a_file_of_an_unknown_kind_is_refused_before_anything_is_written(
    reader: Path, tmp_path: Path
) -> None:
    good = written(tmp_path, "good.txt", "Good\n\nWords.\n")
    done = add(reader, good, written(tmp_path, "scan.pdf", "x"))
    assert done.exit_code == 2
    assert ".docx" in done.output
    assert not (reader / "texts/good").exists()


MADE = """---
title: A Memo on Land
---

The *council* met,^[A note with *words*.] and 1\\* [sic] {x}.[^b]

> Quoted words.

1. one
2. two

| First verse,
|   second verse.

![A picture](x.png)

[^b]: Second note.

    Its second paragraph.
"""


@pytest.mark.parametrize("form", ["docx", "odt", "html"])
def test_a_file_of_a_word_processor_keeps_words_emphasis_and_notes(
    form: str, reader: Path, tmp_path: Path
) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    path = tmp_path / f"memo.{form}"
    pypandoc.convert_text(
        MADE, form, format="markdown", outputfile=str(path), extra_args=["--standalone"]
    )
    done = add(reader, path)
    assert done.exit_code == 0, done.output
    words = text_of(reader, "memo")
    assert words.startswith("# A Memo on Land\n")
    assert "The *council* met,[^1] and 1\\* \\[sic\\] \\{x\\}.[^2]" in words
    assert "> Quoted words." in words
    assert "[^1]: A note with *words*.\n\n[^2]: Second note. Its second paragraph.\n" in words
    record = (reader / "edition.yaml").read_text(encoding="utf-8")
    title = "    title: 'A Memo on Land'\n"
    written(reader, "edition.yaml", record.replace(title, title + STATED))
    assert pipeline.find_faults(DiskSources(reader)) == ()
