"""Keywords of texts: in their heads, and for catalogues."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2

from printedition import pipeline
from printedition.sources import MemorySources

EDITION = {
    "edition.yaml": (
        "slug: 'keyed'\ntitle: 'Keyed'\nlang: 'en'\nsubjects:\n  - 'Trees'\n"
        "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
        "    source: 'A Book of Trees'\n    pages: '3'\n    rights: 'Public domain.'\n"
        "    keywords:\n      - 'oaks'\n      - 'Trees'\n"
    ),
    "oak.md": "# The Oak\n\nThe oak stood alone.\n",
}


def test_keywords_stand_in_the_head_of_the_text_and_in_both_catalogues(tmp_path: Path) -> None:
    told = pipeline.build(
        MemorySources(EDITION), output=tmp_path, formats=frozenset({"pdf", "epub"})
    )
    assert told.diagnostics == ()
    book = pypdfium2.PdfDocument(tmp_path / "keyed.pdf")
    assert "Keywords: oaks, Trees" in book[0].get_textpage().get_text_bounded()
    assert book.get_metadata_value("Keywords") == "Trees, oaks"
    with zipfile.ZipFile(tmp_path / "keyed.epub") as archive:
        package = archive.read("OEBPS/content.opf").decode()
        page = archive.read("OEBPS/text/01-oak.xhtml").decode()
    assert package.count("<dc:subject>") == 2 and "<dc:subject>oaks</dc:subject>" in package
    assert '<p class="keywords"><em>Keywords:</em> oaks, Trees</p>' in page
