"""Composing: what appears where, and faults that were found and mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from printedition import pipeline
from printedition.book import tree
from printedition.sources import Span

Examine = Callable[[dict[str, str]], pipeline.Examination]


def book(examination: pipeline.Examination) -> tree.Book:
    assert examination.diagnostics == ()
    assert examination.book is not None
    return examination.book


def nodes(node: Any) -> Iterator[Any]:
    """Every node of a tree, once for each place where it stands."""
    if isinstance(node, tuple):
        for part in node:
            yield from nodes(part)
    elif is_dataclass(node) and not isinstance(node, Span):
        yield node
        for field in fields(node):
            yield from nodes(getattr(node, field.name))


def printed(node: Any) -> Iterator[str]:
    """The ids that a template prints for a tree: those of calls lead to their notes."""
    return (node.id for node in nodes(node) if getattr(node, "id", ""))


def hrefs(node: Any) -> list[str]:
    links = (one for one in nodes(node) if isinstance(one, tree.Phrase | tree.Reference))
    return [one.href for one in links if one.href]


def two_texts(order: str, a: str, b: str) -> dict[str, str]:
    return {
        "edition.yaml": "slug: 's'\ntitle: 'S'\nlang: 'en'\n"
        "witnesses:\n  - siglum: 'T'\n    description: 'One'\n"
        "texts:\n  - id: 'a'\n    file: 'a.md'\n  - id: 'b'\n    file: 'b/b.md'\n"
        f"book:\n{order}",
        "a.md": a,
        "b/b.md": b,
    }


PART = "::: {take=b/x words=two}\n:::\n"


def test_index_pointed_to_words_that_were_not_taken(edition: Examine) -> None:
    files = two_texts("  - text: 'a'\n  - index: 'i.yaml'\n", PART, "{#x}\none two three\n")
    files["i.yaml"] = "- heading: 'three'\n  forms:\n    - 'three'\n"
    _, index = book(edition(files)).sections
    assert index.index[0].items[0].locators == ()


def test_note_was_lost_on_words_that_first_appear_in_part(edition: Examine) -> None:
    order = "  - text: 'a'\n  - text: 'b'\n"
    files = two_texts(order, PART, "{#x}\none two three\n")
    files["b/commentary.md"] = "## b “three”\n\nA note.\n"
    first, second = book(edition(files)).sections
    assert first.notes == () and len(second.notes) == 1


def test_notes_of_the_text_were_lost_in_the_table_of_versions(edition: Examine) -> None:
    files = two_texts(
        "  - parallel: 'p.yaml'\n", "{#x}\none[^n]\n\n[^n]: Its note.\n", "{#y}\nno\n"
    )
    files["p.yaml"] = (
        "versions:\n  - text: 'a'\n    title: 'A'\n  - text: 'b'\n    title: 'B'\n"
        "rows:\n  - id: 'r'\n    title: 'R'\n    blocks:\n      - 'a/x'\n      - 'b/y'\n"
    )
    (table,) = book(edition(files)).sections
    assert [note.kind for note in table.notes] == ["text-note"]


def test_note_of_the_text_was_lost_where_words_are_taken(edition: Examine) -> None:
    files = two_texts("  - text: 'a'\n", PART, "{#x}\none two[^n] three\n\n[^n]: Its note.\n")
    (made,) = book(edition(files)).sections
    assert len(made.notes) == 1


def test_reference_in_a_note_led_nowhere(edition: Examine) -> None:
    files = {
        "letter/letter.md": "{#p1}\nGive\n\n{#p2}\nmatter\n",
        "letter/commentary.md": "## letter/p1 “Give”\n\nSee [below]{ref=p2}.\n",
    }
    (made,) = book(edition(files)).sections
    assert hrefs(made.notes) == ["letter.p2"]


def test_reference_to_a_block_that_runs_on_led_nowhere(edition: Examine) -> None:
    text = "{#p1}\nSee [there]{ref=p2}.\n\n{#p2 .run-on}\nHere.\n"
    (made,) = book(edition({"letter/letter.md": text})).sections
    assert hrefs(made) == ["letter.p1.p2"]
    assert "letter.p1.p2" in printed(made)


def test_reference_to_a_title_led_nowhere(edition: Examine) -> None:
    text = "{#head}\n# Title\n\nSee [above]{ref=head}.\n"
    (made,) = book(edition({"letter/letter.md": text})).sections
    assert hrefs(made) == ["letter"]


def test_margin_note_printed_twice_had_one_id(edition: Examine) -> None:
    files = two_texts("  - text: 'a'\n", '::: {take="b/x b/x"}\n:::\n', "{#x}\none\n")
    files["b/commentary.md"] = "## b “one” {.margin .each}\n\nA note.\n"
    (made,) = book(edition(files)).sections
    ids = [node.id for node in nodes(made) if isinstance(node, tree.MarginNote)]
    assert len(set(ids)) == 2


def test_reference_forward_and_back(edition: Examine) -> None:
    text = "{#p1}\nSee [there]{ref=p2}.\n\n{#p2}\nSee [back]{ref=p1}.\n"
    (made,) = book(edition({"letter/letter.md": text})).sections
    assert hrefs(made) == ["letter.p2", "letter.p1"]


def test_entry_keeps_its_parts_apart(edition: Examine) -> None:
    apparatus = (
        "- lemma: 'matter'\n  readings:\n    - wit: 'T'\n      corr: 'mater'\n"
        "      note: 'in *pencil*'\n"
    )
    (made,) = book(edition({"letter/apparatus.yaml": apparatus})).sections
    entry = made.notes[0].entry
    assert entry is not None
    lemma, (reading,) = entry.lemma, entry.readings
    assert (lemma.words, lemma.block) == ("matter", "letter.p1")
    assert "Give the matter good"[lemma.passage.start : lemma.passage.end] == "matter"
    assert (reading.kind, reading.text) == ("corr", "mater")
    assert reading.pieces == (tree.Piece("corr. from", editors=True), tree.Piece("mater"))
    assert reading.holders == tree.Holders(("T",), "")
    assert reading.note == (tree.Words("in "), tree.Phrase("em", (tree.Words("pencil"),)))
