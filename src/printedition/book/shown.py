"""A book without what it withholds from its readers, and without pages to write on: for books that
need leave no room of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any

from printedition.book import tree
from printedition.book.remembered import Remembered
from printedition.sources import Span


class Shown:
    """Shows books; what a section shows is sought once."""

    def __init__(self) -> None:
        self._sections = Remembered[tree.Section](_without)

    def of(self, book: tree.Book) -> tree.Book:
        """A book with what it does not withhold."""
        found = [one for one in book.sections if not _is_withheld(one)]
        if book.withholds:
            found = [self._sections.of(one) for one in found]
        return replace(book, sections=tuple(found))


def _is_withheld(node: Any) -> bool:
    return bool(getattr(node, "withheld", False) or getattr(node, "blank", 0))


def _kept(nodes: tuple[Any, ...]) -> Iterator[Any]:
    for node in nodes:
        if _is_withheld(node):
            continue
        if isinstance(node, tree.Call) and node.note.withheld:
            continue
        yield _without(node)


def _without(node: Any) -> Any:
    """A node without what is withheld in it; itself where that is nothing."""
    if isinstance(node, tuple):
        kept = tuple(_kept(node))
        same = len(kept) == len(node) and all(map(is_, kept, node))
        return node if same else kept
    changed = {}
    for name in _parts(type(node)):
        old = getattr(node, name)
        if (old and isinstance(old, tuple)) or _parts(type(old)):
            new = _without(old)
            if new is not old:
                changed[name] = new
    return replace(node, **changed) if changed else node


_PARTS: dict[type, tuple[str, ...]] = {}  # the fields of kinds of nodes that may hold others


def _parts(kind: type) -> tuple[str, ...]:
    if kind not in _PARTS:
        holds = is_dataclass(kind) and not issubclass(kind, Span)
        _PARTS[kind] = tuple(field.name for field in fields(kind)) if holds else ()
    return _PARTS[kind]
