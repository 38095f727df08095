"""An edition as a revision of its git repository has it.

Only what is stored is read: no file is checked out, and no hook, filter or setting of the user is
run on the way. Editions that a volume includes from a library are those of the same revision where
the library lies in the same repository, else they are read as they lie there now.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from printedition.sources import (
    DiskSources,
    MemorySources,
    SourceMissing,
    SourceOutside,
    resolve,
)

_MOST_BYTES = 500_000_000  # of all files of an edition at a revision


class NoHistory(Exception):
    """There is no such revision of the edition; its words say why."""


class RevisionSources(MemorySources):
    """An edition of a revision; what it includes may lie in libraries, each by what it held."""

    def __init__(
        self, files: Mapping[str, str | bytes], libraries: Sequence[Path], commit: str
    ) -> None:
        super().__init__(files)
        self._libraries, self._commit = tuple(libraries), commit

    def include(self, folder: str) -> str:
        """The folder of another edition; raises SourceMissing, SourceOutside.

        One of the edition's own folder comes before one of that name in a library.
        """
        try:
            return super().include(folder)
        except SourceMissing:
            inside = resolve(folder)
            for library in self._libraries if inside else ():
                if found := self._held(library, inside):
                    self._files |= found
                    return inside
            raise

    def _held(self, library: Path, inside: str) -> dict[str, str | bytes]:
        """The files of an edition in a library: of the revision, if it is one of theirs."""
        try:
            if blobs := _blobs(library, self._commit, f"{inside}/"):
                return _contents(library, blobs)
        except NoHistory:
            pass  # it lies in another repository, or in none
        place = library / inside
        if not place.resolve().is_relative_to(library.resolve()):
            raise SourceOutside(inside)
        found: dict[str, str | bytes] = {}
        sources = DiskSources(place)
        for path in sources.paths():
            with suppress(SourceMissing, SourceOutside):
                found[f"{inside}/{path}"] = sources.read_bytes(path)
        return found


def at_revision(folder: Path, revision: str, libraries: Sequence[Path] = ()) -> RevisionSources:
    """The edition in `folder` at a revision, included ones from `libraries`; raises NoHistory."""
    if not revision or revision.startswith("-") or ":" in revision:
        raise NoHistory(f"“{revision}” is no name of a revision")
    commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    blobs = _blobs(folder, commit.decode().strip())
    if "edition.yaml" not in blobs:
        raise NoHistory(f"there was no edition.yaml at the revision “{revision}”")
    return RevisionSources(_contents(folder, blobs), libraries, commit.decode().strip())


def _blobs(folder: Path, commit: str, *below: str) -> dict[str, str]:
    """The files in a folder, or below one in it, at a commit, by their paths; raises NoHistory."""
    listed = _git(folder, "ls-tree", "-r", "-z", commit, "--", *below)
    blobs: dict[str, str] = {}
    for row in filter(None, listed.decode("utf-8", "surrogateescape").split("\0")):
        facts, _, path = row.partition("\t")
        mode, kind, name = facts.split()
        if kind == "blob" and mode.startswith("100"):  # neither a link nor another repository
            blobs[path] = name
    return blobs


def _contents(folder: Path, blobs: dict[str, str]) -> dict[str, str | bytes]:
    asked = "".join(f"{name}\n" for name in blobs.values()).encode()
    data = _git(folder, "cat-file", "--batch", asked=asked)
    if len(data) > _MOST_BYTES:
        raise NoHistory("its files are too large")
    contents: dict[str, str | bytes] = {}
    at = 0
    for path in blobs:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[2])
        contents[path] = data[end + 1 : end + 1 + size]
        at = end + size + 2
    return contents


def _git(folder: Path, *words: str, asked: bytes = b"") -> bytes:
    quiet = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    kept |= {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }
    try:
        done = subprocess.run(
            ["git", *quiet, "-C", str(folder), *words],
            input=asked,
            capture_output=True,
            env=kept,
            check=False,
        )
    except OSError:
        raise NoHistory("git is not installed") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise NoHistory(said or "the edition's repository has no such revision")
    return done.stdout
