"""Which words of two states of a text answer one another.

Runs of words that stand once in each state hold the two together first ("patience"), so that a
long text costs little, and words that are everywhere join nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from printedition.frozen import dataclass

_RUN = 3  # words
_SENTENCE_END = re.compile(r"[.?!][”’\")\]]*$")


@dataclass(frozen=True, slots=True)
class Difference:
    """The words [start, stop) of the old state, for which [new_start, new_stop) stand now."""

    start: int
    stop: int
    new_start: int
    new_stop: int


def differences(old: Sequence[str], new: Sequence[str]) -> list[Difference]:
    """Where two states differ, in order; a run that was only put in or taken out is slid so that
    it begins with a sentence."""
    found: list[Difference] = []
    at, new_at = 0, 0
    for start, new_start in [*_anchors(old, new), (len(old), len(new))]:
        found += _within(old, new, at, start, new_at, new_start)
        at, new_at = start, new_start
    return [_slid(old, new, one) for one in _merged(found)]


def before(found: Sequence[Difference], new_at: int) -> int:
    """The place of the old state that answers one of the new."""
    shift = 0
    for one in found:
        if one.new_start > new_at:
            break
        if one.new_start <= new_at < one.new_stop:
            return one.start
        shift = one.stop - one.new_stop
    return new_at + shift


def _within(
    old: Sequence[str], new: Sequence[str], at: int, stop: int, new_at: int, new_stop: int
) -> Iterator[Difference]:
    """The differences between two anchors."""
    matcher = SequenceMatcher(None, old[at:stop], new[new_at:new_stop], autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield Difference(at + start, at + end, new_at + new_start, new_at + new_end)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs of words begin that stand once in each state, in the order of both."""
    places = _once(new)
    pairs = [(at, places[run]) for run, at in sorted(_once(old).items(), key=lambda item: item[1])
             if run in places]  # fmt: skip
    tails: list[int] = []  # the longest rising sequence of the new places
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [number]
        before.append(ends[at - 1] if at else -1)
    chosen: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _merged(found: Sequence[Difference]) -> list[Difference]:
    """Differences with nothing between them as one."""
    merged: list[Difference] = []
    for one in found:
        last = merged[-1] if merged else None
        if last and last.stop == one.start and last.new_stop == one.new_start:
            merged[-1] = Difference(last.start, one.stop, last.new_start, one.new_stop)
        else:
            merged.append(one)
    return merged


def _slid(old: Sequence[str], new: Sequence[str], one: Difference) -> Difference:
    """A run put in or taken out, slid so that it begins where a sentence does, if it can."""
    if (one.start == one.stop) == (one.new_start == one.new_stop):
        return one
    words, start, stop = (
        (new, one.new_start, one.new_stop) if one.start == one.stop else (old, one.start, one.stop)
    )
    shift = 0
    while not _begins(words, start - shift):
        if start - shift <= 0 or min(one.start, one.new_start) - shift <= 0:
            return one
        if words[start - shift - 1] != words[stop - shift - 1]:
            return one
        shift += 1
    return Difference(
        one.start - shift, one.stop - shift, one.new_start - shift, one.new_stop - shift
    )


def _begins(words: Sequence[str], at: int) -> bool:
    return at == 0 or bool(_SENTENCE_END.search(words[at - 1]))
