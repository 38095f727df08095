"""Abbreviations tell what they stand for where a section has them first; the e-book prints that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from printedition.book import tree
from printedition.scholarship.abbreviations import pattern_of
from printedition.sources import Span

# What stands off from the words or beside them is read at another time than they are.
_APART = (tree.Call, tree.MarginNote, Span)


def explained(section: tree.Section, abbreviations: tuple[tree.SignRow, ...]) -> tree.Section:
    """A section in which each abbreviation is explained the first time that its words have it."""
    if not abbreviations:
        return section
    explaining = _Explaining({row.sign: row.meaning for row in abbreviations})
    return replace(
        section,
        blocks=explaining.over(section.blocks),
        rows=explaining.over(section.rows),
        end_notes=explaining.over(section.end_notes),
    )


class _Explaining:
    """Goes through a section in the order of reading."""

    def __init__(self, meanings: dict[str, str]) -> None:
        self._meanings = meanings
        self._pattern = pattern_of(meanings)

    def over(self, node: Any) -> Any:
        """A node and all in it."""
        if isinstance(node, tuple):
            return tuple(part for child in node for part in self._parts(child))
        if not is_dataclass(node) or isinstance(node, _APART):
            return node
        changed = {
            field.name: new
            for field in fields(node)
            if isinstance(old := getattr(node, field.name), tuple)
            if (new := self.over(old)) != old
        }
        return replace(node, **changed) if changed else node  # type: ignore[type-var]

    def _parts(self, node: Any) -> Iterator[Any]:
        if isinstance(node, tree.Words):
            yield from self._words(node.text)
        else:
            yield self.over(node)

    def _words(self, text: str) -> Iterator[tree.Inline]:
        at = 0
        for match in self._pattern.finditer(text):
            meaning = self._meanings.pop(match.group(), "")
            if not meaning:
                continue
            if match.start() > at:
                yield tree.Words(text[at : match.start()])
            yield tree.Abbreviation(match.group(), meaning)
            at = match.end()
        if at < len(text):
            yield tree.Words(text[at:])
