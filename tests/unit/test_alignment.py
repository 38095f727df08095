"""Drafts of tables of versions: what belongs together, what moved, and an editor's own file."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from printedition.cli import main
from printedition.scholarship.alignment import Alignment, Words


def version(name: str, blocks: Mapping[str, str]) -> list[Words]:
    return [Words(name, block, plain) for block, plain in blocks.items()]


def rows(*versions: Mapping[str, str]) -> list[list[str]]:
    named = [version(name, blocks) for name, blocks in zip("ABCDEF", versions, strict=False)]
    return [[block.name for block in row.blocks] for row in Alignment(named).rows]


def moves(*versions: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    named = [version(name, blocks) for name, blocks in zip("ABCDEF", versions, strict=False)]
    return [
        (move.source.block.name, move.source.words, move.target.block.name, move.target.words)
        for move in Alignment(named).moves()
    ]


FEES = "The members pay a small fee in the spring."
BOOKS = "Whoever loses a book replaces it within the month."
GUESTS = "Strangers may read the newspapers on Sundays."


def test_blocks_that_share_words_stand_in_one_row() -> None:
    after = {
        "c1": "Members pay a fee in the autumn.",
        "c2": "Who loses a book replaces it.",
    }
    assert rows({"c1": FEES, "c2": BOOKS}, after) == [["A/c1", "B/c1"], ["A/c2", "B/c2"]]


def test_what_was_dropped_stands_before_what_is_new_in_its_place() -> None:
    assert rows({"c1": FEES, "c2": BOOKS}, {"c1": FEES, "c2": GUESTS}) == [
        ["A/c1", "B/c1"], ["A/c2"], ["B/c2"],
    ]  # fmt: skip


def test_a_clause_that_changed_its_place_stands_beside_its_like() -> None:
    after = {"c1": GUESTS, "c2": FEES, "c3": BOOKS}
    assert rows({"c1": FEES, "c2": BOOKS, "c3": GUESTS}, after) == [
        ["A/c1", "B/c2"], ["A/c2", "B/c3"], ["A/c3", "B/c1"],
    ]  # fmt: skip


def test_parts_of_a_clause_that_became_one_stand_in_one_row() -> None:
    assert rows({"c1": FEES, "c2": BOOKS}, {"c1": f"{FEES} {BOOKS}"}) == [["A/c1", "A/c2", "B/c1"]]


def test_the_number_of_a_clause_joins_nothing() -> None:
    assert rows({"c1": f"1. {FEES}"}, {"c1": f"1. {GUESTS}"}) == [["A/c1"], ["B/c1"]]


def test_a_version_that_takes_up_where_another_lacks_it_finds_the_first() -> None:
    assert rows({"c1": FEES, "c2": BOOKS}, {"c1": FEES}, {"c1": FEES, "c2": BOOKS}) == [
        ["A/c1", "B/c1", "C/c1"], ["A/c2", "C/c2"],
    ]  # fmt: skip


def test_moved_words_are_quoted_as_each_version_writes_them() -> None:
    before = {"c1": f"{FEES} The secretary of the Reading Room keeps the key.", "c2": BOOKS}
    after = {"c1": FEES, "c2": f"{BOOKS[:-1]}, and the Secretary of the reading room keeps it."}
    assert moves(before, after) == [
        ("A/c1", "secretary of the Reading Room keeps", "B/c2",
         "Secretary of the reading room keeps")
    ]  # fmt: skip


def test_three_words_are_no_move() -> None:
    before = {"c1": f"{FEES} Nobody smokes pipes.", "c2": BOOKS}
    assert moves(before, {"c1": FEES, "c2": f"{BOOKS} Nobody smokes pipes."}) == []


def test_what_stands_in_the_same_row_did_not_move() -> None:
    assert moves({"c1": FEES, "c2": BOOKS}, {"c1": FEES, "c2": BOOKS}) == []


def test_what_a_version_says_twice_is_no_move() -> None:
    twice = "Nobody smokes pipes or cigars here."
    before = {"c1": f"{FEES} {twice}", "c2": f"{BOOKS} {twice}", "c3": GUESTS}
    assert moves(before, {"c1": FEES, "c2": BOOKS, "c3": f"{GUESTS} {twice}"}) == []


@pytest.mark.parametrize("seed", range(8))
def test_planted_moves_and_changed_clauses_are_found_again(seed: int) -> None:
    """Words made at random: rows are right wherever the half of a clause stayed."""
    chance = random.Random(seed)
    stock = [
        "".join(chance.choices("abdefgiklmnoprstu", k=chance.randint(2, 9))) for _ in range(500)
    ]
    clauses = [chance.choices(stock, k=chance.randint(20, 60)) for _ in range(20)]
    changed = [[w if chance.random() < 0.7 else chance.choice(stock) for w in c] for c in clauses]
    source, target = chance.sample(range(20), 2)
    moved, changed[source][4:10] = clauses[source][4:10], []
    changed[target][8:8] = moved
    place = chance.randrange(19)
    changed.insert(place, changed.pop())  # the last clause goes elsewhere as a whole
    home = [*range(19)]
    home.insert(place, 19)
    before = {f"c{n}": " ".join(words) for n, words in enumerate(clauses)}
    after = {f"c{home[n]}": " ".join(words) for n, words in enumerate(changed)}
    drafted = rows(before, after)
    assert sorted(drafted) == sorted([f"A/c{n}", f"B/c{n}"] for n in range(20))
    found = moves(before, after)
    assert [(one[0], one[2]) for one in found] == [(f"A/c{source}", f"B/c{target}")]
    assert found[0][1] in " ".join(clauses[source])


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition of two versions whose table is in the book, and not yet written."""
    (tmp_path / "edition.yaml").write_text(
        "slug: 'rules'\ntitle: 'Rules'\nlang: 'en'\n"
        "witnesses:\n  - siglum: 'T'\n    description: 'T'\n"
        "texts:\n  - id: 'A'\n    file: 'rules/a.md'\n  - id: 'B'\n    file: 'rules/b.md'\n"
        "book:\n  - parallel: 'rules/parallel.yaml'\n",
        encoding="utf-8",
    )
    (tmp_path / "rules").mkdir()
    write(tmp_path / "rules/a.md", {"c1": FEES, "c2": BOOKS, "c3": "It’s Ann’s: 'all' # of it."})
    write(tmp_path / "rules/b.md", {"c1": FEES, "c2": GUESTS, "c3": BOOKS})
    return tmp_path


def write(path: Path, blocks: Mapping[str, str]) -> None:
    words = "\n\n".join(f"{{#{name} .clause}}\n{plain}" for name, plain in blocks.items())
    path.write_text(f"# The Rules\n\n{words}\n", encoding="utf-8")


def align(folder: Path, *versions: str) -> Result:
    return CliRunner().invoke(main, ["align", *versions, "-e", str(folder)])


def test_a_draft_is_an_edition_without_faults(folder: Path) -> None:
    done = align(folder, "A", "B")
    assert done.exit_code == 0, done.output
    assert "Wrote" in done.output and "add under book" not in done.output
    checked = CliRunner().invoke(main, ["check", "--strict", str(folder)])
    assert (checked.exit_code, checked.output) == (0, "no faults found\n")


def test_a_draft_that_the_book_does_not_name_says_the_line_to_add(folder: Path) -> None:
    path = folder / "edition.yaml"
    known = path.read_text(encoding="utf-8").replace("parallel: 'rules/parallel.yaml'", "text: 'A'")
    path.write_text(known, encoding="utf-8")
    assert "add under book: - parallel: 'rules/parallel.yaml'" in align(folder, "A", "B").output


def test_what_the_editor_wrote_is_never_written_to(folder: Path) -> None:
    path = folder / "rules/parallel.yaml"
    own = (
        "versions:\n  - text: 'A'\n    title: 'The first'\n  - text: 'B'\n    title: 'The second'\n"
        "rows: # my own order\n  - id: 'fees'\n    title: 'Fees'\n    blocks:\n      - 'A/c1'\n"
        "  - id: 'books'\n    title: 'Books'\n    blocks:\n      - 'A/c2'\n      - 'B/c1'\n"
    )
    path.write_text(own, encoding="utf-8")
    done = align(folder, "A", "B")
    assert path.read_text(encoding="utf-8") == own
    assert "was not touched" in done.output
    assert "  # to the blocks of the row 'books':\n      - 'B/c3'\n" in done.output
    assert "  # a row of its own:\n  - id: 'row-1'\n" in done.output
    assert done.output.count("- 'B/c2'") == 1


def test_a_file_that_the_book_does_not_name_is_not_touched_either(folder: Path) -> None:
    assert align(folder, "A", "B").exit_code == 0
    path, edition = folder / "rules/parallel.yaml", folder / "edition.yaml"
    drafted = path.read_bytes()
    known = edition.read_text(encoding="utf-8").partition("book:")[0] + "book:\n  - text: 'A'\n"
    edition.write_text(known, encoding="utf-8")
    assert "is there already and was not touched" in align(folder, "B", "A").output
    assert path.read_bytes() == drafted


def test_a_table_that_has_all_blocks_and_moves_lacks_nothing(folder: Path) -> None:
    align(folder, "A", "B")
    assert "lacks nothing" in align(folder, "A", "B").output


def test_a_block_without_an_id_is_told_with_the_line_to_write(folder: Path) -> None:
    with (folder / "rules/b.md").open("a", encoding="utf-8") as file:
        file.write("\nNobody smokes.\n")
    done = align(folder, "A", "B")
    assert done.exit_code == 1
    assert "PAR001" in done.output and "{#p4}" in done.output
    assert "Nothing was drafted." in done.output
    assert not (folder / "rules/parallel.yaml").exists()


@pytest.mark.parametrize(
    ("versions", "words"),
    [(("A", "C"), "no text in edition.yaml has the id “C”"), (("A",), "two versions or more"),
     (("A", "A"), "each once")],
)  # fmt: skip
def test_versions_that_make_no_table_are_refused(
    folder: Path, versions: tuple[str, ...], words: str
) -> None:
    done = align(folder, *versions)
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())
