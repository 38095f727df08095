"""What is kept of earlier builds makes no other books than a clean build."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import BASE
from printedition import pipeline
from printedition.cache import VARIABLE, Cache, users_folder
from printedition.cli import main
from printedition.sources import DiskSources

KEY, OTHER = "ab" * 32, "cd" * 32
DATA = b"what was made" * 9


def entry(cache: Cache, key: str = KEY) -> Path:
    return cache.folder / key[:2] / key


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


# Entries


def test_what_is_kept_is_found_again(cache: Cache) -> None:
    assert cache.get(KEY) is None
    cache.put(KEY, DATA)
    assert cache.get(KEY) == DATA
    assert cache.get(OTHER) is None


def test_a_damaged_entry_is_never_used(cache: Cache) -> None:
    cache.put(KEY, DATA)
    whole = entry(cache).read_bytes()
    for at in range(len(whole)):
        entry(cache).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.get(KEY) is None
        entry(cache).write_bytes(whole[:at])
        assert cache.get(KEY) is None
    entry(cache).write_bytes(whole + b"\0")
    assert cache.get(KEY) is None


def test_an_entry_under_the_key_of_another_is_never_used(cache: Cache) -> None:
    cache.put(KEY, DATA)
    cache.put(OTHER, DATA + DATA)
    entry(cache).write_bytes(entry(cache, OTHER).read_bytes())
    assert cache.get(KEY) is None


def test_what_was_not_used_for_longest_goes_first(cache: Cache) -> None:
    cache.most = 600
    keys = [f"{n:064x}" for n in range(5)]
    for number, key in enumerate(keys):
        cache.put(key, DATA)
        os.utime(entry(cache, key), (number, number))
    assert cache.get(keys[0]) == DATA
    cache.trim()
    left = {path.name for path in cache.folder.glob("??/*")}
    assert keys[0] in left and keys[4] in left
    assert sum(path.stat().st_size for path in cache.folder.glob("??/*")) <= 600


@pytest.mark.skipif(sys.platform == "win32", reason="its folders have other rights")
def test_a_folder_that_others_can_write_to_is_not_used(cache: Cache) -> None:
    """What is kept runs code when it is read."""
    cache.put(KEY, DATA)
    assert cache.folder.stat().st_mode & 0o777 == 0o700
    cache.folder.chmod(0o777)
    assert cache.get(KEY) is None
    cache.put(OTHER, DATA)
    assert not entry(cache, OTHER).exists()


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file")
    cache.put(KEY, DATA)
    cache.trim()
    assert cache.get(KEY) is None


def test_the_folder_is_that_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert users_folder() == tmp_path
    monkeypatch.setenv(VARIABLE, "")
    assert users_folder() is None
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert users_folder() == tmp_path / "printedition"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # which the specification has ignored
    assert users_folder() == Path.home() / ".cache" / "printedition"


# Builds


def edition(folder: Path, **changed: str) -> Path:
    for name, text in {**BASE, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def books(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def build(folder: Path, output: Path, cache: Cache | None) -> tuple[dict[str, bytes], bool]:
    """The books of a folder, and whether pages were set for them."""
    steps: list[str] = []
    formats = frozenset({"pdf", "epub"})
    made = pipeline.build(
        DiskSources(folder),
        output=output,
        formats=formats,
        progress=lambda step, _: steps.append(step),
        cache=cache,
    )
    assert not made.has_errors
    return books(output), "5 Lay out" in steps


def test_books_of_an_unchanged_edition_are_kept(tmp_path: Path, cache: Cache) -> None:
    folder = edition(tmp_path / "edition")
    first, was_set = build(folder, tmp_path / "first", cache)
    assert was_set
    second, was_set = build(folder, folder / "build", cache)
    assert not was_set
    assert second == first
    third, was_set = build(folder, folder / "build", cache)  # its own books are no part of it
    assert not was_set
    assert third == first


def test_books_of_a_changed_edition_are_made_anew(tmp_path: Path, cache: Cache) -> None:
    folder = edition(tmp_path / "edition")
    output = tmp_path / "books"
    build(folder, output, cache)
    edition(folder, **{"letter/letter.md": "# A letter\n\n{#p1}\nGive the matter good heed.\n"})
    cached, was_set = build(folder, output, cache)
    assert was_set
    clean, _ = build(folder, tmp_path / "clean", None)
    assert cached == clean


def test_books_that_a_hidden_file_is_in_are_not_kept(tmp_path: Path, cache: Cache) -> None:
    """Its change would not be seen, for hidden files are none of an edition's."""
    folder = edition(tmp_path / "edition")
    (folder / "letter/letter.md").rename(folder / "letter/.letter.md")
    stated = BASE["edition.yaml"].replace("letter/letter.md", "letter/.letter.md")
    edition(folder, **{"edition.yaml": stated})
    build(folder, tmp_path / "books", cache)
    assert not list(cache.folder.glob("??/*"))


def test_a_file_that_changes_during_the_build_leaves_nothing_kept(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = edition(tmp_path / "edition")
    make = pipeline.make_books

    def changing(*arguments: Any) -> Any:
        edition(folder, **{"styles/ebook.css": "p { color: red }\n"})
        return make(*arguments)

    monkeypatch.setattr(pipeline, "make_books", changing)
    build(folder, tmp_path / "books", cache)
    assert not list(cache.folder.glob("??/*"))


def test_a_warning_of_the_pages_is_told_each_time(tmp_path: Path, cache: Cache) -> None:
    css = {"styles/ebook.css": "p { colr: red }\n"}
    folder = edition(tmp_path / "edition", **css)
    build(folder, tmp_path / "books", cache)
    _, was_set = build(folder, tmp_path / "books", cache)
    assert was_set


def test_without_a_cache_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, kept = edition(tmp_path / "edition"), tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(kept))
    command = ["build", str(folder), "--quiet", "--output", str(tmp_path / "books")]
    assert CliRunner().invoke(main, [*command, "--no-cache"]).exit_code == 0
    assert not kept.exists()
    assert CliRunner().invoke(main, command).exit_code == 0
    assert list(kept.glob("??/*"))


@pytest.mark.slower
def test_a_killed_build_leaves_a_cache_that_is_true(tmp_path: Path) -> None:
    folder, kept = edition(tmp_path / "edition"), tmp_path / "cache"
    clean, _ = build(folder, tmp_path / "clean", None)
    output = tmp_path / "books"
    command = [sys.executable, "-m", "printedition", "build", str(folder), "-q", "-o", str(output)]
    environment = {**os.environ, VARIABLE: str(kept)}
    chance = random.Random(8)
    for _ in range(10):
        process = subprocess.Popen(command, env=environment)
        try:
            process.wait(chance.uniform(0.2, 4.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    both = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert books(output) == clean
    assert build(folder, output, Cache(kept)) == (clean, False)
