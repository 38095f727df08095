"""What looks like a name and is in no heading; and the command that lists headings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from printedition import pipeline
from printedition.cli import main
from printedition.scholarship.candidates import candidates
from printedition.sources import MemorySources

RECORD = """\
slug: 's'
title: 'S'
lang: '{lang}'
witnesses:
  - siglum: 'T'
    description: 'One'
texts:
  - id: 'a'
    file: 'a.md'
book:
  - text: 'a'
  - index: 'index.yaml'
"""
INDEX = (
    "- heading: 'Lenin'\n  forms:\n    - 'Lenin'\n"
    "  passages:\n    - in: 'a/q'\n      words: 'in Baku'\n"
)
QUOTED = "\n\n{#q}\nWe met in Baku.\n"


def edition(text: str, lang: str = "en") -> dict[str, str]:
    return {
        "edition.yaml": RECORD.format(lang=lang), "a.md": text + QUOTED, "index.yaml": INDEX,
    }  # fmt: skip


def names(text: str, lang: str = "en") -> dict[str, int]:
    checked, _ = pipeline.read_and_check(MemorySources(edition(text, lang)))
    assert checked is not None
    found = candidates(checked.edition, checked.scholarship.mentions)
    return {one.words: len(one.places) for one in found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He saw Tiflis. Then Tiflis fell. Tiflis!", {"Tiflis": 3}),
        ("Winter came. It was Winter’s end, and winter again.", {"Winter": 1}),
        ("The Council of Labour and Defence met.", {"Council of Labour": 1, "Defence": 1}),
        ("He left the R.S.F.S.R. and the C.C. in May, on a Monday.", {"R.S.F.S.R.": 1, "C.C.": 1}),
        ("Seen by V. I. Ulyanov, of T. The text ends the book.", {"V. I. Ulyanov": 1}),
        ("Lenin’s plan, V. Lenin, I, and vol. XXXVI, A and B.", {}),
        ("They read “Pravda” and “Read it”.", {"Pravda": 1}),
        ("So the People’s Commissars of the Union voted.", {"People’s Commissars of the Union": 1}),
        ("See [Sample]{index=no} and *Sam*ple.", {"Sample": 1}),
        ("Note: It is so. A. The end of the book, as it is.", {}),
    ],
)  # fmt: skip
def test_what_looks_like_a_name(text: str, found: dict[str, int]) -> None:
    assert names(text) == found


def test_where_nouns_have_capitals_a_single_word_is_no_name() -> None:
    text = "Er sah das Haus, die Rote Fahne und die U.d.S.S.R. im Herbst."
    assert names(text, "de") == {"Rote Fahne": 1, "U.d.S.S.R.": 1}


def test_words_of_a_title_need_a_capital_inside_a_sentence() -> None:
    assert names("# The Baku Congress\n\nThe news of that Congress.") == {
        "Baku Congress": 1, "Congress": 1,
    }  # fmt: skip


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    for name, text in edition("In Tiflis Lenin met them. In Tiflis!").items():
        (folder / name).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["index", str(folder), *arguments])
    return done.exit_code, done.stdout


def test_the_command_lists_headings_with_their_places(tmp_path: Path) -> None:
    code, shown = run(tmp_path)
    assert (code, shown) == (0, "index.yaml: 1 heading\n  Lenin  2 places\n")
    record = json.loads(run(tmp_path, "--format", "json")[1])
    assert record["left_out"] == {} and record["indexes"][0]["headings"][0]["places"] == 2


def test_the_command_lists_candidates_with_their_places(tmp_path: Path) -> None:
    code, shown = run(tmp_path, "--candidates")
    assert (code, shown) == (0, f"    2  Tiflis  {tmp_path}/a.md:1:4, {tmp_path}/a.md:1:30\n")
    (found,) = json.loads(run(tmp_path, "--candidates", "--format", "json")[1])
    assert found["words"] == "Tiflis" and [p["column"] for p in found["places"]] == [4, 30]


def test_faults_are_told_beside_the_list(tmp_path: Path) -> None:
    run(tmp_path)
    (tmp_path / "index.yaml").write_text(f"{INDEX}- heading: 'x'\n  see: 'y'\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["index", str(tmp_path)])
    assert done.exit_code == 1
    assert "IDX003" in done.stderr and "2 headings" in done.stdout
    (tmp_path / "a.md").unlink()
    done = CliRunner().invoke(main, ["index", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (1, "") and "SRC007" in done.stderr
