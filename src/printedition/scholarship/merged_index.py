"""The indexes of a volume: headings of its editions that name the same thing are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from printedition.edition.edition import Edition
from printedition.edition.index import Index, IndexHeading
from printedition.edition.quotation import Value
from printedition.edition.text import Inline, Words

_PARTS = ": "  # between a heading and its subheading, where both are named


def index_for(path: str, indexes: Iterable[str]) -> str | None:
    """The index of the volume into which one of an included edition goes: by its file's name."""
    paths = list(indexes)
    name = PurePosixPath(path).name
    same = (own for own in paths if PurePosixPath(own).name == name)
    return next(same, paths[0] if paths else None)


class MergedIndexes:
    """The volume's indexes, into which those of included editions are merged one by one.

    Headings are the same by the id of an authority file, else by their words; of two that name
    different things in the same words, the later is told apart by its edition.
    """

    def __init__(self, volume: Edition) -> None:
        self._headings = {path: list(index.headings) for path, index in volume.indexes.items()}

    def indexes(self) -> dict[str, Index]:
        """The indexes with all that was merged."""
        return {path: Index(path, tuple(headings)) for path, headings in self._headings.items()}

    def names(self, edition: Edition, title: str) -> dict[str, str]:
        """What an edition's headings will be called, by their own names."""
        called: dict[str, str] = {}
        for path, heading in self._going(edition):
            name = heading.heading.text
            called[name] = self._name_for(path, heading, title)
            for sub in heading.subheadings:
                own = f"{name}{_PARTS}{sub.heading.text}"
                called[own] = f"{called[name]}{_PARTS}{sub.heading.text}"
        return called

    def take(self, edition: Edition, called: dict[str, str]) -> None:
        """Merge an edition's indexes, whose headings get the names that they are called by."""
        for path, heading in self._going(edition):
            self._add(path, _renamed(heading, called))

    def _going(self, edition: Edition) -> Iterator[tuple[str, IndexHeading]]:
        """Each heading of an edition with the index into which it goes."""
        for index in edition.indexes.values():
            path = index_for(index.path, self._headings)
            for heading in index.headings if path else ():
                yield str(path), heading

    def _name_for(self, path: str, heading: IndexHeading, title: str) -> str:
        """The words under which a heading goes into an index."""
        known = self._headings[path]
        if authority := _address(heading):
            for other in known:
                if _address(other) == authority:
                    return other.heading.text
        for other in known:
            if other.heading.text == heading.heading.text and _are_two(other, heading):
                return f"{heading.heading.text} ({title})"
        return heading.heading.text

    def _add(self, path: str, heading: IndexHeading) -> None:
        known = self._headings[path]
        for number, other in enumerate(known):
            if other.heading.text == heading.heading.text:
                known[number] = _both(other, heading)
                return
        known.append(heading)


def _address(heading: IndexHeading) -> str:
    """Its address in an authority file, however it is written."""
    return re.sub(r"^https?://(www\.)?", "", heading.authority).rstrip("/")


def _are_two(one: IndexHeading, other: IndexHeading) -> bool:
    """Whether headings of the same words name different things by what they declare."""
    authorities = {_address(one), _address(other)} - {""}
    return len(authorities) > 1 or bool(one.type and other.type and one.type is not other.type)


def _renamed(heading: IndexHeading, called: dict[str, str], *, under: bool = False) -> IndexHeading:
    def other(value: Value) -> Value:
        return Value(called.get(value.text, value.text), value.span)

    own = heading.heading if under else other(heading.heading)
    return replace(
        heading,
        heading=own,
        marked=_marked(heading, own.text),
        sort="" if not under and own.text != heading.heading.text else heading.sort,
        see=tuple(map(other, heading.see)),
        see_also=tuple(map(other, heading.see_also)),
        subheadings=tuple(_renamed(sub, called, under=True) for sub in heading.subheadings),
    )


def _marked(heading: IndexHeading, name: str) -> tuple[Inline, ...]:
    """The marked words of a heading that is called by a name: its own, or with more behind it."""
    own = heading.heading.text
    if not heading.marked or not name.startswith(own):
        return ()
    more = name.removeprefix(own)
    return (*heading.marked, Words(more, heading.span)) if more else heading.marked


def _both(one: IndexHeading, other: IndexHeading) -> IndexHeading:
    """Two headings as one; what only refers elsewhere in one edition may have places in another."""
    subs = {sub.heading.text: sub for sub in one.subheadings}
    for sub in other.subheadings:
        known = subs.get(sub.heading.text)
        subs[sub.heading.text] = _both(known, sub) if known else sub
    see, see_also = _union(one.see, other.see), _union(one.see_also, other.see_also)
    if see and (one.has_places or other.has_places):
        see, see_also = (), _union(see_also, see)
    return replace(
        one,
        sort=one.sort or other.sort,
        description=one.description or other.description,
        forms=one.forms + other.forms,
        passages=one.passages + other.passages,
        see=see,
        see_also=see_also,
        inflected=one.inflected | other.inflected,
        context=one.context + other.context,
        subheadings=tuple(subs.values()),
        type=one.type or other.type,
        authority=one.authority or other.authority,
        marked=one.marked or other.marked,
    )


def _union(one: tuple[Value, ...], other: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple({value.text: value for value in (*other, *one)}.values())
