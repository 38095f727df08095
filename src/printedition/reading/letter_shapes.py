"""What edition.yaml may say of letters and dates, and of the list of letters for correspSearch."""

from __future__ import annotations

from printedition.edition.dates import Certainty, Part
from printedition.edition.letter import AUTHORITIES, Heads
from printedition.reading.kinds import (
    FLAG,
    MARKDOWN,
    WORDS,
    Key,
    ListOf,
    Shape,
    Words,
)

DAY = Words(
    pattern=r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?",
    form="a year, month or day, such as 1922, 1922-09 or 1922-09-26",
)
ADDRESS = Words(pattern=r"https?://\S+", form="an address that begins with https://")
_CERTAINTY = Key(
    "certainty",
    Words(choices=tuple(certainty.value for certainty in Certainty)),
    "how sure it is; medium and low print a question mark",
)

DATED_EVENT = Shape(
    "date",
    "one of a text's dates",
    (
        Key(
            "event",
            WORDS,
            "what happened: written, sent, received, registered, or other words",
            required=True,
        ),
        Key("date", WORDS, "when, in the edition's own words, in place of the program's"),
        Key("when", DAY, "the day, as machines read it"),
        Key("from", DAY, "the first day of what lasted some time"),
        Key("to", DAY, "its last day"),
        Key("not_before", DAY, "the first day on which it can have been"),
        Key("not_after", DAY, "the last day on which it can have been"),
        Key("after", DAY, "it was later than this day"),
        Key("before", DAY, "it was earlier than this day"),
        Key(
            "inferred",
            ListOf(Words(choices=("true", *(part.value for part in Part))), lone=True),
            "the date, or which parts of it, no source states: they print in brackets",
        ),
        _CERTAINTY,
        Key("number", WORDS, "its number in a register"),
        Key("in", WORDS, "of an event: the text or block that tells of it, as text/block"),
        Key("evidence", MARKDOWN, "what the date rests on"),
        Key("note", MARKDOWN, "a remark on the date"),
    ),
)


def _named(name: str, doc: str, *more: Key) -> Shape:
    """A record of someone or something that has a name, or that is unknown."""
    return Shape(
        name,
        doc,
        (
            Key("name", WORDS, "the name as it prints"),
            Key("unknown", FLAG, "nobody knows"),
            Key("head", WORDS, "the form of the name in the letter's head, such as a dative"),
            Key(
                "authority",
                WORDS,
                "its address in an authority file, or one of "
                + ", ".join(f"{authority}:" for authority in AUTHORITIES)
                + " and the id there",
            ),
            Key("inferred", FLAG, "no source states it: it prints in brackets"),
            _CERTAINTY,
            *more,
        ),
        one_of=("name", "unknown"),
    )


PARTY = _named(
    "correspondent",
    "who sent a letter, or to whom it was sent",
    Key("institution", FLAG, "it is an institution, not a person"),
)
LETTER_PLACE = _named("place", "from where a letter was sent, or whither")
LETTER = Shape(
    "letter",
    "what is known of a letter besides its dates",
    (
        Key("number", WORDS, "its number in the edition"),
        Key("sender", ListOf(PARTY), "who sent it"),
        Key("addressee", ListOf(PARTY), "to whom"),
        Key("place", LETTER_PLACE, "where it was written"),
        Key("destination", LETTER_PLACE, "where it was sent"),
        Key("address", ADDRESS, "where the letter can be read on the web"),
    ),
)
DATE_TERMS = Shape(
    "set of words for letters",
    "words of the edition's own for those that heads of letters and dates use",
    tuple(Key(term, WORDS, doc) for term, doc in (
        ("to", "before the addressee, as To"),
        ("from_to", "between sender and addressee, as to"),
        ("and", "before the last of several names"),
        ("written", "the event of writing"),
        ("sent", "that of sending"),
        ("received", "that of receipt"),
        ("registered", "that of registration"),
        ("number", "before the number in a register, as no."),
        ("undated", "of a letter without a date"),
        ("someone", "someone unknown"),
        ("somewhere", "a place unknown"),
        ("after", "before a day that the event followed"),
        ("before", "before a day that it preceded"),
        ("not_before", "before the first day possible"),
        ("not_after", "before the last day possible"),
        ("inferred", "of a date that no source states"),
        ("probable", "of a date whose certainty is medium"),
        ("uncertain", "of one whose certainty is low"),
    )),
)  # fmt: skip
LETTERS = Shape(
    "letters",
    "how the heads of letters are worded",
    (
        Key(
            "heads",
            Words(choices=tuple(heads.value for heads in Heads)),
            "whether a head names the addressee, or sender and addressee; else it names the sender "
            "too where the edition's letters have several",
        ),
        Key("terms", DATE_TERMS, "words in place of those of the language"),
    ),
)
CMIF = Shape(
    "list of letters",
    "what correspSearch wants to know of the list that export cmif writes",
    (
        Key("url", ADDRESS, "the address at which the list will lie on the web", required=True),
        Key("publisher", WORDS, "who publishes the list, and is to be named; else the edition's"),
        Key("publisher_url", ADDRESS, "the publisher's address on the web"),
        Key("editor", WORDS, "who answers for the list; else the first editor of the edition"),
        Key("email", Words(pattern=r"\S+@\S+", form="an address of e-mail"), "where to reach them"),
        Key(
            "kind",
            Words(choices=("print", "online", "hybrid")),
            "how the edition is published; else hybrid, in print and on the web",
        ),
        Key(
            "uuid",
            Words(
                pattern=r"[a-f][0-9a-f]{7}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                form="a UUID that begins with a letter",
            ),
            "the edition's name in the list, which must never change; else made from url",
        ),
    ),
)
ABBREVIATION = Shape(
    "abbreviation",
    "an abbreviation that the texts use",
    (
        Key("abbr", WORDS, "the abbreviation as it stands in the texts", required=True),
        Key("expansion", WORDS, "what it stands for"),
        Key("note", WORDS, "what is to be said of it, where nobody has written it out"),
        Key("unlisted", FLAG, "it needs no explanation, as the initials of a name"),
    ),
    one_of=("expansion", "note", "unlisted"),
)
