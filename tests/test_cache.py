"""What is kept of earlier builds makes no other books than a clean build."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

from conftest import BASE, CONTENT
from printedition import pipeline
from printedition.cache import VARIABLE, Cache, users_folder
from printedition.cli import main
from printedition.page.compositor import Compositor
from printedition.sources import DiskSources
from test_joining import FILES

KEY, OTHER = "ab" * 32, "cd" * 32
DATA = b"what was made" * 9
ANSWERED = "# Questions\n\n## p1\n\nWhy?\n\n{.answer}\nBecause.\n"


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


def test_an_unchanged_edition_is_not_read_again(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its warnings are told all the same, and what was read for it is known to have been."""
    folder = edition(tmp_path / "edition", **{"letter/stray.md": "No text of the book.\n"})
    told, opened = [], []
    for _ in range(2):
        sources = DiskSources(folder)
        made = pipeline.build(
            sources, output=tmp_path / "books", formats=frozenset({"pdf"}), cache=cache
        )
        told.append(made.diagnostics)
        opened.append(sources.opened())
        monkeypatch.delattr(pipeline, "read_edition", raising=False)
    assert told[0] == told[1] and told[0]
    assert opened[0] == opened[1] and "letter/letter.md" in opened[0]


def test_books_of_a_volume_are_made_anew_where_an_edition_in_a_library_has_changed(
    tmp_path: Path, cache: Cache
) -> None:
    library = tmp_path / "library"
    edition(library / "lent")
    stated = """
        slug: 'volume'
        title: 'A volume'
        lang: 'en'
        texts:
          - id: 'lent'
            include: 'lent'
        book:
          - text: 'lent'
        """
    folder = tmp_path / "volume"
    folder.mkdir()
    (folder / "edition.yaml").write_text(textwrap.dedent(stated), encoding="utf-8")

    def built(output: str, kept: Cache | None) -> tuple[bytes, bool]:
        steps: list[str] = []
        pipeline.build(
            DiskSources(folder, [library]),
            output=tmp_path / output,
            formats=frozenset({"pdf"}),
            progress=lambda step, _: steps.append(step),
            cache=kept,
        )
        return (tmp_path / output / "volume.pdf").read_bytes(), "5 Lay out" in steps

    first, was_set = built("books", cache)
    assert was_set
    assert built("books", cache) == (first, False)
    replaced(library / "lent/letter/letter.md", "matter", "business")
    second, was_set = built("books", cache)
    assert was_set and second != first
    assert second == built("clean", None)[0]


def test_books_for_an_audience_were_those_that_keep_the_pages_of_a_printing_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    folder = edition(tmp_path / "edition", **{"letter/questions.md": ANSWERED})
    run = CliRunner()
    done = run.invoke(main, ["release", "instructor", str(folder), "-o", str(tmp_path / "books")])
    assert done.exit_code == 0, done.output
    made = {}
    for name, asked in (
        ("clean", ["--audience", "instructor", "--no-cache"]),
        ("kept pages", ["--keep-pages", "instructor"]),
        ("cached", ["--audience", "instructor"]),
    ):
        output = tmp_path / name
        done = run.invoke(main, ["build", str(folder), "-f", "pdf", "-o", str(output), *asked])
        assert done.exit_code == 0, done.output
        (made[name],) = (path.read_bytes() for path in output.glob("*.pdf"))
    assert made["cached"] == made["clean"] != made["kept pages"]


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
    _, was_set = build(folder, tmp_path / "books", cache)
    assert was_set


def test_a_file_that_changes_during_the_build_leaves_nothing_kept(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = edition(tmp_path / "edition")
    make = pipeline.make_books

    def changing(*arguments: Any, **more: Any) -> Any:
        edition(folder, **{"styles/ebook.css": "p { color: red }\n"})
        return make(*arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "make_books", changing)
        build(folder, tmp_path / "books", cache)
    (folder / "styles/ebook.css").unlink()
    _, was_set = build(folder, tmp_path / "books", cache)
    assert was_set


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


# Sections


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    """An edition of several sections, in a folder."""
    folder = tmp_path / "edition"
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _settings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sections that are set from now on."""
    names: list[str] = []
    set_ = Compositor.set

    def counted(self: Compositor, job: Any, *arguments: Any) -> Any:
        names.append(job.id)
        return set_(self, job, *arguments)

    monkeypatch.setattr(Compositor, "set", counted)
    return names


def test_only_a_section_with_other_words_is_set_again(
    joined: Path, tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(joined, tmp_path / "books", cache)
    replaced(joined / "reply/reply.md", "thought", "thoughts")
    names = _settings(monkeypatch)
    cached, _ = build(joined, tmp_path / "books", cache)
    assert {*names} == {"reply"}
    clean, _ = build(joined, tmp_path / "clean", None)
    assert cached == clean


def test_a_section_is_set_again_where_a_page_that_it_quotes_has_moved(
    joined: Path, tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(joined / "front/preface.md", "{ref=letter}", "{ref=reply/p1 form=page}")
    build(joined, tmp_path / "books", cache)
    replaced(joined / "letter/letter.md", "Here the letter ends.", "Here it ends. " * 400)
    names = _settings(monkeypatch)
    cached, _ = build(joined, tmp_path / "books", cache)
    assert {"letter", "preface", "contents"} <= {*names}
    clean, _ = build(joined, tmp_path / "clean", None)
    assert cached == clean


def test_a_section_is_set_again_where_its_picture_has_changed(
    joined: Path, tmp_path: Path, cache: Cache
) -> None:
    """The page that prints it has the same words as before."""
    build(joined, tmp_path / "books", cache)
    Image.new("L", (2, 2), 77).save(joined / "front/dots.png")
    cached, _ = build(joined, tmp_path / "books", cache)
    clean, _ = build(joined, tmp_path / "clean", None)
    assert cached == clean


def _template(folder: Path, inside: str) -> None:
    """A template of the edition's own for prose, which prints no note."""
    (folder / "front/preface.md").write_text("# Preface\n\nBefore all.\n", encoding="utf-8")
    path = folder / "templates/sections/prose.html"
    path.parent.mkdir(parents=True)
    head = '<section id="{{ section.id }}" class="prose"><h1>{{ section.title }}</h1>'
    path.write_text(f"{head}{inside}</section>", encoding="utf-8")


def test_a_section_is_set_again_where_its_template_reads_others_that_changed(
    joined: Path, tmp_path: Path, cache: Cache
) -> None:
    titles = "{% for one in book.sections %}<p>{{ one.title }}</p>{% endfor %}"
    _template(joined, titles)
    build(joined, tmp_path / "books", cache)
    replaced(joined / "reply/reply.md", "# A reply", "# The reply")
    cached, _ = build(joined, tmp_path / "books", cache)
    clean, _ = build(joined, tmp_path / "clean", None)
    assert cached == clean


def test_a_section_is_set_again_where_its_template_has_changed(
    joined: Path, tmp_path: Path, cache: Cache
) -> None:
    build(joined, tmp_path / "books", cache)
    _template(joined, "<p>Other words.</p>")
    cached, _ = build(joined, tmp_path / "books", cache)
    clean, _ = build(joined, tmp_path / "clean", None)
    assert cached == clean


def test_a_link_to_nothing_is_told_of_in_a_section_that_is_kept(
    joined: Path, tmp_path: Path, cache: Cache
) -> None:
    _template(joined, '<p><a href="#reply">The reply</a></p>')
    build(joined, tmp_path / "books", cache)
    for path in (joined / "edition.yaml", joined / "letter/letter.md"):
        path.write_text(path.read_text("utf-8").replace("'reply'", "'answer'"), encoding="utf-8")
    told = [
        pipeline.build(
            DiskSources(joined), output=tmp_path / "no", formats=frozenset({"pdf"}), cache=one
        ).diagnostics
        for one in (cache, None)
    ]
    assert told[0] == told[1]
    assert any("“reply”" in found.message for found in told[0])


def edit(folder: Path, chance: random.Random) -> None:
    """Change a word, or add a paragraph, or take a word away, somewhere in a text or in prose."""
    path = chance.choice(sorted(p for p in folder.rglob("*.md") if p.name != "commentary.md"))
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    places = [n for n, one in enumerate(paragraphs) if one[:1].isalpha() and "[" not in one]
    if not places:
        return
    at = chance.choice(places)
    words = paragraphs[at].split(" ")
    number = chance.randrange(len(words))
    match chance.randrange(3):
        case 0:
            words.insert(number, chance.choice(("moreover", "so", "indubitably")))
        case 1 if len(words) > 3:
            words.insert(number + 1, words[number])
        case _:
            words += ["\n\nA paragraph that was not there before."]
    paragraphs[at] = " ".join(words)
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")


@pytest.mark.slower
def test_fifty_edits_make_the_books_of_clean_builds(tmp_path: Path, cache: Cache) -> None:
    folder = tmp_path / "edition"
    shutil.copytree(CONTENT, folder)
    chance = random.Random(50)
    whole = 0
    for _ in range(50):
        before = tmp_path / "before"
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(folder, before)
        edit(folder, chance)
        if pipeline.examine(DiskSources(folder)).has_errors:  # it broke a lemma
            shutil.rmtree(folder)
            shutil.copytree(before, folder)
            continue
        whole += 1
        cached, _ = build(folder, tmp_path / "books", cache)
        clean, _ = build(folder, tmp_path / "clean", None)
        assert cached == clean
    assert whole > 25


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
