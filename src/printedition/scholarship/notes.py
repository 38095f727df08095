"""Notes of the commentary, found in the texts."""

from __future__ import annotations

from printedition.edition.commentary import Note
from printedition.edition.quotation import Passage
from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note of the commentary and the passage that it is about."""

    note: Note
    passage: Passage
