"""From the tree of edition.yaml to the edition: all but its texts and other files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from printedition.diagnostics import Findings, Label
from printedition.edition.apparatus import Conventions, Extent, Form, Scholar, Witness
from printedition.edition.audience import HOUSE_AUDIENCES, Audience
from printedition.edition.edition import (
    HOUSE_BANDS,
    Band,
    CalledBy,
    Calling,
    Counting,
    EbookSettings,
    Edition,
    Imprint,
    Include,
    KeptPages,
    LineNumbers,
    Opening,
    PageSize,
    Person,
    Referring,
    Role,
    SectionEntry,
    SectionKind,
    Separator,
    Side,
    TextEntry,
)
from printedition.edition.index import (
    HeadingType,
    IndexLayout,
    IndexSettings,
    LeftOut,
    LocatorForm,
    LocatorRanges,
)
from printedition.edition.quotation import Value
from printedition.edition.syllabus import Assignment, Session
from printedition.edition.text import Inline
from printedition.reading import inline
from printedition.reading.fields import Fields, check_shape
from printedition.reading.heads import read_head
from printedition.reading.letters import (
    read_abbreviations,
    read_dates,
    read_heads,
    read_letter,
    read_list_of_letters,
)
from printedition.reading.profiles import read_profiles
from printedition.reading.publication import read_evaluation, read_identifiers
from printedition.reading.settings import PAGE_FORMATS
from printedition.reading.shapes import EDITION, TITLED
from printedition.reading.titles import read_short_title, read_title
from printedition.reading.values import check_ids, marked
from printedition.reading.yamltree import Node
from printedition.sources import SourceFile, Span

_RANGE = re.compile(r"(\S+) +to +(\S+)")
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
    (stated, marked_title), (below, marked_subtitle) = (
        read_title(fields, key, findings) for key in ("title", "subtitle")
    )
    title = stated.text if stated else ""
    lang = fields.text("lang", _LANGUAGE_UNKNOWN)
    identifier, identifiers = read_identifiers(fields, findings)
    texts, includes = _text_entries(fields, lang, findings)
    if not (texts or includes) and (
        "texts" not in fields.stated or fields.sound.get("texts") == ()
    ):
        findings.report("TXT002", "the edition lists no text", fields.stated.get("texts", start))
    return Edition(
        slug=fields.text("slug"),
        title=title,
        marked_title=marked_title,
        subtitle=below.text if below else "",
        marked_subtitle=marked_subtitle,
        short_title=read_short_title(fields, findings, title),
        lang=lang,
        identifier=identifier,
        identifiers=identifiers,
        revision=fields.text("revision"),
        date=fields.text("date"),
        publisher=fields.text("publisher"),
        description=fields.text("description"),
        subjects=tuple(subject.text for subject in fields.list("subjects")),
        people=_people(fields),
        imprint=_imprint(fields, findings),
        witnesses=_witnesses(fields, findings),
        scholars=_scholars(fields, findings),
        sigla_apart=fields.text("sigla") == "per-text",
        conventions=_conventions(fields.record("apparatus"), lang),
        referring=_referring(fields.record("references"), lang),
        style_named=fields.words("citation_style"),
        page=_page(fields.record("page")),
        bands=_bands(fields.records("bands"), findings),
        lines=_lines(fields.record("lines")),
        calling=Calling(fields.text("notes", Calling.NUMERALS.value)),
        entries_with_each=fields.text("entries", "each") == "each",
        index_settings=_index_settings(fields.record("index"), lang),
        ebook=_ebook(fields.record("ebook")),
        audiences=_audiences(fields, findings),
        answer_lines=_answer_lines(fields.record("questions")),
        syllabus=tuple(_sessions(fields, findings)),
        evaluation=read_evaluation(fields.record("accessibility")),
        kept=_kept_pages(fields),
        profiles=read_profiles(fields.records("profiles"), findings),
        text_entries=texts,
        includes=includes,
        book=_book(fields, findings),
        events=read_dates(fields.records("events"), findings),
        letters=read_heads(fields.record("letters")),
        cmif=read_list_of_letters(fields.record("cmif")),
        abbreviations=read_abbreviations(fields, findings),
        root=start,
    )


def _audiences(fields: Fields, findings: Findings) -> tuple[Audience, ...]:
    """The audiences as declared; that of the house where none is."""
    records = fields.records("audiences")
    names = [value for record in records if (value := record.words("name"))]
    check_ids(iter(names), "audiences", findings)
    made = {
        record.text("name"): Audience(record.text("name"), record.text("title"))
        for record in records
        if record.words("name")
    }
    return tuple(made.values()) or HOUSE_AUDIENCES


def _sessions(fields: Fields, findings: Findings) -> Iterator[Session]:
    for record in fields.records("syllabus"):
        subject, words = read_title(record, "title", findings)
        yield Session(
            when=record.text("when"),
            title=subject.text if subject else "",
            marked=words,
            date=record.text("date"),
            readings=tuple(_assignment(value) for value in record.list("read")),
            note=marked(record, "note", "", findings),
        )


def _assignment(value: Value) -> Assignment:
    """What is read, as `letter/p3` or `letter/p3 to letter/p9`."""
    parts = _RANGE.fullmatch(value.text)
    if parts is None:
        return Assignment(value)
    first, last = (
        Value(parts[group], Span(value.span.source, start, start + len(parts[group])))
        for group in (1, 2)
        for start in (value.span.start + parts.start(group),)
    )
    return Assignment(first, last)


def _answer_lines(fields: Fields | None) -> int:
    return int(fields.text("lines", "0")) if fields else 0


def _kept_pages(fields: Fields) -> KeptPages:
    return KeptPages(fields.words("keep_pages"), fields.text("overfull") == "let-go")


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


def _imprint(fields: Fields, findings: Findings) -> Imprint:
    return Imprint(
        source=_paragraphs(fields, "source", findings),
        rights=_paragraphs(fields, "rights", findings),
        cite=_paragraphs(fields, "cite", findings),
    )


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
        description = marked(record, "description", "", findings)
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
            marked(record, "description", "", findings),
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
        declared=True,
        lang=fields.text("lang", lang),
        terms={key: terms.text(key) for key in terms.sound} if terms else {},
    )


def _referring(fields: Fields | None, lang: str) -> Referring:
    if fields is None:
        return Referring(lang=lang)
    terms = fields.record("terms")
    return Referring(
        form=fields.text("form"),
        beside=fields.text("beside", "none"),
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
        ruled=fields.flag("ruled"),
        opens=Opening(fields.text("opens", Opening.RIGHT.value)),
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


def _ebook(fields: Fields | None) -> EbookSettings:
    if fields is None:
        return EbookSettings()
    return EbookSettings(
        lines=fields.text("lines", "yes") == "yes",
        dated=fields.text("name") == "revision",
        entries=CalledBy(fields.text("entries", CalledBy.LETTERS.value)),
    )


def _index_settings(fields: Fields | None, lang: str) -> IndexSettings:
    english = lang.partition("-")[0] == "en"
    house = LocatorRanges.CHICAGO if english else LocatorRanges.FULL
    if fields is None:
        return IndexSettings(ranges=house, by_letter=english)
    ignored = tuple(word.text for word in fields.list("ignore"))
    return IndexSettings(
        locators=LocatorForm(fields.text("locators", LocatorForm.PAGE.value)),
        ranges=LocatorRanges(fields.text("ranges", house.value)),
        layout=IndexLayout(fields.text("layout", IndexLayout.INDENTED.value)),
        by_letter=fields.text("order", "letters" if english else "words") == "letters",
        by_occurrence=fields.text("subheadings") == "occurrence",
        ignore=ignored if "ignore" in fields.sound else None,
        leave_out=frozenset(LeftOut(rule.text) for rule in fields.list("leave_out")),
    )


def _text_entries(
    fields: Fields, lang: str, findings: Findings
) -> tuple[tuple[TextEntry, ...], tuple[Include, ...]]:
    """The texts of the edition, and the editions that it includes."""
    records = fields.records("texts")
    check_ids((value for record in records if (value := record.words("id"))), "texts", findings)
    entries: dict[str, TextEntry] = {}
    includes: dict[str, Include] = {}
    for record in records:
        text_id, file, folder = (record.words(key) for key in ("id", "file", "include"))
        if text_id is None:
            continue
        stated, words = read_title(record, "title", findings)
        title = stated.text if stated else ""
        short = read_short_title(record, findings, title)
        if folder is not None and text_id.text not in entries:
            head = read_head(record, findings)
            include = Include(text_id, folder, title, short, head, words)
            includes.setdefault(text_id.text, include)
        if file is None or text_id.text in includes:
            continue
        entry = TextEntry(
            id=text_id,
            file=file,
            title=title,
            marked=words,
            short_title=short,
            lang=record.text("lang", lang),
            dates=read_dates(record.records("dates"), findings),
            letter=read_letter(record, findings),
            head=read_head(record, findings),
        )
        entries.setdefault(text_id.text, entry)
    return tuple(entries.values()), tuple(includes.values())


def _book(fields: Fields, findings: Findings) -> tuple[SectionEntry, ...]:
    sections = []
    for record in fields.records("book"):
        kind = next((kind for kind in SectionKind if kind.value in record.stated), None)
        subject = record.words(kind.value) if kind else None
        if kind is None or subject is None:
            continue
        stated, words = read_title(record, "title", findings)
        if kind in TITLED:
            named, own = read_title(record, kind.value, findings)
            subject = named or subject
            stated, words = (stated, words) if stated else (subject, own)
        title = stated.text if stated else ""
        short, of = read_short_title(record, findings, title), record.words("type")
        wanted = HeadingType(of.text) if of else None
        audience = record.words("audience")
        sections.append(
            SectionEntry(
                kind,
                subject,
                title,
                short,
                wanted,
                audience,
                record.flag("ruled"),
                marked=words,
            )
        )
    return tuple(sections)
