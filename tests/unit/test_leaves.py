"""Which pages changed, which moved: from the words of two books, page by page."""

from __future__ import annotations

import re

import pytest

from printedition.watching.leaves import Difference, Leaf, NotABook, differences, leaves_of, told


def book(*pages: str) -> tuple[Leaf, ...]:
    """A book of these words, with folios from 1."""
    return tuple(
        Leaf(
            str(number),
            tuple(re.findall(r"[^\W\d]+", words)),
            tuple(found.start() for found in re.finditer(r"[^\W\d]+", words)),
            tuple(re.findall(r"\d+", words)),
        )
        for number, words in enumerate(pages, 1)
    )


def news(old: tuple[Leaf, ...], new: tuple[Leaf, ...]) -> str:
    return told(differences(old, new), len(old), len(new))


OLD = book("a b c d", "e f g h", "i j k l", "m n o p 12")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (OLD, "no page has other words"),
        (book("a b c d", "e f x h", "i j k l", "m n o p 12"), "page 2 changed"),
        (book("a b c d", "e f h", "i j k l", "m n o p 12"), "page 2 changed"),
        (book("a b x c", "d e f g", "h i j k l", "m n o p 12"), "page 1 changed; pages 2–3 moved"),
        (book("a b c", "d e f g h", "i j k l", "m n o p 12"), "pages 1–2 moved"),
        (book("a b c d", "e f i g", "h i j k l", "m n o p 12"), "page 2 changed; page 3 moved"),
        (book("a b c d", "e f g h", "i j k l", "m n o p 13"), "page 4 has other numbers"),
        (book("a x c d", "e f g h", "i j x l", "m n o p 12"), "pages 1, 3 changed"),
        (book("a b c d", "e f g h", "i j k l", "m n o", "p 12"), "pages 4–5 moved; 1 page more"),
        (book("a b c d", "e f g h", "i j k l"), "1 page fewer"),
    ],
)
def test_what_happened_to_pages_is_told(new: tuple[Leaf, ...], words: str) -> None:
    assert news(OLD, new) == words


def test_the_new_words_of_a_page_are_named() -> None:
    (page,) = differences(OLD, book("a b c d", "e f x h", "i j k l", "m n o p 12"))
    assert page == Difference(1, "2", "changed", (2,))


def test_a_word_that_went_is_shown_where_it_stood() -> None:
    (page,) = differences(OLD, book("a b c d", "e f h", "i j k l", "m n o p 12"))
    assert page.words == (2,)


def test_what_is_no_pdf_is_said_to_be_none() -> None:
    with pytest.raises(NotABook):
        leaves_of(b"half a book")
