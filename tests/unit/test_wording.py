"""The words of entries, and the labels of calls."""

from __future__ import annotations

import pytest

from printedition.book.calls import label
from printedition.book.terms import FORMS, TERMS, meaning_of, terms_of
from printedition.book.tree import Holders
from printedition.edition.apparatus import Conventions, Form, ReadingKind
from printedition.reading.settings import TERMS as KEYS


@pytest.mark.parametrize("lang", TERMS)
def test_every_term_is_said_and_explained(lang: str) -> None:
    assert TERMS[lang].keys() == {key.name for key in KEYS.keys}
    said = {kind.value for kind in ReadingKind if kind is not ReadingKind.SUBSTITUTION}
    assert said <= TERMS[lang].keys()
    assert all(words and meaning for words, meaning in TERMS[lang].values())


@pytest.mark.parametrize("lang", TERMS)
def test_no_two_kinds_of_reading_are_said_alike(lang: str) -> None:
    """A Russian blank was said to be an omission."""
    said = [TERMS[lang][kind.value][0] for kind in ReadingKind if kind.value in TERMS[lang]]
    assert len(set(said)) == len(said) > 8
    assert not {"пропуск", "supp."} & set(said), "words that mean another kind as well"


@pytest.mark.parametrize("lang", TERMS)
def test_every_form_is_explained(lang: str) -> None:
    assert FORMS[lang].keys() == {form.value for form in Form}


def test_language_without_words_of_its_own_is_worded_in_latin() -> None:
    assert terms_of("grc", {})["iter"][0] == "iter."
    assert terms_of("de-AT", {})["iter"][0] == "wdh."
    assert meaning_of("iter", "grc") == "repeated in"


def test_an_edition_has_terms_of_its_own() -> None:
    terms = terms_of("la", {"om": "deest"})
    assert (terms["om"][0], terms["add"][0]) == ("deest", "add.")


@pytest.mark.parametrize(
    ("sigla", "run"),
    [("A B", "AB"), ("A A¹ B", "AA¹B"), ("Aᵃᶜ Aᵖᶜ", "AᵃᶜAᵖᶜ"), ("A Bc", "A Bc"), ("A B1", "A B1"),
     ("α β", "αβ"), ("", "")],
)  # fmt: skip
def test_sigla_run_together_if_each_is_a_letter(sigla: str, run: str) -> None:
    assert Holders(tuple(sigla.split())).run == run


@pytest.mark.parametrize(
    ("first", "last", "full", "elided"),
    [(5, 5, "5", "5"), (35, 37, "35–37", "35–7"), (129, 131, "129–131", "129–31"),
     (17, 19, "17–19", "17–19"), (115, 118, "115–118", "115–18"), (9, 12, "9–12", "9–12"),
     (99, 101, "99–101", "99–101"), (100, 104, "100–104", "100–4"), (1, 3, "1–3", "1–3")],
)  # fmt: skip
def test_lines_of_a_lemma(first: int, last: int, full: str, elided: str) -> None:
    assert Conventions().lines(first, last) == full
    assert Conventions(elided=True).lines(first, last) == elided


@pytest.mark.parametrize(
    ("kind", "number", "text"),
    [("entry", 1, "a"), ("entry", 26, "z"), ("entry", 27, "aa"), ("entry", 703, "aaa"),
     ("note", 12, "12"), ("text-note", 1, "*"), ("text-note", 7, "**")],
)  # fmt: skip
def test_labels_of_calls(kind: str, number: int, text: str) -> None:
    assert label(kind, number) == text
