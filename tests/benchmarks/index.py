"""What an index costs: gathering and sorting it, against reading and checking the book without it.

The book has 400 pages (of 320 words), 3,000 headings and 30,000 places. Both times are of one
process, on the processor.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from measure import Figure, Run, run

_PAGES, _WORDS, _HEADINGS, _PLACES = 400, 320, 3000, 30_000
_CHAPTERS = 40
_BAR = 1.0
_SYLLABLES = ("ba", "cor", "dim", "el", "gra", "hov", "ik", "jel", "kan", "lov", "mar", "nis")
_PLAIN = tuple(
    word
    for line in (
        "the of and a to in was that it he by which with on as for at from were this had be not",
        "members proposed letter question resolution draft committee voted against before council",
    )
    for word in line.split()
)


def figures(_: Path) -> Iterator[Figure]:
    """The index has its bar by the processor's time of one process that does both."""
    with tempfile.TemporaryDirectory() as name:
        _write(Path(name))
        runs = [run((sys.executable, __file__, name)) for _ in range(3)]
    told = [json.loads(each.output) for each in runs]
    best = min(told, key=lambda one: one["gather"] / one["check"])
    check, gather = (Run(best[key], best[key], runs[0].mebibytes) for key in ("check", "gather"))
    yield Figure(f"read and check {_PAGES} pages", check)
    title = f"gather {best['places']:,} places, sort {best['headings']:,} headings"
    yield Figure(title, gather, gather.processors / check.processors, _BAR)


def _write(folder: Path) -> None:
    chance = random.Random(6)
    names = _names(chance)
    words = _PAGES * _WORDS // _CHAPTERS
    often = [names[number % _HEADINGS] for number in range(_PLACES)]
    chance.shuffle(often)
    record = "slug: 'book'\ntitle: 'A Book'\nlang: 'en'\ntexts:\n"
    book = "book:\n"
    for chapter in range(_CHAPTERS):
        record += f"  - id: 'c{chapter}'\n    file: 'c{chapter}.md'\n"
        book += f"  - text: 'c{chapter}'\n"
        named = often[chapter::_CHAPTERS]
        (folder / f"c{chapter}.md").write_text(_chapter(chance, words, named), encoding="utf-8")
    book += "  - index: 'index.yaml'\n"
    (folder / "edition.yaml").write_text(record + book, encoding="utf-8")
    headings = "".join(_heading(name) for name in names)
    (folder / "index.yaml").write_text(headings, encoding="utf-8")


def _names(chance: random.Random) -> list[str]:
    """Names of one to three words that share their first words, as persons and offices do."""
    names: dict[str, None] = {}
    while len(names) < _HEADINGS:
        parts = ["".join(chance.choices(_SYLLABLES, k=2)).title() for _ in range(3)]
        names[" ".join(parts[: chance.randint(1, 3)])] = None
    return list(names)


def _chapter(chance: random.Random, words: int, names: list[str]) -> str:
    running = chance.choices(_PLAIN, k=words - len(names))
    for name in names:
        running.insert(chance.randrange(len(running)), name)
    paragraphs = [running[start : start + 90] for start in range(0, len(running), 90)]
    blocks = (f"{{#p{n}}}\n{' '.join(words)}.\n" for n, words in enumerate(paragraphs, 1))
    return "# A Chapter\n\n" + "\n".join(blocks)


def _heading(name: str) -> str:
    return f"- heading: '{name}'\n  forms:\n    - '{name}'\n  inflected: 'plural'\n"


def _measure(folder: Path) -> None:
    """Print the times of the steps, in seconds of the processor."""
    from printedition.book.indexes import Indexes
    from printedition.book.locators import Locators
    from printedition.diagnostics import Findings
    from printedition.reading.reader import read_edition
    from printedition.scholarship.checks import check
    from printedition.scholarship.headings import Headings
    from printedition.scholarship.index_checks import check_indexes
    from printedition.scholarship.mentions import Mentions
    from printedition.sources import DiskSources

    began = time.process_time()
    findings = Findings()
    edition = read_edition(DiskSources(folder), findings)
    assert edition is not None
    check(replace(edition, indexes={}), findings)
    checked = time.process_time()
    mentions = Mentions(edition, Headings(edition))
    check_indexes(edition, mentions, findings, whole=True)
    indexes = Indexes(edition, mentions.headings, Locators())
    headings = sum(len(group.items) for group in indexes.groups("index.yaml"))
    gathered = time.process_time()
    record = {
        "check": checked - began,
        "gather": gathered - checked,
        "headings": headings,
        "places": mentions.gathered.counts.total(),
        "faults": sorted({found.code for found in findings.diagnostics}),
    }
    print(json.dumps(record))


if __name__ == "__main__":
    _measure(Path(sys.argv[1]))
