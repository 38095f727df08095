"""The bench's reader and a long table corrected on their pages, read from the finished books.

On every fourth word of the reader stands an entry; pages end within words and within notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import pytest

import tables
from benchmarks.reader import reader
from keeping_pages import begins, columns_of, correct, run, told_of
from printed import read

pytestmark = pytest.mark.slower


def written(files: Mapping[str, str], folder: Path) -> Path:
    """An edition in a folder of its own, of which “first” was printed into first/."""
    edition = folder / "edition"
    for path, text in files.items():
        (edition / path).parent.mkdir(parents=True, exist_ok=True)
        (edition / path).write_text(text, encoding="utf-8")
    done = run("release", "first", edition, "-o", folder / "first")
    assert done.exit_code == 0, done.output
    return edition


def corrected(edition: Path, slug: str) -> tuple[Path, Path, str]:
    """The books before and after twenty corrections on the same pages, and what was told."""
    correct(sorted(edition.glob("*/*.md")), edition, 20)
    after = edition.parent / "after"
    done = run("build", edition, "-o", after, "--keep-pages", "first")
    assert done.exit_code == 0, done.output
    return edition.parent / f"first/{slug}.pdf", after / f"{slug}.pdf", done.output


def broken(pdf: Path) -> list[str]:
    """The pages whose text begins within a word, by their folios."""
    pages = [[p for p in page.pieces if "Note" not in p.kinds] for page in read(pdf)]
    labels = [page.label for page in read(pdf)]
    ends = [page[-1].text.endswith("\u2010") if page else False for page in pages]
    return [label for label, end in zip(labels[1:], ends, strict=False) if end]


def shares_of_last_lines(pdf: Path) -> dict[str, float]:
    """How many letters the last line of each page's text has, to those of its others."""
    made = {}
    for page in read(pdf):
        letters: Counter[int] = Counter()
        for one in page.pieces:
            if "Note" not in one.kinds and one.size > 9:  # no call
                letters[round(one.base)] += len(one.text.replace(" ", ""))
        if letters:
            made[page.label] = letters[min(letters)] / median(letters.values())
    return made


def lines_of_columns(pdf: Path) -> dict[tuple[str, int], int]:
    """How many lines the columns of a table have on each page, by its folio, from the left."""
    return {
        (page.label, number): len({round(one.base) for one in words})
        for page in read(pdf)
        for number, (_, words) in enumerate(sorted(columns_of(page).items()))
    }


def test_a_reader_begins_its_pages_as_it_did(tmp_path: Path) -> None:
    first, after, told = corrected(written(reader(2).files, tmp_path), "reader")
    was, now = begins(first), begins(after)
    assert len(was) == 30 and broken(first) and broken(after) == broken(first)
    assert {label: now.get(label) for label in was} == was
    assert {*now} == {*was} and "KEP002" not in told
    assert all(any("Note" in one.kinds for one in page.pieces) for page in read(first)[:15])


def test_a_table_of_versions_begins_its_pages_as_it_did(tmp_path: Path) -> None:
    """It was told of lines that are spaced widely, though no line of the table is spaced at all."""
    table = tables.make(7, 3, 12, (15, 70), 10, long_row=150)
    first, after, told = corrected(written(table.files(), tmp_path), "t")
    was, now = begins(first), begins(after)
    assert len(was) == 10 and all(len(firsts) == 3 for firsts in was.values())
    assert {label: now.get(label) for label in was} == was
    assert {*now} == {*was} and "KEP002" not in told


def test_a_page_of_a_table_that_lost_lines_of_a_version_is_told(tmp_path: Path) -> None:
    """With as many as are lacking in its column; of tables nothing was told."""
    table = tables.make(7, 3, 12, (15, 70), 0)
    edition = written(table.files(), tmp_path)
    path = edition / "t/B.md"
    head, block, rest = path.read_text(encoding="utf-8").partition("{#r3p0}\n")
    gone, gap, rest = rest.partition("\n")
    path.write_text(f"{head}{block}{' '.join(gone.split()[:4])}.{gap}{rest}", encoding="utf-8")
    done = run("build", edition, "-o", tmp_path / "after", "--keep-pages", "first")
    assert done.exit_code == 0, done.output
    was, now = (lines_of_columns(tmp_path / name / "t.pdf") for name in ("first", "after"))
    short = {place: count - now[place] for place, count in was.items() if count > now[place]}
    ((label, column), less), *others = short.items()
    assert not others and column == 1 and less > 1
    assert (
        f"page {label} is kept, but has {less} lines fewer in column B than it had" in done.output
    )
    assert done.output.count("KEP002") == 1


def test_a_page_of_a_reader_that_cannot_be_kept_is_told_and_no_other(tmp_path: Path) -> None:
    edition = written(reader(1).files, tmp_path)
    path = edition / "t01/text.md"
    text = path.read_text(encoding="utf-8")
    assert text.count("{#b20}\n") == 1
    more = "These words came to it later, and nobody has read them in any other copy. " * 9
    path.write_text(text.replace("{#b20}\n", f"{more}\n\n{{#b20}}\n"), encoding="utf-8")
    first, after, told = corrected(edition, "reader")
    was, now = begins(first), begins(after)
    assert {label: now.get(label) for label in was} == was
    put_in = {*now} - {*was}
    assert len(put_in) == 1 and {f"{label}a" for label in told_of(told)} == put_in
    wide = set(re.findall(r"page (\w+) is kept, but its last line is spaced widely", told))
    assert told.count("KEP002") == 1 + len(wide)
    shares = shares_of_last_lines(after)
    assert all(shares[label] < 0.75 for label in wide), shares
