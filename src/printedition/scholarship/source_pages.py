"""The pages that the source of a text names itself, in a citation or in its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printedition.edition.heads import Paragraphs
from printedition.edition.text import Citation, Cite, plain_text, walk_inlines
from printedition.reading.cited_places import LABELS

_FORMS = sorted((form for form, kind in LABELS.items() if kind == "page"), key=len, reverse=True)
_TERM = rf"(?<!\w)(?:{'|'.join(map(re.escape, _FORMS))})[\s\u00a0]*"
_NUMBER = r"(?:\d+[a-z]?|[ivxlcdm]+)(?!\w)"
_NUMBERS = rf"{_NUMBER}(?:\s*[–—,-]\s*{_NUMBER})*"
_NAMED = re.compile(rf"{_TERM}({_NUMBERS})", re.IGNORECASE)
_ALONE = re.compile(rf"(?:{_TERM})?({_NUMBERS})\s*\.?\Z", re.IGNORECASE)


def page_numbers(words: str) -> str:
    """Words that are numbers of pages alone, without the p. before them; empty if they are more."""
    found = _ALONE.match(words.strip())
    return _alike(found[1]) if found else ""


def pages_named(source: Paragraphs) -> Iterator[str]:
    """The numbers of pages that a source names, and other places in works that it cites."""
    for cite in cites_in(source):
        if cite.place is not None:
            yield _alike(cite.place.number)
    for paragraph in source:
        for found in _NAMED.finditer(plain_text(paragraph)):
            yield _alike(found[1])


def cites_in(source: Paragraphs) -> Iterator[Cite]:
    """The works that a source cites."""
    for paragraph in source:
        for inline in walk_inlines(paragraph):
            if isinstance(inline, Citation):
                yield from inline.cites


def _alike(numbers: str) -> str:
    """Numbers as editors write them, all in one form: 3–5, 7."""
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s*[–—-]\s*", "–", numbers.strip()))
