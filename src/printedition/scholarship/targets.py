"""What references lead to: texts, blocks, words, notes, entries, rows and sections, by name."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from printedition.edition.apparatus import ApparatusEntry
from printedition.edition.commentary import Note
from printedition.edition.edition import SectionEntry, SectionKind
from printedition.edition.text import (
    Block,
    Mark,
    NoteCall,
    TextNote,
    leaves_of,
    walk,
    walk_inlines,
)
from printedition.edition.versions import Row
from printedition.frozen import dataclass
from printedition.scholarship.places import Places


class TargetKind(Enum):
    """What a reference leads to."""

    TEXT = "text"
    BLOCK = "block"
    WORDS = "words"  # a mark with an id
    TEXT_NOTE = "note of the text"
    NOTE = "note"
    ENTRY = "entry"
    ROW = "row"
    PROSE = "block of prose"
    SECTION = "section"


Thing: TypeAlias = Mark | TextNote | Note | ApparatusEntry | Row | SectionEntry


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to; `name` is one and the same, however a reference calls it.

    `text` is the text that holds it, or the section of prose. A `block` is that; other things are
    `thing`. `leaf` is the number of the first leaf of a block, or of that in which words stand.
    """

    kind: TargetKind
    name: str
    text: str = ""
    block: Block | None = None
    thing: Thing | None = None
    leaf: int = -1


class Targets:
    """Looks up what references name."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.edition = places.edition

    def find(self, name: str, own: str) -> Target | None:
        """What a reference in the text or prose `own` means by a name.

        A block of its own comes first; what has an id of its own in the whole edition last.
        """
        holder, _, inner = name.rpartition("/")
        return (
            self._in_texts(name, own)
            or self._in_prose(holder or own, inner)
            or self._bare.get(name)
            or self._text_notes.get(name if holder else f"{own}/{name}")
        )

    def names(self, own: str) -> list[str]:
        """Every name that a reference in `own` may call something by."""
        mine = [*self._words.get(own, ()), *self._prose.get(own, ())]
        marks = [f"{text}/{name}" for text, inner in self._words.items() for name in inner]
        prose = [f"{section}/{name}" for section, inner in self._prose.items() for name in inner]
        return [*self.places.names(own), *mine, *marks, *prose, *self._bare, *self._text_notes]

    def words_in(self, text: str) -> dict[str, tuple[int, Mark]]:
        """The marks of a text that have an id, each with the number of its leaf."""
        return self._words.get(text, {})

    # Where names are sought

    def _in_texts(self, name: str, own: str) -> Target | None:
        found = self.places.named(name, own)
        if found is not None:
            text, block = found
            if block is None:
                return Target(TargetKind.TEXT, text, text)
            leaf = self._first_leaf(text, block)
            canonical = f"{text}/{block.attributes.id}"
            return Target(TargetKind.BLOCK, canonical, text, block, leaf=leaf)
        text, _, inner = name.rpartition("/")
        words = self._words.get(text or own, {}).get(inner)
        if words is None:
            return None
        number, mark = words
        name = f"{text or own}/{inner}"
        return Target(TargetKind.WORDS, name, text or own, thing=mark, leaf=number)

    def _in_prose(self, section: str, inner: str) -> Target | None:
        block = self._prose.get(section, {}).get(inner)
        return Target(TargetKind.PROSE, f"{section}/{inner}", section, block) if block else None

    def _first_leaf(self, text: str, block: Block) -> int:
        """The number of the first leaf of a block that its own text stores."""
        leaves = leaves_of((block,))
        return self.places.number_of(leaves[0])[1] if leaves else -1

    @cached_property
    def _words(self) -> dict[str, dict[str, tuple[int, Mark]]]:
        found: dict[str, dict[str, tuple[int, Mark]]] = {}
        for text in self.edition.texts.values():
            for number, leaf in enumerate(text.leaves):
                for inline in walk_inlines(leaf.inlines):
                    if isinstance(inline, Mark) and inline.attributes.id:
                        inner = found.setdefault(text.id, {})
                        inner.setdefault(inline.attributes.id, (number, inline))
        return found

    @cached_property
    def _prose(self) -> dict[str, dict[str, Block]]:
        """The blocks of the editor's prose by the section that prints them."""
        found: dict[str, dict[str, Block]] = {}
        for section in self.edition.book:
            prose = self.edition.prose.get(section.subject.text)
            if section.kind is SectionKind.PROSE and prose and section.name not in found:
                blocks = (block for block in walk(prose.blocks) if block.attributes.id)
                found[section.name] = {str(block.attributes.id): block for block in blocks}
        return found

    @cached_property
    def _bare(self) -> dict[str, Target]:
        return {target.name: target for target in reversed(list(self.bare()))}

    def bare(self) -> Iterator[Target]:
        """What has a name in the whole edition: sections, rows, notes and entries."""
        for section in self.edition.book:
            yield Target(TargetKind.SECTION, section.name, section.name, thing=section)
            if section.opens and self.edition.part(section.of):
                yield Target(TargetKind.SECTION, section.of, section.name, thing=section)
        for parallel in self.edition.parallels.values():
            yield from (Target(TargetKind.ROW, row.id, thing=row) for row in parallel.rows)
        for note in self.edition.notes:
            if note.id:
                yield Target(TargetKind.NOTE, note.id.text, thing=note)
        for entry in self.edition.apparatus:
            if entry.id:
                yield Target(TargetKind.ENTRY, entry.id.text, thing=entry)

    @cached_property
    def _text_notes(self) -> dict[str, Target]:
        """The notes of the texts, each with the leaf that calls it."""
        found = {}
        for text in self.edition.texts.values():
            called = {
                inline.label: number
                for number, leaf in reversed(list(enumerate(text.leaves)))
                for inline in walk_inlines(leaf.inlines)
                if isinstance(inline, NoteCall)
            }
            for note in text.notes:
                name, leaf = f"{text.id}/^{note.label}", called.get(note.label, 0)
                found[name] = Target(TargetKind.TEXT_NOTE, name, text.id, thing=note, leaf=leaf)
        return found
