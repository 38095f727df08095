"""What Pango is told of a style, told once.

WeasyPrint 70 makes a context, a description of the font and its features for each piece of text
that it measures or draws; all are the same for pieces of one style.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

_setup = line_break.Layout.setup

_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)


@dataclass(slots=True)
class _Told:
    """The context, font, language and features of a style, for fonts of one `map`."""

    map: Any
    context: Any
    description: Any
    language: Any
    features: Any


def _tell(style: Any) -> _Told:
    fonts = style.font_config.font_map
    context = ffi.gc(pango.pango_font_map_create_context(fonts), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if style["lang"]:
        name, _ = unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(name)
        pango.pango_context_set_language(context, language)
    return _Told(fonts, context, get_font_description(style), language, _features(style))


def _features(style: Any) -> Any:
    """The features of a style, kept by WeasyPrint for all styles; None where it has none."""
    named = font_features(*(style[name] for name in _FEATURES))
    if not named:
        return None
    text = ",".join(f"{key} {value}" for key, value in named.items()).encode()
    kept = style.font_config.font_features
    if text not in kept:
        kept[text] = pango.pango_attr_font_features_new(text)
    return kept[text]


def _set_up(self: Any, style: Any) -> None:
    """Make a layout, as WeasyPrint does, from what is told already."""
    if style["text_decoration_line"] != "none" or style["font_language_override"] != "normal":
        _setup(self, style)
        return
    told = style.__dict__.get("_told")
    if told is None or told.map is not style.font_config.font_map:
        told = style._told = _tell(style)
    self.style, self.language = style, told.language
    self.first_line_direction = 0
    self.ascent = self.underline_position = self.strikethrough_position = None
    self.layout = ffi.gc(pango.pango_layout_new(told.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, told.description)
    if told.features is not None:
        # WeasyPrint's own way: a list of the layout's own, which is never freed, since the
        # features would be freed with it.
        own = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(own, told.features)
        pango.pango_layout_set_attributes(self.layout, own)


def mend() -> None:
    """Put the mended function in WeasyPrint's place; done once, however often it is called."""
    line_break.Layout.setup = _set_up
