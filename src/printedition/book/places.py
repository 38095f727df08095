"""From places in the composed book back to the files of the edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cached_property

from printedition.book import tree
from printedition.book.templates import Templates
from printedition.diagnostics import Diagnostic
from printedition.edition.edition import Edition
from printedition.sources import (
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    SourceTooLarge,
    Span,
)

BOOK = "#"  # begins the source of a span that is an id of the book
_STYLES = ("styles/page.css", "styles/cover.css")


class Places:
    """Finds where in the edition's files something printed was read from."""

    def __init__(self, edition: Edition, book: tree.Book, sources: Sources) -> None:
        self.sources = sources
        self._edition, self._book = edition, book

    def resolve(self, found: Iterable[Diagnostic], templates: Templates) -> list[Diagnostic]:
        """The diagnostics, those of characters and links placed where these stand in the files."""
        placed: list[Diagnostic] = []
        for each in found:
            if each.code == "PDF003" and each.span.source.startswith(BOOK):
                placed.append(self.of_character(each))
            elif each.code == "PDF001" and each.span == Span("edition.yaml", 0, 0):
                placed += templates.dead_links([each.message.partition("“")[2].partition("”")[0]])
            else:
                placed.append(each)
        return placed

    @cached_property
    def by_id(self) -> dict[str, Span]:
        """Where each id of the book was read from."""
        return tree.places_of(self._book)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files of the edition, the texts first."""
        edition = self._edition
        return tuple(dict.fromkeys([*_sources_of(edition.texts), *_sources_of(edition)]))

    def of_character(self, found: Diagnostic) -> Diagnostic:
        """A diagnostic of a character that was printed, placed where the character stands first.

        It names the character first of all in quotation marks.
        """
        character = found.message.partition("“")[2][:1]
        near = self.by_id.get(found.span.source.removeprefix(BOOK))
        if near is not None:
            at = self._text(near.source)[near.start : near.end].find(character)
            if at >= 0:
                start = near.start + at
                return replace(found, span=Span(near.source, start, start + 1))
        for form in (character, character.lower(), character.upper()):
            for path in (*self.files, *_STYLES):
                at = self._text(path).find(form)
                if at >= 0:
                    return replace(found, span=Span(path, at, at + 1))
        return replace(found, span=near or Span("edition.yaml", 0, 0))

    def _text(self, path: str) -> str:
        try:
            return self.sources.read(path).text
        except (SourceMissing, SourceNotText, SourceOutside, SourceTooLarge):
            return ""


def _sources_of(value: object) -> Iterator[str]:
    """The files that a record was read from, in its order."""
    if isinstance(value, Span):
        yield value.source
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _sources_of(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _sources_of(each)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _sources_of(getattr(value, one.name))
