"""The rules of the trade: every quotation found, every siglum known, every block in one row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from printedition.diagnostics import Findings, Label, did_you_mean
from printedition.edition.apparatus import WORDED, ApparatusEntry, ReadingKind
from printedition.edition.edition import Edition, SectionEntry, SectionKind
from printedition.edition.quotation import Passage, Value
from printedition.edition.text import Block, Heading
from printedition.edition.versions import Parallel
from printedition.frozen import dataclass
from printedition.scholarship.abbreviations import report_abbreviations
from printedition.scholarship.agreement import report_disagreement
from printedition.scholarship.apparatus import Apparatus, FoundEntry
from printedition.scholarship.audiences import check_audiences
from printedition.scholarship.citing import check_citations
from printedition.scholarship.extant import Extant
from printedition.scholarship.finder import Finder, Purpose
from printedition.scholarship.headings import Headings
from printedition.scholarship.index_checks import check_indexes
from printedition.scholarship.mentions import FoundPassage, Mentions
from printedition.scholarship.notes import FoundNote
from printedition.scholarship.references import check_references
from printedition.scholarship.rights import report_rights
from printedition.scholarship.takes import check_takes
from printedition.scholarship.targets import Targets
from printedition.scholarship.unprinted import report_unprinted, report_unprinted_questions
from printedition.sources import Span

# Of these kinds, one with the words of its lemma says nothing.
_SAME_WORDS = {ReadingKind.SUBSTITUTION, ReadingKind.CORRECTION, ReadingKind.TRANSPOSITION}


@dataclass(frozen=True, slots=True)
class Scholarship:
    """All that stands off from the texts, found in them."""

    finder: Finder
    entries: tuple[FoundEntry, ...]
    notes: tuple[FoundNote, ...]
    mentions: Mentions
    apparatus: Apparatus
    targets: Targets


def check(edition: Edition, findings: Findings) -> Scholarship:
    """Hold an edition against the rules; faults are reported, what is sound is returned."""
    finder = Finder(edition, findings)
    whole = all(entry.id.text in edition.texts for entry in edition.text_entries)
    if whole:  # else most faults would only follow from the text that could not be read
        check_takes(edition, finder.places, findings)
    _check_sections(edition, findings)
    report_rights(edition, findings)
    check_citations(edition, findings)
    if not findings.has_errors:  # else a text may be lost to another fault only
        report_unprinted(edition, findings)
        report_abbreviations(edition, findings)
    entries = tuple(_entries(edition, finder, findings))
    apparatus = Apparatus(edition, entries, Extant(edition, finder))
    report_disagreement(edition, apparatus, findings)
    notes = tuple(
        FoundNote(note, passage)
        for note in edition.notes
        if (passage := finder.find(note.anchor, Purpose.WORDS))
    )
    if not findings.has_errors:
        report_unprinted_questions(edition, notes, findings)
    targets = Targets(finder.places)
    if whole:
        check_references(targets, entries, notes, findings)
    check_audiences(targets, findings, whole=whole)
    for parallel in edition.parallels.values():
        if whole:
            _check_parallel(edition, parallel, findings)
        for move in parallel.moves:
            finder.find(move.source, Purpose.MOVE)
            finder.find(move.target, Purpose.MOVE)
    headings = Headings(edition)
    passages = tuple(_passages(headings, finder))
    mentions = Mentions(edition, headings, passages)
    check_indexes(edition, mentions, findings, whole=whole)
    for said in edition.corrections.notes:
        finder.find(said.lemma, Purpose.LEMMA)
    return Scholarship(finder, entries, notes, mentions, apparatus, targets)


def _passages(headings: Headings, finder: Finder) -> Iterator[FoundPassage]:
    for number, listed in enumerate(headings.listed):
        for stated in listed.heading.passages:
            quotation = stated.quotation
            if passage := finder.find(quotation, Purpose.WORDS):
                is_range = quotation.to is not None
                yield FoundPassage(number, passage, stated.principal, is_range)


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
    sigla = {witness.siglum for witness in edition.witnesses}
    bands = {band.name for band in edition.bands}
    for witness in edition.witnesses:
        if (hand := witness.hand_of) and hand.text not in sigla:
            _report_no_witness(hand, findings, findings.near(hand.text, sigla))
    for entry in edition.apparatus:
        cited = [*entry.witnesses, *(w for reading in entry.readings for w in reading.witnesses)]
        for siglum in cited:
            if siglum.text not in sigla:
                _report_no_witness(siglum, findings, _cure_of_siglum(siglum.text, sigla, findings))
        if entry.band is not None and entry.band.text not in bands:
            findings.report(
                "APP010",
                f"no band has the name “{entry.band.text}”",
                entry.band.span,
                hint=findings.near(entry.band.text, bands),
            )
        passage = finder.find(entry.lemma, Purpose.LEMMA)
        if passage is not None:
            words = words_of(edition, passage)
            _check_readings(entry, words, findings)
            yield FoundEntry(entry, passage, words)


def _check_readings(entry: ApparatusEntry, lemma: str, findings: Findings) -> None:
    for reading in entry.readings:
        if reading.kind in _SAME_WORDS and reading.words == lemma:
            findings.report("APP002", f"the reading “{lemma}” equals its lemma", reading.span)
        elif reading.kind in WORDED and not reading.words:
            findings.report("APP001", "a reading has no words", reading.span)


def _report_no_witness(siglum: Value, findings: Findings, hint: str | None) -> None:
    findings.report("WIT001", f"no witness has the siglum “{siglum.text}”", siglum.span, hint=hint)


def _cure_of_siglum(siglum: str, known: Collection[str], findings: Findings) -> str | None:
    if siglum.strip(",;[]()") in known:
        return "sigla stand apart by blanks alone: 'A B'"
    near = findings.near(siglum, known)
    return near or "declare the witness under witnesses: in edition.yaml"


# Sections


def _check_sections(edition: Edition, findings: Findings) -> None:
    listed = {entry.id.text for entry in edition.text_entries}
    sigla = {witness.siglum for witness in edition.witnesses}
    for section in edition.book:
        if section.kind is SectionKind.TEXT and section.subject.text not in listed:
            findings.report(
                "REF001",
                f"there is no text “{section.subject.text}”",
                section.subject.span,
                hint=did_you_mean(section.subject.text, edition.texts),
            )
        elif section.kind is SectionKind.REGISTER:
            _check_register(edition, section, findings)
        elif section.kind is SectionKind.CORRECTIONS and section.subject.text not in sigla:
            hint = findings.near(section.subject.text, sigla)
            _report_no_witness(section.subject, findings, hint)


def _check_register(edition: Edition, section: SectionEntry, findings: Findings) -> None:
    """A register is made from an index that the book has, and has something to list."""
    path = section.subject.text
    printed = {s.subject.text for s in edition.book if s.kind is SectionKind.INDEX}
    if path not in printed:
        findings.report(
            "IDX013",
            f"the book has no index “{path}” to make a register from",
            section.subject.span,
            hint=findings.near(path, printed) or f"add under book: - index: '{path}'",
        )
        return
    index = edition.indexes.get(path)
    headings = [heading for heading in index.headings if not heading.see] if index else []
    if headings and section.type and not any(h.type is section.type for h in headings):
        findings.report(
            "IDX014",
            f"no heading of “{path}” has the type “{section.type.value}”",
            section.subject.span,
            hint=f"write type: '{section.type.value}' below those that the register is to list",
        )


# Versions


def _check_parallel(edition: Edition, parallel: Parallel, findings: Findings) -> None:
    versions = [version.text.text for version in parallel.versions]
    known = {f"{name}/{block}": None for name in versions for block in _top_ids(edition, name)}
    for version in parallel.versions:
        if version.text.text not in edition.texts:
            findings.report(
                "PAR003",
                f"there is no text “{version.text.text}” to be a version",
                version.text.span,
                hint=did_you_mean(version.text.text, edition.texts),
            )
    if parallel.base is not None and parallel.base.text not in versions:
        findings.report(
            "PAR003",
            f"the base “{parallel.base.text}” is no version of {parallel.path}",
            parallel.base.span,
            hint=did_you_mean(parallel.base.text, versions),
        )
    placed = _check_rows(parallel, known, findings)
    _check_moves(edition, parallel, findings)
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


def _check_moves(edition: Edition, parallel: Parallel, findings: Findings) -> None:
    """Report moves whose ends are not in two versions of the table."""
    versions = {version.text.text for version in parallel.versions}
    if not versions <= set(edition.texts):
        return  # a version's name is wrong, which is reported, and may mean any of them
    for move in parallel.moves:
        ends = [side.place for side in (move.source, move.target) if side.place is not None]
        texts = [place.text.partition("/")[0] for place in ends]
        for place, text in zip(ends, texts, strict=True):
            if text in edition.texts and text not in versions:
                findings.report(
                    "PAR004",
                    f"the words move from or to “{place.text}”, which is in no version here",
                    place.span,
                    hint=findings.near(text, versions),
                )
        if len(texts) == 2 and texts[0] == texts[1] and texts[0] in versions:
            findings.report(
                "PAR004",
                f"the words move from the version “{texts[0]}” to itself",
                ends[1].span,
                labels=[Label(ends[0].span, "from here")],
                hint="name the other version under to:",
            )


def _check_rows(
    parallel: Parallel, known: Collection[str], findings: Findings
) -> Mapping[str, Value]:
    """Report blocks that no version has, or two rows; returns the blocks that the rows name."""
    placed: dict[str, Value] = {}
    for value in (value for row in parallel.rows for value in row.blocks):
        if value.text not in known:
            findings.report(
                "PAR003",
                f"no version has the block “{value.text}”",
                value.span,
                hint=findings.near(value.text, known),
            )
        elif value.text in placed:
            findings.report(
                "PAR002",
                f"the block “{value.text}” stands in two rows",
                value.span,
                labels=[Label(placed[value.text].span, "here already")],
            )
        placed.setdefault(value.text, value)
    return placed


def _start_of(block: Block) -> Span:
    return Span(block.span.source, block.span.start, block.span.start + 1)


def _top_ids(edition: Edition, text: str) -> list[str]:
    blocks = edition.texts[text].blocks if text in edition.texts else ()
    return [block.attributes.id for block in blocks if block.attributes.id]
