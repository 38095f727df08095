"""Blocks of a text: markdown-it finds them, and what marks them is read here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
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
    NoteCall,
    Paragraph,
    Quotation,
    Table,
    Take,
    TextNote,
    Words,
    leaves_of,
    plain_text,
    walk_inlines,
)
from printedition.reading.inline import (
    Line,
    Setting,
    check_attributes,
    parse_attributes,
    parse_inline,
)
from printedition.reading.slips import report_slips
from printedition.sources import SourceFile, Span

_FENCE = re.compile(r":{3,}[ \t]*(\{.*)?$")
_COMMENT = ("<!--", "-->")
_NOTE_BODY = re.compile(r"\[\^([^\s\[\]^]+)\]:[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")
_DEEPEST = 40  # containers one inside another: more than any book has, and far from Python's limit


def _depth_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Leave what is nested too deeply to a diagnostic; markdown-it would drop it in silence."""
    if silent or state.level < _DEEPEST:
        return False
    _emit(state, "too_deep", line, "")
    state.line = end
    return True


def _table_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """markdown-it's tables, each row with the place where it begins."""
    before = len(state.tokens)
    if not table(state, line, end, silent):
        return False
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            row = token.map[0]
            token.meta["start"] = state.bMarks[row] + state.tShift[row]
    return True


def _attributes_rule(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    text = _line_of(state, line)
    if silent or not text.startswith("{"):
        return False
    return _emit(state, "attributes", line, text)


def _fence_rule(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    text = _line_of(state, line)
    if not _FENCE.match(text):
        return False
    return True if silent else _emit(state, "fence", line, text)


def _comment_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A remark of the editor's, to the line that ends it; one that no line ends is its first."""
    text = _line_of(state, line)
    if silent or not text.startswith(_COMMENT[0]):
        return False
    closing = state.src.find(_COMMENT[1], state.bMarks[line])
    inside = range(line, end) if closing >= 0 else ()
    last = next((n for n in inside if closing < state.eMarks[n]), None)
    _emit(state, "comment", line, text if last is None else _line_of(state, last))
    state.line = line + 1 if last is None else last + 1
    return True


def _line_of(state: StateBlock, line: int) -> str:
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : state.eMarks[line]].rstrip()


def _emit(state: StateBlock, name: str, line: int, text: str) -> bool:
    token = state.push(name, "", 0)
    token.map = [line, line + 1]
    token.content = text
    state.line = line + 1
    return True


def _markdown(*, prose: bool) -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": _DEEPEST + 4})
    parser.enable(["blockquote", "heading"])
    if prose:
        parser.enable(["list", "table"])
    ruler = parser.block.ruler
    ruler.at("table", _table_rule, {"alt": ["paragraph", "reference"]})
    options = {"alt": ["paragraph", "blockquote", "list"]}
    ruler.before("blockquote", "fence_line", _fence_rule, options)  # type: ignore[arg-type]
    ruler.before("fence_line", "attributes_line", _attributes_rule)
    ruler.before("attributes_line", "comment", _comment_rule)
    ruler.before("table", "depth", _depth_rule)
    return parser


_TEXT_MARKDOWN = _markdown(prose=False)
_PROSE_MARKDOWN = _markdown(prose=True)


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
        self.lines = file.text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.levels = [_Level("")]
        self.pending: tuple[Attributes, int, Span] | None = None  # attributes and their line
        self.notes: list[TextNote] = []
        self.last_note_blocks = -1  # how many blocks stood when the last note's body was read
        self.heads: list[tuple[int, RawHeading]] = []
        self.table: _TableParts | None = None
        self.buried = 0  # fences that are open beyond the deepest level

    def read(self) -> Document:
        parser = _PROSE_MARKDOWN if self.setting.prose else _TEXT_MARKDOWN
        tokens: list[Token] = []
        parser.block.parse(self.file.text, parser, {}, tokens)
        iterator = iter(tokens)
        for token in iterator:
            self.token(token, iterator)
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
            case "comment":
                self.comment(token)
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
                self.table = _TableParts(self.take_attributes(token), token)
            case "tr_open" if self.table is not None:
                self.row(token, self.table)
            case "th_open" | "td_open" if self.table is not None:
                next(rest)
                self.cell(token, self.table)
            case "table_close" if self.table is not None:
                self.finish_table(self.table)

    def attributes_line(self, token: Token) -> None:
        self.above_nothing()
        line = self.first_line(token)
        offset = self.starts[line] + self.lines[line].find("{")
        text = self.lines[line][offset - self.starts[line] :].rstrip()
        attributes, after = self.braces(text, offset)
        span = Span(self.file.path, offset, offset + len(text))
        if attributes is None:
            return
        if text[after:].strip():
            self.words_after_braces(Span(self.file.path, offset + after, offset + len(text)))
            return
        kinds = BLOCK_KINDS
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
        return parse_attributes(text, 0, self.setting, shift=offset)

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
        if self.first_line(token) != line + 1:
            self.report(
                "MRK006",
                "a blank line parts these attributes from their block",
                span,
                hint="put them directly above the block that they describe",
            )
        return attributes

    def fence(self, token: Token) -> None:
        line = self.first_line(token)
        offset = self.starts[line] + self.lines[line].find(":::")
        text = self.lines[line][offset - self.starts[line] :].rstrip()
        span = Span(self.file.path, offset, offset + len(text))
        self.above_nothing()
        brace = text.find("{")
        if self.buried or (brace >= 0 and len(self.levels) > _DEEPEST):
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
                kinds=(*BLOCK_KINDS, *MARK_KINDS),
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
        line = self.first_line(token)
        end = self.starts[line] + len(self.lines[line])
        self.report_depth(Span(self.file.path, self.starts[line], end))

    def report_depth(self, span: Span) -> None:
        self.report(
            "MRK008",
            "quotations, fences or lists stand too deep one inside another from here on",
            span,
            hint="close some of those that are open before this line",
        )

    def comment(self, token: Token) -> None:
        """A remark leaves no trace in the text; it must end, and nothing may follow its end."""
        opening, closing = _COMMENT
        offset = self.file.text.index(opening, self.starts[self.first_line(token)])
        _, ended, words = token.content.partition(closing)
        if not ended:
            self.report(
                "MRK002",
                "this remark is opened and not closed",
                Span(self.file.path, offset, offset + len(opening)),
                hint=f"write {closing} at its end; to print the sign write \\{opening}",
            )
        elif words.strip():
            end = self.file.text.index(closing, offset) + len(closing)
            self.report(
                "MRK002",
                f"words stand after the end of this remark: “{words.strip()}”",
                Span(self.file.path, end - len(closing), end),
                hint="a remark stands alone; begin a new line for the words",
            )

    def close_fence(self, end: int) -> None:
        level = self.levels.pop()
        assert level.marker is not None
        span = Span(self.file.path, level.start, end)
        attributes = level.attributes
        block: Block
        if attributes.get("take") is not None:
            block = self.take(level, span)
        elif "quotation" in attributes.kinds:
            block = Quotation(attributes, tuple(level.blocks), span)
        else:
            block = Group(attributes, tuple(level.blocks), span)
        self.levels[-1].blocks.append(block)

    def take(self, level: _Level, span: Span) -> Take:
        attributes, marker = level.attributes, level.marker
        assert marker is not None
        if level.blocks:
            self.report(
                "MRK005",
                "a fence that takes blocks holds none of its own",
                marker,
                hint="close it directly below, and put the words outside",
            )
        written = self.file.text[marker.start : marker.end]
        targets = []
        at = written.find("take=") + len("take=")
        for name in (attributes.get("take") or "").split():
            at = written.find(name, at)
            start = marker.start + at
            targets.append((name, Span(self.file.path, start, start + len(name))))
            at += len(name)
        words = attributes.get("words")
        return Take(
            attributes,
            tuple(targets),
            (words, attributes.place("words")) if words is not None else None,
            attributes.get("open") or "",
            attributes.get("close") or "",
            span,
        )

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
        level = _Level(name, attributes=attributes, start=self.starts[self.first_line(token)])
        if name == "ordered_list":
            level.number = int(token.attrs.get("start", 1))
        self.levels.append(level)

    def close(self, token: Token) -> None:
        name = token.type.removesuffix("_close")
        self.above_nothing()
        self.close_fences_down_to(self.index_of(name))
        level = self.levels.pop()
        end = self.starts[self.first_line(token)] if token.map else level.start + 1
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
        lines = self.lines_of(inline, verse=verse)
        self.braces_amid(lines)
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
        self.levels[-1].blocks.append(self.figure(paragraph) or paragraph)

    def leaf(self, lines: Sequence[Line], attributes: Attributes, verse: bool) -> Paragraph:
        setting = self.setting
        if verse:
            setting = Setting(
                setting.source, setting.findings, setting.folder, setting.prose, verse=True
            )
        inlines = parse_inline(lines, setting)
        span = Span(self.file.path, lines[0].offset, lines[-1].offset + len(lines[-1].text))
        return Paragraph(attributes, inlines, span, plain_text(inlines))

    def figure(self, paragraph: Paragraph) -> Figure | None:
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

    def note(self, body: re.Match[str], lines: Sequence[Line], attributes: Attributes) -> None:
        first = Line(lines[0].text[body.end() :], lines[0].offset + body.end())
        paragraph = self.leaf([first, *lines[1:]], attributes, verse=False)
        span = Span(self.file.path, lines[0].offset, lines[0].offset + body.end())
        self.notes.append(TextNote(body[1], (paragraph,), span))
        self.last_note_blocks = len(self.levels[0].blocks)

    def continues_note(self, inline: Token) -> bool:
        """Indented paragraphs directly after a note's body belong to it."""
        line = self.lines[self.first_line(inline)]
        return (
            bool(self.notes)
            and len(self.levels) == 1
            and self.last_note_blocks == len(self.levels[0].blocks)
            and line.startswith(("  ", "\t"))
        )

    def heading(self, token: Token, inline: Token) -> None:
        attributes = self.take_attributes(token)
        level = int(token.tag[1])
        number = self.first_line(token)
        line = self.lines[number]
        start = line.find(inline.content, line.find("#") + level) if inline.content else len(line)
        offset = self.starts[number] + start
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

    def row(self, token: Token, table: _TableParts) -> None:
        """Where the cells of a row stand; those beyond the table's last column are a fault."""
        start = int(token.meta["start"])
        number = self.first_line(token)
        line = self.file.text[start : self.starts[number] + len(self.lines[number])].rstrip()
        edges = [match.start() for match in _PIPE.finditer(line)]
        starts = [0, *(edge + 1 for edge in edges)]
        spans = [(begin, end) for begin, end in zip(starts, [*edges, len(line)], strict=True)]
        if spans[0] == (0, 0):
            del spans[0]
        if spans and spans[-1][0] == len(line):
            del spans[-1]
        table.cells = [_stripped(line[begin:end], start + begin) for begin, end in spans]
        table.rows.append([])
        head = table.rows[0]
        beyond = table.cells[len(head) :] if len(table.rows) > 1 else []
        if any(cell.text for cell in beyond):
            first = next(cell for cell in beyond if cell.text)
            self.report(
                "MRK007",
                f"this row has more cells than the {len(head)} of the table's first row",
                Span(self.file.path, first.offset, start + len(line)),
                hint="give the first row as many cells; to print a | write \\|",
            )

    def cell(self, token: Token, table: _TableParts) -> None:
        row = table.rows[-1]
        nothing = Line("", table.cells[-1].offset + len(table.cells[-1].text))
        line = table.cells[len(row)] if len(row) < len(table.cells) else nothing
        row.append(self.leaf([line], NO_ATTRIBUTES, verse=False))
        if len(table.rows) == 1:
            style = str(token.attrs.get("style", ""))
            table.aligned.append(style.removeprefix("text-align:"))

    def finish_table(self, table: _TableParts) -> None:
        start = self.starts[self.first_line(table.token)]
        last = table.rows[-1][-1] if table.rows and table.rows[-1] else None
        span = Span(self.file.path, start, last.span.end if last else start + 1)
        head, *rows = table.rows or [[]]
        self.levels[-1].blocks.append(
            Table(
                table.attributes,
                tuple(head),
                tuple(tuple(row) for row in rows),
                tuple(table.aligned),
                span,
            )
        )
        self.table = None

    # Lines

    def first_line(self, token: Token) -> int:
        assert token.map is not None
        return token.map[0]

    def lines_of(self, inline: Token, *, verse: bool) -> list[Line]:
        """The lines of a paragraph, each with its offset; verses keep their leading blanks."""
        first = self.first_line(inline)
        lines = []
        for number, content in enumerate(inline.content.split("\n"), first):
            content = content.strip()
            whole = self.lines[number].rstrip()
            start = len(whole) - len(content)
            if verse:
                while start and whole[start - 1] in " \t":
                    start -= 1
                if start and whole[start - 1] == ">" and whole[start : start + 1] == " ":
                    start += 1
            lines.append(Line(whole[start:], self.starts[number] + start))
        if verse:
            lines[0] = Line(
                lines[0].text.lstrip(),
                lines[0].offset + len(lines[0].text) - len(lines[0].text.lstrip()),
            )
        return lines

    def braces_amid(self, lines: Sequence[Line]) -> None:
        for line in lines[1:]:
            if line.text.startswith("{") and line.text.rstrip().endswith("}"):
                self.report(
                    "MRK006",
                    "these braces stand in the midst of a paragraph",
                    Span(self.file.path, line.offset, line.offset + len(line.text)),
                    hint="put a blank line before them, so that they describe the block below; "
                    "to print them write \\{",
                )

    def report(self, code: str, message: str, span: Span, *, hint: str | None = None) -> None:
        self.setting.findings.report(code, message, span, hint=hint)


@dataclass(slots=True)
class _TableParts:
    attributes: Attributes
    token: Token
    rows: list[list[Paragraph]] = field(default_factory=list)
    aligned: list[str] = field(default_factory=list)
    cells: list[Line] = field(default_factory=list)


def _stripped(text: str, offset: int) -> Line:
    return Line(text.strip(), offset + len(text) - len(text.lstrip()))


def parse_blocks(file: SourceFile, setting: Setting, *, raw_level: int | None = None) -> Document:
    """A file's blocks and notes; headings of `raw_level` are kept apart, unparsed."""
    document = _Reader(file, setting, raw_level).read()
    if raw_level is None:  # in a commentary every call is a fault, which its reader reports
        _check_notes(document, setting)
    return document


def _check_notes(document: Document, setting: Setting) -> None:
    """Every call has a body, every body a call, no label stands twice, no note holds a note."""
    bodies: dict[str, TextNote] = {}
    called = set()
    for note in document.notes:
        if note.label in bodies:
            setting.findings.report(
                "NOT004", f"the note “{note.label}” stands twice in this file", note.span
            )
        bodies[note.label] = note
        for call in calls_in(note.blocks):
            called.add(call.label)
            setting.findings.report(
                "NOT003",
                f"the note “{note.label}” calls the note “{call.label}”",
                call.span,
                hint="no note holds a note; take its words into the outer one",
            )
    for call in calls_in(document.blocks):
        called.add(call.label)
        if call.label not in bodies:
            setting.findings.report(
                "NOT002",
                f"there is no note “{call.label}” in this file",
                call.span,
                hint=f"add a paragraph that begins with [^{call.label}]:",
            )
    for label, note in bodies.items():
        if label not in called:
            setting.findings.report(
                "NOT001",
                f"the note “{label}” is never called",
                note.span,
                hint=f"put [^{label}] where it belongs, or take the note out",
            )


def calls_in(blocks: Sequence[Block]) -> Iterator[NoteCall]:
    """Every call of a note inside blocks, in order."""

    for leaf in leaves_of(tuple(blocks)):
        for inline in walk_inlines(leaf.inlines):
            if isinstance(inline, NoteCall):
                yield inline
