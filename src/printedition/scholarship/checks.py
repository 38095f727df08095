"""The rules of the trade: every quotation found, every siglum known, every block in one row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from printedition.diagnostics import Findings, Label, did_you_mean
from printedition.edition.apparatus import WORDED, ApparatusEntry, ReadingKind
from printedition.edition.commentary import Note
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.index import Index
from printedition.edition.quotation import Passage, Value
from printedition.edition.text import (
    Block,
    Heading,
    Inline,
    Mark,
    Take,
    Text,
    leaves_of,
    walk,
    walk_inlines,
)
from printedition.edition.versions import Move, Parallel
from printedition.scholarship.finder import Finder, Purpose, occurrences
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry and the passage of its lemma, with the lemma's words."""

    entry: ApparatusEntry
    passage: Passage
    words: str


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note of the commentary and the passage that it is about."""

    note: Note
    passage: Passage


@dataclass(frozen=True, slots=True)
class FoundMove:
    """Moved words: where they stood, and where they stand."""

    move: Move
    source: Passage
    target: Passage


@dataclass(frozen=True, slots=True)
class Scholarship:
    """All that stands off from the texts, found in them."""

    finder: Finder
    entries: tuple[FoundEntry, ...]
    notes: tuple[FoundNote, ...]
    moves: tuple[FoundMove, ...]
    passages: tuple[tuple[int, Passage], ...]  # number of the index heading, passage


def check(edition: Edition, findings: Findings) -> Scholarship:
    """Hold an edition against the rules; faults are reported, what is sound is returned."""
    finder = Finder(edition, findings)
    whole = all(entry.id.text in edition.texts for entry in edition.text_entries)
    if whole:  # else most faults would only follow from the text that could not be read
        _check_takes(edition, findings)
        _check_references(edition, findings)
    _check_sections(edition, findings)
    entries = tuple(_entries(edition, finder, findings))
    notes = tuple(
        FoundNote(note, passage)
        for note in edition.notes
        if (passage := finder.find(note.anchor, Purpose.WORDS))
    )
    moves = []
    for parallel in edition.parallels.values():
        if whole:
            _check_parallel(edition, parallel, findings)
        for move in parallel.moves:
            source = finder.find(move.source, Purpose.WORDS)
            target = finder.find(move.target, Purpose.WORDS)
            if source and target:
                moves.append(FoundMove(move, source, target))
    passages = []
    for index in edition.indexes.values():
        _check_index(edition, index, findings, whole=whole)
        for number, heading in enumerate(index.headings):
            for quotation in heading.passages:
                if passage := finder.find(quotation, Purpose.WORDS):
                    passages.append((number, passage))
    return Scholarship(finder, entries, notes, tuple(moves), tuple(passages))


def words_of(edition: Edition, passage: Passage) -> str:
    """The words of a passage, its leaves joined by a space."""
    leaves = edition.texts[passage.text].leaves
    if passage.first == passage.last:
        return leaves[passage.first].plain[passage.start : passage.end]
    middle = [leaf.plain for leaf in leaves[passage.first + 1 : passage.last]]
    first = leaves[passage.first].plain[passage.start :]
    last = leaves[passage.last].plain[: passage.end]
    return " ".join([first, *middle, last])


def _entries(edition: Edition, finder: Finder, findings: Findings) -> Iterator[FoundEntry]:
    known = {witness.siglum for witness in edition.witnesses}
    for entry in edition.apparatus:
        cited = [*entry.witnesses, *(w for reading in entry.readings for w in reading.witnesses)]
        for siglum in cited:
            if siglum.text not in known:
                findings.report(
                    "WIT001",
                    f"no witness has the siglum “{siglum.text}”",
                    siglum.span,
                    hint=did_you_mean(siglum.text, known),
                )
        passage = finder.find(entry.lemma, Purpose.LEMMA)
        if passage is None:
            continue
        words = words_of(edition, passage)
        for reading in entry.readings:
            if reading.kind is ReadingKind.SUBSTITUTION and reading.words == words:
                findings.report("APP002", f"the reading “{words}” equals its lemma", reading.span)
            elif reading.kind in WORDED and not reading.words:
                findings.report("APP001", "a reading has no words", reading.span)
        yield FoundEntry(entry, passage, words)


# Takes


def _takes(blocks: tuple[Block, ...]) -> Iterator[Take]:
    for block in walk(blocks):
        if isinstance(block, Take):
            yield block


def _target(edition: Edition, name: str, own: str) -> tuple[str, Block | None] | None:
    """The text and block that a name means, as seen from the text `own`."""
    if name in edition.texts:
        return name, None
    text, _, block = name.partition("/")
    if not block:
        text, block = own, name
    if text in edition.texts:
        for found in walk(edition.texts[text].blocks):
            if found.attributes.id == block:
                return text, found
    return None


def _names(edition: Edition, own: str = "") -> list[str]:
    names = list(edition.texts)
    for text in edition.texts.values():
        for block in walk(text.blocks):
            if block.attributes.id:
                names.append(f"{text.id}/{block.attributes.id}")
                if text.id == own:
                    names.append(block.attributes.id)
    return names


def _check_takes(edition: Edition, findings: Findings) -> None:
    for text in edition.texts.values():
        for take in _takes(text.blocks):
            _check_take(edition, text, take, findings)


def _check_take(edition: Edition, text: Text, take: Take, findings: Findings) -> None:
    for name, span in take.targets:
        target = _target(edition, name, text.id)
        if target is None:
            findings.report(
                "TAK001",
                f"there is no text or block “{name}” to take",
                span,
                hint=did_you_mean(name, _names(edition, text.id)),
            )
            continue
        if _reaches(edition, target, take, set()):
            findings.report(
                "TAK002",
                f"“{name}” takes this fence itself, so that it would never end",
                span,
                hint="store the text once, and take it from there",
            )
    if take.words is not None:
        words, span = take.words
        found = 0
        for name, _ in take.targets:
            target = _target(edition, name, text.id)
            if target is not None:
                blocks = (target[1],) if target[1] else edition.texts[target[0]].blocks
                found += sum(len(occurrences(words, leaf.plain)) for leaf in leaves_of(blocks))
        if found != 1:
            findings.report(
                "TAK001",
                f"the words “{words}” stand {'nowhere' if not found else 'more than once'} "
                "in what is taken",
                span,
            )
    if not take.targets:
        findings.report("TAK001", "take= names nothing", take.span)


def _reaches(
    edition: Edition, target: tuple[str, Block | None], goal: Take, seen: set[str]
) -> bool:
    text, block = target
    blocks = (block,) if block else edition.texts[text].blocks
    for found in walk(blocks):
        if not isinstance(found, Take):
            continue
        if found is goal:
            return True
        for name, _ in found.targets:
            key = f"{text}:{name}"
            nested = _target(edition, name, text)
            if key not in seen and nested is not None:
                seen.add(key)
                if _reaches(edition, nested, goal, seen):
                    return True
    return False


# Sections, references


def _check_sections(edition: Edition, findings: Findings) -> None:
    for section in edition.book:
        if section.kind is SectionKind.TEXT and section.subject.text not in {
            entry.id.text for entry in edition.text_entries
        }:
            findings.report(
                "REF001",
                f"there is no text “{section.subject.text}”",
                section.subject.span,
                hint=did_you_mean(section.subject.text, edition.texts),
            )
        elif section.kind is SectionKind.CORRECTIONS and section.subject.text not in {
            witness.siglum for witness in edition.witnesses
        }:
            findings.report(
                "WIT001",
                f"no witness has the siglum “{section.subject.text}”",
                section.subject.span,
                hint=did_you_mean(
                    section.subject.text, (witness.siglum for witness in edition.witnesses)
                ),
            )


def _references(edition: Edition) -> Iterator[tuple[str, Inline]]:
    bodies: list[tuple[str, tuple[Block, ...]]] = []
    for text in edition.texts.values():
        bodies.append((text.id, text.blocks))
        bodies += [(text.id, note.blocks) for note in text.notes]
    bodies += [("", prose.blocks) for prose in edition.prose.values()]
    for note in edition.notes:
        place = note.anchor.place
        own = place.text.partition("/")[0] if place and "/" in place.text else ""
        bodies.append((own, note.blocks))
    for own, blocks in bodies:
        for leaf in leaves_of(blocks):
            for inline in walk_inlines(leaf.inlines):
                yield own, inline


def _check_references(edition: Edition, findings: Findings) -> None:
    rows = {row.id for parallel in edition.parallels.values() for row in parallel.rows}
    rows |= {section.name for section in edition.book}
    for own, inline in _references(edition):
        if not isinstance(inline, Mark) or (name := inline.attributes.get("ref")) is None:
            continue
        if _target(edition, name, own) is None and name not in rows:
            findings.report(
                "REF001",
                f"there is no text, block, row or section “{name}” to refer to",
                inline.attributes.place("ref"),
                hint=did_you_mean(name, [*_names(edition, own), *rows]),
            )


# Versions


def _check_parallel(edition: Edition, parallel: Parallel, findings: Findings) -> None:
    versions = [version.text.text for version in parallel.versions]
    for version in parallel.versions:
        if version.text.text not in edition.texts:
            findings.report(
                "PAR003",
                f"there is no text “{version.text.text}” to be a version",
                version.text.span,
                hint=did_you_mean(version.text.text, edition.texts),
            )
    placed: dict[str, Value] = {}
    for row in parallel.rows:
        for value in row.blocks:
            text, _, block_id = value.text.partition("/")
            if text not in versions or block_id not in _top_ids(edition, text):
                known = [f"{v}/{b}" for v in versions for b in _top_ids(edition, v)]
                findings.report(
                    "PAR003",
                    f"no version has the block “{value.text}”",
                    value.span,
                    hint=did_you_mean(value.text, known),
                )
            elif value.text in placed:
                findings.report(
                    "PAR002",
                    f"the block “{value.text}” stands in two rows",
                    value.span,
                    labels=[Label(placed[value.text].span, "here already")],
                )
            placed.setdefault(value.text, value)
    for name in versions:
        for block in edition.texts[name].blocks if name in edition.texts else ():
            if isinstance(block, Heading) and block.level == 1:
                continue
            identifier = block.attributes.id
            if identifier is None or f"{name}/{identifier}" not in placed:
                shown = f"the block “{name}/{identifier}”" if identifier else "a block without id"
                place = block.attributes.span or _start_of(block)
                findings.report(
                    "PAR001",
                    f"{shown} of a version stands in no row of {parallel.path}",
                    place,
                    hint="add it to the row where it belongs, or give it a row of its own",
                )


def _start_of(block: Block) -> Span:
    return Span(block.span.source, block.span.start, block.span.start + 1)


def _top_ids(edition: Edition, text: str) -> list[str]:
    blocks = edition.texts[text].blocks if text in edition.texts else ()
    return [block.attributes.id for block in blocks if block.attributes.id]


# Index


def _check_index(edition: Edition, index: Index, findings: Findings, *, whole: bool) -> None:
    plains = [leaf.plain for text in edition.texts.values() for leaf in text.leaves]
    bodies = [note.blocks for note in edition.notes]
    bodies += [prose.blocks for prose in edition.prose.values()]
    bodies += [note.blocks for text in edition.texts.values() for note in text.notes]
    plains += [leaf.plain for body in bodies for leaf in leaves_of(body)]
    printed = "\n\n".join(plains)
    headings: dict[str, Value] = {}
    for heading in index.headings:
        name = heading.heading.text
        if name in headings:
            findings.report(
                "IDX002",
                f"the heading “{name}” stands twice",
                heading.heading.span,
                labels=[Label(headings[name].span, "here already")],
            )
        headings.setdefault(name, heading.heading)
    for heading in index.headings:
        for form in heading.forms:
            if whole and not occurrences(form.text, printed):
                findings.report(
                    "IDX001",
                    f"the form “{form.text}” occurs nowhere in the book",
                    form.span,
                    hint="a form is found exactly as printed; correct it or take it out",
                )
        for other in (*heading.see, *heading.see_also):
            if other.text not in headings:
                findings.report(
                    "IDX003",
                    f"the index has no heading “{other.text}”",
                    other.span,
                    hint=did_you_mean(other.text, headings),
                )
