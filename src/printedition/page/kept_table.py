"""Sets a table of versions so that its pages are those of an earlier printing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from printedition.page.column_breaking import Spread
from printedition.page.copyfitting import Copyfitter, NotKept
from printedition.page.galley import End
from printedition.page.job import Page
from printedition.page.kept_breaking import Outcome
from printedition.page.kept_columns import KeptTableBreaker
from printedition.page.kept_setting import Lacking, count_lines, lacking, too_high
from printedition.page.old_pages import KeptSection
from printedition.page.setting import endless
from printedition.page.standing import Lay
from printedition.page.table_setting import TableCopy, TableSetting


class KeptTable(TableSetting):
    """A table laid out on galleys, and broken into the pages that it had.

    `begun` is how many pages of the printing there were before the table's first.
    """

    fitter: Copyfitter
    begun: int
    _belongs: list[int]
    _outcomes: list[Outcome]

    def paginate(self) -> list[Spread]:
        """Break the pages once, as near as may be where they were broken."""
        kept = self.fitter.kept
        breaker = KeptTableBreaker(*self.broken_from())
        breaker.pins, breaker.lets_go = self._pins(), kept.lets_go
        breaker.paired = self.facing
        spreads = breaker.paginate()
        self._belongs, self._outcomes = breaker.belongs, breaker.outcomes
        return spreads

    def _pins(self) -> list[tuple[int, ...]]:
        """The strips with which the pages of the table begin, but for the first."""
        columns = []
        for side, version in enumerate(self.versions):
            pins = self.fitter.pins(version.text.strips, version.siglum)
            for pin in pins:
                if pin:
                    version.text.strips[pin - 1].end = End.YES
            first = self.begun + (side if self.facing else 0)
            ours = pins[first :: 2 if self.facing else 1]
            if None in ours:
                raise NotKept
            columns.append([pin for pin in ours if pin is not None])
        fewest = min(map(len, columns))
        return list(zip(*(pins[:fewest] for pins in columns), strict=True))

    @property
    def outcomes(self) -> dict[int, Outcome]:
        """How the pages of the printing stand, by their number from 0."""
        pages = 2 if self.facing else 1
        return {self.begun + pages * n: one for n, one in enumerate(self._outcomes)}

    @property
    def lacking(self) -> Lacking:
        """How many lines versions have less than they had on pages of the printing, but the last.

        Lines of a version are counted on, so that those of later pages have other numbers.
        """
        now: Counter[tuple[int, str]] = Counter()
        for number, page in enumerate(self._belongs):
            for side, version in enumerate(self.versions):
                plan = version.plans[number]
                at = self.begun + (2 * page + side if self.facing else page)
                now[at, version.siglum] += count_lines(version.text.strips, plan)
        return lacking(self.fitter.kept, now)

    @property
    def belonging(self) -> list[int]:
        """Which page of the printing each page belongs to, from 0."""
        made = list(range(self.offset))
        for page in self._belongs:
            if self.facing:
                made += [self.begun + 2 * page, self.begun + 2 * page + 1]
            else:
                made.append(self.begun + page)
        return made


def set_table(
    lay: Lay, copy: TableCopy, page: Page, kept: KeptSection, *rest: Any
) -> KeptTable | None:
    """A table settled on its earlier pages; None where that can't be done at all.

    `rest` is what a table is told besides: its bands, entries, notes, numbering, sigla and so on.
    """
    sigla = rest[4]

    def made(fitter: Copyfitter) -> KeptTable:
        table = KeptTable(lay, replace(copy, text=fitter.text), page, *rest)
        table.fitter, table.begun = fitter, _begun(kept)
        if table.offset != table.begun:
            raise NotKept
        table.settle(lambda number: str(number + 1))
        return table

    try:
        fitter = Copyfitter(kept, copy.text, lambda html: lay(html, endless(page.width)), sigla)
        table = made(fitter)
        wanted = too_high(table.outcomes)
        if wanted and not table.facing and fitter.tighten(wanted):
            table = made(fitter)
    except NotKept:
        return None
    return table


def _begun(kept: KeptSection) -> int:
    """How many pages there were before that on which a table began."""
    return next((n for n, page in enumerate(kept.pages) if any(page.lines)), 0)
