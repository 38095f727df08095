"""Hatches areas in place of greys, which a copying machine loses."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Name

_STROKE = 0.5  # pt


class Hatch:
    """The hatchings of a PDF: strokes so far apart that they cover as much as a grey."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.made: dict[str, Any] = {}

    def named(self, grey: float, content: Any) -> Name:
        """What a page or form calls the hatching of a grey."""
        name = f"/hatch-{round(100 * grey)}"
        if name not in self.made:
            self.made[name] = self.pdf.make_indirect(self._tile(grey))
        if "/Resources" not in content:
            content.Resources = pikepdf.Dictionary()
        # Pages may share what they name: what one adds does the others no harm.
        if "/Pattern" not in content.Resources:
            content.Resources.Pattern = pikepdf.Dictionary()
        content.Resources.Pattern[name] = self.made[name]
        return Name(name)

    def _tile(self, grey: float) -> pikepdf.Stream:
        """A square with a stroke from corner to corner; beside others they make long ones."""
        side = round(max(_STROKE * 2**0.5 / max(1 - grey, 0.02), 2 * _STROKE), 3)
        drawn = f"{_STROKE} w 2 J 0 G 0 0 m {side} {side} l S"
        return self.pdf.make_stream(
            drawn.encode(),
            Type=Name.Pattern,
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=[0, 0, side, side],
            XStep=side,
            YStep=side,
            Resources=pikepdf.Dictionary(),
        )
