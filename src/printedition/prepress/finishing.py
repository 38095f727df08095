"""Makes of the pages of a book the file of a profile."""

from __future__ import annotations

import io
import math
from dataclasses import replace

import pikepdf

from printedition.edition.edition import PageSize
from printedition.edition.profile import Ink, Profile, Setting, Standard
from printedition.frozen import dataclass
from printedition.page.geometry import margins_of, millimetres
from printedition.page.srgb import srgb
from printedition.prepress.blackening import blacken
from printedition.prepress.declaring import bare, declare, trim
from printedition.prepress.imposing import impose
from printedition.prepress.placing import Box, Placement, Room, place, placement, printed_areas
from printedition.prepress.preflight import (
    Demands,
    Fault,
    Looked,
    faults,
    faults_of_colour,
    faults_of_folding,
    faults_of_size,
    looked_at,
)

_POINTS = 72 / 25.4  # in a mm


@dataclass(frozen=True, slots=True)
class Finished:
    """The file of a profile: its bytes, what it is, and what a printer has against it."""

    data: bytes
    looked: Looked
    faults: tuple[Fault, ...]
    sheets: int

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return len(self.looked.looks)


def finish(data: bytes, page: PageSize, profile: Profile) -> Finished:
    """The file of a profile, from the PDF of pages of a size."""
    if profile.setting is Setting.LARGE and profile.size:  # set on its own sheets
        page, profile = PageSize(*profile.size), replace(profile, size=None)
    own = _room(PAGE_ALONE, page)
    before = looked_at(data)
    found = [*faults_of_size(before, (own.width, own.height))]
    if profile.ink is Ink.BLACK:
        found += faults_of_colour(before)
    where = _placement(data, page, profile)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if profile.ink is Ink.BLACK:
            blacken(pdf, hatched=profile.finest > 0)
        if where is not None:
            place(pdf, where)
        _fill_up(pdf, math.lcm(profile.multiple, 4 if profile.imposed else 1))
        written = io.BytesIO()
        size = _size_of(pdf)
        _declare(pdf, profile)
        version = "1.6" if profile.standard is Standard.X4 else ""  # ISO 15930-7, 6.2
        pdf.save(written, deterministic_id=True, force_version=version)
    made = written.getvalue()
    looked = looked_at(made)
    found += faults(made, looked, _demands(profile, size))
    if not profile.imposed:
        return Finished(made, looked, tuple(found), -(-len(looked.looks) // 2))
    folded = len(looked.looks) // 4
    found += faults_of_folding(profile.signature or folded)
    leaf = millimetres(profile.leaf, 0) * _POINTS
    return Finished(impose(made, profile.signature, leaf), looked, tuple(found), folded)


def finish_cover(data: bytes, profile: Profile) -> bytes:
    """The file of a cover, from the PDF of one with its bleed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if profile.ink is Ink.BLACK:
            blacken(pdf)
        _declare(pdf, replace(profile, bleed=""))
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
        return written.getvalue()


def _declare(pdf: pikepdf.Pdf, profile: Profile) -> None:
    """Make a PDF ready for a press, where it is for one."""
    if bleed := millimetres(profile.bleed, 0) * _POINTS:
        trim(pdf, bleed)
    if profile.standard is not Standard.UA1:
        bare(pdf)
        declare(pdf, profile.standard, profile.icc_data or srgb())


def _demands(profile: Profile, size: tuple[float, float]) -> Demands:
    """What the file of a profile is to keep to."""
    margins = (profile.binding, profile.edge or profile.safe)
    binding, edge = (millimetres(length, 0) * _POINTS for length in margins)
    black = profile.ink is Ink.BLACK
    return Demands(
        size,
        binding or edge,
        edge,
        black=black,
        no_rgb=black or profile.standard is Standard.X4,
        paper=profile.paper,
        finest=profile.finest,
    )


def _size_of(pdf: pikepdf.Pdf) -> tuple[float, float]:
    left, foot, right, top = (float(edge) for edge in pdf.pages[0].trimbox)
    return right - left, top - foot


PAGE_ALONE = Profile("page")


def _room(profile: Profile, page: PageSize) -> Room:
    """What a sheet of a profile offers to pages, in pt."""
    width, height = profile.size or (page.width, page.height)
    lengths = (width, height, profile.binding, profile.edge)
    return Room(*(millimetres(length, 0) * _POINTS for length in lengths))


def _placement(data: bytes, page: PageSize, profile: Profile) -> Placement | None:
    """Where pages are placed; None where they stay as they are."""
    room = _room(profile, page)
    if profile.even:
        margins = margins_of(page)
        wider = (margins.outer - margins.inner) * _POINTS
        room = replace(room, width=room.width + wider)
        return Placement(room.width, room.height, recto=wider) if wider > 0 else None
    if profile.setting is Setting.LARGE:
        return None
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
