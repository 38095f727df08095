"""How quoted words differ from those of the text, where the eye may not see it."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = {"'": "straight", '"': "straight", "’": "curly", "‘": "curly", "“": "curly", "”": "curly"}
_UNSEEN = {
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
    "\u2009": "a thin space",
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\ufeff": "a byte order mark",
    "\t": "a tab",
}
_MARKS = re.compile(r"\]\{|\[\^|\*\S|^[⟨⟦{\[(†].*[⟩⟧}\])†]$")


def how_to_quote(words: str, near: str | None) -> str | None:
    """The cure for words that do not stand in the text, given those that are most like them."""
    parts = [f"did you mean “{near}”?"] if near is not None else []
    parts.extend(_reasons(words, near))
    return " ".join(parts) or None


def _reasons(words: str, near: str | None) -> list[str]:
    if unseen := [name for sign, name in _UNSEEN.items() if sign in words]:
        return [f"The quoted words hold {' and '.join(unseen)}, which cannot be seen."]
    if near and (unseen := [name for sign, name in _UNSEEN.items() if sign in near]):
        return [f"The text holds {' and '.join(unseen)} here, which cannot be seen."]
    if words != words.strip() or "  " in words:
        return ["The quoted words hold a blank too many."]
    if _MARKS.search(words):
        return ["Words are quoted as they are printed, without marks and signs."]
    if near is not None and words != near and _straight(words) == _straight(near):
        kinds = [_QUOTES[sign] for sign in near if sign in _QUOTES]
        return [f"The text has {kinds[0]} quotation marks or apostrophes."] if kinds else []
    if near is not None and words.casefold() == near.casefold():
        return ["Capitals count."]
    if near is not None and _bare(words) == _bare(near):
        return ["Accents count."]
    if "…" in words or "..." in words:
        return ["Of a long passage quote the first words, and after to: the last."]
    return []


def _straight(words: str) -> str:
    return words.translate(str.maketrans("’‘“”", "''\"\""))


def _bare(words: str) -> str:
    return "".join(
        sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign)
    )
