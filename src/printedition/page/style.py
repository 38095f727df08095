"""How an edition wants its pages printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from printedition.edition.apparatus import Conventions
from printedition.edition.edition import Band, Calling, Counting, LineNumbers, PageSize, Side
from printedition.edition.index import IndexSettings
from printedition.edition.profile import Setting
from printedition.frozen import dataclass
from printedition.page.geometry import margin_rules
from printedition.page.job import BandStyle, Numbering
from printedition.page.margins import FIGURES
from printedition.page.words import PrintedWords

FOOT = ("bottom-left", "bottom-right")  # where a proof says what it is
Row = tuple[str, int, int]  # a section, its page from 0, the line from 0 among all of the page
Part = tuple[str, int, str]  # a section, its page from 0, the id of a note, entry or heading on it


@dataclass(frozen=True, slots=True)
class Marked:
    """The lines, and the notes, entries and headings of an index, that a proof marks."""

    rows: frozenset[Row] = frozenset()
    parts: frozenset[Part] = frozenset()


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof has more than the book: the number of every line, and words at each foot.

    `changed` tells of the words of each section's pages what is marked.
    """

    foot: str
    changed: Callable[[Mapping[str, Sequence[PrintedWords]]], Marked] | None = None

    def rules(self) -> str:
        """The rule of the style that prints the foot, whatever else pages have there."""
        said = "".join(f"\\{ord(one):x} " for one in self.foot)  # CSS Syntax 3, 4.3.7
        look = "font-size: 7pt; font-style: normal; white-space: nowrap; vertical-align: bottom"
        how = f"content: '{said}' !important; {look}; padding-bottom: 9pt"
        sides = (
            f"@page :{side} {{ @{foot} {{ {how} }} }}"
            for side, foot in zip(("left", "right"), FOOT, strict=True)
        )
        return "\n".join(sides)


@dataclass(frozen=True, slots=True)
class Style:
    """How edition.yaml wants pages printed: their size, bands, line numbers, and indexes."""

    page: PageSize
    bands: tuple[Band, ...]
    lines: LineNumbers
    calling: Calling
    conventions: Conventions
    index: IndexSettings
    proof: Proof | None = None
    setting: Setting = Setting.STANDARD

    @property
    def ruled(self) -> float:
        """How long the lines to write on in the outer margin are, in px; 0 where there are none."""
        outside = self.lines.every and self.lines.side is not Side.INNER
        return max(margin_rules(self.page) - (FIGURES if outside else 0.0), 0.0)

    def bands_of_pages(self) -> tuple[BandStyle, ...]:
        """The bands as pages are broken with them."""
        return tuple(BandStyle(b.name, b.run_in, b.above, b.columns) for b in self.bands)

    def numbering(self, every: int) -> Numbering:
        """The numbering of lines, every n-th with its figure."""
        restart = self.lines.counting is Counting.PAGE
        return Numbering(
            every, restart, self.lines.side.value, self.conventions.lines, self.proof is not None
        )
