"""Stylesheets: what of them has no effect, and the files and fonts that they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2

from printedition.book.house import house_folder, house_source
from printedition.diagnostics import HOUSE, Findings, did_you_mean
from printedition.edition.profile import Setting
from printedition.frozen import dataclass
from printedition.page.font_files import characters_of
from printedition.page.rules import (
    address_of,
    after_size,
    declarations,
    families_in,
    first_part,
    is_italic,
    offset_of,
    span_of,
    urls_in,
    weights_of,
)
from printedition.page.sheet_log import ignored
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

ADDED_SHEETS = {Setting.LINKED: "screen.css"}  # to page.css, by how pages are set
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

    `text` may have rules of the program before the file's own, which is found in it, and after it
    a file that a profile adds.
    """

    def __init__(self, sources: Sources, text: str, names: tuple[str, ...]) -> None:
        self.sources = sources
        self.file = SourceFile("styles", text)
        self.before = ""
        self.faces: list[Face] = []
        self.asked: list[Asked] = []
        self.files: dict[str, bytes] = {}
        self._of_text: list[tuple[SourceFile, Any]] = []  # declarations, but those of page margins
        for name in names:
            file = house_source(sources, "styles", name)
            if file.text and file.text in text:
                self.file = file
                self.before = text[: text.index(file.text)]
        more = text.removeprefix(self.before + self.file.text)
        self.added = next((one for one in _added(sources) if one.text and one.text == more), None)
        self.url = BASE + self.file.path.removeprefix(HOUSE)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """The rules of the program, those of the file, and what is added, each with its address."""
        parts = (self.before, BASE + "styles"), (self.file.text, self.url)
        if self.added is None:
            return parts
        return *parts, (self.added.text, BASE + self.added.path.removeprefix(HOUSE))

    # Files and fonts

    def examine(self, findings: Findings) -> None:
        """Read what the sheet asks for, and report what it cannot have."""
        self._examine(self.file, findings, frozenset())
        if self.added is not None:
            self._examine(self.added, findings, frozenset())

    def _examine(self, file: SourceFile, findings: Findings, outer: frozenset[str]) -> None:
        rules = tinycss2.parse_stylesheet(file.text, skip_comments=True, skip_whitespace=True)
        for context, node in declarations(rules):
            if context == "import":
                imported = self._file(file, node, findings)
                if imported is not None and imported.path not in outer:
                    self._examine(imported, findings, outer | {file.path})
            elif context == "font-face":
                self._face(file, node, findings)
            else:
                if context != "page":
                    self._of_text.append((file, node))
                for token in urls_in(node.value):
                    self._fetch(file, token, findings)
                if node.lower_name in ("font-family", "font"):
                    self._ask(file, node)

    def _file(self, file: SourceFile, token: Any, findings: Findings) -> SourceFile | None:
        data = self._fetch(file, token, findings)
        if data is None:
            return None
        path = resolve(unquote(address_of(token)), "styles")
        try:
            return house_source(self.sources, "styles", path.removeprefix("styles/"))
        except (SourceNotText, SourceOutside, SourceTooLarge, OSError):
            findings.report("CSS002", f"“{path}” cannot be read", span_of(file, token))
            return None

    def _fetch(self, file: SourceFile, token: Any, findings: Findings) -> bytes | None:
        """The file that a style names; where it cannot have it, that is reported."""
        address = address_of(token)
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
        findings.report("CSS002", f"“{address_of(token)}” {why}", span_of(file, token))

    def _face(self, file: SourceFile, descriptors: list[Any], findings: Findings) -> None:
        values = {each.lower_name: each for each in descriptors if each.type == "declaration"}
        family = families_in(values["font-family"].value) if "font-family" in values else []
        if not family or "src" not in values:
            return  # the engine says so
        name = family[0][0]
        for token in values["src"].value:
            if token.type == "function" and token.lower_name == "local":
                findings.report(
                    "PDF004",
                    f"local() asks for a font of this machine for “{name}”",
                    span_of(file, token),
                    hint="save the font in the edition's styles/fonts, and name it by url()",
                )
        for token in urls_in(values["src"].value):
            data = self._fetch(file, token, findings)
            if data is None:
                continue
            if not _is_font(data):
                findings.report(
                    "PDF004",
                    f"“{address_of(token)}” is not a font that can be loaded, "
                    f"so “{name}” is missing",
                    span_of(file, token),
                    hint="fonts are OpenType or TrueType (.otf, .ttf), or WOFF",
                )
                continue
            self.faces.append(
                Face(name, is_italic(values), weights_of(values), address_of(token), data)
            )
        if not any(face.family == name for face in self.faces):
            # Said once, at the file that failed, and not at each use of the family.
            self.faces.append(Face(name, False, (1, 1000), "", b""))

    def _ask(self, file: SourceFile, node: Any) -> None:
        value = node.value if node.lower_name == "font-family" else after_size(node.value)
        for number, (family, token, quoted) in enumerate(families_in(value)):
            generic = not quoted and family.lower() in _GENERIC
            if not (not quoted and family.lower() in _KEPT) and not (generic and number):
                self.asked.append(Asked(family, generic, span_of(file, token)))

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

    def place_of(self, value: str) -> Span | None:
        """Where a value, written without blanks, is first declared outside the margins of pages."""
        for file, node in self._of_text:
            written = "".join(tinycss2.serialize(node.value).lower().split())
            if value in written:
                start = offset_of(file, node.source_line, node.source_column)
                return Span(file.path, start, start + len(first_part(file.text[start:])))
        return None

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
            start = offset_of(file, line, column)
            text, hint = ignored(message)
            span = Span(file.path, start, start + len(first_part(file.text[start:])))
            findings.report("CSS001", text, span, hint=hint)


def _added(sources: Sources) -> Iterator[SourceFile]:
    """The files that profiles add to the style of pages."""
    return (house_source(sources, "styles", name) for name in ADDED_SHEETS.values())


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


def _is_font(data: bytes) -> bool:
    try:
        return bool(characters_of(data))
    except Exception:  # fontTools raises whatever it stumbles over
        return False
