"""The weights that are read as they are wanted are those of the whole table."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from pyuca import Collator

from printedition.scholarship.weights import QuickCollator

WHOLE = Collator()
QUICK = QuickCollator()


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=8))
def test_any_words_weigh_as_they_do_in_pyuca(words: str) -> None:
    assert QUICK.sort_key(words) == WHOLE.sort_key(words)


def test_every_character_weighs_as_it_does_in_pyuca() -> None:
    for number in (*range(0x3000), *range(0xA000, 0xD800), *range(0x1F000, 0x20100)):
        character = unicodedata.normalize("NFD", chr(number))
        assert QUICK.collation_elements(character) == WHOLE.collation_elements(character), number
