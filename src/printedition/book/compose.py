"""Composes the book: one tree of appearances, with entries, notes, index and references."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from printedition.book import tree
from printedition.edition import text as source
from printedition.edition.apparatus import ApparatusEntry, EntryKind, Reading, ReadingKind
from printedition.edition.commentary import NoteKind
from printedition.edition.edition import Edition, SectionEntry, SectionKind
from printedition.edition.index import Index
from printedition.edition.signs import DOUBTFUL_PAGE_BREAK, PAGE_BREAK, SIGNS
from printedition.edition.versions import Parallel
from printedition.scholarship.checks import FoundEntry, FoundNote, Scholarship
from printedition.scholarship.finder import is_inside_word

SIGNS_OF_NOTES = "*†‡§‖¶"
LONGEST_LEMMA = 8  # words; a longer lemma prints as its first and last words

_KIND_WORDS = {
    ReadingKind.OMISSION: "om.",
    ReadingKind.ADDITION: "add.",
    ReadingKind.TRANSPOSITION: "transp.",
    ReadingKind.DELETION: "del.",
    ReadingKind.CORRECTION: "corr. from",
    ReadingKind.REPETITION: "rep.",
    ReadingKind.LACUNA: "lacuna",
    ReadingKind.ILLEGIBLE: "illegible",
    ReadingKind.BLANK: "left blank",
}


@dataclass(frozen=True, slots=True)
class _Event:
    """Something at an offset of a leaf's plain text: a node put in, or words given an id.

    `after` puts the node behind the character before the offset, else before the next one.
    """

    offset: int
    after: bool
    make: Callable[[], tree.Inline] | None = None
    end: int = 0
    id: str = ""


@dataclass(slots=True)
class _Section:
    """What is gathered while a section is composed."""

    id: str
    short_title: str
    notes: list[tree.FootNote] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    text: str = ""
    floating: bool = True

    def label(self, kind: str) -> str:
        """The next label of a series: a, b, … for entries, 1, 2, … for notes, *, †, …."""
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        if kind == "note":
            return str(number)
        if kind == "entry":
            letters = ""
            while number:
                number, rest = divmod(number - 1, 26)
                letters = chr(ord("a") + rest) + letters
            return letters
        rounds, rest = divmod(number - 1, len(SIGNS_OF_NOTES))
        return SIGNS_OF_NOTES[rest] * (rounds + 1)


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """Where the book has a form or passage of the index."""

    heading: int
    locator: tree.Locator


class _Composer:
    def __init__(self, edition: Edition, scholarship: Scholarship, targets: dict[str, str]) -> None:
        self.edition = edition
        self.scholarship = scholarship
        self.finder = scholarship.finder
        self.known_targets = targets
        self.targets: dict[str, str] = {}
        self.printed_notes: set[int] = set()
        self.printed_leaves: set[tuple[str, int]] = set()
        self.entries_at: dict[tuple[str, int], list[FoundEntry]] = {}
        self.notes_at: dict[tuple[str, int], list[FoundNote]] = {}
        for entry in scholarship.entries:
            if entry.entry.kind is EntryKind.VARIANT:
                key = entry.passage.text, entry.passage.last
                self.entries_at.setdefault(key, []).append(entry)
        for note in scholarship.notes:
            if note.note.kind is not NoteKind.END:
                at = note.passage.first if note.note.kind is NoteKind.MARGIN else note.passage.last
                self.notes_at.setdefault((note.passage.text, at), []).append(note)
        self.signs: dict[str, None] = {}
        self.ids: set[str] = set()
        self.index = next(iter(edition.indexes.values()), None)
        self.forms = _forms(self.index)
        self.occurrences: list[_Occurrence] = []
        self.anchors = 0

    # The book

    def sections(self) -> list[tree.Section]:
        composed: list[tree.Section] = []
        front = True
        for entry in self.edition.book:
            front = front and entry.kind in (
                SectionKind.FRONT,
                SectionKind.PROSE,
                SectionKind.SIGLA,
            )
            composed.append(self.section(entry, front=front))
        contents = tuple(
            tree.ContentsRow(section.id, section.title, 1)
            for section in composed
            if section.title and section.kind not in _UNLISTED
        )
        groups = self.index_groups()
        used = tuple(
            tree.SignRow(_shown(kind), SIGNS[kind].meaning) for kind in SIGNS if kind in self.signs
        ) + tuple(
            tree.SignRow(sign, meaning)
            for sign, meaning in (
                (PAGE_BREAK, "a page of the source ends"),
                (DOUBTFUL_PAGE_BREAK, "a page of the source probably ends"),
            )
            if sign in self.signs
        )
        return [
            replace(
                section,
                contents=contents if section.kind == "contents" else (),
                index=groups if section.kind == "index" else (),
                signs=used if section.kind == "sigla" else (),
            )
            for section in composed
        ]

    def section(self, entry: SectionEntry, *, front: bool) -> tree.Section:
        title = entry.title
        match entry.kind:
            case SectionKind.FRONT:
                kind = entry.subject.text
                names = {"contents": "Contents", "imprint": "Imprint"}
                title = title or names.get(kind, "")
                return self.made(kind, kind, title, entry, front)
            case SectionKind.PROSE:
                return self.prose(entry, front)
            case SectionKind.SIGLA:
                return self.sigla(entry, front)
            case SectionKind.TEXT:
                return self.text(entry, front)
            case SectionKind.COMMENTARY:
                return self.commentary(entry, front)
            case SectionKind.PARALLEL:
                return self.parallel(entry, front)
            case SectionKind.CORRECTIONS:
                return self.corrections(entry, front)
            case SectionKind.INDEX:
                title = title or "Index"
                return self.made("index", "index", title, entry, front)

    def made(
        self, kind: str, name: str, title: str, entry: SectionEntry, front: bool
    ) -> tree.Section:
        identifier = self.unique(name)
        self.target(name, identifier)
        return tree.Section(
            kind=kind,
            id=identifier,
            title=title,
            running_title=entry.short_title or title,
            front=front,
            heading=(tree.Words(title),) if title else (),
        )

    def unique(self, name: str) -> str:
        """The name, or where it is taken the name with a number, for ids stand once in a book."""
        wanted, number = name, 1
        while wanted in self.ids:
            number += 1
            wanted = f"{name}-{number}"
        self.ids.add(wanted)
        return wanted

    def prose(self, entry: SectionEntry, front: bool) -> tree.Section:
        path = entry.subject.text
        prose = self.edition.prose.get(path)
        blocks = prose.blocks if prose else ()
        first = blocks[0] if blocks else None
        head = first if isinstance(first, source.Heading) and first.level == 1 else None
        title = entry.title or (_title_of(head) if head else "")
        made = self.made("prose", entry.name, title, entry, front)
        section = _Section(made.id, made.running_title)
        notes = {note.label: note for note in prose.notes} if prose else {}
        if head is not None and not entry.title:
            made = replace(made, heading=self.leaf_inlines(head, section, notes=notes))
        body = tuple(block for block in blocks if block is not head)
        composed = self.blocks(body, section, notes)
        return replace(made, blocks=composed, notes=tuple(section.notes))

    def text(self, entry: SectionEntry, front: bool) -> tree.Section:
        name = entry.subject.text
        listed = self.edition.entry_of(name)
        text = self.edition.texts.get(name)
        head = text.title if text else None
        title = entry.title or (listed.title if listed else "")
        title = title or (_title_of(head) if head else name)
        made = self.made("text", name, title, entry, front)
        short = entry.short_title or (listed.short_title if listed else "") or title
        section = _Section(made.id, short, text=name)
        self.target(name, made.id)
        if text is None:
            return made
        notes = {note.label: note for note in text.notes}
        heading: tuple[tree.Inline, ...] = (tree.Words(title),)
        if head is not None:
            heading = self.leaf_inlines(head, section, text=name, notes=notes)
        body = tuple(block for block in text.blocks if block is not head)
        blocks = self.blocks(body, section, notes, owner=name)
        dates = tuple(
            tree.DateRow(d.event, d.date, d.inferred, self.simple(d.evidence))
            for d in (listed.dates if listed else ())
        )
        return replace(
            made,
            running_title=short,
            heading=heading,
            blocks=blocks,
            notes=tuple(section.notes),
            dates=dates,
        )

    def sigla(self, entry: SectionEntry, front: bool) -> tree.Section:
        title = entry.title or entry.subject.text
        made = self.made("sigla", "sigla", title, entry, front)
        witnesses = tuple(
            tree.SigilRow(w.siglum, self.simple(w.description), w.date)
            for w in self.edition.witnesses
        )
        versions = tuple(
            tree.SigilRow(v.text.text, (tree.Words(v.title),), v.date)
            for parallel in self.edition.parallels.values()
            for v in parallel.versions
        )
        return replace(made, sigla=witnesses, version_sigla=versions)

    def commentary(self, entry: SectionEntry, front: bool) -> tree.Section:
        title = entry.title or entry.subject.text
        made = self.made("commentary", "commentary", title, entry, front)
        section = _Section(made.id, made.running_title)
        groups: dict[str, list[tree.EndNote]] = {}
        for found in self.scholarship.notes:
            if found.note.kind is not NoteKind.END:
                continue
            number = len([note for notes in groups.values() for note in notes]) + 1
            passage = found.passage
            href = self.leaf_target(passage.text, passage.first)
            groups.setdefault(passage.text, []).append(
                tree.EndNote(
                    id=f"{made.id}.{number}",
                    place=self.place(passage.text, passage.first),
                    href=href,
                    words=found.note.anchor.words.text if found.note.anchor.words else "",
                    blocks=self.blocks(found.note.blocks, section, {}),
                )
            )
        titled = tuple((self.title_of(name), tuple(notes)) for name, notes in groups.items())
        return replace(made, end_notes=titled)

    def title_of(self, text: str) -> str:
        listed = self.edition.entry_of(text)
        if listed and listed.title:
            return listed.title
        head = self.edition.texts[text].title
        return _title_of(head) if head else text

    def parallel(self, entry: SectionEntry, front: bool) -> tree.Section:
        parallel = self.edition.parallels.get(entry.subject.text)
        title = entry.title or (parallel.title if parallel else "") or "Versions"
        made = self.made("parallel", "versions", title, entry, front)
        if parallel is None:
            return made
        section = _Section(made.id, made.running_title, floating=False)
        rows = tuple(self.row(row_number, parallel, section)
                     for row_number in range(len(parallel.rows)))  # fmt: skip
        heads = tuple(tree.VersionHead(v.text.text, v.title, v.date) for v in parallel.versions)
        return replace(made, versions=heads, rows=rows, notes=tuple(section.notes))

    def row(self, number: int, parallel: Parallel, section: _Section) -> tree.VersionRow:
        row = parallel.rows[number]
        identifier = f"{section.id}.{row.id}"
        self.target(row.id, identifier)
        cells = []
        for version in parallel.versions:
            name = version.text.text
            blocks: list[tree.Block] = []
            for value in row.blocks:
                owner, _, block_id = value.text.partition("/")
                text = self.edition.texts.get(owner)
                if owner != name or text is None:
                    continue
                for block in text.blocks:
                    if block.attributes.id == block_id:
                        section.text = ""
                        blocks += self.blocks((block,), section, {}, owner=name)
            cells.append(tree.Cell(name, version.title, tuple(blocks)))
        return tree.VersionRow(identifier, row.title, tuple(cells))

    def corrections(self, entry: SectionEntry, front: bool) -> tree.Section:
        siglum = entry.subject.text
        title = entry.title or f"Corrections of {siglum}"
        made = self.made("corrections", "corrections", title, entry, front)
        rows = []
        for found in sorted(self.scholarship.entries, key=self.order):
            readings = [
                reading
                for reading in found.entry.readings
                if siglum in {witness.text for witness in reading.witnesses}
            ]
            if found.entry.kind is EntryKind.ACCIDENTAL and readings:
                passage = found.passage
                rows.append(
                    tree.Correction(
                        self.leaf_target(passage.text, passage.first),
                        self.place(passage.text, passage.first),
                        found.words,
                        _reading(readings[0], self.simple, sigla=False),
                    )
                )
        return replace(made, corrections=tuple(rows), siglum=siglum)

    def order(self, found: FoundEntry) -> tuple[int, int, int]:
        texts = list(self.edition.texts)
        return texts.index(found.passage.text), found.passage.first, found.passage.start

    # Blocks

    def blocks(
        self,
        blocks: Iterable[source.Block],
        section: _Section,
        notes: dict[str, source.TextNote],
        *,
        owner: str = "",
        taken: str = "",
    ) -> tuple[tree.Block, ...]:
        """Blocks of a text as they appear in a section; `owner` is the text that holds them."""
        made: list[tree.Block] = []
        for block in blocks:
            composed = self.block(block, section, notes, owner=owner, taken=taken)
            if "run-on" in block.attributes.kinds and made and len(composed) == 1:
                last, new = made[-1], composed[0]
                if isinstance(last, tree.Paragraph) and isinstance(new, tree.Paragraph):
                    joined = (*last.children, tree.Words(" "), *new.children)
                    made[-1] = replace(last, children=joined)
                    continue
            made += composed
        return tuple(made)

    def block(
        self,
        block: source.Block,
        section: _Section,
        notes: dict[str, source.TextNote],
        *,
        owner: str,
        taken: str,
    ) -> list[tree.Block]:
        identifier = self.identify(block, section, owner)
        attributes = block.attributes
        lang = attributes.get("lang") or ""
        match block:
            case source.Paragraph():
                kinds = (*attributes.kinds, *((taken,) if taken else ()))
                inlines = self.leaf_inlines(block, section, text=owner, notes=notes)
                return [tree.Paragraph(kinds, inlines, identifier, lang)]
            case source.Heading():
                inlines = self.leaf_inlines(block, section, text=owner, notes=notes)
                return [tree.Heading(min(max(block.level, 2), 6), inlines, identifier)]
            case source.Quotation():
                inner = self.blocks(block.blocks, section, notes, owner=owner, taken=taken)
                return [tree.Container("quotation", attributes.kinds, inner, identifier, lang)]
            case source.Group():
                inner = self.blocks(block.blocks, section, notes, owner=owner, taken=taken)
                for kind in attributes.kinds:
                    if kind in SIGNS:
                        self.signs[kind] = None
                        inner = _enclosed(inner, SIGNS[kind].opening, SIGNS[kind].closing)
                return [tree.Container("group", attributes.kinds, inner, identifier, lang)]
            case source.Take():
                return self.take(block, section, owner, identifier)
            case source.Listing():
                items = tuple(
                    self.blocks(item, section, notes, owner=owner) for item in block.items
                )
                return [tree.Listing(block.start, items)]
            case source.Table():
                head = tuple(self.leaf_inlines(c, section, notes=notes) for c in block.head)
                rows = tuple(
                    tuple(self.leaf_inlines(c, section, notes=notes) for c in row)
                    for row in block.rows
                )
                return [tree.Table(head, rows, block.aligned)]
            case source.Figure():
                picture = tree.Picture(block.image.path, block.image.description)
                caption: tuple[tree.Inline, ...] = ()
                if block.caption:
                    caption = self.leaf_inlines(block.caption, section, notes=notes)
                return [tree.Figure(picture, caption)]

    def identify(self, block: source.Block, section: _Section, owner: str) -> str:
        """The id of a block's appearance, made known as the target of references."""
        name = block.attributes.id
        if owner and isinstance(block, source.Paragraph | source.Heading):
            _, number = self.finder.number_of(block)
            key = f"{owner}#{number}"
            identifier = f"{section.id}." + ("" if owner == section.text else f"{owner}.")
            identifier = self.unique(identifier + (name or f"n{number}"))
            self.target(key, identifier)
            if name:
                self.target(f"{owner}/{name}", identifier)
            return identifier
        if not name:
            return ""
        prefix = f"{section.id}." + ("" if owner in ("", section.text) else f"{owner}.")
        identifier = self.unique(prefix + name)
        if owner:
            self.target(f"{owner}/{name}", identifier)
        return identifier

    def target(self, key: str, identifier: str) -> None:
        self.targets.setdefault(key, identifier)

    def leaf_target(self, text: str, number: int) -> str:
        return self.known_targets.get(f"{text}#{number}", "")

    def take(
        self, take: source.Take, section: _Section, owner: str, identifier: str
    ) -> list[tree.Block]:
        made: list[tree.Block] = []
        outer = section.text
        for name, _ in take.targets:
            text_id, blocks = self.taken(name, owner)
            if text_id:
                if take.words is not None:
                    made += self.extract(blocks, text_id, take.words[0], section)
                else:
                    own = self.edition.texts[text_id]
                    notes = {note.label: note for note in own.notes}
                    kind = "" if not section.floating else "taken"
                    made += self.blocks(blocks, section, notes, owner=text_id, taken=kind)
        section.text = outer
        made = list(_enclosed(tuple(made), take.opening, take.closing, each=True))
        if identifier:
            return [tree.Container("group", ("taken",), tuple(made), identifier)]
        return made

    def taken(self, name: str, owner: str) -> tuple[str, tuple[source.Block, ...]]:
        """The text and blocks that a take names; an empty text where it names nothing."""
        if name in self.edition.texts:
            text = self.edition.texts[name]
            return name, tuple(block for block in text.blocks if block is not text.title)
        text_id, _, block = name.partition("/")
        if not block:
            text_id, block = owner, name
        if text_id in self.edition.texts:
            for found in source.walk(self.edition.texts[text_id].blocks):
                if found.attributes.id == block:
                    return text_id, (found,)
        return "", ()

    def extract(
        self, blocks: tuple[source.Block, ...], text: str, words: str, section: _Section
    ) -> Iterator[tree.Block]:
        """The part of a block that `words=` names."""
        for leaf in source.leaves_of(blocks):
            start = leaf.plain.find(words)
            if start >= 0:
                clip = start, start + len(words)
                identifier = self.identify(leaf, section, text)
                inlines = self.leaf_inlines(leaf, section, text=text, clip=clip)
                yield tree.Paragraph(leaf.attributes.kinds, inlines, identifier)
                return

    # Inside a block

    def leaf_inlines(
        self,
        leaf: source.Leaf,
        section: _Section,
        *,
        text: str = "",
        notes: dict[str, source.TextNote] | None = None,
        clip: tuple[int, int] | None = None,
        in_note: str = "",
    ) -> tuple[tree.Inline, ...]:
        """The words and marks of a leaf, with calls, margin notes and index places put in."""
        clip = clip or (0, len(leaf.plain))
        place = self.leaf_place(leaf, section, text)
        events = list(self.index_events(leaf, text, place, "n" if in_note else ""))
        if text:
            events += self.events(leaf, section, text)
        inside = [
            event
            for event in events
            if (clip[0] < event.offset <= clip[1] if event.after else
                clip[0] <= event.offset < clip[1])
        ]  # fmt: skip
        inside.sort(key=lambda event: (event.offset, not event.after))
        writer = _LeafWriter(self, section, notes or {}, inside, clip, text)
        return writer.write(leaf.inlines)

    def leaf_place(self, leaf: source.Leaf, section: _Section, text: str) -> str:
        if not text:
            return section.short_title
        _, number = self.finder.number_of(leaf)
        return self.place(text, number, section)

    def place(self, text: str, number: int, section: _Section | None = None) -> str:
        """How people cite a leaf: “Letter ¶ 3”, “A 5, note 1”."""
        leaf = self.edition.texts[text].leaves[number]
        listed = self.edition.entry_of(text)
        has_section = any(
            entry.kind is SectionKind.TEXT and entry.subject.text == text
            for entry in self.edition.book
        )
        name = listed.short_title if listed and has_section and listed.short_title else text
        label = leaf.attributes.get("label")
        if label is None and "clause" in leaf.attributes.kinds:
            numeral = re.match(r"\W?(\d+)\.", leaf.plain)
            label = numeral[1] if numeral else None
        if label is not None:
            return f"{name} {label}"
        apart = [kind for kind in leaf.attributes.kinds if kind in _UNCOUNTED]
        if apart:
            return f"{name}, {apart[0]}"
        paragraphs = [
            other
            for other in self.edition.texts[text].leaves[: number + 1]
            if isinstance(other, source.Paragraph)
            and not set(_UNCOUNTED) & set(other.attributes.kinds)
        ]
        return f"{name} ¶ {len(paragraphs)}" if paragraphs else name

    def events(self, leaf: source.Leaf, section: _Section, text: str) -> Iterator[_Event]:
        key = text, self.finder.number_of(leaf)[1]
        first = key not in self.printed_leaves
        if first or self.edition.entries_with_each:
            entries = self.entries_at.get(key, ())
            for found in sorted(entries, key=lambda e: (e.passage.end, -e.passage.start)):
                yield _Event(found.passage.end, True, self.entry_maker(found, section))
        for number, note in enumerate(self.notes_at.get(key, ())):
            if not (first or note.note.each):
                continue
            if note.note.kind is NoteKind.MARGIN:
                maker = self.margin_maker(note, section, f"{text}.{key[1]}.{number}")
                yield _Event(note.passage.start, False, maker)
            else:
                yield _Event(note.passage.end, True, self.note_maker(note, section))
        self.printed_leaves.add(key)
        yield from self.moves(text, key[1], section)

    def entry_maker(self, found: FoundEntry, section: _Section) -> Callable[[], tree.Inline]:
        return lambda: self.call(
            section,
            "entry",
            lambda: (tree.Paragraph((), _entry(found, self.simple)),),
            f"on “{found.words}”",
        )

    def note_maker(self, found: FoundNote, section: _Section) -> Callable[[], tree.Inline]:
        def body() -> tuple[tree.Block, ...]:
            return self.note_blocks(found.note.blocks, section, found.passage.text)

        words = found.note.anchor.words
        return lambda: self.call(section, "note", body, f"on “{words.text}”" if words else "")

    def margin_maker(
        self, found: FoundNote, section: _Section, name: str
    ) -> Callable[[], tree.Inline]:
        return lambda: tree.MarginNote(
            f"{section.id}.margin.{name}",
            self.note_blocks(found.note.blocks, section, found.passage.text),
        )

    def note_blocks(
        self, blocks: tuple[source.Block, ...], section: _Section, text: str
    ) -> tuple[tree.Block, ...]:
        made = []
        for block in blocks:
            if isinstance(block, source.Paragraph):
                inlines = self.leaf_inlines(block, section, in_note=text)
                made.append(tree.Paragraph(block.attributes.kinds, inlines))
            else:
                made += self.block(block, section, {}, owner="", taken="")  # type: ignore[arg-type]
        return tuple(made)

    def call(
        self,
        section: _Section,
        kind: str,
        body: Callable[[], tuple[tree.Block, ...]],
        description: str,
    ) -> tree.Call:
        label = section.label(kind)
        identifier = f"{section.id}.{kind}.{section.counts[kind]}"
        call_id = f"{section.id}.{kind}-call.{section.counts[kind]}"
        place = len(section.notes)
        note = tree.FootNote(kind, label, identifier, call_id, (), description)
        section.notes.append(note)
        note = replace(note, blocks=body())
        section.notes[place] = note
        return tree.Call(kind, label, call_id, note)

    def moves(self, text: str, number: int, section: _Section) -> Iterator[_Event]:
        """Moved words are said at both places, in the table of versions."""
        if section.floating:
            return
        for found in self.scholarship.moves:
            for passage, other, arrow in (
                (found.source, found.target, "→"),
                (found.target, found.source, "←"),
            ):
                if (passage.text, passage.last) == (text, number):
                    yield _Event(passage.end, True, self.move_maker(other.text, other.first, arrow))

    def move_maker(self, text: str, number: int, arrow: str) -> Callable[[], tree.Inline]:
        place = f"\u00a0[{arrow}\u00a0{self.place(text, number)}]"
        return lambda: tree.Phrase("moved", (tree.Words(place),))

    def simple(self, inlines: tuple[source.Inline, ...]) -> tuple[tree.Inline, ...]:
        """Marked words of a record, where nothing stands off."""
        writer = _LeafWriter(self, _Section("", ""), {}, [], (0, 10**9), "")
        return writer.write(inlines)

    # Index

    def index_events(
        self, leaf: source.Leaf, text: str, place: str, suffix: str
    ) -> Iterator[_Event]:
        spans: list[tuple[int, int, int]] = []
        if self.forms is not None:
            pattern, headings = self.forms
            for match in pattern.finditer(leaf.plain):
                if is_inside_word(leaf.plain, match.start()) or is_inside_word(
                    leaf.plain, match.end()
                ):
                    continue
                spans += [(match.start(), match.end(), n) for n in headings[match.group()]]
        if text:
            number = self.finder.number_of(leaf)[1]
            for heading, passage in self.scholarship.passages:
                if (passage.text, passage.first) == (text, number):
                    end = passage.end if passage.first == passage.last else len(leaf.plain)
                    spans.append((passage.start, end, heading))
        for start, end, heading in sorted(spans):
            self.anchors += 1
            identifier = f"place.{self.anchors}"
            locator = tree.Locator(identifier, place, suffix)
            self.occurrences.append(_Occurrence(heading, locator))
            yield _Event(start, False, None, end, identifier)

    def index_groups(self) -> tuple[tree.IndexGroup, ...]:
        if self.index is None:
            return ()
        headings = self.index.headings
        ids = {h.heading.text: f"index.{n}" for n, h in enumerate(headings, 1)}
        groups: dict[str, list[tree.IndexItem]] = {}
        order = sorted(
            range(len(headings)),
            key=lambda n: (_sort_key(headings[n].sort or headings[n].heading.text), n),
        )
        for number in order:
            heading = headings[number]
            locators = tuple(o.locator for o in self.occurrences if o.heading == number)
            letter = _sort_key(heading.sort or heading.heading.text)[:1].upper()
            groups.setdefault(letter, []).append(
                tree.IndexItem(
                    ids[heading.heading.text],
                    heading.heading.text,
                    heading.description,
                    locators,
                    tuple((ids.get(v.text, ""), v.text) for v in heading.see),
                    tuple((ids.get(v.text, ""), v.text) for v in heading.see_also),
                )
            )
        return tuple(tree.IndexGroup(letter, tuple(items)) for letter, items in groups.items())


# Parts of a letter that are cited by their kind, not counted as paragraphs.
_UNCOUNTED = ("dateline", "salutation", "closing", "signature", "postscript", "address")

_UNLISTED = ("half-title", "title-page", "imprint", "contents")


class _LeafWriter:
    """Writes a leaf's marks and words as composed nodes, cutting words where events stand."""

    def __init__(
        self,
        composer: _Composer,
        section: _Section,
        notes: dict[str, source.TextNote],
        events: list[_Event],
        clip: tuple[int, int],
        text: str,
    ) -> None:
        self.composer = composer
        self.section = section
        self.notes = notes
        self.events = events
        self.next = 0
        self.at = 0
        self.clip = clip
        self.text = text
        self.held = -1  # where the mark being written ends: its calls stand behind its sign
        self.after_blank = False

    def write(self, inlines: tuple[source.Inline, ...]) -> tuple[tree.Inline, ...]:
        return tuple(node for inline in inlines for node in self.inline(inline))

    def inline(self, inline: source.Inline) -> Iterator[tree.Inline]:
        match inline:
            case source.Words():
                yield from self.words(inline.text)
            case source.LineBreak():
                self.at += 1
                if self.clip[0] < self.at <= self.clip[1]:
                    yield tree.Break(inline.indent)
            case source.Emphasis():
                if children := self.inside(inline.children):
                    yield tree.Phrase("em", children)
                yield from self.behind()
            case source.Mark():
                yield from self.mark(inline)
            case source.PageBreak():
                if self.clip[0] <= self.at <= self.clip[1]:
                    sign = DOUBTFUL_PAGE_BREAK if inline.doubtful else PAGE_BREAK
                    self.composer.signs[sign] = None
                    title = "page turn of the source" + (", probable" if inline.doubtful else "")
                    yield tree.PageTurn(sign, inline.number or "", title)
                    if self.after_blank:
                        yield tree.Words(" ")
            case source.NoteCall():
                note = self.notes.get(inline.label)
                if note is not None:
                    yield self.composer.call(
                        self.section,
                        "text-note",
                        lambda: self.composer.note_blocks(note.blocks, self.section, self.text),
                        "of the text",
                    )
            case source.Link():
                children = self.write(inline.children)
                yield tree.Phrase("link", children, href=inline.address, external=True)
            case source.Image():
                yield tree.Picture(inline.path, inline.description)

    def mark(self, mark: source.Mark) -> Iterator[tree.Inline]:
        children = self.inside(mark.children)
        sign = SIGNS.get(mark.kind or "")
        if sign:
            self.composer.signs[sign.kind] = None
        if not children and not sign:
            return
        ref = mark.attributes.get("ref")
        href = ""
        if ref is not None:
            known = self.composer.known_targets
            href = known.get(ref) or known.get(f"{self.text}/{ref}", "")
        kind = mark.kind or ("reference" if ref is not None else "phrase")
        yield tree.Phrase(
            kind,
            children,
            lang=mark.attributes.get("lang") or "",
            href=href,
            opening=sign.opening if sign else "",
            closing=sign.closing if sign else "",
        )
        if not children and self.after_blank:
            yield tree.Words(" ")
        yield from self.behind()

    def inside(self, inlines: tuple[source.Inline, ...]) -> tuple[tree.Inline, ...]:
        """What a mark holds, but for the calls of entries that end where it ends."""
        outer = self.held
        end = self.at + len(source.plain_text(inlines))
        self.held = end
        children = self.write(inlines)
        self.held = outer
        return children

    def behind(self) -> Iterator[tree.Inline]:
        """The calls that wait behind a mark, unless an outer mark ends here too."""
        while self.next < len(self.events) and self.held != self.at:
            event = self.events[self.next]
            if event.offset != self.at or not event.after or event.make is None:
                break
            self.next += 1
            yield event.make()

    def words(self, text: str) -> Iterator[tree.Inline]:
        start, end = max(self.at, self.clip[0]), min(self.at + len(text), self.clip[1])
        base = self.at
        position = start
        self.after_blank = text.endswith(" ")
        self.at += len(text)
        while self.next < len(self.events) and start < end:
            event = self.events[self.next]
            if event.offset > end or (event.offset == end and not event.after):
                break
            if event.after and event.offset == self.held:
                break
            if event.offset > position:
                yield tree.Words(text[position - base : event.offset - base])
                position = event.offset
            self.next += 1
            if event.make is not None:
                yield event.make()
            else:
                yield from self.locus(event, text, base, end, position)
                position = max(position, min(self.locus_end(event), end))
        if position < end:
            yield tree.Words(text[position - base : end - base])

    def locus_end(self, event: _Event) -> int:
        """An index place covers its words up to the next event."""
        following = self.events[self.next].offset if self.next < len(self.events) else event.end
        return max(min(event.end, following), event.offset)

    def locus(
        self, event: _Event, text: str, base: int, end: int, position: int
    ) -> Iterator[tree.Inline]:
        stop = min(self.locus_end(event), end)
        words = text[position - base : stop - base]
        bare = words.rstrip(" ")
        # An empty element glued to a word breaks lines early; so two places on one word nest.
        inner: tuple[tree.Inline, ...] = (tree.Words(bare),) if bare else ()
        yield tree.Phrase("locus", inner, id=event.id)
        if len(bare) < len(words):
            yield tree.Words(words[len(bare) :])


# Strings of entries

_Marked = Callable[[tuple[source.Inline, ...]], tuple[tree.Inline, ...]]


def _entry(found: FoundEntry, marked: _Marked) -> tuple[tree.Inline, ...]:
    """`lemma] reading T`; a conjecture names its author after the bracket."""
    entry: ApparatusEntry = found.entry
    words = found.words.split()
    lemma = found.words
    if len(words) > LONGEST_LEMMA:
        lemma = f"{' '.join(words[:2])} … {' '.join(words[-2:])}"
    nodes: list[tree.Inline] = [tree.Phrase("lemma", (tree.Words(f"{lemma}]"),))]
    if entry.by is not None or entry.witnesses:
        nodes.append(tree.Words(" "))
        nodes += _holders(
            tuple(w.text for w in entry.witnesses), entry.by.text if entry.by else None
        )
        nodes.append(tree.Words(";"))
    for number, reading in enumerate(entry.readings):
        nodes.append(tree.Words("; " if number else " "))
        nodes += _reading(reading, marked, sigla=True)
    if entry.note:
        nodes.append(tree.Words(" "))
        nodes.append(tree.Phrase("em", marked(entry.note)))
    return tuple(nodes)


def _holders(sigla: tuple[str, ...], by: str | None) -> list[tree.Inline]:
    nodes: list[tree.Inline] = []
    if sigla:
        run = "" if all(len(siglum) == 1 for siglum in sigla) else " "
        nodes.append(tree.Phrase("sigla", (tree.Words(run.join(sigla)),)))
    if by:
        if sigla:
            nodes.append(tree.Words(" "))
        nodes.append(tree.Phrase("em", (tree.Words(by),)))
    return nodes


def _reading(reading: Reading, marked: _Marked, *, sigla: bool) -> tuple[tree.Inline, ...]:
    said = _KIND_WORDS.get(reading.kind, "")
    nodes: list[tree.Inline] = []
    if reading.kind is ReadingKind.CORRECTION:
        nodes += [tree.Phrase("em", (tree.Words(said),)), tree.Words(" " + reading.words)]
    else:
        if reading.words:
            nodes.append(tree.Words(reading.words))
        if said:
            if nodes:
                nodes.append(tree.Words(" "))
            nodes.append(tree.Phrase("em", (tree.Words(said),)))
    if sigla:
        holders = _holders(
            tuple(w.text for w in reading.witnesses), reading.by.text if reading.by else None
        )
        if holders:
            nodes += [tree.Words("\u00a0"), *holders]
    if reading.note:
        nodes += [
            tree.Words(" "),
            tree.Phrase("em", marked(reading.note)),
        ]
    return tuple(nodes)


def _enclosed(
    blocks: tuple[tree.Block, ...], opening: str, closing: str, *, each: bool = False
) -> tuple[tree.Block, ...]:
    """Marks before the first paragraph (or before each) and after the last, however deep."""
    last = _paragraphs(blocks) - 1
    number = -1

    def marked(block: tree.Block) -> tree.Block:
        nonlocal number
        if isinstance(block, tree.Container):
            return replace(block, blocks=tuple(marked(inner) for inner in block.blocks))
        if not isinstance(block, tree.Paragraph):
            return block
        number += 1
        before = opening if each or number == 0 else ""
        after = closing if number == last else ""
        children = (
            *((tree.Words(before),) if before else ()),
            *block.children,
            *((tree.Words(after),) if after else ()),
        )
        return replace(block, children=children)

    return tuple(marked(block) for block in blocks)


def _paragraphs(blocks: tuple[tree.Block, ...]) -> int:
    return sum(
        _paragraphs(block.blocks)
        if isinstance(block, tree.Container)
        else isinstance(block, tree.Paragraph)
        for block in blocks
    )


def _forms(index: Index | None) -> tuple[re.Pattern[str], dict[str, list[int]]] | None:
    """One pattern for all forms, the longest first, and the headings that claim each."""
    claims: dict[str, list[int]] = {}
    for number, heading in enumerate(index.headings if index else ()):
        for form in heading.forms:
            if form.text:
                claims.setdefault(form.text, []).append(number)
    if not claims:
        return None
    longest = sorted(claims, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
    return pattern, claims


def _sort_key(words: str) -> str:
    """Words as lists order them: without opening marks, accents and capitals.

    The Unicode Collation Algorithm of the edition's language is to take its place.
    """
    parts = unicodedata.normalize("NFKD", words.lstrip("“‘«„'\"( "))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def _title_of(head: source.Heading) -> str:
    """A heading's words, without what it merely refers with."""
    kept = tuple(
        inline
        for inline in head.inlines
        if not (isinstance(inline, source.Mark) and inline.attributes.get("ref"))
    )
    return source.plain_text(kept).strip()


def _shown(kind: str) -> str:
    sign = SIGNS[kind]
    return f"{sign.opening}words{sign.closing}"


def compose(edition: Edition, scholarship: Scholarship) -> tree.Book:
    """The whole book. Composed twice: the second time every reference knows its target."""
    first = _Composer(edition, scholarship, {})
    first.sections()
    composer = _Composer(edition, scholarship, first.targets)
    sections = tuple(composer.sections())
    people = tuple(
        tree.Person(person.name, person.sort, person.role.value, person.role.marc)
        for person in edition.people
    )

    def paragraphs(
        stated: tuple[tuple[source.Inline, ...], ...],
    ) -> tuple[tuple[tree.Inline, ...], ...]:
        return tuple(composer.simple(inlines) for inlines in stated)

    imprint = tree.Imprint(
        paragraphs(edition.imprint.source),
        paragraphs(edition.imprint.rights),
        paragraphs(edition.imprint.cite),
    )
    return tree.Book(
        slug=edition.slug,
        title=edition.title,
        subtitle=edition.subtitle,
        short_title=edition.short_title or edition.title,
        lang=edition.lang,
        identifier=edition.identifier,
        revision=edition.revision,
        date=edition.date,
        publisher=edition.publisher,
        description=edition.description,
        subjects=edition.subjects,
        people=people,
        imprint=imprint,
        sections=sections,
        pictures=tuple(sorted(edition.images.items())),
    )
