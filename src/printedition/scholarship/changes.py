"""What the versions of a table changed, reckoned word by word from the rows of their blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import combinations, groupby, pairwise

from printedition.edition.changes import Change, ChangeKind, Changes, Gap, Stretch
from printedition.edition.edition import Edition
from printedition.edition.quotation import Quotation
from printedition.edition.text import Emphasis, Inline, Mark, plain_text
from printedition.edition.versions import Parallel, Row
from printedition.frozen import dataclass
from printedition.scholarship.moves import moves
from printedition.scholarship.pairing import information, pairs
from printedition.scholarship.places import Places
from printedition.scholarship.tokens import form_of, tokens


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a version; `number` is its place among those of its version in the table.

    `part` is how many glosses of the source's editors stand before it in its block.
    """

    stretch: Stretch
    form: str
    number: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A row of two versions: their words, and the pairs by their numbers there."""

    old: Sequence[_Word]
    new: Sequence[_Word]
    pairs: Sequence[tuple[int, int]]


@dataclass(slots=True)
class _Column:
    """A version's words in the order of the table, and what became of each."""

    words: list[_Word] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)  # the next version has them at the same place
    had: set[int] = field(default_factory=set)  # the version before has them at the same place
    moved_out: set[int] = field(default_factory=set)
    moved_in: set[int] = field(default_factory=set)


def changes(edition: Edition, parallel: Parallel) -> Changes:
    """All changes of a table: each version of a row against the last before it that has the row.

    With a base it is against the base, where that has the row.

    A row that one version alone has is not compared. Moves are those that the editor declares,
    and of four words or more those that are found, also between rows and over a version.
    """
    return _Collator(edition, parallel).changes()


class _Collator:
    def __init__(self, edition: Edition, parallel: Parallel) -> None:
        self.parallel = parallel
        self.places = Places(edition)
        self.columns = {version.text.text: _Column() for version in parallel.versions}
        self.spelt = {
            form_of(word): form_of(alike.text.split()[0])
            for alike in parallel.spellings
            for word in alike.text.split()
        }
        self.found: list[Change] = []
        self.gaps: list[Gap] = []
        self.rows: list[list[list[_Word]]] = []

    def changes(self) -> Changes:
        rows = [
            [words for version in self.columns if (words := list(self._words(row, version)))]
            for row in self.parallel.rows
        ]
        self._declare()
        self.rows = rows
        compared = [self._compare(*both) for row in rows for both in self._compared(row)]
        for earlier, later in sorted(
            combinations(range(len(self.columns)), 2), key=lambda both: both[1] - both[0]
        ):
            self._find_moves(*(list(self.columns)[number] for number in (earlier, later)))
        for comparison in compared:
            self._tell(comparison)
        return Changes(tuple(self.found), tuple(self.gaps))

    def _compared(self, row: list[list[_Word]]) -> Iterable[tuple[list[_Word], list[_Word]]]:
        """Which versions of a row are compared: each with the base, else with the one before."""
        if self.parallel.base is None:
            return pairwise(row)
        base = [words for words in row if words[0].stretch.text == self.parallel.base.text]
        return [(one, other) for one in base for other in row if other is not one]

    def _plain(self, version: str, block: str) -> str:
        leaves = self.places.leaves(f"{version}/{block}", version) or ()
        return " ".join(self.places.leaf(*leaf).plain for leaf in leaves)

    def _glosses(self, version: str, block: str) -> list[tuple[int, int]]:
        """Where words of the source's editors stand in a block: printed, but not collated."""
        glosses, at = [], 0
        for leaf in (
            self.places.leaf(*n) for n in self.places.leaves(f"{version}/{block}", "") or ()
        ):
            glosses += [(at + start, at + end) for start, end in _glosses_in(leaf.inlines)]
            at += len(leaf.plain) + 1
        return glosses

    def _words(self, row: Row, version: str) -> Iterator[_Word]:
        column = self.columns[version]
        for value in row.blocks:
            name, _, block = value.text.partition("/")
            if name != version:
                continue
            glosses = self._glosses(version, block)
            for token in tokens(self._plain(version, block)):
                if not token.is_word or any(a <= token.start < b for a, b in glosses):
                    continue
                form = self.spelt.get(token.form, token.form)
                stretch = Stretch(version, block, token.start, token.end)
                part = sum(end <= token.start for _, end in glosses)
                column.words.append(_Word(stretch, form, len(column.words), part))
                yield column.words[-1]

    # Moves

    def _declare(self) -> None:
        for move in self.parallel.moves:
            source, target = self._side(move.source), self._side(move.target)
            if source and target and {source.text, target.text} <= self.columns.keys():
                self._moved(source, target)
                self.columns[source.text].moved_out |= self._within(source)
                self.columns[target.text].moved_in |= self._within(target)

    def _side(self, quotation: Quotation) -> Stretch | None:
        if quotation.place is None:
            return None
        version, _, block = quotation.place.text.partition("/")
        plain = self._plain(version, block)
        words = quotation.words.text if quotation.words else plain
        start = plain.find(words)
        return Stretch(version, block, start, start + len(words)) if start >= 0 else None

    def _within(self, whole: Stretch) -> set[int]:
        return {
            word.number
            for word in self.columns[whole.text].words
            if word.stretch.block == whole.block
            and word.stretch.start < whole.end
            and whole.start < word.stretch.end
        }

    def _moved(self, source: Stretch, target: Stretch) -> None:
        self.found.append(Change(ChangeKind.MOVED, source, target.text, target))
        self.found.append(Change(ChangeKind.MOVED, target, source.text, source))

    def _find_moves(self, earlier: str, later: str) -> None:
        one, other = self.columns[earlier], self.columns[later]
        kept, had = self._answering(earlier, later)
        first, gone = _line(one.words, one.kept | one.moved_out | kept)
        second, come = _line(other.words, other.had | other.moved_in | had)
        told = information([word for word in first if word], [word for word in second if word])
        for move in moves(first, second, gone, come, told):
            out = [one.words[number] for number in _numbers(one.words, {i for i, _ in move.pairs})]
            into = [
                other.words[number] for number in _numbers(other.words, {j for _, j in move.pairs})
            ]
            self._moved(_whole(out), _whole(into))
            one.moved_out |= self._within(_whole(out))
            other.moved_in |= self._within(_whole(into))

    def _answering(self, earlier: str, later: str) -> tuple[set[int], set[int]]:
        """Words that stand at one place in both, whatever a version between them has."""
        kept: set[int] = set()
        had: set[int] = set()
        for row in self.rows:
            cells = {words[0].stretch.text: words for words in row}
            if earlier in cells and later in cells:
                old, new = cells[earlier], cells[later]
                for i, j in pairs([word.form for word in old], [word.form for word in new]):
                    kept.add(old[i].number)
                    had.add(new[j].number)
        return kept, had

    # Comparison

    def _compare(self, old: Sequence[_Word], new: Sequence[_Word]) -> _Comparison:
        source, target = self.columns[old[0].stretch.text], self.columns[new[0].stretch.text]
        stays = [word for word in new if word.number not in target.moved_in]
        met = [
            (old[i].number, stays[j].number)
            for i, j in pairs([word.form for word in old], [word.form for word in stays])
        ]
        source.kept |= {i for i, _ in met}
        target.had |= {j for _, j in met}
        return _Comparison(old, new, met)

    def _tell(self, compared: _Comparison) -> None:
        """Report what one version has and the other has not, from one pair to the next."""
        a, c = compared.old[0].number, compared.new[0].number
        ends = (compared.old[-1].number + 1, compared.new[-1].number + 1)
        for b, d in [*compared.pairs, ends]:
            self._tell_between(compared, (a, b), (c, d))
            a, c = b + 1, d + 1

    def _tell_between(
        self, compared: _Comparison, olds: tuple[int, int], news: tuple[int, int]
    ) -> None:
        source, target = (
            self.columns[words[0].stretch.text] for words in (compared.old, compared.new)
        )
        dropped = list(_joined(source.words[slice(*olds)], source.moved_out))
        added = list(_joined(target.words[slice(*news)], target.moved_in))
        gone = dropped[0] if dropped else None
        come = added[0] if added else None
        old, new = compared.old[0].stretch.text, compared.new[0].stretch.text
        self.found += (Change(ChangeKind.DROPPED, one, new, come) for one in dropped)
        self.found += (Change(ChangeKind.NEW, one, old, gone) for one in added)
        if gone and not come:
            self.gaps.append(_gap(compared.new, news[0] - compared.new[0].number, gone))
        if come and not gone:
            self.gaps.append(_gap(compared.old, olds[0] - compared.old[0].number, come))


def _glosses_in(inlines: tuple[Inline, ...]) -> Iterator[tuple[int, int]]:
    at = 0
    for inline in inlines:
        length = len(plain_text((inline,)))
        if isinstance(inline, Mark) and "gloss" in inline.attributes.kinds:
            yield at, at + length
        elif isinstance(inline, Emphasis | Mark):
            yield from ((at + start, at + end) for start, end in _glosses_in(inline.children))
        at += length


def _line(words: Sequence[_Word], settled: set[int]) -> tuple[list[str], list[bool]]:
    """The forms of a version, an empty one between blocks, and which are free to have moved."""
    forms: list[str] = []
    free: list[bool] = []
    for _, block in groupby(words, key=lambda word: word.stretch.block):
        for word in block:
            forms.append(word.form)
            free.append(word.number not in settled)
        forms.append("")
        free.append(False)
    return forms, free


def _numbers(words: Sequence[_Word], places: set[int]) -> Iterator[int]:
    """The words' numbers for their places in the line that `_line` makes of them."""
    place = 0
    for _, block in groupby(words, key=lambda word: word.stretch.block):
        for word in block:
            if place in places:
                yield word.number
            place += 1
        place += 1


def _whole(words: Sequence[_Word]) -> Stretch:
    """From the first of some words of a block to the last."""
    first, last = words[0].stretch, words[-1].stretch
    return Stretch(first.text, first.block, first.start, last.end)


def _joined(words: Sequence[_Word], moved: set[int]) -> Iterator[Stretch]:
    """Words that follow one another in a block as stretches, without glosses and what is moved."""
    for (*_, away), run in groupby(
        words, key=lambda word: (word.stretch.block, word.part, word.number in moved)
    ):
        if not away:
            yield _whole(list(run))


def _gap(words: Sequence[_Word], at: int, lacking: Stretch) -> Gap:
    if at:
        before = words[at - 1].stretch
        return Gap(before.text, before.block, before.end, lacking)
    first = words[0].stretch
    return Gap(first.text, first.block, first.start, lacking)
