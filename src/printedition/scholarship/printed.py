"""Which sections of the book print what references lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from printedition.edition.apparatus import EntryKind
from printedition.edition.commentary import NoteKind
from printedition.edition.edition import Edition, SectionEntry, SectionKind
from printedition.edition.quotation import Passage
from printedition.edition.text import (
    Block,
    Heading,
    Leaf,
    Mark,
    NoteCall,
    Paragraph,
    Take,
    children_of,
    leaves_of,
    walk_inlines,
)
from printedition.scholarship.apparatus import FoundEntry
from printedition.scholarship.notes import FoundNote
from printedition.scholarship.places import DEEPEST_TAKE, Places
from printedition.scholarship.targets import Target, TargetKind


class Printed:
    """The sections in which each text, block and leaf appears, in the order of the book."""

    def __init__(
        self, places: Places, entries: Iterable[FoundEntry], notes: Iterable[FoundNote]
    ) -> None:
        self.edition: Edition = places.edition
        self.places = places
        self._sections: dict[str, dict[str, None]] = defaultdict(dict)
        self._depths: dict[tuple[str, int], int] = {}  # at which a section has followed a take
        for section in self.edition.book:
            self._print(section)
        self._standing: dict[int, tuple[str, ...]] = {}
        for found in entries:
            self._standing[id(found.entry)] = self._of_entry(found)
        for noted in notes:
            self._standing[id(noted.note)] = self._of_note(noted)

    def sections(self, target: Target) -> tuple[str, ...]:
        """The sections that print what a reference leads to."""
        match target.kind:
            case TargetKind.NOTE | TargetKind.ENTRY:
                first = (self.edition.book[0].name,) if self.edition.book else ()
                return self._standing.get(id(target.thing), first)  # what was not found is reported
            case TargetKind.PROSE | TargetKind.SECTION:
                return (target.text,)
            case _:
                return tuple(self._sections.get(target.name, ()))

    def _of_leaf(self, text: str, number: int) -> tuple[str, ...]:
        return tuple(self._sections.get(f"{text}#{number}", ()))

    def _of_passage(self, passage: Passage, number: int) -> tuple[str, ...]:
        return self._of_leaf(passage.text, number)[:1]

    def _of_entry(self, found: FoundEntry) -> tuple[str, ...]:
        if found.entry.kind is EntryKind.VARIANT:
            return self._of_passage(found.passage, found.passage.last)
        sigla = {w.text for reading in found.entry.readings for w in reading.witnesses}
        lists = self._of_kind(SectionKind.CORRECTIONS)
        return tuple(
            section.name
            for section in lists
            if section.subject.text in sigla and section.covers(found.passage.text)
        )

    def _of_note(self, found: FoundNote) -> tuple[str, ...]:
        passage = found.passage
        if found.note.kind is NoteKind.END and found.note.headword:
            lists = self._of_kind(SectionKind.GLOSSARY)
            return tuple(s.name for s in lists if s.covers(passage.text))[:1]
        if found.note.kind is NoteKind.END:
            lists = self._of_kind(SectionKind.COMMENTARY)
            return tuple(s.name for s in lists if s.has_notes_on(passage.text))[:1]
        if found.note.kind is NoteKind.QUESTION:
            lists = self._of_kind(SectionKind.QUESTIONS)
            gathered = [section for section in lists if section.covers(passage.text)]
            own = (s for s in self._of_kind(SectionKind.TEXT) if s.subject.text == passage.text)
            return tuple(section.name for section in gathered or own)[:1]
        margin = found.note.kind is NoteKind.MARGIN
        return self._of_passage(passage, passage.first if margin else passage.last)

    def _of_kind(self, kind: SectionKind) -> list[SectionEntry]:
        return [section for section in self.edition.book if section.kind is kind]

    # What sections print

    def _print(self, section: SectionEntry) -> None:
        name = section.subject.text
        if section.kind is SectionKind.TEXT and name in self.edition.texts:
            self._note(name, section)
            self._blocks(self.edition.texts[name].blocks, name, section)
        elif section.kind is SectionKind.PARALLEL and name in self.edition.parallels:
            for row in self.edition.parallels[name].rows:
                self._note(row.id, section)
                for value in row.blocks:
                    if found := self.places.named(value.text, ""):
                        text, block = found
                        self._blocks((block,) if block else (), text, section)

    def _note(self, name: str, section: SectionEntry) -> None:
        self._sections[name][section.name] = None

    def _blocks(
        self, blocks: Iterable[Block], text: str, section: SectionEntry, depth: int = 0
    ) -> None:
        for block in blocks:
            self._note(text, section)
            if block.attributes.id:
                self._note(f"{text}/{block.attributes.id}", section)
            if isinstance(block, Paragraph | Heading):
                self._leaf(block, text, section)
                self._words(block, text, section)
            elif isinstance(block, Take):
                # To follow one again finds nothing new, and takes of takes grow by powers.
                followed = section.name, id(block)
                if depth < self._depths.get(followed, DEEPEST_TAKE):
                    self._depths[followed] = depth
                    self._taken(block, text, section, depth + 1)
            else:
                self._blocks(children_of(block), text, section, depth)

    def _leaf(self, leaf: Leaf, text: str, section: SectionEntry) -> None:
        _, number = self.places.number_of(leaf)
        self._note(f"{text}#{number}", section)
        for inline in walk_inlines(leaf.inlines):
            if isinstance(inline, NoteCall):
                self._note(f"{text}/^{inline.label}", section)

    def _words(self, leaf: Leaf, text: str, section: SectionEntry) -> None:
        for inline in walk_inlines(leaf.inlines):
            if isinstance(inline, Mark) and inline.attributes.id:
                self._note(f"{text}/{inline.attributes.id}", section)

    def _taken(self, take: Take, text: str, section: SectionEntry, depth: int) -> None:
        for name, _ in take.targets:
            if found := self.places.named(name, text):
                owner, block = found
                body = self.edition.texts[owner]
                blocks = (block,) if block else tuple(b for b in body.blocks if b is not body.title)
                if take.words is None:
                    self._blocks(blocks, owner, section, depth)
                else:
                    self._extract(blocks, owner, take.words[0], section)

    def _extract(
        self, blocks: tuple[Block, ...], text: str, words: str, section: SectionEntry
    ) -> None:
        """The paragraph of which a take prints a part."""
        for leaf in leaves_of(blocks):
            if words in leaf.plain:
                if leaf.attributes.id:
                    self._note(f"{text}/{leaf.attributes.id}", section)
                self._leaf(leaf, text, section)
                return
