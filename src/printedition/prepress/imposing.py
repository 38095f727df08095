"""Imposes pages on sheets that are printed on both sides, folded once and stitched in the fold.

pdfimpose 2.10 does the same by PyMuPDF, a second library for PDFs and a large one; of what it does
no more is wanted than the order of the pages, which is reckoned here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Name

from printedition.frozen import dataclass

_LEAVES = 4  # pages of a folded sheet


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: the pages on the left and on the right, counted from 0.

    `inside` is how many sheets of its signature lie round it when they are folded.
    """

    left: int
    right: int
    inside: int


def signatures(pages: int, sheets: int) -> Iterator[Sequence[Side]]:
    """The sides of each signature, front and back by turns, from its outermost sheet inwards.

    So many pages, a multiple of four, are put on so many `sheets` in a signature, all in one where
    that is 0; the last may have fewer.
    """
    most = _LEAVES * sheets or pages
    for first in range(0, pages, most):
        last = min(first + most, pages) - 1
        sides = []
        for sheet in range((last + 1 - first) // _LEAVES):
            low, high = first + 2 * sheet, last - 2 * sheet
            sides += [Side(high, low, sheet), Side(low + 1, high - 1, sheet)]
        yield sides


def impose(data: bytes, sheets: int, leaf: float) -> bytes:
    """The sheets of a PDF whose pages are of one size, their number a multiple of four.

    Each page moves towards the fold by the thickness of a `leaf`, in pt, for each sheet round its
    own: these push it out, and what stands out is cut off.
    """
    made = pikepdf.new()
    with pikepdf.open(io.BytesIO(data)) as book:
        left, foot, right, top = (float(edge) for edge in book.pages[0].trimbox)
        width, height = right - left, top - foot
        for signature in signatures(len(book.pages), sheets):
            for side in signature:
                sheet = made.add_blank_page(page_size=(2 * width, height))
                creep = side.inside * leaf
                drawn = []
                forms = pikepdf.Dictionary()
                for name, page, x in (
                    ("/left", side.left, creep),
                    ("/right", side.right, width - creep),
                ):
                    # As it lies on its sheet: a page that is turned on a screen is not turned here.
                    form = book.pages[page].as_form_xobject(handle_transformations=False)
                    forms[name] = made.copy_foreign(form)
                    drawn.append(f"q 1 0 0 1 {x - left:.4f} {-foot:.4f} cm {name} Do Q")
                blended = {
                    str(form.Group.CS) for form in forms.values() if "/CS" in form.get("/Group", ())
                }
                if len(blended) == 1:  # else greys that lie on one another become four inks
                    sheet.obj.Group = pikepdf.Dictionary(S=Name.Transparency, CS=Name(*blended))
                sheet.obj.Resources = pikepdf.Dictionary(XObject=forms)
                sheet.obj.Contents = made.make_stream("\n".join(drawn).encode())
        _copy_words(book, made)
        written = io.BytesIO()
        # An empty PDF begins as 1.3, which knows no OpenType fonts (ISO 32000-1, 9.9).
        made.save(written, min_version=book.pdf_version, deterministic_id=True)
    return written.getvalue()


def _copy_words(book: pikepdf.Pdf, made: pikepdf.Pdf) -> None:
    """Tell of the sheets what the book tells of itself, but for what readers on a screen want."""
    for key, words in book.docinfo.items():
        made.docinfo[key] = pikepdf.String(str(words))
    if "/Lang" in book.Root:
        made.Root.Lang = pikepdf.String(str(book.Root.Lang))
    with made.open_metadata(set_pikepdf_as_editor=False) as told:
        told.load_from_docinfo(made.docinfo)
    made.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
    )
