"""A finished PDF read from outside, by the positions, fonts and sizes of its characters alone.

Nothing here knows how a page is made. Sizes come from the style sheet, the rest is measured:
heights are in points from the foot of the page up, as PDF counts them.
"""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

STYLE = Path(__file__).resolve().parent.parent / "styles" / "page.css"

INNER, OUTER, MEASURE, TOP, FOOT = 17, 37, 94, 21, 22  # mm: margins and breadth of text on A5
HYPHEN = "\u2010"  # what the program puts at a line's end; sources have "-"
BULLETS = frozenset("•◦▪–") - {"–"}
EVEN = 0.6  # pt: characters whose base lines are as near stand in one line
PITCH = 10.8  # pt from base line to base line in a band
ASCENT, DESCENT = 0.70, 0.22  # of the size: how far letters reach above and below the base line


def points(millimetres: float) -> float:
    """A length of mm in pt."""
    return millimetres / 25.4 * 72


def sizes() -> dict[str, float]:
    """The sizes of type that tell the parts of a page apart, in pt, from the style sheet."""
    style = STYLE.read_text(encoding="utf-8")
    rules = {
        "text": r"^html \{ font: ([\d.]+)pt",
        "title": r"^h1 \{ font-size: ([\d.]+)pt",
        "heading": r"^h2 \{ font-size: ([\d.]+)pt",
        "head": r"^@page \{\s*font: ([\d.]+)pt",
        "band": r"^\.band, div\.note \{ font-size: ([\d.]+)pt",
        "call": r"^\.call \{ font-size: ([\d.]+)pt",
        "rank": r"^\.band \.rank \{ font-size: ([\d.]+)pt",
        "margin": r"^\.margin \{ font-size: ([\d.]+)pt",
        "figure": r"^\.line-number \{ font-size: ([\d.]+)pt",
    }
    found = {name: re.search(rule, style, re.MULTILINE) for name, rule in rules.items()}
    return {name: float(match[1]) for name, match in found.items() if match}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character: its letters (a ligature has several), place and font."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    linked: bool = False


@dataclass(slots=True)
class Line:
    """Characters on one base line, from left to right.

    `number` is that of the count, where it is known; `begins` says that the line bears it first.
    """

    kind: str
    page: int
    glyphs: list[Glyph]
    number: int = 0
    begins: bool = False

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        return self.glyphs[0].size

    @property
    def x0(self) -> float:
        return min(glyph.x0 for glyph in self.glyphs if glyph.text.strip())

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs if glyph.text.strip())

    @property
    def top(self) -> float:
        return self.baseline + ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline - DESCENT * self.size

    @property
    def words(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


@dataclass(slots=True)
class Sheet:
    """A page as found: its lines by kind, each from the top down."""

    number: int
    width: float
    height: float
    lines: dict[str, list[Line]]
    ranks: list[Glyph] = field(default_factory=list)

    def __getitem__(self, kind: str) -> list[Line]:
        return self.lines.get(kind, [])

    @property
    def recto(self) -> bool:
        return self.number % 2 == 0

    @property
    def left(self) -> float:
        """The left edge of the text, in pt."""
        return points(INNER if self.recto else OUTER)

    @property
    def right(self) -> float:
        return self.left + points(MEASURE)

    @property
    def folio(self) -> str:
        """The page's number as printed."""
        upright = ("".join(g.text for g in line.glyphs if not g.italic) for line in self["head"])
        return "".join(upright).strip()

    @property
    def entries(self) -> list[Line]:
        """The run-in band: lines at one pitch that hold a bold number which is no link."""
        band, made = self["band"], []
        for number, line in enumerate(band):
            if made and made[-1].baseline - line.baseline < PITCH + EVEN:
                made.append(line)
            elif not made and any(glyph.bold and not glyph.linked for glyph in line.glyphs):
                first = number
                while first and band[first - 1].baseline - band[first].baseline < PITCH + EVEN:
                    first -= 1
                made = band[first : number + 1]
            elif made:
                break
        return made

    @property
    def notes(self) -> list[Line]:
        """The lines of notes, those above the entries before those below."""
        entries = self.entries
        return [line for line in self["band"] if line not in entries]

    def all_lines(self) -> Iterator[Line]:
        for lines in self.lines.values():
            yield from lines


@lru_cache(maxsize=1)
def opened(path: Path) -> pdfplumber.PDF:
    """A PDF as pdfplumber has it, for its tags, links and rules: of a page's text it is slow."""
    return pdfplumber.open(io.BytesIO(path.read_bytes()))


def read_pdf(path: Path) -> list[Sheet]:
    """All pages of a PDF, read by PDFium, which takes a hundredth of pdfplumber's time."""
    with pdfium.PdfDocument(path.read_bytes()) as book:
        return [_sheet(page, number) for number, page in enumerate(book)]


def _sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    kinds = sizes()
    height = page.get_height()
    found: dict[str, list[Glyph]] = {}
    for glyph in _glyphs(page, _links(page)):
        kind = next((k for k, size in kinds.items() if abs(size - glyph.size) < 0.03), "other")
        if kind == "head" and points(FOOT) < glyph.baseline < height - points(TOP):
            kind = "other"  # the call of a title
        found.setdefault(kind, []).append(glyph)
    ranks = found.pop("rank", [])
    lines = {kind: _in_lines(glyphs, kind, number) for kind, glyphs in found.items()}
    return Sheet(number, page.get_width(), height, lines, ranks)


def _links(page: pdfium.PdfPage) -> list[tuple[float, float, float, float]]:
    """The boxes of a page's links: left, foot, right, top."""
    place, link, boxes = ctypes.c_int(0), pdfium_c.FPDF_LINK(), []
    while pdfium_c.FPDFLink_Enumerate(page, place, link):
        box = pdfium_c.FS_RECTF()
        pdfium_c.FPDFLink_GetAnnotRect(link, box)
        foot, top = sorted((box.bottom, box.top))
        boxes.append((box.left, foot, box.right, top))
    return boxes


def _glyphs(
    page: pdfium.PdfPage, links: Sequence[tuple[float, float, float, float]]
) -> Iterator[Glyph]:
    """The characters of a page; those of a ligature, which share one origin, together."""
    last: Glyph | None = None
    for glyph, end in _characters(page):
        if last and (last.x0, last.baseline) == (glyph.x0, glyph.baseline):
            last = replace(last, text=last.text + glyph.text, x1=end)
            continue
        if last:
            yield _linked(last, links)
        last = glyph
    if last:
        yield _linked(last, links)


def _linked(glyph: Glyph, links: Sequence[tuple[float, float, float, float]]) -> Glyph:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.baseline + (ASCENT - DESCENT) * glyph.size / 2
    linked = any(x0 <= x <= x1 and foot <= y <= top for x0, foot, x1, top in links)
    return replace(glyph, linked=True) if linked else glyph


def _characters(page: pdfium.PdfPage) -> Iterator[tuple[Glyph, float]]:
    """Each character as its font sets it, and where its ink or its breadth ends."""
    text = page.get_textpage()
    x, y, width = ctypes.c_double(), ctypes.c_double(), ctypes.c_float()
    matrix, box = pdfium_c.FS_MATRIX(), pdfium_c.FS_RECTF()
    ink = tuple(ctypes.c_double() for _ in range(4))  # left, right, foot, top
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    last: Glyph | None = None
    blank = False
    for index in range(text.count_chars()):
        # PDFium marks a hyphen at a line's end by this; U+2010 it leaves alone.
        letter = chr(pdfium_c.FPDFText_GetUnicode(text, index)).replace("\x02", "-")
        if pdfium_c.FPDFText_IsGenerated(text, index) == 1:
            blank = letter == " "  # printed, but as a text by itself
            continue
        pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
        if blank and last and last.baseline == y.value and x.value < last.x1 + last.size:
            yield replace(last, text=" ", x0=last.x1), last.x1
        blank = False
        pdfium_c.FPDFText_GetLooseCharBox(text, index, box)
        pdfium_c.FPDFText_GetMatrix(text, index, matrix)
        pdfium_c.FPDFText_GetFontInfo(text, index, name, len(name), flags)
        size = pdfium_c.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        end = box.right
        pdfium_c.FPDFText_GetCharBox(text, index, *ink)
        if ink[1].value >= box.right:  # it overhangs the next: as far as its font counts it
            font = pdfium_c.FPDFTextObj_GetFont(pdfium_c.FPDFText_GetTextObject(text, index))
            pdfium_c.FPDFFont_GetGlyphWidth(font, ord(letter), size, width)
            end = min(end, x.value + (width.value or end))
        last = Glyph(
            letter, x.value, end, y.value, size, b"Bold" in name.value, b"Italic" in name.value
        )
        yield last, box.right


def _in_lines(glyphs: Sequence[Glyph], kind: str, page: int) -> list[Line]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.baseline):
        if rows and rows[-1][0].baseline - glyph.baseline < EVEN:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [Line(kind, page, sorted(row, key=lambda g: g.x0)) for row in rows if _is_printed(row)]


def _is_printed(glyphs: Sequence[Glyph]) -> bool:
    return any(glyph.text.strip() for glyph in glyphs)


@dataclass(slots=True)
class Stream:
    """Lines read one after another, letter by letter: no blanks, words broken over lines whole."""

    letters: str = ""
    lines: list[Line] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line], without: frozenset[str] = frozenset()) -> Stream:
        """The stream of lines, without certain signs."""
        stream, letters = cls(), []
        for line in lines:
            glyphs = [glyph for glyph in line.glyphs if glyph.text.strip()]
            if glyphs and glyphs[-1].text == HYPHEN:
                glyphs.pop()
            for glyph in glyphs:
                for letter in glyph.text:
                    if letter.isspace() or letter in without:
                        continue
                    letters.append(letter)
                    stream.lines.append(line)
                    stream.glyphs.append(glyph)
        stream.letters = "".join(letters)
        return stream


def printed_entries(sheet: Sheet) -> str:
    """The run-in band without blanks: numbers between ‹ ›, ranks after ^."""
    made, bold = [], False
    for line in sheet.entries:
        raised = [g for g in sheet.ranks if 0 < g.baseline - line.baseline < 5]
        for glyph in sorted([*line.glyphs, *raised], key=lambda glyph: glyph.x0):
            if not glyph.text.strip():
                continue
            if glyph.bold != bold:
                made.append("‹" if glyph.bold else "›")
                bold = glyph.bold
            made.append(("^" if glyph in raised else "") + glyph.text)
    return "".join(made)
