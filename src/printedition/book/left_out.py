"""What a template must print, so that notes and entries have their places: ids of its page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias

from printedition.book import tree
from printedition.sources import Span

# An id, what bears it, and where in the edition that was read from.
Wanted: TypeAlias = tuple[str, str, Span | None]

_CALL, _NOTE, _ENTRY = "the call of a note", "a note", "an entry of the apparatus"
_ABOUT = "the id of words that a note or an entry is about"
_MARGIN, _WORDS = "a note in the margin", "the id of words beside which a note stands in the margin"


def left_out(name: str, context: Mapping[str, Any], ids: Collection[str]) -> Iterator[Wanted]:
    """Of each kind of what a template must print the first that its page, with these ids, lacks."""
    told: set[str] = set()
    for identity, what, span in _WANTED.get(name, _nothing)(context):
        if identity and identity not in ids and what not in told:
            told.add(what)
            yield identity, what, span


def _nothing(_: Mapping[str, Any]) -> Iterator[Wanted]:
    yield from ()


def _of_text(context: Mapping[str, Any]) -> Iterator[Wanted]:
    """The calls in a text on the page, and the words that are keyed by their lines."""
    by_lines = context["calling"] == "lines"
    for note in context["section"].notes:
        if note.entry is not None or ((by_lines or note.audience) and note.last):
            yield note.first, _ABOUT, note.span
            yield note.last, _ABOUT, note.span
        else:
            yield note.call_id, _CALL, note.span
    for margin in context["section"].margins:
        yield margin.anchor, _WORDS, margin.span


def _of_notes(context: Mapping[str, Any]) -> Iterator[Wanted]:
    for _, notes in context["bands"]:
        for note in notes:
            yield note.id, _NOTE, note.span


def _of_entries(context: Mapping[str, Any]) -> Iterator[Wanted]:
    for _, _, group in context["groups"]:
        for keyed in group:
            yield keyed.id, _ENTRY, context["entries"][keyed.id].span


def _of_margins(context: Mapping[str, Any]) -> Iterator[Wanted]:
    for margin in context["section"].margins:
        yield margin.id, _MARGIN, margin.span


def _of_chapter(context: Mapping[str, Any]) -> Iterator[Wanted]:
    """In an e-book: calls, margin notes, and below the text what is called."""
    section = context["section"]
    for node in _standing_off((section.heading, section.blocks, section.rows)):
        if isinstance(node, tree.Call):
            yield node.id, _CALL, node.note.span
        else:
            yield node.id, _MARGIN, node.span
    for band in context["bands"]:
        for called in band.called:
            what = _NOTE if called.first.entry is None else _ENTRY
            yield called.first.id, what, called.first.span


def _standing_off(node: object) -> Iterator[tree.Call | tree.MarginNote]:
    """The calls and margin notes in what is composed."""
    if isinstance(node, tuple):
        for child in node:
            yield from _standing_off(child)
    elif isinstance(node, tree.Call):
        yield node
    elif is_dataclass(node) and not isinstance(node, Span):
        if isinstance(node, tree.MarginNote):
            yield node
        for each in fields(node):
            yield from _standing_off(getattr(node, each.name))


_WANTED = {
    "page/galley.html": _of_text,
    "page/notes.html": _of_notes,
    "page/entries.html": _of_entries,
    "page/margins.html": _of_margins,
    "ebook/chapter.xhtml": _of_chapter,
}
