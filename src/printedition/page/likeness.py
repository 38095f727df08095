"""Styles shared by elements that differ by nothing but their ids.

WeasyPrint 70 computes the style of elements that are alike once, but counts an id as a difference,
since it is kept in the style, as `anchor`, and likewise a language, though it be the same; so it
computes each property of each element that has one, and of all that is inside it, anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import css
from weasyprint.css.targets import TargetCollector

_find = css.find_style_attributes
_init = css.StyleFor.__init__
_cache_pages = TargetCollector.cache_target_page_counters

_DRAWING = "{http://www.w3.org/2000/svg}svg"  # has an extent of its own


class _Anchored(css.ComputedStyle):  # type: ignore[misc]
    """The style of another element, but for the anchor."""

    def __init__(self, like: Any, anchor: str) -> None:
        super().__init__(
            like.parent_style,
            like.cascaded,
            like.pseudo_type,
            like.root_style,
            like.base_url,
            like.font_config,
            like.initial_page_sizes,
        )
        self.like, self.specified = like, like.specified
        self["anchor"] = anchor

    @property
    def anonymous_style(self) -> Any:
        """The style of boxes within: they inherit no anchor."""
        return self.like.anonymous_style

    def copy(self) -> Any:
        made = _Changed(self.like, self["anchor"])
        made.update(self)
        made.specified = self.specified.copy()
        return made

    def __missing__(self, key: str) -> Any:
        value = self[key] = self.like[key]
        return value


class _Changed(_Anchored):
    """A copy, which is made to be changed."""

    anonymous_style = vars(css.Style)["anonymous_style"]


def shared(style: Any) -> Any:
    """The style that a style is like but for the anchor; the style itself where it is its own."""
    return style.like if type(style) is _Anchored else style


def _tell_pages(self: Any, *rest: Any) -> None:
    """Let what quotes pages hear on which an anchor stands; mostly there is nothing that does."""
    if self.counter_lookup_items:
        _cache_pages(self, *rest)


class _Alone:
    """A tree of one element."""

    def __init__(self, element: Any) -> None:
        self.element = element

    def iter(self) -> Iterator[Any]:
        """The element."""
        yield self.element


def _told_apart(tree: Any, *rest: Any) -> Iterator[Any]:
    """What elements declare for themselves, the same where they have the same attributes."""
    known: dict[tuple[str | None, str | None], list[Any]] = {}
    for element in tree.iter():
        told = element.get("style"), element.get("lang")
        if element.tag == _DRAWING:
            rules = _own(element, *rest)
        elif told == (None, None):
            continue
        else:
            rules = known[told] = known.get(told) or _own(element, *rest)
        for specificity, _, declarations, base in rules:
            yield specificity, element, declarations, base


def _own(element: Any, *rest: Any) -> list[Any]:
    """What an element declares for itself, but for its anchor."""
    return [rule for rule in _find(_Alone(element), *rest) if not _is_anchor(rule)]


def _is_anchor(rule: Any) -> bool:
    return getattr(rule[2][0] if rule[2] else None, "lower_name", "") == "-weasy-anchor"


def _with_anchors(self: Any, html: Any, *rest: Any) -> None:
    _init(self, html, *rest)
    styles, collector = self._computed_styles, rest[-1]
    for element in html.etree_element.iter():
        if name := element.get("id"):
            styles[element, None] = _Anchored(styles[element, None], name)
            collector.collect_anchor(name)


def mend() -> None:
    """Put the mended functions in WeasyPrint's place; done once, however often it is called."""
    css.find_style_attributes = _told_apart
    css.StyleFor.__init__ = _with_anchors
    TargetCollector.cache_target_page_counters = _tell_pages
