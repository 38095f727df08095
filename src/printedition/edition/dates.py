"""The dates of a text: what happened when, how sure that is, and what it rests on.

The fields are those of TEI: when, from, to, notBefore, notAfter (att.datable), cert
(att.global.responsibility), evidence (att.editLike).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import date, timedelta
from enum import Enum

from printedition.edition.quotation import Value
from printedition.edition.text import Inline
from printedition.frozen import dataclass
from printedition.sources import Span


class Certainty(Enum):
    """How sure a statement is; the value is that of TEI's cert."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def is_doubtful(self) -> bool:
        """Whether a question mark is printed."""
        return self is not Certainty.HIGH


class Part(Enum):
    """A part of a date, which may be inferred while others are stated."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


ALL_PARTS = frozenset(Part)

# The events that a letter goes through, in their order; other texts and events have other words.
WRITTEN, SENT, RECEIVED, REGISTERED = "written", "sent", "received", "registered"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the Gregorian calendar, or a whole month or year, whose `day` or `month` is 0."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """Its first day; raises ValueError where the calendar has none."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Its last day; raises ValueError where the calendar has none."""
        from calendar import monthrange  # takes long to load, and few dates need it

        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """As ISO 8601 writes it: 1922-09-26, 1922-09 or 1922."""
        parts = (f"{self.month:02}" if self.month else "", f"{self.day:02}" if self.day else "")
        return "-".join([f"{self.year:04}", *filter(None, parts)])


@dataclass(frozen=True, slots=True)
class Dating:
    """When something happened: a day, all the time from one to another, or bounds of a day.

    `after` and `before` exclude what they name, `not_before` and `not_after` include it.
    """

    when: Day | None = None
    start: Day | None = None
    end: Day | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    after: Day | None = None
    before: Day | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether it only says between which days the event lies, which is always inferred."""
        return self.when is None and self.start is None and self.end is None

    @property
    def earliest(self) -> date | None:
        """The first day on which the event may have begun; None where none is known."""
        if self.after:
            return self.after.last + timedelta(days=1)
        first = self.when or self.start or self.not_before
        return first.first if first else None

    @property
    def latest(self) -> date | None:
        """The last day on which the event may have ended; None where none is known."""
        if self.before:
            return self.before.first - timedelta(days=1)
        last = self.when or self.end or self.not_after
        return last.last if last else None

    @property
    def order(self) -> tuple[date, date]:
        """By which lists sort it: from its first day, else from its last."""
        earliest, latest = self.earliest, self.latest
        known = earliest or latest or date.max
        return known, latest or known


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """One of a text's dates, of writing, sending, …, with the evidence for it.

    `printed` is the date in words where the edition gives them; `inferred` are the parts that no
    source states; `number` that of a register; `place` the text or block that tells of it.
    """

    event: str
    printed: str
    dating: Dating | None
    inferred: frozenset[Part]
    certainty: Certainty
    number: str
    place: Value | None
    evidence: tuple[Inline, ...]
    note: tuple[Inline, ...]
    span: Span = field(compare=False, repr=False)


def in_order_of_time(events: Iterable[DatedEvent]) -> tuple[DatedEvent, ...]:
    """Events by their days; those without one come last, in the order in which they are given."""
    return tuple(sorted(events, key=lambda event: _order(event.dating)))


def _order(dating: Dating | None) -> tuple[date, date]:
    return dating.order if dating else (date.max, date.max)
