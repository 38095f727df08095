"""What references say, and to which appearance they lead, before anything is laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from printedition import pipeline
from printedition.book import tree
from printedition.book.footing import at_foot
from printedition.book.pointing import words_in_print, words_without_pages
from printedition.book.reference_terms import REFERENCE_TERMS
from printedition.reading.reference_shapes import REFERENCE_TERMS as KEYS

Examine = Callable[[dict[str, str]], pipeline.Examination]
HEAD = "slug: 's'\ntitle: 'S'\nlang: 'en'\nwitnesses:\n  - siglum: 'T'\n    description: 'One'\n"
TEXTS = "texts:\n  - id: 'a'\n    file: 'a.md'\n  - id: 'b'\n    file: 'b/b.md'\n    title: 'Bee'\n"
A_THEN_B = "book:\n  - text: 'a'\n  - text: 'b'\n"


def book(examination: pipeline.Examination) -> tree.Book:
    assert examination.diagnostics == ()
    assert examination.book is not None
    return examination.book


def two(
    edition: Examine, a: str, b: str, order: str = A_THEN_B, more: str = "", **files: str
) -> tree.Book:
    """A book of two texts, the second of which may have a commentary."""
    record = {"edition.yaml": HEAD + TEXTS + more + order, "a.md": a, "b/b.md": b}
    return book(edition(record | {f"b/{name}.md": text for name, text in files.items()}))


def words(node: Any, said: dict[str, str]) -> str:
    """Composed words with those of the program between ‹ ›."""
    match node:
        case tuple():
            return "".join(words(part, said) for part in node)
        case tree.Words():
            return node.text
        case tree.Reference():
            return words(node.children, said) + (f"‹{said[node.key]}›" if node.key else "")
        case tree.Call():
            return ""
        case _:
            return words(getattr(node, "children", ()), said)


def of_first(made: tree.Book, pages: dict[str, str], lines: dict[str, int]) -> str:
    """The first paragraph of a book as print words it, no blank being a no-break one."""
    said = words_in_print(made, pages, lines)
    return words(made.sections[0].blocks[0], said).replace("\u00a0", " ")


@pytest.mark.parametrize("lang", REFERENCE_TERMS)
def test_every_term_names_as_much_as_its_key_wants(lang: str) -> None:
    terms = REFERENCE_TERMS[lang]
    assert terms.keys() == {key.name for key in KEYS.keys}
    twice = ("clause", "note")
    assert all(said.count("…") == (2 if term in twice else 1) for term, said in terms.items())


PAGES = {"b.p1": "7", "b.p2": "8", "b.p2.to4": "8", "b.p3": "8", "b.p3.to12": "9", "b": "7"}
LINES = {"b.p1": 12, "b.p2": 0, "b.p2.to4": 0, "b.p3": 30, "b.p3.to12": 2}


@pytest.mark.parametrize(
    ("reference", "printed"),
    [
        ("[]{ref=b/p1}", "‹p. 7, l. 12›"),
        ("[]{ref=b/p2}", "‹p. 8›"),  # where no line is counted
        ("[]{ref=b/p1 form=page}", "‹p. 7›"),
        ("[]{ref=b/p1 form=above}", "‹below, p. 7›"),
        ("[]{ref=b/p1 form=locus}", "‹Bee ¶ 1›"),
        ("[]{ref=b/p1 to=b/p2 form=page}", "‹pp. 7–8›"),
        ("[]{ref=b/p2 to=b/p2}", "‹p. 8›"),
        ("[]{ref=b/p3 to=b/p3}", "‹p. 8, l. 30 – p. 9, l. 2›"),
        ("[]{ref=b/p3 to=b/p3 form=page}", "‹pp. 8–9›"),
        ("[]{ref=b/p3 to=b/p3 form=above}", "‹below, pp. 8–9›"),
        ("[there]{ref=b/p1}", "there"),
        ("[there]{ref=b/p1 form=line}", "there‹p. 7, l. 12›"),
        ("[]{ref=b}", "‹“Bee”, p. 7›"),
    ],
)
def test_print_names_pages_and_lines(edition: Examine, reference: str, printed: str) -> None:
    made = two(
        edition, f"See {reference}.\n", "{#p1}\nOne.\n\n{#p2}\nTwo.\n\n{#p3}\nThree to go.\n"
    )
    assert of_first(made, PAGES, LINES) == f"See {printed}."


def test_words_of_the_edition_stand_in_place_of_those_of_the_language(edition: Examine) -> None:
    more = "references:\n  form: 'page'\n  lang: 'de'\n  terms:\n    page: 'Seite …'\n"
    made = two(edition, "See []{ref=b/p1}.\n", "{#p1}\nOne.\n", more=more)
    assert of_first(made, PAGES, LINES) == "See ‹Seite 7›."


def test_a_page_stands_beside_all_words_where_the_edition_says_so(edition: Examine) -> None:
    more = "references:\n  beside: 'page'\n"
    text = "[Here]{ref=b/p1}, [there]{ref=b/p1 form=words}.\n"
    made = two(edition, text, "{#p1}\nOne.\n", more=more)
    assert of_first(made, PAGES, LINES) == "Here‹p. 7›, there."


@pytest.mark.parametrize("words_behind", [".", " for", "\nfor", "*for*", " *for*"])
def test_no_blank_is_lost_or_added_behind_a_reference(edition: Examine, words_behind: str) -> None:
    made = two(edition, f"See []{{ref=b/p1}}{words_behind}\n", "{#p1}\nOne.\n")
    behind = words_behind.replace("\n", " ").replace("*", "")
    assert of_first(made, PAGES, LINES) == f"See ‹p. 7, l. 12›{behind}"


def test_a_text_that_is_taken_is_referred_to_where_the_reader_is(edition: Examine) -> None:
    """Else in its own section, though it appears before, and elsewhere only if asked."""
    order = "book:\n  - text: 'a'\n  - text: 'b'\n  - commentary: 'Notes'\n"
    a = "See [one]{ref=b/p1} and [two]{ref=b/p2}.\n\n::: {take=b/p1}\n:::\n"
    note = "## b/p2 “Two” {.end}\n\nSee [one]{ref=b/p1} and [there]{ref=b/p1 in=a}.\n"
    made = two(edition, a, "{#p1}\nOne.\n\n{#p2}\nTwo.\n", order, commentary=note)
    first, _, commentary = made.sections
    assert hrefs(first.blocks) == ["a.b.p1", "b.p2"]
    assert hrefs(commentary.end_notes) == ["b.p1", "a.b.p1"]


def hrefs(node: Any) -> list[str]:
    if isinstance(node, tuple):
        return [href for part in node for href in hrefs(part)]
    own = [node.href] if isinstance(node, tree.Reference) else []
    return own + [h for name in ("children", "blocks") for h in hrefs(getattr(node, name, ()))]


def test_a_block_is_followed_by_its_reference(edition: Examine) -> None:
    made = two(edition, "{ref=b/p1}\n> One.\n>\n> Two.\n", "{#p1}\nOne.\n")
    (quotation,) = made.sections[0].blocks
    said = words_without_pages(made)
    assert words(quotation.blocks, said) == "One.Two. →\u00a0‹Bee ¶ 1›"


NOTE = "## b/p1 “One” {{#mine .{kind}}}\n\nA body.\n"


@pytest.mark.parametrize(
    ("kind", "more", "printed", "bound"),
    [
        ("foot", "", "n. 1 on p. 7", "n. 1 on Bee ¶ 1"),
        ("foot", "notes: 'lines'\n", "note on “One”, p. 7", "note on “One”"),
        ("margin", "", "note on “One”, p. 7", "note on “One”"),
    ],
)
def test_notes_are_named_as_they_are_called(
    edition: Examine, kind: str, more: str, printed: str, bound: str
) -> None:
    made = two(
        edition,
        "See []{ref=mine}.\n",
        "{#p1}\nOne.\n",
        more=more,
        commentary=NOTE.format(kind=kind),
    )
    assert of_first(made, {"to.mine": "7"}, {}) == f"See ‹{printed}›."
    said = words(made.sections[0].blocks[0], words_without_pages(made))
    assert said.replace("\u00a0", " ") == f"See ‹{bound}›."


def test_a_margin_note_that_went_to_the_foot_is_named_by_its_numeral(edition: Examine) -> None:
    """Its id changed, and what led to it led nowhere."""
    made = two(
        edition, "See []{ref=mine}.\n", "{#p1}\nOne.\n", commentary=NOTE.format(kind="margin")
    )
    first, second = made.sections
    moved = replace(made, sections=(first, at_foot(second, frozenset(["to.mine"]))))
    assert [note.id for note in moved.sections[1].notes] == ["to.mine"]
    assert of_first(moved, {"to.mine": "7"}, {}) == "See ‹n. 1 on p. 7›."


def test_a_note_of_the_text_is_named_by_its_sign(edition: Examine) -> None:
    made = two(edition, "See []{ref=b/^n}.\n", "{#p1}\nOne.\n\nTwo[^n].\n\n[^n]: A body.\n")
    (note,) = made.sections[1].notes
    assert of_first(made, {note.id: "7"}, {}) == "See ‹n. * on p. 7›."
    said = words(made.sections[0].blocks[0], words_without_pages(made))
    assert said.replace("\u00a0", " ") == "See ‹n. * on Bee ¶ 2›."


def test_words_in_part_of_a_block_that_is_taken_are_no_place_to_lead_to(edition: Examine) -> None:
    a = 'See []{ref=b/x}.\n\n::: {take=b/p1 words="two"}\n:::\n'
    files = {
        "edition.yaml": HEAD + TEXTS + "book:\n  - text: 'a'\n",
        "a.md": a,
        "b/b.md": "{#p1}\n[One]{#x} two\n",
    }
    (found,) = edition(files).diagnostics
    assert found.code == "REF002"
