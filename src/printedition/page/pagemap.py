"""The page map: what stands on which page and in which line, for people and programs to cite.

It is written beside the books with their hashes. Lengths are in pt from the upper left corner of
the page. Equal builds give equal maps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from printedition.frozen import dataclass

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its number on the count (0 where it has none), first and last word.

    `version` is that whose column it stands in, in a table of versions. `words` are all that it
    has, without calls, `places` the numbers of those that say where something stands, `audience`
    whom they are for, if not for all. A printing records these, and the map does not, nor `rule`:
    where a proof has the rule that marks the line, its x, top and foot in px.
    """

    number: int
    first: str
    last: str
    version: str = ""
    words: str = ""
    rule: tuple[float, float, float] = (0.0, 0.0, 0.0)
    places: tuple[int, ...] = ()
    audience: str = ""

    def told(self) -> dict[str, Any]:
        """What the map says of it."""
        told: dict[str, Any] = {"number": self.number, "first": self.first, "last": self.last}
        return told | {"version": self.version} if self.version else told


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry, note or margin note: its id, the line it is about, its box on the page in pt.

    `band` is where it is printed, `margin` for margin notes; `line` is as printed, 12–14. A note
    that runs on stands on each of its pages.
    """

    id: str
    band: str
    line: str
    box: tuple[float, float, float, float]

    def told(self) -> dict[str, Any]:
        """What the map says of it."""
        return {"id": self.id, "band": self.band, "line": self.line, "box": list(self.box)}


@dataclass(slots=True)
class PageFacts:
    """What stands on one page of a section: lines, entries and notes, margin notes."""

    lines: list[Line] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    beside: list[Standing] = field(default_factory=list)


def page_map(
    labels: Sequence[str], sections: Mapping[str, Iterable[tuple[int, PageFacts]]]
) -> dict[str, Any]:
    """The map of a book: the folio of each page, and by section its pages (from 0) with facts."""
    pages: list[dict[str, Any]] = [
        {"label": label, "side": "verso" if number % 2 else "recto", "lines": 0}
        for number, label in enumerate(labels)
    ]
    texts: dict[str, list[dict[str, Any]]] = {}
    entries: list[dict[str, Any]] = []
    margins: list[dict[str, Any]] = []
    for name, facts in sections.items():
        for number, page in facts:
            label = labels[number]
            rows = [{"page": label, **line.told()} for line in page.lines]
            texts.setdefault(name, []).extend(rows)
            if page.lines:
                pages[number]["lines"] = sum(1 for line in page.lines if line.number)
                pages[number]["first"] = _locus(name, page.lines[0])
                pages[number]["last"] = _locus(name, page.lines[-1])
            for rows_of, standing in ((entries, page.standing), (margins, page.beside)):
                rows_of += ({"section": name, "page": label, **one.told()} for one in standing)
    return {
        "format": FORMAT,
        "pages": pages,
        "texts": texts,
        "entries": entries,
        "margins": margins,
    }


def _locus(section: str, line: Line) -> dict[str, Any]:
    version = {"version": line.version} if line.version else {}
    return {"section": section, **version, "line": line.number}


def _object(doc: str, **properties: dict[str, Any]) -> dict[str, Any]:
    optional = {"first", "last", "standard"} if "side" in properties else {"version"}
    return {
        "type": "object",
        "description": doc,
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_WORDS = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_LOCUS = _object("a line", section=_WORDS, version=_WORDS, line=_COUNT)
_BOX = {
    "type": "array",
    "description": "left, top, right and bottom in pt from the upper left corner of the page",
    "items": {"type": "number"},
    "minItems": 4,
    "maxItems": 4,
}
_STANDING = _object(
    "an entry or note on a page",
    section=_WORDS,
    page=_WORDS,
    id=_WORDS,
    band=_WORDS,
    line=_WORDS,
    box=_BOX,
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "page map",
    **_object(
        "what stands on which page and in which line of the printed book",
        books={
            "type": "object",
            "description": "the SHA-256 of each book",
            "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        },
        format={"const": FORMAT},
        pages=_array(
            _object(
                "a page, in the order of the book",
                label={"type": "string", "description": "the folio"},
                side={"enum": ["recto", "verso"]},
                lines={**_COUNT, "description": "how many numbered lines it has"},
                first=_LOCUS,
                last=_LOCUS,
                standard={
                    **_array(_WORDS),
                    "description": "in large print, the pages of the standard book that it has "
                    "words of, in order",
                },
            )
        ),
        texts={
            "type": "object",
            "description": "the lines of each section, in order",
            "additionalProperties": _array(
                _object(
                    "a line",
                    page=_WORDS,
                    number=_COUNT,
                    first=_WORDS,
                    last=_WORDS,
                    version=_WORDS,
                )
            ),
        },
        entries=_array(_STANDING),
        margins=_array(_STANDING),
    ),
}
