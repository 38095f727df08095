"""Places the pages of a PDF on sheets: as large as may be, and clear of spine and edges.

All lengths are in pt; y grows upward, as in a PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pikepdf
import pypdfium2

from printedition.frozen import dataclass

_EXACT = Decimal("0.0001")
_PAGE_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges."""

    left: float
    foot: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its breadth."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height."""
        return self.top - self.foot

    def with_(self, other: Box) -> Box:
        """The least box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.foot, other.foot),
            max(self.right, other.right),
            max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Room:
    """What a sheet offers: its size, and what stays free at the spine and on the other sides."""

    width: float
    height: float
    binding: float = 0.0
    edge: float = 0.0


@dataclass(frozen=True, slots=True)
class Placement:
    """Where pages stand on sheets of a size: so many times as large, moved by these lengths.

    `recto` and `verso` say how far to the right a page stands, `up` how far above the foot.
    """

    width: float
    height: float
    scale: float = 1.0
    recto: float = 0.0
    verso: float = 0.0
    up: float = 0.0

    def matrix(self, page: int) -> pikepdf.Matrix:
        """The transformation of a page, counted from 0."""
        x = self.verso if page % 2 else self.recto
        return pikepdf.Matrix(self.scale, 0, 0, self.scale, x, self.up)


def printed_areas(data: bytes) -> tuple[Box | None, Box | None]:
    """What rectos together and versos together have printed on them; None where they are blank.

    Of a turned page it is what its sheet has before it is turned.
    """
    found: list[Box | None] = [None, None]
    book = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(book)):
            for box in boxes_on(book[number]):
                known = found[number % 2]
                found[number % 2] = box if known is None else known.with_(box)
    finally:
        book.close()
    return found[0], found[1]


def boxes_on(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """The boxes of all that is drawn on a page, but for what shows nothing."""
    for thing in page.get_objects(max_depth=1):
        try:
            left, foot, right, top = thing.get_bounds()
        except pypdfium2.PdfiumError:
            continue  # of an empty clip or the like
        if right > left or top > foot:
            yield Box(left, foot, right, top)


def placement(page: Box, room: Room, areas: Iterable[Box | None], enlarged: float) -> Placement:
    """Where pages are placed so that what is printed on them is clear of spine and edges.

    They are `enlarged` at most so many times, and made smaller where there is no other way. What
    room is left over is at the outer edge, and the same above and below.
    """
    recto, verso = (area or page for area in areas)
    wide, high = max(recto.width, verso.width), max(recto.height, verso.height)
    scale = min(
        enlarged,
        (room.width - room.binding - room.edge) / wide,
        (room.height - 2 * room.edge) / high,
    )
    foot, top = min(recto.foot, verso.foot) * scale, max(recto.top, verso.top) * scale
    up = (room.height - page.height * scale) / 2 - page.foot * scale
    up = min(max(up, room.edge - foot), room.height - room.edge - top)
    left = _clear(recto.left * scale, recto.right * scale, room.binding, room.width - room.edge)
    right = _clear(verso.left * scale, verso.right * scale, room.edge, room.width - room.binding)
    if (room.width, scale) != (page.width, 1.0):
        left = room.binding - recto.left * scale
        right = room.width - room.binding - verso.right * scale
    return Placement(room.width, room.height, scale, left, right, up)


def _clear(low: float, high: float, least: float, most: float) -> float:
    """How far a stretch moves to lie between two edges; not at all, where it does."""
    return max(least - low, 0.0) if low < least else min(most - high, 0.0)


def place(pdf: pikepdf.Pdf, where: Placement) -> None:
    """Put all pages of a PDF on sheets, with the links on them and what leads to them."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for number, page in enumerate(pdf.pages):
        matrix = where.matrix(number)
        before = pdf.make_stream(b"q " + matrix.encode() + b" cm\n")
        page.contents_add(before, prepend=True)
        page.contents_add(pdf.make_stream(b"\nQ"))
        for name in _PAGE_BOXES:
            if name in page.obj or name == "/MediaBox":
                page.obj[name] = _array((0, 0, where.width, where.height))
        for link in page.obj.get("/Annots", ()):
            link.Rect = _moved(link.Rect, matrix)
    for target in _targets(pdf):
        at = pages.get(target[0].objgen) if len(target) == 5 else None
        if at is not None and str(target[1]) == "/XYZ":
            x, y = where.matrix(at).transform((float(target[2]), float(target[3])))
            target[2], target[3] = _number(x), _number(y)
    for element in _elements(pdf):
        attributes, on = element.get("/A"), element.get("/Pg")
        if isinstance(attributes, pikepdf.Dictionary) and "/BBox" in attributes and on:
            attributes.BBox = _moved(attributes.BBox, where.matrix(pages[on.objgen]))


def _targets(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The places that names, links and outlines lead to."""
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        yield from pikepdf.NameTree(pdf.Root.Names.Dests).values()
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            target = thing.get("/Dest")
            if isinstance(target, pikepdf.Array):
                yield target


def _elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The elements of the structure tree."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing:
            yield thing


def _moved(box: Any, matrix: pikepdf.Matrix) -> pikepdf.Array:
    """The box that holds another where a matrix puts it, which turns nothing."""
    left, foot, right, top = (float(edge) for edge in box)
    return _array((*matrix.transform((left, foot)), *matrix.transform((right, top))))


def _array(numbers: Iterable[Any]) -> pikepdf.Array:
    return pikepdf.Array([_number(float(number)) for number in numbers])


def _number(number: float) -> Decimal:
    return Decimal(number).quantize(_EXACT)
