"""Brackets and parentheses that belong together."""

from __future__ import annotations

import re

_BRACKET = re.compile(r"\\.?|[\[\]]", re.S)
_IN_ADDRESS = re.compile(r"[()]|\s")


def pairs_of(text: str, opening: str, closing: str, *, apart: bool = False) -> dict[int, int]:
    """Which signs belong together, by nesting; `apart` where white space ends every pair.

    Escaped brackets are left out; an address has no escapes.
    """
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in (_IN_ADDRESS if apart else _BRACKET).finditer(text):
        sign = match.group()
        if sign == opening:
            opened.append(match.start())
        elif sign == closing and opened:
            pairs[opened.pop()] = match.start()
        elif sign.isspace():
            opened.clear()
    return pairs
