"""Begins a parallel.yaml: rows and moved words as a draft, for the editor to correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from printedition.diagnostics import Diagnostic, Findings
from printedition.edition.edition import Edition
from printedition.edition.text import Block
from printedition.edition.versions import Parallel
from printedition.frozen import dataclass
from printedition.reading.reader import read_edition
from printedition.scholarship.alignment import Alignment, DraftMove, Words, find_moves
from printedition.scholarship.places import Places
from printedition.sources import Sources

_HEAD = """\
# Which parts of the versions answer one another: a draft, made from the words they share.
# Correct it: take a block to the row where it belongs, join rows or part them, and put your own
# titles. Every block stands in one row. `printedition check` tells what is missing.
"""
_MOVED = """
# Words that went from one row to another; both places are marked. Take out what only looks alike,
# and add what is shorter than four words or was reworded on its way.
"""


class NoSuchVersion(Exception):
    """A name is not that of a text; `known` are those that are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft adds: a whole file `path`, or to one that `exists` what it lacks, if any.

    With `diagnostics` nothing could be drafted.
    """

    path: str
    text: str
    exists: bool = False
    listed: bool = True  # in the book, without which nothing prints it
    diagnostics: tuple[Diagnostic, ...] = ()


def draft_parallel(sources: Sources, names: Sequence[str]) -> Draft:
    """Draft the table of the versions named, in that order.

    Raises NoSuchVersion.
    """
    findings = Findings()
    edition = read_edition(sources, findings)
    if edition is None:
        return Draft("", "", diagnostics=tuple(findings.diagnostics))
    listed = {entry.id.text: entry.file.text for entry in edition.text_entries}
    for name in names:
        if name not in listed:
            raise NoSuchVersion(name, tuple(listed))
    path = _path_of([listed[name] for name in names])
    _hold_readable(edition, names, findings)
    files = {listed[name] for name in names}
    faults = [one for one in findings.diagnostics if one.span.source in files]
    if faults:
        return Draft(path, "", diagnostics=tuple(faults))
    versions = _versions(edition, names)
    known = next((p for p in edition.parallels.values() if _holds(p, names)), None)
    if known is not None:
        return Draft(known.path, _lacking(known, versions), exists=True)
    in_book = any(section.subject.text == path for section in edition.book)
    if path in sources.paths():
        return Draft(path, "", exists=True, listed=in_book)
    return Draft(path, _whole(edition, versions), listed=in_book)


def _path_of(files: Sequence[str]) -> str:
    """Beside the versions where they lie in one folder, else at the top."""
    folders = {file.rpartition("/")[0] for file in files}
    folder = folders.pop() if len(folders) == 1 else ""
    return f"{folder}/parallel.yaml" if folder else "parallel.yaml"


def _holds(parallel: Parallel, names: Sequence[str]) -> bool:
    return {*names} <= {version.text.text for version in parallel.versions}


def _hold_readable(edition: Edition, names: Sequence[str], findings: Findings) -> None:
    """Report the blocks that no row could name, since they have no id."""
    for name in names:
        taken = {block.attributes.id for block in _blocks(edition, name)}
        for number, block in enumerate(_blocks(edition, name), 1):
            if block.attributes.id is None:
                own = next(i for n in range(number, 10**6) if (i := f"p{n}") not in taken)
                taken.add(own)
                findings.report(
                    "PAR001",
                    f"a block of “{name}” has no id, so that no row can name it",
                    block.attributes.span or block.span,
                    hint=f"write on a line of its own above it: {{#{own}}}",
                )


def _blocks(edition: Edition, name: str) -> tuple[Block, ...]:
    text = edition.texts.get(name)
    return tuple(b for b in text.blocks if b is not text.title) if text else ()


def _versions(edition: Edition, names: Iterable[str]) -> list[list[Words]]:
    places = Places(edition)
    return [
        [
            Words(name, block.attributes.id or "", " ".join(
                places.leaf(*leaf).plain for leaf in places.leaves_in(name, block)))
            for block in _blocks(edition, name)
        ]
        for name in names
    ]  # fmt: skip


# A file of its own


def _whole(edition: Edition, versions: Sequence[Sequence[Words]]) -> str:
    alignment = Alignment(versions)
    lines = [_HEAD.rstrip(), "title: 'The Versions Side by Side'", "versions:"]
    for version in versions:
        name = version[0].text if version else ""
        lines += [f"  - text: {_quoted(name)}", f"    title: {_quoted(_title(edition, name))}"]
    lines += ["rows:"]
    for number, row in enumerate(alignment.rows, 1):
        lines += _row(f"row-{number}", row.blocks)
    if moves := alignment.moves():
        lines += [*_MOVED.rstrip().split("\n"), "moved:"]
        lines += [line for move in moves for line in _move(move)]
    return "\n".join(lines) + "\n"


def _title(edition: Edition, name: str) -> str:
    entry, head = edition.entry_of(name), edition.texts[name].title
    return (entry.title if entry else "") or (head.plain if head else "") or name


def _row(name: str, blocks: Sequence[Words]) -> Iterator[str]:
    yield f"  - id: {_quoted(name)}"
    yield f"    title: {_quoted(_first_words(blocks[0]))}"
    yield "    blocks:"
    yield from (f"      - {_quoted(block.name)}" for block in blocks)


def _first_words(block: Words) -> str:
    words = block.plain.split()
    if not words:
        return block.name
    return " ".join(words[:6]).rstrip(",;:.") + (" …" if len(words) > 6 else "")


def _move(move: DraftMove) -> Iterator[str]:
    yield f"  - from: {_quoted(move.source.block.name)}"
    yield f"    from_words: {_quoted(move.source.words)}"
    yield f"    to: {_quoted(move.target.block.name)}"
    yield f"    to_words: {_quoted(move.target.words)}"


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


# What an editor's own file lacks


def _lacking(parallel: Parallel, versions: Sequence[Sequence[Words]]) -> str:
    """Rows and moves to add to a file, as they are written there; empty where it lacks nothing."""
    row_of = {value.text: row.id for row in parallel.rows for value in row.blocks}
    lines: list[str] = []
    numbers = _unused({row.id for row in parallel.rows})
    placed: dict[int, str] = {}
    for drafted in Alignment(versions).rows:
        lost = [block for block in drafted.blocks if block.name not in row_of]
        known = [row_of[block.name] for block in drafted.blocks if block.name in row_of]
        if not lost:
            continue
        home = max(known, key=known.count) if known else next(numbers)
        placed.update((id(block), home) for block in lost)
        if known:
            lines += [f"  # to the blocks of the row {_quoted(home)}:"]
            lines += [f"      - {_quoted(block.name)}" for block in lost]
        else:
            lines += ["  # a row of its own:", *_row(home, lost)]
    if lines:
        lines = ["# under rows:", *lines]
    moves = [m for m in _moves(versions, row_of, placed) if not _is_declared(m, parallel)]
    if moves:
        lines += ["# under moved:", *(line for move in moves for line in _move(move))]
    return "\n".join(lines) + "\n" if lines else ""


def _unused(names: set[str]) -> Iterator[str]:
    return (name for n in range(1, 10**6) if (name := f"row-{n}") not in names)


def _moves(
    versions: Sequence[Sequence[Words]], row_of: Mapping[str, str], placed: Mapping[int, str]
) -> Iterator[DraftMove]:
    """The moves between rows as the editor has them, blocks in none where the draft has them."""
    homes = {
        id(block): row_of.get(block.name) or placed.get(id(block), "")
        for version in versions
        for block in version
    }
    numbers = {name: number for number, name in enumerate(dict.fromkeys(homes.values()))}
    return find_moves(versions, {key: numbers[home] for key, home in homes.items() if home})


def _is_declared(move: DraftMove, parallel: Parallel) -> bool:
    """Whether the editor has said of any of these words that they moved there."""
    for declared in parallel.moves:
        place, words = declared.target.place, declared.target.words
        if place and place.text == move.target.block.name:
            theirs = words.text.casefold() if words else ""
            ours = move.target.words.casefold()
            if not theirs or theirs in ours or ours in theirs:
                return True
    return False
