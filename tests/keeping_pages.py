"""Corrections of an edition on the pages of a printing, and what the book shows of them."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from printed import Piece, PrintedPage, read
from printedition.cli import main
from printedition.codes import Severity
from printedition.pipeline import find_faults
from printedition.sources import DiskSources

OTHERS = {
    "which": "that",
    "also": "likewise",
    "and": "and then",
    "should": "ought to",
    "shall": "are to",
    "was": "had been",
    "their": "these",
    "great": "large",
    "first": "earliest",
    "the": "this",
}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def faulty(folder: Path) -> bool:
    return any(one.severity is Severity.ERROR for one in find_faults(DiskSources(folder)))


def correct(paths: Sequence[Path], folder: Path, count: int) -> None:
    """So many words corrected in files of an edition, none of which anything stands off from."""
    assert not faulty(folder)
    chance = random.Random(1922)
    while count:
        path = chance.choice(paths)
        text = path.read_text(encoding="utf-8")
        found = re.finditer(rf"(?<=[a-z,] )(?:{'|'.join(OTHERS)})(?= [a-z])", text)
        places = [one for one in found if text[text.rfind("\n", 0, one.start()) + 1] not in "#{<[-"]
        if not places:
            continue
        one = chance.choice(places)
        path.write_text(text[: one.start()] + OTHERS[one[0]] + text[one.end() :], encoding="utf-8")
        if faulty(folder):
            path.write_text(text, encoding="utf-8")
        else:
            count -= 1


def begins(pdf: Path) -> dict[str, tuple[str, ...]]:
    """The word that each page begins with, and in a table of versions each column of it."""
    made = {}
    for page in read(pdf):
        columns = columns_of(page)
        firsts = (
            max(each, key=lambda one: (round(one.base), -one.left)) for each in columns.values()
        )
        if columns:
            made[page.label] = tuple(one.text.split()[0] for one in firsts if one.text.split())
    return made


def columns_of(page: PrintedPage) -> dict[float, list[Piece]]:
    """The words of a page's text by the edges of columns, in a table of versions its cells."""
    body = [one for one in page.pieces if not {"Note", "Caption"} & {*one.kinds}]
    size = max((one.size for one in body if "TD" in one.kinds), default=0.0)
    cells = [one for one in body if "TD" in one.kinds and one.size > 0.9 * size]  # not calls
    begun: dict[tuple[int, int], float] = {}
    for one in cells:
        line = one.block, round(one.base)
        begun[line] = min(begun.get(line, one.left), one.left)
    lines = Counter(round(left) for left in begun.values())
    edges = sorted(left for left, count in lines.items() if count > 1)
    if len(edges) < 3:
        return {0.0: body} if body else {}
    columns: dict[float, list[Piece]] = {}
    for one in cells:
        if before := [edge for edge in edges if edge < one.left + 1]:
            columns.setdefault(before[-1], []).append(one)
    return columns


def told_of(output: str) -> set[str]:
    """The pages that the build says are not as they were."""
    return set(re.findall(r"KEP002\]: page (\w+) is (?:not kept|let go)", output))
