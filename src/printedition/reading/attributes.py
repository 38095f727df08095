"""Attributes in braces: an id, kinds, and keys with their values, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from typing import TypeAlias

from printedition.diagnostics import Findings
from printedition.edition.signs import BLOCK_KINDS, MARK_KINDS, NOTE_KINDS
from printedition.edition.text import Attributes
from printedition.frozen import dataclass
from printedition.reading.kinds import LANGUAGE
from printedition.sources import Span

_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_ITEM = re.compile(
    r"""\#(?P<id>[^\s{}"=]+) | \.(?P<kind>[^\s{}"=.\#]+)
      | (?P<key>[A-Za-z_][\w-]*)=(?:"(?P<quoted>(?:[^"\\\n]|\\.)*)"|(?P<bare>[^\s"{}]+))""",
    re.X,
)
_LANGUAGE = re.compile(LANGUAGE.pattern)
_BARE_WORD = re.compile(r"[A-Za-z][\w-]*(?=[\s}])")
_CUT_VALUE = re.compile(r"(?P<key>[A-Za-z_][\w-]*)=(?P<bare>[^\s\"{}]+)[ \t]+\Z")
_IN_BRACES = re.compile(r"[^}\n]*")
_BLANKS = re.compile(r"[ \t]*")

_Fault: TypeAlias = tuple[int, str]  # the index that does not parse, and why


@dataclass(frozen=True, slots=True)
class Setting:
    """Where marks are parsed: the file, its folder, and what is on.

    `prose` turns links and pictures on; `verse` makes each line of the source a verse. Blocks may
    be of `more_kinds` here than elsewhere.
    """

    source: str
    findings: Findings
    folder: str = ""
    prose: bool = False
    verse: bool = False
    more_kinds: tuple[str, ...] = ()


def parse_attributes(
    text: str, at: int, setting: Setting, *, shift: int = 0
) -> tuple[Attributes | None, int]:
    """Attributes in braces at `text[at]`, and the index after them; they end on their line.

    `shift` is what an index lacks to the offset in the file.
    Reports MRK001 at the first character that does not parse and returns None for them; the
    index then lies after the closing brace, or at the end of the line.
    """
    braces = _Braces(text, at + 1, setting.source, shift)
    fault = braces.read()
    if fault is None:
        return braces.attributes(at), braces.index + 1
    index, message = fault
    if index >= len(text) or text[index] == "\n":
        index, message = at, "the brace is opened and not closed on its line"
    setting.findings.report(
        "MRK001",
        message,
        braces.span(index, index + 1),
        hint=_with_its_sign(text, index)
        + 'braces hold #id, .kind, key=value and key="two words", apart by blanks; '
        "to print a brace write \\{",
    )
    end = end_of(_IN_BRACES, text, at)
    return None, end + 1 if text[end : end + 1] == "}" else end


@dataclass(slots=True)
class _Braces:
    """A pair of braces, read up to `index`."""

    text: str
    index: int
    source: str
    shift: int
    id: str | None = None
    kinds: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, Span] = field(default_factory=dict)

    def read(self) -> _Fault | None:
        """Read as far as the closing brace, or as the first fault."""
        while True:
            self.index = end_of(_BLANKS, self.text, self.index)
            if self.text[self.index : self.index + 1] == "}":
                return None
            item = _ITEM.match(self.text, self.index)
            fault = self.fault_in(item)
            if item is None or fault:
                return fault
            self.take(item)
            self.index = item.end()

    def fault_in(self, item: re.Match[str] | None) -> _Fault | None:
        if item is None:
            return self.index, "the braces do not parse here"
        if self.text[item.end() : item.end() + 1] not in ("", " ", "\t", "}"):
            return item.end(), "the braces do not parse here"
        if item["id"] and self.id is not None:
            return self.index, "a second id in one pair of braces"
        if item["key"] and item["key"] in self.values:
            return self.index, f"the key “{item['key']}” stands twice in one pair of braces"
        return None

    def take(self, item: re.Match[str]) -> None:
        start, stop = next(
            (begin, end)
            for begin, end in (item.span("quoted"), item.span("bare"), item.span())
            if begin >= 0
        )
        span = self.span(start, max(stop, start + 1))
        if item["id"]:
            self.id = item["id"]
            self.places[f"#{self.id}"] = span
        elif item["kind"]:
            self.kinds.append(item["kind"])
            self.places.setdefault(f".{item['kind']}", span)
        else:
            self.places[item["key"]] = span
            self.places[f"{item['key']}="] = self.span(*item.span("key"))
            bare = item["bare"]
            self.values[item["key"]] = bare if bare is not None else _unescape(item["quoted"])

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, start + self.shift, end + self.shift)

    def attributes(self, at: int) -> Attributes:
        """What was read, of braces that open at an index."""
        span = self.span(at, self.index + 1)
        return Attributes(self.id, tuple(self.kinds), self.values, span, self.places)


def _with_its_sign(text: str, index: int) -> str:
    """The question whether a bare word in braces lacks a sign, or quotation marks before it."""
    if cut := _CUT_VALUE.search(text, 0, index):
        rest = text[index : end_of(_IN_BRACES, text, index)].rstrip()
        return f'did you mean {cut["key"]}="{cut["bare"]} {rest}"? '
    word = _BARE_WORD.match(text, index)
    if word is None:
        return ""
    kinds = (*BLOCK_KINDS, *MARK_KINDS, *NOTE_KINDS)
    sign = "." if word[0] in kinds else "#"
    return f"did you mean {sign}{word[0]}? "


def end_of(pattern: re.Pattern[str], text: str, index: int) -> int:
    """Where what a pattern matches from an index on ends; the pattern may match nothing."""
    match = pattern.match(text, index)
    return match.end() if match else index


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def check_attributes(
    attributes: Attributes,
    setting: Setting,
    *,
    kinds: Sequence[str],
    keys: Sequence[str],
    what: str,
) -> None:
    """Report kinds and keys that a mark or block cannot have, and an id that is none."""
    for kind in attributes.kinds:
        if kind not in kinds:
            setting.findings.report(
                "MRK004",
                f"“{kind}” is no kind of {what}",
                attributes.place(f".{kind}"),
                hint=setting.findings.near(kind, kinds),
            )
    for key in attributes.values:
        if key not in keys:
            setting.findings.report(
                "MRK005",
                f"a {what} has no key “{key}”",
                attributes.place(f"{key}="),
                hint=setting.findings.near(key, keys),
            )
    lang = attributes.get("lang")
    if lang is not None and not _LANGUAGE.fullmatch(lang):
        setting.findings.report(
            "MRK005",
            f"“{lang}” is no code of a language",
            attributes.place("lang"),
            hint="write lang=en, lang=grc, lang=en-GB and so on",
        )
    if attributes.id is not None and not _ID.match(attributes.id):
        setting.findings.report(
            "TXT003",
            f"“{attributes.id}” is no id",
            attributes.place(f"#{attributes.id}"),
            hint="an id begins with a letter and is of letters A–Z, digits and hyphens",
        )
