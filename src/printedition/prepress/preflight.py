"""Preflight: what a print shop would refuse of a file, told before it is sent there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

import pikepdf
import pypdfium2

from printedition.frozen import dataclass
from printedition.prepress.looking import PageLook, fonts_of, look
from printedition.prepress.placing import Box, boxes_on

_TOLERANCE = 0.3  # pt: a tenth of a millimetre
_RESOLUTION = 300
_MOST_FOLDED = 20  # of paper of 80 g/m²; a stapler for booklets takes no more


@dataclass(frozen=True, slots=True)
class Demands:
    """What a file is to keep to; lengths in pt.

    `size` is that of its pages, `binding` and `edge` stay free at the spine and on the other sides.
    `black`: with black ink alone; `no_rgb`: with no colour that is said in red, green and blue.
    Lines are no thinner than `finest`; `paper`: pictures have 300 dots per inch.
    """

    size: tuple[float, float]
    binding: float = 0.0
    edge: float = 0.0
    black: bool = False
    no_rgb: bool = False
    paper: bool = False
    finest: float = 0.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands against a file: a code, what is wrong, and on which pages, counted from 1."""

    code: str
    message: str
    pages: tuple[int, ...] = ()

    def told(self) -> str:
        """The fault in a sentence."""
        return f"{self.message} ({_listed(self.pages)})" if self.pages else self.message


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is: its fonts and whether they are inside, what its pages are printed with."""

    fonts: dict[str, bool]
    looks: tuple[PageLook, ...]
    sizes: tuple[tuple[float, float], ...]

    def colours(self) -> str:
        """What it is printed with, in words."""
        spaces = set().union(*(one.spaces for one in self.looks))
        names = ["black"]
        names += ["greys"] if any(one.has_tint for one in self.looks) else []
        names += ["colours"] if any(one.has_colour for one in self.looks) else []
        said = {"/DeviceRGB": "RGB", "/DeviceCMYK": "CMYK", "/DeviceGray": "gray"}
        kinds = sorted(said.get(space, space[1:]) for space in spaces)
        return f"{', '.join(names)} ({', '.join(kinds)})"


def looked_at(data: bytes) -> Looked:
    """What a file is."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sizes = tuple(_size(page) for page in pdf.pages)
        return Looked(fonts_of(pdf), tuple(look(page) for page in pdf.pages), sizes)


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """The size of the sheet that a page is printed on: one that is turned is not turned there."""
    left, foot, right, top = (float(edge) for edge in page.trimbox)
    return right - left, top - foot


def faults_of_size(looked: Looked, size: tuple[float, float]) -> Iterator[Fault]:
    """Pages of another size."""
    other = [
        number
        for number, own in enumerate(looked.sizes, start=1)
        if max(abs(a - b) for a, b in zip(own, size, strict=True)) > _TOLERANCE
    ]
    if other:
        wide, high = (length / 72 * 25.4 for length in looked.sizes[other[0] - 1])
        yield Fault("PRE005", f"a page is {wide:.0f} × {high:.0f} mm, unlike others", (*other,))


def faults_of_colour(looked: Looked) -> Iterator[Fault]:
    """Colour in a book that is to be black."""
    yield from _on(looked.looks, lambda one: one.has_colour, "PRE002", "there is colour")


def faults_of_folding(sheets: int) -> Iterator[Fault]:
    """Too many sheets in one fold."""
    if sheets > _MOST_FOLDED:
        yield Fault("PRE009", f"{sheets} sheets are folded together, and {_MOST_FOLDED} can be")


def faults(data: bytes, looked: Looked, demands: Demands) -> Iterator[Fault]:
    """All that stands against a file."""
    missing = [name for name, inside in looked.fonts.items() if not inside]
    if missing:
        yield Fault("PRE001", f"the file lacks the font {' and '.join(missing)}")
    if demands.black:
        yield from faults_of_colour(looked)
    if demands.paper:
        worst = min((one.coarsest for one in looked.looks), default=0)
        message = f"a picture has {worst:.0f} dots per inch, not {_RESOLUTION}"
        coarse = _RESOLUTION - 0.5
        yield from _on(looked.looks, lambda one: one.coarsest < coarse, "PRE003", message)
    if demands.edge or demands.binding:
        outside = _outside(data, demands)
        if outside:
            yield Fault("PRE004", "something stands too near the edge of the page", outside)
    yield from faults_of_size(looked, demands.size)
    if demands.no_rgb:
        message = "colour is said as RGB"
        yield from _on(looked.looks, lambda one: "/DeviceRGB" in one.spaces, "PRE006", message)
    if demands.finest:
        finest = min((one.finest for one in looked.looks), default=0)
        message = f"a line is {finest:.2f} pt thick, and is lost under {demands.finest:.2f} pt"
        least = demands.finest - 0.005
        yield from _on(looked.looks, lambda one: one.finest < least, "PRE007", message)
        yield from _on(looked.looks, lambda one: one.has_tint, "PRE008", "there is a grey")


def _on(
    looks: Iterable[PageLook], wrong: Callable[[PageLook], bool], code: str, message: str
) -> Iterator[Fault]:
    pages = tuple(number for number, one in enumerate(looks, start=1) if wrong(one))
    if pages:
        yield Fault(code, message, pages)


def _outside(data: bytes, demands: Demands) -> tuple[int, ...]:
    """The pages on which something stands outside the safe area."""
    book = pypdfium2.PdfDocument(data)
    found = []
    try:
        for number in range(len(book)):
            page = book[number]
            left, foot, right, top = page.get_trimbox() or page.get_mediabox()
            at_left, at_right = demands.binding, demands.edge
            if number % 2:
                at_left, at_right = at_right, at_left
            safe = Box(left + at_left, foot + demands.edge, right - at_right, top - demands.edge)
            if any(_is_beyond(box, safe) for box in boxes_on(page)):
                found.append(number + 1)
    finally:
        book.close()
    return tuple(found)


def _is_beyond(box: Box, safe: Box) -> bool:
    over = (safe.left - box.left, safe.foot - box.foot, box.right - safe.right, box.top - safe.top)
    return max(over) > _TOLERANCE


def _listed(pages: Sequence[int]) -> str:
    """Pages in words, the first ones: sheets of the file, not folios."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = [f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    more = f" and {len(said) - 6} more places" if len(said) > 6 else ""
    word = "page" if len(pages) == 1 else "pages"
    return f"{word} {', '.join(said[:6])}{more} of the file"
