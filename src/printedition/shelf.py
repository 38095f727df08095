"""The folder that books are put into: whole and together, or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from printedition.lock import Taken, held

_OWN = ".printedition-"  # how the names of our passing files begin
_PATIENCE = 30.0  # s; another build needs the folder for a moment only
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.EROFS: "the disk can be read only",
    errno.EACCES: "you may not write there, or another program holds the file",
    errno.EPERM: "you may not write there, or another program holds the file",
    errno.ENOENT: "the folder was moved or deleted meanwhile",
    errno.ESTALE: "the folder was moved or deleted meanwhile",
    errno.ENOTDIR: "it is not a folder",
    errno.EEXIST: "it is not a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


class Unwritable(Exception):
    """Books can't be put here; its words say where, and why."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"cannot write to “{folder}”: {reason}.")


class Shelf:
    """A folder of books: of each edition its books, and the map that names their hashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def probe(self) -> None:
        """Raises Unwritable where books can't be put, before anyone troubles to make them."""
        place = self.folder.absolute()
        while not os.path.lexists(place) and place.parent != place:
            place = place.parent
        if not place.is_dir():
            raise Unwritable(self.folder, f"“{place}” is not a folder")
        if not os.access(place, os.W_OK | os.X_OK):
            raise Unwritable(self.folder, "you may not write there")

    def put(self, stem: str, books: Mapping[str, bytes], facts: Mapping[str, object]) -> None:
        """Puts an edition's books (by their endings) in place, and last its map, of `facts`.

        All are written whole beside their places first. A run that dies before the moves leaves
        the books as they were; one that dies amid them leaves books that their map disowns
        (`strangers`). Raises Unwritable.
        """
        whole = {f"{stem}.{form}": data for form, data in books.items()}
        hashes = {name: _hash(data) for name, data in sorted(whole.items())}
        whole[_map_of(stem)] = _in_lines({"books": hashes, **facts}).encode()
        self._place(whole)

    def put_proof(self, stem: str, data: bytes) -> Path:
        """Puts a proof of pages that have faults beside the books, which stay as they were.

        Raises Unwritable.
        """
        name = f"{stem}.proof.pdf"
        self._place({name: data})
        return self.folder / name

    def strangers(self, stem: str) -> tuple[str, ...]:
        """The names of an edition's books that aren't those of its map, or are missing."""
        try:
            stated = json.loads((self.folder / _map_of(stem)).read_bytes())["books"]
            known = {str(name): str(value) for name, value in stated.items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            known = {}
        there = {name: self.folder / name for name in _books_of(stem)}
        wanted = known.keys() | {name for name, path in there.items() if path.is_file()}
        return tuple(sorted(n for n in wanted if self._hash_of(n) != known.get(n, "")))

    def _hash_of(self, name: str) -> str | None:
        try:
            return _hash((self.folder / name).read_bytes())
        except OSError:
            return None

    def _place(self, whole: Mapping[str, bytes]) -> None:
        """Writes files and moves them to their places, alone in the folder while it does."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with held(self.folder / f"{_OWN}lock", patience=_PATIENCE):
                self._clear()
                try:
                    self._move(self._write(whole))
                finally:
                    self._clear()
        except Taken:
            reason = "another build is writing there; build again when it has ended"
            raise Unwritable(self.folder, reason) from None
        except OSError as fault:
            raise Unwritable(self.folder, _reason(fault)) from None

    def _write(self, whole: Mapping[str, bytes]) -> list[tuple[Path, Path]]:
        """Every file whole on the disk, under a passing name, with the place that it goes to."""
        waiting = []
        for number, (name, data) in enumerate(whole.items()):
            target = self.folder / name
            if target.is_dir():
                raise Unwritable(self.folder, f"“{name}” there is a folder")
            passing = self.folder / f"{_OWN}{os.getpid()}-{number}"
            with passing.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            waiting.append((passing, target))
        return waiting

    def _move(self, waiting: list[tuple[Path, Path]]) -> None:
        with _uninterrupted():
            for passing, target in waiting:
                os.replace(passing, target)
        with contextlib.suppress(OSError, AttributeError):  # Windows opens no folders
            handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _clear(self) -> None:
        """Takes passing files away. They are a dead build's: a living one would hold the lock."""
        for passing in self.folder.glob(f"{_OWN}[0-9]*"):
            with contextlib.suppress(OSError):
                passing.unlink()


def keep(path: Path, data: bytes) -> None:
    """Writes a file that is not there yet, whole or not at all; raises Unwritable."""
    passing = path.with_name(f"{_OWN}{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            passing.write_bytes(data)
            os.link(passing, path)  # which, unlike a move, fails where there is one
        finally:
            passing.unlink(missing_ok=True)
    except FileExistsError:
        raise Unwritable(path.parent, f"there is a “{path.name}” already") from None
    except OSError as fault:
        raise Unwritable(path.parent, _reason(fault)) from None


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Lets a request to stop wait while files are moved, which takes no time that one notices."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told of signals
        return
    asked: list[int] = []
    stops = (signal.SIGINT, signal.SIGTERM)
    before = {stop: signal.signal(stop, lambda number, _: asked.append(number)) for stop in stops}
    try:
        yield
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)
    for number in asked:
        signal.raise_signal(number)


def _books_of(stem: str) -> tuple[str, ...]:
    return tuple(f"{stem}.{form}" for form in ("pdf", "epub", "kepub.epub", "html"))


def _map_of(stem: str) -> str:
    return f"{stem}.map.json"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _reason(fault: OSError) -> str:
    said = (fault.strerror or "the system refused").lower()
    return _REASONS.get(fault.errno or 0, said)


def _in_lines(facts: Mapping[str, object]) -> str:
    """Facts as JSON, a line for each of a list or an object, so that two maps can be compared."""
    return f"{{\n{_separated(facts)}\n}}\n"


def _separated(facts: Mapping[str, object]) -> str:
    return ",\n".join(f"{_json(name)}: {_told(fact)}" for name, fact in facts.items())


def _told(fact: object) -> str:
    if isinstance(fact, list):
        return "[" + ",".join(f"\n{_json(one)}" for one in fact) + "\n]"
    if isinstance(fact, dict):
        return f"{{\n{_separated(fact)}\n}}"
    return _json(fact)


def _json(fact: object) -> str:
    return json.dumps(fact, ensure_ascii=False)
