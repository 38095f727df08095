"""From the trees of record files to the model: the apparatus, indexes, tables of versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from printedition.diagnostics import Findings
from printedition.edition.apparatus import (
    ApparatusEntry,
    EntryKind,
    Reading,
    ReadingKind,
)
from printedition.edition.changes import ChangeMark
from printedition.edition.corrections import CorrectionNote, Corrections, Typographical
from printedition.edition.index import HeadingType, Index, IndexHeading, IndexPassage, Inflection
from printedition.edition.quotation import Quotation, Value
from printedition.edition.versions import Move, Parallel, Row, Version
from printedition.reading.fields import Fields, check_list, check_shape
from printedition.reading.index_words import plain_names, read_heading
from printedition.reading.letters import read_authority
from printedition.reading.shapes import APPARATUS, CORRECTIONS, ENTRY, INDEX, PARALLEL, READING
from printedition.reading.values import check_ids, marked
from printedition.reading.yamltree import Node
from printedition.sources import SourceFile, Span


def read_apparatus(
    node: Node | None, file: SourceFile, folder: str, findings: Findings
) -> tuple[ApparatusEntry, ...]:
    """The entries of an apparatus file; an entry without a sound lemma is left out."""
    if node is None:
        return ()
    records = check_list(node, APPARATUS, findings)
    check_ids((own for fields in records if (own := fields.words("id"))), "entries", findings)
    entries = (_entry(fields, folder, findings) for fields in records)
    return tuple(entry for entry in entries if entry is not None)


def read_index(node: Node | None, file: SourceFile, folder: str, findings: Findings) -> Index:
    """The headings of an index file."""
    if node is None:
        return Index(file.path, ())
    return Index(file.path, _headings(check_list(node, INDEX, findings), folder, findings))


def _headings(
    records: Iterable[Fields], folder: str, findings: Findings
) -> tuple[IndexHeading, ...]:
    return tuple(
        IndexHeading(
            heading=heading,
            marked=words,
            sort=fields.text("sort"),
            description=fields.text("description"),
            forms=fields.list("forms"),
            passages=tuple(_passages(fields.records("passages"), folder)),
            see=plain_names(fields.list("see")),
            see_also=plain_names(fields.list("see_also")),
            span=heading.span,
            inflected=frozenset(Inflection(value.text) for value in fields.list("inflected")),
            context=fields.list("context"),
            subheadings=_headings(fields.records("subheadings"), folder, findings),
            type=HeadingType(fields.text("type")) if fields.words("type") else None,
            authority=read_authority(fields, findings),
        )
        for fields in records
        if (stated := fields.words("heading")) is not None
        for heading, words in (read_heading(stated, findings),)
    )


def _passages(records: Iterable[Fields], folder: str) -> Iterator[IndexPassage]:
    for fields in records:
        quotation = _quotation(fields, "words", folder)
        if quotation is not None:
            yield IndexPassage(quotation, fields.flag("principal"))


def read_parallel(node: Node | None, file: SourceFile, folder: str, findings: Findings) -> Parallel:
    """The table of versions of a file."""
    fields = check_shape(node, PARALLEL, findings) if node is not None else None
    if fields is None:
        return Parallel(file.path, "", (), (), ())
    versions = tuple(
        Version(text, version.text("title"), version.text("date"))
        for version in fields.records("versions")
        if (text := version.words("text")) is not None
    )
    rows, ids = [], []
    for row in fields.records("rows"):
        row_id = row.words("id")
        if row_id is None:
            continue
        ids.append(row_id)
        rows.append(Row(row_id.text, row.text("title"), row.list("blocks"), row_id.span))
    check_ids(ids, "rows", findings)
    moves = (_move(move, folder) for move in fields.records("moved"))
    return Parallel(
        file.path,
        fields.text("title"),
        versions,
        tuple(rows),
        tuple(move for move in moves if move is not None),
        pictured=fields.text("picture", "yes") == "yes",
        marks=_marks(fields),
        base=fields.words("base"),
        spellings=fields.list("spellings"),
        facing=fields.text("layout") == "facing",
        together=fields.text("feet") == "whole",
    )


def read_corrections(node: Node | None, findings: Findings) -> Corrections:
    """What is said of corrections; what has no sound lemma is left out."""
    fields = check_shape(node, CORRECTIONS, findings) if node is not None else None
    if fields is None:
        return Corrections()
    notes = tuple(
        CorrectionNote(lemma, record.text("comment"), record.text("credit"), _said(record))
        for record in fields.records("corrections")
        if (lemma := _quotation(record, "lemma", "")) is not None
    )
    return Corrections(notes, frozenset(Typographical(v.text) for v in fields.list("silent")))


def _said(fields: Fields) -> bool | None:
    return fields.text("silent") == "yes" if fields.words("silent") else None


def _marks(fields: Fields) -> frozenset[ChangeMark]:
    """The marks that a table prints: those listed, or all."""
    if "marks" not in fields.sound:
        return frozenset(ChangeMark)
    return frozenset(ChangeMark(mark.text) for mark in fields.list("marks") if mark.text != "none")


# apparatus.yaml


def _entry(fields: Fields, folder: str, findings: Findings) -> ApparatusEntry | None:
    lemma = _quotation(fields, "lemma", folder)
    # A key that is unknown was reported, and may have been meant for one of these.
    if "readings" not in fields.stated and "note" not in fields.stated and _is_known(fields):
        span = lemma.span if lemma else next(iter(fields.stated.values()), fields.span)
        findings.report("APP001", "the entry has neither a reading nor a note", span,
                        hint="add readings: with what a witness has, or note:")  # fmt: skip
    readings = tuple(
        reading
        for record in fields.records("readings")
        if (reading := _reading(record, folder, findings)) is not None
    )
    if lemma is None:
        return None
    return ApparatusEntry(
        lemma=lemma,
        kind=EntryKind(fields.text("kind", EntryKind.VARIANT.value)),
        witnesses=_sigla(fields.words("wit")),
        by=fields.words("by"),
        readings=readings,
        note=marked(fields, "note", folder, findings),
        span=fields.span,
        band=fields.words("band"),
        id=fields.words("id"),
    )


def _is_known(fields: Fields) -> bool:
    return fields.stated.keys() <= _ENTRY_KEYS


_ENTRY_KEYS = {key.name for key in ENTRY.keys}
_READING_KINDS = {kind.value: kind for kind in ReadingKind}
assert set(_READING_KINDS) == set(READING.one_of)


def _reading(fields: Fields, folder: str, findings: Findings) -> Reading | None:
    note = marked(fields, "note", folder, findings)
    key = next((key for key in fields.stated if key in _READING_KINDS), None)
    value = fields.words(key) if key else None
    if key is None or value is None:
        return None
    for place in (place for place in ("after", "before") if place in fields.stated):
        if key != ReadingKind.TRANSPOSITION.value:
            findings.report(
                "SRC005",
                f"“{place}” says where transposed words stand; here stands “{key}”",
                fields.stated[place],
                hint="a lemma has its own after: and before:, beside lemma:",
            )
    return Reading(
        kind=_READING_KINDS[key],
        words="" if key in _MAY_BE_TRUE and value.text == "true" else value.text,
        witnesses=_sigla(fields.words("wit")),
        by=fields.words("by"),
        note=note,
        span=value.span,
        after=fields.text("after"),
        before=fields.text("before"),
    )


_MAY_BE_TRUE = set(READING.one_of) - {"text", "add", "corr"}


def _sigla(value: Value | None) -> tuple[Value, ...]:
    """Sigla apart by blanks, each with its place."""
    if value is None:
        return ()
    quote = 1 if value.span.end - value.span.start > len(value.text) else 0
    start = value.span.start + quote
    return tuple(
        Value(found.group(), Span(value.span.source, start + found.start(), start + found.end()))
        for found in re.finditer(r"\S+", value.text)
    )


def _quotation(fields: Fields, key: str, folder: str) -> Quotation | None:
    """The quotation that a record makes; None where a part of it is missing or wrong.

    A place told only in part could be found elsewhere, so a wrong part takes the whole away.
    """
    words = fields.words(key)
    parts = ("in", "after", "before", "nth", "to", "to_in")
    if words is None or any(part in fields.stated and not fields.words(part) for part in parts):
        return None
    return Quotation(
        words=words,
        folder=folder,
        span=words.span,
        place=fields.words("in"),
        after=fields.words("after"),
        before=fields.words("before"),
        rank=fields.words("nth"),
        to=fields.words("to"),
        to_place=fields.words("to_in"),
    )


def _move(fields: Fields, folder: str) -> Move | None:
    sides = []
    for key in ("from", "to"):
        place, words = fields.words(key), fields.words(f"{key}_words")
        if place is None or (words is None and f"{key}_words" in fields.stated):
            return None
        sides.append(Quotation(words, folder, (words or place).span, place=place))
    return Move(sides[0], sides[1], sides[0].span)
