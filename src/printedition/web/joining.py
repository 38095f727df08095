"""The chapters of an e-book as parts of one page: no id twice, and links lead to places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from printedition.book.tree import Inline
from printedition.ebook.chapters import Chapter
from printedition.ebook.links import LinkToNothing, ids_of
from printedition.frozen import dataclass

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_LINK = re.compile(r'\bhref="#([^"]*)"')
_NAMED = re.compile(
    r'(?P<before>\s(?:id|aria-labelledby|aria-describedby|for|headers)="|\shref="#)'
    r'(?P<names>[^"]*)"'
)


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter in the page: its id, its title as the contents have it, and what it prints.

    `marked` is the title with its marks, where it has any.
    """

    id: str
    title: str
    kind: str
    matter: str
    folio: str
    body: str
    marked: tuple[Inline, ...] = ()


def bodies(chapters: Sequence[Chapter], taken: Sequence[str]) -> Iterator[str]:
    """What each chapter prints; an id that is taken, or stands in one before, is another there."""
    known = set(taken)
    for one in chapters:
        own = ids_of(one.text)
        twice = {name: _other(name, one.section.id, known) for name in own if name in known}
        text = _renamed(one.text, twice) if twice else one.text
        known.update(twice.get(name, name) for name in own)
        body = _BODY.search(text)
        yield body[1].strip() if body else ""


def hold_links(page: str) -> None:
    """Raises LinkToNothing where a link leads to an id that the page does not have."""
    known = set(ids_of(page))
    for link in _LINK.finditer(page):
        if unescape(link[1]) not in known:
            raise LinkToNothing(unescape(link[1]))


def _other(name: str, section: str, known: set[str]) -> str:
    new = f"{section}.{name}"
    while new in known:
        new += "-"
    return new


def _renamed(text: str, names: dict[str, str]) -> str:
    def renamed(found: re.Match[str]) -> str:
        words = (names.get(unescape(word), word) for word in found["names"].split(" "))
        return f'{found["before"]}{" ".join(words)}"'

    return _NAMED.sub(renamed, text)
