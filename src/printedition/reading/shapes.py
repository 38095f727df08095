"""What every record file may hold: its keys, and the kind of value that each key wants.

The validator, the JSON Schemas and the manual's tables of keys are all made from these.
"""

from __future__ import annotations

from printedition.edition.changes import ChangeMark
from printedition.edition.corrections import Typographical
from printedition.edition.edition import (
    Calling,
    FrontPage,
    Role,
    SectionKind,
)
from printedition.edition.index import HeadingType, Inflection
from printedition.reading.heads import HEAD_KEYS
from printedition.reading.kinds import (
    COUNT,
    DATE,
    FLAG,
    LANGUAGE,
    LITERAL,
    MARKDOWN,
    NTH,
    SIGLA,
    TITLE,
    WORDS,
    Key,
    Kind,
    ListOf,
    Literal,
    Shape,
    Words,
)
from printedition.reading.letter_shapes import (
    ABBREVIATION,
    CMIF,
    DATED_EVENT,
    LETTER,
    LETTERS,
)
from printedition.reading.profiles import PROFILE
from printedition.reading.publication import ACCESSIBILITY, IDENTIFIERS
from printedition.reading.reference_shapes import REFERENCES
from printedition.reading.settings import (
    AUDIENCE,
    BAND,
    CONVENTIONS,
    EBOOK,
    INDEXES,
    LINES,
    PAGE,
    QUESTIONS,
    SESSION,
)
from printedition.reading.works import BIBLIOGRAPHY

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
TEXT = Shape(
    "text",
    "a text of the edition, stored once",
    (
        Key("id", WORDS, "the text's name in references: letters, digits, hyphens", required=True),
        Key("file", WORDS, "its file, from the edition's folder"),
        Key("include", WORDS, "of another edition, taken whole: its folder"),
        Key("title", TITLE, "its title in contents and running heads"),
        Key("short_title", WORDS, "a shorter one for running heads"),
        Key("lang", LANGUAGE, "its language, if not the edition's (BCP 47)"),
        *HEAD_KEYS,
        Key("letter", LETTER, "of a letter: who sent it to whom"),
        Key("dates", ListOf(DATED_EVENT), "when it was written, sent, …, and how we know"),
    ),
    one_of=("file", "include"),
)
HEADING_TYPE = Words(choices=tuple(kind.value for kind in HeadingType))
_SECTION_DOCS = {
    SectionKind.FRONT: "a page that the program makes from edition.yaml",
    SectionKind.PART: "a part of the book, by its title, which has a page of its own",
    SectionKind.PROSE: "a file of the editor's prose",
    SectionKind.SIGLA: "the list of witnesses, under this title",
    SectionKind.TEXT: "a text, by its id; of an included edition all that its book prints",
    SectionKind.COMMENTARY: "the notes that stand at the end, under this title",
    SectionKind.QUESTIONS: "the questions on all texts, under this title; else each stands below "
    "its text",
    SectionKind.GLOSSARY: "the words that notes explain, in alphabetical order, under this title",
    SectionKind.PARALLEL: "a table of versions, by its file",
    SectionKind.CORRECTIONS: "the list of what was corrected in a witness, by its siglum",
    SectionKind.ERRATA: "what was wrong in earlier printings: their names, apart by blanks",
    SectionKind.SYLLABUS: "the sessions of the course with the pages to read, under this title",
    SectionKind.BLANK: "pages for notes: how many",
    SectionKind.APPENDIX: "all that is for one audience, under this title, in place of room for it",
    SectionKind.CHRONOLOGY: "the table of all dates, under this title",
    SectionKind.ABBREVIATIONS: "the list of abbreviations, under this title; else among the sigla",
    SectionKind.SOURCES: "the list of works cited, under this title",
    SectionKind.PERMISSIONS: "the list of sources and rights of all texts, under this title",
    SectionKind.REGISTER: "a register of an index's headings with their descriptions, by its file",
    SectionKind.INDEX: "an index, by its file",
}
# A section under one of these keys is named by its title, not by a file or id.
TITLED = frozenset({
    SectionKind.PART,
    SectionKind.SIGLA,
    SectionKind.COMMENTARY,
    SectionKind.QUESTIONS,
    SectionKind.GLOSSARY,
    SectionKind.SYLLABUS,
    SectionKind.APPENDIX,
    SectionKind.CHRONOLOGY,
    SectionKind.ABBREVIATIONS,
    SectionKind.SOURCES,
    SectionKind.PERMISSIONS,
})  # fmt: skip
_SAID_BY = {
    SectionKind.FRONT: Words(choices=tuple(page.value for page in FrontPage)),
    SectionKind.BLANK: COUNT,
}
SECTION = Shape(
    "section",
    "a section of the book",
    (
        *(
            Key(
                kind.value,
                _SAID_BY.get(kind, TITLE if kind in TITLED else WORDS),
                doc,
            )
            for kind, doc in _SECTION_DOCS.items()
        ),
        Key("type", HEADING_TYPE, "of a register: the headings that it lists; else all"),
        Key("title", TITLE, "its title in the book"),
        Key("short_title", WORDS, "a shorter one for running heads"),
        Key("ruled", FLAG, "of pages for notes: they have lines to write on"),
        Key("audience", WORDS, "the one audience that it is for; else it is for all"),
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
        Key("title", TITLE, "the title of the book", required=True),
        Key("subtitle", TITLE, "the subtitle"),
        Key("short_title", WORDS, "a shorter title for running heads"),
        Key("lang", LANGUAGE, "the language of the book (BCP 47)", required=True),
        Key("identifier", WORDS, "ISBN, DOI or URN"),
        Key("identifiers", IDENTIFIERS, "those of single formats, in place of it"),
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
        Key(
            "sigla",
            Words(choices=("numbered", "per-text")),
            "of a volume: sigla of included editions that clash are numbered, T¹ and T² (so by "
            "default), or each of these keeps a list of witnesses of its own",
        ),
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
        Key("index", INDEXES, "how the indexes are gathered, sorted and printed"),
        Key("references", REFERENCES, "how references to other places are worded"),
        Key(
            "citation_style",
            WORDS,
            "a file of the edition in the Citation Style Language (.csl); else the Chicago notes",
        ),
        Key("ebook", EBOOK, "what the e-book shows of the printed book"),
        Key(
            "keep_pages",
            WORDS,
            "the printing whose pages stay: each begins with the same word as it did",
        ),
        Key(
            "overfull",
            Words(choices=("extra-page", "let-go")),
            "where the words go that a kept page has no more room for: to a page 12a of their own "
            "(so by default), or to the next page",
        ),
        Key("syllabus", ListOf(SESSION), "the sessions of a course, and what is read for each"),
        Key("questions", QUESTIONS, "how questions are printed"),
        Key("audiences", ListOf(AUDIENCE), "those that have a book of their own"),
        Key("profiles", ListOf(PROFILE), "ways to print the book, beside those of the house"),
        Key("accessibility", ACCESSIBILITY, "who evaluated the e-book, and found what"),
        Key("texts", ListOf(TEXT), "the texts of the edition"),
        Key("events", ListOf(DATED_EVENT), "dates of no text, for the chronology"),
        Key("letters", LETTERS, "how the heads of letters are worded"),
        Key("abbreviations", ListOf(ABBREVIATION), "the abbreviations of the texts"),
        Key("cmif", CMIF, "what the list of letters for correspSearch says of itself"),
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
        Key("id", WORDS, "the entry's name in references"),
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
    (
        _IN,
        Key("words", LITERAL, "the words of the passage", required=True),
        *_TELLING[:3],
        Key("to", LITERAL, "the last words of a longer passage, which prints as a range"),
        Key("to_in", WORDS, "the block of the last words"),
        Key("principal", FLAG, "it is a main passage on the subject, and prints bold"),
    ),
)
_HEADING = (
    Key("sort", WORDS, "the heading as it is sorted"),
    Key("description", WORDS, "who or what it is"),
    Key("forms", ListOf(LITERAL), "the words that name it in the book"),
    Key(
        "inflected",
        ListOf(Words(choices=tuple(kind.value for kind in Inflection)), lone=True),
        "how the forms change besides: possessive, plural",
    ),
    Key("context", ListOf(LITERAL), "a form counts only in a block that has one of these words"),
    Key("passages", ListOf(PASSAGE), "passages that do not name it"),
    Key("see", ListOf(WORDS, lone=True), "the heading to look under instead"),
    Key("see_also", ListOf(WORDS, lone=True), "headings to look under too"),
)
SUBHEADING = Shape(
    "subheading",
    "a heading under another",
    (
        Key("heading", TITLE, "the subheading as it is printed", required=True),
        *_HEADING,
    ),
)
HEADING = Shape(
    "heading",
    "a heading of the index",
    (
        Key("heading", TITLE, "the heading as it is printed", required=True),
        *_HEADING,
        Key("type", HEADING_TYPE, "what it names, for registers of persons, places, …"),
        Key(
            "authority",
            WORDS,
            "its address in an authority file, or an id as wikidata:Q1; in a volume headings that "
            "have the same one are merged",
        ),
        Key("subheadings", ListOf(SUBHEADING), "what it is divided into"),
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
        Key(
            "layout",
            Words(choices=("columns", "facing")),
            "columns on one page (so by default), or facing pages for two versions",
        ),
        Key(
            "feet",
            Words(choices=("column", "whole")),
            "entries and notes under their column (so by default), or under the whole table",
        ),
        Key("picture", Words(choices=("yes", "no")), "whether a picture stands before the table"),
        Key(
            "marks",
            ListOf(Words(choices=(*(mark.value for mark in ChangeMark), "none")), lone=True),
            "which changes are marked in the words; left out, all of them",
        ),
        Key("base", WORDS, "the version with which the others are compared, else the one before"),
        Key("spellings", ListOf(WORDS), "words that count as one when compared, apart by blanks"),
    ),
)

# corrections.yaml

CORRECTION = Shape(
    "correction",
    "a correction of the text that lists of errata say more of, or nothing",
    (
        Key("lemma", LITERAL, "the words of the text as they stand now", required=True),
        _IN,
        *_TELLING,
        Key("comment", WORDS, "why it was made; words between stars are in italics"),
        Key("credit", WORDS, "who noticed it; words between stars are in italics"),
        Key(
            "silent",
            Words(choices=("yes", "no")),
            "whether lists of errata pass over it, whatever silent: says of all",
        ),
    ),
)
CORRECTIONS = Shape(
    "corrections.yaml",
    "what lists of errata say of the corrections since earlier printings",
    (
        Key(
            "silent",
            ListOf(Words(choices=tuple(kind.value for kind in Typographical)), lone=True),
            "what a correction may change that lists of errata pass over",
        ),
        Key("corrections", ListOf(CORRECTION), "the corrections that there is something to say of"),
    ),
)

RECORD_FILES: dict[str, Kind] = {
    "edition.yaml": EDITION,
    "apparatus.yaml": APPARATUS,
    "index.yaml": INDEX,
    "parallel.yaml": PARALLEL,
    "bibliography.yaml": BIBLIOGRAPHY,
    "corrections.yaml": CORRECTIONS,
}
