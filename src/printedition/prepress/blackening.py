"""Prints a PDF with black ink alone: letters and lines in full black, areas and pictures in grey.

Colours become DeviceGray, which a machine prints with black and no other ink.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Name, Operator

from printedition.frozen import dataclass
from printedition.prepress.colours import grey_of, is_gray_space, spaces_of
from printedition.prepress.hatching import Hatch

_SHOW = frozenset(["Tj", "TJ", "'", '"'])
_JPEG_QUALITY = 92


def blacken(pdf: pikepdf.Pdf, *, hatched: bool = False) -> None:
    """Turn all that is drawn on the pages of a PDF into black and grey, or grey into hatching."""
    hatch = Hatch(pdf) if hatched else None
    streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
    for page in pdf.pages:
        parsed = pikepdf.parse_content_stream(page)
        page.obj.Contents = pdf.make_stream(_Ink(page.obj, hatch).over(parsed))
        _blend_in_grey(page.obj)
    for thing in streams:
        _blacken_stream(thing, hatch)


def _blacken_stream(thing: Any, hatch: Hatch | None) -> None:
    """Turn a picture, a form or the tile of a pattern into black and grey."""
    if thing.get("/Subtype") == Name.Image:
        _grey_picture(thing)
    elif thing.get("/Subtype") == Name.Form or thing.get("/PatternType") == 1:
        thing.write(_Ink(thing, hatch).over(pikepdf.parse_content_stream(thing)))
        _grey_group(thing)


def _blend_in_grey(page: Any) -> None:
    """Groups that are painted as a whole are blended in the space of their page."""
    drawn = page.get("/Resources", {}).get("/XObject", {})
    if any("/Group" in one for one in drawn.values()):
        page.Group = pikepdf.Dictionary(S=Name.Transparency, CS=Name.DeviceGray)


def _grey_group(thing: Any) -> None:
    group = thing.get("/Group")
    if isinstance(group, pikepdf.Dictionary) and "/CS" in group:
        group.CS = Name.DeviceGray


@dataclass(frozen=True, slots=True)
class _Fill:
    """How areas are filled: in a grey, or with a pattern, as its instruction says."""

    grey: float | None
    instruction: Any


class _Ink:
    """Rewrites the instructions of a page or form."""

    def __init__(self, content: Any, hatch: Hatch | None) -> None:
        self.content, self.hatch = content, hatch
        self.spaces = spaces_of(content.get("/Resources"))
        self.fill = _Fill(0.0, None)
        self.space = {"fill": "/DeviceGray", "stroke": "/DeviceGray"}
        self.kept: list[tuple[_Fill, dict[str, str]]] = []
        self.in_text = False

    def over(self, instructions: Sequence[Any]) -> bytes:
        """The content that these instructions become."""
        return pikepdf.unparse_content_stream(list(self.through(instructions)))

    def through(self, instructions: Sequence[Any]) -> Iterator[Any]:
        """The instructions with black and grey in place of colours."""
        for one in instructions:
            if isinstance(one, pikepdf.ContentStreamInlineImage):
                yield one
                continue
            name = str(one.operator)
            if name == "q":
                self.kept.append((self.fill, dict(self.space)))
            elif name == "Q" and self.kept:
                self.fill, self.space = self.kept.pop()
            if name == "BT":
                yield from (one, *self._black_letters())
                self.in_text = True
            elif name == "ET":
                self.in_text = False
                yield from (one, *self._as_filled())
            else:
                yield from self._changed(one, name)

    def _changed(self, one: Any, name: str) -> Iterator[Any]:
        """An instruction that may set a colour."""
        if name in ("cs", "CS"):
            self.space["fill" if name == "cs" else "stroke"] = str(one.operands[0])
            if str(one.operands[0]) == "/Pattern":
                yield one
        elif name in ("g", "rg", "k", "sc", "scn"):
            self._set(one, name)
            yield from self._black_letters() if self.in_text else self._as_filled(always=True)
        elif name in ("G", "RG", "K", "SC", "SCN"):
            grey = self._grey(one, name, self.space["stroke"])
            yield one if grey is None else _gray("G", 1.0 if grey == 1.0 else 0.0)
        else:
            yield one

    def _set(self, one: Any, name: str) -> None:
        self.fill = _Fill(self._grey(one, name, self.space["fill"]), one)

    def _grey(self, one: Any, name: str, space: str) -> float | None:
        """The grey of an instruction that sets a colour; None of a pattern."""
        device = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}.get(name.lower())
        if device is None:
            if one.operands and isinstance(one.operands[-1], Name):
                return None
            device = space
        return grey_of([float(each) for each in one.operands], device, self.spaces)

    def _black_letters(self) -> Iterator[Any]:
        """Letters are black, but for white ones on a dark ground."""
        if self.fill.grey is None or self.fill.grey < 1.0:
            yield _gray("g", 0.0)
        elif self.in_text:
            yield _gray("g", 1.0)

    def _as_filled(self, *, always: bool = False) -> Iterator[Any]:
        """What sets the fill of areas again, where letters had another."""
        if self.fill.grey is None:
            yield pikepdf.ContentStreamInstruction([Name.Pattern], Operator("cs"))
            yield self.fill.instruction
        elif self.hatch is not None and 0.0 < self.fill.grey < 1.0:
            name = self.hatch.named(self.fill.grey, self.content)
            yield pikepdf.ContentStreamInstruction([Name.Pattern], Operator("cs"))
            yield pikepdf.ContentStreamInstruction([name], Operator("scn"))
        elif always or self.fill.grey > 0.0:
            yield _gray("g", self.fill.grey)


def _gray(operator: str, grey: float) -> Any:
    return pikepdf.ContentStreamInstruction([round(grey, 4)], Operator(operator))


def _grey_picture(picture: Any) -> None:
    """Turn a picture into greys; a photograph stays a photograph."""
    if picture.get("/ImageMask") or is_gray_space(picture.get("/ColorSpace")):
        return
    image = pikepdf.PdfImage(picture).as_pil_image().convert("L")
    for key in ("/DecodeParms", "/Decode", "/Intent"):
        if key in picture:
            del picture[key]
    photograph = picture.get("/Filter") == Name.DCTDecode
    if photograph:
        written = io.BytesIO()
        image.save(written, "JPEG", quality=_JPEG_QUALITY)
        picture.write(written.getvalue(), filter=Name.DCTDecode)
    else:
        picture.write(zlib.compress(image.tobytes(), 9), filter=Name.FlateDecode)
    picture.ColorSpace = Name.DeviceGray
    picture.BitsPerComponent = 8
