"""Quires: the pages of a section as objects of a PDF, numbered and written down.

A quire has numbers of its own, whatever stands before it, so that it is made where the section is
drawn, is kept with it, and is put into the file as it is (pdf_file.py). What depends on the rest of
the book is left to the writer: the pages' own dictionaries, their heads, fonts, names and outline.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.matrix import Matrix
from weasyprint.pdf import tags as weasy_tags
from weasyprint.pdf.anchors import add_links

from printedition.page import tags
from printedition.page.glyphs import Letters, letters_of
from printedition.page.numbers import STRUCTURE, Room
from printedition.page.objects import HARD

SCALE = 0.75  # pt in a px


@dataclass(slots=True)
class Quire:
    """The objects of a section's pages, the first of which are the pages themselves, from `first`.

    `written` are those that stand in the file, and where in it they do (`places`, by number); the
    others (`held`) are in the last of them, a stream. Of each page: its `contents`, `annotations`,
    and what lists its tags (`parents`); `tops` are the tags at the top, `links` the annotations
    with theirs, under an object that lists them. `aims` are the ids that links lead to, `letters`
    the characters that are printed.
    """

    first: int
    written: bytes = b""
    places: list[tuple[int, int]] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    contents: list[int] = field(default_factory=list)
    annotations: list[list[int]] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)
    listed: int | None = None
    aims: tuple[str, ...] = ()
    letters: Letters = field(default_factory=dict)


_AFTER_PAGES = 1_000_000  # more pages than any book has, which are numbered in the same list


class _Ledger:
    """Numbers objects as a PDF of pydyf does, from a number on."""

    def __init__(self, first: int, pages: int) -> None:
        self.objects: dict[int, Any] = {}
        self.page_references = tuple(b"%d 0 R" % (first + n) for n in range(pages))
        self.next = first + pages

    def add_object(self, item: Any) -> None:
        item.number = self.next
        self.objects[item.number] = item
        self.next += 1


def quire_of(pages: Sequence[Any], height: float, room: Room) -> Quire | None:
    """The quire of light pages of a height in px; None where its objects have no room.

    What is noted on their boxes is taken off again.
    """
    quire, ledger = Quire(room.first), _Ledger(room.first, len(pages))
    structure = pydyf.Dictionary({"Type": "/StructElem", "S": "/Document"})
    structure.number = STRUCTURE
    matrix = Matrix(SCALE, 0, 0, -SCALE, 0, height * SCALE)
    linked: list[tuple[bytes, Any]] = []  # a tag and its annotation
    aims: set[str] = set()
    for page in pages:
        quire.annotations.append(_link(page, matrix, ledger, aims))
    weasy_tags._build_box_tree = tree = tags.mended()
    for number, page in enumerate(pages):
        marks, nums = dict(page.tags), dict[int, bytes]()
        for root in page.roots:
            for node in tree(root, structure, ledger, number, nums, linked, marks):
                quire.tops.append(node.number)
        parents = pydyf.Array([reference for _, reference in sorted(nums.items())])
        ledger.add_object(parents)
        quire.parents.append(parents.number)
    for page in pages:
        content = pydyf.Stream([page.content], {"Filter": "/FlateDecode"})
        ledger.add_object(content)
        quire.contents.append(content.number)
    if linked:
        quire.listed = _list(linked, ledger)
    quire.aims = tuple(sorted(aims))
    roots = (root for page in pages for root in page.roots)
    quire.letters = letters_of(box for root in roots for box in root.descendants())
    for page in pages:
        _strip(page.roots)
    if ledger.next >= room.end:
        return None
    _write(quire, ledger)
    return quire


def _link(page: Any, matrix: Any, ledger: _Ledger, aims: set[str]) -> list[int]:
    """Add the annotations of a page's links; their numbers."""
    links = [link for link in page.links if link[3].link]
    aims.update(target for kind, target, *_ in links if kind == "internal")
    dictionary = pydyf.Dictionary()
    add_links((links, ()), matrix, ledger, dictionary, [], {})
    return [int(reference.split()[0]) for reference in dictionary.get("Annots", ())]


def _list(linked: Sequence[tuple[bytes, Any]], ledger: _Ledger) -> int:
    """Add the object that lists the tags of annotations, by numbers that no page has."""
    nums = pydyf.Array()
    for reference, annotation in sorted(linked, key=lambda one: one[1].number):
        annotation["StructParent"] = key = _AFTER_PAGES + annotation.number
        nums.extend((key, reference))
    limits = pydyf.Array((nums[0], nums[-2]))
    listed = pydyf.Dictionary({"Limits": limits, "Nums": nums})
    ledger.add_object(listed)
    return int(listed.number)


def _write(quire: Quire, ledger: _Ledger) -> None:
    held = [item for item in ledger.objects.values() if item.compressible]
    streams = [item for item in ledger.objects.values() if not item.compressible]
    ledger.add_object(stream := in_stream(held))
    quire.held = [item.number for item in held]
    quire.written, quire.places = written((*streams, stream), 0)


def in_stream(items: Sequence[Any]) -> Any:
    """Objects in an object stream (ISO 32000-1, 7.5.7)."""
    heads, bodies, at = [], [], 0
    for item in items:
        body = item.data
        heads.append(b"%d %d" % (item.number, at))
        bodies.append(body)
        at += len(body) + 1
    head = b" ".join(heads)
    data = zlib.compress(b"\n".join((head, *bodies)), HARD)
    extra = {"Type": "/ObjStm", "N": len(items), "First": len(head) + 1, "Filter": "/FlateDecode"}
    return pydyf.Stream([data], extra)


def written(items: Sequence[Any], start: int) -> tuple[bytes, list[tuple[int, int]]]:
    """Objects as they stand in a file from `start` on, and where each of them does."""
    parts: list[bytes] = []
    places: list[tuple[int, int]] = []
    for item in items:
        places.append((item.number, start))
        parts.append(item.indirect + b"\n")
        start += len(parts[-1])
    return b"".join(parts), places


def _strip(boxes: Sequence[Any]) -> None:
    """Take what was noted off boxes and all in them."""
    for box in boxes:
        vars(box).pop("link_annotation", None)
        vars(box).pop("mark", None)
        _strip(box.children)
