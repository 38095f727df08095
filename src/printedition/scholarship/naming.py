"""The names of an included edition, made those of the volume: each in the edition's namespace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from printedition.edition.apparatus import ApparatusEntry, Extent, Reading, Witness
from printedition.edition.commentary import Note
from printedition.edition.dates import DatedEvent
from printedition.edition.edition import Edition, TextEntry
from printedition.edition.names import in_namespace
from printedition.edition.quotation import Quotation, Value
from printedition.edition.rewriting import Rewriter
from printedition.edition.text import Attributes, Cite, Take
from printedition.edition.versions import Parallel, Row, Version
from printedition.frozen import dataclass
from printedition.scholarship.targets import Targets


@dataclass(frozen=True, slots=True)
class Renamed:
    """What the volume calls an included edition's sigla, works and headings, by their own names."""

    sigla: Mapping[str, str]
    works: Mapping[str, str]
    headings: Mapping[str, str]


class Naming:
    """Gives all that an included edition names its name in the volume."""

    def __init__(self, namespace: str, targets: Targets, renamed: Renamed) -> None:
        self.edition = targets.edition
        self.namespace, self.targets, self.renamed = namespace, targets, renamed
        self._rewriters: dict[str, Rewriter] = {}

    def edition_named(self) -> Edition:
        """The edition, all its names those of the volume."""
        edition = self.edition
        records = self.in_("")
        return replace(
            edition,
            text_entries=records(edition.text_entries),
            texts={
                self.name(name): replace(self.in_(name)(text), id=self.name(name))
                for name, text in edition.texts.items()
            },
            prose={
                section.subject.text: self.in_(section.name)(edition.prose[section.subject.text])
                for section in edition.book
                if section.subject.text in edition.prose
            },
            witnesses=records(edition.witnesses),
            scholars=records(edition.scholars),
            imprint=records(edition.imprint),
            apparatus=records(edition.apparatus),
            notes=tuple(self.in_(_own_of(note))(note) for note in edition.notes),
            parallels=records(edition.parallels),
            indexes=records(edition.indexes),
            events=records(edition.events),
        )

    def name(self, name: str) -> str:
        """A name of a text, a section, a row, a note or an entry."""
        return in_namespace(self.namespace, name)

    def in_(self, own: str) -> Rewriter:
        """What renames in a text or prose of this name; in records where it is empty."""
        if own not in self._rewriters:
            self._rewriters[own] = Rewriter(lambda node: self._renamed(node, own))
        return self._rewriters[own]

    def _renamed(self, node: Any, own: str) -> Any:
        match node:
            case Attributes() if node.values:
                return self._attributes(node, own)
            case Take():
                targets = tuple((self._target(name, own), span) for name, span in node.targets)
                return replace(node, targets=targets)
            case Cite():
                return replace(node, key=self.renamed.works.get(node.key, node.key))
            case Quotation():
                return replace(
                    node,
                    place=self._place(node.place, node.folder),
                    to_place=self._place(node.to_place, node.folder),
                )
            case Extent():
                first = self._held(node.first)
                # One that names a single place says it twice.
                return Extent(first, first if node.last is node.first else self._held(node.last))
            case TextEntry():
                return replace(node, id=self._value(node.id))
            case DatedEvent() if node.place is not None:
                name = self._target(node.place.text, "")
                return replace(node, place=Value(name, node.place.span))
            case Witness():
                return self._witness(node)
            case ApparatusEntry():
                own_id = self._value(node.id) if node.id else None
                return replace(node, witnesses=self._sigla(node.witnesses), id=own_id)
            case Reading():
                return replace(node, witnesses=self._sigla(node.witnesses))
            case Note() if node.id is not None:
                return replace(node, id=self._value(node.id))
            case Version():
                return replace(node, text=self._value(node.text))
            case Row():
                blocks = tuple(map(self._value, node.blocks))
                return replace(node, id=self.name(node.id), blocks=blocks)
            case Parallel() if node.base is not None:
                return replace(node, base=self._value(node.base))
        return node

    def _attributes(self, braces: Attributes, own: str) -> Attributes:
        """Braces with what they refer to, and the heading that they put words under, renamed."""
        values = dict(braces.values)
        for key in ("ref", "to"):
            if key in values:
                values[key] = self._target(values[key], own)
        if "ref" in values and "in" in values:
            values["in"] = self.name(values["in"])
        if "index" in values:
            values["index"] = self.renamed.headings.get(values["index"], values["index"])
        return braces if values == braces.values else replace(braces, values=values)

    def _target(self, name: str, own: str) -> str:
        """What references call something, seen from anywhere in the volume."""
        found = self.targets.find(name, own)
        return self.name(found.name) if found else name

    def _value(self, value: Value) -> Value:
        return Value(self.name(value.text), value.span)

    def _sigla(self, sigla: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(self.siglum(value) for value in sigla)

    def siglum(self, value: Value) -> Value:
        """A siglum as the volume has it."""
        return Value(self.renamed.sigla.get(value.text, value.text), value.span)

    def _witness(self, witness: Witness) -> Witness:
        return replace(
            witness,
            siglum=self.renamed.sigla.get(witness.siglum, witness.siglum),
            hand_of=self.siglum(witness.hand_of) if witness.hand_of else None,
            namespaces=(self.namespace,),
        )

    def _held(self, place: Value) -> Value:
        named = self._place(place, "")
        return named or place

    def _place(self, place: Value | None, folder: str) -> Value | None:
        """A text or block that a record names, as the finder reads it: by its folder, if bare."""
        if place is None:
            return None
        places, name = self.targets.places, place.text
        if "/" in name or name in self.edition.texts:
            return self._value(place)
        texts = [text.id for text in places.texts_in(folder)] or list(self.edition.texts)
        owner = next((text for text in texts if name in places.blocks(text)), None)
        return Value(self.name(f"{owner}/{name}"), place.span) if owner else place


def _own_of(note: Note) -> str:
    """The text that a note's references are seen from, if it says so."""
    place = note.anchor.place
    return place.text.partition("/")[0] if place and "/" in place.text else ""
