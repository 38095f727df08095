"""Pandoc's tree of a file, written as a text of an edition: its words, marks and notes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from printedition.adding.literal import literal, literal_line
from printedition.adding.pins import pin, pins_last, unpinned

_EMPHASIS = {"Emph", "Strong", "Underline"}
_BREAK = "\\\n"  # of a line, by the source's own will
_SPACES = re.compile(r"[ \t]+")
_SUPERIOR = dict(zip("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ", strict=True))
_INFERIOR = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_RAISED = {"Superscript": _SUPERIOR, "Subscript": _INFERIOR}

# What is told of: first what is gone, then what has become something else.
_OTHER_MARKS = "lost: passages in another language of marks"
_PICTURES = "lost: pictures"
_ADDRESSES = "lost: addresses of links"
_COMMENTS = "lost: comments"
_DELETED = "lost: words whose deletion was tracked and not yet accepted"
_TABLES = "changed: tables, whose rows are paragraphs now"
_LISTS = "changed: lists, whose items are paragraphs now"
_STRUCK = "changed: words struck out, marked [words]{.deleted} now"
_BOLD = "changed: words in bold, emphasised now"
_UNDERLINED = "changed: words underlined, emphasised now"
_UPRIGHT = "changed: words emphasised within emphasis, like those around them now"
_LEVEL = {
    "Superscript": "changed: superior letters, on the line now",
    "Subscript": "changed: inferior letters, on the line now",
}
_FORMULAS = "changed: formulas, as TeX writes them now"
_CODE = "changed: displayed passages of code, paragraphs now"


@dataclass(slots=True)
class Writer:
    """Writes one tree; `said` has what is to be told, each at its pin in the text.

    `stated` is what the file says of itself that is no part of a text: `author`, `date`.
    """

    said: list[str] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _loose: str = ""  # pins that wait for words to stand beside

    def text(self, tree: dict[str, Any]) -> str:
        """The whole file, its notes last."""
        meta = tree.get("meta", {})
        head = [f"# {title}"] if (title := self._of(meta, "title")) else []
        head += [literal_line(words)] if (words := self._of(meta, "subtitle")) else []
        if meta.get("abstract", {}).get("t") == "MetaBlocks":
            head += self.blocks(meta["abstract"]["c"])
        said = {key: unpinned(self._of(meta, key)) for key in ("author", "date")}
        self.stated.update({key: _plain(words) for key, words in said.items() if words})
        body = list(self.blocks(tree["blocks"]))
        if body and body[0].startswith("# "):
            head = head[1:] if title else head
            body[1:1] = head
        else:
            body = [*head, *body]
        if self._loose and body:
            body[-1] += self._loose
        notes = (f"[^{number}]: {words}" for number, words in enumerate(self.notes, 1))
        return unicodedata.normalize("NFC", "\n\n".join([*body, *notes])) + "\n"

    def _of(self, meta: dict[str, Any], key: str) -> str:
        """What the file says of itself, on one line."""
        stated = meta.get(key, {})
        values = stated["c"] if stated.get("t") == "MetaList" else [stated]
        words = (self.line(one["c"]) for one in values if one.get("t") == "MetaInlines")
        return ", ".join(words).replace(_BREAK, " ")

    def _pin(self, what: str) -> str:
        self.said.append(what)
        return pin(len(self.said) - 1)

    # Blocks

    def blocks(self, nodes: list[Any]) -> Iterator[str]:
        """Each block as lines; what is no paragraph is made one."""
        for node in nodes:
            kind, inside = node["t"], node.get("c")
            match kind:
                case "Para" | "Plain":
                    yield from self._paragraph(inside)
                case "Header":
                    level, _, words = inside
                    yield from self._heading(level, words)
                case "BlockQuote":
                    yield from (_quoted(block) for block in self.blocks(inside))
                case "LineBlock":
                    verses = [pins_last(self.line(line)) or " " for line in inside]
                    yield "{.verse}\n" + "\n".join(map(literal_line, verses))
                case "BulletList" | "OrderedList":
                    self._loose += self._pin(_LISTS)
                    yield from self._items(kind, inside)
                case "DefinitionList":
                    for term, definitions in inside:
                        yield from self._paragraph(term)
                        for blocks in definitions:
                            yield from self.blocks(blocks)
                case "Div":
                    yield from self.blocks(inside[1])
                case "Figure":
                    yield from self.blocks(inside[2])
                    yield from self.blocks(inside[1][1])
                case "CodeBlock":
                    words = literal_line(literal(" ".join(inside[1].split())))
                    yield words + self._pin(_CODE)
                case "Table":
                    yield from self._rows(inside)
                case "HorizontalRule":
                    yield "\\* \\* \\*"
                case _:
                    self._loose += self._pin(_OTHER_MARKS)

    def _paragraph(self, nodes: list[Any]) -> Iterator[str]:
        words = self.line(nodes)
        if not unpinned(words).strip():
            self._loose += words
            return
        rows = map(literal_line, map(pins_last, words.split("\n")))
        yield "\n".join(rows) + self._taken()

    def _heading(self, level: int, nodes: list[Any]) -> Iterator[str]:
        words = pins_last(self.line(nodes).replace(_BREAK, " "))
        if not unpinned(words).strip():
            self._loose += words
            return
        yield f"{'#' * level} {words}{self._taken()}"

    def _taken(self) -> str:
        loose, self._loose = self._loose, ""
        return loose

    def _items(self, kind: str, inside: Any) -> Iterator[str]:
        """Items of a list, each a paragraph with its number or a dash before it."""
        start = inside[0][0] if kind == "OrderedList" else None
        items = inside[1] if kind == "OrderedList" else inside
        for number, blocks in enumerate(items, start or 0):
            made = list(self.blocks(blocks))
            sign = "–" if start is None else f"{number}."
            if made and made[0].startswith((">", "{", "#")):  # of another kind, so by itself
                made.insert(0, "")
            yield f"{sign} {made[0] if made else ''}".rstrip()
            yield from made[1:]

    def _rows(self, inside: Any) -> Iterator[str]:
        """Rows of a table, each a paragraph with its cells apart by rules."""
        self._loose += self._pin(_TABLES)
        _, caption, _, head, bodies, foot = inside
        yield from self.blocks(caption[1])
        rows = [*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1]]
        for _, cells in rows:
            said = (" ".join(self._flat(cell[-1])) for cell in cells)
            if words := " | ".join(words for words in said if words):
                yield words + self._taken()

    def _flat(self, nodes: list[Any]) -> Iterator[str]:
        """Blocks as paragraphs on one line each, where there is room for no others."""
        for block in self.blocks(nodes):
            rows = block.replace(_BREAK, " ").split("\n")
            words = " ".join(
                row.removeprefix("> ").lstrip("# ") for row in rows if row != "{.verse}"
            )
            if words.strip():
                yield words.strip()

    # Words

    def line(self, nodes: list[Any]) -> str:
        """Words on one line, blanks only between them."""
        return _SPACES.sub(" ", self.words(nodes)).strip()

    def words(self, nodes: list[Any], *, emphasised: bool = False) -> str:
        """Words with the marks that a text has."""
        return "".join(self._word(node, emphasised) for node in nodes)

    def _word(self, node: dict[str, Any], emphasised: bool) -> str:
        kind: str = node["t"]
        inside: Any = node.get("c")
        match kind:
            case "Str":
                return literal(inside)
            case "Space" | "SoftBreak":
                return " "
            case "LineBreak":
                return _BREAK
            case "Quoted":
                opening, closing = "‘’" if inside[0]["t"] == "SingleQuote" else "“”"
                return f"{opening}{self.words(inside[1], emphasised=emphasised)}{closing}"
            case "Note":
                return self._note(inside)
            case "Code":
                return literal(inside[1])
            case "Math":
                return literal(inside[1]) + self._pin(_FORMULAS)
            case "Image":  # what describes it is no word of the text
                return self._pin(_PICTURES)
            case "Link":
                return self._link(self.words(inside[1], emphasised=emphasised), inside[2][0])
            case "Span":
                return self._span(inside[0][1], inside[1], emphasised)
            case "Cite":
                return self.words(inside[1], emphasised=emphasised)
            case "RawInline":
                return self._pin(_OTHER_MARKS)
            case "SmallCaps":
                return _marked(self.words(inside, emphasised=emphasised), "small-caps")
            case "Strikeout":
                words = self.words(inside, emphasised=emphasised)
                struck = _marked(words, "deleted")
                return struck + self._pin(_STRUCK) if struck != words else words
            case "Superscript" | "Subscript":
                return self._raised(kind, self.words(inside, emphasised=emphasised))
        return self._emphasis(kind, inside, emphasised) if kind in _EMPHASIS else ""

    def _link(self, words: str, address: str) -> str:
        """Words of a link; its address is lost unless they say it, or it is in the file itself."""
        said = re.sub(r"\\(.)", r"\1", words)
        if address.startswith("#") or address.removeprefix("mailto:") == said:
            return words
        return words + self._pin(_ADDRESSES)

    def _emphasis(self, kind: str, inside: Any, emphasised: bool) -> str:
        words = self.words(inside, emphasised=True)
        told = {"Strong": _BOLD, "Underline": _UNDERLINED}.get(kind, _UPRIGHT if emphasised else "")
        told = self._pin(told) if told and unpinned(words).strip() else ""
        return (words if emphasised else _emphasis(words)) + told

    def _raised(self, kind: str, words: str) -> str:
        """Superior or inferior figures, which have signs of their own; else words on the line."""
        signs = _RAISED[kind]
        if all(sign in signs for sign in words):
            return "".join(signs[sign] for sign in words)
        if words.startswith("[^") or not unpinned(words).strip():
            return words  # the call of a note is raised anyway
        return words + self._pin(_LEVEL[kind])

    def _span(self, classes: list[str], nodes: list[Any], emphasised: bool) -> str:
        """Words in a span, which may be a change that Word keeps track of, or a comment."""
        if "comment-start" in classes:
            return self._pin(_COMMENTS)
        if "deletion" in classes:
            return self._pin(_DELETED)
        return self.words(nodes, emphasised=emphasised)

    def _note(self, blocks: list[Any]) -> str:
        number = len(self.notes)
        self.notes.append("")
        loose = self._taken()
        self.notes[number] = "\n\n    ".join(self._flat(blocks)) + self._taken()
        self._loose = loose
        return f"[^{number + 1}]"


def _emphasis(words: str) -> str:
    """Emphasis begins and ends with a word, so blanks go before and behind it."""
    core = words.strip()
    if not unpinned(core).strip():
        return words
    before, _, behind = words.partition(core)
    return f"{before}*{core}*{behind}"


def _marked(words: str, kind: str) -> str:
    """Words with a mark of a kind, without the blanks around them."""
    core = words.strip()
    if not unpinned(core).strip():
        return words
    before, _, behind = words.partition(core)
    return f"{before}[{core}]{{.{kind}}}{behind}"


def _quoted(block: str) -> str:
    return "\n".join(f"> {line}" for line in block.splitlines())


def _plain(words: str) -> str:
    """Words of the file without a text's marks, for a record."""
    return re.sub(r"\\(.)", r"\1", words).replace("*", "")
