"""The folder of an edition, read into its model. Every file is read, whatever the others hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from printedition.diagnostics import Findings, Label
from printedition.edition.apparatus import ApparatusEntry
from printedition.edition.commentary import Note
from printedition.edition.edition import (
    Edition,
    Include,
    Part,
    Prose,
    SectionEntry,
    SectionKind,
)
from printedition.edition.index import Index
from printedition.edition.quotation import Value
from printedition.edition.text import Attributes, Text, leaves_of, walk
from printedition.edition.versions import Parallel
from printedition.reading.attributes import Setting
from printedition.reading.bibliography import read_bibliography
from printedition.reading.blocks import Document, parse_blocks
from printedition.reading.colour_profiles import with_colours
from printedition.reading.commentary import read_commentary, read_questions
from printedition.reading.edition_record import read_edition_record
from printedition.reading.files import Files
from printedition.reading.kept_files import KeptFiles
from printedition.reading.pictures import read_pictures
from printedition.reading.records import (
    read_apparatus,
    read_corrections,
    read_index,
    read_parallel,
)
from printedition.reading.strays import report_strays
from printedition.reading.unheeded import report_unheeded
from printedition.reading.yamltree import Record, read_yaml
from printedition.sources import SourceFile, SourceMissing, SourceOutside, Sources, Span

if TYPE_CHECKING:
    from printedition.cache import Cache

_IN_FILES = (SectionKind.PROSE, SectionKind.PARALLEL, SectionKind.INDEX)


class _Reader:
    """Reads an edition, by its paths from the folder `root`, that of an included edition."""

    def __init__(
        self, sources: Sources, findings: Findings, kept: KeptFiles, root: str = ""
    ) -> None:
        self.sources = sources
        self.findings = findings
        self.kept = kept
        self.files = Files(sources, findings, root)
        self.record: Record | None = None  # edition.yaml, once it is read
        self.readers: dict[str, _Reader] = {}  # of included editions, by their folders

    def edition(self, named: Span | None = None) -> Edition | None:
        record = self.files.whole("edition.yaml")
        file = self.files.read("edition.yaml", named or Span(record, 0, 0))
        if file is None:
            return None
        node = read_yaml(file, self.findings)
        edition = read_edition_record(node, file, self.findings)
        if edition is None:
            return None
        self.record = node if isinstance(node, Record) else None
        if not edition.book:
            edition = replace(edition, book=_as_listed(edition))
        edition = _with_introductions(self.with_parts(edition))
        texts: dict[str, Text] = {}
        for entry in edition.text_entries:
            if text := self.text(entry.id.text, entry.file):
                texts.setdefault(text.id, text)
        folders = list(dict.fromkeys(_folder(entry.file.text) for entry in edition.text_entries))
        edition = replace(
            self.with_sections(edition),
            texts=texts,
            apparatus=tuple(entry for folder in folders for entry in self.apparatus(folder)),
            notes=tuple(note for folder in folders for note in self.commentary(folder)),
        )
        edition = self.with_works(edition)
        if (file := self.files.read("corrections.yaml", None)) is not None:
            corrections = read_corrections(read_yaml(file, self.findings), self.findings)
            edition = replace(edition, corrections=corrections)
        if not any(found.span.source == record for found in self.findings.diagnostics):
            # Else what is not read mostly follows from what is wrong there.
            self.report_strays(edition, folders)
        for part in edition.parts:
            self.report_unheeded(part, edition)
        images = read_pictures(edition, self.sources, self.findings, self.files.root)
        if not self.files.root:
            found = edition.profiles.items()
            profiles = {n: with_colours(p, self.sources, self.findings) for n, p in found}
            edition = replace(edition, profiles=profiles)
        return replace(edition, images=images)

    def with_parts(self, edition: Edition) -> Edition:
        """The edition with those that it includes; none of these may include others."""
        if self.files.root:
            for include in edition.includes:
                self.findings.report(
                    "VOL002",
                    "an included edition can include no other",
                    include.folder.span,
                    hint="list both in the edition.yaml of the volume",
                )
            names = {include.id.text for include in edition.includes}
            book = (one for one in edition.book if one.subject.text not in names)
            return replace(edition, includes=(), book=tuple(book))
        parts: list[Part] = []
        for include in edition.includes:
            part = self.part(include)
            if part is not None and not self.is_twice(part, parts):
                parts.append(part)
        return replace(edition, parts=tuple(parts))

    def is_twice(self, part: Part, others: list[Part]) -> bool:
        """Whether a folder, or one in it or round it, is included already; it is then reported."""
        for other in others:
            one, two = f"{part.root}/", f"{other.root}/"
            if one.startswith(two) or two.startswith(one):
                self.findings.report(
                    "VOL004",
                    f"the folder “{part.root}” is included twice"
                    if one == two
                    else f"of the folders “{part.root}” and “{other.root}” one lies in the other",
                    part.include.folder.span,
                    labels=[Label(other.include.folder.span, "included here")],
                    hint="list each edition once; give each a folder beside the others",
                )
                return True
        return False

    def part(self, include: Include) -> Part | None:
        """An included edition, read by itself; None where too little can be read."""
        named = include.folder
        try:
            root = self.sources.include(named.text)
        except (SourceMissing, SourceOutside) as fault:
            missing = isinstance(fault, SourceMissing)
            self.findings.report(
                "VOL001",
                f"there is no folder “{named.text}” to include"
                if missing
                else f"the folder “{named.text}” lies outside the volume’s",
                named.span,
                hint=None if missing else "copy the edition into a folder of the volume",
            )
            return None
        reader = self.readers[root] = _Reader(self.sources, self.findings, self.kept, root)
        edition = reader.edition(named.span)
        return Part(include, root, edition) if edition else None

    def report_unheeded(self, part: Part, volume: Edition) -> None:
        """Warn of what an included edition says that is the volume's to say."""
        reader = self.readers[part.root]
        if reader.record and self.record:
            files = reader.files.paths(), self.files.paths()
            report_unheeded(part, reader.record, volume, self.record, files, self.findings)

    def report_strays(self, edition: Edition, folders: list[str]) -> None:
        """Warn of files that nothing reads, but for those of included editions."""
        included = tuple(f"{part.root}/" for part in edition.parts)
        lead = f"{self.files.root}/" if self.files.root else ""
        paths = [path for path in self.files.paths() if not path.startswith(included)]
        known = {path.removeprefix(lead) for path in self.files.known}
        report_strays(paths, known, folders, self.findings, lead)

    def with_sections(self, edition: Edition) -> Edition:
        """The edition with what those sections hold that are files of their own."""
        prose: dict[str, Prose] = {}
        parallels: dict[str, Parallel] = {}
        indexes: dict[str, Index] = {}
        book: list[SectionEntry] = []
        for section in edition.book:
            book.append(section)
            if section.kind not in _IN_FILES and section.kind is not SectionKind.REGISTER:
                continue
            if self.files.root:
                section = book[-1] = self.located(section)
            path = section.subject.text
            if section.kind is SectionKind.REGISTER:
                continue
            if (file := self.files.read(self.files.own(path), section.subject.span)) is None:
                continue
            if section.kind is SectionKind.PROSE:
                document = parse_blocks(file, _setting(path, self.findings, prose=True))
                _check_ids(document, self.findings)
                prose[path] = Prose(path, document.blocks, document.notes)
                continue
            node = read_yaml(file, self.findings)
            if section.kind is SectionKind.PARALLEL:
                parallels[path] = read_parallel(node, file, _folder(path), self.findings)
            else:
                indexes[path] = read_index(node, file, _folder(path), self.findings)
        return replace(edition, book=tuple(book), prose=prose, parallels=parallels, indexes=indexes)

    def located(self, section: SectionEntry) -> SectionEntry:
        """A section of an included edition, its file by its path from the volume's folder."""
        subject = section.subject
        try:
            whole = self.files.whole(subject.text)
        except SourceOutside:
            return section  # reported where it is read
        return replace(section, subject=Value(whole, subject.span))

    def with_works(self, edition: Edition) -> Edition:
        """The edition with its bibliography and the style in which it cites, where it has them."""
        file = self.files.read("bibliography.yaml", None)
        bibliography = read_bibliography(file, self.findings) if file else None
        if (named := edition.style_named) is None:
            return replace(edition, bibliography=bibliography)
        # A check of a style takes XML, which an edition without one need not load.
        from printedition.reading.citation_style import read_style

        xml = self.files.read(named.text, named.span)
        style = read_style(xml, named, self.findings) if xml else None
        return replace(edition, bibliography=bibliography, citation_style=style)

    def text(self, identifier: str, named: Value) -> Text | None:
        file = self.files.read(named.text, named.span)
        if file is None:
            return None
        how = f"text {identifier}"
        return self.kept.read(how, file, self.findings, partial(_text, identifier, file))

    def apparatus(self, folder: str) -> tuple[ApparatusEntry, ...]:
        file = self.files.read(_inside(folder, "apparatus.yaml"), None)
        if file is None:
            return ()

        def read(findings: Findings) -> tuple[ApparatusEntry, ...]:
            return read_apparatus(read_yaml(file, findings), file, _folder(file.path), findings)

        return self.kept.read("apparatus", file, self.findings, read)

    def commentary(self, folder: str) -> Iterator[Note]:
        for name, read in (("commentary", read_commentary), ("questions", read_questions)):
            file = self.files.read(_inside(folder, f"{name}.md"), None)
            if file is not None:
                made = partial(_notes, read, file)
                yield from self.kept.read(name, file, self.findings, made)


def _setting(path: str, findings: Findings, *, prose: bool = False) -> Setting:
    return Setting(path, findings, _folder(path), prose=prose)


def _notes(
    read: Callable[[SourceFile, Setting], Iterable[Note]], file: SourceFile, findings: Findings
) -> tuple[Note, ...]:
    return tuple(read(file, _setting(file.path, findings, prose=True)))


def _text(identifier: str, file: SourceFile, findings: Findings) -> Text | None:
    document = parse_blocks(file, _setting(file.path, findings))
    _check_ids(document, findings)
    if not document.blocks:
        findings.report(
            "TXT004",
            "this text is empty",
            Span(file.path, 0, 0),
            hint="put its words into it, or take it out of edition.yaml",
        )
        return None
    return Text(identifier, file.path, document.blocks, document.notes, leaves_of(document.blocks))


def _check_ids(document: Document, findings: Findings) -> None:
    seen: dict[str, Attributes] = {}
    for block in walk(document.blocks):
        attributes = block.attributes
        if attributes.id is None or attributes.span is None:
            continue
        if attributes.id in seen:
            findings.report(
                "TXT001",
                f"the id “{attributes.id}” stands twice in this text",
                attributes.place(f"#{attributes.id}"),
                labels=[Label(seen[attributes.id].place(f"#{attributes.id}"), "here already")],
                hint="give one of the two blocks another id",
            )
        seen.setdefault(attributes.id, attributes)


def _as_listed(edition: Edition) -> tuple[SectionEntry, ...]:
    """The order of a book that states none: the texts, as they are listed."""
    ids = [entry.id for entry in edition.text_entries]
    ids += [include.id for include in edition.includes]
    ids.sort(key=lambda value: value.span)
    return tuple(SectionEntry(SectionKind.TEXT, value, "", "") for value in ids)


def _with_introductions(edition: Edition) -> Edition:
    """The edition with the introductions of texts as sections before these."""
    heads = {entry.id.text: entry.head for entry in edition.text_entries}
    heads |= {include.id.text: include.head for include in edition.includes}
    book: list[SectionEntry] = []
    for section in edition.book:
        name = section.subject.text
        introduction = heads[name].introduction if name in heads else None
        if section.kind is SectionKind.TEXT and introduction is not None:
            prose = SectionEntry(SectionKind.PROSE, introduction, "", "", of=name, opens=True)
            book.append(replace(prose, audience=section.audience))
            section = replace(section, of=name)
        book.append(section)
    return replace(edition, book=tuple(book))


def _folder(path: str) -> str:
    parent = PurePosixPath(path).parent.as_posix()
    return "" if parent == "." else parent


def _inside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def read_edition(
    sources: Sources, findings: Findings, cache: Cache | None = None
) -> Edition | None:
    """The edition in `sources`, as far as it can be read; None without a usable edition.yaml.

    Its texts, entries and notes are taken from the `cache` where their files are as they were.
    """
    return _Reader(sources, findings, KeptFiles(cache)).edition()
