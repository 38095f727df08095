"""How people cite the parts of a text: “Letter ¶ 3”, “A 5”, “Letter, postscript”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printedition.edition.edition import Edition, SectionKind
from printedition.edition.names import namespace_of, shown
from printedition.edition.text import Block, Heading, Paragraph

# Parts of a letter that are cited by their kind, not counted as paragraphs.
_UNCOUNTED = frozenset(("dateline", "salutation", "closing", "signature", "postscript", "address"))
_NUMERAL = re.compile(r"\W?(\d+)\.")


class Loci:
    """The locus of each leaf of an edition's texts, in words."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._printed = {
            section.subject.text for section in edition.book if section.kind is SectionKind.TEXT
        }
        self._loci: dict[str, tuple[str, ...]] = {}
        self._paragraphs: dict[str, tuple[int, ...]] = {}

    def of(self, text: str, number: int) -> str:
        """How a leaf is cited, by its text and number."""
        if text not in self._loci:
            self._loci[text] = tuple(self._loci_of(text))
        return self._loci[text][number]

    def of_block(self, text: str, block: Block) -> str:
        """How a block of a text is cited; one that takes or holds others by its own label."""
        leaves = self._edition.texts[text].leaves
        number = next((n for n, leaf in enumerate(leaves) if leaf is block), None)
        if number is not None:
            return self.of(text, number)
        label = block.attributes.get("label")
        return f"{self._name_of(text)} {label}" if label else self._name_of(text)

    def name(self, text: str) -> str:
        """How a text is called in loci: by its short title, or its id."""
        return self._name_of(text)

    def title(self, text: str) -> str:
        """The title of a text: as edition.yaml has it, else its own, else its id."""
        listed = self._edition.entry_of(text)
        own = self._edition.texts[text].title if text in self._edition.texts else None
        return (listed.title if listed else "") or (own.plain.strip() if own else shown(text))

    def label(self, block: Block) -> str | None:
        """What a block is called by in its text, if it is: its label, or a clause's numeral."""
        return _label_of(block)

    def paragraph(self, text: str, number: int) -> int:
        """The number (¶) of a leaf among the paragraphs of its text; 0 where it has none."""
        if text not in self._paragraphs:
            self._paragraphs[text] = tuple(self._paragraphs_of(text))
        return self._paragraphs[text][number]

    def _paragraphs_of(self, text: str) -> Iterator[int]:
        counted = 0
        for leaf in self._edition.texts[text].leaves:
            own = isinstance(leaf, Paragraph) and not _UNCOUNTED & {*leaf.attributes.kinds}
            counted += own
            yield counted if own else 0

    def _loci_of(self, text: str) -> Iterator[str]:
        name = self._name_of(text)
        counted = 0
        for leaf in self._edition.texts[text].leaves:
            apart = [kind for kind in leaf.attributes.kinds if kind in _UNCOUNTED]
            counted += isinstance(leaf, Paragraph) and not apart
            label = _label_of(leaf)
            if label is not None:
                yield f"{name} {label}"
            elif apart:
                yield f"{name}, {apart[0]}"
            else:
                yield f"{name} ¶ {counted}" if counted else name

    def _name_of(self, text: str) -> str:
        """The short title of a text with a section of its own, or of its edition; else its id."""
        listed = self._edition.entry_of(text)
        title = listed.short_title if listed and text in self._printed else ""
        part = self._edition.part(namespace_of(text))
        if not title and part is not None and len(part.edition.text_entries) == 1:
            return part.short_title
        return title or shown(text)


def _label_of(block: Block) -> str | None:
    """What the editor says it is called by, or the numeral that a clause begins with."""
    label = block.attributes.get("label")
    clause = "clause" in block.attributes.kinds
    if label is None and isinstance(block, Paragraph | Heading) and clause:
        numeral = _NUMERAL.match(block.plain)
        label = numeral[1] if numeral else None
    return label
