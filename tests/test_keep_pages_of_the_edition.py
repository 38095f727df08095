"""The real edition corrected on the pages of its first printing, read from the finished books."""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from printed import Piece, read
from printedition.cli import main
from printedition.codes import Severity
from printedition.pipeline import find_faults
from printedition.sources import DiskSources

CONTENT = Path(__file__).resolve().parent.parent / "content"
CORRECTED = (
    "letter/letter.md",
    "letter/commentary.md",
    "note/note.md",
    "note/commentary.md",
    "front/preface.md",
    "resolution/commission.md",
    "resolution/revised.md",
)
OTHERS = {
    "which": "that",
    "also": "likewise",
    "and": "and then",
    "should": "ought to",
    "shall": "are to",
    "was": "had been",
    "their": "these",
    "great": "large",
    "first": "earliest",
    "the": "this",
}
NAME = "letter-to-kamenev"
pytestmark = pytest.mark.slower


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def printing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the edition, of which “first” was printed into first/."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(CONTENT, folder / "content")
    done = run("release", "first", folder / "content", "-o", folder / "first")
    assert done.exit_code == 0, done.output
    return folder


def faulty(folder: Path) -> bool:
    return any(one.severity is Severity.ERROR for one in find_faults(DiskSources(folder)))


def correct(folder: Path, count: int) -> None:
    """So many words corrected, in texts, notes and prose, none of which anything stands off from.

    The word that a page begins with is not touched.
    """
    chance = random.Random(1922)
    while count:
        path = folder / chance.choice(CORRECTED)
        text = path.read_text(encoding="utf-8")
        found = re.finditer(rf"(?<=[a-z,] )(?:{'|'.join(OTHERS)})(?= [a-z])", text)
        places = [one for one in found if text[text.rfind("\n", 0, one.start()) + 1] not in "#{<[-"]
        if not places:
            continue
        one = chance.choice(places)
        path.write_text(text[: one.start()] + OTHERS[one[0]] + text[one.end() :], encoding="utf-8")
        if faulty(folder):
            path.write_text(text, encoding="utf-8")
        else:
            count -= 1


def begins(pdf: Path) -> dict[str, tuple[str, ...]]:
    """The word that each page begins with, and in a table of versions each column of it."""
    made = {}
    for page in read(pdf):
        body = [one for one in page.pieces if not {"Note", "Caption"} & {*one.kinds}]
        columns: dict[int, list[Piece]] = {}
        cells = [one for one in body if "TD" in one.kinds]
        for one in cells if len({round(c.left) // 90 for c in cells}) > 2 else body:
            columns.setdefault(round(one.left) // 90 if cells else 0, []).append(one)
        firsts = (
            max(each, key=lambda one: (round(one.base), -one.left)) for each in columns.values()
        )
        if columns:
            made[page.label] = tuple(one.text.split()[0] for one in firsts if one.text.split())
    return made


def told_of(output: str) -> set[str]:
    """The pages that the build says are not as they were."""
    return set(re.findall(r"KEP002\]: page (\w+) is (?:not kept|let go)", output))


def page_list(epub: Path) -> list[str]:
    with zipfile.ZipFile(epub) as book:
        nav = ElementTree.fromstring(book.read("OEBPS/nav.xhtml"))
    kind = "{http://www.idpf.org/2007/ops}type"
    (listed,) = (one for one in nav.iter() if one.get(kind) == "page-list")
    return [one.text or "" for one in listed.iter("{http://www.w3.org/1999/xhtml}a")]


def words(pdf: Path, label: str) -> str:
    book = pypdfium2.PdfDocument(pdf)
    (page,) = (book[n] for n in range(len(book)) if book.get_page_label(n) == label)
    return " ".join(page.get_textpage().get_text_bounded().split())


def sections(pdf: Path) -> Iterator[tuple[str, str]]:
    """The rows of the contents: a title and its folio."""
    yield from re.findall(r"([A-Z][^.]+?)(?: \.)+ ?(\w+)", words(pdf, "v"))


def test_pages_begin_as_they_did_after_twenty_corrections(printing: Path) -> None:
    folder = printing / "corrected"
    shutil.copytree(printing / "content", folder)
    correct(folder, 20)
    done = run("build", folder, "-o", printing / "after", "--keep-pages", "first")
    assert done.exit_code == 0, done.output
    was, now = (begins(printing / name / f"{NAME}.pdf") for name in ("first", "after"))
    differing = {label for label in was if now.get(label) != was[label]}
    assert differing <= told_of(done.output)
    assert len(was) > 38 and len(differing) < 2, differing
    assert sum(len(firsts) == 3 for firsts in was.values()) >= 3  # of the table of versions


def test_a_page_put_in_is_in_index_and_page_list_and_moves_no_folio(printing: Path) -> None:
    folder, more = printing / "longer", " Chervyakov was told of it, and told others in his turn."
    shutil.copytree(printing / "content", folder)
    path = folder / "note/note.md"
    before, head, rest = path.read_text(encoding="utf-8").partition("{#p7}\n")
    paragraph, gap, after = rest.partition("\n\n")
    path.write_text(before + head + paragraph + more * 12 + gap + after, encoding="utf-8")
    done = run("build", folder, "-o", printing / "put-in", "--keep-pages", "first")
    assert done.exit_code == 0, done.output
    (page,) = told_of(done.output)
    old, new = (printing / name / f"{NAME}.pdf" for name in ("first", "put-in"))
    was, now = begins(old), begins(new)
    assert {label: now.get(label) for label in was} == was
    assert set(now) - set(was) == {f"{page}a"}
    assert dict(sections(old)) == dict(sections(new)) and len(dict(sections(new))) > 8
    index = " ".join(words(new, label) for label in now if label.isdigit() and int(label) >= 27)
    assert f"secession, right of, {page}a, 18 C" in index
    listed = page_list(new.with_suffix(".epub"))
    assert listed[listed.index(page) : listed.index(page) + 2] == [page, f"{page}a"]
