"""A long table: six versions in forty rows, one longer than two pages, a note every ten words."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import PROGRAM, Figure, Run, run

import tables

# Twice the rows may take twice as long and a quarter more, for the noise of the machine.
_BAR = 2.5


def figures(_: Path) -> Iterator[Figure]:
    half, _pages = _built(20)
    yield Figure("six versions in 20 rows", half)
    whole, pages = _built(40)
    ratio = whole.seconds / half.seconds
    yield Figure(f"six versions in 40 rows, on {pages} pages, to 20", whole, ratio, _BAR)


def _built(rows: int) -> tuple[Run, int]:
    """A build of the printed book alone, and its pages."""
    table = tables.make(7, 6, rows, (15, 70), 10, long_row=18 * rows)
    with tempfile.TemporaryDirectory() as name:
        for path, text in table.files().items():
            file = Path(name, path)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        output = Path(name, "books")
        made = run((*PROGRAM, "build", name, "-o", str(output), "--format", "pdf"))
        mapped = json.loads((output / "t.map.json").read_text(encoding="utf-8"))
        return made, len(mapped["pages"])
