"""Blocks of a text: markdown-it finds them, and what marks them is read here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from markdown_it.token import Token

from printedition.edition.signs import BLOCK_KEYS, BLOCK_KINDS, MARK_KINDS
from printedition.edition.text import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    Figure,
    Group,
    Heading,
    Image,
    Listing,
    Paragraph,
    Quotation,
    TextNote,
    Words,
    plain_text,
)
from printedition.frozen import dataclass
from printedition.reading.attributes import Setting, check_attributes, parse_attributes
from printedition.reading.inline import by_plain_name, parse_inline
from printedition.reading.lines import FileLines, Line
from printedition.reading.markdown import DEEPEST, block_tokens
from printedition.reading.notes import check_notes
from printedition.reading.remarks import check_remark
from printedition.reading.slips import report_slips
from printedition.reading.tables import Grid
from printedition.reading.takes import take_of
from printedition.sources import SourceFile, Span

_NOTE_BODY = re.compile(r"\[\^([^\s\[\]^]+)\]:[ \t]*")


@dataclass(frozen=True, slots=True)
class RawHeading:
    """A heading whose words are left as they stand in the file, for a reader of its own."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A file's blocks; `heads` are the raw headings and how many blocks stand before each."""

    blocks: tuple[Block, ...]
    notes: tuple[TextNote, ...]
    heads: tuple[tuple[int, RawHeading], ...] = ()


@dataclass(slots=True)
class _Level:
    """Blocks being gathered inside a container."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    attributes: Attributes = NO_ATTRIBUTES
    start: int = 0
    marker: Span | None = None
    items: list[tuple[Block, ...]] = field(default_factory=list)
    number: int | None = None


class _Reader:
    def __init__(self, file: SourceFile, setting: Setting, raw_level: int | None) -> None:
        self.file = file
        self.setting = setting
        self.raw_level = raw_level
        self.lines = FileLines(file.text)
        self.levels = [_Level("")]
        self.pending: tuple[Attributes, int, Span] | None = None  # attributes and their line
        self.notes: list[TextNote] = []
        self.last_note_blocks = -1  # how many blocks stood when the last note's body was read
        self.heads: list[tuple[int, RawHeading]] = []
        self.table: Grid | None = None
        self.buried = 0  # fences that are open beyond the deepest level

    def read(self) -> Document:
        tokens = iter(block_tokens(self.file.text, prose=self.setting.prose))
        for token in tokens:
            self.token(token, tokens)
        self.above_nothing()
        self.close_fences_down_to(0)
        return Document(tuple(self.levels[0].blocks), tuple(self.notes), tuple(self.heads))

    # Tokens

    def token(self, token: Token, rest: Iterator[Token]) -> None:
        match token.type:
            case "attributes":
                self.attributes_line(token)
            case "fence":
                self.fence(token)
            case "remark":
                check_remark(token.content, self.start_of(token), self.file, self.setting)
            case "too_deep":
                self.too_deep(token)
            case "paragraph_open":
                self.paragraph(next(rest))
            case "heading_open":
                self.heading(token, next(rest))
            case "blockquote_open" | "bullet_list_open" | "ordered_list_open":
                self.open(token)
            case "blockquote_close" | "bullet_list_close" | "ordered_list_close":
                self.close(token)
            case "list_item_open":
                self.levels.append(_Level("list_item"))
            case "list_item_close":
                self.close_fences_down_to(self.index_of("list_item"))
                item = self.levels.pop()
                self.levels[-1].items.append(tuple(item.blocks))
            case "table_open":
                self.table = Grid(self.take_attributes(token), self.start_of(token))
            case "tr_open" if self.table is not None:
                start = int(token.meta["start"])
                line = self.file.text[start : self.lines.end(_line_number(token))].rstrip()
                self.table.begin_row(Line(line, start), self.setting)
            case "th_open" | "td_open" if self.table is not None:
                next(rest)
                cell = self.leaf([self.table.next_cell()], NO_ATTRIBUTES, verse=False)
                style = str(token.attrs.get("style", ""))
                self.table.add(cell, style.removeprefix("text-align:"))
            case "table_close" if self.table is not None:
                self.levels[-1].blocks.append(self.table.close(self.file.path))
                self.table = None

    def attributes_line(self, token: Token) -> None:
        self.above_nothing()
        line = _line_number(token)
        offset, text = self.lines.from_sign("{", line)
        attributes, after = self.braces(text, offset)
        span = Span(self.file.path, offset, offset + len(text))
        if attributes is None:
            return
        if text[after:].strip():
            self.words_after_braces(Span(self.file.path, offset + after, offset + len(text)))
            return
        kinds = (*BLOCK_KINDS, *self.setting.more_kinds)
        check_attributes(attributes, self.setting, kinds=kinds, keys=BLOCK_KEYS, what="block")
        self.pending = attributes, line, span

    def words_after_braces(self, span: Span) -> None:
        self.report(
            "MRK001",
            "words stand after the braces on their line",
            span,
            hint="attributes stand alone on the line above their block; to begin a "
            "paragraph with a brace write \\{",
        )

    def braces(self, text: str, offset: int) -> tuple[Attributes | None, int]:
        parsed, after = parse_attributes(text, 0, self.setting, shift=offset)
        return by_plain_name(parsed), after

    def above_nothing(self) -> None:
        if self.pending:
            self.report("MRK006", "these attributes stand above nothing", self.pending[2],
                        hint="put them directly above the block that they describe")  # fmt: skip
            self.pending = None

    def take_attributes(self, token: Token) -> Attributes:
        """The attributes directly above a block."""
        if self.pending is None:
            return NO_ATTRIBUTES
        attributes, line, span = self.pending
        self.pending = None
        if _line_number(token) != line + 1:
            self.report(
                "MRK006",
                "a blank line parts these attributes from their block",
                span,
                hint="put them directly above the block that they describe",
            )
        return attributes

    def fence(self, token: Token) -> None:
        offset, text = self.lines.from_sign(":::", _line_number(token))
        span = Span(self.file.path, offset, offset + len(text))
        self.above_nothing()
        brace = text.find("{")
        if self.buried or (brace >= 0 and len(self.levels) > DEEPEST):
            self.bury(span, 1 if brace >= 0 else -1)
            return
        if brace < 0:
            if self.levels[-1].name != "fence":
                self.report("MRK003", "this ::: closes a fence that was never opened", span,
                            hint="take it out, or open the fence with ::: {…}")  # fmt: skip
            else:
                self.close_fence(offset + len(text))
            return
        attributes, after = self.braces(text[brace:], offset + brace)
        if attributes is not None and text[brace + after :].strip():
            self.words_after_braces(Span(self.file.path, offset + brace + after, span.end))
        attributes = attributes or NO_ATTRIBUTES
        if attributes.span:
            check_attributes(
                attributes,
                self.setting,
                kinds=(*BLOCK_KINDS, *self.setting.more_kinds, *MARK_KINDS),
                keys=BLOCK_KEYS,
                what="fence",
            )
        level = _Level("fence", attributes=attributes, start=offset, marker=span)
        self.levels.append(level)

    def bury(self, span: Span, step: int) -> None:
        """Count a fence that is nested too deeply; the outermost is reported."""
        if not self.buried:
            self.report_depth(span)
        self.buried += step

    def too_deep(self, token: Token) -> None:
        line = _line_number(token)
        self.report_depth(Span(self.file.path, self.lines.start(line), self.lines.end(line)))

    def report_depth(self, span: Span) -> None:
        self.report(
            "MRK008",
            "quotations, fences or lists stand too deep one inside another from here on",
            span,
            hint="close some of those that are open before this line",
        )

    def close_fence(self, end: int) -> None:
        level = self.levels.pop()
        assert level.marker is not None
        span = Span(self.file.path, level.start, end)
        attributes = level.attributes
        block: Block
        if attributes.get("take") is not None:
            if level.blocks:
                self.report(
                    "MRK005",
                    "a fence that takes blocks holds none of its own",
                    level.marker,
                    hint="close it directly below, and put the words outside",
                )
            written = self.file.text[level.marker.start : level.marker.end]
            block = take_of(attributes, span, level.marker, written)
        elif "quotation" in attributes.kinds:
            block = Quotation(attributes, tuple(level.blocks), span)
        else:
            block = Group(attributes, tuple(level.blocks), span)
        self.levels[-1].blocks.append(block)

    def close_fences_down_to(self, index: int) -> None:
        while len(self.levels) - 1 > index:
            level = self.levels[-1]
            if level.name != "fence":
                break
            assert level.marker is not None
            self.report(
                "MRK003",
                "this fence is opened and not closed",
                level.marker,
                hint="add a line of ::: after the last block that belongs to it",
            )
            self.close_fence(level.marker.end)

    def index_of(self, name: str) -> int:
        return max(i for i, level in enumerate(self.levels) if level.name == name)

    def open(self, token: Token) -> None:
        name = token.type.removesuffix("_open")
        attributes = self.take_attributes(token)
        level = _Level(name, attributes=attributes, start=self.start_of(token))
        if name == "ordered_list":
            level.number = int(token.attrs.get("start", 1))
        self.levels.append(level)

    def close(self, token: Token) -> None:
        name = token.type.removesuffix("_close")
        self.above_nothing()
        self.close_fences_down_to(self.index_of(name))
        level = self.levels.pop()
        end = self.start_of(token) if token.map else level.start + 1
        blocks = tuple(level.blocks)
        if blocks:
            end = blocks[-1].span.end
        span = Span(self.file.path, level.start, end)
        block: Block
        if name == "blockquote":
            block = Quotation(level.attributes, blocks, span)
        else:
            block = Listing(level.attributes, level.number, tuple(level.items), span)
        self.levels[-1].blocks.append(block)

    # Leaves

    def paragraph(self, inline: Token) -> None:
        attributes = self.take_attributes(inline)
        verse = "verse" in attributes.kinds or any(
            "verse" in level.attributes.kinds for level in self.levels
        )
        lines = self.lines.of_block(_line_number(inline), inline.content, verse=verse)
        report_slips(lines, self.setting, verse=verse)
        body = _NOTE_BODY.match(lines[0].text)
        if body and all(level.name in ("", "fence") for level in self.levels):
            self.note(body, lines, attributes)
            return
        if self.continues_note(inline):
            note = self.notes[-1]
            paragraph = self.leaf(lines, attributes, verse)
            self.notes[-1] = TextNote(note.label, (*note.blocks, paragraph), note.span)
            return
        paragraph = self.leaf(lines, attributes, verse)
        self.levels[-1].blocks.append(_figure(paragraph) or paragraph)

    def leaf(self, lines: Sequence[Line], attributes: Attributes, verse: bool) -> Paragraph:
        setting = self.setting
        if verse:
            setting = Setting(
                setting.source, setting.findings, setting.folder, setting.prose, verse=True
            )
        inlines = parse_inline(lines, setting)
        span = Span(self.file.path, lines[0].offset, lines[-1].offset + len(lines[-1].text))
        return Paragraph(attributes, inlines, span, plain_text(inlines))

    def note(self, body: re.Match[str], lines: Sequence[Line], attributes: Attributes) -> None:
        first = Line(lines[0].text[body.end() :], lines[0].offset + body.end())
        paragraph = self.leaf([first, *lines[1:]], attributes, verse=False)
        span = Span(self.file.path, lines[0].offset, lines[0].offset + body.end())
        self.notes.append(TextNote(body[1], (paragraph,), span))
        self.last_note_blocks = len(self.levels[0].blocks)

    def continues_note(self, inline: Token) -> bool:
        """Indented paragraphs directly after a note's body belong to it."""
        line = self.lines[_line_number(inline)]
        return (
            bool(self.notes)
            and len(self.levels) == 1
            and self.last_note_blocks == len(self.levels[0].blocks)
            and line.startswith(("  ", "\t"))
        )

    def heading(self, token: Token, inline: Token) -> None:
        attributes = self.take_attributes(token)
        level = int(token.tag[1])
        number = _line_number(token)
        line = self.lines[number]
        start = line.find(inline.content, line.find("#") + level) if inline.content else len(line)
        offset = self.lines.start(number) + start
        span = Span(self.file.path, offset, offset + len(inline.content))
        if level == self.raw_level and len(self.levels) == 1:
            if attributes.span is not None:
                self.report("MRK006", "the head of a note has its braces in its own line",
                            attributes.span, hint="write: ## p3 “words” {.foot}")  # fmt: skip
            self.heads.append((len(self.levels[0].blocks), RawHeading(inline.content, span)))
            return
        report_slips([Line(inline.content, offset)], self.setting)
        inlines = parse_inline([Line(inline.content, offset)], self.setting)
        self.levels[-1].blocks.append(
            Heading(level, attributes, inlines, span, plain_text(inlines))
        )

    def start_of(self, token: Token) -> int:
        return self.lines.start(_line_number(token))

    def report(self, code: str, message: str, span: Span, *, hint: str | None = None) -> None:
        self.setting.findings.report(code, message, span, hint=hint)


def _line_number(token: Token) -> int:
    assert token.map is not None
    return token.map[0]


def _figure(paragraph: Paragraph) -> Figure | None:
    """A paragraph that begins with a picture is a figure, the rest of it the caption."""
    if not paragraph.inlines or not isinstance(paragraph.inlines[0], Image):
        return None
    image, *rest = paragraph.inlines
    assert isinstance(image, Image)
    if rest and isinstance(first := rest[0], Words):
        text = first.text.lstrip()
        start = first.span.end - len(text)
        rest[:1] = [Words(text, Span(first.span.source, start, first.span.end))] if text else []
    caption = None
    if rest:
        words = tuple(rest)
        caption = Paragraph(NO_ATTRIBUTES, words, paragraph.span, plain_text(words))
    return Figure(paragraph.attributes, image, caption, paragraph.span)


def parse_blocks(file: SourceFile, setting: Setting, *, raw_level: int | None = None) -> Document:
    """A file's blocks and notes; headings of `raw_level` are kept apart, unparsed."""
    document = _Reader(file, setting, raw_level).read()
    if raw_level is None:  # in a commentary every call is a fault, which its reader reports
        check_notes(document.blocks, document.notes, setting.findings)
    return document
