"""Templates and styles of an edition that override nothing."""

from __future__ import annotations

import pytest

from printedition.book.house import house_names
from printedition.book.overrides import report_idle_overrides
from printedition.diagnostics import Findings
from printedition.sources import MemorySources


def _told(files: dict[str, str]) -> list[tuple[str, str]]:
    findings = Findings()
    report_idle_overrides(MemorySources(files), findings)
    return [(found.span.source, found.message) for found in findings.diagnostics]


@pytest.mark.parametrize("folder", ["styles", "templates"])
def test_each_file_of_the_house_may_be_overridden(folder: str) -> None:
    assert _told({f"{folder}/{name}": "" for name in house_names(folder)}) == []


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("styles/Page.css", "styles/page.css"),
        ("styles/page.scss", "styles/page.css"),
        ("style/ebook.css", "styles/ebook.css"),
        ("cover.css", "styles/cover.css"),
        ("templates/index.html", "templates/sections/index.html"),
        ("templates/sections/titlepage.html", "templates/sections/title-page.html"),
        ("templates/page/covers.html", "templates/page/cover.html"),
        ("templates/ebook/covers.xhtml", "templates/ebook/cover.xhtml"),
        ("Templates/macros.html", "templates/macros.html"),
    ],
)
def test_the_nearest_file_of_the_house_is_named(path: str, meant: str) -> None:
    assert _told({path: ""}) == [(path, f"this file is never read; was “{meant}” meant?")]


def test_what_is_near_no_file_of_the_house_is_told_without_a_guess() -> None:
    assert _told({"styles/colours.css": ""}) == [("styles/colours.css", "this file is never read")]


@pytest.mark.parametrize(
    "files",
    [
        {"styles/page.css": "@import url(colours.css);", "styles/colours.css": ""},
        {"styles/page.css": '@import "colours.css";', "styles/colours.css": ""},
        {
            "templates/macros.html": "{% include 'parts/seal.html' %}",
            "templates/parts/seal.html": "",
        },
        {"templates/sections/_index.html": "", "styles/_old.css": "", "styles/README.html": ""},
        {"styles/fonts/Own.otf": "", "styles/fonts/OFL.txt": ""},
        {"site/index.html": "", "letter/letter.md": ""},
    ],
)
def test_what_is_brought_in_or_kept_aside_or_elsewhere_is_not_told(files: dict[str, str]) -> None:
    assert _told(files) == []
