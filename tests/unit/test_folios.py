"""Folios: counted, and kept with pages that were put in."""

from __future__ import annotations

from printedition.page.folios import Folios, base_of, letter_of, page_labels, put_in_after, rules


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
    labels = ["12", "12a", "12z", "12za", "iv", "iv-a", "ix"]
    assert [base_of(label) for label in labels] == ["12", "12", "12", "12", "iv", "iv", "ix"]
    assert [letter_of(label) for label in labels] == ["", "a", "z", "za", "", "-a", ""]


def test_no_two_pages_that_are_put_in_have_one_folio() -> None:
    taken, made = {"12", "13"}, ["12"]
    for _ in range(60):
        made.append(put_in_after(made[-1], taken))
    assert made[1:3] + made[26:28] + made[52:54] == ["12a", "12b", "12z", "12za", "12zz", "12zza"]
    assert len({*made}) == len(made)
    assert put_in_after("iv", {"iv-a"}) == "iv-b" and put_in_after("iv-b", {"iv-a"}) == "iv-c"
    assert put_in_after("12a", {"12a", "12b"}) == "12aa"


def test_what_stands_before_page_1_now_is_counted_from_nothing() -> None:
    """Two pages had the folio 1."""
    folios = Folios({"letter": ("1", "2")})
    labels = folios.of(5, 1, {"letter": 3})
    assert labels == ["i", "0a", "0b", "1", "2"]
    assert next(rules(labels, 1)) == "@page :nth(2) { counter-reset: page 0 !important }"


def test_sheets_print_the_folios() -> None:
    assert not [*rules(["i", "1", "2"], 1)]
    assert [*rules(["1", "2", "2a", "2b", "3"], 0)] == [
        "@page :nth(3) { counter-reset: page 2 !important }",
        "@page :nth(4) { counter-reset: page 2 !important }",
    ]


def test_a_pdf_tells_the_folios() -> None:
    assert told(["i", "ii", "1", "2"]) == [0, {"S": "/r"}, 2, {"S": "/D"}]
    labels = told(["1", "2", "2a", "3"])
    assert labels[:2] == [0, {"S": "/D"}]
    assert labels[2] == 2 and labels[4:] == [3, {"S": "/D", "St": 3}]
