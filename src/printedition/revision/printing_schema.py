"""The JSON Schema of a printing's file."""

from __future__ import annotations

from typing import Any

from printedition.revision.printing import FORMAT


def _text(doc: str) -> dict[str, Any]:
    return {"type": "string", "description": doc}


def _object(doc: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": doc,
        "properties": properties,
        "required": [name for name in properties if name not in ("heads", "audience")],
        "additionalProperties": False,
    }


def _row(doc: str, least: int, *items: dict[str, Any]) -> dict[str, Any]:
    """An array of rows, each an array of these values, of which the last may be left out."""
    row = {"type": "array", "prefixItems": list(items), "items": False, "minItems": least}
    return {"type": "array", "description": doc, "items": row}


def _named(doc: str) -> dict[str, Any]:
    return {"type": "object", "description": doc, "additionalProperties": {"type": "string"}}


_HEADING = {
    "type": "array",
    "description": "a heading with all above it, and its locators as printed",
    "items": {"type": "string"},
    "minItems": 1,
}
_PLACES = {
    "type": "array",
    "description": "which of the words, from 0, only say where something stands",
    "items": {"type": "integer", "minimum": 0},
}
_AUDIENCE = _text("the one audience that it is for")
_PAGE = _object(
    "a page of a section",
    label=_text("the folio"),
    lines=_row(
        "its lines",
        2,
        {"type": "integer", "minimum": 0, "description": "on the count, 0 where it has none"},
        _text("the words of the line, without calls"),
        _text("the version in whose column it stands"),
        _PLACES,
        _AUDIENCE,
    ),
    notes=_row(
        "its entries and notes, of which one that runs on stands on each of its pages",
        4,
        _text("the id, which joins the parts of one that runs on"),
        _text("the band of an entry; of a note, `note`, `margin` or `end`"),
        _text("the numeral or line that is printed before it"),
        _text("its words on this page"),
        _text("the line that it is about"),
        _PLACES,
        _AUDIENCE,
    ),
    headings={"type": "array", "description": "its headings of an index", "items": _HEADING},
    heads={
        "type": "array",
        "description": "the heads of columns and rows of a table of versions that begin on it",
        "items": {"type": "string"},
    },
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "printing",
    **_object(
        "what the readers of a printing hold, word by word",
        format={"const": FORMAT, "description": "of this file"},
        name=_text("of the printing"),
        title=_text("of the edition"),
        lang=_text("the language of the edition"),
        date=_text("when it was recorded"),
        revision=_text("the edition's revision, where it names one"),
        audience=_text("whose book it is, if not that for all"),
        tools=_named("the versions of the program and of what it sets pages with"),
        books=_named("the SHA-256 of each book"),
        labels={
            "type": "array",
            "description": "the folios of all pages, blank ones too",
            "items": {"type": "string"},
        },
        chapters=_row(
            "the chapters of the e-book",
            3,
            _text("its file"),
            _text("its title"),
            _text("a hash of its words"),
        ),
        sections={
            "type": "array",
            "description": "the sections in the order of the book",
            "items": _object(
                "a section",
                id=_text("of the section"),
                kind=_text("of the section, as text, prose, parallel, index"),
                title=_text("of the section"),
                pages={"type": "array", "description": "its pages", "items": _PAGE},
            ),
        },
    ),
}
