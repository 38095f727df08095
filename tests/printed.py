"""A finished PDF as one reads it: its words in the order of the tags, with page, line and place.

Read by PDFium alone; nothing here knows how the program sets or finds what it prints.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

_SIGNS = re.compile("[\u2227\u00a6|]|[\u2190\u2192].*")  # of gaps, page turns, moves
_HYPHEN = "\u2010"  # of a word broken at a line's end; words have a hyphen-minus
_BLOCKS = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "Note", "Caption")
_BLANK = 0.12  # of the size: what is farther apart is two words
_SUPERIOR = 0.85  # of the size of its line: a call


@dataclass(frozen=True)
class Piece:
    """Words of one line: the kinds of the elements around them, and where they stand, in pt.

    `right` is that of the ink: PDFium adds blanks at the ends of what is drawn apart.
    """

    text: str
    kinds: tuple[str, ...]
    block: int  # the how-manieth block of its page
    item: int  # the how-manieth list item
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class PrintedPage:
    """A page: its folio, its words by the tags, and what is only seen (heads, line numbers)."""

    label: str
    pieces: tuple[Piece, ...]
    seen: tuple[Piece, ...]


def read(path: Path) -> list[PrintedPage]:
    """All pages of a book."""
    book = pypdfium2.PdfDocument(path)
    return [_page(book, number) for number in range(len(book))]


def _page(book: pypdfium2.PdfDocument, number: int) -> PrintedPage:
    page = book[number]
    drawn: dict[int, list[Piece]] = {}
    words = pdfium.FPDFText_LoadPage(page.raw)
    for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
        thing = pdfium.FPDFPage_GetObject(page.raw, at)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
            mark = pdfium.FPDFPageObj_GetMarkedContentID(thing)
            drawn.setdefault(mark, []).append(_drawn(thing, words))
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    walk = _Walk(drawn)
    for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        walk.into(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), ())
    return PrintedPage(book.get_page_label(number), tuple(walk.pieces), tuple(drawn.get(-1, ())))


def _drawn(thing: pdfium.FPDF_PAGEOBJECT, words: pdfium.FPDF_TEXTPAGE) -> Piece:
    length = pdfium.FPDFTextObj_GetText(thing, words, None, 0)
    letters = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFTextObj_GetText(thing, words, letters, length)
    text = bytes(letters)[: length - 2].decode("utf-16-le").replace("\x02", "-")
    place, size = pdfium.FS_MATRIX(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(thing, place)
    pdfium.FPDFTextObj_GetFontSize(thing, size)
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *edges)
    right = edges[2].value
    return Piece(text.rstrip(), (), 0, 0, place.e, right, place.f, size.value * place.a)


class _Walk:
    """The pieces of a page in the order of its structure tree."""

    def __init__(self, drawn: dict[int, list[Piece]]) -> None:
        self.drawn = drawn
        self.pieces: list[Piece] = []
        self.blocks = self.items = 0

    def into(self, element: pdfium.FPDF_STRUCTELEMENT, around: tuple[str, ...]) -> None:
        kinds = (*around, _kind(element))
        self.blocks += kinds[-1] in _BLOCKS
        self.items += kinds[-1] == "LI"
        block, item = self.blocks, self.items
        for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                self.into(child, kinds)
                continue
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
            for one in self.drawn.get(mark, ()) if mark >= 0 else ():
                self.pieces.append(replace(one, kinds=kinds, block=block, item=item))


def _kind(element: pdfium.FPDF_STRUCTELEMENT) -> str:
    length = pdfium.FPDF_StructElement_GetType(element, None, 0)
    letters = ctypes.create_string_buffer(length)
    pdfium.FPDF_StructElement_GetType(element, letters, length)
    return letters.raw[: length - 2].decode("utf-16-le")


@dataclass(frozen=True)
class Letter:
    """A letter of running words, with the page (from 0) and base line on which it stands."""

    page: int
    base: float


class Words:
    """Words that run on, each letter with its place; a pilcrow parts blocks."""

    def __init__(self) -> None:
        self.text = ""
        self.places: list[Letter] = []
        self._last: tuple[int, Piece] | None = None

    def add(self, page: int, piece: Piece) -> None:
        """Add a piece behind the last, a broken word joined again."""
        before = self._last
        text = re.sub(r"[\s\u00ad\u200b\u2060]+", " ", _SIGNS.sub("", piece.text))
        if before is not None:
            if before[0] == page and before[1].block != piece.block:
                self._put("\u00b6", page, piece.base)
            elif before[0] != page or abs(before[1].base - piece.base) > piece.size / 2:
                if self.text.endswith(_HYPHEN):
                    self.text = self.text[:-1]
                    self.places.pop()
                elif not self.text.endswith(("-", " ")):
                    self._put(" ", page, piece.base)
                text = text.lstrip(" ")
            elif piece.left - before[1].right > _BLANK * piece.size:
                text = f" {text}"
        text = re.sub("^ +", "" if self.text.endswith(" ") else " ", text)
        self._put(text, page, piece.base)
        self._last = page, piece

    def _put(self, text: str, page: int, base: float) -> None:
        self.text += text
        self.places += [Letter(page, base)] * len(text)

    def block(self, at: int) -> str:
        """The words of the block in which a letter stands."""
        start = self.text.rfind("\u00b6", 0, at) + 1
        stop = self.text.find("\u00b6", at)
        return self.text[start : stop if stop >= 0 else None]


def without_calls(pieces: tuple[Piece, ...]) -> list[Piece]:
    """The pieces that are no calls of notes: links set smaller than what stands before them."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept and piece.kinds[-1] == "Link" and piece.size < _SUPERIOR * kept[-1].size:
            kept[-1] = replace(kept[-1], right=piece.right)
        else:
            kept.append(piece)
    return kept
