"""The kinds of marks and blocks that a text may carry, and the signs that print them."""

from __future__ import annotations

from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """An editorial sign: what opens and closes the words, and what it means to a reader.

    Signs follow M. L. West, *Textual Criticism* (1973), 80–82, but for ⟦ ⟧, which papyrologists
    print for a scribe's deletion, and | for the end of a page.
    """

    kind: str
    opening: str
    closing: str
    meaning: str


SIGNS: dict[str, Sign] = {
    sign.kind: sign
    for sign in (
        Sign("supplied", "⟨", "⟩", "supplied by the editor"),
        Sign("surplus", "{", "}", "in the source, deleted by the editor"),
        Sign("deleted", "⟦", "⟧", "deleted in the source by its own hand"),
        Sign("addition", "`", "´", "added in the source between the lines or in the margin"),
        Sign("expansion", "(", ")", "an abbreviation written out by the editor"),
        Sign("unclear", "", "", "read with doubt (dotted below)"),
        Sign("crux", "†", "†", "corrupt"),
        Sign("lacuna", "[", "]", "lost; dots or a guess inside"),
        Sign("gloss", "", "", "a word of the source’s own editors"),
    )
}

PAGE_BREAK = "|"
DOUBTFUL_PAGE_BREAK = "¦"

MARK_KINDS = (*SIGNS, "page-break", "small-caps")
REFERENCE_KEYS = ("ref", "form", "in", "to")
_RECORDED = ("n", "cert", "hand", "place", "reason")
MARK_KEYS = ("lang", "index", *REFERENCE_KEYS, *_RECORDED)

BLOCK_KINDS = (
    "dateline", "salutation", "closing", "signature", "postscript", "address",
    "clause", "clause-part", "note", "verse", "continued", "run-on", "quotation", "centered",
)  # fmt: skip
BLOCK_KEYS = (
    "lang", "index", "label", "take", "words", "open", "close", "audience",
    *REFERENCE_KEYS, *_RECORDED,
)  # fmt: skip

# What stands under a question, for those who teach.
TEACHING_KINDS = ("answer", "hint")

# How a reference names what it leads to.
REFERENCE_FORMS = ("page", "line", "locus", "above", "words")

# What a margin note is, which only its style shows.
MARGIN_KINDS = ("summary", "identification", "date", "source-page")
VOCABULARY = "vocabulary"  # a note that says what a word means
NOTE_KINDS = ("foot", "margin", "end", "each", *MARGIN_KINDS, VOCABULARY)
QUESTION_KEYS = ("after", "before", "nth", "to", "to_in", "lines", "audience")
NOTE_KEYS = ("after", "before", "nth", "to", "to_in", "headword", "audience")
