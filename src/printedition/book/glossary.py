"""Composes the glossary: the words that notes explain, each once, with what it means and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from printedition.book import tree
from printedition.book.blocks import BlockWriter
from printedition.book.materials import Materials
from printedition.book.passages import place_of
from printedition.edition.commentary import NoteKind
from printedition.edition.edition import SectionEntry
from printedition.edition.text import leaves_of
from printedition.scholarship.alphabet import Alphabet
from printedition.scholarship.notes import FoundNote


def glossary(
    entry: SectionEntry, writer: BlockWriter, materials: Materials
) -> Iterator[tree.GlossaryRow]:
    """The rows of a glossary, in the alphabetical order of the book's language."""
    words: dict[str, list[FoundNote]] = {}
    for found in sorted(materials.scholarship.notes, key=_order(materials)):
        if materials.edition.stands_apart(found.note.audience):
            continue
        if found.note.headword and entry.covers(found.passage.text):
            words.setdefault(found.note.headword, []).append(found)
    alphabet = Alphabet(materials.edition.lang)
    for number, word in enumerate(sorted(words, key=alphabet.key), 1):
        senses = tuple(_senses(words[word], writer, materials))
        yield tree.GlossaryRow(
            id=materials.planner.unique(f"{writer.section}.{number}"),
            headword=word,
            senses=senses,
            span=words[word][0].note.span,
            audience=senses[0].audience if all(sense.audience for sense in senses) else "",
            withheld=all(sense.withheld for sense in senses),
        )


def _order(materials: Materials) -> Callable[[FoundNote], tuple[int, int, int]]:
    """What puts notes in the order in which the book has their words."""
    sections = {planned.id: number for number, planned in enumerate(materials.plan.sections)}

    def order(found: FoundNote) -> tuple[int, int, int]:
        passage = found.passage
        aims = materials.plan.aims.get(f"{passage.text}#{passage.first}")
        section = sections.get(aims[0].section, 0) if aims else len(sections)
        return section, passage.first, passage.start

    return order


def _senses(
    notes: list[FoundNote], writer: BlockWriter, materials: Materials
) -> Iterator[tree.Sense]:
    """What notes say of one word; those that say the same in the same words are one."""
    alike: dict[tuple[str, str], list[FoundNote]] = {}
    for found in notes:
        audience = found.note.audience.text if found.note.audience else ""
        said = " ".join(leaf.plain for leaf in leaves_of(found.note.blocks))
        alike.setdefault((audience, said), []).append(found)
    for (audience, _), some in alike.items():
        first = some[0]
        # What stands beside the text as well is in the index from there.
        own = first.note.kind is NoteKind.END
        inner = replace(writer, scope=first.passage.text, audience=audience, is_indexed=own)
        with materials.citations.apart():
            blocks = inner.blocks(materials.planner.in_note(first.note.blocks, writer.section))
        places = (place_of(found, materials) for found in some)
        yield tree.Sense(
            blocks,
            tuple(place for place in places if place is not None),
            audience,
            materials.withheld(audience),
        )
