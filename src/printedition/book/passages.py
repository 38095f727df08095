"""What leads back from a list to the words of a text that it is about."""

from __future__ import annotations

from printedition.book import tree
from printedition.book.anchors import anchor_at
from printedition.book.materials import Materials
from printedition.book.pointing import Pointer
from printedition.scholarship.notes import FoundNote


def place_of(found: FoundNote, materials: Materials) -> tree.Reference | None:
    """The page and line of the words that a note is about; none where it is on a whole text."""
    passage = found.passage
    href = materials.plan.leaf(passage.text, passage.first)
    if found.is_on_text or not href:
        return None
    locus = materials.loci.of(passage.text, passage.first)
    anchor = anchor_at(href, passage.first, passage.start)
    pointer = Pointer("line", anchor, locus, locus=locus)
    materials.gathered.point(pointer)
    return tree.Reference(href, (), pointer.key)
