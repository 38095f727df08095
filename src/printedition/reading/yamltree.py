"""A record file as a tree of words with their places: YAML, every value a string.

The tree is built from YAML's events, one after another, so that neither aliases nor depth can
cost anything. `Broken` stands where a fault was already reported, so that no later step reports
what only follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from printedition.diagnostics import Findings, Label
from printedition.edition.quotation import Value
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

# The C parser is some ten times faster; the other stands in where PyYAML was built without it.
_FAST: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EXACT: Any = yaml.BaseLoader

_DEEPEST = 32
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
    traps = tuple(_traps(file))
    # With the traps masked the rest of the file shows its own faults, at their places.
    rest = _attempt(file, _masked(file.text, traps)) if traps else attempt
    for trap in traps:
        findings.report("SRC002", trap.message, trap.span, hint=trap.hint)
    findings.diagnostics.extend(rest.findings.diagnostics)
    if rest.error is not None:
        _report_error(file, rest.error, findings)
    return None


@dataclass(slots=True)
class _Attempt:
    tree: Node | None = None
    error: yaml.YAMLError | None = None
    findings: Findings = field(default_factory=Findings)


def _attempt(file: SourceFile, text: str) -> _Attempt:
    attempt = _Attempt()
    loaders = (_FAST, _EXACT) if len(text) <= _LONGEST_EXACT else (_FAST,)
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
                    if len(self.frames) + self.flow >= _DEEPEST:
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
            self._refuse(event, end)
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
        end = _line_end(self.text, sign)
        self.findings.report(
            "SRC008",
            "the value is cut before “ #”, which begins a comment",
            self._span(start, end),
            labels=(Label(self._span(sign, end), "this is not read"),) if scalar.text else (),
            hint=_hint(self.file.text, start, end),
        )
        return Broken(self._span(start, end))

    def _check_continued(self, start: int, end: int) -> None:
        """A quotation mark that is not closed swallows the keys below it, and may still parse."""
        column = _parent_column(self.text, start)
        text = self.text
        for line in text[start:end].split("\n")[1:]:
            if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
                # YAML 1.2 §8.1: the lines of a value are indented more than its key.
                here = _line_end(text, start)
                self.findings.report(
                    "SRC002",
                    _NOT_CLOSED.format(_MARKS[text[start]]),
                    self._span(start, here),
                    hint=_hint(self.file.text, start, here),
                )
                return

    def _alias(self, event: Any) -> None:
        if not self.flow:
            self._refuse(event, event.end_mark.index)

    def _refuse(self, event: Any, end: int) -> None:
        """Report the sign of YAML that the event begins with; the value is then broken."""
        start = event.start_mark.index
        line_end = _line_end(self.text, start)
        self.findings.report(
            "SRC009",
            f"YAML takes the “{self.text[start]}” at the start of this value for a sign of its own",
            self._span(start, max(min(end, line_end), start + 1)),
            hint=None
            if self._awaits_key() or end > line_end
            else _hint(self.file.text, start, line_end),
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
                self._span(start, _line_end(self.text, start)),
                hint="take the sign out",
            )
        self.frames.append(_Frame(start, isinstance(event, yaml.MappingStartEvent), broken))

    def _close(self, event: Any) -> None:
        if self.flow:
            self.flow -= 1
            if not self.flow:
                self._refuse_flow(self.frames.pop().start, event.end_mark.index)
            return
        frame = self.frames.pop()
        if frame.record:
            end = frame.pairs[-1][1].span.end if frame.pairs else event.end_mark.index
            record = Record(tuple(frame.pairs), Span(self.path, frame.start, end))
            self._attach(record)
        else:
            end = frame.items[-1].span.end if frame.items else event.end_mark.index
            self._attach(Items(tuple(frame.items), Span(self.path, frame.start, end)))

    def _refuse_flow(self, start: int, end: int) -> None:
        line_end = _line_end(self.text, start)
        self.findings.report(
            "SRC009",
            f"YAML takes the “{self.text[start]}” at the start of this value for a list or record "
            "in one line",
            self._span(start, min(end, line_end)),
            hint=None
            if self._awaits_key() or end > line_end
            else _hint(self.file.text, start, line_end),
        )
        self._attach(Broken(self._span(start, end)))

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


# Where YAML fails


@dataclass(frozen=True, slots=True)
class _Trap:
    """A value that makes YAML fail; it covers `lines` of the file to `end`."""

    message: str
    span: Span
    hint: str | None
    end: int


_MARKS = {"'": "single", '"': "double"}
_NOT_CLOSED = "the {} quotation mark that opens this value is not closed"
_LEAD = re.compile(r"[ ]*(?:-[ ]+)*")
_KEY = re.compile(r"""(?:[^\W\d][\w-]*|'[^'\n]*'|"[^"\n]*")[ ]*:(?=[ \t]|$)[ \t]*""")
# A value that begins so, or has such a stretch inside, may be a trap; YAML itself decides.
_SUSPECT = re.compile(r"""["'*@`%&!{}\[\]|>,?:#-]|.*?:(?:[ \t]|$)""")
_SOUND = re.compile(r"""(?:'(?:[^']|'')*'|"[^"\\]*")[ \t]*(?:[ \t]#.*)?$""")


def _traps(file: SourceFile) -> Iterator[_Trap]:
    """Each value of the file that does not parse by itself.

    A value is what stands after a key or dash, with the lines below it that are indented more.
    """
    text = file.text
    lines = text.split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    number = 0
    while number < len(lines):
        line = lines[number]
        lead = _LEAD.match(line)
        assert lead is not None
        column = lead.end()
        key = _KEY.match(line, column)
        start = key.end() if key else column
        rest = line[start:]
        first = number
        number += 1
        if not rest.strip() or rest.startswith("#") or (key is None and "-" not in lead.group()):
            continue
        parent = column if key else _dash_column(lead.group())
        while number < len(lines) and (
            not lines[number].strip()
            or len(lines[number]) - len(lines[number].lstrip(" ")) > parent
        ):
            number += 1
        last = number - 1
        while last > first and not lines[last].strip():
            last -= 1
        if not _SUSPECT.match(rest) and last == first:
            continue
        if _SOUND.match(rest) and last == first:
            continue
        snippet = "\n".join([" " * parent + "x: " + rest, *lines[first + 1 : last + 1]])
        if _parses(snippet):
            continue
        if last > first and _SOUND.match(rest):
            # The value is whole; what fails is below it, and is no value's fault.
            continue
        begin = offsets[first] + start
        shown = offsets[first] + len(line.rstrip())
        end = offsets[last] + len(lines[last])
        whole = " ".join(part.strip() for part in [rest, *lines[first + 1 : last + 1]])
        yield _Trap(
            _message(rest, "\n".join([rest, *lines[first + 1 : last + 1]])),
            Span(file.path, begin, shown),
            f"write: {line[:start].strip()} {_quoted(whole)}",
            end,
        )


def _dash_column(lead: str) -> int:
    return lead.rindex("-")


def _parses(snippet: str) -> bool:
    depth = 0
    try:
        for event in yaml.parse(snippet, Loader=_FAST):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    return True
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return False
    return True


def _message(first_line: str, whole: str) -> str:
    sign = first_line[0]
    if sign in _MARKS:
        body = whole[1:].replace("''", "") if sign == "'" else re.sub(r"\\.", "", whole[1:])
        closing = body.find(sign)
        if closing < 0:
            return _NOT_CLOSED.format(_MARKS[sign])
        if not body[closing + 1 :].strip():
            return "a backslash inside double quotation marks is a sign of YAML's own"
        if sign == "'":
            return (
                "a single apostrophe inside the value, or words after it, end the quotation; "
                "inside single quotes an apostrophe is written twice"
            )
        return "words follow the double quotation mark that closes the value"
    if sign in "*@`%&!{}[]|>,?":
        return f"YAML takes the “{sign}” at the start of this value for a sign of its own"
    return "YAML takes the colon and blank inside this value for a key"


def _masked(text: str, traps: tuple[_Trap, ...]) -> str:
    """The text with every trap made harmless words of the same length."""
    parts, position = [], 0
    for trap in traps:
        parts.append(text[position : trap.span.start])
        parts.append(re.sub(r"[^\n]", "x", text[trap.span.start : trap.span.end]))
        parts.append(re.sub(r"[^\s]", "x", text[trap.span.end : trap.end]))
        position = trap.end
    return "".join([*parts, text[position:]])


_STRAY_ITEM = (
    "this item does not belong to what stands above it: a line above is indented otherwise, or "
    "lacks its “- ”"
)
_DASHES = "–—−‐‑•·"  # what word processors put in place of a hyphen at a line's beginning
_WORDED = {
    "expected <block end>, but found '<block mapping start>'": (
        "this line is indented unlike its neighbours, or lacks its “- ”"
    ),
    "expected <block end>, but found '<block sequence start>'": _STRAY_ITEM,
    "expected <block end>, but found '-'": _STRAY_ITEM,
    "expected <block end>, but found '<scalar>'": (
        "words stand here where a key with its colon should be"
    ),
    "expected alphabetic or numeric character, but found ' '": (
        "YAML takes this sign for its own; an item of a list begins with “- ”"
    ),
    "mapping values are not allowed here": "a colon and blank stand where no key can be",
    "could not find expected ':'": "a key must be followed by a colon and a blank",
    "found character '\\t' that cannot start any token": (
        "a tab stands where YAML wants blanks; indent with blanks"
    ),
}
_FROM_ITS_START = ("while scanning a quoted scalar", "while scanning a simple key")


def _report_error(file: SourceFile, error: yaml.YAMLError, findings: Findings) -> None:
    """YAML's own complaint, for what no trap explains."""
    offset, problem = 0, "cannot be read"
    if isinstance(error, yaml.MarkedYAMLError):
        problem = error.problem or problem
        mark = error.problem_mark or error.context_mark
        if error.context in _FROM_ITS_START and error.context_mark is not None:
            mark = error.context_mark
        offset = int(mark.index) if mark is not None else 0
    elif isinstance(error, yaml.reader.ReaderError):
        offset = int(error.position)
        character: Any = error.character  # a number, against what its type says
        number = character if isinstance(character, int) else ord(character[:1])
        problem = f"the character U+{number:04X} cannot stand in it"
    offset = min(offset, len(file.text))
    if offset == len(file.text) and offset and file.text[offset - 1] == "\n":
        offset = len(file.text.rstrip("\n"))
    end = max(_line_end(file.text, offset), offset)
    message = _WORDED.get(problem, f"YAML does not parse: {problem}")
    findings.report(
        "SRC002", message, Span(file.path, offset, end), hint=_false_dash(file.text, offset)
    )


def _false_dash(text: str, offset: int) -> str | None:
    """The cure where this line, or the last one above, begins with a dash that is no hyphen."""
    before = [line for line in text[:offset].split("\n")[:-1] if line.strip()][-1:]
    for line in (*before, text[text.rfind("\n", 0, offset) + 1 : _line_end(text, offset)]):
        if line.lstrip().startswith(tuple(_DASHES)):
            return f"“{line.lstrip()[0]}” is no hyphen; begin the item with “- ”"
        if re.match(r"\s*-[^\s-]", line):
            return "a hyphen wants a blank after it: “- ”"
    return None


# Lines, and how a value is quoted


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    while end > offset and text[end - 1] in " \t":
        end -= 1
    return end


def _parent_column(text: str, offset: int) -> int:
    """The column of the key or dash that a value belongs to."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    lead = _LEAD.match(line)
    assert lead is not None
    if lead.end() < len(line):
        return lead.end()
    return _dash_column(lead.group()) if "-" in lead.group() else -1


def _hint(text: str, start: int, end: int) -> str:
    before = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return f"write: {before} {_quoted(text[start:end])}".replace(":  ", ": ")


def _quoted(raw: str) -> str:
    """A value as it should have been written: in single quotes, apostrophes doubled."""
    words = raw.strip()
    if words.startswith("'"):
        inner = words[1:]
        comment = re.search(r"'[ \t]+#[^']*$", inner)
        if comment:
            inner = inner[: comment.start() + 1]
        if inner.endswith("'"):
            words = inner[:-1].replace("''", "'")
        elif not re.search(r"(?<!')'(?!\w|')", inner):
            words = inner.replace("''", "'")
    elif re.fullmatch(r'"(?:[^"\\]|\\.)*"', words):
        words = words[1:-1]
    return "'" + words.replace("'", "''") + "'"
