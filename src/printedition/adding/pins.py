"""Pins beside words of which something is to be told, until these have their lines in a file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from printedition.frozen import dataclass

_PIN = re.compile("\ufdd0([0-9]+)\ufdd1")  # signs that no text may have
_AT_START = re.compile(f"((?:{_PIN.pattern})+)(.*)")


@dataclass(frozen=True, slots=True)
class Remark:
    """What became of something that a text has no room for: how often, in which lines of it.

    `what` begins with `lost: ` or `changed: `.
    """

    what: str
    number: int
    lines: tuple[int, ...]


def pin(number: int) -> str:
    """The pin of a remark, by the remark's number."""
    return f"\ufdd0{number}\ufdd1"


def unpinned(words: str) -> str:
    """Words without their pins."""
    return _PIN.sub("", words)


def pins_last(line: str) -> str:
    """A line whose pins do not stand before its first word, where a mark may begin."""
    found = _AT_START.fullmatch(line)
    return f"{found[3]}{found[1]}" if found else line


def remarks_of(words: str, said: Sequence[str]) -> tuple[Remark, ...]:
    """What `said` has for each pin, like remarks together, with the lines where the pins stand."""
    lines: dict[str, list[int]] = {what: [] for what in said}
    for number, line in enumerate(words.split("\n"), 1):
        for found in _PIN.finditer(line):
            if int(found[1]) < len(said):  # else it stood in the file that was read
                lines[said[int(found[1])]].append(number)
    return tuple(
        Remark(what, len(at), tuple(dict.fromkeys(at))) for what, at in lines.items() if at
    )
