"""Composes references: to which appearance each leads, and what the program says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from printedition.book import tree
from printedition.book.appearances import Aim, Plan
from printedition.book.leaf import Insertion
from printedition.book.lemmas import shortened
from printedition.book.pointing import Pointer, PointingStyle
from printedition.book.titles import Titles, of_heading
from printedition.edition import text as source
from printedition.edition.apparatus import ApparatusEntry
from printedition.edition.commentary import Note, NoteKind
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.holding import conventions_of
from printedition.edition.names import section_id, shown
from printedition.edition.quotation import Passage
from printedition.edition.syllabus import Assignment
from printedition.edition.text import Attributes
from printedition.edition.versions import Row
from printedition.frozen import dataclass
from printedition.scholarship.checks import Scholarship
from printedition.scholarship.loci import Loci
from printedition.scholarship.references import assignments, references
from printedition.scholarship.targets import Target, TargetKind


@dataclass(frozen=True, slots=True)
class Assigned:
    """What is to be read: its id and name, and the sections that are the whole of it, the first
    of which has the title where there is no name; else its last words. `marked` is the name with
    its marks, where it has any."""

    href: str
    name: str
    sections: tuple[str, ...] = ()
    end: str = ""
    marked: tuple[source.Inline, ...] = ()


class Referrer:
    """Composes the references of a book, whose `plan` says where everything appears."""

    def __init__(
        self,
        edition: Edition,
        scholarship: Scholarship,
        plan: Plan,
        loci: Loci,
        style: PointingStyle,
        titles: Titles,
        compose: Callable[[tuple[source.Inline, ...]], tuple[tree.Inline, ...]],
    ) -> None:
        self._edition, self._scholarship = edition, scholarship
        self._targets = scholarship.targets
        self._plan, self._loci, self._style = plan, loci, style
        self._titles, self._compose = titles, compose
        self._sections = {section.id: section for section in plan.sections}
        self._tables = {s.id for s in plan.sections if s.entry.kind is SectionKind.PARALLEL}
        self._passages: Mapping[int, Passage] = {
            **{id(found.note): found.passage for found in scholarship.notes},
            **{id(found.entry): found.passage for found in scholarship.entries},
        }
        self._ends = dict(self._ends_of_ranges())

    def reference(
        self,
        attributes: Attributes,
        children: tuple[tree.Inline, ...],
        *,
        own: str,
        section: str,
        composed: set[str],
    ) -> tuple[tree.Reference, Pointer | None]:
        """The reference that braces make in the text `own` and a section, and what it cites.

        `composed` are the ids of what stands before it in the book.
        """
        lang = attributes.get("lang") or ""
        target = self._targets.find(attributes.get("ref") or "", own)
        aim = self._aim(target, section, attributes.get("in") or "") if target else None
        if target is None or aim is None:
            return tree.Reference("", children, lang=lang), None
        referring = self._edition.referring
        said = attributes.get("form") or (referring.beside if children else referring.form)
        if children and said in ("none", "words"):
            return tree.Reference(aim.id, children, lang=lang), None
        pointer = self._pointer(target, aim, said)
        if said == "above":
            way = "above" if aim.id in composed else "below"
            form = "named" if pointer.label_of else "page"
            pointer = replace(pointer, way=way, form=form)
        if end := self._end(attributes, own, aim):
            form = "page" if said in ("page", "above") else "line"
            pointer = replace(
                pointer, end=end, form=form, name=self._range_of(target, attributes, own)
            )
        reference = tree.Reference(aim.id, children, pointer.key, lang)
        return self._titled(reference, target, pointer), pointer

    def assigned(self, assignment: Assignment) -> Assigned | None:
        """What the syllabus has to be read: where it begins and ends, and how it is called."""
        target = self._targets.find(assignment.first.text, "")
        aim = self._aim(target, "", "") if target else None
        if target is None or aim is None:
            return None
        whole = target.kind in (TargetKind.TEXT, TargetKind.SECTION)
        if whole and aim.id == aim.section:
            if group := self._plan.group(target.name):
                part = self._edition.part(target.name)
                name = part.title if part else self._loci.title(target.name)
                return Assigned(group[0], name, group, marked=self._titles.of_group(target.name))
            return Assigned(aim.id, "", (aim.section,))
        name = self._name_of(target, assignment)
        end = self._end(assignment.stretch, "", aim)
        marked = self._marked(target) if assignment.last is None else ()
        return Assigned(aim.id, name, end=end, marked=marked)

    def _name_of(self, target: Target, assignment: Assignment) -> str:
        if target.kind is TargetKind.TEXT:
            listed = self._edition.entry_of(target.text)
            return (listed.title if listed else "") or shown(target.text)
        if isinstance(target.thing, Row):
            return target.thing.title
        if isinstance(target.block, source.Heading):
            return target.block.plain
        if assignment.last is not None:
            return self._range_of(target, assignment.reference, "")
        label = self._loci.label(target.block) if target.block else None
        return self._locus(target, label) if target.text in self._edition.texts else ""

    # Marked titles

    def _titled(
        self, reference: tree.Reference, target: Target, pointer: Pointer
    ) -> tree.Reference:
        """A reference that names a title, with the marks that this has."""
        if pointer.form != "named":
            return reference
        section = self._sections.get(pointer.title_of)
        marked = self._titles.of_section(section) if section else self._marked(target)
        if not marked:
            return reference
        opening, _, closing = self._style.said("quoted").partition("…")
        words = (tree.Words(opening), *self._compose(marked), tree.Words(closing))
        quoted = self._style.said("quoted", source.plain_text(marked))
        return replace(reference, quoted=quoted, marked=words)

    def _marked(self, target: Target) -> tuple[source.Inline, ...]:
        """What an edition, a text or a heading is called, with its marks."""
        if part := self._edition.part(target.name):
            return part.marked
        if target.kind is TargetKind.TEXT:
            listed = self._edition.entry_of(target.text)
            return listed.marked if listed else ()
        if isinstance(target.block, source.Heading):
            return of_heading(target.block)
        return ()

    # Appearances

    def _aim(self, target: Target, section: str, wanted: str) -> Aim | None:
        """Where a target appears: in the section asked for, else in that of the reference, else
        in the section of its own text, else for the first time."""
        aims = self._plan.aims.get(target.name) or self._of_text(target)
        for name in (wanted,) if wanted else (section, target.text):
            if here := [aim for aim in aims if aim.section == section_id(name)]:
                return here[0]
        return aims[0] if aims else None

    def _of_text(self, target: Target) -> list[Aim]:
        """The beginnings of a text that has no section, as others take it."""
        if target.kind is not TargetKind.TEXT:
            return []
        leaves = range(len(self._edition.texts[target.text].leaves))
        found = (self._plan.aims.get(f"{target.text}#{number}") for number in leaves)
        return next((aims for aims in found if aims), [])

    # Ranges

    def ends_in(self, text: str, number: int, block: str) -> Iterator[Insertion]:
        """The last words of ranges that end in a leaf of a text, which appears under an id."""
        for start, end in sorted(self._ends.get((text, number), ())):
            yield Insertion(start, False, end=end, id=_end_id(block, end))

    def _ends_of_ranges(self) -> Iterator[tuple[tuple[str, int], set[tuple[int, int]]]]:
        found: dict[tuple[str, int], set[tuple[int, int]]] = {}
        stated = [(own, attributes) for own, attributes, _ in references(self._edition)]
        stated += [("", assigned.stretch) for assigned in assignments(self._edition)]
        for own, attributes in stated:
            place = self._last_word(attributes, own)
            if place is not None:
                text, number, start, end = place
                found.setdefault((text, number), set()).add((start, end))
        yield from found.items()

    def _last_word(self, attributes: Attributes, own: str) -> tuple[str, int, int, int] | None:
        """Where a range ends: text, leaf, and the offsets of the last word."""
        name = attributes.get("to")
        target = self._targets.find(name, own) if name else None
        if target is None:
            return None
        if isinstance(target.thing, source.Mark):
            number = target.leaf
            leaf = self._edition.texts[target.text].leaves[number]
            end = _offset_behind(leaf.inlines, target.thing)
        else:
            leaves = source.leaves_of((target.block,) if target.block else ())
            if not leaves:
                return None
            leaf = leaves[-1]
            _, number = self._scholarship.finder.number_of(leaf)
            end = len(leaf.plain)
        start = leaf.plain.rfind(" ", 0, end) + 1
        return target.text, number, start, end

    def _end(self, attributes: Attributes, own: str, begin: Aim) -> str:
        """The id of the last words of a range, in the section where it begins."""
        place = self._last_word(attributes, own)
        if place is None:
            return ""
        text, number, _, end = place
        aims = self._plan.aims.get(f"{text}#{number}", ())
        here = (aim.id for aim in aims if aim.section == begin.section and aim.whole)
        block = next(here, "")
        return _end_id(block, end) if block else ""

    def _range_of(self, target: Target, attributes: Attributes, own: str) -> str:
        """How a range is cited: `Letter ¶ 2–19`, `A 2, note – A 4`."""
        place = self._last_word(attributes, own)
        assert place is not None
        first = self._locus(target, self._loci.label(target.block) if target.block else None)
        last = self._loci.of(place[0], place[1])
        if first == last:
            return first
        lead, _, number = last.rpartition(" ")
        alike = first.rpartition(" ")[0] == lead and number.isdigit()
        return f"{first}–{number}" if alike else f"{first} – {last}"

    # What is said

    def _pointer(self, target: Target, aim: Aim, said: str) -> Pointer:
        """What names a target; in the form `said`, or in that which suits it."""
        pointer = self._suiting(target, aim)
        if said in ("page", "line", "locus"):
            return replace(pointer, form=said)
        return pointer

    def _suiting(self, target: Target, aim: Aim) -> Pointer:
        thing = target.thing
        if part := self._edition.part(target.name):
            return self._quoted(aim, part.title)
        match target.kind:
            case TargetKind.SECTION | TargetKind.PROSE:
                if isinstance(target.block, source.Heading):
                    return self._quoted(aim, target.block.plain)
                form = "page" if target.kind is TargetKind.PROSE else "named"
                return Pointer(form, aim.id, "", title_of=aim.section)
            case TargetKind.TEXT:
                listed = self._edition.entry_of(target.text)
                name = (listed.title if listed else "") or shown(target.text)
                in_own = aim.section == section_id(target.text)
                return (
                    Pointer("named", aim.id, "", title_of=aim.section)
                    if in_own
                    else self._quoted(aim, name)
                )
            case TargetKind.ROW:
                assert isinstance(thing, Row)
                return self._quoted(aim, thing.title)
            case TargetKind.NOTE | TargetKind.ENTRY:
                return self._standing_off(thing, aim)
            case TargetKind.TEXT_NOTE:
                name = self._loci.of(target.text, target.leaf)
                return Pointer("named", aim.id, name, label_of=aim.id, locus=name)
            case _:
                return self._in_text(target, aim)

    def _quoted(self, aim: Aim, words: str) -> Pointer:
        return Pointer("named", aim.id, self._style.said("quoted", words))

    def _standing_off(self, thing: object, aim: Aim) -> Pointer:
        """A note, or an entry, named by its words."""
        assert isinstance(thing, Note | ApparatusEntry)
        passage = self._passages[id(thing)]
        locus = self._loci.of(passage.text, passage.first)
        if isinstance(thing, Note) and thing.kind is NoteKind.QUESTION:
            return Pointer("page", aim.id, locus, locus=locus)
        words = thing.anchor.words if isinstance(thing, Note) else thing.lemma.words
        longest = conventions_of(self._edition, passage.text).longest_lemma
        parts = shortened(words.text, longest) if words else ()
        named = self._style.said("quoted", " … ".join(parts)) if parts else locus
        term = "remark" if isinstance(thing, Note) else "entry"
        label_of = aim.id if isinstance(thing, Note) else ""
        name = self._style.said(term, named)
        return Pointer("named", aim.id, name, label_of=label_of, locus=locus)

    def _in_text(self, target: Target, aim: Aim) -> Pointer:
        """A block of a text, or words in it: by line, but clauses as people cite them."""
        block = target.block
        if isinstance(block, source.Heading):
            return self._quoted(aim, block.plain)
        version = shown(aim.version) if aim.section in self._tables else ""
        label = self._loci.label(block) if block else None
        locus = self._locus(target, label)
        if block is None or label is None:
            return Pointer("line", aim.id, locus, version=version)
        if label.isdigit() and "clause" in block.attributes.kinds:
            locus = self._style.said("clause", label, self._loci.name(target.text))
        return Pointer("locus", aim.id, locus, version=version)

    def _locus(self, target: Target, label: str | None) -> str:
        if label is not None:
            return f"{self._loci.name(target.text)} {label}"
        if target.leaf >= 0:
            return self._loci.of(target.text, target.leaf)
        leaves = self._scholarship.finder.places.leaves(target.name, target.text)
        return self._loci.of(*leaves[0]) if leaves else self._loci.name(target.text)


def _end_id(block: str, offset: int) -> str:
    return f"{block}.to{offset}"


def _offset_behind(inlines: tuple[source.Inline, ...], mark: source.Mark) -> int:
    """Where in plain text the words of a mark end."""
    at = 0
    end = -1
    for inline in source.walk_inlines(inlines):
        if inline is mark:
            end = at + len(source.plain_text(mark.children))
        if isinstance(inline, source.Words):
            at += len(inline.text)
        elif isinstance(inline, source.LineBreak):
            at += 1
    return end
