"""Witnesses of one text in one table: every kind of change, any order, and the draft of entries."""

from __future__ import annotations

import json
import tracemalloc
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from editions import Author
from printedition import pipeline
from printedition.beginnings.apparatus import draft_apparatus
from printedition.cli import main
from printedition.collating import as_json, as_table, read_witnesses
from printedition.scholarship.collation import Collation, Witness, collate, variations
from printedition.scholarship.tokens import form_of, tokens
from printedition.sources import MemorySources


def witness(siglum: str, *blocks: str) -> Witness:
    found = [token for number, plain in enumerate(blocks) for token in tokens(plain, number)]
    return Witness(siglum, tuple(found), blocks)


def collated(**texts: str) -> Collation:
    return collate([witness(siglum, text) for siglum, text in texts.items()], "A")


def readings(collation: Collation) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            " ".join(token.text for token in place.lemma),
            [("".join(one.sigla), "moved" if one.moved else one.text) for one in place.readings],
        )
        for place in variations(collation)
    ]


@pytest.mark.parametrize(
    ("base", "other", "found"),
    [
        ("the red barn", "the old barn", [("red", [("B", "old")])]),
        ("the red barn", "the barn", [("red", [("B", "")])]),
        ("the barn", "the red barn", [("", [("B", "red")])]),
        ("the barn", "The Barn", []),
        ("a well-known barn", "a wellknown barn", []),
        ("10,000 sheep", "10000 sheep", []),
        ("“yes” she said", '"yes" she said', []),
        ("yes, she said", "yes she said", [(",", [("B", "")])]),
        ("yes she", "yes, they", [("she", [("B", ", they")])]),
        (
            "at dawn the miller woke his sons",
            "the miller woke his sons at dawn",
            [("at dawn", [("B", "")]), ("", [("B", "at dawn")])],
        ),
        (
            "in the cold grey morning they rowed and sang and quarrelled over nothing much",
            "they rowed and sang and quarrelled over nothing much in the cold grey morning",
            [("in the cold grey morning", [("B", "moved")])],
        ),
    ],
)
def test_each_kind_of_change(base: str, other: str, found: object) -> None:
    assert readings(collated(A=base, B=other)) == found


def test_a_word_answers_no_punctuation() -> None:
    collation = collated(A="yes , no", B="yes perhaps no")
    assert not any(len(c.cells) == 2 and len(c.forms) == 2 for c in collation.columns)


def test_what_two_witnesses_add_alike_is_one_reading() -> None:
    collation = collated(A="he came home", B="he came late home", C="he came very late home")
    assert readings(collation) == [("", [("B", "late"), ("C", "very late")])]
    (late,) = [c for c in collation.columns if "late" in c.forms]
    assert set(late.cells) == {"B", "C"}


def test_readings_that_agree_are_grouped() -> None:
    collation = collated(A="one two three", B="one too three", C="One TOO three", D="one three")
    assert readings(collation) == [("two", [("BC", "too"), ("D", "")])]


@pytest.mark.parametrize("base", ["A", None])
def test_the_order_of_witnesses_decides_nothing(base: str | None) -> None:
    texts = {
        "A": "the old man of the sea went down to the harbour",
        "B": "an old man went slowly down to the grey harbour, alone",
        "C": "the man of the sea, alone, went down to a harbour",
        "D": "slowly the old man of the sea went to the harbour",
    }
    tables = set()
    for order in permutations(texts):
        collation = collate([witness(siglum, texts[siglum]) for siglum in order], base)
        tables.add(tuple(tuple(c.cells.get(s) for s in "ABCD") for c in collation.columns))
    assert len(tables) == 1


words = st.lists(st.sampled_from(["ab", "cd", "ef", "gh", ",", "."]), max_size=14).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(words, min_size=2, max_size=5))
def test_every_token_stands_in_one_cell_in_its_order(texts: list[str]) -> None:
    """The alignment undone gives the texts back."""
    witnesses = [witness(str(number), text) for number, text in enumerate(texts)]
    collation = collate(witnesses)
    for one in witnesses:
        cells = [c.cells[one.siglum] for c in collation.columns if one.siglum in c.cells]
        assert cells == list(range(len(one.tokens)))
    for column in collation.columns:
        kinds = {collation.witnesses[s].tokens[at].is_word for s, at in column.cells.items()}
        assert kinds == {column.is_word}


@pytest.mark.parametrize(
    ("text", "form"),
    [("Ökonom’s", "ökonoms"), ("R.S.F.S.R.", "rsfsr"), ("«", '"'), ("1,234", "1234")],
)
def test_forms(text: str, form: str) -> None:
    assert [token.form for token in tokens(text)] == [form]
    assert form_of(text) == form


def test_memory_is_linear() -> None:
    def most(size: int) -> int:
        text = Author(3).prose(size)
        words = text.split()
        other = " ".join(word for number, word in enumerate(words) if number % 11)
        read = [witness("A", text), witness("B", other)]
        tracemalloc.start()
        collate(read, "A")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(6_000) < 2.6 * most(3_000)


# The draft


EDITION = {
    "edition.yaml": """\
title: 'A cat'
slug: 'a-cat'
lang: 'en'
date: '1900-01-01'
witnesses:
  - siglum: 'B'
    description: 'The second copy'
  - siglum: 'C'
    description: 'The third copy'
texts:
  - id: 'A'
    file: 'a.md'
book:
  - text: 'A'
""",
    "a.md": "# A cat\n\nThe black cat sat on the mat, and the mat slept.\n\n"
    "The cat said nothing of the long and weary day.\n",
}


def test_the_draft_is_an_apparatus_that_check_takes(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text(EDITION["a.md"], encoding="utf-8")
    (tmp_path / "B.md").write_text(
        "# A cat\n\nA cat sat on the mat and the old mat slept.\n\nThe cat said nothing.\n", "utf-8"
    )
    (tmp_path / "C.md").write_text(
        "# The cat\n\nThe cat sat on a mat, and the mat slept.\n\n"
        "Of the long and weary day the cat said nothing.\n",
        "utf-8",
    )
    read = read_witnesses([str(tmp_path / name) for name in ("A.md", "B.md", "C.md")])
    draft = draft_apparatus(collate(read, "A"))
    assert draft.count("- lemma:") >= 6
    assert "# - lemma" not in draft
    found = pipeline.examine(MemorySources({**EDITION, "apparatus.yaml": draft}))
    assert not found.diagnostics, draft
    assert found.edition is not None
    assert len(found.edition.apparatus) == draft.count("- lemma:")


# Files


def test_collatex_json_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    cases = {
        "witnesses": [
            {"id": "A", "content": "A bright cold day"},
            {"id": "B", "tokens": [{"t": "A "}, {"t": "colde ", "n": "cold"}, {"t": "day"}]},
        ]
    }
    path.write_text(json.dumps(cases), encoding="utf-8")
    collation = collate(read_witnesses([str(path)]), "A")
    assert readings(collation) == [("bright", [("B", "")])]
    told = json.loads(as_json(collation))
    assert told["table"][2] == [[{"t": "cold", "n": "cold"}], [{"t": "colde", "n": "cold"}]]


def test_the_table_shows_how_witnesses_differ() -> None:
    assert as_table(collated(A="a red barn", B="a blue old barn")).splitlines()[:5] == [
        " A      B",
        " a      a",
        " red   ≠blue",
        " –     +old",
        " barn   barn",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["A.txt"], "one witness only"),
        (["A.txt", "A=B.txt"], "two witnesses are called “A”"),
        (["A.txt", "no.txt"], "cannot read"),
        (["A.txt", "bad.json"], "is not JSON"),
        (["A.txt", "other.json"], "does not list witnesses"),
        (["A.txt", "latin.txt"], "UTF-8"),
        (["A.txt", "B.txt", "--base", "c"], "no witness is called “c”"),
    ],
)
def test_what_cannot_be_collated_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("A.txt", "B.txt"):
        Path(name).write_text("some words", encoding="utf-8")
    Path("bad.json").write_text("{", encoding="utf-8")
    Path("other.json").write_text("[1]", encoding="utf-8")
    Path("latin.txt").write_bytes(b"caf\xe9")
    done = CliRunner().invoke(main, ["collate", *arguments])
    assert done.exit_code
    assert told in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("form", ["table", "html", "csv", "json", "apparatus"])
def test_each_format_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("A.txt").write_text("one <two> three", encoding="utf-8")
    Path("B.txt").write_text("one three", encoding="utf-8")
    done = CliRunner().invoke(main, ["collate", "A.txt", "B.txt", "--base", "A", "--format", form])
    assert done.exit_code == 0
    assert "two" in done.output
    assert "<two>" not in done.output or form != "html"
