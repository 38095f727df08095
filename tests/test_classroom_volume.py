"""What a class needs of a volume: one syllabus, questions and a glossary for all of its texts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
from lxml import etree

from printedition.book import tree
from printedition.pipeline import build, examine
from printedition.sources import MemorySources

OAK = {
    "oak/edition.yaml": (
        "slug: 'oak'\ntitle: 'The Oak'\nlang: 'en'\n"
        "texts:\n  - id: 'main'\n    file: 'main.md'\n    title: 'The Oak'\n"
        "book:\n  - syllabus: 'Weeks'\n  - text: 'main'\n"
        "  - questions: 'Questions on the Oak'\n  - glossary: 'Words of the Oak'\n"
        "syllabus:\n  - when: 'Day 1'\n    read: 'main'\n"
    ),
    "oak/main.md": "# The Oak\n\n{#p1}\nThe oak stood by a brook.\n",
    "oak/questions.md": "## p1 “stood”\n\nWhy?\n\n{.answer}\nHidden.\n",
    "oak/commentary.md": (
        "## p1 “brook” {.margin .vocabulary}\n\na small stream\n\n"
        "## p1 “oak” {.foot audience=instructor}\n\nHidden.\n"
    ),
}
VOLUME = {
    "edition.yaml": (
        "slug: 'trees'\ntitle: 'Trees'\nlang: 'en'\n"
        "texts:\n  - id: 'elm'\n    file: 'elm.md'\n    title: 'The Elm'\n"
        "  - id: 'oak'\n    include: 'oak'\n"
        "syllabus:\n  - when: 'Week 1'\n    read:\n      - 'elm'\n      - 'oak:main/p1'\n"
        "book:\n  - syllabus: 'Syllabus'\n  - text: 'oak'\n  - text: 'elm'\n"
    ),
    "elm.md": "# The Elm\n\n{#p1}\nThe elm fell by a brook.\n",
    "questions.md": "## p1 “fell”\n\nWhen?\n",
    "commentary.md": "## p1 “brook” {.margin .vocabulary}\n\na small stream\n",
    **OAK,
}
GATHERING = "  - questions: 'All Questions'\n  - glossary: 'All Words'\n"


def composed(more: str = "") -> tree.Book:
    files = {**VOLUME, "edition.yaml": VOLUME["edition.yaml"] + more}
    found = examine(MemorySources(files))
    assert {one.code[:3] for one in found.diagnostics} <= {"RGT"}, "rights are no matter here"
    assert found.book is not None
    return found.book


def test_the_syllabus_is_that_of_the_volume() -> None:
    (section,) = (one for one in composed().sections if one.kind == "syllabus")
    (session,) = section.sessions
    assert [one.title for one in session.readings] == ["The Elm", "The Oak ¶ 1"]


def test_an_included_edition_keeps_its_questions_and_glossary_where_the_volume_has_none() -> None:
    book = composed()
    titles = [one.title for one in book.sections if one.kind in ("questions", "glossary")]
    assert titles == ["Questions on the Oak", "Words of the Oak"]
    (elm,) = (one for one in book.sections if one.id == "elm")
    assert [one.label for _, group in elm.questions for one in group] == ["1"]


def test_a_volume_gathers_the_questions_and_words_of_all_its_texts() -> None:
    sections = {one.title: one for one in composed(GATHERING).sections}
    assert not {"Questions on the Oak", "Words of the Oak"} & {*sections}
    questions = sections["All Questions"].questions
    assert [title for title, _ in questions] == ["The Elm", "The Oak"]
    assert all(one.lines == 0 and one.place for _, group in questions for one in group)
    (row,) = sections["All Words"].glossary
    (sense,) = row.senses
    first, second = (sections[title].id for title in ("The Oak", "The Elm"))
    assert [place.href for place in sense.places] == [f"{first}.p1", f"{second}.p1"]


def test_what_is_for_one_audience_is_withheld_in_a_volume_too() -> None:
    (oak,) = (one for one in composed().sections if one.kind == "text" and one.id != "elm")
    assert [(one.audience, one.withheld) for one in oak.notes] == [("instructor", True)]


def test_a_syllabus_assigns_all_of_an_edition_not_its_first_section(tmp_path: Path) -> None:
    """An edition or text that has an introduction is read from there to its last page."""
    long = "The river ran on between its banks all day. " * 60
    record = (
        VOLUME["edition.yaml"]
        .replace("'oak'\nsyl", "'oak'\n    introduction: 'oaks.md'\n    title: 'Of Oak'\nsyl")
        .replace("'elm.md'\n", "'elm.md'\n    introduction: 'elms.md'\n")
        .replace("- 'oak:main/p1'", "- 'oak'\n      - 'oak:main'")
    )
    files = {
        **VOLUME,
        "edition.yaml": record,
        "oaks.md": f"# On Oaks\n\n{long}\n\nSee []{{ref=oak}} and []{{ref=oak:main}}.\n",
        "elms.md": f"# On Elms\n\n{long}\n",
        "oak/main.md": f"# The Oak\n\n{{#p1}}\nThe oak stood by a brook.\n\n{long}\n",
    }
    made = build(MemorySources(files), output=tmp_path, formats=frozenset({"pdf", "epub"}))
    assert not made.has_errors, made.diagnostics
    pages = labelled(tmp_path / "trees.pdf")

    def first(words: str) -> str:
        return next(label for label, said in pages.items() if words in said and label != "i")

    oaks, oak, elms = map(first, ("On Oaks", "The oak stood", "On Elms"))
    last_of_oak, last_of_elm = str(int(elms) - 1), [*pages][-1]
    assert len({oaks, oak, last_of_oak, elms, last_of_elm}) == 5
    syllabus = (
        f"The Elm, pp. {elms}–{last_of_elm} Of Oak, pp. {oaks}–{last_of_oak} The Oak, pp. {oak}–"
    )
    assert syllabus in pages["i"]
    assert f"See “Of Oak”, p. {oaks} and “The Oak”, p. {oak}." in " ".join(pages.values())
    with zipfile.ZipFile(tmp_path / "trees.epub") as archive:
        (name,) = (one for one in archive.namelist() if "syllabus" in one)
        chapter = archive.read(name)
    read = " ".join("".join(etree.fromstring(chapter).find("{*}body").itertext()).split())
    assert syllabus in read


def labelled(path: Path) -> dict[str, str]:
    """The words of each page by its label."""
    read = pypdfium2.PdfDocument(path)
    return {
        read.get_page_label(n): " ".join(read[n].get_textpage().get_text_bounded().split())
        for n in range(len(read))
    }
