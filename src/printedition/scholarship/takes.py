"""The rules for fences that take blocks from elsewhere: each is found, none takes itself."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition
from printedition.edition.text import Block, Take, Text, leaves_of, walk
from printedition.scholarship.finder import occurrences
from printedition.scholarship.places import DEEPEST_TAKE, Places

_MOST_TAKEN = 10_000  # blocks: a take that prints more was not meant


def _takes(blocks: tuple[Block, ...]) -> Iterator[Take]:
    for block in walk(blocks):
        if isinstance(block, Take):
            yield block


def check_takes(edition: Edition, places: Places, findings: Findings) -> None:
    """Report takes of what is nowhere, of themselves, or of far too much."""
    sizes, reported = _Sizes(places), False
    for text in edition.texts.values():
        for take in _takes(text.blocks):
            if not sizes.is_too_much(text.id, take):
                _check_take(text, take, places, findings)
            elif not reported:
                reported = True  # those that take this one would only follow
                findings.report(
                    "TAK003",
                    "what is taken here takes other blocks, through too many steps or too often",
                    take.attributes.place("take"),
                    hint="take the blocks from where they are stored",
                )


def _check_take(text: Text, take: Take, places: Places, findings: Findings) -> None:
    targets = []
    for name, span in take.targets:
        target = places.named(name, text.id)
        if target is None:
            findings.report(
                "TAK001",
                f"there is no text or block “{name}” to take",
                span,
                hint=findings.near(name, places.names(text.id)),
            )
            continue
        targets.append(target)
        if _reaches(places, target, take):
            findings.report(
                "TAK002",
                f"“{name}” takes this fence itself, so that it would never end",
                span,
                hint="store the text once, and take it from there",
            )
    if take.words is not None:
        words, span = take.words
        found = 0
        for target_text, block in targets:
            blocks = (block,) if block else places.edition.texts[target_text].blocks
            found += sum(len(occurrences(words, leaf.plain)) for leaf in leaves_of(blocks))
        if found != 1:
            findings.report(
                "TAK001",
                f"the words “{words}” stand {'nowhere' if not found else 'more than once'} "
                "in what is taken",
                span,
            )
    if not take.targets:
        findings.report("TAK001", "take= names nothing", take.span)


def _reaches(places: Places, target: tuple[str, Block | None], goal: Take) -> bool:
    """Whether what is taken takes the fence `goal` again."""
    waiting, seen = [target], {id(target[1] or target[0])}
    while waiting:
        text, block = waiting.pop()
        for take in _takes((block,) if block else places.edition.texts[text].blocks):
            if take is goal:
                return True
            for nested in filter(None, (places.named(name, text) for name, _ in take.targets)):
                key = id(nested[1] or places.edition.texts[nested[0]])
                if key not in seen:
                    seen.add(key)
                    waiting.append(nested)
    return False


class _Sizes:
    """What each take prints, counted without printing it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.known: dict[int, tuple[int, int]] = {}

    def is_too_much(self, text: str, take: Take) -> bool:
        """Whether a take prints too many blocks, or through too many other takes."""
        size, steps = self.of(text, take)
        return size > _MOST_TAKEN or steps > DEEPEST_TAKE

    def of(self, text: str, take: Take, depth: int = 0) -> tuple[int, int]:
        """How many blocks it prints, and how many takes follow one another to reach them."""
        if depth > DEEPEST_TAKE:
            return 0, DEEPEST_TAKE + 1
        if id(take) not in self.known:
            self.known[id(take)] = 0, 0  # a take in a circle has a code of its own
            size = steps = 0
            for target in filter(None, (self.places.named(n, text) for n, _ in take.targets)):
                name, block = target
                for found in walk((block,) if block else self.places.edition.texts[name].blocks):
                    inner = self.of(name, found, depth + 1) if isinstance(found, Take) else (1, 0)
                    size += inner[0]
                    steps = max(steps, inner[1])
            self.known[id(take)] = size, steps + 1
        return self.known[id(take)]
