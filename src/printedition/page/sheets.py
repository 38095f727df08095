"""Stylesheets: what of them has no effect, and the files and fonts that they ask for."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from types import FrameType
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2
from fontTools.ttLib import TTFont
from weasyprint import CSS
from weasyprint.css.properties import KNOWN_PROPERTIES
from weasyprint.css.validation.expanders import EXPANDERS

from printedition.book.house import house_folder, house_source
from printedition.diagnostics import HOUSE, Findings, did_you_mean
from printedition.sources import (
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    SourceTooLarge,
    Span,
    resolve,
)

BASE = "http://edition.invalid/"  # RFC 2606: a name that never leads anywhere
_GENERIC = frozenset(
    [
        "serif",
        "sans-serif",
        "monospace",
        "cursive",
        "fantasy",
        "system-ui",
        "math",
        "emoji",
        "fangsong",
        "ui-serif",
        "ui-sans-serif",
        "ui-monospace",
        "ui-rounded",
    ]
)
_KEPT = frozenset(["inherit", "initial", "unset", "revert", "revert-layer"])
_SIZES = frozenset(
    [
        "xx-small",
        "x-small",
        "small",
        "medium",
        "large",
        "x-large",
        "xx-large",
        "xxx-large",
        "larger",
        "smaller",
    ]
)
_WEIGHTS = {"normal": 400, "bold": 700}


@dataclass(frozen=True, slots=True)
class Face:
    """A font that the book brings along: what styles call it, its style, and its file's bytes."""

    family: str
    italic: bool
    weights: tuple[int, int]
    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A family that a style asks for, and where."""

    family: str
    generic: bool
    span: Span


class Stylesheet:
    """A stylesheet of the house or of the edition, with what it imports.

    `text` may have rules of the program before the file's own, which is found in it.
    """

    def __init__(self, sources: Sources, text: str, names: tuple[str, ...]) -> None:
        self.sources = sources
        self.file = SourceFile("styles", text)
        self.before = ""
        self.faces: list[Face] = []
        self.asked: list[Asked] = []
        self.files: dict[str, bytes] = {}
        for name in names:
            file = house_source(sources, "styles", name)
            if file.text and file.text in text:
                self.file = file
                self.before = text[: text.index(file.text)]
        self.url = BASE + self.file.path.removeprefix(HOUSE)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """The rules of the program and those of the file, each with its address."""
        return (self.before, BASE + "styles"), (self.file.text, self.url)

    # Files and fonts

    def examine(self, findings: Findings) -> None:
        """Read what the sheet asks for, and report what it cannot have."""
        self._examine(self.file, findings, frozenset())

    def _examine(self, file: SourceFile, findings: Findings, outer: frozenset[str]) -> None:
        rules = tinycss2.parse_stylesheet(file.text, skip_comments=True, skip_whitespace=True)
        for context, node in _declarations(rules):
            if context == "import":
                imported = self._file(file, node, findings)
                if imported is not None and imported.path not in outer:
                    self._examine(imported, findings, outer | {file.path})
            elif context == "font-face":
                self._face(file, node, findings)
            else:
                for token in _urls(node.value):
                    self._fetch(file, token, findings)
                if node.lower_name in ("font-family", "font"):
                    self._ask(file, node)

    def _file(self, file: SourceFile, token: Any, findings: Findings) -> SourceFile | None:
        data = self._fetch(file, token, findings)
        if data is None:
            return None
        path = resolve(unquote(_address(token)), "styles")
        try:
            return house_source(self.sources, "styles", path.removeprefix("styles/"))
        except (SourceNotText, SourceOutside, SourceTooLarge, OSError):
            findings.report("CSS002", f"“{path}” cannot be read", _span(file, token))
            return None

    def _fetch(self, file: SourceFile, token: Any, findings: Findings) -> bytes | None:
        """The file that a style names; where it cannot have it, that is reported."""
        address = _address(token)
        parts = urlsplit(address)
        if parts.scheme == "data" or address.startswith("#"):
            return None
        if parts.scheme or parts.netloc:
            self._refuse(file, token, findings, "is on the network, and nothing is fetched")
            return None
        try:
            path = resolve(unquote(parts.path), "styles")
            data = fetched(self.sources, path)
        except SourceOutside:
            self._refuse(file, token, findings, "lies outside the edition's folder")
        except OSError:
            self._refuse(file, token, findings, f"is missing: there is no {path} in the edition")
        else:
            self.files[path] = data
            return data
        return None

    def _refuse(self, file: SourceFile, token: Any, findings: Findings, why: str) -> None:
        findings.report("CSS002", f"“{_address(token)}” {why}", _span(file, token))

    def _face(self, file: SourceFile, descriptors: list[Any], findings: Findings) -> None:
        values = {each.lower_name: each for each in descriptors if each.type == "declaration"}
        family = _families(values["font-family"].value) if "font-family" in values else []
        if not family or "src" not in values:
            return  # the engine says so
        name = family[0][0]
        for token in values["src"].value:
            if token.type == "function" and token.lower_name == "local":
                findings.report(
                    "PDF004",
                    f"local() asks for a font of this machine for “{name}”",
                    _span(file, token),
                    hint="save the font in the edition's styles/fonts, and name it by url()",
                )
        for token in _urls(values["src"].value):
            data = self._fetch(file, token, findings)
            if data is None:
                continue
            if not _is_font(data):
                findings.report(
                    "PDF004",
                    f"“{_address(token)}” is not a font that can be loaded, so “{name}” is missing",
                    _span(file, token),
                    hint="fonts are OpenType or TrueType (.otf, .ttf), or WOFF",
                )
                continue
            self.faces.append(
                Face(name, _is_italic(values), _weights(values), _address(token), data)
            )
        if not any(face.family == name for face in self.faces):
            # Said once, at the file that failed, and not at each use of the family.
            self.faces.append(Face(name, False, (1, 1000), "", b""))

    def _ask(self, file: SourceFile, node: Any) -> None:
        value = node.value if node.lower_name == "font-family" else _after_size(node.value)
        for number, (family, token, quoted) in enumerate(_families(value)):
            generic = not quoted and family.lower() in _GENERIC
            if not (not quoted and family.lower() in _KEPT) and not (generic and number):
                self.asked.append(Asked(family, generic, _span(file, token)))

    def report_strange_fonts(self, findings: Findings) -> None:
        """Families that styles ask for and no @font-face of theirs brings along."""
        own = {face.family.casefold(): face.family for face in self.faces}
        for asked in self.asked:
            if asked.family.casefold() in own:
                continue
            what = "whatever font the machine has" if asked.generic else "no font of the book's own"
            findings.report(
                "PDF004",
                f"the style asks for “{asked.family}”, which is {what}",
                asked.span,
                hint=did_you_mean(asked.family, own.values()),
            )

    # What has no effect

    def report_ignored(self, found: list[tuple[str, str, Any]], findings: Findings) -> None:
        """What the engine said of the sheet, at its place in the file."""
        for message, url, rule in found:
            file = self.file
            if url != self.url:
                path = unquote(url.removeprefix(BASE))
                try:
                    file = house_source(self.sources, "styles", path.removeprefix("styles/"))
                except (SourceNotText, SourceOutside, SourceTooLarge, OSError):
                    continue  # reported where it is asked for
            place = re.search(r" at (\d+):(\d+)", message)
            line, column = (int(place[1]), int(place[2])) if place else (0, 0)
            if not place and rule is not None:
                line, column = rule.source_line, rule.source_column
            # Of a query that is no query two things are said, of which the second has its place.
            if message.startswith(("Failed to load", "Font-face", "Expected a media type")):
                continue
            start = _offset(file, line, column)
            text, hint = _ignored(message)
            span = Span(file.path, start, start + len(_first_part(file.text[start:])))
            findings.report("CSS001", text, span, hint=hint)


def fetched(sources: Sources, path: str) -> bytes:
    """A file of the edition, or of the house's styles.

    Raises SourceOutside, and OSError where neither has it.
    """
    try:
        return sources.read_bytes(path)
    except SourceMissing:
        styles = house_folder("styles").resolve()
        real = (styles.parent / path).resolve()
        if not real.is_relative_to(styles):
            raise FileNotFoundError(path) from None
        return real.read_bytes()


class SheetLog(logging.Handler):
    """What the engine says while it reads a stylesheet, with the sheet and the rule it reads."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[tuple[str, str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is said of a stylesheet."""
        url, rule = "", None
        frame: FrameType | None = sys._getframe()
        while frame is not None:
            if frame.f_code.co_name == "preprocess_stylesheet":
                url, rule = str(frame.f_locals["base_url"]), frame.f_locals.get("rule")
                break
            frame = frame.f_back
        self.found.append((record.getMessage(), url, rule))


def _declarations(rules: list[Any]) -> Iterator[tuple[str, Any]]:
    """Every declaration; of @import its address, of @font-face all descriptors together."""
    for rule in rules:
        if rule.type == "declaration":
            yield "", rule
        elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
            yield from (("import", token) for token in rule.prelude if token.type in _ADDRESSES)
            yield from (("import", token) for token in _urls(rule.prelude) if token.type != "url")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            yield "font-face", tinycss2.parse_blocks_contents(rule.content or [])
        elif getattr(rule, "content", None) is not None:
            nested = rule.type == "at-rule" and rule.lower_at_keyword in _OF_RULES
            parse = tinycss2.parse_rule_list if nested else tinycss2.parse_blocks_contents
            yield from _declarations(parse(rule.content))


_OF_RULES = ("media", "supports", "layer", "container")
_ADDRESSES = ("url", "string")


def _urls(tokens: list[Any]) -> Iterator[Any]:
    for token in tokens:
        if token.type == "url":
            yield token
        elif token.type == "function":
            if token.lower_name == "url":
                yield token
            else:
                yield from _urls(token.arguments)


def _address(token: Any) -> str:
    if token.type == "function":
        return "".join(each.value for each in token.arguments if each.type == "string")
    return str(token.value)


def _span(file: SourceFile, token: Any) -> Span:
    start = _offset(file, token.source_line, token.source_column)
    shown = token.serialize() if token.type != "ident" else token.value
    long = len(shown) if file.text.startswith(shown, start) else 1
    if token.type in ("url", "function"):
        long = max(file.text.find(")", start) - start + 1, 1)
    return Span(file.path, start, start + long)


def _offset(file: SourceFile, line: int, column: int) -> int:
    lines = file.text.split("\n")
    if not 1 <= line <= len(lines):
        return 0
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1


def _first_part(text: str) -> str:
    return re.split(r"[;{}\n]", text, maxsplit=1)[0]


def _ignored(message: str) -> tuple[str, str | None]:
    """What the engine said, as an editor would read it."""
    ignored = re.match(
        r"(?:Ignored|Deprecated) `([^:`]+):(.*)` at \d+:\d+, (.*?)\.?$", message, re.S
    )
    if not ignored:
        if message.startswith("@import"):
            return "@import has no effect: it must stand before all other rules", None
        words = re.sub(r" at \d+:\d+", "", message).rstrip(".:").replace(" '", "'")
        words = re.sub(r"'\s*(.*?)\s*'", r" “\1”", words)
        return f"a rule has no effect: {words[:1].lower()}{words[1:]}", None
    name, value, why = ignored[1], " ".join(ignored[2].split()), ignored[3]
    hint = None
    if why == "unknown property":
        near = did_you_mean(name, {*KNOWN_PROPERTIES, *EXPANDERS})
        hint = near if near and near.startswith("did") else None
    return f"“{name}: {value}” has no effect: {why}", hint


def _families(tokens: list[Any]) -> list[tuple[str, Any, bool]]:
    """The families of a list: name, first token, whether quoted."""
    found: list[tuple[str, Any, bool]] = []
    words: list[Any] = []
    for token in [*tokens, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            if words and words[0].type == "string":
                found.append((words[0].value, words[0], True))
            elif words and all(word.type == "ident" for word in words):
                found.append((" ".join(word.value for word in words), words[0], False))
            words = []
        elif token.type not in ("whitespace", "comment"):
            words.append(token)
    return found


def _after_size(tokens: list[Any]) -> list[Any]:
    """Of the value of `font` what stands after the size and the height of a line: the families."""
    last = -1
    for number, token in enumerate(tokens):
        sized = token.type in ("dimension", "percentage", "number")
        if sized or (token.type == "ident" and token.lower_value in _SIZES):
            last = number
        elif token.type == "literal" and token.value == ",":
            break
    rest = tokens[last + 1 :] if last >= 0 else []
    slash = [token for token in rest if token.type not in ("whitespace", "comment")][:1]
    if slash and slash[0].type == "literal" and slash[0].value == "/":
        rest = rest[rest.index(slash[0]) + 2 :]
    return rest


def _is_font(data: bytes) -> bool:
    try:
        return bool(TTFont(BytesIO(data), lazy=True).getBestCmap())
    except Exception:  # fontTools raises whatever it stumbles over
        return False


def _is_italic(values: dict[str, Any]) -> bool:
    words = _words(values, "font-style")
    return bool({"italic", "oblique"} & set(words))


def _weights(values: dict[str, Any]) -> tuple[int, int]:
    numbers = [_WEIGHTS.get(word) or int(float(word)) for word in _words(values, "font-weight")
               if word in _WEIGHTS or re.fullmatch(r"[\d.]+", word)]  # fmt: skip
    return (min(numbers), max(numbers)) if numbers else (400, 400)


def _words(values: dict[str, Any], name: str) -> list[str]:
    if name not in values:
        return []
    return str(tinycss2.serialize(values[name].value)).lower().split()


def check_ebook_sheet(sources: Sources, findings: Findings) -> dict[str, bytes]:
    """Report what is wrong with the e-book's stylesheet; the files that it asks for, by path.

    What only a screen needs, and what one maker of readers knows alone, is left to the readers.
    """
    text = house_source(sources, "styles", "ebook.css").text
    sheet = Stylesheet(sources, text, ("ebook.css",))
    sheet.examine(findings)
    log = SheetLog()
    with heard_by(log):
        CSS(string=text, base_url=sheet.url, url_fetcher=_nothing, font_config=None)
    known = [each for each in log.found if not _is_for_readers(each[0], each[2])]
    sheet.report_ignored(known, findings)
    return sheet.files


def _is_for_readers(message: str, rule: Any) -> bool:
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
)  # fmt: skip


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"nothing is fetched from {url}")


@contextmanager
def heard_by(log: logging.Handler) -> Iterator[None]:
    """Let a handler alone hear what the engine logs."""
    logger = logging.getLogger("weasyprint")
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [log], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate
