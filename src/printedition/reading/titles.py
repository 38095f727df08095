"""Titles in records: as they are named, and as they are printed."""

from __future__ import annotations

from printedition.diagnostics import Findings
from printedition.edition.quotation import Value
from printedition.edition.text import Emphasis, Inline, Mark, walk_inlines
from printedition.reading.fields import Fields
from printedition.reading.index_words import plain_and_marked, refused
from printedition.reading.inline import has_marks, parse_value

_TAKES = "titles take *emphasis*, [words]{lang=de} and [words]{.small-caps}; to print an asterisk "


def read_title(
    fields: Fields, key: str, findings: Findings
) -> tuple[Value | None, tuple[Inline, ...]]:
    """The plain words of a title, and its words with their marks where it has any.

    Reports the marks that no title can have.
    """
    value = fields.words(key)
    if value is None or not has_marks(value.text):
        return value, ()
    inlines = parse_value(value, folder="", findings=findings)
    for name, place in refused(inlines):
        findings.report(
            "MRK010", f"a title takes no {name}", place, hint=f"{_TAKES}write \\*, a bracket \\["
        )
    return plain_and_marked(value, inlines)


def read_short_title(fields: Fields, findings: Findings, otherwise: str = "") -> str:
    """A title for running heads, which are of one kind of letters; reports marks in it."""
    value = fields.words("short_title")
    if value is not None and has_marks(value.text):
        found = parse_value(value, folder="", findings=Findings())
        for each in walk_inlines(found):
            if isinstance(each, Emphasis | Mark):
                findings.report(
                    "MRK011",
                    "a short title has no marks; these signs are printed as they stand",
                    each.span,
                    hint="write the words alone",
                )
                break
    return value.text if value is not None else otherwise
