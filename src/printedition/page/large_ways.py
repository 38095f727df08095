"""The picture of the ways through versions in large print: its labels as large as the type.

Where its boxes have no room for such labels it is left out; a list says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_HIGHEST = 520.0  # pt, of a picture: as much as a page with lines to write on has room for
_FIGURES = 0.65  # em, how high figures are
_BROAD = 0.52  # em, how broad a character is on the whole
_MIDDLE = 2.3  # by how much the house's labels stand below the middle of their boxes


def enlarge_ways(root: Any, points: float, measure: float) -> None:
    """Make the pictures as broad as the measure, with labels in type of so many points."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for figure in [e for e in root.iter("figure") if "ways" in (e.get("class") or "").split()]:
        (drawing,) = _called(figure, "svg")
        if not _enlarged(drawing, points, measure):
            _leave_out(figure, parents[figure])


def _enlarged(drawing: Any, points: float, measure: float) -> bool:
    """Whether the drawing has room for its labels, which it has now."""
    broad, high = (float(each) for each in drawing.get("viewBox").split()[2:])
    scale = min(measure / broad, _HIGHEST / high)
    size = points / scale  # of the labels, as the drawing reckons
    boxes = [one for one in _called(drawing, "rect") if one.get("fill") is None]
    texts = _called(drawing, "text")
    labels = [one for one in texts if one.get("font-size") is None]
    is_whole = len(labels) == len(boxes)  # else words leave for another picture
    low = min((float(one.get("height")) for one in boxes), default=0.0)
    narrow = min((float(one.get("width")) for one in boxes), default=0.0)
    longest = max((len(one.text or "") for one in labels), default=0)
    if not is_whole or low < (_FIGURES + 0.1) * size or narrow < _BROAD * size * longest + 2:
        return False
    for label in labels:
        middle = float(label.get("y")) - _MIDDLE
        label.set("y", f"{middle + _FIGURES / 2 * size:.2f}")
    for one in texts:
        one.set("font-size", f"{size:.2f}")
    drawing.set("width", f"{broad * scale:.2f}pt")
    drawing.set("height", f"{high * scale:.2f}pt")
    return True


def _leave_out(figure: Any, parent: Any) -> None:
    """Take a picture out, but for the marks of pages in it, and the title of its list."""
    at = list(parent).index(figure)
    marks = [one for one in figure.iter() if "page-break" in (one.get("class") or "").split()]
    for mark in marks:
        mark.tag, mark.tail = "div", None
    parent[at : at + 1] = marks
    for following in parent[at + len(marks) :][:1]:
        for summary in following.findall("summary"):
            following.remove(summary)


def _called(element: Any, name: str) -> list[Any]:
    """The elements of a name within one, in whatever namespace."""
    return list(_named(element, name))


def _named(element: Any, name: str) -> Iterator[Any]:
    for one in element.iter():
        if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name:
            yield one
