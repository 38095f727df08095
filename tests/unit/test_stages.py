"""The order in which sections are cast off, and what is held undrawn meanwhile."""

from __future__ import annotations

from printedition.page.stages import Stages

STAGES = {"letter": 0, "reply": 0, "preface": 2, "index": 3, "contents": 4}


def begun() -> Stages:
    made = Stages(STAGES)
    made.begin(tuple(STAGES))
    return made


def test_what_quotes_pages_waits_for_those_before_it() -> None:
    stages = begun()
    assert [name for name in STAGES if not stages.waits(name)] == ["letter", "reply"]
    assert not stages.cast("letter")
    assert stages.waits("preface")
    assert stages.cast("reply")
    assert not stages.waits("preface")
    assert stages.waits("index")
    assert stages.pending == {"letter", "reply", "preface"}


def test_a_text_is_held_until_all_but_index_and_contents_are_cast_off() -> None:
    stages = begun()
    stages.cast("letter")
    stages.cast("reply")
    assert stages.is_held("letter")
    stages.cast("preface")
    assert not stages.is_held("letter")
    assert stages.is_held("index")


def test_the_longest_of_a_stage_is_set_first() -> None:
    weights = {"letter": 1, "reply": 3, "preface": 9, "index": 5, "contents": 7}
    in_order = begun().in_order(tuple(STAGES), weights)
    assert in_order == ["reply", "letter", "preface", "index", "contents"]
