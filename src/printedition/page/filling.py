"""Fills in numbers that are known only when their text has been laid out.

A number of as many figures, all of one breadth, takes the place of another without a word moving.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from weasyprint.formatting_structure import boxes

from printedition.page.galley import Strip


def fill_in(strips: Sequence[Strip], told: Mapping[str, str], found: Mapping[str, str]) -> None:
    """Put the numbers that were found in the place of those told, at the end of links.

    Both are given by the id that the link leads to, and have as many figures; the style sets the
    figures of such links in one breadth (`tabular-nums`).
    """
    for strip in strips:
        for box in strip.box.descendants() if strip.is_line else ():
            if not isinstance(box, boxes.TextBox) or box.element.tag != "a":
                continue
            name = box.element.get("href", "").removeprefix("#")
            old, new = told.get(name), found.get(name)
            if old and new and old != new and box.text.endswith(old):
                box.text = box.text[: -len(old)] + new
                box.pango_layout.text = box.text
