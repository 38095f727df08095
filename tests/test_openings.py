"""Where texts and parts begin: on right-hand pages, or on any."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from printedition.cli import main

SAID = "the oak stood alone upon a hill and its leaves were turning in the wind of autumn"
NAMES = ("alpha", "beta", "gamma", "delta")
OPENS = "page:\n  opens: 'any'\n"
VERSIONS = (
    "title: 'Facing'\nlayout: 'facing'\n"
    "versions:\n  - text: 'gamma'\n    title: 'First'\n  - text: 'delta'\n    title: 'Second'\n"
    "rows:\n  - id: 'r1'\n    title: 'The oak'\n"
    "    blocks:\n      - 'gamma/p1'\n      - 'delta/p1'\n"
)


def record(more: str = OPENS) -> str:
    texts = "".join(
        f"  - id: '{name}'\n    file: '{name}.md'\n    title: 'The {name} text'\n" for name in NAMES
    )
    return (
        f"slug: 'copies'\ntitle: 'Copies'\nlang: 'en'\ndate: '2026-01-01'\n{more}"
        f"texts:\n{texts}"
        "book:\n  - front: 'title-page'\n  - front: 'imprint'\n  - front: 'contents'\n"
        "  - part: 'Part one'\n  - text: 'alpha'\n  - text: 'beta'\n"
        "  - part: 'Part two'\n  - text: 'gamma'\n  - parallel: 'parallel.yaml'\n"
        "  - text: 'delta'\n  - index: 'index.yaml'\n    title: 'Index'\n"
    )


def text(name: str, times: int = 2) -> str:
    return f"# The {name} text\n\n{{#p1}}\nOnly {name} has {name}wood: {SAID}.\n" + "".join(
        f"\n{{#q{number}}}\nBeside {name} {SAID}, {SAID}.\n" for number in range(times)
    )


def written(folder: Path, more: str = OPENS, times: int = 2) -> Path:
    folder.mkdir(exist_ok=True)
    longer = {"alpha": times, "beta": 2}
    files = {name: text(name, longer.get(name, 0)) for name in NAMES}
    (folder / "edition.yaml").write_text(record(more), encoding="utf-8")
    for name, words in files.items():
        (folder / f"{name}.md").write_text(words, encoding="utf-8")
    (folder / "parallel.yaml").write_text(VERSIONS, encoding="utf-8")
    headings = (f"- heading: 'wood, {n}'\n  forms:\n    - '{n}wood'\n" for n in NAMES)
    (folder / "index.yaml").write_text("".join(headings), encoding="utf-8")
    return folder


def run(*words: str | Path) -> Result:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done


def pages(path: Path) -> list[tuple[str, str]]:
    """The label and the words of each page of a book."""
    book = pypdfium2.PdfDocument(path)
    return [
        (book.get_page_label(n), re.sub(r"\s+", " ", page.get_textpage().get_text_range()))
        for n, page in enumerate(book)
    ]


def beginnings(path: Path) -> dict[str, int]:
    """On which page from 0 a text's own words begin, or a part's title stands alone."""
    found: dict[str, int] = {}
    for number, (_, words) in enumerate(pages(path)):
        for said in (*(f"Only {name} has" for name in NAMES), "Part one", "Part two"):
            if said in words and ("Contents" not in words):
                found.setdefault(said, number)
    return found


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an edition whose texts open on any page, with its books in `books`."""
    edition = written(tmp_path_factory.mktemp("openings") / "edition")
    run("build", edition, "-o", edition.parent / "books", "--strict", "-q", "--no-cache")
    return edition


def test_texts_opened_on_right_hand_pages_whatever_was_set(copies: Path, tmp_path: Path) -> None:
    right = written(tmp_path / "edition", more="")
    run("build", right, "-o", tmp_path / "books", "-q", "-f", "pdf", "--no-cache")
    ours, theirs = (folder / "books" / "copies.pdf" for folder in (copies.parent, tmp_path))
    assert all(number % 2 == 0 for number in beginnings(theirs).values())
    found = beginnings(ours)
    alpha, beta, part = (found[name] for name in ("Only alpha has", "Only beta has", "Part two"))
    assert (beta, part) == (alpha + 1, alpha + 2) and {alpha % 2, beta % 2} == {0, 1}
    assert len(pages(ours)) <= len(pages(theirs)) - 4


def test_page_one_stays_a_right_hand_page_and_the_imprint_a_left_hand_one(copies: Path) -> None:
    found = pages(copies.parent / "books" / "copies.pdf")
    labels = [label for label, _ in found]
    assert labels.index("1") % 2 == 0 and "Part one" in found[labels.index("1")][1]
    folios = labels[labels.index("1") :]
    assert folios == [str(number + 1) for number in range(len(folios))]
    assert [n % 2 for n, (_, words) in enumerate(found) if words.startswith("Imprint")] == [1]
    # One is blank: before the title of the versions, whose spread begins overleaf.
    blank = [number for number, (label, words) in enumerate(found) if label in folios and not words]
    assert [number + 2 for number in blank] == [
        number for number, (_, words) in enumerate(found) if "First" in words and "wood" in words
    ]


def test_versions_still_face_each_other(copies: Path) -> None:
    found = pages(copies.parent / "books" / "copies.pdf")
    spread = [n for n, (_, words) in enumerate(found) if "First" in words and "gammawood" in words]
    assert len(spread) == 1 and spread[0] % 2 == 1
    assert "Second" in found[spread[0] + 1][1] and "deltawood" in found[spread[0] + 1][1]


def test_map_index_and_ebook_agree_with_the_pages(copies: Path) -> None:
    books = copies.parent / "books"
    found = pages(books / "copies.pdf")
    mapped = json.loads((books / "copies.map.json").read_bytes())["pages"]
    assert [page["label"] for page in mapped] == [label for label, _ in found]
    assert [page["side"] for page in mapped] == [
        "verso" if number % 2 else "recto" for number in range(len(found))
    ]
    index = next(words for _, words in found if "wood, alpha" in words)
    with zipfile.ZipFile(books / "copies.epub") as archive:
        nav = archive.read("OEBPS/nav.xhtml").decode()
        chapters = {
            name: archive.read(name).decode() for name in archive.namelist() if "text/" in name
        }
    for name in NAMES:
        folios = [label for label, words in found if f"{name}wood" in words]
        (told,) = re.findall(rf"wood, {name}, ((?:\d+[ ,]*(?:gamma|delta)?[ ,]*)+)", index)
        assert re.findall(r"\d+", told) == folios
        (chapter,) = [
            body for path, body in chapters.items() if re.search(rf"\b{name}\.xhtml$", path)
        ]
        marked = re.findall(r'role="doc-pagebreak" aria-label="(\w+)"', chapter)
        assert marked and {*marked} <= {*folios}, name
    assert re.search(r'doc-pagelist|epub:type="page-list"', nav)


def test_pages_that_are_kept_keep_their_side(copies: Path, tmp_path: Path) -> None:
    edition = written(tmp_path / "edition")
    run("release", "first", edition, "-o", tmp_path / "first")
    was = beginnings(tmp_path / "first" / "copies.pdf")
    assert {number % 2 for number in was.values()} == {0, 1}
    # Neither another setting nor a text that has become longer turns the pages after it.
    for name, more, times in (("right", "", 2), ("longer", OPENS, 24)):
        written(edition, f"{more}keep_pages: 'first'\n", times)
        run("build", edition, "-o", tmp_path / name, "-f", "pdf", "--no-cache")
        found = pages(tmp_path / name / "copies.pdf")
        for said, number in was.items():
            now = beginnings(tmp_path / name / "copies.pdf")[said]
            assert now % 2 == number % 2, (name, said)
            assert found[now][0] == pages(tmp_path / "first" / "copies.pdf")[number][0]


def test_a_booklet_of_texts_on_any_page_has_its_pages_in_order(
    copies: Path, tmp_path: Path
) -> None:
    """On a side of 4 n pages stand the last and the first, then the second and the last but one."""
    run("build", copies, "-o", tmp_path, "-q", "--no-cache", "-p", "booklet")
    labels = [label for label, _ in pages(copies.parent / "books" / "copies.pdf")]
    said = [words.split() for _, words in pages(copies.parent / "books" / "copies.pdf")]
    sides = list(pypdfium2.PdfDocument(tmp_path / "copies-booklet.pdf"))
    last = 2 * len(sides)
    assert last % 4 == 0 and 0 <= last - len(labels) < 4
    said += [[]] * (last - len(labels))
    for number, side in enumerate(sides):
        pair = [last - 1 - number, number]
        for page, left in zip(pair if number % 2 == 0 else pair[::-1], (0.0, 0.5), strict=True):
            width, height = side.get_size()
            area = (left * width, 0, (left + 0.5) * width, height)
            found = side.get_textpage().get_text_bounded(*area).split()
            assert sorted(found) == sorted(said[page]), (number, page)
