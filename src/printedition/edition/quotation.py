"""A place named by quoting its words, as the editor wrote it: the lemma of an entry or a note."""

from __future__ import annotations

from printedition.frozen import dataclass
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class Value:
    """A string of a record, with the place where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a text, and what tells them apart from the same words elsewhere.

    `words` None means a whole block, named by `place`. `to` is the last words of a longer
    lemma, `to_place` their block. `rank` is `nth: '2 of 3'` as the editor wrote it. `folder` is
    that of the file the quotation stands in: a place without a text's name is sought there.
    """

    words: Value | None
    folder: str
    span: Span
    place: Value | None = None
    after: Value | None = None
    before: Value | None = None
    rank: Value | None = None
    to: Value | None = None
    to_place: Value | None = None


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A stretch of a text's plain text, found: leaves by number, offsets in code points.

    It runs from `start` in leaf `first` to `end` in leaf `last`.
    """

    text: str
    first: int
    start: int
    last: int
    end: int
