"""The printed book's pages and lines in the words of the e-book.

Markers as the DAISY Knowledge Base has them ("Page Navigation"): empty, never inside a word or a
heading; after a word that is broken over two pages. Their number is their label alone: a title
beside it is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from xml.sax.saxutils import quoteattr

from printedition.book.starts import APART, PrintedPage, Start, letters_of
from printedition.frozen import dataclass

_TOKEN = re.compile(
    r"""<!--.*?-->|<!.*?>|<\?.*?\?>"""
    r"""|<(?P<tag>/?)(?P<name>[\w:-]+)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*)>"""
    r"""|(?P<entity>&[^;<]*;)|(?P<words>[^<&]+)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s(id|class)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_IN_WORD = re.compile(r"[-\u2010\u00ad\u200b\u2060.'’]*")  # between two letters of one word
_NEAR = 400  # letters within which words are sought that do not stand where they should
_LEAST = 12  # letters by which they are known

# Blocks before which a marker may stand, and those in which it comes first; all else is inline.
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LISTS = frozenset(["ul", "ol", "dl", "table"])
_BLOCKS = frozenset(["p", "blockquote", "div", "figure", "header", "hgroup"]) | _HEADINGS | _LISTS
_PARTS = frozenset(["li", "td", "th", "dd", "dt", "figcaption", "caption"])
_HOLDERS = frozenset(["section", "article", "body", "main", "nav", "aside"]) | _PARTS
_ENDING = _BLOCKS | _HOLDERS | {"br", "tr"}  # no word goes on over one of these
_LEADING = frozenset(["paragraph-number", "margin"])  # classes of what stands before a first word
_SIGNING = frozenset(["change-sign", "spoken"])  # of what stands close before any word


@dataclass(frozen=True, slots=True)
class Marked:
    """A chapter with its markers: its text, and the folios and ids of its pages in order."""

    text: str
    pages: tuple[tuple[str, str], ...] = ()


def mark(text: str, pages: Sequence[PrintedPage], *, lines: bool) -> Marked:
    """A chapter with markers for the pages of its section, and for numbered lines if asked."""
    chapter = _Chapter(text)
    markers: list[tuple[int, str]] = []
    known: list[tuple[str, str]] = []
    least = 0
    for page in pages:
        starts = (
            page.starts if page.starts and not page.starts[0].line else (_NOWHERE, *page.starts)
        )
        for start in starts:
            if not start.line:
                least = max(chapter.letter_of(start, least), least)
                name = marker_id(page.folio)
                known.append((page.folio, name))
                at, between = chapter.before(least)
                markers.append((at, _page(page.folio, name, "div" if between else "span")))
            elif lines:
                at = chapter.within(chapter.letter_of(start, least))
                markers.append((at, _line(start.line)))
    return Marked(_with(text, markers), tuple(known))


def marker_id(folio: str) -> str:
    """The id of the marker of a page; no id of the composed book is like it."""
    return f"pagebreak-{folio}"


_letters_of = lru_cache(1000)(letters_of)  # of single signs
_NOWHERE = Start(0, (), "")


def _page(folio: str, name: str, tag: str) -> str:
    said = quoteattr(folio)
    return (
        f'<{tag} id={quoteattr(name)} class="page-break" epub:type="pagebreak" '
        f'role="doc-pagebreak" aria-label={said}></{tag}>'
    )


def _line(number: int) -> str:
    return f'<span class="line-number" aria-hidden="true">{number}</span>'


def _with(text: str, markers: Iterable[tuple[int, str]]) -> str:
    pieces, done = [], 0
    for at, marker in sorted(markers, key=lambda one: one[0]):
        pieces += [text[done:at], marker]
        done = at
    return "".join([*pieces, text[done:]])


class _Chapter:
    """A chapter's letters, and where in its file each of them and each element stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters = ""
        self._at: list[int] = []  # of each letter
        self._first: dict[str, int] = {}  # the number of the first letter in an element
        self._tags: dict[int, tuple[str, int]] = {}  # start tags, by where they end: name, start
        self._leading: dict[int, int] = {}  # what stands before a first word: end, start
        self._signing: dict[int, int] = {}  # signs in an element of their own, likewise
        self._headings: list[tuple[int, int]] = []
        self._read()

    def _read(self) -> None:
        letters: list[str] = []
        opened: list[tuple[str, int, frozenset[str]]] = []
        before: list[tuple[int, int]] = []  # of those opened: letters before, where the inside is
        apart = 0  # how many of those opened are no part of the text
        for token in _TOKEN.finditer(self.text):
            if token["words"] or token["entity"]:
                if not apart:
                    for offset, sign in self._signs(token):
                        found = _letters_of(sign)
                        letters.append(found)
                        self._at += [offset] * len(found)
            elif token["name"] and token["tag"]:
                name, start, classes = opened.pop()
                apart -= _is_apart(name, classes)
                had, inside = before.pop()
                if classes & _SIGNING or (
                    not apart and had == len(self._at) and self._signs_in(inside, token.start())
                ):
                    self._signing[token.end()] = start
                if classes & _LEADING:
                    self._leading[token.end()] = start
                if name in _HEADINGS:
                    self._headings.append((start, token.end()))
            elif token["name"]:
                known = {
                    key: unescape(one or other)
                    for key, one, other in _ATTRIBUTE.findall(token["rest"])
                }
                classes = frozenset(known.get("class", "").split())
                if "id" in known:
                    self._first.setdefault(known["id"], len(self._at))
                self._tags[token.end()] = token["name"], token.start()
                if not token["rest"].endswith("/"):
                    opened.append((token["name"], token.start(), classes))
                    before.append((len(self._at), token.end()))
                    apart += _is_apart(token["name"], classes)
        self.letters = "".join(letters)

    def _signs_in(self, start: int, end: int) -> bool:
        """Whether some words are signs alone, in no element."""
        words = unescape(self.text[start:end])
        return bool(words) and not re.search(r"[\s<\w]", words)

    @staticmethod
    def _signs(token: re.Match[str]) -> Iterator[tuple[int, str]]:
        if token["entity"]:
            yield token.start(), unescape(token["entity"])
        else:
            yield from enumerate(token["words"], token.start())

    # From the printed book

    def letter_of(self, start: Start, least: int) -> int:
        """The number of the letter at a start, `least` where nothing tells of it."""
        for name, before in reversed(start.within):
            if name in self._first:
                reckoned = self._first[name] + before
                found = self._near(reckoned, start.letters)
                break
        else:
            reckoned, found = least, self.letters.find(start.letters, least)
        if found < 0 or not start.letters:
            found = next((self._first[n] for n in start.then if n in self._first), reckoned)
        return min(found, len(self.letters))

    def _near(self, letter: int, known: str) -> int:
        """The letter, or one near it from which on the known letters stand; else -1."""
        if self.letters.startswith(known, letter):
            return letter
        low, high = max(letter - _NEAR, 0), letter + _NEAR
        for length in (len(known), 2 * _LEAST, _LEAST):
            places = _all(self.letters, known[:length], low, high)
            if places:
                return min(places, key=lambda place: abs(place - letter))
        return -1

    # In the file

    def before(self, letter: int) -> tuple[int, bool]:
        """Where a marker of the word from this letter on stands, and whether between blocks."""
        at = self._word(letter)
        at, between = self._back(at, over_blocks=True)
        for start, stop in self._headings:
            if start < at < stop:
                return start, True
        return at, between

    def within(self, letter: int) -> int:
        """Where a marker of the word from this letter on stands inside its block."""
        return self._back(self._word(letter), over_blocks=False)[0]

    def _word(self, letter: int) -> int:
        """Where the word with this letter begins, the next one if it began before."""
        while 0 < letter < len(self._at) and self._is_inside_word(letter):
            letter += 1
        if letter >= len(self._at):
            end = self.text.rfind("</body>")
            return end if end >= 0 else len(self.text)
        return self._over_signs(self._at[letter])

    def _over_signs(self, at: int) -> int:
        """Back over the signs directly before a word: quotation marks, brackets."""
        while at and not self.text[at - 1].isspace() and self.text[at - 1] not in ">;":
            at -= 1
        return at

    def _is_inside_word(self, letter: int) -> bool:
        between = self.text[self._at[letter - 1] + 1 : self._at[letter]]
        if self._at[letter - 1] == self._at[letter]:
            return True
        signs = ""
        for token in _TOKEN.finditer(between):
            if token["name"] in _ENDING:
                return False
            signs += token["words"] or unescape(token["entity"] or "")
        return _IN_WORD.fullmatch(signs) is not None

    def _back(self, at: int, *, over_blocks: bool) -> tuple[int, bool]:
        """Over the start tags before a word, and whether that leads to between two blocks."""
        between = False
        while True:
            if at in self._signing:
                at = self._signing[at]
                continue
            edge = len(self.text[:at].rstrip())
            if edge in self._leading:
                at = self._leading[edge]
                continue
            if edge not in self._tags:
                return at, between
            name, start = self._tags[edge]
            if name == "br":  # what stands before it belongs to the line above
                return at, between
            if edge < at and name not in _BLOCKS | _HOLDERS:
                return at, between  # its blank parts the word from one before
            if name in _HOLDERS:
                return (at, between) if not over_blocks else (edge, True)
            if name in _BLOCKS:
                if not over_blocks:
                    return at, between
                between = True
            at = start if between else self._over_signs(start)


def _is_apart(name: str, classes: frozenset[str]) -> bool:
    return name == "head" or bool(classes & APART)


def _all(letters: str, known: str, low: int, high: int) -> list[int]:
    """All places of known letters between two."""
    places, at = [], letters.find(known, low, high + len(known)) if known else -1
    while at >= 0:
        places.append(at)
        at = letters.find(known, at + 1, high + len(known))
    return places
