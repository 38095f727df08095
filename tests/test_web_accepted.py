"""Those who judge web pages have nothing to say: the W3C's checker, and axe in a browser.

Of the real edition, of one that has everything at once, and of one of verse.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import readers
from editions import stress_edition, verse_edition
from printedition import pipeline
from printedition.sources import MemorySources

pytestmark = [pytest.mark.slower, readers.in_a_browser]
REAL = pytest.param("edition", marks=pytest.mark.xdist_group("built"))


@pytest.fixture(scope="module", params=[REAL, "stress edition", "verse edition"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A web page."""
    folder = tmp_path_factory.mktemp("accepted")
    if request.param == "edition":
        folder = request.getfixturevalue("built")
    else:
        made = stress_edition() if request.param == "stress edition" else verse_edition()
        formats = frozenset({"html"})
        pipeline.build(MemorySources(made.files), output=folder, formats=formats)
    (path,) = folder.glob("*.html")
    return Path(path)


def test_the_checker_of_the_w3c_has_nothing_to_say(page: Path) -> None:
    assert readers.vnu(page) == []


def test_axe_has_nothing_to_say_and_nothing_is_wider_than_the_screen(page: Path) -> None:
    found = readers.axe(page)
    assert found["rules"] > 30, "it has read the page"
    assert found["violations"] == []
    assert found["overflows"] == []
    assert found["requests"] == []
