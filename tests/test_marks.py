"""The marks of change in the finished books, held against the texts and one another."""

from __future__ import annotations

import difflib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from measuring import opened

XHTML = "{http://www.w3.org/1999/xhtml}"
APART = {
    *("spoken", "change-sign", "elsewhere", "nothing", "call", "entry", "version-name", "gloss"),
    "line-number",
}
States = frozenset[str]


# The e-book


def letters(element: Any, states: States = frozenset()) -> Iterator[tuple[str, States]]:
    """The letters of an element as printed, each with the marks it bears."""
    classes = set((element.get("class") or "").split())
    if classes & APART:
        return
    kind = {f"{XHTML}ins": "new", f"{XHTML}del": "dropped"}.get(element.tag)
    states = states | ({kind} if kind else set()) | (classes & {"moved"})
    if element.tag == f"{XHTML}p":
        yield " ", frozenset()
    yield from ((letter, states) for letter in element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            yield from letters(child, states)
        yield from ((letter, states) for letter in child.tail or "")


def words(cell: Any) -> list[tuple[str, States]]:
    """The words of a cell and what is said of them; of a word that is marked in part, all."""
    read = list(letters(cell))
    plain = "".join(letter for letter, _ in read)
    return [
        (
            re.sub(r"\W", "", found.group()).casefold(),
            frozenset().union(*(states for _, states in read[found.start() : found.end()])),
        )
        for found in re.finditer(r"(?:[^\W\d]\.){2,}|\w+(?:[’'‐-]\w+)*", plain)
        if not found.group().isdigit()
    ]


@pytest.fixture(scope="module")
def rows(built: Path) -> list[list[list[tuple[str, States]]]]:
    """The words of each version in each row, of the versions that have the row."""
    (path,) = built.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        (name,) = [name for name in archive.namelist() if "versions" in name]
        page = etree.fromstring(archive.read(name))
    sections = [s for s in page.iter(f"{XHTML}section") if s.get("class") == "row"]
    made = []
    for section in sections:
        cells = [e for e in section.iter(f"{XHTML}div") if e.get("class") == "version"]
        read = [words(cell) for cell in cells if "absent" not in etree.tostring(cell).decode()]
        made.append([cell for cell in read if cell])
    assert sum(len(row) > 1 for row in made) >= 5
    return made


def is_within(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)


def test_what_is_neither_new_nor_dropped_is_what_both_versions_have(rows: Any) -> None:
    """Words that moved may have answered others, or none."""
    for row in rows:
        for old, new in pairwise(row):
            kept = [w for w, states in old if not states & {"dropped", "moved"}]
            had = [w for w, states in new if not states & {"new", "moved"}]
            assert is_within(kept, [w for w, states in new if "new" not in states])
            assert is_within(had, [w for w, states in old if "dropped" not in states])


def test_no_more_is_marked_than_another_comparison_would(rows: Any) -> None:
    for row in rows:
        for old, new in pairwise(row):
            first, second = [w for w, _ in old], [w for w, _ in new]
            matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
            alike = sum(block.size for block in matcher.get_matching_blocks())
            unmarked = sum("new" not in states for _, states in new)
            assert unmarked >= 0.85 * alike


def test_the_first_version_is_not_new_and_the_last_drops_nothing(rows: Any) -> None:
    for row in rows:
        assert not any("new" in states for _, states in row[0])
        assert not any("dropped" in states for _, states in row[-1])


def test_words_that_moved_are_marked_at_both_places(rows: Any) -> None:
    moved = Counter(w for row in rows for cell in row for w, states in cell if "moved" in states)
    assert {"agencies", "counterrevolution", "inspection", "defence"} <= moved.keys()
    assert moved["inspection"] == 2
    assert moved["defence"] == 2


# The PDF


def lines_below(page: Any) -> Iterator[tuple[str, float, float, float]]:
    """The lines under words, each with its kind: left, right, height on the page."""
    for rect in page.rects:
        if rect["height"] > 9:  # the box of a border, of which the bottom is drawn
            yield "new", rect["x0"], rect["x1"], rect["bottom"]
    for line in page.lines:
        dashed = bool(line["dash"] and line["dash"][0])
        yield "dropped" if dashed else "moved", line["x0"], line["x1"], line["top"]


def under_lines(page: Any) -> dict[str, Counter[str]]:
    """The letters of a page that stand on lines of each kind."""
    found: dict[str, Counter[str]] = {"new": Counter(), "dropped": Counter(), "moved": Counter()}
    lines = list(lines_below(page))
    for char in page.chars:
        if not char["text"].isalpha() or char["size"] < 7:
            continue
        middle = (char["x0"] + char["x1"]) / 2
        kinds = {
            kind
            for kind, left, right, height in lines
            if left <= middle <= right and -2.5 < height - char["bottom"] < 1.5
        }
        for kind in kinds:
            found[kind].update(char["text"])  # of a ligature each letter
    return found


def test_lines_in_the_pdf_stand_under_the_words_that_the_ebook_marks(built: Path) -> None:
    (path,) = built.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        (name,) = [name for name in archive.namelist() if "versions" in name]
        page = etree.fromstring(archive.read(name))
    wanted: dict[str, Counter[str]] = {kind: Counter() for kind in ("new", "dropped", "moved")}
    for cell in page.iter(f"{XHTML}div"):
        if cell.get("class") == "version":
            for letter, states in letters(cell):
                for state in states if letter.isalpha() else ():
                    wanted[state][letter] += 1
    (path,) = built.glob("*.pdf")
    found: dict[str, Counter[str]] = {kind: Counter() for kind in wanted}
    pdf = opened(path)
    for sheet in pdf.pages:
        titles = [w["top"] for w in sheet.extract_words() if w["text"] == "Clause"]
        if titles and "commission’s" in sheet.extract_text():  # below legend and heads
            table = sheet.crop((0, min(titles), sheet.width, sheet.height))
            for kind, counted in under_lines(table).items():
                found[kind] += counted
    for kind in wanted:
        assert wanted[kind], kind
        assert found[kind] == wanted[kind], kind
