"""The rule of a reader: of each text is said where it was taken from, and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.heads import TextHead
from printedition.edition.names import namespace_of
from printedition.edition.quotation import Value
from printedition.scholarship.source_pages import pages_named


def report_rights(edition: Edition, findings: Findings) -> None:
    """Warn of texts without source or rights, in a volume or where the book lists them."""
    listed = any(section.kind is SectionKind.PERMISSIONS for section in edition.book)
    if not listed and not edition.parts:
        return
    for named, head in _heads(edition):
        _report_head(named, head, findings)
    if not listed:
        findings.report(
            "RGT004",
            "the volume has no list of the sources and rights of its texts",
            edition.root,
            hint="add under book: - permissions: 'Sources and Permissions'",
        )


def _heads(edition: Edition) -> Iterator[tuple[Value, TextHead]]:
    """The heads of the volume's own texts and of the editions that it includes."""
    for entry in edition.text_entries:
        if not namespace_of(entry.id.text):
            yield entry.id, entry.head
    for part in edition.parts:
        yield part.include.id, part.head


def _report_head(named: Value, head: TextHead, findings: Findings) -> None:
    if not head.rights:
        findings.report(
            "RGT001",
            f"of “{named.text}” is not said who has the rights",
            named.span,
            hint="add rights: with who has them and what is allowed, or that there are none",
        )
    if not head.source:
        findings.report(
            "RGT002",
            f"of “{named.text}” is not said where it was taken from",
            named.span,
            hint="add source: with the book or page, and pages: with those that were used",
        )
    elif not head.pages and not any(pages_named(head.source)):
        findings.report(
            "RGT003",
            f"of “{named.text}” is not said which pages of its source were used",
            named.span,
            hint="add pages: such as '421–423', or pages: 'none' where the source has none",
        )
