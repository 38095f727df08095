"""Where the pages of a section stand in the book: as they were found, or foreseen before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from printedition.book import tree
from printedition.frozen import dataclass
from printedition.page.compositor import Place
from printedition.page.folios import Folios
from printedition.page.frame import Frame
from printedition.page.geometry import roman

_RECTO, _VERSO = ("recto", "right"), ("verso", "left")


def found(frame: Frame, section: str, count: int) -> tuple[Place, ...]:
    """The pages of a section that has so many sheets in the frame."""
    made = []
    for number in range(count):
        at = frame.sheet(section, number)
        box = frame.document.pages[at]._page_box
        left, top = box.content_box_x(), box.content_box_y()
        made.append(Place(frame.labels[at], at % 2 == 0, left, top))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The folios of a book that has no frame yet, and on which page each section begins."""

    labels: Sequence[str]
    starts: Mapping[str, int]

    def sheet(self, section: str, number: int) -> int:
        """Which page of the book is a sheet of a section."""
        return self.starts[section] + number


class Foresight:
    """Foresees places from a frame that has two sheets of each section.

    What is foreseen may be wrong, for what quotes folios may yet grow: then the section is drawn
    anew for the pages that are found.
    """

    def __init__(self, frame: Frame, sections: Sequence[tree.Section]) -> None:
        self.frame = frame
        self.folios = Folios()
        self.sections = [(section.id, section.front) for section in sections]
        self.sides = {section.id: self._side(section.id) for section in sections}

    def places(
        self, section: str, counts: Mapping[str, int], pending: Collection[str]
    ) -> tuple[Place, ...] | None:
        """The pages of a section; None while one before it is pending.

        A section that has no count and is not pending is reckoned as one page.
        """
        start = self._start(section, counts, pending)
        if start is None:
            return None
        number, front = start
        first = self.frame.sheet(section, 0)
        boxes = [self.frame.document.pages[first + page]._page_box for page in (0, 1)]
        made = []
        for page in range(counts.get(section, 1)):
            at = number + page
            box = boxes[(at - first) % 2]
            left, top = box.content_box_x(), boxes[min(page, 1)].content_box_y()
            label = str(at - front + 1) if at >= front else roman(at + 1)
            kept = self.folios.kept.get(section, ())
            label = kept[page] if page < len(kept) else label
            made.append(Place(label, at % 2 == 0, left, top))
        return tuple(made)

    def plan(self, counts: Mapping[str, int]) -> Foreseen:
        """The folios of all pages; a section without a count is reckoned as one page."""
        starts: dict[str, int] = {}
        front = end = 0
        for name, _ in self.sections:
            start = self._start(name, counts, ())
            assert start is not None
            starts[name], front = start
            end = starts[name] + counts.get(name, 1)
        return Foreseen(tuple(self.folios.of(end, front, starts)), starts)

    def is_recto(
        self, section: str, counts: Mapping[str, int], pending: Collection[str]
    ) -> bool | None:
        """Whether a section begins on a right-hand page; None where it is not known yet."""
        side = self.sides[section]
        if side in _RECTO + _VERSO:
            return side in _RECTO
        start = self._start(section, counts, pending)
        return None if start is None else start[0] % 2 == 0

    def _start(
        self, section: str, counts: Mapping[str, int], pending: Collection[str]
    ) -> tuple[int, int] | None:
        """The page on which a section begins, and that on which the front matter has ended."""
        number, front = 0, None
        for name, in_front in self.sections:
            number += self.sides[name] in (_VERSO if number % 2 == 0 else _RECTO)
            if not in_front and front is None:
                front = number
            if name == section:
                return number, number + 1 if front is None else front
            if name in pending and name not in counts:
                return None
            number += counts.get(name, 1)
        raise AssertionError(section)

    def _side(self, section: str) -> str:
        """On which side a section asks to begin."""
        page: Any = self.frame.document.pages[self.frame.sheet(section, 0)]
        for box in page._page_box.children[0].descendants():
            if box.element is not None and box.element.get("id") == section:
                return str(box.style["break_before"])
        return "auto"
