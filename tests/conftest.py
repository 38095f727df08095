"""What tests share: the smallest edition, and an examination of it with a test's own files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest

from printedition import pipeline
from printedition.sources import DiskSources, MemorySources

# Tests keep nothing in the cache of whoever runs them, and find nothing there.
os.environ["PRINTEDITION_CACHE"] = ""

CONTENT = Path(__file__).resolve().parent.parent / "content"

BASE: Mapping[str, str] = {
    "edition.yaml": (
        "slug: 'small'\n"
        "title: 'A small edition'\n"
        "lang: 'en'\n"
        "witnesses:\n"
        "  - siglum: 'T'\n"
        "    description: 'The only witness'\n"
        "texts:\n"
        "  - id: 'letter'\n"
        "    file: 'letter/letter.md'\n"
        "book:\n"
        "  - text: 'letter'\n"
    ),
    "letter/letter.md": "# A letter\n\n{#p1}\nGive the matter good thought.\n",
}


class Examine(Protocol):
    """Examines the smallest edition, overlaid with files; None takes a file away."""

    def __call__(self, files: Mapping[str, str | bytes | None]) -> pipeline.Examination: ...


def overlaid(files: Mapping[str, str | bytes | None]) -> dict[str, str | bytes]:
    """The smallest edition's files, overlaid with others; None takes a file away."""
    return {path: text for path, text in {**BASE, **files}.items() if text is not None}


@pytest.fixture
def base() -> dict[str, str]:
    """The smallest edition's files, to change."""
    return dict(BASE)


@pytest.fixture
def edition() -> Examine:
    """Examines the smallest edition, overlaid with a test's own files."""
    return lambda files: pipeline.examine(MemorySources(overlaid(files)))


@pytest.hookimpl(tryfirst=True)  # before xdist looks at groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Under `--dist loadgroup` tests that share what is costly run in one process, made once."""
    for item in items:
        if isinstance(item, pytest.Function) and not item.get_closest_marker("xdist_group"):
            group = "built" if "built" in item.fixturenames else _sharing(item)
            if group:
                item.add_marker(pytest.mark.xdist_group(group))


def _sharing(item: pytest.Function) -> str:
    """The module of a test, where it has a fixture of which its module makes only one."""
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        for each in definitions:
            if each.scope != "function" and each.func.__module__ == item.module.__name__:
                return str(item.module.__name__)
    return ""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the books of the real edition, built once for all that read them."""
    output = tmp_path_factory.mktemp("built")
    formats = frozenset(("pdf", "epub", "html"))
    made = pipeline.build(DiskSources(CONTENT), output=output, formats=formats, strict=True)
    assert made.diagnostics == ()
    return output
