"""The folios of a book: roman in the front matter, then counted from 1, or as they were printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from string import ascii_lowercase

import pydyf

from printedition.frozen import dataclass
from printedition.page.geometry import roman


@dataclass(frozen=True, slots=True)
class Folios:
    """The folios of the sections that keep their pages; others are counted."""

    kept: dict[str, Sequence[str]] = field(default_factory=dict)

    def of(self, total: int, front: int, starts: Mapping[str, int]) -> list[str]:
        """The folio of each page: so many in all, so many in front, sections beginning on these.

        A page that comes between two that are kept takes a letter: 12a; before page 1 it is 0a.
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
            else:
                before = made[-1] if made and number != front else "0"
                made.append(_next(before, taken, in_front=number < front))
        return made


def _next(label: str, taken: set[str], *, in_front: bool) -> str:
    """The folio after another, which no page that is kept has."""
    base = base_of(label)
    number = (_from_roman(base) if in_front else int(base)) + 1
    following = roman(number) if in_front else str(number)
    return following if following not in taken else put_in_after(label, taken)


def put_in_after(label: str, taken: Collection[str]) -> str:
    """The folio of a page that is put in after another, and that no page has: 12a after 12.

    After iv it is iv-a; after 12z, or after 12a where there is a 12b, it has one letter more.
    """
    base, letters = base_of(label), letter_of(label).lstrip("-")
    begun = base if base[-1:].isdigit() else f"{base}-"
    next_to = [letters[:-1] + chr(ord(letters[-1]) + 1)] if letters[-1:] not in ("", "z") else []
    for further in (*next_to, *(letters + one for one in ascii_lowercase)):
        if begun + further not in taken:
            return begun + further
    return put_in_after(f"{begun}{letters}z", taken)


def base_of(label: str) -> str:
    """The folio without the letters of a page that was put in."""
    return re.sub(r"(?<=\d)[a-z]+$|-[a-z]+$", "", label)


def letter_of(label: str) -> str:
    """The letter of a page that was put in, with its hyphen in the front matter; else nothing."""
    return label[len(base_of(label)) :]


def _from_roman(label: str) -> int:
    return next((n for n in range(1, 1000) if roman(n) == label), 0)


def rules(labels: Sequence[str], front: int) -> Iterator[str]:
    """The style by which sheets print these folios, where they are not simply counted."""
    before = 0
    for number, label in enumerate(labels):
        base = base_of(label)
        value = int(base) if base.isdigit() else _from_roman(base)
        counted = 1 if number in (0, front) else before + 1
        if value != counted:
            yield f"@page :nth({number + 1}) {{ counter-reset: page {value} !important }}"
        before = value


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
