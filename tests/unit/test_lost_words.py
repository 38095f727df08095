"""Faults that random and monstrous texts brought to light, by the smallest text that shows each."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from conftest import Examine
from printedition.diagnostics import Findings
from printedition.edition.text import Table, plain_text
from printedition.reading.blocks import parse_blocks
from printedition.reading.inline import Line, Setting, parse_inline
from printedition.sources import SourceFile


def _codes(edition: Examine, **files: str | bytes) -> list[str]:
    named = {path.replace("__", "/").replace("_", "."): text for path, text in files.items()}
    return [found.code for found in edition(named).diagnostics]


def _words(text: str, *, verse: bool = False) -> str:
    lines, offset = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, offset))
        offset += len(line) + 1
    findings = Findings()
    words = plain_text(parse_inline(lines, Setting("a.md", findings, verse=verse)))
    assert findings.diagnostics == []
    return words


def test_a_commentary_without_a_head_ended_in_an_exception(edition: Examine) -> None:
    assert _codes(edition, letter__commentary_md="Words alone.\n") == ["NOT001"]


@pytest.mark.parametrize(
    "text",
    ["end []{.page-break n=2}", "[end ]{.supplied}", "end [*[ ]{.supplied}*]{.deleted}"],
)
def test_the_space_before_a_last_mark_stayed_in_the_plain_text(text: str) -> None:
    assert _words(text) == "end"


def test_the_space_before_a_mark_at_a_verse_end_was_printed_twice() -> None:
    assert _words("one []{.page-break n=2}\ntwo", verse=True) == "one two"


def test_a_cell_with_an_escaped_pipe_had_the_place_of_its_line() -> None:
    text = "> | a | b |\n> |---|---|\n> | x \\| y | z |\n"
    findings = Findings()
    document = parse_blocks(SourceFile("a.md", text), Setting("a.md", findings, prose=True))
    (quotation,) = document.blocks
    (table,) = quotation.blocks  # type: ignore[union-attr]
    assert isinstance(table, Table)
    first, second = table.rows[0]
    assert (first.plain, second.plain) == ("x | y", "z")
    assert text[first.span.start : first.span.end] == "x \\| y"
    assert text[second.span.start : second.span.end] == "z"


def test_a_head_of_many_blanks_was_tried_for_ever(edition: Examine) -> None:
    head = f"## p1{' ' * 20_000}x\n\nNote.\n"
    assert _codes(edition, letter__commentary_md=head) == ["NOT001"]


def test_takes_that_double_at_each_step_are_not_followed(edition: Examine) -> None:
    takes = [f'::: {{#a{n} take="a{n + 1} a{n + 1}"}}\n:::\n' for n in range(60)]
    text = "# A letter\n\n" + "\n".join([*takes, "{#a60}\nThe end.\n"])
    assert _codes(edition, letter__letter_md=text) == ["TAK003"]


def test_a_picture_of_a_million_megapixels_is_no_picture(
    base: dict[str, str], edition: Examine
) -> None:
    file = io.BytesIO()
    Image.new("1", (1, 1)).save(file, "PNG")
    data = bytearray(file.getvalue())
    data[16:24] = (10**6).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    record = base["edition.yaml"] + "  - prose: 'front.md'\n"
    found = edition(
        {"edition.yaml": record, "front.md": "![A seal](seal.png)\n", "seal.png": bytes(data)}
    )
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["IMG001"]
