"""The rules in the margin of a proof, beside what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from printedition.page.compositor import Drawn
from printedition.page.frame import Frame
from printedition.page.pagemap import PageFacts
from printedition.page.style import Marked

_GAP = 6.0  # px between what stands in no line of a text and its rule
_POINT = 0.75  # of a px

Rule = tuple[float, float, float]  # x, top, foot in px


def mark_changes(
    pages: Sequence[Any], marked: Marked, laid: Mapping[str, Drawn], frame: Frame
) -> None:
    """Give the sheets of a book the rules of what is marked, as far as it is known where it is."""
    rules: dict[int, set[Rule]] = {}
    for name, number, row in marked.rows:
        facts = laid[name].facts
        if facts and row < len(lines := facts[number].lines):
            rules.setdefault(frame.sheet(name, number), set()).add(lines[row].rule)
    for name, number, part in marked.parts:
        found = _rules_of(part, number, laid[name])
        rules.setdefault(frame.sheet(name, number), set()).update(found)
    for at, beside in rules.items():
        pages[at].rules = sorted(beside)


def _rules_of(part: str, number: int, drawn: Drawn) -> Iterator[Rule]:
    """The rule of a note, entry or heading on a page of its section."""
    facts = drawn.facts[number] if drawn.facts else PageFacts()
    for one in (*facts.standing, *facts.beside):
        if one.id in (part, part.removesuffix(".entry")):
            left, top, right, foot = (length / _POINT for length in one.box)
            near = (line.rule[0] for line in facts.lines)
            x = min(near, key=lambda x: min(abs(x - left), abs(x - right)), default=left - _GAP)
            yield x, top, foot
            return
    if place := drawn.light.pages[number].anchors.get(part):
        left, top, _, foot = place
        yield left - _GAP, top, foot
