"""Fences that take blocks from elsewhere."""

from __future__ import annotations

from printedition.edition.text import Attributes, Take
from printedition.sources import Span


def take_of(attributes: Attributes, span: Span, marker: Span, written: str) -> Take:
    """What a fence takes, each target with its place in the marker as it is written."""
    targets = []
    at = written.find("take=") + len("take=")
    for name in (attributes.get("take") or "").split():
        at = written.find(name, at)
        start = marker.start + at
        targets.append((name, Span(marker.source, start, start + len(name))))
        at += len(name)
    words = attributes.get("words")
    return Take(
        attributes,
        tuple(targets),
        (words, attributes.place("words")) if words is not None else None,
        attributes.get("open") or "",
        attributes.get("close") or "",
        span,
    )
