"""What the readers of several record files share: words with marks, and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable

from printedition.diagnostics import Findings, Label
from printedition.edition.quotation import Value
from printedition.edition.text import Inline
from printedition.reading import inline
from printedition.reading.fields import Fields

_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def marked(fields: Fields, key: str, folder: str, findings: Findings) -> tuple[Inline, ...]:
    """The marks and words of a key; none where it is missing."""
    value = fields.words(key)
    return inline.parse_value(value, folder=folder, findings=findings) if value else ()


def check_ids(ids: Iterable[Value], things: str, findings: Findings) -> None:
    """Report what can be no id, and ids that stand twice."""
    first: dict[str, Value] = {}
    for value in ids:
        if not _ID.fullmatch(value.text):
            findings.report(
                "TXT003",
                f"“{value.text}” cannot be an id, which begins with a letter and is of letters "
                "(A–Z, a–z), digits and hyphens",
                value.span,
            )
        earlier = first.setdefault(value.text, value)
        if earlier is not value:
            findings.report(
                "TXT001",
                f"two {things} have the id “{value.text}”",
                value.span,
                labels=(Label(earlier.span, "first here"),),
            )
