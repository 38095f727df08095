"""Pages with what is seen and not read aloud: line numbers, rules between bands, running heads.

PDF/UA-1 (ISO 14289-1, 7.1) asks that such be artifacts; WeasyPrint tags every box of its tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.document import Page
from weasyprint.draw import draw_stacking_context
from weasyprint.formatting_structure import boxes
from weasyprint.layout.background import layout_backgrounds, layout_box_backgrounds
from weasyprint.stacking import StackingContext

_RULE = 1.6  # px: the breadth of the rule that marks a changed line
_LINE = 1.0  # px: 0.75 pt, of a line to write on


class HeadedPage(Page):  # type: ignore[misc]
    """A page whose running heads and folio are artifacts; in a proof `rules` mark its lines.

    On `ruled` lines one may write.
    """

    rules: Sequence[tuple[float, float, float]] = ()  # x, top, foot in px
    ruled: Sequence[tuple[float, float, float]] = ()  # left, y, length in px

    @classmethod
    def of(cls, page: Any) -> HeadedPage:
        """A page that WeasyPrint laid out, made such a page."""
        headed = cls.__new__(cls)
        headed.__dict__.update(vars(page))
        return headed

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, and what is only seen as an artifact."""
        box = self._page_box
        whole = box.children
        heads = [child for child in whole if isinstance(child, boxes.MarginBox)]
        box.children = [child for child in whole if child not in heads]
        super().paint(stream, scale)
        box.children = whole
        with artifact(stream, scale):
            for head in heads:
                draw_stacking_context(stream, StackingContext.from_box(head, box))
            for x, top, foot in self.rules:
                stream.rectangle(x - _RULE / 2, top, _RULE, foot - top)
                stream.fill()
            for left, y, length in self.ruled:
                stream.rectangle(left, y, length, _LINE)
                stream.fill()


class FurnishedPage(HeadedPage):
    """A page that paints boxes outside its tree as artifacts; `image` gives its backgrounds."""

    def __init__(
        self, page_box: Any, artifacts: Sequence[Any], image: Callable[..., Any] | None = None
    ) -> None:
        if page_box.children:  # none, where a page that is kept has lost its words
            layout_backgrounds(page_box, image)
        super().__init__(page_box)
        self.artifacts = artifacts

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, and what is only seen as an artifact."""
        super().paint(stream, scale)
        self.paint_artifacts(stream, scale)

    def paint_artifacts(self, stream: Any, scale: float) -> None:
        """Paint what is no part of the tree."""
        with artifact(stream, scale):
            for box in self.artifacts:
                layout_box_backgrounds(self._page_box, box, None)
                draw_stacking_context(stream, StackingContext.from_box(box, self._page_box))


@contextmanager
def artifact(stream: Any, scale: float) -> Iterator[None]:
    """What is drawn within is an artifact, in px."""
    with stream.stacked(), stream.artifact():
        stream.transform(a=scale, d=scale)
        tags, stream._tags = stream._tags, None
        try:
            yield
        finally:
            stream._tags = tags
