"""The works that an edition cites, as bibliography.yaml describes them, and the style of citing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from printedition.edition.quotation import Value
from printedition.frozen import dataclass
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class WorkName:
    """A person or body that a work names, in the parts of CSL; `literal` alone where undivided."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class WorkDate:
    """A date of a work: one or, of a range, two of (year, month, day), or else words."""

    parts: tuple[tuple[int, ...], ...] = ()
    literal: str = ""
    circa: bool = False
    season: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """A work under its key; variables are named as in CSL 1.0.2, and their words may have marks."""

    key: Value
    type: str
    words: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[WorkName, ...]] = field(default_factory=dict)
    dates: Mapping[str, WorkDate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The works of an edition; `listed` are the keys of those listed though nothing cites them.

    Where it `is_broken` it could not be read, and any key may be that of a work.
    """

    works: tuple[Work, ...] = ()
    listed: tuple[Value, ...] = ()
    is_broken: bool = False

    @property
    def by_key(self) -> dict[str, Work]:
        """The works by their keys, in order."""
        return {work.key.text: work for work in self.works}

    def lists(self, key: str) -> bool:
        """Whether a work is listed though nothing cites it."""
        return any(value.text in (key, "*") for value in self.listed)


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style in the Citation Style Language that the edition names; `text` is its XML."""

    text: str
    span: Span
