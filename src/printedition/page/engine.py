"""The door to WeasyPrint: a document from our tree of elements, with its log as diagnostics."""

from __future__ import annotations

import gc
import logging
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import cssselect2
from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.document import Document
from weasyprint.html import UA_STYLESHEET
from weasyprint.images import get_image_from_uri
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from printedition.book.templates import link_to_nothing, picture_of_nothing
from printedition.diagnostics import Findings
from printedition.page import (
    bare,
    drawn_words,
    kept_breaks,
    known_words,
    lengths,
    likeness,
    long_words,
    objects,
    page_styles,
    pdf_file,
    spaces,
    typesetting,
    undeclared,
)
from printedition.page.glyphs import Glyphs, letters_of
from printedition.page.pdf_file import Plan, planned
from printedition.page.sheet_log import SheetLog, heard_by
from printedition.page.sheets import BASE, Stylesheet, fetched
from printedition.sources import Sources, Span

# Boxes are made by the hundred thousand, and few are garbage in cycles: to look for these as often
# as Python does took a tenth of all layout.
_SELDOM = 50_000, 20, 20

OPTIONS = {**DEFAULT_OPTIONS, "pdf_variant": "pdf/ua-1", "pdf_identifier": True}


_SHEETS = ("page.css", "cover.css", "jacket.css", "large-print.css")


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint the house's fonts and the edition's pictures, and nothing else."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self.sources = sources

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """A font or picture by its address; raises ValueError for any other address."""
        parts = urlsplit(url)
        path = unquote(parts.path).lstrip("/")
        if parts.scheme == "data":
            return super().fetch(url, headers)
        if parts.netloc != urlsplit(BASE).netloc:
            raise ValueError(f"nothing is fetched from {url}")
        data = fetched(self.sources, path)
        kind = {".otf": "font/otf", ".ttf": "font/ttf", ".png": "image/png"}
        mime = kind.get(Path(path).suffix.lower(), "image/jpeg")
        return URLFetcherResponse(url, body=data, headers={"Content-Type": mime})


_NOTES = frozenset(
    ["footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"]
)


def _plain_style() -> CSS:
    """WeasyPrint's own style, but for what it gives to every element for notes it might call.

    Six styles an element, of which none is used here, cost a tenth of all layout.
    """
    plain, matcher = copy(UA_STYLESHEET), copy(UA_STYLESHEET.matcher)
    of_all, of_names = matcher.other_selectors, matcher.lower_local_name_selectors
    markers = [selector for selector in of_all if selector[3] == "marker"]
    matcher.other_selectors = [one for one in of_all if one[3] not in _NOTES | {"marker"}]
    matcher.lower_local_name_selectors = {**of_names, "li": [*of_names["li"], *markers]}
    plain.matcher = matcher
    return plain


class _Wrapper(cssselect2.ElementWrapper):  # type: ignore[misc]
    """An element; those within are found by their names without wrapping all others."""

    def query_all(self, *selectors: Any) -> Iterator[Any]:
        """The elements of these names, which is all that WeasyPrint asks a document for."""
        assert all(map(str.isalpha, selectors))
        found = (one for one in self.etree_element.iter() if one.tag in selectors)
        return map(type(self).from_html_root, found)


class _Tree(HTML):  # type: ignore[misc]
    """A document from elements that are parsed already, so that a note may hold paragraphs."""

    def __init__(self, root: ElementTree.Element, fetcher: URLFetcher) -> None:
        self.base_url = BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = _Wrapper.from_html_root(root)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        global _PLAIN
        if _PLAIN is None:
            _PLAIN = _plain_style()
        return [_PLAIN]


_PLAIN: CSS | None = None


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self.messages:
            self.messages.append(message)


@contextmanager
def listening() -> Iterator[list[str]]:
    """What WeasyPrint warns of meanwhile."""
    log = _Log()
    with heard_by(log):
        yield log.messages


def _say(messages: list[str], findings: Findings, sheet: Stylesheet) -> None:
    """Report what the engine warned of while it set and wrote the pages."""
    span = Span("edition.yaml", 0, 0)
    for message in messages:
        anchor = re.search(r"No anchor #(.*) for internal|undefined anchor '?#?(.*?)'?$", message)
        if "notdef" in message or message.startswith("Font-face"):
            continue  # reported with its place: glyphs.py, sheets.py
        if anchor:
            findings.report("PDF001", link_to_nothing(anchor[1] or anchor[2]), span)
        elif message.startswith("Failed to load image"):
            address = message.partition("'")[2].partition("': ")[0]
            told = any(f"“{address}”" in found.message for found in findings.diagnostics)
            if not told and not address.startswith(BASE + "styles/"):  # told where styles ask
                findings.report("PDF001", picture_of_nothing(address.removeprefix(BASE)), span)
        elif message.startswith(("Ignored", "Unsupported", "Invalid", "Unknown", "Expected")):
            findings.report("CSS001", message, span)
        else:
            words = re.sub('"([^"]*)"', r"“\1”", message).rstrip(".")
            findings.report(
                "PDF005", f"the layout engine says: {words}", _cause(message, sheet) or span
            )


# Of a style that is understood when it is read and turns out to be of no use where it is applied,
# the engine tells no place: the words of its message, and the value that it speaks of.
_APPLIED = (
    (r'^"((?:string|element)\([^\s)]*)', r"\1"),
    ("^Inline grids", "inline-grid"),
    ("^Subgrids", "subgrid"),
    ('^"auto-fit"', "repeat(auto-fi"),
    ("^Baseline alignment", "baseline"),
)


def _cause(message: str, sheet: Stylesheet) -> Span | None:
    """The declaration that a message of layout speaks of, where one is known."""
    for pattern, value in _APPLIED:
        found = re.search(pattern, message)
        if found:
            return sheet.place_of(found.expand(value))
    return None


class Engine:
    """Lays out documents in one style; fonts and stylesheet are read once."""

    def __init__(self, sources: Sources, stylesheet: str, findings: Findings) -> None:
        gc.set_threshold(*_SELDOM)
        kept_breaks.mend()
        spaces.mend()
        long_words.mend()
        likeness.mend()
        lengths.mend()
        typesetting.mend()
        known_words.mend()
        drawn_words.mend()
        bare.mend()
        objects.mend()
        pdf_file.mend()
        page_styles.mend()
        undeclared.mend()
        self.fetcher = Fetcher(sources)
        self.fonts = FontConfiguration()
        self.findings = findings
        self.messages: list[str] = []
        self.more: dict[str, CSS] = {}
        images: dict[str, Any] = {}
        self.image = partial(get_image_from_uri, images, self.fetcher, OPTIONS)
        self.sheet = Stylesheet(sources, stylesheet, _SHEETS)
        self.sheet.examine(findings)
        self.sheet.report_strange_fonts(findings)
        self.glyphs = Glyphs(self.sheet.faces)
        self.families = {face.family for face in self.sheet.faces}
        log = SheetLog()
        with heard_by(log):
            # Apart, so that lines are counted in the file, and @import stands at its beginning.
            self.styles = [
                CSS(
                    string=text,
                    base_url=url,
                    url_fetcher=self.fetcher,
                    font_config=self.fonts,
                )
                for text, url in self.sheet.parts()
            ]
        self.sheet.report_ignored(log.found, findings)

    def lay_out(self, page: str, more: str = "", *, furnished: bool = True) -> Any:
        """Pages of a document given as XML without namespaces; `more` is added to its style.

        They have heads and folios, unless they are not to be `furnished`. Raises
        xml.etree.ElementTree.ParseError where it is not well-formed.
        """
        root = ElementTree.fromstring(page)
        long_words.break_up(root)
        options = {**OPTIONS, "stylesheets": [*self.styles, *self._added(more)]}
        with listening() as messages, page_styles.furnished(furnished):
            document = Document._render(_Tree(root, self.fetcher), self.fonts, None, None, options)
        self.messages += [message for message in messages if message not in self.messages]
        return document

    def _added(self, style: str) -> list[CSS]:
        """What is added to the style of a document; galleys of one breadth are added the same."""
        if style and style not in self.more:
            self.more[style] = CSS(string=style, url_fetcher=self.fetcher)
        return [self.more[style]] if style else []

    def write(
        self, document: Any, finisher: Any, identifier: bytes, plan: Plan | None = None
    ) -> bytes:
        """The PDF of a document; what layout and writing warned of is reported."""
        options = {**OPTIONS, "pdf_identifier": identifier}
        gc.freeze()  # what is made now is needed till the end
        with listening() as messages, planned(plan):
            data = document.write_pdf(finisher=finisher, **options)
        _say([*self.messages, *messages], self.findings, self.sheet)
        self.check_fonts(document, plan)
        assert isinstance(data, bytes)
        return data

    def check_fonts(self, document: Any, plan: Plan | None) -> None:
        """A missing font or character falls back in silence to a font of the machine: say so."""
        sheets = (letters_of(page._page_box.descendants()) for page in document.pages)
        quires = (quire.letters for quire in plan.quires) if plan else ()
        strangers = {
            character: font.family
            for font in document.fonts.values()
            if font.family not in self.families
            for text in font.to_unicode.values()
            for character in text
        }
        missing = tuple(self.glyphs.missing(chain(quires, sheets), strangers))
        self.findings.diagnostics += missing
        told = {found.code for found in self.findings.diagnostics}
        if not told & {"PDF003", "PDF004", "CSS002"}:
            for family in sorted(set(strangers.values())):
                self.findings.report(
                    "PDF004",
                    f"characters are set in “{family}”, a font of this machine, since none of "
                    "the book's own has them",
                    Span("edition.yaml", 0, 0),
                )
