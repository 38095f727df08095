"""Links across the files of an e-book."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

_LINK = re.compile(r'\bhref="#([^"]*)"')


class LinkToNothing(Exception):
    """A link whose target is nowhere in the book."""

    def __init__(self, target: str) -> None:
        super().__init__(f"nothing in the book is called {target!r}")
        self.target = target


def ids_of(page: str) -> tuple[str, ...]:
    """The ids of a page; raises xml.etree.ElementTree.ParseError where it is not well-formed."""
    root = ElementTree.fromstring(page.encode())
    return tuple(element.get("id") or "" for element in root.iter() if element.get("id"))


def resolve(page: str, own: str, files: Mapping[str, str]) -> str:
    """The page with each link to an id of another file naming that file.

    `own` is the page's file name; `files` maps ids to file names beside it. Raises LinkToNothing.
    """
    here = set(ids_of(page))

    def replaced(link: re.Match[str]) -> str:
        target = unescape(link[1])
        if target in here:
            return link[0]
        if target not in files:
            raise LinkToNothing(target)
        file = files[target]
        address = file if file.endswith("nav.xhtml") else f"{file}#{target}"
        return "href=" + quoteattr(address)

    resolved = _LINK.sub(replaced, page)
    for element in ElementTree.fromstring(resolved.encode()).iter():
        address = element.get("href") or ""
        if address.startswith("#") and address[1:] not in here:
            raise LinkToNothing(address[1:])
    return resolved
