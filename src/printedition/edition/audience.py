"""Whom a book is for: its audiences, and what is said to one of them alone."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.edition.quotation import Value
from printedition.edition.signs import TEACHING_KINDS
from printedition.edition.text import Block, children_of
from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """Those for whom a book of their own is made; `title` is what it calls itself."""

    name: str
    title: str


INSTRUCTOR = Audience("instructor", "Instructor’s book")
HOUSE_AUDIENCES = (INSTRUCTOR,)


def audience_of(block: Block) -> Value | None:
    """The one audience that a block is for; answers and hints are for those who teach."""
    braces = block.attributes
    name = braces.get("audience")
    if name is not None:
        return Value(name, braces.place("audience"))
    told = next((kind for kind in braces.kinds if kind in TEACHING_KINDS), None)
    return Value(INSTRUCTOR.name, braces.place(f".{told}")) if told else None


def with_audiences(
    blocks: tuple[Block, ...], audience: Value | None = None
) -> Iterator[tuple[Block, Value | None]]:
    """Every block, outer before inner, and whom it is for by itself or by what holds it."""
    for block in blocks:
        own = audience_of(block) or audience
        yield block, own
        yield from with_audiences(children_of(block), own)
