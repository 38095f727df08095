"""`printedition add`: files of other kinds become texts that check without a fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize("name", ["pinned.md", "pinned.txt", "pinned.html"])
def test_signs_that_no_text_may_have_ended_in_a_traceback(
    reader: Path, tmp_path: Path, name: str
) -> None:
    words = "# Pinned\n\nSome \ufdd07\ufdd1words stand here, and more of them.\n"
    done = add(reader, written(tmp_path, name, words))
    assert done.exit_code == 0, done.output
    assert "Some words stand here" in text_of(reader, "pinned")


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
    assert (
        "[^1]: A note with *words*.\n\n[^2]: Second note.\n\n    Its second paragraph.\n" in words
    )
    record = (reader / "edition.yaml").read_text(encoding="utf-8")
    title = "    title: 'A Memo on Land'\n"
    written(reader, "edition.yaml", record.replace(title, title + STATED))
    assert pipeline.find_faults(DiskSources(reader)) == ()


def test_superiors_and_strikeouts_of_a_word_processor_are_kept_or_told_with_their_lines(
    reader: Path, tmp_path: Path
) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    words = (
        "# Sums\n\nThe 1^st^ of ~~May~~, 10^3^ and H~2~O.\n\n"
        "[Council]{.smallcaps} **met** again on the 2^nd^, *quite **so***.\n"
    )
    path = tmp_path / "sums.docx"
    pypandoc.convert_text(words, "docx", format="markdown", outputfile=str(path))
    done = add(reader, path)
    assert text_of(reader, "sums") == (
        "# Sums\n\n{#p1}\nThe 1st of [May]{.deleted}, 10³ and H₂O.\n\n"
        "{#p2}\n[Council]{.small-caps} *met* again on the 2nd, *quite so*.\n"
    )
    assert "changed: 2 × superior letters, on the line now (lines 4, 7)" in done.output
    assert "changed: 1 × words struck out, marked [words]{.deleted} now (line 4)" in done.output
    assert "changed: 2 × words in bold, emphasised now (line 7)" in done.output
    assert "lost" not in done.output


def test_pictures_and_links_are_told_with_their_lines(reader: Path, tmp_path: Path) -> None:
    pytest.importorskip("pypandoc")
    page = (
        "<h1>Home</h1><p>One.</p><p><img src='x.png' alt='never printed'></p>"
        "<p># Two <a href='https://e.org'>there</a> and "
        "<a href='https://e.org'>https://e.org</a>.</p>"
    )
    done = add(reader, written(tmp_path, "home.html", page))
    assert text_of(reader, "home") == (
        "# Home\n\n{#p1}\nOne.\n\n{#p2}\n\\# Two there and https://e.org.\n"
    )
    assert "lost: 1 × pictures (line 7)" in done.output
    assert "lost: 1 × addresses of links (line 7)" in done.output


LINKED = """<h1>Home</h1>
<p>One<sup><a href="#fn1" id="r1">1</a></sup> two<a href="#_ftn2" name="_ftnref2"><sup>[2]</sup></a>
and <a href="#part">3</a> three<sup><a id="r4" href="#fn4">4</a></sup>.</p>
<div id="part"><p>Part <a href="#x">1</a>.</p></div>
<section><hr><ol>
<li id="fn1"><p>See <em>there</em>. <a href="#r1">↩</a></p><p>More.</p></li>
</ol></section>
<div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> Of Word.</p></div>
<p id="fn4"><sup><a href="#r4">4</a></sup> Of hand. <a href="#r4">^</a></p>"""


def test_footnotes_of_a_web_page_that_only_links_make_notes_are_kept(
    reader: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pypandoc")
    done = add(reader, written(tmp_path, "home.html", LINKED))
    assert "“Home”, 3 notes" in done.output
    assert text_of(reader, "home") == (
        "# Home\n\n{#p1}\nOne[^1] two[^2] and 3 three[^3].\n\n{#p2}\nPart 1.\n\n"
        "[^1]: See *there*.\n\n    More.\n\n[^2]: Of Word.\n\n[^3]: Of hand.\n"
    )


def test_author_and_date_of_a_document_go_into_the_record(reader: Path, tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    words = (
        "---\ntitle: A Memo\nsubtitle: In Haste\nauthor: [Ann O., Bo]\ndate: May 1917\n---\n\nSo.\n"
    )
    path = tmp_path / "memo.docx"
    pypandoc.convert_text(words, "docx", format="markdown", outputfile=str(path))
    add(reader, path)
    assert text_of(reader, "memo") == "# A Memo\n\n{#p1}\nIn Haste\n\n{#p2}\nSo.\n"
    record = (reader / "edition.yaml").read_text(encoding="utf-8")
    assert "    title: 'A Memo'\n    author: 'Ann O., Bo'\n    date: 'May 1917'\n" in record


NOTED = """A Memo

The council[^1] met twice.[^b]
Nobody came.[^9]

[^1]: Of the village.
[^b]: So *it* says[^1].

    With a second paragraph.

[^x]: Never called.
"""


def test_notes_of_plain_text_are_notes_and_broken_ones_are_told(
    reader: Path, tmp_path: Path
) -> None:
    done = add(reader, written(tmp_path, "memo.txt", NOTED))
    assert text_of(reader, "memo") == (
        "# A Memo\n\n{#p1}\nThe council[^1] met twice.[^b]\nNobody came.\\[^9\\]\n\n"
        "[^1]: Of the village.\n\n[^b]: So \\*it\\* says\\[^1\\].\n\n"
        "    With a second paragraph.\n\n{#p2}\n\\[^x\\]: Never called.\n"
    )
    assert "2 notes" in done.output
    assert "1 × calls [^…] that have no note of their own, printed as they stand (line 5)" in (
        done.output
    )
    assert "1 × notes [^…] that are not called, or stand twice; paragraphs now (line 14)" in (
        done.output
    )
    assert "1 × calls [^…] within notes" in done.output
    edition = pipeline.examine(DiskSources(reader)).edition
    assert edition is not None
    assert [len(note.blocks) for note in edition.texts["memo"].notes] == [1, 2]
    codes = {found.code for found in pipeline.find_faults(DiskSources(reader))}
    assert codes == {"RGT001", "RGT002"}


def test_all_files_that_cannot_be_added_are_told_at_once_and_none_is(
    reader: Path, tmp_path: Path
) -> None:
    before = (reader / "edition.yaml").read_bytes()
    old = tmp_path / "old.docx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    torn = tmp_path / "torn.docx"
    torn.write_bytes(b"PK\x03\x04 and no more")
    latin = tmp_path / "latin.txt"
    latin.write_bytes("A Title\n\nCafé.\n".encode("latin-1"))
    done = add(
        reader,
        written(tmp_path, "good.txt", "Good\n\nWords.\n"),
        old,
        written(tmp_path, "named.docx", "Words."),
        latin,
        written(tmp_path, "empty.txt", " \n\n"),
        written(tmp_path, "scan.pdf", "x"),
        tmp_path / "gone.txt",
        torn,
    )
    assert done.exit_code == 1
    told = done.output.splitlines()
    assert told[0] == "Nothing was added:"
    assert [line.split(": ", 1)[0].rpartition("/")[2] for line in told[1:]] == [
        "old.docx", "named.docx", "latin.txt", "empty.txt", "scan.pdf", "gone.txt", "torn.docx",
    ]  # fmt: skip
    assert "older Word" in told[1]
    assert "no DOCX file, though it is named so" in told[2]
    assert "line 3" in told[3]
    assert "no words" in told[4]
    assert "Pandoc died" not in done.output
    assert (reader / "edition.yaml").read_bytes() == before
    assert not (reader / "texts/good").exists()


def test_a_text_that_the_edition_has_is_not_added_again(reader: Path, tmp_path: Path) -> None:
    memo = written(tmp_path, "memo.txt", "A Memo\n\nWords *of* it.\n")
    assert add(reader, memo).exit_code == 0
    record = (reader / "edition.yaml").read_bytes()
    again = add(reader, memo)
    assert again.exit_code == 1
    assert "“texts/memo/memo.md” in the edition" in again.output
    copy = written(tmp_path, "copy.txt", "Another Title\n\nSame words.\n")
    twice = add(reader, copy, written(tmp_path, "copy2.txt", "Another\n\nSame words.\n"))
    assert twice.exit_code == 1
    assert "copy.txt”" in twice.output
    assert (reader / "edition.yaml").read_bytes() == record
    assert not (reader / "texts/copy").exists()


def test_a_name_that_is_taken_is_told(reader: Path, tmp_path: Path) -> None:
    done = add(reader, written(tmp_path, "notice.txt", "Another\n\nWords.\n"))
    assert "“notice” is taken, so the text is “notice-2”; was it there?" in done.output


def test_nothing_is_left_where_the_system_refuses_the_second_text(
    reader: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (reader / "edition.yaml").read_bytes()
    write = Path.write_text

    def refusing(path: Path, *said: Any, **named: Any) -> int:
        if path.name == "two.md":
            raise OSError(28, "No space left on device")
        return write(path, *said, **named)

    files = [
        written(tmp_path, f"{name}.txt", f"{name}\n\nIt is {name}.\n") for name in ("one", "two")
    ]
    monkeypatch.setattr(Path, "write_text", refusing)
    done = add(reader, *files)
    assert done.exit_code == 1
    assert "no space left on device; nothing was added" in done.output
    assert not (reader / "texts/one").exists()
    assert not (reader / "texts/two").exists()
    assert (reader / "edition.yaml").read_bytes() == before
