"""Where quoted words are sought: the leaves of a named text or block, or of a folder."""

from __future__ import annotations

from typing import TypeAlias

from printedition.diagnostics import Findings, did_you_mean
from printedition.edition.edition import Edition
from printedition.edition.quotation import Quotation, Value
from printedition.scholarship.concordance import LeafNumber
from printedition.scholarship.places import Places

Scope: TypeAlias = dict[LeafNumber, int]  # leaves, each with its order among them


class Scopes:
    """Knows which leaves a place stands for, and reports a place that is none."""

    def __init__(self, edition: Edition, places: Places, findings: Findings) -> None:
        self.edition = edition
        self.places = places
        self.findings = findings
        self._known: dict[tuple[str, str], Scope] = {}

    def of(self, place: Value | None, folder: str) -> Scope | None:
        """The leaves that `in:` names; without it those of the folder's texts, or of all texts."""
        key = place.text if place else "", folder
        if key not in self._known:
            leaves = self._of_folder(folder) if place is None else self.named(place, folder)
            if leaves is None:
                return None  # reported, and again where it is named again
            self._known[key] = {leaf: order for order, leaf in enumerate(leaves)}
        return self._known[key]

    def _of_folder(self, folder: str) -> list[LeafNumber]:
        texts = self.places.texts_in(folder) or self.edition.texts.values()
        return [(text.id, number) for text in texts for number in range(len(text.leaves))]

    def named(self, place: Value, folder: str) -> tuple[LeafNumber, ...] | None:
        """The leaves of a named place; LOC004 where there is none, or several."""
        texts = [text.id for text in self.places.texts_in(folder)] or list(self.edition.texts)
        name = place.text
        if "/" in name or name in self.edition.texts:
            leaves = self.places.leaves(name, "")
            if leaves is not None:
                return leaves
        else:
            owners = [text for text in texts if name in self.places.blocks(text)]
            if len(owners) == 1:
                return self.places.leaves(name, owners[0])
            if owners:
                choices = " or ".join(f"{text}/{name}" for text in owners)
                self.findings.report(
                    "LOC004",
                    f"“{name}” is a block of several texts of this folder",
                    place.span,
                    hint=f"write {choices}",
                )
                return None
        self.findings.report(
            "LOC004",
            f"there is no text or block “{name}”",
            place.span,
            hint=self._hint(name, texts),
        )
        return None

    def _hint(self, name: str, texts: list[str]) -> str | None:
        """The nearest name of a place; in a folder of one text its blocks go by their ids."""
        if not self.findings.are_few:
            return None
        if len(texts) != 1:
            return did_you_mean(name, self.places.names())
        own = texts[0]
        others = (n for n in self.places.names() if not n.startswith(f"{own}/"))
        hint = did_you_mean(name, [*others, *self.places.blocks(own)])
        if hint is None or "/" in name or not hint.startswith("known"):
            return hint
        return f"a block gets its name from a line {{#{name}}} directly above it; {hint}"

    def is_lost(self, quotation: Quotation) -> bool:
        """Whether a text that could not be read might hold the words; that is reported already."""
        lost = [e for e in self.edition.text_entries if e.id.text not in self.edition.texts]
        if not lost:
            return False
        if quotation.place is not None and "/" in quotation.place.text:
            name = quotation.place.text.partition("/")[0]
            return any(entry.id.text == name for entry in lost)
        return quotation.place is None or quotation.place.text not in self.edition.texts
