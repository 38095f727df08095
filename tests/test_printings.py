"""Printings: recorded when they go to readers, and compared with what came of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pdfplumber
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from printedition.cli import main
from printedition.history import NoHistory, at_revision
from printedition.revision.printing import LARGEST, is_fit, read, write
from printedition.revision.printing_schema import SCHEMA


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new edition of which the printing “first” was recorded, its books in build/."""
    folder = tmp_path_factory.mktemp("released")
    assert run("new", folder / "content").exit_code == 0
    done = run("release", "first", folder / "content", "-o", folder / "build")
    assert done.exit_code == 0, done.output
    return folder


def test_a_printing_records_every_line_and_note(released: Path) -> None:
    data = (released / "content/printings/first.json").read_bytes()
    Draft202012Validator(SCHEMA).validate(json.loads(data))
    printing = read(data)
    letter = next(one for one in printing.sections if one.id == "letter").pages[0]
    assert letter.label == "1"
    line = next(one for one in letter.lines if one.number == 4)
    assert line.words == "spring. I have written to the council twice; the council is"
    notes = {(one.kind, one.mark, one.words, one.line) for one in letter.notes}
    assert ("variants", "4", "council] clerk B", "4") in notes
    assert ("margin", "", "Anna, Clara’s sister", "7") in notes
    index = printing.sections[-1].pages[0].headings
    assert [(one.words, one.locators) for one in index][:1] == [
        ("Anna, sister of the writer", ("1", "1n"))
    ]
    table = next(one for one in printing.sections if one.kind == "parallel").pages[0]
    assert table.heads == (
        *("first The first notice 1849", "second The second notice 1851"),
        *("The bridge", "The sluice", "The key"),
    )
    legend = [one.words for one in table.lines if not one.version]
    assert legend[0] == "The Notice in Two Versions"
    (water,) = (one for one in printing.sections[-1].pages[0].headings if one.words == "water")
    assert water.locators == ("See river",)
    assert write(printing) == ("printings/first.json", data)


def test_a_large_printing_is_compressed(released: Path) -> None:
    printing = read((released / "content/printings/first.json").read_bytes())
    large = replace(printing, revision="r" * LARGEST)
    path, data = write(large)
    assert path == "printings/first.json.gz"
    assert read(data) == large


def test_a_printing_is_never_written_over(released: Path) -> None:
    path = released / "content/printings/first.json"
    before = path.read_bytes()
    done = run("release", "first", released / "content", "-o", released / "build")
    assert done.exit_code == 2 and "there is a printing “first” already" in done.output
    assert path.read_bytes() == before


def test_what_is_released_from_the_cache_is_what_a_clean_build_makes(
    released: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(released / "content", folder)
    done = run("release", "anew", folder, "-o", tmp_path / "build", "--no-cache")
    assert done.exit_code == 0, done.output
    done = run("release", "again", folder, "-o", tmp_path / "build")
    assert done.exit_code == 0, done.output
    first, anew, again = (
        read((folder / f"printings/{name}.json").read_bytes())
        for name in ("first", "anew", "again")
    )
    assert replace(anew, name="first") == replace(again, name="first") == first


def test_no_printing_is_recorded_of_faults(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released / "content", tmp_path / "content")
    apparatus = tmp_path / "content/letter/apparatus.yaml"
    apparatus.write_text(apparatus.read_text().replace("'council'", "'counsel'"))
    done = run("release", "second", tmp_path / "content", "-o", tmp_path / "build")
    assert done.exit_code == 1 and "Nothing was recorded." in done.output
    assert not (tmp_path / "content/printings/second.json").exists()
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("name", ["", "a/b", "..", ".x", "nul", "com1.x", "ä", "x" * 65, "a b"])
def test_a_name_no_file_may_have_is_refused(name: str) -> None:
    assert not is_fit(name)


@pytest.fixture(scope="module")
def corrected(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same edition corrected, with the printings “first” and “second”."""
    folder = tmp_path_factory.mktemp("corrected") / "content"
    shutil.copytree(released / "content", folder)
    replace_in(folder / "letter/letter.md", "twice;", "three times;")
    replace_in(folder / "letter/letter.md", "Bring the", "And bring the")
    replace_in(folder / "letter/apparatus.yaml", "'clerk'", "'clerks'")
    done = run("release", "second", folder, "-o", folder.parent / "build")
    assert done.exit_code == 0, done.output
    return folder


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_changes_are_told_by_page_and_line(corrected: Path) -> None:
    done = run("changes", "first", "second", "-e", corrected, "--exit-code")
    assert done.exit_code == 3
    assert "The Letter, page 1, line 4: “twice;” → “three times;”\n" in done.output
    assert "variants to line 4: “council] clerk B” → “council] clerks B”\n" in done.output
    assert "  1: changed, and begin and end as before\n" in done.output
    assert done.output.endswith("Chapters of the e-book\n  The Letter: changed\n")


def test_an_edition_may_be_named_last(
    corrected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for other commands, where there is none in the folder that they are given in."""
    shutil.copytree(corrected, tmp_path / "letters")
    monkeypatch.chdir(tmp_path)
    assert run("changes", "first", "letters").output.startswith("From first")
    assert run("changes", "letters").output == run("changes", "-e", "letters").output
    assert run("errata", "first", "letters").exit_code == 0
    done = run("errata", "letters")
    assert done.exit_code == 2 and "name it by -e letters" in done.stderr


def test_nothing_changes_between_a_printing_and_itself(corrected: Path) -> None:
    done = run("changes", "first", "first", "-e", corrected, "--exit-code")
    assert (done.exit_code, "nothing has changed" in done.output) == (0, True)


def test_changes_for_programs_name_both_places(corrected: Path) -> None:
    told = json.loads(run("changes", "first", "second", "-e", corrected, "--format", "json").output)
    first = told["corrections"][0]
    assert (first["before"], first["old"]["page"], first["new"]["number"]) == ("twice;", "1", 4)
    assert [page["label"] for page in told["pages"]] == ["1"]


def test_changed_lines_are_marked_on_old_and_new_pages(corrected: Path) -> None:
    """A page whose book is at hand is shown as it was printed; else by its words."""
    page = run("changes", "first", "second", "-e", corrected, "--format", "html").output
    old, _, new = page.partition('<div class="picture new">')
    marked = [line for line in old.split("<div") if 'class="line changed"' in line]
    assert [("council twice;" in line, "Bring" in line) for line in marked] == [
        (True, False),
        (False, True),
    ]
    tops = [
        float(top)
        for top in re.findall(r'<i class="changed" style="left:[\d.]+%;top:([\d.]+)', new)
    ]
    assert 'src="data:image/png;base64,' in new
    assert 30 < tops[0] < tops[1] < 50 < 80 < tops[2]


def test_errata_speak_of_the_old_printing(corrected: Path) -> None:
    listed = run("errata", "first", "second", "-e", corrected).output
    assert listed.splitlines()[4:] == [
        "- page 1, line 4: *for* twice *read* three times",
        "- page 1, line 6: *for* Bring *read* And bring",
        "- page 1, apparatus to line 4: *for* clerk *read* clerks",
    ]


@pytest.mark.parametrize(("sheet", "times"), [((), 1), (("--sheet",), 4)])
def test_the_slip_is_printed_and_laid_out_on_sheets(
    corrected: Path, tmp_path: Path, sheet: tuple[str, ...], times: int
) -> None:
    slip = tmp_path / "slip.pdf"
    words = ("errata", "first", "second", "-e", corrected, "--format", "pdf", "-o", slip, *sheet)
    done = run(*words)
    assert done.exit_code == 0, done.output
    with pdfplumber.open(slip) as pdf:
        (page,) = pdf.pages
        assert page.extract_text().count("for twice read three times") == times
        assert round(page.width / 72 * 25.4) == (210 if sheet else 105)


def test_a_chapter_of_errata_is_well_formed(corrected: Path) -> None:
    chapter = run("errata", "first", "second", "-e", corrected, "--format", "xhtml").output
    items = ElementTree.fromstring(chapter.encode()).findall(".//{http://www.w3.org/1999/xhtml}li")
    assert len(items) == 3 and items[0].find("{http://www.w3.org/1999/xhtml}em") is not None


SAID = """
silent: 'capitals'
corrections:
  - lemma: 'three times'
    comment: 'So the *fair copy*.'
    credit: 'M. Wood'
  - lemma: 'And bring'
    silent: 'yes'
  - lemma: 'No cart and'
    in: 'letter'
    comment: 'Nobody corrected this.'
  - lemma: 'soul has'
    credit: 'A reader'
"""


@pytest.fixture(scope="module")
def spoken_of(corrected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corrected edition with a capital and a gap more, and what is said of its corrections."""
    folder = tmp_path_factory.mktemp("spoken") / "content"
    shutil.copytree(corrected, folder)
    replace_in(folder / "letter/letter.md", "Your friend,", "your friend,")
    replace_in(folder / "letter/letter.md", "not a soul has", "not soul has")
    replace_in(folder / "notice/parallel.yaml", "title: 'The key'", "title: 'The lock'")
    (folder / "corrections.yaml").write_text(SAID, encoding="utf-8")
    done = run("release", "third", folder, "-o", folder.parent / "build")
    assert done.exit_code == 0, done.output
    return folder


def test_what_is_said_of_a_correction_stands_beside_it(spoken_of: Path) -> None:
    """Silent are the kind that the edition names, and what it names itself; a note may be idle."""
    listed = run("errata", "first", "third", "-e", spoken_of).output
    assert listed.splitlines()[4:] == [
        "- page 1, line 4: *for* twice *read* three times. So the *fair copy*. (M. Wood)",
        "- page 1, line 9: *delete* a (A reader)",
        "- page 1, apparatus to line 4: *for* clerk *read* clerks",
        "- page 5, heading: *for* key *read* lock",
    ]


def test_what_is_said_is_in_the_slip_and_the_chapter(spoken_of: Path, tmp_path: Path) -> None:
    slip = tmp_path / "slip.pdf"
    words = ("errata", "first", "third", "-e", spoken_of)
    assert run(*words, "--format", "pdf", "-o", slip).exit_code == 0
    page = pypdfium2.PdfDocument(slip)[0].get_textpage().get_text_bounded()
    assert "read three times. So the fair copy. (M. Wood)" in " ".join(page.split())
    chapter = run(*words, "--format", "xhtml").output
    assert '<span class="remark">. So the <em>fair copy</em>. (M. Wood)</span></li>' in chapter


def test_changes_tell_what_is_said_and_all_that_is_silent(spoken_of: Path) -> None:
    told = run("changes", "first", "third", "-e", spoken_of).output
    assert "“twice;” → “three times;” [So the *fair copy*.; M. Wood]" in told
    assert "“Bring” → “And bring” [silent]" in told
    assert "“Your” → “your”\n" in told
    assert "Nobody corrected this" not in told


def test_what_is_said_of_words_that_are_gone_is_told(spoken_of: Path, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(spoken_of, folder)
    replace_in(folder / "corrections.yaml", "No cart and", "No cat and")
    done = run("errata", "first", "second", "-e", folder)
    assert done.exit_code == 0 and "error[APP003]: lemma “No cat and”" in done.output
    assert "*read* three times. So the *fair copy*." in done.output


def test_the_next_edition_prints_what_was_wrong_in_earlier_ones(
    spoken_of: Path, tmp_path: Path
) -> None:
    """Both books list it by printing, with what is said."""
    folder = tmp_path / "content"
    shutil.copytree(spoken_of, folder)
    replace_in(folder / "edition.yaml", "  - index:", "  - errata: 'first second'\n  - index:")
    done = run("build", folder, "-o", tmp_path / "build", "--strict")
    assert done.exit_code == 0, done.output
    book = pypdfium2.PdfDocument(tmp_path / "build/small-edition.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in book]
    (page,) = (one for one in pages if "Printing first" in one)
    first, second = " ".join(page.split()).partition("Printing first (")[2].split("Printing second")
    assert first.endswith(
        "page 1, line 4: for twice read three times. So the fair copy. (M. Wood) "
        "page 1, line 9: delete a (A reader) page 1, apparatus to line 4: for clerk read clerks "
        "page 5, heading: for key read lock "
    )
    assert second.strip().startswith(f"({first[:10]}) page 1, line 9: delete a (A reader)")
    assert "read three times" not in second
    with zipfile.ZipFile(tmp_path / "build/small-edition.epub") as book:
        (name,) = (name for name in book.namelist() if name.endswith("-errata.xhtml"))
        chapter = ElementTree.fromstring(book.read(name))
    xhtml = "{http://www.w3.org/1999/xhtml}"
    assert [one.text for one in chapter.iter(f"{xhtml}h2")] == [
        f"Printing {name} ({first[:10]})" for name in ("first", "second")
    ]
    (item, *_) = ("".join(one.itertext()) for one in chapter.iter(f"{xhtml}li"))
    assert item == "page 1, line 4: for twice read three times. So the fair copy. (M. Wood)"


def with_list(folder: Path, before: str) -> str:
    """The list of errata of “first” that an edition prints before another section."""
    replace_in(folder / "edition.yaml", before, f"  - errata: 'first'\n{before}")
    done = run("build", folder, "-o", folder.parent / "build", "--strict")
    replace_in(folder / "edition.yaml", "  - errata: 'first'\n", "")
    assert done.exit_code == 0, done.output
    book = pypdfium2.PdfDocument(folder.parent / "build/small-edition.pdf")
    said = (" ".join(page.get_textpage().get_text_bounded().split()) for page in book)
    (listed,) = (one.partition("Printing first")[2] for one in said if "Printing first" in one)
    return listed


def test_the_list_in_the_book_corrects_the_index_as_the_slip_does(
    corrected: Path, tmp_path: Path
) -> None:
    """Of the index it said nothing. Where the list itself moves the pages, those of a heading to be
    added are not the reader's, and are left out."""
    folder = tmp_path / "content"
    shutil.copytree(corrected, folder)
    replace_in(folder / "index.yaml", "sister of the writer", "aunt of the writer")
    replace_in(folder / "index.yaml", "    - 'sluice'\n", "    - 'sluice'\n    - 'council'\n")
    slip = run("errata", "first", "-e", folder).output.replace("*", "").splitlines()
    of_index = [line.removeprefix("- ") for line in slip if ", index: " in line]
    assert [line.partition(" index: ")[2] for line in of_index] == [
        "delete Anna, sister of the writer, 1, 1n",
        "for river, 1, 5, 5 first, second read river, 1, 1n1, 5, 5 first, second",
        "add Anna, aunt of the writer, 1, 1n",
    ]
    assert with_list(folder, "  - index:").endswith(" ".join(of_index))
    moved = with_list(folder, "  - text: 'letter'")
    assert of_index[0] in moved and "add Anna, aunt of the writer" in moved
    assert "river" not in moved and "2n" not in moved


def test_what_is_no_printing_folder_or_revision_is_told(corrected: Path) -> None:
    done = run("changes", "frist", "second", "-e", corrected)
    assert done.exit_code == 1
    assert "“frist” is neither a printing (there are: first, second)" in done.output


def test_a_printing_changed_by_hand_is_told(corrected: Path) -> None:
    (corrected / "printings/broken.json").write_text("{}")
    done = run("changes", "broken", "second", "-e", corrected)
    assert (done.exit_code, "is not whole" in done.output) == (1, True)


def test_a_revision_is_read_without_running_anything(tmp_path: Path) -> None:
    """Neither hooks nor filters of the repository are run, and only its folder is read."""
    git = ["git", "-C", str(tmp_path), "-c", "user.name=E", "-c", "user.email=e@example.org"]
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "edition.yaml").write_text("slug: 'one'\n")
    (tmp_path / ".gitattributes").write_text("*.yaml filter=spy\n")
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "One"], check=True)
    spy = f"touch {tmp_path / 'ran'}; cat"
    subprocess.run([*git, "config", "filter.spy.smudge", spy], check=True)
    (folder / "edition.yaml").write_text("slug: 'two'\n")
    sources = at_revision(folder, "HEAD")
    assert sources.paths() == ("edition.yaml",)
    assert sources.read("edition.yaml").text == "slug: 'one'\n"
    assert not (tmp_path / "ran").exists()
    for wrong in ("nothing", "-x", "HEAD:content"):
        with pytest.raises(NoHistory):
            at_revision(folder, wrong)
