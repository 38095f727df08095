"""Texts that an edition lists and no page of the book would print."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.text import Take, walk


def report_unprinted(edition: Edition, findings: Findings) -> None:
    """Warn of each text that is no section of the book, no version, and taken by no other."""
    printed = set(_printed(edition))
    if not printed <= set(edition.texts):
        return  # a name in the book is wrong, which is reported, and may mean any of them
    for entry in edition.text_entries:
        if entry.id.text not in printed:
            findings.report(
                "TXT005",
                f"the text “{entry.id.text}” is never printed",
                entry.id.span,
                hint=f"add under book: - text: '{entry.id.text}'",
            )


def _printed(edition: Edition) -> Iterator[str]:
    """The ids of the texts that stand in the book, in a table, or in a take."""
    for section in edition.book:
        if section.kind is SectionKind.TEXT:
            yield section.subject.text
    for parallel in edition.parallels.values():
        yield from (version.text.text for version in parallel.versions)
    for text in edition.texts.values():
        for block in walk(text.blocks):
            if isinstance(block, Take):
                yield from (name.partition("/")[0] for name, _ in block.targets)
