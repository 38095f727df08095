"""Archives an e-book so that the same book has the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import quoteattr

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can state
_STAMP = re.compile(r'\s*<meta name="generator"[^>]*/>')


def archive(written: bytes, language: str) -> bytes:
    """The archive rewritten: mimetype first and stored, the rest sorted, dated alike, deflated.

    EPUB 3.3, OCF ZIP container: the mimetype file comes first, uncompressed, without extra field.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(made, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            content = old.read(name)
            if name.endswith(".opf"):
                content = _package(content, language)
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(entry, content, compresslevel=None if stored else 9)
    return made.getvalue()


def _package(content: bytes, language: str) -> bytes:
    """The package document with its language, without the writer's stamp."""
    text = _STAMP.sub("", content.decode())
    return text.replace("<package ", f"<package xml:lang={quoteattr(language)} ", 1).encode()
