"""The printed book in the preview: a picture of each page, and where on it words are new."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import sha256

import pypdfium2

from printedition.watching.leaves import PDFIUM, Difference, Leaf

_BROADEST = 3000  # px
_KEPT = 80  # pictures
_QUICK = 3  # of 9: how hard pictures are packed, which go no further than this machine

Place = tuple[float, float]


class PrintedBook:
    """A PDF. `key` is the same for the same bytes."""

    def __init__(self, data: bytes) -> None:
        self.key = sha256(data).hexdigest()[:16]
        with PDFIUM:
            self._pdf = pypdfium2.PdfDocument(data)
            self.title: str = self._pdf.get_metadata_value("Title")
            self.sizes = tuple(self._pdf.get_page_size(n) for n in range(len(self._pdf)))
            self.labels = tuple(self._pdf.get_page_label(n) for n in range(len(self._pdf)))
        self._is_open = True
        self.picture = lru_cache(_KEPT)(self._picture)

    def close(self) -> None:
        """Give its memory back; it then has no pictures any more."""
        with PDFIUM:
            self._is_open = False
            self._pdf.close()

    def _picture(self, number: int, width: int) -> bytes:
        """A page as a PNG, so many px broad; raises LookupError where there is no such page."""
        if not 0 <= number < len(self.sizes) or not 0 < width <= _BROADEST:
            raise LookupError(number)
        with PDFIUM:
            if not self._is_open:
                raise LookupError(number)
            with closing(self._pdf[number]) as page:
                image = page.render(scale=width / self.sizes[number][0]).to_pil()
        made = io.BytesIO()
        image.save(made, "PNG", compress_level=_QUICK)
        return made.getvalue()

    def places(self, changed: Difference, leaf: Leaf) -> tuple[Place, ...]:
        """Where lines with new words stand: top and bottom of each, in parts of the height."""
        with (
            PDFIUM,
            closing(self._pdf[changed.number]) as page,
            closing(page.get_textpage()) as words,
        ):
            boxes = [words.get_charbox(leaf.places[n], loose=True) for n in changed.words]
            turned, (width, height) = page.get_rotation(), page.get_size()
        if turned in (90, 270):
            width, height = height, width  # those of the sheet, which lies on its side
        return tuple(_lines(_upright(box, turned, width, height) for box in boxes))


def _upright(
    box: tuple[float, float, float, float], turned: int, width: float, height: float
) -> Place:
    """Top and bottom of a box as the page is seen, in parts of its height."""
    left, bottom, right, top = box
    match turned:
        case 90:
            return left / width, right / width
        case 180:
            return bottom / height, top / height
        case 270:
            return 1 - right / width, 1 - left / width
        case _:
            return 1 - top / height, 1 - bottom / height


def _lines(places: Iterable[Place]) -> Sequence[Place]:
    """The places, those that touch each other made one."""
    made: list[Place] = []
    for top, bottom in sorted(places):
        if made and top <= made[-1][1] + 0.012:  # of the height: less than a line's
            made[-1] = (made[-1][0], max(bottom, made[-1][1]))
        else:
            made.append((round(top, 4), round(bottom, 4)))
    return made
