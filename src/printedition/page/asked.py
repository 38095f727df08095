"""What a template is told of other pages, with what it asked for: that makes it stale.

A section is filled in anew where an answer it was given has changed, and only there, whatever
templates an edition has of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

Answer = TypeVar("Answer")


class Asked(Mapping[str, Answer]):
    """Answers by id, each of which is noted in `asked` once it was asked for; None for none."""

    def __init__(self, answers: Mapping[str, Answer], asked: dict[str, Answer | None]) -> None:
        self._answers, self._asked = answers, asked

    def __getitem__(self, name: str) -> Answer:
        self._asked[name] = self._answers.get(name)
        return self._answers[name]

    def __iter__(self) -> Iterator[str]:
        for name in self._answers:
            self._asked[name] = self._answers[name]
            yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)


def has_changed(answers: Mapping[str, Answer], asked: Mapping[str, Answer | None]) -> bool:
    """Whether any of what was asked would be answered otherwise now."""
    return any(answers.get(name) != answer for name, answer in asked.items())
