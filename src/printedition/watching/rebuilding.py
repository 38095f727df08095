"""Builds in a process of its own, one after the other: quick to begin, and no harm where it dies.

On Linux a process that has loaded all that a build needs waits and forks for each: it has one
thread, so that its forks may fork in turn, whatever runs here. Elsewhere each begins from nothing.
"""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printedition.diagnostics import Diagnostic, NotDeclared
from printedition.frozen import dataclass
from printedition.sources import (
    DiskSources,
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    SourceTooLarge,
)

if TYPE_CHECKING:
    from printedition.pipeline import Written

_LOADED = [
    "printedition.pipeline",
    "printedition.profiling",
    "printedition.keeping",
    "printedition.shelf",
    "printedition.scratch",
    "printedition.scholarship.alphabet",
    "printedition.book.compose",
    "printedition.book.processor",
    "printedition.binding",
    "printedition.page.press",
    "printedition.page.workshop",
    "printedition.ebook.kepub",
]

Progress = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: the edition in a folder, into another, in which formats.

    With `profiles`, their PDFs alone. What it includes may lie in `libraries`. The books are
    those of an `audience`, or for all.
    """

    edition: Path
    output: Path
    formats: frozenset[str]
    strict: bool = False
    profiles: tuple[str, ...] = ()
    libraries: tuple[Path, ...] = ()
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build wrote and found, and which files of the edition it read.

    `texts` are the files that its diagnostics speak of, as they were read. `hindrance` is a
    sentence on what let no build begin or end, `fault` the trace of a fault of the program.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, SourceFile] = field(default_factory=dict)
    written: tuple[Written, ...] = ()
    seconds: float = 0.0
    read: frozenset[str] = frozenset()
    hindrance: str = ""
    fault: str = ""


class Builder:
    """Makes the books of an order as often as it is asked."""

    def __init__(self, order: Order) -> None:
        self.order = replace(
            order, edition=order.edition.absolute(), output=order.output.absolute()
        )
        self._context: Any = multiprocessing.get_context(
            "forkserver" if sys.platform == "linux" else "spawn"
        )
        if sys.platform == "linux":
            self._context.set_forkserver_preload(_LOADED)

    def build(self, progress: Progress) -> Outcome:
        """Make the books; `progress` hears of the steps. A build that is killed has a hindrance."""
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_build, args=(theirs, self.order))
        try:
            _stand_on_ground(self.order.edition)
            process.start()
        except FileNotFoundError:
            return Outcome(hindrance="the edition has gone")
        finally:
            theirs.close()
        try:
            return _hear(ours, progress)
        finally:
            if process.is_alive():
                process.join(0.5)
                process.terminate()
            process.join()
            ours.close()


def _stand_on_ground(folder: Path) -> None:
    """Go to a folder where the one that the program was begun in is no more.

    No process can be started from nowhere. Raises FileNotFoundError where both are gone.
    """
    try:
        os.getcwd()
    except FileNotFoundError:
        os.chdir(folder)


def _hear(line: Connection, progress: Progress) -> Outcome:
    while True:
        try:
            told = line.recv()
        except (EOFError, ConnectionError):
            return Outcome(hindrance="the build was ended from outside; the books are as they were")
        if isinstance(told, Outcome):
            return told
        progress(*told)


def _build(line: Connection, order: Order) -> None:
    """What the process does: build, and tell of it."""
    gc.set_threshold(50_000, 20, 20)  # as for every command: little of it is garbage in cycles
    signal.signal(signal.SIGTERM, _end)
    with suppress(KeyboardInterrupt, ConnectionError, SystemExit):
        line.send(_built(order, lambda step, detail: line.send((step, detail))))


def _end(_number: int, _frame: object) -> None:
    """Let all that is under way take its passing files away."""
    raise SystemExit


def _built(order: Order, progress: Progress) -> Outcome:
    from printedition import profiling
    from printedition.cache import Cache
    from printedition.page.prerequisites import Lacking
    from printedition.shelf import Unwritable

    sources = DiskSources(order.edition, order.libraries)
    try:
        done = profiling.build_asked(
            sources,
            output=order.output,
            formats=order.formats,
            profiles=order.profiles,
            strict=order.strict,
            progress=progress,
            cache=Cache.of_user(),
            audience=order.audience,
        )
    except (Unwritable, Lacking, NotDeclared) as hindrance:
        return Outcome(read=sources.opened(), hindrance=str(hindrance).rstrip("."))
    except ConnectionError:
        raise
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
            full = f"the disk of “{tempfile.gettempdir()}”, where passing files go, is full"
            return Outcome(read=sources.opened(), hindrance=full)
        return Outcome(read=sources.opened(), fault="".join(traceback.format_exception(fault)))
    return Outcome(
        done.diagnostics,
        _texts_of(done.diagnostics, sources),
        done.written,
        done.seconds,
        sources.opened(),
    )


def _texts_of(diagnostics: Iterable[Diagnostic], sources: DiskSources) -> dict[str, SourceFile]:
    """The files that diagnostics speak of, as far as they can be read."""
    from printedition.book.house import read_house

    texts: dict[str, SourceFile] = {}
    for found in diagnostics:
        for path in (found.span.source, *(label.span.source for label in found.labels)):
            if path in texts:
                continue
            try:
                file: SourceFile | None = sources.read(path)
            except SourceNotText as broken:
                file = broken.file
            except (SourceMissing, SourceOutside, SourceTooLarge):
                file = read_house(path)
            if file is not None:
                texts[path] = file
    return texts
