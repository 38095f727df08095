"""A line break that WeasyPrint 70 sets too early.

A text that ends in a space before an inline element, and fits the line without that space but
not with it, is hyphenated in its first word or broken before its last, though nothing needs to
break. CSS Text 3 §4.1.2 lets the space at a line's end hang.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline

_split_first_line = inline.split_first_line

# A line of type is never so narrow, in parts of its size: longer texts need not be measured.
_NARROWEST = 0.2


def split_hanging(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **options: Any
) -> Any:
    """The first line of a text, as WeasyPrint splits it, whose last space may hang."""
    split = _split_first_line(text, style, context, max_width, *rest, **options)
    if split[2] is None or max_width is None or not text.endswith(" "):
        return split
    if style["white_space"] != "normal":
        return split
    if len(text) * style["font_size"] * _NARROWEST > max_width:
        return split
    bare = _split_first_line(text.rstrip(" "), style, context, None, *rest, **options)
    if bare[3] > max_width:
        return split
    return _split_first_line(text, style, context, None, *rest, **options)


def mend() -> None:
    """Put the mended function in WeasyPrint's place; done once, however often it is called."""
    inline.split_first_line = split_hanging
