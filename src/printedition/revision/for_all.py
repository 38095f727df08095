"""What printings for different readers share: all but the words for one audience.

Their pages and lines are the same, so that what one leaves out is no correction of the other.
"""

from __future__ import annotations

from dataclasses import replace

from printedition.page.words import PrintedWords
from printedition.revision.printing import Printing

# Where a book says whose it is; only that for all has an identifier of the edition.
_OWN = frozenset({"title-page", "imprint"})


def comparable(old: Printing, new: Printing) -> tuple[Printing, Printing]:
    """Two printings as they are, or what they share where they are for different readers."""
    return (old, new) if old.audience == new.audience else (for_all(old), for_all(new))


def for_all(printing: Printing) -> Printing:
    """A printing without what is for one audience; a line of that stays, without its words.

    Of its chapters, of which no more than a hash is known, nothing is left.
    """
    sections = (
        replace(one, pages=tuple(map(_page, one.pages)))
        for one in printing.sections
        if one.kind not in _OWN
    )
    return replace(printing, sections=tuple(sections), chapters=(), audience="")


def _page(page: PrintedWords) -> PrintedWords:
    return replace(
        page,
        lines=tuple(
            replace(line, words="", places=()) if line.audience else line for line in page.lines
        ),
        notes=tuple(note for note in page.notes if not note.audience),
    )
