"""Finds quoted words in a text: lemmas, anchors of notes, passages of the index, moves.

A match may not begin or end between two letters, digits or combining marks. It must be the only
one, or be told apart by the words beside it or by its rank within a block.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from enum import Enum

from printedition.diagnostics import Findings, Label, did_you_mean
from printedition.edition.edition import Edition
from printedition.edition.quotation import Passage, Quotation, Value
from printedition.edition.text import (
    Leaf,
    LineBreak,
    Take,
    Text,
    Words,
    leaves_of,
    walk,
    walk_inlines,
)
from printedition.sources import Span

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
        self._numbers = {
            id(leaf): (text.id, number)
            for text in edition.texts.values()
            for number, leaf in enumerate(text.leaves)
        }
        self._blocks: dict[str, dict[str, tuple[tuple[str, int], ...]]] = {}

    # Places

    def leaf(self, text: str, number: int) -> Leaf:
        """A leaf by its text and number."""
        return self.edition.texts[text].leaves[number]

    def number_of(self, leaf: Leaf) -> tuple[str, int]:
        """The text and number of a leaf."""
        return self._numbers[id(leaf)]

    def texts_in(self, folder: str) -> list[Text]:
        """The texts whose files lie in a folder, in the order of edition.yaml."""
        return [
            text for text in self.edition.texts.values() if text.path.rpartition("/")[0] == folder
        ]

    def blocks(self, text: Text) -> dict[str, tuple[tuple[str, int], ...]]:
        """The blocks of a text that have an id, each with the leaves that appear in it."""
        if text.id not in self._blocks:
            self._blocks[text.id] = {}
            found: dict[str, tuple[tuple[str, int], ...]] = {}
            for block in walk(text.blocks):
                if block.attributes.id and block.attributes.id not in found:
                    found[block.attributes.id] = self.leaves_in(text, block)
            self._blocks[text.id] = found
        return self._blocks[text.id]

    def leaves_in(self, text: Text, block: object) -> tuple[tuple[str, int], ...]:
        """The leaves inside a block of a text, those that it takes included."""
        if isinstance(block, Take):
            taken: list[tuple[str, int]] = []
            for name, _ in block.targets:
                taken.extend(self.target_leaves(name, text.id) or ())
            return tuple(taken)
        return tuple(self._numbers[id(leaf)] for leaf in leaves_of((block,)))  # type: ignore[arg-type]

    def target_leaves(
        self, name: str, own: str, seen: frozenset[str] = frozenset()
    ) -> tuple[tuple[str, int], ...] | None:
        """The leaves of `text`, `text/block`, or a block of the text `own`; None for nothing."""
        text_id, _, block = name.partition("/")
        if not block and name in self.edition.texts:
            text = self.edition.texts[name]
            return tuple((name, number) for number in range(len(text.leaves)))
        if not block:
            text_id, block = own, name
        owner = self.edition.texts.get(text_id)
        if owner is None:
            return None
        for found in walk(owner.blocks):
            if found.attributes.id == block:
                if isinstance(found, Take):
                    if name in seen:
                        return ()
                    parts = [
                        self.target_leaves(target, text_id, seen | {name})
                        for target, _ in found.targets
                    ]
                    return tuple(leaf for part in parts for leaf in part or ())
                return tuple(self._numbers[id(leaf)] for leaf in leaves_of((found,)))
        return None

    def scope(self, place: Value | None, folder: str) -> list[tuple[str, int]] | None:
        """The leaves that `in:` names; without it those of the folder's texts."""
        if place is None:
            return [(text.id, n) for text in self.texts_in(folder) for n in range(len(text.leaves))]
        texts = self.texts_in(folder) or list(self.edition.texts.values())
        name = place.text
        leaves: tuple[tuple[str, int], ...] | None = None
        if "/" in name or name in self.edition.texts:
            leaves = self.target_leaves(name, "")
        else:
            owners = [text for text in texts if name in self.blocks(text)]
            if len(owners) == 1:
                leaves = self.blocks(owners[0])[name]
            elif owners:
                choices = " or ".join(f"{text.id}/{name}" for text in owners)
                self.findings.report(
                    "LOC004",
                    f"“{name}” is a block of several texts of this folder",
                    place.span,
                    hint=f"write {choices}",
                )
                return None
        if leaves is None:
            known = [*self.edition.texts]
            for text in self.edition.texts.values():
                short = len(texts) == 1 and text is texts[0]
                known += [name if short else f"{text.id}/{name}" for name in self.blocks(text)]
            self.findings.report(
                "LOC004",
                f"there is no text or block “{name}”",
                place.span,
                hint=did_you_mean(name, known),
            )
            return None
        return list(leaves)

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
            (text, first), (last_text, last) = scope[0], scope[-1]
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
        scope: list[tuple[str, int]],
        purpose: Purpose,
    ) -> Passage | None:
        not_found, twice, changed = purpose.value
        what = "lemma" if purpose is Purpose.LEMMA else "the passage"
        where = f"in {quotation.place.text}" if quotation.place else "in the texts of this folder"
        all_found = self.matches(words.text, scope)
        found = [match for match in all_found if self.is_beside(match, quotation)]
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
        if all_found:
            beside = quotation.after or quotation.before
            assert beside is not None
            self.findings.report(
                not_found,
                f"{what} “{words.text}” stands {where}, but not beside “{beside.text}”",
                beside.span,
                labels=self.labels(all_found[:3]),
                hint="after: is followed directly by the lemma, before: directly follows it",
            )
            return None
        self.not_found(not_found, what, words, where, scope)
        return None

    def not_found(
        self, code: str, what: str, words: Value, where: str, scope: list[tuple[str, int]]
    ) -> None:
        near = self.nearest(words.text, scope)
        labels: tuple[Label, ...] = ()
        hint = None
        if near:
            labels = self.labels([near], "this reads “{}”")
            hint = f"did you mean “{self.words_of(near)}”?"
        self.findings.report(
            code,
            f"{what} “{words.text}” does not stand {where}",
            words.span,
            labels=labels,
            hint=hint,
        )

    def matches(self, words: str, scope: list[tuple[str, int]]) -> list[Passage]:
        return [
            Passage(text, number, start, number, end)
            for text, number in dict.fromkeys(scope)
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
        scope = [(start.text, start.first)]
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

    def nearest(self, words: str, scope: list[tuple[str, int]]) -> Passage | None:
        """The stretch of as many words that is most like the words sought, if any is near."""
        count = max(len(words.split()), 1)
        best: tuple[float, Passage] | None = None
        looked = 0
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(words)
        for text, number in dict.fromkeys(scope):
            plain = self.leaf(text, number).plain
            tokens = [(match.start(), match.end()) for match in re.finditer(r"\S+", plain)]
            for size in {count, max(count - 1, 1)}:
                for first in range(len(tokens) - size + 1):
                    looked += 1
                    if looked > 20_000:
                        return best[1] if best else None
                    start, end = tokens[first][0], tokens[first + size - 1][1]
                    matcher.set_seq1(plain[start:end])
                    if matcher.real_quick_ratio() < 0.7 or matcher.quick_ratio() < 0.7:
                        continue
                    ratio = matcher.ratio()
                    if ratio >= 0.7 and (best is None or ratio > best[0]):
                        best = ratio, Passage(text, number, start, number, end)
        if best is None:
            return None
        found = best[1]
        plain = self.leaf(found.text, found.first).plain
        end = found.end
        while end > found.start + 1 and plain[end - 1] in ".,;:" and words[-1:] != plain[end - 1]:
            end -= 1
        return Passage(found.text, found.first, found.start, found.last, end)


def _times(number: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(number, f"{number} times")
