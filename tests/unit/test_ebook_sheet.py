"""Media queries in the e-book's stylesheet, which the engine of the printed book knows not."""

from __future__ import annotations

import pytest

from printedition.diagnostics import Findings
from printedition.page.ebook_sheet import check_ebook_sheet
from printedition.sources import MemorySources


def faults(query: str) -> list[str]:
    findings = Findings()
    sheet = f"@media {query} {{ p {{ color: red }} }}\n"
    check_ebook_sheet(MemorySources({"styles/ebook.css": sheet}), findings)
    return [found.code for found in findings.diagnostics]


@pytest.mark.parametrize(
    "query",
    ["(min-width: 32em)", "screen and (orientation: landscape)", "amzn-kf8", "(color), print"],
)
def test_what_readers_know_is_left_to_them(query: str) -> None:
    assert faults(query) == []


@pytest.mark.parametrize("query", ["min-width: 32em", "screen (min-width: 32em)", "(min width)"])
def test_a_query_that_no_reader_knows_is_told(query: str) -> None:
    """All that was said of media types was passed over."""
    assert faults(query) == ["CSS001"]
