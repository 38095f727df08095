"""The e-book: valid, the same each time, its notes linked both ways."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from epubchecking import messages_on
from printedition.book import tree
from printedition.book.index_printer import IndexPrinter, PagePlace
from printedition.book.settled import Settled
from printedition.diagnostics import Findings
from printedition.ebook import LinkToNothing, write_ebook
from printedition.edition.index import IndexSettings
from printedition.page.ebook_sheet import check_ebook_sheet
from printedition.sources import MemorySources

TOP = Path(__file__).resolve().parent.parent
PLACES = {"place.1": PagePlace(6, "3"), "place.2": PagePlace(8, "5")}
TYPE = "{http://www.idpf.org/2007/ops}type"


ENVIRONMENT = SandboxedEnvironment(
    loader=FileSystemLoader(TOP / "templates"), autoescape=True, undefined=StrictUndefined
)


def render(name: str, **context: Any) -> str:
    return ENVIRONMENT.get_template(name).render(**context)


def picture() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0))
    dots = chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff\xff" * 4))
    return b"\x89PNG\r\n\x1a\n" + head + dots + chunk(b"IEND", b"")


def words(text: str) -> tuple[tree.Inline, ...]:
    return (tree.Words(text),)


def paragraph(text: str, **more: Any) -> tree.Paragraph:
    return tree.Paragraph(more.pop("kinds", ()), words(text), **more)


def section(kind: str, title: str = "", **more: Any) -> tree.Section:
    front = more.pop("front", False)
    return tree.Section(kind, more.pop("id", kind), title, title, front, **more)


def call(kind: str, label: str, name: str) -> tree.Call:
    note = tree.FootNote(
        kind, label, name, f"{name}-call", (paragraph("says “this” & that"),), "on “word”"
    )
    return tree.Call(kind, label, note.call_id, note)


def a_book() -> tree.Book:
    entry, note = call("entry", "a", "letter.entry.1"), call("note", "1", "letter.note.1")
    moved = call("note", "1", "versions.note.1")
    opening = tree.Paragraph(
        ("salutation",),
        (
            tree.Words("un"),
            tree.Phrase("supplied", words("touch"), opening="⟨", closing="⟩"),
            tree.Words("ed"),
            entry,
            tree.Words(" "),
            tree.Phrase("em", (tree.Phrase("locus", words("per se"), id="place.1"),), lang="la"),
            note,
            tree.MarginNote("letter.margin.1", "letter.p1.1.w0", (paragraph("beside"),), "date"),
            tree.PageTurn("|", "2"),
            tree.Break(3),
            tree.Phrase("ref", words("the table"), href="versions.1"),
            tree.Phrase("link", words("there"), href="https://example.org/", external=True),
        ),
        "letter.n1",
    )
    blocks: tuple[tree.Block, ...] = (
        opening,
        tree.Heading(2, words("Head"), "letter.head"),
        tree.Container("quotation", (), (paragraph("quoted"),), "letter.q", "la"),
        tree.Listing(None, ((paragraph("one"),), (paragraph("two"), paragraph("three")))),
        tree.Table((words("h"), words("i")), ((words("1"), words("2")),), ("left", "right")),
        tree.Figure(tree.Picture("pictures/seal.png", "A seal"), words("The seal")),
    )
    locator = tree.Locator("place.1", "Letter ¶ 1")
    item = tree.IndexItem(
        "index.1", "se", "Latin", (locator, locator), (), (tree.OtherHeading("index.2", "word"),)
    )
    other = tree.IndexItem("index.2", "word", "", (), (tree.OtherHeading("index.1", "se"),), ())
    cells = (
        tree.Cell("A", "Draft", (tree.Paragraph((), (tree.Words("one"), moved), "versions.A.1"),)),
        tree.Cell("B", "Copy", ()),
    )
    sections = (
        section("half-title", front=True),
        section("title-page", front=True),
        section("imprint", "Imprint", front=True),
        section("contents", "Contents", front=True, contents=(
            tree.ContentsRow("letter", "A letter", 1),)),
        section("prose", "Preface", id="preface", front=True, blocks=(
            tree.Paragraph((), (tree.Words("See the "),
                                tree.Phrase("ref", words("contents"), href="contents"))),)),
        section("sigla", "Sigla", sigla=(tree.SigilRow("P", words("The print"), "1922"),),
                signs=(tree.SignRow("⟨words⟩", "supplied"),), front=True),
        section("text", "A letter", id="letter", heading=words("A letter"), blocks=blocks,
                notes=(entry.note, note.note),
                dates=(tree.DateRow("written", "26 May 1922", "inferred", words("hand")),)),
        section("parallel", "Versions", id="versions", notes=(moved.note,),
                versions=(tree.VersionHead("A", "Draft", "1921"),
                          tree.VersionHead("B", "Copy", "")),
                rows=(tree.VersionRow("versions.1", "First", cells),)),
        section("commentary", "Commentary", end_notes=(("A letter", (
            tree.EndNote("commentary.1", "Letter ¶ 1", "letter.n1", "per se",
                         (paragraph("by itself"),)),)),)),
        section("corrections", "Corrections", siglum="P", corrections=(
            tree.Correction("letter.n1", "Letter ¶ 1", "word",
                            tree.Reading("text", "", "wrod", tree.Holders(("P",), ""))),)),
        section("index", "Index", index=(tree.IndexGroup("S", (item, other)),)),
    )  # fmt: skip
    return tree.Book(
        slug="small", title="A small book", subtitle="Tried", short_title="Small", lang="en",
        identifier="", revision="3", date="2026-01-02", publisher="", description="A trial.",
        subjects=("Trials",),
        people=(tree.Person("Ann Other", "Other, Ann", "author", "aut"),
                tree.Person("Ed Itor", "Itor, Ed", "editor", "edt")),
        imprint=tree.Imprint((words("A manuscript."),), (words("No rights."),), (words("So."),)),
        sections=sections, pictures=(("pictures/seal.png", picture()),),
    )  # fmt: skip


def write(book: tree.Book, files: dict[str, bytes] | None = None) -> bytes:
    style = (TOP / "styles" / "ebook.css").read_text(encoding="utf-8")
    modified = datetime(2026, 1, 2, 3, 4, 5)
    indexes = IndexPrinter.of(book, PLACES, IndexSettings())
    return write_ebook(
        Settled(book),
        render=render,
        stylesheet=f"@import url({next(iter(files))});" if files else style,
        files={f"styles/{name}": data for name, data in (files or {}).items()},
        cover=picture(),
        modified=modified,
        indexes=indexes,
    )


def pages(written: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xhtml", ".opf"))
        }


def test_what_a_style_brings_in_is_in_the_ebook(tmp_path: Path) -> None:
    path = tmp_path / "styled.epub"
    files = {"more.css": b"p { background: url(dot.png) }", "dot.png": picture()}
    path.write_bytes(write(a_book(), files))
    assert {"OEBPS/css/more.css", "OEBPS/css/dot.png"} <= {*zipfile.ZipFile(path).namelist()}
    assert messages_on(path) == []


def test_own_style_of_the_ebook_may_import_another() -> None:
    """The engine asked for it, and the build ended in a traceback."""
    styles = {"styles/ebook.css": '@import url("more.css");', "styles/more.css": "p { margin: 0 }"}
    findings = Findings()
    assert check_ebook_sheet(MemorySources(styles), findings) == {
        "styles/more.css": b"p { margin: 0 }"
    }
    assert not findings.diagnostics


def test_epubcheck_has_nothing_to_say(tmp_path: Path) -> None:
    path = tmp_path / "small.epub"
    path.write_bytes(write(a_book()))
    assert messages_on(path) == []


def test_two_writes_are_equal() -> None:
    assert write(a_book()) == write(a_book())


def test_an_included_edition_and_its_first_section_are_one_place_in_the_older_navigation() -> None:
    """EPUBCheck wants one order of playing for what leads to one target."""
    book = a_book()
    sections = [
        replace(each, level=2, collection="An edition") if each.id == "letter" else each
        for each in book.sections
    ]
    with zipfile.ZipFile(io.BytesIO(write(replace(book, sections=tuple(sections))))) as archive:
        ncx = etree.fromstring(archive.read("OEBPS/toc.ncx"))
    points = list(ncx.iter("{*}navPoint"))
    rows = [
        (each.findtext("{*}navLabel/{*}text"), each.find("{*}content").get("src"))
        for each in points
    ]
    leading = {label for label, target in rows if target.startswith("text/06-letter.xhtml")}
    assert {"An edition", "A letter"} <= leading
    orders: dict[str, set[str]] = {}
    for each, (_, target) in zip(points, rows, strict=True):
        orders.setdefault(target, set()).add(each.get("playOrder"))
    assert {len(each) for each in orders.values()} == {1}
    assert len({each.get("id") for each in points}) == len(points)


def test_archive_is_in_order() -> None:
    with zipfile.ZipFile(io.BytesIO(write(a_book()))) as archive:
        first, *others = archive.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    assert [entry.filename for entry in others] == sorted(entry.filename for entry in others)
    assert {entry.external_attr >> 16 for entry in others} == {0o100644}


def test_notes_are_linked_both_ways() -> None:
    found = 0
    for page in pages(write(a_book())).values():
        by_id = {element.get("id"): element for element in page.iter() if element.get("id")}
        for link in page.iter("{*}a"):
            if link.get(TYPE) == "noteref":
                note = by_id[link.get("href")[1:]]
                assert note.get(TYPE) == "footnote"
                back = next(note.iter("{*}a"))
                assert back.get("role") == "doc-backlink"
                assert back.get("href") == "#" + link.get("id")
                found += 1
    assert found == 3


def test_no_blank_is_added_or_lost() -> None:
    page = pages(write(a_book()))["OEBPS/text/06-letter.xhtml"]
    (opening,) = page.xpath("//*[@id='letter.n1']")
    beside = opening.getprevious()
    assert (beside.get("class"), "".join(beside.itertext()).strip()) == ("margin date", "beside")
    assert "".join(opening.itertext()) == ("un⟨touch⟩eda per se1|2\u2003\u2002the tablethere")


def test_links_name_other_files() -> None:
    page = pages(write(a_book()))["OEBPS/text/10-index.xhtml"]
    links = [a.get("href") for a in page.iter("{*}a")]
    assert links.count("06-letter.xhtml#place.1") == 1, "a repeated place is printed once"


def test_link_to_nothing_is_named() -> None:
    book = a_book()
    lost = tree.Paragraph((), (tree.Phrase("ref", words("gone"), href="nowhere"),))
    prose = section("prose", "Lost", id="lost", blocks=(lost,))
    with pytest.raises(LinkToNothing) as raised:
        write(replace(book, sections=(*book.sections, prose)))
    assert raised.value.target == "nowhere"


def test_page_is_well_formed() -> None:
    book = a_book()
    context = {"book": book, "pages": {"letter": "12"}, "loci": {}}
    context |= {"calling": "numerals", "paragraphs": False}
    context["indexes"] = IndexPrinter.of(book, PLACES, IndexSettings())
    ids = []
    for each in book.sections:
        root = etree.fromstring(render("page/galley.html", section=each, **context))
        ids += root.xpath("body/section/@id")
        assert not root.xpath("//*[contains(@class, 'footnote')]")
        if each.kind == "contents":
            assert root.xpath("//span[@class='folio']/text()") == ["12"]
    assert ids == [each.id for each in book.sections]
    letter = next(each for each in book.sections if each.id == "letter")
    blocks = (("notes", letter.notes),)
    notes = etree.fromstring(
        render("page/notes.html", section=letter, bands=blocks, widths={}, keys={}, **context)
    )
    assert notes.xpath("//div[contains(@class, 'note')]/@id") == [one.id for one in letter.notes]
    etree.fromstring(render("page/cover.html", book=book))
