"""How the apparatus of an included edition is worded: as in its own book, not as the volume's."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from printedition import pipeline
from printedition.sources import MemorySources
from volumes import edition, inside

WITNESSES = (
    "  - siglum: 'U'\n    description: 'A copy'\n  - siglum: 'V'\n    description: 'Another'\n"
)
VARIANTS = (
    "- lemma: 'council'\n  in: 'p1'\n  readings:\n    - wit: 'U'\n      om: true\n"
    "- lemma: 'land'\n  in: 'p1'\n  readings:\n    - wit: 'U V'\n      iter: true\n"
)


def small(slug: str, title: str, *, lang: str, apparatus: str = "") -> dict[str, str]:
    """An edition of one sentence with two entries, of which its record may say how they print."""
    files = edition(slug, title=title, words="The council gives the land away.", more=apparatus)
    record = files["edition.yaml"].replace("lang: 'en'", f"lang: '{lang}'")
    record = record.replace("texts:\n", f"{WITNESSES}texts:\n", 1)
    return {**files, "edition.yaml": record, "text/apparatus.yaml": VARIANTS}


OWN = "apparatus:\n  form: 'positive'\n  others: 'word'\n  terms:\n    om: 'lacks'\n"
DECLARED = small("one", "One", lang="en", apparatus=OWN)
SILENT = small("two", "Zwei", lang="de")
VOLUME = {
    "edition.yaml": (
        "slug: 'reader'\ntitle: 'Reader'\nlang: 'en'\n"
        "texts:\n  - id: 'one'\n    include: 'one'\n  - id: 'two'\n    include: 'two'\n"
        "apparatus:\n  form: 'negative'\n  terms:\n    om: 'missing from'\n"
        "book:\n  - text: 'one'\n  - text: 'two'\n  - sigla: 'Sigla'\n"
        "  - permissions: 'Rights'\n"
    ),
    **inside("one", DECLARED),
    **inside("two", SILENT),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("volume")
    made = pipeline.build(MemorySources(VOLUME), output=folder, formats=frozenset({"pdf", "epub"}))
    assert not made.has_errors, made.diagnostics
    return folder


def printed(path: Path) -> str:
    book = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(p.get_textpage().get_text_bounded() for p in book).split())


def bound(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        pages = [archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")]
    return " ".join(" ".join("".join(etree.fromstring(page).itertext()).split()) for page in pages)


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_an_included_edition_prints_its_apparatus_as_its_own_book_does(
    books: Path, form: str
) -> None:
    said = {"pdf": printed, "epub": bound}[form](books / f"reader.{form}")
    assert "council] rest; lacks U" in said, said
    assert "land] T¹; rep. UV" in said, said
    # One that declares nothing has the volume's form, in the words of its own language.
    assert "council] fehlt U" in said
    assert "land] wdh. UV" in said
    assert "missing from" not in said


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_the_conspectus_says_of_each_edition_which_form_it_has(books: Path, form: str) -> None:
    said = {"pdf": printed, "epub": bound}[form](books / f"reader.{form}")
    assert "One: The apparatus is positive:" in said
    assert "Zwei: The apparatus is negative:" in said
    listed = said.replace("fehltomitted", "fehlt omitted").replace("lacksomitted", "lacks omitted")
    assert "fehlt omitted in" in listed and "lacks omitted in" in listed


def composed(files: Mapping[str, str]) -> str:
    found = pipeline.examine(MemorySources(dict(files)))
    assert found.book is not None, found.diagnostics
    (section,) = (one for one in found.book.sections if one.kind == "sigla")
    return section.form


def test_a_form_that_all_share_is_said_once() -> None:
    record = VOLUME["edition.yaml"].replace("form: 'negative'", "form: 'positive'")
    assert composed({**VOLUME, "edition.yaml": record}).startswith("The apparatus is positive: ")
    assert composed(VOLUME) == ""
