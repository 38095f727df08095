"""What the press makes of a table that quotes lines of its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from printedition.book.asked import Told
from printedition.page.compositor import Cast
from printedition.page.copies import Copies
from printedition.page.frame import Known
from printedition.page.press import MOST_ROUNDS, Press

TABLE: Any = SimpleNamespace(id="t")


def press(settings: int) -> Press:
    made = object.__new__(Press)
    made.copies = object.__new__(Copies)
    made.copies.known = Known(loci={"t.moved.1": "00"})
    made.copies.asked = {"t": Told(loci={"t.moved.1": "00"})}
    made.settings = {"t": settings}
    return made


def test_a_line_of_as_many_figures_is_filled_in() -> None:
    made = press(0)
    assert not made._is_to_be_set_again(Cast("t", 1, moved={"t.moved.1": "73"}))
    assert not made.copies.is_told_otherwise(TABLE)


def test_a_longer_line_is_set_again() -> None:
    assert press(0)._is_to_be_set_again(Cast("t", 1, moved={"t.moved.1": "101"}))


def test_a_line_that_never_settles_is_not_taken_for_right() -> None:
    """It was printed as told, and no error said that pages had not come to rest."""
    made = press(MOST_ROUNDS)
    assert not made._is_to_be_set_again(Cast("t", 1, moved={"t.moved.1": "9"}))
    assert made.copies.is_told_otherwise(TABLE)
