"""Remarks of the editor in texts: not printed, not found, and told where they do not end."""

from __future__ import annotations

import pytest

from conftest import Examine

LETTER = "letter/letter.md"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- A remark. -->\n\n{#p1}\nWords.\n",
        "<!-- A remark\n\nof *two -->\n{#p1}\nWords.\n",
        "{#p1}\nWords.\n\n<!-- [^1]: no note -->\n",
    ],
)
def test_a_remark_leaves_no_trace(text: str, edition: Examine) -> None:
    found = edition({LETTER: text})
    assert found.diagnostics == ()
    assert found.edition
    assert [block.span.start for block in found.edition.texts["letter"].blocks] == [
        text.index("Words")
    ]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("<!-- A remark.\n\nWords.\n", 0, "this remark is opened and not closed"),
        ("<!-- A -->Words.\n\nMore.\n", 7, "words stand after the end of this remark: “Words.”"),
    ],
)
def test_a_faulty_remark_is_told(text: str, place: int, message: str, edition: Examine) -> None:
    (fault,) = edition({LETTER: text}).diagnostics
    assert (fault.code, fault.span.start, fault.message) == ("MRK002", place, message)


def test_an_escaped_remark_is_printed(edition: Examine) -> None:
    found = edition({LETTER: "\\<!-- words -->\n"})
    assert found.diagnostics == ()
    assert found.edition
    (block,) = found.edition.texts["letter"].blocks
    assert block.plain == "<!-- words -->"  # type: ignore[union-attr]
