"""Sets a table of versions: each version on galleys of its own, all broken into pages together.

All lengths are in px.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from printedition.frozen import dataclass
from printedition.page.breaking import Breaker, Plan
from printedition.page.column_breaking import Footed, Spread, TableBreaker
from printedition.page.columns import Columns, VersionGalley
from printedition.page.filling import fill_in
from printedition.page.galley import End, Galley
from printedition.page.job import BandStyle, Copy, EntryPlace, Keyed, NotePlace, Numbering, Page
from printedition.page.proof import Error, read_proofs
from printedition.page.rank import lines_of
from printedition.page.setting import MOST_PASSES, Setting, endless
from printedition.page.stack import Called
from printedition.page.standing import Lay

ROW_GAP = 8.0  # px below each row: 6 pt


@dataclass(frozen=True, slots=True)
class TableCopy:
    """The HTML of a table of versions: all of it, its notes by id, its entries and furniture.

    `again` has the titles of its rows once more, for pages on which a row goes on.
    """

    text: str
    notes: Callable[[Mapping[str, Keyed], Collection[str]], str]
    extant: Callable[[Sequence[tuple[str, tuple[str, ...]]]], str]
    entries: Callable[[Sequence[tuple[str, str, Sequence[Keyed]]]], str]
    furniture: Callable[[Sequence[BandStyle], int], str]
    again: Callable[[], str]


class VersionSetting(Setting):
    """One version of a table: it counts its lines from the first row to the last."""

    def __init__(
        self,
        siglum: str,
        galley: VersionGalley,
        lay: Lay,
        copy: TableCopy,
        page: Page,
        bands: Sequence[BandStyle],
        entries: Sequence[EntryPlace],
        notes: Sequence[NotePlace],
        numbering: Numbering,
        together: bool = False,
    ) -> None:
        """`together`: its bands stand under the whole table, and say whose they are."""
        self.siglum, self.column, self.together = siglum, galley, together
        mine = [note for note in notes if note.call in galley.where]
        ids = frozenset(note.id for note in mine)
        own = Copy(
            "", lambda keys: copy.notes(keys, ids), "", copy.extant, copy.entries, copy.furniture
        )
        lines = [strip.bottom - strip.top for strip in galley.strips if strip.is_line]
        super().__init__(
            lay,
            own,
            page if together else replace(page, width=galley.width),
            [replace(band, head=False, columns=1) for band in bands],
            [entry for entry in entries if entry.first in galley.where],
            mine,
            replace(numbering, restart=False),
            line=min(lines, default=18.0),
            text=galley,
        )

    @property
    def footed(self) -> Footed:
        """What the breaker is told of it."""
        bands = list(self.bands.values())
        if self.together:
            bands = [replace(band, digits=self._with_siglum(band.digits)) for band in bands]
        return Footed(
            self.column, self.called, self.counted, bands, self.more, self.line, self._printed
        )

    def _with_siglum(self, digits: Mapping[str, float]) -> Mapping[str, float]:
        """The widths of what numbers are made of; letters are at most two figures broad."""
        letter = 2 * digits.get("0", 0.0)
        return {" ": letter / 2, **dict.fromkeys(self.siglum, letter), **digits}

    def _printed(self, first: int, last: int) -> str:
        """The numbers of a lemma's lines, `12–14`; under the whole table, `A 12–14`."""
        lines = self.numbering.lines(first, last)
        return f"{self.siglum} {lines}" if self.together else lines

    def _locus(self, place: EntryPlace, label: Callable[[int], str]) -> str:
        """`12`, `12–14`, whatever their pages: no number stands twice in a version."""
        first, last = lines_of(self.text, place)
        if self.text.strips[first].is_heading:
            return f"{self.siglum} tit." if self.together else "tit."
        return self._printed(self.number_of(first), self.number_of(last))

    def number(self, plans: list[Plan], label: Callable[[int], str]) -> bool:
        """Fill in the numbers on these pages; whether bands and notes stand as was reckoned."""
        self.plans = plans
        self.keyed = self._number(label)
        self._lay_bands()
        self.at_rest = self._correct()
        return self.at_rest is None and self._key_notes(label)


class TableSetting:
    """A table of versions laid out on galleys and broken into pages; `rows` are the rows' ids."""

    def __init__(
        self,
        lay: Lay,
        copy: TableCopy,
        page: Page,
        bands: Sequence[BandStyle],
        entries: Sequence[EntryPlace],
        notes: Sequence[NotePlace],
        numbering: Numbering,
        sigla: Sequence[str],
        facing: bool = False,
        together: bool = False,
    ) -> None:
        """`facing`: the first of two versions on left-hand pages, the second on right-hand ones;
        `together`: bands stand under the whole table, not each under its column.
        """
        self.page, self.facing, self.together = page, facing, together and not facing
        self.columns = (
            _facing_columns(lay, copy.text, page.width)
            if facing
            else Columns(lay(copy.text, endless(page.width)))
        )
        self.continued = Galley(lay(copy.again(), endless(page.width)))
        self.numbering = numbering
        self.versions = [
            VersionSetting(
                siglum, galley, lay, copy, page, bands, entries, notes, numbering, self.together
            )
            for siglum, galley in zip(sigla, self.columns.versions, strict=True)
        ]
        self.lost = self._lost([*(note.call for note in notes), *(e.first for e in entries)])
        self.before = self._break_before()
        self.spreads: list[Spread] = []

    def _lost(self, anchors: Sequence[str]) -> list[str]:
        """What stands in no column, of the words that call entries and notes."""
        return [a for a in anchors if not any(a in one.text.where for one in self.versions)]

    def _break_before(self) -> list[Plan]:
        """The pages of what stands before the table, of which the last is also its first."""
        first, width = self.columns.first, _Before(self.columns.before, self.columns.first)
        breaker = Breaker(
            width, [Called()] * first, [False] * first, [], self.page.height, self.numbering.lines
        )
        return breaker.paginate({}) or [Plan(0, 0, 0)]

    @property
    def offset(self) -> int:
        """How many pages there are before the table's first; facing pages begin with a left one."""
        before = len(self.before)
        return before + (before % 2 == 0) if self.facing else before - 1

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.offset + len(self.spreads) * (2 if self.facing else 1)

    @property
    def blanks(self) -> frozenset[int]:
        """The pages, from 0, on which nothing stands."""
        before = {n for n, plan in enumerate(self.before) if not plan.is_empty}
        filled = {
            self.page_of(number, version)
            for number, spread in enumerate(self.spreads)
            if spread.slices or not all(plan.is_empty for plan in spread.plans)
            for version in range(len(self.versions))
        }
        return frozenset(range(self.count)) - before - filled

    def page_of(self, spread: int, version: int) -> int:
        """The page on which a version stands in a spread."""
        return self.offset + (2 * spread + version if self.facing else spread)

    def title(self, row: int, *, again: bool) -> Any:
        """The title of a row once more, for a page on which it goes on, or a facing one."""
        return self.continued.boxes[f"{'again' if again else 'facing'}-{row}"]

    def settle(self, label: Callable[[int], str]) -> None:
        """Break the pages until all bands stand as high as was reckoned."""
        for _ in range(MOST_PASSES):
            self.spreads = self.paginate()
            rests = [
                version.number([spread.plans[n] for spread in self.spreads], label)
                for n, version in enumerate(self.versions)
            ]
            if all(rests):
                break

    def paginate(self) -> list[Spread]:
        """Break the pages once."""
        return TableBreaker(*self.broken_from()).paginate()

    def broken_from(self) -> tuple[Any, ...]:
        """What pages are broken from, as the breaker takes it."""
        rows = range(len(self.columns.groups))
        begin = self.columns.before.begin(self.before[-1].start)
        top = 0.0 if self.facing else self.columns.top - begin
        return (
            [version.footed for version in self.versions],
            self.columns.titles,
            [self.title(row, again=True).margin_height() for row in rows],
            float(self.columns.head.height),
            ROW_GAP,
            top if self.columns.first else 0.0,
            self._floor,
            self.together,
        )

    def _floor(self, number: int) -> float:
        reserves = [version.extant.room for version in self.versions]
        reserve = sum(reserves) if self.together else max(reserves)
        return self.page.height(self.page_of(number, 0)) - reserve

    # What is told of it

    def ids(self) -> list[list[str]]:
        """The ids that stand on each page."""
        before = self.columns.before.where
        pages = [
            [name for name, (first, _) in before.items() if plan.start <= first < plan.stop]
            for plan in self.before
        ]
        pages += [[] for _ in range(self.count - len(pages))]
        inside = {name for version in self.versions for name in version.text.where}
        pages[self.page_of(0, 0)] += [
            name
            for name, (first, _) in before.items()
            if first >= self.columns.first and name not in inside
        ]
        for column, version in enumerate(self.versions):
            for number, here in enumerate(version.ids()):
                pages[self.page_of(number, column)] += here
        begun = {
            slice_.row: number
            for number, spread in reversed(list(enumerate(self.spreads)))
            for slice_ in spread.slices
        }
        for row, group in enumerate(self.columns.groups):
            if (name := group.element.get("id")) and row in begun:
                pages[self.page_of(begun[row], 0)].append(name)
        named = {name: n for n in reversed(range(len(pages))) for name in pages[n]}
        named |= {g.element.get("id"): self.page_of(begun[r], 0)
                  for r, g in enumerate(self.columns.groups) if g.element.get("id")}  # fmt: skip
        return [[name for name in here if named[name] == n] for n, here in enumerate(pages)]

    def fill_in(self, told: Mapping[str, str]) -> dict[str, str]:
        """The lines of words that moved, by id, filled in where the text was told as many figures.

        Those that have more or fewer figures than they were told are found, but not filled in.
        """
        found = {name: str(line) for name, line in self.lines(told) if line}
        for version in self.versions:
            alike = {name: line for name, line in found.items() if len(line) == len(told[name])}
            fill_in(version.text.strips, told, alike)
        return found

    def lines(self, anchors: Collection[str]) -> Iterator[tuple[str, int]]:
        """The lines of anchors in the versions that hold them."""
        for anchor in anchors:
            for version in self.versions:
                if anchor in version.text.where:
                    strip, _ = version.text.where[anchor]
                    numbered = version.numbering.every and version.counted[strip]
                    yield anchor, version.number_of(strip) if numbered else 0

    def errors(self) -> list[Error]:
        """All that is wrong with the pages."""
        found = [
            replace(error, page=self.page_of(error.page, column))
            for column, version in enumerate(self.versions)
            for error in read_proofs(version)
        ]
        lost = [Error("PAG005", "what it is about stands in no version", 0, a) for a in self.lost]
        return [*found, *lost]


def _facing_columns(lay: Lay, text: str, width: float) -> Columns:
    """A table of two versions, each as broad as a page."""
    narrow = lay(text, endless(width))
    gutter = Columns(narrow).gutter
    title = f"table.versions .row-title th {{ padding-right: {width + gutter}px !important }}"
    return Columns(lay(text, endless(2 * width + gutter) + title), narrow)


class _Before:
    """The strips before the table, as the breaker asks for them."""

    def __init__(self, galley: Galley, count: int) -> None:
        self.galley, self.count = galley, count

    def __len__(self) -> int:
        return self.count

    def height(self, start: int, stop: int) -> float:
        return self.galley.height(start, stop)

    def end(self, number: int) -> End:
        return End.YES if number == self.count - 1 else self.galley.end(number)
