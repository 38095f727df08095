"""Sections drawn apart and joined make the book that one rendering makes, byte for byte the same
in however many processes they were set."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdftypes import PDFObjRef, resolve1
from PIL import ImageChops

from printedition import pipeline
from printedition.book.templates import Templates
from printedition.diagnostics import Findings
from printedition.page import crew, numbers, workshop
from printedition.page.composing import Composer
from printedition.page.compositor import Compositor, Job
from printedition.page.deep import deeply
from printedition.page.engine import Engine
from printedition.page.foresight import Foresight
from printedition.page.frame import Frame
from printedition.page.furnished import FurnishedPage, HeadedPage
from printedition.page.index_setting import IndexSetting
from printedition.page.jobs import Brief
from printedition.page.press import Press, Printed
from printedition.page.setting import Setting
from printedition.page.style import Style
from printedition.page.table_composing import TableComposer
from printedition.page.table_setting import TableSetting
from printedition.sources import DiskSources, MemorySources, Sources

TOP = Path(__file__).resolve().parent.parent


def picture() -> bytes:
    """A PNG of four grey dots, half of them transparent."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 4, 0, 0, 0))
    dots = chunk(b"IDAT", zlib.compress(b"\0\x20\xff\x80\x80" * 2))
    return b"\x89PNG\r\n\x1a\n" + head + dots + chunk(b"IEND", b"")


def _long(words: int) -> str:
    return " ".join(f"{('good', 'thought', 'matter', 'union')[n % 4]} {n}" for n in range(words))


FILES: Mapping[str, str | bytes] = {
    "edition.yaml": (
        "slug: 'joined'\ntitle: 'A joined edition'\nlang: 'en'\ndate: '2024-05-01'\n"
        "witnesses:\n"
        "  - siglum: 'T'\n    description: 'The first witness'\n    base: true\n"
        "  - siglum: 'V'\n    description: 'The second witness'\n"
        "texts:\n"
        "  - id: 'letter'\n    file: 'letter/letter.md'\n"
        "  - id: 'reply'\n    file: 'reply/reply.md'\n"
        "book:\n  - front: 'contents'\n  - prose: 'front/preface.md'\n"
        "  - sigla: 'Witnesses'\n  - text: 'letter'\n  - text: 'reply'\n"
    ),
    "front/preface.md": (
        "# Preface\n\nOf [γνῶθι σεαυτόν]{lang=grc} and the rest.[^1]\n\n- one\n- two\n\n"
        "  - two and a half\n\n1. first\n2. second\n\n"
        "| Head | Other |\n|---|---|\n| cell | *cell* |\n| more | cells |\n\n"
        "![Four dots](dots.png)\n\nSee [the letter]{ref=letter} and [a site](https://example.org).\n\n"
        "[^1]: A note of the preface.\n"
    ),
    "front/dots.png": picture(),
    "letter/letter.md": (
        "# A letter\n\n{#p1}\nGive the matter good thought, my dear [Πέτρε]{lang=grc}.\n\n"
        f"{{#p2}}\n{_long(300)}\n\n{{#p3}}\nHere the letter ends.\n"
    ),
    "letter/apparatus.yaml": (
        "- lemma: 'good thought'\n  in: 'p1'\n  readings:\n    - wit: 'V'\n      text: 'thought'\n"
        "- lemma: 'thought 1'\n  in: 'p2'\n  to: 'matter 298'\n  readings:\n"
        "    - wit: 'V'\n      om: true\n"
    ),
    "letter/commentary.md": (
        f"## p1 “dear”\n\n{_long(500)}\n\n## p1 “matter” {{.margin}}\n\nA margin note.\n"
    ),
    "reply/reply.md": "# A reply\n\n{#p1}\nThe matter *has* had [good]{.unclear} thought.\n",
    "reply/apparatus.yaml": (
        "- lemma: 'had'\n  in: 'p1'\n  readings:\n    - wit: 'V'\n      text: 'had had'\n"
    ),
}


class OneRendering(Press):
    """Composes each page into its sheet of the frame, and draws nothing apart."""

    def brief(self, name: str) -> Brief | None:
        brief = super().brief(name)
        return None if brief is None else replace(brief, numbers=None)

    def job(self, brief: Brief) -> Job:
        job = super().job(brief)
        vars(self).setdefault("jobs", {})[brief.id] = job
        return job

    def _pages(self, frame: Frame) -> tuple[list[Any], dict[str, Any]]:
        pages: list[Any] = [HeadedPage.of(page) for page in frame.document.pages]
        compositor = Compositor(self.engine, self.answer)
        for section in self.book.sections:
            job = vars(self)["jobs"][section.id]
            places = self.laid[section.id].places
            compositor.set(job)
            _, laid = compositor._set[section.id]
            composer: Composer | TableComposer | None = None
            if isinstance(laid, Setting):
                laid.settle(lambda number, places=places: places[number].folio)
                composer = Composer(laid)
            elif isinstance(laid, TableSetting):
                laid.settle(lambda number, places=places: places[number].folio)
                composer = TableComposer(laid)
            for number, place in enumerate(places):
                box = pages[frame.sheet(section.id, number)]._page_box
                artifacts: list[Any] = []
                if isinstance(laid, IndexSetting):
                    roots, artifacts = laid.compose(number, place.left, place.top)
                elif composer is None:
                    roots = [laid.content(number)]
                else:
                    composed = composer.compose(number, place.left, place.top, place.recto)
                    roots, artifacts = composed.roots, composed.artifacts
                box.children = [*roots, *box.children[1:]]
                page = FurnishedPage(box, artifacts, self.engine.image)
                pages[frame.sheet(section.id, number)] = page
        return pages, {}


def pressed(sources: Sources, workers: int = 0, kind: type[Press] = Press) -> tuple[Any, Findings]:
    """What is printed of an edition, and what the press has to say of it."""
    examined = pipeline.examine(sources)
    edition, book = examined.edition, examined.book
    assert edition is not None and book is not None, examined.diagnostics
    style = Style(
        edition.page,
        edition.bands,
        edition.lines,
        edition.calling,
        edition.conventions,
        edition.index_settings,
    )
    render, findings = Templates(sources).render, Findings()
    hands = crew.Crew(workers) if workers else None
    press = kind(book, style, sources, render, findings, lambda _step, _detail: None, hands)
    return press.run(), findings


def printed(sources: Sources, workers: int = 0, kind: type[Press] = Press) -> Printed:
    """The book of an edition without faults."""
    made, findings = pressed(sources, workers, kind)
    assert isinstance(made, Printed)
    assert not findings.diagnostics
    return made


@pytest.fixture(scope="module")
def joined() -> Printed:
    return printed(MemorySources(FILES))


# As one rendering


def _differing(one: bytes, other: bytes) -> Iterator[int]:
    """The pages that differ in a dot."""
    books = pypdfium2.PdfDocument(one), pypdfium2.PdfDocument(other)
    assert len(books[0]) == len(books[1])
    for number in range(len(books[0])):
        first, second = (book[number].render(scale=1.5).to_pil().convert("RGB") for book in books)
        if first.size != second.size or ImageChops.difference(first, second).getbbox():
            yield number


def _plain(item: Any) -> Any:
    item = resolve1(item)
    return item.decode("latin-1") if isinstance(item, bytes) else str(item)


class Structure:
    """The tags of a PDF as nested lists, and what else stands beside its pages."""

    def __init__(self, data: bytes, path: Path) -> None:
        path.write_bytes(data)
        with pdfplumber.open(path) as pdf:
            catalog = pdf.doc.catalog
            pages = {page.page_obj.pageid: n for n, page in enumerate(pdf.pages)}
            self.names: dict[str, str] = {}  # identifiers hold numbers of objects: by their order
            self.tags = self._walk(resolve1(catalog["StructTreeRoot"])["K"], pages)
            dests = resolve1(resolve1(catalog["Names"])["Dests"])["Names"]
            self.anchors = [
                [_plain(dests[n]), pages[dests[n + 1][0].objid], dests[n + 1][2:]]
                for n in range(0, len(dests), 2)
            ]
            self.outline = [
                (level, title, pages[dest[0].objid], dest[2:])
                for level, title, dest, _, _ in pdf.doc.get_outlines()
            ]
            self.labels = resolve1(catalog["PageLabels"])
            self.links = [
                [(link["uri"], _plain(link["data"].get("Dest")), link["data"]["Rect"])
                 for link in page.annots]
                for page in pdf.pages
            ]  # fmt: skip
            self.words = [
                sorted((word["text"], word["x0"], word["top"]) for word in page.extract_words())
                for page in pdf.pages
            ]
            self.marked = [
                sorted(
                    (c["mcid"], c["tag"], c["text"]) for c in page.chars if c["mcid"] is not None
                )
                for page in pdf.pages
            ]

    def _name(self, item: Any) -> str:
        return self.names.setdefault(_plain(item), f"#{len(self.names)}")

    def _walk(self, kid: Any, pages: Mapping[int, int]) -> Any:
        kid = resolve1(kid)
        if isinstance(kid, list):
            return [self._walk(one, pages) for one in kid]
        if isinstance(kid, int):
            return kid
        if "Obj" in kid:
            return "link", _plain(resolve1(kid["Obj"]).get("Dest"))
        attributes = dict(resolve1(kid.get("A", {})))
        attributes["Headers"] = [self._name(one) for one in attributes.get("Headers", ())]
        page = kid["Pg"].objid if isinstance(kid.get("Pg"), PDFObjRef) else 0
        said = [_plain(kid.get(key)) for key in ("S", "Lang", "Alt")]
        name = self._name(kid["ID"]) if "ID" in kid else ""
        return said, name, str(attributes), pages.get(page), self._walk(kid.get("K", []), pages)


def _assert_same(one: bytes, other: bytes, folder: Path) -> None:
    first, second = Structure(one, folder / "one.pdf"), Structure(other, folder / "other.pdf")
    for part in ("words", "marked", "tags", "anchors", "outline", "labels", "links"):
        assert getattr(first, part) == getattr(second, part), part
    assert list(_differing(one, other)) == []


def test_joined_pages_are_those_of_one_rendering(joined: Printed, tmp_path: Path) -> None:
    """Dot for dot, with lists, a table, a picture, Greek, links, notes over pages and beside."""
    whole = printed(MemorySources(FILES), kind=OneRendering)
    assert len(joined.labels) > 8
    _assert_same(joined.data, whole.data, tmp_path)


def test_a_section_without_room_for_its_objects_is_written_all_the_same(
    joined: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some sections have none, and their tags stand among those of the others as they should."""
    monkeypatch.setattr(numbers, "_LEAST", 32)
    monkeypatch.setattr(numbers, "_wanted", lambda section: 1000 * ("i" in section.id))
    crowded = printed(MemorySources(FILES))
    assert crowded.data != joined.data
    _assert_same(joined.data, crowded.data, tmp_path)


@pytest.mark.slow
@pytest.mark.slower
def test_the_real_edition_is_joined_as_it_is_rendered(tmp_path: Path) -> None:
    sources = DiskSources(TOP / "content")
    _assert_same(printed(sources).data, printed(sources, kind=OneRendering).data, tmp_path)


# In processes


@pytest.mark.parametrize("workers", [1, 3])
def test_processes_change_no_byte(joined: Printed, workers: int) -> None:
    assert printed(MemorySources(FILES), workers).data == joined.data


def test_a_process_that_dies_is_not_missed(
    joined: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out = workshop.Workshop.lay_out

    def dying(self: workshop.Workshop, *arguments: Any) -> None:
        self.crew.hands[0].process.kill()
        lay_out(self, *arguments)

    monkeypatch.setattr(workshop.Workshop, "lay_out", dying)
    assert printed(MemorySources(FILES), 1).data == joined.data


def test_a_warning_in_a_process_is_reported() -> None:
    """A character that no font has stands in a section set elsewhere."""
    files = {**FILES, "reply/reply.md": "# A reply\n\n{#p1}\nIt had 𓀀 thought.\n"}
    found = [pressed(MemorySources(files), workers)[1].diagnostics for workers in (0, 1)]
    assert "PDF003" in {one.code for one in found[0]}
    assert found[0] == found[1]


def test_a_short_book_is_set_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    book = pipeline.examine(MemorySources(FILES)).book
    assert book is not None
    monkeypatch.setattr(crew, "processors", lambda: 2)
    assert crew.hands_for(book.sections) == 0
    monkeypatch.setattr(crew, "WORTH_A_PROCESS", 1)
    assert crew.hands_for(book.sections) == 1


# Where pages are foreseen


def _drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sections that are drawn from now on."""
    names: list[str] = []
    draw = Compositor.draw

    def counted(self: Compositor, name: str, *arguments: Any) -> Any:
        names.append(name)
        return draw(self, name, *arguments)

    monkeypatch.setattr(Compositor, "draw", counted)
    return names


def test_each_section_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages are foreseen, blank ones before it and all."""
    names = _drawings(monkeypatch)
    printed(MemorySources(FILES))
    assert sorted(names) == sorted({*names})
    assert {"contents", "letter", "reply"} <= {*names}


def test_a_text_that_quotes_a_later_page_is_laid_out_and_drawn_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its note alone is laid out again, before the text is drawn."""
    laid: list[str] = []
    lay_out = Engine.lay_out

    def counted(self: Engine, html: str, *more: str, **wishes: bool) -> Any:
        laid.append(html)
        return lay_out(self, html, *more, **wishes)

    names = _drawings(monkeypatch)
    monkeypatch.setattr(Engine, "lay_out", counted)
    note = "## p1 “dear”\n\nSee []{ref=reply/p1 form=page}.\n"
    printed(MemorySources({**FILES, "letter/commentary.md": note}))
    assert names.count("letter") == 1
    assert sum("Here the letter ends." in html for html in laid) == 1


def test_a_section_set_for_the_wrong_side_is_set_again(
    joined: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stood after an index of several pages was drawn as it had been set before that."""
    is_recto = Foresight.is_recto
    asked: set[str] = set()

    def wrongly(self: Foresight, section: str, *arguments: Any) -> bool | None:
        right = is_recto(self, section, *arguments)
        if right is None or section in asked:
            return right
        asked.add(section)
        return not right

    monkeypatch.setattr(Foresight, "is_recto", wrongly)
    assert printed(MemorySources(FILES)).data == joined.data
    assert asked


def test_a_section_whose_pages_are_foreseen_wrongly_is_drawn_anew(
    joined: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    places_of = Foresight.places

    def wrongly(self: Foresight, section: str, *arguments: Any) -> Any:
        places = places_of(self, section, *arguments)
        return (*places[1:], places[0]) if places else None

    names = _drawings(monkeypatch)
    monkeypatch.setattr(Foresight, "places", wrongly)
    assert printed(MemorySources(FILES)).data == joined.data
    assert names.count("letter") == 2


def test_boxes_nested_deeply_come_out_of_a_process() -> None:
    """Pickle gives up on what WeasyPrint has laid out."""
    ours, theirs = Pipe()
    deep: list[Any] = []
    for _ in range(sys.getrecursionlimit()):
        deep = [deep]
    with deeply():
        theirs.send(("drawn", deep))
    _, deep = ours.recv()
    assert len(deep) == 1
