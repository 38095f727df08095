"""The record for the book trade, held against EDItEUR’s own schemas.

They come with onixcheck, the code lists with them; EDItEUR lets nobody copy them into a project.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree
from onixcheck.schema import O30_XSD_REFERENCE, O31_XSD_REFERENCE
from PIL import Image

from conftest import BASE, Examine
from printedition.cli import main
from printedition.cmif import Lacking
from printedition.edition.edition import Role
from printedition.onix import _LANGUAGES, ONIX, product_record

NEEDED = "publisher: 'A & B'\ndate: '2026-01-31'\n"
FULL = (
    NEEDED
    + """subtitle: 'With < and >'
revision: '2'
description: 'What it is.'
subjects:
  - 'Letters'
  - 'History'
people:
  - name: 'Ann Other'
    role: 'author'
  - name: 'C. Opyist'
    sort: 'Opyist, C.'
    role: 'transcriber'
identifiers:
  pdf: 'ISBN 978-3-16-148410-0'
  epub: 'ISBN 978-1-4028-9462-6'
"""
)
EVALUATED = """accessibility:
  evaluator: 'The Office'
  date: '2026-03-01'
  standard: 'EPUB Accessibility 1.1 - WCAG 2.1 Level AA'
"""


@cache
def schema(release: str) -> etree.XMLSchema:
    path = {"3.0": O30_XSD_REFERENCE, "3.1": O31_XSD_REFERENCE}[release]
    return etree.XMLSchema(file=path)


def taken(text: str) -> etree._Element:
    """A record’s root, if the trade takes it: as ONIX 3.0, and as 3.1 too."""
    for release in ("3.1", "3.0"):
        root = etree.fromstring(text.replace("3.0", release).encode())
        schema(release).assertValid(root)
    return root


def record(edition: Examine, top: str) -> Any:
    """The root of an edition’s record, if the trade takes it."""
    return taken(text_of(edition, {"edition.yaml": BASE["edition.yaml"] + top}))


def text_of(edition: Examine, files: Mapping[str, str | bytes | None]) -> str:
    done = edition(files)
    assert done.edition is not None and done.book is not None, done.diagnostics
    text = product_record(done.edition, done.book)
    assert text == product_record(done.edition, done.book)
    return text


def words(root: Any, name: str) -> list[str]:
    return [element.text for element in root.iter(f"{{{ONIX}}}{name}")]


def codes(root: Any) -> dict[str, str | None]:
    """The codes of list 196 with what is said of them."""
    return {
        feature[1].text: feature[2].text if len(feature) > 2 else None
        for feature in root.iter(f"{{{ONIX}}}ProductFormFeature")
        if feature[0].text == "09"
    }


def test_all_that_is_known_is_stated(edition: Examine) -> None:
    root = record(edition, FULL)
    assert words(root, "IDValue") == ["9781402894626", "9783161484100"]
    assert words(root, "ProductIDType") == ["15", "15"]
    assert words(root, "ContributorRole") == ["A01", "Z99"]
    assert words(root, "PersonNameInverted") == ["Other, Ann", "Opyist, C."]
    assert words(root, "SubjectHeadingText") == ["Letters; History"]
    assert words(root, "LanguageCode") == ["eng"]
    assert words(root, "Subtitle") == ["With < and >"]
    assert words(root, "Date") == words(root, "SentDateTime") == ["20260131"]


def test_every_role_and_language_has_a_code_of_the_lists(edition: Examine) -> None:
    people = "".join(f"  - name: 'One'\n    role: '{role.value}'\n" for role in Role)
    stated = f"{BASE['edition.yaml']}{NEEDED}people:\n{people}"
    text = text_of(edition, {"edition.yaml": stated})
    assert len(words(taken(text), "ContributorRole")) == len(Role)
    for code in {*_LANGUAGES.values(), "und"}:
        taken(re.sub("(?<=<LanguageCode>)eng", code, text))
    with pytest.raises(etree.DocumentInvalid, match="LanguageCode"):
        taken(re.sub("(?<=<LanguageCode>)eng", "english", text))


def test_the_printed_book_is_the_source_of_the_pages(edition: Examine) -> None:
    """List 196, 19, wants the relation 13."""
    (relation,) = record(edition, FULL).iter(f"{{{ONIX}}}RelatedProduct")
    assert words(relation, "ProductRelationCode") == ["06", "13"]
    assert words(relation, "IDValue") == ["9783161484100"]


def test_pictures_are_stated_where_there_are_any(edition: Examine) -> None:
    assert words(record(edition, NEEDED), "ProductContentType") == []
    seal = io.BytesIO()
    Image.new("L", (1, 1)).save(seal, "PNG")
    files = {
        "edition.yaml": f"{BASE['edition.yaml']}  - prose: 'front/preface.md'\n{NEEDED}",
        "front/preface.md": "# Preface\n\n![A seal](seal.png)\n",
        "front/seal.png": seal.getvalue(),
    }
    assert words(taken(text_of(edition, files)), "ProductContentType") == ["07"]


@pytest.mark.parametrize(
    ("identifier", "kind", "value"),
    [
        ("https://doi.org/10.1000/7", "06", "10.1000/7"),
        ("urn:nbn:de:1", "22", "urn:nbn:de:1"),
        ("Our 12", "01", "Our 12"),
    ],
)
def test_an_identifier_is_named_by_its_kind(
    edition: Examine, identifier: str, kind: str, value: str
) -> None:
    root = record(edition, f"{NEEDED}identifier: '{identifier}'\n")
    assert (words(root, "ProductIDType"), words(root, "IDValue")) == ([kind], [value])


def test_codes_of_accessibility_are_those_of_the_book(edition: Examine) -> None:
    without = set(codes(record(edition, NEEDED)))
    assert {"10", "11", "13", "14", "19", "22", "29", "30", "32", "36", "52"} <= without
    assert not without & {"04", "12", "80", "81", "82", "84", "85", "86", "90", "91"}
    claimed = codes(record(edition, NEEDED + EVALUATED))
    assert set(claimed) - without == {"04", "81", "85", "90", "91"}
    assert (claimed["90"], claimed["91"]) == ("The Office", "20260301")


def test_what_the_record_lacks_is_told(edition: Examine) -> None:
    with pytest.raises(Lacking, match=r"no publisher:.*no date:"):
        record(edition, "")


def test_export_writes_the_record_or_says_what_keeps_it(tmp_path: Path) -> None:
    for name, text in BASE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    arguments = ["export", "onix", str(tmp_path)]
    lacking = CliRunner().invoke(main, arguments)
    assert lacking.exit_code == 1 and "no publisher:" in lacking.stderr
    file = tmp_path / "edition.yaml"
    file.write_text(BASE["edition.yaml"] + NEEDED, encoding="utf-8")
    shown = CliRunner().invoke(main, arguments)
    assert shown.exit_code == 0 and etree.fromstring(shown.stdout.encode()) is not None
    file.write_text(BASE["edition.yaml"] + NEEDED + "colour: 'red'\n", encoding="utf-8")
    faulty = CliRunner().invoke(main, arguments)
    assert faulty.exit_code == 1 and "SRC004" in faulty.stderr
