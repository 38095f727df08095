"""Changes told to people, as text for a terminal or a page of HTML, and to programs as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from printedition.revision.changes import Changes, Correction, HeadingChange, Note, NoteChange
from printedition.revision.page_changes import in_ranges
from printedition.revision.printing import Printing
from printedition.revision.stream import Place

FORMAT = 1
_LONG = 12  # words: of a longer passage its beginning and end are quoted


def as_json(changes: Changes) -> str:
    """The changes for programs; places have the folio, the line on the count and on the page."""
    told = {
        "format": FORMAT,
        "old": _named(changes.old),
        "new": _named(changes.new),
        "corrections": [asdict(one) for one in changes.corrections],
        "notes": [asdict(one) for one in changes.notes],
        "headings": [asdict(one) for one in changes.headings],
        "pages": [asdict(one) for one in changes.pages if one.what != "same"],
        "chapters": [asdict(one) for one in changes.chapters],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _named(printing: Printing) -> dict[str, str]:
    return {key: getattr(printing, key) for key in ("name", "title", "date", "revision")}


def as_text(changes: Changes) -> str:
    """The changes for a terminal."""
    return "\n".join(_text(changes)) + "\n"


def _text(changes: Changes) -> Iterator[str]:
    yield f"From {called(changes.old)} to {called(changes.new)}:"
    if not changes:
        yield "  nothing has changed"
        return
    for heading, lines in parts(changes):
        yield ""
        yield heading
        yield from (f"  {line}" for line in lines)


def called(printing: Printing) -> str:
    """How a printing is called: by its name and date."""
    return " ".join(filter(None, (printing.name, printing.date and f"({printing.date})")))


def parts(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """The parts of a report that have anything to say, each with its heading and lines."""
    titles = {one.id: one.title for p in (changes.old, changes.new) for one in p.sections}
    told = {
        "Text": [correction(one, titles) for one in changes.corrections],
        "Entries and notes": [note_change(one, titles) for one in changes.notes],
        "Index": [_heading(one) for one in changes.headings],
        "Pages": list(_pages(changes)),
        "Chapters of the e-book": [f"{one.title}: {one.what}" for one in changes.chapters],
    }
    yield from ((heading, lines) for heading, lines in told.items() if lines)


def place(place: Place) -> str:
    """Page and line; of a line without a number, which from the top of its page."""
    if not place.page:
        return "nowhere"
    if place.number:
        return f"page {place.page}, line {place.number}"
    if not place.row:
        return f"page {place.page}, heading"
    return f"page {place.page}, {_ordinal(place.row)} line from the top"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def correction(one: Correction, titles: dict[str, str]) -> str:
    """A correction in a line: where it stood, what was changed, where it stands."""
    where = f"{titles[one.section]}{f' ({one.version})' if one.version else ''}, {place(one.old)}"
    now = "" if place(one.old) == place(one.new) else f" (now {place(one.new)})"
    if one.moved:
        what = f"“{shortened(one.before)}” moved to {place(one.new)}"
    elif not one.before:
        what = f"after “{one.follows}” put in “{shortened(one.after)}”{now}"
    elif not one.after:
        what = f"“{shortened(one.before)}” taken out{now}"
    else:
        what = f"“{shortened(one.before)}” → “{shortened(one.after)}”{now}"
    return f"{where}: {what}{_remark(one)}"


def _remark(one: Correction) -> str:
    """What the editor says of a correction."""
    silent = "" if one.silent is None else "silent" if one.silent else "not silent"
    told = "; ".join(filter(None, (one.comment, one.credit, silent)))
    return f" [{told}]" if told else ""


def shortened(words: str) -> str:
    """A long passage by its beginning and end."""
    each = words.split()
    if len(each) <= _LONG:
        return words
    return f"{' '.join(each[:6])} … {' '.join(each[-4:])}"


def note_change(one: NoteChange, titles: dict[str, str]) -> str:
    """What became of an entry or note, in a line."""
    note = one.old or one.new
    assert note is not None
    where = f"{titles[note.section]}, {note_place(note)}"
    if one.old is None:
        return f"{where}: added “{shortened(note.words)}”"
    if one.new is None:
        return f"{where}: removed “{shortened(note.words)}”"
    now = "" if note_place(one.new) == note_place(one.old) else f" (now {note_place(one.new)})"
    if one.moved:
        return f"{where}: “{shortened(note.words)}” moved{now}"
    return f"{where}: “{shortened(one.old.words)}” → “{shortened(one.new.words)}”{now}"


def note_place(note: Note) -> str:
    """Where a note stands: its page, and its numeral or the line that it is about."""
    if note.kind == "note":
        return f"page {note.page}, note {note.mark}"
    name = "margin" if note.kind == "margin" else note.kind
    return f"page {note.page}, {name} to line {note.line}" if note.line else (
        f"page {note.page}, {name}"
    )  # fmt: skip


def _heading(one: HeadingChange) -> str:
    if one.old is None:
        return f"“{one.words}” added: {_locators(one.new or ())}"
    if one.new is None:
        return f"“{one.words}” removed"
    return f"“{one.words}”: {_locators(one.old)} → {_locators(one.new)}"


def _locators(locators: Sequence[str]) -> str:
    return ", ".join(locators) or "no place"


def _pages(changes: Changes) -> Iterator[str]:
    if all(one.what == "same" for one in changes.pages):
        return
    order = [*changes.old.labels, *(n for n in changes.new.labels if n not in changes.old.labels)]
    said = {"same": "as before", "changed": "changed, and begin and end as before"}
    for what in ("changed", "moved", "added", "removed", "same"):
        labels = [one.label for one in changes.pages if one.what == what]
        if labels:
            yield f"{in_ranges(labels, order)}: {said.get(what, what)}"
