"""Words that stand elsewhere in a later version, found among those that have no pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log2

from printedition.frozen import dataclass

LEAST = 4  # words: shorter moves are the editor's to declare
_REACH = 2  # words that may stand between two parts of one move, on either side
_SKIP = 1.0  # bits that each such word costs
_CERTAIN = 4.3  # bits beyond chance: of twenty moves found one may be none
_COMMON = 64  # places of two words on end that are too many to begin from


@dataclass(frozen=True, slots=True)
class MovedWords:
    """Words by their numbers in the two texts, the same in number and order."""

    pairs: tuple[tuple[int, int], ...]


def moves(
    first: Sequence[str],
    second: Sequence[str],
    gone: Sequence[bool],
    come: Sequence[bool],
    told: Mapping[str, float],
) -> list[MovedWords]:
    """The moves of four words or more between words `gone` from one and `come` into another text.

    An empty word ends a block, which no move runs over. What is found tells more (in bits, by
    `pairing.information`) than chance would among so many words; what tells most is found first.
    """
    free_first = [free and bool(word) for word, free in zip(first, gone, strict=True)]
    free_second = [free and bool(word) for word, free in zip(second, come, strict=True)]
    chance = log2(max(sum(free_first) * sum(free_second), 1)) + _CERTAIN
    seeds = _seeds(first, second, free_first, free_second)
    chains = {tuple(_chain(seed, first, second, free_first, free_second)) for seed in seeds}
    weighed = sorted(((_weight(chain, first, told), chain) for chain in chains), reverse=True)
    found = []
    for weight, chain in weighed:
        still = all(free_first[i] and free_second[j] for i, j in chain)
        if len(chain) < LEAST or weight < chance or not still:
            continue
        for i, j in chain:
            free_first[i] = free_second[j] = False
        found.append(MovedWords(chain))
    return found


def _seeds(
    first: Sequence[str],
    second: Sequence[str],
    free_first: Sequence[bool],
    free_second: Sequence[bool],
) -> list[tuple[int, int]]:
    """Where two free words on end stand in both texts."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for j in range(len(second) - 1):
        if free_second[j] and free_second[j + 1]:
            places[second[j], second[j + 1]].append(j)
    return [
        (i, j)
        for i in range(len(first) - 1)
        if free_first[i] and free_first[i + 1]
        for there in (places.get((first[i], first[i + 1]), ()),)
        if len(there) <= _COMMON
        for j in there
    ]


def _chain(
    seed: tuple[int, int],
    first: Sequence[str],
    second: Sequence[str],
    free_first: Sequence[bool],
    free_second: Sequence[bool],
) -> list[tuple[int, int]]:
    """A seed with all equal free words that follow and precede it within reach."""
    chain = [seed]
    for way in (1, -1):
        i, j = seed
        while True:
            near = [
                (i + way * (1 + a), j + way * (1 + b))
                for a, b in sorted(_STEPS, key=sum)
                if 0 <= i + way * (1 + a) < len(first) and 0 <= j + way * (1 + b) < len(second)
            ]
            met = next(
                (
                    (x, y)
                    for x, y in near
                    if first[x] == second[y] and free_first[x] and free_second[y]
                    if all(first[min(i, x) + 1 : max(i, x)])
                    and all(second[min(j, y) + 1 : max(j, y)])
                ),
                None,
            )
            if met is None:
                break
            chain.append(met)
            i, j = met
    return sorted(chain)


_STEPS = tuple((a, b) for a in range(_REACH) for b in range(_REACH))


def _weight(
    chain: Sequence[tuple[int, int]], first: Sequence[str], told: Mapping[str, float]
) -> float:
    """What the words of a chain tell, in bits, less what lies between them."""
    (i, j), (x, y) = chain[0], chain[-1]
    between = (x - i + 1) + (y - j + 1) - 2 * len(chain)
    return sum(told[first[i]] for i, _ in chain) - _SKIP * between
