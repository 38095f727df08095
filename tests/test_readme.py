"""The manual says what the program does: its codes, keys, marks, commands, and its example."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from measuring import Stream, read_pdf
from printedition.book.house import house_folder
from printedition.book.templates import Templates
from printedition.cli import COMMANDS, main
from printedition.codes import CODES
from printedition.edition.signs import (
    BLOCK_KEYS,
    BLOCK_KINDS,
    MARK_KEYS,
    MARK_KINDS,
    NOTE_KEYS,
    NOTE_KINDS,
    QUESTION_KEYS,
    SIGNS,
    TEACHING_KINDS,
)
from printedition.page.pagemap import SCHEMA
from printedition.page.prerequisites import PACKAGES
from printedition.pipeline import examine
from printedition.reading.kinds import Either, Key, Kind, ListOf, Shape
from printedition.reading.shapes import RECORD_FILES
from printedition.reading.works import TYPES, WORK
from printedition.sources import MemorySources

TOP = Path(__file__).resolve().parent.parent
MANUAL = (TOP / "README.md").read_text(encoding="utf-8")

_EXAMPLE = re.compile(r"^\*\*`(?P<name>[\w.]+)`\*\*\n\n```\w+\n(?P<text>.*?)^```$", re.M | re.S)
_BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)


def shapes(kind: Kind) -> Iterator[Shape]:
    """The shape and all that its keys hold."""
    if isinstance(kind, ListOf):
        yield from shapes(kind.item)
    elif isinstance(kind, Either):
        for each in kind.kinds:
            yield from shapes(each)
    elif isinstance(kind, Shape):
        yield kind
        for key in kind.keys:
            yield from shapes(key.shape)


def row(key: Key) -> str:
    """How a table of keys begins the key's line."""
    return f"| `{key.name}`{' *' if key.required else ''} |"


ALL_SHAPES = {shape.name: shape for kind in RECORD_FILES.values() for shape in shapes(kind)}


def headed(heading: str) -> str:
    """The manual's words under a heading, to the next of its rank or above."""
    rank = len(heading) - len(heading.lstrip("#"))
    _, found, rest = _BLOCK.sub("", MANUAL).partition(f"\n{heading}\n")
    assert found, f"the manual has no heading “{heading}”"
    return re.split(rf"^#{{1,{rank}}} ", rest, maxsplit=1, flags=re.M)[0]


def test_every_code_stands_in_the_table_with_its_title() -> None:
    rows = re.findall(r"^\| `([A-Z]{3}\d{3})` \| (\w+) \| (.+) \|$", MANUAL, re.M)
    assert rows == [(code.code, code.severity.value, code.title) for code in CODES.values()]


def test_every_part_of_the_page_map_stands_in_its_table() -> None:
    assert re.findall(r"^\| `(\w+)` \|", headed("### The page map"), re.M) == list(
        SCHEMA["properties"]
    )


def test_every_code_that_is_named_exists() -> None:
    assert set(re.findall(r"\b[A-Z]{3}\d{3}\b", MANUAL)) <= set(CODES)


@pytest.mark.parametrize("name", ALL_SHAPES)
def test_every_key_of_a_record_stands_in_its_table(name: str) -> None:
    table = re.search(rf"^\| Key of (?:an? )?{re.escape(name)} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)",
                      MANUAL, re.M)  # fmt: skip
    assert table, f"the manual has no table of the keys of {name}"
    lines = table[1].splitlines()
    keys = ALL_SHAPES[name].keys
    assert len(lines) == len(keys)
    for line, key in zip(lines, keys, strict=True):
        assert line.startswith(row(key))
        assert line.endswith(f"| {key.doc} |")


def test_every_type_and_variable_of_a_work_is_named() -> None:
    named = set(re.findall(r"`([^`]+)`", headed("## bibliography.yaml")))
    assert {key.name for key in (*WORK.keys, *WORK.further)} <= named
    assert set(TYPES) <= named


def test_every_kind_of_reading_is_shown_printed() -> None:
    shown = headed("## apparatus.yaml").partition("How the kinds of reading are printed")[2]
    for kind in ALL_SHAPES["reading"].one_of:
        assert f"`{kind}: " in shown


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("### Marks", (*MARK_KINDS, *MARK_KEYS)),
        ("### Blocks", (*BLOCK_KINDS, *BLOCK_KEYS)),
        ("## commentary.md", (*NOTE_KINDS, *NOTE_KEYS)),
        ("## questions.md", (*TEACHING_KINDS, *QUESTION_KEYS)),
    ],
)
def test_every_kind_and_key_of_marks_blocks_and_notes_is_named(
    heading: str, words: tuple[str, ...]
) -> None:
    first_cells = " ".join(re.findall(r"^\| (`[^|]*) \|", headed(heading), re.M))
    assert set(re.findall(r"`([^`]+)`", first_cells)) == set(words)


def test_every_sign_is_shown_with_its_meaning() -> None:
    for sign in SIGNS.values():
        line = re.search(rf"^\| `{sign.kind}` \| (.+) \| (.+) \|$", MANUAL, re.M)
        assert line and line[2] == sign.meaning
        if sign.opening:
            assert line[1] == f"{sign.opening}words{sign.closing}"


def test_every_command_has_its_heading_with_all_its_options() -> None:
    assert isinstance(main, click.Group)
    for name in COMMANDS:
        command = main.get_command(None, name)
        assert command
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        named = [(p.metavar or p.name or "").upper() for p in arguments]
        usage = " ".join(
            name if p.required else f"[{name}]" for p, name in zip(arguments, named, strict=True)
        )
        section = headed(f"### printedition {name} {usage}".rstrip())
        stated = set(re.findall(r"`(--?[a-z-]+)`", " ".join(re.findall(r"^\| (.*?) \|", section,
                                                                      re.M))))  # fmt: skip
        options = [p for p in command.params if isinstance(p, click.Option)]
        assert stated == {form for option in options for form in option.opts}
        for option in options:
            if isinstance(option.type, click.Choice):
                assert all(f"`{choice}`" in section for choice in option.type.choices)


def test_every_value_of_the_examples_in_yaml_is_in_single_quotes() -> None:
    examples = [match["text"] for match in _BLOCK.finditer(MANUAL) if match["language"] == "yaml"]
    assert len(examples) >= 5
    for example in examples:
        values = [
            value
            for value in _values(yaml.compose(example, yaml.BaseLoader))
            if value.value != "true"
        ]
        assert values
        assert all(value.style == "'" for value in values)


def _values(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _values(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _values(value)


def test_every_link_within_the_manual_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", _BLOCK.sub("", MANUAL), re.M)
    anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in headings}
    links = set(re.findall(r"\]\(#([^)]+)\)", MANUAL))
    assert links and links <= anchors


PACKAGE_COMMANDS = dict(re.findall(r"^\| ([^|`]+) \| `([^`]+)` \|$", headed("## Install it"), re.M))


def test_the_packages_are_those_that_the_program_names() -> None:
    assert list(PACKAGE_COMMANDS.items()) == list(PACKAGES.items())


def commands() -> list[str]:
    """Every command of the manual's blocks of commands, in order."""
    blocks = [match["text"] for match in _BLOCK.finditer(MANUAL) if match["language"] == "sh"]
    return [line for block in blocks for line in block.splitlines()]


ENDLESS = ("watch", "preview")  # until the user ends them


def begun_and_ended(arguments: Sequence[str]) -> str:
    """The first word of what a command says when it is ended amid its first build."""
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "printedition", *arguments],
        env={**os.environ, "PYTHONPATH": str(TOP / "src")},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert any("Ctrl-C ends it" in line for line in process.stdout)
        process.send_signal(signal.SIGINT)
        last = process.stdout.read().splitlines()[-1]
    assert process.returncode == 0
    return last.split()[0]


def test_every_command_is_run_or_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of the program are run one after the other in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    write_example(Path("postcard"))
    targets = re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.M)
    ran = set()
    for command in commands():
        program, *arguments = shlex.split(command)
        if program == "make":
            assert set(arguments) <= set(targets), command
        elif program == "printedition":
            ran.add(arguments[0])
            if arguments[0] in ENDLESS:
                assert begun_and_ended(arguments) == "Ended.", command
                continue
            done = CliRunner().invoke(main, arguments)
            assert done.exit_code == 0, f"{command}\n{done.output}"
        else:
            assert command == "pip install .", command
    assert isinstance(main, click.Group)
    assert ran == {*COMMANDS, "--version"}
    assert Path("build/small-edition.pdf").is_file() and Path("build/small-edition.epub").is_file()
    assert Path("postcard-books/postcard.pdf").is_file()


def test_the_ten_minutes_go_as_the_manual_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    assert run(main, ["new", "my-edition"]).exit_code == 0
    replace_in(Path("my-edition/letter/letter.md"), "*high*", "*deep*")
    done = run(main, ["check", "my-edition"])
    assert done.exit_code == 1
    assert f"```\n{done.output}```\n" in MANUAL
    replace_in(Path("my-edition/letter/apparatus.yaml"), "'high'", "'deep'")
    assert run(main, ["check", "my-edition"]).output == "no faults found\n"
    (note,) = snippets("## Your own edition in ten minutes", "markdown")[:1]
    with Path("my-edition/letter/commentary.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{note}")
    assert run(main, ["check", "my-edition"]).output == "no faults found\n"


def replace_in(path: Path, old: str, new: str) -> None:
    words = path.read_text(encoding="utf-8")
    assert words.count(old) == 1
    path.write_text(words.replace(old, new), encoding="utf-8")


def snippets(heading: str, language: str) -> list[str]:
    """The blocks of a language under a heading, to the next of its rank."""
    rank = len(heading) - len(heading.lstrip("#"))
    start = MANUAL.index(f"\n{heading}\n") + len(heading) + 2
    end = re.compile(rf"^#{{1,{rank}}} \w", re.M)
    # A heading inside a block is of the snippet.
    cuts = [match.start() for match in end.finditer(MANUAL, start) if not inside_block(match)]
    section = MANUAL[start : cuts[0] if cuts else len(MANUAL)]
    return [match["text"] for match in _BLOCK.finditer(section) if match["language"] == language]


def inside_block(found: re.Match[str]) -> bool:
    return any(block.start() < found.start() < block.end() for block in _BLOCK.finditer(MANUAL))


# An edition in which everything that the manual's snippets name is there to be named.
SCAFFOLD = {
    "edition.yaml": (
        "slug: 'scaffold'\ntitle: 'A Scaffold'\nlang: 'en'\nwitnesses:\n"
        + "".join(f"  - siglum: '{s}'\n    description: 'A witness'\n" for s in "TABC")
        + "texts:\n"
        "  - id: 'letter'\n    file: 'letter/letter.md'\n"
        "  - id: 'A'\n    file: 'versions/A.md'\n"
        "  - id: 'C'\n    file: 'versions/C.md'\n"
        "  - id: 'snippet'\n    file: 'snippet/snippet.md'\n"
    ),
    "letter/letter.md": "{#p2}\nCome on Friday.\n\n{#p3}\nThe house, Mdivani.\n\n{#p4}\nFour.\n\n"
    "{#q1}\n> Quoted.\n\n{#p5}\nA union, a new one.\n\n"
    "{#p9}\nIn the Ukrainian Ukraine the dissatisfied will appeal.\n",
    "versions/A.md": "{#c1 .clause}\n1. It is a treaty.\n",
    "versions/C.md": "{#c1 .clause}\n1. Be it a treaty.\n\n"
    "{#c5 .clause}\n5. The Council of People’s.\n",
    "snippet/snippet.md": "Words.\n",
}  # fmt: skip
ROWS = "  - id: 'more'\n    title: 'More'\n    blocks:\n      - 'C/c5'\nmoved:"
SNIPPETS = [
    *(("snippet/snippet.md", f"{text}\nMore.\n") for text in snippets("## Texts", "markdown")),
    *(("letter/apparatus.yaml", text) for text in snippets("## apparatus.yaml", "yaml")),
    *(("letter/commentary.md", text) for text in snippets("## commentary.md", "markdown")),
    *(("letter/questions.md", text) for text in snippets("## questions.md", "markdown")),
    *(
        ("versions/parallel.yaml", text.replace("moved:", ROWS))
        for text in snippets("## parallel.yaml", "yaml")
    ),
    *(("index.yaml", text) for text in snippets("## index.yaml", "yaml")),
]


@pytest.mark.parametrize(("path", "text"), SNIPPETS)
def test_every_snippet_stands_in_an_edition_without_faults(path: str, text: str) -> None:
    files = dict(SCAFFOLD)
    book = [f"  - text: '{name}'\n" for name in ("letter", "A", "C", "snippet")]
    book += ["  - commentary: 'Commentary'\n", "  - corrections: 'T'\n"]
    book += ["  - glossary: 'Glossary'\n"] * (".vocabulary" in text)
    book += [f"  - parallel: '{path}'\n"] * (path == "versions/parallel.yaml")
    book += [f"  - index: '{path}'\n"] * (path == "index.yaml")
    files["edition.yaml"] += "book:\n" + "".join(book)
    found = examine(MemorySources({**files, path: text}))
    assert found.diagnostics == ()


def test_there_are_snippets_of_every_file() -> None:
    assert {path for path, _ in SNIPPETS} == {
        "snippet/snippet.md", "letter/apparatus.yaml", "letter/commentary.md",
        "letter/questions.md",
        "versions/parallel.yaml", "index.yaml",
    }  # fmt: skip


# The page of the manual's edition, and what templates get


def add_the_page(folder: Path) -> None:
    """Adds what the manual's section on the page adds to its edition."""
    settings, entry = snippets("### The page", "yaml")
    with (folder / "edition.yaml").open("a", encoding="utf-8") as file:
        file.write(settings)
    with (folder / "apparatus.yaml").open("a", encoding="utf-8") as file:
        file.write(entry)


def test_the_page_that_the_manual_sets_is_as_it_says(tmp_path: Path) -> None:
    folder = tmp_path / "postcard"
    write_example(folder)
    add_the_page(folder)
    done = CliRunner().invoke(main, ["build", "--strict", str(folder), "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    sheet = next(sheet for sheet in read_pdf(tmp_path / "postcard.pdf") if sheet["figure"])
    assert (round(sheet.width), round(sheet.height)) == (340, 482)
    assert [figure.words for figure in sheet["figure"]] == ["3", "6"]
    assert all(figure.x0 > sheet["text"][0].x1 for figure in sheet["figure"])
    printed = [Stream.of([line]).letters for line in sheet["band"]]
    assert printed[0] == "Sources"
    assert any(re.fullmatch(r"\d+theoldgate\]Thegate.*", line) for line in printed)
    assert not sheet["call"] or all(line.words.strip() == "*" for line in sheet["call"])


def test_the_apparatus_can_be_declared_as_the_manual_says(tmp_path: Path) -> None:
    folder = tmp_path / "postcard"
    write_example(folder)
    declared, fragment = snippets("### The form of the apparatus", "yaml")
    with (folder / "edition.yaml").open("a", encoding="utf-8") as file:
        file.write(declared)
    known = fragment.replace("letter/p4", "letter/p2").replace("'postcard'", "'letter/p1'")
    _, _, witness = known.partition("\n")
    replace_in(folder / "edition.yaml", "witnesses:\n", f"witnesses:\n{witness}")
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert "error" not in done.output, done.output


def test_every_template_and_what_it_gets_stands_in_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = re.findall(r"^\| (`[^|]*\.(?:html|xhtml|ncx)`) \| .* \| (.*)\|$", MANUAL, re.M)
    stated = {
        name: set(re.findall(r"`(\w+)`", gets))
        for names, gets in cells
        for name in re.findall(r"`([^`]+)`", names)
    }
    house = house_folder("templates")
    files = [path for path in house.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert set(stated) == {path.relative_to(house).as_posix() for path in files}

    got: dict[str, set[str]] = {}
    render = Templates.render

    def noting(templates: Templates, name: str, **context: object) -> str:
        got.setdefault(name, set()).update(set(context) - {"book"})
        return render(templates, name, **context)

    monkeypatch.setattr(Templates, "render", noting)
    write_example(tmp_path / "postcard")
    fragment = "  - siglum: 'F'\n    description: 'x'\n    extant:\n      - from: 'letter/p1'\n"
    replace_in(tmp_path / "postcard" / "edition.yaml", "witnesses:\n", f"witnesses:\n{fragment}")
    arguments = ["build", str(tmp_path / "postcard"), "-o", str(tmp_path)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    said = re.search(r"^Those of the PDF but for the cover get (.*?) too:", MANUAL, re.M | re.S)
    assert said
    shared = set(re.findall(r"`(\w+)`", said[1]))
    of_the_page = {"page/frame.html", "page/galley.html", "page/notes.html", "page/margins.html",
                   "page/entries.html", "page/extant.html", "page/furniture.html"}  # fmt: skip
    assert of_the_page <= set(got)
    for name, context in got.items():
        assert context == stated[name] | (shared if name in of_the_page else set()), name


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\((\.github/[^)]+)\)", MANUAL)
    assert len(pictures) >= 3
    assert all((TOP / picture).is_file() for picture in pictures)


def write_example(folder: Path) -> None:
    """Writes the manual's edition, as a reader would copy it."""
    files = {match["name"]: match["text"] for match in _EXAMPLE.finditer(MANUAL)}
    assert list(files) == ["edition.yaml", "letter.md", "apparatus.yaml", "commentary.md"]
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_the_example_edition_has_no_faults(tmp_path: Path) -> None:
    write_example(tmp_path / "postcard")
    done = CliRunner().invoke(main, ["check", "--strict", str(tmp_path / "postcard")])
    assert done.exit_code == 0, done.output


def test_the_fault_that_the_manual_shows_is_so_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_example(Path("postcard"))
    letter = Path("postcard/letter.md")
    words = letter.read_text(encoding="utf-8")
    changed = words.replace("The gate is open all day", "The door is open all day")
    assert changed != words
    letter.write_text(changed, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "postcard"])
    assert done.exit_code == 1
    assert f"```\n{done.output}```\n" in MANUAL


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("- lemma: 'again'\n  note: Note: see below\n", "SRC002"),
        ("- lemma: 'again'\n  readings:\n    - text: No. 5 #2\n", "SRC008"),
        ("- lemma: \"Formal\n  note: 'x'\n", "SRC002"),
        ("- lemma: \"Formal\"\n  note: 'x'\n", "SRC010"),
        ("- lemma: 'again'\n  readings:\n    - text: [sic]\n", "SRC009"),
        ("- lemma: 'again'\n  readings:\n    - text: *word\n", "SRC009"),
        ("- lemma: 'again'\n  readings:\n    - text: &c.\n", "SRC002"),
        ("- lemma: 'again'\n  readings:\n    - text: @\n", "SRC002"),
        ("- lemma: 'again'\n  lemma: 'gate'\n  note: 'x'\n", "SRC003"),
        ("- lemma: 'again'\n  readings:\n    - text: ''\n", "SRC005"),
    ],
)
def test_the_traps_of_yaml_are_told_as_the_manual_says(
    entry: str, code: str, tmp_path: Path
) -> None:
    write_example(tmp_path / "postcard")
    (tmp_path / "postcard" / "apparatus.yaml").write_text(entry, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--format", "concise", str(tmp_path / "postcard")])
    assert f"[{code}]" in done.output
    assert code in headed("## The traps of YAML")
