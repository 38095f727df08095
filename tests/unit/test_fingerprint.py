"""Fingerprints of records."""

from __future__ import annotations

import subprocess
import sys

import pytest

from printedition.book import tree
from printedition.edition.edition import Side
from printedition.fingerprint import fingerprint
from printedition.sources import Span

WORDS = ("one", ("two", 2), {"a": 1.5}, frozenset({"x", "y", "z"}), Side.INNER, None, True)


def paragraph(words: str, span: Span | None = None) -> tree.Paragraph:
    return tree.Paragraph(id="p1", kinds=(), children=(tree.Words(words),), span=span)


def test_equal_records_have_one_fingerprint_in_every_process() -> None:
    program = (
        "from printedition.fingerprint import fingerprint\n"
        "from unit.test_fingerprint import WORDS\n"
        "print(fingerprint(WORDS), end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == fingerprint(WORDS)


def test_whether_two_parts_are_one_object_makes_no_difference() -> None:
    one = "".join(["wo", "rds"])
    assert fingerprint(paragraph("words"), "words") == fingerprint(paragraph(one), "words")


def test_where_words_stand_in_a_file_makes_no_difference() -> None:
    there = Span("letter.md", 3, 9)
    assert fingerprint(paragraph("words", there)) == fingerprint(paragraph("words"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (paragraph("words"), paragraph("word")),
        (("a", ("b",)), (("a", "b"),)),
        (1, True),
        ("1", 1),
        (tree.Words("a"), ("Words", "a")),
        (Side.INNER, Side.OUTER),
        ({"a": "b"}, (("a", "b"),)),
    ],
)
def test_other_records_have_others(one: object, other: object) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_what_is_no_record_has_none() -> None:
    with pytest.raises(TypeError, match="function is no record"):
        fingerprint(lambda: None)
