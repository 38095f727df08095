"""How a check grows with the blocks of a text and the entries of its apparatus."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import PROGRAM, Figure, Run, best_of

# Twice as much to do may take twice as long and a quarter more, for the noise of the machine.
_BAR = 2.5
_SIZES = ((500, 1000), (1000, 1000), (2000, 1000), (500, 2000), (500, 4000),
          (1000, 2000), (2000, 4000))  # fmt: skip
_RECORD = """\
slug: 'grown'
title: 'A grown edition'
lang: 'en'
witnesses:
  - siglum: 'T'
    description: 'The only witness'
texts:
  - id: 'letter'
    file: 'letter.md'
book:
  - text: 'letter'
"""


def figures(_: Path) -> Iterator[Figure]:
    runs = {size: _checked(*size) for size in ((1, 0), *_SIZES)}
    start = runs.pop((1, 0))
    yield Figure("check of 1 block", start)
    for (blocks, entries), run in runs.items():
        for smaller in (
            (blocks // 2, entries),
            (blocks, entries // 2),
            (blocks // 2, entries // 2),
        ):
            if smaller in runs:
                ratio = (run.seconds - start.seconds) / (runs[smaller].seconds - start.seconds)
                name = f"check of {blocks} blocks, {entries} entries, to {smaller[0]}, {smaller[1]}"
                yield Figure(name, run, ratio, _BAR)


def _checked(blocks: int, entries: int) -> Run:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "edition.yaml").write_text(_RECORD, encoding="utf-8")
        text = "\n".join(_block(number) for number in range(blocks))
        (folder / "letter.md").write_text(f"# A letter\n\n{text}", encoding="utf-8")
        listed = "".join(_entry(number, blocks) for number in range(entries))
        (folder / "apparatus.yaml").write_text(listed, encoding="utf-8")
        return best_of(3, (*PROGRAM, "check", name))[0]


def _block(number: int) -> str:
    return (
        f"{{#b{number}}}\nThe council of town{number} met on Monday, and *after* the member from "
        f"village{number} had spoken it voted [for]{{.supplied}} the fees that all must pay.\n"
    )


def _entry(number: int, blocks: int) -> str:
    """An entry on a word of a block: on one of its own, or on one that every block has."""
    block = number % blocks
    own = (f"town{block}", f"village{block}")
    words = (*own, "council", "Monday", "member", "spoken", "fees", "pay")
    lemma = words[(number // blocks + block) % len(words)]
    place = "" if lemma in own else f"  in: 'letter/b{block}'\n"
    return f"- lemma: '{lemma}'\n{place}  readings:\n    - wit: 'T'\n      text: 'other words'\n"
