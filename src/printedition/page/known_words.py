"""Words whose breadth is known are not laid out again.

WeasyPrint 70 asks Pango for the breadth of each piece of text wherever it stands, though thousands
of entries share words and sigla; and it makes a layout of each to justify it, which is used only
when it is drawn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, pango
from weasyprint.text.line_break import Layout, line_size

from printedition.page import spaces
from printedition.page.likeness import shared
from printedition.page.typesetting import Told, told_of

_MOST = 20_000  # pieces of text of one style
_NARROW = 0.45  # of their size, letters are mostly broader: so many would not fit a line
_CONTROLS = frozenset("\n\t\xad\u2028\u2029")  # they do more at a line's end than to stand there

Known = tuple[int, float, float, float, int]  # bytes, breadth, height, base line, direction

_create_layout = line_break.create_layout
_strut = line_break.strut


def breadth(text: str, style: Any) -> float:
    """The breadth of a text on a line of its own, in px."""
    told = told_of(style)
    known = _known(told, text, style) if told is not None else None
    if known is not None:
        return known[1]
    return float(line_break.split_first_line(text, style, None, None, 0)[3])


def _known(told: Told, text: str, style: Any) -> Known | None:
    """The measures of a text; None where it is no single line."""
    if text not in told.words:
        if len(told.words) >= _MOST:
            told.words.clear()
        told.words[text] = _measured(text, style)
    known: Known | None = told.words[text]
    return known


def _measured(text: str, style: Any) -> Known | None:
    if not text or _CONTROLS.intersection(text):
        return None
    layout = Layout(style)
    layout.set_text(text)
    line, index = layout.get_first_line()
    if index is not None:
        return None
    width, height = line_size(line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    return line.length, width, height, baseline, layout.first_line_direction


def _waiting(text: str, spacing: float, max_width: float | None, direction: int) -> Any:
    """A layout as it is when WeasyPrint has done with it, until it is drawn."""
    layout = Layout.__new__(Layout)
    layout.justification_spacing, layout.max_width = spacing, max_width
    layout.text, layout.first_line_direction = text, direction
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    return layout


def _split_known(
    text: str, style: Any, context: Any, max_width: float | None, spacing: float, *rest: Any,
    **options: Any,
) -> Any:  # fmt: skip
    """The first line of a text, at once where it is known that it fits whole."""
    told = told_of(style)
    if told is not None and _may_fit(told, text, style, max_width):
        known = _known(told, text, style)
        if known is not None:
            length, width, height, baseline, direction = known
            if max_width is None or width * TO_UNITS <= int(max_width * TO_UNITS):
                layout = _waiting(text, spacing, max_width, direction)
                return layout, length, None, width, height, baseline
    return spaces.split_hanging(text, style, context, max_width, spacing, *rest, **options)


def _may_fit(told: Told, text: str, style: Any, max_width: float | None) -> bool:
    if max_width is None or text in told.words:
        return True
    return bool(len(text) * style["font_size"] * _NARROW < max_width)


def _lay_later(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float
) -> Any:
    """A layout of a text that is only drawn."""
    if told_of(style) is None or max_width is not None or "\n" in text:
        return _create_layout(text, style, context, max_width, justification_spacing)
    layout = _waiting(text, justification_spacing, max_width, 0)
    layout.layout = layout.language = layout.style = None  # which WeasyPrint takes away
    return layout


def _strut_once(own: Any) -> tuple[float, float]:
    style = shared(own)
    known: tuple[float, float] | None = style.__dict__.get("_strut")
    if known is None:
        known = style._strut = _strut(style)
    return known


_can_break = lru_cache(_MOST)(line_break.can_break_text)


def mend() -> None:
    """Put the mended functions in WeasyPrint's place; done once, however often it is called."""
    inline.split_first_line = _split_known
    inline.create_layout = _lay_later
    inline.strut = _strut_once
    inline.can_break_text = preferred.can_break_text = _can_break
