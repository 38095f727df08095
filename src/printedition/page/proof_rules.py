"""The rules in the margin of a proof, beside the lines that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from printedition.page.compositor import Drawn
from printedition.page.frame import Frame
from printedition.page.style import Row


def mark_lines(
    pages: Sequence[Any], rows: Iterable[Row], laid: Mapping[str, Drawn], frame: Frame
) -> None:
    """Give the sheets of a book the rules of these lines, as far as it is known where they are."""
    rules: dict[int, list[tuple[float, float, float]]] = {}
    for name, number, row in rows:
        facts = laid[name].facts
        if facts and row < len(lines := facts[number].lines):
            rules.setdefault(frame.sheet(name, number), []).append(lines[row].rule)
    for at, marked in rules.items():
        pages[at].rules = sorted(marked)
