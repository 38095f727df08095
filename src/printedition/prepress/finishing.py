"""Makes of the pages of a book the file of a profile."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf

from printedition.edition.edition import PageSize
from printedition.edition.profile import Ink, Profile
from printedition.frozen import dataclass
from printedition.page.geometry import margins_of, millimetres
from printedition.prepress.blackening import blacken
from printedition.prepress.placing import Box, Placement, Room, place, placement, printed_areas

_POINTS = 72 / 25.4  # in a mm


@dataclass(frozen=True, slots=True)
class Finished:
    """The file of a profile: its bytes, how many pages it has, and where pages were placed."""

    data: bytes
    pages: int
    placement: Placement


def finish(data: bytes, page: PageSize, profile: Profile) -> Finished:
    """The file of a profile, from the PDF of pages of a size."""
    where = _placement(data, page, profile)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if profile.ink is Ink.BLACK:
            blacken(pdf)
        if where is not None:
            place(pdf, where)
        _fill_up(pdf, profile.multiple)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
        made = where or Placement(*_size_of(pdf))
        return Finished(written.getvalue(), len(pdf.pages), made)


def _size_of(pdf: pikepdf.Pdf) -> tuple[float, float]:
    _, _, width, height = (float(edge) for edge in pdf.pages[0].mediabox)
    return width, height


def room_of(page: PageSize, profile: Profile) -> Room:
    """What a sheet of a profile offers to pages, in pt."""
    width, height = profile.size or (page.width, page.height)
    lengths = (width, height, profile.binding, profile.edge)
    return Room(*(millimetres(length, 0) * _POINTS for length in lengths))


def _placement(data: bytes, page: PageSize, profile: Profile) -> Placement | None:
    """Where pages are placed; None where they stay as they are."""
    room = room_of(page, profile)
    if profile.even:
        margins = margins_of(page)
        wider = (margins.outer - margins.inner) * _POINTS
        room = replace(room, width=room.width + wider)
        return Placement(room.width, room.height, recto=wider) if wider > 0 else None
    if profile.size is None and not room.binding and not room.edge:
        return None
    own = Box(0, 0, *(millimetres(length, 0) * _POINTS for length in (page.width, page.height)))
    return placement(own, room, printed_areas(data), profile.enlarged)


def _fill_up(pdf: pikepdf.Pdf, multiple: int) -> None:
    """Add blank pages until there are a multiple of a number."""
    _, _, width, height = (float(edge) for edge in pdf.pages[0].mediabox)
    while len(pdf.pages) % multiple:
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Contents = pdf.make_stream(b"q Q\n")  # Ghostscript stumbles over an empty one
