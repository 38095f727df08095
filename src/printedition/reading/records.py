"""From the trees of record files to the model: the edition, its apparatus, indexes, versions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from printedition.diagnostics import Findings, Label
from printedition.edition.apparatus import (
    ApparatusEntry,
    Conventions,
    EntryKind,
    Extent,
    Form,
    Reading,
    ReadingKind,
    Scholar,
    Witness,
)
from printedition.edition.edition import (
    HOUSE_BANDS,
    Band,
    Calling,
    Counting,
    DatedEvent,
    Edition,
    Imprint,
    LineNumbers,
    PageSize,
    Person,
    Role,
    SectionEntry,
    SectionKind,
    Separator,
    Side,
    TextEntry,
)
from printedition.edition.index import Index, IndexHeading
from printedition.edition.quotation import Quotation, Value
from printedition.edition.text import Inline
from printedition.edition.versions import Move, Parallel, Row, Version
from printedition.reading import inline
from printedition.reading.fields import Fields, check_list, check_shape
from printedition.reading.settings import PAGE_FORMATS
from printedition.reading.shapes import APPARATUS, EDITION, ENTRY, INDEX, PARALLEL, READING
from printedition.reading.yamltree import Node
from printedition.sources import SourceFile, Span

_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_LANGUAGE_UNKNOWN = "und"  # BCP 47; stands only where a missing lang was reported


def read_edition_record(node: Node | None, file: SourceFile, findings: Findings) -> Edition | None:
    """The edition that edition.yaml describes, its texts and other files not yet read.

    None where the file is no record at all. What is wrong was reported and is left out.
    """
    start = Span(file.path, 0, 0)
    if node is None:
        if not any(found.span.source == file.path for found in findings.diagnostics):
            findings.report("SRC005", "the edition's record is empty", start)
        return None
    fields = check_shape(node, EDITION, findings)
    if fields is None:
        return None
    title = fields.text("title")
    lang = fields.text("lang", _LANGUAGE_UNKNOWN)
    texts = _text_entries(fields, lang, findings)
    if not texts and ("texts" not in fields.stated or fields.sound.get("texts") == ()):
        findings.report("TXT002", "the edition lists no text", fields.stated.get("texts", start))
    return Edition(
        slug=fields.text("slug"),
        title=title,
        subtitle=fields.text("subtitle"),
        short_title=fields.text("short_title", title),
        lang=lang,
        identifier=fields.text("identifier"),
        revision=fields.text("revision"),
        date=fields.text("date"),
        publisher=fields.text("publisher"),
        description=fields.text("description"),
        subjects=tuple(subject.text for subject in fields.list("subjects")),
        people=_people(fields),
        imprint=Imprint(
            source=_paragraphs(fields, "source", findings),
            rights=_paragraphs(fields, "rights", findings),
            cite=_paragraphs(fields, "cite", findings),
        ),
        witnesses=_witnesses(fields, findings),
        scholars=_scholars(fields, findings),
        conventions=_conventions(fields.record("apparatus"), lang),
        page=_page(fields.record("page")),
        bands=_bands(fields.records("bands"), findings),
        lines=_lines(fields.record("lines")),
        calling=Calling(fields.text("notes", Calling.NUMERALS.value)),
        entries_with_each=fields.text("entries", "each") == "each",
        text_entries=texts,
        book=_book(fields),
        root=start,
    )


def read_apparatus(
    node: Node | None, file: SourceFile, folder: str, findings: Findings
) -> tuple[ApparatusEntry, ...]:
    """The entries of an apparatus file; an entry without a sound lemma is left out."""
    if node is None:
        return ()
    entries = (_entry(fields, folder, findings) for fields in check_list(node, APPARATUS, findings))
    return tuple(entry for entry in entries if entry is not None)


def read_index(node: Node | None, file: SourceFile, folder: str, findings: Findings) -> Index:
    """The headings of an index file."""
    if node is None:
        return Index(file.path, ())
    headings = []
    for fields in check_list(node, INDEX, findings):
        heading = fields.words("heading")
        if heading is None:
            continue
        passages = (_quotation(passage, "words", folder) for passage in fields.records("passages"))
        headings.append(
            IndexHeading(
                heading=heading,
                sort=fields.text("sort", heading.text),
                description=fields.text("description"),
                forms=fields.list("forms"),
                passages=tuple(passage for passage in passages if passage is not None),
                see=fields.list("see"),
                see_also=fields.list("see_also"),
                span=heading.span,
            )
        )
    return Index(file.path, tuple(headings))


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
    _check_ids(ids, "rows", findings)
    moves = (_move(move, folder) for move in fields.records("moved"))
    return Parallel(
        file.path,
        fields.text("title"),
        versions,
        tuple(rows),
        tuple(move for move in moves if move is not None),
    )


# edition.yaml


def _people(fields: Fields) -> tuple[Person, ...]:
    people = []
    for person in fields.records("people"):
        name, role = person.text("name"), person.text("role")
        if name and role:
            people.append(Person(name, person.text("sort", _last_name_first(name)), Role(role)))
    return tuple(people)


def _last_name_first(name: str) -> str:
    first, blank, last = name.strip().rpartition(" ")
    return f"{last}, {first.rstrip()}" if blank else last


def _paragraphs(fields: Fields, key: str, findings: Findings) -> tuple[tuple[Inline, ...], ...]:
    return tuple(
        inline.parse_value(value, folder="", findings=findings) for value in fields.list(key)
    )


def _witnesses(fields: Fields, findings: Findings) -> tuple[Witness, ...]:
    witnesses = []
    first: dict[str, Value] = {}
    for record in fields.records("witnesses"):
        siglum = record.words("siglum")
        if siglum is None:
            continue
        earlier = first.setdefault(siglum.text, siglum)
        if earlier is not siglum:
            findings.report(
                "WIT002",
                f"the siglum “{siglum.text}” is defined twice",
                siglum.span,
                labels=(Label(earlier.span, "first here"),),
            )
            continue
        description = _marked(record, "description", "", findings)
        witnesses.append(
            Witness(
                siglum=siglum.text,
                description=description,
                date=record.text("date"),
                span=siglum.span,
                hand_of=record.words("hand_of"),
                extant=_extents(record),
                base=record.flag("base"),
            )
        )
    return tuple(witnesses)


def _extents(witness: Fields) -> tuple[Extent, ...]:
    return tuple(
        Extent(first, extent.words("to") or first)
        for extent in witness.records("extant")
        if (first := extent.words("from")) is not None
    )


def _scholars(fields: Fields, findings: Findings) -> tuple[Scholar, ...]:
    return tuple(
        Scholar(
            name.text,
            _marked(record, "description", "", findings),
            record.text("date"),
            name.span,
        )
        for record in fields.records("scholars")
        if (name := record.words("name")) is not None
    )


def _conventions(fields: Fields | None, lang: str) -> Conventions:
    if fields is None:
        return Conventions(lang=lang)
    terms = fields.record("terms")
    return Conventions(
        form=Form(fields.text("form")) if fields.words("form") else None,
        summed=fields.text("others") == "word",
        longest_lemma=int(fields.text("longest_lemma", "8")),
        longer_first=fields.text("same_start") == "longer",
        elided=fields.text("ranges") == "elided",
        lang=fields.text("lang", lang),
        terms={key: terms.text(key) for key in terms.sound} if terms else {},
    )


def _page(fields: Fields | None) -> PageSize:
    if fields is None:
        return PageSize()
    size = fields.text("size", "A5")
    width, height = PAGE_FORMATS.get(size) or size.split()
    return PageSize(
        width=width,
        height=height,
        inner=fields.text("inner"),
        outer=fields.text("outer"),
        top=fields.text("top"),
        bottom=fields.text("bottom"),
    )


def _bands(stated: Iterable[Fields], findings: Findings) -> tuple[Band, ...]:
    """The bands as declared, and those of the house that are not, so that nothing is lost."""
    bands: dict[str, Band] = {}
    for fields in stated:
        name = fields.words("name")
        if name is None:
            continue
        if name.text in bands:
            findings.report("APP010", f"the band “{name.text}” is declared twice", name.span)
            continue
        house = next((band for band in HOUSE_BANDS if band.name == name.text), None)
        form = fields.text("form", "run-in" if house is None or house.run_in else "block")
        bands[name.text] = Band(
            name=name.text,
            run_in=form == "run-in",
            heading=fields.text("heading"),
            columns=int(fields.text("columns", "1")),
            separator=Separator(fields.text("separator", Separator.SPACE.value)),
            above=fields.flag("above"),
        )
    return (*bands.values(), *(band for band in HOUSE_BANDS if band.name not in bands))


def _lines(fields: Fields | None) -> LineNumbers:
    if fields is None:
        return LineNumbers()
    every = fields.text("every", "5")
    return LineNumbers(
        every=0 if every == "none" else int(every),
        counting=Counting(fields.text("count", Counting.PAGE.value)),
        side=Side(fields.text("side", Side.INNER.value)),
        paragraphs=fields.flag("paragraphs"),
    )


def _text_entries(fields: Fields, lang: str, findings: Findings) -> tuple[TextEntry, ...]:
    records = fields.records("texts")
    _check_ids((value for record in records if (value := record.words("id"))), "texts", findings)
    entries: dict[str, TextEntry] = {}
    for record in records:
        text_id, file = record.words("id"), record.words("file")
        if text_id is None or file is None:
            continue
        title = record.text("title")
        entry = TextEntry(
            id=text_id,
            file=file,
            title=title,
            short_title=record.text("short_title", title),
            lang=record.text("lang", lang),
            dates=tuple(
                DatedEvent(
                    date.text("event"),
                    date.text("date"),
                    date.flag("inferred"),
                    _marked(date, "evidence", "", findings),
                )
                for date in record.records("dates")
            ),
        )
        entries.setdefault(text_id.text, entry)
    return tuple(entries.values())


def _check_ids(ids: Iterable[Value], things: str, findings: Findings) -> None:
    first: dict[str, Value] = {}
    for value in ids:
        if not _ID.fullmatch(value.text):
            findings.report(
                "TXT003",
                f"“{value.text}” cannot be an id, which begins with a letter and is of letters "
                "(A–Z, a–z), digits and hyphens",
                value.span,
            )
        earlier = first.setdefault(value.text, value)
        if earlier is not value:
            findings.report(
                "TXT001",
                f"two {things} have the id “{value.text}”",
                value.span,
                labels=(Label(earlier.span, "first here"),),
            )


# A section under one of these keys is named by its title, not by a file or id.
_TITLED = {SectionKind.SIGLA, SectionKind.COMMENTARY}


def _book(fields: Fields) -> tuple[SectionEntry, ...]:
    sections = []
    for record in fields.records("book"):
        kind = next((kind for kind in SectionKind if kind.value in record.stated), None)
        subject = record.words(kind.value) if kind else None
        if kind is None or subject is None:
            continue
        title = record.text("title", subject.text if kind in _TITLED else "")
        sections.append(SectionEntry(kind, subject, title, record.text("short_title", title)))
    return tuple(sections)


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
        note=_marked(fields, "note", folder, findings),
        span=fields.span,
        band=fields.words("band"),
    )


def _is_known(fields: Fields) -> bool:
    return fields.stated.keys() <= _ENTRY_KEYS


_ENTRY_KEYS = {key.name for key in ENTRY.keys}
_READING_KINDS = {kind.value: kind for kind in ReadingKind}
assert set(_READING_KINDS) == set(READING.one_of)


def _reading(fields: Fields, folder: str, findings: Findings) -> Reading | None:
    note = _marked(fields, "note", folder, findings)
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


# What several files share


def _marked(fields: Fields, key: str, folder: str, findings: Findings) -> tuple[Inline, ...]:
    value = fields.words(key)
    return inline.parse_value(value, folder=folder, findings=findings) if value else ()


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
