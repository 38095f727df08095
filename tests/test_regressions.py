"""Faults that were found and mended, each test named for what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from printedition import pipeline
from printedition.book import tree
from printedition.edition.text import Take
from printedition.scholarship.printed import Printed
from printedition.sources import MemorySources

Examine = Callable[[dict[str, str]], pipeline.Examination]


def section(examination: pipeline.Examination, number: int = 0) -> tree.Section:
    assert examination.diagnostics == ()
    assert examination.book is not None
    return examination.book.sections[number]


def words(node: Any) -> str:
    """The words of a node as they are printed, calls in ^…^."""
    if isinstance(node, tuple):
        return "".join(words(part) for part in node)
    if isinstance(node, tree.Words):
        return node.text
    if isinstance(node, tree.PageTurn):
        return node.sign + node.number
    if isinstance(node, tree.Call):
        return f"^{node.label}^"
    if isinstance(node, tree.Phrase):
        return node.opening + words(node.children) + node.closing
    if isinstance(node, tree.Container):
        return "/".join(words(block) for block in node.blocks)
    return words(getattr(node, "children", ()))


def test_note_of_a_title_was_lost(edition: Examine) -> None:
    made = section(edition({"letter/letter.md": "# T[^h]\n\nBody.\n\n[^h]: Headnote.\n"}))
    assert words(made.heading) == "T^*^"
    assert len(made.notes) == 1 and made.title == "T"


def test_page_break_alone_in_its_paragraph_was_lost(edition: Examine) -> None:
    made = section(edition({"letter/letter.md": "One.\n\n[]{.page-break n=422}\n\nTwo.\n"}))
    assert [words(block) for block in made.blocks] == ["One.", "|422", "Two."]


def test_empty_sign_ate_the_blank_behind_it(edition: Examine) -> None:
    made = section(edition({"letter/letter.md": "one []{.lacuna} two\n"}))
    assert words(made.blocks) == "one [] two"


def test_words_before_the_first_heading_moved_under_it(edition: Examine) -> None:
    made = section(edition({"letter/letter.md": "Before.\n\n# T\n\nAfter.\n"}))
    assert [words(block) for block in made.blocks] == ["Before.", "T", "After."]


def test_taken_paragraphs_inside_a_fence_lost_their_marks(edition: Examine) -> None:
    files = {
        "edition.yaml": "slug: 's'\ntitle: 'S'\nlang: 'en'\ntexts:\n  - id: 'a'\n    file: 'a.md'\n"
        "  - id: 'b'\n    file: 'b.md'\nbook:\n  - text: 'a'\n",
        "a.md": "::: {take=b open=« close=»}\n:::\n",
        "b.md": "::: {.verse}\none\n\ntwo\n:::\n\nthree\n",
    }
    made = section(edition(files))
    assert [words(block) for block in made.blocks] == ["«one/«two", "«three»"]


def test_edition_without_an_order_was_empty(edition: Examine, base: dict[str, str]) -> None:
    record = base["edition.yaml"].partition("book:")[0]
    made = section(edition({"edition.yaml": record}))
    assert made.kind == "text" and words(made.blocks) == "Give the matter good thought."


def test_accented_heading_of_the_index_came_last(edition: Examine, base: dict[str, str]) -> None:
    files = {
        "edition.yaml": base["edition.yaml"] + "  - index: 'index.yaml'\n",
        "index.yaml": "".join(
            f"- heading: '{heading}'\n  forms:\n    - '{form}'\n"
            for heading, form in (
                ("gate", "Give"),
                ("kappa", "matter"),
                ("Éclair", "good"),
                ("“eel”", "thought"),
            )
        ),
    }
    groups = section(edition(files), 1).index
    assert [group.letter for group in groups] == ["E", "G", "K"]
    assert [item.heading for item in groups[0].items] == ["Éclair", "“eel”"]


def test_call_of_a_conjecture_stood_inside_its_sign(edition: Examine, base: dict[str, str]) -> None:
    files = {
        "letter/letter.md": "{#p1}\nof nature)[”]{.supplied}?\n",
        "letter/apparatus.yaml": "- lemma: '”'\n  by: 'ed.'\n  readings:\n    - wit: 'T'\n"
        "      om: true\n",
    }
    made = section(edition(files))
    assert words(made.blocks) == "of nature)⟨”⟩^a^?"


def test_font_of_the_machine_was_taken_in_silence(base: dict[str, str], tmp_path: Path) -> None:
    """A character that Libertinus lacks is an error, not a font that only this machine has."""
    base["letter/letter.md"] = "漢\n"
    made = pipeline.build(
        MemorySources(base), output=tmp_path / "books", formats=frozenset(("pdf",))
    )
    assert {found.code for found in made.diagnostics} & {"PDF003", "PDF004"}
    assert made.written == () and not (tmp_path / "books").exists()


def test_takes_of_takes_were_followed_a_million_times(
    edition: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[object] = []
    real = Printed._taken

    def taken(self: Printed, take: Take, *rest: Any) -> None:
        followed.append(take)
        real(self, take, *rest)

    monkeypatch.setattr(Printed, "_taken", taken)
    chain = "".join(f'::: {{#t{n} take="t{n + 1} t{n + 1}"}}\n:::\n\n' for n in range(1, 9))
    edition({"letter/letter.md": f"# T\n\n{chain}{{#t9}}\nLast, [see]{{ref=t9}}.\n"})
    assert 8 <= len(followed) <= 8 * 8  # once at each depth at the most
