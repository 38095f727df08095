"""The places of an edition by their names: its texts, their blocks, and the leaves in them."""

from __future__ import annotations

from printedition.edition.edition import Edition
from printedition.edition.text import Block, Leaf, Take, Text, leaves_of, walk
from printedition.scholarship.concordance import LeafNumber

DEEPEST_TAKE = 40  # takes that take takes, one after another


class Places:
    """Looks up texts, blocks and leaves; what was once looked up is kept."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._numbers = {
            id(leaf): (text.id, number)
            for text in edition.texts.values()
            for number, leaf in enumerate(text.leaves)
        }
        self._blocks: dict[str, dict[str, Block]] = {}
        self._leaves: dict[tuple[str, str], tuple[LeafNumber, ...]] = {}
        self._names: dict[str, list[str]] = {}

    def leaf(self, text: str, number: int) -> Leaf:
        """A leaf by its text and number."""
        return self.edition.texts[text].leaves[number]

    def number_of(self, leaf: Leaf) -> LeafNumber:
        """The text and number of a leaf."""
        return self._numbers[id(leaf)]

    def texts_in(self, folder: str) -> list[Text]:
        """The texts whose files lie in a folder, in the order of edition.yaml."""
        return [
            text for text in self.edition.texts.values() if text.path.rpartition("/")[0] == folder
        ]

    def blocks(self, text: str) -> dict[str, Block]:
        """The blocks of a text that have an id, by that id."""
        if text not in self._blocks:
            self._blocks[text] = {}
            for block in walk(self.edition.texts[text].blocks):
                if block.attributes.id:
                    self._blocks[text].setdefault(block.attributes.id, block)
        return self._blocks[text]

    def named(self, name: str, own: str) -> tuple[str, Block | None] | None:
        """What `text`, `text/block` or a block of the text `own` means; a text has no block."""
        text, _, block = name.partition("/")
        if not block:
            if name in self.edition.texts:
                return name, None
            text, block = own, name
        found = self.blocks(text).get(block) if text in self.edition.texts else None
        return (text, found) if found else None

    def names(self, own: str = "") -> list[str]:
        """Every name that a text or block can be called by, as seen from the text `own`."""
        if own not in self._names:
            names = list(self.edition.texts)
            for text in self.edition.texts:
                names += [f"{text}/{block}" for block in self.blocks(text)]
            self._names[own] = [*names, *(self.blocks(own) if own in self.edition.texts else ())]
        return self._names[own]

    def leaves(self, name: str, own: str) -> tuple[LeafNumber, ...] | None:
        """The leaves of what a name means, those that are taken there included; each once."""
        found = self.named(name, own)
        if found is None:
            return None
        text, block = found
        return self.leaves_in(text, block)

    def leaves_in(self, text: str, block: Block | None, depth: int = 0) -> tuple[LeafNumber, ...]:
        """The leaves of a block of a text, or of the whole text."""
        if block is None:
            return tuple((text, number) for number in range(len(self.edition.texts[text].leaves)))
        if not isinstance(block, Take):
            return tuple(self._numbers[id(leaf)] for leaf in leaves_of((block,)))
        key = text, block.attributes.id or f"@{block.span.start}"
        if key not in self._leaves:
            self._leaves[key] = ()  # where it takes itself, which is a fault, nothing is added
            taken: dict[LeafNumber, None] = {}
            targets = block.targets if depth <= DEEPEST_TAKE else ()
            for target in filter(None, (self.named(name, text) for name, _ in targets)):
                taken.update(dict.fromkeys(self.leaves_in(*target, depth + 1)))
            self._leaves[key] = tuple(taken)
        return self._leaves[key]
