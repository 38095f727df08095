"""Lays out the book until no page number moves, and writes the PDF with labels and tags."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pydyf

from printedition.book import tree
from printedition.book.house import house_file
from printedition.diagnostics import Findings
from printedition.edition.edition import PageSize
from printedition.page import margins, tags
from printedition.page.engine import Engine
from printedition.sources import Sources, Span

MOST_ROUNDS = 5
_SIZES = {"a5": ("148mm", "210mm"), "a4": ("210mm", "297mm"), "letter": ("8.5in", "11in")}
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed book: its bytes and the label of each page (the printed folio)."""

    data: bytes
    labels: tuple[str, ...]


def millimetres(length: str, otherwise: float) -> float:
    """A CSS length in mm; `otherwise` where there is none."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*", length)
    return float(match[1]) * _MILLIMETRES[match[2]] if match else otherwise


def page_rules(page: PageSize) -> str:
    """The @page rules for a page's size and margins; the outer one holds the margin notes.

    Margins not given are 17 and 37 mm inside and outside, 21 and 22 mm above and below on A5,
    and on other sizes grow with the page; the text is as wide as on A5 up to a third more.
    """
    width, height = (millimetres(page.width, 148), millimetres(page.height, 210))
    text = min(max(94 * width / 148, 60), 125)
    inner = millimetres(page.inner, max((width - text) * 17 / 54, 12))
    outer = millimetres(page.outer, max(width - text - inner, 30))
    top = millimetres(page.top, 21 * height / 210)
    bottom = millimetres(page.bottom, 22 * height / 210)
    line = 13.5 * _MILLIMETRES["pt"]
    lines = int((height - top - bottom) / line + 0.001)
    bottom = height - top - lines * line
    wide = outer - 9
    return (
        f"@page {{ size: {width:.3f}mm {height:.3f}mm; margin: {top:.3f}mm 0 {bottom:.3f}mm }}\n"
        f"@page :right {{ margin-left: {inner:.3f}mm; margin-right: {outer:.3f}mm }}\n"
        f"@page :left {{ margin-left: {outer:.3f}mm; margin-right: {inner:.3f}mm }}\n"
        f"@page wide:right {{ margin-right: {outer - wide + 2:.3f}mm }}\n"
        f"@page wide:left {{ margin-left: {outer - wide + 2:.3f}mm }}\n"
    )


def roman(number: int) -> str:
    """A small roman numeral."""
    made = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while number >= value:
            made, number = made + letters, number - value
    return made


def _places(document: Any) -> dict[str, int]:
    """On which page, from 0, each id stands first."""
    places: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            places.setdefault(name, number)
    return places


def _folios(
    places: dict[str, str],
) -> Callable[[tuple[tree.Locator, ...]], tuple[tuple[str, str], ...]]:
    def folios(locators: tuple[tree.Locator, ...]) -> tuple[tuple[str, str], ...]:
        """Locators as (id, page), each page once, in the order of the book."""
        made: dict[str, str] = {}
        for locator in locators:
            page = places.get(locator.href)
            if page:
                made.setdefault(page + locator.suffix, locator.href)
        return tuple((href, text) for text, href in made.items())

    return folios


def _quoted(book: tree.Book) -> frozenset[str]:
    """The ids whose folio the book prints: in contents, index, and list of corrections."""
    return frozenset(
        name
        for section in book.sections
        for name in (
            *(row.href for row in section.contents),
            *(row.href for row in section.corrections),
            *(
                locator.href
                for group in section.index
                for item in group.items
                for locator in item.locators
            ),
        )
    )


def print_book(
    book: tree.Book,
    page: PageSize,
    sources: Sources,
    render: Callable[..., str],
    findings: Findings,
    progress: Callable[[str, str], None],
) -> Printed:
    """The printed book; raises jinja2.TemplateError or ParseError for a fault in a template."""
    style = page_rules(page) + house_file(sources, "styles", "page.css")
    engine = Engine(sources, style, findings)
    folios: dict[str, str] = {}
    quoted = _quoted(book)
    labels: list[str] = []
    for turn in range(1, MOST_ROUNDS + 1):
        html = render("page/book.html", book=book, pages=folios, folios=_folios(folios))
        document = engine.lay_out(html)
        places = _places(document)
        start = next((places.get(s.id, 0) for s in book.sections if not s.front), 0)
        total = len(document.pages)
        labels = [roman(n + 1) for n in range(start)]
        labels += [str(n - start + 1) for n in range(start, total)]
        new = {name: labels[number] for name, number in places.items() if name in quoted}
        progress("5 Lay out", f"{total} pages, round {turn}")
        if new == folios:
            break
        folios = new
    else:
        findings.report(
            "PDF002", f"page numbers still change after {MOST_ROUNDS} rounds", Span("", 0, 0)
        )
    margins.place(document.pages)
    tags.mend(document)
    front = sum(1 for label in labels if not label.isdigit())

    def finish(_document: Any, pdf: Any) -> None:
        ranges = []
        if front:
            ranges += [0, pydyf.Dictionary({"S": "/r"})]
        if front < len(labels):
            ranges += [front, pydyf.Dictionary({"S": "/D"})]
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})
        pdf.catalog["PageMode"] = "/UseOutlines"

    identifier = hashlib.sha256(f"{book.slug} {book.date} {book.revision}".encode()).digest()[:16]
    return Printed(engine.write(document, finish, identifier.hex().encode()), tuple(labels))
