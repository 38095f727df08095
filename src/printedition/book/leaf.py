"""Writes the marks and words of a leaf, and puts in what stands off from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from printedition.book import tree
from printedition.book.appearances import words_id
from printedition.book.citations import Marked, Position
from printedition.edition import text as source
from printedition.edition.signs import DOUBTFUL_PAGE_BREAK, PAGE_BREAK, SIGNS
from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Insertion:
    """Something at an offset of a leaf's plain text: a node put in, or words given an id.

    `after` puts the node behind the character before the offset, else before the next one.
    Words get their id, and a link to `href`, up to `end` or to the next insertion.
    """

    offset: int
    after: bool
    make: Callable[[], tree.Inline] | None = None
    end: int = 0
    id: str = ""
    kind: str = "locus"
    href: str = ""

    def is_inside(self, clip: tuple[int, int]) -> bool:
        """Whether it belongs to a part of the leaf."""
        start, end = clip
        return start < self.offset <= end if self.after else start <= self.offset < end


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a leaf, from `start` to `end` in its plain text, that are marked as changed alike.

    `id` names words that moved.
    """

    start: int
    end: int
    kinds: tuple[str, ...]
    id: str = ""


Cite: TypeAlias = Callable[[source.Citation, Marked, Position], Iterable[tree.Inline]]


def _not_cited(
    _citation: source.Citation, _marked: Marked, _at: Position
) -> tuple[tree.Inline, ...]:
    """What is printed of a citation where nothing is cited, as in the texts themselves."""
    return ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a leaf's marks need of the book: references, calls, the signs in use.

    `refer` makes the reference of a mark's braces on the words in it. `note_call` makes the call
    of a note that belongs to the text, or None where there is no such note. `signs` gathers what
    is used. `block` is the id under which the leaf appears, where words in it may have one.
    `cite` composes a citation; `is_whole` says that the leaf is a paragraph, which one may end.
    """

    refer: Callable[[source.Attributes, tuple[tree.Inline, ...]], tree.Reference]
    signs: set[str]
    note_call: Callable[[str], tree.Inline | None]
    block: str = ""
    cite: Cite = _not_cited
    is_whole: bool = False


def write_leaf(
    inlines: tuple[source.Inline, ...],
    surroundings: Surroundings,
    insertions: Sequence[Insertion] = (),
    clip: tuple[int, int] | None = None,
    runs: Sequence[Run] = (),
) -> tuple[tree.Inline, ...]:
    """A leaf's marks and words as composed nodes, or the part of them from clip to clip.

    `runs` are in order and do not overlap.
    """
    length = len(source.plain_text(inlines))
    inside = [one for one in insertions if clip is None or one.is_inside(clip)]
    inside.sort(key=lambda one: (one.offset, not one.after))
    writer = _LeafWriter(surroundings, inside, clip or (0, length), runs)
    return (*writer.write(inlines, is_top=True), *writer.rest())


class _LeafWriter:
    """Goes through a leaf once, cutting its words where insertions stand."""

    def __init__(
        self,
        surroundings: Surroundings,
        insertions: list[Insertion],
        clip: tuple[int, int],
        runs: Sequence[Run],
    ) -> None:
        self.surroundings = surroundings
        self.insertions = insertions
        self.runs = runs
        self.next = 0
        self.at = 0
        self.clip = clip
        self.held = -1  # where the mark being written ends: its calls stand behind its sign
        self.after_blank = False
        self.in_link = False

    def write(
        self, inlines: tuple[source.Inline, ...], *, is_top: bool = False
    ) -> tuple[tree.Inline, ...]:
        nodes: list[tree.Inline] = []
        for number, inline in enumerate(inlines):
            if isinstance(inline, source.Citation):
                nodes += self.citation(inline, inlines[number + 1 :], number, is_top=is_top)
            else:
                nodes += self.inline(inline)
        return tuple(nodes)

    def citation(
        self,
        citation: source.Citation,
        following: tuple[source.Inline, ...],
        number: int,
        *,
        is_top: bool,
    ) -> Iterator[tree.Inline]:
        after = following[0] if following else None
        whole = self.surroundings.is_whole and is_top
        at = Position(
            first=whole and not number,
            last=whole and not following,
            before_stop=isinstance(after, source.Words) and after.text.startswith("."),
            in_link=self.in_link,
        )
        self.after_blank = False
        yield from self.surroundings.cite(citation, self.beside, at)

    def beside(self, inlines: tuple[source.Inline, ...]) -> tuple[tree.Inline, ...]:
        """Words of a citation, which have no place in the leaf's plain text."""
        return write_leaf(inlines, self.surroundings)

    def rest(self) -> Iterator[tree.Inline]:
        """What no word was found for, so that no call and no target of a link is ever lost."""
        for insertion in self.insertions[self.next :]:
            yield insertion.make() if insertion.make else tree.Phrase("locus", (), id=insertion.id)

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
                yield from self.page_break(inline)
            case source.NoteCall():
                call = self.surroundings.note_call(inline.label)
                if call is not None:
                    yield call
            case source.Link():
                children = self.linked(inline.children)
                yield tree.Phrase("link", children, href=inline.address, external=True)
            case source.Image():
                yield tree.Picture(inline.path, inline.description)

    def page_break(self, page_break: source.PageBreak) -> Iterator[tree.Inline]:
        if not self.clip[0] <= self.at <= self.clip[1]:
            return
        sign = DOUBTFUL_PAGE_BREAK if page_break.doubtful else PAGE_BREAK
        self.surroundings.signs.add(sign)
        yield tree.PageTurn(sign, page_break.number or "", page_break.doubtful)
        if self.after_blank:
            yield tree.Words(" ")

    def mark(self, mark: source.Mark) -> Iterator[tree.Inline]:
        refers = mark.attributes.get("ref") is not None
        children = self.inside(mark.children, in_link=refers)
        sign = SIGNS.get(mark.kind or "")
        if sign:
            self.surroundings.signs.add(sign.kind)
        worded = refers and not mark.children and self.clip[0] <= self.at <= self.clip[1]
        if not children and not sign and not worded:
            return
        name = mark.attributes.id
        identifier = words_id(self.surroundings.block, name) if name and children else ""
        if refers and not mark.kind:
            reference = self.surroundings.refer(mark.attributes, children)
            yield tree.Phrase("phrase", (reference,), id=identifier) if identifier else reference
        else:
            refer = self.surroundings.refer
            yield tree.Phrase(
                mark.kind or "phrase",
                children,
                id=identifier,
                lang=mark.attributes.get("lang") or "",
                href=refer(mark.attributes, children).href if refers else "",
                opening=sign.opening if sign else "",
                closing=sign.closing if sign else "",
            )
        if mark.spaced:
            yield tree.Words(" ")
        yield from self.behind()

    def linked(self, inlines: tuple[source.Inline, ...]) -> tuple[tree.Inline, ...]:
        """What a link holds, in which nothing may be linked again."""
        outer, self.in_link = self.in_link, True
        children = self.write(inlines)
        self.in_link = outer
        return children

    def inside(
        self, inlines: tuple[source.Inline, ...], *, in_link: bool = False
    ) -> tuple[tree.Inline, ...]:
        """What a mark holds, but for the calls of entries that end where it ends."""
        outer = self.held
        self.held = self.at + len(source.plain_text(inlines))
        children = self.linked(inlines) if in_link else self.write(inlines)
        self.held = outer
        return children

    def behind(self) -> Iterator[tree.Inline]:
        """The calls that wait behind a mark, unless an outer mark ends here too."""
        while self.next < len(self.insertions) and self.held != self.at:
            insertion = self.insertions[self.next]
            if insertion.offset != self.at or not insertion.after or insertion.make is None:
                break
            self.next += 1
            yield insertion.make()

    def words(self, text: str) -> Iterator[tree.Inline]:
        start, end = max(self.at, self.clip[0]), min(self.at + len(text), self.clip[1])
        base = self.at
        position = start
        self.after_blank = text.endswith(" ")
        self.at += len(text)
        while self.next < len(self.insertions) and start < end:
            insertion = self.insertions[self.next]
            offset = insertion.offset
            if offset > end or (offset == end and not insertion.after):
                break
            if insertion.after and offset == self.held:
                break
            if offset > position:
                yield from self.literal(text[position - base : offset - base], position)
                position = offset
            self.next += 1
            if insertion.make is not None:
                yield insertion.make()
            else:
                here = [insertion, *self.beginning_at(offset)]
                stop = max(min(self.end_of(here), end), position)
                yield from self.named(text[position - base : stop - base], position, here)
                position = stop
        if position < end:
            yield from self.literal(text[position - base : end - base], position)

    def literal(self, words: str, start: int) -> Iterator[tree.Inline]:
        """Words that begin at an offset of the leaf, those of its runs marked."""
        at, end = start, start + len(words)
        for run in self.runs:
            if run.end <= at or run.start >= end:
                continue
            if run.start > at:
                yield tree.Words(words[at - start : run.start - start])
            begin, at = max(at, run.start), min(run.end, end)
            yield _piece(words[begin - start : at - start], begin, run)
        if at < end:
            yield tree.Words(words[at - start :])

    def beginning_at(self, offset: int) -> Iterator[Insertion]:
        """The other words to be named that begin at an offset."""
        while self.next < len(self.insertions):
            insertion = self.insertions[self.next]
            if insertion.offset != offset or insertion.make is not None:
                break
            self.next += 1
            yield insertion

    def end_of(self, here: list[Insertion]) -> int:
        """Named words go to the end of the longest of them, or to the next insertion."""
        end = max(insertion.end for insertion in here)
        if self.next < len(self.insertions):
            end = min(end, self.insertions[self.next].offset)
        return max(end, here[0].offset)

    def named(
        self, words: str, start: int, insertions: Sequence[Insertion]
    ) -> Iterator[tree.Inline]:
        """Words with ids, each in its own phrase around the next, and with one link at most.

        They must not end in a blank: a line would break too early there.
        """
        bare = words.rstrip(" ")
        inner = tuple(self.literal(bare, start))
        linked = ""
        for insertion in sorted(insertions, key=lambda one: not one.href):
            href = "" if linked else insertion.href
            linked = linked or href
            inner = (tree.Phrase(insertion.kind, inner, id=insertion.id, href=href),)
        yield from inner
        if len(bare) < len(words):
            yield from self.literal(words[len(bare) :], start + len(bare))


def _piece(words: str, start: int, run: Run) -> tree.Changed:
    begins, ends = start == run.start, start + len(words) == run.end
    alone = begins and ends and " " not in words
    return tree.Changed(run.kinds, words, begins, ends, alone, run.id if begins else "")
