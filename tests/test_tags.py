"""The structure tree of a finished PDF: what a screen reader is told, read by pdfminer.

PDF/UA-1 (ISO 14289-1) 7.2, 7.9, 7.18; the Matterhorn protocol has a check for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from pdfminer.pdftypes import PDFObjRef, resolve1

from conformance import UA1, against
from printedition.pipeline import build
from printedition.sources import MemorySources

PARAGRAPHS = 9
LONG = " ".join(f"and{n} so it goes on for a long while" for n in range(130))


@dataclass
class Element:
    """An element of the tree: its kind, its ID, where its links lead, and what it holds."""

    kind: str
    id: str = ""
    lang: str = ""
    links: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    kids: list[Element] = field(default_factory=list)

    def all(self, kind: str) -> Iterator[Element]:
        if self.kind == kind:
            yield self
        for kid in self.kids:
            yield from kid.all(kind)


def read_tree(path: Path) -> Element:
    """The whole tree, its links with the names of their destinations."""
    with pdfplumber.open(path) as pdf:
        numbers = {page.page_obj.pageid: page.page_number for page in pdf.pages}
        root = resolve1(pdf.doc.catalog["StructTreeRoot"])
        return _element({"S": None, "K": root["K"]}, numbers, None)


def _element(node: Any, numbers: dict[int, int], page: int | None) -> Element:
    made = Element(node["S"].name if node["S"] is not None else "")
    made.id = (resolve1(node.get("ID")) or b"").decode("latin-1")
    made.lang = (resolve1(node.get("Lang")) or b"").decode("latin-1")
    if isinstance(node.get("Pg"), PDFObjRef):
        page = numbers.get(node["Pg"].objid)
    kids = resolve1(node.get("K"))
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = resolve1(kid)
        if isinstance(kid, int) and page is not None:
            made.pages.add(page)
        elif isinstance(kid, dict) and "S" in kid:
            made.kids.append(_element(kid, numbers, page))
        elif isinstance(kid, dict) and "Obj" in kid:
            annotation = resolve1(kid["Obj"])
            destination = resolve1(annotation.get("Dest"))
            if isinstance(destination, bytes):
                made.links.append(destination.decode())
    made.pages |= {page for kid in made.kids for page in kid.pages}
    return made


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Element:
    folder = tmp_path_factory.mktemp("tags")
    paragraphs = "\n\n".join(
        f"{{#p{n}}}\nThe word{n} stands here with *some more* words of paragraph {n}. {LONG}"
        for n in range(1, PARAGRAPHS + 1)
    )
    done = build(
        MemorySources(
            {
                "edition.yaml": """slug: 'tags'
title: 'Tags'
lang: 'en'
date: '2026-01-31'
people:
  - name: 'Ada Example'
    role: 'author'
witnesses:
  - siglum: 'A'
    description: 'A copy'
texts:
  - id: 'letter'
    file: 'letter.md'
    title: 'The Letter'
book:
  - front: 'title-page'
  - text: 'letter'
""",
                "letter.md": "# The Letter\n\n" + paragraphs + " [λόγος]{lang=grc}.\n",
                "apparatus.yaml": "".join(
                    f"- lemma: 'word{n}'\n  readings:\n    - wit: 'A'\n      om: true\n"
                    f"- lemma: 'word{n} stands'\n  readings:\n    - wit: 'A'\n      text: 'x{n}'\n"
                    for n in range(1, PARAGRAPHS + 1)
                ),
                "commentary.md": "\n".join(
                    f"## “paragraph {n}” {{.foot}}\n\nA note. {LONG if n == 3 else ''}\n\n"
                    f"## “here with” {{.margin nth=1}}\n\nBeside {n}.\n"
                    if n == 1
                    else f"## “paragraph {n}” {{.foot}}\n\nA note. {LONG if n == 3 else ''}\n"
                    for n in range(1, PARAGRAPHS + 1)
                ).replace("“here with” {.margin nth=1}", "p1 “stands” {.margin}"),
            }
        ),
        output=folder,
        formats=frozenset({"pdf"}),
    )
    assert [found.message for found in done.diagnostics if found.severity.value == "error"] == []
    return read_tree(folder / "tags.pdf")


def test_a_paragraph_over_pages_is_one_element(tree: Element) -> None:
    """Its parts belong together for a reader who hears it (PDF/UA-1 7.1)."""
    (text,) = [sect for sect in tree.all("Sect") if len(list(sect.all("P"))) >= PARAGRAPHS]
    own = [kid for kid in text.kids if kid.kind == "P"]
    assert len(own) == PARAGRAPHS
    assert any(len(paragraph.pages) > 1 for paragraph in own)


def test_every_note_has_an_id_of_its_own(tree: Element) -> None:
    """Note with an ID that stands once (PDF/UA-1 7.9)."""
    ids = [note.id for note in tree.all("Note")]
    assert len(ids) == 2 * PARAGRAPHS + PARAGRAPHS + 1
    assert "" not in ids and len(set(ids)) == len(ids)


def test_a_note_over_pages_is_one_element(tree: Element) -> None:
    assert any(len(note.pages) > 1 for note in tree.all("Note"))


def test_notes_and_words_lead_to_one_another(tree: Element) -> None:
    """Every entry and note has a link to its words, and these have one to it or to one that
    ends on the same word."""
    inside = {link for note in tree.all("Note") for each in note.all("Link") for link in each.links}
    everywhere = {link for each in tree.all("Link") for link in each.links}
    to_notes = everywhere - inside
    notes = [note for note in tree.all("Note") if list(note.all("Link"))]
    assert len(notes) == 3 * PARAGRAPHS  # all but the margin note, which hangs beside its words
    for note in notes:
        (back,) = {link for each in note.all("Link") for link in each.links}
        assert "-call." in back or f"{back}.entry" in to_notes
    assert len([name for name in to_notes if name.endswith(".note")]) == PARAGRAPHS


def test_links_hold_words_alone(tree: Element) -> None:
    """A link in a link, or a phrase in one, would not be read (PDF/UA-1 7.18.5)."""
    assert all(not link.kids for link in tree.all("Link"))


def test_another_language_is_told(tree: Element) -> None:
    """PDF/UA-1 7.2: the language of a phrase, where it is not that of the book."""

    def languages(element: Element) -> Iterator[str]:
        yield element.lang
        for kid in element.kids:
            yield from languages(kid)

    assert "grc" in set(languages(tree))


def test_notes_follow_the_text_of_their_page_and_margin_notes_their_paragraph(
    tree: Element,
) -> None:
    """The order of reading: text, then its notes; margin notes after their paragraph."""
    (text,) = [sect for sect in tree.all("Sect") if len(list(sect.all("P"))) >= PARAGRAPHS]
    kinds = [kid.kind for kid in text.kids]
    first = kinds.index("P")
    assert kinds[first : first + 2] == ["P", "Note"]


def test_a_list_over_pages_is_one_list(tmp_path: Path) -> None:
    """Its parts on each page were lists of their own, and an item that broke was two."""
    items = "\n".join(f"{n}. Item {n}, of which there is {LONG[:700]}." for n in range(1, 31))
    files = {
        "edition.yaml": (
            "slug: 'tags'\ntitle: 'Tags'\nlang: 'en'\ntexts:\n  - id: 'a'\n    file: 'a.md'\n"
            "witnesses:\n  - siglum: 'A'\n    description: 'A copy'\n"
            "book:\n  - prose: 'list.md'\n  - text: 'a'\n"
        ),
        "a.md": "# A text\n\nWords.\n",
        "list.md": f"# A list\n\n{items}\n",
    }
    formats = frozenset({"pdf"})
    done = build(MemorySources(files), output=tmp_path, formats=formats)
    assert done.diagnostics == ()
    tree = read_tree(tmp_path / "tags.pdf")
    (whole,) = tree.all("L")
    assert len(whole.pages) >= 4
    assert [kid.kind for kid in whole.kids] == ["LI"] * 30
    assert [[kid.kind for kid in item.kids] for item in whole.kids] == [["Lbl", "LBody"]] * 30
    assert any(len(item.pages) == 2 for item in whole.kids)


def test_a_table_over_pages_has_one_head_and_its_cells_name_that(tmp_path: Path) -> None:
    """Each page had an empty head more, and its cells named heads that nothing was tagged as."""
    rows = "\n".join(f"| Row {n} | {LONG[:300]} | Said of {n} |" for n in range(1, 31))
    files = {
        "edition.yaml": (
            "slug: 'tags'\ntitle: 'Tags'\nlang: 'en'\ntexts:\n  - id: 'a'\n    file: 'a.md'\n"
            "book:\n  - prose: 'table.md'\n  - text: 'a'\n"
        ),
        "a.md": "# A text\n\nWords.\n",
        "table.md": f"# A table\n\n| Name | Words | Of it |\n|---|---|---|\n{rows}\n",
    }
    done = build(MemorySources(files), output=tmp_path, formats=frozenset({"pdf"}))
    assert done.diagnostics == ()
    tree = read_tree(tmp_path / "tags.pdf")
    (whole,) = tree.all("Table")
    assert len(whole.pages) >= 3
    assert [kid.kind for kid in whole.kids] == ["THead", "TBody"]
    assert [len(kid.kids) for kid in whole.kids] == [1, 30]
    assert against(tmp_path / "tags.pdf", UA1) == []


def test_links_of_the_first_pages_were_told_as_pages(tmp_path: Path) -> None:
    """They had the numbers 7 and 8 in the list that tells what a page's words are tagged as."""
    files = {
        "edition.yaml": (
            "slug: 'tags'\ntitle: 'Tags'\nlang: 'en'\ntexts:\n  - id: 'a'\n    file: 'a.md'\n"
            "book:\n  - prose: 'preface.md'\n  - text: 'a'\n"
        ),
        "preface.md": "# Preface\n\nA word.[^1]\n\n[^1]: A note.\n",
        "a.md": "# A text\n\n" + f"{LONG}\n\n" * 6,
    }
    done = build(MemorySources(files), output=tmp_path, formats=frozenset({"pdf"}))
    assert done.diagnostics == ()
    with pikepdf.open(tmp_path / "tags.pdf") as pdf:
        assert len(pdf.pages) > 12
        keys = [int(leaf.Nums[at]) for leaf in pdf.Root.StructTreeRoot.ParentTree.Kids
                for at in range(0, len(leaf.Nums), 2)]  # fmt: skip
    assert keys == sorted(set(keys))
    assert against(tmp_path / "tags.pdf", UA1) == []
