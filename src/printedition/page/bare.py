"""Boxes without a background, and boxes in the flow, which nearly all are, seen at a glance.

WeasyPrint 70 reads some twenty properties of each box to find that there is nothing to paint, on
the galley and again on the page; and it hands each box on to its caller through all that it
stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background
from weasyprint.layout.absolute import AbsolutePlaceholder

from printedition.page.likeness import shared

_lay_backgrounds = background.layout_box_backgrounds
_descendants = boxes.Box.descendants
_is_in_normal_flow = boxes.Box.is_in_normal_flow

_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
_RADII = tuple(f"border_{corner}_radius" for corner in _CORNERS)
_BARE = {**dict.fromkeys(_RADII, (0, 0)), "background": None}
_IN_FLOW = ("static", "relative")


def _is_bare(style: Any) -> bool:
    """Whether boxes of a style have no background, shadow, round corner or bordering image."""
    return (
        all((0, "px") in style[name] for name in _RADII)
        and style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
        and all(kind == "none" for kind, _ in style["background_image"])
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
    )


def _lay_what_is_seen(
    page: Any, box: Any, image: Any, layout_children: bool = True, style: Any = None
) -> None:
    if style is not None or box is page:
        _lay_backgrounds(page, box, image, layout_children, style)
        return
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    style = shared(box.style)
    bare = style.__dict__.get("_bare")
    if bare is None:
        bare = style._bare = _is_bare(style)
    if not bare:
        _lay_backgrounds(page, box, image, layout_children)
        return
    vars(box).update(_BARE)
    if layout_children:
        for child in box.all_children():
            _lay_what_is_seen(page, child, image)


def _is_in_flow(self: Any) -> bool:
    style = self.style
    if style["float"] == "none" and style["position"] in _IN_FLOW:
        return True
    return bool(_is_in_normal_flow(self))


def _descend(self: Any, placeholders: bool = False) -> Iterator[Any]:
    """A box and all within, in their order, without a generator for each of their depths."""
    waiting = [self]
    while waiting:
        box = waiting.pop()
        if isinstance(box, AbsolutePlaceholder):
            if not placeholders:
                yield box
                continue
            box = box._box
        yield box
        if box.children:
            waiting.extend(reversed(box.children))


def mend() -> None:
    """Put the mended functions in WeasyPrint's place; done once, however often it is called."""
    background.layout_box_backgrounds = _lay_what_is_seen
    boxes.Box.is_in_normal_flow = _is_in_flow
    boxes.Box.descendants = _descend
