"""What the e-book of the bench reader costs, against reading and checking that reader.

The pages that are marked in it are known by then: both times are of one process, on the processor.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measure import Figure, Run, run

_TEXTS = 4
_BAR = 3.0


def figures(_: Path) -> Iterator[Figure]:
    runs = [run((sys.executable, __file__)) for _ in range(3)]
    told = [json.loads(each.output) for each in runs]
    best = min(told, key=lambda one: one["bind"] / one["check"])
    check, bind = (Run(best[key], best[key], runs[0].mebibytes) for key in ("check", "bind"))
    yield Figure(f"read and check {best['pages']} pages, {best['notes']:,} notes", check)
    title = f"their e-book, {best['bytes'] // 1000} kB"
    yield Figure(title, bind, bind.processors / check.processors, _BAR)


def _measure() -> dict[str, float]:
    """Seconds of the processor for both, and how much it was."""
    from reader import reader

    from printedition.binding import Binder
    from printedition.book.settled import Settled
    from printedition.book.templates import Templates
    from printedition.diagnostics import Findings
    from printedition.page.crew import engaged
    from printedition.page.press import Press
    from printedition.page.style import Style
    from printedition.pipeline import examine
    from printedition.scratch import scratch
    from printedition.sources import MemorySources

    sources = MemorySources(reader(_TEXTS).files)
    began = time.process_time()
    examined = examine(sources)
    check = time.process_time() - began
    edition, book = examined.edition, examined.book
    assert edition is not None and book is not None, examined.diagnostics
    style = Style(
        edition.page,
        edition.bands,
        edition.lines,
        edition.calling,
        edition.conventions,
        edition.index_settings,
    )
    printed: list[Settled] = []
    with scratch(), engaged(book.sections) as crew:
        render = Templates(sources).render
        found, silent = Findings(), lambda *_: None
        Press(book, style, sources, render, found, silent, crew, printed.append).settle()
    began = time.process_time()
    bound = Binder(edition, book, sources, ["epub"])(printed[0])
    bind = time.process_time() - began
    assert "epub" in bound.books, bound.diagnostics
    pages, notes = len(printed[0].pages), sum(len(one.notes) for one in book.sections)
    size = len(bound.books["epub"])
    return {"check": check, "bind": bind, "pages": pages, "notes": notes, "bytes": size}


if __name__ == "__main__":
    sys.path.insert(1, str(Path(__file__).resolve().parent.parent))
    print(json.dumps(_measure()))
