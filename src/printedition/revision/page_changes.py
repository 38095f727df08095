"""Which pages of a printing stayed as they were, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from printedition.frozen import dataclass
from printedition.page.words import PrintedWords
from printedition.revision.aligning import Difference
from printedition.revision.printing import Printing
from printedition.revision.stream import Word

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PageChange:
    """What became of the page with a folio.

    `same`; `changed`, where it begins and ends as before; `moved`, where it begins or ends with
    other words; `added` or `removed`.
    """

    label: str
    section: str
    what: str


def page_changes(
    old: Printing,
    new: Printing,
    words: Mapping[_Key, Sequence[Word]],
    now: Mapping[_Key, Sequence[Word]],
    found: Mapping[_Key, Sequence[Difference]],
) -> Iterator[PageChange]:
    """What became of each page, in the order of the old printing, and then those that came."""
    was = {page.label: (one.id, page) for one in old.sections for page in one.pages}
    are = {page.label: (one.id, page) for one in new.sections for page in one.pages}
    moved = {label for key in found for label in _moved(words, now, found, key)}
    for label, (section, page) in was.items():
        if label not in are:
            yield PageChange(label, section, "removed")
        elif section != are[label][0] or label in moved:
            yield PageChange(label, section, "moved")
        else:
            same = _seen(page) == _seen(are[label][1])
            yield PageChange(label, section, "same" if same else "changed")
    for label, (section, _) in are.items():
        if label not in was:
            yield PageChange(label, section, "added")


def _seen(page: PrintedWords) -> object:
    """What a reader sees of a page; ids are not seen."""
    notes = [(one.kind, one.mark, one.words, one.line) for one in page.notes]
    lines = [line for line in page.lines if line.words]
    return lines, notes, page.headings, page.heads


def _moved(
    words: Mapping[_Key, Sequence[Word]],
    now: Mapping[_Key, Sequence[Word]],
    found: Mapping[_Key, Sequence[Difference]],
    key: _Key,
) -> Iterator[str]:
    """The folios of the pages that begin or end with other words in a stream."""
    old, new = words.get(key, ()), now.get(key, ())
    starts = {label: at for label, at, _ in _pages(new)}
    stops = {label: stop for label, _, stop in _pages(new)}
    for label, start, stop in _pages(old):
        if (
            label not in starts
            or not _answers(found[key], start, starts[label])
            or not _answers(found[key], stop, stops[label])
        ):
            yield label


def _pages(words: Sequence[Word]) -> list[tuple[str, int, int]]:
    """The folio of each page of a stream, with its first word and the one after its last."""
    made, at = [], 0
    for label, group in groupby(words, lambda word: word.place.page):
        stop = at + sum(1 for _ in group)
        made.append((label, at, stop))
        at = stop
    return made


def _answers(found: Sequence[Difference], at: int, new_at: int) -> bool:
    """Whether the place between two words answers one of the new state."""
    shift = 0
    for one in found:
        if one.start > at:
            break
        if one.start <= at <= one.stop and one.new_start <= new_at <= one.new_stop:
            return True
        if one.stop <= at:
            shift = one.new_stop - one.stop
    return at + shift == new_at


def in_ranges(labels: Sequence[str], order: Sequence[str]) -> str:
    """Folios as people write them, 12–14, 17: those that follow one another in the book joined."""
    places = {label: number for number, label in enumerate(order)}
    runs: list[list[str]] = []
    for label in labels:
        if runs and places.get(label) == places.get(runs[-1][-1], -2) + 1:
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
