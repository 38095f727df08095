"""Reads from pages, as they are drawn, where each starts in the words of its section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from printedition.book.starts import APART, Start, letters_of

_ENOUGH = 40  # letters to know a place by
_FIRST = 4  # elements that begin on a page


class _Begun:
    """A start whose first letters are being read."""

    def __init__(self, line: int, within: tuple[tuple[str, int], ...]) -> None:
        self.line, self.within, self.letters = line, within, ""


class StartReader:
    """Reads the pages of one section, in their order."""

    def __init__(self) -> None:
        self._before: Counter[str] = Counter()  # letters, by the id of an element
        self._begun: list[_Begun] = []
        self._heads: set[int] = set()  # of tables, which are printed again on each page
        self._awaited: list[int] = []  # numbers of lines whose first letter is to come

    def read(self, roots: Sequence[Any], lines: Mapping[int, int]) -> list[Start]:
        """Where the page starts (line 0), and its numbered lines.

        `lines` has their numbers by the `id()` of their box. A page without words of the section
        has no start of its own.
        """
        self._begun, self._awaited, self._lines = [], [0], lines
        self._first: list[str] = []
        for root in roots:
            for body in root.children:
                for child in getattr(body, "children", ()):
                    if child.element is not None and child.element.tag == "section":
                        self._walk(child, (), None)
        return [
            Start(begun.line, begun.within, begun.letters, () if begun.line else tuple(self._first))
            for begun in self._begun
        ]

    def _walk(self, box: Any, ids: tuple[str, ...], parent: Any) -> None:
        element = box.element
        if element is not None and element is not parent:
            if APART.intersection((element.get("class") or "").split()):
                return
            if element.tag == "thead":
                if id(element) in self._heads:
                    return
                self._heads.add(id(element))
            if name := element.get("id"):
                ids = (*ids, name)
                if len(self._first) < _FIRST and not self._before[name]:
                    self._first.append(name)
        if "::" in (box.element_tag or ""):
            return  # what a style adds
        if isinstance(box, boxes.TextBox):
            self._take(letters_of(box.text), ids)
            return
        if (number := self._lines.get(id(box))) is not None:
            self._awaited.append(number)
        for child in getattr(box, "children", ()):
            self._walk(child, ids, element)

    def _take(self, letters: str, ids: tuple[str, ...]) -> None:
        if not letters:
            return
        within = tuple((name, self._before[name]) for name in ids)
        self._begun += [_Begun(line, within) for line in self._awaited]
        self._awaited = []
        for begun in self._begun:
            if len(begun.letters) < _ENOUGH:
                begun.letters += letters
        for name in ids:
            self._before[name] += len(letters)
