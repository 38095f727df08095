"""What edition.yaml may set: the wording of the apparatus, its bands, line numbers, the page."""

from __future__ import annotations

from printedition.edition.apparatus import Form
from printedition.edition.edition import CalledBy, Counting, Opening, Separator, Side
from printedition.edition.index import IndexLayout, LeftOut, LocatorForm, LocatorRanges
from printedition.reading.kinds import (
    COLUMNS,
    COUNT,
    FLAG,
    LANGUAGE,
    LENGTH,
    MARKDOWN,
    TITLE,
    WORDS,
    Key,
    ListOf,
    Shape,
    Words,
)

PAGE_FORMATS = {
    "A5": ("148mm", "210mm"),
    "A4": ("210mm", "297mm"),
    "letter": ("8.5in", "11in"),
}


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
            "what parts it from what is above it, or, above the text, from what is below it; "
            "else a space",
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
        Key("ruled", FLAG, "the outer margin has lines to write on, where no note stands there"),
        Key(
            "opens",
            Words(choices=tuple(opening.value for opening in Opening)),
            "where texts and parts begin: on a right-hand page (so by default), or on any, the "
            "next one",
        ),
    ),
)
INDEXES = Shape(
    "index settings",
    "how the indexes are gathered, sorted and printed",
    (
        Key(
            "locators",
            Words(choices=tuple(form.value for form in LocatorForm)),
            "what stands after a heading: the page (so by default), or page and line: 7.12",
        ),
        Key(
            "ranges",
            Words(choices=tuple(form.value for form in LocatorRanges)),
            "how a range of pages prints: 123–125 (full), 123–5 (elided), or as Chicago has it, "
            "123–25; else chicago in an English book and full in any other",
        ),
        Key(
            "layout",
            Words(choices=tuple(layout.value for layout in IndexLayout)),
            "subheadings on lines of their own, indented (so by default), or run in one paragraph",
        ),
        Key(
            "subheadings",
            Words(choices=("alphabet", "occurrence")),
            "the order of subheadings: alphabetical (so by default), or as they first occur",
        ),
        Key(
            "order",
            Words(choices=("letters", "words")),
            "letter by letter, so that blanks do not count, or word by word; else letters in an "
            "English book and words in any other",
        ),
        Key(
            "ignore",
            ListOf(WORDS),
            "words that sorting passes over at the beginning of a heading, in place of the "
            "articles of the book's language",
        ),
        Key(
            "leave_out",
            ListOf(Words(choices=tuple(rule.value for rule in LeftOut)), lone=True),
            "mentions that do not count: in headings, in lemmas that notes quote, in lists "
            "and tables, or in notes",
        ),
    ),
)

AUDIENCE = Shape(
    "audience",
    "those for whom a book of their own is made",
    (
        Key(
            "name",
            Words(pattern=r"[a-z][a-z0-9-]*", form="a name of small letters, digits and hyphens"),
            "what audience= and --audience call it, and the names of its books",
            required=True,
        ),
        Key("title", WORDS, "what its book calls itself below the title", required=True),
    ),
)
SESSION = Shape(
    "session",
    "a week or meeting of the syllabus",
    (
        Key("when", WORDS, "what it is called, such as Week 3", required=True),
        Key("title", TITLE, "what it is about"),
        Key("date", WORDS, "its date, as it is printed"),
        Key(
            "read",
            ListOf(WORDS, lone=True),
            "what is read: texts, sections and blocks as references name them, or from one to "
            "another: letter/p3 to letter/p9",
        ),
        Key("note", MARKDOWN, "what else there is to say of it"),
    ),
)
QUESTIONS = Shape(
    "questions",
    "how questions are printed",
    (
        Key(
            "lines",
            Words(pattern=r"[0-9]{1,2}", form="a number from 0 to 99, such as 4", bare=True),
            "how many ruled lines there are to write an answer on; else none",
        ),
    ),
)
EBOOK = Shape(
    "e-book",
    "what the e-book shows of the printed book",
    (
        Key(
            "lines",
            Words(choices=("yes", "no")),
            "whether the numbers of its lines stand in the text; left out, they do",
        ),
        Key(
            "name",
            Words(choices=("plain", "revision")),
            "what the books' files are named by: slug (so by default), or slug, date and revision",
        ),
        Key(
            "entries",
            Words(choices=tuple(way.value for way in CalledBy)),
            "how the text calls entries: by raised letters (so by default), by the marked last "
            "word of the lemma, or not at all",
        ),
    ),
)
