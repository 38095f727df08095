"""Words of another file, written so that none of their signs is read as a mark."""

from __future__ import annotations

import re

# What has a meaning, or looks as if it had, anywhere in a text.
_SIGNS = re.compile(
    r"[\\*\[\]{}]"
    r"|<(?=[A-Za-z/!])"
    r"|&(?=#?[A-Za-z0-9]{1,8};)"
    r"|(?<![\w_])_|_(?![\w_])"
)
# What has one at the beginning of a line.
_START = re.compile(r"(#|>|:{3}|`{3}|~{3}|[-=_]{3}|\|)")


def literal(words: str) -> str:
    """Words within a line, each sign of a mark after a backslash."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", words)


def literal_line(line: str) -> str:
    """A line whose words are literal already, its beginning too."""
    return f"\\{line}" if _START.match(line) else line
