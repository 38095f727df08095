"""The headings inside a section, for the second level of the navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from printedition.book.tree import Section

_HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')
_OF_NOTES = re.compile(r'<section class="notes[^>]*>\s*\Z')
_NEAR = 400  # characters within which such a tag ends
_SUMMARY = re.compile(r'\sclass="[^"]*\bmargin\b')
_UNLISTED = frozenset({"index", "imprint"})  # letters; and what stands on one page
_APART = frozenset({"call", "page-turn", "spoken", "change-sign", "margin"})
_ROOT = '<h2 xmlns:epub="http://www.idpf.org/2007/ops">{}</h2>'


def headed(page: str, section: Section) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The page of a section with an id on each heading of its parts, and these ids with the words.

    Summaries in the margin and the heads of notes are none. Raises
    xml.etree.ElementTree.ParseError where a heading is not well-formed.
    """
    headings: list[tuple[str, str]] = []

    def named(found: re.Match[str]) -> str:
        before = page[max(found.start() - _NEAR, 0) : found.start()]
        if _SUMMARY.search(found["attributes"]) or _OF_NOTES.search(before):
            return found[0]
        words = "".join(_words(ElementTree.fromstring(_ROOT.format(found["words"]))))
        if not (title := " ".join(words.split())):
            return found[0]
        own = _ID.search(found["attributes"])
        name = own[1] if own else f"{section.id}.heading.{len(headings) + 1}"
        headings.append((name, title))
        return found[0] if own else f'<h2 id="{name}"{found[0].removeprefix("<h2")}'

    if section.kind in _UNLISTED:
        return page, ()
    return _HEADING.sub(named, page), tuple(headings)


def _words(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not _APART & set((child.get("class") or "").split()):
            yield from _words(child)
        yield child.tail or ""
