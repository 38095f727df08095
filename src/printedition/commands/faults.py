"""What is wrong with an edition, shown by every command alike."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from printedition import report
from printedition.codes import Severity
from printedition.diagnostics import HOUSE, Diagnostic
from printedition.sources import (
    DiskSources,
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    SourceTooLarge,
)

FAULTY = 1
RENDERERS = {
    "full": report.render_full,
    "concise": report.render_concise,
    "json": report.render_json,
}


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(found for found in diagnostics if found.severity is Severity.ERROR)


def fails(diagnostics: tuple[Diagnostic, ...], *, strict: bool) -> bool:
    return bool(diagnostics if strict else errors(diagnostics))


class _Reading:
    """Reads a file to be quoted; None where there is none, and what is legible of a broken one."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    def __call__(self, path: str) -> SourceFile | None:
        try:
            return self.sources.read(path)
        except SourceNotText as broken:
            return broken.file
        except SourceTooLarge:
            return None
        except (SourceMissing, SourceOutside):
            return _house(path)

    def where(self, path: str) -> Path | None:
        """Where a file of a library lies."""
        return self.sources.where(path) if isinstance(self.sources, DiskSources) else None


def reading(sources: Sources) -> report.Read:
    """Reads files to be quoted, and says where they lie."""
    return _Reading(sources)


def _house(path: str) -> SourceFile | None:
    """A template or style of the program's own, where the path names one."""
    if not path.startswith(HOUSE):
        return None
    from printedition.book.house import read_house

    return read_house(path)
