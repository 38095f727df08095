"""Ids for a text that is added, and for its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection

from printedition.adding.pins import unpinned
from printedition.adding.plain import is_title
from printedition.diagnostics import Findings
from printedition.edition.publication import file_words
from printedition.edition.text import (
    Block,
    Emphasis,
    Heading,
    Inline,
    Link,
    Mark,
    Paragraph,
    leaves_of,
    plain_text,
    walk,
)
from printedition.reading.attributes import Setting
from printedition.reading.blocks import parse_blocks
from printedition.sources import SourceFile

_SIGNS = re.compile(r"[\\*\[]")  # of marks that a title may have, or is told of


def id_for(name: str, taken: Collection[str]) -> str:
    """An id like the name of a file, which no other text has."""
    words = file_words(name) or "text"
    wanted = words if words[0].isalpha() else f"text-{words}"
    number, made = 1, wanted
    while made in taken:
        number += 1
        made = f"{wanted}-{number}"
    return made


def with_ids(words: str) -> str:
    """A text in which each paragraph outside quotations and notes has an id: p1, p2, …"""
    file = SourceFile("text.md", words)
    document = parse_blocks(file, Setting("text.md", Findings(), "", prose=False))
    known = {block.attributes.id for block in walk(document.blocks) if block.attributes.id}
    places: list[tuple[int, str, bool]] = []
    number = 0
    for block in document.blocks:
        if not isinstance(block, Paragraph) or block.attributes.id is not None:
            continue
        number += 1
        while f"p{number}" in known:
            number += 1
        braces = block.attributes.span
        at = braces.start if braces else words.rfind("\n", 0, block.span.start) + 1
        places.append((at, f"#p{number}", braces is not None))
    for at, name, is_braced in reversed(places):
        if is_braced:
            words = f"{words[: at + 1]}{name} {words[at + 1 :]}"
        else:
            words = f"{words[:at]}{{{name}}}\n{words[at:]}"
    return words


def title_of(words: str) -> str:
    """The title of a text as a record has it, with the emphasis of its first heading of the first
    rank, where it begins with that."""
    first = _first_of(words)
    if not isinstance(first, Heading) or first.level != 1:
        return ""
    return _as_written(first.inlines).strip()


def _as_written(inlines: tuple[Inline, ...]) -> str:
    """Words and emphasis as they are written in a record; of other marks the words."""
    parts = []
    for each in inlines:
        if isinstance(each, Emphasis):
            parts.append(f"*{_as_written(each.children)}*")
        elif isinstance(each, Mark | Link):
            parts.append(_as_written(each.children))
        else:
            parts.append(_SIGNS.sub(lambda found: f"\\{found[0]}", plain_text((each,))))
    return "".join(parts)


def with_title(words: str, title: str) -> str:
    """A text that begins with its title: a short first paragraph, else the one given."""
    first = _first_of(words)
    if isinstance(first, Heading) and first.level == 1:
        return words
    bare = isinstance(first, Paragraph) and not first.attributes.span
    if first is not None and bare and is_title(unpinned(_written(first, words))):
        at = words.rfind("\n", 0, first.span.start) + 1
        return f"{words[:at]}# {words[at:]}"
    return f"# {title}\n\n{words}"


def words_of(words: str) -> tuple[str, ...]:
    """The words of each paragraph, without marks and ids: those of one text, however it came."""
    leaves = leaves_of(_blocks_of(words))
    return tuple(leaf.plain for leaf in leaves if isinstance(leaf, Paragraph))


def _written(block: Block, words: str) -> str:
    return words[block.span.start : block.span.end].strip()


def _first_of(words: str) -> Block | None:
    return next(iter(_blocks_of(words)), None)


def _blocks_of(words: str) -> tuple[Block, ...]:
    setting = Setting("text.md", Findings(), "", prose=False)
    return parse_blocks(SourceFile("text.md", words), setting).blocks
