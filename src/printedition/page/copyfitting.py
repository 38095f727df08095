"""Fits the copy of a section to the pages of an earlier printing, word for word where they begin.

Lines begin where pages do; paragraphs that changed are set a little tighter or looser, where they
have then as many lines as before, so that what follows stands in the lines that it stood in. Word
spaces go by Bringhurst, The Elements of Typographic Style 2.1.1: a quarter em, at least a fifth
of an em; and no more than a quarter wider.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes

from printedition.book.starts import letters_of
from printedition.frozen import dataclass
from printedition.page.galley import Strip, is_added
from printedition.page.kept_breaks import looseness
from printedition.page.kept_copy import LetteredCopy, Paragraph
from printedition.page.old_pages import KeptSection
from printedition.page.old_words import Whereabouts, WordsInLetters

TIGHTER = (-0.01, -0.02, -0.03, -0.04, -0.05)  # em more than a word space of a quarter em
LOOSER = (0.0125, 0.025, 0.0375, 0.05, 0.0625)
LOOSE = 1.0  # spaces that are added to each of a line, from which on it is told

Part: TypeAlias = tuple[int, int]  # of a paragraph, what stands on one page
LayOut: TypeAlias = Callable[[str], Any]  # HTML to WeasyPrint's pages, as broad as the section


class NotKept(Exception):
    """The words of a section are laid out otherwise than they stand in its copy."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a part comes out with some word space: its lines, and how loose the last is."""

    space: float
    lines: int
    loose: float


class Copyfitter:
    """Fits the copy of a section to the pages that it had; `sigla` are those of a table."""

    def __init__(
        self, kept: KeptSection, html: str, lay: LayOut, sigla: Sequence[str] = ()
    ) -> None:
        """Raises NotKept where the words of the section can't be told from its layout."""
        self.kept, self.lay = kept, lay
        self.copy = LetteredCopy(html, sigla)
        self.streams = self.copy.streams()
        self.starts: list[dict[str, int]] = [{} for _ in kept.pages]  # by stream
        self._old_lines: list[int] = []
        for stream in self.streams:
            self._find(stream)
        self.text = html
        self.breaks: set[int] = set()
        self.spaces: dict[Part, float] = {}
        self._lines = self._lines_of(self.lay(html), self.copy.paragraphs)
        self._fit()

    # Where pages begin

    def _find(self, stream: str) -> None:
        """Where the pages begin now in the words of a stream."""
        pages = [page.lines.get(stream, ()) for page in self.kept.pages]
        old = WordsInLetters(line for lines in pages for line in lines)
        new = WordsInLetters(paragraph.said for paragraph in self.streams[stream])
        where = Whereabouts(old, new)
        place = 0
        for number, lines in enumerate(pages):
            self.starts[number][stream] = where.now(place) if number else 0
            place += sum(len(letters_of(line)) for line in lines)
        self._old_lines += (self._in_copy(stream, where.now(line)) for line in old.lines)
        self._old_lines.sort()

    def _in_copy(self, stream: str, place: int) -> int:
        """The place in the copy of a place in a stream."""
        for paragraph in self.streams[stream]:
            if place < len(paragraph.letters):
                return paragraph.first + place
            place -= len(paragraph.letters)
        return self.copy.total

    @property
    def _cuts(self) -> list[int]:
        """Where pages begin in the copy."""
        return sorted(
            {self._in_copy(name, at) for page in self.starts[1:] for name, at in page.items()}
        )

    # Lines

    def _lines_of(self, pages: Any, paragraphs: Sequence[Paragraph]) -> dict[int, float]:
        """Where lines begin in the copy, of which these paragraphs are laid out, and how loose
        each is."""
        found: dict[int, float] = {}
        places = [place for p in paragraphs for place in range(p.first, p.end)]
        at = 0
        for line in _line_boxes(pages):
            letters = len(letters_of("".join(_said(line))))
            if letters and at < len(places):
                found[places[at]] = looseness(line)
            at += letters
        if at != len(places):
            raise NotKept
        return found

    def _parts(self, paragraph: Paragraph) -> list[Part]:
        cuts = [at for at in self._cuts if paragraph.first < at < paragraph.end]
        edges = [paragraph.first, *cuts, paragraph.end]
        return list(pairwise(edges))

    def _is_inside(self, place: int) -> bool:
        """Whether a place is in the midst of a paragraph."""
        paragraph = self.copy.paragraph_of(place)
        return paragraph is not None and place > paragraph.first

    def _fit(self) -> None:
        """Let lines begin where pages do, and paragraphs have as many as they had."""
        needy: list[int] = []
        parts: list[Part] = []
        now = sorted(self._lines)
        for number, paragraph in enumerate(self.copy.paragraphs):
            for part in self._parts(paragraph):
                broken = any(self._is_inside(at) and at not in self._lines for at in part)
                was = self._was(paragraph, part)
                if broken or was not in (0, _between(now, part)):
                    needy = [*needy, number] if number not in needy[-1:] else needy
                    parts.append(part)
        if not parts:
            return
        inside = (p for number in needy for p in self._parts(self.copy.paragraphs[number])[1:])
        self.breaks = {start for start, _ in inside}
        for part, fits in self._try(parts, (0.0, *TIGHTER, *LOOSER), needy).items():
            holder = self.copy.paragraph_of(part[0])
            was = (self._was(holder, part) if holder else 0) or fits[0].lines
            self.spaces[part] = min(fits, key=partial(_badness, lines=was)).space
        self._set()

    def _was(self, paragraph: Paragraph, part: Part) -> int:
        """How many lines a part had; 0 where that is not known.

        A row of a table in prose is one line.
        """
        rows = paragraph.block.tag in ("td", "th") and not paragraph.stream
        return 0 if rows else _between(self._old_lines, part)

    def _try(
        self, parts: Sequence[Part], spaces: Sequence[float], shown: Collection[int]
    ) -> dict[Part, list[_Fit]]:
        """How parts come out with each of these word spaces."""
        found: dict[Part, list[_Fit]] = {part: [] for part in parts}
        for space in spaces:
            tried = {**self.spaces, **dict.fromkeys(parts, space)}
            html, paragraphs = self.copy.fitted(self.breaks, tried, shown)
            lines = self._lines_of(self.lay(html), paragraphs)
            starts = sorted(lines)
            for part, fits in found.items():
                first, stop = bisect_left(starts, part[0]), bisect_left(starts, part[1])
                loose = lines[starts[stop - 1]] if stop > first else 0.0
                fits.append(_Fit(space, stop - first, loose))
        return found

    def _set(self) -> None:
        self.text, paragraphs = self.copy.fitted(self.breaks, self.spaces)
        self._lines = self._lines_of(self.lay(self.text), paragraphs)

    def tighten(self, wanted: Mapping[int, int]) -> bool:
        """Set paragraphs of pages tighter until they have so many lines less, as far as may be.

        Whether any is tighter than before. The least tight go first.
        """
        parts = {
            part: page
            for number, paragraph in enumerate(self.copy.paragraphs)
            for part in self._parts(paragraph)
            if (page := self.page_of(part[0], paragraph.stream)) in wanted
        }
        shown = [n for n, p in enumerate(self.copy.paragraphs) if set(self._parts(p)) & {*parts}]
        now = sorted(self._lines)
        gains: list[tuple[float, int, Part, _Fit]] = []
        for part, fits in self._try(list(parts), TIGHTER, shown).items():
            better = [f for f in fits if f.lines < _between(now, part) and f.loose <= LOOSE]
            if better:
                least = min(better, key=lambda fit: abs(fit.space))
                gains.append((abs(least.space), part[0], part, least))
        left, before = dict(wanted), dict(self.spaces)
        for _, _, part, fit in sorted(gains, key=lambda gain: gain[:2]):
            if left[parts[part]] > 0:
                left[parts[part]] -= _between(now, part) - fit.lines
                self.spaces[part] = fit.space
        if self.spaces == before:
            return False
        self._set()
        return True

    def page_of(self, place: int, stream: str) -> int:
        """The page, from 0, that a place in the copy belongs to."""
        begun = [n for n, page in enumerate(self.starts)
                 if n == 0 or self._in_copy(stream, page.get(stream, 0)) <= place]  # fmt: skip
        return begun[-1]

    # What is told of it

    def pins(self, strips: Sequence[Strip], stream: str = "") -> list[int | None]:
        """The strips with which the pages after the first begin; None where none begins there.

        After the last word it is the end of the strips.
        """
        begins: dict[int, int] = {}
        at = 0
        for number, strip in enumerate(strips):
            begins[at] = number  # the last: a picture before the word stays where it was
            at += len(letters_of("".join(_said(strip.box))))
        begins[at] = len(strips)
        return [begins.get(page.get(stream, 0)) for page in self.starts[1:]]

    def loose_lines(self) -> dict[int, float]:
        """How loose the last lines of pages are, by page, where that is to be told."""
        made: dict[int, float] = {}
        starts = sorted(self._lines)
        for page, places in enumerate(self.starts[1:]):
            for stream, place in places.items():
                at = bisect_left(starts, self._in_copy(stream, place)) - 1
                if at >= 0 and self._lines[starts[at]] > LOOSE:
                    made[page] = max(self._lines[starts[at]], made.get(page, 0.0))
        return made


def _badness(fit: _Fit, lines: int) -> tuple[float, float]:
    """How little a part is liked that had so many lines."""
    return 4 * abs(fit.lines - lines) + max(fit.loose - LOOSE, 0.0), abs(fit.space)


def _between(places: Sequence[int], part: Part) -> int:
    return bisect_left(places, part[1]) - bisect_left(places, part[0])


def _line_boxes(pages: Any) -> Iterator[Any]:
    """The lines of pages in their order."""

    def walk(box: Any) -> Iterator[Any]:
        if isinstance(box, boxes.LineBox):
            yield box
            return
        for child in getattr(box, "children", ()):
            yield from walk(child)

    for page in pages:
        yield from walk(page._page_box.children[0])


def _said(box: Any) -> Iterator[str]:
    """The words of a box that its text has, and not the style or the edition beside it."""
    if "::" in (box.element_tag or "") or is_added(box.element):
        return
    if isinstance(box, boxes.TextBox):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _said(child)
