"""The printings of an edition: recorded, kept under its folder, and found by their names."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import printedition
from printedition import pipeline
from printedition.cache import Cache
from printedition.diagnostics import Diagnostic, Findings, in_order
from printedition.edition.edition import Edition
from printedition.frozen import dataclass
from printedition.history import NoHistory, at_revision
from printedition.pipeline import examine
from printedition.revision.printing import (
    FOLDER,
    NotPrinting,
    PrintedSection,
    Printing,
    paths,
    read,
)
from printedition.sources import DiskSources, Sources

_TOOLS = ("weasyprint", "EbookLib", "Jinja2", "markdown-it-py", "pydyf")
Progress = Callable[[str, str], None]


class NoPrinting(Exception):
    """What was named is neither a printing, a folder nor a revision; its words say so."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A state of an edition as it would be printed: None where it has faults, which are told."""

    printing: Printing | None
    edition: Edition | None
    diagnostics: tuple[Diagnostic, ...]
    books: Mapping[str, bytes]
    map: Mapping[str, object]


def record(
    sources: Sources,
    name: str,
    progress: Progress = lambda *_: None,
    *,
    cache: Cache | None = None,
    audience: str = "",
) -> Recorded:
    """Make the books of an edition, or those of an audience, in memory; record every word of them.

    With a `cache` what has not changed since an earlier build is taken from there.

    Raises diagnostics.NotDeclared where there is no such audience, and page.prerequisites.Lacking
    where the system lacks what sets the pages.
    """
    from printedition.page.prerequisites import require
    from printedition.scratch import scratch

    examined = examine(sources, progress, audience, cache)
    edition, book = examined.edition, examined.book
    if edition is None or book is None:
        return Recorded(None, edition, examined.diagnostics, {}, {})
    findings = Findings(list(examined.diagnostics))
    with scratch():
        require()
        formats = frozenset({"pdf", "epub"})
        books, printed = pipeline.make_books(
            edition, book, sources, formats, findings, progress, recording=True, cache=cache
        )
    if cache is not None:
        cache.trim()
    found = in_order(findings.diagnostics)
    if findings.has_errors or printed is None:
        return Recorded(None, edition, found, {}, {})
    sections = tuple(
        PrintedSection(one.id, one.kind, one.title, printed.words[one.id])
        for one in printed.book.sections
    )
    made = _printing(edition, name, books, printed.labels, sections)
    return Recorded(made, edition, found, books, printed.map)


def _printing(
    edition: Edition,
    name: str,
    books: Mapping[str, bytes],
    labels: tuple[str, ...],
    sections: tuple[PrintedSection, ...],
) -> Printing:
    import hashlib

    from printedition.revision.chapters import chapters

    tools = {"printedition": printedition.__version__, **{one: version(one) for one in _TOOLS}}
    hashes = {
        f"{edition.file_name}.{form}": hashlib.sha256(data).hexdigest()
        for form, data in sorted(books.items())
    }
    return Printing(
        name,
        edition.title,
        edition.lang,
        edition.date or _today(),
        edition.revision,
        tools,
        hashes,
        labels,
        sections,
        tuple(chapters(books["epub"])),
        edition.audience,
    )


def _today() -> str:
    """The day: by SOURCE_DATE_EPOCH where that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now()
    return now.date().isoformat()


def names(folder: Path) -> tuple[str, ...]:
    """The names of an edition's printings."""
    found = (folder / FOLDER).glob("*.json*")
    return tuple(sorted({path.name.removesuffix(".gz").removesuffix(".json") for path in found}))


def latest(folder: Path, audience: str = "") -> str | None:
    """The name of the printing that was recorded last, by its date and name; None without any.

    Of an `audience`, where that is said.
    """
    dated = []
    for name in names(folder):
        try:
            printing = stored(folder, name)
        except NotPrinting:
            continue
        if printing is not None and audience in ("", printing.audience):
            dated.append((printing.date, name))
    return max(dated)[1] if dated else None


def stored(folder: Path, name: str) -> Printing | None:
    """A printing of the edition in `folder`, None where none has the name; raises NotPrinting."""
    for path in paths(name):
        if (folder / path).is_file():
            try:
                return read((folder / path).read_bytes())
            except NotPrinting as fault:
                raise NotPrinting(f"“{folder / path}” cannot be read: {fault}") from None
    return None


def book_of(folder: Path, printing: Printing) -> bytes | None:
    """The PDF of a printing, if it still lies beside its record, or in `build`."""
    import hashlib

    for name, stated in printing.books.items():
        for place in (folder / FOLDER, Path("build"), folder / "build", folder.parent / "build"):
            path = place / name
            if name.endswith(".pdf") and path.is_file():
                data = path.read_bytes()
                if hashlib.sha256(data).hexdigest() == stated:
                    return data
    return None


def sources_of(folder: Path, name: str, libraries: Sequence[Path] = ()) -> Sources:
    """What is to be built for the name of a folder, or of a revision; raises NoPrinting.

    Included editions may lie in `libraries`.
    """
    if (Path(name) / "edition.yaml").is_file():
        return DiskSources(Path(name), libraries)
    try:
        return at_revision(folder, name, libraries)
    except NoHistory as fault:
        known = ", ".join(names(folder)) or "none"
        raise NoPrinting(
            f"“{name}” is neither a printing (there are: {known}), nor a folder that holds an "
            f"edition.yaml, nor a revision of the edition in git ({fault})"
        ) from None
