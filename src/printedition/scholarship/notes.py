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

    @property
    def is_on_text(self) -> bool:
        """Whether a question is on a whole text."""
        place = self.note.anchor.place
        whole = self.note.anchor.words is None and place is not None
        return whole and place is not None and place.text == self.passage.text
