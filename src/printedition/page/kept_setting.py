"""Sets a section so that its pages are those of an earlier printing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from printedition.page.breaking import Plan
from printedition.page.copyfitting import Copyfitter, NotKept
from printedition.page.folios import put_in_after
from printedition.page.galley import End, Strip
from printedition.page.job import Copy, Page
from printedition.page.kept_breaking import KeptBreaker, Outcome
from printedition.page.old_pages import KeptSection
from printedition.page.proof import Error
from printedition.page.setting import Setting, endless
from printedition.page.standing import Lay

_TIMES = 2  # that paragraphs of pages too high are set tighter
CODE = "KEP002"

Lacking: TypeAlias = Mapping[int, Mapping[str, int]]  # lines by page and, in a table, version


class KeptSetting(Setting):
    """A section laid out on galleys, and broken into the pages that it had."""

    fitter: Copyfitter
    _outcomes: list[Outcome]

    def paginate(self) -> list[Plan]:
        """Break the pages once, as near as may be where they were broken."""
        kept = self.fitter.kept
        pins = self.fitter.pins(self.text.strips)
        for pin in pins:
            if pin:
                self.text.strips[pin - 1].end = End.FORCED
        breaker = KeptBreaker(*self.broken_from())
        breaker.pins, breaker.lets_go = pins, kept.lets_go
        plans = breaker.paginate(self.more)
        self._outcomes = breaker.outcomes
        return plans

    @property
    def outcomes(self) -> dict[int, Outcome]:
        """How the pages of the printing stand, by their number from 0."""
        return dict(enumerate(self._outcomes))

    @property
    def belonging(self) -> list[int]:
        """Which page of the printing each page belongs to, from 0."""
        return [plan.page for plan in self.plans]

    @property
    def lacking(self) -> Lacking:
        """How many lines pages of the printing have less than they had, but the last."""
        now: Counter[tuple[int, str]] = Counter()
        for plan in self.plans:
            now[plan.page, ""] += count_lines(self.text.strips, plan)
        return lacking(self.fitter.kept, now)


def set_kept(lay: Lay, copy: Copy, page: Page, kept: KeptSection, *rest: Any) -> KeptSetting | None:
    """A section settled on its earlier pages; None where its words can't be told from its layout.

    `rest` is what a setting is told besides.
    """

    def laid(html: str) -> Any:
        return lay(html, endless(page.width))

    def made(fitter: Copyfitter) -> KeptSetting:
        setting = KeptSetting(lay, replace(copy, text=fitter.text), page, *rest)
        setting.fitter = fitter
        setting.settle(lambda number: str(number + 1))
        return setting

    try:
        fitter = Copyfitter(kept, copy.text, laid)
        setting = made(fitter)
        for _ in range(_TIMES):
            wanted = too_high(setting.outcomes)
            if not wanted or not fitter.tighten(wanted):
                break
            setting = made(fitter)
    except NotKept:
        return None
    return setting


def too_high(outcomes: Mapping[int, Outcome]) -> dict[int, int]:
    """The pages that are too high, or a line longer than others, and by how many lines."""
    wanted = {number: max(one.over, int(one.longer)) for number, one in outcomes.items()}
    return {number: lines for number, lines in wanted.items() if lines}


# What is told of it


def count_lines(strips: Sequence[Strip], plan: Plan) -> int:
    """How many lines a page has, as a printing records them."""
    there = strips[plan.start : plan.stop]
    return sum(1 for one in there if not one.withheld and one.words().split())


def lacking(kept: KeptSection, now: Mapping[tuple[int, str], int]) -> Lacking:
    """How many lines pages of the printing have less than they had, but the last, by version.

    `now` counts those of a page, from 0, and version.
    """
    less = {
        number: {
            name: len(lines) - now.get((number, name), 0) for name, lines in page.lines.items()
        }
        for number, page in enumerate(kept.pages[:-1])
    }
    found = {
        number: {name: lines for name, lines in of_page.items() if lines > 0}
        for number, of_page in less.items()
    }
    return {number: of_page for number, of_page in found.items() if of_page}


def flowing(kept: KeptSection, count: int) -> list[int]:
    """Which page of the printing each page belongs to, of a section that flows as it will.

    It has no less pages than it had.
    """
    before = len(kept.pages)
    return [*range(before), *[before - 1] * max(count - before, 0)]


def labels_of(kept: KeptSection, pages: Sequence[int]) -> tuple[str, ...]:
    """The folios of pages, each told by the page of the printing that it belongs to, from 0.

    What is more than one page takes a letter: 12a. After the last it takes blank ones first.
    """
    made: list[str] = []
    free = list(kept.free)
    for number, page in enumerate(pages):
        if not number or pages[number - 1] != page:
            made.append(kept.pages[page].label)
        elif page == len(kept.pages) - 1 and free:
            made.append(free.pop(0))
        else:
            made.append(put_in_after(made[-1], kept.lettered))
    return tuple(made)


def faults(
    kept: KeptSection,
    outcomes: Mapping[int, Outcome],
    belonging: Sequence[int],
    loose: Mapping[int, float],
    lacking: Lacking,
    label: Callable[[int], str],
) -> Iterator[Error]:
    """What did not stay as it was; `label` gives the folio of a page of the section, from 0.

    `outcomes`, `loose` lines and how many are `lacking` are told by the page of the printing, from
    0.
    """
    for page, outcome in outcomes.items():
        folio, at = kept.pages[page].label, belonging.index(page)
        high = f"it is {_lines(outcome.over)} too high" if outcome.over else "its notes run on"
        if outcome.pages > 1 and (page < len(kept.pages) - 1 or not kept.free):
            goes_on = label(at + 1)
            yield Error(CODE, f"page {folio} is not kept: {high}, and goes on on {goes_on}", at)
        elif outcome.moved:
            what = f"page {folio} is let go: {high}, and the next page begins earlier than it did"
            yield Error(CODE, what, at)
        elif page in loose:
            what = (
                f"page {folio} is kept, but its last line is spaced widely, for words above it "
                "have changed"
            )
            yield Error(CODE, what, at)
        elif page in lacking:
            yield Error(CODE, f"page {folio} is kept, but {_fewer(lacking[page])}", at)


def _fewer(lacking: Mapping[str, int]) -> str:
    """How many lines a page has less than it had, or of a table of versions its columns."""
    columns = (f"{_lines(lines)} fewer in column {name}" for name, lines in lacking.items() if name)
    if of_columns := " and ".join(columns):
        return f"has {of_columns} than it had"
    return f"has {_lines(lacking[''])} fewer than it had"


def _lines(number: int) -> str:
    return f"{number} line{'s' if number > 1 else ''}"
