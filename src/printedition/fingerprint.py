"""The fingerprint of records: equal for equal ones, in whatever process they were made.

Where in the edition's files something stands makes no difference.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from typing import Any

from printedition.sources import Span

_AS_THEY_ARE = frozenset({str, int, bool, bytes, float, type(None)})
_FORM = 2  # of marshal, in which it makes no difference whether two parts are one object
_READERS: dict[type, tuple[str, Any]] = {}


def fingerprint(*values: Any) -> str:
    """The fingerprint, 64 hexadecimal digits; raises TypeError for what is no record."""
    return hashlib.sha256(marshal.dumps(_plain(values), _FORM)).hexdigest()


def _plain(value: Any) -> Any:
    """A value as tuples and what they are made of; a record as a list with its name."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is Span:
        return None
    if isinstance(value, tuple | list):
        return tuple([_plain(one) for one in value])
    if (reader := _READERS.get(kind)) is not None:
        name, read = reader
        return [name, *[one if type(one) is str else _plain(one) for one in read(value)]]
    if is_dataclass(kind):
        _READERS[kind] = f"{kind.__module__}.{kind.__qualname__}", _reader(kind)
        return _plain(value)
    if isinstance(value, Enum):
        return [kind.__qualname__, value.name]
    if isinstance(value, Mapping):
        return ["map", *[(_plain(key), _plain(one)) for key, one in value.items()]]
    if isinstance(value, frozenset | set):
        return ["set", *sorted(map(_plain, value), key=repr)]
    raise TypeError(f"{kind.__qualname__} is no record")


def values_of(value: Any) -> tuple[Any, ...]:
    """The values of a record's fields; none of what is no record, or of a place in a file."""
    kind = type(value)
    if kind in _AS_THEY_ARE or kind is Span:
        return ()
    if kind not in _READERS:
        if not is_dataclass(kind):
            return ()
        _READERS[kind] = f"{kind.__module__}.{kind.__qualname__}", _reader(kind)
    values: tuple[Any, ...] = _READERS[kind][1](value)
    return values


def _reader(kind: Any) -> Any:
    """What gives the fields of a record as a tuple."""
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple([getattr(record, name) for name in names])
