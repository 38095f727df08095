"""The pages of its source that a text was taken from, put into what is said of that source.

As bibliographies have it: behind the work, before the stop. A work that is cited gets them as its
place, which the style of citations words; pages that the source names already are not said again,
and those of another number are told from them by *here*.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeAlias

from printedition.book.pointing import PointingStyle
from printedition.edition.heads import Paragraphs
from printedition.edition.text import (
    Citation,
    Cite,
    CitedPlace,
    Emphasis,
    Inline,
    Link,
    Mark,
    Words,
    plain_text,
)
from printedition.scholarship.source_pages import cites_in, page_numbers, pages_named

_Inlines: TypeAlias = tuple[Inline, ...]

_STOP = re.compile(r"\.(?P<closing>[”’»“\"]*)\Z")
# Where a sentence ends, and no initial or abbreviation: Aldham 1921. The
_SENTENCE = re.compile(r"(?:\w{4}|[\d)\]”’»])[.?!][”’»)]*\s+(?P<next>\w)")
_NO_MORE = ("none", "")


def with_pages(source: Paragraphs, pages: str, style: PointingStyle, here: str) -> Paragraphs:
    """A source with the pages that were used; `here` has … for pages among others that it names."""
    if not source or pages in _NO_MORE:
        return source
    numbers = page_numbers(pages)
    named = set(pages_named(source))
    if numbers in named or (not numbers and pages in " ".join(map(plain_text, source))):
        return source
    cites = list(cites_in(source))
    if numbers and not named and len(cites) == 1:
        return tuple(tuple(_placed(inline, numbers) for inline in each) for each in source)
    several = re.search("[–,]", numbers)
    said = style.numbered("pages" if several else "page", numbers) if numbers else pages
    at = next((n for n, each in enumerate(source) if any(cites_in((each,)))), 0)
    return (*source[:at], _behind(source[at], said, here if named else ""), *source[at + 1 :])


def _placed(inline: Inline, numbers: str) -> Inline:
    """A citation with the pages as its place, wherever in marks it stands."""
    match inline:
        case Citation():
            cites: tuple[Cite, ...] = tuple(
                replace(cite, place=CitedPlace("page", numbers)) for cite in inline.cites
            )
            return replace(inline, cites=cites)
        case Emphasis() | Mark() | Link():
            return replace(inline, children=tuple(_placed(one, numbers) for one in inline.children))
    return inline


def _behind(paragraph: _Inlines, said: str, here: str) -> _Inlines:
    """A paragraph with pages said at its end: in its last sentence, or as one of their own."""
    words = plain_text(paragraph).rstrip()
    among = here.replace("…", said) if here else said
    last = paragraph[-1]
    if _has_sentences(words) or words[-1:] in ("?", "!", "…"):
        between = " " if words[-1:] in (".", "?", "!", "…") else ". "
        added = f"{between}{among[:1].upper()}{among[1:]}."
        return (*paragraph, Words(added, last.span))
    stop = _STOP.search(words)
    if stop is None:
        return (*paragraph, Words(f", {among}", last.span))
    comma = " " if stop["closing"] else ", "  # which stands within the quotation marks
    return (*_without_stop(paragraph), Words(f"{comma}{among}.", last.span))


def _has_sentences(words: str) -> bool:
    return any(found["next"].isupper() for found in _SENTENCE.finditer(words))


def _without_stop(inlines: _Inlines) -> _Inlines:
    """Words without the stop that they end with, or with a comma for it in quotation marks."""
    *before, last = inlines
    if isinstance(last, Words):
        return (*before, replace(last, text=_STOP.sub(_opened, last.text.rstrip())))
    if isinstance(last, Emphasis | Mark | Link):
        return (*before, replace(last, children=_without_stop(last.children)))
    return inlines


def _opened(stop: re.Match[str]) -> str:
    return f",{stop['closing']}" if stop["closing"] else ""
