"""The words of all pages of a book, section by section, as a printing records them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from printedition.page.compositor import Drawn
from printedition.page.frame import Frame
from printedition.page.words import PrintedWords, read_page


def words_of(
    laid: Mapping[str, Drawn], frame: Frame, tables: Collection[str]
) -> dict[str, tuple[PrintedWords, ...]]:
    """The words of each section's pages, by its id; `tables` are those of versions.

    The frame knows the folios.
    """
    return {
        name: tuple(
            read_page(
                frame.labels[frame.sheet(name, number)],
                roots,
                drawn.facts[number] if drawn.facts else None,
                table=name in tables,
            )
            for number, roots in enumerate(drawn.light.roots())
        )
        for name, drawn in laid.items()
    }
