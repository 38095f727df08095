"""The crew: processes that set sections beside this one, engaged before there is work for them.

This module is light, so that they load what sets pages while this process does.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from printedition.book import tree

WORTH_A_PROCESS = 100  # entries, notes and blocks: what takes longer than a process to start

# Kinds that are laid out line by line; the others are short.
ON_GALLEYS = frozenset({"text", "prose", "commentary", "parallel"})


@dataclass(slots=True)
class Hand:
    """A process, and the line by which it is told what to do."""

    process: Any
    line: Connection
    busy: bool = True  # until it says that it is ready
    set: list[str] = field(default_factory=list)  # sections not drawn yet


class Crew:
    """So many processes; none of them knows the edition.

    Processes are spawned, not forked: the program may have threads, and Pango's state must not be
    shared with a fork.
    """

    def __init__(self, size: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.hands: list[Hand] = []
        for _ in range(size):
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_be_ready, args=(theirs, tempfile.gettempdir()), daemon=True
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
            crew = Crew(size)
    try:
        yield crew
    finally:
        if crew is not None:
            crew.dismiss()


def weight(section: tree.Section) -> int:
    """How much there is to set of a section: its entries, notes, blocks, and cells of versions."""
    cells = len(section.rows) * len(section.versions)
    return len(section.notes) + len(section.margins) + len(section.blocks) + cells


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


def _be_ready(line: Connection, folder: str) -> None:
    from printedition.page.workshop import work

    work(line, folder)
