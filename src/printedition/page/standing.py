"""Standing type: what was laid out of a section, kept while it may be set again.

A section that quotes pages is mostly set again with other words in some of its notes; its text,
and all else whose HTML is the same, stands as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from printedition.page.galley import Galley

Lay = Callable[[str, str], Any]  # HTML and a style sheet to pages
_Key: TypeAlias = tuple[str, str, float]


class Standing:
    """Lays out the galleys of one section, once for each HTML and style.

    Nothing may be cut out of them before the section is drawn. What is not wanted between one
    `begin` and the next is distributed: it stands no more.
    """

    def __init__(self, lay: Lay) -> None:
        self._lay = lay
        self._galleys: dict[_Key, Galley] = {}
        self._stood: dict[_Key, Galley] = {}

    def begin(self) -> None:
        """The section is set, or set once more."""
        self._stood, self._galleys = self._galleys, {}

    def galley(self, html: str, style: str, room: float) -> Galley:
        """The galley of a document; see Galley for `room`."""
        key = html, style, room
        if key not in self._galleys:
            stood = self._stood.get(key)
            self._galleys[key] = Galley(self._lay(html, style), room) if stood is None else stood
        return self._galleys[key]
