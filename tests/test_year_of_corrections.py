"""A year of corrections: after each, what changed is told exactly, and the errata are true.

What the errata say is looked up in the finished books by pdfplumber, not by the program.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pdfplumber
import pytest

from printedition.printings import Recorded, record
from printedition.revision.changes import Changes, compare
from printedition.revision.errata import errata
from printedition.sources import MemorySources

SYLLABLES = ("ba", "co", "di", "fe", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo")
PARAGRAPHS, SENTENCES, WORDS = 14, 5, 9

EDITION = """\
slug: 'year'
title: 'A Year'
lang: 'en'
lines:
  every: '1'
witnesses:
  - siglum: 'A'
    description: 'The base'
    base: true
  - siglum: 'B'
    description: 'Another'
texts:
  - id: 'letter'
    file: 'letter/letter.md'
book:
  - text: 'letter'
  - index: 'index.yaml'
"""


@dataclass
class Year:
    """An edition of one text that is corrected; `fresh` makes words that stand nowhere in it."""

    chance: random.Random
    paragraphs: list[list[list[str]]] = field(default_factory=list)
    lemmas: dict[int, str] = field(default_factory=dict)
    readings: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    made: int = 0

    @classmethod
    def begun(cls, seed: int) -> Year:
        year = cls(random.Random(seed))
        for number in range(PARAGRAPHS):
            year.paragraphs.append([year.sentence() for _ in range(SENTENCES)])
            if number % 3 == 0:
                year.lemmas[number] = year.paragraphs[number][2][4]
                year.readings[number] = year.word()
            if number % 3 == 1:
                year.notes[number] = " ".join(year.word() for _ in range(6))
            if number % 4 == 2:
                year.headings[year.word()] = year.paragraphs[number][1][3]
        return year

    def word(self) -> str:
        self.made += 1
        number, text = self.made, ""
        while number:
            number, place = divmod(number, len(SYLLABLES))
            text += SYLLABLES[place]
        return f"x{text}"

    def sentence(self) -> list[str]:
        return [self.word() for _ in range(WORDS)]

    def files(self) -> dict[str, str | bytes]:
        text = "# The Letter\n"
        for number, sentences in enumerate(self.paragraphs):
            words = " ".join(f"{' '.join(s).capitalize()}." for s in sentences)
            text += f"\n{{#p{number}}}\n{words}\n"
        apparatus = "".join(
            f"- lemma: '{lemma}'\n  in: 'letter'\n  readings:\n    - wit: 'B'\n"
            f"      text: '{self.readings[number]}'\n"
            for number, lemma in self.lemmas.items()
        )
        notes = "".join(
            f"## “{self.paragraphs[number][0][2]}” {{.foot}}\n\n{note.capitalize()}.\n\n"
            for number, note in self.notes.items()
        )
        index = "".join(
            f"- heading: '{heading}'\n  passages:\n    - in: 'letter'\n      words: '{words}'\n"
            for heading, words in self.headings.items()
        )
        return {
            "edition.yaml": EDITION,
            "letter/letter.md": text,
            "letter/apparatus.yaml": apparatus,
            "letter/commentary.md": notes,
            "index.yaml": index,
        }


def correct_word(year: Year) -> Callable[[Changes], None]:
    sentences = year.chance.choice(year.paragraphs)
    sentence, word = sentences[3], year.word()
    at = year.chance.randrange(1, WORDS - 1)
    before, sentence[at] = sentence[at], word

    def told(changes: Changes) -> None:
        (one,) = changes.corrections
        assert (one.before, one.after, one.moved) == (before, word, False)
        assert not changes.notes

    return told


def correct_reading(year: Year) -> Callable[[Changes], None]:
    number = year.chance.choice(list(year.readings))
    before, after = year.readings[number], year.word()
    year.readings[number] = after

    def told(changes: Changes) -> None:
        (one,) = changes.notes
        assert one.old and one.new and not changes.corrections
        assert (one.old.kind, one.old.words.replace(before, after)) == ("variants", one.new.words)

    return told


def correct_lemma(year: Year) -> Callable[[Changes], None]:
    number = year.chance.choice(list(year.lemmas))
    before, after = year.lemmas[number], year.word()
    year.lemmas[number] = year.paragraphs[number][2][4] = after

    def told(changes: Changes) -> None:
        (one,), (entry,) = changes.corrections, changes.notes
        assert (one.before, one.after) == (before, after)
        assert entry.old and entry.new and entry.old.words.replace(before, after) == entry.new.words

    return told


def correct_note(year: Year) -> Callable[[Changes], None]:
    number = year.chance.choice(list(year.notes))
    words = year.notes[number].split()
    before, words[3] = words[3], year.word()
    year.notes[number] = " ".join(words)

    def told(changes: Changes) -> None:
        (one,) = changes.notes
        assert one.old and one.new and not changes.corrections
        assert one.old.words.replace(before, words[3]) == one.new.words

    return told


def put_in_a_sentence(year: Year) -> Callable[[Changes], None]:
    sentences, new = year.chance.choice(year.paragraphs), year.sentence()
    sentences.append(new)

    def told(changes: Changes) -> None:
        (one,) = changes.corrections
        assert (one.before, one.after) == ("", f"{' '.join(new).capitalize()}.")
        assert not changes.notes

    return told


def move_a_sentence(year: Year) -> Callable[[Changes], None]:
    one, other = year.chance.sample(year.paragraphs, 2)
    sentence = one.pop()
    other.append(sentence)
    words = f"{' '.join(sentence).capitalize()}."

    def told(changes: Changes) -> None:
        (moved,) = changes.corrections
        assert (moved.before, moved.after, moved.moved) == (words, words, True)
        assert not changes.notes

    return told


def correct_heading(year: Year) -> Callable[[Changes], None]:
    before = year.chance.choice(list(year.headings))
    after = year.word()
    year.headings = {after if h == before else h: words for h, words in year.headings.items()}

    def told(changes: Changes) -> None:
        found = {one.words: (one.old is None, one.new is None) for one in changes.headings}
        assert found == {before: (False, True), after: (True, False)}
        assert not changes.corrections and not changes.notes

    return told


EDITS = (
    correct_word,
    move_a_sentence,
    correct_reading,
    correct_note,
    correct_lemma,
    correct_heading,
    put_in_a_sentence,
)


class Book:
    """A finished PDF as pdfplumber reads it."""

    def __init__(self, done: Recorded) -> None:
        assert done.printing is not None
        self.labels = done.printing.labels
        self.pdf = pdfplumber.open(io.BytesIO(done.books["pdf"]))

    def line(self, page: str, number: int) -> str:
        """The words on the level of the figure that numbers a line of a page."""
        words = self.pdf.pages[self.labels.index(page)].extract_words()
        body = [word for word in words if re.match(r"[Xx]", word["text"])]
        left, right = min(w["x0"] for w in body), max(w["x1"] for w in body)
        (figure,) = (
            w
            for w in words
            if w["text"] == str(number) and (w["x1"] < left or w["x0"] > right) and w["top"] > 50
        )
        level = (figure["top"] + figure["bottom"]) / 2
        return " ".join(w["text"] for w in body if w["top"] < level < w["bottom"])


def begins(line: str, words: str) -> bool:
    """Whether the first of some words stands in a line, or begins at its end."""
    word = words.split()[0]
    return word in line or word.startswith(re.split(r"\s", line)[-1].rstrip("\u2010-"))


def hold_errata_true(changes: Changes, old: Book, new: Book) -> None:
    for one in changes.corrections:
        assert begins(old.line(one.old.page, one.old.number), one.before or one.follows), one
        assert begins(new.line(one.new.page, one.new.number), one.after or one.follows), one
    listed = errata(changes).items
    for item in listed:
        if item.line and item.before and ", line" in item.where:
            assert item.where.startswith(f"page {item.page}, line {item.line}")
            assert begins(old.line(item.page, item.line), item.before)
    told = [one for one in changes.notes if not one.moved]
    assert len(listed) >= len(changes.corrections) + len(told)


def go_through(edits: list[Callable[[Year], Callable[[Changes], None]]], seed: int) -> None:
    year = Year.begun(seed)
    before = record(MemorySources(year.files()), "before")
    book = Book(before)
    for edit in edits:
        told = edit(year)
        after = record(MemorySources(year.files()), "after")
        assert before.printing and after.printing, after.diagnostics
        changes = compare(before.printing, after.printing)
        told(changes)
        book, earlier = Book(after), book
        hold_errata_true(changes, earlier, book)
        before = after
    assert not compare(before.printing, before.printing)  # type: ignore[arg-type]


def test_a_week_of_corrections() -> None:
    go_through(list(EDITS), 1)


@pytest.mark.slower
def test_a_year_of_corrections() -> None:
    chance = random.Random(2026)
    go_through([chance.choice(EDITS) for _ in range(50)], 2026)
