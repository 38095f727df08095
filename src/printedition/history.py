"""An edition as a revision of its git repository has it.

Only what is stored is read: no file is checked out, and no hook, filter or setting of the user is
run on the way.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from printedition.sources import MemorySources

_MOST_BYTES = 500_000_000  # of all files of an edition at a revision


class NoHistory(Exception):
    """There is no such revision of the edition; its words say why."""


def at_revision(folder: Path, revision: str) -> MemorySources:
    """The edition in `folder` at a revision; raises NoHistory."""
    if not revision or revision.startswith("-") or ":" in revision:
        raise NoHistory(f"“{revision}” is no name of a revision")
    commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    listed = _git(folder, "ls-tree", "-r", "-z", commit.decode().strip())
    blobs: dict[str, str] = {}
    for row in filter(None, listed.decode("utf-8", "surrogateescape").split("\0")):
        facts, _, path = row.partition("\t")
        mode, kind, name = facts.split()
        if kind == "blob" and mode.startswith("100"):  # neither a link nor another repository
            blobs[path] = name
    if "edition.yaml" not in blobs:
        raise NoHistory(f"there was no edition.yaml at the revision “{revision}”")
    return MemorySources(_contents(folder, blobs))


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
