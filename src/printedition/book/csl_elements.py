"""The elements of a citation style as citeproc-py 0.11 has them, its faults mended where they lie.

Each class says what it mends. Words get marks of our own (`marked_words`), never those of HTML, so
that nothing has to be escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from citeproc import LOCALES_PATH, PRIMARY_DIALECTS, model
from citeproc.string import MixedString, NoCase, String
from lxml import etree

from printedition.book.marked_words import CLOSE, OPEN

CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RANGE = re.compile(r"(?<!\w)(\d+)\s*[-–]\s*(\d+)(?!\w)")


# Words


class Words(String):
    """Words with marks: a capital goes to their first letter, not to a mark."""

    def capitalize_first(self) -> Words:
        for index, sign in enumerate(self):
            if sign not in OPEN.values():
                return Words(str(self)[:index] + sign.upper() + str(self)[index + 1 :])
        return self


def as_words(text: Any) -> Any:
    """Text of any sort as the processor's own strings; a plain one lacks half their methods."""
    if text is None or isinstance(text, NoCase | Words):
        return text
    if isinstance(text, MixedString):
        return MixedString([as_words(part) for part in text])
    return Words(str(text))


def _mark(kind: str) -> Any:
    return staticmethod(lambda text: Words(f"{OPEN[kind]}{text}{CLOSE}"))


class Formatter:
    """What the processor asks to mark words; nothing is escaped, for nothing is HTML."""

    preformat = staticmethod(str)
    Italic = Oblique = _mark("em")
    Bold = _mark("strong")
    Underline = _mark("underlined")
    Superscript = _mark("superior")
    Subscript = _mark("inferior")
    SmallCaps = _mark("small-caps")
    Light = staticmethod(as_words)


class Unmarked(Formatter):
    """No marks at all, so that lists are sorted by words."""

    Italic = Oblique = Bold = Underline = Superscript = staticmethod(as_words)
    Subscript = SmallCaps = Light = staticmethod(as_words)


# Elements of a style, mended


class _Cased:
    """Case is changed in strings of whatever sort; plain ones make citeproc-py fail (its #101)."""

    def case(self, text: Any, language: str | None = None) -> Any:
        if text is None:
            return None
        return as_words(super().case(as_words(text), language))  # type: ignore[misc]


class _Ranged:
    """Of a range of numbers only the last is shortened, and only if both are numbers as long."""

    def _format_last_page(self, first: str, last: str) -> str:
        if not (first.isdigit() and last.isdigit()) or len(first) != len(last) or len(first) < 2:
            return last
        return str(super()._format_last_page(first, last))  # type: ignore[misc]


class _Text(_Ranged, _Cased, model.Text):
    """A range of cited pages is shortened as those of the work are (CSL 1.0.2)."""

    def _variable(self, item: Any, context: Any) -> Any:
        text = super()._variable(item, context)
        if self.get("variable") != "locator" or item.locator.label != "page":
            return text
        return _RANGE.sub(lambda r: f"{r[1]}–{self._format_last_page(r[1], r[2])}", str(text))


class _NamePart(_Cased, model.Name_Part):
    pass


class _Name(model.Name):
    """Given names are not made initials where the style says so (CSL 1.0.2, `initialize`)."""

    def initialize(self, given: str, mark: str, context: Any) -> Any:
        places = (self, *self.iterancestors(), *(() if context is None else (context,)))
        said = next((place.get("initialize") for place in places if place.get("initialize")), "")
        return given if said == "false" else super().initialize(given, mark, context)


class _Number(_Ranged, _Cased, model.Number):
    pass


class _Label(_Cased, model.Label):
    """A label without its number is not printed, and `number-of-…` has plurals too."""

    def process(self, item: Any, variable: Any = None, plural: Any = None, **rest: Any) -> Any:
        own = self.get("variable")
        if variable is None and own is not None:
            name = own.replace("-", "_")
            if not (item.has_locator if own == "locator" else name in item.reference):
                return None
        return super().process(item, variable, plural, **rest)

    def _is_plural(self, item: Any) -> bool:
        own = self.get("variable")
        if own.startswith("number-of"):
            return str(item.reference.get(own.replace("-", "_"), "1")) != "1"
        return bool(super()._is_plural(item))


class _DatePart(_Cased, model.Date_Part):
    """It writes the attributes of one date into the locale, for all others: they are put back."""

    def render(self, *arguments: Any, **rest: Any) -> Any:
        before = dict(self.attrib)
        try:
            return super().render(*arguments, **rest)
        finally:
            self.attrib.clear()
            self.attrib.update(before)


class _Condition:
    """`disambiguate` is never true, since works that print alike are told apart by their years."""

    def render(self, item: Any, **rest: Any) -> Any:
        if self.get("disambiguate") and self.get("match") != "none":  # type: ignore[attr-defined]
            others = set(self.attrib) - {"disambiguate", "match"}  # type: ignore[attr-defined]
            if not others or self.get("match") != "any":  # type: ignore[attr-defined]
                raise model.ConditionFailed
        return super().render(item, **rest)  # type: ignore[misc]


class _If(_Condition, model.If):
    pass


class _ElseIf(_Condition, model.Else_If):
    pass


class _Substitute(model.Substitute):
    """What a macro printed in place of names is not printed again (CSL 1.0.2, cs:substitute)."""

    def render(self, item: Any, context: Any = None, **rest: Any) -> Any:
        text = super().render(item, context=context, **rest)
        if text:
            said = str(text).casefold()
            layout = (self if context is None else context).get_layout()
            printed = layout.repressed.setdefault(f"{CSL}text", [])
            for name in self._variables():
                value = item.reference.get(name.replace("-", "_"))
                if value is not None and str(value).casefold() in said:
                    printed.append(name)
        return text

    def _variables(self) -> Iterator[str]:
        """The variables that the macros in it may print, by whatever way."""
        waiting, seen = [e.get("macro") for e in self if e.get("macro")], set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            for element in self.get_macro(name).iter(f"{CSL}text"):
                if element.get("variable"):
                    yield element.get("variable")
                elif element.get("macro"):
                    waiting.append(element.get("macro"))


_MENDED = {
    "text": _Text,
    "name": _Name,
    "name-part": _NamePart,
    "number": _Number,
    "label": _Label,
    "date-part": _DatePart,
    "if": _If,
    "else-if": _ElseIf,
    "substitute": _Substitute,
}


def _parser() -> Any:
    """A parser that follows nothing out of the file, and makes the elements of the processor."""
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(CSL[1:-1])
    namespace[None] = model.CitationStylesElement
    for cls in model.CitationStylesElement.__subclasses__():
        if cls.__module__ == model.__name__:
            namespace[cls.__name__.replace("_", "-").lower()] = cls
    namespace.update(_MENDED)
    parser.set_element_class_lookup(lookup)
    return parser


def parsed(xml: str) -> Any:
    """The root of a style or locale; names without a form get the element that they lack."""
    bare = re.sub(r"\A\s*<\?xml[^>]*\?>", "", xml)
    root = etree.fromstring(bare.encode(), _parser())
    for names in root.iter(f"{CSL}names"):
        in_substitute = names.getparent().tag == f"{CSL}substitute"
        if names.find(f"{CSL}name") is None and not in_substitute:
            names.insert(0, names.makeelement(f"{CSL}name"))
    return root


def locales(root: Any, lang: str) -> list[Any]:
    """The terms of a language, the style's own first (CSL 1.0.2, Locale Fallback).

    Those of the style count as of the same dialect: else ordinals would be sought in English.
    """
    short = lang.partition("-")[0].lower()
    own = {locale.get(_LANG): locale for locale in root.findall(f"{CSL}locale")}
    found = [own[name] for name in dict.fromkeys((lang, short, None)) if name in own]
    for name in dict.fromkeys((lang, PRIMARY_DIALECTS.get(short, short), "en-US")):
        try:
            with open(f"{LOCALES_PATH}/locales-{name}.xml", encoding="utf-8") as file:
                found.append(parsed(file.read()))
        except OSError:
            continue
    dialect = next((locale.get(_LANG) for locale in found if locale.getparent() is None), lang)
    for locale in found:
        locale.style = root
        if locale.getparent() is not None:
            locale.set(_LANG, dialect)
    return found
