"""Looks at what the pages of a PDF are printed with: colours, lines, pictures, fonts.

It follows the instructions of a page and of the forms on it (ISO 32000-1, 8 and 9). Lengths are in
pt on the page, whatever its content is scaled by.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass as mutable
from dataclasses import field, replace
from typing import Any

import pikepdf
from pikepdf import Matrix, Name

from printedition.frozen import dataclass
from printedition.prepress.colours import device_of, grey_of, is_grey, spaces_of

_FILLS = frozenset(["f", "F", "f*", "B", "B*", "b", "b*"])
_STROKES = frozenset(["S", "s", "B", "B*", "b", "b*"])
_SHOWS = frozenset(["Tj", "TJ", "'", '"'])
_SETS = {
    **dict.fromkeys(("g", "rg", "k", "sc", "scn", "cs"), "fill"),
    **dict.fromkeys(("G", "RG", "K", "SC", "SCN", "CS"), "stroke"),
}
_DEVICES = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_NO_LINE = 1e9


@mutable(slots=True)
class PageLook:
    """What a page is printed with.

    `spaces` are the device's colour spaces that are used, by their names in a PDF. `finest` is its
    thinnest line in pt, `coarsest` the least resolution of a picture in dots per inch.
    """

    spaces: set[str] = field(default_factory=set)
    has_colour: bool = False
    has_tint: bool = False
    finest: float = _NO_LINE
    coarsest: float = _NO_LINE


@dataclass(frozen=True, slots=True)
class _Colour:
    space: Any = "/DeviceGray"
    values: tuple[float, ...] = (0.0,)
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What instructions have set so far."""

    matrix: Matrix = field(default_factory=Matrix)
    fill: _Colour = _Colour()
    stroke: _Colour = _Colour()
    width: float = 1.0
    solid: bool = True


def look(page: pikepdf.Page) -> PageLook:
    """What a page is printed with."""
    found = PageLook()
    _Looker(found, page.obj.get("/Resources"), _State(), 0).follow(page)
    return found


class _Looker:
    """Follows the instructions of one content, and notes what they print."""

    def __init__(self, found: PageLook, resources: Any, state: _State, depth: int) -> None:
        self.found, self.depth = found, depth
        self.resources = resources if resources is not None else pikepdf.Dictionary()
        self.spaces = spaces_of(resources)
        self.state = state
        self.kept: list[_State] = []
        self.rectangles: list[tuple[float, float, float, float]] = []

    def follow(self, content: Any) -> None:
        """All instructions of a page or form."""
        for one in pikepdf.parse_content_stream(content):
            if isinstance(one, pikepdf.ContentStreamInlineImage):
                self._picture(one.iimage.obj)
            else:
                self._obey(str(one.operator), one.operands)

    def _obey(self, name: str, operands: Any) -> None:
        state = self.state
        if name == "q":
            self.kept.append(state)
        elif name == "Q" and self.kept:
            self.state = self.kept.pop()
        elif name == "cm":
            matrix = Matrix(*(float(each) for each in operands)) @ state.matrix
            self.state = replace(state, matrix=matrix)
        elif name == "w":
            self.state = replace(state, width=float(operands[0]))
        elif name == "gs":
            self._set_state(operands[0])
        elif name in _SETS:
            self._set_colour(name, operands)
        elif name == "re":
            self.rectangles.append(tuple(float(each) for each in operands))  # type: ignore[arg-type]
        elif name == "Do":
            self._draw(operands[0])
        elif name == "sh":
            self._shade(self._resource("/Shading", operands[0]))
        self._paint(name)

    def _paint(self, name: str) -> None:
        if name in _SHOWS:
            self._ink(self.state.fill)
        if name in _FILLS:
            self._ink(self.state.fill)
            self._thin(self._breadths(name))
        if name in _STROKES:
            self._ink(self.state.stroke)
            self._thin([self.state.width])
        if name in _FILLS or name in _STROKES or name == "n":
            self.rectangles = []

    def _set_state(self, name: Any) -> None:
        state = self._resource("/ExtGState", name)
        if state is not None:
            parts = [float(state[key]) for key in ("/ca", "/CA") if key in state]
            self.state = replace(self.state, solid=all(part >= 1 for part in parts))

    def _set_colour(self, name: str, operands: Any) -> None:
        which = _SETS[name]
        if name in ("cs", "CS"):
            colour = _Colour(operands[0], ())
        else:
            space = _DEVICES.get(name.lower()) or getattr(self.state, which).space
            named = operands and isinstance(operands[-1], Name)
            numbers = operands[:-1] if named else operands
            values = tuple(float(each) for each in numbers)
            colour = _Colour(space, values, str(operands[-1]) if named else "")
        state = self.state
        fill = which == "fill"
        self.state = replace(state, fill=colour) if fill else replace(state, stroke=colour)

    def _ink(self, colour: _Colour) -> None:
        """Something is printed in a colour."""
        if colour.pattern:
            self._pattern(colour.pattern)
            return
        self.found.spaces.add(device_of(colour.space, self.spaces))
        self.found.has_tint |= not self.state.solid
        if not is_grey(colour.values, colour.space, self.spaces):
            self.found.has_colour = True
        elif 0.002 < grey_of(colour.values, colour.space, self.spaces) < 0.998:
            self.found.has_tint = True

    def _pattern(self, name: str) -> None:
        pattern = self._resource("/Pattern", name)
        if pattern is None:
            return
        if pattern.get("/PatternType") == 2:
            self._shade(pattern.Shading)
        else:
            self._within(pattern, _State())

    def _shade(self, shading: Any) -> None:
        if shading is not None:
            device = device_of(shading.get("/ColorSpace"), self.spaces)
            self.found.spaces.add(device)
            self.found.has_tint = True
            self.found.has_colour |= device != "/DeviceGray"

    def _draw(self, name: Any) -> None:
        thing = self._resource("/XObject", name)
        if thing is None:
            return
        if thing.get("/Subtype") == Name.Image:
            self._picture(thing)
        else:
            own = Matrix(*(float(each) for each in thing.get("/Matrix", (1, 0, 0, 1, 0, 0))))
            self._within(thing, replace(self.state, matrix=own @ self.state.matrix))

    def _within(self, thing: Any, state: _State) -> None:
        if self.depth < 12:  # a form may hold itself
            resources = thing.get("/Resources", self.resources)
            _Looker(self.found, resources, state, self.depth + 1).follow(thing)

    def _picture(self, picture: Any) -> None:
        matrix = self.state.matrix
        wide, high = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        pixels = [int(picture.get(long, picture.get(short, 0)))
                  for long, short in (("/Width", "/W"), ("/Height", "/H"))]  # fmt: skip
        for extent, number in zip((wide, high), pixels, strict=True):
            if extent > 0:
                self.found.coarsest = min(self.found.coarsest, 72 * number / extent)
        if picture.get("/ImageMask"):
            self._ink(self.state.fill)
            return
        device = device_of(picture.get("/ColorSpace", picture.get("/CS")), self.spaces)
        self.found.spaces.add(device)
        self.found.has_colour |= device != "/DeviceGray" and _has_colour(picture)

    def _breadths(self, name: str) -> list[float]:
        """How thin a rectangle is that is filled; of a frame between two of them, its sides."""
        if name.endswith("*") and len(self.rectangles) == 2:
            (x, y, w, h), (u, v, s, t) = self.rectangles
            return [abs(u - x), abs(v - y), abs(x + w - u - s), abs(y + h - v - t)]
        return [min(abs(w), abs(h)) for _, _, w, h in self.rectangles]

    def _thin(self, widths: Iterable[float]) -> None:
        """Note the thinnest of lines, but for what has no breadth at all."""
        matrix = self.state.matrix
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        seen = (width * scale for width in widths if width > 0.001)
        self.found.finest = min([self.found.finest, *seen])

    def _resource(self, kind: str, name: Any) -> Any:
        named = self.resources.get(kind)
        return named.get(str(name)) if named is not None else None


def _has_colour(picture: Any) -> bool:
    """Whether a picture has other colours than greys."""
    image = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    image.thumbnail((400, 400))  # what is smaller is not seen
    bands = image.split()
    reach = zip(*(band.tobytes() for band in bands), strict=True)
    return any(max(pixel) - min(pixel) > 8 for pixel in reach)


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """The fonts of a PDF by name, without the tag of a subset: whether they are in it."""
    found: dict[str, bool] = {}
    for font in _fonts(pdf):
        name = str(font.get("/BaseFont", "/unnamed"))[1:]
        name = name[7:] if name[6:7] == "+" else name
        descriptor = font.get("/FontDescriptor")
        inside = descriptor is not None and any(
            key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
        )
        found[name] = found.get(name, True) and (inside or font.get("/Subtype") == Name.Type3)
    return dict(sorted(found.items()))


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The fonts that hold letters: of those that are composed, their parts."""
    for thing in pdf.objects:
        is_font = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == Name.Font
        if is_font and thing.get("/Subtype") != Name.Type0:
            yield thing
