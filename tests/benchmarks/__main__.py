"""Measures the program and prints a table: `python tests/benchmarks [EDITION] [NAME …]`.

`make bench` runs all. NAME is of a benchmark: check, growth, build, dense, ebook, collation,
table, index, again, volume.
Ratios are of whole processes, or of steps of one, on one machine in one sitting; the suite asserts
none of them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parent.parent))  # what tests share

import again
import build
import check
import collation
import dense
import ebook
import growth
import index
import table
import volume
from measure import HEAD

_BENCHMARKS = {
    "check": check,
    "growth": growth,
    "build": build,
    "dense": dense,
    "ebook": ebook,
    "collation": collation,
    "table": table,
    "index": index,
    "again": again,
    "volume": volume,
}


def main() -> None:
    edition = Path(sys.argv[1] if len(sys.argv) > 1 else "content")
    names = sys.argv[2:] or list(_BENCHMARKS)
    print(f"{_load()} of {os.cpu_count()} processors busy when it began\n{HEAD}", flush=True)
    above = 0
    for name in names:
        for figure in _BENCHMARKS[name].figures(edition):
            above += not figure.holds
            print(figure, flush=True)
    sys.exit(1 if above else 0)


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"


main()
