"""Record files held against their shapes and made into the model."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import pytest

from printedition.diagnostics import Findings, in_order
from printedition.edition.apparatus import ApparatusEntry, EntryKind, ReadingKind
from printedition.edition.edition import Edition, Role, SectionKind
from printedition.edition.index import Index
from printedition.edition.quotation import Value
from printedition.edition.text import Inline, Words
from printedition.edition.versions import Parallel
from printedition.reading import inline
from printedition.reading.edition_record import read_edition_record
from printedition.reading.records import read_apparatus, read_index, read_parallel
from printedition.reading.yamltree import Node, read_yaml
from printedition.sources import SourceFile

Faults = list[tuple[str, int, int, str | None]]
T = TypeVar("T")

ONE_ITEM = "all that belongs to one item stands under one “- ”, each key on its own line"


@pytest.fixture(autouse=True)
def plain_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Markdown is another module's; here a value is its words."""

    def parse_value(value: Value, *, folder: str, findings: Findings) -> tuple[Inline, ...]:
        return (Words(value.text, value.span),)

    monkeypatch.setattr(inline, "parse_value", parse_value)


def read(text: str, reader: Callable[[Node | None, SourceFile, Findings], T]) -> tuple[T, Faults]:
    file = SourceFile("a.yaml", text)
    findings = Findings()
    value = reader(read_yaml(file, findings), file, findings)
    return value, [
        (found.code, *file.place(found.span.start), found.hint)
        for found in in_order(findings.diagnostics)
    ]


def edition(text: str) -> tuple[Edition | None, Faults]:
    return read(text, read_edition_record)


def apparatus(text: str) -> tuple[tuple[ApparatusEntry, ...], Faults]:
    return read(text, lambda node, file, findings: read_apparatus(node, file, "f", findings))


def index(text: str) -> tuple[Index, Faults]:
    return read(text, lambda node, file, findings: read_index(node, file, "f", findings))


def parallel(text: str) -> tuple[Parallel, Faults]:
    return read(text, lambda node, file, findings: read_parallel(node, file, "f", findings))


HEAD = "slug: 's'\ntitle: 'T'\nlang: 'en'\n"
TEXTS = "texts:\n  - id: 'a'\n    file: 'a.md'\n"

# edition.yaml


def test_an_edition() -> None:
    record, faults = edition(
        HEAD + "date: 2024-01-31\nsubjects:\n  - 'x'\npeople:\n  - name: 'V. I. Lenin'\n"
        "    role: author\nsource:\n  - 'from'\nwitnesses:\n  - siglum: 'T'\n    description: 'd'\n"
        "page:\n  size: '6in 9.25in'\n  inner: 18mm\nentries: first\n"
        "texts:\n  - id: 'a'\n    file: 'a.md'\n    title: 'A'\n    dates:\n"
        "      - event: 'sent'\n        date: 'May'\n        inferred: true\n"
        "book:\n  - front: 'imprint'\n  - sigla: 'Sigla'\n  - text: 'a'\n    title: 'AA'\n"
    )
    assert not faults and record is not None
    assert record.short_title == "T" and record.subjects == ("x",)
    assert record.people[0].sort == "Lenin, V. I." and record.people[0].role is Role.AUTHOR
    assert len(record.imprint.source) == 1
    assert record.witnesses[0].siglum == "T"
    assert (record.page.width, record.page.height, record.page.inner) == ("6in", "9.25in", "18mm")
    assert not record.entries_with_each
    (text,) = record.text_entries
    assert (text.id.text, text.lang, text.short_title) == ("a", "en", "A")
    assert text.dates[0].inferred
    assert [(s.kind, s.subject.text, s.title) for s in record.book] == [
        (SectionKind.FRONT, "imprint", ""),
        (SectionKind.SIGLA, "Sigla", "Sigla"),
        (SectionKind.TEXT, "a", "AA"),
    ]


def test_an_empty_edition() -> None:
    record, faults = edition("")
    assert record is None and [fault[:3] for fault in faults] == [("SRC005", 1, 1)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "hint"),
    [
        ("titel: x\n", "SRC004", 7, 1, "did you mean “title”?"),
        ("subtitle:\n  - x\n", "SRC005", 8, 3, "write: subtitle: 'x'"),
        ("subtitle:\n", "SRC005", 7, 1, None),
        ("subtitle: ''\n", "SRC005", 7, 11, None),
        ("subjects: 'x'\n", "SRC005", 7, 11, "put it on the next line, after “- ”: - 'x'"),
        ("entries: frist\n", "SRC005", 7, 10, "did you mean “first”?"),
        ("date: '2024'\n", "SRC005", 7, 7, None),
        ("page:\n  size: 'A6'\n", "SRC005", 8, 9, None),
        ("page:\n  top: '20'\n", "SRC005", 8, 8, None),
        ("page: 'A5'\n", "SRC005", 7, 7, None),
        ("people:\n  - name: 'x'\n", "SRC005", 8, 5, None),
        ("people:\n  - name: x\n    role: autor\n", "SRC005", 9, 11, "did you mean “author”?"),
        ("source:\n  - From: there\n", "SRC005", 8, 5, "write: - 'From: there'"),
        ("book:\n  - title: 'x'\n", "SRC005", 8, 5, ONE_ITEM),
        ("book:\n  - text: 'a'\n    index: 'i'\n", "SRC005", 9, 5, None),
        ("book:\n  - front: 'imprnt'\n", "SRC005", 8, 12, "did you mean “imprint”?"),
        (
            "witnesses:\n  - siglum: T\n    description: d\n  - siglum: T\n    description: d\n",
            "WIT002", 10, 13, None,
        ),
    ],
)  # fmt: skip
def test_faults_of_an_edition(
    text: str, code: str, line: int, column: int, hint: str | None
) -> None:
    record, faults = edition(HEAD + TEXTS + text)
    assert faults == [(code, line, column, hint)]
    assert record is not None


def test_keys_left_out_are_reported_where_the_record_begins() -> None:
    _, faults = edition("# c\ntitle: 'T'\n" + TEXTS)
    assert [fault[:3] for fault in faults] == [("SRC005", 2, 1), ("SRC005", 2, 1)]


def test_a_misspelt_key_is_one_fault() -> None:
    _, faults = edition("slug: 's'\ntitel: 'T'\nlang: 'en'\n" + TEXTS)
    assert faults == [("SRC004", 2, 1, "did you mean “title”?")]


def test_a_slug_in_capitals() -> None:
    assert [fault[:3] for fault in edition(HEAD.replace("'s'", "'S'") + TEXTS)[1]] == [
        ("SRC005", 1, 7)
    ]


def test_texts() -> None:
    assert [fault[:3] for fault in edition(HEAD)[1]] == [("TXT002", 1, 1)]
    again = TEXTS + "  - id: 'a'\n    file: 'b.md'\n"
    assert [fault[:3] for fault in edition(HEAD + again)[1]] == [("TXT001", 7, 9)]
    assert [fault[:3] for fault in edition(HEAD + TEXTS.replace("'a'", "'1 a'"))[1]] == [
        ("TXT003", 5, 9)
    ]


# apparatus.yaml


def test_an_entry() -> None:
    text = (
        "- lemma: '”'\n  in: 'C/c5'\n  after: 'x'\n  nth: '2 of 3'\n  kind: 'accidental'\n"
        "  by: 'ed.'\n  readings:\n    - wit: 'T  U'\n      om: true\n    - by: 'x'\n"
        "      transp: true\n    - wit: T\n      text: 'true'\n    - wit: T\n"
        "      illegible: 'two letters'\n"
    )
    (entry,), faults = apparatus(text)
    assert not faults
    assert entry.kind is EntryKind.ACCIDENTAL and entry.by is not None
    assert entry.lemma.words is not None and entry.lemma.words.text == "”"
    assert entry.lemma.folder == "f" and entry.lemma.span == entry.lemma.words.span
    assert entry.lemma.place is not None and entry.lemma.place.text == "C/c5"
    assert entry.lemma.rank is not None and entry.lemma.rank.text == "2 of 3"
    assert [(reading.kind, reading.words) for reading in entry.readings] == [
        (ReadingKind.OMISSION, ""),
        (ReadingKind.TRANSPOSITION, ""),
        (ReadingKind.SUBSTITUTION, "true"),
        (ReadingKind.ILLEGIBLE, "two letters"),
    ]
    sigla = entry.readings[0].witnesses
    assert [text[s.span.start : s.span.end] for s in sigla] == ["T", "U"]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "hint"),
    [
        ("- lemma: 'x'\n", "APP001", 1, 10, "add readings: with what a witness has, or note:"),
        ("- lemma: 'x'\n  readings:\n    - wit: 'T'\n", "APP001", 3, 7, ONE_ITEM),
        ("- note: 'x'\n", "SRC005", 1, 3, None),
        ('- lemma: "x"\n  note: y\n', "SRC010", 1, 10, "write: - lemma: '\"x\"'"),
        ("- lemma: x\n  reading:\n    - om: true\n", "SRC004", 2, 3, "did you mean “readings”?"),
        ("- lemma: x\n  readings:\n    - om: ''\n", "SRC005", 3, 11, "write: - om: true"),
        ("- lemma: x\n  readings:\n    - om: yes\n", "SRC005", 3, 11, "write: - om: true"),
        ("- lemma: x\n  readings:\n    - text: ''\n", "SRC005", 3, 13, None),
        ("- lemma: x\n  readings:\n    - txet: y\n", "SRC004", 3, 7, "did you mean “text”?"),
        ("- lemma: x\n  readings:\n    - text: y\n      om: true\n", "SRC005", 4, 7, None),
        ("- lemma: x\n  note: y\n  nth: '2'\n", "SRC005", 3, 8, None),
        ("- x\n", "SRC005", 1, 3, "write: - lemma: 'x', and its other keys below"),
        (
            "lemma: x\n",
            "SRC005",
            1,
            1,
            "begin the item with “- ”, as - lemma:, and indent its other keys alike",
        ),
        ("- lemma: 'x'\n  note: y\n  lemma: 'z'\n", "SRC003", 3, 3, None),
    ],
)
def test_faults_of_an_entry(text: str, code: str, line: int, column: int, hint: str | None) -> None:
    assert apparatus(text)[1] == [(code, line, column, hint)]


def test_an_entry_whose_place_is_broken_is_found_nowhere() -> None:
    entries, faults = apparatus("- lemma: 'x'\n  in: p1 # first\n  note: y\n")
    assert entries == () and [fault[0] for fault in faults] == ["SRC008"]


def test_no_entries_yet() -> None:
    assert apparatus("# none\n") == ((), [])


def test_work_grows_with_the_entries_and_no_faster() -> None:
    def calls(number: int) -> int:
        text = "".join(
            f"- lemma: 'x{n}'\n  in: 'p1'\n  note: 'n'\n"
            "  readings:\n    - wit: 'T'\n      text: 'y'\n"
            for n in range(number)
        )
        count = 0

        def hear(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(hear)
        try:
            entries = apparatus(text)[0]
        finally:
            sys.setprofile(None)
        assert len(entries) == number
        return count

    assert calls(200) < 2.2 * calls(100)


# index.yaml and parallel.yaml


def test_an_index() -> None:
    record, faults = index(
        "- heading: 'H'\n  forms:\n    - 'h'\n  passages:\n    - in: 'a/p2'\n      words: 'w'\n"
        "- heading: 'I'\n  sort: 'i'\n  see: 'H'\n  see_also:\n    - 'H'\n    - 'J'\n"
    )
    assert not faults and record.path == "a.yaml"
    first, second = record.headings
    assert first.sort == "" and first.forms[0].text == "h"
    assert first.passages[0].quotation.folder == "f"
    assert second.sort == "i"
    assert [value.text for value in second.see] == ["H"]
    assert [value.text for value in second.see_also] == ["H", "J"]


def test_faults_of_an_index() -> None:
    assert index("- forms:\n    - \"x\"\n  heading: 'H'\n")[1] == [
        ("SRC010", 2, 7, "write: - '\"x\"'")
    ]
    assert [fault[:3] for fault in index("- heading: 'H'\n  passages:\n    - in: 'p'\n")[1]] == [
        ("SRC005", 3, 7)
    ]


def test_versions() -> None:
    record, faults = parallel(
        "versions:\n  - text: 'A'\n    title: 'a'\nrows:\n  - id: 'r'\n    title: 't'\n"
        "    blocks:\n      - 'A/c1'\nmoved:\n  - from: 'A/c1'\n    to: 'B/c1'\n    to_words: 'w'\n"
    )
    assert not faults
    assert record.versions[0].text.text == "A" and record.rows[0].blocks[0].text == "A/c1"
    (move,) = record.moves
    assert move.source.words is None
    assert move.source.place is not None and move.source.place.text == "A/c1"
    assert move.target.words is not None and move.target.words.text == "w"


def test_faults_of_versions() -> None:
    rows = "rows:\n  - id: 'r'\n    title: 't'\n    blocks:\n      - 'A/c1'\n"
    assert [fault[:3] for fault in parallel(rows)[1]] == [("SRC005", 1, 1)]
    assert parallel("- x\n")[1][0][:3] == ("SRC005", 1, 1)
