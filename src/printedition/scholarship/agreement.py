"""Whether entries agree: with themselves, with one another, and with what witnesses hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

from printedition.diagnostics import Findings, Label
from printedition.edition.apparatus import (
    WITH_LEMMA,
    WITHOUT_WORDS,
    EntryKind,
    Reading,
    ReadingKind,
)
from printedition.edition.edition import Edition
from printedition.edition.quotation import Value
from printedition.scholarship.apparatus import (
    Apparatus,
    FoundEntry,
    Overlap,
    stands_in,
    variants,
)
from printedition.sources import Span

# A witness as an entry names it, and what it has there; None is the lemma.
Testimony: TypeAlias = tuple[Value, Reading | None]


def report_disagreement(edition: Edition, apparatus: Apparatus, findings: Findings) -> None:
    """Report what cannot be true of a witness, who is left out, and who is never named."""
    for found in apparatus.entries:
        _report_twice(found, findings)
        _report_not_extant(apparatus, found, findings)
    for found in variants(apparatus.entries):
        _report_left_out(apparatus, found, findings)
    told: set[Span] = set()
    for overlap in apparatus.overlaps:
        _report_contradiction(overlap, told, findings)
    _report_unused(edition, apparatus, findings)


def _testimonies(found: FoundEntry) -> Iterator[Testimony]:
    yield from ((witness, None) for witness in found.entry.witnesses)
    for reading in found.entry.readings:
        yield from ((witness, reading) for witness in reading.witnesses)


# One entry


def _report_twice(found: FoundEntry, findings: Findings) -> None:
    for (first, has), (second, has_too) in combinations(_testimonies(found), 2):
        if first.text == second.text and not _are_compatible(has, has_too):
            findings.report(
                "APP007",
                f"the witness {second.text} stands twice in the entry on “{found.words}”",
                second.span,
                labels=(Label(first.span, "here already"),),
            )


def _report_not_extant(apparatus: Apparatus, found: FoundEntry, findings: Findings) -> None:
    passage = found.passage
    held = apparatus.extant.on(passage.text, passage.first, passage.last)
    for witness, _ in _testimonies(found):
        if apparatus.extant.is_fragment(witness.text) and witness.text not in held:
            findings.report(
                "WIT004",
                f"the fragment {witness.text} does not hold the place of “{found.words}”",
                witness.span,
                hint="correct the siglum, or extant: of the witness in edition.yaml",
            )


def _report_left_out(apparatus: Apparatus, found: FoundEntry, findings: Findings) -> None:
    entry = found.entry
    for reading in entry.readings:
        if not (reading.witnesses or reading.by or findings.has_errors):
            findings.report(
                "APP008",
                f"a reading on “{found.words}” is of no witness and no scholar",
                reading.span,
                hint="add wit: with sigla, or by: with a name",
            )
    if not entry.readings or not (entry.witnesses or entry.by):
        return
    missing = apparatus.having(found)
    if missing:
        findings.report(
            "APP008",
            f"the entry on “{found.words}” does not say what {_listed(missing)} "
            f"{'has' if len(missing) == 1 else 'have'}",
            entry.lemma.span,
            hint="name every witness under wit:, or mark it with lacuna: true",
        )


def _listed(sigla: tuple[str, ...]) -> str:
    *first, last = sigla
    return f"{', '.join(first)} and {last}" if first else last


# Two entries


def _report_contradiction(overlap: Overlap, told: set[Span], findings: Findings) -> None:
    """Report a siglum that an earlier entry refutes; one such entry is enough."""
    outer = {witness.text: (witness, has) for witness, has in _testimonies(overlap.outer)}
    for witness, has in _testimonies(overlap.inner):
        there = outer.get(witness.text)
        if there is None or witness.span in told or _agree(overlap, there[1], has):
            continue
        told.add(witness.span)
        findings.report(
            "APP009",
            f"{witness.text} cannot have both this and what the entry on "
            f"“{overlap.outer.words}” says",
            witness.span,
            labels=(Label(there[0].span, f"the other entry names {witness.text} here"),),
        )


def _agree(overlap: Overlap, outer: Reading | None, inner: Reading | None) -> bool:
    """Whether one witness can have both."""
    kinds = overlap.outer.entry.kind, overlap.inner.entry.kind
    if EntryKind.ACCIDENTAL in kinds and (outer is None or inner is None):
        return True  # who has the lemma is said without regard to slips
    if overlap.alike:
        return _are_compatible(outer, inner)
    if not overlap.nested:
        return not (
            (outer is None and _lacks_words(inner)) or (inner is None and _lacks_words(outer))
        )
    if outer is None:
        return inner is None or inner.kind in WITH_LEMMA
    if _lacks_words(outer):
        added = inner is not None and inner.kind is ReadingKind.ADDITION
        at_end = overlap.inner.end == overlap.outer.end
        return _lacks_words(inner) or (added and at_end)
    if outer.kind is not ReadingKind.SUBSTITUTION:
        return True
    if inner is None:
        return stands_in(overlap.inner.words, outer.words)
    return inner.kind is not ReadingKind.SUBSTITUTION or stands_in(inner.words, outer.words)


def _lacks_words(reading: Reading | None) -> bool:
    return reading is not None and reading.kind in WITHOUT_WORDS


def _are_compatible(one: Reading | None, other: Reading | None) -> bool:
    """Whether a witness can have both at the same words: the lemma, and something beside it."""
    if one is None and other is None:
        return False
    kinds = {reading.kind for reading in (one, other) if reading is not None}
    return kinds <= WITH_LEMMA and (one is None or other is None or one.kind is not other.kind)


# All entries


def _report_unused(edition: Edition, apparatus: Apparatus, findings: Findings) -> None:
    """Warn of witnesses and scholars that the apparatus never names, where there is one."""
    if not edition.apparatus or findings.has_errors:
        return  # a siglum may be unused only because another is wrong
    entries = apparatus.entries
    used = {siglum for found in entries for siglum in found.cited}
    used |= {
        s for found in entries if apparatus.is_positive(found) for s in apparatus.having(found)
    }
    used |= {w.hand_of.text for w in edition.witnesses if w.hand_of and w.siglum in used}
    for witness in edition.witnesses:
        if witness.siglum not in used and not witness.base:
            findings.report(
                "WIT003",
                f"no entry names the witness {witness.siglum}",
                witness.span,
                hint="write base: true if the text follows it throughout",
            )
    named = {by.text for found in entries for by in found.scholars}
    for scholar in edition.scholars:
        if scholar.name not in named:
            findings.report("WIT003", f"no entry names {scholar.name}", scholar.span)
