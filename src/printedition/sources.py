"""Where text comes from: a folder on disk, or memory. The only door to an edition's files."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Protocol

from printedition.frozen import dataclass

MOST_BYTES = 2_000_000  # of a text or record: a thick novel; what is read takes far more memory
_MOST_PATHS = 10_000  # of a folder that holds far more than an edition
_TRIES, _PAUSE = 10, 0.05  # s: an editor saves a file in less

State = tuple[int, int, int]  # of a file: inode, size, time of its last change in ns


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a source: its path inside the edition, and offsets in code points."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the edition, as text with line ends made `\\n` and a byte order mark dropped."""

    path: str
    text: str
    _starts: list[int] = field(default_factory=list, compare=False, repr=False)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1; columns are code points."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        starts = self._line_starts()
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.append(0)
            position = self.text.find("\n")
            while position >= 0:
                self._starts.append(position + 1)
                position = self.text.find("\n", position + 1)
        return self._starts


class SourceMissing(Exception):
    """There is no such file in the edition."""


class SourceOutside(Exception):
    """The path, or what a link on it points to, lies outside the edition's folder."""


class SourceNotText(Exception):
    """The file is not UTF-8; `file` is what could be read of it, `offset` where it first fails."""

    def __init__(self, file: SourceFile, offset: int) -> None:
        super().__init__(file.path)
        self.file = file
        self.offset = offset


class SourceTooLarge(Exception):
    """The file has more bytes (`size`) than MOST_BYTES, and was not read."""

    def __init__(self, path: str, size: int) -> None:
        super().__init__(path)
        self.size = size


class Sources(Protocol):
    """One door to files, so that disk, memory and history look alike to a reader."""

    def read(self, path: str) -> SourceFile:
        """The file's text; raises SourceMissing, SourceOutside, SourceTooLarge, SourceNotText."""

    def read_bytes(self, path: str) -> bytes:
        """The file as it is, for pictures and fonts; raises SourceMissing, SourceOutside."""

    def paths(self) -> tuple[str, ...]:
        """The files there are, hidden ones left out; of very many only the first."""

    def include(self, folder: str) -> str:
        """The folder of another edition, whose files can be read from now on by paths below it.

        No link leads out of it. Raises SourceMissing, SourceOutside.
        """


def resolve(path: str, folder: str = "") -> str:
    """A path from a file in `folder`, made one from the edition's folder.

    Raises SourceOutside where it is absolute or climbs out by `..`.
    """
    pure = PurePosixPath(path)
    if pure.is_absolute() or "\\" in path or "\0" in path:
        raise SourceOutside(path)
    parts: list[str] = [part for part in PurePosixPath(folder).parts if part != "."]
    for part in pure.parts:
        if part == "..":
            if not parts:
                raise SourceOutside(path)
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def decode(path: str, data: bytes) -> SourceFile:
    """Bytes as a SourceFile; raises SourceNotText at the first byte that is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8-sig", errors="replace")
        whole = SourceFile(path, _one_line_end(data.decode("utf-8-sig", errors="replace")))
        raise SourceNotText(whole, len(_one_line_end(before))) from None
    return SourceFile(path, _one_line_end(text))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _visible(folder: Path, lead: str) -> Iterator[str]:
    """The files in a folder and those within, in order; links to folders are not followed."""
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _visible(path, f"{lead}{path.name}/")
        elif path.is_file():
            yield f"{lead}{path.name}"


class MemorySources:
    """An edition held in a dictionary of paths and contents, for tests."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = dict(files)

    def read(self, path: str) -> SourceFile:
        """The file's text; raises SourceMissing, SourceOutside, SourceTooLarge, SourceNotText."""
        data = self.read_bytes(path)
        if len(data) > MOST_BYTES:
            raise SourceTooLarge(path, len(data))
        return decode(path, data)

    def read_bytes(self, path: str) -> bytes:
        """The file as it is; raises SourceMissing, SourceOutside."""
        try:
            content = self._files[resolve(path)]
        except KeyError:
            raise SourceMissing(path) from None
        return content.encode() if isinstance(content, str) else content

    def paths(self) -> tuple[str, ...]:
        """The files there are, in order."""
        return tuple(sorted(self._files))

    def include(self, folder: str) -> str:
        """The folder of another edition; raises SourceMissing, SourceOutside."""
        inside = resolve(folder)
        if not inside or not any(path.startswith(f"{inside}/") for path in self._files):
            raise SourceMissing(folder)
        return inside


class DiskSources:
    """An edition's folder on disk, each file read once. Nothing outside the folder is opened.

    Only other editions, which a volume includes, may lie in one of the `libraries` too.
    """

    def __init__(self, root: Path, libraries: Sequence[Path] = ()) -> None:
        self.root = root
        self._libraries = tuple(library.resolve() for library in libraries)
        self._real_root = root.resolve()
        self._included: dict[str, Path] = {}  # the real folders of other editions, by their paths
        self._bytes: dict[str, bytes] = {}
        self._texts: dict[str, SourceFile] = {}
        self._states: dict[str, State | None] = {}

    def read(self, path: str) -> SourceFile:
        """The file's text; raises SourceMissing, SourceOutside, SourceTooLarge, SourceNotText."""
        if path not in self._texts:
            self._refuse_too_large(path)
            self._texts[path] = decode(path, self.read_bytes(path))
        return self._texts[path]

    def read_bytes(self, path: str) -> bytes:
        """The file as it is; raises SourceMissing, SourceOutside."""
        inside = resolve(path)
        if inside not in self._bytes:
            try:
                real = self._real(inside)
                self._bytes[inside], self._states[inside] = _read_at_rest(real)
            except OSError:
                raise SourceMissing(path) from None
        return self._bytes[inside]

    def _refuse_too_large(self, path: str) -> None:
        """Raises SourceTooLarge before a file is read that no memory may hold."""
        try:
            size = self._real(resolve(path)).stat().st_size
        except OSError:
            raise SourceMissing(path) from None
        if size > MOST_BYTES:
            raise SourceTooLarge(path, size)

    def include(self, folder: str) -> str:
        """The folder of another edition; raises SourceMissing, SourceOutside.

        One of the edition's own folder comes before one of that name in a library.
        """
        inside = resolve(folder)
        real = self._real(inside)
        libraries = iter(self._libraries)
        while inside and not real.is_dir():
            library = next(libraries, None)
            if library is None:
                break
            real = _inside(library, inside)
        if not inside or not real.is_dir():
            raise SourceMissing(folder)
        self._included[inside] = real
        return inside

    def where(self, path: str) -> Path | None:
        """Where a file of an edition in a library lies; None for those of the folder itself."""
        root, lead = self._root_of(path)
        return None if root.is_relative_to(self._real_root) else root / path[len(lead) :]

    def _real(self, inside: str) -> Path:
        """Where a path leads, over all links; raises SourceMissing, SourceOutside."""
        root, lead = self._root_of(inside)
        return _inside(root, inside[len(lead) :])

    def _root_of(self, inside: str) -> tuple[Path, str]:
        """The real folder of the edition that a file belongs to, and what leads to it in paths."""
        for folder, real in self._included.items():
            if inside.startswith(f"{folder}/"):
                return real, f"{folder}/"
        return self._real_root, ""

    def paths(self) -> tuple[str, ...]:
        """The files there are, hidden ones left out; of very many only the first."""
        own = islice(_visible(self._real_root, ""), _MOST_PATHS)
        there = [
            _visible(real, f"{folder}/")
            for folder, real in self._included.items()
            if not real.is_relative_to(self._real_root)
        ]
        return (*own, *islice(chain(*there), _MOST_PATHS))

    def take_over(self, other: DiskSources) -> None:
        """Have read what another one of the same folder has read."""
        self._included, self._bytes = other._included, other._bytes
        self._texts, self._states = other._texts, other._states

    def included(self) -> tuple[str, ...]:
        """The folders of the editions that were included."""
        return tuple(self._included)

    def note_read(self, paths: Iterable[str]) -> None:
        """Note files as read that were read for what is made of them already."""
        for path in paths:
            if path not in self._states:
                root, lead = self._root_of(path)
                self._states[path] = _state(root / path[len(lead) :])

    def opened(self) -> frozenset[str]:
        """The paths of the files that were read."""
        return frozenset(self._states)

    def size(self, path: str) -> int:
        """How many bytes a file has; 0 where it is none of the edition."""
        try:
            return self._real(path).stat().st_size
        except (OSError, SourceMissing, SourceOutside):
            return 0

    def digest(self, path: str) -> str | None:
        """The sum of a file, as it was read where it was; None where it is none of the edition."""
        import hashlib  # takes long to load, and a check needs none of it

        try:
            if path in self._bytes:
                return hashlib.sha256(self._bytes[path]).hexdigest()
            with self._real(path).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, SourceMissing, SourceOutside):
            return None

    def changed(self) -> tuple[str, ...]:
        """The files that have changed, or gone, since they were read."""
        return tuple(
            path
            for path, state in sorted(self._states.items())
            if _state(self.where(path) or self._real_root / path) != state
        )


def states_in(root: Path) -> dict[str, State]:
    """The files in a folder, hidden ones left out, each with what changes when it is written.

    There are none where the folder is not there.
    """
    paths = islice(_visible(root, ""), _MOST_PATHS)
    found = ((path, _state(root / path)) for path in paths)
    return {path: state for path, state in found if state is not None}


def _inside(root: Path, path: str) -> Path:
    """Where a path leads, over all links; raises SourceMissing, SourceOutside."""
    try:
        real = (root / path).resolve()
    except (OSError, ValueError, RuntimeError):  # the last: links in a circle
        raise SourceMissing(path) from None
    if not real.is_relative_to(root):
        raise SourceOutside(path)
    return real


def _state(path: Path) -> State | None:
    try:
        stated = path.stat()
    except OSError:
        return None
    return stated.st_ino, stated.st_size, stated.st_mtime_ns


def _read_at_rest(path: Path) -> tuple[bytes, State | None]:
    """A file that nobody wrote to while it was read, for half a file is no one's text.

    Raises OSError where it is no file. One that is written to without end is read as it is.
    """
    if not path.is_file():  # a pipe or a device would be read for ever
        raise FileNotFoundError(path)
    for _ in range(_TRIES):
        before = _state(path)
        data = path.read_bytes()
        if _state(path) == before:
            break
        time.sleep(_PAUSE)
    return data, before
