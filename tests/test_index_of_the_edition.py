"""The index of the real edition: no name of its texts is missing, nor any place of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition
from printedition.edition.text import Leaf
from printedition.reading.reader import read_edition
from printedition.scholarship.checks import Scholarship, check
from printedition.sources import DiskSources

CONTENT = Path(__file__).resolve().parent.parent / "content"

# A capital within a sentence, or after an initial.
NAME = re.compile(r"(?:(?<=\b[A-Z]\. )|(?<![.?!] )(?<!^)(?<!^“))\b[A-Z][a-z][\w’-]*")
NO_NAMES = frozenset(
    # what the texts call their own parts, dates, first words of titles and of a postscript
    {"Part", "Point", "Vol", "Fifth", "Edition", "Monday", "October", "December"}
    | {"Members", "On", "Corresponding", "Send"}
)
OTHER_FORMS = {"Party’s": "Party", "Commission": "commission"}
PERSON = re.compile(r"^([A-Z][\w-]+)(?:, (?:[A-Z]\. ?)+)?$")
WITHOUT_INITIALS = ("Rykov", "Zinoviev")
COUNTRIES_AND_BODIES = {
    **{name: name for name in ("Armenia", "Azerbaijan", "Bokhara", "Far-Eastern Republic")},
    **{name: name for name in ("Gorki", "Kharezm", "Orgbureau", "Transcaucasian Federation")},
    "Byelorussia": "Byelorussia(?:n)?",
    "Georgia": "Georgia(?:n)?",
    "Politbureau": "Politbureau|Political Bureau",
    "Ukraine": "Ukrain(?:e|ian)",
}


@pytest.fixture(scope="module")
def checked() -> tuple[Edition, Scholarship]:
    findings = Findings()
    edition = read_edition(DiskSources(CONTENT), findings)
    assert edition is not None
    scholarship = check(edition, findings)
    assert findings.diagnostics == []
    return edition, scholarship


def leaves(edition: Edition) -> Iterator[tuple[str, int, Leaf]]:
    for text in edition.texts.values():
        for number, leaf in enumerate(text.leaves):
            yield text.id, number, leaf


def test_every_name_of_the_texts_has_a_heading(checked: tuple[Edition, Scholarship]) -> None:
    edition, _ = checked
    indexed: set[str] = set()
    for heading in edition.indexes["index.yaml"].walk():
        words = [heading.heading, *heading.forms]
        words += [passage.quotation.words for passage in heading.passages]
        for each in words:
            indexed.update(re.findall(r"[\w’-]+", each.text))
    for text, number, leaf in leaves(edition):
        for name in NAME.findall(leaf.plain):
            known = {name, name.removesuffix("’s"), OTHER_FORMS.get(name, name)}
            assert known & (indexed | NO_NAMES), f"{name} in {text} ¶{number}"


def test_no_place_of_a_person_or_republic_is_missing(
    checked: tuple[Edition, Scholarship],
) -> None:
    edition, scholarship = checked
    mentions, headings = scholarship.mentions, scholarship.mentions.headings
    sought = dict(COUNTRIES_AND_BODIES)
    for each in headings.listed:
        name = each.heading.heading.text
        person = PERSON.match(name) if each.parent is None else None
        if person and (", " in name or name in WITHOUT_INITIALS):
            sought[name] = person[1]
    assert len(sought) > 25
    for text, number, leaf in leaves(edition):
        found = set()
        for mention in mentions.in_leaf(leaf.inlines, leaf.plain, (text, number)):
            parent = headings.listed[mention.heading].parent
            found.add(headings.name(mention.heading if parent is None else parent))
        for heading, form in sought.items():
            if re.search(rf"(?<!\w)(?:{form})(?!\w)", leaf.plain) and heading not in found:
                assert number == 0, f"{heading} in {text} ¶{number}"
