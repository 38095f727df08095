"""Lines of a record file, and how a value in them should have been written."""

from __future__ import annotations

import re

LEAD = re.compile(r"[ ]*(?:-[ ]+)*")  # what stands before a key or value: blanks and dashes
MARKS = {"'": "single", '"': "double"}  # of quotations
NOT_CLOSED = "the {} quotation mark that opens this value is not closed"


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, without the blanks at its end."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    while end > offset and text[end - 1] in " \t":
        end -= 1
    return end


def dash_column(lead: str) -> int:
    """The column of the last dash in what stands before a value."""
    return lead.rindex("-")


def parent_column(text: str, offset: int) -> int:
    """The column of the key or dash that a value belongs to."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    lead = LEAD.match(line)
    assert lead is not None
    if lead.end() < len(line):
        return lead.end()
    return dash_column(lead.group()) if "-" in lead.group() else -1


def as_written(text: str, start: int, end: int) -> str:
    """The cure of a value: its line as it should have been written."""
    before = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return f"write: {before} {quoted(text[start:end])}".replace(":  ", ": ")


def quoted(raw: str) -> str:
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
