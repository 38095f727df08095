"""An abbreviation of the texts, and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass, field

from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation that the texts use; `expansion` is empty where it needs none."""

    abbr: str
    expansion: str
    span: Span = field(compare=False, repr=False)
