"""Printings: recorded when they go to readers, and compared with what came of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from printedition.cli import main
from printedition.revision.printing import LARGEST, is_fit, read, write
from printedition.revision.printing_schema import SCHEMA


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new edition of which the printing “first” was recorded, its books in build/."""
    folder = tmp_path_factory.mktemp("released")
    assert run("new", folder / "content").exit_code == 0
    done = run("release", "first", folder / "content", "-o", folder / "build")
    assert done.exit_code == 0, done.output
    return folder


def test_a_printing_records_every_line_and_note(released: Path) -> None:
    data = (released / "content/printings/first.json").read_bytes()
    Draft202012Validator(SCHEMA).validate(json.loads(data))
    printing = read(data)
    letter = next(one for one in printing.sections if one.id == "letter").pages[0]
    assert letter.label == "1"
    line = next(one for one in letter.lines if one.number == 4)
    assert line.words == "spring. I have written to the council twice; the council is"
    notes = {(one.kind, one.mark, one.words, one.line) for one in letter.notes}
    assert ("variants", "4", "council] clerk B", "4") in notes
    assert ("margin", "", "Anna, Clara’s sister", "7") in notes
    index = printing.sections[-1].pages[0].headings
    assert [(one.words, one.locators) for one in index][:1] == [
        ("Anna, sister of the writer", ("1", "1n"))
    ]
    assert write(printing) == ("printings/first.json", data)


def test_a_large_printing_is_compressed(released: Path) -> None:
    from dataclasses import replace

    printing = read((released / "content/printings/first.json").read_bytes())
    large = replace(printing, revision="r" * LARGEST)
    path, data = write(large)
    assert path == "printings/first.json.gz"
    assert read(data) == large


def test_a_printing_is_never_written_over(released: Path) -> None:
    path = released / "content/printings/first.json"
    before = path.read_bytes()
    done = run("release", "first", released / "content", "-o", released / "build")
    assert done.exit_code == 2 and "there is a printing “first” already" in done.output
    assert path.read_bytes() == before


def test_no_printing_is_recorded_of_faults(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released / "content", tmp_path / "content")
    apparatus = tmp_path / "content/letter/apparatus.yaml"
    apparatus.write_text(apparatus.read_text().replace("'council'", "'counsel'"))
    done = run("release", "second", tmp_path / "content", "-o", tmp_path / "build")
    assert done.exit_code == 1 and "Nothing was recorded." in done.output
    assert not (tmp_path / "content/printings/second.json").exists()
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("name", ["", "a/b", "..", ".x", "nul", "com1.x", "ä", "x" * 65, "a b"])
def test_a_name_no_file_may_have_is_refused(name: str) -> None:
    assert not is_fit(name)
