"""What is found of sections, and not sought again while they are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from printedition.book.tree import Section

Found = TypeVar("Found")


class Remembered(Generic[Found]):
    """What a function finds of sections, each sought once."""

    def __init__(self, find: Callable[[Section], Found]) -> None:
        self._find = find
        self._known: dict[str, tuple[Section, Found]] = {}

    def of(self, section: Section) -> Found:
        """What it finds of a section."""
        known = self._known.get(section.id)
        if known is None or known[0] is not section:
            known = self._known[section.id] = section, self._find(section)
        return known[1]
