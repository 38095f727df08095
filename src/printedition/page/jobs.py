"""Writes the jobs of sections: their copy, and all that stands off from it.

What a job is made of is known before its copy is filled in, so that a section that is kept is found
without that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from printedition.book import tree
from printedition.edition.edition import Calling
from printedition.frozen import dataclass
from printedition.page.compositor import FlowJob, GalleyJob, IndexJob, Job, TableJob
from printedition.page.copies import TABLE, Copies
from printedition.page.crew import ON_GALLEYS
from printedition.page.job import EntryPlace, NotePlace, Page
from printedition.page.numbers import Room
from printedition.page.old_pages import KeptSection
from printedition.page.style import Style

INDEX = "index"  # a kind of sections that is set otherwise than texts, as tables are


@dataclass(frozen=True, slots=True)
class Brief:
    """What a section is set by, but for its copy; `number` is its place in the book.

    `content` is the fingerprint of all that its templates are filled in with, but for what they ask
    of pages. `sheet` is the size of a page of the book in px; `moved` are the lines that a table
    says of words that moved, by their ids.
    """

    id: str
    number: int
    content: str
    sheet: tuple[float, float]
    room: Page
    columns: tuple[int, float] = (1, 0.0)
    first_line: int = 0
    recto: bool = True
    moved: Mapping[str, str] = field(default_factory=dict)
    kept: KeptSection | None = None
    numbers: Room | None = None


def job_of(brief: Brief, section: tree.Section, copies: Copies) -> Job:
    """The job of a section."""
    if section.kind == TABLE:
        return _table(brief, section, copies.style, copies.of(section))
    if section.kind == INDEX:
        told = (
            brief.sheet,
            copies.of(section),
            brief.room,
            *brief.columns,
            brief.kept,
            brief.numbers,
        )
        return IndexJob(brief.id, brief.number, *told)
    if section.kind not in ON_GALLEYS:
        copy = copies.of(section)
        return FlowJob(
            brief.id, brief.number, brief.sheet, copy, brief.recto, brief.kept, brief.numbers
        )
    copy, margins = copies.of(section), copies.page("margins", section)
    return _galley(brief, section, copies.style, copy, margins)


def _table(brief: Brief, section: tree.Section, style: Style, copy: str) -> TableJob:
    entries, notes = _places(section, style)
    width, height = brief.sheet
    return TableJob(
        brief.id,
        brief.number,
        (height, width) if section.turned else brief.sheet,
        copy,
        brief.room,
        style.bands_of_pages(),
        entries,
        notes,
        style.numbering(style.lines.every),
        tuple(version.siglum for version in section.versions),
        section.facing,
        section.together,
        brief.moved,
        brief.kept,
        brief.numbers,
    )


def _galley(
    brief: Brief, section: tree.Section, style: Style, copy: str, margins: str
) -> GalleyJob:
    entries, notes = _places(section, style)
    return GalleyJob(
        brief.id,
        brief.number,
        brief.sheet,
        copy,
        margins,
        brief.room,
        style.bands_of_pages(),
        entries,
        notes,
        style.numbering(style.lines.every if section.kind == "text" else 0),
        brief.first_line,
        brief.kept,
        brief.numbers,
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
