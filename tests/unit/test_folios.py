"""Folios: counted, and kept with pages that were put in."""

from __future__ import annotations

from printedition.page.folios import Folios, base_of, page_labels, rules, with_letter


def told(labels: list[str]) -> list[object]:
    """The page labels of a PDF, its dictionaries as Python's."""
    return [one if isinstance(one, int) else dict(one) for one in page_labels(labels)]


def test_folios_are_counted_from_the_end_of_the_front_matter() -> None:
    assert Folios().of(5, 2, {"letter": 2}) == ["i", "ii", "1", "2", "3"]


def test_a_page_put_in_moves_no_folio_after_it() -> None:
    folios = Folios({"letter": ("1", "2", "2a", "2b", "3"), "note": ("5",)})
    found = folios.of(9, 1, {"letter": 1, "note": 7})
    assert found == ["i", "1", "2", "2a", "2b", "3", "4", "5", "6"]


def test_a_section_that_the_printing_had_not_stands_on_lettered_pages() -> None:
    folios = Folios({"letter": ("1", "2"), "note": ("3",)})
    assert folios.of(5, 0, {"letter": 0, "note": 4}) == ["1", "2", "2a", "2b", "3"]


def test_a_folio_is_told_by_its_number_and_its_letter() -> None:
    assert [with_letter("12", 1), with_letter("iv", 2), base_of("12a"), base_of("iv-b")] == [
        "12a",
        "iv-b",
        "12",
        "iv",
    ]
    assert base_of("ix") == "ix"


def test_sheets_print_the_folios() -> None:
    assert rules(["i", "1", "2"], 1) == ""
    assert rules(["1", "2", "2a", "2b", "3"], 0).splitlines() == [
        "@page :nth(3) { counter-reset: page 2 !important }",
        "@page :nth(4) { counter-reset: page 2 !important }",
    ]


def test_a_pdf_tells_the_folios() -> None:
    assert told(["i", "ii", "1", "2"]) == [0, {"S": "/r"}, 2, {"S": "/D"}]
    labels = told(["1", "2", "2a", "3"])
    assert labels[:2] == [0, {"S": "/D"}]
    assert labels[2] == 2 and labels[4:] == [3, {"S": "/D", "St": 3}]
