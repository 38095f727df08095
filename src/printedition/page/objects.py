"""The objects of a PDF, written down once.

pydyf 0.13 serialises and compresses every object twice, the second time for the identifier, and
makes the references of all pages anew for every tag, in a time that grows by the square.
"""

from __future__ import annotations

from typing import Any

import pydyf

_page_references = pydyf.PDF.page_references.fget


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object as its bytes."""

    compressible = False
    data = b""

    def __init__(self, item: Any) -> None:
        self.number, self.generation, self.free = item.number, item.generation, item.free
        self.offset = item.offset
        self.compressible, self.data = item.compressible, item.data


def write_down(pdf: Any) -> None:
    """Make bytes of all objects of a finished PDF, which `PDF.write` puts into the file."""
    for number, item in enumerate(pdf.objects):
        if item.free == "n":
            pdf.objects[number] = _Written(item)


def _remembered(pdf: Any) -> tuple[bytes, ...]:
    kids = len(pdf.pages["Kids"])
    known = vars(pdf).get("remembered_pages")
    if known is None or known[0] != kids:
        known = pdf.remembered_pages = kids, _page_references(pdf)
    references: tuple[bytes, ...] = known[1]
    return references


def mend() -> None:
    """Let a PDF remember the references of its pages; done once, however often it is called."""
    pydyf.PDF.page_references = property(_remembered)
