"""Words as they go through the processor of citations: with marks that are no characters.

Unicode keeps U+FDD0 to U+FDEF for a program's own use; no text has them. A mark opens with a sign
of its own and closes with the one that all share.
"""

from __future__ import annotations

import re

from printedition.book import tree
from printedition.frozen import dataclass

OPEN = {
    "em": "\ufdd0",
    "strong": "\ufdd1",
    "superior": "\ufdd2",
    "inferior": "\ufdd3",
    "small-caps": "\ufdd4",
    "underlined": "\ufdd5",
}
CLOSE = "\ufddf"
SUPPRESSED = "\ufdde"  # stands where an author was left out

_KINDS = {sign: kind for kind, sign in OPEN.items()}
_MARKS = "[\ufdd0-\ufdd5\ufddf]*"
_OWN = re.compile("[\ufdd0-\ufdef]")
_TAGS = {"i": "em", "em": "em", "b": "strong", "sup": "superior", "sub": "inferior",
         "sc": "small-caps"}  # fmt: skip
_TAG = re.compile(r"<(/?)(i|em|b|sup|sub|sc|span)(?:\s[^<>]*)?>", re.I)
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]\{\.(?:nocase|smallcaps)\}")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
_TWICE = re.compile(f"([.,;:])({_MARKS})\\1")
_AFTER_STOP = re.compile(f"([!?…])({_MARKS})\\.")
_BLANKS = re.compile(f" (?:{_MARKS} )+")
_LEFT_OUT = re.compile(f"{_MARKS}{SUPPRESSED}{_MARKS}[\\s,.:;]*")
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:)\]”’]")


class Unformattable(Exception):
    """The processor fails at a work, by its key, or at all of them; the words say how."""

    def __init__(self, fault: Exception, key: str = "") -> None:
        super().__init__(f"{type(fault).__name__}: {fault}".rstrip(": "))
        self.key = key


@dataclass(frozen=True, slots=True)
class Manners:
    """How a language quotes: its four marks, and whether commas and stops go inside them.

    `ibid` is its word for a work that was cited just before.
    """

    quotes: tuple[str, ...] = ("“", "”", "‘", "’")
    inside: bool = False
    ibid: str = "ibid."


def unmarked(words: str) -> str:
    """Words without their marks."""
    return _OWN.sub("", words)


def from_data(words: str, manners: Manners | None = None) -> str:
    """Words of a bibliography: the tags of CSL and the emphasis of Markdown become marks.

    Other tags are words. Marks that are not paired are dropped.
    """
    text = _OWN.sub("", " ".join(words.split()))
    text = _BRACKETED.sub(r"\1", text)
    text = _EMPHASIS.sub(f"{OPEN['em']}\\1{CLOSE}", text)
    text = _paired(text)
    text = _APOSTROPHE.sub("’", text)
    if manners is not None:
        text = re.sub(r'"([^"]*)"', f"{manners.quotes[0]}\\1{manners.quotes[1]}", text)
    return text


def _paired(text: str) -> str:
    """Tags made marks, and those left out that open or close nothing."""
    found = list(_TAG.finditer(text))
    signs: dict[int, str] = {}
    opened: list[tuple[int, str, str]] = []
    for number, tag in enumerate(found):
        name = tag[2].lower()
        if not tag[1]:
            small = name == "span" and "small-caps" in tag[0]
            kind = "small-caps" if small else _TAGS.get(name, "")
            opened.append((number, name, OPEN.get(kind, "")))
        elif opened and opened[-1][1] == name:
            first, _, sign = opened.pop()
            signs[first], signs[number] = sign, CLOSE if sign else ""
    parts, at = [], 0
    for number, tag in enumerate(found):
        parts += [text[at : tag.start()], signs.get(number, "")]
        at = tag.end()
    return "".join([*parts, text[at:]])


def tidied(words: str, manners: Manners) -> str:
    """What the processor leaves undone: doubled stops, quotations within quotations, commas."""
    text = _LEFT_OUT.sub("", words)
    text = _nested(text, manners.quotes)
    text = _AFTER_STOP.sub(r"\1\2", _TWICE.sub(r"\1\2", text))
    text = _BLANKS.sub(lambda blanks: " " + blanks[0].replace(" ", ""), text)
    if manners.inside:
        text = _punctuated(text, manners.quotes)
    return text.strip()


def _nested(text: str, quotes: tuple[str, ...]) -> str:
    """A quotation within another between the inner marks."""
    if any(len(mark) != 1 for mark in quotes) or quotes[0] == quotes[1]:
        return text
    opening, closing, inner_opening, inner_closing = quotes
    depth, signs = 0, []
    for sign in text:
        if sign == opening:
            depth += 1
            sign = inner_opening if depth % 2 == 0 else sign
        elif sign == closing and depth:
            sign = inner_closing if depth % 2 == 0 else sign
            depth -= 1
        signs.append(sign)
    return "".join(signs)


def _punctuated(text: str, quotes: tuple[str, ...]) -> str:
    """A comma or stop after quotation marks before them, as in American English."""
    ends = "[" + "".join(re.escape(mark) for mark in (quotes[1], quotes[3]) if mark) + "]+"

    def moved(found: re.Match[str]) -> str:
        before, marks, closing, sign = found.groups()
        is_enough = before in ("!?,…" if sign == "," else "!?.…")
        return f"{before}{marks}{'' if is_enough else sign}{closing}"

    return re.sub(f"(.)({_MARKS})({ends}{_MARKS})([.,])", moved, text)


def composed(words: str, *, linked: bool = True) -> tuple[tree.Inline, ...]:
    """Marked words as phrases of the book; addresses become links where `linked`."""
    stack: list[tuple[str, list[tree.Inline]]] = [("", [])]
    for piece in re.split("([\ufdd0-\ufdd5\ufddf])", words):
        if piece in _KINDS:
            stack.append((_KINDS[piece], []))
        elif piece == CLOSE:
            if len(stack) > 1:
                _close(stack)
        elif piece:
            stack[-1][1].extend(_linked(piece) if linked else (tree.Words(piece),))
    while len(stack) > 1:
        _close(stack)
    return tuple(stack[0][1])


def _close(stack: list[tuple[str, list[tree.Inline]]]) -> None:
    kind, children = stack.pop()
    if children:
        stack[-1][1].append(tree.Phrase(kind, tuple(children)))


def _linked(words: str) -> list[tree.Inline]:
    nodes: list[tree.Inline] = []
    at = 0
    for found in _ADDRESS.finditer(words):
        if found.start() > at:
            nodes.append(tree.Words(words[at : found.start()]))
        address = (tree.Words(found[0]),)
        nodes.append(tree.Phrase("link", address, href=found[0], external=True))
        at = found.end()
    return [*nodes, *((tree.Words(words[at:]),) if at < len(words) else ())]
