"""A record file as a tree of words with their places: YAML, every value a string.

The tree is built from YAML's events, one after another, so that neither aliases nor depth can
cost anything. `Broken` stands where a fault was already reported, so that no later step reports
what only follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any, TypeAlias

import yaml

from printedition.diagnostics import Findings, Label
from printedition.edition.quotation import Value
from printedition.frozen import dataclass
from printedition.reading.quoting import MARKS, NOT_CLOSED, as_written, line_end, parent_column
from printedition.reading.traps import DEEPEST, FAST, masked, report_error, traps
from printedition.sources import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """Words; `span` includes their quotation marks.

    `style` is YAML's: `'`, `"`, `|`, `>`, or empty where the words stand plain.
    """

    text: str
    span: Span
    style: str = ""

    @property
    def value(self) -> Value:
        """The words with their place."""
        return Value(self.text, self.span)


@dataclass(frozen=True, slots=True)
class Items:
    """A list: what stands after each dash."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """Keys with their values, in the order of the file; no key stands twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Broken:
    """A value whose fault is reported already."""

    span: Span


Node: TypeAlias = Scalar | Items | Record | Broken

_EXACT: Any = yaml.BaseLoader
_LONGEST_EXACT = 300_000  # characters; some seconds' work of the parser in Python
_CUT = re.compile(r"[ \t]+#")


def read_yaml(file: SourceFile, findings: Findings) -> Node | None:
    """The file's tree; None where it is empty or does not parse, which is then reported."""
    if file.text.startswith("\ufeff"):  # YAML drops it in silence, and every place would be wrong
        findings.report("SRC002", "the file begins with two byte order marks; take one out",
                        Span(file.path, 0, 1))  # fmt: skip
        return None
    attempt = _attempt(file, file.text)
    if attempt.error is None:
        findings.diagnostics.extend(attempt.findings.diagnostics)
        return attempt.tree
    trapped = tuple(traps(file))
    # With the traps masked the rest of the file shows its own faults, at their places.
    rest = _attempt(file, masked(file.text, trapped)) if trapped else attempt
    for trap in trapped:
        findings.report("SRC002", trap.message, trap.span, hint=trap.hint)
    findings.diagnostics.extend(rest.findings.diagnostics)
    if rest.error is not None:
        report_error(file, rest.error, findings)
    return None


@dataclass(slots=True)
class _Attempt:
    tree: Node | None = None
    error: yaml.YAMLError | None = None
    findings: Findings = field(default_factory=Findings)


def _attempt(file: SourceFile, text: str) -> _Attempt:
    attempt = _Attempt()
    loaders = (FAST, _EXACT) if len(text) <= _LONGEST_EXACT else (FAST,)
    for loader in dict.fromkeys(loaders):
        builder = _Builder(file, text)
        attempt.findings = builder.findings
        try:
            attempt.tree = builder.build(loader)
        except yaml.YAMLError as error:
            # Only the parser in Python says exactly where; it has the last word.
            attempt.error = error
            continue
        attempt.error = None
        break
    return attempt


# From events to a tree


class _Frame:
    """A list or record that is not yet closed."""

    __slots__ = ("broken", "items", "key", "keys", "pairs", "record", "start")

    def __init__(self, start: int, record: bool, broken: bool) -> None:
        self.start = start
        self.record = record
        self.broken = broken
        self.items: list[Node] = []
        self.pairs: list[tuple[Scalar, Node]] = []
        self.keys: dict[str, Scalar] = {}
        self.key: Node | None = None


class _Builder:
    def __init__(self, file: SourceFile, text: str) -> None:
        self.path = file.path
        self.file = file
        self.text = text
        self.findings = Findings()
        self.root: Node | None = None
        self.frames: list[_Frame] = []
        self.flow = 0

    def build(self, loader: Any) -> Node | None:
        documents = 0
        events: Iterator[Any] = yaml.parse(self.text, Loader=loader)
        for event in events:
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    if len(self.frames) + self.flow >= DEEPEST:
                        self._report_depth(event)
                        return None
                    self._open(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close(event)
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._report_second(event)
                        return None
        return self.root

    def _span(self, start: int, end: int) -> Span:
        return Span(self.path, start, end)

    def _report_depth(self, event: Any) -> None:
        start = event.start_mark.index
        self.findings.report(
            "SRC002",
            "records are nested more deeply than any record file needs",
            self._span(start, start + 1),
        )

    def _report_second(self, event: Any) -> None:
        start = event.start_mark.index
        self.findings.report(
            "SRC002",
            "a second YAML document begins here; a record file is only one",
            self._span(start, start + 3),
        )

    def _scalar(self, event: Any) -> None:
        if self.flow:
            return
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        if event.anchor is not None or event.tag is not None:
            self._refuse(start, end, "a sign of its own")
            return
        scalar = Scalar(event.value, Span(self.path, start, end), style)
        if not style:
            cut = _CUT.match(self.text, end)
            if cut and not self._awaits_key():
                self._attach(self._cut(scalar, cut))
                return
        elif style in ("'", '"') and "\n" in self.text[start:end]:
            self._check_continued(start, end)
        self._attach(scalar)

    def _cut(self, scalar: Scalar, cut: re.Match[str]) -> Broken:
        sign = cut.end() - 1
        start = scalar.span.start if scalar.text else sign
        end = line_end(self.text, sign)
        self.findings.report(
            "SRC008",
            "the value is cut before “ #”, which begins a comment",
            self._span(start, end),
            labels=(Label(self._span(sign, end), "this is not read"),) if scalar.text else (),
            hint=as_written(self.file.text, start, end),
        )
        return Broken(self._span(start, end))

    def _check_continued(self, start: int, end: int) -> None:
        """A quotation mark that is not closed swallows the keys below it, and may still parse."""
        column = parent_column(self.text, start)
        text = self.text
        for line in text[start:end].split("\n")[1:]:
            if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
                # YAML 1.2 §8.1: the lines of a value are indented more than its key.
                here = line_end(text, start)
                self.findings.report(
                    "SRC002",
                    NOT_CLOSED.format(MARKS[text[start]]),
                    self._span(start, here),
                    hint=as_written(self.file.text, start, here),
                )
                return

    def _alias(self, event: Any) -> None:
        if not self.flow:
            self._refuse(event.start_mark.index, event.end_mark.index, "a sign of its own")

    def _refuse(self, start: int, end: int, taken_for: str) -> None:
        """Report the sign of YAML that a value begins with; the value is then broken."""
        last = line_end(self.text, start)
        has_cure = not self._awaits_key() and end <= last
        self.findings.report(
            "SRC009",
            f"YAML takes the “{self.text[start]}” at the start of this value for {taken_for}",
            self._span(start, max(min(end, last), start + 1)),
            hint=as_written(self.file.text, start, last) if has_cure else None,
        )
        self._attach(Broken(self._span(start, end)))

    def _open(self, event: Any) -> None:
        if self.flow:
            self.flow += 1
            return
        start = event.start_mark.index
        if event.flow_style:
            self.flow = 1
            self.frames.append(_Frame(start, False, True))
            return
        broken = event.anchor is not None or event.tag is not None
        if broken:
            self.findings.report(
                "SRC009",
                f"a record or list bears YAML's sign “{self.text[start]}”",
                self._span(start, line_end(self.text, start)),
                hint="take the sign out",
            )
        self.frames.append(_Frame(start, isinstance(event, yaml.MappingStartEvent), broken))

    def _close(self, event: Any) -> None:
        if self.flow:
            self.flow -= 1
            if not self.flow:
                start, end = self.frames.pop().start, event.end_mark.index
                self._refuse(start, end, "a list or record in one line")
            return
        frame = self.frames.pop()
        if frame.record:
            end = frame.pairs[-1][1].span.end if frame.pairs else event.end_mark.index
            record = Record(tuple(frame.pairs), Span(self.path, frame.start, end))
            self._attach(record)
        else:
            end = frame.items[-1].span.end if frame.items else event.end_mark.index
            self._attach(Items(tuple(frame.items), Span(self.path, frame.start, end)))

    def _awaits_key(self) -> bool:
        return bool(self.frames) and self.frames[-1].record and self.frames[-1].key is None

    def _attach(self, node: Node) -> None:
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        if not frame.record:
            frame.items.append(node)
        elif frame.key is None:
            frame.key = node
            if isinstance(node, Items | Record):
                self.findings.report(
                    "SRC002", "a key must be words, not a list or record", node.span
                )
        else:
            key, frame.key = frame.key, None
            if not isinstance(key, Scalar):
                return
            first = frame.keys.setdefault(key.text, key)
            if first is not key:
                self.findings.report(
                    "SRC003",
                    f"“{key.text}” stands twice in one record",
                    key.span,
                    labels=(Label(first.span, "first here"),),
                )
                return
            frame.pairs.append((key, node))
