"""Margin notes that have no room beside the text become notes at the foot, with a numeral."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from printedition.book import tree
from printedition.book.calls import roman
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
        self._count = self._others = 0
        self.notes: list[tree.FootNote] = []

    def over(self, node: Any) -> Any:
        """A node and all in it, with calls for the margin notes that go to the foot."""
        if isinstance(node, tuple):
            return tuple(self._in_order(node))
        if isinstance(node, tree.MarginNote):
            return node
        if isinstance(node, tree.Call):
            counts = node.kind == "note" and not node.note.audience
            note = self._numbered(node.note) if counts else node.note
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

    def _in_order(self, nodes: tuple[Any, ...]) -> Iterator[Any]:
        """Nodes with the calls of notes that go to the foot, each behind the words it is on."""
        waiting: list[tree.MarginNote] = []
        for node in nodes:
            if isinstance(node, tree.MarginNote) and node.id in self._margins:
                waiting.append(node)
                continue
            yield self.over(node)
            for margin in [note for note in waiting if _holds(node, note.anchor)]:
                waiting.remove(margin)
                yield self._call(margin)
        yield from (self._call(margin) for margin in waiting)

    def _call(self, margin: tree.MarginNote) -> tree.Call:
        note = tree.FootNote("note", "", margin.id, "", margin.blocks, "", span=margin.span)
        note = self._apart(note, margin) if margin.audience else self._numbered(note)
        self.notes.append(note)
        return tree.Call("note", note.label, note.call_id, note)

    def _apart(self, note: tree.FootNote, margin: tree.MarginNote) -> tree.FootNote:
        """A note for one audience, which the text does not call: its line leads to it."""
        self._others += 1
        return replace(
            note,
            label=roman(self._others),
            call_id=f"{self._section}.{margin.audience}-margin-call.{self._others}",
            first=margin.anchor,
            last=margin.anchor,
            audience=margin.audience,
            withheld=margin.withheld,
        )

    def _numbered(self, note: tree.FootNote) -> tree.FootNote:
        self._count += 1
        return replace(
            note,
            label=str(self._count),
            call_id=f"{self._section}.note-call.{self._count}",
        )


def _holds(node: Any, name: str) -> bool:
    """Whether a phrase, or one in it, has an id."""
    if not isinstance(node, tree.Phrase):
        return False
    return node.id == name or any(_holds(child, name) for child in node.children)
