"""The printing whose pages an edition keeps: found under `printings/`, and read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition
from printedition.sources import SourceMissing, SourceOutside, Sources

if TYPE_CHECKING:
    from printedition.page.old_pages import KeptSection

FOLDER = "printings"


def hold_printing(edition: Edition, sources: Sources, findings: Findings) -> None:
    """Report a printing whose pages are to be kept, and which is not there; quick."""
    name = edition.kept.printing
    if name is not None and _record(name.text, sources) is None:
        findings.report(
            "KEP001",
            f"there is no printing “{name.text}” in this edition: {FOLDER}/{name.text}.json is not "
            "there",
            name.span,
        )


def printing_to_keep(
    edition: Edition, sources: Sources, findings: Findings
) -> Mapping[str, KeptSection]:
    """The pages of the sections that are to stay; none, where that is not wanted, or a fault."""
    name = edition.kept.printing
    if name is None:
        return {}
    from printedition.revision.kept_pages import kept_sections
    from printedition.revision.printing import NotPrinting, read

    data = _record(name.text, sources)
    try:
        printing = read(data or b"")
    except NotPrinting as fault:
        findings.report("KEP001", f"the printing “{name.text}” cannot be read: {fault}", name.span)
        return {}
    return kept_sections(printing, lets_go=edition.kept.lets_go)


def _record(name: str, sources: Sources) -> bytes | None:
    """The record of a printing, plain or compressed."""
    for ending in ("json", "json.gz"):
        try:
            return sources.read_bytes(f"{FOLDER}/{name}.{ending}")
        except (SourceMissing, SourceOutside):
            continue
    return None
