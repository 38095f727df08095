"""The index as the editor declares it: headings, the forms that name them, passages."""

from __future__ import annotations

from dataclasses import dataclass

from printedition.edition.quotation import Quotation, Value
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class IndexHeading:
    """A heading, the forms by which the text names it, and passages given by quotation."""

    heading: Value
    sort: str
    description: str
    forms: tuple[Value, ...]
    passages: tuple[Quotation, ...]
    see: tuple[Value, ...]
    see_also: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Index:
    """The headings of one index, read from `path`."""

    path: str
    headings: tuple[IndexHeading, ...]
