"""Archives an e-book so that the same book has the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can state
_STAMP = re.compile(r'\s*<meta name="generator"[^>]*/>')


def archive(written: bytes, language: str) -> bytes:
    """The archive rewritten, its package with its language and without the writer's stamp."""
    with zipfile.ZipFile(io.BytesIO(written)) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    for name, content in contents.items():
        if name.endswith(".opf"):
            contents[name] = _package(content, language)
    return pack(contents)


def pack(contents: Mapping[str, bytes]) -> bytes:
    """An archive: mimetype first and stored, the rest sorted, dated alike, deflated.

    EPUB 3.3, OCF ZIP container: the mimetype file comes first, uncompressed, without extra field.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name in sorted(contents, key=lambda name: (name != "mimetype", name)):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(entry, contents[name], compresslevel=None if stored else 9)
    return made.getvalue()


def _package(content: bytes, language: str) -> bytes:
    """The package document with its language, without the writer's stamp."""
    text = _STAMP.sub("", content.decode())
    return text.replace("<package ", f"<package xml:lang={quoteattr(language)} ", 1).encode()
