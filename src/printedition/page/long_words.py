"""Words too long for any line, which WeasyPrint 70 breaks in a time that grows by their square."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

LONGEST = 200  # letters; the longest line of a wide page has some 150

# Between Chinese, Japanese and Korean letters a line may break anyhow.
_LONG = re.compile(rf"[^\s\u200b\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff]{{{LONGEST + 1},}}")
_PIECE = re.compile(rf".{{{LONGEST // 4}}}", re.S)
_BREAK = "\u200b"  # ZERO WIDTH SPACE


def break_up(root: Element) -> None:
    """Lets the words of a document that are longer than any line break, every fifty letters."""
    for element in root.iter():
        element.text = _broken(element.text)
        element.tail = _broken(element.tail)


def _broken(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST:
        return text
    return _LONG.sub(lambda long: _PIECE.sub(rf"\g<0>{_BREAK}", long[0]), text)
