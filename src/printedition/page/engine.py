"""The door to WeasyPrint: a document from our tree of elements, with its log as diagnostics."""

from __future__ import annotations

import logging
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import cssselect2
from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from printedition.book.house import house_folder
from printedition.diagnostics import Findings
from printedition.page import long_words, spaces
from printedition.sources import SourceMissing, SourceOutside, Sources, Span

OPTIONS = {**DEFAULT_OPTIONS, "pdf_variant": "pdf/ua-1", "pdf_identifier": True}


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint the house's fonts and the edition's pictures, and nothing else."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self.sources = sources

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = unquote(parts.path).lstrip("/")
        if parts.netloc != "edition.invalid":  # RFC 2606: a name that never leads anywhere
            raise ValueError(f"nothing is fetched from {url}")
        try:
            data = self.sources.read_bytes(path)
        except (SourceMissing, SourceOutside):
            house = house_folder("styles").parent
            real = (house / path).resolve()
            if not real.is_relative_to(house_folder("styles").resolve()):
                raise ValueError(f"{path} lies outside the house's styles") from None
            data = real.read_bytes()
        kind = {".otf": "font/otf", ".ttf": "font/ttf", ".png": "image/png"}
        mime = kind.get(Path(path).suffix.lower(), "image/jpeg")
        return URLFetcherResponse(url, body=data, headers={"Content-Type": mime})


class _Tree(HTML):  # type: ignore[misc]
    """A document from elements that are parsed already, so that a note may hold paragraphs."""

    def __init__(self, root: ElementTree.Element, fetcher: URLFetcher) -> None:
        self.base_url = "http://edition.invalid/"
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self.messages:
            self.messages.append(message)


@contextmanager
def _listening() -> Iterator[list[str]]:
    logger = logging.getLogger("weasyprint")
    log, handlers, propagate = _Log(), logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [log], False
    try:
        yield log.messages
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def _say(messages: list[str], findings: Findings, path: str) -> None:
    span = Span(path, 0, 0)
    for message in messages:
        if "notdef" in message:
            findings.report("PDF003", message, span)
        elif re.search(r"undefined anchor|No anchor", message):
            findings.report("PDF001", message, span)
        elif "font" in message.lower() and "fail" in message.lower():
            findings.report("PDF004", message, span)
        elif message.startswith(("Ignored", "Unsupported", "Invalid", "Unknown", "Expected")):
            findings.report("CSS001", message, span)
        else:
            findings.report("PDF005", message, span)


class Engine:
    """Lays out documents in one style; fonts and stylesheet are read once."""

    def __init__(self, sources: Sources, stylesheet: str, findings: Findings) -> None:
        spaces.mend()
        self.fetcher = Fetcher(sources)
        self.fonts = FontConfiguration()
        self.findings = findings
        self.messages: list[str] = []
        self.families = set(
            re.findall(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^;\"'}]+)", stylesheet)
        )
        with _listening() as messages:
            self.style = CSS(
                string=stylesheet,
                base_url="http://edition.invalid/styles/",
                url_fetcher=self.fetcher,
                font_config=self.fonts,
            )
        _say(messages, findings, "styles/page.css")

    def lay_out(self, page: str, more: str = "") -> Any:
        """Pages of a document given as XML without namespaces; `more` is added to its style.

        Raises xml.etree.ElementTree.ParseError where it is not well-formed.
        """
        root = ElementTree.fromstring(page)
        long_words.break_up(root)
        sheets = [self.style, *([CSS(string=more)] if more else [])]
        options = {**OPTIONS, "stylesheets": sheets}
        with _listening() as messages:
            document = Document._render(
                _Tree(root, self.fetcher), self.fonts, None, None, options
            )
        self.messages += [message for message in messages if message not in self.messages]
        return document

    def write(self, document: Any, finisher: Any, identifier: bytes) -> bytes:
        """The PDF of a document; what layout and writing warned of is reported."""
        options = {**OPTIONS, "pdf_identifier": identifier}
        with _listening() as messages:
            data = document.write_pdf(finisher=finisher, **options)
        _say([*self.messages, *messages], self.findings, "edition.yaml")
        self.check_fonts(document)
        assert isinstance(data, bytes)
        return data

    def check_fonts(self, document: Any) -> None:
        """A missing font or character falls back in silence to a font of the machine: say so."""
        for font in document.fonts.values():
            family = font.family.decode() if isinstance(font.family, bytes) else font.family
            if family not in self.families:
                self.findings.report(
                    "PDF004",
                    f"characters are set in “{family}”, a font of this machine, since none of "
                    "the book's own has them",
                    Span("edition.yaml", 0, 0),
                )
