"""References held against what they lead to, and the names by which things are referred to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printedition.diagnostics import Findings, Label
from printedition.edition.apparatus import ApparatusEntry
from printedition.edition.commentary import Note
from printedition.edition.edition import Edition, SectionEntry, SectionKind
from printedition.edition.quotation import Value
from printedition.edition.signs import REFERENCE_FORMS, REFERENCE_KEYS
from printedition.edition.syllabus import Assignment
from printedition.edition.text import Attributes, Block, Inline, Mark, walk, walk_inlines
from printedition.edition.versions import Row
from printedition.scholarship.apparatus import FoundEntry
from printedition.scholarship.citing import heads_of
from printedition.scholarship.notes import FoundNote
from printedition.scholarship.printed import Printed
from printedition.scholarship.targets import Target, TargetKind, Targets
from printedition.sources import Span

# What has a beginning and an end in a text, so that a range may run from or to it.
_STRETCHES = frozenset({TargetKind.BLOCK, TargetKind.WORDS})


def check_references(
    targets: Targets,
    entries: Sequence[FoundEntry],
    notes: Sequence[FoundNote],
    findings: Findings,
) -> None:
    """Report references that lead nowhere, or to what the book does not print."""
    _check_names(targets, findings)
    printed: Printed | None = None
    sound = not findings.has_errors  # else a text may be lost to another fault only
    for own, attributes, empty in references(targets.edition):
        target = _target(targets, own, attributes, "ref", findings)
        _check_keys(attributes, empty, findings)
        if "ref" not in attributes.values or target is None:
            continue
        printed = printed or Printed(targets.places, entries, notes)
        if sound:
            _check_printed(target, attributes, printed, findings)
        if "to" in attributes.values:
            _check_range(targets, target, own, attributes, findings)
    for event in targets.edition.dated_events:
        if event.place is not None and targets.find(event.place.text, "") is None:
            findings.report(
                "REF001",
                f"there is nothing called “{event.place.text}” to tell of this",
                event.place.span,
                hint=findings.near(event.place.text, targets.names("")),
            )


def references(edition: Edition) -> Iterator[tuple[str, Attributes, bool]]:
    """All braces of a reference: the text or prose they stand in, and whether on no words."""
    for own, blocks in _bodies(edition):
        for block in walk(blocks):
            if _refers(block.attributes):
                yield own, block.attributes, False
            yield from ((own, *found) for found in _marks(getattr(block, "inlines", ())))
    for inlines in _records(edition):
        yield from (("", *found) for found in _marks(inlines))
    for assigned in assignments(edition):
        yield "", assigned.reference, False


def assignments(edition: Edition) -> Iterator[Assignment]:
    """All that the syllabus has to be read."""
    for session in edition.syllabus:
        yield from session.readings


def referred(targets: Targets) -> frozenset[str]:
    """The names of all that references lead to."""
    found = (
        targets.find(attributes.values[key], own)
        for own, attributes, _ in references(targets.edition)
        for key in ("ref", "to")
        if key in attributes.values
    )
    return frozenset(target.name for target in found if target)


def _refers(attributes: Attributes) -> bool:
    return any(key in attributes.values for key in REFERENCE_KEYS)


def _marks(inlines: tuple[Inline, ...]) -> Iterator[tuple[Attributes, bool]]:
    for inline in walk_inlines(inlines):
        if isinstance(inline, Mark) and _refers(inline.attributes):
            yield inline.attributes, not inline.children


def _bodies(edition: Edition) -> Iterator[tuple[str, tuple[Block, ...]]]:
    for text in edition.texts.values():
        yield text.id, text.blocks
        yield from ((text.id, note.blocks) for note in text.notes)
    names = {s.subject.text: s.name for s in edition.book if s.kind is SectionKind.PROSE}
    for path, prose in edition.prose.items():
        yield names.get(path, ""), prose.blocks
        yield from ((names.get(path, ""), note.blocks) for note in prose.notes)
    for note in edition.notes:
        place = note.anchor.place
        yield place.text.partition("/")[0] if place and "/" in place.text else "", note.blocks


def _records(edition: Edition) -> Iterator[tuple[Inline, ...]]:
    """The marked words of records."""
    yield from (*edition.imprint.source, *edition.imprint.rights, *edition.imprint.cite)
    for head in heads_of(edition):
        yield from (*head.source, *head.rights)
    yield from (witness.description for witness in edition.witnesses)
    yield from (scholar.description for scholar in edition.scholars)
    yield from (words for date in edition.dated_events for words in (date.evidence, date.note))
    yield from (session.note for session in edition.syllabus)
    for entry in edition.apparatus:
        yield entry.note
        yield from (reading.note for reading in entry.readings)


def _target(
    targets: Targets, own: str, attributes: Attributes, key: str, findings: Findings
) -> Target | None:
    """What a key of a reference names; None, and reported, where that is nothing."""
    name = attributes.get(key)
    found = targets.find(name, own) if name is not None else None
    if name is not None and found is None:
        findings.report(
            "REF001",
            f"there is nothing called “{name}” to refer to",
            attributes.place(key),
            hint=findings.near(name, targets.names(own)),
        )
    return found


def _check_keys(attributes: Attributes, empty: bool, findings: Findings) -> None:
    """Report what says of a reference what it cannot say."""
    stated = [key for key in REFERENCE_KEYS[1:] if key in attributes.values]
    if "ref" not in attributes.values:
        key = stated[0]
        findings.report(
            "REF003",
            f"“{key}” is said of a reference, and here is none",
            attributes.place(f"{key}="),
            hint="add ref= with what it leads to",
        )
        return
    form = attributes.get("form")
    if form is not None and form not in REFERENCE_FORMS:
        findings.report(
            "REF003",
            f"“{form}” is no form of a reference",
            attributes.place("form"),
            hint=findings.near(form, REFERENCE_FORMS),
        )
    elif form == "words" and empty:
        findings.report(
            "REF003",
            "this reference has no words, and form=words lets the program add none",
            attributes.place("form"),
            hint="write words in the brackets, or take form=words out",
        )


def _check_printed(
    target: Target, attributes: Attributes, printed: Printed, findings: Findings
) -> None:
    sections = printed.sections(target)
    wanted = attributes.get("in")
    if not sections:
        findings.report(
            "REF002",
            f"the book does not print the {target.kind.value} “{attributes.get('ref')}”",
            attributes.place("ref"),
            hint="add what holds it under book: in edition.yaml, or refer to another place",
        )
    elif wanted is not None and wanted not in sections:
        findings.report(
            "REF002",
            f"“{attributes.get('ref')}” does not appear in “{wanted}”",
            attributes.place("in"),
            hint="it appears in " + ", ".join(f"“{section}”" for section in sections),
        )


def _check_range(
    targets: Targets, target: Target, own: str, attributes: Attributes, findings: Findings
) -> None:
    """Report a range that is none: its end must follow its beginning in one text."""
    end = _target(targets, own, attributes, "to", findings)
    if end is None:
        return
    ranged = target.kind in _STRETCHES and end.kind in _STRETCHES
    if not ranged or target.text != end.text or not 0 <= target.leaf <= end.leaf:
        findings.report(
            "REF003",
            f"no range leads from “{attributes.get('ref')}” to “{attributes.get('to')}”",
            attributes.place("to"),
            hint="a range begins and ends with blocks, or words with an id, of one text",
        )


# Names


def _check_names(targets: Targets, findings: Findings) -> None:
    """Report notes and entries that bear the name of something else, and words likewise."""
    edition = targets.edition
    blocks = {
        str(block.attributes.id): _place(block.attributes)
        for text in edition.texts
        for block in targets.places.blocks(text).values()
    }
    named: dict[str, Span] = {entry.id.text: entry.id.span for entry in edition.text_entries}
    for target in targets.bare():
        own = _own_name(target)
        if own is None:
            named.setdefault(target.name, _span(target))
            continue
        earlier = named.setdefault(own.text, own.span)
        if earlier is own.span:
            earlier = blocks.get(own.text, own.span)
        if earlier is not own.span:
            noun = "a note" if target.kind is TargetKind.NOTE else "an entry"
            findings.report(
                "TXT001",
                f"{noun} has the id “{own.text}”, which something else has too",
                own.span,
                labels=(Label(earlier, "here already"),),
                hint=f"to name the block that a note is about, write ## {own.text} “words”"
                if own.text in blocks and target.kind is TargetKind.NOTE
                else "notes and entries are referred to by their ids alone: give it another",
            )
    for text in edition.texts:
        for name, (_, mark) in targets.words_in(text).items():
            _check_words(text, name, mark, targets, findings)


def _check_words(text: str, name: str, mark: Mark, targets: Targets, findings: Findings) -> None:
    place = _place(mark.attributes)
    block = targets.places.blocks(text).get(name)
    if block is not None:
        findings.report(
            "TXT001",
            f"these words have the id “{name}”, which a block has too",
            place,
            labels=(Label(_place(block.attributes), "here already"),),
        )
    if not mark.children:
        findings.report(
            "REF003",
            f"the id “{name}” stands on no words, and nothing could lead there",
            place,
            hint=f"put a word into the brackets: [word]{{#{name}}}",
        )


def _own_name(target: Target) -> Value | None:
    return target.thing.id if isinstance(target.thing, Note | ApparatusEntry) else None


def _span(target: Target) -> Span:
    """Where what has a name of another kind stands."""
    thing = target.thing
    assert isinstance(thing, Row | SectionEntry)
    return thing.span if isinstance(thing, Row) else thing.subject.span


def _place(attributes: Attributes) -> Span:
    return attributes.place(f"#{attributes.id}")
