"""From the records of edition.yaml to letters, their dates, and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from printedition.diagnostics import Findings, Label
from printedition.edition.abbreviation import Abbreviation
from printedition.edition.dates import (
    ALL_PARTS,
    RECEIVED,
    REGISTERED,
    SENT,
    WRITTEN,
    Certainty,
    DatedEvent,
    Dating,
    Day,
    Part,
)
from printedition.edition.letter import (
    AUTHORITIES,
    Heads,
    Letter,
    LetterHeads,
    ListOfLetters,
    Named,
)
from printedition.reading.fields import Fields
from printedition.reading.values import marked

# The keys of a date, and the field of a Dating that each fills.
_DAYS = {
    "when": "when",
    "from": "start",
    "to": "end",
    "not_before": "not_before",
    "not_after": "not_after",
    "after": "after",
    "before": "before",
}
_SETS = (
    {"when"}, {"from", "to"},
    {"not_before"}, {"after"}, {"not_after"}, {"before"},
    {"not_before", "not_after"}, {"not_before", "before"},
    {"after", "not_after"}, {"after", "before"},
)  # fmt: skip
_SUCCESSION = (WRITTEN, SENT, RECEIVED)
_OF_AUTHORITY = re.compile(r"(?P<file>[a-z]+):(?P<id>[A-Za-z0-9][A-Za-z0-9-]*)")
_WEB = re.compile(r"https?://[^\s<>\"]+")


# Dates


def read_dates(records: tuple[Fields, ...], findings: Findings) -> tuple[DatedEvent, ...]:
    """The dates of a text; what can't be right about one, or about their order, is reported."""
    events = tuple(event for record in records if (event := _event(record, findings)) is not None)
    _report_disorder(events, findings)
    return events


def _event(record: Fields, findings: Findings) -> DatedEvent | None:
    event = record.words("event")
    if event is None:
        return None
    dating = _dating(record, findings)
    printed = record.text("date")
    inferred = _inferred(record)
    if not printed and dating is None and not set(record.stated) & {"date", *_DAYS}:
        findings.report(
            "DAT003",
            f"“{event.text}” has no date",
            event.span,
            hint="write: when: with the day, such as '1922-09-26', or date: with words",
        )
    if inferred and inferred != ALL_PARTS and (printed or dating is None or dating.when is None):
        findings.report(
            "DAT003",
            "only a single day of when: can be inferred in part",
            record.stated["inferred"],
            hint="write: inferred: 'true'",
        )
    return DatedEvent(
        event=event.text,
        printed=printed,
        dating=dating,
        inferred=inferred,
        certainty=Certainty(record.text("certainty", Certainty.HIGH.value)),
        number=record.text("number"),
        place=record.words("in"),
        evidence=marked(record, "evidence", "", findings),
        note=marked(record, "note", "", findings),
        span=event.span,
    )


def _inferred(record: Fields) -> frozenset[Part]:
    said = {value.text for value in record.list("inferred")}
    return ALL_PARTS if "true" in said else frozenset(map(Part, said))


def _dating(record: Fields, findings: Findings) -> Dating | None:
    stated = [key for key in record.stated if key in _DAYS]
    if not stated:
        return None
    if set(stated) not in _SETS:
        findings.report(
            "DAT003",
            " and ".join(f"“{key}”" for key in stated)
            + (" do not make a date together" if len(stated) > 1 else " alone is no date"),
            record.stated[stated[-1]],
            hint="a day is when:, a time is from: and to:, bounds are not_before: or after:, and "
            "not_after: or before:",
        )
        return None
    days = {key: _day(key, record, findings) for key in stated}
    if None in days.values():
        return None
    dating = Dating(**{_DAYS[key]: day for key, day in days.items()})
    earliest, latest = dating.earliest, dating.latest
    if earliest and latest and earliest > latest:
        findings.report(
            "DAT002",
            f"this time ends before it begins: {days[stated[0]]} and {days[stated[-1]]}",
            record.stated[stated[-1]],
            labels=(Label(record.stated[stated[0]], "the other day"),),
        )
        return None
    return dating


def _day(key: str, record: Fields, findings: Findings) -> Day | None:
    value = record.words(key)
    if value is None:
        return None  # which has been reported
    day = Day(*map(int, value.text.split("-")))
    try:
        if not day.first <= day.last:
            raise ValueError
    except ValueError:
        findings.report("DAT001", f"there is no day “{value.text}”", value.span)
        return None
    return day


def _report_disorder(events: tuple[DatedEvent, ...], findings: Findings) -> None:
    """Warn where a letter was sent before it was written, and the like."""
    sure = [e for e in events if e.event in _SUCCESSION and not e.certainty.is_doubtful]
    sure.sort(key=lambda event: _SUCCESSION.index(event.event))
    pairs = list(combinations(sure, 2))
    written = [event for event in sure if event.event == WRITTEN]
    registered = [e for e in events if e.event == REGISTERED and not e.certainty.is_doubtful]
    pairs += [(first, later) for first in written for later in registered]
    for first, later in pairs:
        begun = first.dating.earliest if first.dating else None
        done = later.dating.latest if later.dating else None
        if begun and done and begun > done and first.event != later.event:
            findings.report(
                "DAT004",
                f"“{later.event}” lies before “{first.event}”",
                later.span,
                labels=(Label(first.span, f"{first.event} stands here"),),
                hint="correct one of them, or write: certainty: 'low'",
            )


# Letters


def read_letter(text: Fields, findings: Findings) -> Letter | None:
    """Who sent a letter to whom; who is missing is reported."""
    record = text.record("letter")
    if record is None:
        return None
    for key in ("sender", "addressee"):
        if key not in record.stated:
            findings.report(
                "LET001",
                f"the letter has no {key}",
                text.stated["letter"],
                hint=f"add {key}: with - name:, or with - unknown: 'true' where nobody knows",
            )
    return Letter(
        number=record.text("number"),
        address=record.text("address"),
        senders=tuple(_names(record.records("sender"), findings)),
        addressees=tuple(_names(record.records("addressee"), findings)),
        place=_name(record.record("place"), findings),
        destination=_name(record.record("destination"), findings),
        span=record.span,
    )


def _names(records: tuple[Fields, ...], findings: Findings) -> Iterator[Named]:
    for record in records:
        if (named := _name(record, findings)) is not None:
            yield named


def _name(record: Fields | None, findings: Findings) -> Named | None:
    if record is None or not (record.words("name") or record.flag("unknown")):
        return None
    name = record.text("name")
    return Named(
        name=name,
        head=record.text("head", name),
        authority=read_authority(record, findings),
        institution=record.flag("institution"),
        inferred=record.flag("inferred"),
        certainty=Certainty(record.text("certainty", Certainty.HIGH.value)),
        span=record.span,
    )


def read_authority(record: Fields, findings: Findings) -> str:
    """The address in an authority file, of which the record may give the id alone."""
    stated = record.words("authority")
    if stated is None or _WEB.fullmatch(stated.text):
        return stated.text if stated else ""
    short = _OF_AUTHORITY.fullmatch(stated.text)
    if short and short["file"] in AUTHORITIES:
        return AUTHORITIES[short["file"]] + short["id"]
    findings.report(
        "LET002",
        f"“{stated.text}” is no address in an authority file",
        stated.span,
        hint="write one that begins with https://, or an id after "
        + ", ".join(f"{authority}:" for authority in AUTHORITIES),
    )
    return ""


def read_heads(record: Fields | None) -> LetterHeads:
    """How the heads of letters are worded."""
    if record is None:
        return LetterHeads()
    heads, terms = record.words("heads"), record.record("terms")
    return LetterHeads(
        Heads(heads.text) if heads else None,
        {key: terms.text(key) for key in terms.sound} if terms else {},
    )


def read_list_of_letters(record: Fields | None) -> ListOfLetters | None:
    """What the list of letters for correspSearch says of itself."""
    if record is None:
        return None
    return ListOfLetters(
        url=record.text("url"),
        publisher=record.text("publisher"),
        publisher_url=record.text("publisher_url"),
        editor=record.text("editor"),
        email=record.text("email"),
        kind=record.text("kind", "hybrid"),
        uuid=record.text("uuid"),
        span=record.span,
    )


# Abbreviations


def read_abbreviations(fields: Fields, findings: Findings) -> tuple[Abbreviation, ...]:
    """The abbreviations that are declared; one that is declared twice is reported."""
    found: dict[str, Abbreviation] = {}
    for record in fields.records("abbreviations"):
        abbr = record.words("abbr")
        if abbr is None:
            continue
        if abbr.text in found:
            findings.report(
                "ABB001",
                f"the abbreviation “{abbr.text}” is declared twice",
                abbr.span,
                labels=(Label(found[abbr.text].span, "first here"),),
            )
            continue
        found[abbr.text] = Abbreviation(
            abbr.text, record.text("expansion"), record.text("note"), abbr.span
        )
    return tuple(found.values())
