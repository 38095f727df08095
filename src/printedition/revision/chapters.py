"""The chapters of an e-book, by hashes of their words."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from printedition.revision.printing import Chapter

_X = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_LENGTH = 16  # hexadecimal digits: enough to tell a chapter from its next state


def chapters(book: bytes) -> Iterator[Chapter]:
    """The chapters in the order of their files; where pages begin is none of their words."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".xhtml"):
                root = ElementTree.fromstring(archive.read(name))
                title = " ".join((root.findtext(f".//{_X}title") or "").split())
                body = root.find(f"{_X}body")
                words = " ".join("".join(_texts(body)).split()) if body is not None else ""
                yield Chapter(name, title, hashlib.sha256(words.encode()).hexdigest()[:_LENGTH])


def _texts(element: ElementTree.Element) -> Iterator[str]:
    if element.get(_TYPE) != "pagebreak":
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""
