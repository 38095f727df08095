"""The fingerprints of a book's sections: what their templates are filled in with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from printedition.book.remembered import Remembered
from printedition.book.tree import Book, Section
from printedition.fingerprint import fingerprint


class Fingerprints:
    """Fingerprints of sections, each made once."""

    def __init__(self) -> None:
        self._made = Remembered[str](fingerprint)

    @classmethod
    def made(cls, book: Book) -> Fingerprints:
        """Those of a book, made before they are asked for."""
        fingerprints = cls()
        for section in book.sections:
            fingerprints.of(section)
        return fingerprints

    def of(self, section: Section) -> str:
        """The fingerprint of a section."""
        return self._made.of(section)

    def whole(self, book: Book) -> str:
        """That of all sections of a book."""
        return fingerprint([self.of(section) for section in book.sections])


def shared(book: Book, *more: Any) -> str:
    """The fingerprint of what all sections of a book are filled in with, and of `more`."""
    paths = [path for path, _ in book.pictures]
    sigla = [head.siglum for one in book.sections for head in one.versions]
    return fingerprint(replace(book, sections=(), pictures=()), paths, sigla, more)
