"""The copy of a section letter by letter, so that a line can be made to begin at any of them.

A place is the number of letters before it, in the order of the copy. Paragraphs are what stands
between the edges of blocks.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from printedition.book.starts import letters_of
from printedition.page.galley import ADDED
from printedition.page.kept_breaks import CLASS

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "i", "img", "ins", "q", "ruby",
     "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
)  # fmt: skip
_FRAMING = frozenset({"body", "section", "table", "thead", "tr", "th", "td"})  # else columns move
_HYPHEN = "\u2010"
_HIDDEN = "display: none"


@dataclass(slots=True)
class _Node:
    """A text of the tree: that of an element, or what follows it; `start` counts characters."""

    element: ElementTree.Element
    is_tail: bool
    start: int
    text: str


@dataclass(slots=True)
class Paragraph:
    """What stands between the edges of blocks; `first` and `end` are places.

    `letters` tells where each letter stands in the `text`, of which `said` are the words.
    """

    block: ElementTree.Element
    stream: str
    first: int
    nodes: list[_Node] = field(default_factory=list)
    text: str = ""
    said: str = ""
    letters: list[int] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The place after its last letter."""
        return self.first + len(self.letters)

    def before(self, place: int) -> tuple[int, bool]:
        """Where a line breaks that is to begin with a letter, and whether it breaks a word there.

        Signs that open a word go with it.
        """
        at = self.letters[place - self.first]
        least = self.letters[place - self.first - 1] + 1 if place > self.first else 0
        between = self.text[least:at]
        blank = max((n for n, sign in enumerate(between) if sign.isspace()), default=-1)
        if blank >= 0:
            return least + blank + 1, False
        dash = max((n for n, sign in enumerate(between) if sign in "-\u2010–—/"), default=-1)
        if dash >= 0:
            return least + dash + 1, False
        return (at, True) if not between else (least, False)


class LetteredCopy:
    """A copy whose letters are counted; `sigla` name the columns of its table of versions."""

    def __init__(self, html: str, sigla: Sequence[str] = ()) -> None:
        self._html, self._sigla = html, sigla
        self._begin()

    def _begin(self) -> None:
        self.root = ElementTree.fromstring(self._html)
        self._parents = {child: parent for parent in self.root.iter() for child in parent}
        self.paragraphs: list[Paragraph] = []
        self._total = 0
        self._open: Paragraph | None = None
        body = self.root.find("body")
        assert body is not None
        self._walk(body, body, "", unsaid=False)
        self._close()
        self._firsts = [paragraph.first for paragraph in self.paragraphs]

    # Reading

    def _walk(
        self, element: ElementTree.Element, block: ElementTree.Element, stream: str, *, unsaid: bool
    ) -> None:
        hidden = _HIDDEN in element.get("style", "").replace("display:none", _HIDDEN)
        if hidden or element.tag.startswith("{"):  # a drawing has words, but no lines
            return
        edge = element.tag not in _INLINE
        if edge:
            self._close()
            block = element
            if element.tag == "td" and self._sigla:
                stream = self._sigla[int(element.get("data-column", "1")) - 1]
        unsaid = unsaid or bool(ADDED.intersection(element.get("class", "").split()))
        if element.tag == "br":
            self._add(None, False, "\n", block, stream, unsaid)
        self._add(element, False, element.text, block, stream, unsaid)
        for child in element:
            self._walk(child, block, stream, unsaid=unsaid)
            self._add(child, True, child.tail, block, stream, unsaid)
        if edge:
            self._close()

    def _add(
        self,
        element: ElementTree.Element | None,
        is_tail: bool,
        text: str | None,
        block: ElementTree.Element,
        stream: str,
        unsaid: bool,
    ) -> None:
        if not text:
            return
        if self._open is None:
            self._open = Paragraph(block, stream, self._total)
        paragraph = self._open
        start = len(paragraph.text)
        if element is not None:
            paragraph.nodes.append(_Node(element, is_tail, start, text))
        paragraph.text += text
        paragraph.said += " " if unsaid else text
        for at, sign in enumerate(text) if not unsaid else ():
            paragraph.letters += [start + at] * len(letters_of(sign))

    def _close(self) -> None:
        if self._open is not None and self._open.letters:
            self.paragraphs.append(self._open)
            self._total = self._open.end
        self._open = None

    @property
    def total(self) -> int:
        """How many letters it has."""
        return self._total

    def paragraph_of(self, place: int) -> Paragraph | None:
        """The paragraph that has a letter."""
        if not 0 <= place < self._total:
            return None
        return self.paragraphs[bisect_right(self._firsts, place) - 1]

    def streams(self) -> dict[str, list[Paragraph]]:
        """The paragraphs of each version; of a text, all under ""."""
        made: dict[str, list[Paragraph]] = {}
        for paragraph in self.paragraphs:
            made.setdefault(paragraph.stream, []).append(paragraph)
        return made

    # Writing

    def fitted(
        self,
        breaks: Collection[int],
        spaces: Mapping[tuple[int, int], float],
        shown: Collection[int] | None = None,
    ) -> tuple[str, list[Paragraph]]:
        """The copy with lines that begin at these places, and other word spaces between two.

        Spaces are in em more than a font has. All paragraphs are laid out, or as few as may be of
        those that are not `shown`, by their number; those that are laid out are told as well.
        """
        self._begin()
        paragraphs = self.paragraphs
        for paragraph in paragraphs:
            ends = [p for p in breaks if paragraph.first < p < paragraph.end]
            marks: list[tuple[int, int, float]] = []
            for (start, stop), space in spaces.items():
                if space and paragraph.first <= start and stop <= paragraph.end:
                    marks.append((*self._cuts(paragraph, start, stop), space))
            self._write(paragraph, [paragraph.before(p) for p in sorted(ends)], marks)
        if shown is not None:
            paragraphs = self._show({id(paragraphs[number].block) for number in shown})
        made = ElementTree.tostring(self.root, encoding="unicode")
        self._begin()
        return made, paragraphs

    def _show(self, wanted: Collection[int]) -> list[Paragraph]:
        """Hide blocks that have nothing wanted in them; the paragraphs that are left."""
        holding: set[int] = set()
        for paragraph in self.paragraphs:
            at: ElementTree.Element | None = paragraph.block
            while id(paragraph.block) in wanted and at is not None:
                holding.add(id(at))
                at = self._parents.get(at)
        hidden: set[int] = set()

        def hide(element: ElementTree.Element) -> None:
            if id(element) in holding or element.tag in _FRAMING:
                for child in element:
                    hide(child)
            elif element.tag not in _INLINE and not element.tag.startswith("{"):
                hidden.add(id(element))
                _add_style(element, _HIDDEN)

        body = self.root.find("body")
        assert body is not None
        hide(body)
        return [p for p in self.paragraphs if not self._is_inside(p.block, hidden)]

    def _is_inside(self, element: ElementTree.Element, blocks: Collection[int]) -> bool:
        at: ElementTree.Element | None = element
        while at is not None:
            if id(at) in blocks:
                return True
            at = self._parents.get(at)
        return False

    def _cuts(self, paragraph: Paragraph, start: int, stop: int) -> tuple[int, int]:
        first = paragraph.before(start)[0] if start > paragraph.first else 0
        last = paragraph.before(stop)[0] if stop < paragraph.end else len(paragraph.text)
        return first, last

    def _write(
        self,
        paragraph: Paragraph,
        ends: Sequence[tuple[int, bool]],
        marks: Sequence[tuple[int, int, float]],
    ) -> None:
        if len(marks) == 1 and marks[0][:2] == (0, len(paragraph.text)):
            _add_style(paragraph.block, _spacing(marks[0][2]))
            marks = ()
        if not ends and not marks:
            return
        for node in reversed(paragraph.nodes):
            self._rewrite(node, list(_pieces(node, ends, marks)))

    def _rewrite(self, node: _Node, pieces: Sequence[tuple[str, float, bool]]) -> None:
        """Put pieces in the place of a text: words, their space, whether a line ends after them."""
        if len(pieces) == 1 and not pieces[0][1] and not pieces[0][2]:
            return
        if node.is_tail:
            parent = self._parents[node.element]
            at = list(parent).index(node.element) + 1
            node.element.tail = ""
        else:
            parent, at = node.element, 0
            node.element.text = ""
        last = node.element if node.is_tail else None
        for words, space, ends in pieces:
            if space and words:
                span = ElementTree.Element("span", {"style": _spacing(space)})
                span.text = words
                parent.insert(at, span)
                last, at = span, at + 1
                last.tail = ""
            elif last is None:
                parent.text = (parent.text or "") + words
            else:
                last.tail = (last.tail or "") + words
            if ends:
                last = ElementTree.Element("br", {"class": CLASS})
                last.tail = ""
                parent.insert(at, last)
                at += 1


def _pieces(
    node: _Node, ends: Sequence[tuple[int, bool]], marks: Sequence[tuple[int, int, float]]
) -> Iterator[tuple[str, float, bool]]:
    """The pieces of a text between breaks and changes of space.

    A break at its end belongs to it, one at its beginning to the text before.
    """
    stop = node.start + len(node.text)
    hyphens = {at: broken for at, broken in ends if node.start < at <= stop}
    edges = {at for first, last, _ in marks for at in (first, last) if node.start < at < stop}
    at = node.start
    for cut in sorted({*hyphens, *edges, stop}):
        space = next((s for first, last, s in marks if first <= at and cut <= last), 0.0)
        words = node.text[at - node.start : cut - node.start]
        yield words + (_HYPHEN if hyphens.get(cut) else ""), space, cut in hyphens
        at = cut


def _spacing(space: float) -> str:
    return f"word-spacing: {space:.4f}em"


def _add_style(element: ElementTree.Element, style: str) -> None:
    before = element.get("style")
    element.set("style", f"{before}; {style}" if before else style)
