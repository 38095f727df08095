"""What bibliography.yaml may hold: works in CSL-YAML, as Pandoc and Zotero write them.

Types, variables and their kinds are those of CSL 1.0.2 (appendices III and IV).
"""

from __future__ import annotations

from printedition.reading.kinds import WORDS, Either, Key, Kind, ListOf, Shape, Words


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


NUMBER = Words(bare=True)  # words that are often a number, and may then stand without quotes

TYPES = _each(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia event figure "
    "graphic hearing interview legal_case legislation manuscript map motion_picture musical_score "
    "pamphlet paper-conference patent performance periodical personal_communication post "
    "post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage"
)

NAME = Shape(
    "name",
    "a person or body that has a part in a work",
    (
        Key("family", WORDS, "the family name, by which lists are ordered"),
        Key("given", WORDS, "the given names, or their initials"),
        Key("literal", WORDS, "the whole name, of a body or a person with one name"),
        Key("dropping-particle", WORDS, "a particle that lists leave out, as the de of de Musset"),
        Key("non-dropping-particle", WORDS, "a particle that stays, as the van of van Gogh"),
        Key("suffix", WORDS, "what follows the name, as Jr."),
        Key("comma-suffix", NUMBER, "whether a comma stands before the suffix; not used"),
        Key("static-ordering", NUMBER, "whether the family name always comes first; not used"),
        Key("parse-names", NUMBER, "whether particles are to be found in the name; not used"),
    ),
)
_COUNT = Words(pattern=r"-?[0-9]{1,4}", form="a number", bare=True)
_DATE_PARTS = ListOf(ListOf(_COUNT))
DATE_RECORD = Shape(
    "date of a work",
    "a date in parts, as CSL has it",
    (
        Key("date-parts", _DATE_PARTS, "year, month, day; twice for a range"),
        Key("year", _COUNT, "the year, in older files of Pandoc"),
        Key("month", _COUNT, "the month, as a number"),
        Key("day", _COUNT, "the day"),
        Key("season", _COUNT, "the season, from 1 (spring) to 4"),
        Key("circa", NUMBER, "true, where the date is about that"),
        Key("literal", NUMBER, "a date in words"),
        Key("raw", NUMBER, "a date as it was found, such as 1922-09-26"),
    ),
)
DATE_OF_WORK = Either((NUMBER, DATE_RECORD, ListOf(DATE_RECORD)))
NAMES = ListOf(NAME)

_NAMES = _each(
    "chair collection-editor compiler composer container-author contributor curator director "
    "editorial-director executive-producer guest host illustrator interviewer narrator organizer "
    "original-author performer producer recipient reviewed-author script-writer series-creator"
)
_DATES = _each("available-date event-date submitted")
_WORDS = _each(
    "abstract annote archive_collection archive-place authority call-number citation-key "
    "citation-label citation-number collection-number container-title-short dimensions division "
    "event event-place event-title genre ISBN ISSN journalAbbreviation jurisdiction keyword "
    "license medium number number-of-volumes original-publisher original-publisher-place "
    "original-title page-first part-number part-title PMCID PMID printing-number references "
    "reviewed-genre reviewed-title scale section shortTitle source status supplement-number "
    "version volume-title volume-title-short year-suffix"
)

WORK = Shape(
    "work",
    "a work that the edition cites",
    (
        Key(
            "id",
            Words(pattern=r"[^\s{}]+", form="a key without blanks or braces"),
            "the key by which it is cited",
            required=True,
        ),
        Key("type", Words(choices=TYPES), "what it is: book, chapter, …", required=True),
        Key("title", NUMBER, "its title, in which emphasis is kept", required=True),
        Key("title-short", NUMBER, "a shorter title, for later citations"),
        Key("author", NAMES, "who wrote it"),
        Key("editor", NAMES, "who edited it"),
        Key("translator", NAMES, "who translated it"),
        Key("issued", DATE_OF_WORK, "when it was published: 1971, 1922-09-26, 1950/1955"),
        Key("original-date", DATE_OF_WORK, "when it was first published"),
        Key("accessed", DATE_OF_WORK, "when a page of the web was looked at"),
        Key("publisher", NUMBER, "who published it"),
        Key("publisher-place", NUMBER, "where"),
        Key("edition", NUMBER, "which edition"),
        Key("volume", NUMBER, "which volume"),
        Key("number-of-pages", NUMBER, "how many pages it has"),
        Key("container-title", NUMBER, "the journal, book or site that holds it"),
        Key("collection-title", NUMBER, "the series"),
        Key("issue", NUMBER, "which issue of a journal"),
        Key("chapter-number", NUMBER, "which chapter"),
        Key("page", NUMBER, "its pages in what holds it, such as 421-423"),
        Key("archive", NUMBER, "the archive or library that has it"),
        Key("archive_location", NUMBER, "its shelf mark there"),
        Key("DOI", NUMBER, "its DOI"),
        Key("URL", NUMBER, "its address"),
        Key("language", NUMBER, "its language, which keeps titles in that language's letters"),
        Key("note", NUMBER, "a remark, where the style prints it"),
    ),
    further=(
        *(Key(name, NAMES, "names, as CSL has them") for name in _NAMES),
        *(Key(name, DATE_OF_WORK, "a date, as CSL has it") for name in _DATES),
        *(Key(name, NUMBER, "a variable of CSL") for name in _WORDS),
    ),
)
BIBLIOGRAPHY = Either(
    (
        ListOf(WORK),
        Shape(
            "bibliography.yaml",
            "the works that the edition cites, in CSL-YAML",
            (
                Key("references", ListOf(WORK), "the works", required=True),
                Key(
                    "nocite",
                    WORDS,
                    "keys of works that are listed though not cited: '@key, @other', or '@*' for "
                    "all",
                ),
            ),
        ),
    )
)


def variables(kind: Kind) -> tuple[str, ...]:
    """The variables of a work that hold values of a kind: NAMES, DATE_OF_WORK, NUMBER."""
    return tuple(key.name for key in (*WORK.keys, *WORK.further) if key.shape == kind)
