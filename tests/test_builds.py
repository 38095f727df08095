"""Every fault that only a build finds, from a folder that has it: the report, and no book lost.

A folder under `builds/` holds what differs from the sound edition in `checks/stock/`: files laid
over it, in `changes.txt` lines that are changed in a copy of a template or style of the house
(`templates/macros.html`, then `- old` and `+ new`), and in `expected.txt` the report in full, but
for the numbers of lines in templates: those move with every line that the house puts above them.
With UPDATE_GOLDEN=1 in the environment the reports are written anew; they must then be read.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pdfplumber
import pytest
from click.testing import CliRunner, Result

from printedition.book.house import house_folder
from printedition.cli import main
from printedition.codes import CODES
from printedition.page.glyphs import Glyphs

HERE = Path(__file__).parent
STOCK = HERE / "checks" / "stock"
BUILDS = HERE / "builds"
FOLDERS = sorted(path.name for path in BUILDS.iterdir() if path.is_dir())
FAMILIES = ("BIB006", "KEP001", "TPL", "CSS", "PDF")
BOOKS = ("stock.pdf", "stock.epub", "stock.map.json")


def overlaid(folder: Path, target: Path) -> None:
    """The stock edition with a folder laid over it, and with its changes of the house's files."""
    shutil.copytree(STOCK, target)
    ignored = shutil.ignore_patterns("expected.txt", "changes.txt")
    shutil.copytree(folder, target, dirs_exist_ok=True, ignore=ignored)
    if (folder / "changes.txt").is_file():
        for change in (folder / "changes.txt").read_text(encoding="utf-8").split("\n\n"):
            _change(target, *change.strip("\n").split("\n"))


def _change(target: Path, name: str, *lines: str) -> None:
    own = target / name
    top, _, rest = name.partition("/")
    if not own.is_file():
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(house_folder(top) / rest, own)
    old = "\n".join(line[2:] for line in lines if line.startswith("- "))
    new = "\n".join(line[2:] for line in lines if line.startswith("+ "))
    text = own.read_text(encoding="utf-8")
    if old:
        assert old in text, f"{name} no longer has: {old}"
        text = text.replace(old, new, 1)
    else:
        text = f"{new}\n{text}"  # above, so that no line of the house moves it
    own.write_text(text, encoding="utf-8")


def _build(output: Path, form: str) -> Result:
    arguments = ["build", "--strict", "--quiet", "--format", form, "--output", str(output)]
    return CliRunner().invoke(main, arguments, prog_name="printedition")


_PLACE = re.compile(r" *(?:-->|:::) (?:house:)?(templates/\S+):(\d+):\d+")


def _unnumbered(diagnostic: str, edition: Path) -> str:
    """A diagnostic with # for the numbers of lines in templates, each held against its template."""
    numbers, rests, quoted = [], [], None
    for line in diagnostic.split("\n"):
        number, rest = re.findall(r"^ *(\d*) *(.*)", line)[0]
        if place := _PLACE.fullmatch(line):
            name, quoted = place[1], place[2]
            own = edition / name
            file = own if own.is_file() else house_folder("templates").parent / name
            rest = rest.replace(f":{quoted}:", ":#:")
        elif number and number == quoted:
            words = file.read_text(encoding="utf-8").split("\n")[int(number) - 1]
            assert rest == f"| {words}", f"not line {number} of {file}"
            number, quoted = "#", None
        numbers.append(number)
        rests.append(rest)
    if "#" not in numbers:
        return diagnostic
    wide = max(map(len, numbers))
    rows = zip(numbers[1:], rests[1:], strict=True)
    return "\n".join([rests[0], *(_row(number.rjust(wide), rest) for number, rest in rows)])


def _row(number: str, rest: str) -> str:
    """A row of a diagnostic; the arrows of places reach to the left of the bar."""
    return f"{number}{'' if rest[:3] in ('-->', ':::') else ' '}{rest}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_build_reports_the_fault_and_leaves_earlier_books_alone(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overlaid(BUILDS / folder, tmp_path / "edition")
    monkeypatch.chdir(tmp_path / "edition")
    output = tmp_path / "books"
    output.mkdir()
    for name in BOOKS:
        (output / name).write_text(f"the earlier {name}", encoding="utf-8")
    of_the_ebook = "ebook" in folder or "cover" in folder
    of_the_page = folder.endswith("-web")
    result = _build(output, "epub" if of_the_ebook else "html" if of_the_page else "pdf")
    golden = BUILDS / folder / "expected.txt"
    diagnostics = result.output.partition("Nothing was written")[0].split("\n\n")
    report = "\n\n".join(_unnumbered(each, tmp_path / "edition") for each in diagnostics)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(report, encoding="utf-8")
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert report == golden.read_text(encoding="utf-8")
    assert f"[{folder.partition('-')[0]}]" in report
    assert re.search(r"^ *--> [^ ]+:\d+:\d+$", result.output, re.M)
    for name in BOOKS:
        assert (output / name).read_text(encoding="utf-8") == f"the earlier {name}"


@pytest.mark.parametrize("code", [code for code in CODES if code.startswith(FAMILIES)])
def test_every_code_of_a_build_has_a_folder(code: str) -> None:
    assert any(folder.partition("-")[0] == code for folder in FOLDERS)


def test_every_template_of_the_house_stands_in_the_manual() -> None:
    section = _manual()
    folder = house_folder("templates")
    for path in folder.rglob("*.*"):
        if path.suffix == ".pyc":
            continue
        name = path.relative_to(folder).as_posix()
        listed = f"`{name}`" in section or name.startswith("page/")
        assert listed, f"the manual does not name {name}"


def test_the_examples_of_the_manual_change_the_style(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An own font, running head and template, just as the manual has them."""
    overlaid(STOCK, tmp_path / "edition")
    monkeypatch.chdir(tmp_path / "edition")
    style, template = re.findall(r"^```(?:css|html)\n(.*?)^```$", _manual(), re.M | re.S)
    house = house_folder("styles")
    Path("styles/fonts").mkdir(parents=True)
    Path("styles/page.css").write_text(
        (house / "page.css").read_text(encoding="utf-8") + style, encoding="utf-8"
    )
    shutil.copy(house / "fonts" / "LibertinusSans-Regular.otf", "styles/fonts/Heading.otf")
    Path("templates/sections").mkdir(parents=True)
    Path("templates/sections/half-title.html").write_text(template, encoding="utf-8")
    edition = Path("edition.yaml").read_text(encoding="utf-8")
    Path("edition.yaml").write_text(
        edition.replace("book:\n", "book:\n  - front: 'half-title'\n"), encoding="utf-8"
    )
    result = _build(tmp_path / "books", "pdf")
    assert result.exit_code == 0, result.output
    with pdfplumber.open(tmp_path / "books" / "stock.pdf") as book:
        assert "Anna Writer" in (book.pages[0].extract_text() or "")
        fonts = {letter["fontname"] for page in book.pages for letter in page.chars}
    assert any("Heading" in font or "Sans" in font for font in fonts)


def test_a_font_of_this_machine_that_has_the_character_is_named() -> None:
    glyphs = Glyphs(())
    cure = glyphs._cure("\U00012000", (("Own",), 400, "normal"), {"\U00012000": "Wedge"})
    assert cure.startswith("“Wedge”, a font of this machine, has it")


def _manual() -> str:
    text = (HERE.parent / "README.md").read_text(encoding="utf-8")
    return text.partition("\n## Your own style\n")[2].partition("\n## ")[0]
