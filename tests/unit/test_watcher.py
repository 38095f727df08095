"""Saving files in every way that programs do: what is told of it, and that nothing breaks."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from conftest import BASE
from printedition.watching.bell import Bell
from printedition.watching.rebuilding import Outcome, Progress
from printedition.watching.rounds import Round, Rounds
from printedition.watching.watcher import Watcher

READ = frozenset(BASE)


class Over(Exception):
    """The script of a test has come to its end."""


class Script:
    """A bell that does something before each time it rings."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self._steps: Iterator[Callable[[], object]] = iter(steps)

    def wait(self, seconds: float) -> None:
        step = next(self._steps, None)
        if step is None:
            raise Over
        step()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is away for good is believed to be so at once."""
    monkeypatch.setattr("printedition.watching.watcher._PATIENCE", 0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The smallest edition on disk."""
    for path, text in BASE.items():
        place = tmp_path / "edition" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return tmp_path / "edition"


def saved(folder: Path, *steps: Callable[[], object], output: str = "build") -> tuple[str, ...]:
    """What is told after these steps."""
    watcher = Watcher(folder, folder / output, Script(*steps), rest=0.01)
    return watcher.wait(watcher.look(), READ)[1]


def write(path: Path, text: str = "Other words.\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_aside_and_move(path: Path) -> None:
    """Save a file as many editors do: whole, beside its place, and then moved there."""
    write(path.with_name(f"{path.name}.tmp123"))
    os.replace(path.with_name(f"{path.name}.tmp123"), path)


def move_away_and_write(path: Path) -> None:
    """Save a file as others do: the old one becomes a copy, a new one is written."""
    path.rename(path.with_name(f"{path.name}~"))
    write(path)


@pytest.mark.parametrize("save", [write, write_aside_and_move, move_away_and_write])
def test_a_saved_text_is_told_however_it_is_saved(
    folder: Path, save: Callable[[Path], None]
) -> None:
    text = folder / "letter" / "letter.md"
    assert saved(folder, lambda: save(text)) == ("letter/letter.md",)


@pytest.mark.parametrize(
    "path",
    [
        "build/small.pdf",
        "build/notes.md",
        ".git/index",
        "letter/.letter.md.swp",
        "letter/letter.md~",
        "letter/#letter.md#",
        "letter/~$letter.md",
        "letter/_draft.md",
        "letter/letter.md.tmp123",
        "letter/notes.docx",
        "README.md",
    ],
)
def test_a_file_that_no_book_is_made_of_is_not_told(folder: Path, path: str) -> None:
    with pytest.raises(Over):
        saved(folder, lambda: write(folder / path))


@pytest.mark.parametrize(
    "path",
    ["letter/apparatus.yaml", "styles/page.css", "templates/sections/text.html", "pictures/a.png"],
)
def test_a_file_that_was_not_there_is_told(folder: Path, path: str) -> None:
    assert saved(folder, lambda: write(folder / path)) == (path,)


def test_a_text_that_is_not_read_is_told_when_it_comes_and_not_when_it_is_written(
    folder: Path,
) -> None:
    other = folder / "letter" / "other.md"
    assert saved(folder, lambda: write(other)) == ("letter/other.md",)
    with pytest.raises(Over):
        saved(folder, lambda: write(other, "Written again.\n"))


def test_a_deleted_text_is_told_once_it_does_not_come_back(folder: Path) -> None:
    text = folder / "letter" / "letter.md"
    assert saved(folder, text.unlink) == ("letter/letter.md",)


def test_a_text_half_saved_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is empty when it is seen first, and whole before anything is told."""
    text = folder / "letter" / "letter.md"
    looks = iter([lambda: None, lambda: None, lambda: write(text, "Whole.\n")])
    monkeypatch.setattr("time.sleep", lambda _: next(looks, lambda: None)())
    watcher = Watcher(folder, folder / "build", Script(lambda: write(text, "")), rest=0.01)
    now, paths = watcher.wait(watcher.look(), READ)
    assert paths == ("letter/letter.md",)
    assert now["letter/letter.md"][1] == len("Whole.\n")


def test_a_folder_that_is_away_for_a_moment_is_no_matter(folder: Path) -> None:
    away = folder.with_name("elsewhere")
    with pytest.raises(Over):
        saved(folder, lambda: (folder.rename(away), away.rename(folder)))


def test_books_in_the_folder_of_the_edition_itself_are_not_told(folder: Path) -> None:
    watcher = Watcher(folder, folder, Script(lambda: write(folder / "small.pdf")), rest=0.01)
    with pytest.raises(Over):
        watcher.wait(watcher.look(), READ)


def test_the_bell_rings_for_a_folder_and_for_another_of_its_name(folder: Path) -> None:
    bell = Bell(folder)
    try:
        assert rings(bell, lambda: write(folder / "letter" / "letter.md"))
        folder.rename(folder.with_name("old"))
        write(folder / "letter" / "letter.md")
        assert rings(bell, lambda: write(folder / "edition.yaml"))
    finally:
        bell.take_down()


def rings(bell: Bell, happening: Callable[[], object]) -> bool:
    """Whether the bell rings for what happens, when it rang for all before."""
    bell.wait(0.3)
    happening()
    began = time.monotonic()
    bell.wait(20)
    return time.monotonic() - began < 20


# Rounds


class Told:
    """Writes down what a listener hears."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def away(self) -> None:
        self.words.append("away")

    def began(self, saved: Sequence[str]) -> None:
        self.words.append(f"began {' '.join(saved)}".strip())

    def at(self, step: str, detail: str) -> None:
        self.words.append(step)

    def ended(self, made: Round) -> None:
        self.words.append("ended")


def run(folder: Path, build: Callable[[Progress], Outcome], *steps: Callable[[], object]) -> Told:
    """What a listener hears of the rounds while these things happen."""
    heard = Told()
    watcher = Watcher(folder, folder / "build", Script(*steps), rest=0.01)
    with pytest.raises(Over):
        Rounds(watcher, build, [heard]).run()
    return heard


def test_a_text_that_is_saved_during_a_build_is_built_again(folder: Path) -> None:
    builds = []

    def build(progress: Progress) -> Outcome:
        builds.append(1)
        if len(builds) == 1:
            write(folder / "letter" / "letter.md")
        return Outcome(read=READ)

    heard = run(folder, build)
    assert heard.words == ["began", "ended", "began letter/letter.md", "ended"]


def test_an_edition_that_goes_is_waited_for(folder: Path) -> None:
    away = folder.with_name("elsewhere")
    heard = run(
        folder,
        lambda _: Outcome(read=READ),
        lambda: folder.rename(away),
        lambda: away.rename(folder),
        lambda: write(folder / "letter" / "letter.md"),
    )
    assert heard.words[:3] == ["began", "ended", "away"]
    assert heard.words[-1] == "ended"


def test_a_file_of_a_library_is_seen_unless_the_edition_has_its_own(tmp_path: Path) -> None:
    for folder in ("volume/own", "library/decree", "library/own"):
        (tmp_path / folder).mkdir(parents=True)
        write(tmp_path / folder / "text.md", folder)
    watcher = Watcher(
        tmp_path / "volume",
        tmp_path / "volume/build",
        Script(),
        libraries=[tmp_path / "library"],
    )
    seen = watcher.look()
    assert sorted(seen) == ["decree/text.md", "own/text.md"]
    write(tmp_path / "library/own/text.md", "another")
    assert watcher.look() == seen
    write(tmp_path / "library/decree/text.md", "another")
    assert watcher.look() != seen
