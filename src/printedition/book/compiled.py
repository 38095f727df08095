"""The house's templates compiled, kept beside them as Python keeps its modules."""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from printedition.book import sandbox
from printedition.diagnostics import HOUSE


class Compiled(BytecodeCache):
    """Compiled templates of the house, in `__pycache__`: an edition's own are never kept.

    `folder` is that of the house's templates. What is kept counts for the text of a template, the
    rules of the sandbox, and the versions of Jinja2 and Python. As with modules nothing is kept
    under `python -B`, or where the folder cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        rules = Path(sandbox.__file__).read_bytes()
        self._rules = sha256(rules).hexdigest() + version("jinja2") + sys.version

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A template's path inside the house's folder; nothing for an edition's own."""
        return name if filename and filename.startswith(HOUSE) else ""

    def get_source_checksum(self, source: str) -> str:
        """What tells whether a compiled template is still true: 64 hexadecimal digits."""
        return sha256(f"{self._rules} {source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template, if it is kept whole and true."""
        path = self._path(bucket.key)
        if path is None:
            return
        with suppress(OSError, EOFError, ValueError, TypeError):
            kept = path.read_bytes()
            if kept.startswith(bucket.checksum.encode()):
                bucket.code = marshal.loads(kept[len(bucket.checksum) :])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, whole or not at all."""
        path = self._path(bucket.key)
        if path is None or sys.dont_write_bytecode:
            return
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as fresh:
                    fresh.write(bucket.checksum.encode() + marshal.dumps(bucket.code))
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def _path(self, key: str) -> Path | None:
        if not key:
            return None
        try:
            return Path(importlib.util.cache_from_source(str(self.folder / key)))
        except NotImplementedError:  # a Python that keeps no modules
            return None
