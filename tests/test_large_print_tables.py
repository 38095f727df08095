"""Tables in large print whose words have no room beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from printedition.cli import main
from test_large_print import pieces

pytestmark = pytest.mark.slow

LONG = "Autonomisationsangelegenheit"
FILES = {
    "edition.yaml": (
        "slug: 'lists'\ntitle: 'Lists'\nlang: 'en'\ndate: '2026-01-01'\n"
        "witnesses:\n  - siglum: 'T'\n    description: 'The typescript'\n"
        "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
        "book:\n  - text: 'oak'\n  - corrections: 'T'\n    title: 'List of Corrections'\n"
    ),
    "oak.md": f"# The Oak\n\n{{#p1}}\nIt is a {LONG} of the oak.\n",
    "apparatus.yaml": (
        f"- lemma: '{LONG}'\n  in: 'p1'\n  kind: 'accidental'\n"
        f"  readings:\n    - wit: 'T'\n      text: '{LONG}x'\n"
    ),
}


def lists(tmp_path: Path, files: dict[str, str]) -> Path:
    """The large print of an edition with these files."""
    edition = tmp_path / "edition"
    edition.mkdir(parents=True)
    for name, words in files.items():
        (edition / name).write_text(words, encoding="utf-8")
    command = ["build", str(edition), "-o", str(tmp_path), "--no-cache", "-q", "-p", "large-print"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    return tmp_path / "lists-large-print.pdf"


def test_long_words_in_the_list_of_corrections_were_broken(tmp_path: Path) -> None:
    drawn = pieces(lists(tmp_path, FILES))
    (listed,) = [one for one in drawn if one.text.strip() == f"{LONG}x"]
    (head,) = [one for one in drawn if one.page == listed.page and one.text.strip() == "T:"]
    assert head.base == pytest.approx(listed.base, abs=1) and head.left < listed.left
    lemmas = [one for one in drawn if one.page == listed.page and one.text.strip() == LONG]
    assert len(lemmas) == 1 and lemmas[0].base >= listed.base


@pytest.mark.parametrize("count", [8, 15])
def test_the_last_row_of_a_stacked_table_stood_alone_on_a_page(tmp_path: Path, count: int) -> None:
    said = [f"{LONG}{number:02}" for number in range(count)]
    entries = [FILES["apparatus.yaml"].replace(LONG, word) for word in said]
    files = {
        **FILES,
        "oak.md": f"# The Oak\n\n{{#p1}}\n{' and '.join(said)}.\n",
        "apparatus.yaml": "".join(entries),
    }
    drawn = pieces(lists(tmp_path, files))
    pages = [one.page for one in drawn if one.text.strip().endswith("x") and LONG in one.text]
    assert len(pages) == count
    assert pages.count(max(pages)) > 1, pages
