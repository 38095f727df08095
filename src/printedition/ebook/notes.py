"""The notes of a section as the e-book has them: in their bands, entries at one word together.

Reading systems show in a box what a call leads to: on Kobo at most 5,000 characters of it (“Kobo
ePub Guidelines”, Footnotes/Endnotes). So a longer note is divided, and its parts lead on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import chain, groupby
from typing import Any, TypeVar

from printedition.book import tree
from printedition.book.calls import label
from printedition.edition.edition import Band
from printedition.frozen import dataclass
from printedition.sources import Span

LONGEST = 4500  # characters of a note's words, so that its number and the way on have room

_BACK = 12  # inlines among which the end of a sentence is looked for
_Inlines = tuple[tree.Inline, ...]
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Called:
    """What one call leads to: a note, or entries whose lemmas end on one word.

    `parts` are the blocks of a note, in more than one part where it is too long for one.
    """

    notes: tuple[tree.FootNote, ...]
    parts: tuple[tuple[tree.Block, ...], ...] = ()

    @property
    def first(self) -> tree.FootNote:
        """The note whose id and call it bears."""
        return self.notes[0]


@dataclass(frozen=True, slots=True)
class NamedBand:
    """A band of a section, with its heading and all that is called from the text."""

    name: str
    heading: str
    called: tuple[Called, ...]


def noted(
    section: tree.Section,
    bands: Sequence[Band],
    words: Mapping[str, str],
    longest: int | None = LONGEST,
) -> tuple[tree.Section, tuple[NamedBand, ...]]:
    """A section whose entries share calls, and its bands in the order of the edition's.

    `words` are the house's own, which name bands that have no heading. Notes of more characters
    than `longest`, if there is such a bound, are in several parts.
    """
    sharing = _Sharing()
    changed = replace(
        section,
        heading=sharing.over(section.heading),
        blocks=sharing.over(section.blocks),
        rows=sharing.over(section.rows),
    )
    heads = {note.id for group in sharing.groups for note in group}
    alone = [(note,) for note in section.notes if note.id not in heads]  # called from elsewhere
    return changed, tuple(_banded([*sharing.groups, *alone], bands, words, longest))


def _banded(
    groups: Sequence[Sequence[tree.FootNote]],
    bands: Sequence[Band],
    words: Mapping[str, str],
    longest: int | None,
) -> Iterator[NamedBand]:
    headings = {band.name: band.heading for band in bands}
    order = {name: number for number, name in enumerate(headings)}

    def rank(group: Sequence[tree.FootNote]) -> int:
        return order.get(group[0].band, len(order))

    for _, each in groupby(sorted(groups, key=rank), key=rank):
        called = [Called(tuple(group), _parts(group[0], longest)) for group in each]
        name = called[0].first.band
        heading = headings.get(name) or words.get(name) or name.replace("-", " ").capitalize()
        yield NamedBand(name, heading, tuple(called))


def _parts(note: tree.FootNote, longest: int | None) -> tuple[tuple[tree.Block, ...], ...]:
    return (note.blocks,) if longest is None else divided(note.blocks, longest)


def divided(blocks: Iterable[tree.Block], longest: int) -> tuple[tuple[tree.Block, ...], ...]:
    """Blocks in parts of at most so many characters, but for a row of a table that is longer."""
    return _filled(chain.from_iterable(_pieces(each, longest) for each in blocks), longest)


def _filled(parts: Iterable[_Part], longest: int) -> tuple[tuple[_Part, ...], ...]:
    """Parts in groups, each with as many as have no more than so many characters."""
    groups: list[list[_Part]] = []
    length = 0
    for part in parts:
        more = _length(part)
        if not groups or length + more > longest:
            groups.append([])
            length = 0
        groups[-1].append(part)
        length += more
    return tuple(map(tuple, groups))


def _pieces(block: tree.Block, longest: int) -> Iterator[tree.Block]:
    """A block, or what it is divided into: paragraphs, after a sentence if one ends there; a
    quotation, between and in its blocks; lists and tables, between items and rows."""
    if _length(block) <= longest:
        yield block
    elif isinstance(block, tree.Container):
        for number, blocks in enumerate(divided(block.blocks, longest)):
            yield replace(block, blocks=blocks, id="" if number else block.id)
    elif isinstance(block, tree.Listing):
        yield from _lists(block, longest)
    elif isinstance(block, tree.Table):
        for rows in _filled(block.rows, max(longest - _length(block.head), 1)):
            yield replace(block, rows=rows)
    elif isinstance(block, tree.Paragraph):
        yield from _paragraphs(block, longest)
    else:
        yield block


def _lists(block: tree.Listing, longest: int) -> Iterator[tree.Block]:
    """A list in several; what is left of an item that is too long has no number of its own."""
    at = 0
    for some in _filled(block.items, longest):
        begun, *rest = divided(some[0], longest) or ((),)  # one too long stands alone
        start = None if block.start is None else block.start + at
        yield replace(block, items=(begun, *some[1:]), start=start)
        yield from (tree.Container("group", (), part) for part in rest)
        at += len(some)


def _paragraphs(block: tree.Paragraph, longest: int) -> Iterator[tree.Paragraph]:
    while _length(block) > longest:
        begun, rest = _cut(block.children, longest)
        if not _length(begun):
            break
        yield replace(block, children=begun)
        kinds = (*(kind for kind in block.kinds if kind != "continued"), "continued")
        block = replace(block, kinds=kinds, children=rest, id="")
    yield block


def _cut(inlines: _Inlines, longest: int) -> tuple[_Inlines, _Inlines]:
    """The most of a paragraph that is not too long, and the rest of it."""
    at, left = 0, longest
    while (length := _length(inlines[at])) <= left:
        at, left = at + 1, left - length
    for sign in (". ", " "):
        for number in range(at, max(at - _BACK, -1), -1):
            words = inlines[number]
            if isinstance(words, tree.Words):
                end = words.text.rfind(sign, 0, left if number == at else None)
                if end >= 0:
                    end += len(sign)
                    begun, rest = tree.Words(words.text[:end]), tree.Words(words.text[end:])
                    return (*inlines[:number], begun), (rest, *inlines[number + 1 :])
    return inlines[:at], inlines[at:]


def _length(node: Any) -> int:
    if isinstance(node, tree.Words):
        return len(node.text)
    if isinstance(node, tuple):
        return sum(_length(child) for child in node)
    if is_dataclass(node) and not isinstance(node, Span):
        return sum(_length(getattr(node, field.name)) for field in fields(node))
    return 0


class _Sharing:
    """Goes through a section in the order of reading and calls entries at one word once.

    `groups` are the notes of each call. Letters go on without a gap.
    """

    def __init__(self) -> None:
        self.groups: list[list[tree.FootNote]] = []
        self._open: dict[str, list[tree.FootNote]] = {}  # the entries of each band at this word
        self._entries = 0

    def over(self, node: Any) -> Any:
        """A node and all in it."""
        if isinstance(node, tuple):
            return tuple(part for child in node for part in self._parts(child))
        if isinstance(node, tree.MarginNote | Span) or not is_dataclass(node):
            return node
        if isinstance(node, tree.Words | tree.Break | tree.PageTurn | tree.Picture):
            if not isinstance(node, tree.Words) or node.text:
                self._open.clear()
            return node
        changed = {
            field.name: new
            for field in fields(node)
            if isinstance(old := getattr(node, field.name), tuple)
            if (new := self.over(old)) != old
        }
        return replace(node, **changed) if changed else node  # type: ignore[type-var]

    def _parts(self, node: Any) -> Iterator[Any]:
        if not isinstance(node, tree.Call):
            if isinstance(node, tree.Paragraph | tree.Heading | tree.Cell):
                self._open.clear()
            yield self.over(node)
        elif node.kind != "entry":
            self.groups.append([node.note])
            yield node
        elif shared := self._open.get(node.note.band):
            shared.append(node.note)
        else:
            self._entries += 1
            name = label("entry", self._entries)
            note = replace(node.note, label=name)
            self._open[note.band] = [note]
            self.groups.append(self._open[note.band])
            yield replace(node, label=name, note=note)


def sigla_of(book: tree.Book, edition: str = "") -> dict[str, str]:
    """What each siglum of a witness stands for, in words, as the conspectus has it if there is one.

    Where an included `edition` has a conspectus of its own, that is the one. A box with a note
    shows no other page, so that it is explained even where the book has none.
    """
    stated = {row.sign: row.meaning for row in book.sigla if row.meaning}
    return stated | {
        row.siglum: _plain(row.description) + (f" ({row.date})" if row.date else "")
        for section in sorted(
            book.sections, key=lambda one: (one.volume == edition, not one.volume)
        )
        for row in section.sigla
    }


def _plain(node: Any) -> str:
    if isinstance(node, tree.Words):
        return node.text
    if isinstance(node, tuple):
        return "".join(map(_plain, node))
    if isinstance(node, tree.Phrase):
        return node.opening + _plain(node.children) + node.closing
    return ""
