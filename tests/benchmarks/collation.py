"""Three versions of 10,000 words collated, moves found, against difflib on two of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from measure import Figure, best_of

_BAR = 10.0
_TESTS = Path(__file__).resolve().parent.parent
_TEXTS = f"""
import sys
sys.path.insert(0, {str(_TESTS)!r})
from editions import Author
author = Author(1)
first = author.prose(10_000).split()
second, third = (
    [word if author.random.random() > 0.1 else author.word() for word in first] for _ in range(2)
)
"""
_OURS = """
from printedition.scholarship.collation import Witness, collate
from printedition.scholarship.tokens import tokens
read = [
    Witness(siglum, tuple(tokens(" ".join(words))))
    for siglum, words in zip("ABC", (first, second, third))
]
collate(read, "A")
"""
_DIFFLIB = """
from difflib import SequenceMatcher
SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
"""


def figures(_: Path) -> Iterator[Figure]:
    commands = [(sys.executable, "-c", _TEXTS + more) for more in ("", _DIFFLIB, _OURS)]
    start, difflib, ours = best_of(3, *commands)
    yield Figure("difflib, two versions of 10,000 words", difflib)
    ratio = (ours.processors - start.processors) / (difflib.processors - start.processors)
    yield Figure("three versions of 10,000 words collated", ours, ratio, _BAR)
