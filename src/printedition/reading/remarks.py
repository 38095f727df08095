"""Remarks of the editor's, which leave no trace in the text."""

from __future__ import annotations

from printedition.reading.attributes import Setting
from printedition.sources import SourceFile, Span

OPENING, CLOSING = "<!--", "-->"


def check_remark(last: str, start: int, file: SourceFile, setting: Setting) -> None:
    """Report a remark that does not end, or words after its end; `last` is its last line."""
    offset = file.text.index(OPENING, start)
    _, ended, words = last.partition(CLOSING)
    if not ended:
        setting.findings.report(
            "MRK002",
            "this remark is opened and not closed",
            Span(file.path, offset, offset + len(OPENING)),
            hint=f"write {CLOSING} at its end; to print the sign write \\{OPENING}",
        )
    elif words.strip():
        end = file.text.index(CLOSING, offset)
        setting.findings.report(
            "MRK002",
            f"words stand after the end of this remark: “{words.strip()}”",
            Span(file.path, end, end + len(CLOSING)),
            hint="a remark stands alone; begin a new line for the words",
        )
