"""Which words answer one another: every pair equal, in order, and the unchanged text whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from editions import Author
from printedition.diagnostics import Findings
from printedition.edition.changes import ChangeKind, Changes
from printedition.edition.edition import Edition
from printedition.edition.versions import Parallel
from printedition.pipeline import examine
from printedition.reading.reader import read_edition
from printedition.scholarship import pairing
from printedition.scholarship.changes import changes
from printedition.scholarship.moves import moves
from printedition.scholarship.pairing import pairs
from printedition.sources import DiskSources, MemorySources

CONTENT = Path(__file__).parent.parent.parent / "content"
TEXTS = st.lists(st.sampled_from("abcdef"), max_size=30)


def _left(first: str, second: str) -> tuple[list[str], list[str]]:
    """The words of either text that have no pair."""
    a, b = first.split(), second.split()
    met = pairs(a, b)
    return (
        [word for i, word in enumerate(a) if i not in {i for i, _ in met}],
        [word for j, word in enumerate(b) if j not in {j for _, j in met}],
    )


def test_a_word_in_the_place_of_another() -> None:
    assert _left("the grey horse ran", "the white horse ran") == (["grey"], ["white"])


def test_a_word_left_out_and_a_word_added() -> None:
    assert _left("the grey horse ran", "the horse ran off") == (["grey"], ["off"])


def test_the_lesser_part_of_an_exchange_is_left() -> None:
    first, second = _left("one two three four five six", "five six one two three four")
    assert first == second == ["five", "six"]


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_pairs_are_equal_words_in_order(first: list[str], second: list[str]) -> None:
    met = pairs(first, second)
    assert all(first[i] == second[j] for i, j in met)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(met))


@settings(deadline=None)
@given(TEXTS)
def test_a_text_answers_itself(text: list[str]) -> None:
    assert pairs(text, text) == [(at, at) for at in range(len(text))]


def test_long_texts_without_anchors_are_divided() -> None:
    first = [str(number % 7) for number in range(900)]
    second = [str(number % 5) for number in range(900)]
    assert len(first) * len(second) > pairing._CELLS
    met = pairs(first, second)
    assert met and all(first[i] == second[j] for i, j in met)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(met))


def _moved(first: str, second: str) -> list[str]:
    """The moved words of two texts, as the first has them; `|` ends a block."""
    a, b = ([w if w != "|" else "" for w in text.split()] for text in (first, second))
    met = pairs(a, b)
    gone = [i not in {i for i, _ in met} for i in range(len(a))]
    come = [j not in {j for _, j in met} for j in range(len(b))]
    found = moves(a, b, gone, come, pairing.information(a, b))
    return [" ".join(a[i] for i, _ in move.pairs) for move in found]


def test_four_words_moved() -> None:
    first = "under an old oak all six grey wolves slept till dawn came again"
    second = "all six grey wolves under an old oak slept till dawn came again"
    assert _moved(first, second) in (["all six grey wolves"], ["under an old oak"])


def test_moved_words_with_one_put_between() -> None:
    first = "red agents hunting rebels | the law stands for ever and for all"
    second = "the law stands for ever and for all | with red agents for hunting rebels too"
    assert _moved(first, second) == ["red agents hunting rebels"]


def test_three_words_are_not_taken_for_a_move() -> None:
    first = "six grey wolves slept till dawn came over us"
    second = "slept till dawn came over us six grey wolves"
    assert _moved(first, second) == []


def _planted(seed: int) -> tuple[list[str], list[str], set[int]]:
    """A random text, the same with some stretches put elsewhere, and which words these are."""
    author = Author(seed)
    first = [word.strip(".,").casefold() for word in author.prose(600).split()]
    order = list(range(len(first)))
    chosen: set[int] = set()
    for at in range(40, 560, 130):
        size = author.random.randint(4, 12)
        stretch = range(at, at + size)
        order = [number for number in order if number not in stretch]
        goal = author.random.choice([n for n in range(len(order)) if abs(n - at) > 30])
        order[goal:goal] = stretch
        chosen |= {*stretch}
    second = [first[n] if author.random.random() > 0.03 else author.rare() for n in order]
    return first, second, chosen


def test_planted_moves_are_found() -> None:
    """Recall and precision by words, of stretches moved in texts made at random."""
    right = planted = named = 0
    for seed in range(20):
        first, second, chosen = _planted(seed)
        met = pairs(first, second)
        gone = [i not in {i for i, _ in met} for i in range(len(first))]
        come = [j not in {j for _, j in met} for j in range(len(second))]
        found = moves(first, second, gone, come, pairing.information(first, second))
        words = {i for move in found for i, _ in move.pairs}
        right, planted, named = (
            right + len(words & chosen),
            planted + len(chosen),
            named + len(words),
        )
    print(f"precision {right / named:.3f}, recall {right / planted:.3f}")
    assert right / named >= 0.9
    assert right / planted >= 0.9


def _found_moves(parallel: Parallel, edition: Edition) -> set[tuple[str, str, str, str]]:
    return {
        (change.words.text, change.words.block, change.against, change.partner.block)
        for change in changes(edition, parallel).changes
        if change.kind is ChangeKind.MOVED and change.partner
    }


def test_a_note_that_moved_is_found_in_the_real_edition() -> None:
    """The move of A 5, note 1 is found without the editor's word, at both places."""
    read = read_edition(DiskSources(CONTENT), Findings())
    assert read is not None
    (parallel,) = read.parallels.values()
    found = _found_moves(replace(parallel, moves=()), read)
    assert {("A", "c5-note1", "C", "c5"), ("C", "c5", "A", "c5-note1")} <= found
    assert all((c, d, a, b) in found for a, b, c, d in found)


def _table(more: str) -> Changes:
    files = {
        "edition.yaml": "slug: 'x'\ntitle: 'X'\nlang: 'en'\ntexts:\n"
        + "".join(f"  - id: '{name}'\n    file: '{name}.md'\n" for name in "ABC")
        + "book:\n  - parallel: 'parallel.yaml'\n",
        "A.md": "# A\n\n{#c1}\nThe colour of the town hall.\n",
        "B.md": "# B\n\n{#c1}\nThe color of the hall.\n",
        "C.md": "# C\n\n{#c1}\nThe colour of the great hall.\n",
        "parallel.yaml": "versions:\n"
        + "".join(f"  - text: '{name}'\n    title: '{name}'\n" for name in "ABC")
        + "rows:\n  - id: 'r'\n    title: 'R'\n    blocks:\n      - 'A/c1'\n      - 'B/c1'\n"
        + "      - 'C/c1'\n"
        + more,
    }
    found = examine(MemorySources(files))
    assert found.edition is not None, found.diagnostics
    assert not found.diagnostics
    (parallel,) = found.edition.parallels.values()
    return changes(found.edition, parallel)


def _told(found: Changes) -> set[tuple[str, str, int, str]]:
    return {(c.kind.value, c.words.text, c.words.start, c.against) for c in found.changes}


def test_spellings_that_are_declared_are_no_change() -> None:
    color = ("new", "B", 4, "A")
    assert color in _told(_table(""))
    assert color not in _told(_table("spellings:\n  - 'colour color'\n"))


def test_versions_are_compared_with_a_declared_base() -> None:
    against = {(change.words.text, change.against) for change in _table("base: 'A'\n").changes}
    assert against == {("A", "B"), ("B", "A"), ("A", "C"), ("C", "A")}
    assert ("C", "B") in {(change.words.text, change.against) for change in _table("").changes}
