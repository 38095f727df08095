"""Files made texts of an edition: each in a folder of its own, named in edition.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from printedition.adding.naming import id_for, title_of, with_ids, with_title
from printedition.adding.pandoc import FORMS, tree_of
from printedition.adding.plain import from_plain
from printedition.adding.record import NotPlain, with_text
from printedition.adding.written import Writer
from printedition.diagnostics import Findings
from printedition.frozen import dataclass
from printedition.reading.reader import read_edition
from printedition.sources import DiskSources, SourceNotText, decode

MARKDOWN = (".md", ".markdown")
PLAIN = (".txt", ".text")
ENDINGS = (*MARKDOWN, *PLAIN, *FORMS)


class NotKnown(Exception):
    """A file of a kind that cannot be read."""


class NotAdded(Exception):
    """The record of the edition could not be written to; `texts` are to be put in by hand."""

    def __init__(self, texts: Sequence[Added]) -> None:
        super().__init__()
        self.texts = tuple(texts)


@dataclass(frozen=True, slots=True)
class Added:
    """A text that was added: its id, its file in the edition, its title, and what it lost.

    `lost` says what the file had that a text has no room for, and how often.
    """

    id: str
    file: str
    title: str
    notes: int
    lost: tuple[tuple[str, int], ...]


def add(folder: Path, files: Sequence[Path]) -> tuple[Added, ...]:
    """Add files to the edition in a folder; no file that is there already is written over.

    All are read before any is written. Raises NotKnown, NotAdded, OSError, SourceNotText, and
    pandoc.NoPandoc and pandoc.Unreadable for files of word processors.
    """
    made: list[tuple[Added, str]] = []
    taken = _ids_in(folder)
    for path in files:
        words, lost = _read(path)
        words = with_title(words, path.stem)
        title = title_of(words)
        words = with_ids(words)
        name = id_for(path.stem, [*taken, *(one.id for one, _ in made)])
        while (folder / "texts" / name).exists():
            taken.append(name)
            name = id_for(path.stem, taken)
        notes = sum(line.startswith("[^") for line in words.splitlines())
        made.append((Added(name, f"texts/{name}/{name}.md", title, notes, lost), words))
    record = (folder / "edition.yaml").read_text(encoding="utf-8")
    for one, words in made:
        path = folder / one.file
        path.parent.mkdir(parents=True)
        path.write_text(words, encoding="utf-8", newline="\n")
    added = tuple(one for one, _ in made)
    try:
        for one in added:
            record = with_text(record, one.id, one.file, one.title)
    except NotPlain:
        raise NotAdded(added) from None
    _put(folder / "edition.yaml", record)
    return added


def _ids_in(folder: Path) -> list[str]:
    edition = read_edition(DiskSources(folder), Findings())
    if edition is None:
        return []
    names = [entry.id.text for entry in edition.text_entries]
    return names + [include.id.text for include in edition.includes]


def _read(path: Path) -> tuple[str, tuple[tuple[str, int], ...]]:
    """A file as a text, and what it lost."""
    ending = path.suffix.casefold()
    if ending in FORMS:
        writer = Writer()
        words = writer.text(tree_of(path))
        return words, tuple(sorted(writer.lost.items()))
    if ending in PLAIN:
        return from_plain(_decoded(path)), ()
    if ending in MARKDOWN:
        return _decoded(path), ()
    raise NotKnown(path.name)


def _decoded(path: Path) -> str:
    return decode(path.name, path.read_bytes()).text


def _put(path: Path, record: str) -> None:
    """Write a file whole, or not at all."""
    passing = path.with_name(f".{path.name}.new")
    passing.write_text(record, encoding="utf-8", newline="\n")
    passing.replace(path)


__all__ = ["ENDINGS", "Added", "NotAdded", "NotKnown", "SourceNotText", "add"]
