"""The objects of a PDF, written down in less time.

pydyf 0.13 makes the references of all pages anew for every tag, in a time that grows by the
square. It compresses streams as hard as zlib can, which takes four times as long for a
fiftieth of the size. It asks of each item whether it is of this kind or that, the commonest last;
and gives each array and dictionary within another a number and offset that it never has.
"""

from __future__ import annotations

import zlib
from typing import Any

import pydyf

HARD = 6  # of 9

_to_bytes = pydyf._to_bytes
_page_references = pydyf.PDF.page_references.fget


def _bytes_of(item: Any) -> bytes:
    """An item as pydyf writes it; what most items are is seen first."""
    kind = type(item)
    if kind is bytes:
        return bytes(item)
    if kind is str:
        return bytes(item.encode("ascii"))
    if kind is int:
        return b"%d" % item
    return bytes(_to_bytes(item))


def _dictionary(items: Any) -> bytes:
    """A dictionary as its bytes (ISO 32000-1, 7.3.7)."""
    parts = []
    for key, value in items.items():
        known = value if type(value) is bytes else _bytes_of(value)
        parts.append(b"/%b %b" % (_bytes_of(key), known))
    return b"<<%b>>" % b"".join(parts)


def _array(items: Any) -> bytes:
    """An array as its bytes (ISO 32000-1, 7.3.6)."""
    return b"[%b]" % b" ".join([one if type(one) is bytes else _bytes_of(one) for one in items])


def _unnumbered(_: Any) -> None:
    """What an object begins with, which its class has for all."""


def _remembered(pdf: Any) -> tuple[bytes, ...]:
    kids = len(pdf.pages["Kids"])
    known = vars(pdf).get("remembered_pages")
    if known is None or known[0] != kids:
        known = pdf.remembered_pages = kids, _page_references(pdf)
    references: tuple[bytes, ...] = known[1]
    return references


def _compressed(stream: Any) -> bytes:
    """A stream as its bytes (ISO 32000-1, 7.3.8)."""
    data = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
    extra = pydyf.Dictionary(dict(stream.extra))
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        data = zlib.compress(data, HARD)
    extra["Length"] = len(data)
    return b"\n".join((extra.data, b"stream", data, b"endstream"))


def mend() -> None:
    """Let a PDF remember the references of its pages, and write its objects; done once."""
    for name, value in (("number", None), ("offset", 0), ("generation", 0), ("free", "n")):
        setattr(pydyf.Object, name, value)
    pydyf.Object.__init__ = _unnumbered
    pydyf.Dictionary.data = property(_dictionary)
    pydyf.Array.data = property(_array)
    pydyf.PDF.page_references = property(_remembered)
    pydyf.Stream.data = property(_compressed)
    pydyf._to_bytes = _bytes_of
