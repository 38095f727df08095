"""What a table of versions marks in the words of its cells: changes, brought to their leaves.

The pieces never overlap, whatever the changes do: words that are new and were dropped again are a
run of both kinds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from printedition.book import tree
from printedition.book.appearances import Appearance, PlannedRow
from printedition.book.leaf import Insertion, Run
from printedition.edition.changes import Change, ChangeKind, ChangeMark, Changes, Stretch
from printedition.edition.names import shown
from printedition.edition.text import Heading, Paragraph
from printedition.edition.versions import Parallel
from printedition.frozen import dataclass
from printedition.scholarship.loci import Loci


@dataclass(frozen=True, slots=True)
class _Part:
    """A leaf as it appears in a cell: its plain text begins at `offset` of that of its block."""

    text: str
    plain: str
    clip: tuple[int, int]
    offset: int

    @property
    def end(self) -> int:
        return self.offset + self.clip[1] - self.clip[0]


@dataclass(slots=True)
class LeafMarks:
    """The marks of one leaf in one cell, by offsets of the leaf's plain text."""

    stretches: list[tuple[int, int, ChangeKind, str]] = field(default_factory=list)
    elsewhere: dict[int, list[tree.OtherPlace]] = field(default_factory=dict)
    gaps: dict[int, list[str]] = field(default_factory=dict)

    def runs(self, plain: str) -> tuple[Run, ...]:
        """The words that are marked alike, in order; a blank parts no run, nor ends one."""
        edges = sorted({edge for start, end, *_ in self.stretches for edge in (start, end)})
        runs: list[Run] = []
        for start, end in pairwise(edges):
            over = [one for one in self.stretches if one[0] <= start and end <= one[1]]
            kinds = tuple(kind.value for kind in ChangeKind if any(kind is o[2] for o in over))
            name = next((o[3] for o in over if o[3] and o[0] == start), "")
            last = runs[-1] if runs else None
            words = plain[start:end]
            if not kinds or not words.strip():
                continue
            start += len(words) - len(words.lstrip())
            end = start + len(words.strip())
            if last and last.kinds == kinds and not name and not plain[last.end : start].strip():
                runs[-1] = Run(last.start, end, kinds, last.id)
            else:
                runs.append(Run(start, end, kinds, name))
        return tuple(runs)

    def insertions(self) -> Iterator[Insertion]:
        """What is put between the words: where moved words stand elsewhere, signs of nothing."""
        for offset, places in self.elsewhere.items():
            yield _inserted(offset, tree.Elsewhere(tuple(places)), after=True)
        for offset, sigla in self.gaps.items():
            node = tree.Nothing(tuple(dict.fromkeys(sigla)), leads=not offset)
            yield _inserted(offset, node, after=bool(offset))


def _inserted(offset: int, node: tree.Inline, *, after: bool) -> Insertion:
    return Insertion(offset, after, lambda: node)


class TableMarks:
    """The marks of a table of versions, by cell and leaf.

    `name` is the id of its section, from which those of moved words are made.
    """

    def __init__(
        self,
        name: str,
        parallel: Parallel,
        rows: Sequence[PlannedRow],
        changes: Changes,
        loci: Loci,
    ) -> None:
        self._wanted = parallel.marks
        self._versions = [version.text.text for version in parallel.versions]
        self._loci = loci
        self._blocks = {
            (version, top.block.attributes.id or ""): top
            for row in rows
            for version, cell in zip(self._versions, row.cells, strict=True)
            for top in cell
        }
        self._leaves: dict[tuple[str, int], LeafMarks] = defaultdict(LeafMarks)
        self._found: set[str] = set()
        self._moved: dict[Stretch, str] = {}
        self._take(name, changes)

    @property
    def legend(self) -> tuple[str, ...]:
        """The marks that the table has, in the order in which they are explained."""
        return tuple(mark.value for mark in ChangeMark if mark.value in self._found)

    @property
    def moved(self) -> tuple[str, ...]:
        """The ids of the words that moved."""
        return tuple(self._moved.values())

    def of(self, version: str, leaf: object) -> LeafMarks | None:
        """The marks of a leaf in the cells of a version; None where it has none."""
        return self._leaves.get((version, id(leaf)))

    # Changes

    def _take(self, name: str, changes: Changes) -> None:
        wanted = [one for one in changes.changes if ChangeMark(one.kind.value) in self._wanted]
        moves = [one for one in wanted if one.kind is ChangeKind.MOVED]
        for move in moves:
            if self._begins(move.words):
                self._moved.setdefault(move.words, f"{name}.moved.{len(self._moved) + 1}")
        for change in wanted:
            self._add(change)
        if ChangeMark.GAP in self._wanted:
            for gap in changes.gaps:
                self._add_gap(gap.text, gap.block, gap.at, gap.lacking)

    def _add(self, change: Change) -> None:
        named = self._moved.get(change.words, "")
        last: tuple[LeafMarks, int] | None = None
        for leaf, start, end in self._places(change.words):
            marks = self._leaves[change.words.text, id(leaf)]
            marks.stretches.append((start, end, change.kind, named))
            self._found.add(change.kind.value)
            last, named = (marks, end), ""
        if last is not None and change.kind is ChangeKind.MOVED and change.partner is not None:
            marks, end = last
            place = self._other_place(change.words, change.partner)
            if place not in marks.elsewhere.setdefault(end, []):
                marks.elsewhere[end].append(place)

    def _add_gap(self, version: str, block: str, at: int, lacking: Stretch) -> None:
        for part, leaf in self._parts(version, block):
            if part.offset <= at <= part.end:
                marks = self._leaves[version, id(leaf)]
                marks.gaps.setdefault(at - part.offset + part.clip[0], []).append(
                    shown(lacking.text)
                )
                self._found.add(ChangeMark.GAP.value)
                return

    def _other_place(self, here: Stretch, there: Stretch) -> tree.OtherPlace:
        top = self._blocks.get((there.text, there.block))
        locus = self._loci.of_block(there.text, top.block) if top else shown(there.text)
        href = self._moved.get(there, "") or (_first_id(top) if top else "")
        order = self._versions
        later = there.text in order and order.index(there.text) > order.index(here.text)
        return tree.OtherPlace(locus, href, later)

    # Where the words of blocks stand

    def _begins(self, words: Stretch) -> bool:
        return any(True for _ in self._places(words))

    def _places(self, words: Stretch) -> Iterator[tuple[object, int, int]]:
        """The leaves that words stand in, with their offsets there."""
        for part, leaf in self._parts(words.text, words.block):
            start, end = max(words.start, part.offset), min(words.end, part.end)
            if start < end:
                shift = part.clip[0] - part.offset
                yield leaf, start + shift, end + shift

    def _parts(self, version: str, block: str) -> Iterator[tuple[_Part, object]]:
        top = self._blocks.get((version, block))
        offset = 0
        for each in _leaf_appearances((top,) if top else ()):
            assert isinstance(each.block, Paragraph | Heading)
            plain = each.block.plain
            part = _Part(each.text, plain, each.clip or (0, len(plain)), offset)
            yield part, each.block
            offset = part.end + 1


def _leaf_appearances(appearances: Iterable[Appearance]) -> Iterator[Appearance]:
    """Paragraphs and headings, however deep, in the order in which they print."""
    for each in appearances:
        if isinstance(each.block, Paragraph | Heading):
            yield each
        for part in each.parts:
            yield from _leaf_appearances(part)


def _first_id(appearance: Appearance) -> str:
    """The id of a block, or of the first leaf in it."""
    leaves = _leaf_appearances((appearance,))
    return appearance.id or next((leaf.id for leaf in leaves if leaf.id), "")
