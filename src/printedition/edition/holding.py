"""Which settings hold for a text of a volume: those of the edition that it is included from.

How a text is edited goes with it into every volume; how a book looks is the volume's.
"""

from __future__ import annotations

from dataclasses import replace

from printedition.edition.apparatus import Conventions
from printedition.edition.edition import Edition
from printedition.edition.names import namespace_of


def conventions_in(edition: Edition, namespace: str) -> Conventions:
    """How entries on the texts of a namespace are worded: as their own edition declares it.

    One that declares nothing has what the volume declares, but in the words of its own language,
    unless the volume names one for all.
    """
    part, ours = edition.part(namespace), edition.conventions
    if part is None:
        return ours
    own = part.edition.conventions
    if own.declared:
        return own
    if ours.lang in (own.lang, edition.lang):
        terms = ours.terms if own.lang == ours.lang else {}
        return replace(ours, lang=own.lang, terms=terms)
    return ours


def conventions_of(edition: Edition, text: str) -> Conventions:
    """How entries on a text are worded."""
    return conventions_in(edition, namespace_of(text))


def prints_entries_with_each(edition: Edition, text: str) -> bool:
    """Whether entries on a text print with each of its appearances."""
    part = edition.part(namespace_of(text))
    return (part.edition if part else edition).entries_with_each
