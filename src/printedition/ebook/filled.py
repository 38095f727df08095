"""Sections filled into their template, and what is to be known of them to make chapters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from printedition.book.asked import Asked, Book, Told
from printedition.book.explaining import explained
from printedition.book.index_printer import IndexPrinter, PagePlace
from printedition.book.pointing import words_without_pages
from printedition.book.settled import Settled
from printedition.book.tree import Section
from printedition.ebook.aims import targets_in
from printedition.ebook.headings import headed
from printedition.ebook.kept_chapters import KeptChapters
from printedition.ebook.lemmas import mark_lemmas
from printedition.ebook.links import LinkToNothing, ids_of
from printedition.ebook.notes import LONGEST, noted, sigla_of
from printedition.edition.edition import Band, CalledBy
from printedition.frozen import dataclass

_LINK = re.compile(r'\bhref="#([^"]*)"')


@dataclass(frozen=True, slots=True)
class Filled:
    """A section as its template fills it in: the page, its ids, and the ids that it links to.

    `targets` are those that its references lead to; `headings` those inside it, ids and words.
    """

    text: str
    ids: tuple[str, ...]
    links: frozenset[str]
    targets: frozenset[str]
    headings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    folios: Mapping[str, str]
    loci: Mapping[str, str]
    places: Mapping[str, PagePlace]


class Filler:
    """Fills in the sections of a printed book; those that are `kept` are taken from there.

    `pictures` has the file of each picture, `entries` says how their text calls them; notes stand
    in their `bands`. Where what a link leads to is shown in `boxes`, long notes are divided.
    """

    def __init__(
        self,
        printed: Settled,
        render: Callable[..., str],
        pictures: Mapping[str, str],
        indexes: IndexPrinter,
        entries: CalledBy,
        bands: Sequence[Band],
        *,
        boxes: bool,
        kept: KeptChapters | None,
    ) -> None:
        self.book, self.render, self.pictures = printed.book, render, pictures
        self.indexes, self.entries, self.bands = indexes, entries, bands
        self.longest = LONGEST if boxes else None
        editions = dict.fromkeys(section.volume for section in self.book.sections)
        self.sigla = {edition: sigla_of(self.book, edition) for edition in editions}
        loci = {**words_without_pages(self.book), **printed.loci}
        self.known = _Known(printed.folios, loci, printed.places or {})
        self.kept = kept
        if kept is not None:
            paged = printed.places is not None
            told = self.sigla, pictures, indexes.settings, paged, entries, bands, boxes
            kept.begin(self.book, told)

    def fill(self, section: Section, matter: str) -> Filled:
        """A section filled in, with the part of the book that it belongs to.

        Raises LinkToNothing for a picture that is not there, and
        xml.etree.ElementTree.ParseError where its template is not well-formed.
        """
        if self.kept is not None:
            found: Filled | None = self.kept.filled(section, matter, self.known)
            if found is not None:
                return found
        told = Told()
        text = self._text(section, matter, told)
        if self.entries is CalledBy.MARKED:
            text = mark_lemmas(text)
        text, headings = headed(text, section)
        links = frozenset(unescape(link) for link in _LINK.findall(text))
        filled = Filled(text, ids_of(text), links, frozenset(targets_in(text)), headings)
        if self.kept is not None:
            self.kept.keep_filled(section, matter, told, filled)
        return filled

    def _text(self, section: Section, matter: str, told: Told) -> str:
        indexes = self.indexes
        if indexes.places is not None:
            indexes = replace(indexes, places=Asked(indexes.places, told.places, told))
        explaining = explained(section, self.book.abbreviations)
        printable, notes = noted(explaining, self.bands, self.book.words, self.longest)
        return self.render(
            "ebook/chapter.xhtml",
            book=Book.of(self.book, told),
            section=printable,
            bands=notes,
            entries=self.entries.value,
            sigla=self.sigla[section.volume],
            matter=matter,
            image_name=self._image_name,
            indexes=indexes,
            loci=Asked(self.known.loci, told.loci, told),
            pages=Asked(self.known.folios, told.folios, told),
        )

    def _image_name(self, path: str) -> str:
        if path not in self.pictures:
            raise LinkToNothing(path)
        return f"../{self.pictures[path]}"


def links_of(filled: Filled, aims: Mapping[str, str]) -> tuple[Any, ...]:
    """The ids that a page links to, those of its references led to their aims too."""
    return tuple(sorted({*filled.links, *(aims[t] for t in filled.targets if t in aims)}))
