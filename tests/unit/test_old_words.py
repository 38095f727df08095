"""Where words of an earlier printing stand now, by their letters."""

from __future__ import annotations

import pytest

from printedition.page.old_words import Whereabouts, WordsInLetters

OLD = ["The council is to amal‐", "gamate both republics,", "and All-", "Russia with them."]


def now(words: str, new: str) -> str:
    """The new words from where the old line that begins with these stands now."""
    old = WordsInLetters(OLD)
    line = next(n for n, line in enumerate(OLD) if line.startswith(words))
    place = Whereabouts(old, WordsInLetters([new])).now(old.lines[line])
    letters = "".join(WordsInLetters([new]).words)
    return letters[place : place + 10]


@pytest.mark.parametrize(
    ("words", "new", "begins"),
    [
        ("gamate", "The council is to amalgamate both republics.", "gamatebot"),
        ("gamate", "The whole council is to amalgamate both republics.", "gamatebot"),
        ("gamate", "The council is to unite both republics.", "uniteboth"),
        ("gamate", "The council is to amalgam both republics.", "gambothre"),
        ("and", "The council is to amalgamate both republics, with them.", "withthem"),
        ("and", "The council both republics, yes, and All-Russia with them.", "andallrus"),
        ("Russia", "And All-Russia with them.", "russiawit"),
    ],
)
def test_a_line_begins_with_the_word_that_it_began_with(words: str, new: str, begins: str) -> None:
    assert now(words, new).startswith(begins)


def test_beyond_the_last_word_there_is_the_end() -> None:
    old = WordsInLetters(OLD)
    new = WordsInLetters(["The council."])
    assert Whereabouts(old, new).now(old.total) == new.total
