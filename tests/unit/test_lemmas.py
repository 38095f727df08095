"""How long lemmas are shortened: to ends that stand once in the lines of the lemma."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from printedition.book.lemmas import shortened


@pytest.mark.parametrize(
    ("words", "longest", "parts"),
    [("one two", 8, ("one two",)), ("1 2 3 4 5 6 7 8", 8, ("1 2 3 4 5 6 7 8",)),
     ("1 2 3 4 5 6 7 8 9", 8, ("1 2", "8 9")), ("1 2 3 4", 3, ("1", "4")),
     ("1 2", 1, ("1 2",)), ("one … two", 8, ("one … two",))],
)  # fmt: skip
def test_long_lemma_is_its_first_and_last_words(
    words: str, longest: int, parts: tuple[str, ...]
) -> None:
    assert shortened(words, longest) == parts


@pytest.mark.parametrize(
    ("before", "lemma", "after", "parts"),
    [("", "and so 3 and so 6 7", "", ("and so 3", "6 7")),
     ("", "1 2 so on 5 so on", "", ("1 2", "5 so on")),
     ("to be, ", "to be or not to go", "", ("to be or", "to go")),
     ("", "1 2 3 4 5 it is", " and it is", ("1 2", "5 it is")),
     ("into be, ", "to be 3 4 5 6", "", ("to be", "5 6")),  # part of a word is not the word
     ("", "ho ho ho ho ho", "", ("ho ho ho ho ho",))],
)  # fmt: skip
def test_ends_grow_until_they_are_alone(
    before: str, lemma: str, after: str, parts: tuple[str, ...]
) -> None:
    assert shortened(lemma, 4, before, after) == parts


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(
        st.sampled_from(["et", "in", "non", "pater", "rex", "arma"]), min_size=12, max_size=80
    ),
    ends=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    longest=st.integers(1, 9),
    width=st.integers(20, 100),
)
def test_each_end_stands_once_in_the_lines_of_its_lemma_however_these_break(
    words: list[str], ends: tuple[int, int], longest: int, width: int
) -> None:
    first, last = sorted(end % len(words) for end in ends)
    lemma = " ".join(words[first : last + 1])
    before = "".join(f"{word} " for word in words[:first])
    after = "".join(f" {word}" for word in words[last + 1 :])
    parts = shortened(lemma, longest, before[-100:], after[:100])
    assert len(parts) == 2 or parts == (lemma,)
    if len(parts) == 2:
        assert len(" ".join(parts)) < len(lemma)
        lines = _lines_of(f"{before}{lemma}{after}", len(before), len(before + lemma), width)
        for part in parts:
            assert len(re.findall(rf"(?=\b{part}\b)", lines)) == 1


def _lines_of(text: str, start: int, end: int, width: int) -> str:
    """The lines in which text[start:end] stands, joined, the text broken at a width."""
    at, found = 0, []
    for line in textwrap.wrap(text, width):
        if at < end and at + len(line) > start:
            found.append(line)
        at += len(line) + 1
    return " ".join(found)
