"""Ruled lines to write on: as many as their room is high, once it is known how high that is.

The templates have more lines than a room mostly wants, in an element of class `rules`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

STEP = 1.5  # lines of text between lines in the margin: 7 mm
_ROUNDING = 0.5  # px


def rule(boxes: Iterable[Any]) -> None:
    """Take from rooms the lines that stand below them."""
    for box in boxes:
        children = getattr(box, "children", None) or ()
        if box.element is not None and box.element.get("class") == "rules":
            foot = box.position_y + box.margin_height() + _ROUNDING
            box.children = [one for one in children if _foot(one) <= foot]
        else:
            rule(children)


def _foot(box: Any) -> float:
    return float(box.position_y + box.margin_height())
