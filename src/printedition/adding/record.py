"""A text that is put into edition.yaml, the rest of which stays as it is, remarks and all."""

from __future__ import annotations

import re
from typing import TypeAlias

Stated: TypeAlias = tuple[tuple[str, str], ...]  # keys of a record with their words

_TOP = re.compile(r"^(?P<key>[A-Za-z_]+):", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent> *)- (?P<key>\w+):", re.MULTILINE)


class NotPlain(Exception):
    """The record is not written as lists of items on lines of their own."""


def with_text(record: str, identifier: str, file: str, title: str, stated: Stated = ()) -> str:
    """The record with a text more, last of its texts and last of those in its book.

    `stated` are further keys of the text.
    Raises NotPlain where it has no list of that form to put it into.
    """
    keys = (("file", file), ("title", title), *stated)
    item = f"- id: {quoted(identifier)}\n"
    item += "".join(f"  {key}: {quoted(words)}\n" for key, words in keys)
    record = _inserted(record, "texts", item, last="id")
    if _section(record, "book") is not None:
        record = _inserted(record, "book", f"- text: {quoted(identifier)}\n", last="text")
    return record


def quoted(words: str) -> str:
    """Words as a value in single quotes."""
    return "'" + words.replace("'", "''") + "'"


def _section(record: str, key: str) -> tuple[int, int] | None:
    """Where the value of a key of the whole record begins and ends."""
    tops = list(_TOP.finditer(record))
    for number, top in enumerate(tops):
        if top["key"] == key:
            end = tops[number + 1].start() if number + 1 < len(tops) else len(record)
            return record.index("\n", top.start()) + 1 if "\n" in record[
                top.start() :
            ] else end, end
    return None


def _inserted(record: str, key: str, item: str, *, last: str) -> str:
    """The record with an item behind the last that has a key, or behind all of a list."""
    place = _section(record, key)
    if place is None:
        raise NotPlain(key)
    start, end = place
    body = record[start:end]
    items = list(_ITEM.finditer(body))
    if not items:
        raise NotPlain(key)
    indent = items[0]["indent"]
    own = [found for found in items if found["indent"] == indent]
    wanted = [number for number, found in enumerate(own) if found["key"] == last]
    number = wanted[-1] if wanted else len(own) - 1
    stop = own[number + 1].start() if number + 1 < len(own) else len(body)
    at = start + len(_without_tail(body[:stop]))
    lines = "".join(f"{indent}{line}\n" for line in item.splitlines())
    before = record[:at] if record[:at].endswith("\n") else record[:at] + "\n"
    return before + lines + record[at:]


def _without_tail(body: str) -> str:
    """A list without the blank lines and remarks behind it, which speak of what follows."""
    lines = body.splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return "".join(lines)
