"""The objects of a PDF, written down in less time.

pydyf 0.13 makes the references of all pages anew for every tag, in a time that grows by the
square. It compresses streams as hard as zlib can, which takes four times as long for a
fiftieth of the size. It asks of each item whether it is of this kind or that, the commonest last.
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
    """Let a PDF remember the references of its pages, and write its streams; done once."""
    pydyf.PDF.page_references = property(_remembered)
    pydyf.Stream.data = property(_compressed)
    pydyf._to_bytes = _bytes_of
