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

_MERGED = {"/P", "/Sect", "/Div", "/BlockQuote", "/Table", "/TBody", "/TR", "/TD", "/TH", "/Note"}
_SVG = "{http://www.w3.org/2000/svg}"
_build_box_tree = weasy_tags._build_box_tree


def _is_note(element: Any) -> bool:
    classes = (element.get("class") or "").split()
    return element.tag in ("div", "span") and bool({"entry", "note", "margin"} & {*classes})


def _mended() -> Callable[..., Iterator[Any]]:
    first: dict[Any, Any] = {}
    notes: list[Any] = []
    opened: list[Any] = []

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
                notes.append(node)
                node["S"], node["ID"] = "/Note", pydyf.String(f"note-{len(notes)}")
            if own and node["S"] == "/Figure" and (words := element.findtext(f"{_SVG}desc")):
                title = element.findtext(f"{_SVG}title") or ""
                node["Alt"] = pydyf.String(f"{title}. {words}".strip())
            if element.get("lang") and element.tag != "html":
                node["Lang"] = pydyf.String(element.get("lang"))
            if node["S"] in _MERGED:
                whole, last_page = first.get((element, name), (node, page_number))
                first[element, name] = whole, page_number
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
    weasy_tags._build_box_tree = _mended()
