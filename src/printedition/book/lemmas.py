"""Lemmas as they print: whole, or a long one by its ends, which must be alone where it stands."""

from __future__ import annotations

from printedition.edition.quotation import Passage
from printedition.scholarship.finder import occurrences
from printedition.scholarship.places import Places

_LINE = 100  # letters of a line, more than any page for reading has


def printed_lemma(words: str, passage: Passage, places: Places, longest: int) -> tuple[str, ...]:
    """The words of a passage, or of more than `longest` words the two ends."""
    if len(words.split()) <= longest:
        return (words,)
    before = places.leaf(passage.text, passage.first).plain[: passage.start]
    after = places.leaf(passage.text, passage.last).plain[passage.end :]
    return shortened(words, longest, before[-_LINE:], after[:_LINE])


def shortened(lemma: str, longest: int, before: str = "", after: str = "") -> tuple[str, ...]:
    """A lemma of more than `longest` words by its ends, or whole if these leave nothing out.

    An end is as long as it must be to stand once from the line in which the lemma begins to that
    in which it ends: `before` and `after` are the words beside it that may share these lines.
    """
    words = lemma.split()
    if len(words) <= longest:
        return (lemma,)
    text = " ".join(f"{before}{lemma}{after}".split())
    least = min(2, max(longest // 2, 1))
    head, tail = least, least
    while head + tail < len(words) and not _is_alone(" ".join(words[:head]), text):
        head += 1
    while head + tail < len(words) and not _is_alone(" ".join(words[-tail:]), text):
        tail += 1
    if head + tail >= len(words):
        return (lemma,)
    return " ".join(words[:head]), " ".join(words[-tail:])


def _is_alone(words: str, text: str) -> bool:
    return len(occurrences(words, text)) < 2
