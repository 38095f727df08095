"""A font cut down to the characters that a book has, for a page that holds its own fonts."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from fontTools.ttLib import TTFont

# Besides what fontTools keeps by itself: small capitals and the kinds of figures.
_FEATURES = ("smcp", "c2sc", "onum", "lnum", "tnum", "pnum", "sups", "subs", "case", "hist")
_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # with the licence and its address, OpenType `name`
_NO_SUBSETTING = 0x0100  # OS/2 fsType


def cut_down(data: bytes, words: str, features: Iterable[str]) -> bytes:
    """The font as WOFF2 with the characters of the words, and the features that a style names.

    A font whose licence forbids that, or which fontTools cannot read, stays as it is.
    """
    from fontTools import subset  # takes long to load, and a PDF needs none of it

    options = subset.Options()
    options.layout_features = [*options.layout_features, *_FEATURES, *sorted(set(features))]
    options.name_IDs = _NAMES
    options.hinting = False
    options.recalc_timestamp = False
    try:
        font = TTFont(BytesIO(data), recalcTimestamp=False)
        if font["OS/2"].fsType & _NO_SUBSETTING:
            return data
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=words)
        subsetter.subset(font)
        font.flavor = "woff2"
        made = BytesIO()
        font.save(made, reorderTables=False)
    except Exception:  # fontTools raises whatever it stumbles over
        return data
    return made.getvalue()
