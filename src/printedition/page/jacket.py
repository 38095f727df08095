"""The cover of a bound book in one piece: back, spine, front."""

from __future__ import annotations

from printedition.book import tree
from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.edition.edition import PageSize
from printedition.page import tags
from printedition.page.copies import Render
from printedition.page.engine import Engine
from printedition.page.geometry import millimetres
from printedition.sources import Sources

READABLE = 5.0  # mm: words on a narrower spine would run over its edges, which no binder can avoid


def jacket(
    book: tree.Book,
    page: PageSize,
    spine: float,
    bleed: str,
    sources: Sources,
    render: Render,
    findings: Findings,
) -> bytes:
    """The PDF of a cover with a spine of so many mm, with what is printed beyond the trim."""
    width, height = millimetres(page.width, 148), millimetres(page.height, 210)
    rules = (
        f"@page {{ size: {2 * width + spine:.3f}mm {height:.3f}mm; margin: 0; "
        f"bleed: {bleed or '0mm'} }}\n"
        f".back, .front {{ width: {width:.3f}mm; height: {height:.3f}mm }}\n"
        f".spine {{ left: {width:.3f}mm; width: {spine:.3f}mm; height: {height:.3f}mm }}\n"
        f".front {{ left: {width + spine:.3f}mm }}\n"
        f".spine p {{ width: {height:.3f}mm; line-height: {spine:.3f}mm }}\n"
    )
    engine = Engine(sources, rules + house_file(sources, "styles", "jacket.css"), findings)
    document = engine.lay_out(render("page/jacket.html", book=book, readable=spine >= READABLE))
    tags.mend(document)
    return engine.write(document, None, b"jacket")
