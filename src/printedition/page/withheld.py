"""What a book withholds from its readers: laid out, so that its room is left, and never drawn.

Neither words nor tags, links or outline of it come into the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from printedition.page.galley import id_of

_MARK = "data-withheld"  # in the templates


def is_withheld(box: Any) -> bool:
    """Whether a box is that of an element that is withheld."""
    return box.element is not None and box.element.get(_MARK) is not None


def withhold(roots: Sequence[Any]) -> set[str]:
    """Take what is withheld out of the boxes of a page; the ids of that.

    Of a section that is withheld nothing is left.
    """
    names: set[str] = set()
    if any(is_withheld(box) for root in roots for box in _sections(root)):
        for root in roots:
            names.update(_ids(root))
            for body in root.children:
                body.children = []
        return names
    for root in roots:
        _prune(root, names)
    return names


def _sections(root: Any) -> Iterator[Any]:
    """The outermost sections of a page."""
    for body in getattr(root, "children", ()):
        yield from (box for box in getattr(body, "children", ()) if box.element_tag == "section")


def _prune(box: Any, names: set[str]) -> None:
    children = getattr(box, "children", None)
    if not children:
        return
    kept = []
    for child in children:
        if is_withheld(child):
            names.update(_ids(child))
        else:
            kept.append(child)
            _prune(child, names)
    if len(kept) < len(children):
        box.children = kept


def _ids(box: Any) -> Iterator[str]:
    """The ids of a box and those in it."""
    for one in (box, *(box.descendants() if hasattr(box, "descendants") else ())):
        if name := id_of(one):
            yield name
