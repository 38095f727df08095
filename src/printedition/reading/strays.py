"""Files of an edition's folder that nothing reads, and the file that a wrong path may mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from printedition.diagnostics import Findings, nearest
from printedition.reading.shapes import RECORD_FILES
from printedition.sources import Span

_BESIDE_TEXTS = (
    "apparatus.yaml",
    "commentary.md",
    "questions.md",
)  # read where they stand, not named
_BESIDE_EDITION = ("bibliography.yaml", "corrections.yaml")
_KNOWN = (*RECORD_FILES, "commentary.md", "questions.md")
_SUFFIXES = (".md", ".markdown", ".yaml", ".yml", ".csl")
_OWN_FOLDERS = ("styles", "templates")  # book/overrides.py looks through them
_OWN_NAMES = ("readme", "license", "licence", "changelog", "changes", "contributing")


def nearest_path(path: str, paths: Collection[str]) -> str | None:
    """The existing file that a path most likely means: by letter case, its name, or its look."""
    folded = {each.casefold(): each for each in paths}
    if path.casefold() in folded:
        return folded[path.casefold()]
    name = PurePosixPath(path).name.casefold()
    same = [each for each in paths if PurePosixPath(each).name.casefold() == name]
    if len(same) == 1:
        return same[0]
    stem = str(PurePosixPath(path).with_suffix(""))
    other_end = [each for each in paths if str(PurePosixPath(each).with_suffix("")) == stem]
    return next(iter([*other_end, *nearest(path, paths)]), None)


def report_strays(
    paths: Collection[str],
    read: Collection[str],
    texts: Collection[str],
    findings: Findings,
    lead: str = "",
) -> None:
    """Warn of each text or record file that was not read, though it stands among those that were.

    `texts` are the folders of texts. A name that begins with an underscore keeps a file aside.
    `lead` is what all paths begin with as seen from the volume that includes the edition.
    """
    folders = {str(PurePosixPath(path).parent) for path in read}
    candidates = [PurePosixPath(path) for path in _candidates(paths, read)]
    editions = {pure.parent for pure in candidates if pure.name == "edition.yaml"}
    for pure in candidates:
        if pure.name != "edition.yaml" and not editions.isdisjoint(pure.parents):
            continue  # of an edition that is not included, which is told
        meant = _record_file_meant(pure.name)
        if meant is None and str(pure.parent) not in folders:
            continue
        if meant in read or meant == "edition.yaml":
            meant = None
        asked = meant is not None and meant != pure.name
        findings.report(
            "SRC012",
            "this file is never read" + (f"; was “{meant}” meant?" if asked else ""),
            Span(lead + str(pure), 0, 0),
            hint=_cure(pure, meant, texts),
        )


def _candidates(paths: Collection[str], read: Collection[str]) -> Iterator[str]:
    for path in sorted(set(paths) - set(read)):
        pure = PurePosixPath(path)
        likely = pure.suffix.casefold() in _SUFFIXES or _record_file_meant(pure.name)
        if likely and pure.parts[0] not in _OWN_FOLDERS and not is_kept_aside(pure):
            yield path


def is_kept_aside(path: PurePosixPath) -> bool:
    """Whether a file's name says that it is no part of the edition: _draft.md, README.md."""
    own = path.stem.casefold().partition(".")[0] in _OWN_NAMES
    return own or path.name.startswith(("_", "~"))


def _record_file_meant(name: str) -> str | None:
    """The file that a name may be a slip for: Apparatus.yml, comentary.md, index.yaml.txt."""
    stem, _, end = name.casefold().partition(".")
    if not end.startswith(("md", "markdown", "yaml", "yml", "txt")):
        return None
    stems = {known.partition(".")[0]: known for known in _KNOWN}
    near = nearest(stem, stems, cutoff=0.85)
    return stems[near[0]] if near else None


def _cure(path: PurePosixPath, meant: str | None, texts: Collection[str]) -> str:
    aside = "or begin its name with _ to keep it aside"
    if path.name == "edition.yaml":
        return f"a volume includes an edition under texts:, as include: '{path.parent}'"
    if path.suffix.casefold() == ".csl":
        return f"name it in edition.yaml, as citation_style: '{path}', {aside}"
    if meant in _BESIDE_EDITION:
        return f"“{meant}” stands beside edition.yaml; move it there, {aside}"
    if meant in _BESIDE_TEXTS:
        if str(path.parent).removeprefix(".") in texts:
            return f"rename it to “{meant}”, {aside}"
        return f"“{meant}” stands in the folder of the text that it belongs to; move it there"
    if meant is not None:
        kind = PurePosixPath(meant).stem
        return f"name it in edition.yaml under book:, as - {kind}: '{path}', {aside}"
    if path.suffix.casefold() in (".yaml", ".yml"):
        return f"a table of versions or an index is named in edition.yaml under book:, {aside}"
    return f"name it in edition.yaml: a text under texts:, prose under book:, {aside}"
