"""The titles of what a book prints, with their marks."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.book.appearances import PlannedSection
from printedition.edition import text as source
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.text import Attributes, Inline

_KEPT_KINDS, _KEPT_KEYS = ("small-caps",), ("lang",)


class Titles:
    """The marked words of the titles of an edition; nothing where no word of one is marked."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def of_text(self, text: str) -> tuple[Inline, ...]:
        """Those of a text: as edition.yaml has its title, else its own heading."""
        listed = self._edition.entry_of(text)
        if listed and listed.title:
            return listed.marked
        own = self._edition.texts[text].title if text in self._edition.texts else None
        return of_heading(own) if own else ()

    def of_group(self, name: str) -> tuple[Inline, ...]:
        """Those of an included edition, by its namespace, or of a text."""
        part = self._edition.part(name)
        return part.marked if part else self.of_text(name)

    def of_section(self, planned: PlannedSection) -> tuple[Inline, ...]:
        """Those of a section: as `book:` has its title, else those of what it prints."""
        entry = planned.entry
        if entry.title:
            return entry.marked
        if entry.kind is SectionKind.TEXT:
            return self.of_text(entry.subject.text)
        return of_heading(planned.head.block) if planned.head else ()


def of_heading(block: source.Block) -> tuple[Inline, ...]:
    """What a title repeats of a heading's marks: emphasis, languages and small capitals."""
    assert isinstance(block, source.Heading)
    kept = _trimmed(tuple(_kept(block.inlines, top=True)))
    return kept if any(not isinstance(each, source.Words) for each in kept) else ()


def _kept(inlines: tuple[Inline, ...], *, top: bool = False) -> Iterator[Inline]:
    """The words in the marks that a title repeats, without what a heading merely refers with."""
    for each in inlines:
        match each:
            case source.Words():
                yield each
            case source.LineBreak():
                yield source.Words(" ", each.span)
            case source.Emphasis():
                yield source.Emphasis(tuple(_kept(each.children)), each.span)
            case source.Mark() if top and each.attributes.get("ref"):
                pass
            case source.Mark():
                yield from _marked(each)
            case source.Link():
                yield from _kept(each.children)


def _marked(mark: source.Mark) -> Iterator[Inline]:
    braces, children = mark.attributes, tuple(_kept(mark.children))
    kinds = tuple(kind for kind in braces.kinds if kind in _KEPT_KINDS)
    values = {key: braces.values[key] for key in _KEPT_KEYS if key in braces.values}
    if kinds or values:
        kept = Attributes(kinds=kinds, values=values, span=braces.span, places=braces.places)
        yield source.Mark(kept, children, mark.span)
    else:
        yield from children


def _trimmed(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Words without the blank that what was left out leaves before or behind them."""
    made = [*inlines]
    for at, cut in ((0, str.lstrip), (-1, str.rstrip)):
        if made and isinstance(end := made[at], source.Words):
            made[at] = source.Words(cut(end.text), end.span)
    return tuple(made)
