"""Entries and notes at the foot of the page in bands: the apparatus first, then the notes.

WeasyPrint has one footnote area a page; its notes are grouped here into one block a band.
"""

from __future__ import annotations

from typing import Any

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext

BANDS = ("entries", "notes")  # from the text downward


class PageNotes(list[Any]):
    """Always false: WeasyPrint asks whether it is true only to move notes off the page when a
    paragraph's second line does not fit; some were then never printed."""

    def __bool__(self) -> bool:
        return False


class BandedContext(LayoutContext):  # type: ignore[misc]
    """A layout whose footnote area holds one block for each band that has notes."""

    current_page_footnotes: Any

    def _bands(self) -> list[Any]:
        groups: dict[str, list[Any]] = {}
        for note in self.current_page_footnotes:
            groups.setdefault(note.element.get("data-band") or BANDS[-1], []).append(note)
        made = []
        for band in BANDS:
            if band in groups:
                block = boxes.BlockBox.anonymous_from(self.current_footnote_area, groups[band])
                made.append(block)
        if len(made) > 1:
            made[1].style = made[1].style.copy()
            made[1].style["margin_top"] = made[1].style["margin_top"].__class__(5, "px")
        return made

    def _update_footnote_area(self) -> Any:
        notes, self.current_page_footnotes = self.current_page_footnotes, self._bands()
        try:
            return super()._update_footnote_area()
        finally:
            self.current_page_footnotes = notes

    def layout_footnote(self, footnote: Any) -> bool:
        self.current_page_footnotes = PageNotes(self.current_page_footnotes)
        return bool(super().layout_footnote(footnote))


class BandedDocument(Document):  # type: ignore[misc]
    """A document laid out with bands."""

    @classmethod
    def _build_layout_context(cls, *args: Any, **kwargs: Any) -> Any:
        context = super()._build_layout_context(*args, **kwargs)
        context.__class__ = BandedContext
        return context
