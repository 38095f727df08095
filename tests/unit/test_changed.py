"""Marks of changes in the words: pieces that never overlap, whatever the changes do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from printedition.book import tree
from printedition.book.changed import LeafMarks
from printedition.book.leaf import Insertion, Run, Surroundings, write_leaf
from printedition.edition.changes import ChangeKind
from printedition.edition.text import Attributes, Emphasis, Words
from printedition.pipeline import examine
from printedition.scholarship.changes import changes
from printedition.sources import DiskSources, Span

TOP = Path(__file__).resolve().parents[2]
AT = Span("a.md", 0, 0)
NEW, DROPPED = ChangeKind.NEW, ChangeKind.DROPPED


def test_new_words_of_which_some_were_dropped_again_make_runs_of_their_own() -> None:
    marks = LeafMarks([(0, 7, NEW, ""), (4, 11, DROPPED, "")])
    assert marks.runs("one two six") == (
        Run(0, 3, ("new",)),
        Run(4, 7, ("new", "dropped")),
        Run(8, 11, ("dropped",)),
    )


def test_a_blank_alone_parts_no_run() -> None:
    marks = LeafMarks([(0, 3, NEW, ""), (4, 7, NEW, "")])
    assert marks.runs("one two six") == (Run(0, 7, ("new",)),)


def test_a_blank_between_two_kinds_of_change_bears_no_sign() -> None:
    marks = LeafMarks([(0, 4, NEW, ""), (0, 3, DROPPED, "")])
    assert marks.runs("one two six") == (Run(0, 3, ("new", "dropped")),)


def test_the_blank_before_a_run_bears_no_mark() -> None:
    """“unification− with”: the sign of a dropped word stood before its blank."""
    marks = LeafMarks([(0, 3, NEW, ""), (0, 7, DROPPED, "")])
    assert marks.runs("one two six") == (
        Run(0, 3, ("new", "dropped")),
        Run(4, 7, ("dropped",)),
    )


def changed(nodes: Any) -> list[tree.Changed]:
    found = []
    for node in nodes:
        if isinstance(node, tree.Changed):
            found.append(node)
        for name in ("children", "blocks"):
            found += changed(getattr(node, name, ()))
    return found


def refer(_braces: Attributes, children: tuple[tree.Inline, ...]) -> tree.Reference:
    return tree.Reference("", children)


def test_a_run_goes_on_through_emphasis_and_the_words_of_an_entry() -> None:
    leaf = (Words("one two ", AT), Emphasis((Words("six", AT),), AT), Words(" ten", AT))
    entry = Insertion(4, False, end=7, id="entry", kind="lemma")
    made = write_leaf(
        leaf, Surroundings(refer, set(), lambda _: None), [entry], None, [Run(2, 13, ("new",))]
    )
    pieces = changed(made)
    assert "".join(piece.text for piece in pieces) == "e two six t"
    assert [piece.begins for piece in pieces] == [True, *[False] * (len(pieces) - 1)]
    assert [piece.ends for piece in pieces] == [*[False] * (len(pieces) - 1), True]


def test_the_marked_words_of_the_real_table_are_those_that_differ() -> None:
    found = examine(DiskSources(TOP / "content"))
    assert found.book is not None and found.edition is not None
    (section,) = (one for one in found.book.sections if one.kind == "parallel")
    (parallel,) = found.edition.parallels.values()
    texts = found.edition.texts
    told = changes(found.edition, parallel).changes
    for number, version in enumerate(parallel.versions):
        if version.text.text == "B":  # its words are taken from the letter
            continue
        leaves = {leaf.attributes.id: leaf.plain for leaf in texts[version.text.text].leaves}
        for kind in ChangeKind:
            wanted = sorted(
                word
                for one in told
                if one.words.text == version.text.text and one.kind is kind
                for word in leaves[one.words.block][one.words.start : one.words.end].split()
            )
            marked = "".join(
                piece.text + " " * piece.ends
                for row in section.rows
                for piece in changed(row.cells[number].blocks)
                if kind.value in piece.kinds
            )
            assert sorted(marked.split()) == wanted
