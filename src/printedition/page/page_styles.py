"""The style of a page, computed once for pages that the same rules apply to, and margin boxes,
made only where they stay.

WeasyPrint 70 computes the style of each page, and of the sixteen boxes in its margins, anew, and
makes these boxes for galleys and for pages whose content is moved onto a sheet; that took a third
of all that a short piece of text takes, and two thirds of what the sheets take.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeAlias

from weasyprint import layout
from weasyprint.layout import page

_compute = page.set_page_type_computed_styles
_make_margin_boxes = page.make_margin_boxes

_furnished = ContextVar("furnished", default=True)

_Kind: TypeAlias = tuple[tuple[int, ...], bool]


@contextmanager
def furnished(wanted: bool) -> Iterator[None]:
    """Pages that are laid out meanwhile have heads, folios and the like; or nothing of the kind."""
    token = _furnished.set(wanted)
    try:
        yield
    finally:
        _furnished.reset(token)


def _compute_once(page_type: Any, html: Any, style_for: Any) -> None:
    computed = style_for.get_computed_styles()
    kinds: dict[_Kind, tuple[Any, list[Any]]] = style_for.__dict__.setdefault("_kinds", {})
    kind = _kind(page_type, style_for)
    if kind not in kinds:
        _compute(page_type, html, style_for)
        pseudo = [name for of, name in style_for.get_cascaded_styles() if name and of == page_type]
        kinds[kind] = page_type, [None, *pseudo]
        return
    first, names = kinds[kind]
    computed.update({(page_type, name): computed[first, name] for name in names})


def _kind(page_type: Any, style_for: Any) -> _Kind:
    """The rules that apply to a page, and whether it may ask how broad the first page is."""
    matches = style_for._page_type_match
    selectors = (
        selector
        for sheet, _, _ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for _, _, selector in selectors
    )
    applied = [number for number, one in enumerate(selectors) if matches(one, page_type)]
    return tuple(applied), style_for.initial_page_sizes["box"] is not None


def _make_wanted_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
    return _make_margin_boxes(context, page, state) if _furnished.get() else iter(())


def mend() -> None:
    """Put the mended functions in WeasyPrint's place; done once, however often it is called."""
    page.set_page_type_computed_styles = _compute_once
    layout.make_margin_boxes = _make_wanted_boxes
