"""The e-book in the preview: its chapters, out of the archive as it will be handed out."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import cached_property
from hashlib import sha256
from xml.etree import ElementTree

from printedition.frozen import dataclass

_PACKAGE = "{http://www.idpf.org/2007/opf}"
_PAGE = "{http://www.w3.org/1999/xhtml}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
# What a chapter may do to the browser: be seen.
KINDS = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file in the order of reading: its name in the archive, its title, a sum of its bytes."""

    name: str
    title: str
    sum: str


class BoundBook:
    """An EPUB. `key` is the same for the same bytes."""

    def __init__(self, data: bytes) -> None:
        self.key = sha256(data).hexdigest()[:16]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._files = {name: archive.read(name) for name in archive.namelist()}

    def file(self, name: str) -> tuple[bytes, str]:
        """A file of the archive and its kind; raises LookupError where it has none to show."""
        return self._files[name], KINDS[posixpath.splitext(name)[1].lower()]

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters in the order of reading."""
        container = ElementTree.fromstring(self._files["META-INF/container.xml"])
        package = next(e.attrib["full-path"] for e in container.iter(f"{_CONTAINER}rootfile"))
        listed = ElementTree.fromstring(self._files[package])
        files = {e.attrib["id"]: e.attrib["href"] for e in listed.iter(f"{_PACKAGE}item")}
        top = posixpath.dirname(package)
        names = (files[e.attrib["idref"]] for e in listed.iter(f"{_PACKAGE}itemref"))
        return tuple(self._chapter(posixpath.join(top, name)) for name in names)

    def _chapter(self, name: str) -> Chapter:
        data = self._files[name]
        title = ElementTree.fromstring(data).find(f"{_PAGE}head/{_PAGE}title")
        words = "" if title is None else " ".join("".join(title.itertext()).split())
        return Chapter(name, words or posixpath.basename(name), sha256(data).hexdigest()[:16])
