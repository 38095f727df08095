"""A slip to lay into a printed book, set in the book's style, and sheets to cut it from."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.edition.edition import PageSize
from printedition.page import tags
from printedition.page.engine import Engine
from printedition.page.geometry import page_rules
from printedition.sources import Sources

SIZES = {"a6": (105, 148), "a5": (148, 210)}  # mm
_POINT = 72 / 25.4  # pt in a mm
_A4 = 210, 297


def slip(copy: str, page: PageSize, size: str, sources: Sources, findings: Findings) -> bytes:
    """A PDF of a slip from its copy, in the book's style."""
    width, height = SIZES[size]
    engine = Engine(sources, page_rules(page) + house_file(sources, "styles", "page.css"), findings)
    sides = "".join(f"@page :{side} {{ margin: 11mm 10mm }}" for side in ("left", "right"))
    paper = f"@page {{ size: {width}mm {height}mm; margin: 11mm 10mm }}{sides}"
    document = engine.lay_out(copy, paper + house_file(sources, "styles", "errata.css"))
    tags.mend(document)
    return engine.write(document, None, b"errata")


def on_sheets(data: bytes, size: str) -> bytes:
    """A4 sheets to cut, each with a page of the slip as often as it has room: four, or two."""
    columns = rows = 2
    width, height = _A4
    if size == "a5":
        rows, (height, width) = 1, _A4
    slips = pypdfium2.PdfDocument(data)
    sheets = pypdfium2.PdfDocument.new()
    for number, slip_page in enumerate(slips):
        sheet = sheets.new_page(width * _POINT, height * _POINT)
        drawn = slips.page_as_xobject(number, sheets)
        for place in range(columns * rows):
            row, column = divmod(place, columns)
            copy = drawn.as_pageobject()
            across, down = slip_page.get_size()
            copy.set_matrix(pypdfium2.PdfMatrix().translate(column * across, row * down))
            sheet.insert_obj(copy)
        sheet.gen_content()
    buffer = BytesIO()
    sheets.save(buffer)
    return buffer.getvalue()
