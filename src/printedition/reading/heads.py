"""The heads of texts, as edition.yaml has them."""

from __future__ import annotations

from printedition.diagnostics import Findings
from printedition.edition.heads import Paragraphs, TextHead
from printedition.reading.fields import Fields
from printedition.reading.kinds import MARKDOWN, WORDS, Key, ListOf
from printedition.reading.values import marked

HEAD_KEYS = (
    Key("author", WORDS, "who wrote it, as its head prints the name"),
    Key("date", WORDS, "its date, in words, as its head prints it"),
    Key("source", MARKDOWN, "where it was taken from"),
    Key("pages", WORDS, "which pages of the source were used; none where it has no pages"),
    Key("rights", MARKDOWN, "who has the rights in it, and what is allowed"),
    Key("keywords", ListOf(WORDS), "words that say what it is about, for its head and catalogues"),
    Key("introduction", WORDS, "a file of the editor's prose that stands before it"),
)


def read_head(record: Fields, findings: Findings) -> TextHead:
    """What a record of `texts:` says for the head of the text."""

    def paragraph(key: str) -> Paragraphs:
        words = marked(record, key, "", findings)
        return (words,) if words else ()

    return TextHead(
        author=record.text("author"),
        date=record.text("date"),
        source=paragraph("source"),
        pages=record.text("pages"),
        rights=paragraph("rights"),
        introduction=record.words("introduction"),
        keywords=tuple(value.text for value in record.list("keywords")),
    )
