"""citeproc-py 0.11, the processor of citation styles, made ready for one style and its works.

It fails with exceptions of any kind, which become Unformattable here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from citeproc import CitationStylesBibliography, source

from printedition.book.csl_elements import CSL, Formatter, Unmarked, Words, locales, parsed
from printedition.book.csl_references import Place, Year, reference_to
from printedition.book.marked_words import SUPPRESSED, Manners, Unformattable, tidied, unmarked
from printedition.edition.bibliography import Work
from printedition.edition.text import CitedPlace
from printedition.scholarship.alphabet import Alphabet

_BY = ("author", "editor", "translator", "container-author", "collection-editor", "composer")


class Processor:
    """A style with the works of an edition, cited in the order of the book.

    `style` is the XML of a style that was found usable, `lang` the language of the book; `works`
    are those cited or listed, in order. Strings that it gives have marks: see `marked_words`.
    """

    def __init__(self, style: str, lang: str, works: Sequence[Work]) -> None:
        self._lang = lang
        self._root = root = parsed(style)
        root.formatter = Formatter
        root.locales = locales(root, lang)
        root.set("default-locale", lang)
        self.is_note = root.get("class") == "note"
        self.manners = self._manners()
        self._keys = {work.key.text: f"work{number}" for number, work in enumerate(works)}
        references = {
            self._keys[work.key.text]: reference_to(self._keys[work.key.text], work, self.manners)
            for work in works
        }
        self._bibliography = CitationStylesBibliography(_Style(root), references, Formatter)
        for key in references:
            self._bibliography.keys.append(key)
        # Elements live as long as they are held, and what is kept on them no longer.
        self._citation = root.citation
        self._citation.cites = []
        self._layout = self._citation.layout
        self._part_of_list = root.bibliography
        self._order = self._sorted()
        self._tell_apart()

    # What a style says of itself

    def _manners(self) -> Manners:
        def term(name: str) -> str:
            return str(self._root.get_single_term(name=name))

        inside = str(self._root.get_locale_option("punctuation-in-quote") or "").lower() == "true"
        quotes = tuple(
            term(name)
            for name in ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        )
        return Manners(quotes, inside, term("ibid"))

    @property
    def affixes(self) -> tuple[str, str, str]:
        """What stands before, between and after the works of a citation."""
        get = self._layout.get
        return get("prefix", ""), get("delimiter", "; " if self.is_note else ""), get("suffix", "")

    @property
    def has_list(self) -> bool:
        """Whether the style says how works are listed."""
        return self._part_of_list is not None

    # Citing

    def forget(self) -> None:
        """Take every work as cited never yet."""
        self._citation.cites.clear()

    @property
    def cited(self) -> tuple[Any, ...]:
        """What was cited so far, in order."""
        return tuple(self._citation.cites)

    @cited.setter
    def cited(self, kept: tuple[Any, ...]) -> None:
        self._citation.cites[:] = kept

    def begin_section(self) -> None:
        """What was cited before is no longer just above: no ibid. leads back over this."""
        if self._citation.cites:
            self._citation.cites.append(self._item("", None))

    def cite(self, works: Sequence[tuple[str, CitedPlace | None, bool]]) -> Iterator[str]:
        """Each work of one citation: its key, the place, whether its author is named already.

        Raises Unformattable.
        """
        items = [self._item(self._keys[key], place) for key, place, _ in works]
        source.Citation(items)["bibliography"] = self._bibliography
        for item, (_, _, author_named) in zip(items, works, strict=True):
            with self._author_left_out(item.reference) if author_named else _nothing():
                said = self._rendered(self._layout, item)
            self._citation.cites.append(item)
            yield tidied(said, self.manners)

    def _item(self, key: str, place: CitedPlace | None) -> Any:
        item = source.CitationItem(key)
        if place is not None:
            item["locator"] = Place(place.label, place.number)
        item.citation = source.Citation([item])
        item.citation["bibliography"] = self._bibliography
        return item

    def _rendered(self, layout: Any, item: Any) -> str:
        layout.repressed = {}
        try:
            return str(layout.render_children(item) or "")
        except Exception as fault:  # of any kind: the processor knows none of its own
            key = next((key for key, inner in self._keys.items() if inner == item.key), "")
            raise Unformattable(fault, key) from fault

    @contextmanager
    def _author_left_out(self, reference: Any) -> Iterator[None]:
        """A sign in place of the first names, which is taken out with what follows it.

        citeproc-py can't leave an author out; without one, a style would print another name.
        """
        role = next((role for role in _BY if role in reference), None)
        if role is None:
            yield
            return
        names = reference[role]
        reference[role] = [source.Name(literal=Words(SUPPRESSED))]
        try:
            yield
        finally:
            reference[role] = names

    # Listing

    def listed(self) -> Iterator[tuple[str, str]]:
        """The key of each work and its entry in the list, in the order of the style.

        Raises Unformattable.
        """
        layout = self._part_of_list.layout
        keys = {inner: key for key, inner in self._keys.items()}
        prefix, suffix = layout.get("prefix", ""), layout.get("suffix", "")
        for inner in self._order:
            said = self._rendered(layout, self._item(inner, None))
            yield keys[inner], tidied(f"{prefix}{said}{suffix}", self.manners)

    def _sorted(self) -> list[str]:
        """The works as the style sorts them, in the alphabet of the book's language.

        Its own comparison puts É behind Z, and sorts by the marks of italics.
        """
        keys = list(self._bibliography.keys)
        sort = None if self._part_of_list is None else self._part_of_list.find(f"{CSL}sort")
        if sort is None:
            return keys
        items = [self._item(key, None) for key in keys]
        layout, alphabet = self._part_of_list.layout, Alphabet(self._lang)
        self._root.formatter = self._bibliography.formatter = Unmarked
        try:
            for key in reversed(sort.findall(f"{CSL}key")):
                try:
                    ranks = key.sort_keys(items, layout)
                except Exception as fault:
                    raise Unformattable(fault) from fault
                pairs = zip(ranks, items, strict=True)
                ranked = [(unmarked(str(rank or "")), item) for rank, item in pairs]
                have = [(alphabet.key(rank), item) for rank, item in ranked if rank]
                have.sort(key=itemgetter(0), reverse=key.get("sort") == "descending")
                items = [item for _, item in have] + [item for rank, item in ranked if not rank]
        finally:
            self._root.formatter = self._bibliography.formatter = Formatter
        numbered = [item.key for item in items]
        self._bibliography.keys[:] = numbered  # by which a style of numbers counts
        return numbered

    def _tell_apart(self) -> None:
        """Letters behind the years of works that would be cited alike, where the style wants them.

        citeproc-py has none of the ways of telling works apart.
        """
        if self._citation.get("disambiguate-add-year-suffix") != "true":
            return
        alike: dict[str, list[Any]] = {}
        for key in self._order:
            item = self._item(key, None)
            alike.setdefault(self._rendered(self._layout, item), []).append(item.reference)
        is_placed = self._root.find(f".//{CSL}text[@variable='year-suffix']") is not None
        for references in alike.values():
            for number, reference in enumerate(references if len(references) > 1 else ()):
                _give_letter(reference, number, is_placed=is_placed)


def _give_letter(reference: Any, number: int, *, is_placed: bool) -> None:
    letter = chr(ord("a") + number % 26)
    if is_placed:  # by the style itself
        reference["year_suffix"] = reference["year-suffix"] = Words(letter)
        return
    date = reference.get("issued")
    if isinstance(date, source.Date):
        year = Year(date["year"])
        year.letter = letter
        date["year"] = year


class _Style:
    """A style as the processor's bibliography asks for it."""

    def __init__(self, root: Any) -> None:
        self.root = root


@contextmanager
def _nothing() -> Iterator[None]:
    yield
