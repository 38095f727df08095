"""Margin notes that have no room beside the text become notes at the foot, with a numeral."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from printedition.book import tree
from printedition.sources import Span


def at_foot(section: tree.Section, margins: frozenset[str]) -> tree.Section:
    """A section whose margin notes of these ids are notes at the foot; all notes count anew."""
    footing = _Footing(section.id, margins)
    heading, blocks = footing.over(section.heading), footing.over(section.blocks)
    kept = tuple(note for note in section.margins if note.id not in margins)
    return replace(
        section, heading=heading, blocks=blocks, notes=tuple(footing.notes), margins=kept
    )


class _Footing:
    """Goes through a section in the order of reading and numbers its notes."""

    def __init__(self, section: str, margins: frozenset[str]) -> None:
        self._section, self._margins = section, margins
        self._count = 0
        self.notes: list[tree.FootNote] = []

    def over(self, node: Any) -> Any:
        """A node and all in it, with calls for the margin notes that go to the foot."""
        if isinstance(node, tuple):
            return tuple(self.over(child) for child in node)
        if isinstance(node, tree.MarginNote):
            return self._call(node) if node.id in self._margins else node
        if isinstance(node, tree.Call):
            note = self._numbered(node.note) if node.kind == "note" else node.note
            self.notes.append(note)
            return replace(node, label=note.label, id=note.call_id, note=note)
        if not is_dataclass(node) or isinstance(node, Span):
            return node
        changed = {
            field.name: new
            for field in fields(node)
            if isinstance(old := getattr(node, field.name), tuple) or is_dataclass(old)
            if (new := self.over(old)) is not old
        }
        return replace(node, **changed)  # type: ignore[type-var]

    def _call(self, margin: tree.MarginNote) -> tree.Call:
        note = tree.FootNote("note", "", "", "", margin.blocks, "", span=margin.span)
        note = self._numbered(note)
        self.notes.append(note)
        return tree.Call("note", note.label, note.call_id, note)

    def _numbered(self, note: tree.FootNote) -> tree.FootNote:
        self._count += 1
        return replace(
            note,
            label=str(self._count),
            id=note.id or f"{self._section}.note-beside.{self._count}",
            call_id=f"{self._section}.note-call.{self._count}",
        )
