"""What changed between two printings: corrections, notes, headings, pages, chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from printedition.edition.corrections import Typographical
from printedition.frozen import dataclass
from printedition.page.words import PrintedNote, joined
from printedition.revision.aligning import Difference, before, differences
from printedition.revision.for_all import comparable
from printedition.revision.page_changes import PageChange, page_changes
from printedition.revision.printing import Printing
from printedition.revision.said_of import NOTHING, SaidOf
from printedition.revision.stream import Place, Word, core, pieces, said, streams

Key = tuple[str, str]  # of a stream of words: a section, and in a table the version

_SHORTEST_MOVE = 4  # words: what fewer share may be the habit of a language
_ALIKE = 0.5  # the share of words by which a changed note is still the same


@dataclass(frozen=True, slots=True)
class Correction:
    """Words that others stand for now, with where they stood and where these stand.

    Nothing stands `before` what was put in, or `after` what was taken out; its place is then that
    of the word before it, `follows`. `moved` words are the same at another place; in the old
    printing that is after `home_follows`, at `home`. `comment` and `credit` are the editor's.
    """

    section: str
    version: str
    before: str
    after: str
    old: Place
    new: Place
    follows: str = ""
    precedes: str = ""
    moved: bool = False
    home: Place | None = None
    home_follows: str = ""
    nth: tuple[int, int] = (1, 1)  # which, of how many alike, of `before` or `follows` in its line
    comment: str = ""
    credit: str = ""
    of_places: bool = False  # of words that only say where something stands
    silent: bool | None = None  # whether lists of errata pass over it, where the editor says so


@dataclass(frozen=True, slots=True)
class Note:
    """An entry or note: of what section and kind, its numeral, its page and line, its words."""

    section: str
    kind: str
    mark: str
    page: str
    line: str
    words: str
    id: str = ""
    places: tuple[int, ...] = ()  # of a note that runs on none


@dataclass(frozen=True, slots=True)
class NoteChange:
    """An entry or note as it was and as it is; None where it was not there, or is not.

    `home` is where the words of one that is new stood in the old printing, if they did.
    """

    old: Note | None
    new: Note | None
    moved: bool = False
    home: Place | None = None


@dataclass(frozen=True, slots=True)
class HeadingChange:
    """A heading of an index, with its locators before and now; None where it did not stand."""

    section: str
    words: str
    old: tuple[str, ...] | None
    new: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ChapterChange:
    """A chapter of the e-book that was `added`, `removed` or `changed`."""

    file: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed from one printing to another; `silent`: what errata pass over."""

    old: Printing
    new: Printing
    corrections: tuple[Correction, ...]
    notes: tuple[NoteChange, ...]
    headings: tuple[HeadingChange, ...]
    pages: tuple[PageChange, ...]
    chapters: tuple[ChapterChange, ...]
    silent: frozenset[Typographical] = frozenset()

    def __bool__(self) -> bool:
        """Whether a reader of the two would find a difference."""
        pages = any(one.what != "same" for one in self.pages)
        return bool(self.corrections or self.notes or self.headings or pages or self.chapters)


# Sections that only say where others are: what changes in them is told by what changed there.
_POINTING = {"contents", "index", "errata"}
_WITH_FOLIOS = {"chronology", "corrections"}  # lists that say pages beside their words


def compare(old: Printing, new: Printing, said: SaidOf = NOTHING) -> Changes:
    """What changed from one printing to another, with what is `said` of its corrections.

    Of printings for different readers only what they share is compared.
    """
    old, new = comparable(old, new)
    words, now = streams(old), streams(new)
    found = {
        key: differences(
            [word.text for word in words.get(key, [])], [word.text for word in now.get(key, [])]
        )
        for key in dict.fromkeys([*words, *now])
    }
    kinds = {one.id: one.kind for printing in (old, new) for one in printing.sections}
    corrections = [
        correction
        for key, differing in found.items()
        if kinds[key[0]] not in _POINTING
        for correction in _corrections(key, words.get(key, []), now.get(key, []), differing, said)
        if kinds[key[0]] not in _WITH_FOLIOS or not _is_of_pages(correction, old, new)
    ]
    return Changes(
        old,
        new,
        tuple(_with_moves(corrections)),
        tuple(_with_homes(note_changes(old, new), words, now, found)),
        tuple(heading_changes(old, new)),
        tuple(page_changes(old, new, words, now, found)),
        tuple(_chapters(old, new)),
        said.silent,
    )


def _corrections(
    key: tuple[str, str],
    old: list[Word],
    new: list[Word],
    found: Sequence[Difference],
    said_of: SaidOf,
) -> Iterator[Correction]:
    for one, told in zip(found, said_of.each(new, found), strict=True):
        first, last = one.start, one.stop
        anchor = first if first < last else max(first - 1, 0)
        now = one.new_start if one.new_start < one.new_stop else max(one.new_start - 1, 0)
        nowhere = Place(key[0], "", 0, 0)
        follows = said(old[max(first - 1, 0) : first])
        sought = old[first:last] or old[max(first - 1, 0) : first]
        yield Correction(
            *key,
            said(old[first:last]),
            said(new[one.new_start : one.new_stop]),
            old[anchor].place if anchor < len(old) else nowhere,
            new[now].place if now < len(new) else nowhere,
            follows,
            said(old[last : last + 1]),
            nth=_rank(old, anchor, len(sought)),
            comment=told.comment,
            credit=told.credit,
            of_places=are_places([*old[first:last], *new[one.new_start : one.new_stop]]),
            silent=told.silent,
        )


def are_places(words: Sequence[Word]) -> bool:
    """Whether all of these words only say where something stands."""
    return all(word.is_place for word in words)


def _is_of_pages(one: Correction, old: Printing, new: Printing) -> bool:
    """Whether the words are only where something stands in each of the two."""
    return one.before in old.labels and one.after in new.labels


def _rank(words: list[Word], at: int, length: int) -> tuple[int, int]:
    """Which of the equal runs that begin in its line a run is, and how many there are."""
    if at >= len(words):
        return 1, 1
    line, run = words[at].place, [core(word.text) for word in words[at : at + length]]
    first = at
    while first and words[first - 1].place == line:
        first -= 1
    alike = []
    while first < len(words) and words[first].place == line:
        if [core(word.text) for word in words[first : first + length]] == run:
            alike.append(first)
        first += 1
    return (alike.index(at) + 1, len(alike)) if at in alike else (1, 1)


def _with_moves(found: list[Correction]) -> Iterator[Correction]:
    """What was taken out at one place and put in at another, as one that was moved."""
    put_in = [one for one in found if not one.before]
    homes: dict[int, Correction] = {}
    for one in found:
        if one.after or len(one.before.split()) < _SHORTEST_MOVE:
            continue
        for other in put_in:
            if id(other) not in map(id, homes.values()) and other.after == one.before:
                homes[id(one)] = other
                break
    gone = set(map(id, homes.values()))
    for one in found:
        if id(one) in gone:
            continue
        if home := homes.get(id(one)):
            yield replace(
                one,
                after=home.after,
                new=home.new,
                moved=True,
                home=home.old,
                home_follows=home.follows,
                comment=home.comment or one.comment,
                credit=home.credit or one.credit,
                silent=home.silent if home.silent is not None else one.silent,
            )
        else:
            yield one


# Notes


def notes_of(printing: Printing) -> list[Note]:
    """The entries and notes of a printing, each whole, in its order; those at the end are lines."""
    made: list[Note] = []
    for section in printing.sections:
        begun: dict[str, tuple[PrintedNote, str, list[str]]] = {}
        for page in section.pages:
            for number, note in enumerate(page.notes):
                if note.kind != "end":
                    key = note.id or f"{page.label}.{number}"
                    begun.setdefault(key, (note, page.label, []))[2].append(note.words)
        made += (
            Note(
                *(section.id, n.kind, n.mark, label, n.line, joined(parts), n.id),
                n.places if len(parts) == 1 else (),
            )
            for n, label, parts in begun.values()
        )
    return made


def note_changes(old: Printing, new: Printing) -> Iterator[NoteChange]:
    """The notes that came, went, changed, or stand among others in another order."""
    before, after = notes_of(old), notes_of(new)
    kinds = dict.fromkeys((one.section, one.kind) for one in [*before, *after])
    for kind in kinds:
        was = [one for one in before if (one.section, one.kind) == kind]
        now = [one for one in after if (one.section, one.kind) == kind]
        yield from _of_kind(was, now)


def _of_kind(was: list[Note], now: list[Note]) -> Iterator[NoteChange]:
    before, after = ([pieces(note.words) for note in notes] for notes in (was, now))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    gone: list[Note] = []
    came: list[Note] = []
    changed: list[NoteChange] = []
    for tag, start, stop, new_start, new_stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        rest = list(now[new_start:new_stop])
        for note in was[start:stop]:
            same = next((one for one in rest if _alike(note, one)), None)
            if same is None:
                gone.append(note)
            else:
                changed.append(NoteChange(note, same))
                rest.remove(same)
        came += rest
    for note in gone:
        home = next((one for one in came if pieces(one.words) == pieces(note.words)), None)
        if home is not None:
            came.remove(home)
        changed.append(NoteChange(note, home, moved=home is not None))
    yield from changed
    yield from (NoteChange(None, note) for note in came)


def _with_homes(
    notes: Iterator[NoteChange],
    words: Mapping[Key, list[Word]],
    now: Mapping[Key, list[Word]],
    found: Mapping[Key, Sequence[Difference]],
) -> Iterator[NoteChange]:
    """Notes, those that are new with their homes."""
    for one in notes:
        if one.old is not None or one.new is None:
            yield one
            continue
        home = None
        for key in (key for key in found if key[0] == one.new.section and words.get(key)):
            at = _line_of(one.new, now.get(key, []))
            if at is not None:
                home = words[key][min(before(found[key], at), len(words[key]) - 1)].place
                break
        yield replace(one, home=home)


def _line_of(note: Note, words: Sequence[Word]) -> int | None:
    """The number of the first word in the line that a note is about, else on its page."""
    line = re.match(r"\d+", note.line)
    number = int(line[0]) if line else None
    for at, word in enumerate(words):
        if word.place.page == note.page and number in (None, word.place.number):
            return at
    return None


def _alike(one: Note, other: Note) -> bool:
    return SequenceMatcher(None, one.words.split(), other.words.split()).ratio() >= _ALIKE


# Headings and chapters


def heading_changes(old: Printing, new: Printing) -> Iterator[HeadingChange]:
    """The headings of indexes that came, went, or have other locators."""
    was, now = _index(old), _index(new)
    for key in dict.fromkeys([*was, *now]):
        if was.get(key) != now.get(key):
            yield HeadingChange(*key, was.get(key), now.get(key))


def _index(printing: Printing) -> dict[tuple[str, str], tuple[str, ...]]:
    made: dict[tuple[str, str], tuple[str, ...]] = {}
    for section in printing.sections:
        for page in section.pages:
            for heading in page.headings:
                key = (section.id, heading.words)
                made[key] = made.get(key, ()) + heading.locators
    return made


def _chapters(old: Printing, new: Printing) -> Iterator[ChapterChange]:
    was = {one.file: one for one in old.chapters}
    now = {one.file: one for one in new.chapters}
    for file in dict.fromkeys([*was, *now]):
        if file not in now:
            yield ChapterChange(file, was[file].title, "removed")
        elif file not in was:
            yield ChapterChange(file, now[file].title, "added")
        elif was[file].words != now[file].words:
            yield ChapterChange(file, now[file].title, "changed")
