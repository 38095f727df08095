"""The JSON Schemas of the record files, by which an editor's program completes keys and objects.

They are made from `shapes`, so that they ask for what the validator asks for. Two things they
cannot see: how a value is quoted in the file, and whether what it names exists; `check` can.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from printedition.reading.kinds import Either, Flag, Key, Kind, ListOf, Literal, Shape, Words
from printedition.reading.shapes import RECORD_FILES

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS = {file.removesuffix(".yaml"): kind for file, kind in RECORD_FILES.items()}

_HEADS = {
    "apparatus": "the textual apparatus of the texts in this folder: a list of entries",
    "index": "the index: a list of headings",
    "bibliography": "the works that the edition cites, in CSL-YAML: a list, or under references:",
}
_SAID_TRUE: Schema = {"enum": [True, "true"]}


def schema_of(name: str) -> Schema:
    """The schema (draft 2020-12) of a record file, by its name without “.yaml”.

    Raises KeyError where there is no such record file.
    """
    kind = SCHEMAS[name]
    description = kind.doc if isinstance(kind, Shape) else _HEADS[name]
    body = _body(kind)
    parts = {_anchor(shape): _record(shape) for shape in _shapes_in(kind)}
    return {
        "$schema": DIALECT,
        "title": f"{name}.yaml",
        "description": description,
        **{key: value for key, value in body.items() if key not in ("title", "description")},
        **({"$defs": parts} if parts else {}),
    }


def _body(kind: Kind) -> Schema:
    """The schema of a file; one that may be a list or a record has the keywords of both."""
    if not isinstance(kind, Either):
        return _record(kind) if isinstance(kind, Shape) else _value(kind)
    body: Schema = {}
    for each in kind.kinds:
        body |= _body(each)
    return {**body, "type": ["array", "object"]}


def _shapes_in(kind: Kind) -> Iterator[Shape]:
    """The shapes of the records within, each with those that it holds."""
    held: list[Kind] = [kind.item] if isinstance(kind, ListOf) else []
    if isinstance(kind, Either):
        held = [*kind.kinds]
    if isinstance(kind, Shape):
        held = [key.shape for key in (*kind.keys, *kind.further)]
    for part in held:
        if isinstance(part, Shape):
            yield part
        yield from _shapes_in(part)


def _anchor(shape: Shape) -> str:
    """A record's name as an address can hold it."""
    return shape.name.replace(" ", "-")


def _record(shape: Shape) -> Schema:
    schema: Schema = {
        "title": shape.name,
        "description": shape.doc,
        "type": "object",
        "properties": {key.name: _described(key) for key in (*shape.keys, *shape.further)},
        "additionalProperties": False,
    }
    if required := [key.name for key in shape.keys if key.required]:
        schema["required"] = required
    if shape.one_of:
        schema["oneOf"] = [{"required": [name]} for name in shape.one_of]
    return schema


def _described(key: Key) -> Schema:
    """A key's value with what the key says, and the form that its words must have."""
    form = _form(key.shape.item if isinstance(key.shape, ListOf) else key.shape)
    description = key.doc if not form or form in key.doc else f"{key.doc} ({form})"
    return {"description": description, **_value(key.shape)}


def _form(kind: Kind) -> str:
    match kind:
        case Words(markdown=True):
            return "Markdown: emphasis, marks and links"
        case Words():
            return kind.form
        case Literal():
            return "exactly as printed, without marks"
        case _:
            return ""


def _value(kind: Kind) -> Schema:
    match kind:
        case Shape():
            return {"$ref": f"#/$defs/{_anchor(kind)}"}
        case Flag():
            return dict(_SAID_TRUE)
        case ListOf():
            many = {"type": "array", "items": _value(kind.item), "minItems": 1}
            return {"anyOf": [_value(kind.item), many]} if kind.lone else many
        case Words(choices=choices) if choices:
            # Without quotes `true` is no string to an editor's program.
            return {"enum": [*choices, *([True] if "true" in choices else [])]}
        case Words(pattern=pattern) if pattern:
            sort = ["string", "number"] if kind.bare else "string"
            return {"type": sort, "pattern": f"^(?:{pattern})$"}
        case Words(or_true=True) | Literal(or_true=True):
            return {"anyOf": [{"type": "string", "minLength": 1}, _SAID_TRUE]}
        case Either():
            return {"anyOf": [_value(each) for each in kind.kinds]}
        case Words(bare=True):
            return {"type": ["string", "number", "boolean"], "minLength": 1}
        case Words() | Literal():
            return {"type": "string", "minLength": 1}
