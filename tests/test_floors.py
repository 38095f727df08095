"""The floors of the program: each imports from its own floor or below, and each library once."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import printedition

PACKAGE = Path(printedition.__file__).parent
STOCK = Path(__file__).parent / "checks" / "stock"
FLOORS = (
    {
        "",
        "sources",
        "diagnostics",
        "book_codes",
        "codes",
        "content_codes",
        "lock",
        "shelf",
        "scratch",
        "aside",
        "fingerprint",
        "frozen",
        "history",
        "cache",
        "stamp",
    },
    {"edition"},
    {"reading"},
    {"scholarship"},
    {"book"},
    {"page", "ebook", "web"},
    {"revision", "prepress"},
    {
        "binding",
        "keeping",
        "meantime",
        "pipeline",
        "beginnings",
        "adding",
        "collating",
        "indexing",
        "cmif",
        "onix",
        "printings",
        "profiling",
        "proving",
        "profile_survey",
        "kept_printing",
        "predecessors",
    },
    {"watching"},
    {"preview"},
    {"report", "commands", "cli", "__main__"},
)
FLOOR_OF = {part: number for number, floor in enumerate(FLOORS) for part in floor}
LIBRARIES = {
    "weasyprint": {"page"},
    "ebooklib": {"ebook"},
    "yaml": {"reading"},
    "markdown_it": {"reading"},
    "pyuca": {"scholarship"},
    "citeproc": {"book"},
    "lxml": {"book"},
    "watchdog": {"watching"},
    "pypandoc": {"adding"},
    "pikepdf": {"prepress"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _part(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


@cache
def _imports(path: Path) -> tuple[str, ...]:
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    """The full names of all that a module imports, also inside functions and for types."""
    package = ("printedition", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            # A name imported from the package itself may be a module of it.
            yield from (
                f"{module}.{alias.name}" if module == "printedition" else module
                for alias in node.names
            )


def _imported_part(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FLOOR_OF else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_the_floors(path: Path) -> None:
    own = _part(path)
    assert own in FLOOR_OF, f"“{own}” stands on no floor"
    for name in _imports(path):
        if name.split(".")[0] != "printedition":
            continue
        other = _imported_part(name)
        assert FLOOR_OF[other] <= FLOOR_OF[own], f"{own} imports {name} from above"
        beside = {own, other} == {"page", "ebook"}
        assert not beside, f"{own} imports {name}, but the two books know nothing of each other"


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_imported_by_its_own_floor_only(library: str) -> None:
    users = {
        _part(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in _imports(path))
    }
    assert users == LIBRARIES[library]


def test_check_loads_no_layout() -> None:
    program = (
        "import sys\n"
        "from printedition.cli import main\n"
        "main(['check', sys.argv[1]], standalone_mode=False)\n"
        "print(*sorted(sys.modules), sep='\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(STOCK)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()}
    assert "printedition" in loaded
    costly = {
        "weasyprint",
        "ebooklib",
        "pypdfium2",
        "rich",
        "pyuca",
        "citeproc",
        "lxml",
        "watchdog",
        "pikepdf",
    }
    assert not loaded & costly
