"""Composes the questions on texts: numbered in each, with room for answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from printedition.book import tree
from printedition.book.blocks import BlockWriter, enclosed
from printedition.book.calls import Calls, roman
from printedition.book.materials import About, Apart, Materials
from printedition.book.page_words import page_words
from printedition.book.passages import place_of
from printedition.edition import text as source
from printedition.edition.commentary import NoteKind
from printedition.edition.edition import SectionEntry, SectionKind
from printedition.scholarship.notes import FoundNote


class Questions:
    """The questions of an edition, on each text in the order of its words."""

    def __init__(self, materials: Materials) -> None:
        self.materials = materials
        self._by_text: dict[str, list[FoundNote]] = {}
        for found in materials.scholarship.notes:
            if found.note.kind is NoteKind.QUESTION:
                self._by_text.setdefault(found.passage.text, []).append(found)
        book = materials.edition.book
        self._gatherers = [one for one in book if one.kind is SectionKind.QUESTIONS]
        self._printed: set[str] = set()
        self._words = page_words(materials.edition.lang)

    def below(self, text: str, writer: BlockWriter) -> tuple[tree.Question, ...]:
        """Those that stand below a text, where it is printed first and nothing gathers them."""
        gathered = any(one.covers(text) for one in self._gatherers)
        if gathered or text in self._printed:
            return ()
        self._printed.add(text)
        return tuple(self._of(text, writer))

    def texts_of(self, entry: SectionEntry) -> tuple[str, ...]:
        """The texts whose questions a section gathers, as they are listed."""
        texts = self.materials.edition.texts
        return tuple(text for text in texts if text in self._by_text and entry.covers(text))

    def gathered(
        self, texts: Sequence[str], writer: BlockWriter, title: Callable[[str], str]
    ) -> Iterator[tuple[str, tuple[tree.Question, ...]]]:
        """Those on texts, by the titles of these."""
        for text in texts:
            yield title(text), tuple(self._of(text, writer))

    def _of(self, text: str, writer: BlockWriter) -> Iterator[tree.Question]:
        counts = {"": 0}
        for found in self._by_text.get(text, ()):
            audience = found.note.audience.text if found.note.audience else ""
            counts[audience] = counts.get(audience, 0) + 1
            number = counts[audience]
            label = roman(number) if audience else str(number)
            name = f"{self._words['question']} {label}"
            marked = self.materials.titles.of_text(text)
            about = About(self.materials.loci.title(text), name, found, marked)
            if self.materials.edition.stands_apart(found.note.audience):
                self._put_apart(found, about, writer)
            else:
                yield self._question(found, label, replace(writer, about=about), audience)

    def _put_apart(self, found: FoundNote, about: About, writer: BlockWriter) -> None:
        """Let an appendix have a whole question."""
        audience, blocks = found.note.audience, found.note.blocks
        assert audience is not None
        writer = replace(writer, scope=found.passage.text, audience=audience.text)

        def compose(section: str, calls: Calls) -> tuple[tree.Block, ...]:
            return replace(writer, section=section, calls=calls).blocks(
                self.materials.planner.in_note(blocks, section)
            )

        apart = Apart(audience.text, about, compose, found.note.span)
        self.materials.gathered.apart.append(apart)

    def _question(
        self, found: FoundNote, label: str, writer: BlockWriter, audience: str
    ) -> tree.Question:
        note, materials = found.note, self.materials
        writer = replace(writer, scope=found.passage.text)
        if audience:
            writer = replace(writer, audience=audience)
        asked = [one for one in note.blocks if "answer" not in one.attributes.kinds]
        answers = [one for one in note.blocks if "answer" in one.attributes.kinds]
        own = f"{writer.section}.question.{found.passage.text}.{label}"
        lines = materials.edition.answer_lines if note.lines is None else note.lines
        return tree.Question(
            id=materials.own_id(note.id) or materials.planner.unique(own),
            label=label,
            place=place_of(found, materials),
            blocks=self._led(asked, writer, ("hint",)),
            answer=self._led(answers, writer, () if lines else ("answer",)),
            lines=lines,
            span=note.span,
            audience=audience,
            withheld=materials.withheld(audience),
        )

    def _led(
        self, blocks: Sequence[source.Block], writer: BlockWriter, kinds: tuple[str, ...]
    ) -> tuple[tree.Block, ...]:
        """Blocks, those of some kinds led by a word that says what they are."""
        made: list[tree.Block] = []
        for block in blocks:
            composed = writer.blocks(self.materials.planner.in_note((block,), writer.section))
            kind = next((kind for kind in kinds if kind in block.attributes.kinds), "")
            made += enclosed(composed, f"{self._words[kind]}: ", "") if kind else composed
        return tuple(made)
