"""A reader with an entry on every fourth word: how it grows, and against reledmac.

A ratio counts only for a book that is right: each number, entry and note of the finished PDF is
measured as the tests measure it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path

from measure import PROGRAM, Figure, Run, run
from reader import reader
from reledmac import Reledmac

from editions import Made

_TEXTS = 10
_GROWTH = 2.2  # of twice as many texts
_RIVAL = 0.6  # of three runs of reledmac
_MEMORY = 500  # MiB
_ROUNDS = 1  # taking turns, after a first; the quickest counts
_SHOWN = 10  # faults


def figures(_: Path) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, more = _Book(reader(_TEXTS), folder / "ours"), _Book(reader(2 * _TEXTS), folder / "x")
        ours.build()
        rival = Reledmac(ours.made, ours.pages, folder) if Reledmac.is_there() else None
        for _ in range(_ROUNDS):
            ours.build()
            more.build()
            if rival:
                rival.set()
        faults = ours.faults()
    one, two = ours.quickest, more.quickest
    entries = sum(len(section.entries) for section in ours.made.truth)
    yield Figure(f"build {_TEXTS} texts, {entries} entries, {ours.pages} pages", one, most=_MEMORY)
    yield Figure(f"  {ours.pages / one.seconds:.1f} pages a second, rounds: {ours.rounds}", one)
    yield Figure(
        f"build {2 * _TEXTS} texts, to {_TEXTS}", two, two.seconds / one.seconds, _GROWTH, _MEMORY
    )
    if rival is None:
        print("reledmac is not on this machine: no ratio to it (Debian: texlive-humanities, "
              "texlive-latex-extra, texlive-fonts-recommended)")  # fmt: skip
    else:
        yield Figure(f"reledmac three times, {rival.pages} pages", rival.quickest)
        ratio = inf if faults else one.seconds / rival.quickest.seconds
        yield Figure(f"build {_TEXTS} texts, to reledmac", one, ratio, _RIVAL)
    if faults:
        told = faults[:_SHOWN]
        raise SystemExit("\n  ".join([f"the book is wrong in {len(faults)} points:", *told]))


class _Book:
    """An edition and the quickest of its builds."""

    def __init__(self, made: Made, folder: Path) -> None:
        self.made, self.folder, self.runs = made, folder, list[Run]()
        for name, text in made.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def build(self) -> None:
        books = str(self.folder / "books")
        command = (*PROGRAM, "build", str(self.folder), "--verbose", "--output", books)
        self.runs.append(run(command))

    @property
    def quickest(self) -> Run:
        return min(self.runs, key=lambda one: one.seconds)

    @property
    def pages(self) -> int:
        (written,) = re.findall(r"\.pdf +(\d+) pages", self.quickest.output)
        return int(written)

    @property
    def rounds(self) -> int:
        """How often the book was laid out until nothing moved."""
        return max(map(int, re.findall(r"round (\d+)", self.quickest.output)))

    def faults(self) -> Sequence[str]:
        """What is wrong with the finished PDF."""
        from measuring import read_pdf
        from test_page import faults_of

        (path,) = (self.folder / "books").glob("*.pdf")
        found = faults_of(read_pdf(path), self.made.truth)
        return [f"{name}: {fault}" for name, faults in found.items() for fault in faults]
