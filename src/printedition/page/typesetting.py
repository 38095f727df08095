"""What Pango is told of a style, told once.

WeasyPrint 70 makes a context, a description of the font and its features for each piece of text
that it measures or draws; all are the same for pieces of one style.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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


# What, with them, styles that are told alike have in common.
_ALIKE = (
    "font_family",
    "font_size",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_variation_settings",
    "lang",
    "direction",
    "letter_spacing",
    "white_space",
    "overflow_wrap",
)


@dataclass(slots=True)
class Told:
    """The context, font, language and features of a style, for fonts of one `map`.

    `words` are what known_words.py knows of texts in this style.
    """

    map: Any
    context: Any
    description: Any
    language: Any
    features: Any
    words: dict[str, Any] = field(default_factory=dict)


def told_of(style: Any) -> Told | None:
    """What Pango is told of a style and all that are like it; None where that is not enough."""
    known = style.__dict__.get("_told")
    if known is None:
        known = style._told = _told(style)
    told, plain = known
    if told.map is not style.font_config.font_map:
        del style._told
        return told_of(style)
    return told if plain else None


def _told(style: Any) -> tuple[Told, bool]:
    fonts = style.font_config
    kept: dict[Any, Told] = vars(fonts).setdefault("_told", {})
    alike = str([style[name] for name in (*_ALIKE, *_FEATURES)])
    told = kept.get(alike)
    if told is None or told.map is not fonts.font_map:
        told = kept[alike] = _tell(style)
    plain = (
        style["text_decoration_line"] == "none"
        and style["font_language_override"] == "normal"
        and not style["word_spacing"]
    )
    return told, plain


def _tell(style: Any) -> Told:
    fonts = style.font_config.font_map
    context = ffi.gc(pango.pango_font_map_create_context(fonts), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if style["lang"]:
        name, _ = unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(name)
        pango.pango_context_set_language(context, language)
    return Told(fonts, context, get_font_description(style), language, _features(style))


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
    told = told_of(style)
    if told is None:
        _setup(self, style)
        return
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
