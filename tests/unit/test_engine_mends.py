"""WeasyPrint's functions that are put in place of its own give what its own give."""

from __future__ import annotations

import random
import re
import zlib
from typing import Any

import pytest
from weasyprint import draw
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, block, inline, percent
from weasyprint.text import line_break

from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.page import (
    bare,
    drawn_words,
    known_words,
    lengths,
    long_words,
    spaces,
    typesetting,
)
from printedition.page.engine import Engine
from printedition.page.light import Draughtsman
from printedition.sources import MemorySources

PAGE = """<html lang="en"><head><title>x</title></head><body>
<p style="width: 50%; padding: 3px 5%; margin-left: calc(10% + 2px)">of half <b>its</b> breadth</p>
<p style="width: 200px; box-sizing: border-box; border: 1px solid; padding: 4px">in a box</p>
<p lang="ru" style="font-variant-numeric: oldstyle-nums; letter-spacing: 1px">1917 год</p>
<p style="text-decoration: underline; font-variant: small-caps">underlined</p>
<table style="border-collapse: collapse"><tr><td style="border: 2px solid">cell</td></tr></table>
<div style="display: grid; grid-template-columns: 30px 90px"><p>a</p><p>b c d e f</p></div>
<div style="display: flex"><p style="flex: 1">a</p><p style="min-width: 40%">b</p></div>
</body></html>"""


def _boxes(page: str = PAGE) -> list[tuple[Any, ...]]:
    engine = Engine(MemorySources({}), "@page { size: 300px 400px; margin: 10px }", Findings())
    pages = engine.lay_out(page).pages
    numbers = ("position_x", "position_y", "width", "height", "padding_left", "margin_left")
    return [
        (box.element_tag, *(getattr(box, name, None) for name in numbers))
        for page in pages
        for box in page._page_box.descendants()
    ]


def test_lengths_resolved_once_are_those_of_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = _boxes()
    monkeypatch.setattr(lengths, "mend", lambda: None)
    for module in lengths._MODULES:
        monkeypatch.setattr(module, "resolve_percentages", lengths._resolve)
    assert block.resolve_percentages is percent.resolve_percentages
    assert ours == _boxes()


def test_type_told_once_is_set_as_by_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = _boxes()
    monkeypatch.setattr(typesetting, "mend", lambda: None)
    monkeypatch.setattr(line_break.Layout, "setup", typesetting._setup)
    assert ours == _boxes()


def test_words_known_by_heart_are_set_as_by_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The <b>Council</b> of People’s Com\u00admissars of <a id='x'>the</a>\tRepublic, "
    page = f'<html lang="en"><body><p style="hyphens: auto">{words * 9}</p></body></html>'
    ours = _boxes(page), _boxes()
    monkeypatch.setattr(known_words, "mend", lambda: None)
    monkeypatch.setattr(inline, "split_first_line", spaces.split_hanging)
    monkeypatch.setattr(inline, "create_layout", line_break.create_layout)
    monkeypatch.setattr(inline, "can_break_text", line_break.can_break_text)
    monkeypatch.setattr(inline, "strut", line_break.strut)
    assert ours == (_boxes(page), _boxes())


def test_a_breadth_known_by_heart_is_that_of_the_style(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(MemorySources({}), "", Findings())
    page = "<html><body><p>om.</p><p><b id='x'>om.</b></p><p style='letter-spacing: 2px'>om.</p>"
    (laid,) = engine.lay_out(page + "</body></html>").pages
    texts = [box for box in laid._page_box.descendants() if isinstance(box, boxes.TextBox)]
    assert [known_words.breadth("om.", box.style) for box in texts] == [b.width for b in texts]
    assert len({box.width for box in texts}) == 3


def test_words_drawn_before_are_drawn_as_by_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """In lines spaced alike or not, and after a text too small to be seen."""
    entry = "<b>12</b>\u00a0fall] fill A, <i>om.</i> B &#160; <b>fall</b> ∅ "
    marks = "letter-spacing: 2px", "text-decoration: underline", "font-size: 0.0000001px"
    marked = "".join(f'<span style="{mark}">fall</span><i>om.</i>' for mark in marks)
    page = f'<html><body><p style="text-align: justify">{(entry + marked) * 9}</p></body></html>'
    asked: list[str] = []

    def drawn() -> bytes:
        engine = Engine(MemorySources({}), "@page { size: 300px 900px }", Findings())
        (laid,) = engine.lay_out(page).pages
        draughtsman = Draughtsman(laid._page_box, 0)
        for _ in range(2):
            draughtsman.draw(laid._page_box.children[:1], (), None)
        return b"".join(zlib.decompress(one.content) for one in draughtsman.section.pages)

    def original(stream: Any, box: Any, *rest: Any) -> None:
        asked.append(box.text)
        if box.text.strip() or box.style["text_decoration_line"] != "none":
            draw_text(stream, box, *rest)

    draw_text = drawn_words._draw_text
    monkeypatch.setattr(drawn_words, "_draw_text", original)
    ours, few = drawn(), len(asked)
    asked.clear()
    monkeypatch.setattr(drawn_words, "mend", lambda: None)
    monkeypatch.setattr(draw, "draw_text", original)
    assert ours == drawn()
    assert 2 * few < len(asked)


def test_boxes_come_in_the_order_of_weasyprint() -> None:
    engine = Engine(MemorySources({}), "", Findings())
    page = '<html><body>a <b>b <i style="position: absolute">c</i></b><p>d</p></body></html>'
    (laid,) = engine.lay_out(page).pages
    for within in (True, False):
        ours = list(laid._page_box.descendants(within))
        assert ours == list(bare._descendants(laid._page_box, within))
    assert len(ours) > 8


def test_a_box_without_a_background_is_seen_as_weasyprint_sees_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    styles = "background: red", "border-radius: 3px", "box-shadow: 1px 1px", "visibility: hidden"
    marks = "".join(f'<p style="{style}; float: left">a <b id="x">b</b></p>' for style in styles)
    marks += '<p>a <i style="position: absolute; top: 0">c</i></p>'
    page = f'<html style="background: blue"><body>{marks}</body></html>'

    def seen() -> list[tuple[Any, ...]]:
        engine = Engine(MemorySources({}), "", Findings())
        found = [page._page_box for page in engine.lay_out(page).pages]
        inner = [box for whole in found for box in whole.descendants(placeholders=True)]
        return [
            (b.background and b.background.color, b.border_top_left_radius, b.is_in_normal_flow())
            for b in inner
        ]

    ours = seen()
    assert len(set(ours)) > 3
    monkeypatch.setattr(bare, "mend", lambda: None)
    monkeypatch.setattr(background, "layout_box_backgrounds", bare._lay_backgrounds)
    monkeypatch.setattr(boxes.Box, "is_in_normal_flow", bare._is_in_normal_flow)
    assert ours == seen()


def test_a_line_ends_in_the_same_word_whether_or_not_a_mark_begins_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Some lines of run-in entries ended a word before they were full, where a mark began."""
    chance = random.Random(3)
    words = ("council", "of", "the", "time", "power", "self")
    entries = [(chance.choice(words), chance.choices(words, k=4)) for _ in range(150)]
    bare = " ".join(f"{lemma}n {' '.join(reading)}" for lemma, reading in entries)
    marked = " ".join(f"<span>{lemma}</span>n {' '.join(reading)}" for lemma, reading in entries)
    assert _lines(marked) == _lines(bare)
    monkeypatch.setattr(spaces, "mend", lambda: None)
    monkeypatch.setattr(known_words, "mend", lambda: None)
    monkeypatch.setattr(inline, "split_first_line", spaces._split_first_line)
    assert _lines(marked) != _lines(bare), "WeasyPrint does it by itself: spaces.py can go"


def test_a_word_that_can_stand_on_the_next_line_is_not_broken_inside_a_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An index had “Centra|l Executive Committee” where a line began inside a reference."""
    words = "council of the <em>time <a>power</a>; <a>self-determination</a> and more</em> yet "

    def torn() -> list[str]:
        entry = f'<span style="overflow-wrap: break-word">{words * 9}</span>'
        known = set(re.findall(r"[a-z]+", re.sub(r"<[^>]*>", "", words)))
        printed = re.findall(r"[a-z]+", "\n".join(_lines(entry, hyphens="none")))
        return [word for word in printed if word not in known]

    assert torn() == []
    monkeypatch.setattr(long_words, "mend", lambda: None)
    monkeypatch.setattr(inline, "split_inline_box", long_words._split_inline_box)
    monkeypatch.setattr(inline, "split_text_box", long_words._split_text_box)
    assert torn() != [], "WeasyPrint does it by itself: the mend can go"


def _lines(words: str, hyphens: str = "auto") -> list[str]:
    """The lines of a run-in band in the house's type, in several breadths."""
    style = house_file(MemorySources({}), "styles", "page.css")
    style += f"p {{ font-kerning: none; hyphens: {hyphens} }}"
    sources = MemorySources({"styles/page.css": style})
    engine = Engine(sources, style, Findings())
    bands = "".join(
        f'<p class="band run-in" style="width: {width}px">{words}</p>'
        for width in range(340, 360, 2)
    )
    pages = engine.lay_out(f"<html><body>{bands}</body></html>").pages
    return [
        "".join(text.text for text in box.descendants() if isinstance(text, boxes.TextBox)).strip()
        for page in pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.LineBox)
    ]
