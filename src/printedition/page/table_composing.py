"""Composes the pages of a table of versions: rows level, bands below their columns.

All lengths are in px, those of the page map in pt.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from printedition.page.column_breaking import Slice
from printedition.page.composing import RULE_GAP, Composed, Composer
from printedition.page.pagemap import PageFacts
from printedition.page.table_setting import TableSetting, VersionSetting

FIGURE_GAP = 4.0  # px between a line's number and its line: 3 pt


class VersionComposer(Composer):
    """Composes what belongs to one version: its cells, its bands, its figures."""

    setting: VersionSetting

    def cell(self, slice_: Slice, column: int, dx: float, y: float) -> Any:
        """The cell of a row, as much of it as stands on the page."""
        part, galley = slice_.parts[column], self.setting.column
        first = galley.strips[part.start].top if part.stop > part.start else 0.0
        cell = galley.cut_cell(slice_.row, part.start, part.stop, dx, y + part.top - first)
        cell.position_y, cell.height = y + slice_.top, slice_.bottom - slice_.top
        return cell

    def stand(
        self, number: int, left: float, bottom: float, content: list[Any], composed: Composed
    ) -> None:
        """Let the bands of a page stand above its foot."""
        plan, page = self.setting.plans[number], self.setting.keyed[number]
        feet = list(self.setting.bands.values())
        low = bottom - self.feet_height(number)
        self._set_extant(number, left, low - self.setting.extant.room, content)
        other = False
        for band in feet:
            was = low
            low = self._set_band(band, plan, page, left, low, content, composed, other)
            other = other or low > was

    def feet_height(self, number: int) -> float:
        """How high the bands of a page are."""
        feet = list(self.setting.bands.values())
        return self._feet_height(feet, self.setting.plans[number], self.setting.keyed[number])

    def figures(self, number: int, left: float, composed: Composed) -> None:
        """The numbers of lines, in the gutter before the column."""
        every = self.setting.numbering.shown
        plan = self.setting.plans[number]
        count = plan.lines
        for strip_number in range(plan.start, plan.stop) if every else ():
            count += self.setting.counted[strip_number]
            if not self.setting.counted[strip_number] or count % every:
                continue
            strip = self.setting.text.strips[strip_number]
            composed.numbered[id(strip.box)] = count
            figure = self.setting.furniture.boxes[f"figure-{count}"].deepcopy()
            line = figure.children[0]
            ink = line.children[0].width if line.children else 0.0
            y = strip.box.position_y + strip.box.baseline - line.baseline
            x = left - FIGURE_GAP - ink
            figure.translate(x - line.children[0].position_x, y - line.position_y)
            composed.artifacts.append(figure)

    def facts(self, number: int, content: list[Any], left: float) -> PageFacts:
        """What the page map tells of a page, with the siglum before each line's number."""
        x = left + self.setting.page.width + RULE_GAP / 2
        facts = self._facts(number, content, (), x)
        siglum = self.setting.siglum
        lines = [replace(line, version=siglum) for line in facts.lines]
        standing = [replace(one, line=_of(siglum, one.line)) for one in facts.standing]
        return PageFacts(lines, standing)


def _of(siglum: str, line: str) -> str:
    """A line's number with its version before it."""
    return line if not line or line.startswith(f"{siglum} ") else f"{siglum} {line}"


class TableComposer:
    """Composes the pages of one table, each once."""

    def __init__(self, setting: TableSetting) -> None:
        self.setting = setting
        self.versions = [VersionComposer(version) for version in setting.versions]

    def compose(self, number: int, left: float, top: float, recto: bool) -> Composed:
        """The content of a page of the section, at the left top corner of its room."""
        columns, before = self.setting.columns, self.setting.before
        composed = Composed([])
        if number < len(before) and before[number].stop > before[number].start:
            plan = before[number]
            dy = top - columns.before.begin(plan.start)
            dx = left - columns.before.left
            composed.roots = columns.before.cut(plan.start, plan.stop, dx, dy)
        at = number - self.setting.offset
        if at < 0:
            return self._filled(composed)
        if not self.setting.facing:
            groups, content = self._table(at, None, left - columns.before.left, top, composed)
        else:
            at, side = divmod(at, 2)
            dx = left - self.versions[side].setting.column.left
            groups, content = self._table(at, side, dx, top, composed)
        self._hang(composed, columns.around(groups) if groups else None, content)
        return composed

    def mark(self, composed: Composed, left: float, top: float) -> None:
        """Mark a page of a proof, above its text."""
        self.versions[0].mark(composed, left, top)

    def _table(
        self, at: int, side: int | None, dx: float, top: float, composed: Composed
    ) -> tuple[list[Any], list[Any]]:
        """The rows of a page, and the bands below them; of one version, where they face."""
        spread = self.setting.spreads[at]
        groups = self._head(at, side, dx, top, composed)
        for slice_ in spread.slices:
            groups.append(self._row(slice_, side, dx, top, composed))
        content: list[Any] = []
        feet = self._feet(at, dx, top + spread.floor)
        for composer in self._versions(side):
            left = dx + composer.setting.column.left
            own: list[Any] = []
            composer.stand(at, *feet[composer.setting.siglum], own, composed)
            composer.figures(at, left, composed)
            facts = composer.facts(at, own, left)
            composed.facts.lines += facts.lines
            composed.facts.standing += facts.standing
            content += own
        return groups, content

    def _feet(self, at: int, dx: float, bottom: float) -> dict[str, tuple[float, float]]:
        """The left edge and the foot of the bands of each version."""
        made = {}
        for composer in reversed(self.versions):
            setting = composer.setting
            column = self.versions[0].setting.column if self.setting.together else setting.column
            made[setting.siglum] = dx + column.left, bottom
            if self.setting.together:
                bottom -= composer.feet_height(at) + setting.extant.room
        return made

    def _versions(self, side: int | None) -> list[VersionComposer]:
        return self.versions if side is None else [self.versions[side]]

    def _head(
        self, at: int, side: int | None, dx: float, top: float, composed: Composed
    ) -> list[Any]:
        """The names of the versions: on the first page in the table, on others to be seen only."""
        spread = self.setting.spreads[at]
        begun = any(earlier.slices for earlier in self.setting.spreads[:at])
        if not spread.slices and not (begun and any(plan.pieces for plan in spread.plans)):
            return []  # what stands before the table fills the page, or nothing does
        head = self.setting.columns.head_of(side)
        head.translate(dx, top + spread.top - head.position_y)
        if not begun:
            return [head]
        composed.artifacts.append(self.setting.columns.table.copy_with_children([head]))
        return []

    def _row(
        self, slice_: Slice, side: int | None, dx: float, top: float, composed: Composed
    ) -> Any:
        """What stands of a row; its title is read aloud where the row begins."""
        columns = self.setting.columns
        title = None
        if slice_.again or side == 1:
            repeated = self.setting.title(slice_.row, again=slice_.again).deepcopy()
            left = dx + self._versions(side)[0].setting.column.left
            low = top + slice_.top - repeated.margin_height()
            repeated.translate(left - repeated.position_x, low - repeated.position_y)
            composed.artifacts.append(repeated)
        else:
            title = columns.groups[slice_.row].children[0]
            title.translate(dx, top + slice_.top - title.height - title.position_y)
        cells = [
            composer.cell(slice_, column, dx, top)
            for column, composer in enumerate(self.versions)
            if side in (None, column)
        ]
        if slice_.again:
            cells = [cell for cell in cells if cell.children]
        row = columns.row(slice_.row, title, cells)
        for box in (row, row.children[-1]):
            box.position_x += dx
            box.position_y = top + slice_.top - (title.height if title and box is row else 0.0)
            box.height = top + slice_.bottom - box.position_y
        return row

    def _hang(self, composed: Composed, table: Any, content: list[Any]) -> None:
        """Hang the table behind what stands before it, then the bands."""
        if not composed.roots:
            composed.roots = [table if table is not None else self._bare()]
        elif table is not None:
            section = composed.roots[-1].children[0].children[-1]
            inner = table.children[0].children[-1]
            section.children = [*section.children, *inner.children]
        body = composed.roots[-1].children[0]
        body.children = [*body.children, *content]

    def _filled(self, composed: Composed) -> Composed:
        """A page before the table, which may be empty."""
        composed.roots = composed.roots or [self._bare()]
        return composed

    def _bare(self) -> Any:
        root = self.setting.columns.root
        return root.copy_with_children([root.children[0].copy_with_children([])])
