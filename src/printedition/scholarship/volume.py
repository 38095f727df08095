"""A volume: each included edition is checked by itself, then all are joined in one edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from printedition.codes import Severity
from printedition.diagnostics import Diagnostic, Findings
from printedition.edition.edition import Edition, Part, SectionEntry, SectionKind
from printedition.edition.names import in_namespace
from printedition.edition.quotation import Value
from printedition.scholarship.checks import Scholarship, check
from printedition.scholarship.merged_index import MergedIndexes
from printedition.scholarship.merging import (
    merged_abbreviations,
    merged_audiences,
    merged_bands,
    merged_bibliography,
    merged_scholars,
    merged_witnesses,
    sigla_in_volume,
)
from printedition.scholarship.naming import Naming, Renamed
from printedition.scholarship.places import Places
from printedition.scholarship.targets import Targets

# What the volume makes of all its texts together.
_OF_THE_VOLUME = frozenset({
    SectionKind.FRONT,
    SectionKind.ERRATA,
    SectionKind.SYLLABUS,
    SectionKind.APPENDIX,
    SectionKind.SIGLA,
    SectionKind.ABBREVIATIONS,
    SectionKind.SOURCES,
    SectionKind.PERMISSIONS,
    SectionKind.REGISTER,
    SectionKind.INDEX,
})  # fmt: skip
# A volume that gathers these does so for all its texts.
_GATHERED = frozenset({SectionKind.QUESTIONS, SectionKind.GLOSSARY})
_HOMES = (
    (SectionKind.SIGLA, "the list of witnesses", "'Sigla and Signs'"),
    (SectionKind.SOURCES, "the list of works cited", "'Works Cited'"),
    (SectionKind.INDEX, "the index", "'index.yaml'"),
)
_OF_SEVERAL = frozenset({"IDX008"})  # faults that only editions beside one another have


def check_whole(edition: Edition, findings: Findings) -> tuple[Edition, Scholarship]:
    """An edition held against the rules, a volume joined first.

    Nothing is joined where an included edition has errors, which are then told alone.
    """
    if not edition.includes:
        return edition, check(edition, findings)
    targets = {part.include.id.text: check(part.edition, findings).targets
               for part in edition.parts}  # fmt: skip
    if findings.has_errors or len(edition.parts) < len(edition.includes):
        return edition, check(edition, Findings())
    joined = _Volume(edition, targets, findings).joined()
    found = Findings()
    scholarship = check(joined, found)
    for each in found.diagnostics:
        if _is_new(each, joined, findings):
            findings.diagnostics.append(each)
    return joined, scholarship


def _is_new(found: Diagnostic, volume: Edition, findings: Findings) -> bool:
    """Whether a fault of the volume is not one that an included edition has by itself."""
    if not volume.namespace_at(found.span.source):
        return True
    if found.severity is Severity.WARNING and found.code not in _OF_SEVERAL:
        return False
    return all((d.code, d.span) != (found.code, found.span) for d in findings.diagnostics)


class _Volume:
    def __init__(self, edition: Edition, targets: dict[str, Targets], findings: Findings) -> None:
        self.edition, self.targets, self.findings = edition, targets, findings
        self.titles = {"": edition.short_title or edition.title} | {
            part.include.id.text: part.short_title for part in edition.parts
        }

    def joined(self) -> Edition:
        """One edition of all, each name of an included one in its namespace."""
        volume, parts = self.edition, self.edition.parts
        of = {"": volume} | {part.include.id.text: part.edition for part in parts}
        witnesses = {name: one.witnesses for name, one in of.items()}
        sigla = sigla_in_volume(witnesses, self._apart())
        works, keys = merged_bibliography({name: one.bibliography for name, one in of.items()})
        indexes = MergedIndexes(volume)
        own = Renamed(sigla[""], {}, {})
        named = [Naming("", Targets(Places(volume)), own).edition_named()]
        for part in parts:
            name = part.include.id.text
            headings = indexes.names(part.edition, self.titles[name])
            renamed = Renamed(sigla[name], keys[name], headings)
            named.append(Naming(name, self.targets[name], renamed).edition_named())
            indexes.take(named[-1], headings)
        self._report_homeless()
        return replace(
            volume,
            witnesses=merged_witnesses(chain(*(one.witnesses for one in named))),
            scholars=merged_scholars(chain(*(one.scholars for one in named))),
            audiences=merged_audiences(one.audiences for one in named),
            bands=merged_bands(volume.bands, chain(*(one.bands for one in named[1:]))),
            text_entries=tuple(chain(*(one.text_entries for one in named))),
            texts={name: text for one in named for name, text in one.texts.items()},
            prose={path: prose for one in named for path, prose in one.prose.items()},
            apparatus=tuple(chain(*(one.apparatus for one in named))),
            notes=tuple(chain(*(one.notes for one in named))),
            parallels={path: table for one in named for path, table in one.parallels.items()},
            images={path: data for one in named for path, data in one.images.items()},
            events=tuple(chain(*(one.events for one in named))),
            indexes=indexes.indexes(),
            bibliography=works,
            abbreviations=merged_abbreviations(
                {name: one.abbreviations for name, one in of.items()}, self.titles
            ),
            book=tuple(self._book(sigla)),
            parts=tuple(
                replace(part, edition=one) for part, one in zip(parts, named[1:], strict=True)
            ),
        )

    def _apart(self) -> frozenset[str]:
        """The editions that keep a list of witnesses of their own."""
        return frozenset(
            part.include.id.text
            for part in self.edition.parts
            if self.edition.sigla_apart
            and any(section.kind is SectionKind.SIGLA for section in part.edition.book)
        )

    def _book(self, sigla: dict[str, dict[str, str]]) -> Iterator[SectionEntry]:
        """The sections of the volume, in the place of an included edition all of its own."""
        for section in self.edition.book:
            part = None
            if section.kind is SectionKind.TEXT:
                part = self.edition.part(section.subject.text)
            if part is None:
                yield section
            else:
                yield from self._sections(part, section, sigla[part.include.id.text])

    def _sections(
        self, part: Part, place: SectionEntry, sigla: dict[str, str]
    ) -> Iterator[SectionEntry]:
        """The sections of an included edition; `place` may give its first another title."""
        namespace = part.include.id.text
        opens = not place.of  # else its introduction does
        left_out = _OF_THE_VOLUME
        if self.edition.sigla_apart:
            left_out = left_out - {SectionKind.SIGLA}
        left_out |= _GATHERED & {section.kind for section in self.edition.book}
        for section in part.edition.book:
            if section.kind in left_out:
                continue
            subject = section.subject
            if section.kind is SectionKind.TEXT:
                subject = Value(in_namespace(namespace, subject.text), subject.span)
            elif section.kind is SectionKind.CORRECTIONS:
                subject = Value(sigla.get(subject.text, subject.text), subject.span)
            audience = section.audience or place.audience
            yield replace(
                section,
                subject=subject,
                namespace=namespace,
                of=namespace,
                opens=opens,
                audience=audience,
            )
            opens = False

    def _report_homeless(self) -> None:
        """Warn of what included editions print for themselves and the volume nowhere."""
        kinds = {section.kind for section in self.edition.book}
        placed = {s.subject.text for s in self.edition.book if s.kind is SectionKind.TEXT}
        for part in self.edition.parts:
            name = part.include.id
            if name.text not in placed:
                self.findings.report(
                    "TXT005",
                    f"the edition “{name.text}” is never printed",
                    name.span,
                    hint=f"add under book: - text: '{name.text}'",
                )
                continue
            for kind, called, cure in _HOMES:
                if kind is SectionKind.SIGLA and self.edition.sigla_apart:
                    continue
                if kind not in kinds and any(s.kind is kind for s in part.edition.book):
                    self.findings.report(
                        "VOL003",
                        f"{called} of “{name.text}” has no place in the volume",
                        part.include.folder.span,
                        hint=f"add under book: - {kind.value}: {cure}",
                    )
