"""Pandoc, the door to files of word processors and the web; none of it is needed for others."""

from __future__ import annotations

import json
import re
from typing import Any

from printedition.adding.web_notes import with_notes
from printedition.sources import SourceNotText, decode

FORMS = {".docx": "docx", ".odt": "odt", ".html": "html", ".htm": "html", ".xhtml": "html"}
_EXTRA = ("--sandbox", "--track-changes=all", "--quiet")  # no other file, and no network
_OLD_WORD = b"\xd0\xcf\x11\xe0"  # begins what Word wrote before 2007, and what is locked
_ZIP = b"PK"  # begins every DOCX and ODT
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_AGAIN = "open it in your word processor and save it again as"


class NoPandoc(Exception):
    """Pandoc is not installed."""


class Unreadable(Exception):
    """A file cannot be read; its words say why, and what can be done."""


def tree_of(ending: str, data: bytes) -> dict[str, Any]:
    """What Pandoc finds in a file, as its tree; raises NoPandoc, Unreadable, SourceNotText."""
    form = FORMS[ending]
    if form == "html":
        data = _of_web(data).encode()
    elif not data.startswith(_ZIP):
        raise Unreadable(_why_not(data, form))
    try:
        import pypandoc
    except ImportError:
        raise NoPandoc from None
    try:
        # Its bytes, so that Pandoc opens nothing itself.
        words = pypandoc.convert_text(
            data, "json", format=form, extra_args=list(_EXTRA), encoding="utf-8"
        )
    except (OSError, RuntimeError) as fault:
        if "No pandoc" in str(fault):
            raise NoPandoc from None
        named = form.upper()
        raise Unreadable(f"this {named} file is damaged; {_AGAIN} {named}") from fault
    tree = dict(json.loads(words))
    return with_notes(tree) if form == "html" else tree


def _why_not(data: bytes, form: str) -> str:
    """What a file is that is named like those of a word processor and is none."""
    named = form.upper()
    if not data:
        return "this file is empty"
    if data.startswith(_OLD_WORD):
        return f"this is a DOC file of an older Word, or locked by a password; {_AGAIN} {named}"
    return f"this is no {named} file, though it is named so; {_AGAIN} {named}"


def _of_web(data: bytes) -> str:
    """A page of the web as text, by the encoding that it states itself; else UTF-8."""
    try:
        return decode("", data).text
    except SourceNotText:
        stated = _CHARSET.search(data[:2048])
        if stated is None:
            raise
        try:
            return data.decode(stated[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            raise Unreadable(
                "its signs are not in the encoding that it states; save it again as UTF-8"
            ) from None
