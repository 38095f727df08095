"""The wheel in an empty environment, far from the repository; and what the system may lack."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from printedition.cli import main
from printedition.page import prerequisites
from printedition.page.prerequisites import PACKAGES, Lacking, require

ROOT = Path(__file__).resolve().parent.parent
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def call(*command: object, cwd: Path) -> str:
    """What a command prints, away from the repository; its success is asserted."""
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=PLAIN,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    call(sys.executable, "-m", "pip", "wheel", *options, "-w", folder, ROOT, cwd=folder)
    (made,) = folder.glob("printedition-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that has the wheel, and sees our dependencies."""
    folder = tmp_path_factory.mktemp("empty environment")
    venv.create(folder, with_pip=False)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    python = commands / "python"
    options = ("--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    call(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel, cwd=folder)
    own = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))",
                    cwd=folder).strip())  # fmt: skip
    # A folder named so is looked through last, and the links that it holds are not followed:
    # that to the repository, which stands in an environment of developers, is not.
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return commands


def test_wheel_holds_all_that_is_not_code(wheel: Path) -> None:
    """Styles, templates, fonts with their licence, and the beginnings of an edition."""
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for folder, place in (
        (ROOT / "styles", "printedition/styles"),
        (ROOT / "templates", "printedition/templates"),
        (ROOT / "src/printedition/beginnings", "printedition/beginnings"),
    ):
        files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
        assert files
        assert {f"{place}/{path.relative_to(folder).as_posix()}" for path in files} <= inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert any(name.endswith("OFL.txt") for name in inside)
    assert not any(name.startswith(("tests/", "content/", "build/")) for name in inside)


@pytest.mark.slow
def test_installed_program_begins_and_builds_an_edition(installed: Path, tmp_path: Path) -> None:
    """What a stranger does in the first minutes, where the repository can't be imported."""
    place = call(installed / "python", "-c", "import printedition; print(printedition.__file__)",
                 cwd=tmp_path)  # fmt: skip
    assert Path(place.strip()).is_relative_to(installed.parent)
    program = installed / "printedition"
    assert call(program, "--version", cwd=tmp_path).startswith("printedition ")
    call(program, "new", "my edition", cwd=tmp_path)
    assert call(program, "check", "--strict", "my edition", cwd=tmp_path) == "no faults found\n"
    call(program, "build", "--strict", "my edition", cwd=tmp_path)
    (made,) = (tmp_path / "build").glob("*.map.json")
    names = json.loads(made.read_text(encoding="utf-8"))["books"]
    assert {Path(name).suffix for name in names} == {".pdf", ".epub"}
    assert all((tmp_path / "build" / name).stat().st_size > 5000 for name in names)


# What the system may lack


@pytest.fixture
def folder(tmp_path: Path, base: dict[str, str]) -> Path:
    """The smallest edition on disk."""
    for name, text in base.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_missing_pango_names_the_packages(folder: Path) -> None:
    """WeasyPrint's own words for programmers are held back; a check needs no Pango."""
    stub = folder / "stub" / "weasyprint"
    stub.mkdir(parents=True)
    (stub / "__init__.py").write_text(
        "print('WeasyPrint could not import some external libraries.')\n"
        "raise OSError(\"cannot load library 'libpango-1.0-0': no such file\")\n",
        encoding="utf-8",
    )
    source = Path(prerequisites.__file__).resolve().parent.parent.parent
    settings = {**PLAIN, "PYTHONPATH": os.pathsep.join((str(stub.parent), str(source)))}

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "printedition", command],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env=settings,
            check=False,
        )

    done = run("build")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: Pango, which sets the pages, is missing or incomplete.")
    assert all(command in done.stderr for command in PACKAGES.values())
    assert "external libraries" not in done.stdout and "Traceback" not in done.stderr
    assert run("check").stdout == "no faults found\n"


def test_missing_harfbuzz_subset_names_the_packages(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it other fonts would be put into the PDF than a reader has tested."""
    lacking = SimpleNamespace(ffi=None, harfbuzz_subset=None)
    monkeypatch.setitem(sys.modules, "weasyprint.text.ffi", lacking)
    done = CliRunner().invoke(main, ["build", str(folder / "content"), "-o", str(folder / "out")])
    assert done.exit_code == 1 and "subset library of HarfBuzz" in done.stderr
    assert "libharfbuzz-subset0" in done.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("system", "release", "first"),
    [
        ("linux", {"ID": "debian"}, "Debian and Ubuntu"),
        ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "Debian and Ubuntu"),
        ("linux", {"ID": "fedora"}, "Fedora"),
        ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "Fedora"),
        ("linux", {"ID": "manjaro", "ID_LIKE": "arch"}, "Arch"),
        ("linux", {"ID": "other"}, "Debian and Ubuntu"),
        ("darwin", {}, "macOS, with Homebrew"),
        ("win32", {}, "Windows, with MSYS2"),
    ],
)
def test_the_packages_of_this_system_come_first(
    system: str, release: dict[str, str], first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)
    lines = str(Lacking("Pango is missing")).splitlines()
    assert lines[1].strip().startswith(f"{first}:")
    assert len(lines) == 1 + len(PACKAGES)


def test_nothing_is_lacking_here() -> None:
    require()


# The ways to install, which agree


def test_makefile_and_ci_install_the_packages_that_the_message_names() -> None:
    wanted = set(PACKAGES["Debian and Ubuntu"].removeprefix("sudo apt-get install ").split())
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    stated = re.search(r"^PANGO = (.+)$", makefile, re.M)
    assert stated and set(stated[1].split()) == wanted
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    listed = re.search(r"for package in (.+); do", ci)
    assert listed and set(listed[1].split()) == wanted


def test_what_the_tests_import_is_asked_for() -> None:
    """`make test` on a bare machine installs all that a test imports."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[^\w.-]", one)[0].lower().replace("-", "_") for one in asked}
    modules = {"yaml": "pyyaml", "PIL": "pillow", "markdown_it": "markdown_it_py"}
    modules["pdfminer"] = "pdfplumber"  # which rests on it
    modules |= {"fontTools": "fonttools", "page": "page_validation"}
    imported = {
        match[1]
        for path in (ROOT / "tests").rglob("*.py")
        for match in re.finditer(r"^(?:import|from) (\w+)", path.read_text("utf-8"), re.M)
    }
    here = [*(ROOT / "tests").rglob("*.py")]
    own = {"printedition", *(path.stem for path in here), *(path.parent.name for path in here)}
    others = imported - set(sys.stdlib_module_names) - own
    assert {modules.get(name, name) for name in others} <= names | {"pydyf", "cssselect2"}
