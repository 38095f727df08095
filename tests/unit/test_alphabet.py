"""The order of headings: alphabets of languages, letters of groups, words that are passed over."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from printedition.edition.index import IndexHeading, IndexSettings
from printedition.edition.quotation import Value
from printedition.scholarship.alphabet import Alphabet, Order
from printedition.scholarship.tailorings import TAILORINGS
from printedition.sources import Span

SPAN = Span("index.yaml", 0, 0)


def heading(words: str, sort: str = "") -> IndexHeading:
    return IndexHeading(Value(words, SPAN), sort, "", (), (), (), (), SPAN)


@pytest.mark.parametrize(
    ("lang", "order"),
    [
        ("en", "A Å Ab É Ebro Élan Eland Œuvre Zürich Ελλάς Ленин"),
        ("sv", "apa zebra Ål ärende Öl"),
        ("da", "abe zoo æble øl åben Aarhus"),
        ("nb", "abe zoo ære ørn å"),
        ("de", "Ofen Öl Osten Straße Straßen"),
        ("es", "nube nuez ñu ola"),
        ("cs", "cukr čert had hzz chyba ihned řeka žena"),
        ("pl", "las ląd lewy łan"),
        ("hu", "cukor csak olaj ősz öt pad szó tyúk"),
        ("et", "saba šokk zoo tuba vana õlu äri öö üks"),
        ("tr", "hala ılık Isparta irmak İzmir jale"),
        ("is", "að zeta þing ær öl"),
        ("uk", "гора ґрати дім ірис їжак Lenin"),
        ("ru", "Елка Ёлка Ель Иван Йод Яков Lenin"),
        ("el", "άλφα Βήτα Ωμέγα Lenin"),
        ("sr-Latn", "cvet čas ćilim djak džep đak"),
    ],
)
def test_words_stand_as_the_alphabet_of_the_language_has_them(lang: str, order: str) -> None:
    words = order.split()
    assert sorted(reversed(words), key=Alphabet(lang).key) == words


@pytest.mark.parametrize(
    ("lang", "word", "letter"),
    [
        ("en", "Éluard", "E"), ("en", "Ångström", "A"), ("sv", "ångström", "Å"),
        ("da", "Aarhus", "Å"), ("en", "Æsop", "A"), ("en", "“Łódź”", "L"), ("cs", "chyba", "Ch"),
        ("tr", "ılık", "I"), ("tr", "izmir", "İ"), ("ru", "ёлка", "Е"), ("ru", "йод", "Й"),
        ("en", "1920", "0–9"), ("en", "…", "#"), ("en", "Ἑλλάς", "Ε"), ("en", "אמת", "א"),
    ],
)  # fmt: skip
def test_the_letter_of_a_group(lang: str, word: str, letter: str) -> None:
    assert Alphabet(lang).letter(word) == letter


def test_letter_by_letter_and_word_by_word() -> None:
    words = ["New, Ann", "New (town)", "Newark", "New York"]
    assert sorted(words, key=Alphabet("en").key) == words
    by_word = ["New, Ann", "New (town)", "New York", "Newark"]
    assert sorted(words, key=Alphabet("en", by_letter=False).key) == by_word


def test_numbers_stand_by_their_values_and_before_letters() -> None:
    words = ["2 May", "10 May", "Article 2", "Article 10", "Article 10a", "May"]
    assert sorted(reversed(words), key=Alphabet("en").key) == words


def test_marks_of_punctuation_do_not_count() -> None:
    alphabet = Alphabet("en")
    assert alphabet.key("R.S.F.S.R.")[0] == alphabet.key("rsfsr")[0]
    assert alphabet.key("G.P.U.") < alphabet.key("Grabar")


@pytest.mark.parametrize("lang", TAILORINGS)
def test_each_letter_of_its_own_follows_the_one_that_it_is_put_after(lang: str) -> None:
    alphabet = Alphabet(lang)
    for after, letters in TAILORINGS[lang].items():
        row = [after, *(letter.split()[0] for letter in letters)]
        keys = [alphabet.key(letter)[0] for letter in row]
        assert keys == sorted(set(keys))
        assert all(alphabet.key(word.upper())[0] == alphabet.key(word)[0]
                   for word in row if word not in ("ı", "i"))  # fmt: skip


def order(*words: str, under: bool = False, lang: str = "en", ignore: str = "") -> list[str]:
    settings = IndexSettings(ignore=tuple(ignore.split()) if ignore else None)
    made = Order(settings, lang)
    return sorted(words, key=lambda each: made.key(heading(each), under=under))


def test_articles_are_passed_over_and_in_subheadings_small_words() -> None:
    assert order("The Hague", "Georgia", "a Union") == ["Georgia", "The Hague", "a Union"]
    assert order("of Georgia", "and amnesty", "the entry", under=True) == [
        "and amnesty", "the entry", "of Georgia",
    ]  # fmt: skip
    assert order("of Georgia", "amnesty", "peace") == ["amnesty", "of Georgia", "peace"]


def test_an_edition_says_what_is_passed_over() -> None:
    assert order("de Gaulle, Charles", "Eden", "The Hague", ignore="de") == [
        "Eden", "de Gaulle, Charles", "The Hague",
    ]  # fmt: skip


def test_joined_articles_and_articles_in_names() -> None:
    assert order("L’Humanité", "Guerre", "Iskra", lang="fr") == ["Guerre", "L’Humanité", "Iskra"]
    assert order("Le Goff, Jacques", "Iskra", "Le Monde", lang="fr") == [
        "Iskra", "Le Goff, Jacques", "Le Monde",
    ]  # fmt: skip
    assert order("The", "A", "Union") == ["A", "The", "Union"]


def test_sort_says_where_a_heading_stands() -> None:
    made = Order(IndexSettings(), "en")
    assert made.letter(heading("R.S.F.S.R.", "Russia")) == "R"
    assert made.letter(heading("1922", "nineteen twenty-two")) == "N"
    assert made.letter(heading("The Hague", "The Hague")) == "T"


@given(st.sampled_from(["en", "sv", "ru"]), st.lists(st.text(max_size=8), max_size=4))
@example("en", ["𞅀<", "٣1"])
def test_any_words_have_their_place_and_letter(lang: str, words: list[str]) -> None:
    alphabet = Alphabet(lang)
    assert sorted(words, key=alphabet.key) == sorted(reversed(words), key=alphabet.key)
    assert all(map(alphabet.letter, words))
