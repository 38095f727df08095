"""The words of a printed page, as its reader holds them: lines, entries, notes, index headings.

They are what a printing records. Calls, figures in the margin and heads are none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass as mutable
from dataclasses import field
from typing import Any

from weasyprint.formatting_structure import boxes

from printedition.frozen import dataclass
from printedition.page.galley import ADDED
from printedition.page.pagemap import PageFacts
from printedition.page.worded import audience_of, is_locus, worded

HYPHEN = "\u2010"  # what the setting puts at a line's end, and no text begins a line after
_PASSED_OVER = ADDED | {"leader"}
_NOTES = {"note": "note", "margin": "margin", "end-note": "end"}


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line: its number on the count (0 where it has none), its words, its version's column.

    `places` are the numbers, from 0, of those words that only say where something stands. It is
    for all, or for one `audience`.
    """

    number: int
    words: str
    version: str = ""
    places: tuple[int, ...] = ()
    audience: str = ""


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """An entry or note, as far as it stands on one page.

    `kind` is the name of its band, or `note`, `margin`, `end`; `mark` the numeral that it is
    called by, or the line before an entry; `id` joins the parts of one that runs on. `places` and
    `audience` are as those of a line.
    """

    id: str
    kind: str
    mark: str
    words: str
    line: str = ""
    places: tuple[int, ...] = ()
    audience: str = ""


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """A heading of an index with all before and above it, and its locators as printed.

    Where else to look is the last of these.
    """

    words: str
    locators: tuple[str, ...]
    id: str = field(default="", compare=False)  # which no record keeps


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """What stands on a page: its folio, lines, notes, and headings where it is of an index.

    `heads` are those of the columns and rows of a table of versions, where they are not repeated.
    """

    label: str
    lines: tuple[PrintedLine, ...] = ()
    notes: tuple[PrintedNote, ...] = ()
    headings: tuple[PrintedHeading, ...] = ()
    heads: tuple[str, ...] = ()


@mutable(slots=True)
class _Part:
    """A note, entry, heading, or cell of a table of versions, while its lines are gathered."""

    id: str
    kind: str
    lines: list[list[tuple[str, bool]]] = field(default_factory=list)
    mark: str = ""
    locators: dict[Any, list[str]] = field(default_factory=dict)  # by element, by line
    locator: list[str] = field(default_factory=list)
    at: Any = None
    audience: str = ""


class _Reader:
    """Reads the light boxes of one page of a section."""

    def __init__(self) -> None:
        self.body: list[list[tuple[str, bool]]] = []
        self.audiences: list[str] = []  # of each of these lines
        self.audience = ""  # of what is being read
        self.parts: dict[Any, _Part] = {}
        self.line: Any = None
        self.body_line: Any = None

    def read(
        self, box: Any, part: _Part | None = None, apart: str = "", *, locus: bool = False
    ) -> None:
        """Read a box and those within, which belong to a part; `apart` is of what piece of it.

        `locus`: they say where something stands.
        """
        element = box.element
        classes = (element.get("class") or "").split() if element is not None else []
        if _PASSED_OVER & set(classes):
            if "leader" in classes and not isinstance(box, boxes.TextBox):
                self._take(" ", part, apart, locus=False)
            return
        if isinstance(box, boxes.LineBox):
            self.line = box
        audience, self.audience = self.audience, audience_of(element) or self.audience
        locus = locus or is_locus(element)
        part = self._part(element, classes, part)
        if part is not None and {"label", "number"} & set(classes):
            apart = "mark"
        elif part is not None and part.kind == "heading":
            apart_too = {"locator", "see"} & set(classes)
            if apart_too and not isinstance(box, boxes.TextBox):
                apart = "locator"
                part.locator = part.locators.setdefault(element, [])
                part.locator.append("")
        if isinstance(box, boxes.TextBox):
            self._take(box.text, part, apart, locus=locus)
        for child in box.children:
            self.read(child, part, apart, locus=locus)
        self.audience = audience

    def _part(self, element: Any, classes: Sequence[str], part: _Part | None) -> _Part | None:
        """The part that an element begins, or goes on with; else that in which it stands."""
        if element is None:
            return part
        name = str(element.get("data-id") or element.get("id") or "")
        if part is None and element.tag in ("td", "th") and _is_of_versions(element):
            return self._begun(element, name, "head" if element.tag == "th" else "cell", part)
        if "band" in classes:
            return self._begun(element, name, str(element.get("data-band") or ""), part)
        if "entry" in classes and part is not None:
            return self._begun(element, "", part.kind, part)
        for known, kind in _NOTES.items():
            if known in classes and element.tag != "a":
                return self._begun(element, name, kind, part)
        if name.startswith("index.") or "subheading" in classes:
            if element.tag in ("li", "span"):
                return self._begun(element, name, "heading", None)
        elif part is not None and not part.id and name.endswith(".entry"):
            part.id = name
        return part

    def _begun(self, element: Any, name: str, kind: str, inside: _Part | None) -> _Part:
        if element not in self.parts:
            self.parts[element] = _Part(name, kind, audience=self.audience)
        return self.parts[element]

    def _take(self, text: str, part: _Part | None, apart: str, *, locus: bool) -> None:
        if part is None:
            if self.line is not self.body_line:
                self.body.append([])
                self.audiences.append(self.audience)
                self.body_line = self.line
            self.body[-1].append((text, locus))
        elif apart == "mark":
            part.mark += text
        elif apart == "locator":
            part.locator[-1] += text
        elif not part.locators:
            if part.at is not self.line:
                part.lines.append([])
                part.at = self.line
            part.lines[-1].append((text, locus))


def _is_of_versions(cell: Any) -> bool:
    """Whether a cell stands in a table of versions, and not in one of the text."""
    return cell.get("data-column") is not None or cell.get("scope") == "rowgroup"


def read_page(
    label: str, roots: Sequence[Any], facts: PageFacts | None, *, table: bool = False
) -> PrintedWords:
    """The words of a page from its boxes; of a text's lines `facts` tells the numbers.

    Of a `table` of versions facts tell what stands in its cells.
    """
    reader = _Reader()
    for root in roots:
        reader.read(root)
    found = zip(map(worded, reader.body), reader.audiences, strict=True)
    body = tuple(
        PrintedLine(0, words, places=places, audience=audience)
        for (words, places), audience in found
        if words
    )
    lines = body if facts is None or table else ()
    if facts is not None:
        told = (
            PrintedLine(one.number, one.words, one.version, one.places, one.audience)
            for one in facts.lines
        )
        lines = (*told, *lines)
    loci = {one.id: one.line for one in facts.standing + facts.beside} if facts else {}
    notes, headings = tuple(_notes(reader, loci)), tuple(_headings(reader))
    parts = reader.parts.values()
    heads = tuple(_worded(part)[0] for part in parts if part.kind == "head" and part.lines)
    return PrintedWords(label, lines, notes, headings, heads)


def _notes(reader: _Reader, loci: dict[str, str]) -> Iterator[PrintedNote]:
    for part in reader.parts.values():
        words, places = _worded(part)
        if part.kind in ("heading", "head", "cell") or not words:
            continue
        mark = tidy(part.mark).rstrip(".")
        name = part.id.removesuffix(".entry")
        line = loci.get(part.id) or loci.get(name, "")
        yield PrintedNote(part.id, part.kind, mark, words, line, places, part.audience)


def _headings(reader: _Reader) -> Iterator[PrintedHeading]:
    for part in reader.parts.values():
        words = _worded(part)[0].rstrip(" ,:;")
        if part.kind == "heading" and words:
            yield PrintedHeading(words, tuple(_located(part)), part.id)


def _worded(part: _Part) -> tuple[str, tuple[int, ...]]:
    """The words of a part as one line, a word that was divided over two lines whole again."""
    pieces: list[tuple[str, bool]] = []
    for line in part.lines:
        first, *rest = line
        if pieces and pieces[-1][0].endswith(HYPHEN):
            begun, locus = pieces.pop()
            pieces.append((begun[: -len(HYPHEN)], locus))
            first = first[0].lstrip(), first[1]
        elif pieces:
            pieces.append((" ", False))
        pieces += [first, *rest]
    return worded(pieces)


def _located(part: _Part) -> Iterator[str]:
    for lines in part.locators.values():
        yield tidy(joined([line for line in lines if line.strip()])).lstrip(".; ")


def joined(lines: Sequence[str]) -> str:
    """Lines as one, a word that was divided over two of them whole again."""
    text = ""
    for line in lines:
        if text.endswith(HYPHEN):
            text = text[: -len(HYPHEN)] + line.lstrip()
        else:
            text = f"{text} {line}" if text else line
    return text


def tidy(words: str) -> str:
    """Words with single blanks, of whatever width they were."""
    return " ".join(words.split())
