"""Where the markers of pages and lines stand in a chapter of the e-book."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from printedition.book.starts import PrintedPage, Start, letters_of
from printedition.ebook.pages import mark

_HEAD = '<html xmlns:epub="http://www.idpf.org/2007/ops"><head><title>T</title></head><body>'


def _marked(body: str, *starts: Start, lines: bool = True) -> str:
    """The body with its markers as ¦folio¦ and ‹line›, those between blocks as ¶folio¶."""
    pages = [PrintedPage(str(n), "s", (start,)) for n, start in enumerate(starts, 1)]
    text = mark(f"{_HEAD}{body}</body></html>", pages, lines=lines).text
    ElementTree.fromstring(text)
    inside = text.partition("<body>")[2].partition("</body>")[0]
    inside = re.sub(r'<div id="pagebreak-(\d+)"[^>]*></div>', r"¶\1¶", inside)
    inside = re.sub(r'<span id="pagebreak-(\d+)"[^>]*></span>', r"¦\1¦", inside)
    return re.sub(r'<span class="line-number"[^>]*>(\d+)</span>', r"‹\1›", inside)


def _at(name: str, before: int, letters: str, line: int = 0) -> Start:
    return Start(line, ((name, before),), letters_of(letters))


def test_a_page_that_begins_with_a_paragraph_is_marked_before_it() -> None:
    body = '<p id="a">One two.</p>\n<p id="b">Three four.</p>'
    assert _marked(body, _at("b", 0, "Three four")) == (
        '<p id="a">One two.</p>\n¶1¶<p id="b">Three four.</p>'
    )


def test_a_page_that_begins_inside_a_paragraph_is_marked_at_the_word() -> None:
    body = '<p id="a">One “two <em>three</em> four”.</p>'
    assert _marked(body, _at("a", 3, "two three four")) == (
        '<p id="a">One ¦1¦“two <em>three</em> four”.</p>'
    )
    assert _marked(body, _at("a", 6, "three four")) == (
        '<p id="a">One “two ¦1¦<em>three</em> four”.</p>'
    )


def test_no_marker_stands_between_a_word_and_the_sign_before_it() -> None:
    body = '<p id="a">One (“<em>two</em>”).</p>'
    assert _marked(body, _at("a", 3, "two")) == '<p id="a">One ¦1¦(“<em>two</em>”).</p>'
    assert "One ‹5›(“<em>" in _marked(body, _at("a", 3, "two", line=5))


def test_no_marker_stands_between_a_word_and_a_sign_in_an_element_of_its_own() -> None:
    """A line’s number stood between the sign of a change, or a quotation mark, and its word."""
    changed = (
        '<ins><span class="spoken">new: </span><span class="change-sign">+</span><b>each</b></ins>'
    )
    body = f'<p id="a">One <b>”</b> {changed} <b>“</b><i>three</i></p>'
    made = _marked(body, _at("a", 3, "each three", line=5), _at("a", 7, "three"))
    assert made == f'¶1¶<p id="a">One <b>”</b> ‹5›{changed} ¦2¦<b>“</b><i>three</i></p>'


def test_number_of_a_line_stood_before_the_blank_with_which_an_element_begins() -> None:
    """It was read with the word before, on which another line ends."""
    body = '<p id="a">One <ins>two</ins><del> three</del> four.</p>'
    made = _marked(body, _at("a", 6, "three four", line=5))
    assert made == '¶1¶<p id="a">One <ins>two</ins><del> ‹5›three</del> four.</p>'
    assert "</ins><del> ¦1¦three" in _marked(body, _at("a", 6, "three four"))


@pytest.mark.parametrize(
    "word", ["revolution", "counter-revolution", "un<em>known</em>", "R.S.F.S.R."]
)
def test_no_marker_stands_inside_a_word(word: str) -> None:
    body = f'<p id="a">One {word} two.</p>'
    assert _marked(body, _at("a", 5, "")) == f'<p id="a">One {word} ¦1¦two.</p>'


def test_a_section_is_marked_before_its_heading() -> None:
    body = (
        '<section id="s">\n<header><h1 id="t">The title</h1></header><p id="a">Words</p></section>'
    )
    assert _marked(body, Start(0, (("s", 0), ("t", 0)), "thetitle")) == (
        '<section id="s">¶1¶\n<header><h1 id="t">The title</h1></header>'
        '<p id="a">Words</p></section>'
    )


def test_no_marker_stands_inside_a_heading() -> None:
    body = '<h2 id="t">The long title</h2>'
    assert _marked(body, _at("t", 3, "longtitle")) == '¶1¶<h2 id="t">The long title</h2>'


def test_a_marker_stands_inside_an_item_of_a_list() -> None:
    body = '<ul><li id="a">One</li><li id="b"><p>Two</p></li></ul>'
    assert _marked(body, _at("b", 0, "Two")) == (
        '<ul><li id="a">One</li><li id="b">¶1¶<p>Two</p></li></ul>'
    )


def test_calls_and_notes_in_the_margin_count_for_nothing() -> None:
    body = (
        '<p id="a"><span class="paragraph-number">12</span> One<a class="call note">34</a> '
        '<aside class="margin">Beside</aside>two &amp; three</p>'
    )
    assert "three" in _marked(body, _at("a", 6, "three")).partition("¦1¦")[2]
    assert _marked(body, _at("a", 0, "Onetwothree")).startswith("¶1¶<p")


def test_words_that_do_not_stand_where_they_should_are_sought_near() -> None:
    body = '<p id="a">Another lead here, then the words of the page.</p>'
    assert "¦1¦the words" in _marked(body, _at("a", 8, "the words of the page"))


def test_pages_keep_their_order_and_blank_ones_stand_before_the_next() -> None:
    body = '<p id="a">One two.</p><p id="b">Three four.</p>'
    marked = _marked(body, _at("a", 0, "One"), Start(0, (), ""), _at("b", 5, "four"))
    assert marked == '¶1¶¶2¶<p id="a">One two.</p><p id="b">Three ¦3¦four.</p>'


def test_lines_are_marked_inside_their_block_or_not_at_all() -> None:
    body = '<p id="a">One <em>two</em> three.</p>'
    line = _at("a", 3, "two three", line=5)
    assert "One ‹5›<em>two" in _marked(body, line)
    assert "‹" not in _marked(body, line, lines=False)
    assert '<p id="a">‹5›One' in _marked(body, _at("a", 0, "One", line=5))


_WORDS = st.lists(st.sampled_from(["a", "bß", "c-d", "é", "“e”", "f.g."]), min_size=1, max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_WORDS, st.integers(0, 60), st.integers(0, 60))
def test_markers_change_no_words_and_break_none(words: list[str], one: int, two: int) -> None:
    plain = " ".join(words)
    body = f'<p id="a">{plain}</p>'
    text = _marked(body, *(_at("a", n, "") for n in sorted((one, two))), lines=False)
    assert re.sub(r"[¶¦]\d+[¶¦]", "", text) == body
    for mark_at in re.finditer(r"¦\d+¦", re.sub(r"(?<=¦)¦\d+¦", "", text)):
        before = text[: mark_at.start()]
        assert not before or not before[-1].isalnum()


def test_line_after_a_forced_break_was_marked_before_the_last_word_of_the_line_above() -> None:
    body = '<p id="a">delta four<br/>epsilon <em>five</em><br/>\n<b>six</b></p>'
    assert _marked(body, _at("a", 9, "epsilon", line=5)) == (
        '¶1¶<p id="a">delta four<br/>‹5›epsilon <em>five</em><br/>\n<b>six</b></p>'
    )
    assert _marked(body, _at("a", 20, "six")) == (
        '<p id="a">delta four<br/>epsilon <em>five</em><br/>\n¦1¦<b>six</b></p>'
    )
