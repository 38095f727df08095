"""Every stretch of words that an index is gathered from, and what it is part of.

Never counted is what repeats the book or lists its parts: running heads, the pages before the
contents and these, the lists that the program makes, works as they are cited, entries of the
apparatus, the indexes. Nor is what is for one audience alone, so that all books have one index.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from printedition.edition.audience import audience_of
from printedition.edition.commentary import Note, NoteKind
from printedition.edition.edition import Edition, Prose, SectionKind
from printedition.edition.index import LeftOut
from printedition.edition.text import (
    Block,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Table,
    Text,
    children_of,
    plain_text,
)
from printedition.frozen import dataclass
from printedition.sources import Span

_TITLED = (
    SectionKind.PROSE,
    SectionKind.SIGLA,
    SectionKind.COMMENTARY,
    SectionKind.QUESTIONS,
    SectionKind.GLOSSARY,
    SectionKind.PARALLEL,
    SectionKind.CORRECTIONS,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that print: a leaf, a title, the lemma of a note.

    `is_part_of` names the rules by which its mentions may be left out. `claim` is what `index=`
    says above a block round it, with its place.
    """

    inlines: tuple[Inline, ...]
    plain: str
    span: Span
    is_part_of: frozenset[LeftOut] = frozenset()
    claim: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds a block."""

    is_part_of: frozenset[LeftOut] = frozenset()
    claim: tuple[str, Span] | None = None

    def inside(self, rule: LeftOut) -> _Around:
        return replace(self, is_part_of=self.is_part_of | {rule})


_NOTE = _Around(frozenset({LeftOut.NOTES}))


def stretches(edition: Edition) -> Iterator[Stretch]:
    """The words of all texts, notes, prose and titles, each where it is stored."""
    for title, span in _titles(edition):
        yield Stretch((), title, span, frozenset({LeftOut.HEADINGS}))
    for entry in edition.text_entries:
        for named in entry.letter.addressees if entry.letter else ():
            yield Stretch((), named.head or named.name, named.span, frozenset({LeftOut.HEADINGS}))
    for event in edition.dated_events:
        for said in (event.evidence, event.note):
            yield Stretch(said, plain_text(said), event.span)
    stored: tuple[tuple[str, Text | Prose], ...] = (*edition.texts.items(), *edition.prose.items())
    for body in (body for name, body in stored if edition.audience_of(name) is None):
        yield from _of_blocks(body.blocks, _Around())
        for note in body.notes:
            yield from _of_blocks(note.blocks, _NOTE)
    for each in (note for note in edition.notes if note.audience is None):
        around = _Around() if each.kind is NoteKind.QUESTION else _NOTE
        yield from _of_blocks(each.blocks, around)
        if prints_lemma(edition, each) and each.anchor.words is not None:
            quoted = frozenset({LeftOut.LEMMAS, LeftOut.NOTES})
            yield Stretch((), each.anchor.words.text, each.anchor.words.span, quoted)


def prints_lemma(edition: Edition, note: Note) -> bool:
    """Whether a note quotes the words that it is about, in place of a numeral."""
    return note.kind is NoteKind.END or edition.keys_by_line(note)


def _titles(edition: Edition) -> Iterator[tuple[str, Span]]:
    """The titles that stand in no text: those of sections in edition.yaml, and of rows."""
    for section in (section for section in edition.book if section.audience is None):
        table = edition.parallels.get(section.subject.text)
        title = section.title or (table.title if table else "")
        if section.kind in _TITLED and title:
            yield title, section.subject.span
        for row in table.rows if table else ():
            yield row.title, row.span


def _of_blocks(blocks: tuple[Block, ...], around: _Around) -> Iterator[Stretch]:
    for block in blocks:
        if audience_of(block) is not None:
            continue
        inside = around
        claim = block.attributes.get("index")
        if claim is not None:
            inside = replace(around, claim=(claim, block.attributes.place("index")))
        match block:
            case Heading():
                inside = inside.inside(LeftOut.HEADINGS)
            case Listing() | Table():
                inside = inside.inside(LeftOut.LISTS)
        if isinstance(block, Paragraph | Heading):
            yield Stretch(block.inlines, block.plain, block.span, inside.is_part_of, inside.claim)
        yield from _of_blocks(children_of(block), inside)
