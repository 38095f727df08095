"""Errata: what the reader of an earlier printing corrects, in the terms of that printing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from printedition.edition.corrections import Typographical
from printedition.frozen import dataclass
from printedition.page.words import PrintedWords
from printedition.revision.aligning import differences
from printedition.revision.changes import (
    Changes,
    Correction,
    HeadingChange,
    Note,
    NoteChange,
    are_places,
)
from printedition.revision.phrases import phrases
from printedition.revision.stream import Place, Word, core, plain, said

_LONG = 12  # words
_FOLIO = re.compile(r"(?<![^\W\d])(?:[ivxlcdm]+(?!\w)|\d+)")  # in a locator: 12 of 12n3
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Erratum:
    """One correction: where the reader finds it, and what is to be done.

    `what` has the words of the trade between stars, as in Markdown; `before` is what stands there,
    `after` what is to be read. Errata are sorted by `order`. `comment` and `credit` are the
    editor's, with stars likewise; `silent` is what he wants, where he says so.
    """

    order: tuple[int, int, int]
    where: str
    what: str
    before: str
    after: str
    page: str
    line: int
    comment: str = ""
    credit: str = ""
    silent: bool | None = None

    @property
    def remark(self) -> str:
        """Comment and credit, as they follow `what`."""
        comment = f". {self.comment}" if self.comment else ""
        return f"{comment} ({self.credit})" if self.credit else comment


@dataclass(frozen=True, slots=True)
class Errata:
    """An errata list, ordered by the pages of the old printing."""

    title: str
    heading: str
    lang: str
    of: str
    none: str
    items: tuple[Erratum, ...]


# What says of each printing which it is.
_IMPRINT = {"title-page", "imprint"}


def errata(changes: Changes, silent: Collection[Typographical] = ()) -> Errata:
    """The list for who holds the old printing: of the sections that this has, but its imprint.

    Left out are corrections that change nothing but what is `silent`, here or by the edition.
    """
    teller = _Teller(changes)
    said_so = teller.phrases
    old, new = (f"{p.name} ({p.date})" if p.date else p.name for p in (changes.old, changes.new))
    items = sorted(teller.items(), key=lambda one: one.order)
    passed_over = changes.silent.union(silent)
    items = [one for one in items if not _is_silent(one, passed_over)]
    return Errata(
        said_so["title"],
        changes.new.title,
        changes.new.lang,
        said_so["of"].format(old=old, new=new),
        said_so["none"],
        tuple(items),
    )


def _is_silent(one: Erratum, silent: Collection[Typographical]) -> bool:
    if one.silent is not None:
        return one.silent
    moved = one.before == one.after
    return not moved and _bare(one.before, silent) == _bare(one.after, silent)


def _bare(words: str, without: Collection[Typographical]) -> str:
    """Words without what lists of errata pass over."""
    if Typographical.SPACING in without:
        words = re.sub(r"[\s\-\u2010\u00ad]+", "", words)
    if Typographical.PUNCTUATION in without:
        words = re.sub(r"[^\w\s\-\u2010]|_", "", words)
    return words.casefold() if Typographical.CAPITALS in without else words


class _Teller:
    """Words the corrections of one list."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.sections = {one.id for one in changes.old.sections if one.kind not in _IMPRINT}
        self.phrases: Mapping[str, str] = phrases(changes.new.lang)
        self.order = {label: number for number, label in enumerate(changes.old.labels)}

    def items(self) -> Iterator[Erratum]:
        """Every correction, as it comes."""
        for correction in self.changes.corrections:
            known = correction.section in self.sections and correction.old.page
            if known and not correction.of_places:
                yield self._of_text(correction)
        for note in self.changes.notes:
            if any(one and one.section in self.sections for one in (note.old, note.new)):
                yield from self._of_note(note)
        yield from self._of_index()

    def _of_text(self, one: Correction) -> Erratum:
        place = one.old
        where = self._where(place)
        if one.version:
            where = f"{where} ({one.version})"
        if one.moved and one.home is not None:
            what = self._say(
                "move",
                before=_shortened(one.before),
                home=one.home_follows,
                place=self._where(one.home),
            )
        else:
            what = self._change(one.before, one.after, one.follows, one.precedes, one.nth)
        order = self.order.get(place.page, len(self.order)), 0, place.row
        return Erratum(
            *(order, where, what, one.before, one.after, place.page, place.number),
            *(one.comment, one.credit, one.silent),
        )

    def _of_note(self, change: NoteChange) -> Iterator[Erratum]:
        """What is to be corrected in an entry or note; that one was moved is of no matter."""
        old, new = change.old, change.new
        if change.moved:
            return
        if old is None:
            assert new is not None
            yield self._added(new, change.home)
            return
        line = _first_number(old.line)
        where = f"{self._page(old.page)}, {self._region(old, line)}"
        if new is None:
            what = self._say("delete", before=_shortened(old.words))
            yield self._beside(old.page, line, where, what, old.words, "")
            return
        nowhere = Place(old.section, old.page, line, 0)
        was = plain(old.words, nowhere, old.places)
        now = plain(new.words, nowhere, new.places)
        texts = [word.text for word in was]
        bare = [core(text) for text in texts]
        for one in differences(texts, [word.text for word in now]):
            if are_places([*was[one.start : one.stop], *now[one.new_start : one.new_stop]]):
                continue
            before, after = _said(was, one.start, one.stop), _said(now, one.new_start, one.new_stop)
            at = one.start if before else max(one.start - 1, 0)
            nth = _rank(bare, at, max(one.stop - one.start, 1))
            follows = _said(was, max(one.start - 1, 0), one.start)
            what = self._change(before, after, follows, _said(was, one.stop, one.stop + 1), nth)
            yield self._beside(old.page, line, where, what, before, after)

    def _added(self, new: Note, home: Place | None) -> Erratum:
        """A note to be added, in the terms of the old printing, which has no numeral for it."""
        key, line = "add", _first_number(new.line)
        if home is not None:
            page, line = home.page, home.number
        else:
            page = new.page if new.page in self.order else self.changes.old.labels[-1]
        if new.kind == "note":
            key = "add-note"
            where = self._where(home) if home is not None else self._page(page)
        else:
            region = self._region(replace(new, line=str(line or "")), line)
            where = f"{self._page(page)}, {region}"
        what = self._say(key, after=new.words)
        return self._beside(page, line, where, what, "", new.words)

    def _of_index(self) -> Iterator[Erratum]:
        pages = {
            (section.id, heading.words): page
            for section in self.changes.old.sections
            for page in section.pages
            for heading in page.headings
        }
        ends: dict[str, PrintedWords] = {key[0]: page for key, page in pages.items()}
        for one in self.changes.headings:
            if one.old is not None and one.new is not None and self._has_moved(one.old, one.new):
                continue
            page = pages.get((one.section, one.words)) or ends.get(one.section)
            if page is None:
                continue
            was = ", ".join((one.words, *one.old)) if one.old is not None else ""
            now = ", ".join((one.words, *self._known(one))) if one.new is not None else ""
            where = f"{self._page(page.label)}, {self.phrases['index']}"
            key = "replace" if was and now else "delete" if was else "add"
            what = self._say(key, before=was, after=now)
            yield self._beside(page.label, 0, where, what, was, now)

    def _known(self, one: HeadingChange) -> Sequence[str]:
        """The locators of a heading; none, where it is new and they are of other pages now."""
        new = one.new or ()
        folios = {folio for locator in new for folio in _FOLIO.findall(locator)}
        return new if one.old is not None or folios <= self._standing else ()

    def _has_moved(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether locators differ only by pages that begin or end with other words now."""
        was, now = (
            {folio for one in mine - others for folio in _FOLIO.findall(one)}
            for mine, others in (({*old}, {*new}), ({*new}, {*old}))
        )
        return bool(was and now) and not self._standing.intersection(was ^ now or was)

    @property
    def _standing(self) -> set[str]:
        """The pages that begin and end with the same words as they did."""
        return {one.label for one in self.changes.pages if one.what in ("same", "changed")}

    # Words

    def _change(
        self, before: str, after: str, follows: str, precedes: str, nth: tuple[int, int]
    ) -> str:
        if before and after:
            before, after = _without_edges(before, after)
            if after.startswith(f"{before} "):
                added = after.removeprefix(before).strip()
                return self._say("insert", follows=self._ranked(before, nth), after=added)
            return self._say("replace", before=self._ranked(_shortened(before), nth), after=after)
        if before:
            return self._say("delete", before=self._ranked(_shortened(before), nth))
        if follows:
            return self._say("insert", follows=self._ranked(follows, nth), after=after)
        return self._say("begin", precedes=precedes, after=after)

    def _say(self, key: str, **words: str) -> str:
        escaped = {name: word.replace("*", r"\*") for name, word in words.items()}
        return self.phrases[key].format(**escaped)

    def _ranked(self, words: str, nth: tuple[int, int]) -> str:
        number, total = nth
        if total == 1:
            return words
        ranks = self.phrases["ranks"].split()
        return f"{words} ({ranks[number - 1] if number <= len(ranks) else f'{number}.'})"

    def _page(self, label: str) -> str:
        return self.phrases["page"].format(page=label)

    def _where(self, place: Place) -> str:
        key = "line" if place.number else "row" if place.row else "head"
        line = self.phrases[key].format(line=place.number, row=place.row)
        return f"{self._page(place.page)}, {line}"

    def _region(self, note: Note, line: int) -> str:
        if note.kind == "note":
            return self.phrases["note"].format(mark=note.mark)
        key = "margin" if note.kind == "margin" else "apparatus"
        if not note.line:
            return note.kind if key == "margin" else self.phrases["apparatus-page"]
        return self.phrases[key].format(line=note.line)

    def _beside(
        self, page: str, line: int, where: str, what: str, before: str, after: str
    ) -> Erratum:
        order = self.order.get(page, len(self.order)), 1, line
        return Erratum(order, where, what, before, after, page, line)


def _said(words: list[Word], start: int, stop: int) -> str:
    return said(words[start:stop])


def _rank(words: list[str], at: int, length: int) -> tuple[int, int]:
    run = words[at : at + length]
    alike = [n for n in range(len(words) - length + 1) if words[n : n + length] == run]
    return (alike.index(at) + 1, len(alike)) if run and at in alike else (1, 1)


def _first_number(line: str) -> int:
    found = re.search(r"\d+", line)
    return int(found[0]) if found else 0


def _without_edges(before: str, after: str) -> tuple[str, str]:
    """Words without the signs that stand about both of them alike."""
    was, now = _EDGES.match(before), _EDGES.match(after)
    assert was is not None and now is not None
    if not was[2] or not now[2] or was[2] == now[2]:
        return before, after
    lead = was[1] if was[1] == now[1] else ""
    trail = was[3] if was[3] == now[3] else ""
    return (
        before[len(lead) : len(before) - len(trail)],
        after[len(lead) : len(after) - len(trail)],
    )


def _shortened(words: str) -> str:
    each = words.split()
    return words if len(each) <= _LONG else f"{' '.join(each[:5])} … {' '.join(each[-3:])}"
