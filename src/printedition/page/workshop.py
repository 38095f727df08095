"""The workshop: compositors that set sections side by side, each in a process of its own.

A compositor asks for what it needs, pages to lay out and files alike, and opens nothing of the
edition itself; templates are filled in by the process that has them. Processes are spawned, not
forked: the program may have threads, and Pango's state must not be shared with a fork.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import traceback
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from printedition.diagnostics import Findings
from printedition.page.compositor import Cast, Compositor, Drawn, Job, Place
from printedition.page.engine import Engine
from printedition.sources import (
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    decode,
)

WORTH_A_PROCESS = 600  # entries, notes and blocks: what takes longer than a process to start


class Overseer(Protocol):
    """Gives compositors their work, and takes what they make."""

    def job(self, name: str) -> Job | None:
        """What is to be set; None while it waits for what is before it."""

    def cast(self, cast: Cast) -> Job | None:
        """Note what a section needs; a job where it is to be set again."""

    def places(self, name: str) -> tuple[Place, ...] | None:
        """The pages of a section; None while they are not known."""

    def drawn(self, drawn: Drawn) -> None:
        """Take a section as drawn."""

    def answer(self, question: str, name: str, about: Any) -> str:
        """The page that a compositor asks for."""

    @property
    def anchors(self) -> frozenset[str]:
        """The ids whose lines the book quotes."""


class Lost(Exception):
    """A process ended before its work was done."""


def lay_out(names: Sequence[str], overseer: Overseer, engine: Engine) -> None:
    """Set and draw sections one after another in this process."""
    compositor = Compositor(engine, overseer.answer)
    for name in names:
        job = overseer.job(name)
        while job is not None:
            job = overseer.cast(compositor.set(job))
        places = overseer.places(name)
        assert places is not None, name
        overseer.drawn(compositor.draw(name, places, overseer.anchors))


# Processes


@dataclass(slots=True)
class _Worker:
    process: Any
    line: Connection
    busy: bool = True  # until it says that it is ready
    set: list[str] = field(default_factory=list)  # sections not drawn yet


class Workshop:
    """So many processes, each with a compositor."""

    def __init__(self, workers: int, stylesheet: str, sources: Sources) -> None:
        self.sources = sources
        context = multiprocessing.get_context("spawn")
        self.workers: list[_Worker] = []
        for _ in range(workers):
            ours, theirs = context.Pipe()
            arguments = (theirs, stylesheet, tempfile.gettempdir())
            process = context.Process(target=_work, args=arguments, daemon=True)
            process.start()
            theirs.close()
            self.workers.append(_Worker(process, ours))

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for worker in self.workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()

    def lay_out(self, names: Sequence[str], overseer: Overseer) -> None:
        """Set and draw sections side by side; raises Lost where a process has ended."""
        waiting, left = deque(names), len(names)
        try:
            while left:
                for worker in self.workers:
                    self._employ(worker, waiting, overseer)
                lines = {worker.line: worker for worker in self.workers}
                for line in wait(list(lines)):
                    assert isinstance(line, Connection)
                    left -= self._hear(lines[line], line.recv(), overseer)
        except (EOFError, ConnectionError) as fault:
            raise Lost from fault

    def _employ(self, worker: _Worker, waiting: deque[str], overseer: Overseer) -> None:
        """Give an idle worker what can be done: drawing first, for it frees memory."""
        if worker.busy:
            return
        for name in worker.set:
            if (places := overseer.places(name)) is not None:
                worker.set.remove(name)
                self._send(worker, ("draw", name, places, overseer.anchors))
                return
        if waiting and (job := overseer.job(waiting[0])) is not None:
            waiting.popleft()
            self._send(worker, ("set", job))

    def _hear(self, worker: _Worker, message: tuple[Any, ...], overseer: Overseer) -> bool:
        """Take what a worker sends; whether a section is done."""
        match message:
            case "ask", question, name, about:
                worker.line.send(overseer.answer(question, name, about))
            case "read", path:
                worker.line.send(self._bytes(path))
            case ("ready",):
                worker.busy = False
            case "cast", cast:
                worker.busy = False
                if (job := overseer.cast(cast)) is not None:
                    self._send(worker, ("set", job))
                else:
                    worker.set.append(cast.id)
            case "drawn", drawn:
                worker.busy = False
                overseer.drawn(drawn)
                return True
            case "fault", told:
                raise RuntimeError(told)
        return False

    def _send(self, worker: _Worker, order: tuple[Any, ...]) -> None:
        worker.busy = True
        worker.line.send(order)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return self.sources.read_bytes(path)
        except (SourceMissing, SourceOutside):
            return None


def processors() -> int:
    """How many processes can run at once."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


# Inside a process


class _AskedSources:
    """The edition's files, asked of the process that may open them."""

    def __init__(self, line: Connection) -> None:
        self.line = line

    def read_bytes(self, path: str) -> bytes:
        self.line.send(("read", path))
        data = self.line.recv()
        if data is None:
            raise SourceMissing(path)
        assert isinstance(data, bytes)
        return data

    def read(self, path: str) -> SourceFile:
        data = self.read_bytes(path)
        try:
            return decode(path, data)
        except SourceNotText:
            raise SourceMissing(path) from None  # reported by the process that asked first

    def paths(self) -> tuple[str, ...]:
        return ()


def _work(line: Connection, stylesheet: str, folder: str) -> None:
    """Do what is ordered until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who ordered hears it, and ends us
    tempfile.tempdir = folder
    try:
        engine = Engine(_AskedSources(line), stylesheet, Findings())

        def ask(question: str, name: str, about: Any) -> str:
            line.send(("ask", question, name, about))
            return str(line.recv())

        compositor = Compositor(engine, ask)
        gc.collect()
        gc.freeze()
        line.send(("ready",))
        while True:
            _hand_over(line, _done(compositor, line.recv()))
            gc.collect()
    except (EOFError, ConnectionError):
        return  # nobody waits for it any more
    except Exception:
        line.send(("fault", traceback.format_exc()))


def _hand_over(line: Connection, message: tuple[Any, ...]) -> None:
    """Send boxes, which WeasyPrint lays out at a depth at which pickle would give up."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10 * limit)
    try:
        line.send(message)
    finally:
        sys.setrecursionlimit(limit)


def _done(compositor: Compositor, order: tuple[Any, ...]) -> tuple[Any, ...]:
    match order:
        case "set", job:
            return "cast", compositor.set(job)
        case "draw", name, places, anchors:
            return "drawn", compositor.draw(name, places, anchors)
    raise AssertionError(order)
