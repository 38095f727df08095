"""Styles shared by elements that differ by nothing but their ids.

WeasyPrint 70 computes the style of elements that are alike once, but counts an id as a difference,
since it is kept in the style, as `anchor`; so it computes each property of each element that has
an id, and of all that is inside it, anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import css
from weasyprint.css.targets import TargetCollector

_find = css.find_style_attributes
_init = css.StyleFor.__init__
_cache_pages = TargetCollector.cache_target_page_counters


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


def _without_ids(tree: Any, *rest: Any) -> Iterator[Any]:
    for rule in _find(tree, *rest):
        first = rule[2][0] if rule[2] else None
        if getattr(first, "lower_name", "") != "-weasy-anchor":
            yield rule


def _with_anchors(self: Any, html: Any, *rest: Any) -> None:
    _init(self, html, *rest)
    styles, collector = self._computed_styles, rest[-1]
    for element in html.etree_element.iter():
        if name := element.get("id"):
            styles[element, None] = _Anchored(styles[element, None], name)
            collector.collect_anchor(name)


def mend() -> None:
    """Put the mended functions in WeasyPrint's place; done once, however often it is called."""
    css.find_style_attributes = _without_ids
    css.StyleFor.__init__ = _with_anchors
    TargetCollector.cache_target_page_counters = _tell_pages
