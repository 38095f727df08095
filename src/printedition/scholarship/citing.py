"""What an edition cites: its citations in the order of the book, held against its bibliography."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.heads import TextHead
from printedition.edition.text import Block, Citation, Cite, Inline, leaves_of, walk_inlines


def cites_of(edition: Edition) -> Iterator[Cite]:
    """Every work that is cited, each time it is, as nearly in the order of the book as can be
    told before pages are made."""
    for inlines in _cited_in(edition):
        for inline in walk_inlines(inlines):
            if isinstance(inline, Citation):
                yield from inline.cites


def heads_of(edition: Edition) -> Iterator[TextHead]:
    """The heads of all texts and included editions."""
    yield from (entry.head for entry in edition.text_entries)
    yield from (part.head for part in edition.parts)


def check_citations(edition: Edition, findings: Findings) -> None:
    """Report keys that no work has, works that nothing cites, a list that would be empty."""
    bibliography = edition.bibliography
    works = bibliography.by_key if bibliography else {}
    cited = set()
    for cite in cites_of(edition):
        cited.add(cite.key)
        if cite.key not in works and not (bibliography and bibliography.is_broken):
            _report_unknown(cite, list(works), findings, is_there=bibliography is not None)
    listed = bibliography.listed if bibliography else ()
    for value in listed:
        if value.text not in works and value.text != "*":
            hint = findings.near(value.text, works)
            message = f"no work has the key “{value.text}”"
            findings.report("BIB001", message, value.span, hint=hint)
    for key, work in works.items():
        if key not in cited and bibliography and not bibliography.lists(key):
            findings.report(
                "BIB002",
                f"the work “{key}” is cited nowhere",
                work.key.span,
                hint=f"cite it, as [@{key}]; or list it all the same: nocite: '@{key}'",
            )
    for section in edition.book:
        if section.kind is SectionKind.SOURCES and not cited and not listed:
            findings.report(
                "BIB007",
                "the list of works cited would be empty",
                section.subject.span,
                hint="take the section out, or cite a work of bibliography.yaml",
            )


def _report_unknown(cite: Cite, known: list[str], findings: Findings, *, is_there: bool) -> None:
    hint = (
        findings.near(cite.key, known)
        if is_there
        else (
            "add bibliography.yaml beside edition.yaml; to print the words as they stand write \\["
        )
    )
    findings.report("BIB001", f"no work has the key “{cite.key}”", cite.span, hint=hint)


def _cited_in(edition: Edition) -> Iterator[tuple[Inline, ...]]:
    """All words of the editor's that may cite."""
    imprint = edition.imprint
    yield from (*imprint.source, *imprint.rights, *imprint.cite)
    for head in heads_of(edition):
        yield from (*head.source, *head.rights)
    for section in edition.book:
        match section.kind:
            case SectionKind.PROSE:
                if prose := edition.prose.get(section.subject.text):
                    yield from _in_blocks(prose.blocks)
                    yield from _in_blocks(b for note in prose.notes for b in note.blocks)
            case SectionKind.SIGLA:
                yield from (witness.description for witness in edition.witnesses)
                yield from (scholar.description for scholar in edition.scholars)
    dated = [*(event for text in edition.text_entries for event in text.dates), *edition.events]
    for event in dated:
        yield from (event.evidence, event.note)
    for entry in edition.apparatus:
        yield entry.note
        yield from (reading.note for reading in entry.readings)
    for note in edition.notes:
        yield from _in_blocks(note.blocks)


def _in_blocks(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    return (leaf.inlines for leaf in leaves_of(tuple(blocks)))
