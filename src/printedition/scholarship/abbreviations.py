"""The abbreviations of the texts: which stand in the book, and which are explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from printedition.diagnostics import Findings
from printedition.edition.abbreviation import Abbreviation
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.names import namespace_of
from printedition.edition.text import Block, Leaf, leaves_of

# Two capitals or more, each before a point, without blanks: C.C., but not the “J. V.” of a name.
_CAPITALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}(?!\w)")


def report_abbreviations(edition: Edition, findings: Findings) -> None:
    """Hold what the book abbreviates against the list of the edition, where there is one."""
    if edition.parts:  # included editions are checked by themselves
        edition = _without_parts(edition)
    if not edition.abbreviations:
        return
    leaves = tuple(_leaves(edition))
    known = {abbreviation.abbr for abbreviation in edition.abbreviations}
    for abbr, (leaf, times) in _found(leaves).items():
        if abbr not in known:
            findings.report(
                "ABB002",
                f"“{abbr}” is not explained" + (f"; it stands {times} times" if times > 1 else ""),
                leaf.span,
                hint=f"add under abbreviations: - abbr: '{abbr}' with its expansion:, or "
                "unlisted: 'true' if it is the initials of a name",
            )
    pattern = pattern_of(known)
    used = {match.group() for leaf in leaves for match in pattern.finditer(leaf.plain)}
    for abbreviation in edition.abbreviations:
        if abbreviation.abbr not in used:
            findings.report(
                "ABB003", f"“{abbreviation.abbr}” stands nowhere in the book", abbreviation.span
            )
    if home_of_abbreviations(edition) is None and any(listed(edition)):
        findings.report(
            "ABB004",
            "the book has no section that prints the abbreviations",
            edition.abbreviations[0].span,
            hint="add under book: - abbreviations: 'Abbreviations'",
        )


def _without_parts(volume: Edition) -> Edition:
    """What a volume has besides its included editions."""
    return replace(
        volume,
        texts={name: text for name, text in volume.texts.items() if not namespace_of(name)},
        prose={path: p for path, p in volume.prose.items() if not volume.namespace_at(path)},
        notes=tuple(n for n in volume.notes if not volume.namespace_at(n.span.source)),
        abbreviations=tuple(
            one for one in volume.abbreviations if not volume.namespace_at(one.span.source)
        ),
        parts=(),
    )


def home_of_abbreviations(edition: Edition) -> str | None:
    """The kind of the section that prints the list: its own, else that of the sigla."""
    kinds = {section.kind for section in edition.book}
    for kind in (SectionKind.ABBREVIATIONS, SectionKind.SIGLA):
        if kind in kinds:
            return str(kind.value)
    return None


def listed(edition: Edition) -> tuple[Abbreviation, ...]:
    """The abbreviations of which something is said, in alphabetical order."""
    explained = (a for a in edition.abbreviations if a.expansion or a.note)
    return tuple(sorted(explained, key=lambda a: (a.abbr.replace(".", "").casefold(), a.abbr)))


def pattern_of(abbreviations: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some abbreviations, the longest first, and none within a longer one."""
    longest_first = sorted(abbreviations, key=lambda abbr: (-len(abbr), abbr))
    return re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def _found(leaves: tuple[Leaf, ...]) -> dict[str, tuple[Leaf, int]]:
    """Each abbreviation of capitals with the leaf that has it first, and how often it stands."""
    found: dict[str, tuple[Leaf, int]] = {}
    for leaf in leaves:
        for match in _CAPITALS.finditer(leaf.plain):
            abbr = match.group()
            if abbr.upper() == abbr:
                first, times = found.get(abbr, (leaf, 0))
                found[abbr] = first, times + 1
    return found


def _leaves(edition: Edition) -> Iterator[Leaf]:
    """All that the book prints in running words: texts, their notes, prose, and commentary."""
    blocks: list[tuple[Block, ...]] = []
    for text in edition.texts.values():
        blocks += [text.blocks, *(note.blocks for note in text.notes)]
    for prose in edition.prose.values():
        blocks += [prose.blocks, *(note.blocks for note in prose.notes)]
    blocks += [note.blocks for note in edition.notes]
    for each in blocks:
        yield from leaves_of(each)
