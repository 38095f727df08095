"""Which lines of a proof have other words than a printing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from printedition.page.style import Row
from printedition.page.words import PrintedWords
from printedition.revision.aligning import differences
from printedition.revision.printing import PrintedSection, Printing
from printedition.revision.stream import Place, rows_of, streams


def changed_rows(old: Printing, pages: Mapping[str, Sequence[PrintedWords]]) -> frozenset[Row]:
    """The lines in which words begin that were not there, or before which some were taken out."""
    now = tuple(PrintedSection(name, "", "", tuple(words)) for name, words in pages.items())
    before, after = streams(old), streams(replace(old, sections=now))
    found: set[Row] = set()
    for key, words in after.items():
        was = [word.text for word in before.get(key, [])]
        for one in differences(was, [word.text for word in words]):
            stop = max(one.new_stop, one.new_start + 1)
            changed = words[one.new_start : stop] or words[-1:]
            found |= {_row(word.place, key[1], pages) for word in changed if word.place.row}
    return frozenset(found)


def _row(place: Place, version: str, pages: Mapping[str, Sequence[PrintedWords]]) -> Row:
    """The line of a place, by its number among all lines of the page."""
    page = pages[place.section][place.sheet]
    rows = ((line.version, row) for line, row in rows_of(page))
    return place.section, place.sheet, list(rows).index((version, place.row))
