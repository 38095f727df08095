"""Records held against their shapes, and what is found wrong with its cure."""

from __future__ import annotations

import re
from dataclasses import field
from functools import cache
from typing import TypeAlias

from printedition.diagnostics import Diagnostic, Findings, Label, did_you_mean, nearest
from printedition.edition.quotation import Value
from printedition.frozen import dataclass
from printedition.reading.kinds import SIGLA, Either, Flag, Kind, ListOf, Literal, Shape, Words
from printedition.reading.yamltree import Broken, Items, Node, Record, Scalar
from printedition.sources import Span


@dataclass(frozen=True, slots=True)
class Fields:
    """A record that was held against its shape; a value found wrong is as if left out.

    `stated` has every key that stands in the file, also where it is unknown or its value wrong.
    """

    span: Span
    stated: dict[str, Span] = field(default_factory=dict)
    sound: dict[str, Sound] = field(default_factory=dict)

    def words(self, key: str) -> Value | None:
        """The words of a key with their place, or None."""
        value = self.sound.get(key)
        return value if isinstance(value, Value) else None

    def text(self, key: str, default: str = "") -> str:
        """The words of a key alone."""
        value = self.sound.get(key)
        return value.text if isinstance(value, Value) else default

    def flag(self, key: str) -> bool:
        """Whether the key says true."""
        value = self.sound.get(key)
        return isinstance(value, Value) and value.text == "true"

    def list(self, key: str) -> tuple[Value, ...]:
        """The words of a list."""
        value = self.sound.get(key)
        if not isinstance(value, tuple):
            return ()
        return tuple(item for item in value if isinstance(item, Value))

    def records(self, key: str) -> tuple[Fields, ...]:
        """The records of a list."""
        value = self.sound.get(key)
        if not isinstance(value, tuple):
            return ()
        return tuple(item for item in value if isinstance(item, Fields))

    def lists(self, key: str) -> tuple[tuple[Value, ...], ...]:
        """The lists of a list, each with its words."""
        value = self.sound.get(key)
        if not isinstance(value, tuple):
            return ()
        return tuple(item for item in value if isinstance(item, tuple))

    def record(self, key: str) -> Fields | None:
        """The record of a key, or None."""
        value = self.sound.get(key)
        return value if isinstance(value, Fields) else None


Sound: TypeAlias = (
    Value | Fields | tuple[Value, ...] | tuple[Fields, ...] | tuple[tuple[Value, ...], ...]
)


def check_shape(node: Node, shape: Shape, findings: Findings) -> Fields | None:
    """Hold a record against its shape; None where it is no record at all."""
    return _Validator(findings).record(node, shape, _Slot(shape.name, node.span))


def check_either(node: Node, kind: Either, name: str, findings: Findings) -> Sound | None:
    """Hold a file that may be a list or a record against its shapes."""
    return _Validator(findings).value(node, kind, _Slot(name, node.span))


def check_list(node: Node, shape: ListOf, findings: Findings) -> tuple[Fields, ...]:
    """Hold a file that is a list of records against its shape."""
    checked = _Validator(findings).items(node, shape, _Slot("the file", node.span))
    return tuple(item for item in checked or () if isinstance(item, Fields))


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a value stands: what messages call it, its key's place, and what a line of it begins
    with."""

    name: str
    place: Span
    lead: str = ""

    def to_show(self, node: Node) -> Span:
        """Where a caret shows that a value is of another kind; an empty one has no place."""
        return self.place if _is_empty(node) else _first_of(node)


class _Validator:
    """Holds nodes against kinds; a value that is wrong was reported, and is None."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def record(self, node: Node, shape: Shape, slot: _Slot) -> Fields | None:
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Record):
            keys = ", ".join(key.name for key in shape.keys[:4])
            self.findings.report(
                "SRC005",
                f"{slot.name} wants a record with keys ({keys}, …), not {_kind(node)}",
                slot.to_show(node),
                hint=_under_its_key(node.text, shape) if isinstance(node, Scalar) else None,
            )
            return None
        fields = Fields(node.span)
        unknown = self.keys(node, shape, fields, in_list=slot.lead == "-")
        start = _first_of(node)
        self.check_required(shape, fields, unknown, start)
        if shape.one_of:
            self.check_one_of(shape, fields, start, has_unknown=bool(unknown))
        return fields

    def keys(self, node: Record, shape: Shape, fields: Fields, *, in_list: bool) -> list[str]:
        """Fill the fields with the sound values; returns the keys that the shape does not have."""
        known = {key.name: key for key in (*shape.keys, *shape.further)}
        unknown: list[str] = []
        for number, (name, value) in enumerate(node.pairs):
            key = known.get(name.text)
            fields.stated[name.text] = name.span
            if key is None:
                unknown.append(name.text)
                self.findings.report(
                    "SRC004",
                    f"{_a(shape.name)} has no key “{name.text}”",
                    name.span,
                    hint=_cure_of_unknown(name.text, shape) if self.findings.are_few else None,
                )
                continue
            # A hint is the whole line, so the first key of a list's item keeps its dash.
            dash = "- " if in_list and not number else ""
            slot = _Slot(f"“{name.text}”", name.span, f"{dash}{name.text}:")
            checked = self.value(value, key.shape, slot)
            if checked is not None:
                fields.sound[name.text] = checked
        return unknown

    def check_required(self, shape: Shape, fields: Fields, unknown: list[str], start: Span) -> None:
        for key in shape.keys:
            # A key that is only misspelt has been reported as unknown.
            if key.required and key.name not in fields.stated and not nearest(key.name, unknown):
                message = f"{_a(shape.name)} must have the key “{key.name}”"
                self.findings.report("SRC005", message, start)

    def check_one_of(self, shape: Shape, fields: Fields, start: Span, *, has_unknown: bool) -> None:
        stated = [name for name in fields.stated if name in shape.one_of]
        if len(stated) > 1:
            first, second = stated[:2]
            self.findings.report(
                "SRC005",
                f"{_a(shape.name)} says one thing only, but has both “{first}” and “{second}”",
                fields.stated[second],
                labels=(Label(fields.stated[first], "the other stands here"),),
            )
        elif not stated and not has_unknown:
            self.findings.report(
                shape.none_of,
                f"{_a(shape.name)} must have one of the keys " + ", ".join(shape.one_of),
                start,
                hint="all that belongs to one item stands under one “- ”, each key on its own line",
            )

    def value(self, node: Node, kind: Kind, slot: _Slot) -> Sound | None:
        if isinstance(kind, Either):
            return self.value(node, _chosen(node, kind), slot)
        if isinstance(kind, Shape):
            return self.record(node, kind, slot)
        if isinstance(kind, ListOf):
            checked = self.items(node, kind, slot)
            if checked is None:
                return None
            if isinstance(kind.item, Shape):
                return tuple(item for item in checked if isinstance(item, Fields))
            if isinstance(kind.item, ListOf):
                return tuple(item for item in checked if isinstance(item, tuple))
            return tuple(item for item in checked if isinstance(item, Value))
        return self.words(node, kind, slot)

    def items(self, node: Node, kind: ListOf, slot: _Slot) -> tuple[_Item, ...] | None:
        items: tuple[Node, ...]
        if isinstance(node, Broken):
            return None
        if isinstance(node, Items):
            items = node.items
        elif kind.lone and isinstance(node, Scalar) and not _is_empty(node):
            items = (node,)
        else:
            self.findings.report(
                "SRC005",
                f"{slot.name} wants a list, each item after “- ”, not {_kind(node)}",
                slot.to_show(node),
                hint=_as_list(node, kind.item),
            )
            return None
        checked: list[_Item] = []
        for item in items:
            place = item.span if item.span.end > item.span.start else slot.place
            value = self.value(item, kind.item, _Slot(f"an item of {slot.name}", place, "-"))
            if isinstance(value, Value | Fields):
                checked.append(value)
            elif isinstance(value, tuple):
                checked.append(tuple(each for each in value if isinstance(each, Value)))
        return tuple(checked)

    def words(self, node: Node, kind: Words | Literal | Flag, slot: _Slot) -> Value | None:
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Scalar):
            wanted = "true" if isinstance(kind, Flag) else "words"
            self.findings.report(
                "SRC005",
                f"{slot.name} wants {wanted}, not {_kind(node)}",
                _first_of(node),
                hint=_as_one(node, slot.lead, kind) or _as_words(node, slot.lead),
            )
            return None
        fault = _fault_in(node, kind, slot)
        if fault is None:
            return node.value
        self.findings.diagnostics.append(fault)
        return None


_Item: TypeAlias = Value | Fields | tuple[Value, ...]


def _chosen(node: Node, kind: Either) -> Kind:
    """The kind that a node of its sort may be; where none fits, the first, to be told of it."""
    wanted = ListOf if isinstance(node, Items) else Shape if isinstance(node, Record) else Words
    return next((each for each in kind.kinds if isinstance(each, wanted)), kind.kinds[0])


def _fault_in(node: Scalar, kind: Words | Literal | Flag, slot: _Slot) -> Diagnostic | None:
    """What is wrong with words of their kind."""
    text, write_true = node.text, f"write: {slot.lead} true"
    code, message, place, hint = "SRC005", "", node.span, None
    match kind:
        case _ if not text.strip():
            message = f"{slot.name} is empty"
            place = node.span if node.style in ("'", '"') else slot.place
            hint = write_true if isinstance(kind, Flag) else None
        case Literal() if node.style == '"':
            code, message = "SRC010", f"YAML takes the double quotes round {slot.name} away"
            hint = f"write: {slot.lead} " + _single_quoted(f'"{text}"')
        case Flag() if text != "true":
            message, hint = f"{slot.name} says true or is left out, not “{text}”", write_true
        case Words(choices=choices) if choices and text not in choices:
            message, hint = f"{slot.name} cannot be “{text}”", did_you_mean(text, choices)
        case Words(pattern=pattern) if pattern and not _compiled(pattern).fullmatch(text):
            message = f"{slot.name} wants {kind.form}, not “{text}”"
        case _:
            return None
    return Diagnostic(code, message, place, hint=hint)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def _kind(node: Node) -> str:
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Record):
        return "a record"
    return "nothing" if _is_empty(node) else "words"


def _first_of(node: Node) -> Span:
    """Where a caret shows a node: its first key or item rather than all its lines."""
    if isinstance(node, Record) and node.pairs:
        return node.pairs[0][0].span
    if isinstance(node, Items):
        return Span(node.span.source, node.span.start, node.span.start + 1)
    return node.span


def _cure_of_unknown(name: str, shape: Shape) -> str | None:
    return _as_key(name, shape) or did_you_mean(
        name, (key.name for key in (*shape.keys, *shape.further))
    )


def _as_key(words: str, shape: Shape) -> str | None:
    """The cure where a key's value stands in place of the key, as `- contents`."""
    for key in shape.keys:
        if isinstance(key.shape, Words) and words in key.shape.choices:
            return f"write: - {key.name}: '{words}'"
    return None


def _under_its_key(words: str, shape: Shape) -> str | None:
    """The cure where words stand in place of a record: its first key, if it has to have that."""
    if not words.strip():
        return None
    first = shape.keys[0]
    lead = f"write: - {first.name}: {_single_quoted(words)}, and its other keys below"
    return _as_key(words, shape) or (lead if first.required else None)


def _as_list(node: Node, item: Kind) -> str | None:
    """The cure where one item stands without its dash, or its name in place of a key."""
    if isinstance(node, Scalar) and not _is_empty(node):
        return f"put it on the next line, after “- ”: - {_single_quoted(node.text)}"
    if isinstance(node, Record) and node.pairs:
        (key, value), *_ = node.pairs
        first = key.text
        if isinstance(value, Record) and isinstance(item, Shape):
            name = f"- {item.keys[0].name}: {_single_quoted(first)}"
            return f"begin each item with “- ” and its name: {name}, and its other keys below"
        return f"begin the item with “- ”, as - {first}:, and indent its other keys alike"
    return None


def _as_one(node: Node, lead: str, kind: Kind) -> str | None:
    """The cure where sigla, or a single value, were made a list."""
    if not isinstance(node, Items) or not all(isinstance(i, Scalar) for i in node.items):
        return None
    words = [item.text for item in node.items if isinstance(item, Scalar)]
    if kind is not SIGLA and len(words) > 1:
        return None
    return f"write: {lead} {_single_quoted(' '.join(words))}"


def _as_words(node: Node, lead: str) -> str | None:
    """The cure where `- Note: words` made a record of words."""
    if not isinstance(node, Record) or len(node.pairs) != 1:
        return None
    key, value = node.pairs[0]
    if not isinstance(value, Scalar):
        return None
    words = f"{key.text}: {value.text}".rstrip()
    return f"write: {lead} {_single_quoted(words)}"


def _single_quoted(words: str) -> str:
    """Words as YAML takes them literally: in single quotes, apostrophes doubled."""
    return "'" + words.replace("'", "''") + "'"


def _a(name: str) -> str:
    if name.endswith(".yaml"):
        return name
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
