"""Prints the locators of an index: pages, lines, ranges, notes, versions, principal passages.

The rules are those of The Chicago Manual of Style, 17th ed., chapter 16, where no other is named.
Both books print the same locators: those of the printed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum

from printedition.book.index_words import IndexWords, words_of_index
from printedition.book.tree import Book, IndexGroup, Locator
from printedition.edition.apparatus import elided
from printedition.edition.index import IndexSettings, LocatorForm, LocatorRanges
from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where words stand in the printed book: the how-manieth page, its folio, their line.

    `line` is their number on the count, 0 where lines are not counted; `notes` says how many
    notes the page has.
    """

    page: int
    folio: str
    line: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class PrintedLocator:
    """A locator as it prints, and the id that it leads to.

    `before` parts it from what it follows; `said` is what is read aloud where its signs would not
    be understood, empty where they are.
    """

    text: str
    href: str
    principal: bool = False
    said: str = ""
    before: str = ", "


@dataclass(frozen=True, slots=True)
class IndexPrinter:
    """Prints the indexes of a book whose words stand where `places` says.

    `sigla` are those of the versions in their order. Without `places` the book has no pages, and
    locators are the names of their places.
    """

    places: Mapping[str, PagePlace] | None
    settings: IndexSettings
    lang: str
    sigla: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, book: Book, places: Mapping[str, PagePlace] | None, settings: IndexSettings
    ) -> IndexPrinter:
        """The printer of a book's indexes."""
        sigla = (head.siglum for section in book.sections for head in section.versions)
        return cls(places, settings, book.lang, tuple(dict.fromkeys(sigla)))

    @property
    def words(self) -> IndexWords:
        """What an index says between headings and locators, in the edition's language."""
        return words_of_index(self.lang)

    @property
    def run_in(self) -> bool:
        """Whether subheadings follow one another in a paragraph."""
        return self.settings.layout.value == "run-in"

    def locators(self, locators: Sequence[Locator]) -> tuple[PrintedLocator, ...]:
        """The locators of a heading as they print, in the order of the pages."""
        if self.places is None:
            return self._by_name(locators)
        found = [each for one in locators if (each := self._stretch(one, self.places))]
        running = [each for each in found if not each.locator.note and not each.locator.version]
        versions = [each for each in found if each.locator.version and not each.locator.note]
        notes = [each for each in found if each.locator.note]
        made = [*self._running(running), *self._versions(versions), *self._notes(notes)]
        return tuple(one for each in sorted(made, key=lambda each: each.order) for one in each.made)

    def headnote(self, groups: Sequence[IndexGroup], *, of_print: bool = False) -> str:
        """What a reader must know of the locators; empty where they are mere pages.

        `of_print`: that they are the pages of the printed book.
        """
        if self.places is None:
            return ""
        locators = tuple(locators_of(groups))
        sigla = {one.version for one in locators if one.version and not one.note}
        said = [
            (of_print and bool(locators), self.words.of_pages),
            (self._by_line, self.words.of_lines),
            (any(one.note for one in locators), self.words.of_notes),
            (bool(sigla), self.words.of_versions.format(", ".join(self._in_order(sigla)))),
            (any(one.principal for one in locators), self.words.of_principal),
        ]
        return " ".join(words for wanted, words in said if wanted)

    @property
    def _by_line(self) -> bool:
        return self.settings.locators is LocatorForm.LINE

    def _by_name(self, locators: Sequence[Locator]) -> tuple[PrintedLocator, ...]:
        made: dict[str, PrintedLocator] = {}
        for one in locators:
            name = one.place
            if one.note:
                name = self.words.note.format(name, "").rstrip()
            before = "; " if made else ", "
            made.setdefault(name, PrintedLocator(name, one.href, one.principal, before=before))
        return tuple(made.values())

    def _stretch(self, locator: Locator, places: Mapping[str, PagePlace]) -> _Stretch | None:
        """From where to where a locator's words stand; None where that is not known."""
        first = places.get(locator.href)
        last = places.get(locator.last) if locator.last else None
        if first is None:
            return None
        if not self._by_line:
            first, last = _without_line(first), last and _without_line(last)
        return _Stretch(locator, first, last if last and _is_before(first, last) else first)

    # Running text

    def _running(self, stretches: Sequence[_Stretch]) -> Iterator[_Made]:
        lined = [each for each in stretches if each.first.line]
        yield from self._lines(lined)
        bare = [each for each in stretches if not each.first.line]
        main = [each for each in bare if each.locator.principal]
        taken = {page for each in main for page in each.pages}
        other = [e for e in bare if not e.locator.principal and not taken.issuperset(e.pages)]
        for run in (*_joined(main), *_joined(other)):
            yield self._made(_Kind.TEXT, run)

    def _lines(self, stretches: Sequence[_Stretch]) -> Iterator[_Made]:
        """Each line once: lines that follow on are not joined, for they name words, not topics."""
        once: dict[tuple[PagePlace, PagePlace], _Stretch] = {}
        for each in sorted(stretches, key=lambda each: not each.locator.principal):
            once.setdefault((each.first, each.last), each)
        yield from (self._made(_Kind.TEXT, each) for each in once.values())

    def _made(self, kind: _Kind, run: _Stretch) -> _Made:
        locator = run.locator
        printed = PrintedLocator(self._pages(run), locator.href, locator.principal, self._said(run))
        return _Made((run.first.page, kind, run.first.line, run.last.page), (printed,))

    def _pages(self, run: _Stretch) -> str:
        """`7`, `12–14`, `7.12`, `7.12–15`, `7.12–8.3`."""
        first, last = run.first, run.last
        if first == last:
            return _folio(first)
        if first.page == last.page:
            lines = self._range(str(first.line), str(last.line))
            return f"{first.folio}.{lines}" if last.line else _folio(first)
        if first.line:
            return f"{_folio(first)}–{_folio(last)}"
        return self._range(first.folio, last.folio)

    def _said(self, run: _Stretch) -> str:
        """What is read aloud for a stretch; empty for a mere page."""
        first, last = run.first, run.last
        if first == last:
            return self._line_said(first) if first.line else ""
        if first.page == last.page:
            return self.words.to.format(self._line_said(first), last.line)
        return self.words.to.format(self._line_said(first), self._line_said(last))

    def _line_said(self, place: PagePlace) -> str:
        return self.words.line.format(place.folio, place.line) if place.line else place.folio

    def _range(self, first: str, last: str) -> str:
        """From one number to another: `123–125`, `123–5` or `123–25` (9.61); roman ones in full."""
        if not (first.isdigit() and last.isdigit()):
            return f"{first}–{last}"
        if self.settings.ranges is LocatorRanges.ELIDED:
            return f"{first}–{elided(first, last)}"
        if self.settings.ranges is LocatorRanges.CHICAGO:
            return f"{first}–{_in_chicago(first, last)}"
        return f"{first}–{last}"

    # Versions

    def _versions(self, stretches: Sequence[_Stretch]) -> Iterator[_Made]:
        """`9 B`, `9–10 AC`: pages that follow on are joined where the same versions have them."""
        spots: dict[_Spot, dict[str, _Stretch]] = {}
        for each in sorted(stretches, key=lambda each: not each.locator.principal):
            for place in each.places:
                if each.locator.version in spots.get(_Spot(place.page, place.line, True), {}):
                    continue  # principal there already
                spot = _Spot(place.page, place.line, each.locator.principal)
                own = _Stretch(each.locator, place, each.last if place.line else place)
                spots.setdefault(spot, {}).setdefault(each.locator.version, own)
        for run in self._runs_of_versions(spots):
            yield self._version(run)

    def _runs_of_versions(
        self, spots: Mapping[_Spot, dict[str, _Stretch]]
    ) -> Iterator[dict[str, _Stretch]]:
        """The spots in order, those joined that follow on with the same versions."""
        runs: list[tuple[_Spot, dict[str, _Stretch]]] = []
        for spot in sorted(spots, key=lambda spot: (not spot.principal, spot.page, spot.line)):
            here = spots[spot]
            if runs and not spot.line:
                before, run = runs[-1]
                alike = before.principal == spot.principal and run.keys() == here.keys()
                if alike and all(_follows(run[each].last, here[each].first) for each in run):
                    longer = {s: replace(run[s], last=here[s].last) for s in run}
                    runs[-1] = spot, longer
                    continue
            runs.append((spot, here))
        return (run for _, run in runs)

    def _version(self, run: Mapping[str, _Stretch]) -> _Made:
        made: list[PrintedLocator] = []
        for siglum in self._in_order(run):
            each = run[siglum]
            locator = each.locator
            said = self.words.version.format(self._said(each) or each.first.folio, siglum)
            text = siglum if made else f"{self._pages(each)}\u00a0{siglum}"
            before = ", " if not made else "" if all(len(one) == 1 for one in run) else "\u00a0"
            made.append(PrintedLocator(text, locator.href, locator.principal, said, before))
        return _Made((each.first.page, _Kind.VERSION, each.first.line, each.last.page), (*made,))

    def _in_order(self, sigla: Iterable[str]) -> list[str]:
        rank = {siglum: number for number, siglum in enumerate(self.sigla)}
        return sorted(sigla, key=lambda siglum: (rank.get(siglum, len(rank)), siglum))

    # Notes

    def _notes(self, stretches: Sequence[_Stretch]) -> Iterator[_Made]:
        """`45n`, and where a page has several notes `45n3` (16.111, 16.112); none is joined."""
        once: dict[tuple[int, str], _Stretch] = {}
        for each in sorted(stretches, key=lambda each: not each.locator.principal):
            once.setdefault((each.first.page, self._label(each)), each)
        for (page, label), each in once.items():
            locator, folio = each.locator, each.first.folio
            said = self.words.note.format(folio, label).rstrip()
            printed = PrintedLocator(f"{folio}n{label}", locator.href, locator.principal, said)
            order = int(label) if label.isdigit() else 0
            yield _Made((page, _Kind.NOTE, order, page), (printed,))

    def _label(self, stretch: _Stretch) -> str:
        """The label of a note, where its page has several."""
        label = stretch.locator.note
        return "" if stretch.first.notes < 2 or label == "n" else label


class _Kind(IntEnum):
    """What comes first on a page."""

    TEXT = 0
    VERSION = 1
    NOTE = 2


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where versions have words: a page, maybe a line of it, and whether these are principal."""

    page: int
    line: int
    principal: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """What prints for a stretch, and what it goes by among others: page, kind, line, end."""

    order: tuple[int, int, int, int]
    made: tuple[PrintedLocator, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From where to where the words of a locator, or of several joined, stand."""

    locator: Locator
    first: PagePlace
    last: PagePlace

    @property
    def pages(self) -> range:
        """The pages that it stands on."""
        return range(self.first.page, self.last.page + 1)

    @property
    def places(self) -> Iterator[PagePlace]:
        """Each of its pages, as a place; lines are not parted."""
        if self.first.line or not (self.first.folio.isdigit() and self.last.folio.isdigit()):
            yield self.first
            return
        for more, page in enumerate(self.pages):
            yield PagePlace(page, str(int(self.first.folio) + more))


def _without_line(place: PagePlace) -> PagePlace:
    return replace(place, line=0) if place.line else place


def _folio(place: PagePlace) -> str:
    return f"{place.folio}.{place.line}" if place.line else place.folio


def _is_before(first: PagePlace, last: PagePlace) -> bool:
    return (first.page, first.line) < (last.page, last.line)


def _follows(before: PagePlace, after: PagePlace) -> bool:
    """Whether a page is the next after another, or the same: no roman before an arabic one."""
    alike = before.folio.isdigit() == after.folio.isdigit()
    return alike and after.page <= before.page + 1


def _joined(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Stretches of pages, those joined that overlap or follow on."""
    runs: list[_Stretch] = []
    for each in sorted(stretches, key=lambda each: (each.first.page, each.last.page)):
        if runs and _follows(runs[-1].last, each.first):
            last = max(runs[-1].last, each.last, key=lambda place: place.page)
            runs[-1] = replace(runs[-1], last=last)
        else:
            runs.append(each)
    return runs


def _in_chicago(first: str, last: str) -> str:
    """What prints of a range's last number (9.61).

    All of it below 100 and after a multiple of 100; after 101 to 109 and the like what changes;
    else two figures, or as many as change.
    """
    if int(first) < 100 or int(first) % 100 == 0 or len(first) != len(last):
        return last
    alike = next((n for n, pair in enumerate(zip(first, last, strict=True)) if len({*pair}) > 1), 0)
    fewest = 1 if int(first) % 100 < 10 else 2
    return last[min(alike, len(last) - fewest) :]


def indexed(book: Book) -> set[str]:
    """The ids of all words that the indexes of a book point to."""
    found = (one for section in book.sections for one in locators_of(section.index))
    return {name for one in found for name in (one.href, one.last) if name}


def locators_of(groups: Sequence[IndexGroup]) -> Iterator[Locator]:
    """All locators of an index, those of its subheadings with them."""
    for group in groups:
        for item in group.items:
            yield from item.locators
            for sub in item.subheadings:
                yield from sub.locators
