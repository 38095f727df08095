"""A lock on a file: one process holds it, and its death, however sudden, lets it go."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PAUSE = 0.05  # s between two tries


class Taken(Exception):
    """Another process holds the lock."""


@contextlib.contextmanager
def held(path: Path, *, patience: float = 0.0) -> Iterator[None]:
    """Holds the lock of a file, which is made for it and taken away after.

    Waits `patience` seconds; raises Taken, and OSError where the file can't be made. A file
    system that knows no locks (some of those on a network) is used without.
    """
    until = time.monotonic() + patience
    while (handle := _try(path)) is None:
        if time.monotonic() >= until:
            raise Taken(path)
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        _let_go(path, handle)


def is_held(path: Path) -> bool:
    """Whether a process holds the lock of a file; it stays as it is."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(handle)
    finally:
        os.close(handle)


def _try(path: Path) -> int | None:
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
    # Whoever held it before may have taken the file away while we opened it.
    if _lock(handle) and _is_at(handle, path):
        return handle
    os.close(handle)
    return None


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(path: Path, handle: int) -> None:
        os.close(handle)
        with contextlib.suppress(OSError):  # another process waits for it
            path.unlink()

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # no locks here
            return True
        return True

    def _let_go(path: Path, handle: int) -> None:
        with contextlib.suppress(OSError):  # the folder is gone, or may be written no longer
            path.unlink()
        os.close(handle)
