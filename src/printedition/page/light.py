"""Light pages: the pages of a section drawn once, kept as what writing a PDF still needs.

A page is a compressed stream, and a box tree of what is read when tags are written and characters
are sought (`weasyprint.pdf.tags`, tags.py, glyphs.py), or words are recorded (recording.py). It
holds nothing of the layout, so it can be handed from one process to another, and set on a sheet
that has heads and folio.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.draw import draw_stacking_context
from weasyprint.formatting_structure import boxes
from weasyprint.images import LazyImage, LazyLocalImage
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text.ffi import ffi, harfbuzz

from printedition.page.deep import deeply
from printedition.page.drawn_words import Drawn
from printedition.page.furnished import FurnishedPage, HeadedPage

SCALE = 0.75  # pt in a px
_KINDS = ("ExtGState", "XObject", "Pattern", "Shading")
_SVG = "{http://www.w3.org/2000/svg}"
_PLACED = ("td", "th", "img", f"{_SVG}svg")  # of which the tagger reads place and spans
_TYPE = ("font_family", "font_weight", "font_style")
_MOST_NAMED = 1_000_000  # groups and states of one section


@dataclass(slots=True)
class LightPage:
    """A page: its content in the coordinates of a sheet, and what stands in it."""

    content: bytes
    roots: list[Any]
    tags: list[tuple[Any, dict[str, Any]]]
    links: list[tuple[Any, ...]]
    anchors: dict[str, tuple[float, ...]]
    bookmarks: list[tuple[Any, ...]]

    def shed(self) -> None:
        """Drop what a quire has of the page."""
        self.content, self.tags, self.links, self.roots = b"", [], [], []


@dataclass(slots=True)
class Stock:
    """What the pages of a section share: fonts and the glyphs used of them, pictures, groups."""

    fonts: dict[Any, LightFont] = field(default_factory=dict)
    images: dict[str, dict[str, Any]] = field(default_factory=dict)
    resources: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)  # of fonts, by digest


@dataclass(slots=True)
class LightSection:
    """The pages of a section in order, and what they share.

    `put_away` are the boxes of all pages as bytes, once a quire has what is written of them.
    """

    pages: list[LightPage]
    stock: Stock
    put_away: bytes = b""

    def shed(self) -> None:
        """Drop what a quire has of the pages; their boxes are put away, for they are many, and
        read again only where words are recorded."""
        with deeply():
            self.put_away = pickle.dumps([page.roots for page in self.pages], protocol=5)
        for page in self.pages:
            page.shed()

    def roots(self) -> list[list[Any]]:
        """The boxes of each page."""
        if not self.put_away:
            return [page.roots for page in self.pages]
        with deeply():
            roots: list[list[Any]] = pickle.loads(self.put_away)
        return roots


class _Numbered(pydyf.Dictionary):  # type: ignore[misc]
    """Resources of a section. WeasyPrint makes a name of their number, which no other may have."""

    def __init__(self, base: int) -> None:
        super().__init__()
        self.base = base

    def __len__(self) -> int:
        return self.base + int(super().__len__())


class LightFont(Font):  # type: ignore[misc]
    """A font without what HarfBuzz holds of it; its file is known by its digest."""

    def __init__(self, font: Any) -> None:
        held = ("hb_font", "hb_face", "file_content")
        self.__dict__.update(
            {name: value for name, value in vars(font).items() if name not in held}
        )
        self.digest = hashlib.sha256(font.file_content).hexdigest()

    def wake(self, data: bytes) -> None:
        """Make it a font that can be subset."""
        self.file_content = data
        blob = harfbuzz.hb_blob_create(data, len(data), 0, ffi.NULL, ffi.NULL)  # 0: copied
        face = harfbuzz.hb_face_create(blob, self.index)
        harfbuzz.hb_blob_destroy(blob)
        self.hb_face = ffi.gc(face, harfbuzz.hb_face_destroy)
        self.hb_font = None  # asked for only where glyphs are coloured pictures


ffi.cdef(
    "hb_blob_t * hb_blob_create(const char *, unsigned int, int, void *, void *);"
    "hb_face_t * hb_face_create(hb_blob_t *, unsigned int);"
)


# Drawing


class Draughtsman:
    """Draws the pages of one section, whose place in the book is `number`."""

    def __init__(self, sheet: Any, number: int) -> None:
        """`sheet` is a page box of the book's size; what is drawn stands on copies of it."""
        self.sheet = sheet
        self.fonts: dict[Any, Any] = {}
        self.images: dict[str, Any] = {}
        base = (number + 1) * _MOST_NAMED
        self.resources: dict[str, Any] = {kind: _Numbered(base) for kind in _KINDS}
        self.resources["ColorSpace"] = pydyf.Dictionary()
        self.drawn = Drawn()
        self.elements: dict[Any, Element] = {}
        self.styles: dict[Any, dict[str, Any]] = {}
        self.section = LightSection([], Stock())

    def draw(self, roots: Sequence[Any], artifacts: Sequence[Any], image: Any) -> None:
        """Draw the next page: the boxes of its content, and those that are artifacts."""
        box = self.sheet.copy_with_children(list(roots))
        page = FurnishedPage(box, artifacts, image)
        tags: dict[Any, Any] = {}
        content = self._content(page, tags)
        lights: dict[Any, Any] = {}
        light_roots = [self._light(root, lights) for root in box.children]
        self.section.pages.append(
            LightPage(
                content,
                light_roots,
                [(lights[box], mark) for box, mark in tags.items()],
                [(*link, lights[box]) for *link, box in page.links if box.link and box in lights],
                page.anchors,
                page.bookmarks,
            )
        )

    def finish(self) -> None:
        """Put what the pages share into the section's stock."""
        plain = _Plain()
        for info in self.images.values():  # written in one size: the book has no `dpi`
            drawn = info["image"].get_x_object(info["interpolate"], 1)
            info["image"] = _Picture(plain(drawn))
        stock = self.section.stock
        stock.images = self.images
        stock.fonts = {key: LightFont(font) for key, font in self.fonts.items()}
        stock.files = {
            stock.fonts[key].digest: font.file_content for key, font in self.fonts.items()
        }
        stock.resources = {kind: plain(self.resources[kind]) for kind in _KINDS}

    def _content(self, page: Any, tags: dict[Any, Any]) -> bytes:
        box = page._page_box
        stream = Stream(
            self.fonts,
            (0, 0, page.width, page.height),
            self.resources,
            self.images,
            tags,
            {},
            None,
            compress=True,
        )
        stream.drawn = self.drawn
        stream.transform(d=-1, f=page.height * SCALE)
        stream.stream.clear()  # it follows the sheet's own stream, which has set this
        with stream.stacked():
            stream.transform(a=SCALE, d=SCALE)
            for root in box.children:
                draw_stacking_context(stream, StackingContext.from_box(root, box))
        page.paint_artifacts(stream, SCALE)
        return zlib.compress(b"\n".join(pydyf._to_bytes(item) for item in stream.stream))

    def _light(self, box: Any, lights: dict[Any, Any]) -> Any:
        """A copy of a box and those within, with only what is read of them later."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        light = lights[box] = object.__new__(type(box))
        light.element_tag = box.element_tag
        light.element = self._element(box.element)
        if box.link:
            light.link = True
        if isinstance(box, boxes.TextBox):
            light.text = box.text
            light.style = self._style(box, _TYPE)
        elif box.element_tag == "li":
            light.style = self._style(box, ("display", "list_style_type"))
        elif box.is_table_wrapper or box.element_tag in _PLACED:
            numbers = {k: v for k, v in vars(box).items() if isinstance(v, int | float)}
            light.__dict__.update(numbers)
        light.children = [self._light(child, lights) for child in box.children]
        return light

    def _style(self, box: Any, names: Sequence[str]) -> dict[str, Any]:
        values = tuple((name, box.style[name]) for name in names)
        return self.styles.setdefault(values, dict(values))

    def _element(self, element: Any) -> Element | None:
        """One light element for all boxes of an element, on whatever page."""
        if element is None:
            return None
        light = self.elements.get(element)
        if light is None:
            light = self.elements[element] = Element(element.tag, dict(element.attrib))
            light.extend(element.findall(f"{_SVG}title"))
            light.extend(element.findall(f"{_SVG}desc"))
        return light


class _Picture:
    """Stands for an image of WeasyPrint: it is drawn already."""

    def __init__(self, drawn: Any) -> None:
        self.drawn = drawn

    def get_x_object(self, _interpolate: bool, _ratio: float) -> Any:
        return self.drawn


class _Plain:
    """Makes plain objects of pydyf of what WeasyPrint drew; what is shared stays shared."""

    def __init__(self) -> None:
        self.made: dict[int, Any] = {}

    def __call__(self, item: Any) -> Any:
        if id(item) not in self.made:
            self.made[id(item)] = self._make(item)
        return self.made[id(item)]

    def _make(self, item: Any) -> Any:
        if isinstance(item, LazyImage | LazyLocalImage):
            return item.data
        if isinstance(item, pydyf.Stream):
            stream = [self(part) for part in item.stream]
            return pydyf.Stream(stream, self(item.extra), item.compress)
        if isinstance(item, dict):
            return pydyf.Dictionary({key: self(value) for key, value in item.items()})
        if isinstance(item, list):
            return pydyf.Array([self(value) for value in item])
        return item


# Joining


class JoinedPage(HeadedPage):
    """A sheet with heads and folio, and on it a page that was drawn elsewhere."""

    def __init__(self, sheet: Any, light: LightPage, stock: Stock) -> None:
        """`sheet` is a page of the frame, whose content is left out; `stock` the section's."""
        self.width, self.height, self.bleed = sheet.width, sheet.height, sheet.bleed
        self.forms: dict[Any, Any] = {None: []}
        self.anchors, self.links, self.bookmarks = light.anchors, light.links, light.bookmarks
        self._page_box = sheet._page_box
        self._light, self._stock = light, stock

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the heads, and take over what the content uses; its stream is added later."""
        heads = [box for box in self._page_box.children if isinstance(box, boxes.MarginBox)]
        self._page_box.children = heads
        super().paint(stream, scale)
        self._page_box.children = [*self._light.roots, *heads]
        stream._tags.update(self._light.tags)
        _take(self._stock, stream)

    @property
    def content(self) -> Any:
        """The content as a stream of PDF, which follows that of the sheet."""
        return pydyf.Stream([self._light.content], {"Filter": "/FlateDecode"})


class QuirePage(HeadedPage):
    """A sheet with heads and folio, for a page that is in a quire."""

    def __init__(self, sheet: Any, light: LightPage, stock: Stock) -> None:
        """As a joined page."""
        self.width, self.height, self.bleed = sheet.width, sheet.height, sheet.bleed
        self.forms: dict[Any, Any] = {None: []}
        self.anchors, self.bookmarks, self.links = light.anchors, light.bookmarks, list[Any]()
        heads = [box for box in sheet._page_box.children if isinstance(box, boxes.MarginBox)]
        self._page_box = sheet._page_box.copy_with_children(heads)
        self._stock = stock

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the heads, and take over what the content uses."""
        super().paint(stream, scale)
        _take(self._stock, stream)


def append_content(document: Any, pdf: Any) -> None:
    """Add the content of joined pages after their heads: for a finisher of `write_pdf`."""
    for number, page in zip(pdf.pages["Kids"][::3], document.pages, strict=True):
        if isinstance(page, JoinedPage):
            stream = page.content
            pdf.add_object(stream)
            entry = pdf.objects[number]
            entry["Contents"] = pydyf.Array([entry["Contents"], stream.reference])


def _take(stock: Stock, stream: Any) -> None:
    """Give a document what a section uses; done once for each section."""
    for key, font in stock.fonts.items():
        known = stream._fonts.get(key)
        if known is None:
            font.wake(stock.files[font.digest])
            stream._fonts[key] = font
            continue
        known.widths |= {glyph: w for glyph, w in font.widths.items() if glyph not in known.widths}
        known.to_unicode = font.to_unicode | known.to_unicode
        known.missing = font.missing | known.missing
    for name, picture in stock.images.items():
        stream._images.setdefault(name, picture)
    for group in _groups(stock.resources):
        group["ColorSpace"] = stream._resources["ColorSpace"]
    for kind, resources in stock.resources.items():
        stream._resources[kind].update(resources)
    stock.fonts, stock.images, stock.resources = {}, {}, {}


def _groups(resources: Mapping[str, Any]) -> Iterator[Any]:
    """The resources of the groups and patterns within resources, at any depth."""
    for kind in ("XObject", "Pattern"):
        for item in resources.get(kind, {}).values():
            inner = item.extra.get("Resources") if item is not None else None
            if inner is not None:
                yield inner
                yield from _groups(inner)
