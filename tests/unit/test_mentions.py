"""Gathering the index: what stands under which heading, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printedition import pipeline
from printedition.book import tree
from printedition.codes import Severity
from printedition.sources import MemorySources

Examine: TypeAlias = Callable[[dict[str, str]], pipeline.Examination]

RECORD = """\
slug: 's'
title: 'S'
lang: 'en'
{settings}witnesses:
  - siglum: 'T'
    description: 'One'
texts:
  - id: 'a'
    file: 'a.md'
book:
{book}  - index: 'index.yaml'
"""


def files(
    index: str, text: str, *, settings: str = "", book: str = "", **more: str
) -> dict[str, str]:
    own = {path.replace("_", "."): content for path, content in more.items()}
    record = RECORD.format(settings=settings, book=book or "  - text: 'a'\n")
    return {"edition.yaml": record, "a.md": text, "index.yaml": index, **own}


def items(examination: pipeline.Examination, section: int = -1) -> dict[str, tree.IndexItem]:
    """The headings of the index by their words, those under others too."""
    faults = [one for one in examination.diagnostics if one.severity is Severity.ERROR]
    assert not faults and examination.book is not None
    groups = examination.book.sections[section].index
    found = [item for group in groups for item in group.items]
    found += [sub for item in found for sub in item.subheadings]
    return {item.heading: item for item in found}


def words_at(node: object, name: str) -> str:
    """The words that bear an id, or begin with it."""
    if isinstance(node, tuple):
        return next((found for part in node if (found := words_at(part, name))), "")
    if isinstance(node, tree.Phrase) and node.id == name:
        return said(node.children)
    for part in ("sections", "blocks", "children", "notes", "heading", "rows", "cells"):
        if found := words_at(getattr(node, part, ()), name):
            return found
    return ""


def said(inlines: tuple[tree.Inline, ...]) -> str:
    return "".join(
        each.text if isinstance(each, tree.Words) else said(each.children)
        for each in inlines
        if isinstance(each, tree.Words | tree.Phrase)
    )


def places(examination: pipeline.Examination) -> dict[str, list[str]]:
    """The words that each heading leads to."""
    return {
        name: [words_at(examination.book, one.href) for one in item.locators]
        for name, item in items(examination).items()
    }


ONE = "- heading: 'Georgia'\n  forms:\n    - 'Georgia'\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Old Geor*gia* is.", ["Geor"]),
        ("Old Geor[]{.page-break n=2}gia is.", ["Geor"]),
        ("Old [Geor]{.supplied}gia is.", ["Geor"]),
        ("Old Geor\u00adgia is.", ["Geor\u00adgia"]),
        ("Georgia’s, Georgian.", ["Georgia"]),
        ("[Georgia]{index=no} and Georgia.", ["Georgia"]),
    ],
)
def test_a_form_is_found_over_marks(edition: Examine, text: str, found: list[str]) -> None:
    assert places(edition(files(ONE, text + "\n")))["Georgia"] == found


def test_index_no_above_a_block_leaves_all_of_it_out(edition: Examine) -> None:
    examined = edition(files(ONE, "{index=no}\nGeorgia.\n\nIn Georgia.\n"))
    assert len(items(examined)["Georgia"].locators) == 1


TWO = (
    ONE
    + "- heading: 'Georgia (ship)'\n  forms:\n    - 'Georgia'\n  context:\n    - 'sailed'\n"
    + "    - 'the sea'\n- heading: 'Caucasus'\n  subheadings:\n    - heading: 'peoples'\n"
    + "      forms:\n        - 'Svans'\n"
)


def test_context_tells_headings_apart(edition: Examine) -> None:
    text = "Georgia voted.\n\nThe Georgia sailed.\n\nOn the sea the Georgia. The Svans.\n"
    found = items(edition(files(TWO, text)))
    assert [one.place for one in found["Georgia"].locators] == ["a ¶ 1"]
    assert [one.place for one in found["Georgia (ship)"].locators] == ["a ¶ 2", "a ¶ 3"]
    assert [one.place for one in found["peoples"].locators] == ["a ¶ 3"]


def test_a_mark_puts_words_under_a_heading(edition: Examine) -> None:
    text = (
        '[Georgia]{index="Georgia (ship)"}, [the Svans of Georgia]{index="Caucasus: peoples"}, '
        '[Georgia sailed]{index="Georgia"}. The Svans sailed.\n'
    )
    found = places(edition(files(TWO, text)))
    assert found["Georgia (ship)"] == ["Georgia", "Georgia"]  # that in the long mark stays
    assert found["Georgia"] == ["Georgia sailed"]
    assert found["peoples"] == ["the Svans of", "Svans"]


def test_a_mark_above_a_block_counts_for_the_block(edition: Examine) -> None:
    found = places(edition(files(TWO, "{index=Caucasus}\nOf Svans there.\n\nGeorgia, sailed.\n")))
    assert found["Caucasus"] == ["Of"] and found["peoples"] == ["Svans"]


PASSAGES = """\
- heading: 'entry'
  passages:
    - in: 'a/p1'
      words: 'would enter'
      to: 'as equals'
      to_in: 'a/p3'
      principal: true
  subheadings:
    - heading: 'by treaty'
      passages:
        - in: 'a/p2'
          words: 'a treaty'
"""
LONG = "{#p1}\nThey would enter.\n\n{#p2}\nBy a treaty.\n\n{#p3}\nAll as equals, then.\n"


def test_a_range_leads_from_its_first_words_to_its_last(edition: Examine) -> None:
    examined = edition(files(PASSAGES, LONG))
    (entry,) = items(examined)["entry"].locators
    (treaty,) = items(examined)["by treaty"].locators
    assert entry.principal and words_at(examined.book, entry.href) == "would enter."
    assert words_at(examined.book, entry.last) == "equals"
    assert (treaty.principal, treaty.last) == (False, "")


def test_a_range_is_in_each_appearance_that_has_it_whole(edition: Examine) -> None:
    record = files(PASSAGES, LONG, book="  - text: 'b'\n  - text: 'a'\n")
    record["edition.yaml"] = record["edition.yaml"].replace(
        "book:", "  - id: 'b'\n    file: 'b/b.md'\nbook:"
    )
    taken = {**record, "b/b.md": '::: {take="a/p1 a/p2"}\n:::\n'}
    cut, whole = items(edition(taken))["entry"].locators
    assert cut.last == "" and whole.last
    taken["b/b.md"] = "::: {take=a}\n:::\n"
    assert all(one.last for one in items(edition(taken))["entry"].locators)


def test_notes_and_versions_are_told(edition: Examine) -> None:
    notes = {"a.md": "{#p1}\nOf Georgia.[^1]\n\n[^1]: Georgia again.\n"}
    notes["commentary.md"] = (
        "## p1 “Of”\n\nGeorgia.\n\n## p1 “Georgia” {.margin}\n\nGeorgia!\n\n"
        "## p1 “Georgia” {.end}\n\nGeorgia?\n"
    )
    book = "  - text: 'a'\n  - parallel: 'p.yaml'\n  - commentary: 'Commentary'\n"
    notes["p.yaml"] = (
        "versions:\n  - text: 'a'\n    title: 'A'\n"
        "rows:\n  - id: 'r'\n    title: 'Of Georgia'\n    blocks:\n      - 'a/p1'\n"
    )
    examined = edition({**files(ONE, "", book=book), **notes})
    told = [(one.note, one.version) for one in items(examined)["Georgia"].locators]
    assert told == [
        ("", ""), ("1", ""), ("n", ""), ("*", ""),  # the text, the notes as they are called
        ("", ""), ("", "a"), ("*", "a"),  # the row's title, the version
        ("n", ""), ("n", ""),  # the note at the end: its lemma, its words
    ]  # fmt: skip


LINES = "notes: 'lines'\n"


def test_a_lemma_that_a_note_prints_counts_unless_it_is_left_out(edition: Examine) -> None:
    index = "- heading: 'peace'\n  forms:\n    - 'peace'\n"
    made = files(index, "{#p1}\nOf peace.\n", settings=LINES)
    made["commentary.md"] = "## p1 “peace”\n\nA word.\n"
    assert [one.note for one in items(edition(made))["peace"].locators] == ["", "n"]
    made["edition.yaml"] = made["edition.yaml"].replace(
        LINES, f"{LINES}index:\n  leave_out: 'lemmas'\n"
    )
    assert [one.note for one in items(edition(made))["peace"].locators] == [""]


@pytest.mark.parametrize(
    ("rule", "left"),
    [("headings", "HLTN"), ("lists", "HTN"), ("notes", "HLT"), ("", "HLTN")],
)
def test_a_rule_takes_away_what_it_names_and_it_is_counted(rule: str, left: str) -> None:
    preface = "# On Hum\n\nIn Tum.[^n]\n\n- Lum\n\n| Lum |\n|---|\n| Lum |\n\n[^n]: Num.\n"
    index = "".join(f"- heading: '{x}'\n  forms:\n    - '{x}um'\n" for x in "HLTN")
    settings = f"index:\n  leave_out: '{rule}'\n" if rule else ""
    book = "  - prose: 'p.md'\n  - text: 'a'\n"
    made = files(index, "Words.\n", settings=settings, book=book, p_md=preface)
    checked, _ = pipeline.read_and_check(MemorySources(made))
    assert checked is not None
    mentions = checked.scholarship.mentions
    kept = {mentions.headings.name(n) for n, count in mentions.gathered.counts.items() if count}
    if rule == "headings":
        left = "LTN"
    assert kept == set(left)
    taken = {"headings": 1, "lists": 3, "notes": 1}
    assert {each.value: count for each, count in mentions.left_out.items()} == (
        {rule: taken[rule]} if rule else {}
    )


def test_several_indexes_and_references_between_them(edition: Examine) -> None:
    index = "- heading: 'Georgia'\n  forms:\n    - 'Georgia'\n  see_also: 'Svans'\n"
    book = "  - text: 'a'\n  - index: 'peoples.yaml'\n    title: 'Peoples'\n"
    made = files(index, "The Svans of Georgia.\n", book=book)
    made["peoples.yaml"] = "- heading: 'Svans'\n  forms:\n    - 'Svans'\n"
    examined = edition(made)
    peoples, places = items(examined, -2), items(examined, -1)
    assert list(peoples) == ["Svans"] and list(places) == ["Georgia"]
    assert places["Georgia"].see_also == (tree.OtherHeading(peoples["Svans"].id, "Svans"),)


def test_subheadings_stand_in_alphabetical_order_or_as_they_occur(edition: Examine) -> None:
    index = "- heading: 'x'\n  subheadings:\n" + "".join(
        f"    - heading: '{name}'\n      forms:\n        - '{name}'\n"
        for name in ("ash", "box", "cat")
    )
    made = files(index, "A cat, an ash, a box.\n")
    assert [s.heading for s in items(edition(made))["x"].subheadings] == ["ash", "box", "cat"]
    made["edition.yaml"] += "index:\n  subheadings: 'occurrence'\n"
    assert [s.heading for s in items(edition(made))["x"].subheadings] == ["cat", "ash", "box"]


def test_an_editor_is_told_what_a_build_left_out() -> None:
    said: list[str] = []
    made = files(ONE, "Georgia.[^1]\n\n[^1]: Georgia.\n", settings="index:\n  leave_out: 'notes'\n")
    pipeline.examine(MemorySources(made), lambda _, detail: said.append(detail))
    assert "left out of the index by rule: 1 in notes" in said


NAMES = ("Ann", "Ann Lee", "Lee", "O’Ann", "Annex", "Ann’s")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*NAMES, "*Ann* Lee", "[Ann]{index=no}", "and"]), min_size=1))
def test_every_word_stands_under_one_heading_or_none(words: list[str]) -> None:
    index = "".join(f"- heading: '{n}'\n  forms:\n    - '{n}'\n" for n in ("Ann", "Ann Lee", "Lee"))
    text = " and ".join(words)
    checked, _ = pipeline.read_and_check(MemorySources(files(index, f"Here: {text}.\n")))
    assert checked is not None
    gathered = checked.scholarship.mentions.gathered
    wanted = {
        "Ann": sum(word in ("Ann", "Ann’s") for word in words),
        "Ann Lee": sum(word in ("Ann Lee", "*Ann* Lee") for word in words),
        "Lee": words.count("Lee"),
    }
    names = checked.scholarship.mentions.headings
    assert {names.name(n): gathered.counts[n] for n in range(3)} == wanted


def test_what_dates_rest_on_and_whom_a_letter_is_to_count(edition: Examine) -> None:
    made = files(ONE, "Words.\n", book="  - text: 'a'\n  - chronology: 'Dates'\n")
    made["edition.yaml"] = made["edition.yaml"].replace(
        "    file: 'a.md'\n",
        "    file: 'a.md'\n    letter:\n      addressee:\n        - name: 'Georgia'\n"
        "    dates:\n      - event: 'written'\n        date: 'May'\n        when: '1922-05'\n"
        "        evidence: 'As Georgia says.'\n",
    )
    assert [one.place for one in items(edition(made))["Georgia"].locators] == ["a", "a", "Dates"]
    made["edition.yaml"] += "index:\n  leave_out:\n    - 'headings'\n    - 'lists'\n"
    assert [one.place for one in items(edition(made))["Georgia"].locators] == ["a"]
