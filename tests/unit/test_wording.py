"""The words of entries, and the labels of calls."""

from __future__ import annotations

import pytest

from printedition.book.calls import label
from printedition.book.tree import Holders
from printedition.book.wording import SAID, shortened
from printedition.edition.apparatus import ReadingKind


@pytest.mark.parametrize("lang", SAID)
def test_every_kind_of_reading_is_worded(lang: str) -> None:
    assert SAID[lang].keys() == set(ReadingKind)
    unsaid = {kind for kind, said in SAID[lang].items() if not said}
    assert unsaid == {ReadingKind.SUBSTITUTION}


def test_language_without_words_of_its_own_is_worded_in_latin(edition, base) -> None:  # type: ignore[no-untyped-def]
    files = {
        "edition.yaml": base["edition.yaml"].replace("lang: 'en'", "lang: 'de-AT'"),
        "letter/apparatus.yaml": "- lemma: 'good'\n  readings:\n    - wit: 'T'\n      iter: true\n",
    }
    (note,) = edition(files).book.sections[0].notes
    assert note.entry.readings[0].said == "iter."


@pytest.mark.parametrize(
    ("words", "shown"),
    [("one two", "one two"), ("1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 8"),
     ("1 2 3 4 5 6 7 8 9", "1 2 … 8 9")],
)  # fmt: skip
def test_long_lemma_is_its_first_and_last_words(words: str, shown: str) -> None:
    assert shortened(words) == shown


@pytest.mark.parametrize(("sigla", "run"), [("A B", "AB"), ("A Bc", "A Bc"), ("", "")])
def test_sigla_run_together_if_each_is_a_letter(sigla: str, run: str) -> None:
    assert Holders(tuple(sigla.split()), "").run == run


@pytest.mark.parametrize(
    ("kind", "number", "text"),
    [("entry", 1, "a"), ("entry", 26, "z"), ("entry", 27, "aa"), ("entry", 703, "aaa"),
     ("note", 12, "12"), ("text-note", 1, "*"), ("text-note", 7, "**")],
)  # fmt: skip
def test_labels_of_calls(kind: str, number: int, text: str) -> None:
    assert label(kind, number) == text
