"""The default weights of Unicode's characters, read as they are wanted.

pyuca reads all thirty-five thousand of them at once, which takes longer than to compose a book.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyuca import Collator
from pyuca.collator import COLL_ELEMENT_PATTERN
from pyuca.trie import Trie
from pyuca.utils import hexstrings2int


class _Read(Trie):  # type: ignore[misc]
    """A trie that takes in the lines of a character when that is first sought.

    `lines` are those of the table by their first code point, four to six hexadecimal digits.
    """

    def __init__(self, lines: dict[str, list[str]]) -> None:
        super().__init__()
        self._lines = lines

    def find_prefix(self, key: list[int]) -> Any:
        """The longest beginning of the key that has weights, these, and the rest."""
        if key:
            for line in self._lines.pop(f"{key[0]:04X}", ()):
                characters, elements = line.split(";", 1)
                found = [
                    hexstrings2int(m.groups()) for m in COLL_ELEMENT_PATTERN.finditer(elements)
                ]
                self.add(hexstrings2int(characters.split()), found)
        return super().find_prefix(key)


class QuickCollator(Collator):  # type: ignore[misc]
    """pyuca's collator, ready in a tenth of the time; it weighs as that does."""

    def load(self, filename: str) -> None:
        """Read which lines of the table there are (UTS #10, allkeys.txt)."""
        lines: dict[str, list[str]] = {}
        for line in Path(filename).read_text(encoding="utf-8").splitlines():
            if line[:1].isalnum():
                lines.setdefault(line.split(" ", 1)[0], []).append(line.split("#", 1)[0])
            elif line.startswith("@implicitweights"):
                span, base = line.removeprefix("@implicitweights").split("#", 1)[0].split(";")
                start, end = span.split("..")
                self.implicit_weights.append([int(each, 16) for each in (start, end, base)])
        self.table = _Read(lines)
