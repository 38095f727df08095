"""Whatever befalls a build, the books of the last one are whole, or are said not to be."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pdfplumber
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from printedition import lock, shelf
from printedition.cli import main
from printedition.page.long_words import break_up
from printedition.scratch import scratch
from printedition.shelf import Shelf, Unwritable
from printedition.sources import MOST_BYTES, DiskSources, SourceMissing, SourceOutside

SOURCE = str(Path(shelf.__file__).resolve().parent.parent)
OLD = {"pdf": b"old pdf", "epub": b"old epub"}
NEW = {"pdf": b"new pdf", "epub": b"new epub"}


def books(folder: Path) -> dict[str, bytes]:
    """The books of the edition “small” that stand in a folder."""
    paths = {form: folder / f"small.{form}" for form in ("pdf", "epub")}
    return {form: path.read_bytes() for form, path in paths.items() if path.exists()}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def belong_together(folder: Path) -> bool:
    """Whether the page map has the hashes of both books, reckoned apart from the program."""
    stated = json.loads((folder / "small.map.json").read_bytes())["books"]
    return stated == {
        f"small.{form}": hashlib.sha256(data).hexdigest() for form, data in books(folder).items()
    }


def put(folder: Path, made: dict[str, bytes]) -> None:
    Shelf(folder).put("small", made, {"pages": []})


@pytest.fixture
def stocked(tmp_path: Path) -> Path:
    """A folder with the old books."""
    folder = tmp_path / "out"
    put(folder, OLD)
    assert Shelf(folder).strangers("small") == ()
    return folder


@pytest.fixture
def edition_folder(tmp_path: Path, base: dict[str, str]) -> Path:
    """The smallest edition on disk, where paths are at their worst."""
    folder = tmp_path / "Müller’s “50 %” #1 & <b> ed?" / "content"
    for name, text in base.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


# A build that is killed

PUTTING = """
import os, sys
from pathlib import Path
from xml.etree import ElementTree
from printedition.shelf import Shelf

moved, replace = 0, os.replace
def slow(passing, target):
    global moved
    print(moved, flush=True)
    moved += 1
    if moved == int(sys.argv[2]):
        sys.stdin.read()  # until the end comes
    replace(passing, target)

os.replace = slow
Shelf(Path(sys.argv[1])).put("small", {"pdf": b"new pdf", "epub": b"new epub"}, {"pages": []})
"""


def child(*arguments: object, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": SOURCE, **settings},
    )


def until(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    assert any(said.strip() == line for said in process.stdout)


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_killed_while_books_are_moved(stocked: Path, moves: int) -> None:
    """Before the first move the old books stand; after it, those that moved are disowned."""
    process = child("-c", PUTTING, stocked, moves + 1)
    until(process, str(moves))
    end(process)
    strange = Shelf(stocked).strangers("small")
    assert strange == ("small.epub", "small.pdf")[2 - moves :]
    if not moves:
        assert books(stocked) == OLD
    put(stocked, NEW)
    assert books(stocked) == NEW and Shelf(stocked).strangers("small") == ()
    assert names(stocked) == {"small.pdf", "small.epub", "small.map.json"}


def test_first_build_killed_before_its_map(tmp_path: Path) -> None:
    """Books without a page map are no one's."""
    process = child("-c", PUTTING, tmp_path / "out", 3)
    until(process, "2")
    end(process)
    assert Shelf(tmp_path / "out").strangers("small") == ("small.epub", "small.pdf")


def test_passing_files_of_a_running_build_are_left_alone(
    stocked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second build waits for the first, and says so where that takes too long."""
    monkeypatch.setattr(shelf, "_PATIENCE", 0.2)
    process = child("-c", PUTTING, stocked, 1)
    until(process, "0")
    before = names(stocked)
    with pytest.raises(Unwritable, match="another build is writing there"):
        put(stocked, OLD)
    assert names(stocked) == before
    process.communicate("")
    assert books(stocked) == NEW


def test_two_builds_at_once_leave_a_pair(tmp_path: Path) -> None:
    """Whichever comes last, its two books stand together."""

    def many(made: dict[str, bytes]) -> None:
        for _ in range(20):
            put(tmp_path, made)

    threads = [threading.Thread(target=many, args=(made,)) for made in (OLD, NEW)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert books(tmp_path) in (OLD, NEW) and Shelf(tmp_path).strangers("small") == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_request_to_stop_waits_for_the_moves(stocked: Path, stop: signal.Signals) -> None:
    """Control-C amid the moves does not leave a new PDF beside an old EPUB."""
    process = child("-c", PUTTING, stocked, 2)
    until(process, "1")
    process.send_signal(stop)
    time.sleep(0.1)
    process.communicate("")
    assert process.returncode != 0
    assert books(stocked) == NEW and Shelf(stocked).strangers("small") == ()


KILLS = [(2, 1917), pytest.param(6, 1922, marks=pytest.mark.slower)]


@pytest.mark.parametrize(("kills", "seed"), KILLS)
def test_builds_killed_at_random_moments(
    tmp_path: Path, edition_folder: Path, kills: int, seed: int
) -> None:
    """KILLS and SEED in the environment make it longer, or another."""
    kills = int(os.environ.get("KILLS", kills))
    chance = random.Random(int(os.environ.get("SEED", seed)))
    output, passing = tmp_path / "out", tmp_path / "passing"
    passing.mkdir()
    letter = edition_folder / "letter" / "letter.md"
    command = ("-m", "printedition", "build", edition_folder, "-o", output, "-q")
    began = time.monotonic()
    assert child(*command, TMPDIR=str(passing)).wait() == 0
    whole = time.monotonic() - began
    last, states = books(output), {"old": 0, "new": 0, "disowned": 0}
    for number in range(kills):
        letter.write_text(f"# A letter\n\n{{#p1}}\nGive it thought {number}.\n", encoding="utf-8")
        process = child(*command, TMPDIR=str(passing))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, whole * 1.1))
        end(process)
        now = books(output)
        strange = Shelf(output).strangers("small")
        assert bool(strange) != belong_together(output)
        states["disowned" if strange else "old" if now == last else "new"] += 1
        last = now
    print(f"{kills} kills: {states}; left over: {len(names(passing))} folders")
    assert child(*command, TMPDIR=str(passing)).wait() == 0
    assert Shelf(output).strangers("small") == ()
    assert names(output) == {"small.pdf", "small.epub", "small.map.json"}
    assert names(passing) == set()


def test_scratch_of_dead_builds_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a killed build left is cleared by the next; a build at work keeps its own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = tmp_path / "printedition-dead"
    dead.mkdir()
    (dead / "lock").touch()
    (dead / "font").touch()
    other = tmp_path / "printedition-other"
    other.mkdir()
    with lock.held(other / "lock"), scratch() as own:
        assert names(tmp_path) == {other.name, own.name}
    assert names(tmp_path) == {other.name}


# A folder that can't be written


def test_output_that_is_a_file(tmp_path: Path, edition_folder: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    done = run("build", edition_folder, "-o", tmp_path / "out" / "books")
    assert done.exit_code == 1
    assert f"“{tmp_path / 'out'}” is not a folder" in done.stderr


def test_output_that_is_a_link_to_nothing(tmp_path: Path, edition_folder: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "gone")
    done = run("build", edition_folder, "-o", tmp_path / "out")
    assert done.exit_code == 1 and "is not a folder" in done.stderr


def test_book_that_is_a_folder(stocked: Path) -> None:
    """A folder of a book's name is found before any book is moved."""
    (stocked / "small.epub").unlink()
    (stocked / "small.epub").mkdir()
    with pytest.raises(Unwritable, match=r"“small\.epub” there is a folder"):
        put(stocked, NEW)
    assert (stocked / "small.pdf").read_bytes() == OLD["pdf"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk can be read only"),
        (errno.EACCES, "you may not write there"),
        (errno.EIO, "input/output error"),
    ],
)
def test_a_system_that_refuses_is_quoted(
    stocked: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    """The reason is told in words, and the old books stand."""

    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Unwritable, match=words):
        put(stocked, NEW)
    assert books(stocked) == OLD
    assert names(stocked) == {"small.pdf", "small.epub", "small.map.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_file_that_finds_no_room(stocked: Path) -> None:
    """A real refusal of the system, amid a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Unwritable, match="larger than the system allows"):
            put(stocked, {"pdf": b"new pdf", "epub": b"x" * 2000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert books(stocked) == OLD


def test_folder_that_vanishes(stocked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder taken away before the books are written is made again; amid it, that is told."""
    for path in stocked.iterdir():
        path.unlink()
    stocked.rmdir()
    put(stocked, OLD)
    assert books(stocked) == OLD
    replace = os.replace

    def vanish(passing: Path, target: Path) -> None:
        stocked.rename(stocked.with_name("moved"))
        monkeypatch.setattr(os, "replace", replace)
        replace(passing, target)

    monkeypatch.setattr(os, "replace", vanish)
    with pytest.raises(Unwritable, match="moved or deleted meanwhile"):
        put(stocked, NEW)
    assert books(stocked.with_name("moved")) == OLD


def test_full_disk_of_passing_files(
    edition_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fonts that find no room while pages are made are no fault of the program."""

    def refuse(*_: object, **__: object) -> Iterator[None]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("printedition.pipeline.make_books", refuse)
    done = run("build", edition_folder, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "where passing files go, is full" in done.stderr


# Books that do not belong together


def test_an_old_book_beside_a_new_one_is_told(tmp_path: Path, edition_folder: Path) -> None:
    """To make one book anew leaves the other behind; so does a hand that changes one."""
    output = tmp_path / "out"
    put(output, OLD)
    done = run("build", edition_folder, "-o", output, "-f", "epub")
    assert done.exit_code == 0
    assert f"warning: “{output / 'small.pdf'}” does not belong" in done.stderr
    assert "small.epub”" not in done.stderr
    (edition_folder / "letter" / "letter.md").write_text("# A [letter", encoding="utf-8")
    (edition_folder / "edition.yaml").write_text("slug: 'small'\n", encoding="utf-8")


def test_a_failed_build_says_that_the_books_were_disowned(
    tmp_path: Path, edition_folder: Path
) -> None:
    """A fault in the edition does not hide that an earlier build was killed."""
    output = tmp_path / "out"
    put(output, OLD)
    (output / "small.pdf").write_bytes(NEW["pdf"])
    (edition_folder / "letter" / "letter.md").write_text("# A letter\n\n[a]{.x}\n", "utf-8")
    done = run("build", edition_folder, "-o", output)
    assert done.exit_code == 1 and "Nothing was written." in done.stderr
    assert f"“{output / 'small.pdf'}” does not belong" in done.stderr


# Sources


def test_file_that_is_written_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of what an editor saves is never taken for the text."""
    path = tmp_path / "letter.md"
    path.write_text("# A le", encoding="utf-8")
    read = Path.read_bytes

    def amid_saving(self: Path) -> bytes:
        data = read(self)
        monkeypatch.setattr(Path, "read_bytes", read)
        path.write_text("# A letter, whole", encoding="utf-8")
        return data

    monkeypatch.setattr(Path, "read_bytes", amid_saving)
    assert DiskSources(tmp_path).read("letter.md").text == "# A letter, whole"


@pytest.mark.parametrize("vanishes", [False, True])
def test_file_that_changes_during_the_build_is_told(
    edition_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vanishes: bool
) -> None:
    """Each file is read once, so the books agree; that they are outdated is said."""
    letter = edition_folder / "letter" / "letter.md"

    def change() -> None:
        letter.unlink()
        if not vanishes:
            letter.write_text("# Another\n", encoding="utf-8")

    monkeypatch.setattr("printedition.page.prerequisites.require", change)
    done = run("build", edition_folder, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "warning: “letter/letter.md” was changed during the build" in done.stderr


def test_links_and_pipes(tmp_path: Path) -> None:
    """A link may lead about within the edition, not out of it, nor in a circle."""
    edition, outside = tmp_path / "edition", tmp_path / "outside.md"
    edition.mkdir()
    outside.write_text("# Not ours\n", encoding="utf-8")
    (edition / "real.md").write_text("# Ours\n", encoding="utf-8")
    (edition / "link.md").symlink_to("real.md")
    (edition / "out.md").symlink_to(outside)
    (edition / "circle.md").symlink_to("circle.md")
    (edition / "folder.md").mkdir()
    os.mkfifo(edition / "pipe.md")
    sources = DiskSources(edition)
    assert sources.read("link.md").text == "# Ours\n"
    with pytest.raises(SourceOutside):
        sources.read("out.md")
    for path in ("circle.md", "folder.md", "pipe.md", "x" * 5000, "none.md"):
        with pytest.raises(SourceMissing):
            sources.read(path)


def test_an_edition_that_is_reached_by_a_link(edition_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(edition_folder)
    assert run("check", tmp_path / "link").exit_code == 0
    assert run("check", os.path.relpath(edition_folder)).exit_code == 0


@pytest.mark.slow
def test_paths_with_blanks_umlauts_quotes_percent_and_hash(
    edition_folder: Path, base: dict[str, str]
) -> None:
    """An edition and its output may stand anywhere, and its files have any name."""
    name = "Ein “Brief”/à Müller #1 50 %&?.md"
    listed = base["edition.yaml"].replace("letter/letter.md", name) + "  - prose: 'preface.md'\n"
    (edition_folder / "edition.yaml").write_text(listed, encoding="utf-8")
    (edition_folder / name).parent.mkdir()
    (edition_folder / name).write_text(base["letter/letter.md"], encoding="utf-8")
    (edition_folder / "preface.md").write_text(
        "# Preface\n\n![A gate](das-Tor’s-#1-50%41.png) The gate\n", encoding="utf-8"
    )
    Image.new("RGB", (40, 40), "red").save(edition_folder / "das-Tor’s-#1-50%41.png")
    output = edition_folder.parent / "Bücher ‘A’ #2 %41"
    done = run("build", "--strict", edition_folder, "-o", output)
    assert done.exit_code == 0, done.output
    assert set(books(output)) == {"pdf", "epub"}
    with pdfplumber.open(output / "small.pdf") as pdf:
        assert sum(len(page.images) for page in pdf.pages) == 1


# Much of a thing


@pytest.mark.parametrize("name", ["templates/sections/text.html", "styles/page.css"])
def test_a_template_or_style_too_large_is_not_read(
    edition_folder: Path, tmp_path: Path, name: str
) -> None:
    (edition_folder / name).parent.mkdir(parents=True)
    (edition_folder / name).write_bytes(b" " * (MOST_BYTES + 1))
    done = run("build", edition_folder, "-o", tmp_path / "out", "-f", "pdf")
    assert done.exit_code == 1
    assert f"error[SRC014]: {name} has 2,000,001 bytes" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_word_longer_than_any_line_may_break() -> None:
    """WeasyPrint took minutes over a line of 100,000 brackets."""
    root = ElementTree.fromstring(f"<p>{'x' * 200}<i>{'y' * 201}</i> {'z' * 120} {'漢' * 300}</p>")
    break_up(root)
    pieces = "".join(root.itertext()).split("\u200b")
    assert [len(piece) for piece in pieces] == [250, 50, 50, 50, 1 + 1 + 120 + 1 + 300]


@pytest.mark.slow
def test_the_deepest_nesting_that_a_check_allows_is_printed(
    edition_folder: Path, base: dict[str, str], tmp_path: Path
) -> None:
    """Marks, fences, quotations and lists, one inside another; deeper ones are MRK008."""
    listed = base["edition.yaml"] + "  - prose: 'preface.md'\n"
    (edition_folder / "edition.yaml").write_text(listed, encoding="utf-8")
    marks = "[" * 38 + "deep" + "]{.supplied}" * 38
    fences = "::: {.verse}\n" * 38 + f"\n{marks}\n\n" + ":::\n" * 38
    quotations = ">" * 18 + f" {marks}\n"
    letter = f"# A letter\n\n{fences}\n{quotations}"
    (edition_folder / "letter" / "letter.md").write_text(letter, encoding="utf-8")
    points = "".join(f"{'  ' * level}- a point\n" for level in range(18))
    (edition_folder / "preface.md").write_text(f"# Preface\n\n{points}", encoding="utf-8")
    done = run("build", "--strict", edition_folder, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    with pdfplumber.open(tmp_path / "out" / "small.pdf") as pdf:
        words = " ".join(page.extract_text() for page in pdf.pages)
    assert (words.count("⟩"), words.count("–")) == (2 * 38, 17)  # the outermost point is •
