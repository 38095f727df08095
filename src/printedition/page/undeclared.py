"""Properties that no rule declares, looked up at once.

WeasyPrint 70 goes through all that a declaration could say for each property of each style, and
most of the properties that it asks for are declared nowhere: they are inherited, or initial.
"""

from __future__ import annotations

from typing import Any

from weasyprint import css
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

_look_up = css.ComputedStyle.__missing__

# Those that depend on other properties, or on what is around.
_ENTANGLED = frozenset(["float", "display", "position", "page"])

_PLAIN = frozenset(
    name
    for name in INITIAL_VALUES
    if name not in _ENTANGLED
    and not name.startswith("text_decoration_")
    and (name in INHERITED or name not in INITIAL_NOT_COMPUTED)
)

_LOGICAL = frozenset(
    logical(block="ttb", inline=inline)
    for logical in PHYSICAL_FUNCTIONS.values()
    for inline in ("ltr", "rtl")
)


def _look_up_quickly(self: Any, key: str) -> Any:
    own, parent = self.cascaded, self.parent_style
    if key not in _PLAIN or key in own or parent is None:
        return _look_up(self, key)
    if key in PHYSICAL_FUNCTIONS and not _LOGICAL.isdisjoint(own):
        return _look_up(self, key)
    value = parent[key] if key in INHERITED else INITIAL_VALUES[key]
    if check_math(value):
        return _look_up(self, key)
    self[key] = value
    return value


def mend() -> None:
    """Put the mended function in WeasyPrint's place; done once, however often it is called."""
    css.ComputedStyle.__missing__ = _look_up_quickly
