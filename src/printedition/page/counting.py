"""Which lines of a text are counted, and may bear their number."""

from __future__ import annotations

from printedition.page.galley import Strip

_UNCOUNTED = {"h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "td", "th", "tr"}


def is_counted(strip: Strip) -> bool:
    """Whether a strip is a line of running text or verse, with a number on the count.

    No headings, no blank lines, no words of the editor that fill a line (conventions of
    reledmac's `\\firstlinenum`, Oxford and Teubner).
    """
    if not strip.is_line or strip.apart or strip.turned or strip.element is None:
        return False
    if strip.element.tag in _UNCOUNTED:
        return False
    if not strip.words().strip():
        return False
    own = [element for text, element in strip.pieces() if text.strip()]
    return not all("gloss" in (element.get("class") or "").split() for element in own)
