"""Every fault that the program knows, from a folder that has it: its code, place, and no output.

A folder under `checks/` holds what differs from the sound edition in `checks/stock/`, in
`absent.txt` the files that are taken away, in `large.txt` those that are made a byte larger than
any may be, and in `expected.txt` the report. With UPDATE_GOLDEN=1 in the environment the reports
are written anew; they must then be read.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from printedition.cli import main
from printedition.codes import CODES, Severity
from printedition.sources import MOST_BYTES

CHECKS = Path(__file__).parent / "checks"
STOCK = CHECKS / "stock"
FOLDERS = sorted(path.name for path in CHECKS.iterdir() if path.is_dir() and path != STOCK)
OWN_FILES = ("expected.txt", "absent.txt", "large.txt")
FAMILIES = (
    "SRC", "MRK", "TXT", "TAK", "REF", "WIT", "APP", "LOC", "NOT", "PAR", "IDX", "BIB", "IMG",
    "LNK", "DAT", "LET", "ABB", "AUD", "QUE", "SYL", "PRO", "KEP001", "VOL", "RGT",
)  # fmt: skip
OF_A_BUILD = "BIB006"  # only a build finds it, by the style
BOOKS = ("stock.pdf", "stock.epub", "stock.map.json")


def _overlay(folder: str, target: Path) -> None:
    shutil.copytree(STOCK, target)
    if folder == STOCK.name:
        return
    source = CHECKS / folder
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OWN_FILES))
    for name in _listed(source / "absent.txt"):
        (target / name).unlink()
    for name in _listed(source / "large.txt"):
        (target / name).write_bytes(b"x" * (MOST_BYTES + 1))


def _listed(names: Path) -> list[str]:
    return names.read_text(encoding="utf-8").split() if names.is_file() else []


def _code(folder: str) -> str:
    return folder.partition("-")[0]


def _exit_code(folder: str) -> int:
    return int(CODES[_code(folder)].severity is Severity.ERROR)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="printedition")


@pytest.fixture
def edition(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The stock edition with one folder laid over it; the working folder is the edition's."""
    folder = str(request.param)
    _overlay(folder, tmp_path / "edition")
    monkeypatch.chdir(tmp_path / "edition")
    return folder


def test_stock_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _overlay(STOCK.name, tmp_path / "edition")
    monkeypatch.chdir(tmp_path / "edition")
    result = _run("check", "--format", "concise")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("edition", FOLDERS, indirect=True)
def test_check_reports_the_fault(edition: str) -> None:
    result = _run("check", "--format", "concise")
    golden = CHECKS / edition / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(result.output, encoding="utf-8")
    assert result.exit_code == _exit_code(edition), result.output
    assert "Traceback" not in result.output
    assert result.output == golden.read_text(encoding="utf-8")
    assert f"[{_code(edition)}]" in result.output


@pytest.mark.parametrize("edition", FOLDERS, indirect=True)
def test_reports_are_sorted_and_full_ones_show_lines(edition: str) -> None:
    concise = _run("check", "--format", "concise").output.splitlines()
    places = [re.match(r"(.+?):(\d+):(\d+): ", line) for line in concise]
    found = [(place[1], int(place[2]), int(place[3])) for place in places if place]
    assert len(found) == len(concise)
    assert found == sorted(found)
    full = _run("check")
    assert full.exit_code == _exit_code(edition)
    assert "Traceback" not in full.output
    for path, line, column in found:
        assert f"--> {path}:{line}:{column}\n" in full.output


def _to_build() -> Iterator[Any]:
    """All folders. Of what is but warned of the books are set before they are refused, which takes
    seconds: in a short run that is done once a family."""
    families: set[str] = set()
    for folder in FOLDERS:
        is_set, family = not _exit_code(folder), folder[:3]
        again = is_set and family in families
        if is_set:
            families.add(family)
        yield pytest.param(folder, marks=[pytest.mark.slower] if again else [])


@pytest.mark.parametrize("edition", [*_to_build()], indirect=True)
def test_build_leaves_earlier_books_alone(edition: str, tmp_path: Path) -> None:
    output = tmp_path / "books"
    output.mkdir()
    for name in BOOKS:
        (output / name).write_text(f"the earlier {name}", encoding="utf-8")
    result = _run("build", "--strict", "-f", "epub", "--output", str(output))
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert "Nothing was written" in result.output
    assert f"[{_code(edition)}]" in result.output
    assert sorted(path.name for path in output.iterdir()) == sorted(BOOKS)
    for name in BOOKS:
        assert (output / name).read_text(encoding="utf-8") == f"the earlier {name}"


@pytest.mark.parametrize("code", [c for c in CODES if c.startswith(FAMILIES) and c != OF_A_BUILD])
def test_every_code_has_a_folder(code: str) -> None:
    assert any(_code(folder) == code for folder in FOLDERS)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    result = _run("explain", code)
    assert result.exit_code == 0, result.output
    shown = " ".join(result.output.split())  # lines end where the terminal does
    for words in (code, CODES[code].title, CODES[code].meaning, CODES[code].cure):
        assert words in shown


def test_an_unknown_code_is_refused() -> None:
    result = _run("explain", "SRC999")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


CURED = [name for name in FOLDERS if name[:6] in ("SRC002", "SRC008", "SRC009", "SRC010")]
WITHOUT_A_LINE = frozenset(
    {
        "SRC002-asterisk-item", "SRC002-bom-twice", "SRC002-dash", "SRC002-indented",
        "SRC002-item-without-dash", "SRC002-key-among-items", "SRC002-nested", "SRC002-no-blank",
        "SRC002-no-blank-after-dash", "SRC002-second-document", "SRC002-tab",
    }
)  # fmt: skip


@pytest.mark.parametrize("edition", CURED, indirect=True)
def test_the_hint_is_the_line_that_cures(edition: str) -> None:
    found = json.loads(_run("check", "--format", "json").output)
    hints = [(record["path"], record["line"], record["hint"]) for record in found]
    if edition in WITHOUT_A_LINE:
        assert not any(hint and hint.startswith("write: ") for _, _, hint in hints)
        return
    for path, number, hint in hints:
        assert hint.startswith("write: ")
        lines = Path(path).read_text(encoding="utf-8").split("\n")
        line = lines[number - 1]
        lead = line[: len(line) - len(line.lstrip())]
        lines[number - 1] = lead + hint.removeprefix("write: ")
        Path(path).write_text("\n".join(lines), encoding="utf-8")
    cured = _run("check", "--format", "concise")
    assert "[SRC" not in cured.output


@pytest.mark.parametrize(
    ("name", "place"),
    [("front/preface.md", "edition.yaml:28:12"), ("index.yaml", "edition.yaml:35:12")],
)
def test_a_link_out_of_the_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, place: str
) -> None:
    _overlay(STOCK.name, tmp_path / "edition")
    linked = tmp_path / "edition" / name
    linked.rename(tmp_path / "outside")
    linked.symlink_to(tmp_path / "outside")
    monkeypatch.chdir(tmp_path / "edition")
    result = _run("check", "--format", "concise")
    assert result.exit_code == 1
    assert result.output.startswith(f"{place}: error[SRC011] ")
    assert len(result.output.splitlines()) == 1
