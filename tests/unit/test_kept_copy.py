"""A copy whose lines are made to begin at any letter."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from printedition.page.kept_copy import LetteredCopy

COPY = (
    "<html><head><title>x</title></head><body><section><h1>On</h1>"
    '<p id="p1">To <em>the “whole</em> council<a class="call">1</a>, all-in. '
    '<span class="paragraph-number">2</span>So be it</p><p>End</p></section></body></html>'
)


def written(place: int) -> str:
    """The first paragraph with a line that begins with a letter."""
    html, _ = LetteredCopy(COPY).fitted({place}, {})
    found = ElementTree.fromstring(html).find(".//p")
    assert found is not None
    found.tail = ""
    return ElementTree.tostring(found, encoding="unicode").replace('<br class="kept" />', "|")


def test_letters_are_those_of_the_text_alone() -> None:
    copy = LetteredCopy(COPY)
    assert copy.total == len("onTothewholecouncilallinSobeitEnd")
    assert [paragraph.first for paragraph in copy.paragraphs] == [0, 2, 30]


def test_signs_that_open_a_word_go_with_it() -> None:
    assert "<em>the |“whole</em>" in written(7)


def test_a_broken_word_has_its_hyphen() -> None:
    assert "<em>the “who‐|le</em>" in written(10)


def test_a_line_ends_after_the_hyphen_of_the_text() -> None:
    assert "all-|in. " in written(22)


def test_a_call_stays_with_its_word() -> None:
    assert 'council<a class="call">1</a>, |all-in' in written(19)


def test_words_between_two_places_are_spaced() -> None:
    html, _ = LetteredCopy(COPY).fitted({19}, {(19, 30): -0.02})
    assert ', <br class="kept" /><span style="word-spacing: -0.0200em">all-in. </span>' in html
    whole, _ = LetteredCopy(COPY).fitted((), {(2, 30): 0.05})
    assert '<p id="p1" style="word-spacing: 0.0500em">' in whole


def test_only_what_is_shown_is_laid_out() -> None:
    html, shown = LetteredCopy(COPY).fitted((), {}, [2])
    assert [paragraph.said for paragraph in shown] == ["End"]
    assert '<h1 style="display: none">' in html
