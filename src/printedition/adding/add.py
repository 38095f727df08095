"""Files made texts of an edition: each in a folder of its own, named in edition.yaml."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from printedition.adding.literal import literal
from printedition.adding.naming import id_for, title_of, with_ids, with_title, words_of
from printedition.adding.pandoc import FORMS, NoPandoc, Unreadable, tree_of
from printedition.adding.pins import Remark, remarks_of, unpinned
from printedition.adding.plain import from_plain
from printedition.adding.record import NotPlain, Stated, with_text
from printedition.adding.written import Writer
from printedition.diagnostics import Findings
from printedition.edition.text import Paragraph
from printedition.frozen import dataclass
from printedition.reading.reader import read_edition
from printedition.sources import DiskSources, SourceNotText, decode

MARKDOWN = (".md", ".markdown")
PLAIN = (".txt", ".text")
ENDINGS = (*MARKDOWN, *PLAIN, *FORMS)
_NO_PANDOC = (
    "files of word processors and of the web are read by Pandoc, which is not here; "
    "install it with: pip install 'printedition[add]'"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be added; `asked` where it should not have been named at all."""

    file: str
    why: str
    asked: bool = False


class Refused(Exception):
    """Files that cannot be added, with all that is wrong; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class NotAdded(Exception):
    """The record of the edition could not be written to; `texts` are to be put in by hand."""

    def __init__(self, texts: Sequence[Added]) -> None:
        super().__init__()
        self.texts = tuple(texts)


@dataclass(frozen=True, slots=True)
class Added:
    """A text that was added: its id, its file in the edition, its title, and how many notes it has.

    `remarks` say what the file had that a text has no room for. `namesake` is an older text that
    has the name of the file already. `stated` are further keys of its record.
    """

    id: str
    file: str
    title: str
    notes: int
    remarks: tuple[Remark, ...]
    namesake: str = ""
    stated: Stated = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as a text, pins in it, what these say, and what is stated of it besides."""

    words: str
    said: Sequence[str] = ()
    stated: Stated = ()


def add(folder: Path, files: Sequence[Path], libraries: Sequence[Path] = ()) -> tuple[Added, ...]:
    """Add files to the edition in a folder; no file that is there already is written over.

    All are read before any is written, and all of them or none are. Raises Refused, NotAdded and,
    where the system refuses, OSError.
    """
    ids, known = _in_edition(DiskSources(folder, libraries))
    faults: list[Fault] = []
    made: list[tuple[Added, str]] = []
    for path in files:
        try:
            read = _read(path)
            added, words = _made(folder, path, read, [*ids, *(one.id for one, _ in made)])
            own = words_of(words)
            if own and own in known:
                raise Unreadable(f"its words are those of {known[own]}; no text is added twice")
        except Unreadable as fault:
            faults.append(Fault(str(path), str(fault)))
        except _NotAsked as fault:
            faults.append(Fault(str(path), str(fault), asked=True))
        else:
            made.append((added, words))
            known[own] = f"“{path}”"
    if faults:
        raise Refused(faults)
    return _put_all(folder, made)


class _NotAsked(Exception):
    """The name is none of a file that can be added; its words say why."""


def _made(folder: Path, path: Path, read: _Read, taken: list[str]) -> tuple[Added, str]:
    """A text that is to be added, with its words."""
    pinned = with_ids(with_title(read.words, literal(path.stem)))
    words = unpinned(pinned)
    wanted = name = id_for(path.stem, ())
    while name in taken or (folder / "texts" / name).exists():
        taken = [*taken, name]
        name = id_for(path.stem, taken)
    notes = sum(line.startswith("[^") for line in words.splitlines())
    file = f"texts/{name}/{name}.md"
    title, remarks = title_of(words), remarks_of(pinned, read.said)
    namesake = wanted if name != wanted else ""
    return Added(name, file, title, notes, remarks, namesake, read.stated), words


def _put_all(folder: Path, made: Sequence[tuple[Added, str]]) -> tuple[Added, ...]:
    """Write texts and record; where the system refuses one, none is left."""
    added = tuple(one for one, _ in made)
    record: str | None = (folder / "edition.yaml").read_text(encoding="utf-8")
    try:
        for one in added:
            assert record is not None
            record = with_text(record, one.id, one.file, one.title, one.stated)
    except NotPlain:
        record = None
    begun: list[Path] = []
    try:
        for one, words in made:
            path = folder / one.file
            path.parent.mkdir(parents=True)
            begun.append(path.parent)
            path.write_text(words, encoding="utf-8", newline="\n")
        if record is not None:
            _put(folder / "edition.yaml", record)
    except OSError:
        for each in begun:
            shutil.rmtree(each, ignore_errors=True)
        raise
    if record is None:
        raise NotAdded(added)
    return added


def _in_edition(sources: DiskSources) -> tuple[list[str], dict[tuple[str, ...], str]]:
    """The ids of the texts of an edition, and the file in which some words stand already."""
    edition = read_edition(sources, Findings())
    if edition is None:
        return [], {}
    names = [entry.id.text for entry in edition.text_entries]
    known = {
        tuple(
            leaf.plain for leaf in text.leaves if isinstance(leaf, Paragraph)
        ): f"“{text.path}” in the edition"
        for text in edition.texts.values()
    }
    return names + [include.id.text for include in edition.includes], known


def _read(path: Path) -> _Read:
    """A file as a text; raises Unreadable and _NotAsked."""
    ending = path.suffix.casefold()
    if not path.exists():
        raise _NotAsked("there is no such file")
    if path.is_dir():
        raise _NotAsked("this is a folder; name the files in it")
    if ending not in ENDINGS:
        raise _NotAsked(f"of no kind that can be added; these can: {', '.join(ENDINGS)}")
    try:
        read = _as_text(ending, path.read_bytes())
    except OSError as fault:
        raise Unreadable((fault.strerror or "the system refuses to read it").lower()) from None
    except SourceNotText as fault:
        line = fault.file.text.count("\n", 0, fault.offset) + 1
        raise Unreadable(f"not UTF-8 (line {line}); save it again as UTF-8") from None
    except NoPandoc:
        raise Unreadable(_NO_PANDOC) from None
    if not unpinned(read.words).strip():
        raise Unreadable("there are no words in it")
    return read


def _as_text(ending: str, data: bytes) -> _Read:
    if ending in FORMS:
        writer = Writer()
        words = writer.text(tree_of(ending, data))
        return _Read(words, writer.said, tuple(writer.stated.items()))
    words = unpinned(decode("", data).text)  # what looks like a pin there is none of ours
    return _Read(*from_plain(words)) if ending in PLAIN else _Read(words)


def _put(path: Path, record: str) -> None:
    """Write a file whole, or not at all."""
    passing = path.with_name(f".{path.name}.new")
    passing.write_text(record, encoding="utf-8", newline="\n")
    passing.replace(path)
