"""A line break that WeasyPrint 70 sets too early.

A text that ends in a space before an inline element, and fits the line without that space but
not with it, is hyphenated in its first word or broken before its last, though nothing needs to
break. CSS Text 3 §4.1.2 lets the space at a line's end hang.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline

_split_first_line = inline.split_first_line


def _split_hanging(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **options: Any
) -> Any:
    if max_width is not None and text.endswith(" ") and style["white_space"] == "normal":
        whole = _split_first_line(text, style, context, None, *rest, **options)
        if whole[3] > max_width:
            bare = _split_first_line(text.rstrip(" "), style, context, None, *rest, **options)
            if bare[3] <= max_width:
                return whole
    return _split_first_line(text, style, context, max_width, *rest, **options)


def mend() -> None:
    """Put the mended function in WeasyPrint's place; done once, however often it is called."""
    inline.split_first_line = _split_hanging
