"""Composes the pages of a setting: moves lines, entries and notes to their places on a page.

All lengths are in px, those of the page map in pt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from printedition.page import margins, ruling
from printedition.page.breaking import Plan
from printedition.page.galley import id_of
from printedition.page.galley_note import GalleyNote
from printedition.page.job import Keyed
from printedition.page.pagemap import Line, PageFacts, Standing
from printedition.page.setting import Setting
from printedition.page.stack import (
    COLUMN_GAP,
    HEAD_GAP,
    Band,
    Piece,
    column_height,
    fragments,
    in_columns,
)
from printedition.page.withheld import is_withheld, withhold

RULE_GAP = 6.0  # px between the text and the rule of a proof beside it


@dataclass(slots=True)
class Composed:
    """A page's content: the boxes of its text and notes, and what is painted as artifacts.

    `numbered` are the numbers of its lines by the `id()` of their box, as far as they are printed.
    """

    roots: list[Any]
    artifacts: list[Any] = field(default_factory=list)
    facts: PageFacts = field(default_factory=PageFacts)
    numbered: dict[int, int] = field(default_factory=dict)

    def withhold(self) -> None:
        """Take out what the book withholds from its readers, and what is told of it."""
        names = withhold(self.roots)
        if names:
            facts = self.facts
            facts.standing = [one for one in facts.standing if one.id not in names]
            facts.beside = [one for one in facts.beside if one.id not in names]
        if not any(body.children for root in self.roots for body in root.children):
            self.artifacts, self.facts, self.numbered = [], PageFacts(), {}


class Composer:
    """Composes the pages of one setting, each once: what is moved can't be moved again."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        setting.extant.lay_lines(setting.plans)

    def compose(self, number: int, left: float, top: float, recto: bool) -> Composed:
        """The content of a page of the section, at the left top corner of its room."""
        plan, page = self.setting.plans[number], self.setting.keyed[number]
        # Before lines are moved: where notes want to stand is reckoned on the galley.
        notes, tops = self.setting.spread(number)
        floor = self.setting.page.height(number) + plan.longer
        composed = Composed([])
        heads = [band for band in self.setting.bands.values() if band.head]
        feet = [band for band in self.setting.bands.values() if not band.head]
        content: list[Any] = []
        text, title = self.setting.text, self.setting.title(number)
        begin = high = top + text.height_above(plan.start, title)
        for band in heads:
            high = self._set_band(band, plan, page, left, high, content, composed, high > begin)
        y = top + (high - begin + HEAD_GAP if high > begin else 0.0)
        dy = y - text.begin(plan.start)
        if plan.stop > plan.start:
            composed.roots = text.cut(plan.start, plan.stop, left - text.left, dy)
            text.raise_title(composed.roots, title, y - top)
        low = top + floor - self._feet_height(feet, plan, page)
        self._set_extant(number, left, low - self.setting.extant.room, content)
        other = False
        for band in feet:
            was = low
            low = self._set_band(band, plan, page, left, low, content, composed, other)
            other = other or low > was
        self._figures(plan, dy, left, recto, composed)
        beside = self._beside(notes, [y + low for low in tops], left, recto)
        if self.setting.page.ruled > 0:
            self._rule(floor, left, top, recto, beside, composed)
        self._hang(composed, content, beside)
        x = left + self.setting.page.width + RULE_GAP if recto else left - RULE_GAP
        composed.facts = self._facts(number, content, beside, x)
        return composed

    def mark(self, composed: Composed, left: float, top: float) -> None:
        """Mark a page of a proof, above its text."""
        mark = self.setting.furniture.boxes["proof-mark"].deepcopy()
        mark.translate(left - mark.position_x, top - mark.margin_height() - mark.position_y)
        composed.artifacts.append(mark)

    # Facts

    def _facts(
        self, page: int, content: Sequence[Any], beside: Sequence[tuple[int, Any]], x: float
    ) -> PageFacts:
        """The lines of a page, with rules at `x`, and where entries and notes stand."""
        plan, facts = self.setting.plans[page], PageFacts()
        numbers: dict[int, int] = {}
        count = plan.lines
        for number in range(plan.start, plan.stop):
            count += self.setting.counted[number]
            numbers[number] = count if self.setting.counted[number] else 0
            of_line = self.setting.text.strips[number]
            if not of_line.withheld and (words := of_line.words().split()):
                whole, places = of_line.own_words()
                top = float(of_line.box.position_y)
                rule = x, top, top + of_line.bottom - of_line.top
                told = Line(
                    *(numbers[number], words[0], words[-1]),
                    words=whole,
                    rule=rule,
                    places=places,
                    audience=of_line.audience,
                )
                facts.lines.append(told)
        loci = {}
        for numbered in plan.entries:
            loci[numbered.entry.id] = self.setting.loci[numbered.entry.id], numbered.entry.band
        for piece in plan.pieces:
            strip = self.setting.text.where[self.setting.calls[piece.note.id]][0]
            line = numbers.get(strip, 0)
            loci[piece.note.id] = (str(line) if line else ""), piece.note.band
        for name, box in _boxes(content, loci).items():
            locus, band = loci[name]
            facts.standing.append(Standing(name, band, locus, box))
        for number, block in beside:
            locus = str(numbers[number]) if numbers[number] else ""
            name = id_of(block)
            facts.beside.append(Standing(name, "margin", locus, _points(_edges(block))))
        return facts

    def _set_extant(self, page: int, left: float, y: float, content: list[Any]) -> None:
        """Say above the bands which witnesses hold the text of a page."""
        galley = self.setting.extant.galley
        name = f"extant-{page}"
        if galley is not None and name in galley.boxes:
            first, last = galley.where[name]
            block = galley.boxes[name]
            dy = y - block.position_y
            content.append(galley.cut_block(name, first, last + 1, left - galley.left, dy))

    def _pieces(self, plan: Plan, band: Band) -> list[Piece]:
        return [piece for piece in plan.pieces if piece.note.band == band.name]

    def _feet_height(
        self, feet: Sequence[Band], plan: Plan, page: Mapping[str, list[Keyed]]
    ) -> float:
        total = 0.0
        for band in feet:
            content = self._content_height(band, plan, page)
            if content:
                total += content + (band.next if total else band.apart)
        return total

    def _content_height(self, band: Band, plan: Plan, page: Mapping[str, list[Keyed]]) -> float:
        total = 0.0
        if band.name in page:
            total = self.setting.band_height(band.name, page[band.name])
        return total + self._pieces_height(band, plan)

    def _pieces_height(self, band: Band, plan: Plan) -> float:
        pieces = fragments(self._pieces(plan, band), band.columns)
        return column_height([piece.height for piece in pieces], band.columns)

    def _set_band(
        self,
        band: Band,
        plan: Plan,
        page: Mapping[str, list[Keyed]],
        left: float,
        y: float,
        content: list[Any],
        composed: Composed,
        other: bool,
    ) -> float:
        """Set a band with its separator, and say where it ends."""
        height = self._content_height(band, plan, page)
        if not height:
            return y
        side = "above-" if band.head else ""
        which = "next" if other else "apart"
        y = self._separate(f"{side}{which}-{band.name}", left, y, composed)
        if band.name in page:
            content += self._set_entries(band, page[band.name], left, y)
        below = y + height - self._pieces_height(band, plan)
        pieces = fragments(self._pieces(plan, band), band.columns)
        for x, low, number in _places([p.height for p in pieces], band, left, below):
            content.append(self._set_piece(pieces[number], x, low))
        y += height
        return self._separate(f"below-{band.name}", left, y, composed) if band.head else y

    def _separate(self, name: str, left: float, y: float, composed: Composed) -> float:
        """Set what parts a band from its neighbour, if that has a height, and say where it ends."""
        if name not in self.setting.furniture.boxes:
            return y
        separator = self.setting.furniture.boxes[name].deepcopy()
        separator.translate(left - separator.position_x, y - separator.position_y)
        composed.artifacts.append(separator)
        return y + float(separator.margin_height())

    def _set_entries(self, band: Band, keyed: Sequence[Keyed], left: float, y: float) -> list[Any]:
        """The entries of a band, cut into its columns."""
        galley, name = self.setting.laid[band.name, tuple(keyed)]
        if band.columns == 1:
            first, last = galley.where[name]
            dy = y - galley.strips[first].top
            return [galley.cut_block(name, first, last + 1, left - galley.left, dy)]
        made = []
        parts = self.setting.parts(band.name, keyed)
        heights = [height for _, _, height in parts]
        for x, low, number in _places(heights, band, left, y):
            start, stop, _ = parts[number]
            dy = low - galley.strips[start].top
            made.append(galley.cut_block(name, start, stop, x - galley.left, dy))
        return made

    def _set_piece(self, piece: Piece, left: float, y: float) -> Any:
        note = piece.note
        assert isinstance(note, GalleyNote) and self.setting.notes is not None
        galley = self.setting.notes
        start, stop = note.first + piece.start, note.first + piece.stop
        dy = y - galley.strips[start].top
        return galley.cut_block(note.id, start, stop, left - galley.left, dy)

    def _figures(self, plan: Plan, dy: float, left: float, recto: bool, composed: Composed) -> None:
        """The line numbers of a page, at the heights of their lines."""
        every = self.setting.numbering.shown
        if not every:
            return
        side = self._figures_at_left(recto)
        count = plan.lines
        for number in range(plan.start, plan.stop):
            count += self.setting.counted[number]
            if not self.setting.counted[number] or count % every:
                continue
            strip = self.setting.text.strips[number]
            composed.numbered[id(strip.box)] = count
            figure = self.setting.furniture.boxes[f"figure-{count}"].deepcopy()
            line = figure.children[0]
            y = strip.box.position_y + strip.box.baseline - line.baseline
            gap = 2 * self.setting.line / 3
            x = left - gap - figure.width if side else left + self.setting.page.width + gap
            ink = line.children[0].width if line.children else 0.0
            x = left - gap - ink if side else x
            figure.translate(x - line.children[0].position_x, y - line.position_y)
            composed.artifacts.append(figure)

    def _figures_at_left(self, recto: bool) -> bool:
        if not self.setting.numbering.every:
            return recto  # in a proof: margin notes have no room beside figures
        sides = {"left": True, "right": False, "inner": recto, "outer": not recto}
        return sides[self.setting.numbering.side]

    def _rule(
        self,
        floor: float,
        left: float,
        top: float,
        recto: bool,
        beside: Sequence[tuple[int, Any]],
        composed: Composed,
    ) -> None:
        """Lines to write on in the outer margin of a page, where no note stands."""
        setting, step = self.setting, ruling.STEP * self.setting.line
        x = self._margin_at(left, recto, setting.page.ruled)
        taken = [_edges(block) for _, block in beside if not is_withheld(block)]
        for number in range(1, int(floor / step + 0.01) + 1):
            y = top + number * step
            if not any(above - step / 2 < y < foot + step / 2 for _, above, _, foot in taken):
                line = setting.furniture.boxes["margin-rule"].deepcopy()
                line.translate(x - line.position_x, y - line.position_y)
                composed.artifacts.append(line)

    def _margin_at(self, left: float, recto: bool, breadth: float) -> float:
        """Where what is so broad stands in the outer margin."""
        gap = margins.GAP
        if self.setting.numbering.every and self._figures_at_left(recto) != recto:
            gap += margins.FIGURES
        return left + self.setting.page.width + gap if recto else left - gap - breadth

    def _beside(
        self, notes: Sequence[margins.Beside], tops: Sequence[float], left: float, recto: bool
    ) -> list[tuple[int, Any]]:
        """The margin notes of a page, each with its strip, in place."""
        setting = self.setting
        x = self._margin_at(left, recto, setting.page.margin)
        made = []
        for note, low in zip(notes, tops, strict=True):
            block = setting.margins.block(note.id)
            block.translate(x - block.position_x, low - block.position_y)
            made.append((note.strip, block))
        return made

    def _hang(self, composed: Composed, content: list[Any], beside: list[tuple[int, Any]]) -> None:
        """Hang notes into the tree of a page: margin notes after their paragraph, bands last."""
        if not composed.roots:
            root = self.setting.text.roots[0]
            body = root.children[0]
            composed.roots = [root.copy_with_children([body.copy_with_children([])])]
        for number, block in reversed(beside):
            holder, index = _holder(composed.roots, self.setting.text.strips[number].box)
            holder.children = [*holder.children[: index + 1], block, *holder.children[index + 1 :]]
        body = composed.roots[-1].children[0]
        body.children = [*body.children, *content]


def _places(
    heights: Sequence[float], band: Band, left: float, y: float
) -> Iterator[tuple[float, float, int]]:
    """Where the blocks of a band stand: x, y and number of each."""
    for column, numbers in enumerate(in_columns(heights, band.columns)):
        low = y
        for number in numbers:
            yield left + column * (band.width + COLUMN_GAP), low, number
            low += heights[number]


def _holder(roots: Sequence[Any], line: Any) -> tuple[Any, int]:
    """The box that holds the paragraph of a line, and the place of the paragraph in it."""

    def search(box: Any) -> tuple[Any, int] | None:
        for index, child in enumerate(box.children):
            inner = getattr(child, "children", ())
            if child is line or any(each is line for each in inner):
                return box, index
            if inner and not isinstance(inner[0], boxes.LineBox) and (found := search(child)):
                return found
        return None

    for root in roots:
        if found := search(root):
            return found
    body = roots[-1].children[0]
    return body, len(body.children) - 1


_PX = 0.75  # pt


def _edges(box: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a box without its margins, in px."""
    left = box.position_x + box.margin_left
    top = box.position_y + box.margin_top
    return left, top, left + box.border_width(), top + box.border_height()


def _points(edges: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(edge * _PX, 2) for edge in edges)
    return left, top, right, bottom


def _boxes(
    content: Sequence[Any], names: Mapping[str, object]
) -> dict[str, tuple[float, float, float, float]]:
    """The boxes of ids, in pt; of what runs over lines the box around all its parts."""
    found: dict[str, tuple[float, float, float, float]] = {}
    for block in content:
        for box in (block, *block.descendants()):
            name = id_of(box)
            if name not in names or isinstance(box, boxes.TextBox | boxes.LineBox):
                continue
            edges = _edges(box)
            if name in found:
                old = found[name]
                edges = (
                    min(old[0], edges[0]), min(old[1], edges[1]),
                    max(old[2], edges[2]), max(old[3], edges[3]),
                )  # fmt: skip
            found[name] = edges
    return {name: _points(edges) for name, edges in found.items()}
