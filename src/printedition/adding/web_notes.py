"""Notes of a web page that only links make notes: a raised figure to its note, and a way back.

HTML has no footnotes; Pandoc knows those alone that state their role (DPUB-ARIA).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from printedition.frozen import dataclass

_CALL = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})[\])]?\.?")
_BACK = re.compile(rf"{_CALL.pattern}|[↩↵⏎↑⇑▲^]\ufe0e?|\u21a9\ufe0f")
_LISTS = {"BulletList", "OrderedList"}


@dataclass(frozen=True, slots=True)
class _Link:
    """A link within the page: its own id, where it leads, its words, whether these are raised.

    Of what has an id and is none, it is the id alone.
    """

    id: str
    to: str
    words: str
    raised: bool

    @property
    def is_call(self) -> bool:
        return bool(_CALL.fullmatch(self.words))

    @property
    def is_back(self) -> bool:
        return bool(_BACK.fullmatch(self.words))


def with_notes(tree: dict[str, Any]) -> dict[str, Any]:
    """The tree of a page in which what links make a note is a note, where it is called."""
    return {**tree, "blocks": _Notes(tree["blocks"]).placed()}


class _Notes:
    """The notes of one page, by the places that call them."""

    def __init__(self, blocks: list[Any]) -> None:
        links = list(_calls(blocks))
        often = Counter(one.to for one in links)
        self._calls = {one.to: one for one in links if often[one.to] == 1}
        self._called_from = {one.id: one.to for one in links if one.id and often[one.to] == 1}
        self._bodies: dict[str, list[Any]] = {}
        self._rest = self._without_bodies(blocks)

    def placed(self) -> list[Any]:
        """The blocks with each note in the place of its call."""
        rest = self._rest
        while self._bodies and rest and rest[-1]["t"] == "HorizontalRule":
            rest = rest[:-1]  # parted the notes from the text
        return list(self._with_calls(rest))

    # What notes say

    def _without_bodies(self, blocks: list[Any]) -> list[Any]:
        left = []
        for node in blocks:
            kind, inside = node["t"], node.get("c")
            if self._taken([node]):
                continue
            if kind == "Div":
                found = len(self._bodies)
                kept = self._without_bodies(inside[1])
                if len(self._bodies) > found and all(one["t"] == "HorizontalRule" for one in kept):
                    continue
                node = {**node, "c": [inside[0], kept]}
            elif kind == "BlockQuote":
                node = {**node, "c": self._without_bodies(inside)}
            elif kind in _LISTS:
                items = inside[1] if kind == "OrderedList" else inside
                kept = [item for item in items if not self._taken(item)]
                if items and not kept:
                    continue
                node = {**node, "c": [inside[0], kept] if kind == "OrderedList" else kept}
            left.append(node)
        return left

    def _taken(self, blocks: list[Any]) -> bool:
        """Whether blocks are the whole of one note, which is then kept."""
        first = blocks[0] if blocks else {"t": ""}
        if first["t"] not in ("Div", "Para", "Plain"):
            return False
        links = list(_links(blocks))
        ids = [one for one in _ids(blocks) if one in self._calls]
        backs = [one.to for one in links if one.is_back and one.to in self._called_from]
        names = {*ids, *(self._called_from[to] for to in backs)}
        if len(names) != 1:
            return False
        (name,) = names
        if name in self._bodies or any(one.to in self._calls for one in links):
            return False  # what calls a note is text
        call = self._calls[name]
        is_back = any(one.is_back and one.to == call.id for one in links)
        begins = not ids or _begins_with(blocks, name)
        if not begins or not (is_back or call.raised or not call.words.isalnum()):
            return False
        self._bodies[name] = _trimmed(_without_backs(blocks))
        return True

    # Where they are called

    def _with_calls(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self._with_calls(one) for one in node]
        if not isinstance(node, dict):
            return node
        link = _link(node, raised=False)
        if link is not None and link.is_call and link.to in self._bodies:
            return {"t": "Note", "c": self._bodies[link.to]}
        return {key: self._with_calls(value) for key, value in node.items()}


def _calls(blocks: list[Any]) -> Iterator[_Link]:
    """Links that may call a note: it stands behind them, or leads back to them."""
    links = list(_links(blocks))
    ids, leads = {one.id for one in links if one.id}, {one.to for one in links}
    before: set[str] = set()
    for one in links:
        if one.is_call and one.to not in before and (one.to in ids or one.id in leads - {""}):
            yield one
        before.add(one.id)


def _links(node: Any, *, raised: bool = False) -> Iterator[_Link]:
    if isinstance(node, dict):
        link = _link(node, raised=raised)
        if link is not None:
            yield link
        else:
            if own := _id(node):
                yield _Link(own, "", "", raised)
            yield from _links(node.get("c"), raised=raised or node.get("t") == "Superscript")
    elif isinstance(node, list):
        for one in node:
            yield from _links(one, raised=raised)


def _link(node: dict[str, Any], *, raised: bool) -> _Link | None:
    """A link, if it stays within the page."""
    if node.get("t") != "Link" or not node["c"][2][0].startswith("#"):
        return None
    (own, *_), words, (address, _) = node["c"]
    inner = any(one["t"] == "Superscript" for one in words)
    return _Link(own, address[1:], _said(words).strip(), raised or inner)


def _said(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(_said, node))
    if not isinstance(node, dict):
        return ""
    kind, inside = node["t"], node.get("c")
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "Str":
        return str(inside)
    return _said(inside)


def _ids(node: Any) -> Iterator[str]:
    """The ids that stand in it, from its beginning on."""
    if isinstance(node, list):
        for one in node:
            yield from _ids(one)
    elif isinstance(node, dict):
        if own := _id(node):
            yield own
        yield from _ids(node.get("c"))


def _id(node: dict[str, Any]) -> str:
    return str(node["c"][0][0]) if node.get("t") in ("Div", "Span", "Link") else ""


def _begins_with(blocks: list[Any], name: str) -> bool:
    """Whether an id stands at the very beginning: nothing else has words before it."""
    node: Any = blocks[0]
    while isinstance(node, dict):
        kind, inside = node["t"], node.get("c") or []
        if _id(node) == name:
            return True
        if kind in ("Div", "Span"):
            inside = inside[1]
        elif kind not in ("Para", "Plain", "Superscript", "Strong", "Emph"):
            return False
        node = inside[0] if inside else None
    return False


def _without_backs(node: Any) -> Any:
    """Blocks without their own figure and the way back to the text."""
    if isinstance(node, list):
        kept = (one for one in node if not _is_back(one))
        return [_without_backs(one) for one in kept]
    if isinstance(node, dict):
        return {key: _without_backs(value) for key, value in node.items()}
    return node


def _is_back(node: Any) -> bool:
    if not isinstance(node, dict):
        return False
    if node.get("t") == "Superscript":
        return len(node["c"]) == 1 and _is_back(node["c"][0])
    link = _link(node, raised=False)
    return link is not None and link.is_back


def _trimmed(blocks: list[Any]) -> list[Any]:
    """Blocks without those that are empty now."""
    return [one for one in blocks if one["t"] not in ("Para", "Plain") or _said(one).strip()]
