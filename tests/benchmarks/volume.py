"""A volume of forty editions: its time for a page against that of the dense reader, its memory."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from measure import PROGRAM, Figure, Run, run
from reader import reader, volume

_TEXTS = 40
_ENTRY_EVERY = 30  # words
_DENSE = 10  # texts of the reader that it is held against
_BAR = 1.3  # of the time for a page
_MEMORY = 700  # MiB
_PAGES = 400


def figures(_: Path) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dense, one = _built(reader(_DENSE).files, folder / "dense")
        many, all_of_it = _built(volume(_TEXTS, _ENTRY_EVERY), folder / "volume")
    yield Figure(f"the dense reader of {_DENSE} texts, {dense} pages", one)
    if many <= _PAGES:
        raise SystemExit(f"the volume has {many} pages, and not more than {_PAGES}")
    ratio = (all_of_it.seconds / many) / (one.seconds / dense)
    said = f"{_TEXTS} editions, {many} pages, by the page"
    yield Figure(said, all_of_it, ratio, _BAR, _MEMORY)


def _built(files: Mapping[str, str], folder: Path) -> tuple[int, Run]:
    """The pages of a book with its e-book, and how long it took."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    done = run((*PROGRAM, "build", str(folder), "--output", str(folder / "books")))
    (pages,) = re.findall(r"\.pdf +(\d+) pages", done.output)
    return int(pages), done
