"""What a person reads of a run: diagnostics, the steps as they pass, and what was written."""

from __future__ import annotations

import shlex
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, TextIO, runtime_checkable

from printedition.codes import Code, Severity
from printedition.diagnostics import HOUSE, Diagnostic
from printedition.sources import SourceFile, Span

if TYPE_CHECKING:
    from rich.status import Status

    from printedition.adding.add import Added, Fault
    from printedition.adding.pins import Remark
    from printedition.beginnings.parallel import Draft
    from printedition.pipeline import Written

Read = Callable[[str], SourceFile | None]

_WINDOW = 100
_LINES_TOLD = 10  # of one remark on a text that was added
# Marks that turn the direction of a terminal's line, so that code or a caret seems elsewhere.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def render_full(diagnostics: Sequence[Diagnostic], read: Read, prefix: str) -> str:
    """Each diagnostic with its line, a caret, second places and the cure; last, how many."""
    blocks = ["\n".join(_full(diagnostic, read, prefix)) for diagnostic in diagnostics]
    return "\n\n".join([*blocks, count(diagnostics)]) + "\n"


def render_concise(diagnostics: Sequence[Diagnostic], read: Read, prefix: str) -> str:
    """Each diagnostic on one line, as editors' programs and grep read them."""
    return "".join(
        f"{_place(diagnostic.span, read, prefix)}: {diagnostic.severity.value}"
        f"[{diagnostic.code}] {_one_line(diagnostic.message)}\n"
        for diagnostic in diagnostics
    )


def render_json(diagnostics: Sequence[Diagnostic], read: Read, prefix: str) -> str:
    """The diagnostics as a JSON list, for programs; an end is the place after the last sign."""
    import json  # few ask for it, and all would wait for it

    records = [
        {
            "code": diagnostic.code,
            "severity": diagnostic.severity.value,
            "message": diagnostic.message,
            **_extent(diagnostic.span, read, prefix),
            "hint": diagnostic.hint,
            "labels": [
                {"text": label.text, **_extent(label.span, read, prefix)}
                for label in diagnostic.labels
            ],
        }
        for diagnostic in diagnostics
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def render_code(code: Code) -> str:
    """What a code means and how its fault is mended."""
    return f"{code.severity.value}[{code.code}]: {code.title}\n\n{code.meaning}\n\n{code.cure}\n"


def drafted(path: Path, draft: Draft) -> str:
    """Where a draft of a table of versions lies, or what a table that is there already lacks."""
    lines = []
    if not draft.exists:
        lines = [f"Wrote {path}. Correct it, then: printedition check"]
    elif not draft.listed:
        lines = [f"{path} is there already and was not touched."]
    elif draft.text:
        lines = [f"{path} was not touched. To be put into it by hand:", "", draft.text.rstrip()]
    else:
        lines = [f"{path} lacks nothing that could be drafted."]
    if not draft.listed:
        lines.append(f"Nothing prints it yet; add under book: - parallel: '{draft.path}'")
    return "\n".join(lines) + "\n"


def count(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings there are, in words."""
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [
        _number(found[severity], severity.value)
        for severity in (Severity.ERROR, Severity.WARNING)
        if found[severity]
    ]
    return ", ".join(parts) or "no faults found"


def summary(written: Sequence[Written], seconds: float, warnings: int) -> str:
    """What a build wrote: each file with its pages and size, then the time and the warnings."""
    rows = [
        (
            str(file.path),
            "" if file.pages is None else _number(file.pages, "page"),
            _size(file.size),
        )
        for file in written
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = [
        f"  {path:<{widths[0]}}  {pages:>{widths[1]}}  {size:>{widths[2]}}"
        for path, pages, size in rows
    ]
    noted = _number(warnings, "warning") if warnings else "no warnings"
    return "\n".join(["Written:", *lines, f"{seconds:.1f} s, {noted}"]) + "\n"


def added(edition: str, texts: Sequence[Added], *, by_hand: bool) -> str:
    """What files became, and what a text has no room for; or the lines to be put in by hand."""
    lines = []
    for one in texts:
        notes = f", {_number(one.notes, 'note')}" if one.notes else ""
        lines.append(f"{one.file}: “{one.title}”{notes}")
        lines += [f"  {key}: “{words}”, as the file says" for key, words in one.stated]
        lines += map(_remark, one.remarks)
        if one.namesake:
            lines.append(f"  “{one.namesake}” is taken, so the text is “{one.id}”; was it there?")
    if by_hand:
        lines.append("edition.yaml was not touched; put into it by hand:")
        for one in texts:
            keys = (("file", one.file), ("title", one.title), *one.stated)
            lines.append(f"  - id: {_in_quotes(one.id)}")
            lines += [f"    {key}: {_in_quotes(words)}" for key, words in keys]
    else:
        lines.append("Now say in edition.yaml where each comes from, and who has the rights:")
        lines.append("  author:, source:, pages:, rights:")
    lines.append(f"Then: printedition check {shlex.quote(edition)}")
    return "\n".join(lines) + "\n"


def refused(faults: Sequence[Fault]) -> str:
    """Why files cannot be added."""
    return "".join(
        ["Nothing was added:\n", *(f"  {fault.file}: {fault.why}\n" for fault in faults)]
    )


def _remark(remark: Remark) -> str:
    """What became of something, how often, and where: lost: 2 × pictures (lines 4, 9)."""
    fate, _, what = remark.what.partition(": ")
    shown = ", ".join(map(str, remark.lines[:_LINES_TOLD]))
    more = len(remark.lines) - _LINES_TOLD
    shown += f" and {more} more" if more > 0 else ""
    where = f"lines {shown}" if len(remark.lines) > 1 else f"line {shown}"
    return f"  {fate}: {remark.number} × {what} ({where})"


def _in_quotes(words: str) -> str:
    """Words as a value in single quotes."""
    return "'" + words.replace("'", "''") + "'"


def welcome(folder: Path, files: Sequence[str]) -> str:
    """What a new edition holds, and the commands to go on with."""
    named = shlex.quote(str(folder))
    return "\n".join(
        [
            f"A new edition, in “{folder}”:",
            *(f"  {name}" for name in files),
            "Now look for faults, and make the books:",
            f"  printedition check {named}",
            f"  printedition build {named}",
            "Then change its files into your own. Each explains itself.",
            "",
        ]
    )


class Detail(Enum):
    """How much of its progress a build shows: nothing, steps and pages, or their times too."""

    NONE = "none"
    STEPS = "steps"
    ALL = "all"


class Progress:
    """Shows the numbered steps, and the pages as they are made: alive on a terminal, else lines."""

    def __init__(self, file: TextIO, detail: Detail) -> None:
        self._file = file
        self._detail = detail
        self._step = ""
        self._last = ""
        self._began = 0.0
        self._status: Status | None = None

    def __enter__(self) -> Progress:
        if self._detail is not Detail.NONE and self._file.isatty():
            from rich.console import Console

            console = Console(file=self._file, highlight=False, markup=False, emoji=False)
            self._status = console.status("")
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_step(time.monotonic())
        if self._status is not None:
            self._status.stop()
            self._status = None

    def retell(self, steps: Iterable[tuple[str, str, float]]) -> None:
        """Say what was under way, how far it was, and when."""
        for step, detail, moment in steps:
            self(step, detail, moment)

    def __call__(self, step: str, detail: str, moment: float | None = None) -> None:
        """Say that `step` is under way, and how far it is; or was at a moment."""
        if self._detail is Detail.NONE:
            return
        if moment is None:
            moment = time.monotonic()
        if step != self._step:
            self._end_step(moment)
            self._step, self._last, self._began = step, "", moment
            self._line(step)
        if detail and detail != self._last:
            self._line(f"  {detail}")
            self._last = detail
        if self._status is not None:
            from rich.text import Text

            self._status.update(Text(f"{step}: {detail}" if detail else step))

    def _end_step(self, moment: float) -> None:
        if self._step and self._detail is Detail.ALL:
            self._line(f"  {moment - self._began:.2f} s")
        self._step = ""

    def _line(self, text: str) -> None:
        if self._status is not None:
            self._status.console.print(text, soft_wrap=True)
        else:
            print(text, file=self._file, flush=True)


def _full(diagnostic: Diagnostic, read: Read, prefix: str) -> Iterator[str]:
    places = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    gutter = max(len(str(_line_and_column(span, read)[0])) for span in places)
    margin = " " * gutter
    message = _one_line(diagnostic.message)
    yield f"{diagnostic.severity.value}[{diagnostic.code}]: {message}"
    yield f"{margin}--> {_place(diagnostic.span, read, prefix)}"
    yield from _excerpt(diagnostic.span, read, gutter=gutter, mark="^", label="")
    for label in diagnostic.labels:
        text = _one_line(label.text)
        yield f"{margin}::: {_place(label.span, read, prefix)}"
        if read(label.span.source) is None:
            yield f"{margin}  | {text}"
        yield from _excerpt(label.span, read, gutter=gutter, mark="-", label=text)
    if diagnostic.hint is not None:
        first, *others = diagnostic.hint.splitlines() or [""]
        yield f"{margin} = hint: {_shown(first)}"
        yield from (f"{margin}         {_shown(line)}" for line in others)


def _excerpt(span: Span, read: Read, *, gutter: int, mark: str, label: str) -> Iterator[str]:
    file = read(span.source)
    if file is None:
        return
    number, column = file.place(span.start)
    before, marked, after = _parts(file, span, column)
    before, marked, after = _window(_shown(before), _shown(marked), _shown(after))
    margin = " " * gutter
    carets = mark * max(_width(marked), 1)
    yield f"{margin} |"
    yield f"{number:>{gutter}} | {before}{marked}{after}".rstrip()
    yield f"{margin} | {' ' * _width(before)}{carets} {label}".rstrip()


def _parts(file: SourceFile, span: Span, column: int) -> tuple[str, str, str]:
    """What stands before, in and after a span on its first line, as far as could be shown.

    A line of a megabyte with a hundred thousand faults is cut to reach before it is looked at.
    """
    far = 2 * _WINDOW
    start = span.start - min(column - 1, far)
    reach = file.text[span.start : span.start + 2 * far].partition("\n")[0]
    length = max(span.end - span.start, 0)
    return file.text[start : span.start], reach[:length], reach[length:]


def _window(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """The three parts of a line, cut to what fits a screen round the marked part."""
    if _width(before) + _width(marked) + _width(after) <= _WINDOW:
        return before, marked, after
    if _width(marked) > _WINDOW // 2:
        marked, after = _first(marked, _WINDOW // 2) + "…", ""
    room = _WINDOW - _width(marked)
    left = max(room // 2, room - _width(after))
    if _width(before) > left:
        before = "…" + _last(before, left - 1)
    right = room - _width(before)
    if _width(after) > right:
        after = _first(after, right - 1) + "…"
    return before, marked, after


def _first(text: str, width: int) -> str:
    taken = 0
    for index, character in enumerate(text):
        taken += _width(character)
        if taken > width:
            return text[:index]
    return text


def _last(text: str, width: int) -> str:
    taken = 0
    start = len(text)
    while start and taken + _width(text[start - 1]) <= width:
        start -= 1
        taken += _width(text[start])
    while start < len(text) and _width(text[start]) == 0:
        start += 1  # a combining mark does not stand without its letter
    return text[start:]


def _width(text: str) -> int:
    """The columns that a terminal gives a text: none to combining marks, two to wide signs."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf") and character != "\u00ad":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _shown(text: str) -> str:
    """A text as it is shown: a tab is a blank, and no sign may command the terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown_character, text))


def _shown_character(character: str) -> str:
    if character == "\t" or unicodedata.category(character) in ("Zs", "Zl", "Zp"):
        return "\u3000" if character == "\u3000" else " "
    if unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTION:
        return "\ufffd"
    return character


def _one_line(text: str) -> str:
    return _shown(" ".join(text.splitlines()))


def _line_and_column(span: Span, read: Read) -> tuple[int, int]:
    file = read(span.source)
    return (1, 1) if file is None else file.place(span.start)


@runtime_checkable
class Located(Protocol):
    """A reader of files that knows where those of a library lie."""

    def where(self, path: str) -> Path | None:
        """Where such a file lies; None for one of the edition's own folder."""


def _path(source: str, read: Read, prefix: str) -> str:
    if source.startswith(HOUSE):
        return source
    if isinstance(read, Located) and (real := read.where(source)):
        return str(real)
    folder = prefix.rstrip("/") or prefix[:1]
    if folder in ("", "."):
        return source
    return folder + source if folder == "/" else f"{folder}/{source}"


def _place(span: Span, read: Read, prefix: str) -> str:
    line, column = _line_and_column(span, read)
    return f"{_shown(_path(span.source, read, prefix))}:{line}:{column}"


def _extent(span: Span, read: Read, prefix: str) -> dict[str, Any]:
    file = read(span.source)
    line, column = (1, 1) if file is None else file.place(span.start)
    end_line, end_column = (1, 1) if file is None else file.place(max(span.start, span.end))
    return {
        "path": _path(span.source, read, prefix),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
