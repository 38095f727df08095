"""A printing: what its readers hold, recorded word by word when it goes to them.

It is one file under the edition's `printings/`, a line of it for each line of the book, so that
it stays small and can be compared. A file that would be larger than LARGEST is compressed.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from printedition.frozen import dataclass
from printedition.page.words import PrintedHeading, PrintedLine, PrintedNote, PrintedWords

FORMAT = 1
FOLDER = "printings"
LARGEST = 1_000_000  # bytes
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}


class NotPrinting(Exception):
    """A file is not the record of a printing; its words say why."""


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section as it is printed: its id, kind and title, and the words of its pages."""

    id: str
    kind: str
    title: str
    pages: tuple[PrintedWords, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the e-book: its file, its title, and a hash of its words."""

    file: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Printing:
    """What was printed: under which name, when, by what, and every word of it.

    `labels` are the folios of all pages, blank ones too; `books` the SHA-256 of the books by
    their names; `tools` the versions of what made them; `audience` whose book it is, if not that
    for all.
    """

    name: str
    title: str
    lang: str
    date: str
    revision: str
    tools: Mapping[str, str]
    books: Mapping[str, str]
    labels: tuple[str, ...]
    sections: tuple[PrintedSection, ...]
    chapters: tuple[Chapter, ...] = field(default=())
    audience: str = ""


def is_fit(name: str) -> bool:
    """Whether a printing may have this name, which is that of a file on every system."""
    return bool(_NAME.fullmatch(name)) and name.split(".")[0].casefold() not in _RESERVED


def paths(name: str) -> tuple[str, str]:
    """Where a printing of this name lies in the edition: plain, or compressed."""
    return f"{FOLDER}/{name}.json", f"{FOLDER}/{name}.json.gz"


def write(printing: Printing) -> tuple[str, bytes]:
    """The path in the edition and the content of a printing's file; equal for equal printings."""
    data = "".join(_text(printing)).encode()
    plain, compressed = paths(printing.name)
    if len(data) <= LARGEST:
        return plain, data
    return compressed, gzip.compress(data, mtime=0)


def read(data: bytes) -> Printing:
    """The printing of a file; raises NotPrinting."""
    try:
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        record = json.loads(data)
        if record["format"] != FORMAT:
            raise NotPrinting("it was recorded by another version of printedition")
        return Printing(
            *(record["name"], record["title"], record["lang"], record["date"], record["revision"]),
            dict(record["tools"]),
            dict(record["books"]),
            tuple(record["labels"]),
            tuple(_section(one) for one in record["sections"]),
            tuple(Chapter(*one) for one in record["chapters"]),
            str(record.get("audience", "")),
        )
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError) as fault:
        raise NotPrinting("it is not whole, or was changed by hand") from fault


def _section(record: Mapping[str, Any]) -> PrintedSection:
    pages = (
        PrintedWords(
            page["label"],
            tuple(PrintedLine(*_row(line)) for line in page["lines"]),
            tuple(PrintedNote(*_row(note)) for note in page["notes"]),
            tuple(PrintedHeading(words, tuple(rest)) for words, *rest in page["headings"]),
            tuple(page.get("heads", ())),
        )
        for page in record["pages"]
    )
    return PrintedSection(record["id"], record["kind"], record["title"], tuple(pages))


def _row(row: list[Any]) -> Iterator[Any]:
    return (tuple(value) if isinstance(value, list) else value for value in row)


def _text(printing: Printing) -> Iterator[str]:
    """The file, with a line for each line, note and heading of the book."""
    yield "{\n"
    yield f' "format": {FORMAT},\n'
    for key in ("name", "title", "lang", "date", "revision", "tools", "books", "labels"):
        yield f' "{key}": {_json(getattr(printing, key))},\n'
    if printing.audience:
        yield f' "audience": {_json(printing.audience)},\n'
    yield ' "chapters": [\n'
    yield from _rows([[one.file, one.title, one.words] for one in printing.chapters], "  ")
    yield ' ],\n "sections": [\n'
    for number, section in enumerate(printing.sections):
        yield "  {" + "".join(
            f'"{key}": {_json(getattr(section, key))}, ' for key in ("id", "kind", "title")
        )
        yield '"pages": [\n'
        for at, page in enumerate(section.pages):
            yield from _page(page)
            yield "   },\n" if at + 1 < len(section.pages) else "   }\n"
        yield "  ]},\n" if number + 1 < len(printing.sections) else "  ]}\n"
    yield " ]\n}\n"


def _page(page: PrintedWords) -> Iterator[str]:
    yield f'   {{"label": {_json(page.label)}, "lines": [\n'
    yield from _rows(
        [
            _short(one.number, one.words, one.version, one.places, one.audience)
            for one in page.lines
        ],
        "    ",
    )
    yield '   ], "notes": [\n'
    notes = ([n.id, n.kind, n.mark, n.words, n.line, n.places, n.audience] for n in page.notes)
    yield from _rows([_short(*one) for one in notes], "    ")
    yield '   ], "headings": [\n'
    yield from _rows([[one.words, *one.locators] for one in page.headings], "    ")
    yield f'   ], "heads": {_json(page.heads)}\n' if page.heads else "   ]\n"


def _short(*values: Any) -> list[Any]:
    """A row without what is empty at its end."""
    row = list(values)
    while not row[-1]:
        row.pop()
    return row


def _rows(rows: Sequence[Any], indent: str) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"{indent}{_json(row)}{',' if number + 1 < len(rows) else ''}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
