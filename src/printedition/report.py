"""Shows diagnostics and the progress of a build; with the command line, the only part that prints."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from printedition.codes import Severity
from printedition.diagnostics import Diagnostic
from printedition.sources import SourceFile, Span

Read = Callable[[str], SourceFile | None]
_WINDOW = 100  # columns of a long line that are shown round its fault


def _width(text: str) -> int:
    """Columns that a terminal gives a text (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _place(span: Span, read: Read) -> tuple[int, int]:
    file = read(span.source)
    return file.place(min(span.start, len(file.text))) if file else (1, 1)


def _path(span: Span, prefix: str) -> str:
    return f"{prefix.rstrip('/')}/{span.source}" if prefix else span.source


def _marked_line(span: Span, read: Read, sign: str, label: str) -> list[str]:
    file = read(span.source)
    if file is None or not file.text:
        return []
    number, column = file.place(min(span.start, len(file.text)))
    line = file.line(number).replace("\t", " ")
    length = max(min(span.end - span.start, len(line) - column + 1), 1)
    cut = max(column - 1 - _WINDOW // 2, 0) if len(line) > _WINDOW else 0
    shown = line[cut : cut + _WINDOW]
    dots = "…" if cut else ""
    before = _width(dots + line[cut : column - 1])
    carets = max(_width(line[column - 1 : column - 1 + min(length, _WINDOW)]), 1)
    gutter = " " * len(str(number))
    tail = f" {label}" if label else ""
    return [
        f"{gutter} |",
        f"{number} | {dots}{shown}",
        f"{gutter} | {' ' * before}{sign * carets}{tail}",
    ]


def render_full(diagnostics: Iterable[Diagnostic], read: Read, prefix: str) -> str:
    """Each fault with its line, a caret under it, second places, and the cure."""
    parts = []
    for found in diagnostics:
        line, column = _place(found.span, read)
        lines = [
            f"{found.severity.value}[{found.code}]: {found.message}",
            f" --> {_path(found.span, prefix)}:{line}:{column}",
            *_marked_line(found.span, read, "^", ""),
        ]
        for label in found.labels:
            label_line, label_column = _place(label.span, read)
            lines.append(f" ::: {_path(label.span, prefix)}:{label_line}:{label_column}")
            lines += _marked_line(label.span, read, "-", label.text)
        if found.hint:
            lines.append(f"  = hint: {found.hint}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def render_concise(diagnostics: Iterable[Diagnostic], read: Read, prefix: str) -> str:
    """A line for each fault, for editors and grep."""
    lines = []
    for found in diagnostics:
        line, column = _place(found.span, read)
        place = f"{_path(found.span, prefix)}:{line}:{column}"
        lines.append(f"{place}: {found.severity.value}[{found.code}] {found.message}")
    return "\n".join(lines)


def render_json(diagnostics: Iterable[Diagnostic], read: Read, prefix: str) -> str:
    """The faults as a JSON list."""

    def place(span: Span) -> dict[str, Any]:
        line, column = _place(span, read)
        file = read(span.source)
        end = file.place(min(span.end, len(file.text))) if file else (1, 1)
        return {
            "path": _path(span, prefix),
            "line": line,
            "column": column,
            "end_line": end[0],
            "end_column": end[1],
        }

    rows = [
        {
            "code": found.code,
            "severity": found.severity.value,
            "message": found.message,
            **place(found.span),
            "hint": found.hint,
            "labels": [{"text": label.text, **place(label.span)} for label in found.labels],
        }
        for found in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """“2 errors, 1 warning”."""
    errors = sum(found.severity is Severity.ERROR for found in diagnostics)
    warnings = len(diagnostics) - errors
    parts = [
        f"{number} {name}{'' if number == 1 else 's'}"
        for number, name in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return ", ".join(parts) or "no faults"


class Progress:
    """Shows the steps of a build: a line that changes on a terminal, plain lines elsewhere."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self._status: Any = None
        if not quiet and sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("")
            self._status.start()

    def __call__(self, step: str, detail: str) -> None:
        """Say that a step has begun, or how far it is."""
        line = f"{step}: {detail}" if detail else step
        if self._status is not None:
            self._status.update(line)
            if self.verbose:
                self._status.console.print(line)
        elif not self.quiet:
            print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        """End the line that changes."""
        if self._status is not None:
            self._status.stop()


def size(number: int) -> str:
    """A file's size in words: “133 kB”."""
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(number // 1000, 1)} kB"


def written(path: Path, pages: int | None, number: int) -> str:
    """The line that says what was written."""
    return f"{path}  " + (f"{pages} pages, " if pages else "") + size(number)
