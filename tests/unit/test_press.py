"""What the press makes of a table that quotes lines of its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from printedition.book.tree import Locator
from printedition.page.compositor import Cast
from printedition.page.frame import Known
from printedition.page.press import MOST_ROUNDS, Press, _linked

TABLE: Any = SimpleNamespace(id="t")


def press(settings: int) -> Press:
    made = object.__new__(Press)
    made.known = Known(loci={"t.moved.1": "00"})
    made.settings = {"t": settings}
    made.asked = {"t": ({}, {"t.moved.1": "00"})}
    return made


def test_a_line_of_as_many_figures_is_filled_in() -> None:
    made = press(0)
    assert not made._is_to_be_set_again(Cast("t", 1, moved={"t.moved.1": "73"}))
    assert not made._is_told_otherwise(TABLE)


def test_a_longer_line_is_set_again() -> None:
    assert press(0)._is_to_be_set_again(Cast("t", 1, moved={"t.moved.1": "101"}))


def test_a_line_that_never_settles_is_not_taken_for_right() -> None:
    """It was printed as told, and no error said that pages had not come to rest."""
    made = press(MOST_ROUNDS)
    assert not made._is_to_be_set_again(Cast("t", 1, moved={"t.moved.1": "9"}))
    assert made._is_told_otherwise(TABLE)


def test_the_folios_of_a_heading_rise() -> None:
    """Words in a table's columns follow one another otherwise than their pages do: 20, 19."""
    places = {"a": "ix", "b": "20", "c": "19", "d": "20", "e": "19"}
    order = {"ix": 8, "19": 30, "20": 31}
    locators = tuple(Locator(name, "", note="1" if name == "e" else "") for name in "bcdea")
    assert _linked(places, order)(locators) == (
        ("a", "ix"),
        ("c", "19"),
        ("e", "19n"),
        ("b", "20"),
    )
