"""The pages of an earlier printing as they are to stay: what stood on each, line by line.

It is told of a section before that is set; where its pages begin now is found by its words.
"""

from __future__ import annotations

from collections.abc import Mapping

from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was printed: its folio, and its lines by version (all under "" in a text).

    A version that has no line on the page is left out.
    """

    label: str
    lines: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class KeptSection:
    """The pages of a section as they were printed, and the folios of the blank ones after it.

    `recto`: it began on a right-hand page. `lettered` are the folios of the printing that have a
    letter. `lets_go`: what a page has no room for goes on to the next, and not to a page of its
    own.
    """

    pages: tuple[KeptPage, ...]
    free: tuple[str, ...] = ()
    recto: bool = True
    lettered: tuple[str, ...] = ()
    lets_go: bool = False

    @property
    def streams(self) -> tuple[str, ...]:
        """The versions that it has lines of; of a text, one without a name."""
        return tuple(dict.fromkeys(name for page in self.pages for name in page.lines))
