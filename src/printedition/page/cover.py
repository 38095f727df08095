"""The e-book's cover: the title page as a picture."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from printedition.book import tree
from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.page.engine import Engine
from printedition.sources import Sources

WIDTH = 1600  # px; shops ask for 1600 × 2560


def picture_of_cover(
    book: tree.Book, sources: Sources, render: Callable[..., str], findings: Findings
) -> bytes:
    """A JPEG of 1600 × 2560 px, made from the template of the cover."""
    style = "@page { size: 100mm 160mm; margin: 0 }\n" + house_file(sources, "styles", "cover.css")
    engine = Engine(sources, style, findings)
    document = engine.lay_out(render("page/cover.html", book=book))
    data = engine.write(document, None, b"cover")
    import pypdfium2  # takes long to load, and a PDF needs none of it

    page = pypdfium2.PdfDocument(data)[0]
    picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
