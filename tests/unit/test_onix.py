"""The record for the book trade, held against the structure of ONIX for Books 3.0.

Of each element: its children in their order, as the specification of release 3.0 has them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from conftest import BASE, Examine
from printedition.cli import main
from printedition.cmif import Lacking
from printedition.onix import ONIX, product_record

CHILDREN = {
    "ONIXMessage": r"Header Product",
    "Header": r"Sender SentDateTime",
    "Sender": r"SenderName",
    "Product": r"RecordReference NotificationType ProductIdentifier DescriptiveDetail"
    r"( CollateralDetail)? PublishingDetail( RelatedMaterial)?",
    "ProductIdentifier": r"ProductIDType( IDTypeName)? IDValue",
    "DescriptiveDetail": r"ProductComposition ProductForm ProductFormDetail( ProductFormFeature)+"
    r" PrimaryContentType EpubTechnicalProtection TitleDetail(( Contributor)+| NoContributor)"
    r"( EditionStatement)? Language( Subject)?",
    "ProductFormFeature": r"ProductFormFeatureType ProductFormFeatureValue"
    r"( ProductFormFeatureDescription)?",
    "TitleDetail": r"TitleType TitleElement",
    "TitleElement": r"TitleElementLevel TitleText( Subtitle)?",
    "Contributor": r"SequenceNumber ContributorRole PersonName PersonNameInverted"
    r"( ContributorDescription)?",
    "Language": r"LanguageRole LanguageCode",
    "Subject": r"SubjectSchemeIdentifier SubjectHeadingText",
    "CollateralDetail": r"TextContent",
    "TextContent": r"TextType ContentAudience Text",
    "PublishingDetail": r"Publisher PublishingStatus PublishingDate",
    "Publisher": r"PublishingRole PublisherName",
    "PublishingDate": r"PublishingDateRole Date",
    "RelatedMaterial": r"RelatedProduct",
    "RelatedProduct": r"ProductRelationCode ProductIdentifier",
}
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


def record(edition: Examine, top: str) -> Any:
    """The record's root, if every element has the children that the format wants."""
    done = edition({"edition.yaml": BASE["edition.yaml"] + top})
    assert done.edition is not None and done.book is not None, done.diagnostics
    text = product_record(done.edition, done.book)
    assert text == product_record(done.edition, done.book)
    root = etree.fromstring(text.encode())
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{ONIX}}}")
        children = " ".join(child.tag.removeprefix(f"{{{ONIX}}}") for child in element)
        assert re.fullmatch(CHILDREN.get(name, ""), children), f"{name}: {children}"
        assert name in CHILDREN or name == "NoContributor" or element.text
    return root


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
