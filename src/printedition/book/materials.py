"""What every section is composed from, and what is gathered from all of them on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from printedition.book import tree
from printedition.book.appearances import Plan, PlannedSection, Planner
from printedition.book.calls import Calls
from printedition.book.changed import TableMarks
from printedition.book.citations import Citations
from printedition.book.date_terms import date_terms_of
from printedition.book.dating import DateWording
from printedition.book.leaf import Surroundings, write_leaf
from printedition.book.locators import Locators, Targets, Whereabouts
from printedition.book.pointing import Pointer, PointingStyle
from printedition.book.reference_terms import reference_terms
from printedition.book.referring import Referrer
from printedition.book.titles import Titles
from printedition.book.wording import Wording
from printedition.diagnostics import Findings
from printedition.edition.changes import Changes
from printedition.edition.edition import Calling, Edition
from printedition.edition.names import namespace_of, siglum_shown
from printedition.edition.quotation import Value
from printedition.edition.text import Attributes, Inline, Leaf, TextNote, plain_text
from printedition.edition.versions import Parallel
from printedition.scholarship.apparatus import FoundEntry
from printedition.scholarship.changes import changes
from printedition.scholarship.checks import Scholarship
from printedition.scholarship.loci import Loci
from printedition.scholarship.notes import FoundNote
from printedition.scholarship.references import referred
from printedition.scholarship.standing import StandingOff
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class About:
    """What something in an appendix is about: its text or prose by title, a name, a passage.

    `marked` is the title with its marks, where it has any.
    """

    title: str
    name: str = ""
    found: FoundNote | None = None
    marked: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Blocks for one audience that stand in an appendix, to be composed for its section."""

    audience: str
    about: About
    compose: Callable[[str, Calls], tuple[tree.Block, ...]]
    span: Span


@dataclass(slots=True)
class Gathered:
    """What the sections, composed in the order of the book, have brought together so far."""

    signs: set[str] = field(default_factory=set)
    locators: Locators = field(default_factory=Locators)
    printed: set[int] = field(default_factory=set)
    section: str = ""  # the one being composed
    namespace: str = ""  # of its edition, in a volume
    composed: set[str] = field(default_factory=set)  # ids of what stands before, and was printed
    pointers: dict[str, dict[str, Pointer]] = field(default_factory=dict)  # by section, key
    apart: list[Apart] = field(default_factory=list)
    withholds: bool = False  # whether anything is for others than those who have the book

    def point(self, pointer: Pointer) -> None:
        """Keep what a reference in the section being composed names."""
        self.pointers.setdefault(self.section, {})[pointer.key] = pointer

    def name_once(self, identifier: str) -> str:
        """An id for what is printed for the first time; empty when it is printed again."""
        if identifier in self.composed:
            return ""
        self.composed.add(identifier)
        return identifier

    def is_first(self, found: FoundEntry | FoundNote) -> bool:
        """Whether an entry or note is printed for the first time, as it is from now on."""
        first = id(found) not in self.printed
        self.printed.add(id(found))
        return first


class Materials:
    """An edition and its scholarship, ready to hand."""

    def __init__(self, edition: Edition, scholarship: Scholarship, findings: Findings) -> None:
        self.edition = edition
        self.citations = Citations(edition, findings)
        self.scholarship = scholarship
        self.planner = Planner(scholarship.finder.places, referred(scholarship.targets))
        self.plan: Plan = self.planner.plan()
        self.standing = StandingOff(scholarship, edition)
        self.loci = Loci(edition)
        self.mentions = scholarship.mentions
        self.gathered = Gathered()
        referring = edition.referring
        self.pointing = PointingStyle(
            reference_terms(referring.lang or edition.lang, referring.terms),
            edition.conventions,
            edition.calling is Calling.LINES,
        )
        self.titles = Titles(edition)
        self.referrer = Referrer(
            edition, scholarship, self.plan, self.loci, self.pointing, self.titles, self.marked
        )
        self.wording = Wording(
            edition, scholarship.apparatus, scholarship.finder.places, self.marked
        )
        self.dating = DateWording(date_terms_of(edition.lang, edition.letters.terms))
        self._languages = {one.id.text: one.lang for one in edition.text_entries}
        self._editors = {part.include.id.text: part.edition.lang for part in edition.parts}
        self._notes = {
            text.id: {note.label: note for note in text.notes} for text in edition.texts.values()
        }

    def language_of(self, text: str) -> str:
        """The language of a text."""
        return self._languages.get(text) or self.editors_language(text)

    def editors_language(self, name: str) -> str:
        """The language of what editors say: in prose of this name, or on a text of it."""
        return self._editors.get(namespace_of(name)) or self.edition.lang

    def changes(self, parallel: Parallel) -> Changes:
        """What the versions of a table changed."""
        return changes(self.edition, parallel)

    def marks(self, parallel: Parallel, planned: PlannedSection, found: Changes) -> TableMarks:
        """The marks of changes in a table of versions."""
        return TableMarks(planned.id, parallel, planned.rows, found, self.loci)

    def marked(
        self, inlines: tuple[Inline, ...], where: Whereabouts | None = None
    ) -> tuple[tree.Inline, ...]:
        """Marked words of a record, to which only the index leads, if it is said `where`."""
        targets = Targets(self.gathered.locators)
        if where is not None:
            for mention in self.mentions.in_leaf(inlines, plain_text(inlines)):
                targets.lead(mention, where)
        surroundings = Surroundings(
            lambda braces, children: self.reference(braces, children, ""),
            self.gathered.signs,
            lambda _label: None,
            cite=self.citations.write,
        )
        return write_leaf(inlines, surroundings, tuple(targets.insertions()))

    def reference(
        self, braces: Attributes, children: tuple[tree.Inline, ...], own: str
    ) -> tree.Reference:
        """The reference that braces make, in a text or prose of this name."""
        gathered = self.gathered
        reference, pointer = self.referrer.reference(
            braces, children, own=own, section=gathered.section, composed=gathered.composed
        )
        if pointer is not None:
            gathered.point(pointer)
        return reference

    def own_id(self, value: Value | None) -> str:
        """The id of a note or entry that references lead to, where it is printed first."""
        aims = self.plan.aims.get(value.text) if value else None
        return self.gathered.name_once(aims[0].id) if aims else ""

    def text_note_id(self, text: str, label: str) -> str:
        """The same of a note that belongs to a text."""
        aims = self.plan.aims.get(f"{text}/^{label}")
        return self.gathered.name_once(aims[0].id) if aims else ""

    def withheld(self, audience: str) -> bool:
        """Whether what is for an audience is left out of the book that is being made."""
        withheld = bool(audience) and audience != self.edition.audience
        self.gathered.withholds |= withheld
        return withheld

    def kept_for(
        self, audience: str, blocks: tuple[tree.Block, ...], span: Span | None = None
    ) -> tree.Container:
        """Blocks for one audience, of which the books for others leave the room."""
        withheld = self.withheld(audience)
        kinds = (f"for-{audience}",)
        return tree.Container(
            "audience", kinds, blocks, span=span, audience=audience, withheld=withheld
        )

    def extant(self, leaf: Leaf, text: str) -> tuple[str, ...]:
        """The sigla of those that hold a leaf of a text, in an edition that has fragments."""
        extant = self.scholarship.apparatus.extant
        if not text or not extant.has_fragments(text):
            return ()
        _, number = self.scholarship.finder.number_of(leaf)
        return tuple(map(siglum_shown, extant.on(text, number, number)))

    def notes_of(self, text: str) -> Mapping[str, TextNote]:
        """The notes that belong to a text, by label."""
        return self._notes[text]

    def paragraph(self, leaf: Leaf, text: str) -> int:
        """The number (¶) of a leaf in its text; 0 where it has none."""
        if not text:
            return 0
        _, number = self.scholarship.finder.number_of(leaf)
        return self.loci.paragraph(text, number)
