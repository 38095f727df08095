"""Measures the program and prints a table: `python tests/benchmarks [EDITION]`, or `make bench`.

Ratios are of whole processes on one machine in one sitting; the suite asserts none of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import build
import check
import growth
from measure import HEAD


def main() -> None:
    edition = Path(sys.argv[1] if len(sys.argv) > 1 else "content")
    print(HEAD)
    above = 0
    for benchmark in (check, growth, build):
        for figure in benchmark.figures(edition):
            above += not figure.holds
            print(figure, flush=True)
    sys.exit(1 if above else 0)


main()
