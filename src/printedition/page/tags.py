"""A structure tree worth reading: one P for a paragraph over pages, Note with an ID, Lang.

WeasyPrint 70 tags the parts of a paragraph apart, a note as an untyped span, and forgets the
language of a phrase. PDF/UA-1 (ISO 14289-1) 7.2, 7.9 ask for Lang and for Note with an ID.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as weasy_tags

_MERGED = {"/P", "/Sect", "/Div", "/BlockQuote", "/L", "/LI", "/LBody", "/Note"}
_MERGED |= {"/Table", "/THead", "/TBody", "/TR", "/TD", "/TH"}
_LISTED = ("li", "dt", "dd")  # WeasyPrint makes of each an item and its body
_SVG = "{http://www.w3.org/2000/svg}"
_build_box_tree = weasy_tags._build_box_tree


def _is_note(element: Any) -> bool:
    classes = (element.get("class") or "").split()
    return element.tag in ("div", "span") and bool({"entry", "note", "margin"} & {*classes})


def _cells(box: Any) -> Iterator[tuple[Any, Any]]:
    """The cells of a table, each with the element of its row's group."""
    for group in getattr(box, "children", ()):
        if isinstance(group, boxes.TableRowGroupBox):
            yield from ((cell, group.element) for row in group.children for cell in row.children)
        else:
            yield from _cells(group)


class _Heads:
    """The heads of a table of versions, which may stand on earlier pages than their cells."""

    def __init__(self) -> None:
        self._columns: dict[str, Any] = {}
        self._titles: dict[Any, Any] = {}

    def lead(self, table: Any) -> None:
        """Let each cell name the head of its column and the title of its row."""
        for cell, group in _cells(table):
            column = cell.element.get("data-column")
            if cell.element.tag == "th":
                if column is None:
                    self._titles[group] = cell.mark["ID"]
                else:
                    self._columns[column] = cell.mark["ID"]
            else:
                named = self._columns.get(column), self._titles.get(group)
                heads = [head for head in named if head is not None]
                cell.mark["A"]["Headers"] = pydyf.Array(heads)


class _ColumnHeads:
    """The heads of a table: on each further page they stand again untagged, or not at all."""

    def __init__(self) -> None:
        self._first: dict[Any, Any] = {}
        self._columns: dict[int, Any] = {}

    def lead(self, table: Any) -> None:
        """Let each cell name the heads of its row and column that are tagged."""
        tagged = {}
        for cell, group in _cells(table):
            if cell.element_tag == "th":
                head = self._first.setdefault(cell.element, cell.mark["ID"])
                tagged[id(cell.mark["ID"])] = head
                if group is not None and group.tag == "thead":
                    self._columns |= dict.fromkeys(_columns_of(cell), head)
        for cell, _ in _cells(table):
            if cell.element_tag == "td":
                own = cell.mark["A"].get("Headers", ())
                named = [tagged.get(id(head), head) for head in own]
                above = (self._columns[x] for x in _columns_of(cell) if x in self._columns)
                named += [head for head in above if all(head is not one for one in named)]
                if named:
                    cell.mark["A"]["Headers"] = pydyf.Array(named)


def _columns_of(cell: Any) -> range:
    return range(cell.grid_x, cell.grid_x + cell.colspan)


def _tidy(item: Any, body: Any, pdf: Any) -> None:
    """Put what stands in an item of a list beside its label and body into its body."""
    kids = [pdf.objects[int(kid.split()[0])] for kid in item["K"]]
    strange = [kid for kid in kids if kid["S"] not in ("/Lbl", "/LBody")]
    if strange and body is not None:
        item["K"] = pydyf.Array(kid.reference for kid in kids if kid not in strange)
        for kid in strange:
            kid["P"] = body.reference
        ahead = body in kids[1:]  # a mark in the margin, before the words
        refs = [kid.reference for kid in strange]
        body["K"][:0] = refs if ahead else []
        body["K"].extend([] if ahead else refs)


def mended() -> Callable[..., Iterator[Any]]:
    """What builds the tags of a book or section, in place of the function of WeasyPrint."""
    first: dict[Any, Any] = {}
    opened: list[Any] = []
    versions: dict[Any, _Heads] = {}
    tables: dict[Any, _ColumnHeads] = {}

    def tree(box: Any, parent: Any, pdf: Any, page_number: int, *rest: Any) -> Iterator[Any]:
        if isinstance(box, boxes.MarginBox):
            return  # drawn as an artifact: furnished.py
        real = box._box if isinstance(box, AbsolutePlaceholder) else box
        element, name = real.element, real.element_tag or ""
        own = element not in opened  # not an anonymous box inside the element's box
        opened.append(element)
        nodes = list(_build_box_tree(box, parent, pdf, page_number, *rest))
        opened.pop()
        for node in nodes:
            if element is None or "::" in name or name in ("html", "body"):
                yield node
                continue
            if own and _is_note(element) and node["S"] in ("/Span", "/NonStruct", "/Div"):
                node["S"], node["ID"] = "/Note", pydyf.String(f"note-{node.number}")
            if own and node["S"] == "/Figure" and (words := element.findtext(f"{_SVG}desc")):
                title = element.findtext(f"{_SVG}title") or ""
                node["Alt"] = pydyf.String(f"{title}. {words}".strip())
            if node["S"] == "/Table" and "versions" in (element.get("class") or "").split():
                versions.setdefault(element, _Heads()).lead(real)
            elif node["S"] == "/Table":
                tables.setdefault(element, _ColumnHeads()).lead(real)
            if element.get("lang") and element.tag != "html":
                node["Lang"] = pydyf.String(element.get("lang"))
            if node["S"] == "/LI":
                _tidy(node, first.get((element, name, "/LBody"), (None,))[0], pdf)
            if node["S"] in _MERGED:
                key = element, name, node["S"] if element.tag in _LISTED else ""
                whole, last_page = first.get(key, (node, page_number))
                first[key] = whole, page_number
                if whole is not node and last_page < page_number:
                    for kid in node["K"]:
                        if isinstance(kid, bytes):  # a reference to a child element
                            pdf.objects[int(kid.split()[0])]["P"] = whole.reference
                        whole["K"].append(kid)
                    continue
            yield node

    return tree


def mend(document: Any) -> None:
    """Make the next writing of a document give the mended tree, with one link a link."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].link]
    weasy_tags._build_box_tree = mended()
