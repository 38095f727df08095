"""Lines that end where a page of an earlier printing did, in the midst of a paragraph.

A `br` of the class `kept` ends them. In a paragraph that is justified so are they, where WeasyPrint
takes the last line before a break for the end of it.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline

CLASS = "kept"
SPACE = 0.25  # em: a space of type, of which the bounds of word spaces are reckoned
_LOOSEST = 3.0  # spaces that may be added to each of a line: wider ones tear it apart

_text_align = inline.text_align


def _align(context: Any, line: Any, available_width: float, last: bool) -> Any:
    if last and line.style["text_align_all"] == "justify" and is_kept(line):
        spaces = inline.count_expandable_spaces(line)
        room = SPACE * line.style["font_size"] * spaces
        slack = max(available_width - line.width, 0.0)
        line.looseness = slack / room if room else (0.0 if slack < 1 else _LOOSEST + 1)
        last = line.looseness > _LOOSEST
    return _text_align(context, line, available_width, last)


def is_kept(line: Any) -> bool:
    """Whether a line ends with such a break."""
    box = line
    while getattr(box, "children", ()):
        box = box.children[-1]
        if box.element_tag == "br":
            return box.element is not None and box.element.get("class") == CLASS
    return False


def looseness(line: Any) -> float:
    """How many spaces are added to each space of a line that ends so; 0 for other lines."""
    return float(getattr(line, "looseness", 0.0))


def mend() -> None:
    """Put the mended function in WeasyPrint's place; done once, however often it is called."""
    inline.text_align = _align
