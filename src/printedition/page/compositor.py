"""The compositor: lays a section out, breaks its pages and draws them, here or in a process apart.

What it makes depends on nothing but a job and the answers to its questions, so that a section
could be kept under the key of both.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, TypeAlias

from printedition.book.starts import Start
from printedition.frozen import dataclass
from printedition.page.composing import Composer
from printedition.page.engine import Engine, listening
from printedition.page.flow import Flow, style_of
from printedition.page.index_setting import IndexSetting
from printedition.page.job import BandStyle, Copy, EntryPlace, Keyed, NotePlace, Numbering, Page
from printedition.page.kept_setting import CODE, KeptSetting, faults, flowing, labels_of, set_kept
from printedition.page.kept_table import KeptTable, set_table
from printedition.page.light import Draughtsman, LightSection
from printedition.page.numbers import Room
from printedition.page.old_pages import KeptSection
from printedition.page.pagemap import PageFacts
from printedition.page.proof import Error, read_proofs
from printedition.page.quire import Quire, quire_of
from printedition.page.ruling import rule
from printedition.page.setting import Setting
from printedition.page.standing import Standing
from printedition.page.starts import StartReader
from printedition.page.table_composing import TableComposer
from printedition.page.table_setting import TableCopy, TableSetting
from printedition.page.withheld import withhold

_MANY = 300_000  # objects

# What is asked of those who have the templates: the name of a page, a section, what it is about.
Ask = Callable[[str, str, Any], str]


@dataclass(frozen=True, slots=True)
class GalleyJob:
    """A section to be set on galleys; `number` is its place in the book.

    `sheet` is the breadth and height of a page with its margins; `first_line` counts the lines
    before the section. `numbers` are those of its objects in the PDF, if it is to have a quire.
    """

    id: str
    number: int
    sheet: tuple[float, float]
    text: str
    margins: str
    page: Page
    bands: tuple[BandStyle, ...]
    entries: tuple[EntryPlace, ...]
    notes: tuple[NotePlace, ...]
    numbering: Numbering
    first_line: int = 0
    kept: KeptSection | None = None
    numbers: Room | None = None


@dataclass(frozen=True, slots=True)
class TableJob:
    """A table of versions to be set on galleys, a column for each siglum.

    `moved` are the lines that its text says of words that moved, by their ids.
    """

    id: str
    number: int
    sheet: tuple[float, float]
    text: str
    page: Page
    bands: tuple[BandStyle, ...]
    entries: tuple[EntryPlace, ...]
    notes: tuple[NotePlace, ...]
    numbering: Numbering
    sigla: tuple[str, ...]
    facing: bool = False
    together: bool = False
    moved: Mapping[str, str] = field(default_factory=dict)
    kept: KeptSection | None = None
    numbers: Room | None = None


@dataclass(frozen=True, slots=True)
class FlowJob:
    """A section whose pages WeasyPrint breaks, beginning on a right-hand page or not."""

    id: str
    number: int
    sheet: tuple[float, float]
    text: str
    recto: bool
    kept: KeptSection | None = None
    numbers: Room | None = None


@dataclass(frozen=True, slots=True)
class IndexJob:
    """An index to be set in so many columns, `gap` between two."""

    id: str
    number: int
    sheet: tuple[float, float]
    text: str
    page: Page
    columns: int
    gap: float
    kept: KeptSection | None = None
    numbers: Room | None = None


Job: TypeAlias = GalleyJob | TableJob | IndexJob | FlowJob


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the book for a page of a section: its folio, side, and where content begins."""

    folio: str
    recto: bool
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Cast:
    """What a section needs: its pages, its lines on the count, margin notes without room.

    `moved` are the lines of words that a table of versions says have moved; `labels` are the
    folios of pages that are kept; `ids`, `lines` and `blank` are as in what is drawn later.

    To cast off is to reckon how many pages a copy will make.
    """

    id: str
    count: int
    counted: int = 0
    crowded: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    ids: Sequence[Sequence[str]] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    blank: frozenset[int] = frozenset()


@dataclass(slots=True)
class Drawn:
    """A section as drawn for certain places, with the facts of its pages and their errors.

    `first_line` is that of a section on a galley, `recto` that of one that flows. `ids` are those
    of each page, `lines` the numbers of the lines in which anchors stand, 0 where lines are not
    numbered; `starts` are those of each page and its numbered lines. `quotes` says
    whether the section prints folios of its own pages, `messages` are what WeasyPrint warned of,
    `quire` is what the PDF has of it, if it could be made. `unkept` is what did not stay on its
    page of an earlier printing, `blank` the pages, from 0, on which nothing stands.
    """

    id: str
    places: tuple[Place, ...]
    light: LightSection
    ids: list[list[str]]
    first_line: int | None = None
    recto: bool | None = None
    quire: Quire | None = None
    lines: dict[str, int] = field(default_factory=dict)
    starts: list[list[Start]] = field(default_factory=list)
    facts: list[PageFacts] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    unkept: list[Error] = field(default_factory=list)
    blank: frozenset[int] = frozenset()
    quotes: bool = False
    messages: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many pages it has."""
        return len(self.light.pages)


Laid: TypeAlias = Setting | TableSetting | IndexSetting | Flow


class Compositor:
    """Sets sections and draws them; a section is forgotten when it is drawn."""

    def __init__(self, engine: Engine, ask: Ask) -> None:
        self.engine, self.ask = engine, ask
        self._set: dict[str, tuple[Job, Laid]] = {}
        self._standing: dict[str, Standing] = {}
        self._sheets: dict[tuple[float, float], Any] = {}

    def set(self, job: Job, anchors: Collection[str] = ()) -> Cast:
        """Lay a section out, and break its pages as if they were the first of the book.

        The lines of these anchors are told. What is laid out of a section still stands where it
        is set again before it is drawn.
        """
        self._set.pop(job.id, None)
        if isinstance(job, FlowJob):
            flow = Flow(job.text, job.recto, self._lay(job.text, style_of(job.recto)))
            self._set[job.id] = job, flow
            return _flowed(job, flow)
        if isinstance(job, IndexJob):
            index = IndexSetting(self._lay, job.text, job.page, job.columns, job.gap)
            self._set[job.id] = job, index
            return _flowed(job, index)
        if isinstance(job, TableJob):
            table = self._table(job)
            self._set[job.id] = job, table
            table.settle(lambda number: str(number + 1))
            moved = table.fill_in(job.moved)
            lines = dict(table.lines(anchors))
            labels = _labels(job, table)
            known = table.ids(), lines, labels, table.blanks
            return Cast(job.id, table.count, 0, (), moved, *known)
        setting = self._galley(job)
        self._set[job.id] = job, setting
        setting.settle(lambda number: str(number + 1))
        counted = sum(setting.counted) if job.numbering.every else 0
        lines = dict(_lines(setting, anchors))
        crowded = tuple(setting.crowded())
        labels = _labels(job, setting)
        known = setting.ids(), lines, labels, setting.blanks
        return Cast(job.id, setting.count, counted, crowded, {}, *known)

    def _galley(self, job: GalleyJob) -> Setting:
        told = job.bands, job.entries, job.notes, job.numbering, job.first_line
        if job.kept is not None:
            kept = set_kept(self._lay, self._copy(job), job.page, job.kept, *told)
            if kept is not None:
                return kept
        standing = self._standing.setdefault(job.id, Standing(self._lay))
        standing.begin()
        return Setting(self._lay, self._copy(job), job.page, *told, standing=standing)

    def draw(self, name: str, places: Sequence[Place], anchors: Collection[str]) -> Drawn:
        """Draw a section that was set, for these pages; tell the lines of these anchors."""
        job, laid = self._set.pop(name)
        self._standing.pop(name, None)
        draughtsman = Draughtsman(self._sheet(job.sheet), job.number)
        drawn = Drawn(
            job.id,
            tuple(places),
            draughtsman.section,
            laid.ids(),
            job.first_line if isinstance(job, GalleyJob) else None,
            job.recto if isinstance(job, FlowJob) else None,
        )
        reader = StartReader()
        if isinstance(laid, Flow):
            for number in range(laid.count):
                content = [laid.content(number)]
                rule(content)
                withhold(content)
                drawn.starts.append(reader.read(content, {}))
                draughtsman.draw(content, (), self.engine.image)
        elif isinstance(laid, IndexSetting):
            drawn.errors = laid.errors()
            for number in range(laid.count):
                place = drawn.places[min(number, len(drawn.places) - 1)]
                roots, again = laid.compose(number, place.left, place.top)
                drawn.starts.append(reader.read(roots, {}))
                draughtsman.draw(roots, again, self.engine.image)
        else:
            self._draw_setting(laid, drawn, draughtsman, anchors, keeps=job.kept is not None)
        if isinstance(laid, Flow | IndexSetting):
            drawn.blank = _flowed(job, laid).blank
            for _ in drawn.blank:
                draughtsman.draw((), (), self.engine.image)  # where the printing had more pages
                drawn.starts.append([])
                drawn.ids += [[]] * (len(drawn.starts) - len(drawn.ids))
        draughtsman.finish()
        drawn.messages = list(self.engine.messages)
        del laid, draughtsman
        self._clear_away()
        if job.numbers is not None:
            with listening() as said:
                drawn.quire = quire_of(drawn.light.pages, job.sheet[1], job.numbers)
            drawn.messages += said
        if drawn.quire is not None:
            drawn.light.shed()
        return drawn

    def _clear_away(self) -> None:
        """Let go of boxes that hold one another, once there may be many; to look takes long."""
        youngest, younger, old = gc.get_count()
        least, less, _ = gc.get_threshold()
        if youngest + least * (younger + less * old) > _MANY:
            gc.collect()
            if not self._set:
                gc.freeze()  # what is left stays to the end

    def _draw_setting(
        self,
        setting: Setting | TableSetting,
        drawn: Drawn,
        draughtsman: Draughtsman,
        anchors: Collection[str],
        *,
        keeps: bool,
    ) -> None:
        def folio(number: int) -> str:
            drawn.quotes = True
            places = drawn.places
            return places[number].folio if number < len(places) else str(number + 1)

        setting.settle(folio)
        drawn.ids, drawn.blank = setting.ids(), setting.blanks
        composer: Composer | TableComposer
        if isinstance(setting, TableSetting):
            drawn.errors, drawn.lines = setting.errors(), dict(setting.lines(anchors))
            composer = TableComposer(setting)
        else:
            drawn.errors, drawn.lines = read_proofs(setting), dict(_lines(setting, anchors))
            composer = Composer(setting)
        if isinstance(setting, KeptSetting | KeptTable):
            drawn.unkept = _unkept(setting, folio)
        elif keeps:
            drawn.unkept = [Error(CODE, "the pages of this section could not be kept", 0)]
        marked = {error.page for error in drawn.errors}
        reader = StartReader()
        for number in range(setting.count):
            place = drawn.places[min(number, len(drawn.places) - 1)]
            composed = composer.compose(number, place.left, place.top, place.recto)
            if number in marked:
                composer.mark(composed, place.left, place.top)
            rule(composed.roots)
            composed.withhold()
            drawn.starts.append(reader.read(composed.roots, composed.numbered))
            draughtsman.draw(composed.roots, composed.artifacts, self.engine.image)
            drawn.facts.append(composed.facts)

    def _lay(self, html: str, sheet: str) -> Any:
        return self.engine.lay_out(html, sheet, furnished=False).pages

    def _copy(self, job: GalleyJob) -> Copy:
        def notes(keys: Mapping[str, Keyed]) -> str:
            return self.ask("notes", job.id, dict(keys))

        def extant(lines: Sequence[tuple[str, tuple[str, ...]]]) -> str:
            return self.ask("extant", job.id, lines)

        def entries(groups: Sequence[tuple[str, str, Sequence[Keyed]]]) -> str:
            return self.ask("entries", job.id, groups)

        def furniture(_: Sequence[BandStyle], lines: int) -> str:
            return self.ask("furniture", job.id, lines)

        return Copy(job.text, notes, job.margins, extant, entries, furniture)

    def _table(self, job: TableJob) -> TableSetting:
        copy = TableCopy(
            job.text,
            lambda keys, ids: self.ask("notes of", job.id, (dict(keys), ids)),
            lambda lines: self.ask("extant", job.id, lines),
            lambda groups: self.ask("entries", job.id, groups),
            lambda _, lines: self.ask("furniture", job.id, lines),
            lambda: self.ask("again", job.id, None),
        )
        told = (
            job.bands, job.entries, job.notes, job.numbering, job.sigla, job.facing, job.together
        )  # fmt: skip
        if job.kept is not None:
            kept = set_table(self._lay, copy, job.page, job.kept, *told)
            if kept is not None:
                return kept
        return TableSetting(self._lay, copy, job.page, *told)

    def _sheet(self, size: tuple[float, float]) -> Any:
        """The box of a page of this size, without margins."""
        if size not in self._sheets:
            style = f"@page {{ size: {size[0]}px {size[1]}px !important; margin: 0 !important }}"
            page = "<html><head><title>Sheet</title></head><body></body></html>"
            self._sheets[size] = self._lay(page, style)[0]._page_box
        return self._sheets[size]


def _flowed(job: Job, laid: Flow | IndexSetting) -> Cast:
    """The pages of a section that flows, and as many as it had, where they are kept."""
    ids = laid.ids()
    if job.kept is None or not job.kept.pages:
        return Cast(job.id, laid.count, ids=ids)
    belonging = flowing(job.kept, laid.count)
    ids = [*ids, *[[]] * (len(belonging) - len(ids))]
    blank = frozenset(range(laid.count, len(belonging)))
    return Cast(job.id, len(belonging), ids=ids, labels=labels_of(job.kept, belonging), blank=blank)


def _labels(job: Job, setting: Setting | TableSetting) -> tuple[str, ...]:
    """The folios of pages that are kept; none, where they are not."""
    if job.kept is None or not isinstance(setting, KeptSetting | KeptTable):
        return ()
    return labels_of(job.kept, setting.belonging)


def _unkept(setting: KeptSetting | KeptTable, label: Callable[[int], str]) -> list[Error]:
    """What did not stay on its page."""
    fitter = setting.fitter
    told = setting.outcomes, setting.belonging, fitter.loose_lines(), setting.lacking, label
    return list(faults(fitter.kept, *told))


def _lines(setting: Setting, anchors: Collection[str]) -> Iterator[tuple[str, int]]:
    for anchor in anchors:
        if anchor in setting.text.where:
            strip, _ = setting.text.where[anchor]
            numbered = setting.numbering.every and setting.counted[strip]
            yield anchor, setting.number_of(strip) if numbered else 0
