"""The folder for a build's passing files, which outlives no build for long."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from printedition.lock import held, is_held

_PREFIX = "printedition-"
_LOCK = "lock"


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder where all passing files of this process go, such as WeasyPrint's fonts.

    Those of builds that were killed are taken away; one that is still at work holds its lock.
    """
    before = tempfile.tempdir
    _clear(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with held(folder / _LOCK):
            tempfile.tempdir = name
            try:
                yield folder
            finally:
                tempfile.tempdir = before


def _clear(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        lock = folder / _LOCK
        # A folder without a lock is being made, or being taken away, by another build.
        with contextlib.suppress(OSError):
            if not folder.is_symlink() and lock.is_file() and not is_held(lock):
                shutil.rmtree(folder, ignore_errors=True)
