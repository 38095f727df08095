"""The lengths of a box, resolved once for each style.

WeasyPrint 70 resolves eighteen lengths of every box that it lays out, though only percentages and
sums of them differ from box to box; that took a twelfth of all layout.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import absolute, block, column, float, grid, inline, page, percent, table

from printedition.page import likeness

_MODULES = (absolute, block, column, float, grid, inline, page, percent, table)
_resolve = percent.resolve_percentages

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
)
_RESOLVED = (*_LENGTHS, *(f"border_{side}_width" for side in _SIDES))


def _resolve_once(box: Any, containing_block: Any) -> None:
    style = likeness.shared(box.style)
    known = style.__dict__.get("_resolved")
    # The children of a grid are given other extents in the style that they have.
    if known and known[0] is style["width"] and known[1] is style["height"]:
        box.__dict__.update(known[2])
        return
    _resolve(box, containing_block)
    if known is None:
        style._resolved = _resolved(box) if _is_fixed(style) else False


def _resolved(box: Any) -> tuple[Any, Any, dict[str, Any]]:
    own = vars(box)
    return box.style["width"], box.style["height"], {name: own[name] for name in _RESOLVED}


def _is_fixed(style: Any) -> bool:
    """Whether no length of a style depends on what the box stands in."""
    if style["border_collapse"] == "collapse":
        return False
    values = (style[name] for name in _LENGTHS)
    return all(value == "auto" or getattr(value, "unit", None) == "px" for value in values)


def mend() -> None:
    """Put the mended function in WeasyPrint's place; done once, however often it is called."""
    for module in _MODULES:
        module.resolve_percentages = _resolve_once
