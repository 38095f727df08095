"""What an included edition says that is the volume's to say, and that has no effect there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from printedition.diagnostics import Findings, Label
from printedition.edition.edition import Edition, Part
from printedition.reading.yamltree import Record
from printedition.sources import Span

# Keys of edition.yaml, with what the model calls them. The pages that an edition keeps are those
# of a book of its own, and mean nothing in another.
_OF_THE_VOLUME = {
    "page": "page",
    "lines": "lines",
    "notes": "calling",
    "index": "index_settings",
    "references": "referring",
    "citation_style": "style_named",
    "letters": "letters",
    "ebook": "ebook",
    "profiles": "profiles",
    "questions": "answer_lines",
    "syllabus": "syllabus",
}
_FILES = ("corrections.yaml", "styles/", "templates/")


def report_unheeded(
    part: Part,
    stated: Record,
    volume: Edition,
    own: Record,
    files: tuple[Collection[str], Collection[str]],
    findings: Findings,
) -> None:
    """Warn once of what an edition says in vain, unless the volume says it too, or holds it anyway.

    `stated` and `own` are the records of the two, `files` their paths, each from its own folder.
    """
    settings = dict(_settings(part.edition, stated, volume, own))
    theirs, ours = files
    overrides = [path for path in theirs if path.startswith(_FILES) and not _has_like(path, ours)]
    if not settings and not overrides:
        return
    said = _listed([*settings, *overrides])
    places = [*settings.values(), *(Span(f"{part.root}/{path}", 0, 0) for path in overrides)]
    cures = []
    if settings:
        cures.append("state in the edition.yaml of the volume what is to hold for all")
    if overrides:
        cures.append(f"put into its folder what it needs of {_listed(overrides)}")
    findings.report(
        "VOL005",
        f"of “{part.include.id.text}” the volume does not use {said}",
        part.include.folder.span,
        labels=[Label(place, "this has no effect in the volume") for place in places],
        hint=", and ".join(cures),
    )


def _settings(
    edition: Edition, stated: Record, volume: Edition, own: Record
) -> Iterator[tuple[str, Span]]:
    """The settings that are lost, and where they stand."""
    decided = _keys(own)
    for key, place in _keys(stated).items():
        name = _OF_THE_VOLUME.get(key)
        if name and key not in decided and getattr(edition, name) != getattr(volume, name):
            yield f"{key}:", place
    ranges = _keys_under("apparatus", stated).get("ranges")
    is_lost = edition.conventions.elided != volume.conventions.elided
    if ranges and is_lost and "ranges" not in _keys_under("apparatus", own):
        yield "ranges: of its apparatus", ranges


def _keys(record: Record) -> dict[str, Span]:
    return {key.text: key.span for key, _ in record.pairs}


def _keys_under(name: str, record: Record) -> dict[str, Span]:
    for key, value in record.pairs:
        if key.text == name and isinstance(value, Record):
            return _keys(value)
    return {}


def _has_like(path: str, paths: Collection[str]) -> bool:
    """Whether paths have the file, or another in its folder of styles or of templates."""
    top, slash, _ = path.partition("/")
    return any(other.startswith(top + slash) if slash else other == path for other in paths)


def _listed(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
