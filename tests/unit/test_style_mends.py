"""Styles that are computed once, or looked up at once, are those that WeasyPrint computes."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import css
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page

from printedition.diagnostics import Findings
from printedition.page import page_styles, undeclared
from printedition.page.engine import Engine
from printedition.sources import MemorySources

STYLE = """
@page { size: 300px 200px; margin: 20px 10%; color: #333; @top-left { content: counter(page) } }
@page :left { padding-inline-start: 3vw; @top-right { content: "left"; font-weight: bold } }
@page named { counter-increment: page 2 }
@page :nth(4) { margin-top: 30px; @top-left { content: none } }
p { border-inline: 2px solid; margin-block-start: 1em; text-decoration: underline; width: 50vw }
.a { --far: 7px; padding-left: var(--far); letter-spacing: 0.1em; float: left }
.a { width: calc(1em + 2%) }
.a b { padding-left: inherit; width: inherit; border-left-width: thick; display: table-cell }
"""
MARKS = '<p class="a" id="x">a <b lang="ru">b</b></p><p lang="ru">c <b lang="ru">d</b></p>'
TEXT = f'<html><body>{MARKS}<div style="page: named">{"<p>e</p>" * 40}</div></body></html>'


def _pages(furnished: bool = True) -> list[Any]:
    engine = Engine(MemorySources({}), STYLE, Findings())
    return [one._page_box for one in engine.lay_out(TEXT, furnished=furnished).pages]


def _told(pages: list[Any]) -> list[Any]:
    return [
        (
            box.element_tag,
            box.position_x,
            box.position_y,
            *(repr(box.style[name]) for name in names),
        )
        for one in pages
        for box in one.descendants()
        for names in [sorted(INITIAL_VALUES.keys() - undeclared._LOGICAL - {"anchor"})]
    ]


def test_properties_that_no_rule_declares_are_those_of_weasyprint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = _told(_pages())
    monkeypatch.setattr(undeclared, "mend", lambda: None)
    monkeypatch.setattr(css.ComputedStyle, "__missing__", undeclared._look_up)
    assert ours == _told(_pages())


def test_pages_have_the_style_that_weasyprint_gives_them(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = _pages()
    ours = _told(pages)
    assert len(pages) > 5
    assert len({id(one.style) for one in pages}) < len(pages)
    monkeypatch.setattr(page_styles, "mend", lambda: None)
    monkeypatch.setattr(page, "set_page_type_computed_styles", page_styles._compute)
    assert ours == _told(_pages())


def test_pages_without_heads_have_the_same_text() -> None:
    with_heads, without = _pages(), _pages(furnished=False)
    assert {len(one.children) for one in with_heads} == {2, 3}
    assert {len(one.children) for one in without} == {1}
    texts = [one.children[0] for one in without]
    assert _told(texts) == _told([one.children[0] for one in with_heads])


def test_elements_in_one_language_share_a_style() -> None:
    page = '<html><body><i lang="ru">a</i><i lang="de">b</i><i lang="ru">c</i>'
    page += '<i lang="ru" style="color: red">d</i><i lang="ru" style="color: blue">e</i>'
    (laid,) = Engine(MemorySources({}), "", Findings()).lay_out(page + "</body></html>").pages
    found = (box for box in laid._page_box.descendants() if isinstance(box, boxes.InlineBox))
    styles = [box.style for box in found]
    assert [style["lang"] for style in styles] == ["ru", "de", "ru", "ru", "ru"]
    assert styles[0] is styles[2]
    assert len({style["color"] for style in styles[2:]}) == 3


def test_markers_of_lists_are_styled_as_by_weasyprint() -> None:
    page = "<html><body><ol><li>a</li></ol><p>b<b>c</b></p></body></html>"
    (laid,) = Engine(MemorySources({}), "", Findings()).lay_out(page).pages
    found = (b for b in laid._page_box.descendants() if b.element_tag == "li::marker")
    assert next(found).style["font_variant_numeric"] == ("tabular-nums",)
