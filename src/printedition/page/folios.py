"""The folios of a book: roman in the front matter, then counted from 1, or as they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

import pydyf

from printedition.frozen import dataclass
from printedition.page.geometry import roman


@dataclass(frozen=True, slots=True)
class Folios:
    """The folios of the sections that keep their pages; others are counted."""

    kept: dict[str, Sequence[str]] = field(default_factory=dict)

    @property
    def letters(self) -> dict[str, str]:
        """The letters of pages that were put in, by their sheets; of all sheets, where one is."""
        found = {
            f"sheet.{section}.{number}": letter_of(label)
            for section, labels in self.kept.items()
            for number, label in enumerate(labels)
        }
        return found if any(found.values()) else {}

    def of(self, total: int, front: int, starts: Mapping[str, int]) -> list[str]:
        """The folio of each page: so many in all, so many in front, sections beginning on these.

        A page that comes between two that are kept takes a letter: 12a.
        """
        counted = [
            *(roman(number + 1) for number in range(min(front, total))),
            *(str(number - front + 1) for number in range(front, total)),
        ]
        placed: dict[int, str] = {}
        for section, labels in self.kept.items():
            if section in starts:
                placed |= {starts[section] + n: label for n, label in enumerate(labels)}
        if not placed:
            return counted
        taken = set(placed.values())
        made: list[str] = []
        for number in range(total):
            if number in placed:
                made.append(placed[number])
            elif number == front:
                made.append("1")
            else:
                made.append(_next(made[-1] if made else "", taken, in_front=number < front))
        return made


def _next(label: str, taken: set[str], *, in_front: bool) -> str:
    """The folio after another, which no page that is kept has."""
    base = base_of(label)
    number = (_from_roman(base) if in_front else int(base)) + 1 if base else 1
    following = roman(number) if in_front else str(number)
    if following not in taken:
        return following
    letter = letter_of(label)
    return with_letter(base, ord(letter[-1]) - ord("a") + 2 if letter else 1)


def with_letter(label: str, number: int) -> str:
    """The folio of the nth page that is put in after another: 12a after 12, iv-a after iv."""
    if not number:
        return label
    return f"{label}{'' if label[-1:].isdigit() else '-'}{chr(ord('a') + number - 1)}"


def base_of(label: str) -> str:
    """The folio without the letter of a page that was put in."""
    return re.sub(r"(?<=\d)[a-z]$|-[a-z]$", "", label)


def letter_of(label: str) -> str:
    """The letter of a page that was put in, with its hyphen in the front matter; else nothing."""
    return label[len(base_of(label)) :]


def _from_roman(label: str) -> int:
    return next((n for n in range(1, 1000) if roman(n) == label), 0)


def rules(labels: Sequence[str], front: int) -> str:
    """The style by which sheets print these folios, where they are not simply counted."""
    made = []
    before = 0
    for number, label in enumerate(labels):
        base = base_of(label)
        value = int(base) if base.isdigit() else _from_roman(base)
        counted = 1 if number in (0, front) else before + 1
        if value != counted:
            made.append(f"@page :nth({number + 1}) {{ counter-reset: page {value} !important }}")
        before = value
    return "\n".join(made)


def page_labels(labels: Sequence[str]) -> Iterator[int | pydyf.Dictionary]:
    """The folios as a PDF tells them (ISO 32000-1, 12.4.2): where a count begins, and its kind."""
    before: tuple[str, int] = "", 0
    for number, label in enumerate(labels):
        if label.isdigit():
            kind, value = "/D", int(label)
        elif letter_of(label) or not _from_roman(label):
            kind, value = "", 0
        else:
            kind, value = "/r", _from_roman(label)
        if not kind:
            yield from (number, pydyf.Dictionary({"P": pydyf.String(label)}))
        elif before != (kind, value - 1):
            start = {"St": value} if value > 1 else {}
            yield from (number, pydyf.Dictionary({"S": kind, **start}))
        before = kind, value
