"""The locators of an index, each with the rule that it follows (CMOS: Chicago, 17th ed.).

A place is written as `7`, `7.12` or `iv`; `+` marks a principal one, `n3` a note labelled 3, a
capital a version, `~` the last words of a range. Pages i to ix stand before page 1.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from printedition.book.index_printer import IndexPrinter, PagePlace, PrintedLocator
from printedition.book.tree import IndexGroup, IndexItem, Locator
from printedition.edition.index import IndexSettings, LocatorForm, LocatorRanges

ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
FULL, ELIDED, CHICAGO = LocatorRanges.FULL, LocatorRanges.ELIDED, LocatorRanges.CHICAGO
PAGE, LINE = LocatorForm.PAGE, LocatorForm.LINE
_LOCATOR = re.compile(
    r"(?P<main>\+)?(?P<first>(?:\d+|[ivx]+)(?:\.\d+)?)(?:~(?P<last>(?:\d+|[ivx]+)(?:\.\d+)?))?"
    r"(?:n(?P<note>[\d*]*))?(?P<version>[A-Z]\w?)?"
)


def place(written: str, notes: int) -> PagePlace:
    folio, _, line = written.partition(".")
    page = ROMAN.index(folio) if folio in ROMAN else len(ROMAN) + int(folio)
    return PagePlace(page, folio, int(line or 0), notes)


def printed(
    written: str, *, notes: int = 1, lang: str = "en", **settings: Any
) -> tuple[PrintedLocator, ...]:
    """What prints of places in the order of the text; `notes` stand on each page."""
    places: dict[str, PagePlace] = {}
    locators = []
    for number, one in enumerate(written.split()):
        found = _LOCATOR.fullmatch(one)
        assert found, one
        href, last = f"p{number}", f"q{number}" if found["last"] else ""
        places[href] = place(found["first"], notes)
        if last:
            places[last] = place(found["last"], notes)
        note = "" if found["note"] is None else found["note"] or "n"
        locators.append(
            Locator(
                href,
                "",
                last=last,
                note=note,
                version=found["version"] or "",
                principal=bool(found["main"]),
            )
        )
    style = replace(IndexSettings(), **settings)
    return IndexPrinter(places, style, lang, ("A", "B", "C")).locators(locators)


def words(made: tuple[PrintedLocator, ...]) -> str:
    """The locators as one reads them, principal ones between signs."""
    text = "".join(one.before + (f"<{one.text}>" if one.principal else one.text) for one in made)
    return text.removeprefix(", ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("rule", "written", "ranges", "expected"),
    [
        ("a page once", "7 7 7", FULL, "7"),
        ("in the order of the pages", "9 7 iv 8.1 3", FULL, "iv, 3, 7–9"),
        ("pages that follow on are joined", "12 13 14", FULL, "12–14"),
        ("two of them too", "12 13 15", FULL, "12–13, 15"),
        ("only those that follow on", "12 14", FULL, "12, 14"),
        ("no roman page with an arabic one", "viii ix 1 2", FULL, "viii–ix, 1–2"),
        ("a declared range", "30~33", FULL, "30–33"),
        ("a declared range with what follows on", "30~33 34 36", FULL, "30–34, 36"),
        ("a range on one page is a page", "30~30", FULL, "30"),
        ("CMOS 9.61: below 100 in full", "3~10 71~72 96~117", CHICAGO, "3–10, 71–72, 96–117"),
        ("CMOS 9.61: multiples of 100 in full", "100~104 1100~1113", CHICAGO, "100–104, 1100–1113"),
        ("CMOS 9.61: 101 to 109, what changes", "101~108 808~833 1103~1104", CHICAGO,
         "101–8, 808–33, 1103–4"),
        ("CMOS 9.61: else two figures", "321~328 498~532 1087~1089", CHICAGO,
         "321–28, 498–532, 1087–89"),
        ("CMOS 9.61: or as many as change", "1496~1500 11564~11615 12991~13001", CHICAGO,
         "1496–500, 11564–615, 12991–3001"),
        ("CMOS: roman numerals in full", "iii~vi", CHICAGO, "iii–vi"),
        ("ekdosis p. 49: fewest figures, the teens both", "35~37 115~118 123~124 129~131", ELIDED,
         "35–7, 115–18, 123–4, 129–31"),
        ("the house: in full", "123~124 1496~1500", FULL, "123–124, 1496–1500"),
        ("a principal page", "5 +9 12", FULL, "5, <9>, 12"),
        ("a principal page once", "9 +9 9", FULL, "<9>"),
        ("a principal page is not joined with others", "4 +5 6", FULL, "4, <5>, 6"),
        ("a declared range keeps its principal page", "4~6 +5", FULL, "4–6, <5>"),
        ("CMOS 16.111: a note", "45 45n3", FULL, "45, 45n"),
        ("notes are not joined", "45n1 46n1", FULL, "45n, 46n"),
        ("a note once", "45n1 45n1", FULL, "45n"),
        ("a version", "9B", FULL, "9 B"),
        ("versions of a page together, in their order", "9C 9A 9B", FULL, "9 ABC"),
        ("pages of the same versions are joined", "9A 9B 10B 10A 11A", FULL, "9–10 AB, 11 A"),
        ("sigla of several letters stand apart", "9A 9B1", FULL, "9 A B1"),
        ("a principal version", "+9A 9B 9A", FULL, "<9 A>, 9 B"),
        ("a range in a version", "9~11A 10B", FULL, "9 A, 10 AB, 11 A"),
        ("text, versions, notes", "9n2 9B 9", FULL, "9, 9 B, 9n"),
    ],
)  # fmt: skip
def test_locators_of_pages(rule: str, written: str, ranges: LocatorRanges, expected: str) -> None:
    assert words(printed(written, ranges=ranges)) == expected, rule


def test_notes_have_their_number_where_a_page_has_several() -> None:
    """CMOS 16.112."""
    assert words(printed("45n12 45n3 46n*", notes=2)) == "45n3, 45n12, 46n*"
    assert words(printed("45n", notes=2)) == "45n"


@pytest.mark.parametrize(
    ("rule", "written", "expected"),
    [
        ("page and line", "7.12 7.14", "7.12, 7.14"),
        ("lines are not joined", "7.12 7.13 8.1", "7.12, 7.13, 8.1"),
        ("a line once", "7.12 +7.12", "<7.12>"),
        ("a range on a page", "7.12~7.15", "7.12–15"),
        ("a range over pages", "7.12~8.3", "7.12–8.3"),
        ("the page where no line is counted", "iv 7 8 8.2", "iv, 7–8, 8.2"),
        ("a version", "9.12B 9.12A 9.14B", "9.12 AB, 9.14 B"),
        ("a note has no line", "9.3 9n1", "9.3, 9n"),
    ],
)
def test_locators_of_lines(rule: str, written: str, expected: str) -> None:
    assert words(printed(written, locators=LINE)) == expected, rule


def test_lines_are_not_printed_unless_wanted() -> None:
    assert words(printed("7.12 7.14 8.3")) == "7–8"


def test_lines_of_a_range_are_elided_as_pages_are() -> None:
    assert words(printed("7.21~7.25", locators=LINE, ranges=ELIDED)) == "7.21–5"


@pytest.mark.parametrize(
    ("written", "lang", "expected"),
    [
        ("7", "en", [""]),
        ("49~51", "en", ["49 to 51"]),
        ("149~151", "en", ["149 to 151"]),
        ("49~51", "de-AT", ["49 bis 51"]),
        ("7n3", "en", ["7, note"]),
        ("9A 9B", "fr", ["9, version A", "9, version B"]),
        ("9A 10A", "en", ["9 to 10, version A"]),
    ],
)
def test_what_is_read_aloud(written: str, lang: str, expected: list[str]) -> None:
    made = printed(written, lang=lang, ranges=ELIDED)
    assert [one.said for one in made] == expected


def test_what_is_read_aloud_of_lines() -> None:
    said = [one.said for one in printed("7.2 7.4~7.6 7.8~8.1", locators=LINE)]
    assert said == ["7, line 2", "7, line 4 to 6", "7, line 8 to 8, line 1"]


def test_each_locator_leads_to_its_first_words() -> None:
    made = printed("13 12 12 9B 9A 45n1")
    assert [(one.text, one.href) for one in made] == [
        ("9\u00a0A", "p4"),
        ("B", "p3"),
        ("12–13", "p1"),
        ("45n", "p5"),
    ]


def test_what_has_no_page_is_not_printed() -> None:
    printer = IndexPrinter({}, IndexSettings(), "en")
    assert printer.locators((Locator("x", "p1"),)) == ()


def test_places_by_name_once() -> None:
    locators = (
        Locator("a", "A 3"),
        Locator("b", "A 3"),
        Locator("c", "B 3"),
        Locator("d", "B 3", note="n"),
    )
    printer = IndexPrinter(None, IndexSettings(), "en")
    made = printer.locators(locators)
    assert words(made) == "A 3; B 3; B 3, note"
    assert [one.href for one in made] == ["a", "c", "d"]
    item = IndexItem("x", "Heading", "", locators, (), ())
    assert printer.headnote((IndexGroup("H", (item,)),)) == ""


def test_the_headnote_says_what_locators_mean() -> None:
    def headnote(locator: Locator, **settings: Any) -> str:
        sub = IndexItem("b", "sub", "", (locator,), (), ())
        item = IndexItem("a", "Heading", "", (), (), (), (sub,))
        style = replace(IndexSettings(), **settings)
        printer = IndexPrinter({}, style, "en", ("A", "B"))
        return printer.headnote((IndexGroup("H", (item,)),))

    assert headnote(Locator("x", "")) == ""
    assert headnote(Locator("x", ""), locators=LINE) == "Numbers are those of page and line."
    assert "by n" in headnote(Locator("x", "", note="1"))
    assert "version: B." in headnote(Locator("x", "", version="B"))
    assert "bold" in headnote(Locator("x", "", principal=True))
