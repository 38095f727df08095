"""What an edition prints of the errata of its earlier printings.

Their records are compared with the words of the pages as they are set now, so that these are laid
out first, without the lists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.quotation import Value
from printedition.kept_printing import printing_of
from printedition.sources import Sources, Span

if TYPE_CHECKING:
    from printedition.book import tree
    from printedition.page.words import PrintedWords

Words = Mapping[str, Sequence["PrintedWords"]]  # of the pages of each section, by its id


def printings_named(edition: Edition) -> tuple[Value, ...]:
    """The printings whose errata an edition prints, each with its place."""
    named = []
    for section in edition.book:
        if section.kind is SectionKind.ERRATA:
            named += _names(section.subject)
    return tuple(named)


def _names(value: Value) -> list[Value]:
    return [Value(name, value.span) for name in value.text.split()]


def with_errata(
    edition: Edition,
    book: tree.Book,
    sources: Sources,
    findings: Findings,
    words_of: Callable[[tree.Book], Words | None],
) -> tree.Book:
    """The book with its lists of errata; `words_of` lays it out without. Faults are reported."""
    from printedition.revision.predecessors import errata_list
    from printedition.revision.printing import PrintedSection, Printing
    from printedition.revision.said_of import SaidOf

    names = {name.text: name for name in printings_named(edition)}
    found = {name: printing_of(value, sources, findings) for name, value in names.items()}
    known = {name: printing for name, printing in found.items() if printing is not None}
    if len(known) < len(found):
        return book
    words = words_of(book)
    if words is None:
        return book
    sections = tuple(
        PrintedSection(one.id, one.kind, one.title, tuple(words[one.id])) for one in book.sections
    )
    stated = edition.title, edition.lang, edition.date, edition.revision
    labels = tuple(page.label for one in sections for page in one.pages)
    now = Printing("", *stated, {}, {}, labels, sections)
    said = SaidOf.of(edition, Findings())  # what it cannot find a check has told
    lists = {name: errata_list(old, now, said, book) for name, old in known.items()}
    subjects = {s.subject.span: s.subject for s in edition.book if s.kind is SectionKind.ERRATA}
    made = []
    for one in book.sections:
        subject = subjects.get(one.span or Span("", 0, 0))
        named = _names(subject) if subject and one.kind == SectionKind.ERRATA.value else []
        made.append(replace(one, errata=tuple(lists[name.text] for name in named)))
    return replace(book, sections=tuple(made))
