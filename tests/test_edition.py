"""The real edition, read back with outside libraries: nothing of the source is lost or added."""

from __future__ import annotations

import ctypes
import re
import shutil
import string
import subprocess
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import lxml.etree
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from epubchecking import report_on
from measuring import Sheet, Stream, opened, points, read_pdf
from printedition import pipeline
from printedition.diagnostics import Findings
from printedition.ebook.kepub import kepub_of
from printedition.edition.apparatus import ReadingKind
from printedition.edition.edition import Edition
from printedition.edition.text import Block, Paragraph, Take, leaves_of, walk
from printedition.reading.reader import read_edition
from printedition.scholarship.checks import FoundEntry, check
from printedition.sources import DiskSources

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
SOURCE = ROOT / "tests" / "data" / "letter-to-kamenev.txt"
SENTENCE = re.compile(r"(?<=[.?!”])\s+(?=[A-Z“(])")


def one_space(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def read() -> tuple[Edition, tuple[FoundEntry, ...]]:
    findings = Findings()
    edition = read_edition(DiskSources(CONTENT), findings)
    assert edition is not None
    scholarship = check(edition, findings)
    assert findings.diagnostics == []
    return edition, scholarship.entries


# The source put together again


def restored(edition: Edition, entries: tuple[FoundEntry, ...]) -> str:
    """The letter and its note as T has them: each entry's reading of T put back."""
    plains = {
        (text.id, number): leaf.plain
        for text in edition.texts.values()
        for number, leaf in enumerate(text.leaves)
    }
    for found in sorted(entries, key=lambda e: (e.passage.first, e.passage.start), reverse=True):
        (reading,) = (r for r in found.entry.readings if "T" in {w.text for w in r.witnesses})
        assert reading.kind in (ReadingKind.SUBSTITUTION, ReadingKind.OMISSION)
        passage = found.passage
        key = passage.text, passage.first
        plain = plains[key]
        plains[key] = plain[: passage.start] + reading.words + plain[passage.end :]

    numbers = {
        id(leaf): (text.id, number)
        for text in edition.texts.values()
        for number, leaf in enumerate(text.leaves)
    }

    def words(blocks: tuple[Block, ...]) -> list[str]:
        made = []
        for block in blocks:
            if isinstance(block, Take):
                taken = [
                    paragraph
                    for name, _ in block.targets
                    for paragraph in words(edition.texts[name].blocks)
                ]
                taken = [block.opening + paragraph for paragraph in taken]
                taken[-1] += block.closing
                made += taken
            else:
                made += [plains[numbers[id(leaf)]] for leaf in leaves_of((block,))]
        return made

    letter = words(edition.texts["letter"].blocks)
    note = words(edition.texts["note"].blocks)[1:]  # its heading is the edition's
    letter[0] = letter[0].removesuffix("[1]")
    return one_space(" ".join([*letter, *note]))


def source_text() -> str:
    text = SOURCE.read_text(encoding="utf-8")
    text = text.replace("Politbureau[1]", "Politbureau", 1)
    text = text.replace("\nNotes\n\n[1] ", "\n\n", 1)
    return one_space(text)


def test_readings_put_back_give_the_transcription(
    read: tuple[Edition, tuple[FoundEntry, ...]],
) -> None:
    """Every change against T is recorded, and nothing else was changed."""
    edition, entries = read
    assert len(entries) == 16
    assert restored(edition, entries) == source_text()


def test_no_entry_can_be_missed(read: tuple[Edition, tuple[FoundEntry, ...]]) -> None:
    """Without any one entry the transcription does not come out."""
    edition, entries = read
    for number in range(len(entries)):
        left = entries[:number] + entries[number + 1 :]
        assert restored(edition, left) != source_text(), entries[number].words


def sentences(edition: Edition) -> list[str]:
    found = []
    for text in edition.texts.values():
        for block in walk(text.blocks):
            if isinstance(block, Paragraph):
                found += [one_space(part) for part in SENTENCE.split(block.plain)]
    return [sentence for sentence in found if sentence]


def letters(text: str) -> str:
    """Only letters and figures, so that hyphens at line ends and calls can't hide a sentence."""
    return "".join(character for character in text if character.isalnum())


def pdf_letters(path: Path) -> str:
    """The running text of the PDF, by size of its letters: calls, notes and margins left out."""
    parts = []
    pdf = opened(path)
    for page in pdf.pages:
        kept = page.filter(lambda thing: thing["object_type"] != "char" or thing["size"] > 9.9)
        parts.append(letters(kept.extract_text() or ""))
    return "".join(parts)


def test_every_sentence_stands_in_the_pdf(
    read: tuple[Edition, tuple[FoundEntry, ...]], built: Path
) -> None:
    """Nothing of letter and note is lost on paper, across lines and pages."""
    edition, _ = read
    printed = pdf_letters(built / "letter-to-kamenev.pdf")
    missing = [s for s in sentences(edition) if letters(s) not in printed]
    assert missing == []


def epub_words(path: Path) -> str:
    parts = []
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".xhtml"):
                root = lxml.etree.fromstring(archive.read(name))
                for element in list(root.iter("{*}sup", "{*}span", "{*}p")):
                    classes = (element.get("class") or "").split()
                    if {"call", "margin", "page-turn", "line-number"} & set(classes):
                        element.text = ""
                        for child in list(element):
                            element.remove(child)
                parts.append("".join(root.itertext()))
    return letters(" ".join(parts))


def test_every_sentence_stands_in_the_epub(
    read: tuple[Edition, tuple[FoundEntry, ...]], built: Path
) -> None:
    """Nothing of any text is lost in the e-book."""
    edition, _ = read
    printed = epub_words(built / "letter-to-kamenev.epub")
    missing = [s for s in sentences(edition) if letters(s) not in printed]
    assert missing == []


def test_two_builds_are_equal_in_every_byte(built: Path, tmp_path: Path) -> None:
    """Another process, folder, time zone, hash seed and umask give the same books."""
    script = (
        "import os, sys; os.umask(0o077); from pathlib import Path\n"
        "from printedition.pipeline import build; from printedition.sources import DiskSources\n"
        "build(DiskSources(Path(sys.argv[1])), output=Path(sys.argv[2]), "
        "formats=frozenset(('pdf', 'epub', 'html')))\n"
        "from printedition.ebook.kepub import kepub_of\n"
        "(book,) = Path(sys.argv[2]).glob('*.epub')\n"
        "Path(sys.argv[2], 'kepub').write_bytes(kepub_of(book.read_bytes()))"
    )
    environment = {"PATH": "/usr/bin:/bin", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    environment["PYTHONPATH"] = str(ROOT / "src")
    subprocess.run(
        [sys.executable, "-c", script, str(CONTENT), str(tmp_path / "elsewhere")],
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    for form in ("pdf", "epub", "html", "map.json"):
        name = f"letter-to-kamenev.{form}"
        assert (tmp_path / "elsewhere" / name).read_bytes() == (built / name).read_bytes(), name
    kepub = (tmp_path / "elsewhere" / "kepub").read_bytes()
    assert kepub == kepub_of((built / "letter-to-kamenev.epub").read_bytes())


def test_epubcheck_says_nothing_at_all(built: Path) -> None:
    """EPUBCheck, with usage messages on, has no message of any kind."""
    result = report_on(built / "letter-to-kamenev.epub")
    assert result["messages"] == []
    assert result["publication"]["ePubVersion"].startswith("3")


def test_fonts_and_labels_of_the_pdf(built: Path) -> None:
    """Every font is Libertinus and embedded; the folios of the front matter are roman."""
    pdf = opened(built / "letter-to-kamenev.pdf")
    names = {char["fontname"] for page in pdf.pages for char in page.chars}
    assert names and all("Libertinus" in name for name in names)
    catalog = pdf.doc.catalog
    assert "PageLabels" in catalog and "StructTreeRoot" in catalog
    first = pdf.pages[0]
    assert round(first.width / 72 * 25.4) == 148 and round(first.height / 72 * 25.4) == 210


def test_a_fault_leaves_the_books_as_they_were(tmp_path: Path) -> None:
    """A build with an error writes nothing."""
    edition = tmp_path / "edition"
    edition.mkdir()
    (edition / "edition.yaml").write_text("slug: 'letter-to-kamenev'\n", encoding="utf-8")
    output = tmp_path / "books"
    output.mkdir()
    (output / "letter-to-kamenev.pdf").write_bytes(b"old")
    made = pipeline.build(DiskSources(edition), output=output, formats=frozenset(("pdf",)))
    assert made.has_errors and made.written == ()
    assert (output / "letter-to-kamenev.pdf").read_bytes() == b"old"
    assert [path.name for path in output.iterdir()] == ["letter-to-kamenev.pdf"]


def test_margin_notes_do_not_collide(built: Path) -> None:
    """In the outer margin no line of a margin note stands on another (real edition)."""
    pdf = opened(built / "letter-to-kamenev.pdf")
    for page in pdf.pages:
        lines = [w for w in page.extract_words() if 7.5 < w["bottom"] - w["top"] < 8.2]
        for one in lines:
            for other in lines:
                if one is other:
                    continue
                apart = (
                    one["x1"] <= other["x0"] + 0.5
                    or other["x1"] <= one["x0"] + 0.5
                    or one["bottom"] <= other["top"] + 1.5
                    or other["bottom"] <= one["top"] + 1.5
                )
                assert apart, (page.page_number, one["text"], other["text"])


def test_entries_with_first_appearance_only(
    read: tuple[Edition, tuple[FoundEntry, ...]],
) -> None:
    """`entries: first` prints an entry once, however often its text appears."""
    from printedition.book.compose import compose

    edition, _ = read
    once = replace(edition, entries_with_each=False)
    scholarship = check(once, Findings())
    book = compose(once, scholarship)
    labels = [n.kind for section in book.sections for n in section.notes if n.kind == "entry"]
    assert len(labels) == 4


def structure(path: Path) -> list[dict[str, object]]:
    """Every element of the PDF's structure tree, in reading order, read by pdfminer."""
    from pdfminer.pdftypes import resolve1

    found: list[dict[str, object]] = []

    def walk_tree(node: object) -> None:
        node = resolve1(node)
        if isinstance(node, list):
            for kid in node:
                walk_tree(kid)
        elif isinstance(node, dict):
            if "S" in node:
                found.append({"S": resolve1(node["S"]).name, "ID": resolve1(node.get("ID"))})
            walk_tree(node.get("K", []))

    pdf = opened(path)
    walk_tree(resolve1(pdf.doc.catalog["StructTreeRoot"]).get("K", []))
    assert resolve1(pdf.doc.catalog["Lang"]) == b"en"
    assert resolve1(pdf.doc.catalog["MarkInfo"])["Marked"] is True
    return found


def test_every_note_is_tagged_with_an_id(
    read: tuple[Edition, tuple[FoundEntry, ...]], built: Path
) -> None:
    """Entries, notes and margin notes are Note elements, each with an ID of its own (PDF/UA-1)."""
    from printedition.book import tree
    from printedition.book.compose import compose

    edition, _ = read
    book = compose(edition, check(edition, Findings()))
    notes_of_all = sum(len(s.notes) for s in book.sections)

    def margins(nodes: tuple[object, ...]) -> int:
        count = 0
        for node in nodes:
            count += isinstance(node, tree.MarginNote)
            count += margins(getattr(node, "children", ()))
            count += margins(getattr(node, "blocks", ()))
        return count

    expected = notes_of_all + sum(margins(s.blocks) for s in book.sections)
    notes = [e for e in structure(built / "letter-to-kamenev.pdf") if e["S"] == "Note"]
    ids = [note["ID"] for note in notes]
    assert len(notes) == expected
    assert None not in ids and len(set(ids)) == len(ids)


def test_no_page_of_the_epub_is_wider_than_a_phone(built: Path, tmp_path: Path) -> None:
    """At 320 px no chapter scrolls sideways (measured in headless Chromium)."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with zipfile.ZipFile(built / "letter-to-kamenev.epub") as archive:
        archive.extractall(tmp_path)
    frames = "".join(
        f'<iframe width="320" height="400" src="{page.as_uri()}"></iframe>'
        for page in sorted((tmp_path / "OEBPS" / "text").glob("*.xhtml"))
    )
    script = (
        "addEventListener('load', () => { document.title = [...document.querySelectorAll('iframe')]"
        ".map(f => f.contentDocument.documentElement.scrollWidth).join(' ') })"
    )
    (tmp_path / "all.html").write_text(f"<script>{script}</script>{frames}", encoding="utf-8")
    options = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --dump-dom"
    options += " --disable-background-networking --disable-component-update --disable-sync"
    result = subprocess.run(
        [chromium, *options.split(), "--allow-file-access-from-files",
         f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / "all.html").as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    title = re.search(r"<title>([\d ]+)</title>", result.stdout)
    assert title, result.stdout[:500]
    widths = [int(width) for width in title[1].split()]
    assert len(widths) >= 12 and max(widths) <= 320, widths


def test_lines_keep_the_grid(built: Path) -> None:
    """Calls, notes and page turns push no line of the letter or the note off the line grid."""
    pdf = opened(built / "letter-to-kamenev.pdf")
    looked = 0
    for page in pdf.pages[15:24]:  # pages after the letter's opener, and those of the note
        feet = sorted({round(c["bottom"], 2) for c in page.chars if 9.9 < c["size"] < 10.5})
        for upper, lower in pairwise(feet):
            half_lines = (lower - upper) / 6.75
            assert abs(half_lines - round(half_lines)) < 0.02, (page.page_number, upper, lower)
            looked += 1
    assert looked > 150


# Folios


QUOTED_FOLIO = re.compile(r"([ivxl]+|\d{1,3})(?:–(?:[ivxl]+|\d+))?(?:n[\d*]*)?(?: [ABC]+)?$")


def quoted_folios(path: Path) -> list[tuple[str, str]]:
    """The folios that the book prints as links to other pages, with the labels of these pages."""
    book = pypdfium2.PdfDocument(path)
    found = []
    for number in range(len(book)):
        page, at, link = book[number], ctypes.c_int(0), pdfium.FPDF_LINK()
        words = page.get_textpage()
        while pdfium.FPDFLink_Enumerate(page.raw, at, link):
            area = pdfium.FS_RECTF()
            pdfium.FPDFLink_GetAnnotRect(link, area)
            text = words.get_text_bounded(area.left, area.bottom, area.right, area.top)
            text = one_space(text)
            place = pdfium.FPDFLink_GetDest(book.raw, link)
            target = pdfium.FPDFDest_GetDestPageIndex(book.raw, place) if place else number
            quoted = QUOTED_FOLIO.match(text)
            quoted = re.match(
                r"([ivxl]+|\d{1,3})(?:–(?:[ivxl]+|\d+))?(?:n[\d*]*)?(?: [ABC]+)?$", text
            )
            if target != number and quoted:
                found.append((quoted[1], book.get_page_label(target)))
    return found


def test_a_quoted_folio_is_that_of_the_page_it_leads_to(built: Path) -> None:
    """The index had all words of the table of versions on the table's first page."""
    folios = quoted_folios(built / "letter-to-kamenev.pdf")
    assert len(folios) > 200
    assert [folio for folio in folios if folio[0] != folio[1]] == []


def test_no_heading_of_the_index_has_more_than_five_places(built: Path) -> None:
    """More are divided by subheadings: a reader would have to look up each."""
    counts = {}
    with zipfile.ZipFile(built / "letter-to-kamenev.epub") as book:
        (name,) = (name for name in book.namelist() if name.endswith("-index.xhtml"))
        index = lxml.etree.fromstring(book.read(name))
    for item in index.iter("{*}li"):
        own = item.xpath("./*[not(local-name()='ul')]/descendant-or-self::*[@class='locator']")
        places = ["".join(link.itertext()) for link in own]
        words = "".join(item.itertext())[:60]
        counts[words] = len([place for place in places if place not in ("A", "B", "C")])
    assert max(counts.values()) > 3
    assert len([count for count in counts.values() if count]) > 200
    assert [words for words, count in counts.items() if count > 5] == []


# References: where they say a thing stands, there it stands

TEXTS = {
    "letter": "letter/letter.md",
    "note": "note/note.md",
    "A": "resolution/commission.md",
    "C": "resolution/revised.md",
}
BEHIND = {"letter/p13": "letter/p14"}  # what follows the blocks with which ranges end
REFERENCE = re.compile(r"\[([^\]\[]*)\]\{ref=([^\s}]+)((?: \w+=[^\s}]+)*)\}")
NAMED = (
    re.compile(r"^\{#(?P<name>[\w-]+).*\}\n(?:> )?(?P<words>.+)", re.M),  # a block
    re.compile(r"\[(?P<words>[^\]\[]+\]\{#(?P<name>[\w-]+)\}.*)"),  # words
    re.compile(r"^## .*\{#(?P<name>[\w-]+).*\}\n\n(?P<words>.+)", re.M),  # a note
)
MARKS = re.compile(r"\{[^}]*\}|[\[\]*]")
SIGNS = frozenset(string.punctuation + "¦⟨⟩“”‘’—–")


def beginnings() -> dict[str, str]:
    """The first letters of all that references lead to, read from the sources."""
    found = {"versions": letters("The Resolution in Three Versions")}
    texts = {path: f"{text}/" for text, path in TEXTS.items()}
    for path in CONTENT.rglob("*.md"):
        prefix = texts.get(str(path.relative_to(CONTENT)), "")
        for named in NAMED:
            for match in named.finditer(path.read_text(encoding="utf-8")):
                words = letters(MARKS.sub("", match["words"]))[:30]
                found.setdefault(prefix + match["name"], words)
    return found


def places_of(sheets: list[Sheet], words: str, right: float = 1e9) -> list[tuple[str, int]]:
    """The numbers of the pages on which words stand, and of their lines by the figures beside them.

    Only what stands left of `right` is looked at.
    """
    found = []
    for sheet in sheets:
        for lines in sheet.lines.values():
            kept = [replace(one, glyphs=[g for g in one.glyphs if g.x0 < right]) for one in lines]
            stream = Stream.of([line for line in kept if line.glyphs], SIGNS)
            for match in re.finditer(re.escape(words), stream.letters):
                baseline = stream.lines[match.start()].baseline
                found.append((sheet.folio, number_of(sheet, baseline)))
    assert found, words
    return found


def number_of(sheet: Sheet, baseline: float) -> int:
    """The number of a line of text on its page; 0 where none is counted."""
    lines = {round(line.baseline): number for number, line in enumerate(sheet["text"])}
    for figure in sheet["figure"]:
        if round(figure.baseline) in lines and round(baseline) in lines:
            return int(figure.words) + lines[round(baseline)] - lines[round(figure.baseline)]
    return 0


def said(sheets: list[Sheet], begin: str, keys: dict[str, str], behind: str) -> set[str]:
    """What a reference may say of words that begin so, as letters alone; of a range to a line
    before the words `behind` it.

    Where A and C have the same words it may be either place.
    """
    table = next(n for n, s in enumerate(sheets) if "TheResolutioninThree" in titles(s))
    in_table = keys.get("in") == "versions"
    right = points(54) if in_table else 1e9  # mm: where the first of three columns ends
    places = places_of(sheets[table:] if in_table else sheets[: table + 1], begin, right)
    if keys.get("form") == "page" or not places[0][1]:
        return {f"p{page}" for page, _ in places}
    if not behind:
        return {f"p{page}l{line}" for page, line in places}
    (page, line), (last, below) = places[0], places_of(sheets[:table], behind)[0]
    assert page == last
    return {f"p{page}ll{line}{below - 1}"}


def titles(sheet: Sheet) -> str:
    return letters(Stream.of(sheet["title"]).letters)


def test_every_reference_names_the_place_of_its_target(built: Path) -> None:
    sheets = read_pdf(built / "letter-to-kamenev.pdf")
    first = next(n for n, sheet in enumerate(sheets) if sheet.folio == "1")
    words = beginnings()
    pdf = opened(built / "letter-to-kamenev.pdf")
    printed = letters("".join(page.extract_text() or "" for page in pdf.pages))
    checked = 0
    for path in sorted(CONTENT.rglob("*.md")):
        for match in REFERENCE.finditer(path.read_text(encoding="utf-8")):
            keys = dict(pair.split("=") for pair in match[3].split())
            if match[1] and "form" not in keys:
                continue
            what = said(
                sheets[first:],
                words[match[2]],
                keys,
                words.get(BEHIND.get(keys.get("to", ""), ""), ""),
            )
            shown = [letters(match[1]) + each for each in what]
            assert any(each in printed for each in shown), (match[0], shown)
            checked += 1
    assert checked > 10
