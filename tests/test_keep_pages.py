"""Pages of a printing that stay: read from finished PDFs, before and after corrections."""

from __future__ import annotations

import json
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from measuring import FOOT, TOP, points
from printedition.cli import main

EDITION = """slug: 'kept'
title: 'Kept'
lang: 'en'
texts:
  - id: 'letter'
    file: 'letter.md'
book:
  - text: 'letter'
  - index: 'index.yaml'
    title: 'Index'
"""
INDEX = "- heading: 'Federation'\n  type: 'subject'\n  forms:\n    - 'federation'\n"
WORDS = [
    "republic",
    "federation",
    "council",
    "of",
    "the",
    "and",
    "to",
    "in",
    "commissariat",
    "representative",
    "independent",
    "a",
    "resolution",
    "considered",
    "constitution",
    "unification",
    "all",
    "central",
    "executive",
    "committee",
    "which",
    "it",
    "is",
    "be",
    "shall",
    "amalgamation",
    "territories",
    "negotiations",
    "with",
    "by",
    "as",
    "not",
    "circumstances",
    "or",
]


def paragraphs() -> list[str]:
    """Paragraphs of words that are often broken, some of them with a note."""
    chance = random.Random(8)
    made = []
    for number in range(18):
        words = [chance.choice(WORDS) for _ in range(chance.randrange(40, 110))]
        if number % 3 == 0:
            words[chance.randrange(5, 30)] += f"[^{number}]"
        made.append(" ".join(words).capitalize() + ".")
    return made


def text(blocks: list[str]) -> str:
    notes = re.findall(r"\[\^(\d+)\]", " ".join(blocks))
    ends = "".join(
        f"[^{n}]: A note on this word, with what is to be said of it.\n\n" for n in notes
    )
    return "# A letter\n\n" + "\n\n".join(blocks) + "\n\n" + ends


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


Build = Callable[..., tuple[Path, str]]


@pytest.fixture(scope="module")
def printing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition of which “first” was printed."""
    folder = tmp_path_factory.mktemp("kept")
    edition = folder / "content"
    edition.mkdir()
    (edition / "edition.yaml").write_text(EDITION, encoding="utf-8")
    (edition / "index.yaml").write_text(INDEX, encoding="utf-8")
    (edition / "letter.md").write_text(text(paragraphs()), encoding="utf-8")
    done = run("release", "first", edition, "-o", folder / "first")
    assert done.exit_code == 0, done.output
    return folder


def rebuilt(folder: Path, blocks: list[str], name: str, more: str = "") -> str:
    """The books of corrected paragraphs, made on the pages of the printing; what was told."""
    edition = folder / "content"
    (edition / "letter.md").write_text(text(blocks), encoding="utf-8")
    (edition / "edition.yaml").write_text(EDITION + more, encoding="utf-8")
    done = run("build", edition, "-o", folder / name, "--keep-pages", "first")
    assert done.exit_code == 0, done.output
    return done.output


def lines(pdf: Path) -> list[tuple[str, list[str]]]:
    """The folio of each page and the lines of its text, without head, notes and figures."""
    labels = folios(pdf)
    made = []
    with pdfplumber.open(pdf) as book:
        for label, page in zip(labels, book.pages, strict=True):
            body = page.crop((0, points(TOP) - 2, page.width, page.height - points(FOOT) + 16))
            set_so = body.filter(
                lambda o: o["object_type"] == "char" and abs(o["size"] - 10.2) < 0.1
            )
            made.append((label, (set_so.extract_text() or "").splitlines()))
    return made


def folios(pdf: Path) -> list[str]:
    book = pypdfium2.PdfDocument(pdf)
    return [book.get_page_label(number) for number in range(len(book))]


def sides(mapped: Path) -> dict[str, str]:
    """Which pages the page map has on the right and on the left, by their folios."""
    pages = json.loads(mapped.read_text(encoding="utf-8"))["pages"]
    return {page["label"]: page["side"] for page in pages}


def words(pdf: Path, label: str) -> str:
    """The words of a page, by its folio."""
    page = pypdfium2.PdfDocument(pdf)[folios(pdf).index(label)]
    return " ".join(page.get_textpage().get_text_bounded().split())


def firsts(pdf: Path) -> dict[str, str]:
    """The word that each page begins with."""
    return {label: found[0].split()[0] for label, found in lines(pdf) if found}


def corrected(blocks: list[str], seed: int, count: int) -> list[str]:
    """So many words of paragraphs replaced, added or taken out."""
    chance, made = random.Random(seed), list(blocks)
    for _ in range(count):
        at = chance.randrange(len(made))
        words = made[at].split(" ")
        place = chance.randrange(2, len(words) - 2)
        if "[^" in words[place]:
            continue
        way = chance.randrange(3)
        if way == 0:
            words[place] = chance.choice(["unite", "amalgamate", "so", "nevertheless"])
        elif way == 1:
            words.insert(place, chance.choice(["indeed", "further"]))
        else:
            del words[place]
        made[at] = " ".join(words)
    return made


def test_a_record_is_hardly_larger_than_the_words_that_it_records(printing: Path) -> None:
    """So that one of 400 pages is below a million bytes."""
    record = (printing / "content/printings/first.json").read_bytes()
    pages = list(pypdfium2.PdfDocument(printing / "first/kept.pdf"))
    words = sum(len(page.get_textpage().get_text_bounded().encode()) for page in pages)
    assert len(record) / len(pages) < 1_000_000 / 400
    assert len(record) < 1.4 * words


def test_an_unchanged_edition_is_the_printing_byte_for_byte(printing: Path) -> None:
    told = rebuilt(printing, paragraphs(), "same")
    assert "no warnings" in told
    for name in ("kept.pdf", "kept.epub"):
        assert (printing / "same" / name).read_bytes() == (printing / "first" / name).read_bytes()


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(n, marks=pytest.mark.slower) for n in range(2, 9))]
)
def test_each_page_begins_with_the_word_that_it_began_with(printing: Path, seed: int) -> None:
    told = rebuilt(printing, corrected(paragraphs(), seed, 20), f"seed-{seed}")
    before, after = firsts(printing / "first/kept.pdf"), firsts(printing / f"seed-{seed}/kept.pdf")
    assert {label: after.get(label) for label in before} == before or "KEP002" in told
    assert len(set(before) & set(after)) >= len(before) - 1


def test_what_has_no_room_goes_to_a_page_of_its_own(printing: Path) -> None:
    """Page 3 has six lines more than it had: 3a has them, 3b is blank, and 4 begins as it did."""
    blocks = paragraphs()
    blocks[5] += " " + " ".join(["Negotiations with republics are considered."] * 8)
    told = rebuilt(printing, blocks, "more")
    pdf = printing / "more/kept.pdf"
    before, after = firsts(printing / "first/kept.pdf"), firsts(pdf)
    assert {label: after.get(label) for label in before} == before
    assert folios(pdf)[:6] == ["1", "2", "3", "3a", "3b", "4"]
    assert re.search(
        r"KEP002\]: page 3 is not kept: it is \d lines? too high, and goes on on 3a", told
    )
    with pdfplumber.open(pdf) as book:
        further, back = ((page.extract_text() or "") for page in book.pages[3:5])
    assert "3a" in further.split() and not back  # it bore head and folio
    with zipfile.ZipFile(printing / "more/kept.epub") as book:
        nav = book.read("OEBPS/nav.xhtml").decode()
        (index,) = (book.read(name) for name in book.namelist() if name.endswith("-index.xhtml"))
    listed = re.findall(r'href="text/[^"#]+#[^"]+">(\w+)</a>', nav.partition('"page-list"')[2])
    assert listed[:4] == ["1", "2", "3", "3a"]
    assert ">3a</a>" in index.decode()
    mapped = json.loads((printing / "more/kept.map.json").read_text(encoding="utf-8"))
    assert [page["label"] for page in mapped["pages"]][:6] == ["1", "2", "3", "3a", "3b", "4"]


def test_a_text_that_is_added_takes_letters_and_turns_no_page_over(printing: Path) -> None:
    """It printed “6” on its page, and the index after it changed from a right-hand to a left-hand
    page, since the back of 6a was no page."""
    edition = printing / "added"
    shutil.copytree(printing / "content", edition)
    (edition / "added.md").write_text("# Another\n\nA federation of it.\n", encoding="utf-8")
    more = "  - id: 'added'\n    file: 'added.md'\nbook:"
    record = EDITION.replace("book:", more).replace("  - index", "  - text: 'added'\n  - index")
    (edition / "edition.yaml").write_text(record + "keep_pages: 'first'\n", encoding="utf-8")
    (edition / "letter.md").write_text(text(paragraphs()), encoding="utf-8")
    done = run("build", edition, "-o", printing / "with")
    assert done.exit_code == 0 and "KEP002" not in done.output, done.output
    pdf = printing / "with/kept.pdf"
    assert folios(pdf) == ["1", "2", "3", "4", "5", "6", "6a", "6b", "7"]
    with pdfplumber.open(pdf) as book:
        added, back, index = ((page.extract_text() or "") for page in book.pages[6:])
    assert added.split()[-1] == "6a" and not back
    assert re.search(r"Federation, [\d, –]+, 6a$", index, re.MULTILINE)
    with zipfile.ZipFile(pdf.with_suffix(".epub")) as book:
        nav = book.read("OEBPS/nav.xhtml").decode()
    listed = re.findall(r'href="text/[^"#]+#[^"]+">(\w+)</a>', nav.partition('"page-list"')[2])
    assert listed == ["1", "2", "3", "4", "5", "6", "6a", "7"]
    was, now = (sides(printing / name / "kept.map.json") for name in ("first", "with"))
    assert {label: now[label] for label in was} == was
    assert (now["6a"], now["6b"]) == ("recto", "verso")


def test_blank_pages_are_not_to_be_read_and_stay_blank_in_a_later_printing(tmp_path: Path) -> None:
    """3b was counted; and a build on the pages of a printing with such a page was a fault."""
    edition, built = tmp_path / "edition", tmp_path / "built"
    edition.mkdir()
    (edition / "edition.yaml").write_text(
        EDITION.replace("'letter.md'", "'letter.md'\n    author: 'A. Writer'"), encoding="utf-8"
    )
    (edition / "index.yaml").write_text(INDEX, encoding="utf-8")
    blocks = paragraphs()
    (edition / "letter.md").write_text(text(blocks), encoding="utf-8")
    assert run("release", "first", edition, "-o", built).exit_code == 0
    assert "6 pages to read" in words(built / "kept.pdf", "1")
    blocks[5] += " " + " ".join(["Negotiations with republics are considered."] * 8)
    (edition / "letter.md").write_text(text(blocks), encoding="utf-8")
    record = (edition / "edition.yaml").read_text(encoding="utf-8")
    (edition / "edition.yaml").write_text(record + "keep_pages: 'first'\n", encoding="utf-8")
    assert run("release", "second", edition, "-o", built).exit_code == 0
    assert folios(built / "kept.pdf")[2:5] == ["3", "3a", "3b"]
    assert "7 pages to read" in words(built / "kept.pdf", "1")
    done = run("build", edition, "-o", tmp_path / "again", "--keep-pages", "second")
    assert "no warnings" in done.output
    was, now = firsts(built / "kept.pdf"), firsts(tmp_path / "again" / "kept.pdf")
    assert was == now and folios(built / "kept.pdf") == folios(tmp_path / "again" / "kept.pdf")


@pytest.mark.slower
def test_what_has_no_room_goes_to_the_next_page_by_choice(printing: Path) -> None:
    blocks = paragraphs()
    blocks[5] += " " + " ".join(["Negotiations with republics are considered."] * 8)
    told = rebuilt(printing, blocks, "gone", "overfull: 'let-go'\n")
    pdf = printing / "gone/kept.pdf"
    assert "page 3 is let go" in told
    assert not any(label.endswith("a") for label in folios(pdf))
    before, after = firsts(printing / "first/kept.pdf"), firsts(pdf)
    assert after["3"] == before["3"]


@pytest.mark.slower
def test_a_page_that_lost_its_words_stays_short(printing: Path) -> None:
    """And is told of with as many lines as are lacking on it in the finished book."""
    blocks = paragraphs()
    blocks[4] = blocks[4].split(" ")[0] + "."
    told = rebuilt(printing, blocks, "less")
    was, now = dict(lines(printing / "first/kept.pdf")), dict(lines(printing / "less/kept.pdf"))
    short = {label: len(was[label]) - len(now[label]) for label in was if label in now}
    (page,) = (label for label, less in short.items() if less > 0)
    assert short[page] > 3
    assert f"page {page} is kept, but has {short[page]} lines fewer than it had" in told
    before, after = firsts(printing / "first/kept.pdf"), firsts(printing / "less/kept.pdf")
    same = [label for label in before if after.get(label) == before[label]]
    assert len(same) >= len(before) - 1 and folios(printing / "less/kept.pdf") == folios(
        printing / "first/kept.pdf"
    )


def test_pages_that_a_list_no_longer_needs_stay_blank(tmp_path: Path) -> None:
    edition, built = tmp_path / "edition", tmp_path / "built"
    edition.mkdir()
    record = (
        "slug: 'kept'\ntitle: 'Kept'\nlang: 'en'\ntexts:\n  - id: 'letter'\n"
        "    file: 'letter.md'\nbook:\n  - blank: '{}'\n    title: 'Notes'\n  - text: 'letter'\n"
    )
    (edition / "edition.yaml").write_text(record.format(3), encoding="utf-8")
    (edition / "letter.md").write_text("# Letter\n\nA federation.\n", encoding="utf-8")
    assert run("release", "first", edition, "-o", built).exit_code == 0
    before = lines(built / "kept.pdf")
    (edition / "edition.yaml").write_text(record.format(1), encoding="utf-8")
    done = run("build", edition, "-o", tmp_path / "anew", "--keep-pages", "first")
    assert done.exit_code == 0, done.output
    pdf = tmp_path / "anew" / "kept.pdf"
    assert lines(pdf) == before
    with pdfplumber.open(pdf) as book:
        said = {page.page_number: page.extract_text() or "" for page in book.pages}
    assert said[1] and not said[2] and not said[3] and said[5]
