"""The stylesheet of the web page, with all that it imports and asks for inside it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2
from weasyprint import CSS

from printedition.book.house import house_source
from printedition.diagnostics import Findings
from printedition.page.ebook_sheet import is_for_readers
from printedition.page.engine import Fetcher
from printedition.page.rules import address_of
from printedition.page.sheet_log import SheetLog, heard_by, ignored
from printedition.page.sheets import Stylesheet
from printedition.page.subset import cut_down
from printedition.sources import (
    SourceFile,
    SourceNotText,
    SourceOutside,
    Sources,
    SourceTooLarge,
    resolve,
)

_NAME = "web.css"
_KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
}
_FEATURE = re.compile(r"""["']([a-z0-9]{4})["']""")  # as font-feature-settings names them
# What only one maker's e-readers know, and the W3C's checker takes for a slip.
_OF_READERS = re.compile(r"-epub-[a-z-]+\s*:[^;{}]*;?|-webkit-hyphens\s*:[^;{}]*;?")
_KINDLE = re.compile(r"\s*amzn-", re.IGNORECASE)


class WebSheet:
    """The edition's `styles/web.css`, or the house's; what it cannot have is reported."""

    def __init__(self, sources: Sources, findings: Findings) -> None:
        self.sources = sources
        self._sheet = Stylesheet(sources, house_source(sources, "styles", _NAME).text, (_NAME,))
        self._sheet.examine(findings)
        _report_misspelt(self._sheet, findings)

    def for_words(self, words: str) -> str:
        """The stylesheet for a page with these words, which its fonts are cut down to."""
        return "\n".join(self._inlined(self._sheet.file, words, frozenset()))

    def _inlined(self, file: SourceFile, words: str, outer: frozenset[str]) -> Iterator[str]:
        for rule in tinycss2.parse_stylesheet(file.text, skip_comments=True, skip_whitespace=True):
            name = getattr(rule, "lower_at_keyword", "")
            if name == "import":
                yield from self._imported(rule, words, outer | {file.path})
            elif name == "font-face":
                rule.content = list(self._of_font(rule.content or [], words))
                yield rule.serialize()
            elif not (name == "media" and _KINDLE.match(tinycss2.serialize(rule.prelude))):
                self._fill(rule.content or [], words)
                yield _OF_READERS.sub("", rule.serialize())

    def _imported(self, rule: Any, words: str, outer: frozenset[str]) -> Iterator[str]:
        """What is imported, for the media that the rule names."""
        named = [each for each in rule.prelude if each.type != "whitespace"]
        address = unquote(address_of(named[0])) if named else ""
        try:
            path = resolve(address, "styles")
            file = house_source(self.sources, "styles", path.removeprefix("styles/"))
        except (SourceNotText, SourceOutside, SourceTooLarge, OSError):
            return  # reported where it is asked for
        if file.path in outer:
            return
        media = tinycss2.serialize(named[1:]).strip()
        inside = self._inlined(file, words, outer)
        yield from (f"@media {media} {{", *inside, "}") if media else inside

    def _of_font(self, tokens: list[Any], words: str) -> Iterator[Any]:
        """Descriptors without the formats that they tell of: the fonts have another here."""
        self._fill(tokens, words)
        for token in tokens:
            if not (token.type == "function" and token.lower_name in ("format", "tech")):
                yield token

    def _fill(self, tokens: list[Any], words: str) -> None:
        """Puts each file in the place of its address."""
        for token in tokens:
            if token.type == "url":
                token.representation = f'url("{self._address(token, words)}")'
            elif token.type == "function" and token.lower_name == "url":
                for each in token.arguments:
                    if each.type == "string":
                        each.representation = f'"{self._address(token, words)}"'
            else:
                self._fill(getattr(token, "arguments", None) or [], words)
                self._fill(getattr(token, "content", None) or [], words)

    def _address(self, token: Any, words: str) -> str:
        """What an address leads to, as one that holds it whole; what is reported, unchanged."""
        address = address_of(token)
        if address.startswith(("data:", "#")):
            return address
        try:
            path = resolve(unquote(urlsplit(address).path), "styles")
        except SourceOutside:
            return ""
        data = self._sheet.files.get(path, b"")
        kind = _KINDS.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
        if any(face.data == data for face in self._sheet.faces if data):
            signs = words + self._sheet.file.text
            cut = cut_down(data, signs, _FEATURE.findall(self._sheet.file.text))
            data, kind = cut, "font/woff2" if cut is not data else kind
        return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _report_misspelt(sheet: Stylesheet, findings: Findings) -> None:
    """Reports properties that are nearly called like one there is.

    Browsers know more than the engine of the printed book, so that its other complaints tell
    nothing of the page.
    """
    log = SheetLog()
    with heard_by(log):
        CSS(
            string=sheet.file.text,
            base_url=sheet.url,
            url_fetcher=Fetcher(sheet.sources),
            font_config=None,
        )
    slips = [
        each for each in log.found if ignored(each[0])[1] and not is_for_readers(each[0], each[2])
    ]
    sheet.report_ignored(slips, findings)
