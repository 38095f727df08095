"""The workshop: compositors that set sections side by side, each in a process of its own.

A compositor asks for what it needs, pages to lay out and files alike, and opens nothing of the
edition itself; templates are filled in by the process that has them.
"""

from __future__ import annotations

import gc
import signal
import tempfile
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from printedition.diagnostics import Findings
from printedition.page.compositor import Cast, Compositor, Drawn
from printedition.page.crew import Crew, Hand
from printedition.page.deep import deeply
from printedition.page.engine import Engine
from printedition.page.kept import Kept
from printedition.page.pile import Order, Overseer, Pile
from printedition.sources import (
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    decode,
)


class Lost(Exception):
    """A process ended before its work was done."""


def lay_out(
    names: Sequence[str], overseer: Overseer, engine: Engine, kept: Kept | None = None
) -> None:
    """Set and draw sections one after another in this process."""
    pile = Pile(names, overseer, kept)
    compositor = Compositor(engine, pile.answer)
    mine: list[str] = []
    order: Order | None = None
    while (order := order or pile.order(mine)) is not None or pile.advance():
        if order is not None:
            order = pile.take(perform(compositor, order), mine)
    assert not pile.left, mine


# Side by side

_PATIENCE = 0.02  # seconds after which it is seen whether a hand can be given work


class Workshop:
    """A crew, and this process beside it: all take from one pile of sections.

    A thread serves the crew, and this process sets sections meanwhile; what is asked of the
    overseer is asked by one of the two at a time.
    """

    def __init__(self, crew: Crew, stylesheet: str, sources: Sources) -> None:
        self.crew, self.sources = crew, sources
        self._turn = threading.Condition(threading.RLock())
        self._fault: BaseException | None = None
        self._closed = False
        for hand in crew.hands:
            with suppress(ConnectionError):  # it is found lost when it is to work
                hand.line.send(stylesheet)
        self._porter = threading.Thread(target=self._admit, name="porter", daemon=True)
        self._porter.start()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        self._closed = True
        self._porter.join()
        self.crew.dismiss()

    def lay_out(
        self,
        names: Sequence[str],
        overseer: Overseer,
        engine: Engine,
        kept: Kept | None = None,
    ) -> None:
        """Set and draw sections side by side; raises Lost where a process has ended."""
        self._pile = Pile(names, overseer, kept)
        self._porter.join()
        with self._turn, _lost():
            for hand in self.crew.hands:  # before this process, which can take what is kept
                self._employ(hand)
        foreman = threading.Thread(target=self._serve, name="foreman", daemon=True)
        foreman.start()
        try:
            self._toil(engine)
        except BaseException:
            self._closed = True  # nothing is served any more
            raise
        finally:
            foreman.join()
        if self._fault is not None:
            raise self._fault

    # This process

    def _toil(self, engine: Engine) -> None:
        """Take sections from the pile until all are drawn, by whomever."""
        compositor = Compositor(engine, self._ask)
        mine: list[str] = []
        order: Order | None = None
        while True:
            with self._turn:
                order, meanwhile = order or self._pile.order(mine), None
                if order is None and self._fault is None and self._pile.advance():
                    self._turn.notify_all()
                    continue
                while order is None and self._pile.left and self._fault is None:
                    if (meanwhile := self._pile.idle()) is not None:
                        break
                    self._turn.wait()
                    order = self._pile.order(mine)
            if meanwhile is not None:
                meanwhile()
                continue
            if order is None or self._fault is not None:
                return
            done = perform(compositor, order)
            with self._turn:
                order = self._take(done, mine)

    def _ask(self, question: str, name: str, about: Any) -> str:
        with self._turn:
            return self._pile.answer(question, name, about)

    def _take(self, done: Cast | Drawn, own: list[str]) -> Order | None:
        self._turn.notify_all()
        return self._pile.take(done, own)

    # The crew

    def _admit(self) -> None:
        """Give the crew the files that it gets ready with, while this process has other work."""
        coming = {hand.line: hand for hand in self.crew.hands}
        try:
            while coming and not self._closed:
                for line in wait(list(coming), _PATIENCE):
                    assert isinstance(line, Connection)
                    self._hear(coming[line], line.recv())
                    if not coming[line].busy:
                        del coming[line]
        except (EOFError, ConnectionError):
            return  # it is found lost when it is to work
        except BaseException as fault:
            self._fault = fault

    def _serve(self) -> None:
        """Give the crew work and answers until all sections are drawn, by whomever."""
        lines = {hand.line: hand for hand in self.crew.hands}
        try:
            while self._pile.left and not self._closed:
                with self._turn:
                    for hand in self.crew.hands:
                        self._employ(hand)
                for line in wait(list(lines), _PATIENCE):
                    assert isinstance(line, Connection)
                    message = line.recv()
                    with self._turn:
                        self._hear(lines[line], message)
        except BaseException as fault:
            lost = isinstance(fault, EOFError | ConnectionError)
            with self._turn:
                self._fault = Lost() if lost else fault
                self._turn.notify_all()

    def _employ(self, hand: Hand) -> None:
        if hand.busy:
            return
        left = self._pile.left
        if (order := self._pile.order(hand.set)) is not None:
            self._send(hand, order)
        if self._pile.left != left:
            self._turn.notify_all()

    def _hear(self, hand: Hand, message: tuple[Any, ...]) -> None:
        """Take what a process sends."""
        match message:
            case "ask", question, name, about:
                hand.line.send(self._pile.answer(question, name, about))
            case "read", path:
                hand.line.send(self._bytes(path))
            case ("ready",):
                hand.busy = False
            case "done", done:
                hand.busy = False
                if (order := self._take(done, hand.set)) is not None:
                    self._send(hand, order)
            case "fault", told:
                raise RuntimeError(told)

    def _send(self, hand: Hand, order: Order) -> None:
        hand.busy = True
        hand.line.send(order)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return self.sources.read_bytes(path)
        except (SourceMissing, SourceOutside):
            return None


@contextmanager
def _lost() -> Iterator[None]:
    """Raises Lost where a line is found closed."""
    try:
        yield
    except ConnectionError:
        raise Lost from None


def perform(compositor: Compositor, order: Order) -> Cast | Drawn:
    """Do what is ordered."""
    match order:
        case "set", job, anchors:
            return compositor.set(job, anchors)
        case "draw", name, places, anchors:
            return compositor.draw(name, places, anchors)
    raise AssertionError(order)


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

    def include(self, folder: str) -> str:
        raise SourceMissing(folder)


def work(line: Connection, folder: str) -> None:
    """Do what is ordered until the line is closed; what is sent first is the style of pages."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who ordered hears it, and ends us
    tempfile.tempdir = folder
    try:
        stylesheet = line.recv()
        engine = Engine(_AskedSources(line), stylesheet, Findings())

        def ask(question: str, name: str, about: Any) -> str:
            line.send(("ask", question, name, about))
            return str(line.recv())

        compositor = Compositor(engine, ask)
        gc.collect()
        gc.freeze()
        line.send(("ready",))
        while True:
            done = perform(compositor, line.recv())
            with deeply():
                line.send(("done", done))
    except (EOFError, ConnectionError):
        return  # nobody waits for it any more
    except Exception:
        line.send(("fault", traceback.format_exc()))
