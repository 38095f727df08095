"""The words of each page of a finished PDF, and which pages another one has changed or moved."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise

import pypdfium2

from printedition.frozen import dataclass

# A word may be broken over lines; hyphens are no part of it, since they come and go.
_WORD = re.compile(r"[^\W\d_]+(?:[-‐\u00ad\u0002\ufffe]\s*[^\W\d_]+)*")
_HYPHEN = re.compile(r"[-‐\u00ad\u0002\ufffe]\s*")
_NUMBER = re.compile(r"\d+")


PDFIUM = threading.RLock()  # it serves one thread at a time, whatever the document


class NotABook(Exception):
    """The bytes are no PDF that could be read."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its folio, words without numbers and running head, where these stand, and numbers.

    A place is that of a word's first letter among the characters that PDFium counts.
    """

    label: str
    words: tuple[str, ...]
    places: tuple[int, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to a page: `changed` has other words, `moved` the words of its neighbours.

    `renumbered` has other numbers only. `number` is that of the page in the new book, from 0;
    `words` are the numbers of its words that are new.
    """

    number: int
    label: str
    kind: str
    words: tuple[int, ...] = ()


def leaves_of(data: bytes) -> tuple[Leaf, ...]:
    """The pages of a PDF; raises NotABook."""
    with PDFIUM:
        try:
            book = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as fault:
            raise NotABook(str(fault)) from None
        with closing(book):
            texts = [
                (book.get_page_label(number), _text(book[number])) for number in range(len(book))
            ]
    return tuple(_leaves(texts))


def _text(page: pypdfium2.PdfPage) -> str:
    with closing(page), closing(page.get_textpage()) as words:
        text: str = words.get_text_range()
    return text


def _leaves(texts: Sequence[tuple[str, str]]) -> Iterator[Leaf]:
    heads = [_head(label, text) for label, text in texts]
    for number, (label, text) in enumerate(texts):
        head, near = heads[number], heads[max(number - 2, 0) : number + 3]
        first = text.partition("\n")[0]
        has_folio = label in first.split()
        begin = len(first) if has_folio or near.count(head) > 1 else 0
        found = [w for w in _WORD.finditer(text, begin) if w[0] != label]
        words = tuple(_HYPHEN.sub("", word[0]) for word in found)
        places = tuple(word.start() for word in found)
        yield Leaf(label, words, places, tuple(_NUMBER.findall(text, begin)))


def _head(label: str, text: str) -> str:
    """The first line of a page without the folio: like those about it, if it is a running head."""
    first = text.partition("\n")[0].split()
    return " ".join(word for word in first if word != label)


def differences(old: Sequence[Leaf], new: Sequence[Leaf]) -> tuple[Difference, ...]:
    """The pages of the new book that are not as they were in the old one, in order.

    What left a page for its neighbour moved; what the pages that differ have gained or lost as a
    whole was changed, on the first page where it may have been: a change moves what follows it.
    """
    before = _shared(old, new)
    after = _shared(old[before:][::-1], new[before:][::-1])
    old, new = old[before : len(old) - after], new[before : len(new) - after]
    balance = Counter(word for leaf in new for word in leaf.words)
    balance.subtract(word for leaf in old for word in leaf.words)
    gained = Counter({word: number for word, number in balance.items() if number > 0})
    lost = Counter({word: -number for word, number in balance.items() if number < 0})
    added = _added(old, new, gained)
    made: list[Difference] = []
    for number, leaf in enumerate(new):
        was = old[number] if number < len(old) else None
        if was is not None and was.words == leaf.words:
            kind, places = "renumbered" if was != leaf else "", added[number][:0]
        else:
            places = added[number] or _gap(was, leaf, lost)
            kind = "changed" if places else "moved"
        if kind:
            made.append(Difference(before + number, leaf.label, kind, places))
    return tuple(made)


def _shared(old: Sequence[Leaf], new: Sequence[Leaf]) -> int:
    """How many pages are the same from the beginning."""
    count = 0
    for was, leaf in zip(old, new, strict=False):
        if was != leaf:
            break
        count += 1
    return count


def _added(old: Sequence[Leaf], new: Sequence[Leaf], gained: Counter[str]) -> list[tuple[int, ...]]:
    """The numbers of each page's words that were added: those beside which others stood before.

    As many of each are taken as there are more of it now.
    """
    known = set(pairwise(word for leaf in old for word in leaf.words))
    added: list[tuple[int, ...]] = []
    for leaf in new:
        found = []
        for number, word in enumerate(leaf.words):
            about = leaf.words[max(number - 1, 0) : number + 2]
            if gained[word] > 0 and any(pair not in known for pair in pairwise(about)):
                gained[word] -= 1
                found.append(number)
        added.append(tuple(found))
    return added


def _gap(was: Leaf | None, leaf: Leaf, lost: Counter[str]) -> tuple[int, ...]:
    """The number of the word at which a page begins to differ, where words of it were lost."""
    if was is None or not leaf.words:
        return ()
    fewer = Counter(was.words)
    fewer.subtract(leaf.words)
    went = [word for word, number in fewer.items() if number > 0 and lost[word] > 0]
    if not went:
        return ()
    for word in went:
        lost[word] -= min(fewer[word], lost[word])
    pairs = enumerate(zip(was.words, leaf.words, strict=False))
    first = next((number for number, (one, other) in pairs if one != other), len(leaf.words))
    return (min(first, len(leaf.words) - 1),)


def told(found: Sequence[Difference], old: int, new: int) -> str:
    """In words what happened to the pages: “page 3 changed, pages 12–14 moved”."""
    parts = []
    for kind, verb in (
        ("changed", "changed"),
        ("moved", "moved"),
        ("renumbered", "have other numbers"),
    ):
        of_kind = [each for each in found if each.kind == kind]
        if of_kind:
            if kind == "renumbered" and len(of_kind) == 1:
                verb = "has other numbers"
            noun = "page" if len(of_kind) == 1 else "pages"
            parts.append(f"{noun} {', '.join(_runs(of_kind))} {verb}")
    if old != new:
        more = abs(new - old)
        parts.append(f"{more} page{'' if more == 1 else 's'} {'more' if new > old else 'fewer'}")
    return "; ".join(parts) or "no page has other words"


def _runs(found: Sequence[Difference]) -> Iterator[str]:
    """Folios, those that follow each other as from–to."""
    first = last = found[0]
    for each in found[1:]:
        if each.number != last.number + 1:
            yield _run(first, last)
            first = each
        last = each
    yield _run(first, last)


def _run(first: Difference, last: Difference) -> str:
    return first.label if first is last else f"{first.label}–{last.label}"
