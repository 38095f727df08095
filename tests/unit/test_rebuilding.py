"""Builds in a process of their own: what they hand back, and what is made of their death."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from pathlib import Path

import pytest

from conftest import overlaid
from printedition.commands.terminal import Terminal
from printedition.watching import rebuilding
from printedition.watching.rebuilding import Builder, Order, Outcome
from printedition.watching.rounds import Round

FAULTY = "# A letter\n\n{#p1 .clauze}\nGive the matter good thought.\n"


def ordered(place: Path, letter: str) -> Order:
    """An order for the smallest edition with this letter."""
    for path, text in overlaid({"letter/letter.md": letter}).items():
        file = place / "edition" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(text), encoding="utf-8")
    return Order(place / "edition", place / "books", frozenset(("epub",)))


def test_a_build_hands_back_its_faults_with_the_texts_as_it_read_them(tmp_path: Path) -> None:
    steps: list[str] = []
    order = ordered(tmp_path, FAULTY)
    outcome = Builder(order).build(lambda step, detail: steps.append(step))
    (order.edition / "letter" / "letter.md").unlink()
    assert [found.code for found in outcome.diagnostics] == ["MRK004"]
    assert outcome.texts["letter/letter.md"].text == FAULTY
    assert outcome.read == {"edition.yaml", "letter/letter.md"}
    assert steps[0] == "1 Read" and not outcome.written and not outcome.hindrance


def test_books_that_cannot_be_put_anywhere_are_a_hindrance(tmp_path: Path) -> None:
    order = ordered(tmp_path, "# A letter\n\nGive the matter good thought.\n")
    order.output.write_text("a file where the folder should be", encoding="utf-8")
    outcome = Builder(order).build(lambda step, detail: None)
    assert "cannot write to" in outcome.hindrance and not outcome.fault


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process forks for each build")
def test_a_build_that_is_killed_leaves_the_next_one_unharmed(tmp_path: Path) -> None:
    builder = Builder(ordered(tmp_path, FAULTY))

    def kill(step: str, detail: str) -> None:
        for pid in _children_of_the_fork_server():
            os.kill(pid, signal.SIGKILL)

    outcome = builder.build(kill)
    assert outcome.diagnostics or "ended from outside" in outcome.hindrance
    assert builder.build(lambda step, detail: None).diagnostics


def _children_of_the_fork_server() -> list[int]:
    from multiprocessing import forkserver

    server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    path = Path(f"/proc/{server}/task/{server}/children")
    return [int(pid) for pid in path.read_text(encoding="ascii").split()]


@pytest.mark.skipif(sys.platform == "win32", reason="there no folder goes that one stands in")
def test_a_build_does_not_miss_the_folder_that_the_program_was_begun_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = Builder(ordered(tmp_path, FAULTY))
    begun_in = tmp_path / "begun-in"
    begun_in.mkdir()
    monkeypatch.chdir(begun_in)
    begun_in.rmdir()
    assert builder.build(lambda step, detail: None).diagnostics


def test_all_that_is_loaded_before_a_build_exists() -> None:
    """A module that cannot be loaded is passed over in silence, and each build waits for it."""
    assert all(importlib.util.find_spec(name) for name in rebuilding._LOADED)


# What the terminal shows of them


def shown(made: Round, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """What stands on the terminal after the time of day, and what stands among the errors."""
    Terminal("my-edition").ended(made)
    said = capsys.readouterr()
    return said.out[10:], said.err


def test_faults_are_shown_as_by_a_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Builder(ordered(tmp_path, FAULTY)).build(lambda step, detail: None)
    out, err = shown(Round(outcome, {}), capsys)
    assert out == "Nothing was written; the books are as they were.\n"
    assert err.startswith("error[MRK004]: “clauze” is no kind of block\n")
    assert " --> my-edition/letter/letter.md:3:6\n" in err and err.endswith("\n1 error\n")


def test_a_fault_of_the_program_is_told_and_ends_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, err = shown(Round(Outcome(fault="Traceback …\nKeyError: 'x'\n"), {}), capsys)
    assert out == ""
    assert "not of your edition (KeyError: 'x')" in err
