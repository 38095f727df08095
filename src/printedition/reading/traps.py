"""Where YAML fails: the values that make it fail, and its own complaints of what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import yaml

from printedition.diagnostics import Findings
from printedition.frozen import dataclass
from printedition.reading.quoting import LEAD, MARKS, NOT_CLOSED, dash_column, line_end, quoted
from printedition.sources import SourceFile, Span

# The C parser is some ten times faster; the other stands in where PyYAML was built without it.
FAST: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 32  # lists and records one inside another


@dataclass(frozen=True, slots=True)
class Trap:
    """A value that makes YAML fail: what is said of it, and where it ends in the file."""

    message: str
    span: Span
    hint: str | None
    end: int


_KEY = re.compile(r"""(?:[^\W\d][\w-]*|'[^'\n]*'|"[^"\n]*")[ ]*:(?=[ \t]|$)[ \t]*""")
# A value that begins so, or has such a stretch inside, may be a trap; YAML itself decides.
_SUSPECT = re.compile(r"""["'*@`%&!{}\[\]|>,?:#-]|.*?:(?:[ \t]|$)""")
_SOUND = re.compile(r"""(?:'(?:[^']|'')*'|"[^"\\]*")[ \t]*(?:[ \t]#.*)?$""")


@dataclass(frozen=True, slots=True)
class _Value:
    """What stands after a key or dash, with the lines below it that are indented more.

    `lines` begin with the whole line of its key or dash, whose column is `parent`.
    """

    lines: list[str]
    column: int
    parent: int
    offset: int

    @property
    def first(self) -> str:
        return self.lines[0][self.column :]

    @property
    def written(self) -> list[str]:
        return [self.first, *self.lines[1:]]

    def parses(self) -> bool:
        """Whether YAML takes the value by itself."""
        is_sound = _SOUND.match(self.first)
        if len(self.lines) == 1 and (is_sound or not _SUSPECT.match(self.first)):
            return True
        if _parses(" " * self.parent + "x: " + "\n".join(self.written)):
            return True
        return bool(is_sound)  # the value is whole; what fails is below it, and no value's fault


def _values(text: str) -> Iterator[_Value]:
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    number = 0
    while number < len(lines):
        first, line = number, lines[number]
        number += 1
        lead = LEAD.match(line)
        assert lead is not None
        key = _KEY.match(line, lead.end())
        column = key.end() if key else lead.end()
        rest = line[column:]
        if not rest.strip() or rest.startswith("#") or (key is None and "-" not in lead.group()):
            continue
        parent = lead.end() if key else dash_column(lead.group())
        while number < len(lines) and _continues(lines[number], parent):
            number += 1
        last = number
        while last > first + 1 and not lines[last - 1].strip():
            last -= 1
        yield _Value(lines[first:last], column, parent, starts[first])


def _continues(line: str, parent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > parent


def traps(file: SourceFile) -> Iterator[Trap]:
    """Each value of the file that does not parse by itself."""
    for value in _values(file.text):
        if value.parses():
            continue
        line = value.lines[0]
        shown = Span(file.path, value.offset + value.column, value.offset + len(line.rstrip()))
        whole = " ".join(part.strip() for part in value.written)
        yield Trap(
            _message(value.first, "\n".join(value.written)),
            shown,
            f"write: {line[: value.column].strip()} {quoted(whole)}",
            value.offset + len("\n".join(value.lines)),
        )


def _parses(snippet: str) -> bool:
    depth = 0
    try:
        for event in yaml.parse(snippet, Loader=FAST):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth += 1
                if depth > DEEPEST:
                    return True
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return False
    return True


def _message(first_line: str, whole: str) -> str:
    sign = first_line[0]
    if sign in MARKS:
        body = whole[1:].replace("''", "") if sign == "'" else re.sub(r"\\.", "", whole[1:])
        closing = body.find(sign)
        if closing < 0:
            return NOT_CLOSED.format(MARKS[sign])
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


def masked(text: str, traps: tuple[Trap, ...]) -> str:
    """The text with every trap made harmless words of the same length."""
    parts, position = [], 0
    for trap in traps:
        parts.append(text[position : trap.span.start])
        parts.append(re.sub(r"[^\n]", "x", text[trap.span.start : trap.span.end]))
        parts.append(re.sub(r"[^\s]", "x", text[trap.span.end : trap.end]))
        position = trap.end
    return "".join([*parts, text[position:]])


# What YAML says itself

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


def report_error(file: SourceFile, error: yaml.YAMLError, findings: Findings) -> None:
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
    end = max(line_end(file.text, offset), offset)
    message = _WORDED.get(problem, f"YAML does not parse: {problem}")
    findings.report(
        "SRC002", message, Span(file.path, offset, end), hint=_false_dash(file.text, offset)
    )


def _false_dash(text: str, offset: int) -> str | None:
    """The cure where this line, or the last one above, begins with a dash that is no hyphen."""
    before = [line for line in text[:offset].split("\n")[:-1] if line.strip()][-1:]
    for line in (*before, text[text.rfind("\n", 0, offset) + 1 : line_end(text, offset)]):
        if line.lstrip().startswith(tuple(_DASHES)):
            return f"“{line.lstrip()[0]}” is no hyphen; begin the item with “- ”"
        if re.match(r"\s*-[^\s-]", line):
            return "a hyphen wants a blank after it: “- ”"
    return None
