"""Two states of a text, aligned by their words."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from printedition.page.words import PrintedHeading, PrintedLine, PrintedNote, PrintedWords
from printedition.revision.aligning import differences
from printedition.revision.changes import Correction, compare
from printedition.revision.errata import errata
from printedition.revision.page_changes import in_ranges
from printedition.revision.printing import PrintedSection, Printing
from printedition.revision.stream import streams


def printing(*pages: str) -> Printing:
    """A printing of one text whose pages are these, a line of them a line."""
    printed = tuple(
        PrintedWords(
            str(label), tuple(PrintedLine(n, w) for n, w in enumerate(page.split("\n"), 1))
        )
        for label, page in enumerate(pages, 1)
    )
    labels = tuple(page.label for page in printed)
    section = PrintedSection("letter", "text", "The Letter", printed)
    return Printing("one", "Letters", "en", "2026", "", {}, {}, labels, (section,))


def corrections(old: Printing, new: Printing) -> list[tuple[str, str, str, int]]:
    return [(c.before, c.after, c.old.page, c.old.number) for c in compare(old, new).corrections]


def whats(old: Printing, new: Printing) -> dict[str, str]:
    return {page.label: page.what for page in compare(old, new).pages}


def test_a_replaced_word_is_told_alone() -> None:
    old = printing("We must amalgamate the\ntwo councils now.")
    new = printing("We must unite the\ntwo councils now.")
    assert corrections(old, new) == [("amalgamate", "unite", "1", 1)]
    assert whats(old, new) == {"1": "changed"}


def test_a_word_divided_over_lines_and_pages_is_one_word() -> None:
    old = printing("We must amal\u2010", "gamate them.")
    assert [word.text for word in streams(old)["letter", ""]] == [
        "We",
        "must",
        "amalgamate",
        "them.",
    ]
    assert corrections(old, printing("We must", "amalgamate them.")) == []


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("a stone—\nwater", "a\nstone—water"),
        ("a stone\n—water", "a\nstone—water"),
        ("so—”\nhe said", "so—” he\nsaid"),
        ("the light…\ndark", "the\nlight…dark"),
        ("the well.\n[2] is", "the\nwell.[2] is"),
        ("and/\nor (see)", "and/or\n(see)"),
    ],
)
def test_line_end_without_a_blank_was_told_as_an_erratum(broken: str, whole: str) -> None:
    for old, new in ((broken, whole), (whole, broken)):
        assert corrections(printing(old), printing(new)) == []
        assert compare(_noted(old), _noted(new)).notes == ()
    assert corrections(printing(broken), printing(f"{whole} now")) == [("", "now", "1", 2)]


def _noted(words: str) -> Printing:
    """A printing with a note of these words, its lines joined as those of a note are."""
    note = PrintedNote("n1", "note", "1", words.replace("\n", " "))
    page = PrintedWords("1", (PrintedLine(1, "Text"),), (note,))
    section = PrintedSection("letter", "text", "The Letter", (page,))
    return Printing("one", "Letters", "en", "2026", "", {}, {}, ("1",), (section,))


def test_a_line_end_after_a_hyphen_is_no_change() -> None:
    assert corrections(printing("the All-\nRussia body"), printing("the All-Russia\nbody")) == []


def test_a_moved_sentence_is_told_as_moved() -> None:
    old = printing("It is so. We shall meet again soon.\nHe left. She came too.")
    new = printing("It is so. He left.\nShe came too. We shall meet again soon.")
    (one,) = compare(old, new).corrections
    assert one.moved and one.before == "We shall meet again soon."
    assert (one.old.number, one.new.number) == (1, 2)


def test_a_paragraph_put_in_changes_no_other() -> None:
    old = printing("The first ends. The last begins.")
    new = printing("The first ends. The new one is\nhere. The last begins.")
    assert corrections(old, new) == [("", "The new one is here.", "1", 1)]


def test_an_added_note_is_told_where_its_words_stood_in_the_old_printing() -> None:
    """Though the old printing had no page of that number, and has no numeral for it."""
    old = printing("a b c d\ne f g h\ni j k l\nm n o p")
    new = printing("a b c d\ne f g h", "i j k l\nm n o p")
    (section,) = new.sections
    notes = (
        PrintedNote("n1", "note", "1", "On m.", "2"),
        PrintedNote("e1", "variants", "2", "n] N", "2"),
    )
    pages = (section.pages[0], replace(section.pages[1], notes=notes))
    new = replace(new, sections=(replace(section, pages=pages),))
    assert [(one.where, one.what) for one in errata(compare(old, new)).items] == [
        ("page 1, line 4", "*add the note* On m."),
        ("page 1, apparatus to line 4", "*add* n] N"),
    ]


def test_heads_of_a_table_are_compared_apart_from_its_columns() -> None:
    lines = (PrintedLine(1, "We unite.", "A"), PrintedLine(0, "words that are new"))
    page = PrintedWords("1", lines, heads=("Clause 1: entry", "Clause 2: note"))
    old = printing("")
    old = replace(old, sections=(PrintedSection("versions", "parallel", "Versions", (page,)),))
    other = replace(page, heads=("Clause 1: union", "Clause 2: note"))
    new = replace(old, sections=(PrintedSection("versions", "parallel", "Versions", (other,)),))
    (one,) = errata(compare(old, new)).items
    assert (one.where, one.what) == ("page 1, heading", "*for* entry *read* union")
    assert whats(old, new) == {"1": "changed"}


def test_lists_of_places_are_no_errata_where_only_pages_moved() -> None:
    old, new = printing("Letter 1 for a read b", "more"), printing("Letter 2 for a read b", "more")
    for kind, told in (("corrections", 0), ("text", 1)):
        was, now = (
            replace(one, sections=(replace(one.sections[0], kind=kind),)) for one in (old, new)
        )
        assert len(compare(was, now).corrections) == told


def with_lines(*lines: PrintedLine, headings: tuple[PrintedHeading, ...] = ()) -> Printing:
    """A printing of one text, on page 1, with an index on page 2."""
    pages = (PrintedWords("1", lines),), (PrintedWords("2", headings=headings),)
    sections = (
        PrintedSection("letter", "text", "The Letter", pages[0]),
        PrintedSection("index", "index", "Index", pages[1]),
    )
    return replace(printing(""), labels=("1", "2"), sections=sections)


def test_numbers_of_places_that_moved_are_no_errata() -> None:
    """They are right in the old printing; a year that was corrected is one."""
    old = with_lines(PrintedLine(1, "In 1921, see p. 12, they met.", places=(3, 4)))
    new = with_lines(PrintedLine(1, "In 1922, see p. 13, they met.", places=(3, 4)))
    found = compare(old, new)
    assert [(one.before, one.after) for one in found.corrections] == [
        ("1921,", "1922,"),
        ("12,", "13,"),
    ]
    assert [one.what for one in errata(found).items] == ["*for* 1921 *read* 1922"]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [(("1", "3"), ("2", "3"), 0), (("1–3",), ("2–3",), 0), (("3",), ("3", "4n"), 1),
     (("3",), ("3", "See also b"), 1)],
)  # fmt: skip
def test_places_in_the_index_that_moved_with_their_pages_are_no_errata(
    was: tuple[str, ...], now: tuple[str, ...], told: int
) -> None:
    old, new = (
        printing("a b c d", "e f g h", "i j k l", "m n o p"),
        printing("a b c", "d e f g h", "i j k l", "m n o p"),
    )
    listed = (
        PrintedSection("index", "index", "Index", (PrintedWords("5", headings=(one,)),))
        for one in (PrintedHeading("a", was), PrintedHeading("a", now))
    )
    old, new = (
        replace(one, sections=(*one.sections, index))
        for one, index in zip((old, new), listed, strict=True)
    )
    found = errata(compare(old, new)).items
    assert sum("index" in one.where for one in found) == told


def test_pages_that_begin_with_other_words_have_moved() -> None:
    old = printing("a b c d", "e f g h", "i j k l", "m n o p")
    new = printing("a b c d e", "f g h", "i j k l", "m n x p")
    assert whats(old, new) == {"1": "moved", "2": "moved", "3": "same", "4": "changed"}


def test_the_rank_of_a_word_that_stands_twice_in_its_line() -> None:
    (one,) = compare(printing("the old and the new"), printing("the old and a new")).corrections
    assert isinstance(one, Correction) and one.nth == (2, 2)


@pytest.mark.parametrize("seed", range(20))
def test_differences_turn_the_old_state_into_the_new(seed: int) -> None:
    chance = random.Random(seed)
    old = [chance.choice("abcdefgh") + chance.choice(" .") for _ in range(60)]
    new = list(old)
    for _ in range(8):
        at = chance.randrange(len(new))
        new[at : at + chance.randrange(4)] = chance.choices("xyz", k=chance.randrange(3))
    made = list(old)
    for one in reversed(differences(old, new)):
        made[one.start : one.stop] = new[one.new_start : one.new_stop]
    assert made == new


def test_folios_that_follow_one_another_are_a_range() -> None:
    order = ["i", "ii", "1", "2", "3", "4"]
    assert in_ranges(["ii", "1", "2", "4"], order) == "ii–2, 4"
