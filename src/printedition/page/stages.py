"""The stages in which sections are cast off: what quotes pages waits for those that it quotes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from printedition.book import tree
from printedition.page.copies import TABLE

_NOTES, _PROSE, _INDEX, _CONTENTS = 1, 2, 3, 4


def stage_of(section: tree.Section, *, quotes: bool) -> int:
    """The stage of a section; `quotes` says whether its copy says where anything stands.

    Texts and tables come first all the same: what they quote of later pages is mostly in notes.
    """
    if section.contents:
        return _CONTENTS
    if section.index:
        return _INDEX
    if section.end_notes:
        return _NOTES
    late = quotes or section.corrections or section.kind == "chronology"
    return _PROSE if late and section.kind not in ("text", TABLE) else 0


class Stages:
    """Which sections of a round may be cast off, and which are held undrawn; by their ids.

    A section may be cast off when all of earlier stages are. One that quotes pages is held until
    all are cast off that it may quote: all but the index and the contents, which few quote.
    """

    def __init__(self, stages: Mapping[str, int]) -> None:
        self.stages = stages
        self.uncast: set[str] = set()
        self._begun: set[str] = set()

    def begin(self, names: Collection[str]) -> None:
        """These sections are to be cast off."""
        self.uncast, self._begun = {*names}, {*names}

    def in_order(self, names: Collection[str], weights: Mapping[str, int]) -> list[str]:
        """Names by stage, and in each the longest first."""
        return sorted(names, key=lambda name: (self.stages[name], -weights[name]))

    @property
    def pending(self) -> set[str]:
        """The sections that are cast off by now, or may be now."""
        now = min((self.stages[name] for name in self.uncast), default=_CONTENTS)
        return {name for name in self._begun if self.stages[name] <= now}

    def waits(self, name: str) -> bool:
        """Whether a section waits for others to be cast off."""
        return any(self.stages[one] < self.stages[name] for one in self.uncast)

    def is_held(self, name: str) -> bool:
        """Whether a section that quotes pages waits to be drawn."""
        last = max(self.stages[name], _PROSE)
        return any(self.stages[one] <= last for one in self.uncast)

    def cast(self, name: str) -> bool:
        """A section is cast off; whether all of its stage and those before are."""
        self.uncast.discard(name)
        return not any(self.stages[one] <= self.stages[name] for one in self.uncast)
