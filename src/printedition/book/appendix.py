"""Composes an appendix: all that is for one audience, where it is to leave no room elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from printedition.book import tree
from printedition.book.anchors import anchor_at
from printedition.book.blocks import BlockWriter
from printedition.book.materials import Apart, Materials
from printedition.edition import text as source
from printedition.edition.commentary import NoteKind
from printedition.scholarship.notes import FoundNote

Noting = Callable[[FoundNote, str, BlockWriter], tree.EndNote]
_Groups: TypeAlias = tuple[tuple[str, tuple[tree.EndNote, ...]], ...]


def appendix(
    writer: BlockWriter, materials: Materials, noted: Noting
) -> tuple[_Groups, tuple[tuple[tree.Inline, ...], ...]]:
    """What is for the audience of the writer, by titles: prose, then notes and answers by texts;
    and these titles with their marks, nothing where none has any.

    `noted` composes a note with what it is about.
    """
    groups: dict[str, list[tree.EndNote]] = {}
    marked: dict[str, tuple[source.Inline, ...]] = {}
    mine = [one for one in materials.gathered.apart if one.audience == writer.audience]
    for one in mine:
        marked.setdefault(one.about.title, one.about.marked)
    for one in (one for one in mine if one.about.found is None):
        groups.setdefault(one.about.title, []).append(_item(one, writer, materials))
    for found in materials.scholarship.notes:
        audience = found.note.audience
        if found.note.kind is NoteKind.QUESTION or audience is None:
            continue
        if audience.text == writer.audience:
            name = materials.own_id(found.note.id) or materials.planner.unique(writer.section)
            title = materials.loci.title(found.passage.text)
            marked.setdefault(title, materials.titles.of_text(found.passage.text))
            groups.setdefault(title, []).append(noted(found, name, writer))
    for one in (one for one in mine if one.about.found is not None):
        groups.setdefault(one.about.title, []).append(_item(one, writer, materials))
    words = tuple(materials.marked(marked[title]) for title in groups)
    made = tuple((title, tuple(items)) for title, items in groups.items())
    return made, words if any(words) else ()


def _item(apart: Apart, writer: BlockWriter, materials: Materials) -> tree.EndNote:
    """A block of prose, an answer or a question, with the words that it is about."""
    found = apart.about.found
    note = tree.EndNote(
        id=materials.planner.unique(writer.section),
        place="",
        href="",
        words=apart.about.name,
        blocks=apart.compose(writer.section, writer.calls),
        span=apart.span,
        audience=apart.audience,
        withheld=materials.withheld(apart.audience),
    )
    if found is None or found.is_on_text:
        return note
    passage = found.passage
    href = materials.plan.leaf(passage.text, passage.first)
    anchor = anchor_at(href, passage.first, passage.start) if href else ""
    return replace(
        note, place=materials.loci.of(passage.text, passage.first), href=href, anchor=anchor
    )
