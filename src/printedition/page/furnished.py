"""A page with what is seen and not read aloud: line numbers, and the rules between bands.

PDF/UA-1 (ISO 14289-1, 7.1) asks that such be artifacts; WeasyPrint tags every box of its tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from weasyprint.document import Page
from weasyprint.draw import draw_stacking_context
from weasyprint.layout.background import layout_backgrounds, layout_box_backgrounds
from weasyprint.stacking import StackingContext


class FurnishedPage(Page):  # type: ignore[misc]
    """A page that paints boxes outside its tree as artifacts; `image` gives its backgrounds."""

    def __init__(
        self, page_box: Any, artifacts: Sequence[Any], image: Callable[..., Any] | None = None
    ) -> None:
        layout_backgrounds(page_box, image)
        super().__init__(page_box)
        self.artifacts = artifacts

    def paint(self, stream: Any, scale: float = 1) -> None:
        super().paint(stream, scale)
        with stream.stacked(), stream.artifact():
            stream.transform(a=scale, d=scale)
            tags, stream._tags = stream._tags, None
            for box in self.artifacts:
                layout_box_backgrounds(self._page_box, box, None)
                draw_stacking_context(stream, StackingContext.from_box(box, self._page_box))
            stream._tags = tags
