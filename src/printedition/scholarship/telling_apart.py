"""How words that stand at several places are told apart, in the form of the file that has them."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from printedition.edition.quotation import Passage, Quotation


class Manner(Enum):
    """What quotes words: an item of a record, a head of a commentary or of questions, a move."""

    RECORD = "record"
    HEAD = "head"
    MOVE = "move"

    @property
    def over_blocks(self) -> str:
        """The cure for words that run over two blocks."""
        return {
            Manner.RECORD: "these words run over two blocks: quote the first of them, and after "
            "to: the last, with the block of these after to_in:",
            Manner.HEAD: "these words run over two blocks: quote the first of them, and add "
            '{to="…" to_in=p4} with the last, and with the block of these',
            Manner.MOVE: "these words run over two blocks: quote those of one, or name the "
            "blocks without words",
        }[self]

    @property
    def beside(self) -> str:
        """What the words of a neighbour are."""
        if self is Manner.HEAD:
            return 'after="…" is followed directly by the words, before="…" directly follows them'
        return "after: is followed directly by the lemma, before: directly follows it"

    @property
    def longer(self) -> str:
        """The cure for last words that stand more than once."""
        return 'give to="…" more words' if self is Manner.HEAD else "give to: more words"

    def apart(self, found: Collection[Passage], quotation: Quotation) -> str:
        """The cure for words that were found more than once."""
        is_in_one = len({(match.text, match.first) for match in found}) == 1
        match self:
            case Manner.MOVE:
                return "quote more words, until they stand there once"
            case Manner.HEAD:
                return _in_a_head(found, quotation, is_in_one=is_in_one)
        if is_in_one:
            return f"add after: or before: with the words beside it, or nth: '1 of {len(found)}'"
        if quotation.place is None:
            return "add in: with the id of the block that is meant"
        return "add in: with a single block, or after: or before: with the words beside it"


def _in_a_head(found: Collection[Passage], quotation: Quotation, *, is_in_one: bool) -> str:
    words = quotation.words.text if quotation.words else "words"
    beside = 'the words beside them: {after="…"} or {before="…"}'
    if quotation.place is None and not is_in_one:
        return f"name the block that is meant, as in ## p3 “{words}”"
    if not is_in_one:
        return f"name a single block, or {beside}"
    place = f"{quotation.place.text} " if quotation.place else ""
    return f'say which, as in ## {place}“{words}” {{nth="1 of {len(found)}"}}, or {beside}'
