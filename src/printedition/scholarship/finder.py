"""Finds quoted words in a text: lemmas, anchors of notes, passages of the index, moves.

A match may not begin or end between two letters, digits or combining marks. It must be the only
one, or be told apart by the words beside it or by its rank within a block.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum

from printedition.diagnostics import Findings, Label
from printedition.edition.edition import Edition
from printedition.edition.quotation import Passage, Quotation, Value
from printedition.edition.text import span_in
from printedition.frozen import dataclass
from printedition.scholarship.concordance import Concordance, LeafNumber
from printedition.scholarship.likeness import how_to_quote
from printedition.scholarship.places import Places
from printedition.scholarship.scopes import Scope, Scopes
from printedition.scholarship.telling_apart import Manner
from printedition.sources import Span

_PATIENCE = 40_000_000  # about as many signs are compared in a run: some seconds' work
_RANK = re.compile(r"\s*([1-9]\d*)\s+of\s+([1-9]\d*)\s*$")


class Purpose(Enum):
    """What is looked for; the value is the codes: not found, found twice, total changed.

    Those of a move are those of other words, of which it is one kind.
    """

    LEMMA = ("APP003", "APP004", "APP005")
    WORDS = ("LOC001", "LOC002", "LOC003")
    MOVE = ("LOC001", "LOC002", "LOC003", "of a move")

    @property
    def not_found(self) -> str:
        """The code of words that stand nowhere."""
        return str(self.value[0])

    @property
    def twice(self) -> str:
        """The code of words that stand more than once."""
        return str(self.value[1])

    @property
    def changed(self) -> str:
        """The code of a rank among a number of places that is not theirs any more."""
        return str(self.value[2])


@dataclass(frozen=True, slots=True)
class _Search:
    """Words that are sought: for what purpose, where, and what messages call both."""

    words: Value
    quotation: Quotation
    purpose: Purpose
    scope: Scope
    what: str
    where: str

    @property
    def manner(self) -> Manner:
        """In what form the file says where it is."""
        if self.purpose is Purpose.MOVE:
            return Manner.MOVE
        return Manner.HEAD if self.quotation.span.source.endswith(".md") else Manner.RECORD


def is_inside_word(text: str, at: int) -> bool:
    """Whether the offset stands between two letters, digits or combining marks."""
    if at <= 0 or at >= len(text):
        return False
    return _of_word(text[at - 1]) and _of_word(text[at])


def _of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def occurrences(words: str, text: str) -> list[tuple[int, int]]:
    """Where words stand in a plain text, word-bounded, as pairs of offsets."""
    found = []
    at = text.find(words)
    while at >= 0 and words:
        end = at + len(words)
        if not is_inside_word(text, at) and not is_inside_word(text, end):
            found.append((at, end))
        at = text.find(words, at + 1)
    return found


class Finder:
    """Finds quotations in the texts of an edition, and reports what it cannot find."""

    def __init__(self, edition: Edition, findings: Findings) -> None:
        self.edition = edition
        self.findings = findings
        self.places = Places(edition)
        self.leaf = self.places.leaf
        self.number_of = self.places.number_of
        self.scopes = Scopes(edition, self.places, findings)
        self._concordance = Concordance(
            ((text.id, number), leaf.plain)
            for text in edition.texts.values()
            for number, leaf in enumerate(text.leaves)
        )
        self._patience = _PATIENCE

    def find(self, quotation: Quotation, purpose: Purpose) -> Passage | None:
        """The one passage that a quotation means, or None with a diagnostic."""
        if self.scopes.is_lost(quotation):
            return None
        scope = self.scopes.of(quotation.place, quotation.folder)
        if scope is None:
            return None
        words, place = quotation.words, quotation.place
        if words is None:
            return self._whole(scope)
        what = "lemma" if purpose is Purpose.LEMMA else "the passage"
        here = " of this folder" if self.places.texts_in(quotation.folder) else ""
        where = f"in {place.text}" if place else f"in the texts{here}"
        start = self._one(_Search(words, quotation, purpose, scope, what, where))
        if start is None or quotation.to is None:
            return start
        return self._end(start, quotation, purpose)

    def _whole(self, scope: Scope) -> Passage | None:
        """The passage that is all of a scope, or of the first leaf where it is of several texts."""
        if not scope:
            return None
        (text, first), (last_text, last) = next(iter(scope)), next(reversed(scope))
        if text != last_text:
            last = first
        return Passage(text, first, 0, last, len(self.leaf(text, last).plain))

    def _one(self, search: _Search) -> Passage | None:
        """The one place where the words stand as the quotation says."""
        quotation, words = search.quotation, search.words
        beside = [value.text for value in (quotation.after, quotation.before) if value]
        likely = self._matches(words.text, search.scope, beside)
        found = [match for match in likely if self._is_beside(match, quotation)]
        if quotation.rank is not None:
            return self._ranked(search, quotation.rank, found)
        if len(found) == 1:
            return found[0]
        if found:
            self.findings.report(
                search.purpose.twice,
                f"{search.what} “{words.text}” stands {_times(len(found))} {search.where}",
                words.span,
                labels=self._labels(found[:3]),
                hint=search.manner.apart(found, quotation),
            )
        elif (neighbour := quotation.after or quotation.before) and (
            elsewhere := self._matches(words.text, search.scope)
        ):
            self._report_beside(search, neighbour, elsewhere)
        else:
            self._report_none(search)
        return None

    def _ranked(self, search: _Search, rank: Value, found: list[Passage]) -> Passage | None:
        """Of the places found, the one with the rank; their number must be as it was."""
        match = _RANK.match(rank.text)
        if match is None:
            return None  # its form has been reported
        number, total = int(match[1]), int(match[2])
        if number > total:
            self.findings.report(
                search.purpose.changed,
                f"nth: there can be no {number} of {total}",
                rank.span,
                hint="write which of the places is meant, then how many there are",
            )
            return None
        if total != len(found):
            times = f"{_times(len(found))} {search.where}, not {total} times"
            self.findings.report(
                search.purpose.changed,
                f"“{search.words.text}” stands {times}",
                rank.span,
                labels=self._labels(found[:3]),
                hint="look which is meant, then write its number and the new total",
            )
            return None
        return found[number - 1]

    def _report_beside(self, search: _Search, neighbour: Value, elsewhere: list[Passage]) -> None:
        place = f"{search.where}, but not beside “{neighbour.text}”"
        self.findings.report(
            search.purpose.not_found,
            f"{search.what} “{search.words.text}” stands {place}",
            neighbour.span,
            labels=self._labels(elsewhere[:3]),
            hint=how_to_quote(neighbour.text, None) or search.manner.beside,
        )

    def _report_none(self, search: _Search) -> None:
        words, scope = search.words, search.scope
        near = self._nearest(words.text, scope)
        labels = self._labels([near], "this reads “{}”") if near else ()
        if self.findings.are_few and self._runs_over_blocks(words.text, scope):
            hint: str | None = search.manner.over_blocks
        elif near is None and (elsewhere := self._elsewhere(search)):
            labels = self._labels(elsewhere[:3], "it stands here")
            hint = "if that is the place, name its block"
        else:
            hint = how_to_quote(words.text, self._words_of(near) if near else None)
        self.findings.report(
            search.purpose.not_found,
            f"{search.what} “{words.text}” does not stand {search.where}",
            words.span,
            labels=labels,
            hint=hint,
        )

    def _elsewhere(self, search: _Search) -> list[Passage]:
        """Where words of a note stand outside the block that is named, in the texts of the folder.

        An entry is rather on words that were corrected where it says.
        """
        if search.purpose is Purpose.LEMMA:
            return []
        wider = self.scopes.of(None, search.quotation.folder)
        if search.quotation.place is None or wider is None or not self.findings.are_few:
            return []
        return self._matches(search.words.text, wider)

    def _runs_over_blocks(self, words: str, scope: Scope) -> bool:
        """Whether the words stand in the text but for the blocks that part them."""
        return words in " ".join(self.leaf(*leaf).plain for leaf in scope)

    def _matches(self, words: str, scope: Scope, beside: Iterable[str] = ()) -> list[Passage]:
        """Where words stand in a scope, in its order; `beside` may leave out what lacks these."""
        leaves: Iterable[LeafNumber] = scope
        likely = self._concordance.leaves_with([words, *beside])
        if likely is not None and len(likely) < len(scope):
            leaves = sorted((leaf for leaf in likely if leaf in scope), key=scope.__getitem__)
        return [
            Passage(text, number, start, number, end)
            for text, number in leaves
            for start, end in occurrences(words, self.leaf(text, number).plain)
        ]

    def _is_beside(self, match: Passage, quotation: Quotation) -> bool:
        plain = self.leaf(match.text, match.first).plain
        if quotation.after is not None:
            before = plain[: match.start].rstrip(" ")
            start = len(before) - len(quotation.after.text)
            if not before.endswith(quotation.after.text) or is_inside_word(plain, start):
                return False
        if quotation.before is not None:
            gap = match.end + (plain[match.end : match.end + 1] == " ")
            end = gap + len(quotation.before.text)
            if not plain.startswith(quotation.before.text, gap) or is_inside_word(plain, end):
                return False
        return True

    def _end(self, start: Passage, quotation: Quotation, purpose: Purpose) -> Passage | None:
        """The passage from a found beginning to the last words of a longer lemma."""
        assert quotation.to is not None
        scope: Scope | None = {(start.text, start.first): 0}
        if quotation.to_place is not None:
            scope = self.scopes.of(quotation.to_place, quotation.folder)
        if scope is None:
            return None
        where = "after the lemma's beginning"
        search = _Search(quotation.to, quotation, purpose, scope, "the end", where)
        later = [
            match
            for match in self._matches(search.words.text, scope)
            if match.text == start.text and (match.first, match.start) >= (start.last, start.end)
        ]
        if len(later) == 1:
            return Passage(start.text, start.first, start.start, later[0].last, later[0].end)
        if later:
            self.findings.report(
                purpose.twice,
                f"“{search.words.text}” stands {_times(len(later))} {where}",
                search.words.span,
                labels=self._labels(later[:3]),
                hint=search.manner.longer,
            )
        else:
            self._report_none(search)
        return None

    # What messages say

    def _labels(self, found: list[Passage], text: str = "here") -> tuple[Label, ...]:
        return tuple(
            Label(span, text.format(self._words_of(match)))
            for match in found
            if (span := self._span_of(match))
        )

    def _words_of(self, match: Passage) -> str:
        return self.leaf(match.text, match.first).plain[match.start : match.end]

    def _span_of(self, match: Passage) -> Span | None:
        """Where a passage's first leaf has it in its file."""
        leaf = self.leaf(match.text, match.first)
        stop = match.end if match.first == match.last else len(leaf.plain)
        return span_in(leaf.inlines, match.start, stop)

    def _nearest(self, words: str, scope: Scope) -> Passage | None:
        """The stretch of as many words that is most like the words sought, if any is near.

        It is sought first where the words stand, and not for ever: many quotations of a wrong
        text are not each worth the time that one slip is.
        """
        import difflib  # what has no slips does without it, and starts sooner

        count = max(len(words.split()), 1)
        best: tuple[float, Passage] | None = None
        patience = min(self._patience, _PATIENCE // 20)
        self._patience -= patience
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(words)
        for leaf in self._concordance.most_alike(words, scope) if patience else ():
            for start, end in _stretches(self.leaf(*leaf).plain, {count, max(count - 1, 1)}):
                patience -= 20 + end - start
                if patience < 0:
                    break
                matcher.set_seq1(self.leaf(*leaf).plain[start:end])
                if matcher.real_quick_ratio() < 0.7 or matcher.quick_ratio() < 0.7:
                    continue
                patience -= len(words) * (end - start) // 4
                ratio = matcher.ratio()
                if ratio >= 0.7 and (best is None or ratio > best[0]):
                    best = ratio, Passage(*leaf, start, leaf[1], end)
            if patience < 0:
                break
        self._patience += max(patience, 0)
        if best is None:
            return None
        found = best[1]
        plain = self.leaf(found.text, found.first).plain
        end = found.end
        while end > found.start + 1 and plain[end - 1] in ".,;:" and words[-1:] != plain[end - 1]:
            end -= 1
        return Passage(found.text, found.first, found.start, found.last, end)


def _stretches(plain: str, sizes: set[int]) -> Iterator[tuple[int, int]]:
    """Where each run of so many words stands in a plain text."""
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", plain)]
    for size in sorted(sizes):
        for first in range(len(words) - size + 1):
            yield words[first][0], words[first + size - 1][1]


def _times(number: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(number, f"{number} times")
