"""The real edition corrected on the pages of its first printing, read from the finished books."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from keeping_pages import begins, correct, run, told_of

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
NAME = "letter-to-kamenev"
pytestmark = pytest.mark.slower


@pytest.fixture(scope="module")
def printing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the edition, of which “first” was printed into first/."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(CONTENT, folder / "content")
    done = run("release", "first", folder / "content", "-o", folder / "first")
    assert done.exit_code == 0, done.output
    return folder


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
    correct([folder / path for path in CORRECTED], folder, 20)
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
