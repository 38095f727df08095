"""Tables in large print whose words have no room beside each other: their rows stand as blocks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from xml.etree import ElementTree

_CELLS = ("td", "th")


def stacked(html: str, names: Collection[str]) -> str:
    """The HTML, with each cell of the named tables below the one before, led by its head.

    Tables stay as they are without a row of heads, or with cells that span several.
    """
    root = ElementTree.fromstring(html)
    for table in list(root.iter("table")):
        if table.get("data-table") in names:
            _stack(table)
    return ElementTree.tostring(root, encoding="unicode")


def _stack(table: Any) -> None:
    heads = table.findall("thead/tr")
    cells = [cell for row in table.iter("tr") for cell in row if cell.tag in _CELLS]
    if len(heads) != 1 or any(cell.get("colspan") or cell.get("rowspan") for cell in cells):
        return
    (row,) = heads
    titles = [" ".join("".join(cell.itertext()).split()) for cell in row]
    table.remove(table.find("thead"))
    table.tag = "div"
    table.set("class", f"{table.get('class', '')} stacked".strip())
    for part in list(table.iter()):
        if part.tag == "caption":
            part.tag = "p"
        elif part.tag == "tbody":
            part.tag = "div"
        elif part.tag == "tr":
            _block(part, titles)


def _block(row: Any, titles: list[str]) -> None:
    """The row as a block: its first cell is what the others are of."""
    row.tag = "div"
    row.set("class", "row")
    for number, (cell, title) in enumerate(zip(list(row), titles, strict=False)):
        if number and not "".join(cell.itertext()).strip():
            row.remove(cell)
            continue
        cell.tag = "p" if not any(one.tag in ("p", "ul", "ol") for one in cell) else "div"
        cell.attrib.pop("scope", None)
        led = ElementTree.Element("b")
        if number and title:
            led.text, led.tail = f"{title}:", f" {(cell.text or '').lstrip()}"
            cell.text = None
            cell.insert(0, led)
