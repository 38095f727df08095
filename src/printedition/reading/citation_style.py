"""A style of citing as its file says it: XML of the Citation Style Language, held safe to use.

It comes from outside, so it may hold no entities, name no other file, and call its macros only so
often that formatting with it comes to an end.
"""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree

from printedition.diagnostics import Findings
from printedition.edition.bibliography import CitationStyle
from printedition.edition.quotation import Value
from printedition.sources import SourceFile, Span

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_DEEPEST = 100  # elements one inside another; those of the Chicago style are 20
_MOST_STEPS = 5_000_000  # elements met when every macro is followed; the longest style has a fifth
_GET_ANOTHER = "take an independent style (.csl) from the styles of citationstyles.org"


class _WithEntities(Exception):
    """The file declares a document type, by which entities come in."""


class _Builder(ElementTree.TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def start(self, *arguments: object) -> ElementTree.Element:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise RecursionError
        return super().start(*arguments)  # type: ignore[arg-type]

    def end(self, tag: str) -> ElementTree.Element:
        self.depth -= 1
        return super().end(tag)

    def doctype(self, *_declared: str | None) -> None:
        raise _WithEntities


def read_style(file: SourceFile, named: Value, findings: Findings) -> CitationStyle | None:
    """The style in a file that edition.yaml names; None where it can't be used, as reported."""
    message, span, hint = _fault(file)
    if message:
        findings.report("BIB005", message, span, hint=hint)
        return None
    return CitationStyle(file.text, named.span)


def _fault(file: SourceFile) -> tuple[str, Span, str | None]:
    """What keeps a file from being used as a style, and where; an empty string if nothing."""
    start = Span(file.path, 0, len(file.text.partition("\n")[0]))
    try:
        root = ElementTree.fromstring(file.text, ElementTree.XMLParser(target=_Builder()))
    except _WithEntities:
        return "the style declares a document type; that is never followed", start, _GET_ANOTHER
    except RecursionError:
        return f"elements stand more than {_DEEPEST} deep in the style", start, _GET_ANOTHER
    except ElementTree.ParseError as error:
        line, column = error.position
        offset = sum(len(each) + 1 for each in file.text.split("\n")[: line - 1]) + column
        place = Span(file.path, offset, offset + 1) if offset < len(file.text) else start
        return "the style is not well-formed XML from here on", place, _GET_ANOTHER
    return (*_unusable(root, start), _GET_ANOTHER)


def _unusable(root: ElementTree.Element, start: Span) -> tuple[str, Span]:
    if root.tag != f"{NAMESPACE}style":
        return "the file is no style in the Citation Style Language (CSL 1.0)", start
    if root.find(f"{NAMESPACE}citation/{NAMESPACE}layout") is None:
        parent = root.find(f"{NAMESPACE}info/{NAMESPACE}link[@rel='independent-parent']")
        if parent is not None:
            name = parent.get("href", "").rstrip("/").rpartition("/")[2]
            return f"the style only stands for another, “{name}”; name the file of that", start
        return "the style does not say how to cite: it has no layout of citations", start
    return _unending(root), start


def _unending(root: ElementTree.Element) -> str:
    """What is wrong with the macros of a style: none there, in a circle, or far too many calls."""
    macros = {macro.get("name", ""): macro for macro in root.iter(f"{NAMESPACE}macro")}
    calls: dict[str, list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for name, macro in macros.items():
        for element in macro.iter():
            sizes[name] = sizes.get(name, 0) + 1
            if called := element.get("macro"):
                calls[name].append(called)
    for element in root.iter():
        called = element.get("macro")
        if called is not None and called not in macros:
            return f"the style calls a macro “{called}” that it does not have"
    steps: dict[str, int] = {}
    waiting = set(macros)
    while waiting:
        ready = {name for name in waiting if all(call in steps for call in calls[name])}
        if not ready:
            return f"the macro “{min(waiting)}” of the style calls itself, by way of others or not"
        for name in ready:
            steps[name] = sizes[name] + sum(steps[call] for call in calls[name])
        waiting -= ready
    if any(count > _MOST_STEPS for count in steps.values()):
        return "the macros of the style call one another too often to be followed"
    return ""
