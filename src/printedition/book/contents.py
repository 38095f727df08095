"""The contents of a book: its sections in their ranks, under parts and included editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from printedition.book import tree
from printedition.book.appearances import PlannedSection
from printedition.edition.edition import SectionKind

_UNLISTED = ("half-title", "title-page", "imprint", "contents")
# These end a part: they are of the whole book.
_OF_THE_BOOK = frozenset({
    SectionKind.FRONT,
    SectionKind.SIGLA,
    SectionKind.COMMENTARY,
    SectionKind.CORRECTIONS,
    SectionKind.ERRATA,
    SectionKind.GLOSSARY,
    SectionKind.SYLLABUS,
    SectionKind.CHRONOLOGY,
    SectionKind.ABBREVIATIONS,
    SectionKind.SOURCES,
    SectionKind.PERMISSIONS,
    SectionKind.REGISTER,
    SectionKind.INDEX,
})  # fmt: skip


def ranked(
    composed: Sequence[tree.Section], planned: Sequence[PlannedSection]
) -> tuple[tree.Section, ...]:
    """The sections with their ranks in the contents: 1, under a part 2, of an edition's own 3."""
    made, in_part, below = [], False, 0
    for section, plan in zip(composed, planned, strict=True):
        entry = plan.entry
        if section.collection == section.title:
            section = replace(section, collection="")
        if entry.kind is SectionKind.PART:
            in_part = True
        elif entry.kind in _OF_THE_BOOK and not entry.namespace:
            in_part = False
        level = 2 if in_part and entry.kind is not SectionKind.PART else 1
        if entry.of:
            if entry.opens:
                below = 1 if section.collection else 0
            level += below if entry.opens else 1
        made.append(replace(section, level=level))
    return tuple(made)


def contents_of(sections: Sequence[tree.Section]) -> Iterator[tree.ContentsRow]:
    """The lines of the contents; above the sections of an included edition, or of a text with an
    introduction, stands one with its title, which the text need not repeat."""
    above, rank = "", 0
    for section in sections:
        if section.kind in _UNLISTED:
            continue
        if section.collection:
            above, rank = section.collection, section.level
            yield _row(section, above, rank - 1, section.marked_collection)
        if section.level < rank:
            above = ""
        if section.title and section.title != above:
            yield _row(section, section.title, section.level, section.marked)


def _row(
    section: tree.Section, title: str, level: int, marked: tuple[tree.Inline, ...]
) -> tree.ContentsRow:
    return tree.ContentsRow(section.id, title, level, section.audience, section.withheld, marked)
