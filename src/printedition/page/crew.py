"""The crew: processes that set sections beside this one, engaged before there is work for them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from printedition.book import tree

WORTH_A_PROCESS = 100  # entries, notes and blocks: what takes longer than a process to start

# Kinds that are laid out line by line; the others are short.
ON_GALLEYS = frozenset({"text", "prose", "commentary", "appendix", "parallel"})


@dataclass(slots=True)
class Hand:
    """A process, and the line by which it is told what to do."""

    process: Any
    line: Connection
    busy: bool = True  # until it says that it is ready
    set: list[str] = field(default_factory=list)  # sections not drawn yet


class Crew:
    """So many processes; none of them knows the edition.

    They are forks of this process where that is safe: on Linux, with no other thread, and before
    Pango has any state. They are then ready at once, and share what has been loaded.
    """

    def __init__(self, size: int, *, forked: bool = False) -> None:
        context: Any = multiprocessing.get_context("fork" if forked else "spawn")
        gc.freeze()  # who looks for garbage writes to what it sees, and would have a copy of it
        self.hands: list[Hand] = []
        for _ in range(size):
            ours, theirs = context.Pipe()
            # A fork has our ends of all lines too: none would end with us while it holds them.
            held = [*(hand.line for hand in self.hands), ours] if forked else []
            process = context.Process(
                target=_be_ready, args=(theirs, tempfile.gettempdir(), held), daemon=True
            )
            process.start()
            theirs.close()
            self.hands.append(Hand(process, ours))

    def dismiss(self) -> None:
        """End the processes, whatever they are at."""
        for hand in self.hands:
            hand.line.close()
            hand.process.terminate()
        for hand in self.hands:
            hand.process.join()
        self.hands = []


@contextmanager
def engaged(sections: Iterable[tree.Section]) -> Iterator[Crew | None]:
    """A crew that is worth its while for these sections, dismissed at the end."""
    size = hands_for(sections)
    crew = None
    if size:
        # A program that builds while it is being imported can start none: it sets all itself.
        with suppress(RuntimeError, OSError):
            crew = Crew(size, forked=can_fork())
    try:
        yield crew
    finally:
        if crew is not None:
            crew.dismiss()


def can_fork() -> bool:
    """Whether a fork of this process can set pages."""
    return sys.platform == "linux" and threading.active_count() == 1


def weight(section: tree.Section) -> int:
    """How much there is to set of a section: its entries, notes and blocks.

    Those of a narrow column take about twice as long as others, for they have more lines.
    """
    cells = [cell for row in section.rows for cell in row.cells]
    narrow = sum(len(cell.blocks) + 1 for cell in cells)
    return len(section.notes) + len(section.margins) + len(section.blocks) + 2 * narrow


def hands_for(sections: Iterable[tree.Section]) -> int:
    """How many processes beside this one set these sections in the shortest time."""
    long = [section for section in sections if section.kind in ON_GALLEYS]
    work = sum(map(weight, long))
    if work < WORTH_A_PROCESS:
        return 0
    return max(min(processors(), len(long)) - 1, 0)


def processors() -> int:
    """How many processes can run at once."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _be_ready(line: Connection, folder: str, strangers: Iterable[Connection]) -> None:
    for stranger in strangers:
        stranger.close()
    from printedition.page.workshop import work

    work(line, folder)
