"""What the files of profiles are: pages, sheets, spine, fonts, colours, and what is amiss."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from printedition.frozen import dataclass

if TYPE_CHECKING:
    from printedition.profiling import ProfileBook


_NUMBER = re.compile(r"^([\d.]+)\s*")
_FORMS = {"pdf": "PDF", "pdf/ua-1": "PDF/UA-1", "pdf/a-2u": "PDF/A-2u", "pdf/x-4": "PDF/X-4"}


@dataclass(frozen=True, slots=True)
class Survey:
    """The books of profiles, told for people or for programs."""

    books: Sequence[ProfileBook]

    def as_text(self) -> str:
        """A paragraph for each profile."""
        return "\n".join("\n".join(_lines(book)) + "\n" for book in self.books)

    def as_json(self) -> str:
        """A list of records; lengths in mm."""
        records = [_record(book) for book in self.books]
        return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _lines(book: ProfileBook) -> Iterator[str]:
    told = _record(book)
    wide, high = (f"{length:g}" for length in told["page"])
    yield book.profile.name
    yield f"  pages    {told['pages']}, of {wide} × {high} mm"
    if book.profile.imposed:
        yield f"  sheets   {told['sheets']}, of {2 * told['page'][0]:g} × {high} mm, folded once"
    else:
        yield f"  sheets   {told['sheets']}, printed on both sides"
    if book.spine:
        leaf = _NUMBER.sub(r"\1 ", book.profile.leaf.strip())
        yield f"  spine    {told['spine']:.1f} mm, of leaves {leaf} thick"
    yield f"  fonts    {_fonts(told['fonts'])}"
    yield f"  colours  {told['colours']}"
    yield f"  file     {_FORMS[told['standard']]}"
    if not book.profile.paper:
        return
    refused = [f"{fault['message']} ({fault['code']})" for fault in told["refused"]]
    lead = "  refused  "
    for sentence in refused or ["nothing that a print shop would refuse"]:
        yield lead + sentence
        lead = " " * len(lead)


def _fonts(fonts: dict[str, bool]) -> str:
    said = (name if inside else f"{name} (not in the file)" for name, inside in fonts.items())
    return ", ".join(said) or "none"


def _record(book: ProfileBook) -> dict[str, Any]:
    looked = book.finished.looked
    wide, high = (round(length / 72 * 25.4, 1) for length in looked.sizes[0])
    return {
        "profile": book.profile.name,
        "pages": book.finished.pages,
        "page": [wide, high],
        "sheets": book.finished.sheets,
        "spine": round(book.spine, 2),
        "fonts": looked.fonts,
        "colours": looked.colours(),
        "standard": "pdf" if book.profile.imposed else book.profile.standard.value,
        "refused": [
            {"code": fault.code, "message": fault.told(), "pages": list(fault.pages)}
            for fault in book.finished.faults
        ],
    }
