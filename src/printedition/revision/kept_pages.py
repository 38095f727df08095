"""The pages of a printing as a new one is to keep them."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.page.copies import TABLE
from printedition.page.folios import base_of, letter_of
from printedition.page.old_pages import KeptPage, KeptSection
from printedition.page.words import PrintedWords
from printedition.revision.printing import Printing

_BEYOND = 200  # pages that the last section may have more: no folio stands after it


def kept_sections(printing: Printing, *, lets_go: bool) -> dict[str, KeptSection]:
    """The pages of each section, with the folios of the blank ones after it."""
    order = {label: number for number, label in enumerate(printing.labels)}
    lettered = tuple(filter(letter_of, printing.labels))
    owned = {page.label for section in printing.sections for page in section.pages}
    return {
        section.id: KeptSection(
            tuple(_page(page, section.kind) for page in section.pages),
            tuple(_free(printing, order[section.pages[-1].label], owned)),
            order[section.pages[0].label] % 2 == 0,
            lettered,
            lets_go,
        )
        for section in printing.sections
        if section.pages
    }


def _page(page: PrintedWords, kind: str) -> KeptPage:
    """A page as it is to stay; before a table and over it nothing is kept line by line."""
    lines: dict[str, list[str]] = {}
    for line in page.lines:
        if kind == TABLE and not line.version:
            continue
        lines.setdefault(line.version, []).append(line.words)
    return KeptPage(page.label, {version: tuple(words) for version, words in lines.items()})


def _free(printing: Printing, last: int, owned: set[str]) -> Iterator[str]:
    """The folios after a page that no section has."""
    for label in printing.labels[last + 1 :]:
        if label in owned:
            return
        yield label
    base = base_of(printing.labels[-1])
    if base.isdigit():
        yield from (str(int(base) + number) for number in range(1, _BEYOND))
