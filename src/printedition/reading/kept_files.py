"""Files as they were read before, kept in the cache: one in which nothing has changed is not
parsed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from printedition.diagnostics import Findings
from printedition.sources import SourceFile

if TYPE_CHECKING:
    from printedition.cache import Cache

Result = TypeVar("Result")


class KeptFiles:
    """Reads files, each once for all builds; always anew without a cache."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache

    def read(
        self,
        how: str,
        file: SourceFile,
        findings: Findings,
        read: Callable[[Findings], Result],
    ) -> Result:
        """What `read` makes of a file, which goes by its path and words and by `how` alone.

        A file with faults is read each time, so that these are told as they are by then.
        """
        if self._cache is None:
            return read(findings)
        # A check keeps nothing, and need not load these.
        import pickle

        from printedition.fingerprint import fingerprint
        from printedition.stamp import stamp

        if (program := stamp()) is None:
            return read(findings)
        key = fingerprint("file", program, how, file.path, file.text)
        if (kept := self._cache.get(key)) is not None:
            known: Result = pickle.loads(kept)
            return known
        found = Findings()
        made = read(found)
        if found.diagnostics:
            return read(findings)
        self._cache.put(key, pickle.dumps(made, protocol=5))
        return made
