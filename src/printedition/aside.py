"""Work that a process beside this one does, where one can be had."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

About = TypeVar("About")
Result = TypeVar("Result")

_MODEST = 10  # is added to its niceness: it gets ready in the time that others leave


class Aside(Generic[About, Result]):
    """A piece of work, got ready by `prepare`, and done once it is known what about.

    A fork does it, if there is one: that has all that this process had loaded and made when it
    parted, and, if it is `modest`, takes of the processors what others leave. Else this process
    does it when the result is asked for; so it does where the other one failed, and raises what
    went wrong.
    """

    def __init__(
        self, prepare: Callable[[], Callable[[About], Result]], *, modest: bool = True
    ) -> None:
        self._prepare, self._modest = prepare, modest
        self._about: tuple[About, ...] = ()
        self._line: Connection | None = None
        self._process: Any = None

    def part(self) -> None:
        """Fork; nothing happens where that cannot be done."""
        gc.freeze()  # who looks for garbage writes to what it sees, and would have a copy of it
        context: Any = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        told = theirs, ours, self._prepare, self._modest
        process = context.Process(target=_work, args=told, daemon=True)
        with theirs, suppress(OSError):
            process.start()
            self._line, self._process = ours, process

    def begin(self, about: About) -> None:
        """Say what the work is about, so that another process can begin."""
        self._about = (about,)
        if self._line is not None:
            with suppress(ConnectionError):  # it is found to have failed when it is asked
                self._line.send(about)

    @property
    def is_begun(self) -> bool:
        """Whether it was said what the work is about."""
        return bool(self._about)

    @property
    def is_done(self) -> bool:
        """Whether another process is done with it, or has failed."""
        return self._line is not None and self._line.poll()

    def result(self) -> Result:
        """What was made of that with which the work was begun."""
        if self._line is not None:
            with suppress(EOFError, ConnectionError):
                result: Result = self._line.recv()
                return result
        (about,) = self._about
        return self._prepare()(about)

    def end(self) -> None:
        """End the other process, whatever it is at."""
        if self._line is not None:
            self._line.close()
            self._process.terminate()
            self._process.join()


@contextmanager
def aside(
    prepare: Callable[[], Callable[[About], Result]], *, forked: bool, modest: bool = True
) -> Iterator[Aside[About, Result]]:
    """Work beside that of this process, ended at the end; what is `modest` gives way to it."""
    work = Aside(prepare, modest=modest)
    if forked:
        work.part()
    try:
        yield work
    finally:
        work.end()


def _work(
    line: Connection,
    other: Connection,
    prepare: Callable[[], Callable[[Any], Any]],
    modest: bool,
) -> None:
    other.close()  # a fork has both ends, and would never see that ours is closed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who began it hears it, and ends us
    if modest:
        os.nice(_MODEST)
    # What goes wrong is left to the other process, which does the work again and tells of it.
    with suppress(Exception):
        line.send(prepare()(line.recv()))
