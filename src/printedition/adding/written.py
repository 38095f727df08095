"""Pandoc's tree of a file, written as a text of an edition: its words, emphasis and notes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from printedition.adding.literal import literal, literal_line

_EMPHASIS = {"Emph", "Strong", "Underline"}
_PLAIN = {"Strikeout", "Superscript", "Subscript", "SmallCaps"}
_BREAK = "\\\n"  # of a line, by the source's own will
_SPACES = re.compile(r"[ \t]+")


@dataclass(slots=True)
class Writer:
    """Writes one tree; `lost` counts what a text has no room for."""

    lost: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def text(self, tree: dict[str, Any]) -> str:
        """The whole file, its notes last."""
        body = list(self.blocks(tree["blocks"]))
        title = tree.get("meta", {}).get("title", {})
        if title.get("t") == "MetaInlines" and not (body and body[0].startswith("# ")):
            body.insert(0, f"# {self.line(title['c'])}")
        notes = (f"[^{number}]: {words}" for number, words in enumerate(self.notes, 1))
        return unicodedata.normalize("NFC", "\n\n".join([*body, *notes])) + "\n"

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
                    yield f"{'#' * level} {self.line(words).replace(_BREAK, ' ')}"
                case "BlockQuote":
                    yield from (_quoted(block) for block in self.blocks(inside))
                case "LineBlock":
                    verses = [self.line(line) or " " for line in inside]
                    yield "{.verse}\n" + "\n".join(map(literal_line, verses))
                case "BulletList" | "OrderedList":
                    yield from self._items(kind, inside)
                case "DefinitionList":
                    for term, definitions in inside:
                        yield from self._paragraph(term)
                        for blocks in definitions:
                            yield from self.blocks(blocks)
                case "Div" | "Figure":
                    yield from self.blocks(inside[-1])
                case "CodeBlock":
                    yield literal_line(literal(" ".join(inside[1].split())))
                case "Table":
                    yield from self._rows(inside)
                case "HorizontalRule":
                    yield "\\* \\* \\*"
                case _:
                    self.lost["passages in another language of marks"] += 1

    def _paragraph(self, nodes: list[Any]) -> Iterator[str]:
        words = self.line(nodes)
        if words:
            yield "\n".join(map(literal_line, words.split("\n")))

    def _items(self, kind: str, inside: Any) -> Iterator[str]:
        """Items of a list, each a paragraph with its number or a dash before it."""
        start = inside[0][0] if kind == "OrderedList" else None
        items = inside[1] if kind == "OrderedList" else inside
        for number, blocks in enumerate(items, start or 0):
            made = list(self.blocks(blocks))
            sign = "–" if start is None else f"{number}."
            yield f"{sign} {made[0] if made else ''}".rstrip()
            yield from made[1:]

    def _rows(self, inside: Any) -> Iterator[str]:
        """Rows of a table, each a paragraph with its cells apart by rules."""
        self.lost["tables, whose rows are paragraphs now"] += 1
        _, _, _, head, bodies, foot = inside
        rows = [*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1]]
        for _, cells in rows:
            said = (" ".join(self.blocks(cell[-1])) for cell in cells)
            yield " | ".join(words for words in said if words)

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
            case "Code" | "Math":
                return literal(inside[1])
            case "Image":
                self.lost["pictures"] += 1
                return self.words(inside[1], emphasised=emphasised)
            case "Link":
                self.lost["addresses of links"] += 1
                return self.words(inside[1], emphasised=emphasised)
            case "Span" | "Cite":
                return self.words(inside[1], emphasised=emphasised)
            case "RawInline":
                self.lost["passages in another language of marks"] += 1
                return ""
        if kind in _EMPHASIS and not emphasised:
            return _emphasis(self.words(inside, emphasised=True))
        if kind == "SmallCaps":
            return _marked(self.words(inside, emphasised=emphasised), "small-caps")
        return self.words(inside, emphasised=emphasised) if kind in _EMPHASIS | _PLAIN else ""

    def _note(self, blocks: list[Any]) -> str:
        number = len(self.notes)
        self.notes.append("")
        self.notes[number] = " ".join(self.blocks(blocks))
        return f"[^{number + 1}]"


def _emphasis(words: str) -> str:
    """Emphasis begins and ends with a word, so blanks go before and behind it."""
    core = words.strip()
    if not core:
        return words
    before, _, behind = words.partition(core)
    return f"{before}*{core}*{behind}"


def _marked(words: str, kind: str) -> str:
    core = words.strip()
    before, _, behind = words.partition(core) if core else (words, "", "")
    return f"{before}[{core}]{{.{kind}}}{behind}" if core else words


def _quoted(block: str) -> str:
    return "\n".join(f"> {line}" for line in block.splitlines())
