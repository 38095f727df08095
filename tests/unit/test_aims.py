"""References of the e-book lead to a word of their target, which is no more than that."""

from __future__ import annotations

import pytest

from printedition.ebook.aims import aim, name_words, targets_in


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ('<p id="a">One two</p>', '<p id="a"><span id="a._">One</span> two</p>'),
        ('<p id="a"> <em>One</em></p>', '<p id="a"> <em><span id="a._">One</span></em></p>'),
        ('<p id="a">Consideration</p>', '<p id="a"><span id="a._">Consider</span>ation</p>'),
        ('<p id="a">&amp;c.</p>', '<p id="a"><span id="a._">&amp;c.</span></p>'),
        (
            '<p id="a"><sup class="call note"><a>1</a></sup><span class="spoken">new: </span>x</p>',
            '<p id="a"><sup class="call note"><a>1</a></sup><span class="spoken">new: </span>'
            '<span id="a._">x</span></p>',
        ),
        ('<p id="a"><br/></p><p>Not here</p>', '<p id="a"><br/></p><p>Not here</p>'),
        ('<div id="a" epub:type="footnote">A note</div>',) * 2,
        ('<p class="margin" id="a" role="note">A note</p>',) * 2,
    ],
)
def test_the_first_word_is_named_and_no_note_is(page: str, named: str) -> None:
    made, names = name_words(page, {"a"})
    assert made == named
    assert names == ({"a._"} if page != named else set())


def test_references_lead_to_words_and_other_links_as_they_did() -> None:
    page = (
        '<a class="reference" href="#a">x</a><a href="#a">y</a><a class="reference" href="#b">z</a>'
    )
    assert targets_in(page) == {"a", "b"}
    assert aim(page, {"a._"}) == page.replace('"reference" href="#a"', '"reference" href="#a._"')


def test_two_targets_that_begin_with_one_word_share_it() -> None:
    """One of the two links led to the whole, which pops up."""
    made, names = name_words('<section id="a"><p id="b">One</p></section>', {"a", "b"})
    assert names == {"a._", "b._"}
    assert '<span id="b._"><span id="a._">One</span></span>' in made
