"""The e-book's stylesheet: what of it has no effect in any reader, and the files it asks for."""

from __future__ import annotations

import re
from typing import Any

import tinycss2
from weasyprint import CSS

from printedition.book.house import house_source
from printedition.diagnostics import Findings
from printedition.page.engine import Fetcher
from printedition.page.sheet_log import SheetLog, heard_by
from printedition.page.sheets import Stylesheet
from printedition.sources import Sources


def check_ebook_sheet(sources: Sources, findings: Findings) -> dict[str, bytes]:
    """Report what is wrong with the e-book's stylesheet; the files that it asks for, by path.

    What only a screen needs, and what one maker of readers knows alone, is left to the readers.
    """
    text = house_source(sources, "styles", "ebook.css").text
    sheet = Stylesheet(sources, text, ("ebook.css",))
    sheet.examine(findings)
    log = SheetLog()
    with heard_by(log):
        CSS(string=text, base_url=sheet.url, url_fetcher=Fetcher(sources), font_config=None)
    known = [each for each in log.found if not is_for_readers(each[0], each[2])]
    sheet.report_ignored(known, findings)
    return sheet.files


def is_for_readers(message: str, rule: Any) -> bool:
    """Whether the engine of the printed book ignores only what readers of e-books know."""
    if getattr(rule, "type", "") == "at-rule" and rule.lower_at_keyword == "media":
        queries = tinycss2.serialize(rule.prelude).lower().split(",")
        if "media type" in message:
            return all(_QUERY.fullmatch(query.strip()) for query in queries)
    return any(f"`{name}" in message for name in _OF_READERS)


# A media query, Media Queries 3 §3: a kind of medium, features of it in parentheses, or both.
_QUERY = re.compile(
    r"(?:(?:only\s+|not\s+)?(?:all|screen|print|speech|amzn-[a-z0-9]+)|\([a-z-]+(?:\s*:[^()]+)?\))"
    r"(?:\s+and\s+\([a-z-]+(?:\s*:[^()]+)?\))*"
)


# Properties of CSS that e-readers know and the engine of the printed book does not.
_OF_READERS = (
    "writing-mode", "text-orientation", "text-emphasis", "text-combine", "ruby-", "line-break",
    "adobe-", "hanging-punctuation", "text-underline-position", "scroll-", "touch-", "user-",
    "filter", "backdrop-", "will-change", "color-scheme", "accent-color", "text-rendering",
    "font-smooth", "font-optical", "font-palette", "font-synthesis", "text-wrap", "all",
    "clip-path",
)  # fmt: skip
