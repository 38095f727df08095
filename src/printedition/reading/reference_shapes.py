"""What edition.yaml may set of references: their form, and the words by which they name places."""

from __future__ import annotations

from printedition.reading.kinds import LANGUAGE, Key, Shape, Words

_NUMBERED = Words(pattern="[^…]*…[^…]*", form="words with … where the number stands, as in S. …")
_QUOTING = Words(pattern="[^…]*…[^…]*", form="words with … where what is quoted stands")
_TWICE = Words(pattern="[^…]*…[^…]*…[^…]*", form="words with … twice, for the two that are named")
REFERENCE_TERMS = Shape(
    "set of reference terms",
    "words of the edition's own for those by which references name places",
    (
        Key("page", _NUMBERED, "a page, in place of p. …"),
        Key("pages", _NUMBERED, "pages, in place of pp. …"),
        Key("line", _NUMBERED, "a line, in place of l. …"),
        Key("lines", _NUMBERED, "lines, in place of ll. …"),
        Key("above", _NUMBERED, "a place before the reference, in place of above, …"),
        Key("below", _NUMBERED, "a place after it, in place of below, …"),
        Key("clause", _TWICE, "a clause and its text, in place of clause … of …"),
        Key("note", _TWICE, "a numbered note and its place, in place of n. … on …"),
        Key("remark", _QUOTING, "a note without a number, by its words: note on …"),
        Key("entry", _QUOTING, "an entry of the apparatus, by its lemma: entry on …"),
        Key("quoted", _QUOTING, "words that are quoted, and titles: “…”"),
    ),
)
REFERENCES = Shape(
    "set of references",
    "how references to other places are worded",
    (
        Key(
            "form",
            Words(choices=("page", "line", "locus", "above")),
            "what empty brackets print that do not say it; else what suits the place",
        ),
        Key(
            "beside",
            Words(choices=("none", "page", "line")),
            "what print adds to words of your own, in brackets; else none",
        ),
        Key("lang", LANGUAGE, "the language of p. and its like; else that of the edition"),
        Key("terms", REFERENCE_TERMS, "words in place of those of the language"),
    ),
)
