"""Pictures of the pages of a finished PDF, with the places of words on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from io import BytesIO

import pypdfium2

from printedition.frozen import dataclass

_SCALE = 1.4  # px for a pt: legible, and a page stays under 100 kB
_FIRST = 4  # words by which a line is found whose blanks the PDF has otherwise

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG, and the boxes of the words sought: left, top, width, height, of 100."""

    png: bytes
    marks: tuple[Box, ...]


class Pictures:
    """The pages of a PDF by their folios."""

    def __init__(self, data: bytes, labels: Sequence[str]) -> None:
        self._pdf = pypdfium2.PdfDocument(data)
        self._numbers = {label: number for number, label in enumerate(labels)}

    def of(self, label: str, sought: Sequence[str]) -> PagePicture:
        """The page with a folio, on which these lines are marked where they can be found."""
        page = self._pdf[self._numbers[label]]
        picture = page.render(scale=_SCALE).to_pil().convert("L").quantize(16)
        buffer = BytesIO()
        picture.save(buffer, "PNG", optimize=True)
        return PagePicture(buffer.getvalue(), tuple(_marks(page, sought)))


def _marks(page: pypdfium2.PdfPage, sought: Sequence[str]) -> Iterator[Box]:
    width, height = page.get_size()
    with closing(page.get_textpage()) as text:
        for words in sought:
            box = _found(text, words) or _found(text, " ".join(words.split()[:_FIRST]))
            if box is not None:
                left, bottom, right, top = box
                yield (
                    round(100 * left / width, 2),
                    round(100 * (height - top) / height, 2),
                    round(100 * (right - left) / width, 2),
                    round(100 * (top - bottom) / height, 2),
                )


def _found(text: pypdfium2.PdfTextPage, words: str) -> Box | None:
    """The box of the first place of some words, in pt from the lower left corner."""
    if not words:
        return None
    with closing(text.search(words)) as search:
        place = search.get_next()
    if place is None:
        return None
    boxes = [text.get_charbox(n) for n in range(place[0], place[0] + place[1])]
    seen = [box for box in boxes if box[2] > box[0]]
    if not seen:
        return None
    return (
        min(box[0] for box in seen),
        min(box[1] for box in seen),
        max(box[2] for box in seen),
        max(box[3] for box in seen),
    )
