"""Records made anew where something in them changes; what does not stays the same object."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from printedition.sources import Span

T = TypeVar("T")


class Rewriter:
    """Rewrites trees of records by a function that gives each record, or another in its place.

    A record that stands in two trees is the same in both afterwards, as it was before.
    """

    def __init__(self, change: Callable[[Any], Any]) -> None:
        self._change = change
        self._made: dict[int, tuple[Any, Any]] = {}  # with what is replaced, so that its id stays

    def __call__(self, node: T) -> T:
        """The node with all changes made in it, outer ones first."""
        made: T = self._rewritten(node)
        return made

    def _rewritten(self, node: Any) -> Any:
        if isinstance(node, tuple):
            items = tuple(map(self._rewritten, node))
            return items if any(a is not b for a, b in zip(items, node, strict=True)) else node
        if isinstance(node, Mapping):
            pairs = {key: self._rewritten(value) for key, value in node.items()}
            return pairs if any(pairs[key] is not node[key] for key in pairs) else node
        if isinstance(node, str | Span) or not is_dataclass(node):
            return node
        if id(node) in self._made:
            return self._made[id(node)][1]
        changed = self._change(node)
        parts = {
            name: made
            for name in _names_of(cast(Hashable, type(changed)))
            if (made := self._rewritten(old := getattr(changed, name))) is not old
        }
        made = replace(changed, **parts) if parts else changed
        self._made[id(node)] = node, made
        return made


@cache
def _names_of(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, kind)))
