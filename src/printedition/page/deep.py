"""Pickling boxes, which lie deeper in one another than Python lets a program go."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def deeply() -> Iterator[None]:
    """Let what is done meanwhile go ten times as deep: boxes are laid out at a depth at which
    pickle would give up."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10 * limit)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
