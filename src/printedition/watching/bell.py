"""A bell that the system rings when something in a folder was written, moved or deleted."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

# That a file was opened and read is told too, and a build does so without end.
_OF_INTEREST: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]


class Bell(FileSystemEventHandler):
    """Rings for a folder, and for another one that takes its name.

    It may be silent: on drives of a network, where the system has no watches left, or while there
    is no such folder. So nobody waits for it alone, and it says nothing of what happened.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rung = threading.Event()
        self._observer: BaseObserver | None = None
        self._hangs_on: tuple[int, int] | None = None

    def wait(self, seconds: float) -> None:
        """Return when it rings, at the latest after so many seconds."""
        self._hang()
        self._rung.wait(seconds)
        self._rung.clear()

    def dispatch(self, event: FileSystemEvent) -> None:
        """Ring."""
        self._rung.set()

    def take_down(self) -> None:
        """End the thread that listens."""
        observer, self._observer, self._hangs_on = self._observer, None, None
        if observer is not None:
            with suppress(Exception):
                observer.stop()
                observer.join()

    def _hang(self) -> None:
        """Hang it on the folder that has the name now."""
        identity = _identity(self._folder)
        if identity == self._hangs_on:
            return
        self.take_down()
        self._hangs_on = identity
        if identity is None:
            return
        observer = Observer()
        try:
            observer.schedule(self, str(self._folder), recursive=True, event_filter=_OF_INTEREST)
            observer.start()
        except OSError:  # no watches are left, or the folder has gone since
            return
        self._observer = observer


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        stated = os.stat(folder)
    except OSError:
        return None
    return stated.st_dev, stated.st_ino
