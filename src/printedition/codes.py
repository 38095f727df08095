"""The table of diagnostic codes, from which `explain`, the manual and the tests are made.

Numbers are never used again for another fault.
"""

from __future__ import annotations

from enum import Enum

from printedition.book_codes import BOOK_CODES
from printedition.content_codes import CONTENT_CODES
from printedition.frozen import dataclass


class Severity(Enum):
    """How much a fault weighs: an error stops the build, a warning only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault: a title, what it means, and how it is mended."""

    code: str
    severity: Severity
    title: str
    meaning: str
    cure: str


def _table(*rows: tuple[str, str, str, str, str]) -> dict[str, Code]:
    table = {row[0]: Code(row[0], Severity(row[1]), *row[2:]) for row in rows}
    assert len(table) == len(rows), "a code stands twice"
    return table


CODES: dict[str, Code] = _table(*CONTENT_CODES, *BOOK_CODES)
