"""Composes the heads of texts from data, and the list of their sources and rights."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.book import tree
from printedition.book.appearances import PlannedSection
from printedition.book.materials import Materials
from printedition.book.page_words import page_words
from printedition.book.source_pages import with_pages
from printedition.edition.edition import SectionKind
from printedition.edition.heads import TextHead


class TextHeads:
    """The heads of an edition's texts and included editions, in the order of the book."""

    def __init__(self, materials: Materials) -> None:
        self._materials = materials
        self._edition = materials.edition

    def over(self, planned: PlannedSection) -> tree.TextHead | None:
        """The head that a section opens with; None where it opens no text that has one."""
        head = self._head_of(planned)
        return self._composed(planned, head) if head is not None and head.is_stated else None

    def running(self, planned: PlannedSection) -> str:
        """What running heads have in place of the book's title: an edition's, or an author."""
        entry = planned.entry
        if part := self._edition.part(entry.of):
            return part.short_title
        if entry.of or entry.kind is SectionKind.TEXT:
            listed = self._edition.entry_of(entry.of or entry.subject.text)
            return listed.head.author if listed else ""
        return ""

    def rows(self) -> tuple[tree.TextHead, ...]:
        """The heads of all texts, for the list of sources and rights."""
        return tuple(
            self._composed(planned, head)
            for planned in self._materials.plan.sections
            if (head := self._head_of(planned)) is not None
        )

    def _head_of(self, planned: PlannedSection) -> TextHead | None:
        """The data of the text that a section opens."""
        entry = planned.entry
        if entry.opens and (part := self._edition.part(entry.of)):
            return part.head
        name = entry.of if entry.opens else entry.subject.text
        if not entry.opens and (entry.kind is not SectionKind.TEXT or entry.of == name):
            return None
        listed = self._edition.entry_of(name)
        if listed is None or (entry.namespace and not listed.head.is_stated):
            return None
        return listed.head

    def _composed(self, planned: PlannedSection, head: TextHead) -> tree.TextHead:
        marked, here = self._materials.marked, page_words(self._edition.lang)["pages_here"]
        source = with_pages(head.source, head.pages, self._materials.pointing, here)
        return tree.TextHead(
            title=self.title(planned),
            sections=tuple(self._sections(planned)),
            author=head.author,
            date=head.date,
            source=tuple(marked(paragraph) for paragraph in source),
            rights=tuple(marked(paragraph) for paragraph in head.rights),
            keywords=head.keywords,
            marked=self.marked(planned),
        )

    def title(self, planned: PlannedSection) -> str:
        """The title of the text or the included edition that a section opens."""
        entry = planned.entry
        if part := self._edition.part(entry.of):
            return part.title
        return self._materials.loci.title(entry.of or entry.subject.text)

    def marked(self, planned: PlannedSection) -> tuple[tree.Inline, ...]:
        """The same with its marks, where it has any."""
        of = planned.entry.of or planned.entry.subject.text
        return self._materials.marked(self._materials.titles.of_group(of))

    def _sections(self, planned: PlannedSection) -> Iterator[str]:
        """The ids of the sections of the text that one of them opens."""
        group = planned.entry.of
        for other in self._materials.plan.sections:
            if other is planned or (group and other.entry.of == group):
                yield other.id
