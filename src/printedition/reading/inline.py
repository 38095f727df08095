"""Marks inside a block: emphasis, bracketed marks, note calls, page breaks, links, images.

markdown-it gives its inline tokens no offsets, and a text must be taken literally; so this is a
parser of our own, in which every mark and every fault has its place in the file.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from printedition.diagnostics import Findings
from printedition.edition.quotation import Value
from printedition.edition.signs import MARK_KEYS, MARK_KINDS
from printedition.edition.text import (
    Attributes,
    Citation,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteCall,
    PageBreak,
    Words,
    plain_text,
    walk_inlines,
)
from printedition.reading.attributes import Setting, check_attributes, end_of, parse_attributes
from printedition.reading.citations import CitationReader, names_a_work
from printedition.reading.lines import Line, Stretch
from printedition.reading.pairs import pairs_of
from printedition.sources import SourceOutside, Span, resolve

_DEEPEST = 40  # marks one inside another: more than any text has, and far from Python's limit

_CALL = re.compile(r"\[\^([^\s\[\]^]+)\]")
_WORD_OR_WHITE = re.compile(r"\s+|\S+")
_UNEVEN = re.compile(r"\s\s|[^\S ]")  # white space that is more than one blank
_LINE = re.compile(r"[^\n]+|\n")
_ASTERISKS = re.compile(r"\*+")
_PLAIN = re.compile(r"[^\\\n*\[\]!]*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


@dataclass(slots=True)
class _Open:
    """An opened mark or emphasis, waiting for its end."""

    sign: str
    at: int
    children: list[Inline] = field(default_factory=list)


class _Parser:
    def __init__(self, lines: Sequence[Line], setting: Setting) -> None:
        self.setting = setting
        self.stretch = stretch = Stretch(lines, setting.source)
        self.text, self.span, self.shift = stretch.text, stretch.span, stretch.shift
        self.stack = [_Open("", 0)]
        self.run: list[str] = []
        self.run_start = 0
        self.run_next = -1
        self.after_white = True  # whether the plain text so far ends in a space, or is empty
        self.pairs = pairs_of(self.text, "[", "]")
        self.parentheses: dict[int, int] | None = None  # of addresses; only prose needs them
        self.open_signs = {"*": 0, "[": 0}

    # What has been read

    def put(self, words: str, index: int) -> None:
        """Add words of one line to the run, their white space made one space."""
        shift = self.shift(index)
        if not _UNEVEN.search(words) and not (self.after_white and words[:1] == " "):
            if words:
                self.after_white = words[-1] == " "
                self.put_at(index + shift, words)
            return
        for match in _WORD_OR_WHITE.finditer(words):
            piece = match.group()
            if piece.isspace():
                if self.after_white:
                    continue
                piece = " "
            self.after_white = piece == " "
            self.put_at(index + match.start() + shift, piece)

    def put_at(self, offset: int, piece: str) -> None:
        """A run stands without a gap in the file."""
        if offset != self.run_next:
            self.flush()
            self.run_start = offset
        self.run.append(piece)
        self.run_next = offset + len(piece)

    def flush(self) -> None:
        if self.run:
            span = Span(self.setting.source, self.run_start, self.run_next)
            self.stack[-1].children.append(Words("".join(self.run), span))
            self.run = []
        self.run_next = -1

    def add(self, inline: Inline) -> None:
        self.flush()
        self.stack[-1].children.append(inline)

    # The signs

    def parse(self) -> tuple[Inline, ...]:
        text = self.text
        index = 0
        while index < len(text):
            character = text[index]
            if character == "\\":
                index = self.escape(index)
            elif character == "\n" and self.setting.verse:
                index = self.verse_end(index)
            elif character == "*":
                index = self.asterisk(index)
            elif character == "[":
                index = self.open_bracket(index)
            elif character == "]":
                index = self.close_bracket(index)
            elif character == "!" and self.image_at(index):
                index = self.image(index)
            else:
                end = end_of(_PLAIN, text, index + 1)
                self.put(text[index:end], index)
                index = end
        self.dissolve_down_to(0)
        self.flush()
        self.drop_last_space()
        return tuple(self.stack[0].children)

    def push(self, sign: str, index: int) -> int:
        """Open a mark or emphasis; the index from which to read on."""
        if len(self.stack) > _DEEPEST:
            return self.give_up(index)
        self.flush()
        self.stack.append(_Open(sign, index))
        self.open_signs[sign] += 1
        return index + 1

    def pop(self) -> _Open:
        self.flush()
        opened = self.stack.pop()
        self.open_signs[opened.sign] -= 1
        return opened

    def give_up(self, index: int) -> int:
        """Take the rest of the block for plain words."""
        self.setting.findings.report(
            "MRK008",
            f"more than {_DEEPEST} marks stand open one inside another here",
            self.span(index, index + 1),
            hint="close those that are open, or write \\* and \\[ to print the signs",
        )
        for match in _LINE.finditer(self.text, index):
            self.put(match.group(), match.start())
        while len(self.stack) > 1:
            self.dissolve()
        return len(self.text)

    def escape(self, index: int) -> int:
        following = self.text[index + 1 : index + 2]
        if following and following in string.punctuation:
            self.flush()
            self.put(following, index + 1)
            return index + 2
        if following == "\n":
            return self.verse_end(index + 1, start=index)
        self.put("\\", index)
        return index + 1

    def verse_end(self, index: int, start: int | None = None) -> int:
        after = index + 1
        while self.text[after : after + 1] in (" ", "\t"):
            after += 1
        indent = after - index - 1 if self.setting.verse else 0
        self.flush()
        self.drop_last_space()
        self.add(LineBreak(indent, self.span(index if start is None else start, index + 1)))
        self.after_white = True
        return after

    def drop_last_space(self) -> None:
        """Take away the space that the plain text ends in, in whatever mark it stands."""
        if self.after_white:
            any(_drop_last_space(opened.children) for opened in reversed(self.stack))

    def asterisk(self, index: int) -> int:
        text = self.text
        end = end_of(_ASTERISKS, text, index)
        before, after = text[index - 1 : index], text[end : end + 1]
        can_open = end == index + 1 and bool(after) and not after.isspace()
        can_close = end == index + 1 and bool(before) and not before.isspace()
        if can_close and self.open_signs["*"]:
            self.dissolve_until("*")
            opened = self.pop()
            span = self.span(opened.at, index + 1)
            self.stack[-1].children.append(Emphasis(tuple(opened.children), span))
        elif can_open:
            return self.push("*", index)
        else:
            self.put(text[index:end], index)
        return end

    def open_bracket(self, index: int) -> int:
        call = _CALL.match(self.text, index)
        if call and self.text[call.end() : call.end() + 1] != "{":
            self.add(NoteCall(call[1], self.span(index, call.end())))
            return call.end()
        close = self.pairs.get(index)
        if close is not None and self.marks_end_at(close):
            return self.push("[", index)
        if close is not None and self.setting.prose and names_a_work(self.text, index, close):
            return self.citation(index, close)
        self.put("[", index)
        return index + 1

    def citation(self, index: int, close: int) -> int:
        self.add(CitationReader(self.stretch, self.setting, parse_inline).read(index, close))
        self.after_white = False
        return close + 1

    def marks_end_at(self, close: int) -> bool:
        following = self.text[close + 1 : close + 2]
        return following == "{" or (self.setting.prose and following == "(")

    def close_bracket(self, index: int) -> int:
        if not self.marks_end_at(index):
            self.put("]", index)
            return index + 1
        if not self.open_signs["["]:
            if self.text[index + 1] == "{":
                self.setting.findings.report(
                    "MRK002",
                    "this ] with braces ends a mark that never began",
                    self.span(index, index + 1),
                    hint="add the [ before the words, or write \\] to print the bracket",
                )
                _, after = self.braces(index + 1)
                return after
            self.put("]", index)
            return index + 1
        self.dissolve_until("[")
        opened = self.pop()
        if self.text[index + 1] == "{":
            return self.mark(opened, index)
        return self.link(opened, index)

    def braces(self, index: int) -> tuple[Attributes | None, int]:
        parsed, after = parse_attributes(self.text, index, self.setting, shift=self.shift(index))
        return by_plain_name(parsed), after

    def mark(self, opened: _Open, index: int) -> int:
        attributes, after = self.braces(index + 1)
        span = self.span(opened.at, after)
        if attributes is None:
            self.stack[-1].children.extend(opened.children)
            return after
        check_attributes(attributes, self.setting, kinds=MARK_KINDS, keys=MARK_KEYS, what="mark")
        if "page-break" in attributes.kinds:
            self.check_empty(opened)
            doubtful = attributes.get("cert") == "low"
            self.stack[-1].children.append(PageBreak(attributes.get("n"), doubtful, span))
        else:
            blank = self.after_white and self.text[after : after + 1].isspace()
            spaced = blank and not opened.children
            self.stack[-1].children.append(Mark(attributes, tuple(opened.children), span, spaced))
        return after

    def check_empty(self, opened: _Open) -> None:
        if opened.children:
            self.setting.findings.report(
                "MRK007",
                "a page break holds no words",
                Span(self.setting.source, opened.children[0].span.start,
                     opened.children[-1].span.end),
                hint="write []{.page-break n=…} where the page ends, and the words beside it",
            )  # fmt: skip

    def link(self, opened: _Open, index: int) -> int:
        address, after = self.address(index + 1)
        if address is None:
            self.stack[-1].children.extend(
                [Words("[", self.span(opened.at, opened.at + 1)), *opened.children]
            )
            self.put("]", index)
            return index + 1
        span = self.span(opened.at, after)
        scheme = _SCHEME.match(address)
        if not scheme or scheme[1].lower() not in ("http", "https", "mailto"):
            self.setting.findings.report(
                "LNK001",
                f"the link to “{address}” leaves the edition",
                self.span(index + 2, after - 1),
                hint="a place in the book is reached by [words]{ref=…}",
            )
        self.stack[-1].children.append(Link(address, tuple(opened.children), span))
        return after

    def address(self, index: int) -> tuple[str | None, int]:
        """The address in parentheses that open at `index`, and the index after them."""
        if self.parentheses is None:
            self.parentheses = pairs_of(self.text, "(", ")", apart=True)
        close = self.parentheses.get(index)
        return (None, index) if close is None else (self.text[index + 1 : close], close + 1)

    def image_at(self, index: int) -> bool:
        close = self.pairs.get(index + 1)
        return self.setting.prose and close is not None and self.text[close + 1 : close + 2] == "("

    def image(self, index: int) -> int:
        close = self.pairs[index + 1]
        path, after = self.address(close + 1)
        if path is None:
            self.put("!", index)
            return index + 1
        place = self.span(close + 2, after - 1)
        description = " ".join(self.text[index + 2 : close].split())
        if _SCHEME.match(path) or path.startswith("//"):
            self.setting.findings.report(
                "IMG002",
                f"the image “{path}” is remote; nothing is ever fetched",
                place,
                hint="save the picture in the edition's folder and name it by its path",
            )
        else:
            try:
                inside = resolve(path, self.setting.folder)
                self.add(Image(inside, description, place))
                self.after_white = False
            except SourceOutside:
                self.setting.findings.report(
                    "IMG003",
                    f"the image “{path}” lies outside the edition's folder",
                    place,
                    hint="copy the picture into the edition's folder",
                )
        return after

    def unclosed(self, opened: _Open) -> None:
        name = "this emphasis" if opened.sign == "*" else "this mark"
        literal = "\\*" if opened.sign == "*" else "\\["
        self.setting.findings.report(
            "MRK002",
            f"{name} is opened and not closed in its block or mark",
            self.span(opened.at, opened.at + 1),
            hint=f"close it, or write {literal} to print the sign",
        )

    def dissolve_until(self, sign: str) -> None:
        """Take what is open inside the innermost `sign` for literal."""
        depth = max(i for i, opened in enumerate(self.stack) if opened.sign == sign)
        self.dissolve_down_to(depth)

    def dissolve_down_to(self, depth: int) -> None:
        while len(self.stack) - 1 > depth:
            self.unclosed(self.stack[-1])
            self.dissolve()

    def dissolve(self) -> None:
        """Take the innermost open sign for literal, so that the rest can be read."""
        opened = self.pop()
        sign = Words(opened.sign, self.span(opened.at, opened.at + 1))
        self.stack[-1].children.extend([sign, *opened.children])


def _drop_last_space(children: list[Inline]) -> bool:
    """Whether what ends the plain text was met; a space there is taken away."""
    for index in range(len(children) - 1, -1, -1):
        match children[index]:
            case Words(text=text, span=span):
                if text.endswith(" "):
                    shorter = Words(text[:-1], Span(span.source, span.start, span.end - 1))
                    children[index : index + 1] = [shorter] if shorter.text else []
                return True
            case LineBreak() | Image() | Citation():
                return True
            case Emphasis() | Mark() | Link() as mark:
                inner = list(mark.children)
                if _drop_last_space(inner):
                    children[index] = replace(mark, children=tuple(inner))
                    return True
    return False


def parse_inline(lines: Sequence[Line], setting: Setting) -> tuple[Inline, ...]:
    """The marks and words of a block's lines; white space is made one space across marks."""
    return _Parser(lines, setting).parse()


def parse_value(value: Value, *, folder: str, findings: Findings) -> tuple[Inline, ...]:
    """The marks and words of a record's Markdown string.

    Offsets are those of the string as YAML gives it, so they are exact in a value on one line
    without doubled apostrophes, and lie within the value otherwise.
    """
    quote = 1 if value.span.end - value.span.start > len(value.text) else 0
    start = value.span.start + quote
    setting = Setting(value.span.source, findings, folder, prose=True)
    lines = []
    for text in value.text.split("\n"):
        lines.append(Line(text, start))
        start += len(text) + 1
    inlines = parse_inline(lines, setting)
    for note in (inline for inline in walk_inlines(inlines) if isinstance(inline, NoteCall)):
        findings.report("NOT003", "a note is called where no note can be", note.span, hint=None)
    return inlines


def has_marks(words: str) -> bool:
    """Whether words of a record may hold a mark, or an escaped sign."""
    return any(sign in words for sign in "*[\\")


def plain_name(name: str) -> str:
    """The plain words of what is named with or without its marks, as a heading of an index is.

    Faults pass: what they leave names nothing, and is reported as that.
    """
    if not has_marks(name):
        return name
    value = Value(name, Span("", 0, len(name)))
    return plain_text(parse_value(value, folder="", findings=Findings()))


def by_plain_name(attributes: Attributes | None) -> Attributes | None:
    """Attributes whose `index` names a heading by its plain words."""
    name = attributes.get("index") if attributes else None
    if attributes is None or name is None or not has_marks(name):
        return attributes
    return replace(attributes, values={**attributes.values, "index": plain_name(name)})
