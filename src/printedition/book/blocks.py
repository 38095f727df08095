"""Composes the blocks of a section, with the calls and marks of all that stands off from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from printedition.book import tree
from printedition.book.anchors import Anchors
from printedition.book.appearances import Appearance, words_id
from printedition.book.calls import Calls, note_on
from printedition.book.changed import TableMarks
from printedition.book.leaf import Insertion, Run, Surroundings, write_leaf
from printedition.book.lemmas import printed_lemma
from printedition.book.locators import Targets, Whereabouts
from printedition.book.materials import About, Apart, Materials
from printedition.book.page_words import page_words
from printedition.edition import text as source
from printedition.edition.audience import audience_of
from printedition.edition.commentary import NoteKind
from printedition.edition.holding import conventions_of, prints_entries_with_each
from printedition.edition.index import LeftOut
from printedition.edition.names import shown
from printedition.edition.signs import SIGNS, TEACHING_KINDS
from printedition.frozen import dataclass
from printedition.scholarship.apparatus import FoundEntry
from printedition.scholarship.checks import words_of
from printedition.scholarship.notes import FoundNote
from printedition.scholarship.stretches import prints_lemma


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Composes blocks of one section, or of a note in it.

    `place` is how the index names them where there are no pages and no loci, `scope` the text or
    prose in which a reference to a mere block is sought, `notes` those of the editor's prose,
    `note` the label of the note that is composed, n where it has none. `floating` says that calls
    lead to the foot of the page; in a table of versions they lead below it. There `marks` are those
    of what the versions changed, and `version` is the one being composed. What is for one
    `audience` is in no index, nor is what is not `is_indexed`, which stands elsewhere too; `about`
    is what an appendix says of it. The section is in the language `home`, what stands about the
    blocks in `lang`; words of the text `within`, or of none, are in that which it `speaks`, others
    in that of their text, or of who edits that.
    """

    materials: Materials
    section: str
    place: str
    calls: Calls
    floating: bool = True
    scope: str = ""
    note: str = ""
    version: str = ""
    marks: TableMarks | None = None
    audience: str = ""
    is_indexed: bool = True
    about: About | None = None
    notes: Mapping[str, source.TextNote] = field(default_factory=dict)
    home: str = ""
    lang: str = ""
    within: str = ""
    speaks: str = ""

    def blocks(self, appearances: Iterable[Appearance]) -> tuple[tree.Block, ...]:
        """Blocks in their order; one of kind `run-on` goes on in the paragraph before it."""
        made: list[tree.Block] = []
        for appearance in appearances:
            composed = self._block(appearance)
            if "run-on" in appearance.block.attributes.kinds and made and len(composed) == 1:
                last, new = made[-1], composed[0]
                if isinstance(last, tree.Paragraph) and isinstance(new, tree.Paragraph):
                    joined = (*last.children, tree.Words(" "), *new.children)
                    made[-1] = replace(last, children=joined)
                    continue
            made += composed
        return tuple(made)

    def heading(self, head: Appearance) -> tuple[tree.Inline, ...]:
        """The words and marks of a section's own heading."""
        assert isinstance(head.block, source.Heading)
        return self._leaf(head.block, head)

    def _block(self, appearance: Appearance) -> tuple[tree.Block, ...]:
        named = audience_of(appearance.block)
        if named is None:
            return self._referring(appearance)
        audience = named.text
        if self.materials.edition.stands_apart(named) and self.audience != audience:
            self._put_apart(audience, appearance)
            return ()
        with self.materials.citations.apart():
            blocks = replace(self, audience=audience)._referring(appearance)
        return (self.materials.kept_for(audience, blocks, appearance.block.span),)

    def _put_apart(self, audience: str, appearance: Appearance) -> None:
        """Let an appendix have a block, which is composed when that is."""
        kinds = appearance.block.attributes.kinds
        told = next((kind for kind in kinds if kind in TEACHING_KINDS), "")
        about = self.about or About(self.place)
        if told:
            said = page_words(self.materials.edition.lang)[told]
            about = replace(about, name=" · ".join(filter(None, (about.name, said))))

        def compose(section: str, calls: Calls) -> tuple[tree.Block, ...]:
            writer = replace(self, section=section, audience=audience, calls=calls)
            return writer._referring(appearance)

        span = appearance.block.span
        self.materials.gathered.apart.append(Apart(audience, about, compose, span))

    def _referring(self, appearance: Appearance) -> tuple[tree.Block, ...]:
        self.materials.gathered.composed.add(appearance.id)
        braces = appearance.block.attributes
        blocks = self._composed(appearance)
        if braces.get("ref") is None:
            return blocks
        reference = self.materials.reference(braces, (), appearance.text or self.scope)
        return ended(blocks, (tree.Words(" →\u00a0"), reference))

    def _composed(self, appearance: Appearance) -> tuple[tree.Block, ...]:
        stated, own = appearance.block.attributes.get("lang"), self._language(appearance)
        lang = own if own != self.lang else stated or ""
        inner = self
        if lang or self.speaks:
            inner = replace(self, within=appearance.text, speaks=own)
        return inner._in_language(appearance, lang)

    def _language(self, appearance: Appearance) -> str:
        """The language of a block: as it says, else as that round it in its text, else of all."""
        if stated := appearance.block.attributes.get("lang"):
            return stated
        if self.speaks and appearance.text == self.within:
            return self.speaks
        if appearance.text:
            return self.materials.language_of(appearance.text)
        return self.materials.editors_language(self.scope)

    def _in_language(self, appearance: Appearance, lang: str) -> tuple[tree.Block, ...]:
        """A block, marked as being in a language if that is not the one round it."""
        block = appearance.block
        kinds = block.attributes.kinds
        match block:
            case source.Paragraph():
                taken = ("taken",) if appearance.taken and self.floating else ()
                inlines = self._leaf(block, appearance)
                paragraph = tree.Paragraph(
                    (*kinds, *taken),
                    inlines,
                    appearance.id,
                    lang,
                    block.span,
                    self.materials.extant(block, appearance.text),
                    self.materials.paragraph(block, appearance.text),
                )
                return (paragraph,)
            case source.Heading():
                level = min(max(block.level, 2), 6)
                inlines = self._leaf(block, appearance)
                return (tree.Heading(level, inlines, appearance.id, block.span, lang),)
            case source.Quotation() | source.Group():
                writer = replace(self, lang=lang) if lang else self
                inner = writer.blocks(appearance.parts[0])
                if isinstance(block, source.Group):
                    inner = self._signed(inner, kinds)
                kind = "quotation" if isinstance(block, source.Quotation) else "group"
                return (tree.Container(kind, kinds, inner, appearance.id, lang, block.span),)
            case source.Take():
                return self._take(block, appearance)
            case source.Listing():
                items = tuple(self.blocks(item) for item in appearance.parts)
                return (tree.Listing(block.start, items),)
            case source.Table():
                head = tuple(self._cell(cell) for cell in block.head)
                rows = tuple(tuple(self._cell(cell) for cell in row) for row in block.rows)
                return (tree.Table(head, rows, block.aligned),)
            case source.Figure():
                picture = tree.Picture(block.image.path, block.image.description)
                caption = self._cell(block.caption) if block.caption else ()
                return (tree.Figure(picture, caption, block.span),)

    def _signed(
        self, blocks: tuple[tree.Block, ...], kinds: tuple[str, ...]
    ) -> tuple[tree.Block, ...]:
        """Blocks between the signs of their fence."""
        for kind in kinds:
            if kind in SIGNS:
                self.materials.gathered.signs.add(kind)
                blocks = enclosed(blocks, SIGNS[kind].opening, SIGNS[kind].closing)
        return blocks

    def _take(self, take: source.Take, appearance: Appearance) -> tuple[tree.Block, ...]:
        taken = tuple(block for part in appearance.parts for block in self.blocks(part))
        taken = enclosed(taken, take.opening, take.closing, each=True)
        if not appearance.id:
            return taken
        return (tree.Container("group", ("taken",), taken, appearance.id, span=take.span),)

    def _cell(self, cell: source.Paragraph) -> tuple[tree.Inline, ...]:
        return self._leaf(cell, Appearance(cell))

    # Leaves

    def _leaf(self, leaf: source.Leaf, appearance: Appearance) -> tuple[tree.Inline, ...]:
        """The words and marks of a leaf, with calls, margin notes and index places put in."""
        text = appearance.text
        clip = appearance.clip or (0, len(leaf.plain))
        insertions = list(self._mentions(leaf, text, clip)) if self._counts else []
        if text:
            insertions += self._standing(leaf, appearance, clip)
            _, number = self.materials.scholarship.finder.number_of(leaf)
            insertions += self.materials.referrer.ends_in(text, number, appearance.id)
            insertions += self._run_on(leaf, appearance)
        runs: tuple[Run, ...] = ()
        changed = self.marks.of(self.version, leaf) if self.marks else None
        if changed is not None:
            insertions += changed.insertions()
            runs = changed.runs(leaf.plain)
        notes = self.materials.notes_of(text) if text else self.notes

        def note_call(label: str) -> tree.Call | None:
            note = notes.get(label)
            if note is None:
                return None
            spoken = self.materials.language_of(text) if text else ""
            body = replace(self, lang=self.home)._body_of(note.blocks, text, spoken=spoken)
            name = self.materials.text_note_id(text, label)
            return self.calls.note(
                "text-note",
                body.compose,
                "of the text",
                name=name,
                audience=self.audience,
                withheld=self.materials.withheld(self.audience),
            )

        surroundings = Surroundings(
            lambda braces, children: self.materials.reference(braces, children, text or self.scope),
            signs=self.materials.gathered.signs,
            note_call=note_call,
            block=appearance.id,
            cite=self.materials.citations.write,
            is_whole=isinstance(leaf, source.Paragraph),
        )
        return write_leaf(leaf.inlines, surroundings, insertions, clip, runs)

    @property
    def _counts(self) -> bool:
        """Whether an index leads to what is composed."""
        return self.is_indexed and not self.audience

    def _run_on(self, leaf: source.Leaf, appearance: Appearance) -> Iterator[Insertion]:
        """The first word of a block that goes on in another and that references lead to."""
        name = leaf.attributes.id
        if name and "run-on" in leaf.attributes.kinds:
            own = words_id(appearance.id, name)
            if any(aim.id == own for aim in self.materials.plan.aims[f"{appearance.text}/{name}"]):
                yield Insertion(0, False, end=len(leaf.plain.split(" ", 1)[0]), id=own)

    def _mentions(self, leaf: source.Leaf, text: str, clip: tuple[int, int]) -> Iterator[Insertion]:
        """The places of a leaf that the index points to."""
        mentions, locators = self.materials.mentions, self.materials.gathered.locators
        at = self.materials.scholarship.finder.number_of(leaf) if text else None
        place = self.materials.loci.of(*at) if at else self.place
        where = Whereabouts(place, self.note, shown(self.version))
        targets = Targets(locators)
        for mention in mentions.in_leaf(leaf.inlines, leaf.plain, at):
            if clip[0] <= mention.start < clip[1]:
                targets.lead(mention, where)
        for number in mentions.ending_in(at) if at else ():
            end = mentions.passages[number].passage.end
            if clip[0] < end <= clip[1]:
                last = max(leaf.plain.rfind(" ", 0, end) + 1, clip[0])
                locators.close(number, targets.id_of(last, end))
        yield from targets.insertions()

    def quote(self, words: str, href: str, note: str) -> None:
        """Let the index lead to a note by the words that it quotes as what it is about."""
        if self.audience:
            return
        where = Whereabouts(self.place, note)
        for mention in self.materials.mentions.in_words(
            words, self.materials.gathered.namespace, LeftOut.LEMMAS, LeftOut.NOTES
        ):
            self.materials.gathered.locators.put(mention.heading, href, where)

    def _standing(
        self, leaf: source.Leaf, appearance: Appearance, clip: tuple[int, int]
    ) -> Iterator[Insertion]:
        """What stands off from a leaf of a text and belongs to this appearance of it."""
        text = appearance.text
        _, number = self.materials.scholarship.finder.number_of(leaf)
        standing, gathered = self.materials.standing, self.materials.gathered
        anchors = Anchors(leaf.plain, appearance.id, number, clip)
        for entry in standing.begun(text, number):
            self.calls.begin(entry, anchors.first_of(entry.passage))
        for cited in standing.cited(text, number):
            ends = cited.note.kind in (NoteKind.END, NoteKind.QUESTION)
            if ends or self.materials.edition.stands_apart(cited.note.audience):
                anchors.word_at(cited.passage.start)
            else:
                self.calls.begin(cited, anchors.first_of(cited.passage))
        for entry in standing.entries(text, number):
            insertion = self._entry(entry, appearance.id, anchors)
            if insertion.is_inside(clip) and (
                gathered.is_first(entry) or prints_entries_with_each(self.materials.edition, text)
            ):
                name = self.materials.own_id(entry.entry.id)
                anchor = anchors.last_of(entry.passage)
                anchors.link(entry.passage, name or note_on(anchor, "entry"))
                yield self._entry(entry, appearance.id, anchors, name) if name else insertion
        for count, note in enumerate(standing.notes(text, number)):
            name = f"{self.section}.margin.{shown(text)}.{number}.{count}"
            insertion = self._note(note, name, anchors)
            if insertion.is_inside(clip) and (gathered.is_first(note) or note.note.each):
                edition = self.materials.edition
                keyed = edition.keys_by_line(note.note)
                if name := self.materials.own_id(note.note.id):
                    insertion = self._note(note, name, anchors, named=True)
                if keyed and not edition.is_withheld(note.note.audience):
                    anchor = anchors.last_of(note.passage)
                    anchors.link(note.passage, name or note_on(anchor, "note"))
                yield insertion
        yield from anchors.insertions()

    def _entry(self, found: FoundEntry, block: str, anchors: Anchors, name: str = "") -> Insertion:
        wording = self.materials.wording
        anchor = anchors.last_of(found.passage)
        band = found.entry.band.text if found.entry.band else "variants"
        lang = self.materials.language_of(found.passage.text)
        lang = lang if lang != self.home else ""
        return Insertion(
            found.passage.end,
            True,
            lambda: self.calls.entry(found, wording.entry(found, block, lang), band, anchor, name),
        )

    def _note(
        self, found: FoundNote, name: str, anchors: Anchors, *, named: bool = False
    ) -> Insertion:
        """A note; `named` where references lead to the id `name`, which then stands once."""
        audience = found.note.audience.text if found.note.audience else ""
        withheld = self.materials.withheld(audience)
        writer = replace(self, audience=audience) if audience else self
        if found.note.kind is not NoteKind.MARGIN:  # it stands at the foot of its section
            writer = replace(writer, lang=self.home)
        body = writer._body_of(found.note.blocks, found.passage.text, found.note.headword)
        if found.note.kind is NoteKind.MARGIN and self.floating:
            unique = self.materials.planner.unique
            anchor = anchors.word_at(found.passage.start)
            return Insertion(
                found.passage.start,
                False,
                lambda: self.calls.margin(
                    tree.MarginNote(
                        name if named else unique(name),
                        anchor,
                        body.compose("n"),
                        found.note.style,
                        found.note.span,
                        audience,
                        withheld,
                    )
                ),
            )
        words = found.note.anchor.words
        description = f"on “{words.text}”" if words else ""
        anchor = anchors.last_of(found.passage)
        longest = conventions_of(self.materials.edition, found.passage.text).longest_lemma
        quoted = words_of(self.materials.edition, found.passage)
        places = self.materials.scholarship.finder.places
        parts = printed_lemma(quoted, found.passage, places, longest) if words else ()
        by_line = bool(words) and prints_lemma(self.materials.edition, found.note)

        def called() -> tree.Call:
            call = self.calls.note(
                "note",
                lambda label: body.compose("n" if by_line else label),
                description,
                found,
                anchor,
                parts,
                name if named else "",
                audience,
                withheld,
            )
            if by_line and words:
                writer.quote(words.text, call.note.id, "n")
            return call

        return Insertion(found.passage.end, True, called)

    def _body_of(
        self, blocks: tuple[source.Block, ...], text: str, headword: str = "", spoken: str = ""
    ) -> _Body:
        """The body of a note on a text, or of one that is the text's and `spoken` as this is."""
        writer = replace(self, scope=text, notes={}, within="", speaks=spoken)
        return _Body(writer, blocks, headword)


@dataclass(frozen=True, slots=True)
class _Body:
    """The body of a note on a text, composed when its call is, with the label of that."""

    writer: BlockWriter
    blocks: tuple[source.Block, ...]
    headword: str = ""

    def compose(self, label: str) -> tuple[tree.Block, ...]:
        writer = replace(self.writer, note=label)
        blocks = writer.blocks(writer.materials.planner.in_note(self.blocks, writer.section))
        return headed(blocks, self.headword) if self.headword else blocks


def headed(blocks: tuple[tree.Block, ...], word: str) -> tuple[tree.Block, ...]:
    """Blocks with the word that they explain before them."""
    head = tree.Phrase("headword", (tree.Words(word),))
    first = blocks[0] if blocks else None
    if isinstance(first, tree.Paragraph):
        return (replace(first, children=(head, tree.Words(" "), *first.children)), *blocks[1:])
    return (tree.Paragraph((), (head,)), *blocks)


def enclosed(
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


def ended(blocks: tuple[tree.Block, ...], nodes: tuple[tree.Inline, ...]) -> tuple[tree.Block, ...]:
    """Blocks with nodes behind the last words; below them, where these are no paragraph's."""
    *before, last = blocks or (tree.Paragraph((), ()),)
    match last:
        case tree.Paragraph() | tree.Heading():
            return (*before, replace(last, children=(*last.children, *nodes)))
        case tree.Container():
            return (*before, replace(last, blocks=ended(last.blocks, nodes)))
        case _:
            return (*before, last, tree.Paragraph(("continued",), nodes))
