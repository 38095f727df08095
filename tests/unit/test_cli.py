"""The commands: what they take, what they print where, and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from printedition import __version__, pipeline
from printedition.cli import main
from printedition.codes import CODES
from printedition.diagnostics import Diagnostic
from printedition.sources import Span

WARNING = next(code for code in CODES if CODES[code].severity.value == "warning")
FAULT = Diagnostic("APP003", "lemma “x” does not stand here", Span("edition.yaml", 6, 9))
DOUBT = Diagnostic(WARNING, "a doubt", Span("edition.yaml", 0, 4))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: dict[str, str]) -> Path:
    """A current folder with the smallest edition in content/."""
    for name, text in base.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the pipeline find what a test says, and write nothing."""

    def set_up(*found: Diagnostic, fault: BaseException | None = None) -> None:
        def build(sources: Any, *, output: Path, strict: bool, **_: Any) -> pipeline.Build:
            if fault is not None:
                raise fault
            failed = (strict and found) or any(each is FAULT for each in found)
            written = () if failed else (pipeline.Written(output / "small.pdf", 2, 1200),)
            return pipeline.Build(found, written, 0.5)

        def find_faults(sources: Any) -> tuple[Diagnostic, ...]:
            if fault is not None:
                raise fault
            return found

        monkeypatch.setattr(pipeline, "build", build)
        monkeypatch.setattr(pipeline, "find_faults", find_faults)

    return set_up


def test_version() -> None:
    """The version can be asked for and quoted, and the house's files found to be copied."""
    version, where = run("--version").output.splitlines()
    assert version == f"printedition {__version__}"
    house = Path(where.removeprefix("styles and templates: "))
    assert (house / "styles" / "page.css").is_file()
    assert (house / "templates" / "page" / "frame.html").is_file()


def test_check_of_the_smallest_edition(folder: Path) -> None:
    """content/ is found by itself, and a clean edition ends with 0."""
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "no faults found\n")


def test_check_from_inside_the_edition(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without content/ the current folder is the edition, and paths have no prefix."""
    monkeypatch.chdir(folder / "content")
    (folder / "content" / "letter" / "letter.md").unlink()
    result = run("check", "--format", "concise")
    assert result.exit_code == 1
    assert result.stdout.startswith(("edition.yaml:", "letter/letter.md:"))


def test_edition_file_names_its_folder(folder: Path) -> None:
    """Who names the file edition.yaml means its folder."""
    assert run("check", "content/edition.yaml").exit_code == 0


@pytest.mark.parametrize("command", ["check", "build"])
def test_folder_without_edition_is_a_usage_fault(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says which file is missing where."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    assert run(command).exit_code == 2
    result = run(command, "elsewhere")
    assert result.exit_code == 2
    assert "there is no edition.yaml in “elsewhere”" in result.stderr


@pytest.mark.parametrize(
    ("found", "options", "code"),
    [
        ((), (), 0),
        ((DOUBT,), (), 0),
        ((DOUBT,), ("--strict",), 1),
        ((FAULT, DOUBT), (), 1),
        ((), ("--strict",), 0),
    ],
)
@pytest.mark.parametrize("command", ["check", "build"])
def test_exit_codes(
    command: str,
    found: tuple[Diagnostic, ...],
    options: tuple[str, ...],
    code: int,
    folder: Path,
    finds: Callable[..., None],
) -> None:
    """Errors end with 1, warnings only under --strict."""
    finds(*found)
    assert run(command, *options).exit_code == code


def test_check_prints_to_stdout(folder: Path, finds: Callable[..., None]) -> None:
    """What check finds is its result, with the edition's folder as the user named it."""
    finds(FAULT)
    result = run("check", "content/")
    assert " --> content/edition.yaml:1:7\n" in result.stdout
    assert result.stdout.endswith("\n1 error\n")
    assert result.stderr == ""


def test_check_as_json(folder: Path, finds: Callable[..., None]) -> None:
    """JSON is the whole of the output."""
    finds(FAULT, DOUBT)
    records = json.loads(run("check", "--format", "json").stdout)
    assert [record["code"] for record in records] == ["APP003", WARNING]


def test_build_prints_faults_to_stderr(folder: Path, finds: Callable[..., None]) -> None:
    """A build that fails says that nothing was written."""
    finds(FAULT)
    result = run("build")
    assert "error[APP003]" in result.stderr and "Nothing was written." in result.stderr
    assert "Written" not in result.stdout


def test_build_ends_with_its_summary(folder: Path, finds: Callable[..., None]) -> None:
    """Files, pages, sizes, seconds and warnings."""
    finds(DOUBT)
    result = run("build", "-o", "out")
    assert "out/small.pdf  2 pages  1 kB\n0.5 s, 1 warning\n" in result.stdout
    assert f"warning[{WARNING}]" in result.stderr


@pytest.mark.parametrize(
    ("found", "options", "shown"),
    [
        ((DOUBT,), (), ""),
        ((FAULT, DOUBT), (), "APP003"),
        ((DOUBT,), ("--strict",), WARNING),
    ],
)
def test_quiet_shows_only_what_fails(
    found: tuple[Diagnostic, ...],
    options: tuple[str, ...],
    shown: str,
    folder: Path,
    finds: Callable[..., None],
) -> None:
    """-q is silent about all but what stops the build."""
    finds(*found)
    result = run("build", "-q", *options)
    assert result.stdout == ""
    assert shown in result.stderr and bool(result.stderr) == bool(shown)


def test_quiet_and_verbose_exclude_each_other(folder: Path) -> None:
    """A contradiction is a usage fault."""
    assert run("build", "-q", "-v").exit_code == 2


def test_output_that_is_a_file(folder: Path) -> None:
    """An output folder that cannot be is named before anything is made."""
    (folder / "out").write_text("a file", encoding="utf-8")
    result = run("build", "-o", "out/books")
    assert result.exit_code == 1
    assert "cannot write to “out/books”" in result.stderr and "Traceback" not in result.output


@pytest.mark.parametrize("command", ["check", "build"])
def test_own_fault_asks_for_a_report(
    command: str, folder: Path, finds: Callable[..., None]
) -> None:
    """A fault of the program is one sentence, with its traceback only under -v."""
    finds(fault=RuntimeError("a\nslip"))
    result = run(command)
    assert result.exit_code == 70
    assert len(result.stderr.splitlines()) == 1 and "RuntimeError: a slip" in result.stderr
    assert "please report it" in result.stderr
    assert "Traceback" in run(command, "-v").stderr


def test_interruption_is_clean(folder: Path, finds: Callable[..., None]) -> None:
    """Control-C leaves no traceback."""
    finds(fault=KeyboardInterrupt())
    result = run("build")
    assert result.exit_code == 130 and "Traceback" not in result.output


def test_explain() -> None:
    """A code is explained however it is written."""
    result = run("explain", "app003")
    assert result.exit_code == 0 and CODES["APP003"].title in result.stdout


def test_explain_names_the_nearest_code() -> None:
    """A code mistyped is a usage fault with a suggestion."""
    result = run("explain", "APP03")
    assert result.exit_code == 2 and "did you mean “APP0" in result.stderr


def test_check_never_loads_weasyprint(folder: Path) -> None:
    """A check is quick, and runs where Pango is missing."""
    program = (
        "import sys\n"
        "from printedition.cli import main\n"
        "main(['check'], standalone_mode=False)\n"
        "print(sorted({'weasyprint', 'ebooklib', 'pypdfium2', 'rich'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
    )
    assert done.stdout == "no faults found\n[]\n"


def test_terminal_without_quotation_marks(folder: Path) -> None:
    """A sign that the output cannot show does not end the run."""
    (folder / "content" / "letter" / "letter.md").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "printedition", "check"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
