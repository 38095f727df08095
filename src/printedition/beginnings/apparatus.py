"""Begins an apparatus.yaml: entries as a draft, from the places where witnesses differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from printedition.scholarship.collation import Collation, Reading, Variation, variations
from printedition.scholarship.finder import occurrences
from printedition.scholarship.tokens import Token

_HEAD = """\
# Readings of {others} against {base}: a draft, made by comparing word by word. Case, kinds of
# quotation marks and hyphens were not compared. Take out what is no reading, and join or divide
# entries. The sigla are to be declared under `witnesses:` in edition.yaml.
"""
_EMPTY = "# {others} and {base} have the same words.\n"


def draft_apparatus(collation: Collation) -> str:
    """The text of the file; what cannot be told apart in the base is a remark in it."""
    others = " ".join(siglum for siglum in collation.witnesses if siglum != collation.base)
    entries = [_entry(collation, one) for one in variations(collation)]
    head = _HEAD if entries else _EMPTY
    return head.format(others=others, base=collation.base) + "".join(entries)


def _entry(collation: Collation, place: Variation) -> str:
    lemma, readings = place.lemma, [_reading(one) for one in place.readings]
    if not lemma and place.before is not None:
        lemma = (place.before,)
        readings = [("add", one.text) for one in place.readings]
    elif not lemma:
        assert place.after is not None
        lemma = (place.after,)
        readings = [("text", _joined(one.text, place.after.text)) for one in place.readings]
    told = _told_apart(collation, lemma)
    lines = [f"- lemma: {_quoted(_slice(collation, lemma[0], lemma[-1]))}"]
    lines += [f"  {key}: {_quoted(words)}" for key, words in told or ()]
    lines.append("  readings:")
    for reading, (key, words) in zip(place.readings, readings, strict=True):
        lines.append(f"    - wit: {_quoted(' '.join(reading.sigla))}")
        lines.append(f"      {key}: {'true' if words is None else _quoted(words)}")
    if told is None:
        lines = [
            "# Not told apart in the text, give it `in:` and `nth:`:",
            *(f"# {x}" for x in lines),
        ]
    return "\n".join(lines) + "\n"


def _reading(reading: Reading) -> tuple[str, str | None]:
    """The key and words of a reading."""
    if reading.moved:
        return "transp", None
    return ("text", reading.text) if reading.text else ("om", None)


def _joined(words: str, word: str) -> str:
    """Words and the one that follows; none stands apart from a mark that opens a quotation."""
    opens = unicodedata.category(words[-1]) in ("Ps", "Pi") or words[-1] in "\"'"
    return words + ("" if opens else " ") + word


def _told_apart(collation: Collation, lemma: Sequence[Token]) -> list[tuple[str, str]] | None:
    """What tells a lemma apart from like words: nothing, what is before it, or what is after."""
    first, last = lemma[0], lemma[-1]
    if _is_alone(collation, first, last):
        return []
    for key, start, end, words in _beside(collation, first, last):
        if _is_alone(collation, start, end):
            return [(key, words)]
    return None


def _beside(
    collation: Collation, first: Token, last: Token
) -> Iterator[tuple[str, Token, Token, str]]:
    """More and more words of the block before the lemma, then after it."""
    block = [t for t in collation.witnesses[collation.base].tokens if t.block == first.block]
    at, end = block.index(first), block.index(last)
    for start in range(at - 1, -1, -1):
        yield "after", block[start], last, _slice(collation, block[start], block[at - 1])
    for stop in range(end + 1, len(block)):
        yield "before", first, block[stop], _slice(collation, block[end + 1], block[stop])


def _is_alone(collation: Collation, first: Token, last: Token) -> bool:
    """Whether these words stand once in the whole text."""
    words = _slice(collation, first, last)
    blocks = collation.witnesses[collation.base].blocks
    return sum(len(occurrences(words, plain)) for plain in blocks) == 1


def _slice(collation: Collation, first: Token, last: Token) -> str:
    return collation.witnesses[collation.base].blocks[first.block][first.start : last.end]


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
