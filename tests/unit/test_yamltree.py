"""Record files as trees: every trap of YAML at its place, with its cure."""

from __future__ import annotations

import pytest

from printedition.diagnostics import Findings, in_order
from printedition.reading.yamltree import Broken, Items, Node, Record, Scalar, read_yaml
from printedition.sources import SourceFile


def read(text: str) -> tuple[Node | None, list[tuple[str, int, int, str | None]]]:
    """The tree, and each diagnostic as code, line, column, hint."""
    file = SourceFile("a.yaml", text)
    findings = Findings()
    node = read_yaml(file, findings)
    return node, [
        (found.code, *file.place(found.span.start), found.hint)
        for found in in_order(findings.diagnostics)
    ]


def test_words_stay_strings_with_their_places() -> None:
    text = "𝔘: 'no'\nb: 1.10\nc:\n  - \"q\"\n"
    node, found = read(text)
    assert not found
    assert isinstance(node, Record)
    assert [key.text for key, _ in node.pairs] == ["𝔘", "b", "c"]
    first, second, third = (value for _, value in node.pairs)
    assert isinstance(first, Scalar) and first.text == "no" and first.style == "'"
    assert text[first.span.start : first.span.end] == "'no'"
    assert isinstance(second, Scalar) and second.text == "1.10" and second.style == ""
    assert text[second.span.start : second.span.end] == "1.10"
    assert isinstance(third, Items) and isinstance(third.items[0], Scalar)
    assert third.items[0].style == '"'


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\n\n"])
def test_an_empty_file_is_no_fault(text: str) -> None:
    assert read(text) == (None, [])


TRAPS = [
    ("- text: Note: changes\n", 1, 9, "write: - text: 'Note: changes'"),
    ("text: Note: People's\n", 1, 7, "write: text: 'Note: People''s'"),
    ('text: "Formal unification" of\n', 1, 7, "write: text: '\"Formal unification\" of'"),
    ('a: x\ntext: "Formal\nb: y\n', 2, 7, "write: text: '\"Formal'"),
    ('a: x\ntext: "Formal\nb: "y"\n', 2, 7, "write: text: '\"Formal'"),
    ("a: x\ntext: 'Formal\nb: y\n", 2, 7, "write: text: 'Formal'"),
    ("a: x\ntext: 'Formal\nb: 'y'\n", 2, 7, "write: text: 'Formal'"),
    ("text: * star\n", 1, 7, "write: text: '* star'"),
    ("text: *\n", 1, 7, "write: text: '*'"),
    ("text: @home\n", 1, 7, "write: text: '@home'"),
    ("text: `quoted`\n", 1, 7, "write: text: '`quoted`'"),
    ("text: % of\n", 1, 7, "write: text: '% of'"),
    ("text: & more\n", 1, 7, "write: text: '& more'"),
    ("text: {braces} here\n", 1, 7, "write: text: '{braces} here'"),
    ("text: [Russian] words\n", 1, 7, "write: text: '[Russian] words'"),
    ("text: [never closed\nb: c\n", 1, 7, "write: text: '[never closed'"),
    ("text: | words\n", 1, 7, "write: text: '| words'"),
    ("text: > words\n", 1, 7, "write: text: '> words'"),
    ("lemma: 'People's'\n", 1, 8, "write: lemma: 'People''s'"),
    ("- lemma: 'People's Commissars'\n", 1, 10, "write: - lemma: 'People''s Commissars'"),
    ("- 'People's'\n- 'b'\n", 1, 3, "write: - 'People''s'"),
    ("lemma: 'People's' # slip\n", 1, 8, "write: lemma: 'People''s'"),
    ('text: "a \\q"\n', 1, 7, "write: text: 'a \\q'"),
    ("note: Note: a\n  more: b\n", 1, 7, "write: note: 'Note: a more: b'"),
]


@pytest.mark.parametrize(("text", "line", "column", "hint"), TRAPS)
def test_a_trap_stands_at_its_value_with_its_cure(
    text: str, line: int, column: int, hint: str
) -> None:
    node, found = read(text)
    assert found == [("SRC002", line, column, hint)]
    assert node is None


@pytest.mark.parametrize(("text", "line", "column", "hint"), TRAPS)
def test_the_cure_of_a_trap_parses(text: str, line: int, column: int, hint: str) -> None:
    assert not read(hint.removeprefix("write: ") + "\n")[1]


def test_all_faults_of_a_file_are_found_at_once() -> None:
    _, found = read("- a: 'x's'\n- b: Note: y\n- c: 1\n  c: 2\n- d: cut # here\n- e: *f\n- g: @\n")
    assert [(code, line, column) for code, line, column, _ in found] == [
        ("SRC002", 1, 6),
        ("SRC002", 2, 6),
        ("SRC003", 4, 3),
        ("SRC008", 5, 6),
        ("SRC009", 6, 6),
        ("SRC002", 7, 6),
    ]


def test_sound_values_beside_a_trap_are_not_reported() -> None:
    _, found = read(
        "a: 'It''s sound: yes'\nb: |\n  'x's\n  @ y: z: w\nc: \"two\n  lines\"\n"
        "d: 'two\n\n  more'\ne: it's plain\nf: 9:30\ng: @\n"
    )
    assert [(code, line) for code, line, _, _ in found] == [("SRC002", 12)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: b\n\tc: d\n", 2, 1),
        ("a: b\nno key\nc: d\n", 2, 1),
        ("a:\n  - b\n c: d\n", 3, 2),
        ("a: b\x07\n", 1, 5),
        ("a: b\n---\nc: d\n", 2, 1),
        ("? - a\n: b\n", 1, 3),
    ],
)
def test_other_faults_of_yaml_have_their_place(text: str, line: int, column: int) -> None:
    _, found = read(text)
    assert [place[:3] for place in found] == [("SRC002", line, column)]


def test_a_quotation_mark_that_swallows_keys_and_still_parses() -> None:
    _, found = read("- lemma: 'x\n  in: y'\n")
    assert found == [("SRC002", 1, 10, "write: - lemma: 'x'")]


def test_a_key_that_stands_twice() -> None:
    file = SourceFile("a.yaml", "- lemma: a\n  lemma: b\n")
    findings = Findings()
    node = read_yaml(file, findings)
    (found,) = findings.diagnostics
    assert found.code == "SRC003" and file.place(found.span.start) == (2, 3)
    assert file.place(found.labels[0].span.start) == (1, 3)
    assert isinstance(node, Items) and isinstance(node.items[0], Record)
    assert len(node.items[0].pairs) == 1


def test_a_value_cut_by_a_comment() -> None:
    node, found = read("a: no # 5\nb: c\n")
    assert found == [("SRC008", 1, 4, "write: a: 'no # 5'")]
    assert isinstance(node, Record) and isinstance(node.pairs[0][1], Broken)
    assert read("a: #5\n")[1] == [("SRC008", 1, 4, "write: a: '#5'")]
    assert read("- it's #5\n")[1] == [("SRC008", 1, 3, "write: - 'it''s #5'")]


@pytest.mark.parametrize(
    "text", ["# a\na: b\n  # c\nd: e\n", "a: 'b' # c\n", "a: b#c\n", "a: # list\n  - b\n"]
)
def test_comments_that_cut_nothing(text: str) -> None:
    assert not read(text)[1]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("a: [T, U]\n", (1, 4), "write: a: '[T, U]'"),
        ("a: {b: c}\n", (1, 4), "write: a: '{b: c}'"),
        ("a: {b: c,\n  d: e}\n", (1, 4), None),
        ("a: !b words\n", (1, 4), "write: a: '!b words'"),
        ("a: &b words\n", (1, 4), "write: a: '&b words'"),
        ("- *b\n", (1, 3), "write: - '*b'"),
        ("a: &b\n  - c\n", (1, 4), "take the sign out"),
    ],
)
def test_signs_of_yaml_that_record_files_do_not_use(
    text: str, place: tuple[int, int], hint: str | None
) -> None:
    assert read(text)[1] == [("SRC009", *place, hint)]


def test_aliases_and_depth_cost_nothing() -> None:
    bomb = "a0: &a0 x\n" + "".join(
        f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]\n" for n in range(1, 40)
    )
    assert [fault[0] for fault in read(bomb)[1]] == ["SRC009"] * 40
    for deep in ("a: " + "[" * 100_000, "- " * 100_000 + "x", "[" * 20_000 + "]" * 20_000):
        assert read(deep)[1]
