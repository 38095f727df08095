"""Profiles: the ways in which one book is printed, each a few settings over its own page."""

from __future__ import annotations

from enum import Enum

from printedition.edition.quotation import Value
from printedition.frozen import dataclass
from printedition.sources import Span


class Ink(Enum):
    """What is printed with: colours as they are, or black alone."""

    COLOUR = "colour"
    BLACK = "black"


class Standard(Enum):
    """The form of PDF that a file keeps to."""

    UA1 = "pdf/ua-1"
    A2U = "pdf/a-2u"
    X4 = "pdf/x-4"


class Setting(Enum):
    """How a profile is set: as the pages of the book, with links in colour, or anew in large."""

    STANDARD = "standard"
    LINKED = "linked"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to print the book; lengths are those of CSS (mm, cm, in, pt), empty where not set.

    `size` is the width and height of a sheet, else it is as large as the page. `binding` and
    `edge` are what stays free at the spine and on the other sides. Pages are `enlarged` at most so
    much; `even` margins keep the text in one place on all of them. Their number is filled up to a
    `multiple`. No line is thinner than `finest`, in pt, and nothing grey, where that is set.
    What is printed on `paper` should stand as far from the edge as is `safe`.
    `icc` is the ICC profile of the press. Pages have a `bleed` that is cut off; of leaves as thick
    as a `leaf` a `cover` is made. Pages that are `imposed` stand two to a side of a sheet that
    is folded, so many sheets in a `signature`, or all in one.
    What is set anew is in a size of `type`, with serifs or `sans`.
    """

    name: str
    like: str = ""
    span: Span = Span("edition.yaml", 0, 0)
    setting: Setting = Setting.STANDARD
    ink: Ink = Ink.COLOUR
    size: tuple[str, str] | None = None
    binding: str = ""
    edge: str = ""
    even: bool = False
    enlarged: float = 1.0
    multiple: int = 1
    finest: float = 0.0
    safe: str = ""
    paper: bool = True
    standard: Standard = Standard.UA1
    icc: Value | None = None
    icc_data: bytes = b""
    bleed: str = ""
    leaf: str = "0.1mm"  # of paper of 80 g/m²
    cover: bool = False
    imposed: bool = False
    signature: int = 0
    type: str = ""
    sans: bool = False


_A4, _LETTER = ("210mm", "297mm"), ("8.5in", "11in")
# Copy centres bind an inch and cut half an inch; magnified so much, the notes of the house's page
# have the 10 pt that they ask for. Thinner lines than 0.35 pt are lost in a photocopy.
_COPYSHOP = {
    "like": "copyshop",
    "ink": Ink.BLACK,
    "binding": "1in",
    "edge": "13mm",
    "enlarged": 1.2,
    "multiple": 2,
    "finest": 0.35,
}
_BOOKLET = {
    "like": "booklet",
    "ink": Ink.BLACK,
    "binding": "8mm",
    "edge": "6mm",  # what a printer for the office cannot print on, and a little more
    "multiple": 4,
    "imposed": True,
}
BUILT_IN = {
    profile.name: profile
    for profile in (
        Profile("screen", "screen", setting=Setting.LINKED, even=True, paper=False, leaf=""),
        Profile("print", "print", ink=Ink.BLACK, multiple=4, safe="5mm"),
        Profile(
            "press",
            "press",
            ink=Ink.BLACK,
            multiple=4,
            safe="5mm",
            standard=Standard.A2U,
            bleed="3mm",
            cover=True,
        ),
        Profile(
            "large-print",
            "large-print",
            setting=Setting.LARGE,
            ink=Ink.BLACK,
            size=_A4,
            binding="20mm",
            edge="15mm",
            multiple=2,
            type="18pt",
        ),
        Profile("booklet", size=("148.5mm", "210mm"), **_BOOKLET),  # type: ignore[arg-type]
        Profile("booklet-letter", size=("5.5in", "8.5in"), **_BOOKLET),  # type: ignore[arg-type]
        Profile("copyshop", size=_A4, **_COPYSHOP),  # type: ignore[arg-type]
        Profile("copyshop-letter", size=_LETTER, **_COPYSHOP),  # type: ignore[arg-type]
    )
}
