"""The printings that an edition names: found under `printings/`, and read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition
from printedition.edition.quotation import Value
from printedition.sources import SourceMissing, SourceOutside, Sources

if TYPE_CHECKING:
    from printedition.page.old_pages import KeptSection
    from printedition.revision.printing import Printing

FOLDER = "printings"


def hold_printing(name: Value, sources: Sources, findings: Findings) -> None:
    """Report a printing that is named, and of which there is no record; quick."""
    if _record(name.text, sources) is None:
        findings.report(
            "KEP001",
            f"there is no printing “{name.text}” in this edition: {FOLDER}/{name.text}.json is not "
            "there",
            name.span,
            hint=_known(sources),
        )


def _known(sources: Sources) -> str:
    paths = [path.removesuffix(".gz") for path in sources.paths() if path.startswith(f"{FOLDER}/")]
    names = sorted({path[len(FOLDER) + 1 : -5] for path in paths if path.endswith(".json")})
    if not names:
        return "record one: printedition release NAME"
    return f"recorded are: {', '.join(names)}"


def printing_of(name: Value, sources: Sources, findings: Findings) -> Printing | None:
    """A printing by its name; None with a report where it cannot be read."""
    from printedition.revision.printing import NotPrinting, read

    try:
        return read(_record(name.text, sources) or b"")
    except NotPrinting as fault:
        findings.report("KEP001", f"the printing “{name.text}” cannot be read: {fault}", name.span)
        return None


def printing_to_keep(
    edition: Edition, sources: Sources, findings: Findings
) -> Mapping[str, KeptSection]:
    """The pages of the sections that are to stay; none, where that is not wanted, or a fault."""
    name = edition.kept.printing
    if name is None or (printing := printing_of(name, sources, findings)) is None:
        return {}
    from printedition.revision.kept_pages import kept_sections

    return kept_sections(printing, lets_go=edition.kept.lets_go)


def _record(name: str, sources: Sources) -> bytes | None:
    """The record of a printing, plain or compressed."""
    for ending in ("json", "json.gz"):
        try:
            return sources.read_bytes(f"{FOLDER}/{name}.{ending}")
        except (SourceMissing, SourceOutside):
            continue
    return None
