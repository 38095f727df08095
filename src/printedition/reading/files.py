"""Files of an edition as they are read: each must be there, inside its folder, and text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from pathlib import PurePosixPath

from printedition.diagnostics import Findings
from printedition.reading.strays import nearest_path
from printedition.sources import (
    MOST_BYTES,
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    SourceTooLarge,
    Span,
    resolve,
)

# XML 1.0 §2.2; of those that XML allows, the ones that no type has.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class Files:
    """Reads the files of an edition; `known` are those that were read, or tried.

    Those of an included edition are named from its folder, `root`; their spans have whole paths.
    """

    def __init__(self, sources: Sources, findings: Findings, root: str = "") -> None:
        self.sources = sources
        self.findings = findings
        self.root = root
        self.known: set[str] = set()

    def whole(self, path: str) -> str:
        """A path from the edition's folder as one from that of the volume.

        Raises SourceOutside where it climbs out of the edition's folder.
        """
        return f"{self.root}/{resolve(path)}" if self.root else path

    def own(self, path: str) -> str:
        """A path from the folder of the volume as one from the edition's."""
        return path.removeprefix(f"{self.root}/") if self.root else path

    def paths(self) -> tuple[str, ...]:
        """The files in the edition's folder, by their paths from there."""
        lead = f"{self.root}/" if self.root else ""
        return tuple(self.own(path) for path in self.sources.paths() if path.startswith(lead))

    def read(self, path: str, named: Span | None) -> SourceFile | None:
        """A file's text; faults stand where it is named. Not named, it may be missing."""
        path = PurePosixPath(path).as_posix()  # ./letter.md is letter.md
        try:
            file = self.sources.read(self.whole(path))
        except SourceMissing:
            if named is not None:
                near = nearest_path(path, self.paths())
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
        except SourceTooLarge as fault:
            self.findings.report(
                "SRC014",
                f"the file has {fault.size:,} bytes, and at most {MOST_BYTES:,} are read",
                Span(self.whole(path), 0, 0),
                hint="divide it over several files",
            )
            self.known.add(self.whole(path))
            return None
        except SourceNotText as fault:
            span = Span(self.whole(path), fault.offset, fault.offset + 1)
            self.findings.report(
                "SRC001", "the file is not UTF-8 from here on", span, hint=_saved_as(fault)
            )
            self.known.add(self.whole(path))
            return None
        self.known.add(file.path)
        _check_composed(file, self.findings)
        if not path.endswith(".yaml"):  # there YAML refuses them itself
            _check_characters(file, self.findings)
        return file


def _check_characters(file: SourceFile, findings: Findings) -> None:
    """Report characters that XML, and so no book, can hold."""
    for found in _CONTROL.finditer(file.text):
        findings.report(
            "SRC013",
            f"the control character U+{ord(found[0]):04X} stands here",
            Span(file.path, found.start(), found.end()),
            hint="take it out",
        )


def _check_composed(file: SourceFile, findings: Findings) -> None:
    """Report in each line the first place that is not in NFC; the text is never changed."""
    if _composed(file.text):
        return
    start = 0
    for line in file.text.split("\n"):
        if not _composed(line):
            _report_decomposed(file.path, line, start, findings)
        start += len(line) + 1


def _report_decomposed(path: str, line: str, start: int, findings: Findings) -> None:
    # What begins a composed text is composed, so the first end that is not can be halved for.
    end = bisect_left(range(len(line)), True, key=lambda n: not _composed(line[:n]))
    letter = max(end - 2, 0)
    findings.report(
        "SRC006",
        f"“{line[letter:end]}” is not in Unicode's form NFC",
        Span(path, start + letter, start + end),
        hint="save the file in NFC, where a letter and its accent are one character",
    )


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
