"""Proofs to read, as they stand in the finished PDF, beside the books of the same edition."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pdfplumber
import pytest
from click.testing import CliRunner, Result

from printedition.cli import main

EDITION = """slug: 'read'
title: 'Read'
lang: 'en'
date: '2024-05-01'
revision: '3'
texts:
  - id: 'letter'
    file: 'letter.md'
book:
  - prose: 'front.md'
    title: 'Introduction'
  - text: 'letter'
"""
SENTENCE = "The council considered the constitution of all the territories in number {}. "
TEXT = "# A letter\n\n" + "\n\n".join(
    "".join(SENTENCE.format(n) for n in range(start, start + 8)) for start in range(0, 56, 8)
)
NAMES = ("read.pdf", "read.map.json", "read.proof.pdf")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition, its printed book and a proof of it."""
    folder = tmp_path_factory.mktemp("proof")
    edition = folder / "content"
    edition.mkdir()
    (edition / "edition.yaml").write_text(EDITION, encoding="utf-8")
    (edition / "front.md").write_text("These are words of the editor.\n", encoding="utf-8")
    (edition / "letter.md").write_text(TEXT + "\n", encoding="utf-8")
    done = run("release", "first", edition, "-o", folder)
    assert done.exit_code == 0, done.output
    before = [(folder / name).read_bytes() for name in NAMES[:2]]
    done = run("build", edition, "-o", folder, "--proof")
    assert done.exit_code == 0, done.output
    assert [(folder / name).read_bytes() for name in NAMES[:2]] == before
    return folder


def rows(page: pdfplumber.page.Page) -> list[list[str]]:
    """The words of a page line by line."""
    return [line["text"].split() for line in page.extract_text_lines()]


def test_every_line_of_a_proof_has_its_number_and_stands_as_in_the_book(folder: Path) -> None:
    """Else what its reader says of a line is not of that line of the book."""
    mapped = json.loads((folder / "read.map.json").read_text(encoding="utf-8"))
    labels = [page["label"] for page in mapped["pages"]]
    told = [line for one in mapped["texts"].values() for line in one if line["number"]]
    with pdfplumber.open(folder / "read.proof.pdf") as proof:
        printed = [rows(page) for page in proof.pages]
    for line in told:
        wanted = [str(line["number"]), line["first"], line["last"]]
        ways = [
            [row[at] for at in places]
            for row in printed[labels.index(line["page"])]
            for places in ((0, 1, -1), (-1, 0, -2))
            if len(row) > 1
        ]
        assert wanted in ways, line
    assert len(told) == 71


def test_a_proof_has_the_places_of_all_letters_of_the_book(folder: Path) -> None:
    """Figures and foot come to them, and nothing moves."""

    def places(name: str) -> list[set[tuple[str, float, float]]]:
        with pdfplumber.open(folder / name) as book:
            return [
                {(c["text"], round(c["x0"], 1), round(c["top"], 1)) for c in page.chars}
                for page in book.pages
            ]

    book, proof = places("read.pdf"), places("read.proof.pdf")
    assert len(book) == len(proof)
    assert all(was <= now for was, now in zip(book, proof, strict=True))


def test_each_page_of_a_proof_says_its_revision_and_date(folder: Path) -> None:
    with pdfplumber.open(folder / "read.proof.pdf") as proof:
        for page in proof.pages:
            assert "proof · revision 3 · 2024-05-01" in page.extract_text(), page.page_number


def test_a_rule_stands_beside_the_line_of_a_changed_word_and_no_other(folder: Path) -> None:
    """A comma put in, and a word instead of another that is as long."""
    edition = folder / "content"
    changed = TEXT.replace("number 12. The", "number 12, The").replace(
        "in number 40", "as number 40"
    )
    (edition / "letter.md").write_text(changed + "\n", encoding="utf-8")
    done = run("build", edition, "-o", folder / "since", "--proof", "--since", "first")
    assert done.exit_code == 0, done.output
    marked = []
    with pdfplumber.open(folder / "since" / "read.proof.pdf") as proof:
        for page in proof.pages:
            assert "changes since first" in page.extract_text()
            for rule in (rect for rect in page.rects if rect["width"] < 2):
                middle = (rule["top"] + rule["bottom"]) / 2
                lines = page.extract_text_lines()
                marked.append(min(lines, key=lambda o: abs((o["top"] + o["bottom"]) / 2 - middle)))
    assert len(marked) == 2
    assert "12, The" in marked[0]["text"] and "as number 40" in marked[1]["text"], marked


NOTED = {
    "edition.yaml": """slug: 'noted'
title: 'Noted'
lang: 'en'
witnesses:
  - siglum: 'A'
    description: 'The base'
    base: true
  - siglum: 'B'
    description: 'Another'
texts:
  - id: 'letter'
    file: 'letter.md'
book:
  - text: 'letter'
  - index: 'index.yaml'
""",
    "letter.md": "# A letter\n\nThe council met near the river.[^1] "
    + "All of it was considered again and again by the others. " * 5
    + "Nobody saw the bridge.[^2]\n\n[^1]: In May.\n\n[^2]: It was old.\n",
    "apparatus.yaml": """- lemma: 'council'
  readings:
    - wit: 'B'
      text: 'clerk'
- lemma: 'river'
  readings:
    - wit: 'B'
      text: 'brook'
""",
    "index.yaml": "- heading: 'council'\n  forms:\n    - 'council'\n- heading: 'river'\n  forms:\n"
    "    - 'river'\n- heading: 'water'\n  see: 'river'\n",
}


def test_rules_stand_beside_changed_notes_entries_and_headings(tmp_path: Path) -> None:
    """And beside both lines of a divided word that was changed, and beside nothing else."""
    edition = tmp_path / "content"
    edition.mkdir()
    for name, text in NOTED.items():
        (edition / name).write_text(text, encoding="utf-8")
    assert run("release", "first", edition, "-o", tmp_path).exit_code == 0
    for name, old, new in (
        ("letter.md", "In May.", "In June."),
        ("letter.md", "by the others. Nobody", "by incomprehensibilities. Nobody"),
        ("apparatus.yaml", "'brook'", "'stream'"),
        ("index.yaml", "see: 'river'", "see: 'council'"),
    ):
        text = (edition / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (edition / name).write_text(text.replace(old, new), encoding="utf-8")
    done = run("build", edition, "-o", tmp_path, "--proof", "--since", "first")
    assert done.exit_code == 0, done.output
    marked = [
        " ".join(
            line["text"]
            for line in page.extract_text_lines()
            if rule["top"] < (line["top"] + line["bottom"]) / 2 < rule["bottom"]
        )
        for page in pdfplumber.open(tmp_path / "noted.proof.pdf").pages
        for rule in sorted(page.rects, key=lambda one: one["top"])
        if rule["width"] < 2
    ]
    assert [" ".join(re.findall(r"[A-Za-z]+", one)) for one in marked] == [
        "ers All of it was considered again and again by incomprehens",
        "ibilities Nobody saw the bridge",
        "In June",
        "council clerk B river stream B",  # entries run on in one line
        "council water Seecouncil",  # in two columns
    ]


def test_changes_since_a_printing_that_is_not_there_are_refused(folder: Path) -> None:
    done = run("build", folder / "content", "-o", folder, "--proof", "--since", "second")
    assert done.exit_code == 1 and "there is no printing “second”" in done.output
