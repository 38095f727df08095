"""What looks like a mark and is none: it would be printed as it stands, mostly to a surprise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from printedition.reading.attributes import Setting
from printedition.reading.lines import Line
from printedition.sources import Span

_TAGS = "a|b|big|br|center|div|em|font|hr|i|img|p|s|small|span|strong|sub|sup|u"
_AMID = re.compile(
    r"(?P<remark><!--)"
    rf"|(?P<tag><(?:{_TAGS})(?:\s[^<>]*)?/?>)"
    r"|(?P<entity>&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,6});)"
    r"|(?P<bold>\*\*[^\s*][^*]*\*\*)"
    r"|(?P<underscore>(?<![\w_])_{1,2}[^\s_](?:[^_]*[^\s_])?_{1,2}(?![\w_]))"
    r"|(?P<braces>(?<!\])\{(?:[.#][A-Za-z]|(?:ref|lang|n|cert|label|take|index)=)[^{}]*\})"
    r"|(?P<call>\[\^[^\[\]\s]*\s[^\[\]]*\]|\^\[[^\[\]]*\])"
    r"|(?P<link>(?<=\])\((?:https?://|mailto:)[^()\s]*\)|(?<=\])\([\w./-]+\.\w{2,4}\))"
)
_LINE = re.compile(
    r"(?P<underline>-{3,}|={3,}|_{3,})\s*$"
    r"|(?P<heading>#{1,6}[^\W\d]|#{7,})"
    r"|(?P<code>```|~~~)"
    r"|(?P<fence>:{3,}\s*[^\s:{].*)"
)
_ITEM = re.compile(r"(?:(?P<sign>[-*+])|\d+[.)])\s+\S")
_ROW = re.compile(r"\|.*\|\s*$")

_CURES = {
    "remark": "a remark stands alone, between <!-- at a line's beginning and --> at a line's end",
    "tag": "there are no marks of HTML; emphasis is *words*, a new line a \\ at the line's end",
    "entity": "write the sign itself",
    "bold": "emphasis is *words*",
    "underscore": "emphasis is *words*",
    "braces": "braces stand directly after ], as in [words]{.supplied}; those of a whole block "
    "alone on the line above it",
    "call": "a note is called by [^1], without blanks; its words stand in a paragraph [^1]: …",
    "link": "links and pictures stand in prose only, such as a preface or a note",
    "underline": "a heading is # and a blank before its words; a line alone is not needed",
    "heading": "a heading is one to six # and a blank before its words",
    "code": "a displayed passage is > and a blank before its words",
    "fence": "the kind of a fence stands in braces, as in ::: {.quotation}",
    "list": "the lines of a paragraph flow together; part the items by blank lines",
    "table": "the lines of a paragraph flow together; tables stand in prose only",
}


def report_slips(lines: Sequence[Line], setting: Setting, *, verse: bool = False) -> None:
    """Warn of every slip in a block's lines; a backslash before the sign says it is meant."""
    _report_braces(lines[1:], setting)
    for line in lines:
        if found := _LINE.match(line.text):
            _report(found, line, setting)
        for found in _AMID.finditer(line.text):
            before = line.text[found.start() - 1 : found.start()]
            if before != "\\" and not _is_told_otherwise(found, line, setting):
                _report(found, line, setting)
    if not (verse or setting.prose):
        _report_lines("list", [line for line in lines if _ITEM.match(line.text)], setting)
        _report_lines("table", [line for line in lines if _ROW.match(line.text)], setting)


def _report_braces(lines: Sequence[Line], setting: Setting) -> None:
    """Report lines that would describe a block, had they not stood in the midst of one."""
    for line in lines:
        if line.text.startswith("{") and line.text.rstrip().endswith("}"):
            setting.findings.report(
                "MRK006",
                "these braces stand in the midst of a paragraph",
                Span(setting.source, line.offset, line.offset + len(line.text)),
                hint="put a blank line before them, so that they describe the block below; "
                "to print them write \\{",
            )


def _is_told_otherwise(found: re.Match[str], line: Line, setting: Setting) -> bool:
    """Whether it is a mark after all, or braces, which are told of otherwise."""
    if found.lastgroup == "link":
        return setting.prose
    return found.lastgroup == "braces" and found[0] == line.text.strip()


def _report_lines(name: str, lines: Sequence[Line], setting: Setting) -> None:
    if len(lines) > 1:  # one alone may be a clause or a dash of the text
        first = lines[0]
        setting.findings.report(
            "MRK009",
            f"{len(lines)} lines that look like a {name} are printed as one paragraph",
            Span(setting.source, first.offset, first.offset + len(first.text.rstrip())),
            hint=_CURES[name],
        )


def _report(found: re.Match[str], line: Line, setting: Setting) -> None:
    name = found.lastgroup
    assert name is not None
    words = found[0].rstrip()
    shown = words if len(words) <= 40 else f"{words[:39]}…"
    start = line.offset + found.start()
    setting.findings.report(
        "MRK009",
        f"“{shown}” is no mark here and is printed as it stands",
        Span(setting.source, start, start + len(words)),
        hint=f"{_CURES[name]}; where the signs are meant, write \\ before them",
    )
