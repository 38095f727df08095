"""WeasyPrint's functions that are put in place of its own give what its own give."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint.layout import block, percent
from weasyprint.text import line_break

from printedition.diagnostics import Findings
from printedition.page import lengths, typesetting
from printedition.page.engine import Engine
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


def _boxes() -> list[tuple[Any, ...]]:
    engine = Engine(MemorySources({}), "@page { size: 300px 400px; margin: 10px }", Findings())
    pages = engine.lay_out(PAGE).pages
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
