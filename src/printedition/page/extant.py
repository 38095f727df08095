"""The lines that say of a page which witnesses hold its text, where not all do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from printedition.page.breaking import Plan
from printedition.page.galley import Galley, Strip

# Ids and sigla to a galley with a line for each.
Lay = Callable[[Sequence[tuple[str, tuple[str, ...]]]], Galley]


class Extant:
    """What is said of the pages of a section; `room` is the height, in px, that a line needs.

    Which lines will be wanted is not known before the pages are broken, so that each stretch
    of one set of witnesses has its own, and what two have on one page is laid out then.
    """

    def __init__(self, strips: Sequence[Strip], lay: Lay) -> None:
        self._held = [_held(strip) for strip in strips]
        self._lay = lay
        self.galley: Galley | None = None
        self.room = 0.0
        if any(self._held):
            self.galley = lay([("extant-0", ("x",))])
            self.room = float(self.galley.boxes["extant-0"].margin_height())

    def on(self, plan: Plan) -> tuple[str, ...]:
        """The witnesses that hold text of a page, in the order of the conspectus."""
        found = [sigla for sigla in self._held[plan.start : plan.stop] if sigla]
        # Each set is in the order of the conspectus; a topological merge would be no other.
        longest = max(found, key=len, default=())
        extra = {siglum for sigla in found for siglum in sigla} - set(longest)
        return (*longest, *sorted(extra))

    def lay_lines(self, plans: Sequence[Plan]) -> None:
        """Lay out the lines that the pages want, once these have come to rest."""
        if self.galley is not None:
            lines = [(f"extant-{n}", self.on(plan)) for n, plan in enumerate(plans)]
            self.galley = self._lay([line for line in lines if line[1]])


def _held(strip: Strip) -> tuple[str, ...]:
    """The witnesses that hold the paragraph of a strip, where not all do."""
    said = strip.element.get("data-held") if strip.element is not None else None
    return tuple(said.split()) if said else ()
