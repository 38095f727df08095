"""Which words of two texts answer one another, word by word."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log2
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]  # the numbers of two words, from 0, one of either text

_CELLS = 40_000  # a table of so many is reckoned at once; memory stays linear beyond it
_RUN = 2.0  # bits: what a run of equal words must tell to count as more than chance
_SURE = (3, 1)  # words that stand once in both texts: three in a row first, then one


def information(*texts: Sequence[str]) -> dict[str, float]:
    """How much each word tells, in bits: the rarer the more. A word is a word of any text."""
    counts = Counter(word for text in texts for word in text)
    total = sum(counts.values())
    return {word: log2((total + 1) / count) for word, count in counts.items()}


def pairs(first: Sequence[str], second: Sequence[str]) -> list[Pair]:
    """The equal words of two texts that answer one another, in the order of both.

    Three words that stand once in either text are anchors (patience); what lies between is
    reckoned exactly, so that the pairs tell most and stand in the fewest runs.
    """
    told = information(first, second)
    found: list[Pair] = []
    waiting = [(0, len(first), 0, len(second))]
    while waiting:
        a, b, c, d = waiting.pop()
        while a < b and c < d and first[a] == second[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and first[b - 1] == second[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        if a == b or c == d:
            continue
        if (b - a) * (d - c) <= _CELLS:
            found += ((a + i, c + j) for i, j in _exact(first[a:b], second[c:d], told))
            continue
        for left, right, up, down in _divided(first[a:b], second[c:d]):
            waiting.append((a + left, a + right, c + up, c + down))
    return sorted(found)


def _divided(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """A large stretch in smaller ones, from anchor to anchor, else from half to half."""
    for size in _SURE:
        if anchors := _anchors(first, second, size):
            break
    else:
        half = len(first) // 2
        anchors = [(half, _cut(first, second, half))]
    a = c = 0
    for i, j in [*anchors, (len(first), len(second))]:
        if (i, j) != (0, 0):
            yield a, i, c, j
        a, c = i, j


def _anchors(first: Sequence[str], second: Sequence[str], size: int) -> list[Pair]:
    """Where runs of words stand that either text has once, as many as keep their order."""
    once = _once(second, size)
    met = sorted((i, once[run]) for run, i in _once(first, size).items() if run in once)
    return _rising([pair for pair in met if pair != (0, 0)])


def _once(words: Sequence[str], size: int) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _rising(met: list[Pair]) -> list[Pair]:
    """The longest series of pairs that rises in both texts (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before = [-1] * len(met)
    for number, (_, place) in enumerate(met):
        pile = bisect_left(tops, place)
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [number]
        before[number] = piles[pile - 1] if pile else -1
    rising = []
    number = piles[-1] if piles else -1
    while number >= 0:
        rising.append(met[number])
        number = before[number]
    return rising[::-1]


def _cut(first: Sequence[str], second: Sequence[str], half: int) -> int:
    """Where the second text divides when the first does at `half` (Hirschberg's division)."""
    head = _common(first[:half], second)
    tail = _common(first[half:][::-1], second[::-1])
    return max(range(len(second) + 1), key=lambda at: head[at] + tail[len(second) - at])


def _common(words: Sequence[str], line: Sequence[str]) -> list[int]:
    """How many words are common in order to all of `words` and each beginning of `line`.

    Reckoned for all beginnings at once in the bits of one number (Hyyrö 2004).
    """
    places: dict[str, int] = {}
    for at, word in enumerate(line):
        places[word] = places.get(word, 0) | 1 << at
    whole = (1 << len(line)) - 1
    row = whole
    for word in words:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & whole
    counts = [0]
    for bit in reversed(f"{row:0{len(line)}b}"):
        counts.append(counts[-1] + (bit == "0"))
    return counts


def _exact(first: Sequence[str], second: Sequence[str], told: dict[str, float]) -> Iterator[Pair]:
    """The pairs that tell most, each run of them less what chance would give."""
    width = len(second) + 1
    best = [0.0] * width  # for what lies beyond word i of the first and j of the second text
    run = [float("-inf")] * width  # the same, where these two words are a pair
    ways: list[bytearray] = []
    for i in range(len(first) - 1, -1, -1):
        new, new_run, way = [0.0] * width, [float("-inf")] * width, bytearray(width)
        for j in range(width - 2, -1, -1):
            new[j], way[j] = (new[j + 1], 1) if new[j + 1] > best[j] else (best[j], 2)
            if first[i] == second[j]:
                goes_on = run[j + 1] > best[j + 1] - _RUN
                new_run[j] = told[first[i]] + (run[j + 1] if goes_on else best[j + 1] - _RUN)
                opened = new_run[j]
                if opened - 0.0 >= new[j] and opened > 0:
                    new[j], way[j] = opened, 3
                way[j] |= 4 if goes_on else 0
        ways.append(way)
        best, run = new, new_run
    i = j = 0
    inside = False
    while i < len(first) and j < len(second):
        step = ways[len(first) - 1 - i][j]
        if inside or step & 3 == 3:
            yield i, j
            inside = bool(step & 4)
            i, j = i + 1, j + 1
        elif step & 3 == 1:
            j += 1
        else:
            i += 1
