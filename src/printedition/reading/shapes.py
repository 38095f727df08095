"""What every record file may hold: its keys, and the kind of value that each key wants.

The validator, the JSON Schemas and the manual's tables of keys are all made from these.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from printedition.diagnostics import Findings, Label, did_you_mean
from printedition.edition.apparatus import Form
from printedition.edition.edition import (
    Calling,
    Counting,
    FrontPage,
    Role,
    SectionKind,
    Separator,
    Side,
)
from printedition.edition.quotation import Value
from printedition.reading.yamltree import Broken, Items, Node, Record, Scalar
from printedition.sources import Span

# Kinds of value


@dataclass(frozen=True, slots=True)
class Words:
    """A string; `choices` or `pattern` (said as `form`) narrow it, `markdown` has marks inside.

    With `or_true` a bare `true` may stand for words that are not known.
    """

    markdown: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""
    or_true: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """Words quoted from a text, without marks or escapes; never in double quotes."""

    or_true: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A statement that is made by `true` and otherwise left out."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `lone` where a single value may stand without a dash."""

    item: Kind
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: its name, the kind of its value, and what it says."""

    name: str
    shape: Kind
    doc: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A record; of the keys in `one_of` exactly one must stand, else `none_of` is reported."""

    name: str
    doc: str
    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()
    none_of: str = "SRC005"


Kind: TypeAlias = Words | Literal | Flag | ListOf | Shape

WORDS, LITERAL, FLAG, MARKDOWN = Words(), Literal(), Flag(), Words(markdown=True)
SIGLA = Words(form="sigla, apart by blanks")
NTH = Words(pattern=r"[1-9][0-9]* of [1-9][0-9]*", form="a place and a total, such as 2 of 3")
LENGTH = Words(
    pattern=r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:mm|cm|in|pt)",
    form="a length in mm, cm, in or pt, such as 18mm",
)
LANGUAGE = Words(  # RFC 5646 §2.1, as far as a form can say
    pattern=r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*",
    form="the code of a language, such as en, grc or en-GB",
)
COUNT = Words(pattern=r"[1-9][0-9]{0,3}", form="a number from 1 to 9999, such as 8")
COLUMNS = Words(choices=("1", "2", "3", "4"))  # more would be narrower than a word
PAGE_FORMATS = {
    "A5": ("148mm", "210mm"),
    "A4": ("210mm", "297mm"),
    "letter": ("8.5in", "11in"),
}
DATE = Words(
    pattern=r"[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|02-29|(?:0[13578]|1[02])-31)",
    form="a date as year-month-day, such as 2026-01-31",
)

# edition.yaml

PERSON = Shape(
    "person",
    "a person with a part in the edition",
    (
        Key("name", WORDS, "the name as the title page prints it", required=True),
        Key("sort", WORDS, "the name as lists order it; else the last word comes first"),
        Key(
            "role",
            Words(choices=tuple(role.value for role in Role)),
            "what the person did",
            required=True,
        ),
    ),
)
EXTENT = Shape(
    "extent",
    "a stretch of the text that a fragment holds",
    (
        Key("from", WORDS, "the text or block where it begins, as text/block", required=True),
        Key("to", WORDS, "the block where it ends; else it is the text or block itself"),
    ),
)
WITNESS = Shape(
    "witness",
    "a carrier of the text",
    (
        Key(
            "siglum",
            Words(pattern=r"\S+", form="a siglum without blanks"),
            "the sign that stands for it in the apparatus",
            required=True,
        ),
        Key("description", MARKDOWN, "what it is, and where", required=True),
        Key("date", WORDS, "when it was made"),
        Key("hand_of", WORDS, "of a hand: the siglum of the manuscript that it wrote in"),
        Key("base", FLAG, "the text follows it throughout, so that it need not be named"),
        Key("extant", ListOf(EXTENT), "of a fragment: what it holds; else it holds all"),
    ),
)
SCHOLAR = Shape(
    "scholar",
    "an earlier edition, or a scholar, whose readings the apparatus reports",
    (
        Key("name", WORDS, "the name as by: says it in the apparatus", required=True),
        Key("description", MARKDOWN, "what it is, and where", required=True),
        Key("date", WORDS, "when it was published"),
    ),
)
TERMS = Shape(
    "set of terms",
    "words of the edition's own for those that the apparatus uses",
    tuple(Key(term, WORDS, doc) for term, doc in (
        ("om", "omitted, in place of om."),
        ("add", "added"),
        ("transp", "in another order or place"),
        ("del", "deleted by the witness's own hand"),
        ("corr", "corrected from"),
        ("iter", "written twice"),
        ("lacuna", "lost"),
        ("illegible", "cannot be read"),
        ("blank", "left blank"),
        ("line", "before om. and others where the lemma is a line of verse"),
        ("lines", "the same for several lines"),
        ("rest", "all others, in place of cett."),
        ("all", "all witnesses, in place of codd."),
        ("after", "after these words"),
        ("before", "before these words"),
        ("without", "before the witnesses that do not have an addition"),
    )),
)  # fmt: skip
CONVENTIONS = Shape(
    "apparatus",
    "how entries are worded and ordered",
    (
        Key(
            "form",
            Words(choices=tuple(form.value for form in Form)),
            "positive: entries say who has the lemma; negative: only who differs; "
            "mixed: positive where an entry has wit: (so by default)",
        ),
        Key(
            "others",
            Words(choices=("sigla", "word")),
            "many witnesses are listed by their sigla (so by default) or summed in a word, "
            "as cett. and codd.",
        ),
        Key("longest_lemma", COUNT, "of how many words a lemma prints whole; else 8"),
        Key(
            "same_start",
            Words(choices=("shorter", "longer")),
            "which of two lemmas that begin at one word comes first; else the shorter",
        ),
        Key(
            "ranges",
            Words(choices=("full", "elided")),
            "how the lines of a long lemma print: 35–37 (so by default) or 35–7",
        ),
        Key("lang", LANGUAGE, "the language of om. and its like; else that of the edition"),
        Key("terms", TERMS, "words in place of those of the language"),
    ),
)
BAND = Shape(
    "band",
    "one apparatus among several on the page",
    (
        Key(
            "name",
            Words(pattern=r"[a-z][a-z0-9-]*", form="a name of small letters, digits and hyphens"),
            "what entries call it; those without band: stand in variants, notes in notes, notes "
            "of the text in text-notes",
            required=True,
        ),
        Key("heading", WORDS, "what is printed above it"),
        Key(
            "form",
            Words(choices=("run-in", "block")),
            "entries run on one after another, or each begins a line; notes are blocks",
        ),
        Key("columns", COLUMNS, "in how many columns it stands; else one"),
        Key(
            "separator",
            Words(choices=tuple(separator.value for separator in Separator)),
            "what parts it from what is above it; else a space",
        ),
        Key("above", FLAG, "it stands above the text, as sources and testimonia do"),
    ),
)
LINES = Shape(
    "line numbering",
    "which lines bear their numbers, and where these stand",
    (
        Key(
            "every",
            Words(pattern=r"none|[1-9][0-9]?", form="a number, such as 5, or none"),
            "every which line of a text is numbered; else the fifth",
        ),
        Key(
            "count",
            Words(choices=tuple(counting.value for counting in Counting)),
            "where the count begins anew; else with each page",
        ),
        Key(
            "side",
            Words(choices=tuple(side.value for side in Side)),
            "in which margin the numbers stand; else the inner one",
        ),
        Key("paragraphs", FLAG, "each paragraph bears its number (¶) in the text"),
    ),
)
PAGE = Shape(
    "page",
    "the page and its margins",
    (
        Key(
            "size",
            Words(
                pattern=f"{'|'.join(PAGE_FORMATS)}|(?:{LENGTH.pattern}) +(?:{LENGTH.pattern})",
                form="A5, A4, letter, or a width and a height such as 148mm 210mm",
            ),
            "the size of the page",
        ),
        Key("inner", LENGTH, "the margin at the spine"),
        Key("outer", LENGTH, "the margin at the edge, where margin notes stand"),
        Key("top", LENGTH, "the margin above"),
        Key("bottom", LENGTH, "the margin below"),
    ),
)
DATED_EVENT = Shape(
    "date",
    "one of a text's dates",
    (
        Key("event", WORDS, "what happened: written, sent, printed", required=True),
        Key("date", WORDS, "when, as it is printed", required=True),
        Key("inferred", FLAG, "the date is the editor's inference"),
        Key("evidence", MARKDOWN, "what the date rests on"),
    ),
)
TEXT = Shape(
    "text",
    "a text of the edition, stored once",
    (
        Key("id", WORDS, "the text's name in references: letters, digits, hyphens", required=True),
        Key("file", WORDS, "its file, from the edition's folder", required=True),
        Key("title", WORDS, "its title in contents and running heads"),
        Key("short_title", WORDS, "a shorter one for running heads"),
        Key("lang", LANGUAGE, "its language, if not the edition's (BCP 47)"),
        Key("dates", ListOf(DATED_EVENT), "when it was written, sent, …, and how we know"),
    ),
)
_SECTION_DOCS = {
    SectionKind.FRONT: "a page that the program makes from edition.yaml",
    SectionKind.PROSE: "a file of the editor's prose",
    SectionKind.SIGLA: "the list of witnesses, under this title",
    SectionKind.TEXT: "a text, by its id",
    SectionKind.COMMENTARY: "the notes that stand at the end, under this title",
    SectionKind.PARALLEL: "a table of versions, by its file",
    SectionKind.CORRECTIONS: "the list of what was corrected in a witness, by its siglum",
    SectionKind.INDEX: "an index, by its file",
}
SECTION = Shape(
    "section",
    "a section of the book",
    (
        *(
            Key(
                kind.value,
                Words(choices=tuple(page.value for page in FrontPage))
                if kind is SectionKind.FRONT
                else WORDS,
                doc,
            )
            for kind, doc in _SECTION_DOCS.items()
        ),
        Key("title", WORDS, "its title in the book"),
        Key("short_title", WORDS, "a shorter one for running heads"),
    ),
    one_of=tuple(kind.value for kind in SectionKind),
)
EDITION = Shape(
    "edition.yaml",
    "the edition: its title, people, witnesses, texts, and the order of the book",
    (
        Key(
            "slug",
            Words(pattern=r"[a-z0-9-]+", form="lower-case letters (a–z), digits and hyphens"),
            "the name of the books' files",
            required=True,
        ),
        Key("title", WORDS, "the title of the book", required=True),
        Key("subtitle", WORDS, "the subtitle"),
        Key("short_title", WORDS, "a shorter title for running heads"),
        Key("lang", LANGUAGE, "the language of the book (BCP 47)", required=True),
        Key("identifier", WORDS, "ISBN, DOI or URN"),
        Key("revision", WORDS, "which revision this is"),
        Key("date", DATE, "the day of this revision"),
        Key("publisher", WORDS, "who publishes the book"),
        Key("description", WORDS, "what the book is, for catalogues"),
        Key("subjects", ListOf(WORDS), "subjects, for catalogues"),
        Key("people", ListOf(PERSON), "who had a part in the edition, in order"),
        Key("source", ListOf(MARKDOWN), "where the text comes from, a paragraph each"),
        Key("rights", ListOf(MARKDOWN), "what is allowed, a paragraph each"),
        Key("cite", ListOf(MARKDOWN), "how to cite the edition, a paragraph each"),
        Key("witnesses", ListOf(WITNESS), "the carriers of the text"),
        Key("scholars", ListOf(SCHOLAR), "earlier editions and scholars that by: names"),
        Key("apparatus", CONVENTIONS, "how entries are worded and ordered"),
        Key("page", PAGE, "the page and its margins"),
        Key("bands", ListOf(BAND), "the bands of entries and notes, from the text outward"),
        Key("lines", LINES, "the numbers of lines and paragraphs in the margin"),
        Key(
            "notes",
            Words(choices=tuple(calling.value for calling in Calling)),
            "how notes at the foot are called: numerals in the text (so by default), or lines: "
            "by line and lemma, without a call",
        ),
        Key(
            "entries",
            Words(choices=("each", "first")),
            "whether entries print with each appearance of a text (so by default) or the first",
        ),
        Key("texts", ListOf(TEXT), "the texts of the edition"),
        Key("book", ListOf(SECTION), "the sections of the book, in order"),
    ),
)

# Quotations: what tells a lemma apart

_IN = Key("in", WORDS, "the text or block where the words stand")
_TELLING = (
    Key("after", LITERAL, "the words stand directly after these"),
    Key("before", LITERAL, "the words stand directly before these"),
    Key("nth", NTH, "which of the like places in the block"),
    Key("to", LITERAL, "the last words of a longer lemma"),
    Key("to_in", WORDS, "the block of the last words"),
)

# apparatus.yaml

_WHO = (
    Key("wit", SIGLA, "the witnesses that have it: sigla, apart by blanks"),
    Key("by", WORDS, "the scholar who has it; ed. marks the editor's conjecture"),
)
_AMOUNT, _MOVED = Words(or_true=True), Literal(or_true=True)
READING = Shape(
    "reading",
    "what witnesses or scholars have in place of the lemma",
    (
        *_WHO,
        Key("note", MARKDOWN, "a remark on the reading"),
        Key("after", LITERAL, "of transp: the words stand after these"),
        Key("before", LITERAL, "of transp: the words stand before these"),
        Key("text", LITERAL, "other words"),
        Key("add", LITERAL, "these words more, after the lemma"),
        Key("corr", LITERAL, "the lemma was made from these words by correction"),
        Key("om", FLAG, "the words are not there"),
        Key("del", FLAG, "the words are deleted by the witness's own hand"),
        Key("iter", FLAG, "the words stand twice"),
        Key("lacuna", FLAG, "what stood here is lost"),
        Key("transp", _MOVED, "the words in another order or place: these words, or true"),
        Key("illegible", _AMOUNT, "writing that cannot be read: how much, or true"),
        Key("blank", _AMOUNT, "a space left empty: how much, or true"),
    ),
    one_of=(
        "text", "add", "corr", "om", "del", "iter", "lacuna", "transp", "illegible", "blank",
    ),
    none_of="APP001",
)  # fmt: skip
ENTRY = Shape(
    "entry",
    "an entry of the apparatus",
    (
        Key("lemma", LITERAL, "the words of the text that the entry is about", required=True),
        _IN,
        *_TELLING,
        Key(
            "kind",
            Words(choices=("variant", "accidental")),
            "a variant (so by default), or a slip for the list of corrections",
        ),
        Key("band", WORDS, "the band that prints it, by its name; else variants"),
        *_WHO,
        Key("note", MARKDOWN, "a remark on the entry"),
        Key("readings", ListOf(READING), "what stands elsewhere"),
    ),
)
APPARATUS = ListOf(ENTRY)

# index.yaml

PASSAGE = Shape(
    "passage",
    "a passage that belongs to a heading, given by quotation",
    (_IN, Key("words", LITERAL, "the words of the passage", required=True), *_TELLING),
)
HEADING = Shape(
    "heading",
    "a heading of the index",
    (
        Key("heading", WORDS, "the heading as it is printed", required=True),
        Key("sort", WORDS, "the heading as it is sorted"),
        Key("description", WORDS, "who or what it is"),
        Key("forms", ListOf(LITERAL), "the words that name it in the book"),
        Key("passages", ListOf(PASSAGE), "passages that do not name it"),
        Key("see", ListOf(WORDS, lone=True), "the heading to look under instead"),
        Key("see_also", ListOf(WORDS, lone=True), "headings to look under too"),
    ),
)
INDEX = ListOf(HEADING)

# parallel.yaml

VERSION = Shape(
    "version",
    "a column of the table",
    (
        Key("text", WORDS, "the text's id", required=True),
        Key("title", WORDS, "what stands over the column", required=True),
        Key("date", WORDS, "its date, as it is printed"),
    ),
)
ROW = Shape(
    "row",
    "blocks of the versions that answer one another",
    (
        Key("id", WORDS, "the row's name in references", required=True),
        Key("title", WORDS, "what stands over the row", required=True),
        Key("blocks", ListOf(WORDS), "the blocks, as text/block", required=True),
    ),
)
MOVE = Shape(
    "move",
    "words that stand elsewhere in a later version",
    (
        Key("from", WORDS, "the block where they stand first", required=True),
        Key("from_words", LITERAL, "the words; without them the whole block"),
        Key("to", WORDS, "the block where they stand later", required=True),
        Key("to_words", LITERAL, "the words there; without them the whole block"),
    ),
)
PARALLEL = Shape(
    "parallel.yaml",
    "versions of a text side by side",
    (
        Key("title", WORDS, "the title of the table"),
        Key("versions", ListOf(VERSION), "the columns", required=True),
        Key("rows", ListOf(ROW), "the rows, in order", required=True),
        Key("moved", ListOf(MOVE), "what stands elsewhere in a later version"),
    ),
)

RECORD_FILES: dict[str, Kind] = {
    "edition.yaml": EDITION,
    "apparatus.yaml": APPARATUS,
    "index.yaml": INDEX,
    "parallel.yaml": PARALLEL,
}

# The validator


@dataclass(frozen=True, slots=True)
class Fields:
    """A record that was held against its shape; a value found wrong is as if left out.

    `stated` has every key that stands in the file, also where it is unknown or its value wrong.
    """

    span: Span
    stated: dict[str, Span] = field(default_factory=dict)
    sound: dict[str, Value | tuple[Value, ...] | Fields | tuple[Fields, ...]] = field(
        default_factory=dict
    )

    def words(self, key: str) -> Value | None:
        """The words of a key with their place, or None."""
        value = self.sound.get(key)
        return value if isinstance(value, Value) else None

    def text(self, key: str, default: str = "") -> str:
        """The words of a key alone."""
        value = self.sound.get(key)
        return value.text if isinstance(value, Value) else default

    def flag(self, key: str) -> bool:
        """Whether the key says true."""
        value = self.sound.get(key)
        return isinstance(value, Value) and value.text == "true"

    def list(self, key: str) -> tuple[Value, ...]:
        """The words of a list."""
        value = self.sound.get(key)
        if not isinstance(value, tuple):
            return ()
        return tuple(item for item in value if isinstance(item, Value))

    def records(self, key: str) -> tuple[Fields, ...]:
        """The records of a list."""
        value = self.sound.get(key)
        if not isinstance(value, tuple):
            return ()
        return tuple(item for item in value if isinstance(item, Fields))

    def record(self, key: str) -> Fields | None:
        """The record of a key, or None."""
        value = self.sound.get(key)
        return value if isinstance(value, Fields) else None


def check_shape(node: Node, shape: Shape, findings: Findings) -> Fields | None:
    """Hold a record against its shape; None where it is no record at all."""
    return _record(node, shape, node.span, shape.name, "", findings)


def check_list(node: Node, shape: ListOf, findings: Findings) -> tuple[Fields, ...]:
    """Hold a file that is a list of records against its shape."""
    checked = _list(node, shape, node.span, "the file", findings)
    return tuple(item for item in checked or () if isinstance(item, Fields))


def _record(
    node: Node, shape: Shape, place: Span, name: str, lead: str, findings: Findings
) -> Fields | None:
    if isinstance(node, Broken):
        return None
    if not isinstance(node, Record):
        keys = ", ".join(key.name for key in shape.keys[:4])
        span = place if _is_empty(node) else _first_of(node)
        findings.report(
            "SRC005",
            f"{name} wants a record with keys ({keys}, …), not {_kind(node)}",
            span,
            hint=_under_its_key(node.text, shape) if isinstance(node, Scalar) else None,
        )
        return None
    fields = Fields(node.span)
    known = {key.name: key for key in shape.keys}
    unknown: list[str] = []
    for name_node, value in node.pairs:
        name = name_node.text
        key = known.get(name)
        fields.stated[name] = name_node.span
        if key is None:
            unknown.append(name)
            findings.report(
                "SRC004",
                f"{_a(shape.name)} has no key “{name}”",
                name_node.span,
                hint=_cure_of_unknown(name, shape) if findings.are_few else None,
            )
            continue
        # A hint is the whole line, so the first key of a list's item keeps its dash.
        dash = "- " if lead == "-" and name_node is node.pairs[0][0] else ""
        written = f"{dash}{name}:"
        checked = _value(value, key.shape, name_node.span, f"“{name}”", written, findings)
        if checked is not None:
            fields.sound[name] = checked
    start = _first_of(node)
    for key in shape.keys:
        # A key that is only misspelt has been reported as unknown.
        if (
            key.required
            and key.name not in fields.stated
            and not difflib.get_close_matches(key.name, unknown, n=1)
        ):
            findings.report("SRC005", f"{_a(shape.name)} must have the key “{key.name}”", start)
    if shape.one_of:
        _check_one_of(shape, fields, start, bool(unknown), findings)
    return fields


def _check_one_of(
    shape: Shape, fields: Fields, start: Span, has_unknown: bool, findings: Findings
) -> None:
    stated = [name for name in fields.stated if name in shape.one_of]
    if len(stated) > 1:
        findings.report(
            "SRC005",
            f"{_a(shape.name)} says one thing only, but has both “{stated[0]}” and “{stated[1]}”",
            fields.stated[stated[1]],
            labels=(Label(fields.stated[stated[0]], "the other stands here"),),
        )
    elif not stated and not has_unknown:
        findings.report(
            shape.none_of,
            f"{_a(shape.name)} must have one of the keys " + ", ".join(shape.one_of),
            start,
            hint="all that belongs to one item stands under one “- ”, each key on its own line",
        )


def _value(
    node: Node, kind: Kind, place: Span, name: str, lead: str, findings: Findings
) -> Value | tuple[Value, ...] | Fields | tuple[Fields, ...] | None:
    if isinstance(kind, Shape):
        return _record(node, kind, place, name, lead, findings)
    if isinstance(kind, ListOf):
        checked = _list(node, kind, place, name, findings)
        if checked is None:
            return None
        if isinstance(kind.item, Shape):
            return tuple(item for item in checked if isinstance(item, Fields))
        return tuple(item for item in checked if isinstance(item, Value))
    return _words(node, kind, place, name, lead, findings)


def _list(
    node: Node, kind: ListOf, place: Span, name: str, findings: Findings
) -> tuple[Value | Fields, ...] | None:
    items: tuple[Node, ...]
    if isinstance(node, Broken):
        return None
    if isinstance(node, Items):
        items = node.items
    elif kind.lone and isinstance(node, Scalar) and not _is_empty(node):
        items = (node,)
    else:
        findings.report(
            "SRC005",
            f"{name} wants a list, each item after “- ”, not {_kind(node)}",
            place if _is_empty(node) else _first_of(node),
            hint=_as_list(node),
        )
        return None
    checked: list[Value | Fields] = []
    item_name = f"an item of {name}"
    for item in items:
        item_place = item.span if item.span.end > item.span.start else place
        value = _value(item, kind.item, item_place, item_name, "-", findings)
        if isinstance(value, Value | Fields):
            checked.append(value)
    return tuple(checked)


def _words(
    node: Node, kind: Words | Literal | Flag, place: Span, name: str, lead: str, findings: Findings
) -> Value | None:
    if isinstance(node, Broken):
        return None
    if not isinstance(node, Scalar):
        findings.report(
            "SRC005",
            f"{name} wants {'true' if isinstance(kind, Flag) else 'words'}, not {_kind(node)}",
            _first_of(node),
            hint=_as_one(node, lead, kind) or _as_words(node, lead),
        )
        return None
    text = node.text
    if not text.strip():
        findings.report(
            "SRC005",
            f"{name} is empty",
            node.span if node.style in ("'", '"') else place,
            hint=None if not isinstance(kind, Flag) else f"write: {lead} true",
        )
        return None
    if isinstance(kind, Literal):
        if node.style == '"':
            doubled = text.replace("'", "''")
            findings.report(
                "SRC010",
                f"YAML takes the double quotes round {name} away",
                node.span,
                hint=f"write: {lead} '\"{doubled}\"'",
            )
            return None
    elif isinstance(kind, Flag):
        if text != "true":
            findings.report(
                "SRC005",
                f"{name} says true or is left out, not “{text}”",
                node.span,
                hint=f"write: {lead} true",
            )
            return None
    elif kind.choices and text not in kind.choices:
        findings.report(
            "SRC005",
            f"{name} cannot be “{text}”",
            node.span,
            hint=did_you_mean(text, kind.choices),
        )
        return None
    elif kind.pattern and not _compiled(kind.pattern).fullmatch(text):
        findings.report("SRC005", f"{name} wants {kind.form}, not “{text}”", node.span)
        return None
    return node.value


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def _kind(node: Node) -> str:
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Record):
        return "a record"
    return "nothing" if _is_empty(node) else "words"


def _first_of(node: Node) -> Span:
    """Where a caret shows a node: its first key or item rather than all its lines."""
    if isinstance(node, Record) and node.pairs:
        return node.pairs[0][0].span
    if isinstance(node, Items):
        return Span(node.span.source, node.span.start, node.span.start + 1)
    return node.span


def _cure_of_unknown(name: str, shape: Shape) -> str | None:
    return _as_key(name, shape) or did_you_mean(name, (key.name for key in shape.keys))


def _as_key(words: str, shape: Shape) -> str | None:
    """The cure where a key's value stands in place of the key, as `- contents`."""
    for key in shape.keys:
        if isinstance(key.shape, Words) and words in key.shape.choices:
            return f"write: - {key.name}: '{words}'"
    return None


def _under_its_key(words: str, shape: Shape) -> str | None:
    """The cure where words stand in place of a record: its first key, if it has to have that."""
    if not words.strip():
        return None
    first = shape.keys[0]
    whole = words.replace("'", "''")
    lead = f"write: - {first.name}: '{whole}', and its other keys below"
    return _as_key(words, shape) or (lead if first.required else None)


def _as_list(node: Node) -> str | None:
    """The cure where one item stands without its dash."""
    if isinstance(node, Scalar) and not _is_empty(node):
        words = node.text.replace("'", "''")
        return f"put it on the next line, after “- ”: - '{words}'"
    if isinstance(node, Record) and node.pairs:
        first = node.pairs[0][0].text
        return f"begin the item with “- ”, as - {first}:, and indent its other keys alike"
    return None


def _as_one(node: Node, lead: str, kind: Kind) -> str | None:
    """The cure where sigla, or a single value, were made a list."""
    if not isinstance(node, Items) or not all(isinstance(i, Scalar) for i in node.items):
        return None
    words = [item.text for item in node.items if isinstance(item, Scalar)]
    if kind is not SIGLA and len(words) > 1:
        return None
    whole = " ".join(words).replace("'", "''")
    return f"write: {lead} '{whole}'"


def _as_words(node: Node, lead: str) -> str | None:
    """The cure where `- Note: words` made a record of words."""
    if not isinstance(node, Record) or len(node.pairs) != 1:
        return None
    key, value = node.pairs[0]
    if not isinstance(value, Scalar):
        return None
    words = f"{key.text}: {value.text}".rstrip().replace("'", "''")
    return f"write: {lead} '{words}'"


def _a(name: str) -> str:
    if name.endswith(".yaml"):
        return name
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
