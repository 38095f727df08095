"""Composes each section of the book by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from printedition.book import tree
from printedition.book.anchors import anchor_at
from printedition.book.appearances import PlannedSection
from printedition.book.appendix import appendix
from printedition.book.blocks import BlockWriter
from printedition.book.calls import Calls
from printedition.book.drawing import WaysPicture, draw
from printedition.book.glossary import glossary
from printedition.book.heads import TextHeads
from printedition.book.letters import Letters
from printedition.book.locators import Whereabouts
from printedition.book.materials import Materials
from printedition.book.page_words import page_words
from printedition.book.questions import Questions
from printedition.book.syllabus import sessions
from printedition.book.terms import form_in_words
from printedition.book.ways import ways_of
from printedition.book.wording import THE_EDITOR
from printedition.edition import text as source
from printedition.edition.apparatus import EntryKind
from printedition.edition.changes import Changes
from printedition.edition.commentary import NoteKind
from printedition.edition.edition import SectionEntry, SectionKind
from printedition.edition.holding import conventions_in
from printedition.edition.index import LeftOut
from printedition.edition.names import namespace_of, shown, siglum_shown
from printedition.edition.quotation import Passage
from printedition.edition.versions import Parallel
from printedition.scholarship.apparatus import FoundEntry, in_conspectus
from printedition.scholarship.notes import FoundNote

_NAMED = frozenset({"contents", "imprint"})  # front matter that has a title of the house


class Sections:
    """Composes sections in the order of the book: what they gather is numbered in that order."""

    def __init__(self, materials: Materials) -> None:
        self.materials = materials
        self.edition = materials.edition
        self.letters = Letters(materials)
        self.heads = TextHeads(materials)
        self.questions = Questions(materials)
        self.words = page_words(self.edition.lang)
        self._is_for_one = False  # the section that is being composed

    def compose(self, planned: PlannedSection) -> tree.Section:
        """A section, but for what only the whole book knows: contents, index, signs in use."""
        self.materials.gathered.section = planned.id
        self.materials.gathered.namespace = planned.entry.namespace
        self.materials.gathered.composed.add(planned.id)
        self.materials.citations.begin_section()
        self._is_for_one = planned.entry.audience is not None
        if planned.entry.audience is None:
            return self._composed(planned)
        audience = planned.entry.audience.text
        with self.materials.citations.apart():
            section = self._composed(planned)
        return replace(section, audience=audience, withheld=self.materials.withheld(audience))

    def _composed(self, planned: PlannedSection) -> tree.Section:
        match planned.entry.kind:
            case SectionKind.FRONT:
                kind = planned.entry.subject.text
                return self._titled(planned, kind, self.words[kind] if kind in _NAMED else "")
            case SectionKind.PART:
                return self._titled(planned, "part", planned.entry.subject.text)
            case SectionKind.PROSE:
                return self._prose(planned)
            case SectionKind.SIGLA:
                return self._sigla(planned)
            case SectionKind.TEXT:
                return self._text(planned)
            case SectionKind.COMMENTARY:
                return self._commentary(planned)
            case SectionKind.QUESTIONS:
                return self._questions(planned)
            case SectionKind.GLOSSARY:
                section = self._titled(planned, "glossary", planned.entry.subject.text)
                writer = self._writer(section, planned)
                rows = tuple(glossary(planned.entry, writer, self.materials))
                return replace(section, glossary=rows)
            case SectionKind.PARALLEL:
                return self._parallel(planned)
            case SectionKind.CORRECTIONS:
                return self._corrections(planned)
            case SectionKind.ERRATA:  # its lists wait for the words of the pages
                return self._titled(planned, "errata", self.words["errata"])
            case SectionKind.SYLLABUS:
                section = self._titled(planned, "syllabus", planned.entry.subject.text)
                return replace(section, sessions=tuple(sessions(self.materials)))
            case SectionKind.BLANK:
                section = self._titled(planned, "blank", "")
                count, ruled = int(planned.entry.subject.text), planned.entry.ruled
                return replace(section, blank=count, ruled=ruled)
            case SectionKind.APPENDIX:
                section = self._titled(planned, "appendix", planned.entry.subject.text)
                writer = self._writer(section, planned)
                apart, marked = appendix(writer, self.materials, self._end_note)
                return replace(
                    section, end_notes=apart, notes=writer.calls.notes, marked_groups=marked
                )
            case SectionKind.CHRONOLOGY:
                return self._chronology(planned)
            case SectionKind.ABBREVIATIONS:
                return self._titled(planned, "abbreviations", planned.entry.subject.text)
            case SectionKind.SOURCES:
                section = self._titled(planned, "sources", planned.entry.subject.text)
                return replace(section, works=self.materials.citations.rows())
            case SectionKind.PERMISSIONS:
                section = self._titled(planned, "permissions", planned.entry.subject.text)
                return replace(section, permissions=self.heads.rows())
            case SectionKind.REGISTER:
                return self._titled(planned, "register", self.words["register"])
            case SectionKind.INDEX:
                return self._titled(planned, "index", self.words["index"])

    def _titled(self, planned: PlannedSection, kind: str, otherwise: str) -> tree.Section:
        """A section of which nothing is composed yet; `otherwise` is its title if none is given."""
        entry = planned.entry
        title = entry.title or otherwise
        marked = self.materials.marked(self.materials.titles.of_section(planned))
        prints_title = planned.head is None or (kind == "prose" and entry.title)
        if prints_title and entry.kind not in (SectionKind.FRONT, SectionKind.INDEX):
            self._mention(title, planned.id, entry.short_title or title)
        return tree.Section(
            kind=kind,
            id=planned.id,
            title=title,
            running_title=entry.short_title or title,
            front=planned.front,
            heading=marked or ((tree.Words(title),) if title else ()),
            span=entry.subject.span,
            volume=self.heads.running(planned),
            lang=self._language(entry),
            collection=self.heads.title(planned) if entry.opens else "",
            marked=marked,
            marked_collection=self.heads.marked(planned) if entry.opens else (),
            opening=self.heads.over(planned),
        )

    def _language(self, entry: SectionEntry) -> str:
        """The language of a section's editor; none where it is that of the book."""
        lang = self.materials.editors_language(entry.name)
        return lang if lang != self.edition.lang else ""

    def _mention(self, title: str, href: str, place: str) -> None:
        """Let the index lead to a title that is no leaf, unless it is for one audience."""
        if self._is_for_one:
            return
        namespace = self.materials.gathered.namespace
        for mention in self.materials.mentions.in_words(title, namespace, LeftOut.HEADINGS):
            self.materials.gathered.locators.put(mention.heading, href, Whereabouts(place))

    def _writer(self, section: tree.Section, planned: PlannedSection) -> BlockWriter:
        writer = BlockWriter(self.materials, section.id, section.running_title, Calls(section.id))
        home = section.lang or self.edition.lang
        writer = replace(writer, scope=planned.entry.name, home=home, lang=home)
        audience = planned.entry.audience
        return replace(writer, audience=audience.text) if audience else writer

    def _prose(self, planned: PlannedSection) -> tree.Section:
        head = planned.head
        section = self._titled(planned, "prose", _title_of(head.block) if head else "")
        prose = self.edition.prose.get(planned.entry.subject.text)
        notes = {note.label: note for note in prose.notes} if prose else {}
        writer = replace(self._writer(section, planned), notes=notes, scope=planned.entry.name)
        if head is not None and not planned.entry.title:
            section = replace(section, heading=writer.heading(head))
        blocks = writer.blocks(planned.blocks)
        return replace(
            section, blocks=blocks, notes=writer.calls.notes, margins=writer.calls.margins
        )

    def _text(self, planned: PlannedSection) -> tree.Section:
        name, head = planned.entry.subject.text, planned.head
        listed = self.edition.entry_of(name)
        title = (listed.title if listed else "") or (_title_of(head.block) if head else name)
        section = self._titled(planned, "text", title)
        if not planned.entry.short_title and listed and listed.short_title:
            section = replace(section, running_title=listed.short_title)
        writer = self._writer(section, planned)
        if head is not None:
            section = replace(section, heading=writer.heading(head))
            lang = head.block.attributes.get("lang") or self.materials.language_of(name)
            section = replace(section, title_lang=lang if lang != writer.home else "")
        letter = self.letters.head(listed) if listed else None
        if letter is not None:
            self._mention(letter.parties, planned.id, section.running_title)
        blocks = writer.blocks(planned.blocks)
        asked = self.questions.below(name, writer)
        return replace(
            section,
            blocks=blocks,
            questions=((self.words["questions"], asked),) if asked else (),
            notes=writer.calls.notes,
            margins=writer.calls.margins,
            letter=letter,
            dates=self.letters.dates(listed) if listed else (),
        )

    def _sigla(self, planned: PlannedSection) -> tree.Section:
        section = self._titled(planned, "sigla", planned.entry.subject.text)
        witnesses = tuple(
            tree.SigilRow(
                siglum_shown(w.siglum),
                self.materials.marked(w.description),
                w.date,
                bool(w.hand_of),
            )
            for w in in_conspectus(self.edition.witnesses)
            if w.siglum.rpartition(" ")[0] == planned.entry.namespace
        )
        versions = tuple(
            tree.SigilRow(shown(v.text.text), (tree.Words(v.title),), v.date)
            for parallel in self.edition.parallels.values()
            for v in parallel.versions
            if self._lists_versions(planned, v.text.text)
        )
        forms = [*self._forms(planned.entry)]
        return replace(
            section,
            sigla=witnesses,
            version_sigla=versions,
            scholars=tuple(self._scholars()) if planned.entry.explains(self.edition.book) else (),
            form=forms[0][1] if forms and not forms[0][0] else "",
            forms=tuple(form for form in forms if form[0]),
        )

    def _forms(self, entry: SectionEntry) -> Iterator[tuple[str, str]]:
        """What the forms of the apparatus mean, each with the editions that have it if not all."""
        having: dict[str, list[str]] = {}
        lists = {e.namespace for e in self.edition.book if e.kind is SectionKind.SIGLA}
        entries = {namespace_of(e.passage.text) for e in self.materials.scholarship.entries}
        names = ["", *(part.include.id.text for part in self.edition.parts)]
        told = [n for n in names if entry.namespace == (n if n in lists else "")]
        if self.edition.parts:
            told = [name for name in told if name in entries]
        for name in told:
            if form := conventions_in(self.edition, name).form:
                part = self.edition.part(name)
                title = part.title if part else self.edition.title
                having.setdefault(form_in_words(form.value, self.edition.lang), []).append(title)
        for words, titles in having.items():
            yield ("" if len(titles) == len(told) else ", ".join(titles)), words

    def _lists_versions(self, planned: PlannedSection, text: str) -> bool:
        """Whether a conspectus has a version: that of its own edition, else that of the volume."""
        lists = {e.namespace for e in self.edition.book if e.kind is SectionKind.SIGLA}
        own = namespace_of(text)
        return planned.entry.namespace == (own if own in lists else "")

    def _scholars(self) -> Iterator[tree.SigilRow]:
        """Earlier editions and scholars: those that edition.yaml describes, then others named."""
        described = {scholar.name for scholar in self.edition.scholars}
        for scholar in self.edition.scholars:
            description = self.materials.marked(scholar.description)
            yield tree.SigilRow(scholar.name, description, scholar.date)
        named = {by.text: None for e in self.materials.scholarship.entries for by in e.scholars}
        for name in named:
            if name not in described and name != THE_EDITOR:
                yield tree.SigilRow(name, (), "")

    def _commentary(self, planned: PlannedSection) -> tree.Section:
        section = self._titled(planned, "commentary", planned.entry.subject.text)
        writer = self._writer(section, planned)
        groups: dict[str, list[tree.EndNote]] = {}
        notes = (
            found
            for found in self.materials.scholarship.notes
            if found.note.kind is NoteKind.END
            and not found.note.headword
            and not self.edition.stands_apart(found.note.audience)
            and planned.entry.has_notes_on(found.passage.text)
        )
        for number, found in enumerate(notes, 1):
            name = self.materials.own_id(found.note.id) or f"{section.id}.{number}"
            if found.passage.text not in groups:
                self._mention(self._title(found.passage.text), name, section.running_title)
            note = self._end_note(found, name, writer)
            groups.setdefault(found.passage.text, []).append(note)
        titled = tuple((self._title(name), tuple(notes)) for name, notes in groups.items())
        return replace(section, end_notes=titled, marked_groups=self._marked_titles(groups))

    def _questions(self, planned: PlannedSection) -> tree.Section:
        section = self._titled(planned, "questions", planned.entry.subject.text)
        writer = self._writer(section, planned)
        texts = self.questions.texts_of(planned.entry)
        questions = tuple(self.questions.gathered(texts, writer, self._title))
        return replace(section, questions=questions, marked_groups=self._marked_titles(texts))

    def _end_note(self, found: FoundNote, identifier: str, writer: BlockWriter) -> tree.EndNote:
        note, passage = found.note, found.passage
        audience = note.audience.text if note.audience else ""
        if audience:
            writer = replace(writer, audience=audience)
        appearances = self.materials.planner.in_note(note.blocks, writer.section)
        href = self.materials.plan.leaf(passage.text, passage.first)
        words = note.anchor.words.text if note.anchor.words else ""
        writer.quote(words, identifier, "n")
        return tree.EndNote(
            id=identifier,
            place=self._locus(passage),
            href=href,
            anchor=anchor_at(href, passage.first, passage.start) if href else "",
            words=words,
            blocks=replace(writer, scope=passage.text, note="n").blocks(appearances),
            span=note.span,
            audience=audience,
            withheld=self.materials.withheld(audience),
        )

    def _parallel(self, planned: PlannedSection) -> tree.Section:
        parallel = self.edition.parallels.get(planned.entry.subject.text)
        section = self._titled(
            planned, "parallel", (parallel and parallel.title) or self.words["versions"]
        )
        if parallel is None:
            return section
        found = self.materials.changes(parallel)
        marks = self.materials.marks(parallel, planned, found)
        writer = replace(self._writer(section, planned), floating=False, marks=marks)
        rows = []
        for each in planned.rows:
            self.materials.gathered.composed.add(each.id)
            self._mention(each.row.title, each.id, each.row.title)
            cells = tuple(
                tree.Cell(
                    shown(version.text.text),
                    version.title,
                    replace(writer, version=version.text.text).blocks(blocks),
                )
                for version, blocks in zip(parallel.versions, each.cells, strict=True)
            )
            rows.append(tree.VersionRow(each.id, each.row.title, cells, each.row.span))
        heads = tuple(
            tree.VersionHead(shown(v.text.text), v.title, v.date) for v in parallel.versions
        )
        return replace(
            section,
            versions=heads,
            facing=parallel.facing and len(heads) == 2,
            together=parallel.together,
            rows=tuple(rows),
            ways=self._ways(parallel, found),
            marks=marks.legend,
            base=shown(parallel.base.text) if parallel.base else "",
            moved=marks.moved,
            notes=writer.calls.notes,
            margins=writer.calls.margins,
        )

    def _ways(self, parallel: Parallel, found: Changes) -> WaysPicture | None:
        """The picture before a table of several versions, unless the editor wants none."""
        if not parallel.pictured or len(parallel.versions) < 2:
            return None
        places = self.materials.scholarship.finder.places
        return draw(ways_of(self.edition, places, parallel, found))

    def _corrections(self, planned: PlannedSection) -> tree.Section:
        siglum = planned.entry.subject.text
        section = self._titled(planned, "corrections", f"Corrections of {siglum_shown(siglum)}")
        texts = {name: number for number, name in enumerate(self.edition.texts)}

        def order(found: FoundEntry) -> tuple[int, int, int]:
            return texts[found.passage.text], found.passage.first, found.passage.start

        corrected = (
            found
            for found in self.materials.scholarship.entries
            if planned.entry.covers(found.passage.text)
        )
        entries = sorted(corrected, key=order)
        rows = tuple(row for found in entries for row in self._correction(found, siglum))
        return replace(section, corrections=rows, siglum=siglum_shown(siglum))

    def _correction(self, found: FoundEntry, siglum: str) -> Iterator[tree.Correction]:
        """The line of a slip that the witness has; none for any other entry."""
        for reading in found.entry.readings:
            has_it = siglum in {witness.text for witness in reading.witnesses}
            if found.entry.kind is EntryKind.ACCIDENTAL and has_it:
                yield tree.Correction(
                    self.materials.plan.leaf(found.passage.text, found.passage.first),
                    self._locus(found.passage),
                    found.words,
                    self.materials.wording.reading(reading, found),
                    self.materials.own_id(found.entry.id),
                )
                return

    def _chronology(self, planned: PlannedSection) -> tree.Section:
        section = self._titled(planned, "chronology", planned.entry.subject.text)
        return replace(section, dates=self.letters.chronology(planned.entry, section.running_title))

    def _locus(self, passage: Passage) -> str:
        return self.materials.loci.of(passage.text, passage.first)

    def _marked_titles(self, texts: Iterable[str]) -> tuple[tuple[tree.Inline, ...], ...]:
        """The titles of texts with their marks; nothing where none has any."""
        marked = tuple(self.materials.marked(self.materials.titles.of_text(text)) for text in texts)
        return marked if any(marked) else ()

    def _title(self, text: str) -> str:
        listed = self.edition.entry_of(text)
        head = self.edition.texts[text].title
        return (listed.title if listed else "") or (_title_of(head) if head else text)


def _title_of(head: source.Block) -> str:
    """A heading's words, without what it merely refers with."""
    assert isinstance(head, source.Heading)
    kept = tuple(
        inline
        for inline in head.inlines
        if not (isinstance(inline, source.Mark) and inline.attributes.get("ref"))
    )
    return source.plain_text(kept).strip()
