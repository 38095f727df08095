"""An errata list as Markdown, as XHTML for an e-book, and as the copy of a printed slip."""

from __future__ import annotations

import re
from html import escape

from printedition.revision.errata import Errata, Erratum

_STARS = re.compile(r"(?<!\\)\*(.+?)(?<!\\)\*")


def as_markdown(errata: Errata) -> str:
    """The list in Markdown, for a web page or the front of the next edition."""
    lines = [f"# {errata.title}", "", f"*{errata.heading}*: {errata.of}.", ""]
    lines += (f"- {one.where}: {one.what}{one.remark}" for one in errata.items)
    if not errata.items:
        lines.append(errata.none)
    return "\n".join(lines) + "\n"


def as_section(errata: Errata) -> str:
    """The list as a chapter of an e-book (EPUB 3, XHTML), which stands for itself."""
    lang = escape(errata.lang)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{lang}" xml:lang="{lang}">\n<head><title>{escape(errata.title)}</title></head>\n'
        f'<body>\n<section epub:type="errata">\n{_list(errata)}</section>\n</body>\n</html>\n'
    )


def as_copy(errata: Errata) -> str:
    """The page that a slip is set from, as XML without namespaces."""
    return (
        f'<html lang="{escape(errata.lang)}"><head><title>{escape(errata.title)}</title></head>'
        f'<body><section class="errata">{_list(errata)}</section></body></html>'
    )


def _list(errata: Errata) -> str:
    head = f'<h1>{escape(errata.title)}</h1>\n<p class="book">{escape(errata.heading)}</p>\n'
    head += f'<p class="printings">{escape(errata.of)}</p>\n'
    if not errata.items:
        return f"{head}<p>{escape(errata.none)}</p>\n"
    items = (
        f'<li><span class="where">{escape(one.where)}:</span> {_said(one.what)}{_apart(one)}</li>\n'
        for one in errata.items
    )
    return f"{head}<ul>\n{''.join(items)}</ul>\n"


def _apart(one: Erratum) -> str:
    """Comment and credit, in a style of their own."""
    return f'<span class="remark">{_said(one.remark)}</span>' if one.remark else ""


def _said(what: str) -> str:
    return _STARS.sub(r"<em>\1</em>", escape(what)).replace("\\*", "*")
