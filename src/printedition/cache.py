"""The cache: what earlier builds made, kept in the user's own folder under the key of its making.

What is kept is never needed, and can be thrown away at any time. It is pickled data, which runs
code when it is read: so it stands in a folder that nobody but the user can write to.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

VARIABLE = "PRINTEDITION_CACHE"
MOST = 500_000_000  # bytes; beyond these what was not used for longest goes first
_MARK = b"printedition cache 1\n"
_LONG_AGO = 3600.0  # s; whoever left a passing file that old is dead


def users_folder() -> Path | None:
    """Where a user's cache is; None where `PRINTEDITION_CACHE` is set, and empty.

    The rules are those of the XDG Base Directory Specification and of the other systems.
    """
    stated = os.environ.get(VARIABLE)
    if stated is not None:
        return Path(stated) if stated else None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "printedition" / "Cache" if local else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "printedition"
    shared = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return (shared if shared.is_absolute() else home / ".cache") / "printedition"


class Cache:
    """Entries by their keys, hexadecimal digits, in a folder that holds at most so many bytes.

    Nothing here raises: where the folder cannot be used, nothing is found and nothing kept.
    """

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder, self.most = folder, most

    @classmethod
    def of_user(cls) -> Cache | None:
        """The cache of whoever runs the program."""
        folder = users_folder()
        return None if folder is None else cls(folder)

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, if that is whole and of this program's form."""
        path = self._path(key)
        try:
            if not self._is_private():
                return None
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        head = len(_MARK) + 32
        if data.startswith(_MARK) and data[len(_MARK) : head] == _sum(key, data[head:]):
            return data[head:]
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keep something whole, or not at all."""
        path = self._path(key)
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._is_private():
                return
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as fresh:
                    fresh.write(_MARK + _sum(key, data))
                    fresh.write(data)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def trim(self) -> None:
        """Throw away what was not used for longest, until the rest has room."""
        kept = sorted(self._entries())
        size = sum(size for _, size, _ in kept)
        for _, entry, path in kept:
            if size <= self.most:
                return
            with suppress(OSError):
                path.unlink()
            size -= entry

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was used, its bytes, and where it is; what the dead left goes."""
        now = time.time()
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                stated = path.stat()
                if path.name.startswith(".") and now - stated.st_mtime > _LONG_AGO:
                    path.unlink()
                else:
                    yield stated.st_mtime, stated.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _is_private(self) -> bool:
        """Whether none but this user can write to the folder."""
        if sys.platform == "win32":
            return True  # what lies in the user's profile is
        stated = self.folder.stat()
        others = stat.S_IWGRP | stat.S_IWOTH
        return stated.st_uid == os.getuid() and not stated.st_mode & others


def _sum(key: str, data: bytes) -> bytes:
    """What tells that an entry is whole, and of its key."""
    made = hashlib.sha256(key.encode())
    made.update(data)
    return made.digest()
