"""An editor at work with the preview, in a real browser: what is saved, and what is seen of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import Browser
from conftest import BASE

TOP = Path(__file__).resolve().parent.parent
WORDS = "Give the matter good thought, and then give it more of it, since it will want it all. "
READY = "state.pages.length > 6 && !state.doing"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition of some pages, each paragraph of which begins with a word of its own."""
    paragraphs = "\n\n".join(f"{{#b{n}}}\nWord{chr(97 + n)} {WORDS * 8}" for n in range(20))
    for path, text in {**BASE, "letter/letter.md": f"# A letter\n\n{paragraphs}\n"}.items():
        place = tmp_path / "edition" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return tmp_path / "edition"


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """The address of the preview of that edition, which is ended as a user ends it."""
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "printedition", "preview", folder, "--no-open", "-o",
         folder / "build"],
        env={**os.environ, "PYTHONPATH": str(TOP / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        found = (re.search(r"http://\S+", line) for line in process.stdout)
        yield next(each[0] for each in found if each)
        process.send_signal(signal.SIGINT)
        last = process.stdout.read().splitlines()[-1]
    assert (process.returncode, last.split()[0]) == (0, "Ended.")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def shown(browser: Browser, number: int) -> bool:
    """Whether a page of the book is in the window."""
    in_window: bool = browser.value(
        f"((box, frame) => box.bottom > frame.top && box.top < frame.bottom)"
        f"(sheets.children[{number}].getBoundingClientRect(), sheets.getBoundingClientRect())"
    )
    return in_window


@pytest.mark.slower
def test_an_editor_at_work_sees_what_becomes_of_each_change(
    folder: Path, address: str, tmp_path: Path
) -> None:
    text = folder / "letter" / "letter.md"
    with Browser(tmp_path / "profile", 1280, 800) as browser:
        browser.open(address)
        browser.wait(f"typeof state === 'object' && {READY}")
        browser.wait("sheets.querySelector('img')?.naturalWidth > 500")
        assert browser.value("document.querySelector('#phone').contentDocument.title") != ""

        # A change on a page that is not seen: the page goes there, and the words are marked.
        assert not shown(browser, 4)
        change(text, "Wordr", "Wordr, in other words,")
        browser.wait("state.go !== null && state.go !== undefined")
        went = browser.value("state.go")
        assert went > 3 and browser.wait("state.pages[state.go].marks.length") >= 1
        assert shown(browser, went)
        assert "changed" in browser.value("document.querySelector('#news').textContent")

        # The e-book goes there too.
        browser.wait("phone.contentWindow.scrollY > 500")
        assert "changed" in browser.value("chapter.selectedOptions[0].textContent")

        # Who doesn't follow stays where they were, to the pixel, while the picture is renewed.
        browser.press("f")
        before = browser.value("state.number, sheets.scrollTop")
        source = browser.value("sheets.children[state.go].source")
        change(text, "Worda", "Wordz")
        browser.wait(f"sheets.children[{went}].source !== '{source}' && {READY}")
        assert browser.value("sheets.scrollTop") == before
        assert browser.value("state.pages[state.go].label") == "1"
        browser.press("n")
        assert shown(browser, browser.value("state.go"))

        # A fault stands beside the last good pages, with a link to its line.
        pages = browser.value("state.pages.length")
        change(text, "{#b1}", "{#b1 .clauze}")
        browser.wait("state.stale && !state.doing")
        link = browser.value("document.querySelector('#list a').href")
        assert link == f"vscode://file{text.as_posix()}:6:6"
        assert browser.value("sheets.children.length") == pages

        # Half saved, away, moved and back: all is well at the end.
        whole = text.read_text(encoding="utf-8").replace("{#b1 .clauze}", "{#b1}")
        text.write_text("", encoding="utf-8")
        text.write_text(whole[:100], encoding="utf-8")
        folder.rename(tmp_path / "away")
        browser.wait("state.hindrance.includes('is not there')")
        (tmp_path / "away").rename(folder)
        text.write_text(whole.replace("Worda", "Wordb"), encoding="utf-8")
        browser.wait(f"!state.stale && !state.hindrance && {READY}")
        assert browser.value("state.faults.length") == 0

        fetched = browser.value("performance.getEntriesByType('resource').map((each) => each.name)")
        assert fetched and all(name.startswith((address, "data:")) for name in fetched)


@pytest.mark.slower
def test_the_preview_is_no_wider_than_a_phone(folder: Path, address: str, tmp_path: Path) -> None:
    with Browser(tmp_path / "profile", 390, 844, dark=True) as browser:
        browser.open(address)
        browser.wait(f"typeof state === 'object' && {READY}")
        for view in ("pages", "faults", "ebook"):
            browser.value(f"location.hash = '{view}'")
            assert browser.value("document.documentElement.scrollWidth") == 390
            assert browser.wait(f"document.querySelector('#{view}').clientHeight > 200")
