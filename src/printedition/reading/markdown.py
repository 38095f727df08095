"""Markdown's blocks as markdown-it finds them, with rules of our own for what a text has more."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

from printedition.reading.remarks import CLOSING, OPENING

_FENCE = re.compile(r":{3,}[ \t]*(\{.*)?$")
DEEPEST = 40  # containers one inside another: more than any book has, and far from Python's limit


def _depth_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Leave what is nested too deeply to a diagnostic; markdown-it would drop it in silence."""
    if silent or state.level < DEEPEST:
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


def _remark_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A remark of the editor's, to the line that ends it; one that no line ends is its first."""
    text = _line_of(state, line)
    if silent or not text.startswith(OPENING):
        return False
    closing = state.src.find(CLOSING, state.bMarks[line])
    inside = range(line, end) if closing >= 0 else ()
    last = next((n for n in inside if closing < state.eMarks[n]), None)
    _emit(state, "remark", line, text if last is None else _line_of(state, last))
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
    parser = MarkdownIt("zero", {"maxNesting": DEEPEST + 4})
    parser.enable(["blockquote", "heading"])
    if prose:
        parser.enable(["list", "table"])
    ruler = parser.block.ruler
    ruler.at("table", _table_rule, {"alt": ["paragraph", "reference"]})
    options = {"alt": ["paragraph", "blockquote", "list"]}
    ruler.before("blockquote", "fence_line", _fence_rule, options)  # type: ignore[arg-type]
    ruler.before("fence_line", "attributes_line", _attributes_rule)
    ruler.before("attributes_line", "remark", _remark_rule)
    ruler.before("table", "depth", _depth_rule)
    return parser


_TEXT_MARKDOWN = _markdown(prose=False)
_PROSE_MARKDOWN = _markdown(prose=True)


def block_tokens(text: str, *, prose: bool) -> list[Token]:
    """The tokens of a file's blocks: of a text, or of the editor's prose."""
    parser = _PROSE_MARKDOWN if prose else _TEXT_MARKDOWN
    tokens: list[Token] = []
    parser.block.parse(text, parser, {}, tokens)
    return tokens
