"""The list of letters, held against what the CMIF documentation, schema and Schematron ask for.

https://github.com/TEI-Correspondence-SIG/CMIF: doc/documentation-en.md, the schema's ODD, cmif.sch.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from click.testing import CliRunner
from lxml import etree

from conftest import BASE
from printedition.beginnings.begin import begin
from printedition.cli import main
from printedition.cmif import LICENCE, TEI, Lacking, list_of_letters
from printedition.pipeline import read_checked
from printedition.sources import MemorySources

UUID = r"[a-f][0-9a-f]{7}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
DAY = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
WEB = r"https?://\S+"
DOUBT = {"cert": "medium|low", "evidence": "conjecture"}

# Of each element: its children in their order, its attributes (those with ! must be there), and
# whether it has words.
RULES: dict[str, tuple[str, dict[str, str], bool]] = {
    "TEI": (r"teiHeader text", {}, False),
    "teiHeader": (r"fileDesc profileDesc", {}, False),
    "fileDesc": (r"titleStmt publicationStmt sourceDesc", {}, False),
    "titleStmt": (r"title( editor)+", {}, False),
    "title": ("", {}, True),
    "editor": (r"(email)?", {}, True),
    "email": ("", {}, True),
    "publicationStmt": (r"(publisher )+idno date availability", {}, False),
    "publisher": (r"(ref)?", {}, True),
    "ref": ("", {"target!": WEB}, True),
    "idno": ("", {"type!": "url"}, True),
    "availability": (r"licence", {}, False),
    "licence": ("", {"target!": re.escape(LICENCE)}, True),
    "sourceDesc": (r"bibl", {}, False),
    "bibl": ("", {"type!": "print|online|hybrid", "xml:id!": UUID}, True),
    "profileDesc": (r"correspDesc( correspDesc)*", {}, False),
    "correspDesc": (r"correspAction correspAction",
                    {"key!": r".+", "ref": WEB, "source!": f"#{UUID}"}, False),
    "correspAction": (r"(persName|orgName)( persName| orgName)*( placeName)?( date)?",
                      {"type!": "sent|received"}, False),
    "persName": ("", {"ref": WEB, **DOUBT}, True),
    "orgName": ("", {"ref": WEB, **DOUBT}, True),
    "placeName": ("", {"ref": WEB, **DOUBT}, True),
    "date": ("", {"when": DAY, "from": DAY, "to": DAY, "notBefore": DAY, "notAfter": DAY, **DOUBT},
             False),
    "text": (r"body", {}, False),
    "body": (r"p", {}, False),
    "p": ("", {}, False),
}  # fmt: skip
TOGETHER = ({"when"}, {"from", "to"}, {"notBefore"}, {"notAfter"}, {"notBefore", "notAfter"})


def name_of(element: Element) -> str:
    return element.tag.removeprefix(f"{{{TEI}}}")


def attributes_of(element: Element) -> dict[str, str]:
    xml = "{http://www.w3.org/XML/1998/namespace}"
    return {name.replace(xml, "xml:"): value for name, value in element.attrib.items()}


def assert_is_cmif(text: str) -> Element:
    """The list's root, if nothing in it breaks a rule of the format."""
    root: Element = etree.fromstring(text.encode("utf-8"))
    names = {element.get("{http://www.w3.org/XML/1998/namespace}id") for element in root.iter()}
    for element in root.iter():
        assert element.tag.startswith(f"{{{TEI}}}")
        name = name_of(element)
        children, allowed, words = RULES[name]
        assert re.fullmatch(children, " ".join(map(name_of, element))), name
        stated = attributes_of(element)
        required = {key[:-1] for key in allowed if key.endswith("!")}
        forms = {key.removesuffix("!"): form for key, form in allowed.items()}
        assert required <= set(stated) <= set(forms), (name, stated)
        for key, value in stated.items():
            assert re.fullmatch(forms[key], value), (name, key, value)
        held = "".join(element.itertext()).strip()
        assert bool(held) or not words or name == "publisher", name
        if name == "date":
            assert set(stated) - set(DOUBT) in TOGETHER
        if name == "correspDesc":
            assert [action.get("type") for action in element] == ["sent", "received"]
            assert stated["source"][1:] in names
    return root


def files_of(letter: str, dates: str = "", top: str = "") -> dict[str, str]:
    record = BASE["edition.yaml"].replace(
        "    file: 'letter/letter.md'\n",
        f"    file: 'letter/letter.md'\n    letter:\n{letter}"
        + (f"    dates:\n{dates}" if dates else ""),
    )
    return {**BASE, "edition.yaml": record + top}


CMIF = "date: '2026-01-31'\ncmif:\n  url: 'https://example.org/l.xml'\n  editor: 'Eve'\n"
BOTH = "      sender:\n        - name: 'Ada'\n      addressee:\n        - unknown: true\n"


def listed(letter: str, dates: str = "", top: str = CMIF) -> Element:
    edition, found = read_checked(MemorySources(files_of(letter, dates, top)))
    assert edition is not None and found == ()
    return assert_is_cmif(list_of_letters(edition))


def actions(root: Element) -> list[list[tuple[str, str, dict[str, str]]]]:
    return [
        [(name_of(part), part.text or "", attributes_of(part)) for part in action]
        for action in root.iter(f"{{{TEI}}}correspAction")
    ]


def test_what_is_known_of_a_letter_is_listed() -> None:
    letter = (
        "      number: '7'\n      address: 'https://example.org/7'\n"
        "      sender:\n        - name: 'Ada & Co.'\n          institution: true\n"
        "          authority: 'gnd:118640402'\n"
        "      addressee:\n        - name: 'Ben'\n          certainty: 'low'\n"
        "        - name: 'Cat'\n          inferred: true\n"
        "      place:\n        name: 'Bath'\n        authority: 'geonames:2656173'\n"
        "      destination:\n        unknown: true\n"
    )
    dates = (
        "      - event: 'written'\n        when: '1922-09-25'\n"
        "      - event: 'sent'\n        when: '1922-09-26'\n        inferred: 'year'\n"
        "        certainty: 'medium'\n"
        "      - event: 'received'\n        after: '1922-09'\n        before: '1923'\n"
        "        inferred: true\n"
    )
    root = listed(letter, dates)
    described = next(root.iter(f"{{{TEI}}}correspDesc"))
    assert (described.get("key"), described.get("ref")) == ("7", "https://example.org/7")
    sent, received = actions(root)
    assert sent == [
        ("orgName", "Ada & Co.", {"ref": "http://d-nb.info/gnd/118640402"}),
        ("placeName", "Bath", {"ref": "https://www.geonames.org/2656173"}),
        ("date", "", {"when": "1922-09-26", "evidence": "conjecture", "cert": "medium"}),
    ]
    assert received == [
        ("persName", "Ben", {"cert": "low"}),
        ("persName", "Cat", {"evidence": "conjecture"}),
        ("date", "", {"notBefore": "1922-10-01", "notAfter": "1922-12-31"}),
    ]


def test_without_a_date_of_sending_that_of_writing_is_listed_and_words_are_not() -> None:
    dates = (
        "      - event: 'sent'\n        date: 'Whitsun'\n"
        "      - event: 'written'\n        from: '1922'\n        to: '1923-05'\n"
    )
    sent, received = actions(listed(BOTH, dates))
    assert sent[1:] == [("date", "", {"from": "1922", "to": "1923-05"})]
    assert received == [("persName", "Unknown", {})]


def test_the_list_says_who_answers_for_it_and_of_which_edition_it_is() -> None:
    settings = (
        "  email: 'eve@example.org'\n  publisher: 'Press & Sons'\n"
        "  publisher_url: 'https://example.org/'\n  kind: 'print'\n"
        "  uuid: 'a0000000-0000-4000-8000-000000000000'\n"
        "cite:\n  - 'Ada, *Letters*, 1922.'\n"
    )
    root = listed(BOTH, top=CMIF + settings)
    words = {name_of(e): (e.text or "").strip() for e in root.iter() if len(e) == 0 or e.text}
    assert words["editor"] == "Eve" and words["email"] == "eve@example.org"
    assert words["ref"] == "Press & Sons" and words["bibl"] == "Ada, Letters, 1922."
    described = next(root.iter(f"{{{TEI}}}correspDesc"))
    assert described.get("source") == "#a0000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("top", "lacks"),
    [
        ("", "no record cmif:"),
        (CMIF.replace("date: '2026-01-31'\n", ""), "has no date:"),
        (CMIF.replace("  editor: 'Eve'\n", ""), "add editor:"),
    ],
)
def test_what_the_list_lacks_is_told(top: str, lacks: str) -> None:
    edition, _ = read_checked(MemorySources(files_of(BOTH, top=top)))
    assert edition is not None
    with pytest.raises(Lacking, match=lacks):
        list_of_letters(edition)


def test_export_writes_the_same_list_twice_and_none_of_a_faulty_edition(tmp_path: Path) -> None:
    begin(tmp_path / "letter", "letter")
    arguments = ["export", "cmif", str(tmp_path / "letter")]
    shown = CliRunner().invoke(main, arguments)
    assert shown.exit_code == 0
    assert_is_cmif(shown.stdout)
    file = tmp_path / "list.xml"
    assert CliRunner().invoke(main, [*arguments, "-o", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8") == shown.stdout
    refused = CliRunner().invoke(main, [*arguments, "-o", str(tmp_path / "no" / "list.xml")])
    assert refused.exit_code == 1 and "cannot write" in refused.stderr
    record = tmp_path / "letter" / "edition.yaml"
    record.write_text(record.read_text("utf-8").replace("1902-05-12", "1902-05-32"), "utf-8")
    faulty = CliRunner().invoke(main, arguments)
    assert faulty.exit_code == 1
    assert "DAT001" in faulty.stderr and "Nothing was written" in faulty.stderr
