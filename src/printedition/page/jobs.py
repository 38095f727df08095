"""Writes the jobs of sections on galleys: their copy, and all that stands off from it."""

from __future__ import annotations

from collections.abc import Mapping

from printedition.book import tree
from printedition.edition.edition import Calling
from printedition.page.compositor import GalleyJob, TableJob
from printedition.page.job import EntryPlace, NotePlace, Page
from printedition.page.old_pages import KeptSection
from printedition.page.style import Style

TABLE, INDEX = "parallel", "index"  # kinds of sections that are set otherwise than texts


def table_job(
    section: tree.Section,
    number: int,
    style: Style,
    size: tuple[float, float],
    room: Page,
    copy: str,
    loci: Mapping[str, str],
    kept: KeptSection | None = None,
) -> TableJob:
    """The job of a table of versions, on pages of a size in px; `loci` are those of moved words."""
    entries, notes = _places(section, style)
    width, height = size
    return TableJob(
        section.id,
        number,
        (height, width) if section.turned else size,
        copy,
        room,
        style.bands_of_pages(),
        entries,
        notes,
        style.numbering(style.lines.every),
        tuple(version.siglum for version in section.versions),
        section.facing,
        section.together,
        {name: loci[name] for name in section.moved if name in loci},
        kept,
    )


def galley_job(
    section: tree.Section,
    number: int,
    style: Style,
    size: tuple[float, float],
    room: Page,
    copy: tuple[str, str],
    first_line: int,
    kept: KeptSection | None = None,
) -> GalleyJob:
    """The job of a section on a galley; its `copy` is that of the text, and of its margin."""
    entries, notes = _places(section, style)
    text, margins = copy
    return GalleyJob(
        section.id,
        number,
        size,
        text,
        margins,
        room,
        style.bands_of_pages(),
        entries,
        notes,
        style.numbering(style.lines.every if section.kind == "text" else 0),
        first_line,
        kept,
    )


def _places(
    section: tree.Section, style: Style
) -> tuple[tuple[EntryPlace, ...], tuple[NotePlace, ...]]:
    """The entries and notes of a section, each with the words that it is about."""
    entries, notes = [], []
    keyed = style.calling is Calling.LINES
    for note in sorted(section.notes, key=lambda note: note.place):
        parts = note.entry.lemma.parts if note.entry else note.parts
        lemma = EntryPlace(note.id, note.band, note.first, note.last, parts)
        if note.entry is not None:
            entries.append(lemma)
        elif (keyed or note.audience) and note.last:
            notes.append(NotePlace(note.id, note.band, note.first, lemma))
        else:
            notes.append(NotePlace(note.id, note.band, note.call_id))
    notes += [NotePlace(note.id, "margin", note.anchor) for note in section.margins]
    return tuple(entries), tuple(notes)
