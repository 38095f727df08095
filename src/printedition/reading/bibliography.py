"""From the tree of bibliography.yaml to the works that an edition may cite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printedition.diagnostics import Findings, Label
from printedition.edition.bibliography import Bibliography, Work, WorkDate, WorkName
from printedition.edition.quotation import Value
from printedition.reading.fields import Fields, check_either
from printedition.reading.works import (
    BIBLIOGRAPHY,
    DATE_OF_WORK,
    NAMES,
    NUMBER,
    variables,
)
from printedition.reading.yamltree import Node, read_yaml
from printedition.sources import SourceFile, Span

# EDTF level 1 as far as catalogues use it: year, month, day, and a sign of doubt.
_DATE = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?([~?%]?)")
_KEY = re.compile(r"@(\*|[^\s,;\]]+)")
_LAST_DOCUMENT = re.compile(r"\n(?:---|\.\.\.)[ \t]*\n*\Z")
_RENAMED = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short"}
_SEASONS = range(13, 25)  # in place of a month: 13–16 of CSL, 21–24 of EDTF


def read_bibliography(file: SourceFile, findings: Findings) -> Bibliography:
    """The works of bibliography.yaml; what is wrong was reported and is left out.

    Pandoc ends the file with a line that YAML takes for another document; it is not read.
    """
    tail = _LAST_DOCUMENT.search(file.text)
    node = read_yaml(SourceFile(file.path, file.text[: tail.start() + 1]) if tail else file,
                     findings)  # fmt: skip
    if node is None:
        return Bibliography(is_broken=True)
    records, listed = _records(node, findings)
    works = []
    first: dict[str, Value] = {}
    for record in records:
        key = record.words("id")
        if key is None:
            continue
        earlier = first.setdefault(key.text, key)
        if earlier is not key:
            findings.report(
                "BIB003",
                f"two works have the key “{key.text}”",
                key.span,
                labels=(Label(earlier.span, "the first is here"),),
                hint="give one of them another key; a citation could mean either",
            )
            continue
        works.append(_work(key, record, findings))
    return Bibliography(tuple(works), listed)


def _records(node: Node, findings: Findings) -> tuple[tuple[Fields, ...], tuple[Value, ...]]:
    checked = check_either(node, BIBLIOGRAPHY, "bibliography.yaml", findings)
    if isinstance(checked, Fields):
        return checked.records("references"), tuple(_listed(checked.words("nocite")))
    if isinstance(checked, tuple):
        return tuple(each for each in checked if isinstance(each, Fields)), ()
    return (), ()


def _listed(nocite: Value | None) -> Iterator[Value]:
    """The keys that `nocite:` names, each with its place in a value that stands on one line."""
    if nocite is None:
        return
    span = nocite.span
    start = span.start + (span.end - span.start > len(nocite.text))
    for found in _KEY.finditer(nocite.text):
        place = Span(span.source, start + found.start(), start + found.end())
        yield Value(found[1], place)


def _work(key: Value, record: Fields, findings: Findings) -> Work:
    words = {
        _RENAMED.get(name, name): record.text(name)
        for name in variables(NUMBER)
        if name in record.sound
    }
    names = {name: _names(record, name) for name in variables(NAMES) if name in record.sound}
    dates = {
        name: _date(record, name, findings)
        for name in variables(DATE_OF_WORK)
        if name in record.sound
    }
    return Work(key, record.text("type", "document"), words, names, dates)


def _names(record: Fields, variable: str) -> tuple[WorkName, ...]:
    return tuple(
        WorkName(
            family=name.text("family"),
            given=name.text("given"),
            dropping=name.text("dropping-particle"),
            non_dropping=name.text("non-dropping-particle"),
            suffix=name.text("suffix"),
            literal=name.text("literal"),
        )
        for name in record.records(variable)
    )


# Dates


def _date(record: Fields, variable: str, findings: Findings) -> WorkDate:
    """A date in any of the forms that CSL-YAML has."""
    said = record.words(variable)
    if said is not None:
        return _in_words(said.text)
    parts = record.record(variable)
    if parts is None:
        dates = tuple(_parts(each, findings) for each in record.records(variable))
        return WorkDate(tuple(date.parts[0] for date in dates if date.parts)[:2])
    return _parts(parts, findings)


def _in_words(said: str) -> WorkDate:
    """`1922-09-26`, `1922~`, `1950/1955`; anything else is printed as it stands."""
    found = [_DATE.fullmatch(end.strip()) for end in said.split("/")]
    dates = [
        tuple(int(part) for part in one.groups()[:3] if part) for one in found if one is not None
    ]
    if len(dates) != len(found) or len(found) > 2 or not all(map(_is_date, dates)):
        return WorkDate(literal=said)
    return WorkDate(tuple(dates), circa=any(one is not None and one[4] for one in found))


def _parts(fields: Fields, findings: Findings) -> WorkDate:
    lists = list(fields.lists("date-parts"))
    if fields.words("year"):
        single = (fields.words(part) for part in ("year", "month", "day"))
        lists = [tuple(value for value in single if value is not None)]
    dates = []
    for values in lists[:2]:
        date = tuple(int(value.text) for value in values)
        if _is_date(date):
            dates.append(date)
        elif values:
            findings.report(
                "SRC005",
                f"there is no such day as {'-'.join(value.text for value in values)}",
                values[0].span,
                hint="write year, month and day as numbers, or a date in words under literal:",
            )
    literal, raw = fields.text("literal"), fields.text("raw")
    if not dates:
        return WorkDate(literal=literal) if literal else _in_words(raw)
    circa = fields.text("circa").lower() not in ("", "false", "0", "no")
    season = int(fields.text("season", "0"))
    return WorkDate(tuple(dates), circa=circa, season=season if 1 <= season <= 4 else 0)


def _is_date(parts: tuple[int, ...]) -> bool:
    month = parts[1] if len(parts) > 1 else 1
    day = parts[2] if len(parts) > 2 else 1
    return bool(parts) and (1 <= month <= 12 or month in _SEASONS) and 1 <= day <= 31
