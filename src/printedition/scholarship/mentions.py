"""Gathers the indexes: which words of the book stand under which heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import NamedTuple

from printedition.edition.edition import Edition
from printedition.edition.index import IndexHeading, LeftOut
from printedition.edition.quotation import Passage, Value
from printedition.edition.text import Inline, LineBreak, Mark, Words, plain_text, walk_inlines
from printedition.frozen import dataclass
from printedition.scholarship.finder import occurrences
from printedition.scholarship.forms import Form, Forms, as_sought
from printedition.scholarship.headings import Headings
from printedition.scholarship.inflections import inflected
from printedition.scholarship.stretches import Stretch, stretches
from printedition.sources import Span

NOT_AT_ALL = "no"  # index=no: the words stand under no heading


class Mention(NamedTuple):
    """Words under a heading (its number), by offsets in the plain text of their leaf.

    `passage` is the number of the passage that declares them, where one does.
    """

    start: int
    end: int
    heading: int
    passage: int | None = None
    principal: bool = False


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of the index, found: under which heading, and whether it is a range."""

    heading: int
    passage: Passage
    principal: bool = False
    is_range: bool = False


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words that a mark of the text puts under a heading (None: out of the index)."""

    start: int
    end: int
    heading: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A heading that claims a form; `context` are the words that must stand beside it."""

    heading: int
    context: tuple[str, ...] = ()


@dataclass(slots=True)
class Gathered:
    """What was gathered: mentions by the marked words they stand in, and what was not taken.

    `used` are the forms that were found, `disputed` those that several headings got for want of
    anything to tell them apart, with the first stretch where they did; `unknown` the names after
    index= that no heading has.
    """

    mentions: dict[int, list[Mention]] = field(default_factory=dict)
    counts: Counter[int] = field(default_factory=Counter)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    left_out_of: Counter[int] = field(default_factory=Counter)
    used: set[str] = field(default_factory=set)
    disputed: dict[str, tuple[tuple[int, ...], Span]] = field(default_factory=dict)
    unknown: list[tuple[str, Span]] = field(default_factory=list)


class Mentions:
    """The mentions in all words of the book, gathered once, and in other words when asked."""

    def __init__(
        self, edition: Edition, headings: Headings, passages: Iterable[FoundPassage] = ()
    ) -> None:
        self.headings = headings
        self.passages = tuple(passages)
        self.gathered = Gathered()
        self._leave_out = edition.index_settings.leave_out
        self._namespace_at = edition.namespace_at
        names = ("", *(part.include.id.text for part in edition.parts))
        self._claims = {name: _claims(headings, edition, name) for name in names}
        self._forms = {name: Forms(claims) for name, claims in self._claims.items()}
        self._begun: dict[tuple[str, int], list[int]] = {}
        self._quoted: dict[int, list[int]] = {}
        self._ended: dict[tuple[str, int], list[int]] = {}
        for number, found in enumerate(self.passages):
            at = found.passage
            self._begun.setdefault((at.text, at.first), []).append(number)
            self._ended.setdefault((at.text, at.last), []).append(number)
            self.gathered.counts[found.heading] += 1
            if not found.is_range:
                leaf = edition.texts[at.text].leaves[at.first]
                self._quoted.setdefault(id(leaf.inlines), []).append(number)
        if headings.listed:
            for stretch in stretches(edition):
                self._gather(stretch)

    @property
    def left_out(self) -> dict[LeftOut, int]:
        """How many mentions each rule took away, of those that took any."""
        return {rule: count for rule in LeftOut if (count := self.gathered.left_out[rule])}

    # What composing asks

    def leaves_out(self, rule: LeftOut) -> bool:
        """Whether a rule takes mentions away."""
        return rule in self._leave_out

    def in_leaf(
        self, inlines: tuple[Inline, ...], plain: str, at: tuple[str, int] | None = None
    ) -> list[Mention]:
        """What stands under headings in a leaf; `at` is its place where it is of a text."""
        found = list(self.gathered.mentions.get(id(inlines), ()))
        for number in self._begun.get(at, ()) if at else ():
            each = self.passages[number]
            one_leaf = each.passage.first == each.passage.last
            end = each.passage.end if one_leaf else len(plain)
            found.append(Mention(each.passage.start, end, each.heading, number, each.principal))
        return sorted(found, key=lambda one: (one.start, one.end, one.heading))

    def ending_in(self, at: tuple[str, int]) -> list[int]:
        """The numbers of the ranges that end in a leaf of a text, by where they end."""
        numbers = (number for number in self._ended.get(at, ()) if self.passages[number].is_range)
        return sorted(numbers, key=lambda number: self.passages[number].passage.end)

    def in_words(self, words: str, namespace: str, *rules: LeftOut) -> list[Mention]:
        """What forms name in a title or a quoted lemma, which are no leaves."""
        if any(map(self.leaves_out, rules)):
            return []
        return [mention for found, _ in self._claimed(words, namespace) for mention in found]

    def taken(self, stretch: Stretch) -> list[tuple[int, int]]:
        """The words of a stretch that a heading has, or that a mark of the text speaks of."""
        marked = tuple(mark for _, _, mark in self._marked(stretch) if mark)
        namespace = self._namespace_at(stretch.span.source)
        claimed = [mentions[0] for mentions, _ in self._claimed(stretch.plain, namespace, marked)]
        spans = [(words.start, words.end) for words in marked]
        spans += ((words.start, words.end) for words in claimed)
        quoted = (self.passages[number] for number in self._quoted.get(id(stretch.inlines), ()))
        return [*spans, *((each.passage.start, each.passage.end) for each in quoted)]

    # Gathering

    def _gather(self, stretch: Stretch) -> None:
        marks = tuple(self._marked(stretch))
        self.gathered.unknown += [(name, place) for name, place, mark in marks if mark is None]
        marked = tuple(mark for _, _, mark in marks if mark)
        kept = [Mention(m.start, m.end, m.heading) for m in marked if m.heading is not None]
        namespace = self._namespace_at(stretch.span.source)
        for mentions, form in self._claimed(stretch.plain, namespace, marked):
            if len(mentions) > 1:
                headings = tuple(mention.heading for mention in mentions)
                self.gathered.disputed.setdefault(form, (headings, stretch.span))
            if not self._is_left_out(mentions, stretch.is_part_of):
                kept += mentions
        if kept:
            if stretch.inlines:
                self.gathered.mentions[id(stretch.inlines)] = kept
            self.gathered.counts.update(mention.heading for mention in kept)

    def _claimed(
        self, plain: str, namespace: str, marked: tuple[MarkedWords, ...] = ()
    ) -> Iterator[tuple[list[Mention], str]]:
        """Each form that counts, as a mention under each of the headings that claim it.

        Those of an included edition count in its own words, those of a volume in all.
        """
        for found in self._forms[namespace].find(plain):
            self.gathered.used.add(found.form)
            claims = self._claims[namespace][found.form]
            headings = _headings_of(claims, plain)
            if headings and not (marked and _is_settled(found, marked, claims)):
                yield [Mention(found.start, found.end, number) for number in headings], found.form

    def _is_left_out(self, mentions: list[Mention], is_part_of: frozenset[LeftOut]) -> bool:
        rules = self._leave_out & is_part_of
        if not rules or not mentions:
            return False
        self.gathered.left_out[min(rules, key=lambda rule: rule.value)] += 1
        self.gathered.left_out_of.update(mention.heading for mention in mentions)
        return True

    def _marked(self, stretch: Stretch) -> Iterator[tuple[str, Span, MarkedWords | None]]:
        """What index= says in a leaf or above it: the name, its place, and the words it is of.

        None stands for the words where no heading has the name.
        """
        if stretch.claim is not None:
            name, place = stretch.claim
            yield name, place, self._marked_as(name, 0, len(stretch.plain))
        for mark, start in _index_marks(stretch.inlines):
            words = plain_text(mark.children)
            start += len(words) - len(words.lstrip())
            name = mark.attributes.values["index"]
            end = start + len(words.strip())
            yield name, mark.attributes.place("index"), self._marked_as(name, start, end)

    def _marked_as(self, name: str, start: int, end: int) -> MarkedWords | None:
        if name == NOT_AT_ALL:
            return MarkedWords(start, end, None)
        number = self.headings.named(name)
        return None if number is None else MarkedWords(start, end, number)


def forms_of(heading: IndexHeading, lang: str) -> Iterator[str]:
    """All the forms of a heading, those that it has by declaration too."""
    for form in heading.forms:
        yield as_sought(form.text)
        yield from inflected(as_sought(form.text), heading.inflected, lang)


def _claims(headings: Headings, edition: Edition, namespace: str) -> Mapping[str, list[Claim]]:
    """The claims to forms in the words of a namespace; those of its own edition come first."""
    own: dict[str, list[Claim]] = {}
    of_volume: dict[str, list[Claim]] = {}
    for number, each in enumerate(headings.listed):
        for name, heading in _by_namespace(each.heading, edition):
            if name not in ("", namespace):
                continue
            claims = own if name == namespace else of_volume
            context = tuple(as_sought(words.text) for words in heading.context)
            for form in dict.fromkeys(forms_of(heading, edition.lang)):
                claims.setdefault(form, []).append(Claim(number, context))
    return {**of_volume, **own}


def _by_namespace(heading: IndexHeading, edition: Edition) -> Iterator[tuple[str, IndexHeading]]:
    """A heading once for each of the editions that declare forms of it."""
    if not edition.parts:
        yield "", heading
        return
    forms: dict[str, list[Value]] = {}
    for form in heading.forms:
        forms.setdefault(edition.namespace_at(form.span.source), []).append(form)
    for name, own in forms.items():
        context = (c for c in heading.context if edition.namespace_at(c.span.source) == name)
        yield name, replace(heading, forms=tuple(own), context=tuple(context))


def _headings_of(claims: list[Claim], plain: str) -> list[int]:
    """The headings that a form names in a leaf: by context, else those that need none."""
    if len(claims) == 1 and not claims[0].context:
        return [claims[0].heading]
    by_context = [
        claim.heading
        for claim in claims
        if any(occurrences(words, plain) for words in claim.context)
    ]
    return by_context or [claim.heading for claim in claims if not claim.context]


def _is_settled(found: Form, marked: tuple[MarkedWords, ...], claims: list[Claim]) -> bool:
    claimants = [claim.heading for claim in claims]
    return any(_settles(mark, found, claimants) for mark in marked)


def _settles(mark: MarkedWords, found: Form, claimants: list[int]) -> bool:
    """Whether a mark takes a form's words from the headings that claim them.

    index=no takes all that it touches. A heading takes the very words, those that run over its
    ends, and within it what is or might be its own; other names in a long mark stay.
    """
    if found.end <= mark.start or mark.end <= found.start:
        return False
    if mark.heading is None or mark.heading in claimants:
        return True
    inside = mark.start <= found.start and found.end <= mark.end
    return not inside or (mark.start, mark.end) == (found.start, found.end)


def _index_marks(inlines: tuple[Inline, ...]) -> Iterator[tuple[Mark, int]]:
    """The marks with index=, each with the offset at which its words begin."""
    at = 0
    for inline in walk_inlines(inlines):
        match inline:
            case Words():
                at += len(inline.text)
            case LineBreak():
                at += 1
            case Mark() if "index" in inline.attributes.values:
                yield inline, at
