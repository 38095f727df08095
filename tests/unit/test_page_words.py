"""What the house prints itself, in every language of its lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import BASE, Examine
from printedition.book.page_words import _WORDS, LANGUAGES, filled, page_words
from printedition.book.sign_words import BRACKETS, MEANINGS, meanings_of_signs
from printedition.edition.signs import SIGNS

TEMPLATES = Path(__file__).parent.parent.parent / "templates"


def test_every_language_has_every_word_with_what_it_names() -> None:
    for key, said in _WORDS.items():
        assert len(said) == len(LANGUAGES), key
        assert len({words.count("…") for words in said}) == 1, key
        assert all(words.strip() for words in said), key


def test_other_languages_have_english() -> None:
    assert page_words("cy")["contents"] == "Contents"
    assert page_words("de-AT")["contents"] == "Inhalt"
    assert filled(page_words("ru")["notes_to_page"], "12") == "Примечания к с. 12"


def test_templates_ask_for_words_that_there_are_and_for_all() -> None:
    asked = {"new", "dropped", "moved", "text-notes", "variants", "notes"}
    for path in (each for each in TEMPLATES.rglob("*.*") if each.suffix != ".pyc"):
        asked |= set(re.findall(r"book\.words\.(\w+)", path.read_text(encoding="utf-8")))
    source = Path(__file__).parent.parent.parent / "src" / "printedition"
    for path in source.rglob("*.py"):
        if path.name != "page_words.py":
            text = path.read_text(encoding="utf-8")
            asked |= {key for key in _WORDS if f'"{key}"' in text}
    assert asked == set(_WORDS)


@pytest.mark.parametrize(("lang", "title"), [("de", "Inhalt"), ("ru", "Содержание")])
def test_titles_that_nobody_gave_are_in_the_language_of_the_book(
    edition: Examine, lang: str, title: str
) -> None:
    top = BASE["edition.yaml"].replace("lang: 'en'", f"lang: '{lang}'") + "  - front: 'contents'\n"
    done = edition({"edition.yaml": top})
    assert done.book is not None, done.diagnostics
    assert done.book.sections[-1].title == title


def test_every_sign_has_a_meaning_in_every_language() -> None:
    for lang in LANGUAGES:
        assert set(MEANINGS[lang]) == {*SIGNS, BRACKETS}, lang
        assert meanings_of_signs(f"{lang}-XX") is MEANINGS[lang]
    assert meanings_of_signs("cy")["crux"] == "corrupt"
