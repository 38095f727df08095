"""The characters that a font has, read from its file."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from fontTools.ttLib import TTFont


@cache
def characters_of(data: bytes) -> frozenset[int]:
    """Code points that a font has glyphs for; fontTools raises whatever it stumbles over."""
    font = TTFont(BytesIO(data), lazy=True)
    # Their names, for which it would read all outlines, are nobody's concern.
    font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
    return frozenset(font.getBestCmap() or ())
