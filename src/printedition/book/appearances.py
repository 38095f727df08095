"""Where every block of the book appears and by which id, planned before a word is composed.

A text is stored once and may appear often: in its own section, taken into another text, in a
table of versions. References look forward as well as back, so all ids are given first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from printedition.edition import text as source
from printedition.edition.edition import SectionEntry, SectionKind
from printedition.edition.names import section_id, shown
from printedition.edition.versions import Parallel, Row
from printedition.frozen import dataclass
from printedition.scholarship.places import Places

# They stand in front as long as nothing else has come before them.
_FRONT = frozenset(
    {
        SectionKind.FRONT,
        SectionKind.PROSE,
        SectionKind.SIGLA,
        SectionKind.SYLLABUS,
        SectionKind.CHRONOLOGY,
        SectionKind.ABBREVIATIONS,
        SectionKind.REGISTER,
    }
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """A block at one place of the book, under an id where it has one.

    `text` is the text that stores it; empty in the editor's prose and notes. `parts` is what it
    holds: the blocks of a container, each item of a list, what a take takes from each target.
    `clip` is the part of a leaf's plain text that is taken; `taken` whether another text took it.
    """

    block: source.Block
    text: str = ""
    id: str = ""
    parts: tuple[tuple[Appearance, ...], ...] = ()
    clip: tuple[int, int] | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of a table of versions: for each version the blocks that it has there."""

    row: Row
    id: str
    cells: tuple[tuple[Appearance, ...], ...]


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A section: what edition.yaml says of it, its id, and what appears in it."""

    entry: SectionEntry
    id: str
    front: bool
    head: Appearance | None = None
    blocks: tuple[Appearance, ...] = ()
    rows: tuple[PlannedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """An appearance of what references lead to: its id, its section, the version it stands in.

    `whole` where all of it appears.
    """

    id: str
    section: str
    version: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """The sections of the book in order, the id of the first appearance of each target, and all
    its appearances.

    A target is named as references name it (`C`, `C/c4`, a row, a section), and a leaf of a text
    by `text#number`.
    """

    sections: tuple[PlannedSection, ...]
    targets: dict[str, str]
    aims: dict[str, list[Aim]]

    def leaf(self, text: str, number: int) -> str:
        """The id of the first appearance of a leaf; empty where it appears nowhere."""
        return self.targets.get(f"{text}#{number}", "")

    def group(self, name: str) -> tuple[str, ...]:
        """The ids of all sections for all of an included edition, or a text with introduction."""
        return tuple(
            section.id
            for section in self.sections
            if section.entry.of == name and section.entry.audience is None
        )


class Planner:
    """Plans the book; afterwards the blocks in notes, which nothing refers to, as they come.

    `wanted` are the names of notes and entries that references lead to.
    """

    def __init__(self, places: Places, wanted: Collection[str] = ()) -> None:
        self._wanted = wanted
        self._places = places
        self._edition = places.edition
        self._ids: set[str] = set()
        self._targets: dict[str, str] = {}
        self._aims: dict[str, list[Aim]] = {}
        self._version = ""

    def plan(self) -> Plan:
        """All sections of the book."""
        sections = []
        front = True
        for entry in self._edition.book:
            front = front and entry.kind in _FRONT and not entry.namespace
            sections.append(self._section(entry, front=front))
            if entry.opens and self._edition.part(entry.of):
                self._target(entry.of, Aim(sections[-1].id, sections[-1].id))
        for name in self._wanted:
            if name not in self._targets:  # it stands off from a text: its first print bears the id
                self._target(name, Aim(self.unique(f"to.{_as_id(name)}"), ""))
        return Plan(tuple(sections), self._targets, self._aims)

    def in_note(self, blocks: tuple[source.Block, ...], section: str) -> tuple[Appearance, ...]:
        """The blocks of a note that a section prints."""
        return self._appearances(blocks, "", section)

    def _section(self, entry: SectionEntry, *, front: bool) -> PlannedSection:
        match entry.kind:
            case SectionKind.PROSE:
                return self._prose(entry, front)
            case SectionKind.TEXT:
                return self._text(entry, front)
            case SectionKind.PARALLEL:
                identifier = self._identified(entry.name)
                parallel = self._edition.parallels.get(entry.subject.text)
                rows = tuple(self._rows(parallel, identifier)) if parallel else ()
                return PlannedSection(entry, identifier, front, rows=rows)
            case _:
                return PlannedSection(entry, self._identified(entry.name), front)

    def _prose(self, entry: SectionEntry, front: bool) -> PlannedSection:
        prose = self._edition.prose.get(entry.subject.text)
        blocks = prose.blocks if prose else ()
        first = blocks[0] if blocks else None
        head = first if isinstance(first, source.Heading) and first.level == 1 else None
        identifier = self._identified(entry.name)
        body = (block for block in blocks if block is not head)
        planned = self._appearances(body, "", identifier)
        if head is not None:
            self._aim(head, "", Aim(identifier, identifier))
        heading = Appearance(head, id=identifier) if head else None
        return PlannedSection(entry, identifier, front, heading, planned)

    def _text(self, entry: SectionEntry, front: bool) -> PlannedSection:
        name = entry.subject.text
        identifier = self._identified(name)
        text = self._edition.texts.get(name)
        if text is None:
            return PlannedSection(entry, identifier, front)
        head = None
        if text.title is not None:  # which is printed over the section
            self._aim(text.title, name, Aim(identifier, identifier))
            head = Appearance(text.title, name, identifier)
        blocks = self._appearances(_body(text), name, identifier, own=name)
        return PlannedSection(entry, identifier, front, head, blocks)

    def _rows(self, parallel: Parallel, section: str) -> Iterator[PlannedRow]:
        for row in parallel.rows:
            identifier = f"{section}.{shown(row.id)}"
            self._target(row.id, Aim(identifier, section))
            cells = []
            for version in parallel.versions:
                name = version.text.text
                text = self._edition.texts.get(name)
                wanted = [value.text for value in row.blocks]
                blocks = [
                    block
                    for value in wanted
                    for block in (text.blocks if text else ())
                    if block.attributes.id and value == f"{name}/{block.attributes.id}"
                ]
                self._version = name
                cells.append(self._appearances(blocks, name, section))
                self._version = ""
            yield PlannedRow(row, identifier, tuple(cells))

    # Blocks

    def _appearances(
        self,
        blocks: Iterable[source.Block],
        text: str,
        section: str,
        *,
        own: str = "",
        taken: bool = False,
    ) -> tuple[Appearance, ...]:
        """Blocks stored in `text` as they appear in a section, whose own text is `own`."""
        made: list[Appearance] = []
        for block in blocks:
            if made and _goes_on(made[-1].block, block):
                name, before = block.attributes.id, made[-1].id
                named = name if f"{text}/{name}" in self._wanted else None
                aim = words_id(before, named) if named else before
                self._aim(block, text, Aim(aim, section, self._version))
                made.append(Appearance(block, text, made[-1].id, taken=taken))
            else:
                made.append(self._appearance(block, text, section, own, taken))
        return tuple(made)

    def _appearance(
        self, block: source.Block, text: str, section: str, own: str, taken: bool
    ) -> Appearance:
        identifier = self._block_id(block, text, section, own)
        parts: tuple[tuple[Appearance, ...], ...] = ()
        match block:
            case source.Quotation() | source.Group():
                parts = (self._appearances(block.blocks, text, section, own=own, taken=taken),)
            case source.Listing():
                parts = tuple(
                    self._appearances(item, text, section, own=own) for item in block.items
                )
            case source.Take():
                parts = tuple(self._taken(block, text, section, own))
        return Appearance(block, text, identifier, parts, taken=taken)

    def _taken(
        self, take: source.Take, text: str, section: str, own: str
    ) -> Iterator[tuple[Appearance, ...]]:
        for name, _ in take.targets:
            owner, blocks = self._target_of(name, text)
            if take.words is None:
                yield self._appearances(blocks, owner, section, own=own, taken=True)
            else:
                yield tuple(self._extract(blocks, owner, take.words[0], section, own))

    def _target_of(self, name: str, text: str) -> tuple[str, tuple[source.Block, ...]]:
        """The text and blocks that a take in `text` names; none where it names nothing."""
        found = self._places.named(name, text)
        if found is None:
            return "", ()
        owner, block = found
        return owner, (block,) if block else _body(self._edition.texts[owner])

    def _extract(
        self, blocks: tuple[source.Block, ...], text: str, words: str, section: str, own: str
    ) -> Iterator[Appearance]:
        """The part of a block that `words=` names."""
        for leaf in source.leaves_of(blocks):
            start = leaf.plain.find(words)
            if start >= 0:
                identifier = self._block_id(leaf, text, section, own, whole=False)
                yield Appearance(leaf, text, identifier, clip=(start, start + len(words)))
                return

    # Ids

    def _identified(self, name: str) -> str:
        """The id of a section, which is a target by its name."""
        identifier = self.unique(section_id(name))
        self._target(name, Aim(identifier, identifier))
        return identifier

    def _block_id(
        self, block: source.Block, text: str, section: str, own: str, *, whole: bool = True
    ) -> str:
        """The id of an appearance: each leaf of a text has one, other blocks if the editor says.

        Where not the `whole` block appears, words in it with an id may be missing.
        """
        name = block.attributes.id
        prefix = f"{section}." if text in ("", own) else f"{section}.{shown(text)}."
        if not name and text and isinstance(block, source.Paragraph | source.Heading):
            _, number = self._places.number_of(block)
            name = f"n{number}"
        if not name:
            return ""
        identifier = self.unique(prefix + name)
        self._aim(block, text, Aim(identifier, section, self._version, whole))
        return identifier

    def _aim(self, block: source.Block, text: str, aim: Aim) -> None:
        """Let references to a block, and to words in it, lead to an appearance of it."""
        if name := block.attributes.id:
            self._target(f"{text or aim.section}/{name}", aim)
        if not text or not isinstance(block, source.Paragraph | source.Heading):
            return
        _, number = self._places.number_of(block)
        self._target(f"{text}#{number}", aim)
        if aim.whole:
            for mark in source.walk_inlines(block.inlines):
                if isinstance(mark, source.Mark) and mark.attributes.id:
                    words = replace(aim, id=words_id(aim.id, mark.attributes.id))
                    self._target(f"{text}/{mark.attributes.id}", words)

    def _target(self, name: str, aim: Aim) -> None:
        """Let references by a name lead to an appearance, unless it has appeared before."""
        self._targets.setdefault(name, aim.id)
        self._aims.setdefault(name, []).append(aim)

    def unique(self, name: str) -> str:
        """The name, or where it is taken the name with a number, for ids stand once in a book."""
        wanted, number = name, 1
        while wanted in self._ids:
            number += 1
            wanted = f"{name}-{number}"
        self._ids.add(wanted)
        return wanted


def words_id(block: str, words: str) -> str:
    """The id of words that the editor named, in a block that appears under an id."""
    return f"{block}.{words}"


def _as_id(name: str) -> str:
    """A name as part of an id of the book, in which not every sign may stand."""
    return "".join(c if c.isalnum() or c in "-." else f"_{ord(c):x}" for c in name)


def _goes_on(last: source.Block, block: source.Block) -> bool:
    """Whether a block is printed as the end of the paragraph before it."""
    run_on = isinstance(block, source.Paragraph) and "run-on" in block.attributes.kinds
    return run_on and isinstance(last, source.Paragraph)


def _body(text: source.Text) -> tuple[source.Block, ...]:
    """The blocks of a text below its title."""
    return tuple(block for block in text.blocks if block is not text.title)
