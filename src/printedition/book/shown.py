"""A book without what it withholds from its readers, and without pages to write on: for books that
need leave no room of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from printedition.book import tree
from printedition.sources import Span


def shown(book: tree.Book) -> tree.Book:
    """The book itself where it withholds nothing."""
    sections = tuple(_kept(book.sections))
    return book if sections == book.sections else replace(book, sections=sections)


def _kept(nodes: tuple[Any, ...]) -> Iterator[Any]:
    for node in nodes:
        if getattr(node, "withheld", False) or getattr(node, "blank", 0):
            continue
        if isinstance(node, tree.Call) and node.note.withheld:
            continue
        yield _without(node)


def _without(node: Any) -> Any:
    """A node without what is withheld in it; itself where that is nothing."""
    if isinstance(node, tuple):
        return tuple(_kept(node))
    if not is_dataclass(node) or isinstance(node, Span):
        return node
    changed = {
        field.name: new
        for field in fields(node)
        if isinstance(old := getattr(node, field.name), tuple) or is_dataclass(old)
        if (new := _without(old)) != old
    }
    return replace(node, **changed) if changed else node  # type: ignore[type-var]
