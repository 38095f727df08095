"""Forms of words found in one pass: where a word ends, which of several forms counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printedition.edition.index import Inflection
from printedition.scholarship.finder import is_inside_word, occurrences
from printedition.scholarship.forms import Forms
from printedition.scholarship.inflections import inflected, is_known


def found(plain: str, *forms: str) -> list[str]:
    """The words found, as they stand in the text."""
    return [plain[one.start : one.end] for one in Forms(forms).find(plain)]


@pytest.mark.parametrize(
    ("plain", "form", "times"),
    [
        ("Lenin’s and Lenin's", "Lenin", 2),
        ("Leninism, pro-Lenin, Lenin-like", "Lenin", 2),
        ("l’Europe, d’Europe", "Europe", 2),
        ("They don’t, on the Don. Don’t!", "Don", 1),
        ("O’Brien and Brien", "Brien", 1),
        ("ALTO’Brien", "Brien", 1),
        ("Ленина, Ленин; Ленин", "Ленин", 2),
        ("Ἑλλάς, Ἑλλάς", "Ἑλλάς", 2),
        ("“entry” and entry", "“entry”", 1),
        ("R.S.F.S.R. and R.S.F.S.R.", "R.S.F.S.R.", 2),
        ("x̣y and x̣", "x", 0),
        ("x̣y and x̣", "x̣", 1),
        ("3rd of 13rd", "3rd", 1),
        ("C.C.\u2009C.C.", "C.C.", 2),
    ],
)
def test_a_form_is_bounded_by_words(plain: str, form: str, times: int) -> None:
    assert found(plain, form) == [form] * times


def test_the_longest_form_counts() -> None:
    plain = "Lenin Miscellany, Lenin, the Central Committee of the Party, Central Committees"
    forms = ("Lenin", "Lenin Miscellany", "Central Committee", "Central Committee of the Party")
    assert found(plain, *forms) == ["Lenin Miscellany", "Lenin", "Central Committee of the Party"]


def test_what_cannot_be_seen_is_passed_over() -> None:
    plain = "Polit\u00adbu\u00adreau or Polit\u00adbureaus"
    assert found(plain, "Politbureau") == ["Polit\u00adbu\u00adreau"]
    assert [one.form for one in Forms(["Polit\u00adbureau"]).find("Politbureau")] == ["Politbureau"]


WORDS = st.text("abÄб’'-.  \u00adx̣", max_size=30)


@given(WORDS, st.lists(st.text("abÄб’-. ", min_size=1, max_size=6), max_size=6))
def test_matches_are_whole_words_and_do_not_overlap(plain: str, forms: list[str]) -> None:
    last = 0
    for one in Forms(forms).find(plain):
        assert last <= one.start < one.end
        assert not is_inside_word(plain, one.start) and not is_inside_word(plain, one.end)
        assert plain[one.start : one.end].replace("\u00ad", "") == one.form
        last = one.end


@given(st.text("abc.- ", max_size=40), st.text("abc.-", min_size=1, max_size=3))
def test_a_single_form_is_found_wherever_the_finder_finds_it(plain: str, form: str) -> None:
    apart, end = [], 0
    for start, stop in occurrences(form, plain):
        if start >= end:
            apart.append((start, stop))
            end = stop
    starts = {start for start, _ in apart}
    assert {one.start for one in Forms([form]).find(plain)} == starts


# Inflections


@pytest.mark.parametrize(
    ("lang", "form", "more"),
    [
        ("en", "republic", {"republics"}),
        ("en-GB", "Central Committee", {"Central Committees"}),
        ("en", "treaty", {"treaties", "treatys"}),
        ("en", "day", {"days"}),
        ("en", "congress", {"congresses"}),
        ("fr", "journal", {"journaux", "journals"}),
        ("es", "voz", {"voces"}),
        ("es", "nación", {"naciones"}),
        ("it", "banca", {"banche", "banchi"}),
        ("ru", "народ", set()),
        ("en", "U.S.S.R.", set()),
    ],
)
def test_the_plural_of_a_form(lang: str, form: str, more: set[str]) -> None:
    assert set(inflected(form, {Inflection.PLURAL}, lang)) == more


def test_possessives_are_made_of_plurals_too() -> None:
    both = set(inflected("republic", set(Inflection), "en"))
    assert both >= {"republic’s", "republics", "republics’"}
    assert set(inflected("Stalin", {Inflection.POSSESSIVE}, "de")) == {"Stalins"}
    assert set(inflected("Marx", {Inflection.POSSESSIVE}, "de")) == {"Marx’", "Marx'"}


def test_what_is_not_known_is_said() -> None:
    assert is_known(Inflection.PLURAL, "en-US") and not is_known(Inflection.PLURAL, "ru")
