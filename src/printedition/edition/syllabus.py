"""The syllabus of a course: its sessions, and what is read for each."""

from __future__ import annotations

from printedition.edition.quotation import Value
from printedition.edition.text import Attributes, Inline
from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is read: a text, section or block by the name that references use, or up to a `last`."""

    first: Value
    last: Value | None = None

    @property
    def reference(self) -> Attributes:
        """The braces of a reference to it."""
        return self._braces({"ref": self.first} | ({"to": self.last} if self.last else {}))

    @property
    def stretch(self) -> Attributes:
        """The braces of a reference to all of it, which ends where a lone block ends."""
        return self._braces({"ref": self.first, "to": self.last or self.first})

    def _braces(self, stated: dict[str, Value]) -> Attributes:
        return Attributes(
            values={key: value.text for key, value in stated.items()},
            span=self.first.span,
            places={key: value.span for key, value in stated.items()},
        )


@dataclass(frozen=True, slots=True)
class Session:
    """A week or meeting: what it is called, its subject and date in words, and what is read.

    `marked` is the subject with its marks, where it has any.
    """

    when: str
    title: str
    date: str
    readings: tuple[Assignment, ...]
    note: tuple[Inline, ...] = ()
    marked: tuple[Inline, ...] = ()
