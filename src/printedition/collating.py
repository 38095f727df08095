"""Files of witnesses, and their table as text, HTML, CSV, JSON, or a draft apparatus."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from printedition.beginnings.apparatus import draft_apparatus
from printedition.diagnostics import Findings
from printedition.edition.text import leaves_of
from printedition.reading.attributes import Setting
from printedition.reading.blocks import parse_blocks
from printedition.scholarship.collation import Collation, Column, Witness
from printedition.scholarship.tokens import Token, form_of, tokens
from printedition.sources import SourceNotText, decode

_MOST = 2_000_000  # bytes of a file
_NOTHING = "–"
_BREADTH = 24  # characters of a column of the table


class NotWitnesses(Exception):
    """What was named cannot be collated; the message says why, and what to do."""


def read_witnesses(names: Sequence[str]) -> list[Witness]:
    """The witnesses of files, `A=path` or a path whose name is the siglum; or of one JSON file.

    Markdown is read as a text of an edition, anything else as plain text. Raises NotWitnesses.
    """
    found: list[Witness] = []
    for name in names:
        siglum, path = _named(name)
        text = _text(path)
        if path.suffix.lower() == ".json":
            found += _of_json(text, path)
        else:
            found.append(_witness(siglum, _blocks(text, path)))
    sigla = [witness.siglum for witness in found]
    twice = next((siglum for siglum in sigla if sigla.count(siglum) > 1), None)
    if twice is not None:
        raise NotWitnesses(f"two witnesses are called “{twice}”; name one of them: B=its/path")
    if len(found) < 2:
        raise NotWitnesses("there is one witness only; name two files or more")
    return found


def _named(name: str) -> tuple[str, Path]:
    siglum, apart, path = name.partition("=")
    if apart and siglum and "/" not in siglum:
        return siglum, Path(path)
    return Path(name).stem, Path(name)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise NotWitnesses(f"cannot read “{path}”: {reason}") from None
    if len(data) > _MOST:
        raise NotWitnesses(f"“{path}” is larger than 2 MB; divide it")
    try:
        return unicodedata.normalize("NFC", decode(str(path), data).text)
    except SourceNotText:
        raise NotWitnesses(f"“{path}” is not text in UTF-8; save it as such") from None


def _blocks(text: str, path: Path) -> list[str]:
    """The plain texts of a file's blocks."""
    if path.suffix.lower() not in (".md", ".markdown"):
        return [" ".join(one.split()) for one in re.split(r"\n\s*\n", text) if one.strip()]
    findings = Findings()
    setting = Setting(str(path), findings)
    document = parse_blocks(decode(str(path), text.encode()), setting)
    for fault in findings.diagnostics:
        raise NotWitnesses(f"“{path}” is not clean: {fault.message}")
    return [leaf.plain for leaf in leaves_of(document.blocks)]


def _witness(siglum: str, blocks: Sequence[str]) -> Witness:
    found = [token for number, plain in enumerate(blocks) for token in tokens(plain, number)]
    return Witness(siglum, tuple(found), tuple(blocks))


def _of_json(text: str, path: Path) -> list[Witness]:
    """Witnesses as CollateX reads them: `{"witnesses": [{"id", "content" or "tokens"}]}`."""
    try:
        listed = json.loads(text)["witnesses"]
        return [_of_record(record) for record in listed]
    except json.JSONDecodeError as fault:
        raise NotWitnesses(f"“{path}” is not JSON: {fault.msg} in line {fault.lineno}") from None
    except (KeyError, TypeError, AttributeError, RecursionError):
        told = '{"witnesses": [{"id": "A", "content": "…"}]}'
        raise NotWitnesses(f"“{path}” does not list witnesses, as in {told}") from None


def _of_record(record: Mapping[str, Any]) -> Witness:
    siglum = str(record["id"])
    if "tokens" not in record:
        return _witness(siglum, [unicodedata.normalize("NFC", str(record["content"]))])
    made, plain = [], ""
    for one in record["tokens"]:
        text = str(one["t"])
        start = len(plain) + len(text) - len(text.lstrip())
        written = text.strip()
        form = form_of(str(one.get("n", written)).strip())
        is_word = any(character.isalnum() for character in written)
        made.append(Token(written, form, 0, start, start + len(written), is_word))
        plain += text if text[-1:].isspace() else text + " "
    return Witness(siglum, tuple(made), (plain,))


# Formats


def _cell(collation: Collation, column: Column, siglum: str) -> str:
    token = collation.token(column, siglum)
    return token.text if token else _NOTHING


def _mark(collation: Collation, column: Column, siglum: str) -> str:
    """How a cell differs from the base: moved, other, nothing, more; empty where it does not."""
    at, own = column.cells.get(siglum), column.cells.get(collation.base)
    if siglum == collation.base:
        return ""
    moved = collation.moved[siglum]
    if at in moved or (own is not None and own in moved.values()):
        return "moved"
    if at is None or own is None:
        return "" if at is own else "less" if at is None else "more"
    base = collation.witnesses[collation.base].tokens[own]
    return "" if base.form == collation.witnesses[siglum].tokens[at].form else "other"


_SIGNS = {"": " ", "moved": "↔", "less": "−", "more": "+", "other": "≠"}


def as_table(collation: Collation) -> str:
    """A line for each column of the table; signs tell how a witness differs from the base."""
    sigla = list(collation.witnesses)
    rows = [[_SIGNS[""] + siglum for siglum in sigla]]
    for column in collation.columns:
        rows.append(
            [_SIGNS[_mark(collation, column, s)] + _cell(collation, column, s) for s in sigla]
        )
    widths = [min(max(len(row[n]) for row in rows), _BREADTH) for n in range(len(sigla))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines) + "\n\n≠ other than the base  + more  − nothing  ↔ moved\n"


def as_html(collation: Collation) -> str:
    """A page with the table, a row for each column."""
    head = "".join(f'<th scope="col">{escape(siglum)}</th>' for siglum in collation.witnesses)
    rows = []
    for column in collation.columns:
        cells = ""
        for siglum in collation.witnesses:
            mark = _mark(collation, column, siglum)
            words = _SIGNS[mark].strip() + escape(_cell(collation, column, siglum))
            cells += f'<td class="{mark or "same"}">{words}</td>'
        rows.append(f"<tr>{cells}</tr>")
    style = (
        "body { font-family: serif } td, th { padding: 0 1em; text-align: left }"
        " .other { text-decoration: underline } .more { font-weight: bold }"
        " .less { color: #666 } .moved { font-style: italic }"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Collation</title>'
        f"<style>{style}</style></head>\n<body>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody>\n</table>\n</body>\n</html>\n"
    )


def as_csv(collation: Collation) -> str:
    """A line for each column of the table, the sigla first; a cell of nothing is empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(collation.witnesses)
    for column in collation.columns:
        cells = (collation.token(column, siglum) for siglum in collation.witnesses)
        writer.writerow([cell.text if cell else "" for cell in cells])
    return stream.getvalue()


def as_json(collation: Collation) -> str:
    """CollateX's form: for each column, for each witness, its tokens."""
    sigla = list(collation.witnesses)
    table = []
    for column in collation.columns:
        cells = [collation.token(column, siglum) for siglum in sigla]
        table.append([[{"t": cell.text, "n": cell.form}] if cell else [] for cell in cells])
    moved = {s: sorted(m.items()) for s, m in collation.moved.items() if m}
    told = {"witnesses": sigla, "base": collation.base, "table": table, "moved": moved}
    return json.dumps(told, ensure_ascii=False) + "\n"


FORMATS: Mapping[str, Callable[[Collation], str]] = {
    "table": as_table,
    "html": as_html,
    "csv": as_csv,
    "json": as_json,
    "apparatus": draft_apparatus,
}
