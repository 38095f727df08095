"""Fills templates in, and says where in them a fault is, and what of the edition was printed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from types import FrameType
from typing import Any
from xml.etree import ElementTree

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError, Undefined
from jinja2.debug import get_template_locals
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.utils import missing

from printedition.book import tree
from printedition.book.compiled import Compiled
from printedition.book.house import (
    ROOT,
    BookFaults,
    house_folder,
    house_names,
    house_source,
    unreadable,
)
from printedition.book.left_out import left_out
from printedition.book.sandbox import UNSEEN, Sandbox, TooMuch
from printedition.book.wellformed import TAG, first_ill_tag, ill_place
from printedition.diagnostics import HOUSE, Diagnostic, Label, did_you_mean, in_order
from printedition.frozen import dataclass
from printedition.sources import (
    SourceNotText,
    SourceOutside,
    Sources,
    SourceTooLarge,
    Span,
)


@dataclass(frozen=True, slots=True)
class _Printing:
    """Where in a template something is printed, and what of the edition is."""

    template: str
    line: int
    node: Any
    names: tuple[str, ...]


def _printing(frames: Iterable[tuple[FrameType, int]]) -> _Printing | None:
    """The innermost template of the frames (innermost first), and the nearest node with a place."""
    found: tuple[str, int, tuple[str, ...]] | None = None
    for frame, line in frames:
        template = frame.f_globals.get("__jinja_template__")
        if template is None:
            continue
        values = get_template_locals(frame.f_locals)
        if found is None:
            number = template.get_corresponding_lineno(line)
            found = template.name, number, tuple(values)
        for name in ("node", "one", "note", "cell", "row", "item", "section"):
            if getattr(values.get(name), "span", None) is not None:
                return _Printing(found[0], found[1], values[name], found[2])
    return _Printing(found[0], found[1], None, found[2]) if found else None


def _standing(frame: FrameType | None) -> Iterator[tuple[FrameType, int]]:
    while frame is not None:
        yield frame, frame.f_lineno
        frame = frame.f_back


def _raised(fault: BaseException) -> list[tuple[FrameType, int]]:
    frames = []
    trace = fault.__traceback__
    while trace is not None:
        frames.append((trace.tb_frame, trace.tb_lineno))
        trace = trace.tb_next
    return frames[::-1]


class _Loader(BaseLoader):
    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        name = "/".join(split_template_path(template))  # raises TemplateNotFound for ..
        try:
            file = house_source(self.sources, "templates", name)
        except OSError:
            raise TemplateNotFound(template) from None
        except (SourceNotText, SourceOutside, SourceTooLarge) as fault:
            raise BookFaults([unreadable(f"templates/{name}", fault)]) from None
        return file.text, file.path, lambda: True


_NOUNS = {
    "tuple": "a list",
    "list": "a list",
    "dict": "a record",
    "str": "a string of words",
    "Markup": "a string of words",
    "Words": "a run of words",
    "TemplateModule": "the imported template",
    "NoneType": "nothing",
    "int": "a number",
    "bool": "true or false",
}
_WITH_SECTION = ("page/galley.html", "ebook/chapter.xhtml")  # include the template of its kind
MOST_TOLD = 100  # names of one page that nobody gave


class Templates:
    """Fills templates in; what they may call is Jinja2's sandbox, and no name may be missing."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._told: list[Diagnostic] = []
        self._book: tree.Book | None = None
        self._filled: dict[tuple[str, str], dict[str, Any]] = {}
        self._environment = Sandbox(_Loader(sources), self._unknown)
        self._environment.bytecode_cache = Compiled(house_folder("templates"))

    def render(self, name: str, **context: Any) -> str:
        """The template filled in, well-formed XML; raises BookFaults, with all that are found."""
        self._told = []
        self._book = context.get("book")
        section = context.get("section")
        self._filled[name, section.id if section else ""] = context
        page = self._fill_in(self._environment, name, context)
        if self._told:
            raise BookFaults(self._told)
        try:
            root = ElementTree.fromstring(page.encode())
        except (ElementTree.ParseError, ValueError) as fault:
            raise BookFaults([self._ill_formed(name, context, str(fault))]) from None
        if section and (faults := list(self._left_out(name, context, root))):
            raise BookFaults(faults)
        return page

    def _left_out(
        self, name: str, context: dict[str, Any], root: ElementTree.Element
    ) -> Iterator[Diagnostic]:
        """What templates of the edition's own do not print, though notes have their places by it.

        Those of the house print all.
        """
        kind = f"sections/{context['section'].kind}.html"
        used = (kind, name) if name in _WITH_SECTION else (name,)
        own = [span for each in (*used, "macros.html") if (span := self._own(each))]
        if not own:
            return
        ids = {mark for one in root.iter() for key in ("id", "data-id") if (mark := one.get(key))}
        others = [Label(span, "or this one does") for span in own[1:]]
        for identity, what, printed in left_out(name, context, ids):
            message = f"this template leaves out {what}"
            hint = f"print it as the template of the house does, with id “{identity}” there"
            lost = [Label(_line_of(printed), "this would stand nowhere")] if printed else []
            yield Diagnostic("TPL007", message, own[0], (*others, *lost), hint)

    def _own(self, name: str) -> Span | None:
        """The beginning of a template, if it is the edition's own."""
        try:
            span = self._span(name, 1, "")
        except BookFaults:
            return None
        return None if span == ROOT or span.source.startswith(HOUSE) else Span(span.source, 0, 0)

    def _fill_in(self, environment: Sandbox, name: str, context: dict[str, Any]) -> str:
        try:
            return environment.fill_in(name, context)
        except BookFaults:
            raise
        except TemplateSyntaxError as fault:
            raise BookFaults([*self._told, self._misspelt(fault)]) from None
        except Exception as fault:
            printing = _printing(_raised(fault))
            if printing is None and not isinstance(fault, TemplateNotFound):
                raise
            raise BookFaults([*self._told, self._failed(fault, printing, name)]) from fault

    def dead_links(self, targets: Iterable[str]) -> tuple[Diagnostic, ...]:
        """Where the pages that were filled in link to any of the targets, which are nowhere."""
        wanted = set(targets)
        found: list[Diagnostic] = []
        marking = Sandbox(_Loader(self.sources), lambda _: None, marked=True)
        for (name, _), context in self._filled.items():
            page = marking.fill_in(name, context)
            found += self._dead_links(page, wanted, marking.marks, context)
        found += [Diagnostic("PDF001", link_to_nothing(target), ROOT) for target in sorted(wanted)]
        return in_order(found)

    def _dead_links(
        self, page: str, wanted: set[str], marks: list[tuple[str, int]], context: dict[str, Any]
    ) -> Iterator[Diagnostic]:
        places = tree.places_of(context["book"])
        last = ""
        for tag in TAG.finditer(page):
            identity = re.search(r'\bid="([^"]*)"', tag["rest"])
            last = identity[1] if identity and identity[1] in places else last
            link = re.search(r'\b(href="#|src=")([^"]*)"', tag["rest"])
            target = link[2].removeprefix("http://edition.invalid/") if link else ""
            if link and target in wanted:
                wanted.discard(target)  # said once, at the first place
                span = self._span(*marks[int(tag["mark"])], link[1])
                said = link_to_nothing if link[1].startswith("href") else picture_of_nothing
                yield self._own_or_ours("PDF001", said(target), span, places.get(last))

    # What a fault is called

    def _unknown(self, undefined: Undefined) -> None:
        """Hear of a name that a template uses and nobody gave."""
        printing = _printing(_standing(sys._getframe(1)))
        name = str(undefined._undefined_name)
        if undefined._undefined_exception is SecurityError:
            code, message = "TPL003", f"a template may not reach “{name}”"
            hint: str | None = "a template prints what it is given, and reaches nothing else"
        else:
            code, message, hint = self._missing(undefined, name, printing)
        if printing is None:
            self._told.append(Diagnostic(code, message, ROOT, hint=hint))
            return
        told = self._placed(code, message, printing, name, hint)
        known = {(each.message, each.span) for each in self._told}
        if (told.message, told.span) not in known and len(known) < MOST_TOLD:
            self._told.append(told)

    def _missing(
        self, undefined: Undefined, name: str, printing: _Printing | None
    ) -> tuple[str, str, str | None]:
        owner = undefined._undefined_obj
        if undefined._undefined_hint:  # an argument of a macro
            return "TPL002", f"the macro is called without its “{name}”", None
        if owner is missing:
            known = [*(printing.names if printing else ()), *self._environment.globals]
            return "TPL002", f"there is no “{name}” here", did_you_mean(name, known)
        if isinstance(owner, Undefined):
            return "TPL002", f"there is no “{name}” here", None
        kind = type(owner).__name__
        noun = _NOUNS.get(kind) or "a" + re.sub("([A-Z])", r" \1", kind).lower()
        known = list(owner) if isinstance(owner, dict) else dir(owner)
        public = [each for each in known if isinstance(each, str) and each[:1].isalpha()]
        public = [each for each in public if each not in UNSEEN]
        hint = did_you_mean(name, public) if is_dataclass(owner) or len(public) < 60 else None
        return "TPL002", f"{noun} has no “{name}”", hint

    def _misspelt(self, fault: TemplateSyntaxError) -> Diagnostic:
        message = (fault.message or "").rstrip(".")
        name = re.search(r"No (filter|test) named '(.*)'", message)
        template = fault.name or ""
        line = fault.lineno or 1
        if name:
            known = self._environment.filters if name[1] == "filter" else self._environment.tests
            hint = did_you_mean(name[2], [each for each in known if each[:1].isalpha()])
            message = f"there is no {name[1]} “{name[2]}”"
            span = self._span(template, line, name[2])
            return self._own_or_ours("TPL002", message, span, None, hint)
        what, *more = message.split(". ")
        need = re.search(r"innermost block that needs to be closed is '(\w+)'", message)
        what = f"its “{need[1]}” is not closed by “end{need[1]}”" if need and more else what
        message = f"the template does not parse: {what[:1].lower()}{what[1:]}"
        return self._own_or_ours("TPL001", message, self._span(template, line, ""), None)

    def _failed(self, fault: Exception, printing: _Printing | None, name: str) -> Diagnostic:
        hint = None
        words = ""
        match fault:
            case TemplateNotFound():
                words = str(fault.name)
                code, message = "TPL006", f"there is no template “{words}”"
                near = did_you_mean(words, house_names("templates"))
                hint = near if near and near.startswith("did") else None
            case SecurityError():
                code, message = "TPL003", f"a template may not do this: {fault}"
            case RecursionError():
                code = "TPL004"
                message = "the template does too much: macros call one another without end"
            case TooMuch():
                code, message = "TPL004", f"the template does too much: {fault}"
            case OverflowError() if "range" in str(fault).lower():
                code = "TPL004"
                message = "the template does too much: a range has at most 100,000 numbers"
            case _:
                told = str(fault) or type(fault).__name__
                code, message = "TPL001", f"the template cannot be filled in: {told}"
        if printing is None:
            return Diagnostic(code, message, ROOT, hint=hint)
        return self._placed(code, message, printing, words, hint)

    def _ill_formed(self, name: str, context: dict[str, Any], told: str) -> Diagnostic:
        marking = Sandbox(_Loader(self.sources), lambda _: None, marked=True)
        page = self._fill_in(marking, name, context)
        places = tree.places_of(context["book"]) if "book" in context else {}
        fault = first_ill_tag(page) or ill_place(page)
        message, number, near, label = fault
        shown = message.partition("“")[2].partition("”")[0].rstrip(">")
        if not message:
            what = re.sub(r": line \d+, column \d+$", "", told)
            message = f"what it prints is not well-formed: {what}"
        labels = []
        if label is not None:
            labels.append(Label(self._span(*marking.marks[label[1]], label[2]), label[0]))
        span = ROOT
        if number is not None:
            template, line = marking.marks[number]
            span = self._span(template, line, shown)
        return self._own_or_ours("TPL005", message, span, places.get(near), labels=labels)

    # Where a fault is

    def _placed(
        self, code: str, message: str, printing: _Printing, words: str, hint: str | None
    ) -> Diagnostic:
        span = self._span(printing.template, printing.line, words)
        return self._own_or_ours(code, message, span, getattr(printing.node, "span", None), hint)

    def _own_or_ours(
        self,
        code: str,
        message: str,
        span: Span,
        printed: Span | None,
        hint: str | None = None,
        labels: Iterable[Label] = (),
    ) -> Diagnostic:
        """A diagnostic; of a template of the house it says whom to tell."""
        shown = (Label(_line_of(printed), "this was being printed"),) if printed else ()
        if span.source.startswith(HOUSE):  # what its maker meant is nothing to an editor
            hint = "this template is the program's own: if none of yours replaces another that it "
            hint += "uses, report it as our fault"
        return Diagnostic(code, message, span, (*labels, *shown), hint)

    def _span(self, template: str, line: int, words: str) -> Span:
        """The words in a line of a template, or that line without the blanks round it."""
        try:
            file = house_source(self.sources, "templates", template)
        except OSError:
            return ROOT
        lines = file.text.split("\n")
        number = min(max(line, 1), len(lines))
        text = lines[number - 1]
        start = sum(len(each) + 1 for each in lines[: number - 1])
        at = text.find(words) if words else -1
        if at >= 0:
            return Span(file.path, start + at, start + at + len(words))
        bare = text.strip()
        at = text.find(bare)
        return Span(file.path, start + at, start + at + len(bare))


def _line_of(span: Span) -> Span:
    """A place that begins where the span does; a block's whole span is too long to show."""
    return Span(span.source, span.start, span.start)


def link_to_nothing(target: str) -> str:
    """What is said of a link to an id that the book does not have."""
    return f"a link leads to “{target}”, which is nowhere in the book"


def picture_of_nothing(path: str) -> str:
    """What is said of a picture that a template asks for and the edition does not have."""
    return f"a picture “{path}” is not among those of the edition"
