"""A build of both books against WeasyPrint alone, on a plain page of the same words and length."""

from __future__ import annotations

import html
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import PROGRAM, Figure, best_of

_BAR = 3.0
_ROUNDS = 8  # of fitting the plain pages' type to the number of the book's pages
_PLAIN = """\
import sys
from weasyprint import HTML
document = HTML(filename=sys.argv[1]).render()
document.write_pdf(sys.argv[2])
print(len(document.pages))
"""


def figures(edition: Path) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = (*PROGRAM, "build", str(edition), "--quiet", "--output", name)
        best_of(1, build)
        (page_map,) = folder.glob("*.map.json")
        pages = len(json.loads(page_map.read_text(encoding="utf-8"))["pages"])
        plain, count = _plain_page(edition, folder, pages)
        alone = (sys.executable, "-c", _PLAIN, str(plain), str(folder / "plain.pdf"))
        without, with_books = best_of(3, alone, build)
    yield Figure(f"WeasyPrint alone, {count} plain pages", without)
    ratio = with_books.seconds / without.seconds
    yield Figure(f"build {edition.name}, {pages} pages and the e-book", with_books, ratio, _BAR)


def _plain_page(edition: Path, folder: Path, pages: int) -> tuple[Path, int]:
    """The edition's words in one plain page of HTML that fills as many sheets, and how many."""
    from weasyprint import HTML

    body = _body(edition)
    size, path = 11.0, folder / "plain.html"
    for _ in range(_ROUNDS):
        style = f"@page {{ size: A5; margin: 18mm }} body {{ font: {size:.2f}pt/1.3 serif }}"
        path.write_text(
            f'<html lang="en"><title>Plain</title><style>{style}</style><body>{body}',
            encoding="utf-8",
        )
        count = len(HTML(filename=str(path)).render().pages)
        if abs(count - pages) <= pages / 10:
            return path, count
        size *= (pages / count) ** 0.5
    raise SystemExit(f"the plain page does not come to {pages} sheets, but to {count}")


def _body(edition: Path) -> str:
    """What the book prints, as plain paragraphs: texts, prose, notes, versions, index."""
    from printedition.edition.text import Block, leaves_of
    from printedition.pipeline import examine
    from printedition.sources import DiskSources

    read = examine(DiskSources(edition)).edition
    assert read is not None
    bodies: list[tuple[Block, ...]] = [prose.blocks for prose in read.prose.values()]
    for text in read.texts.values():
        bodies += [text.blocks, *(note.blocks for note in text.notes)]
    bodies += [note.blocks for note in read.notes]
    for parallel in read.parallels.values():  # which prints its texts once more
        bodies += [read.texts[version.text.text].blocks for version in parallel.versions]
    words = [leaf.plain for body in bodies for leaf in leaves_of(body)]
    words += [heading.heading.text for index in read.indexes.values() for heading in index.headings]
    return "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in words)
