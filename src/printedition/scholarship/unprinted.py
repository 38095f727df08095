"""What an edition holds and no page would print: texts, notes, entries, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from printedition.diagnostics import Findings
from printedition.edition.apparatus import EntryKind
from printedition.edition.commentary import NoteKind
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.text import Take, walk
from printedition.scholarship.notes import FoundNote
from printedition.scholarship.references import assignments


def report_unprinted(edition: Edition, findings: Findings) -> None:
    """Warn of each text, note and entry that has no place in the book."""
    _report_texts(edition, findings)
    kinds = {section.kind for section in edition.book}
    if SectionKind.COMMENTARY not in kinds:
        _report_notes(edition, findings)
    if SectionKind.GLOSSARY not in kinds:
        _report_words(edition, findings)
    if SectionKind.CORRECTIONS not in kinds:
        _report_entries(edition, findings)
    _report_dates(edition, findings)
    if edition.syllabus and SectionKind.SYLLABUS not in kinds:
        first = next((one.first for one in assignments(edition)), None)
        findings.report(
            "SYL001",
            "the syllabus is never printed",
            first.span if first else edition.root,
            hint="add under book: - syllabus: 'Syllabus'",
        )


def report_unprinted_questions(
    edition: Edition, notes: Iterable[FoundNote], findings: Findings
) -> None:
    """Warn of each question on a text below which it cannot stand, where nothing gathers them."""
    kinds = (SectionKind.TEXT, SectionKind.QUESTIONS)
    sections = {(s.kind, s.subject.text) for s in edition.book if s.kind in kinds}
    if any(kind is SectionKind.QUESTIONS for kind, _ in sections):
        return
    for found in notes:
        if found.note.kind is not NoteKind.QUESTION:
            continue
        if (SectionKind.TEXT, found.passage.text) not in sections:
            findings.report(
                "QUE001",
                f"this question is never printed, since “{found.passage.text}” has no section",
                found.note.span,
                hint="add under book: - questions: 'Questions'",
            )


def _report_dates(edition: Edition, findings: Findings) -> None:
    """A date is printed with the section of its text, or in a chronology, which sorts by days."""
    has_chronology = any(s.kind is SectionKind.CHRONOLOGY for s in edition.book)
    sections = {s.subject.text for s in edition.book if s.kind is SectionKind.TEXT}
    for entry in edition.text_entries:
        if entry.dates and entry.id.text not in sections and not has_chronology:
            findings.report(
                "DAT005",
                f"the dates of “{entry.id.text}” are never printed",
                entry.dates[0].span,
                hint="add under book: - chronology: 'Chronology'",
            )
    if not has_chronology and edition.events:
        findings.report(
            "DAT005",
            "these events are never printed",
            edition.events[0].span,
            hint="add under book: - chronology: 'Chronology'",
        )
    for event in edition.dated_events if has_chronology else ():
        if event.dating is None:
            findings.report(
                "DAT006",
                f"“{event.printed}” has no place in the chronology",
                event.span,
                hint="add when: with the day in figures, such as '1922-09-26'",
            )


def _report_notes(edition: Edition, findings: Findings) -> None:
    for note in edition.notes:
        if note.kind is NoteKind.END and not note.headword:
            findings.report(
                "NOT005",
                "this note stands at the end, but the book has no commentary",
                note.span,
                hint="add under book: - commentary: 'Commentary'",
            )


def _report_words(edition: Edition, findings: Findings) -> None:
    for note in edition.notes:
        if note.kind is NoteKind.END and note.headword:
            findings.report(
                "NOT007",
                f"“{note.headword}” is explained in the glossary alone, and the book has none",
                note.span,
                hint="add under book: - glossary: 'Glossary'",
            )


def _report_entries(edition: Edition, findings: Findings) -> None:
    for entry in edition.apparatus:
        if entry.kind is EntryKind.ACCIDENTAL:
            findings.report(
                "APP006",
                "this entry goes to the list of corrections, but the book has none",
                entry.span,
                hint="add under book: - corrections: with the siglum of the witness",
            )


def _report_texts(edition: Edition, findings: Findings) -> None:
    """A text is printed as a section of the book, as a version, or where another takes it."""
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
