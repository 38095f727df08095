"""Gathers the quires of a book for its file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pydyf

from printedition.book import tree
from printedition.book.starts import PrintedPage
from printedition.page.compositor import Drawn
from printedition.page.folios import page_labels
from printedition.page.frame import Frame
from printedition.page.light import append_content
from printedition.page.numbers import Room
from printedition.page.pdf_file import Plan, put_in
from printedition.page.quire import Quire
from printedition.page.turned import turn_pages


def plan_of(
    sections: Sequence[tree.Section],
    laid: Mapping[str, Drawn],
    frame: Frame,
    numbers: Mapping[str, Room],
) -> Plan:
    """The quires in order, and which number each page of the book has."""
    pages: list[int | None] = [None] * len(frame.labels)
    quires = []
    for section in sections:
        if (quire := laid[section.id].quire) is not None:
            quires.append(quire)
            for number in range(len(quire.contents)):
                pages[frame.sheet(section.id, number)] = quire.first + number
    return Plan(quires, pages, max(room.end for room in numbers.values()))


def printed_pages(
    sections: Sequence[tree.Section], laid: Mapping[str, Drawn], frame: Frame
) -> tuple[PrintedPage, ...]:
    """The pages of the sections, in the order of the book."""
    return tuple(
        PrintedPage(frame.labels[frame.sheet(section.id, number)], section.id, tuple(starts))
        for section in sections
        for number, starts in enumerate(laid[section.id].starts)
    )


def dead_links(laid: Mapping[str, Drawn]) -> Iterator[str]:
    """What WeasyPrint would say of links in quires that lead to nothing."""
    there = {name for one in laid.values() for page in one.light.pages for name in page.anchors}
    aims = {aim for one in laid.values() if one.quire is not None for aim in one.quire.aims}
    return (f"No anchor #{aim} for internal URI reference" for aim in sorted(aims - there))


def finisher_of(
    frame: Frame, turned: Sequence[int], quires: Sequence[Quire]
) -> Callable[[Any, Any], None]:
    """What WeasyPrint does at the end with the PDF, some of whose pages are `turned`."""

    def finish(document: Any, pdf: Any) -> None:
        append_content(document, pdf)
        put_in(pdf, quires)
        turn_pages(pdf, turned)
        ranges = list(page_labels(frame.labels))
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})
        pdf.catalog["PageMode"] = "/UseOutlines"

    return finish


def identifier_of(book: tree.Book) -> bytes:
    """What names the PDF of a book, whatever is corrected in it."""
    named = f"{book.slug} {book.date} {book.revision}"
    return hashlib.sha256(named.encode()).digest()[:16].hex().encode()
