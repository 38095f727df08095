"""The columns of an index, broken from strips of a line each but for heads, which are higher."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest

from printedition.diagnostics import Findings
from printedition.page.engine import Engine
from printedition.page.frame import Frame
from printedition.page.galley import End
from printedition.page.index_columns import Column, ColumnBreaker
from printedition.sources import MemorySources

LINE = 10.0


class Strips:
    """A letter a line: h a head with a line of room above, x an entry, s a subheading; where the
    letter is big no column may end below it."""

    def __init__(self, strips: str) -> None:
        self.strips = strips

    def height(self, start: int, stop: int) -> float:
        lines = stop - start
        return LINE * (lines + self.strips[start + 1 : stop].lower().count("h"))

    def end(self, number: int) -> End:
        return End.NO if self.strips[number].isupper() else End.YES


def pages_of(breaker: ColumnBreaker, strips: str, room: float) -> list[tuple[str, ...]]:
    pages, start = [], 0
    while start < len(strips):
        columns = breaker.page(start, len(strips), room)
        shown = ("+" * bool(c.again) + strips[c.start : c.stop] for c in columns)
        pages.append(tuple(shown))
        start = columns[-1].stop
    return pages


@pytest.mark.parametrize(
    ("what", "strips", "lines", "expected"),
    [
        ("columns one after another", "x" * 9, 3, [("xxx", "xxx"), ("xx", "x")]),
        ("the last columns are level", "x" * 6, 9, [("xxx", "xxx")]),
        ("the first is the longer", "x" * 7, 9, [("xxxx", "xxx")]),
        ("no head at a column's foot", "xxHxxx", 3, [("xx", "Hxx"), ("x",)]),
        ("a head needs no room above at the top", "xxxHxx", 3, [("xxx", "Hxx")]),
        ("room above it is counted", "xHxxxxx", 3, [("x", "Hxx"), ("xx", "x")]),
        ("what is kept together goes on together", "xxXXxx", 3, [("xx", "XXx"), ("x",)]),
        ("but where no column can hold it", "XXXXXx", 3, [("XXX", "XXx")]),
        ("one line, if there is no room at all", "xx", 0, [("x", "x")]),
    ],
)
def test_columns(what: str, strips: str, lines: int, expected: list[tuple[str, ...]]) -> None:
    breaker = ColumnBreaker(Strips(strips), 2, {}, {})
    assert pages_of(breaker, strips, lines * LINE) == expected, what


def test_a_heading_stands_again_where_its_subheadings_go_on() -> None:
    strips = "xssssx"
    breaker = ColumnBreaker(Strips(strips), 2, dict.fromkeys(range(1, 5), "a"), {"a": 2 * LINE})
    assert pages_of(breaker, strips, 4 * LINE) == [("xsss", "+sx")]
    assert pages_of(breaker, strips, 3 * LINE) == [("xss", "+s"), ("+s", "x")]
    (first, second) = breaker.page(0, 6, 4 * LINE)
    assert (first.lead, second) == (0.0, Column(4, 6, "a", 2 * LINE))


def test_every_strip_stands_once_and_in_order() -> None:
    strips = "HxxsssxHxSSsxXxxHxxx" * 9
    breaker = ColumnBreaker(Strips(strips), 3, {}, {})
    for room in range(2, 40):
        start, columns = 0, []
        while start < len(strips):
            page = breaker.page(start, len(strips), room * LINE)
            columns += page
            start = page[-1].stop
        assert all(one.stop == other.start for one, other in pairwise(columns))
        assert (columns[0].start, columns[-1].stop) == (0, len(strips))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("columns: 2; column-gap: 30px", (2, 30.0)),
        ("columns: 3", (3, 16.0)),
        ("columns: 90px", (3, 16.0)),
        ("columns: 4 90px; column-gap: 5%", (3, 20.0)),
        ("color: black", (1, 16.0)),
    ],
)
def test_the_style_says_how_many_columns(style: str, expected: tuple[int, float]) -> None:
    engine = Engine(MemorySources({}), "@page { size: 400px; margin: 0 }", Findings())
    page = f'<html><body><div class="headings" style="{style}"></div></body></html>'
    sheet = engine.lay_out(page).pages[0]
    frame = object.__new__(Frame)
    frame.document, frame.places = SimpleNamespace(pages=[sheet]), {"sheet.index.0": 0}
    assert frame.columns("index") == expected
