"""What was saved in an edition's folder: told when it is at rest, and only what the books read."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from printedition.reading.strays import is_kept_aside
from printedition.sources import State, states_in

LOOK = 1.0  # s between two looks, where no bell rings
_REST = 0.15  # s in which nothing may change: editors write a file in several steps
_PATIENCE = 2.0  # s: programs that save, and git, take a file away for a moment
_LONGEST = 5.0  # s: a folder that never rests is taken as it is

# Templates, styles, fonts and pictures are read by several processes, of which none knows all.
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_FONTS = (".otf", ".ttf", ".woff", ".woff2")
_SHOWN = (".css", ".html", ".xhtml", ".ncx", *_PICTURES, *_FONTS)
_READ = (*_SHOWN, ".md", ".markdown", ".yaml", ".yml", ".csl", ".json")
_PASSING = ("~", "#")  # how names begin that programs give to a file while it is edited

Sight = Mapping[str, State]
"""The files of a folder by their paths, each with what changes when it is written."""


class Wakes(Protocol):
    """What wakes a watcher before its time."""

    def wait(self, seconds: float) -> None:
        """Return when something may have happened, at the latest after so many seconds."""


class Watcher:
    """Looks at an edition's folder, but for `output` in it, where the books go, and at `libraries`.

    What it sees is the truth; a bell only says when to look. So it needs none that can be relied
    on, and a folder that is away for a moment, or is another one of the same name, is no matter.
    """

    def __init__(
        self,
        folder: Path,
        output: Path,
        bell: Wakes,
        *,
        rest: float = _REST,
        libraries: Sequence[Path] = (),
    ) -> None:
        self._folder = folder
        self._libraries = tuple(libraries)
        self._output = output
        self._bell = bell
        self._rest = rest

    def look(self) -> Sight:
        """The files that are there now; none where the folder is away."""
        output = _within(self._output, self._folder)
        found: dict[str, State] = {}
        for library in reversed(self._libraries):  # the first that has a file is the one read
            found |= states_in(library)
        found |= states_in(self._folder)
        return {path: state for path, state in found.items() if not _is_passing(path, output)}

    def wait(self, before: Sight, read: Collection[str]) -> tuple[Sight, tuple[str, ...]]:
        """Waits until a file is saved that books are made of, and the folder is at rest.

        `before` is what there was before the last build, and `read` the files that it read.
        Returns what there is now, and the paths that came, went or were written, in order.
        """
        while True:
            now = self.look()
            if _saved(before, now, read):
                now = self._at_rest(before, now, read)
                if saved := _saved(before, now, read):
                    return now, saved
            self._bell.wait(LOOK)

    def _at_rest(self, before: Sight, seen: Sight, read: Collection[str]) -> Sight:
        """What there is when no file changes any more, and none is seen while it is replaced."""
        began = time.monotonic()
        while True:
            time.sleep(self._rest)
            now = self.look()
            waited = time.monotonic() - began
            if waited > _LONGEST or (now == seen and waited > _PATIENCE):
                return now
            if now == seen and not any(_is_amiss(path, before, now) for path in read):
                return now
            seen = now


def _saved(before: Sight, now: Sight, read: Collection[str]) -> tuple[str, ...]:
    different = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
    return tuple(sorted(path for path in different if _matters(path, before, now, read)))


def _matters(path: str, before: Sight, now: Sight, read: Collection[str]) -> bool:
    """Whether books, or what is wrong with them, may be others by what happened to a file."""
    pure = PurePosixPath(path)
    if path in read or pure.suffix.casefold() in _SHOWN:
        return True
    came_or_went = (path in before) != (path in now)
    return came_or_went and pure.suffix.casefold() in _READ and not is_kept_aside(pure)


def _is_amiss(path: str, before: Sight, now: Sight) -> bool:
    """Whether a file looks as if a program were about to write it anew: gone, or emptied."""
    if path not in before or not before[path][1]:
        return False
    return path not in now or not now[path][1]


def _within(output: Path, folder: Path) -> PurePosixPath | None:
    """Where the books go, as a path in the edition's folder; None where that is elsewhere."""
    inside, top = output.resolve(), folder.resolve()
    if inside == top or not inside.is_relative_to(top):
        return None
    return PurePosixPath(inside.relative_to(top).as_posix())


def _is_passing(path: str, output: PurePosixPath | None) -> bool:
    pure = PurePosixPath(path)
    if output is not None and pure.is_relative_to(output):
        return True
    return pure.name.startswith(_PASSING) or pure.name.endswith("~")
