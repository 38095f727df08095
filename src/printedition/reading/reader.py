"""The folder of an edition, read into its model. Every file is read, whatever the others hold."""

from __future__ import annotations

import re
import unicodedata
import warnings
from bisect import bisect_left
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import PurePosixPath

from printedition.diagnostics import Findings, Label
from printedition.edition.apparatus import ApparatusEntry
from printedition.edition.commentary import Note, NoteKind
from printedition.edition.edition import Edition, Prose, SectionEntry, SectionKind
from printedition.edition.index import Index
from printedition.edition.quotation import Quotation, Value
from printedition.edition.signs import MARGIN_KINDS, NOTE_KEYS, NOTE_KINDS
from printedition.edition.text import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    Image,
    Text,
    leaves_of,
    walk,
    walk_inlines,
)
from printedition.edition.text import Figure as FigureBlock
from printedition.edition.versions import Parallel
from printedition.reading.blocks import Document, RawHeading, calls_in, parse_blocks
from printedition.reading.inline import Setting, check_attributes, parse_attributes
from printedition.reading.records import (
    read_apparatus,
    read_edition_record,
    read_index,
    read_parallel,
)
from printedition.reading.strays import nearest_path, report_strays
from printedition.reading.yamltree import read_yaml
from printedition.sources import (
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    Span,
)

_HEAD = re.compile(
    # Nothing here may be tried twice (++): a head of many blanks would take for ever.
    r"(?P<place>[^\s“{]++)?\s*+(?:“(?P<words>.*)”)?\s*+(?P<braces>\{[^{}]*\})?\s*+$",
    re.S,
)


# XML 1.0 §2.2; of those that XML allows, the ones that no type has.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class _Reader:
    def __init__(self, sources: Sources, findings: Findings) -> None:
        self.sources = sources
        self.findings = findings
        self.known: set[str] = set()  # the files that were read, or tried

    def file(self, path: str, named: Span | None) -> SourceFile | None:
        """A file's text; faults stand where it is named. Not named, it may be missing."""
        path = PurePosixPath(path).as_posix()  # ./letter.md is letter.md
        try:
            file = self.sources.read(path)
        except SourceMissing:
            if named is not None:
                near = nearest_path(path, self.sources.paths())
                self.findings.report(
                    "SRC007",
                    f"the file “{path}” is missing",
                    named,
                    hint=f"did you mean “{near}”?" if near else None,
                )
            return None
        except SourceOutside:
            if named is not None:
                self.findings.report(
                    "SRC011",
                    f"the file “{path}” lies outside the edition's folder",
                    named,
                    hint=_inside_the_folder(path),
                )
            return None
        except SourceNotText as fault:
            span = Span(path, fault.offset, fault.offset + 1)
            self.findings.report(
                "SRC001", "the file is not UTF-8 from here on", span, hint=_saved_as(fault)
            )
            self.known.add(path)
            return None
        self.known.add(path)
        self.check_composed(file)
        if not path.endswith(".yaml"):  # there YAML refuses them itself
            self.check_characters(file)
        return file

    def check_characters(self, file: SourceFile) -> None:
        """Report characters that XML, and so no book, can hold."""
        for found in _CONTROL.finditer(file.text):
            self.findings.report(
                "SRC013",
                f"the control character U+{ord(found[0]):04X} stands here",
                Span(file.path, found.start(), found.end()),
                hint="take it out",
            )

    def check_composed(self, file: SourceFile) -> None:
        """Report in each line the first place that is not in NFC; the text is never changed."""
        if _composed(file.text):
            return
        start = 0
        for line in file.text.split("\n"):
            if not _composed(line):
                self.report_decomposed(file.path, line, start)
            start += len(line) + 1

    def report_decomposed(self, path: str, line: str, start: int) -> None:
        # What begins a composed text is composed, so the first end that is not can be halved for.
        end = bisect_left(range(len(line)), True, key=lambda n: not _composed(line[:n]))
        letter = max(end - 2, 0)
        self.findings.report(
            "SRC006",
            f"“{line[letter:end]}” is not in Unicode's form NFC",
            Span(path, start + letter, start + end),
            hint="save the file in NFC, where a letter and its accent are one character",
        )

    def edition(self) -> Edition | None:
        file = self.file("edition.yaml", Span("edition.yaml", 0, 0))
        if file is None:
            return None
        skeleton = read_edition_record(read_yaml(file, self.findings), file, self.findings)
        if skeleton is None:
            return None
        if not skeleton.book:  # no order given: the texts, as they are listed
            listed = (
                SectionEntry(SectionKind.TEXT, entry.id, "", "") for entry in skeleton.text_entries
            )
            skeleton = replace(skeleton, book=tuple(listed))
        texts = {}
        for entry in skeleton.text_entries:
            text = self.text(entry.id.text, entry.file)
            if text and entry.id.text not in texts:
                texts[entry.id.text] = text
        folders = list(dict.fromkeys(_folder(entry.file.text) for entry in skeleton.text_entries))
        apparatus = [entry for folder in folders for entry in self.apparatus(folder)]
        notes = [note for folder in folders for note in self.commentary(folder)]
        prose: dict[str, Prose] = {}
        parallels: dict[str, Parallel] = {}
        indexes: dict[str, Index] = {}
        for section in skeleton.book:
            path, named = section.subject.text, section.subject.span
            if section.kind is SectionKind.PROSE and (found := self.file(path, named)):
                document = parse_blocks(found, self.setting(path, prose=True))
                self.check_ids(document)
                prose[path] = Prose(path, document.blocks, document.notes)
            elif section.kind is SectionKind.PARALLEL and (found := self.file(path, named)):
                node = read_yaml(found, self.findings)
                parallels[path] = read_parallel(node, found, _folder(path), self.findings)
            elif section.kind is SectionKind.INDEX and (found := self.file(path, named)):
                node = read_yaml(found, self.findings)
                indexes[path] = read_index(node, found, _folder(path), self.findings)
        if not any(found.span.source == "edition.yaml" for found in self.findings.diagnostics):
            # Else what is not read mostly follows from what is wrong there.
            report_strays(self.sources.paths(), self.known, folders, self.findings)
        edition = replace(
            skeleton,
            texts=texts,
            prose=prose,
            apparatus=tuple(apparatus),
            notes=tuple(notes),
            parallels=parallels,
            indexes=indexes,
        )
        return replace(edition, images=self.images(edition))

    def setting(self, path: str, *, prose: bool = False) -> Setting:
        return Setting(path, self.findings, _folder(path), prose=prose)

    def text(self, identifier: str, named: Value) -> Text | None:
        file = self.file(named.text, named.span)
        if file is None:
            return None
        document = parse_blocks(file, self.setting(file.path))
        self.check_ids(document)
        if not document.blocks:
            self.findings.report(
                "TXT004",
                "this text is empty",
                Span(file.path, 0, 0),
                hint="put its words into it, or take it out of edition.yaml",
            )
            return None
        return Text(
            identifier, file.path, document.blocks, document.notes, leaves_of(document.blocks)
        )

    def check_ids(self, document: Document) -> None:
        seen: dict[str, Attributes] = {}
        for block in walk(document.blocks):
            attributes = block.attributes
            if attributes.id is None or attributes.span is None:
                continue
            if attributes.id in seen:
                self.findings.report(
                    "TXT001",
                    f"the id “{attributes.id}” stands twice in this text",
                    attributes.place(f"#{attributes.id}"),
                    labels=[Label(seen[attributes.id].place(f"#{attributes.id}"), "here already")],
                    hint="give one of the two blocks another id",
                )
            seen.setdefault(attributes.id, attributes)

    def apparatus(self, folder: str) -> tuple[ApparatusEntry, ...]:
        file = self.file(_inside(folder, "apparatus.yaml"), None)
        if file is None:
            return ()
        return read_apparatus(read_yaml(file, self.findings), file, folder, self.findings)

    def commentary(self, folder: str) -> list[Note]:
        file = self.file(_inside(folder, "commentary.md"), None)
        if file is None:
            return []
        setting = self.setting(file.path, prose=True)
        document = parse_blocks(file, setting, raw_level=2)
        for call in calls_in(document.blocks):
            self.findings.report("NOT003", "a note of the commentary calls another note", call.span)
        heads = list(document.heads)
        first = heads[0][0] if heads else len(document.blocks)
        for block in document.blocks[:first]:
            if not (hasattr(block, "level") and block.level == 1):
                self.findings.report(
                    "NOT001", "these words belong to no note of the commentary", block.span,
                    hint="begin each note with a head such as: ## p3 “words” {.foot}",
                )  # fmt: skip
                break
        edges = [*(start for start, _ in heads), len(document.blocks)]
        notes = []
        for (_, head), (start, end) in zip(heads, pairwise(edges), strict=True):
            note = self.note(head, document.blocks[start:end], folder, setting)
            if note:
                notes.append(note)
        return notes

    def note(
        self, head: RawHeading, blocks: tuple[Block, ...], folder: str, setting: Setting
    ) -> Note | None:
        match = _HEAD.match(head.text)
        if match is None or (match["place"] is None and match["words"] is None):
            self.findings.report(
                "NOT001", "this head of the commentary names no place", head.span,
                hint="write the block, the words in curly quotation marks “ ”, and the kind: "
                "## p3 “words” {.foot}",
            )  # fmt: skip
            return None

        def value(group: str) -> Value | None:
            assert match is not None
            if match[group] is None:
                return None
            start = head.span.start + match.start(group)
            return Value(match[group], Span(setting.source, start, start + len(match[group])))

        attributes = NO_ATTRIBUTES
        if match["braces"]:
            at = head.span.start + match.start("braces")
            parsed, _ = parse_attributes(match["braces"], 0, setting, shift=at)
            attributes = parsed or NO_ATTRIBUTES
            if attributes.span:
                check_attributes(attributes, setting, kinds=NOTE_KINDS, keys=NOTE_KEYS, what="note")
        if not blocks:
            self.findings.report("NOT002", "this note has no words", head.span,
                                 hint="write them below its head, after a blank line")  # fmt: skip
            return None

        def stated(key: str) -> Value | None:
            text = attributes.get(key)
            return Value(text, attributes.place(key)) if text is not None else None

        kinds = [NoteKind(kind) for kind in attributes.kinds if kind in ("foot", "margin", "end")]
        self.check_head(attributes, kinds)
        anchor = Quotation(
            words=value("words"),
            folder=folder,
            span=head.span,
            place=value("place"),
            after=stated("after"),
            before=stated("before"),
            rank=stated("nth"),
            to=stated("to"),
            to_place=stated("to_in"),
        )
        kind = kinds[0] if kinds else NoteKind.FOOT
        style = next((kind for kind in attributes.kinds if kind in MARGIN_KINDS), "")
        return Note(kind, "each" in attributes.kinds, anchor, blocks, head.span, style)

    def check_head(self, attributes: Attributes, kinds: list[NoteKind]) -> None:
        """A note stands in one place, and has no id of its own."""
        if len(kinds) > 1:
            self.findings.report(
                "MRK004",
                "a note has one kind, not several",
                attributes.place(f".{kinds[1].value}"),
                hint=f"keep either .{kinds[0].value} or .{kinds[1].value}",
            )
        if attributes.id is not None:
            self.findings.report(
                "MRK005",
                "a note has no id",
                attributes.place(f"#{attributes.id}"),
                hint=f"name the block before the words: ## {attributes.id} “words” {{.foot}}",
            )

    def is_printable(self, data: bytes) -> bool:
        """Whether a picture is PNG or JPEG; raises OSError, ValueError where it is none."""
        from PIL import Image as Picture

        # So late, because most editions have no picture and the library loads slowly.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Picture.DecompressionBombWarning)
            try:
                with Picture.open(BytesIO(data)) as picture:
                    return picture.format in ("PNG", "JPEG")
            except (Picture.DecompressionBombWarning, Picture.DecompressionBombError) as bomb:
                raise ValueError(str(bomb)) from None

    def images(self, edition: Edition) -> dict[str, bytes]:
        """Every picture that prose names, each looked at once."""
        named: dict[str, Image] = {}
        bodies = [prose.blocks for prose in edition.prose.values()]
        bodies += [note.blocks for note in edition.notes]
        for block in (block for body in bodies for block in walk(body)):
            if isinstance(block, FigureBlock):
                named.setdefault(block.image.path, block.image)
        for leaf in (leaf for body in bodies for leaf in leaves_of(body)):
            for inline in walk_inlines(leaf.inlines):
                if isinstance(inline, Image):
                    named.setdefault(inline.path, inline)
        pictures = {}
        for path, image in named.items():
            try:
                data = self.sources.read_bytes(path)
                if self.is_printable(data):
                    pictures[path] = data
                    continue
                reason = "is no PNG or JPEG"
            except SourceOutside:
                self.findings.report(
                    "IMG003", f"the image “{path}” lies outside the edition's folder", image.span
                )
                continue
            except SourceMissing:
                reason = "is missing"
            except (OSError, ValueError):
                reason = "is no picture that can be read"
            self.findings.report("IMG001", f"the image “{path}” {reason}", image.span)
        return pictures


def _inside_the_folder(path: str) -> str:
    """The cure of a path that leads out of the edition's folder."""
    if "\\" in path:
        return f"write / between folders: {path.replace(chr(92), '/')}"
    return "copy the file into the edition's folder and name it by its path from there"


def _saved_as(fault: SourceNotText) -> str:
    """What a file that is not UTF-8 seems to be, and the way out."""
    start = fault.file.text[:200]
    if start.startswith("PK\x03\x04"):
        return "this is a file of a word processor; save its text as plain text, in UTF-8"
    encoding = "UTF-16" if "\0" in start else "another encoding"
    return f"it was saved in {encoding}; open it in your editor and save it again as UTF-8"


def _composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def _folder(path: str) -> str:
    parent = PurePosixPath(path).parent.as_posix()
    return "" if parent == "." else parent


def _inside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def read_edition(sources: Sources, findings: Findings) -> Edition | None:
    """The edition in `sources`, as far as it can be read; None without a usable edition.yaml."""
    return _Reader(sources, findings).edition()
