"""Margin notes: laid out at their anchor without taking room, then moved to the outer margin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

GAP = 4 * 96 / 25.4  # px between the text and its margin notes: 4 mm
BETWEEN = 4.0  # px between one margin note and the next


def _notes(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        real = child._box if isinstance(child, AbsolutePlaceholder) else child
        classes = real.element.get("class", "").split() if real.element is not None else ()
        if "margin" in classes and isinstance(real, boxes.BlockBox):
            yield real
        else:
            yield from _notes(real)


def place(pages: Any) -> None:
    """Move every margin note beside its anchor, below the note before it, above the foot.

    A recto (an odd sheet of the book) has them at the right, a verso at the left.
    """
    for number, page in enumerate(pages):
        box = page._page_box
        recto = number % 2 == 0
        left = box.content_box_x()
        right, foot = left + box.width, box.content_box_y() + box.height
        notes = sorted(_notes(box), key=lambda note: note.position_y)
        tops: list[float] = []
        floor = box.content_box_y()
        for note in notes:
            top = max(note.position_y, floor)
            tops.append(top)
            floor = top + note.margin_height() + BETWEEN
        ceiling = foot
        for position in reversed(range(len(notes))):
            tops[position] = min(tops[position], ceiling - notes[position].margin_height())
            ceiling = tops[position] - BETWEEN
        for note, top in zip(notes, tops, strict=True):
            x = right + GAP if recto else left - GAP - note.margin_width()
            note.translate(x - note.position_x, top - note.position_y)
