"""The house's templates and styles, and an edition's own, which override a file of one name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from printedition.diagnostics import HOUSE, Diagnostic, in_order
from printedition.sources import (
    MOST_BYTES,
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    SourceTooLarge,
    Span,
)

_PACKAGE = Path(__file__).resolve().parent.parent
ROOT = Span("edition.yaml", 0, 0)  # of what has no better place


def house_folder(name: str) -> Path:
    """`styles` or `templates` of the house: in the wheel, or at the top of a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def house_names(folder: str) -> tuple[str, ...]:
    """The files in `styles` or `templates` of the house, by their paths from there."""
    top = house_folder(folder)
    files = (p for p in top.rglob("*") if p.is_file() and p.parent.name != "__pycache__")
    return tuple(sorted(file.relative_to(top).as_posix() for file in files))


def house_source(sources: Sources, folder: str, name: str) -> SourceFile:
    """The edition's own file of that name, or the house's; the path of that begins with HOUSE.

    Raises OSError where neither has it, and what `Sources.read` raises but for SourceMissing.
    """
    path = f"{folder}/{name}"
    try:
        return sources.read(path)
    except SourceMissing:
        text = (house_folder(folder) / name).read_text(encoding="utf-8")
        return SourceFile(HOUSE + path, text)


def house_file(sources: Sources, folder: str, name: str) -> str:
    """A text file of the house, or the edition's own of that name.

    Raises BookFaults where the edition's own cannot be read.
    """
    try:
        return house_source(sources, folder, name).text
    except (SourceNotText, SourceOutside, SourceTooLarge) as fault:
        raise BookFaults([unreadable(f"{folder}/{name}", fault)]) from None


def read_house(path: str) -> SourceFile | None:
    """A file of the house by the path that messages give it, or None."""
    folder, _, name = path.removeprefix(HOUSE).partition("/")
    if not path.startswith(HOUSE) or folder not in ("styles", "templates"):
        return None
    try:
        return SourceFile(path, (house_folder(folder) / name).read_text(encoding="utf-8"))
    except OSError:
        return None


def unreadable(path: str, fault: SourceNotText | SourceOutside | SourceTooLarge) -> Diagnostic:
    """What is wrong with a template or style of the edition that cannot be read."""
    if isinstance(fault, SourceNotText):
        span = Span(path, fault.offset, fault.offset + 1)
        return Diagnostic("SRC001", f"{path} is not UTF-8 from here on", span)
    if isinstance(fault, SourceTooLarge):
        message = f"{path} has {fault.size:,} bytes, and at most {MOST_BYTES:,} are read"
        return Diagnostic("SRC014", message, Span(path, 0, 0))
    return Diagnostic("SRC011", f"{path} lies outside the edition's folder", ROOT)


class BookFaults(Exception):
    """What is wrong with an edition's own templates or styles, so that no book can be made."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__("; ".join(each.message for each in self.diagnostics))
