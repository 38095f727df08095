"""Reading holds whatever is written: no exception, every place true, no word lost in silence.

The files that are changed at random are those of the real edition and of the tests' stock. To run
more of them than the suite does: `FUZZ_FILES=10000 python -m pytest tests/test_fuzz.py`.
"""

from __future__ import annotations

import os
import random
import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printedition.diagnostics import Diagnostic, Findings
from printedition.edition.text import (
    Attributes,
    Block,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteCall,
    PageBreak,
    Take,
    Words,
    leaves_of,
    plain_text,
    walk,
    walk_inlines,
)
from printedition.pipeline import examine
from printedition.reading.blocks import Document, parse_blocks
from printedition.reading.inline import Line, Setting, parse_inline
from printedition.reading.yamltree import Items, Node, Record, Scalar, read_yaml
from printedition.sources import MemorySources, SourceFile, SourceNotText, Span, decode

REPOSITORY = Path(__file__).parents[1]
EDITIONS = (REPOSITORY / "content", REPOSITORY / "tests" / "checks" / "stock")
MUTATED_FILES = int(os.environ.get("FUZZ_FILES", "300"))

# What is made at random leans towards the signs that mean something.
SIGNS = st.sampled_from(
    ["*", "[", "]", "{", "}", "(", ")", "!", "\\", "^", "#", ".", "=", '"', "'", "“", "”", ":::",
     ">", "|", "-", "[^1]", "[^1]: ", "]{.supplied}", "[]{.page-break n=2}", "{#p1 .clause}",
     "::: {.quotation}", "# ", "> ", "- ", "1. ", "| a | b |\n|---|---|\n", "\n", "\n\n", "  ",
     "\t", "take=A", "cert=low", "é", "e\u0301", "—", "𝔄", "\u00a0", "\u2028", "\x1c", "\0"]
)  # fmt: skip
LETTERS = st.text("abcxyz ", min_size=1, max_size=6)
SOURCES = st.lists(SIGNS | LETTERS | st.characters(codec="utf-8"), max_size=40).map("".join)
LINES = st.lists(SIGNS | LETTERS, max_size=25).map(lambda parts: "".join(parts).replace("\r", ""))
QUICK = settings(
    max_examples=int(os.environ.get("FUZZ_TEXTS", "200")), deadline=None, derandomize=True
)


def _blocks(text: str, *, prose: bool) -> tuple[SourceFile, Document, Findings]:
    file = decode("a.md", text.encode("utf-8", "replace"))
    findings = Findings()
    return file, parse_blocks(file, Setting("a.md", findings, prose=prose)), findings


def _inlines(text: str, *, prose: bool) -> tuple[tuple[Inline, ...], Findings]:
    findings = Findings()
    lines, offset = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, offset))
        offset += len(line) + 1
    return parse_inline(lines, Setting("a.md", findings, prose=prose)), findings


# Places


def _check_diagnostics(
    diagnostics: Iterable[Diagnostic], text_of: Callable[[str], str | None]
) -> None:
    for found in diagnostics:
        for span in (found.span, *(label.span for label in found.labels)):
            text = text_of(span.source)
            if text is None:
                assert (span.start, span.end) == (0, 0), found
            else:
                assert 0 <= span.start <= span.end <= len(text) + 1, found
                assert span.start <= len(text), found


def _check_inlines(inlines: tuple[Inline, ...], text: str, whole: Span) -> None:
    for inline in walk_inlines(inlines):
        written = text[inline.span.start : inline.span.end]
        assert whole.start <= inline.span.start < inline.span.end <= whole.end, inline
        match inline:
            case Words():
                pairs = zip(inline.text, written, strict=True)
                assert all(a == b or (a == " " and b.isspace()) for a, b in pairs), inline
            case Emphasis():
                assert written[0] == written[-1] == "*"
            case Mark() | PageBreak():
                assert written[0] == "[" and written[-1] == "}"
            case NoteCall():
                assert written == f"[^{inline.label}]"
            case Link():
                assert written[0] == "[" and written[-1] == ")"
                assert inline.address in written
            case LineBreak():
                assert written[-1] == "\n" or written == "\\"
        if isinstance(inline, Mark):
            _check_attributes(inline.attributes, text, inline.span)


def _check_attributes(attributes: Attributes, text: str, whole: Span | None = None) -> None:
    if attributes.span is None:
        return
    assert text[attributes.span.start] == "{" and text[attributes.span.end - 1] == "}"
    for item, span in attributes.places.items():
        written = text[span.start : span.end]
        assert attributes.span.start < span.start <= span.end < attributes.span.end
        if item[0] in "#.":
            assert written == item
        elif item.endswith("="):
            assert written == item[:-1]
        else:
            assert attributes.values[item] == _unescaped(written) or not attributes.values[item]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _check_blocks(blocks: tuple[Block, ...], text: str) -> None:
    for block in walk(blocks):
        assert 0 <= block.span.start <= block.span.end <= len(text), block
        _check_attributes(block.attributes, text)
        if isinstance(block, Take):
            for name, span in block.targets:
                assert text[span.start : span.end] == name
    for leaf in leaves_of(blocks):
        _check_inlines(leaf.inlines, text, leaf.span)
        assert leaf.plain == plain_text(leaf.inlines)
        assert "  " not in leaf.plain and leaf.plain == leaf.plain.strip()


# Words


def _kept(document: Document) -> Iterator[str]:
    """All that a document holds of its file, in any form."""
    bodies = [document.blocks, *(note.blocks for note in document.notes)]
    for body in bodies:
        for block in walk(body):
            yield from _attribute_words(block.attributes)
        for leaf in leaves_of(body):
            yield from _inline_words(leaf.inlines)
        for block in walk(body):
            if hasattr(block, "image"):
                yield from (block.image.path, block.image.description)
    yield from (note.label for note in document.notes)


def _attribute_words(attributes: Attributes) -> Iterator[str]:
    yield from (attributes.id or "", *attributes.kinds, *attributes.values.values())
    yield from attributes.values


def _inline_words(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in walk_inlines(inlines):
        match inline:
            case Words():
                yield inline.text
            case Mark():
                yield from _attribute_words(inline.attributes)
            case NoteCall():
                yield inline.label
            case PageBreak():
                yield f"page-break n cert low {inline.number or ''}"
            case Link():
                yield inline.address
            case Image():
                yield from (inline.path, inline.description)


def _letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character in string.ascii_letters)


def _check_no_word_lost(document: Document, text: str, findings: Findings) -> None:
    """Each letter is kept, or stands on a line of which a fault is reported."""
    lost = _letters(text) - _letters("".join(_kept(document)))
    faulty = set()
    for found in findings.diagnostics:
        first = text.count("\n", 0, found.span.start)
        faulty |= set(range(first, text.count("\n", 0, found.span.end) + 1))
    for number, line in enumerate(text.split("\n")):
        if number in faulty:
            lost -= _letters(line)
    assert not lost, lost


@QUICK
@given(SOURCES, st.booleans())
def test_blocks_keep_every_place_and_every_word(text: str, prose: bool) -> None:
    file, document, findings = _blocks(text, prose=prose)
    _check_diagnostics(findings.diagnostics, lambda _: file.text)
    _check_blocks(document.blocks, file.text)
    for note in document.notes:
        _check_blocks(note.blocks, file.text)
    _check_no_word_lost(document, file.text, findings)


@QUICK
@given(LINES, st.booleans())
def test_inlines_keep_every_place(text: str, prose: bool) -> None:
    inlines, findings = _inlines(text, prose=prose)
    _check_diagnostics(findings.diagnostics, lambda _: text)
    _check_inlines(inlines, text, Span("a.md", 0, len(text)))


@QUICK
@given(st.text(string.printable + "éœß—“”𝔄", max_size=60))
def test_escaped_words_come_back_as_they_are(text: str) -> None:
    escaped = "".join(f"\\{c}" if c in string.punctuation else c for c in text)
    inlines, findings = _inlines(escaped, prose=True)
    assert findings.diagnostics == []
    assert plain_text(inlines) == " ".join(text.split())


# A tree of marks, printed and read again

PLAIN = st.text("abcé— ", min_size=1, max_size=8).map(lambda text: " ".join(text.split()) or "a")
TREES = st.recursive(
    PLAIN.map(lambda words: ("words", words)),
    lambda inner: st.tuples(
        st.sampled_from(["supplied", "deleted", "emphasis"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


def _written(tree: tuple[str, object], *, italic: bool = False) -> str:
    kind, body = tree
    if kind == "words":
        return str(body)
    assert isinstance(body, list)
    if kind == "emphasis":
        words = " ".join(_written(child, italic=True) for child in body)
        return words if italic else f"*{words}*"
    return f"[{' '.join(_written(child, italic=italic) for child in body)}]{{.{kind}}}"


def _shape(inlines: tuple[Inline, ...]) -> str:
    parts = []
    for inline in inlines:
        match inline:
            case Words():
                parts.append(inline.text)
            case Emphasis():
                parts.append(f"*{_shape(inline.children)}*")
            case Mark():
                parts.append(f"[{_shape(inline.children)}]{{.{inline.kind}}}")
    return "".join(parts)


@QUICK
@given(TREES)
def test_marks_that_are_printed_are_read_again(tree: tuple[str, object]) -> None:
    written = _written(tree)
    inlines, findings = _inlines(written, prose=False)
    assert findings.diagnostics == []
    assert _shape(inlines) == written


# Records


def _scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Items():
            for item in node.items:
                yield from _scalars(item)
        case Record():
            for key, value in node.pairs:
                yield key
                yield from _scalars(value)


RECORDS = st.lists(
    st.sampled_from(["- ", "a: ", "b:\n", "  ", "\n", "'", '"', ": ", " #", "|", ">", "&x ", "*x",
                     "!t ", "{", "}", "[", "]", ",", "? ", "---\n", "\t", "%", "@", "\ufeff"])
    | LETTERS
    | st.characters(codec="utf-8"),
    max_size=30,
).map("".join)  # fmt: skip


@QUICK
@given(RECORDS)
def test_records_keep_every_place(text: str) -> None:
    file = decode("a.yaml", text.encode("utf-8", "replace"))
    findings = Findings()
    tree = read_yaml(file, findings)
    _check_diagnostics(findings.diagnostics, lambda _: file.text)
    for scalar in _scalars(tree):
        written = file.text[scalar.span.start : scalar.span.end]
        if scalar.style == "":
            assert " ".join(written.split()) == " ".join(scalar.text.split())
        elif scalar.style in ("'", '"'):
            assert written[0] == written[-1] == scalar.style


@QUICK
@given(PLAIN | st.text(string.printable.strip() + " é", min_size=1))
def test_words_in_single_quotes_come_back_as_they_are(words: str) -> None:
    findings = Findings()
    text = "a: '" + words.replace("'", "''") + "'\n"
    tree = read_yaml(SourceFile("a.yaml", text), findings)
    assert findings.diagnostics == []
    assert isinstance(tree, Record)
    value = tree.pairs[0][1]
    assert isinstance(value, Scalar) and value.text == words


# Whole editions, changed at random


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _cut(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 1, 2, 5, 30, 400)))


def _without(data: bytes, chance: random.Random) -> bytes:
    start, end = _cut(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _cut(data, chance)
    return data[:end] + data[start:end] + data[end:]


def _swapped_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _without_a_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _doubled_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"\n".join(lines)


def _shifted_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    number = chance.randrange(len(lines))
    lines[number] = chance.choice((b" ", b"  ", b"\t", b"> ", b"- ")) + lines[number]
    return b"\n".join(lines)


def _with_a_byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + chance.randrange(2) :]


def _with_a_sign(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice("*[]{}()\\'\"#:|>&!%@`-^“”\n\t ").encode() + data[at:]


def _with_unicode(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    character = chr(chance.choice((chance.randrange(0xD800), chance.randrange(0xE000, 0x110000))))
    return data[:at] + character.encode() * chance.choice((1, 1, 40)) + data[at:]


CHANGES = (
    _without, _doubled, _swapped_lines, _without_a_line, _doubled_line, _shifted_line,
    _with_a_byte, _with_a_sign, _with_unicode,
)  # fmt: skip


def _changed(files: Mapping[str, bytes], seed: int) -> dict[str, bytes]:
    """An edition in which one file was changed at one to four places."""
    chance = random.Random(seed)
    name = chance.choice([name for name in files if name.endswith((".md", ".yaml"))])
    data = files[name]
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(CHANGES)(data, chance)
    return {**files, name: data}


def _text_of(files: Mapping[str, bytes]) -> Callable[[str], str | None]:
    def text(path: str) -> str | None:
        try:
            return decode(path, files[path]).text
        except KeyError:
            return None
        except SourceNotText as broken:
            return broken.file.text

    return text


SHARES = [0, *(pytest.param(share, marks=pytest.mark.slower) for share in (1, 2, 3))]


@pytest.mark.parametrize("share", SHARES)
def test_changed_editions_are_examined(share: int) -> None:
    editions = [_files(folder) for folder in EDITIONS]
    for seed in range(share, MUTATED_FILES, 4):
        files = _changed(editions[seed % 3 % 2], seed)
        try:
            examination = examine(MemorySources(files))
            _check_diagnostics(examination.diagnostics, _text_of(files))
        except Exception as fault:
            raise AssertionError(f"the edition changed by seed {seed}") from fault
