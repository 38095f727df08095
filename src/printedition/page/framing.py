"""Lays out the frame of a book, its sheets with the folios that they come to have."""

from __future__ import annotations

from collections.abc import Mapping

from printedition.page.copies import Copies
from printedition.page.engine import Engine
from printedition.page.folios import Folios, letter_of, rules
from printedition.page.frame import SHEETS, Frame
from printedition.page.old_pages import KeptSection
from printedition.page.style import Proof


class Framer:
    """Lays out frames of one book; that which was laid out last stands."""

    def __init__(
        self,
        copies: Copies,
        engine: Engine,
        proof: Proof | None,
        printing: Mapping[str, KeptSection],
    ) -> None:
        """`printing` has the pages of the sections that are to stay as they were."""
        self.folios = Folios()
        self._copies, self._engine = copies, engine
        sides = {name: "right" if kept.recto else "left" for name, kept in printing.items()}
        self._style = "\n".join(
            (
                SHEETS,
                *(f'[id="{name}"] {{ break-before: {s} !important }}' for name, s in sides.items()),
                *((proof.rules(),) if proof else ()),
            )
        )
        self._standing: tuple[object, Frame] | None = None  # by what it was laid out

    def frame(self, sheets: Mapping[str, int]) -> Frame:
        """The frame with so many sheets of each section."""
        html = self._copy(sheets, {})
        made_of = html, dict(self.folios.kept)
        if self._standing is None or self._standing[0] != made_of:
            self._standing = made_of, self._lay_out(html, sheets)
        return self._standing[1]

    def _lay_out(self, html: str, sheets: Mapping[str, int]) -> Frame:
        """The frame; once its folios are known, with those that are not simply counted."""
        frame = self._framed(html)
        letters = _letters(frame, sheets)
        more = rules(frame.labels, frame.front)
        if letters or more:
            return self._framed(self._copy(sheets, letters), more)
        return frame

    def _framed(self, html: str, more: str = "") -> Frame:
        document = self._engine.lay_out(html, f"{self._style}\n{more}" if more else self._style)
        return Frame(self._copies.book, document, self.folios)

    def _copy(self, sheets: Mapping[str, int], letters: Mapping[str, str]) -> str:
        return self._copies.render(
            "page/frame.html",
            sheets=sheets,
            heads=self._copies.known.heads,
            letters=letters,
            opens=self._copies.style.page.opens.value,
            **self._copies.context("frame"),
        )


def _letters(frame: Frame, sheets: Mapping[str, int]) -> dict[str, str]:
    """The letters of folios, by their sheets; of all sheets, where one has such."""
    found = {
        f"sheet.{section}.{number}": letter_of(frame.labels[frame.sheet(section, number)])
        for section, count in sheets.items()
        for number in range(count)
    }
    return found if any(found.values()) else {}
