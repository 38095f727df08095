"""A reader for a course: the real edition's three texts, each an edition, and two small ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from volumes import DECREE, MEMO, inside

CONTENT = Path(__file__).resolve().parent.parent / "content"
# What would lead out of the edition, or to headings that its index has not; the words stay.
_REFERENCE = re.compile(
    r"\[((?:\\.|\[\^?[^\[\]]*\]|[^\[\]])*)\]\{(?:ref|index)=(?:\"[^\"]*\"|[^}])*\}"
)
_WORKS = "[@T], which reports [@cw42, pp. 421–423], first published in [@miscellany36]"
_HEAD = (
    "rights:\n  - 'As its imprint says.'\n"
    "people:\n  - name: 'V. I. Lenin'\n    role: 'author'\n"
    "witnesses:\n  - siglum: 'T'\n    description: 'The transcription'\n    date: '2004'\n"
)
_ELSEWHERE = ("Union Central Executive Committee",)  # in the letter part of a longer name
_TEXTS = {
    "letter": ("letter/letter.md", "Letter to L. B. Kamenev"),
    "note": ("note/note.md", "The editorial note"),
    "A": ("resolution/commission.md", "A: The commission’s resolution"),
    "B": ("resolution/amendments.md", "B: Amendments in Lenin’s letter"),
    "C": ("resolution/revised.md", "C: The revised resolution"),
}


def _record(
    slug: str,
    title: str,
    texts: tuple[str, ...],
    book: str,
    source: str = "The transcription of pp. 421–423",
) -> str:
    listed = "".join(
        f"  - id: '{name}'\n    file: '{_TEXTS[name][0]}'\n    title: '{_TEXTS[name][1]}'\n"
        f"    short_title: '{name.capitalize()}'\n"
        for name in texts
    )
    index = "  - index: 'index.yaml'\n"
    return (
        f"slug: '{slug}'\ntitle: '{title}'\nlang: 'en'\nsource:\n  - '{source}.'\n{_HEAD}"
        f"texts:\n{listed}"
        f"book:\n  - front: 'title-page'\n  - sigla: 'Sigla'\n{book}"
        f"  - corrections: 'T'\n    title: 'Corrections'\n{index}"
    )


def _edition(record: str, paths: tuple[str, ...]) -> dict[str, str]:
    """Files of the real edition, without what refers out of them, and the index that they need."""
    files = {path: (CONTENT / path).read_text(encoding="utf-8") for path in paths}
    files = {path: _REFERENCE.sub(_its_words, words) for path, words in files.items()}
    if any("[@" in words for words in files.values()):
        files["bibliography.yaml"] = (CONTENT / "bibliography.yaml").read_text(encoding="utf-8")
    words = "\n".join(text for path, text in files.items() if path.endswith(".md"))
    return {"edition.yaml": record, **files, "index.yaml": _index(words)}


def _its_words(reference: re.Match[str]) -> str:
    return reference[1] or "commentary"


def _index(words: str) -> str:
    """The headings of the real index whose forms stand in some words."""
    stated: list[dict[str, Any]] = yaml.load(
        (CONTENT / "index.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    made = []
    for heading in stated:
        forms = [form for form in heading.get("forms", []) if re.search(_bounded(form), words)]
        if forms and "context" not in heading and heading["heading"] not in _ELSEWHERE:
            own = f"- heading: {_quoted(heading['heading'])}\n  forms:\n"
            made.append(own + "".join(f"    - {_quoted(form)}\n" for form in forms))
    return "".join(made)


def _bounded(form: str) -> str:
    return rf"(?<!\w){re.escape(form)}(?!\w)"


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _of(folder: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}" for name in names)


_LETTER = _of("letter", "letter.md", "apparatus.yaml", "commentary.md")
_NOTE = _of("note", "note.md", "apparatus.yaml", "commentary.md")
_RESOLUTION = _of("resolution", "commission.md", "revised.md", "apparatus.yaml", "commentary.md")
_VERSIONS = _of("resolution", "amendments.md", "parallel.yaml")

RECORD = (
    "slug: 'course'\ntitle: 'A Course Reader'\nlang: 'en'\n"
    "rights:\n  - 'Printed for those who take part.'\n"
    "texts:\n"
    "  - id: 'letter'\n    include: 'texts/letter'\n"
    "  - id: 'note'\n    include: 'texts/note'\n"
    "  - id: 'resolution'\n    include: 'texts/resolution'\n"
    "  - id: 'decree'\n    include: 'texts/decree'\n"
    "  - id: 'memo'\n    include: 'texts/memo'\n    introduction: 'memo.md'\n"
    "book:\n"
    "  - front: 'half-title'\n  - front: 'title-page'\n  - front: 'imprint'\n"
    "  - front: 'contents'\n"
    "  - part: 'The Union'\n"
    "  - text: 'letter'\n  - text: 'note'\n  - text: 'resolution'\n"
    "  - part: 'The Village'\n"
    "  - text: 'decree'\n  - text: 'memo'\n"
    "  - sigla: 'Sigla and Signs'\n"
    "  - sources: 'Works Cited'\n"
    "  - permissions: 'Sources and Permissions'\n"
    "  - index: 'index.yaml'\n    title: 'Index'\n"
)


def course_reader() -> dict[str, str]:
    """The files of the reader."""
    letter = _edition(
        _record(
            "letter",
            "Letter to L. B. Kamenev",
            ("letter",),
            "  - text: 'letter'\n  - commentary: 'Commentary'\n",
            _WORKS,
        ),
        _LETTER,
    )
    note = _edition(
        _record("note", "The Editorial Note", ("note", "A", "C"), "  - text: 'note'\n"),
        (*_NOTE, *_RESOLUTION),
    )
    resolution = _edition(
        _record(
            "resolution",
            "The Resolution in Three Versions",
            ("A", "B", "C", "letter"),
            "  - parallel: 'resolution/parallel.yaml'\n    short_title: 'Three Versions'\n",
        ),
        (*_RESOLUTION, *_VERSIONS, "letter/letter.md"),
    )
    return {
        "edition.yaml": RECORD,
        "index.yaml": "- heading: 'village'\n  forms:\n    - 'village'\n",
        "memo.md": "# Before You Read\n\nThe memorandum answers [the decree]{ref=decree}.\n",
        **inside("texts/letter", letter),
        **inside("texts/note", note),
        **inside("texts/resolution", resolution),
        **inside("texts/decree", DECREE),
        **inside("texts/memo", MEMO),
    }


_CLASS_RECORD = (
    "page:\n  ruled: 'true'\n"
    "questions:\n  lines: '3'\n"
    "syllabus:\n"
    "  - when: 'Week 1'\n    title: 'The Union'\n    read:\n      - 'letter'\n      - 'note'\n"
    "  - when: 'Week 2'\n    title: 'The Village'\n    read: 'memo'\n    note: 'Bring a map.'\n"
)
_PLAN = (
    "# Plan of the Course\n\nHidden plan of both weeks.\n\n"
    "1. Hidden first week.\n2. Hidden second week.\n"
)
_LETTER_QUESTIONS = (
    "## p2 “Mdivani”\n\nWhy does the letter name Mdivani?\n\n"
    "{.hint}\nHidden hint.\n\n"
    "::: {.answer}\nHidden answer on the lines. He is one of those who doubt.\n:::\n\n"
    "## letter {lines=0}\n\nWhat does the letter ask for?\n\n"
    "{.answer}\nHidden answer without lines.\n"
)
_DECREE_QUESTIONS = "## p1 “land” {lines=4}\n\nWhose land?\n\n{.answer}\nHidden owner.\n"
_DECREE_NOTES = (
    "\n## p1 “council” {.margin .vocabulary}\n\nan assembly\n\n"
    "## p1 “village” {.foot audience=instructor}\n\nHidden note at the foot.\n"
)


def class_reader() -> dict[str, str]:
    """The reader with what a class wants: a syllabus, questions, ruled lines, answers, words."""
    files = course_reader()
    record = files["edition.yaml"].replace("book:\n", f"{_CLASS_RECORD}book:\n")
    for before, item in (
        ("  - part: 'The Union'\n", "  - syllabus: 'Syllabus'\n"),
        ("  - part: 'The Village'\n", "  - prose: 'plan.md'\n    audience: 'instructor'\n"),
        ("  - sigla: ", "  - glossary: 'Words'\n"),
    ):
        record = record.replace(before, item + before)
    notes = "  - blank: '2'\n    title: 'Notes'\n    ruled: 'true'\n"
    decree = "texts/decree/text/"
    return files | {
        "edition.yaml": record + notes,
        "plan.md": _PLAN,
        "texts/letter/letter/questions.md": _LETTER_QUESTIONS,
        f"{decree}questions.md": _DECREE_QUESTIONS,
        f"{decree}commentary.md": files[f"{decree}commentary.md"] + _DECREE_NOTES,
    }
