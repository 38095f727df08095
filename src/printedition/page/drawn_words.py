"""Words drawn once in a section: where they stand again, what drew them is written again.

WeasyPrint 70 asks Pango for the glyphs of each piece of text wherever it stands, though in an
apparatus most have been drawn before: sigla, the same readings, single words of the text.
"""

from __future__ import annotations

from typing import Any

from weasyprint import draw
from weasyprint.text.ffi import TO_UNITS

from printedition.page.typesetting import Told, told_of

_draw_text = draw.draw_text

# Of a text and the spaces in it, which font draws it, and the operator with its glyphs; None where
# it takes more than that.
_Key = tuple[str, int, bool]
_Strokes = tuple[tuple[Any, float], bytes] | None


class Drawn:
    """What is drawn by now with the fonts of one section, by the style and the text."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[Told, dict[_Key, _Strokes]]] = {}

    def of(self, told: Told) -> dict[_Key, _Strokes]:
        """What is drawn in a style."""
        known = self._of.get(id(told))
        if known is None:
            known = self._of[id(told)] = told, {}
        return known[1]


def _draw_words(stream: Any, textbox: Any, offset: float, overflow: str, ellipsis: Any) -> None:
    """Draw a text, unless it is blank."""
    style = textbox.style
    if not textbox.text.strip() and style["text_decoration_line"] == "none":
        return
    drawn: Drawn | None = vars(stream).get("drawn")
    told = told_of(style) if drawn is not None else None
    if drawn is None or told is None or overflow == "ellipsis" or ellipsis != "none":
        _draw_text(stream, textbox, offset, overflow, ellipsis)
        return
    if style["visibility"] != "visible":
        return
    known, key = drawn.of(told), _key(textbox.pango_layout)
    strokes = known.get(key)
    if strokes is not None:
        stream.set_color(style["color"])
        stream.begin_text()
        left, base = textbox.position_x, textbox.position_y + textbox.baseline
        stream.set_text_matrix(1, 0, 0, -1, left, base)
        font, glyphs = strokes
        stream.set_font_size(*font)
        stream.stream.append(glyphs)
        stream.end_text()
        return
    begun = len(stream.stream)
    _draw_text(stream, textbox, offset, overflow, ellipsis)
    if key not in known:
        alike = style["letter_spacing"] == "normal"
        known[key] = _strokes(stream, begun) if alike else None


def _key(layout: Any) -> _Key:
    """What two texts of one style have in common that are drawn alike."""
    text = layout.text
    spacing = layout.justification_spacing if " " in text or "\u00a0" in text else 0
    return text, int(spacing * TO_UNITS), bool(spacing)


def _strokes(stream: Any, begun: int) -> _Strokes:
    """What drew the last text of a stream, where it was drawn at once and in one font.

    Before the text the stream had as many operators as are `begun`; the last of them ended a text
    that this one may go on with.
    """
    drawn = stream.stream[max(begun - 1, 0) :]
    while drawn and not (isinstance(drawn[0], bytes) and drawn[0].endswith(b" Tm")):
        del drawn[0]
    if len(drawn) == 4 and drawn[1].endswith(b" Tf"):
        del drawn[1]
    if len(drawn) != 3 or drawn[2] != b"ET" or not drawn[1].endswith(b" TJ"):
        return None
    return stream._old_font, drawn[1]


def mend() -> None:
    """Put the mended function in WeasyPrint's place; done once, however often it is called."""
    draw.draw_text = _draw_words
