"""Lays out the frame of a book, its sheets with the folios that they come to have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from printedition.page.copies import Copies
from printedition.page.engine import Engine
from printedition.page.folios import Folios, letter_of, rules
from printedition.page.frame import SHEETS, Frame
from printedition.page.old_pages import KeptSection
from printedition.page.style import FOOT, Proof

# All that CSS has around a page (CSS Paged Media 3, 4.2).
_MARGINS = (
    *(f"{edge}-{side}" for edge in ("top", "bottom")
      for side in ("left-corner", "left", "center", "right", "right-corner")),
    *(f"{edge}-{side}" for edge in ("left", "right") for side in ("top", "middle", "bottom")),
)  # fmt: skip


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
        self._bare = [name for name in _MARGINS if not proof or name not in FOOT]
        self._standing: tuple[object, Frame] | None = None  # by what it was laid out

    def frame(self, sheets: Mapping[str, int], blank: Mapping[str, Collection[int]]) -> Frame:
        """The frame with so many sheets of each section, of which some are blank."""
        html = self._copy(sheets, {})
        made_of = html, dict(self.folios.kept), dict(blank)
        if self._standing is None or self._standing[0] != made_of:
            self._standing = made_of, self._lay_out(html, sheets, blank)
        return self._standing[1]

    def _lay_out(
        self, html: str, sheets: Mapping[str, int], blank: Mapping[str, Collection[int]]
    ) -> Frame:
        """The frame; once its folios are known, with those that are not simply counted."""
        frame = self._framed(html)
        letters = _letters(frame, sheets)
        more = "\n".join([*rules(frame.labels, frame.front), *self._without_heads(frame, blank)])
        if letters or more:
            return self._framed(self._copy(sheets, letters), more)
        return frame

    def _framed(self, html: str, more: str = "") -> Frame:
        document = self._engine.lay_out(html, f"{self._style}\n{more}" if more else self._style)
        return Frame(self._copies.book, document, self.folios)

    def _without_heads(self, frame: Frame, blank: Mapping[str, Collection[int]]) -> Iterator[str]:
        """The style of blank sheets, which have neither head nor folio, as blank pages have."""
        nothing = " ".join(f"@{name} {{ content: none !important }}" for name in self._bare)
        for section, numbers in blank.items():
            for number in sorted(numbers):
                yield f"@page :nth({frame.sheet(section, number) + 1}) {{ {nothing} }}"

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
