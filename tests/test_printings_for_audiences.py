"""Printings of books for different readers: what one leaves out is no correction of the other."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from printedition.cli import main
from printedition.revision.printing import read
from printedition.revision.printing_schema import SCHEMA
from volumes import DECREE, RECORD, VOLUME, inside

SAID = "the oak stood alone upon a hill and its leaves were turning in the wind of autumn " * 4
EDITION = {
    "edition.yaml": (
        "slug: 'oaks'\ntitle: 'Oaks'\nlang: 'en'\ndate: '2026-01-01'\n"
        "texts:\n  - id: 'oak'\n    file: 'oak.md'\n    title: 'The Oak'\n"
        "book:\n"
        "  - front: 'title-page'\n  - front: 'contents'\n  - prose: 'preface.md'\n"
        "  - text: 'oak'\n"
        "  - prose: 'plan.md'\n    audience: 'instructor'\n"
        "  - commentary: 'Commentary'\n  - glossary: 'Words'\n"
    ),
    "oak.md": "# The Oak\n\n" + "".join(f"{{#p{n}}}\nThe tree{n} {SAID}\n\n" for n in range(1, 20)),
    "preface.md": (
        "# Preface\n\nRead it slowly.\n\n"
        "::: {audience=instructor}\n## Hidden head\n\nHidden words.[^1]\n:::\n\n"
        "Then discuss.\n\n[^1]: Hidden note.\n"
    ),
    "plan.md": "# Hidden plan\n\nHidden weeks.\n",
    "commentary.md": (
        "## p2 “tree2” {.foot}\n\nOpen foot.\n\n"
        "## p3 “tree3” {.foot audience=instructor}\n\nHidden foot.\n\n"
        "## p5 “tree5” {.margin audience=instructor}\n\nHidden margin.\n\n"
        "## p6 “tree6” {.end audience=instructor}\n\nHidden end.\n\n"
        "## p7 “tree7” {.end}\n\nOpen end.\n\n"
        "## p8 “tree8” {.margin .vocabulary}\n\na high place\n\n"
        "## p9 “tree9” {.margin .vocabulary audience=instructor}\n\nhidden air\n"
    ),
    "questions.md": (
        "## p3 “tree3” {lines=2}\n\nOpen question?\n\n{.hint}\nHidden clue.\n\n"
        "{.answer}\nHidden answer.\n\n## p4 {audience=instructor}\n\nHidden question?\n"
    ),
}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with a printing of each book, and since then a word corrected for all, and one
    for the instructor."""
    folder = tmp_path_factory.mktemp("released")
    write(folder / "oaks", EDITION)
    books = "-o", folder / "build"
    done = run("release", "all", folder / "oaks", *books)
    assert done.exit_code == 0, done.output
    done = run("release", "ours", folder / "oaks", *books, "--audience", "instructor")
    assert done.exit_code == 0, done.output
    for path, old, new in (
        ("oak.md", "The tree11 the oak", "The tree11 the elm"),
        ("preface.md", "Hidden words", "Hidden sayings"),
        ("commentary.md", "Hidden foot", "Hidden footing"),
    ):
        words = (folder / "oaks" / path).read_text()
        assert old in words
        (folder / "oaks" / path).write_text(words.replace(old, new))
    return folder / "oaks"


def test_a_printing_says_whose_book_it_is(released: Path) -> None:
    data = (released / "printings/ours.json").read_bytes()
    Draft202012Validator(SCHEMA).validate(json.loads(data))
    assert (read(data).audience, [*read(data).books]) == (
        "instructor",
        ["oaks-instructor.epub", "oaks-instructor.pdf"],
    )
    plain = read((released / "printings/all.json").read_bytes())
    assert plain.audience == ""
    for printing, has_hidden in ((plain, False), (read(data), True)):
        pages = [page for section in printing.sections for page in section.pages]
        lines = [one for page in pages for one in (*page.lines, *page.notes)]
        assert any(one.audience for one in lines) is has_hidden
        for one in lines:
            if "hidden" in one.words.casefold():
                assert one.audience == "instructor", one
            elif one.audience:  # what stands beside hidden words
                assert one.words in ("tree9", "17)", "Hint", "Answer"), one


def test_what_a_book_leaves_out_is_no_change(released: Path) -> None:
    for pair in (("all", "ours"), ("ours", "all")):
        done = run("changes", *pair, "-e", released, "--exit-code")
        assert done.exit_code == 0, done.output


def test_a_printing_is_compared_with_what_its_own_readers_would_get(released: Path) -> None:
    done = run("errata", "ours", "-e", released)
    assert all(words in done.output for words in ("sayings", "footing", "elm")), done.output
    assert done.output.count("\n- ") == 3
    done = run("errata", "all", "-e", released)
    assert "*for* oak" in done.output and done.output.count("\n- ") == 1, done.output
    done = run("errata", "all", "-e", released, "--audience", "instructor")
    assert "elm" in done.output and done.output.count("\n- ") == 1, done.output


def test_the_last_printing_may_be_that_of_an_audience(released: Path) -> None:
    done = run("changes", "-e", released, "--audience", "instructor")
    assert done.output.startswith("From ours ") and "sayings" in done.output
    done = run("changes", "-e", released, "--audience", "tutor")
    assert done.exit_code == 2 and "--audience tutor NAME" in done.output
    done = run("changes", "all", "-e", released, "--audience", "tutor")
    assert done.exit_code == 2 and "there is no audience “tutor”" in done.output


def test_a_proof_marks_nothing_that_a_printing_for_others_left_out(released: Path) -> None:
    pdf = released.parent / "build/oaks-instructor.proof.pdf"
    audience = "--audience", "instructor"
    marked = {}
    for since in ("all", "ours"):
        done = run("build", released, "-o", pdf.parent, "--proof", "--since", since, *audience)
        assert done.exit_code == 0, done.output
        with pdfplumber.open(pdf) as book:
            marked[since] = [
                line["text"]
                for page in book.pages
                for line in page.extract_text_lines()
                # A rule in the margin; that beside what is for one audience is a border.
                if any(
                    rule["top"] < (line["top"] + line["bottom"]) / 2 < rule["bottom"]
                    for rule in page.rects
                    if rule["width"] < 2 and abs(rule["height"] - 12) < 8
                )
            ]
    elm = "1 The tree11 the elm stood alone upon a hill and its leaves"
    assert marked == {"all": [elm], "ours": ["Hidden sayings.i", "13tree3] Hidden footing.", elm]}


def test_both_books_list_the_same_errata(tmp_path: Path, released: Path) -> None:
    record = EDITION["edition.yaml"] + "  - errata: 'all ours'\n"
    write(tmp_path, {**EDITION, "edition.yaml": record})
    write(tmp_path, {path.name: path.read_text() for path in released.glob("*.md")})
    for name in ("all", "ours"):
        write(
            tmp_path, {f"printings/{name}.json": (released / f"printings/{name}.json").read_text()}
        )
    said = []
    for audience in ((), ("--audience", "instructor")):
        done = run("build", tmp_path, "-o", tmp_path / "build", "-f", "epub", *audience)
        assert done.exit_code == 0, done.output
        done = run("release", f"x{len(said)}", tmp_path, "-o", tmp_path / "build", *audience)
        printing = read((tmp_path / f"printings/x{len(said)}.json").read_bytes())
        (section,) = (one for one in printing.sections if one.kind == "errata")
        said.append([line.words for page in section.pages for line in page.lines])
    assert said[0] == said[1]
    assert sum("elm" in line for line in said[0]) == 2
    assert not any("Hidden" in line or "sayings" in line for line in said[0])


@pytest.mark.parametrize("added", ["and very old ", "and very old " * 90])
def test_the_instructor_has_the_pages_that_a_class_owns(tmp_path: Path, added: str) -> None:
    """With a correction that the pages of a printing have room for, and with one too long."""
    write(tmp_path, EDITION)
    done = run("release", "class", tmp_path, "-o", tmp_path / "build")
    assert done.exit_code == 0, done.output
    corrected = EDITION["oak.md"].replace("tree4 ", f"tree4 tall {added}")
    write(tmp_path, {"oak.md": corrected})
    begun = []
    for name, audience in (("all", ()), ("ours", ("--audience", "instructor"))):
        books = "-o", tmp_path / name, "-f", "pdf", "--no-cache"
        done = run("build", tmp_path, *books, "--keep-pages", "class", *audience)
        assert done.exit_code == 0, done.output
        (book,) = (tmp_path / name).glob("*.pdf")
        begun.append(text_of_pages(book))
    assert begun[0] == begun[1]
    owned = read((tmp_path / "printings/class.json").read_bytes())
    (oak,) = (one for one in owned.sections if one.kind == "text")
    for page in oak.pages:
        assert begun[0][page.label].startswith(page.lines[0].words[:40])
    assert [label for label in begun[0] if label.endswith("a")] == ["1a"] * (len(added) > 99)


def text_of_pages(book: Path) -> dict[str, str]:
    """The first words of each page of the oak, below its head, by the page's label."""
    found = {}
    with pypdfium2.PdfDocument(book) as pages:
        for number, page in enumerate(pages):
            words = " ".join(page.get_textpage().get_text_range().split())
            if "wind of autumn" in words:
                text = re.sub(r"^(The Oak \d |\d+a? (Oaks )?)", "", words)
                found[pages.get_page_label(number)] = text[:40]
    return found


# Libraries


@pytest.mark.parametrize("name", ["decree", "-decree"])
def test_a_revision_of_a_volume_has_what_the_library_had(tmp_path: Path, name: str) -> None:
    """Of the same repository the library is that of the revision; of another, that of now."""
    git = ["git", "-C", str(tmp_path), "-c", "user.name=E", "-c", "user.email=e@example.org"]
    record = RECORD.replace("texts/decree", name)
    files = {path: text for path, text in VOLUME.items() if not path.startswith("texts/decree")}
    write(tmp_path / "volume", {**files, "edition.yaml": record})
    write(tmp_path / "library", inside(name, DECREE))
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "One"]):
        subprocess.run([*git, *command], check=True)
    main_md = tmp_path / "library" / name / "text/main.md"
    main_md.write_text(main_md.read_text().replace("gives the land", "leaves the land"))
    library = "--library", tmp_path / "library"
    done = run("changes", "HEAD", "-e", tmp_path / "volume", *library)
    assert "“gives” → “leaves”" in done.output, done.output
    done = run("errata", "HEAD", "-e", tmp_path / "volume", *library, "--format", "pdf",
               "-o", tmp_path / "slip.pdf")  # fmt: skip
    assert done.exit_code == 0 and (tmp_path / "slip.pdf").read_bytes()[:4] == b"%PDF", done.output
    (tmp_path / "library").rename(tmp_path.parent / f"{tmp_path.name}-elsewhere")
    library = "--library", tmp_path.parent / f"{tmp_path.name}-elsewhere"
    done = run("changes", "HEAD", "-e", tmp_path / "volume", *library, "--exit-code")
    assert done.exit_code == 0, done.output


def test_every_command_that_reads_an_edition_knows_libraries(tmp_path: Path) -> None:
    write(tmp_path / "volume", {"edition.yaml": RECORD.replace("texts/decree", "decree")})
    (tmp_path / "library").mkdir()
    (tmp_path / "new.md").write_text("# New\n\nWords.\n")
    library = "--library", tmp_path / "library"
    done = run("add", tmp_path / "new.md", "-e", tmp_path / "volume", *library)
    assert done.exit_code == 0, done.output
    context = main.make_context("printedition", ["check"], resilient_parsing=True)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        options = {form for one in command.params for form in one.opts}
        if {"edition", "--edition"} & options:
            assert "--library" in options, name
