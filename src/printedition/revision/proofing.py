"""What of a proof has other words than a printing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printedition.page.style import Marked, Part, Row
from printedition.page.words import PrintedWords
from printedition.revision.aligning import differences
from printedition.revision.changes import heading_changes, note_changes
from printedition.revision.for_all import comparable
from printedition.revision.printing import PrintedSection, Printing
from printedition.revision.stream import Place, rows_of, streams


def changed(old: Printing, audience: str, pages: Mapping[str, Sequence[PrintedWords]]) -> Marked:
    """The lines that have words which were not there, or before which some were taken out; and
    the notes, entries and headings that have. The proof is of the book of an audience, or for all.
    """
    sections = tuple(PrintedSection(name, "", "", tuple(words)) for name, words in pages.items())
    old, now = comparable(old, replace(old, sections=sections, audience=audience))
    return Marked(frozenset(_rows(old, now, pages)), frozenset(_parts(old, now)))


def _rows(
    old: Printing, now: Printing, pages: Mapping[str, Sequence[PrintedWords]]
) -> Iterator[Row]:
    before, after = streams(old), streams(now)
    for key, words in after.items():
        was = [word.text for word in before.get(key, [])]
        for one in differences(was, [word.text for word in words]):
            stop = max(one.new_stop, one.new_start + 1)
            for word in words[one.new_start : stop] or words[-1:]:
                places = (word.place, word.end) if one.new_stop > one.new_start else (word.place,)
                for place in places:
                    if place is not None and place.row:
                        yield _row(place, key[1], pages)


def _parts(old: Printing, now: Printing) -> Iterator[Part]:
    """The notes, entries and headings of an index, on each of their pages."""
    fresh = {(one.new.section, one.new.id) for one in note_changes(old, now)
             if one.new and one.new.id and not one.moved}  # fmt: skip
    listed = {(one.section, one.words) for one in heading_changes(old, now)}
    for section in now.sections:
        for number, page in enumerate(section.pages):
            for note in page.notes:
                if (section.id, note.id) in fresh:
                    yield section.id, number, note.id
            for heading in page.headings:
                if heading.id and (section.id, heading.words) in listed:
                    yield section.id, number, heading.id


def _row(place: Place, version: str, pages: Mapping[str, Sequence[PrintedWords]]) -> Row:
    """The line of a place, by its number among all lines of the page."""
    page = pages[place.section][place.sheet]
    rows = ((line.version, row) for line, row in rows_of(page))
    return place.section, place.sheet, list(rows).index((version, place.row))
