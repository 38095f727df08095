"""Finds quoted words in a text: lemmas, anchors of notes, passages of the index, moves.

A match may not begin or end between two letters, digits or combining marks. It must be the only
one, or be told apart by the words beside it or by its rank within a block.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TypeAlias

from printedition.diagnostics import Findings, Label, did_you_mean
from printedition.edition.edition import Edition
from printedition.edition.quotation import Passage, Quotation, Value
from printedition.edition.text import LineBreak, Words, walk_inlines
from printedition.scholarship.concordance import Concordance, LeafNumber
from printedition.scholarship.likeness import how_to_quote
from printedition.scholarship.places import Places
from printedition.sources import Span

Scope: TypeAlias = dict[LeafNumber, int]  # leaves, each with its order among them

_PATIENCE = 40_000_000  # about as many signs are compared in a run: some seconds' work
_OVER_BLOCKS = (
    "these words run over two blocks: quote the first of them, and after to: the last, with the "
    "block of these after to_in:"
)
_RANK = re.compile(r"\s*([1-9]\d*)\s+of\s+([1-9]\d*)\s*$")


class Purpose(Enum):
    """What is looked for; the value is the codes: not found, found twice, total changed."""

    LEMMA = ("APP003", "APP004", "APP005")
    WORDS = ("LOC001", "LOC002", "LOC003")


def is_inside_word(text: str, at: int) -> bool:
    """Whether the offset stands between two letters, digits or combining marks."""
    if at <= 0 or at >= len(text):
        return False
    return _of_word(text[at - 1]) and (_of_word(text[at]))


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
        self._concordance = Concordance(
            ((text.id, number), leaf.plain)
            for text in edition.texts.values()
            for number, leaf in enumerate(text.leaves)
        )
        self._scopes: dict[tuple[str, str], Scope] = {}
        self._patience = _PATIENCE

    # Places

    def scope(self, place: Value | None, folder: str) -> Scope | None:
        """The leaves that `in:` names; without it those of the folder's texts."""
        key = place.text if place else "", folder
        if key not in self._scopes:
            leaves = self.leaves_of_folder(folder) if place is None else self.named(place, folder)
            if leaves is None:
                return None  # reported, and again where it is named again
            self._scopes[key] = {leaf: order for order, leaf in enumerate(leaves)}
        return self._scopes[key]

    def leaves_of_folder(self, folder: str) -> list[LeafNumber]:
        texts = self.places.texts_in(folder)
        return [(text.id, number) for text in texts for number in range(len(text.leaves))]

    def named(self, place: Value, folder: str) -> tuple[LeafNumber, ...] | None:
        """The leaves of a named place; LOC004 where there is none, or several."""
        texts = [text.id for text in self.places.texts_in(folder)] or list(self.edition.texts)
        name = place.text
        if "/" in name or name in self.edition.texts:
            leaves = self.places.leaves(name, "")
            if leaves is not None:
                return leaves
        else:
            owners = [text for text in texts if name in self.places.blocks(text)]
            if len(owners) == 1:
                return self.places.leaves(name, owners[0])
            if owners:
                choices = " or ".join(f"{text}/{name}" for text in owners)
                self.findings.report(
                    "LOC004",
                    f"“{name}” is a block of several texts of this folder",
                    place.span,
                    hint=f"write {choices}",
                )
                return None
        self.findings.report(
            "LOC004",
            f"there is no text or block “{name}”",
            place.span,
            hint=self.hint(name, texts),
        )
        return None

    def hint(self, name: str, texts: list[str]) -> str | None:
        """The nearest name of a place; in a folder of one text its blocks go by their ids."""
        if not self.findings.are_few:
            return None
        if len(texts) != 1:
            return did_you_mean(name, self.places.names())
        own = texts[0]
        others = (n for n in self.places.names() if not n.startswith(f"{own}/"))
        hint = did_you_mean(name, [*others, *self.places.blocks(own)])
        if hint is None or "/" in name or not hint.startswith("known"):
            return hint
        return f"a block gets its name from a line {{#{name}}} directly above it; {hint}"

    def follows_from_a_lost_text(self, quotation: Quotation) -> bool:
        """Whether a text that could not be read might hold the words; that is reported already."""
        lost = [e for e in self.edition.text_entries if e.id.text not in self.edition.texts]
        if not lost:
            return False
        if quotation.place is not None and "/" in quotation.place.text:
            name = quotation.place.text.partition("/")[0]
            return any(entry.id.text == name for entry in lost)
        return quotation.place is None or quotation.place.text not in self.edition.texts

    # Words

    def find(self, quotation: Quotation, purpose: Purpose) -> Passage | None:
        """The one passage that a quotation means, or None with a diagnostic."""
        if self.follows_from_a_lost_text(quotation):
            return None
        scope = self.scope(quotation.place, quotation.folder)
        if scope is None:
            return None
        if quotation.words is None:
            if not scope:
                return None
            (text, first), (last_text, last) = next(iter(scope)), next(reversed(scope))
            if text != last_text:
                last = first
            return Passage(text, first, 0, last, len(self.leaf(text, last).plain))
        start = self.one(quotation.words, quotation, scope, purpose)
        if start is None:
            return None
        if quotation.to is None:
            return start
        return self.end(start, quotation, purpose)

    def one(
        self,
        words: Value,
        quotation: Quotation,
        scope: Scope,
        purpose: Purpose,
    ) -> Passage | None:
        not_found, twice, changed = purpose.value
        what = "lemma" if purpose is Purpose.LEMMA else "the passage"
        where = f"in {quotation.place.text}" if quotation.place else "in the texts of this folder"
        beside = [value.text for value in (quotation.after, quotation.before) if value]
        likely = self.matches(words.text, scope, beside)
        found = [match for match in likely if self.is_beside(match, quotation)]
        if quotation.rank is not None:
            rank = _RANK.match(quotation.rank.text)
            if rank is None:
                return None  # its form has been reported
            number, total = int(rank[1]), int(rank[2])
            if number > total:
                self.findings.report(
                    changed,
                    f"nth: there can be no {number} of {total}",
                    quotation.rank.span,
                    hint="write which of the places is meant, then how many there are",
                )
                return None
            if total != len(found):
                self.findings.report(
                    changed,
                    f"“{words.text}” stands {_times(len(found))} {where}, not {total} times",
                    quotation.rank.span,
                    labels=self.labels(found[:3]),
                    hint="look which is meant, then write its number and the new total",
                )
                return None
            return found[number - 1]
        if len(found) == 1:
            return found[0]
        if found:
            self.findings.report(
                twice,
                f"{what} “{words.text}” stands {_times(len(found))} {where}",
                words.span,
                labels=self.labels(found[:3]),
                hint=self.telling_apart(found, quotation),
            )
            return None
        all_found = self.matches(words.text, scope)
        neighbour = quotation.after or quotation.before
        if all_found and neighbour is not None:
            self.findings.report(
                not_found,
                f"{what} “{words.text}” stands {where}, but not beside “{neighbour.text}”",
                neighbour.span,
                labels=self.labels(all_found[:3]),
                hint=how_to_quote(neighbour.text, None)
                or "after: is followed directly by the lemma, before: directly follows it",
            )
            return None
        self.not_found(not_found, what, words, where, scope)
        return None

    def not_found(self, code: str, what: str, words: Value, where: str, scope: Scope) -> None:
        near = self.nearest(words.text, scope)
        labels: tuple[Label, ...] = ()
        if near:
            labels = self.labels([near], "this reads “{}”")
        if self.findings.are_few and self.runs_over_blocks(words.text, scope):
            hint: str | None = _OVER_BLOCKS
        else:
            hint = how_to_quote(words.text, self.words_of(near) if near else None)
        self.findings.report(
            code,
            f"{what} “{words.text}” does not stand {where}",
            words.span,
            labels=labels,
            hint=hint,
        )

    def runs_over_blocks(self, words: str, scope: Scope) -> bool:
        """Whether the words stand in the text but for the blocks that part them."""
        return words in " ".join(self.leaf(*leaf).plain for leaf in scope)

    def matches(self, words: str, scope: Scope, beside: Iterable[str] = ()) -> list[Passage]:
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

    def is_beside(self, match: Passage, quotation: Quotation) -> bool:
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

    def end(self, start: Passage, quotation: Quotation, purpose: Purpose) -> Passage | None:
        """The passage from a found beginning to the last words of a longer lemma."""
        assert quotation.to is not None
        not_found, twice, _ = purpose.value
        scope: Scope = {(start.text, start.first): 0}
        if quotation.to_place is not None:
            chosen = self.scope(quotation.to_place, quotation.folder)
            if chosen is None:
                return None
            scope = chosen
        later = [
            match
            for match in self.matches(quotation.to.text, scope)
            if match.text == start.text and (match.first, match.start) >= (start.last, start.end)
        ]
        if len(later) == 1:
            return Passage(start.text, start.first, start.start, later[0].last, later[0].end)
        where = "after the lemma's beginning"
        if later:
            self.findings.report(
                twice,
                f"“{quotation.to.text}” stands {_times(len(later))} {where}",
                quotation.to.span,
                labels=self.labels(later[:3]),
                hint="give to: more words",
            )
        else:
            self.not_found(not_found, "the end", quotation.to, where, scope)
        return None

    # What messages say

    def labels(self, found: list[Passage], text: str = "here") -> tuple[Label, ...]:
        return tuple(
            Label(span, text.format(self.words_of(match)))
            for match in found
            if (span := self.span_of(match))
        )

    def words_of(self, match: Passage) -> str:
        return self.leaf(match.text, match.first).plain[match.start : match.end]

    def span_of(self, match: Passage) -> Span | None:
        """Where a passage's first leaf has it in its file."""
        at = 0
        start = end = None
        leaf = self.leaf(match.text, match.first)
        source = leaf.span.source
        stop = match.end if match.first == match.last else len(leaf.plain)
        for inline in walk_inlines(leaf.inlines):
            length = len(inline.text) if isinstance(inline, Words) else 0
            if isinstance(inline, LineBreak):
                length = 1
            if start is None and match.start < at + length:
                start = inline.span.start + match.start - at
            if stop <= at + length and start is not None:
                end = inline.span.start + stop - at
                break
            at += length
        if start is None:
            return None
        return Span(source, start, end if end is not None and end > start else start + 1)

    def telling_apart(self, found: list[Passage], quotation: Quotation) -> str:
        leaves = {(match.text, match.first) for match in found}
        if len(leaves) == 1:
            return f"add after: or before: with the words beside it, or nth: '1 of {len(found)}'"
        if quotation.place is None:
            return "add in: with the id of the block that is meant"
        return "add in: with a single block, or after: or before: with the words beside it"

    def nearest(self, words: str, scope: Scope) -> Passage | None:
        """The stretch of as many words that is most like the words sought, if any is near.

        It is sought first where the words stand, and not for ever: many quotations of a wrong
        text are not each worth the time that one slip is.
        """
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
