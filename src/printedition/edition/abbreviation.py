"""An abbreviation of the texts, and what it stands for."""

from __future__ import annotations

from dataclasses import field

from printedition.frozen import dataclass
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation that the texts use, and what it stands for, or what is to be said of it.

    Both are empty where it needs no explanation.
    """

    abbr: str
    expansion: str
    note: str
    span: Span = field(compare=False, repr=False)
