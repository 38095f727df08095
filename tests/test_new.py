"""`printedition new`: what it begins, and that every beginning is a sound edition at once."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from epubchecking import messages_on
from printedition.beginnings.begin import BEGINNINGS, begin
from printedition.cli import main
from printedition.edition.edition import SectionKind
from printedition.pipeline import examine
from printedition.reading.schema import SCHEMAS, schema_of
from printedition.sources import DiskSources

MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(params=BEGINNINGS)
def begun(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder in which one of the beginnings was made."""
    begin(tmp_path / "my edition", request.param)
    return tmp_path / "my edition"


def test_a_beginning_has_no_faults(begun: Path) -> None:
    done = run("check", "--strict", str(begun))
    assert (done.exit_code, done.output) == (0, "no faults found\n")


def test_a_beginning_builds_both_books_without_a_warning(begun: Path, tmp_path: Path) -> None:
    done = run("build", "--strict", "-o", str(tmp_path / "books"), str(begun))
    assert done.exit_code == 0, done.output
    assert "no warnings" in done.output
    suffixes = {path.suffix for path in (tmp_path / "books").iterdir()}
    assert {".pdf", ".epub"} <= suffixes


def test_the_e_book_of_the_small_edition_passes_epubcheck(tmp_path: Path) -> None:
    begin(tmp_path / "edition", "small")
    assert run("build", "-f", "epub", "-o", str(tmp_path), str(tmp_path / "edition")).exit_code == 0
    assert messages_on(tmp_path / "small-edition.epub") == []


def test_every_record_file_names_its_schema_which_lies_in_the_edition(begun: Path) -> None:
    records = list(begun.rglob("*.yaml"))
    assert records
    for path in records:
        line = MODELINE.match(path.read_text(encoding="utf-8"))
        assert line, f"{path} does not begin with its schema"
        schema = json.loads((path.parent / line[1]).read_text(encoding="utf-8"))
        assert schema == schema_of(path.stem)
    settings = json.loads((begun / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert len(settings["yaml.schemas"]) == len(SCHEMAS)
    assert all((begun / schema).is_file() for schema in settings["yaml.schemas"])


def test_every_file_explains_itself(begun: Path) -> None:
    explained = [
        path
        for path in begun.rglob("*")
        if (path.suffix == ".yaml" and "\n# " in path.read_text(encoding="utf-8"))
        or (path.suffix == ".md" and "<!-- " in path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    parts = [path for path in begun.rglob("*") if path.suffix in (".yaml", ".md")]
    # The second poem and the later versions are made like the first.
    alike = {"frost.md", "adopted.md", "revised.md"}
    assert {path.name for path in parts} - {path.name for path in explained} <= alike


# Others an edition has or not; the manual shows how.
A_LITTLE_OF_EVERYTHING = {
    SectionKind.FRONT,
    SectionKind.PROSE,
    SectionKind.SIGLA,
    SectionKind.TEXT,
    SectionKind.COMMENTARY,
    SectionKind.PARALLEL,
    SectionKind.CORRECTIONS,
    SectionKind.SOURCES,
    SectionKind.INDEX,
}


def test_the_small_edition_holds_a_little_of_everything(tmp_path: Path) -> None:
    begin(tmp_path, "small")
    edition = examine(DiskSources(tmp_path)).edition
    assert edition
    kinds = {section.kind for section in edition.book}
    assert kinds == A_LITTLE_OF_EVERYTHING
    assert {note.kind.value for note in edition.notes} == {"foot", "margin", "end"}
    assert edition.apparatus and edition.parallels and edition.indexes


def test_the_letter_has_a_head_and_more_than_one_date(tmp_path: Path) -> None:
    begin(tmp_path, "letter")
    edition = examine(DiskSources(tmp_path)).edition
    assert edition
    (text,) = edition.text_entries
    assert text.letter and text.letter.senders and text.letter.addressees and text.letter.place
    assert [event.event for event in text.dates] == ["written", "received"]
    assert edition.abbreviations


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_each_option_makes_its_beginning(beginning: str, tmp_path: Path) -> None:
    options = [] if beginning == "small" else [f"--{beginning}"]
    assert run("new", *options, str(tmp_path / "made")).exit_code == 0
    begin(tmp_path / "meant", beginning)
    assert files_in(tmp_path / "made") == files_in(tmp_path / "meant")


def test_new_says_which_commands_come_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("new", "my letter", "--letter")
    commands = re.findall(r"^  printedition (\w+) '(.+)'$", done.stdout, re.M)
    assert commands == [("check", "my letter"), ("build", "my letter")]
    for command, edition in commands:
        assert run(command, edition).exit_code == 0


@pytest.mark.parametrize("name", ["notes.txt", ".hidden"])
def test_a_folder_that_is_not_empty_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    done = run("new", str(tmp_path))
    assert done.exit_code == 2
    assert "nothing was touched" in done.stderr
    assert files_in(tmp_path) == {name: b"mine"}


def test_a_file_in_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    done = run("new", str(tmp_path / "taken"))
    assert done.exit_code == 2
    assert files_in(tmp_path) == {"taken": b"mine"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run("new", str(tmp_path / "edition"))
    tmp_path.chmod(0o700)
    assert done.exit_code == 1
    assert "cannot write to" in done.stderr


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("new", str(tmp_path / "file" / "edition"))
    assert done.exit_code == 1
    assert "cannot write to" in done.stderr
