"""The editor's notes on the texts, standing off from them."""

from __future__ import annotations

from enum import Enum

from printedition.edition.quotation import Quotation, Value
from printedition.edition.text import Block
from printedition.frozen import dataclass
from printedition.sources import Span


class NoteKind(Enum):
    """Where a note of the editor is printed: one at the end in the commentary, a question below
    its text or in a section of questions.
    """

    FOOT = "foot"
    MARGIN = "margin"
    END = "end"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Note:
    """A note on words or on a block; `each` prints it with every appearance of the text.

    `id` is how references name it, if they do; `audience` the one that it is for. `style` says of
    a margin note what it is: a summary, an identification, a date, a source page. `lines` are
    those to write the answer to a question on; None where the edition says how many. A note that
    says what a word means has it as its `headword`, and in the glossary.
    """

    kind: NoteKind
    each: bool
    anchor: Quotation
    blocks: tuple[Block, ...]
    span: Span
    style: str = ""
    id: Value | None = None
    audience: Value | None = None
    lines: int | None = None
    headword: str = ""
