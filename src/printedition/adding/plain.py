"""A file of plain text as a text of an edition."""

from __future__ import annotations

import re
import unicodedata

from printedition.adding.literal import literal, literal_line

_APART = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•–]|\d+[.)])[ \t]+(?=\S)", re.MULTILINE)
_LONGEST_TITLE = 100  # characters: a longer first line begins the text itself


def from_plain(words: str) -> str:
    """Paragraphs apart by blank lines; a short first one without a stop is the title."""
    blocks = [block.strip("\n") for block in _APART.split(unicodedata.normalize("NFC", words))]
    blocks = [item for block in blocks if block.strip() for item in _items(block)]
    made = ["\n".join(literal_line(literal(row.strip())) for row in b.splitlines()) for b in blocks]
    if made and is_title(blocks[0]):
        made[0] = f"# {literal(blocks[0].strip())}"
    return "\n\n".join(made) + "\n" if made else ""


def _items(block: str) -> list[str]:
    """A paragraph, or where several of its lines look like items of a list, one for each item."""
    if len(_ITEM.findall(block)) < 2:
        return [block]
    return [item.rstrip() for item in _ITEM.sub(r"\0\g<0>", block).split("\0") if item.strip()]


def is_title(block: str) -> bool:
    """Whether a first paragraph is more likely a title: short, on one line, without a stop."""
    words = block.strip()
    return "\n" not in words and len(words) <= _LONGEST_TITLE and words[-1] not in ".,;:"
