"""Words too long for any line.

WeasyPrint 70 breaks them in a time that grows by their square. And it takes words inside a mark
that the line began with for the first of their line, and breaks them anywhere, without a hyphen,
where they could stand on the next line (`overflow-wrap: break-word`, CSS Text 3 §5.5).
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

LONGEST = 200  # letters; the longest line of a wide page has some 150

# Between Chinese, Japanese and Korean letters a line may break anyhow.
_LONG = re.compile(rf"[^\s\u200b\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff]{{{LONGEST + 1},}}")
_PIECE = re.compile(rf".{{{LONGEST // 4}}}", re.S)
_BREAK = "\u200b"  # ZERO WIDTH SPACE


def break_up(root: Element) -> None:
    """Lets the words of a document that are longer than any line break, every fifty letters."""
    for element in root.iter():
        element.text = _broken(element.text)
        element.tail = _broken(element.tail)


def _broken(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST:
        return text
    return _LONG.sub(lambda long: _PIECE.sub(rf"\g<0>{_BREAK}", long[0]), text)


_split_inline_box = inline.split_inline_box
_split_text_box = inline.split_text_box


def _split_line(context: Any, box: Any, position_x: float, *rest: Any) -> Any:
    """Split a line or a mark, as WeasyPrint does; the text of a line knows where that begins."""
    if not isinstance(box, boxes.LineBox):
        return _split_inline_box(context, box, position_x, *rest)
    outer = getattr(context, "line_begins", None)
    context.line_begins = position_x
    try:
        return _split_inline_box(context, box, position_x, *rest)
    finally:
        context.line_begins = outer


def _split_text(
    context: Any, box: Any, available_width: float, skip: int, is_line_start: bool = True
) -> Any:
    begins = getattr(context, "line_begins", None)
    if is_line_start and begins is not None:
        # Marks at the beginning of a line may have padding; an em of it is no word.
        is_line_start = box.position_x - begins < box.style["font_size"]
    return _split_text_box(context, box, available_width, skip, is_line_start)


def mend() -> None:
    """Put the mended functions in WeasyPrint's place; done once, however often it is called."""
    inline.split_inline_box = _split_line
    inline.split_text_box = _split_text
