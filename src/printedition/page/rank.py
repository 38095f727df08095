"""Which of several like words of its lines a lemma is: the rank that it bears, as in et²."""

from __future__ import annotations

from collections.abc import Iterator

from weasyprint.formatting_structure import boxes

from printedition.page.galley import Galley, Strip, is_number
from printedition.page.job import EntryPlace


def lines_of(galley: Galley, entry: EntryPlace) -> tuple[int, int]:
    """The strips of a lemma's first and last words; a broken word counts where it begins."""
    first = galley.where[entry.first][0]
    return first, max(first, galley.where[entry.last][0])


def offset_of(galley: Galley, entry: EntryPlace) -> int:
    """How many characters of its line precede a lemma."""
    return len(_before(galley.strips[galley.where[entry.first][0]], entry.first))


def rank_of(galley: Galley, entry: EntryPlace) -> tuple[int, int]:
    """The ranks of a lemma's first and last words; of one printed whole, the second is its own.

    0 where they are alone. The rank follows the lines, so it is told anew when they change.
    """
    if not entry.words:
        return 0, 0
    first, last = lines_of(galley, entry)
    at = offset_of(galley, entry)
    if len(entry.words) == 1:
        return 0, _rank(galley, entry.words[0], at, first, last)
    end = len(_before(galley.strips[last], entry.last))
    end -= len(entry.words[-1]) - len(entry.words[-1].split()[-1])
    return (
        _rank(galley, entry.words[0], at, first, first),
        _rank(galley, entry.words[-1], end, last, last),
    )


def _rank(galley: Galley, words: str, at: int, first: int, last: int) -> int:
    """The rank of words that stand near an offset, among their like in lines first to last."""
    lines = _joined(galley, first, last)
    following = _joined(galley, first, min(last + 1, len(galley) - 1))
    found = [place for place in _occurrences(words, following) if place < len(lines)]
    if len(found) < 2:
        return 0
    return min(range(len(found)), key=lambda number: abs(found[number] - at)) + 1


def _joined(galley: Galley, first: int, last: int) -> str:
    """The words of lines, a word broken over two of them made whole."""
    joined = ""
    for strip in galley.strips[first : last + 1]:
        words = strip.words()
        if joined.endswith("\u2010"):
            joined = joined[:-1] + words
        elif not joined or joined.endswith((" ", "-", "–", "—")):
            joined += words
        else:
            joined += " " + words
    return joined


def _occurrences(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        if not (before.isalnum() and word[0].isalnum()) and not (
            after.isalnum() and word[-1].isalnum()
        ):
            yield at
        at = text.find(word, at + 1)


def _before(strip: Strip, name: str) -> str:
    """The words of a line before the element of an id."""
    made = []
    for box in strip.box.descendants():
        if box.element is not None and box.element.get("id") == name:
            break
        if isinstance(box, boxes.TextBox) and not is_number(box.element):
            made.append(box.text)
    return "".join(made)
