"""The page: its size and margins as rules of CSS, and the numerals of its folios."""

from __future__ import annotations

import re

from printedition.edition.edition import PageSize
from printedition.frozen import dataclass

_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}

_BESIDE_RULES = 4 + 8  # mm, between the text and lines in the margin, and these and the edge
_RULE = 20  # pt, from line to line on pages for notes (.ruled in page.css)
_TITLE = 81  # pt, above the first of them on a page that has a title
MARGIN_COLUMN = 25 * 96 / 25.4  # px: the breadth of margin notes, 25 mm


def millimetres(length: str, otherwise: float) -> float:
    """A CSS length in mm; `otherwise` where there is none."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*", length)
    return float(match[1]) * _MILLIMETRES[match[2]] if match else otherwise


@dataclass(frozen=True, slots=True)
class Margins:
    """A page's size and margins in mm."""

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float


def margins_of(page: PageSize) -> Margins:
    """The size and margins of a page, of which the outer one holds the margin notes.

    Margins not given are 17 and 37 mm inside and outside, 21 and 22 mm above and below on A5,
    and on other sizes grow with the page; the text is as wide as on A5 up to a third more.
    """
    width, height = (millimetres(page.width, 148), millimetres(page.height, 210))
    text = min(max(94 * width / 148, 60), 125)
    inner = millimetres(page.inner, max((width - text) * 17 / 54, 12))
    outer = millimetres(page.outer, max(width - text - inner, 30))
    top = millimetres(page.top, 21 * height / 210)
    bottom = millimetres(page.bottom, 22 * height / 210)
    line = 13.5 * _MILLIMETRES["pt"]
    lines = int((height - top - bottom) / line + 0.001)
    return Margins(width, height, inner, outer, top, height - top - lines * line)


def margin_rules(page: PageSize) -> float:
    """How long the lines to write on in the outer margin are, in px; 0 or less: there are none."""
    return (margins_of(page).outer - _BESIDE_RULES) * 96 / 25.4 if page.ruled else 0.0


def page_rules(page: PageSize) -> str:
    """The @page rules for a page's size and margins."""
    margins = margins_of(page)
    width, height, top, bottom = margins.width, margins.height, margins.top, margins.bottom
    inner, outer = margins.inner, margins.outer
    wide = outer - 9
    return (
        f"@page {{ size: {width:.3f}mm {height:.3f}mm; margin: {top:.3f}mm 0 {bottom:.3f}mm }}\n"
        f"@page :right {{ margin-left: {inner:.3f}mm; margin-right: {outer:.3f}mm }}\n"
        f"@page :left {{ margin-left: {outer:.3f}mm; margin-right: {inner:.3f}mm }}\n"
        f"@page wide:right, wide-start:right {{ margin-right: {outer - wide + 2:.3f}mm }}\n"
        f"@page wide:left, wide-start:left {{ margin-left: {outer - wide + 2:.3f}mm }}\n"
        f"{_note_pages(height - top - bottom - 0.5)}"
        f"@page turned, turned-start {{ size: {height:.3f}mm {width:.3f}mm; "
        f"margin: {_turned(width, height)} }}\n"
    )


def _note_pages(height: float) -> str:
    """The rules for pages for notes, so many mm high, with no more lines than go there.

    WeasyPrint takes what is cut off of a box that is placed absolutely to the next page.
    """
    points = height / _MILLIMETRES["pt"]
    most, below = int(points / _RULE), int((points - _TITLE) / _RULE)
    return (
        f".note-page {{ height: {height:.3f}mm }}\n"
        f".note-page .ruled:nth-child(n+{most + 1}) {{ display: none }}\n"
        f".note-page h1 + .rules .ruled:nth-child(n+{below + 1}) {{ display: none }}\n"
    )


def _turned(width: float, height: float) -> str:
    """The margins of a turned page, its head at the spine or at the edge."""
    sides = 12 * height / 210
    return f"{19 * width / 148:.3f}mm {sides:.3f}mm {16 * width / 148:.3f}mm"


def roman(number: int) -> str:
    """A small roman numeral."""
    made = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while number >= value:
            made, number = made + letters, number - value
    return made
