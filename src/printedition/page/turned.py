"""Turned pages: portrait sheets whose content lies on its side, with its head at the left.

A press wants sheets of one form; `Rotate` lets a reader at a screen see such a page upright
(ISO 32000-1, 7.7.3.3). What is drawn, linked and aimed at is turned a quarter to the left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pydyf


def turn_pages(pdf: Any, pages: Iterable[int]) -> None:
    """Turn pages of a PDF, given by their numbers from 0; done once, before it is written."""
    turned: dict[bytes, float] = {}
    for number in pages:
        page = pdf.objects[pdf.pages["Kids"][::3][number]]
        _, _, width, height = page["MediaBox"]
        turned[page.reference] = height
        _turn_page(pdf, page, width, height)
    for target in _targets(pdf):
        if target[0] in turned:
            target[2], target[3] = turned[target[0]] - target[3], target[2]


def _turn_page(pdf: Any, page: Any, width: float, height: float) -> None:
    before = pydyf.Stream([f"q 0 1 -1 0 {height} 0 cm".encode()])
    after = pydyf.Stream([b"Q"])
    pdf.add_object(before)
    pdf.add_object(after)
    contents = page["Contents"]
    inner = list(contents) if isinstance(contents, list) else [contents]
    page["Contents"] = pydyf.Array([before.reference, *inner, after.reference])
    for box in ("MediaBox", "TrimBox", "BleedBox"):
        page[box] = pydyf.Array([0, 0, height, width])
    page["Rotate"] = 90
    for reference in page.get("Annots", ()):
        link = pdf.objects[int(reference.split()[0])]
        x1, y1, x2, y2 = link["Rect"]
        low, high = sorted((height - y1, height - y2))
        link["Rect"] = pydyf.Array([low, x1, high, x2])


def _targets(pdf: Any) -> Iterator[Any]:
    """The places on pages that links and outlines lead to."""
    named = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    found = [*named[1::2], *(o.get("Dest") for o in pdf.objects if isinstance(o, dict))]
    yield from (one for one in found if isinstance(one, list) and len(one) == 5)
