"""The breadth of the words of run-in entries, reckoned from tokens that are laid out once.

An entry's words stand in marks of their own; a token is a piece of a word under the same marks.
The same token in another entry is as broad, so that thousands of entries want few measurements.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from typing import Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from weasyprint.formatting_structure import boxes

from printedition.page.known_words import breadth
from printedition.page.long_words import LONGEST

Marks: TypeAlias = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
Token: TypeAlias = tuple[Marks, str]

# After which characters inside a word a line may end (Unicode line breaking, classes HY and BA).
_PIECES = re.compile(r"[ \t\n]+|[^ \t\n\-–—‐]*[\-–—‐]+|[^ \t\n\-–—‐]+")
_KEPT = ("class", "lang", "style", "data-band")


# A style attribute would give each token a style of its own.
TOKENS = (
    ".token { white-space: pre !important; text-align: left !important; "
    "text-indent: 0 !important; width: auto !important }"
)


class Measure:
    """The tokens of entries, from a page that has one paragraph of entries for each band."""

    def __init__(self, page: str) -> None:
        self._root = ElementTree.fromstring(page)
        self._entries: dict[str, _Words] = {}
        self._gaps: dict[str, list[Token]] = {}
        self._numbers: dict[str, tuple[Marks, Marks]] = {}
        self._widths: dict[Token, float] = {}
        self._asked = False
        for element in self._root.iter():
            band = element.get("data-band")
            if band is not None:
                self._read_band(band, element, (_mark(element),))

    def _read_band(self, band: str, element: ElementTree.Element, marks: Marks) -> None:
        for child in element:
            own = (*marks, _mark(child))
            if "entry" in (child.get("class") or "").split():
                words = _Words()
                number = words.read(child, own)
                self._entries[child.get("data-id") or ""] = words
                if number:
                    self._numbers.setdefault(band, number)
            elif child.tag == "p":  # a band of blocks has each entry in its own
                self._read_band(band, child, own)
            else:
                runs = [*_runs(child, own), *([(marks, child.tail)] if child.tail else [])]
                self._gaps.setdefault(band, [(mark, " ") for mark, text in runs if text])

    def page(self) -> str:
        """A page that has a token of each kind of mark on a line of its own, or all still unknown.

        Of one such line Pango knows how broad other tokens in its marks are.
        """
        wanted: dict[Token, None] = {}
        for words in self._entries.values():
            wanted.update(dict.fromkeys(token for word in words.words for token in word))
        for gap in self._gaps.values():
            wanted.update(dict.fromkeys(gap))
        for number, after in self._numbers.values():
            wanted.update({(number, digit): None for digit in "0123456789–,"})
            wanted[after, "\u00a0"] = None
        self._wanted = [token for token in wanted if token not in self._widths]
        self._order = self._wanted
        if not self._asked:
            self._order = list({marks: (marks, text) for marks, text in wanted}.values())
        self._asked = True
        head = self._root.find("head")
        assert head is not None
        body = self._root.find("body")
        assert body is not None
        section = body.find("section")
        assert section is not None
        lines = "".join(_line(token) for token in self._order)
        opening = "".join(f" {k}={quoteattr(v)}" for k, v in section.attrib.items())
        language = self._root.get("lang") or ""
        return (
            f"<html lang={quoteattr(language)}><head><title>Tokens</title></head><body>"
            f'<section{opening}><div class="bands">{lines}</div></section></body></html>'
        )

    def read(self, pages: Any) -> bool:
        """Take the breadths, in px, from the laid out page; whether all are known now."""
        lines = [
            box
            for page in pages
            for box in page._page_box.children[0].descendants()
            if isinstance(box, boxes.LineBox)
        ]
        alike: dict[Marks, tuple[Any, float]] = {}
        for (marks, text), line in zip(self._order, lines, strict=True):
            width = self._widths[marks, text] = sum(c.margin_width() for c in line.children)
            words = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
            if len(words) == 1 and words[0].text == text:
                alike[marks] = words[0].style, width - words[0].width
        unknown = [token for token in self._wanted if token not in self._widths]
        for marks, text in unknown:
            if marks in alike and len(text) <= LONGEST:
                style, around = alike[marks]
                self._widths[marks, text] = breadth(text, style) + around
        return all(token in self._widths for token in unknown)

    def words(self, band: str, entry: str) -> tuple[tuple[float, float], ...]:
        """The words of an entry as (blank before, breadth) in px."""
        made: list[tuple[float, float]] = []
        blank = sum(self._widths[token] for token in self._gaps.get(band, ()))
        for word in self._entries[entry].words:
            made.append((blank, sum(self._widths[t] for t in word if t[1] != " ")))
            blank = sum(self._widths[t] for t in word if t[1] == " ")
        return tuple(made)

    def number(self, band: str) -> tuple[dict[str, float], float]:
        """The breadths of the digits of a band's line numbers, and of the gap after them."""
        if band not in self._numbers:
            return {}, 0.0
        number, gap = self._numbers[band]
        digits = {digit: self._widths[number, digit] for digit in "0123456789–,"}
        return digits, self._widths[gap, "\u00a0"]


class _Words:
    """The words of an entry, each as its tokens and the blank after it."""

    def __init__(self) -> None:
        self.words: list[list[Token]] = []

    def read(self, entry: ElementTree.Element, marks: Marks) -> tuple[Marks, Marks] | None:
        """Read an entry but for its number; give back the marks of number and gap after it."""
        number: tuple[Marks, Marks] | None = None
        breaks = True
        for own, text in _runs(entry, marks):
            if "number" in _classes(own):
                number = own, own
                continue
            if number and not self.words and text.startswith("\u00a0"):
                number, text = (number[0], own), text[1:]
            for piece in _PIECES.findall(text):
                if not piece.strip(" \t\n"):
                    if self.words:
                        self.words[-1].append((own, " "))
                    breaks = True
                    continue
                if breaks:
                    self.words.append([])
                self.words[-1].append((own, piece))
                breaks = piece[-1] in "-–—‐"
        return number


def _mark(element: ElementTree.Element) -> tuple[str, tuple[tuple[str, str], ...]]:
    kept = tuple((key, element.attrib[key]) for key in _KEPT if key in element.attrib)
    return element.tag, kept


def _runs(element: ElementTree.Element, marks: Marks) -> Iterator[tuple[Marks, str]]:
    if element.text:
        yield marks, element.text
    for child in element:
        yield from _runs(child, (*marks, _mark(child)))
        if child.tail:
            yield marks, child.tail


def _classes(marks: Marks) -> set[str]:
    return {name for _, kept in marks for name in dict(kept).get("class", "").split()}


def _line(token: Token) -> str:
    marks, text = token
    inner = escape(text)
    for tag, kept in reversed(marks):
        attributes = dict(kept)
        if (tag, kept) == marks[0]:
            attributes["class"] = f"{attributes.get('class', '')} token"
        opening = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        inner = f"<{tag}{opening}>{inner}</{tag}>"
    return inner
