"""Templates and styles of an edition that override nothing: the house has none so called."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from printedition.book.house import house_names
from printedition.diagnostics import Findings, nearest
from printedition.reading.strays import is_kept_aside
from printedition.sources import (
    SourceMissing,
    SourceNotText,
    SourceOutside,
    Sources,
    SourceTooLarge,
    Span,
)

_FOLDERS = ("styles", "templates")
_SHEETS = (".css", ".scss", ".sass", ".less")
_PAGES = (".html", ".htm", ".xhtml", ".ncx", ".xml", ".jinja", ".jinja2", ".j2")


def report_idle_overrides(sources: Sources, findings: Findings) -> None:
    """Warn of each template or style that neither the house nor the edition's own ones know."""
    house = {f"{folder}/{name}" for folder in _FOLDERS for name in house_names(folder)}
    house = {path for path in house if not path.startswith("styles/fonts/")}
    paths = sources.paths()
    named: str | None = None
    for path in _candidates(paths, house):
        named = _all_that_is_named(sources, paths) if named is None else named
        if PurePosixPath(path).parts[0] in _FOLDERS and PurePosixPath(path).name in named:
            continue
        meant = _meant(path, house)
        findings.report(
            "SRC012",
            "this file is never read" + (f"; was “{meant}” meant?" if meant else ""),
            Span(path, 0, 0),
            hint=_cure(path, meant),
        )


def _candidates(paths: Collection[str], house: Collection[str]) -> Iterator[str]:
    """The files that might be meant as templates or styles, but for those of the house's names."""
    names = {PurePosixPath(path).name.casefold() for path in house}
    for path in sorted(set(paths) - set(house)):
        pure = PurePosixPath(path)
        suffix = pure.suffix.casefold()
        own = suffix in (_SHEETS if pure.parts[0] == "styles" else _PAGES)
        astray = pure.name.casefold() in names and _is_near_a_folder(pure)
        if (own if pure.parts[0] in _FOLDERS else astray) and not is_kept_aside(pure):
            yield path


def _is_near_a_folder(path: PurePosixPath) -> bool:
    """Whether a file stands where it looks as if it stood in styles or templates."""
    if len(path.parts) == 1:
        return path.suffix.casefold() == ".css"
    return bool(nearest(path.parts[0].casefold(), _FOLDERS, cutoff=0.7))


def _meant(path: str, house: Collection[str]) -> str | None:
    """The file of the house whose name is nearest, and of like names the one nearest in place."""
    name = PurePosixPath(path).name.casefold()
    by_name: dict[str, list[str]] = {}
    for each in sorted(house):
        by_name.setdefault(PurePosixPath(each).name, []).append(each)
    near = nearest(name, by_name, most=3, cutoff=0.75)
    choices = [each for found in near for each in by_name[found]]
    return next(iter(nearest(path, choices, cutoff=0.0)), None)


def _all_that_is_named(sources: Sources, paths: Collection[str]) -> str:
    """What the edition's own templates and styles quote, include or import."""
    told = []
    for path in paths:
        if PurePosixPath(path).parts[0] in _FOLDERS and path.endswith((*_SHEETS, *_PAGES)):
            try:
                text = sources.read(path).text
            except (SourceMissing, SourceNotText, SourceOutside, SourceTooLarge):
                continue  # said where the file is used
            told += re.findall(r"""["'(]([^"'()\n]+)["')]""", text)
    return "\n".join(told)


def _cure(path: str, meant: str | None) -> str:
    aside = "or begin its name with _ to keep it aside"
    if meant is not None:
        return f"rename it to “{meant}”, {aside}"
    what = "style" if path.startswith("styles/") else "template"
    way = "@import it from" if what == "style" else "include it in"
    return f"the house has no {what} so called: {way} another of yours, {aside}"
