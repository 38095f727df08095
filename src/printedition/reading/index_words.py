"""The words of headings of an index: as they are named, and as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from printedition.diagnostics import Findings
from printedition.edition.quotation import Value
from printedition.edition.signs import MARK_KEYS, MARK_KINDS
from printedition.edition.text import (
    Citation,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Mark,
    PageBreak,
    Words,
    plain_text,
    walk_inlines,
)
from printedition.reading.inline import has_marks, parse_value, plain_name
from printedition.sources import Span

# What is no mark at all has been reported as that.
_REFUSED_KINDS = frozenset(MARK_KINDS) - {"small-caps"}
_REFUSED_KEYS = frozenset(MARK_KEYS) - {"lang"}
_NAMES: dict[type[Inline], str] = {
    Citation: "citation",
    Image: "picture",
    LineBreak: "end of a line",
    Link: "link",
    PageBreak: "page break",
}


def read_heading(value: Value, findings: Findings) -> tuple[Value, tuple[Inline, ...]]:
    """The plain words of a heading, and its words with their marks where it has any.

    Reports the marks that no heading can have.
    """
    if not has_marks(value.text):
        return value, ()
    inlines = parse_value(value, folder="", findings=findings)
    for name, place in refused(inlines):
        findings.report(
            "IDX015",
            f"a heading of an index takes no {name}",
            place,
            hint="headings take *emphasis*, [words]{lang=de} and [words]{.small-caps}; to print "
            "a bracket write \\[",
        )
    return plain_and_marked(value, inlines)


def plain_and_marked(value: Value, inlines: tuple[Inline, ...]) -> tuple[Value, tuple[Inline, ...]]:
    """The plain words of a value, and what it was parsed to where any of them are marked."""
    marked = any(not isinstance(each, Words) for each in inlines)
    return Value(plain_text(inlines), value.span), inlines if marked else ()


def plain_names(values: Iterable[Value]) -> tuple[Value, ...]:
    """The headings that others refer to, by their plain words."""
    return tuple(Value(plain_name(value.text), value.span) for value in values)


def refused(inlines: Sequence[Inline]) -> Iterator[tuple[str, Span]]:
    """What a heading or a title cannot have, and where it stands."""
    for each in walk_inlines(tuple(inlines)):
        if name := _NAMES.get(type(each)):
            yield name, each.span
        elif isinstance(each, Mark):
            braces = each.attributes
            for kind in braces.kinds:
                if kind in _REFUSED_KINDS:
                    yield f"mark .{kind}", braces.place(f".{kind}")
            for key in braces.values:
                if key in _REFUSED_KEYS:
                    yield f"{key}=", braces.place(f"{key}=")
            if braces.id is not None:
                yield "id", braces.place(f"#{braces.id}")
        if isinstance(each, Mark | Emphasis) and not plain_text(each.children).strip():
            yield "mark without words", each.span
