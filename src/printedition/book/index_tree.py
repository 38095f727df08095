"""What an index and its registers are made of: headings, their places, other headings."""

from __future__ import annotations

from dataclasses import field

from printedition.book.nodes import Inline
from printedition.frozen import dataclass
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class Locator:
    """A place that an index heading points to: its id, and its name where there are no pages.

    `last` is the id of the last words of a range. `note` is the label of the note that it stands
    in, n where that has none; `version` the siglum of its column in a table of versions.
    """

    href: str
    place: str
    last: str = ""
    note: str = ""
    version: str = ""
    principal: bool = False


@dataclass(frozen=True, slots=True)
class OtherHeading:
    """Where else to look: the id of a heading, and its words, as an IndexItem has them."""

    id: str
    heading: str
    marked: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexItem:
    """A heading of the index with its locators in the order of the book; or a subheading.

    `heading` are its plain words, `marked` the same with their marks, where any are marked.
    """

    id: str
    heading: str
    description: str
    locators: tuple[Locator, ...]
    see: tuple[OtherHeading, ...]
    see_also: tuple[OtherHeading, ...]
    subheadings: tuple[IndexItem, ...] = ()
    marked: tuple[Inline, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The headings under one letter."""

    letter: str
    items: tuple[IndexItem, ...]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of a register: a heading of the index, which has its places, and who or what it is.

    `marked` are the words of its name with their marks, where any are marked.
    """

    href: str
    name: str
    description: str
    marked: tuple[Inline, ...] = ()
