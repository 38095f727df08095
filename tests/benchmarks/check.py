"""A check of the real edition against a start of Python with the two libraries that it needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from measure import PROGRAM, Figure, best_of

_BAR = 3.0


def figures(edition: Path) -> Iterator[Figure]:
    libraries = (sys.executable, "-c", "import yaml, markdown_it")
    check = (*PROGRAM, "check", str(edition))
    best_of(1, libraries, check)  # so that bytecode and disk are warm
    start, checked = best_of(9, libraries, check)
    yield Figure("python -c 'import yaml, markdown_it'", start)
    yield Figure(f"check {edition.name}", checked, checked.seconds / start.seconds, _BAR)
