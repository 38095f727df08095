"""A year of corrections: after each, what changed is told exactly, and the errata are true.

What the errata say is looked up in the finished books by pdfplumber, not by the program; and the
books are those that are made without a cache.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from printedition.cache import Cache
from printedition.printings import Recorded, record
from printedition.revision.changes import Changes, NoteChange, compare
from printedition.revision.errata import Erratum, errata
from printedition.sources import DiskSources

SYLLABLES = ("ba", "co", "di", "fe", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo")
TEXTS = ("letter", "answer")
PARAGRAPHS, SENTENCES, WORDS = 5, 4, 9  # of a text, a paragraph, a sentence
NOTED, HEADED, LEMMA = (0, 2), (1, 3), (2, 4)  # sentence and word that something stands off from
WEEK = 6  # edits, each of another kind
FREE = 6  # the word of a sentence that nothing stands off from

EDITION = """\
slug: 'year'
title: 'A Year'
lang: 'en'
page:
  size: '110mm 150mm'
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
  - id: 'answer'
    file: 'letter/answer.md'
book:
  - text: 'letter'
  - text: 'answer'
  - index: 'index.yaml'
"""


@dataclass
class Paragraph:
    """The sentences of a paragraph, and what stands off from it."""

    name: str
    sentences: list[list[str]]
    reading: str = ""
    note: str = ""
    heading: str = ""

    def __str__(self) -> str:
        return " ".join(map(said, self.sentences))

    def word(self, place: tuple[int, int]) -> str:
        """A word as it stands in its sentence."""
        return self.sentences[place[0]][place[1]]

    @property
    def is_bare(self) -> bool:
        return not (self.reading or self.note or self.heading)


@dataclass
class Year:
    """An edition that is corrected; `word` makes one that stands nowhere in it."""

    chance: random.Random
    texts: dict[str, list[Paragraph]] = field(default_factory=dict)
    made: int = 0

    @classmethod
    def begun(cls, seed: int) -> Year:
        year = cls(random.Random(seed))
        for text in TEXTS:
            year.texts[text] = [year.paragraph() for _ in range(PARAGRAPHS)]
            for number, paragraph in enumerate(year.texts[text]):
                if number % 2 == 0:
                    paragraph.reading = year.word()
                if number % 3 == 1:
                    paragraph.note = year.words(6)
                if number % 3 == 2:
                    paragraph.heading = year.word()
        return year

    def word(self) -> str:
        self.made += 1
        number, text = self.made, ""
        while number:
            number, place = divmod(number, len(SYLLABLES))
            text += SYLLABLES[place]
        return f"x{text}"

    def words(self, count: int) -> str:
        return " ".join(self.word() for _ in range(count))

    def sentence(self) -> list[str]:
        return [self.word() for _ in range(WORDS)]

    def paragraph(self) -> Paragraph:
        return Paragraph(self.word(), [self.sentence() for _ in range(SENTENCES)])

    def one(self, fits: Callable[[Paragraph], object] = bool) -> Paragraph:
        """A paragraph by chance."""
        every = [one for text in TEXTS for one in self.texts[text] if fits(one)]
        return self.chance.choice(every)

    def lacks(self, fits: Callable[[Paragraph], object]) -> bool:
        return not any(fits(one) for text in TEXTS for one in self.texts[text])

    def write(self, folder: Path) -> None:
        apparatus = notes = index = ""
        for text, paragraphs in self.texts.items():
            body = "".join(f"\n{{#{one.name}}}\n{one}\n" for one in paragraphs)
            put(folder / f"letter/{text}.md", f"# The {text.capitalize()}\n{body}")
            for one in paragraphs:
                if one.reading:
                    apparatus += (
                        f"- lemma: '{one.word(LEMMA)}'\n  in: '{text}'\n  readings:\n"
                        f"    - wit: 'B'\n      text: '{one.reading}'\n"
                    )
                if one.note:
                    place = f"{text}/{one.name} “{one.word(NOTED)}”"
                    notes += f"## {place} {{.foot}}\n\n{one.note.capitalize()}.\n\n"
                if one.heading:
                    index += (
                        f"- heading: '{one.heading}'\n  passages:\n    - in: '{text}'\n"
                        f"      words: '{one.word(HEADED)}'\n"
                    )
        put(folder / "edition.yaml", EDITION)
        put(folder / "letter/apparatus.yaml", apparatus)
        put(folder / "letter/commentary.md", notes)
        put(folder / "index.yaml", index)


def said(words: list[str]) -> str:
    """A sentence as it is printed."""
    return f"{' '.join(words).capitalize()}."


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# What is corrected, and what is to be told of it

Told = Callable[[Changes], None]
Edit = Callable[[Year], Told]


def correct_word(year: Year) -> Told:
    sentence, after = year.chance.choice(year.one().sentences), year.word()
    before, sentence[FREE] = sentence[FREE], after

    def told(changes: Changes) -> None:
        (one,) = changes.corrections
        assert (one.before, one.after, one.moved) == (before, after, False)
        assert not changes.notes

    return told


def correct_reading(year: Year) -> Told:
    paragraph, after = year.one(lambda one: one.reading), year.word()
    before, paragraph.reading = paragraph.reading, after

    def told(changes: Changes) -> None:
        (one,) = changes.notes
        assert one.old and one.new and not changes.corrections
        assert before in one.old.words
        assert (one.old.kind, one.old.words.replace(before, after)) == ("variants", one.new.words)

    return told


def correct_lemma(year: Year) -> Told:
    paragraph, after = year.one(lambda one: one.reading), year.word()
    before = paragraph.word(LEMMA)
    paragraph.sentences[LEMMA[0]][LEMMA[1]] = after

    def told(changes: Changes) -> None:
        (one,), (entry,) = changes.corrections, changes.notes
        assert (one.before, one.after) == (before, after)
        assert entry.old and entry.new and before in entry.old.words
        assert entry.old.words.replace(before, after) == entry.new.words

    return told


def correct_note(year: Year) -> Told:
    paragraph, after = year.one(lambda one: one.note), year.word()
    before = paragraph.note.split()[3]
    paragraph.note = paragraph.note.replace(f" {before} ", f" {after} ")

    def told(changes: Changes) -> None:
        (one,) = changes.notes
        assert one.old and one.new and not changes.corrections
        assert before in one.old.words
        assert one.old.words.replace(before, after) == one.new.words

    return told


def put_in_a_note(year: Year) -> Told:
    if year.lacks(lambda one: not one.note):
        return correct_note(year)
    paragraph = year.one(lambda one: not one.note)
    paragraph.note = year.words(6)
    words = f"{paragraph.note.capitalize()}."

    def told(changes: Changes) -> None:
        (one,) = changes.notes
        assert one.old is None and one.new and one.new.words == words
        assert not changes.corrections

    return told


def put_in_a_sentence(year: Year) -> Told:
    new = year.sentence()
    year.one().sentences.append(new)

    def told(changes: Changes) -> None:
        (one,) = changes.corrections
        assert (one.before, one.after) == ("", said(new))
        assert not changes.notes

    return told


def move_a_sentence(year: Year) -> Told:
    one = year.one(lambda one: len(one.sentences) > SENTENCES - 1)
    other = year.one(lambda other: other is not one)
    sentence = one.sentences.pop()
    other.sentences.append(sentence)

    def told(changes: Changes) -> None:
        (moved,) = changes.corrections
        assert (moved.before, moved.after, moved.moved) == (said(sentence), said(sentence), True)
        assert not changes.notes

    return told


def put_in_a_paragraph(year: Year) -> Told:
    text, new = year.texts[year.chance.choice(TEXTS)], year.paragraph()
    text.insert(year.chance.randrange(len(text) + 1), new)
    words = str(new)

    def told(changes: Changes) -> None:
        (one,) = changes.corrections
        assert (one.before, one.after) == ("", words)
        assert not changes.notes

    return told


def take_out_a_paragraph(year: Year) -> Told:
    if year.lacks(lambda one: one.is_bare):
        return put_in_a_paragraph(year)
    gone = year.one(lambda one: one.is_bare)
    for text in TEXTS:
        year.texts[text] = [one for one in year.texts[text] if one is not gone]
    words = str(gone)

    def told(changes: Changes) -> None:
        (one,) = changes.corrections
        assert (one.before, one.after) == (words, "")
        assert not changes.notes

    return told


def correct_heading(year: Year) -> Told:
    paragraph, after = year.one(lambda one: one.heading), year.word()
    before, paragraph.heading = paragraph.heading, after

    def told(changes: Changes) -> None:
        found = {one.words: (one.old is None, one.new is None) for one in changes.headings}
        assert found == {before: (False, True), after: (True, False)}
        assert not changes.corrections and not changes.notes

    return told


EDITS: tuple[Edit, ...] = (
    correct_word,
    move_a_sentence,
    correct_reading,
    put_in_a_paragraph,
    correct_note,
    correct_lemma,
    take_out_a_paragraph,
    correct_heading,
    put_in_a_note,
    put_in_a_sentence,
)


# What stands in the books


class Book:
    """A finished PDF as pdfplumber reads it."""

    def __init__(self, done: Recorded) -> None:
        assert done.printing is not None, done.diagnostics
        self.labels = done.printing.labels
        self.pdf = pdfplumber.open(io.BytesIO(done.books["pdf"]))
        self.words = cache(self._words)

    def _words(self, page: str) -> list[dict[str, Any]]:
        leaf = self.pdf.pages[self.labels.index(page)]
        return leaf.extract_words(extra_attrs=["size"])

    @cached_property
    def size(self) -> float:
        """Of the letters of the text, in points."""
        return max(word["size"] for word in self.words("1") if re.match("x", word["text"]))

    def body(self, page: str) -> list[dict[str, Any]]:
        """The words of the text on a page."""
        words = [word for word in self.words(page) if abs(word["size"] - self.size) < 0.01]
        return [word for word in words if re.match("[Xx]|[a-z]+[.\u2010]?$", word["text"])]

    def line(self, page: str, number: int) -> str:
        """The words on the level of the figure that numbers a line of a page."""
        body = self.body(page)
        left, right = min(w["x0"] for w in body), max(w["x1"] for w in body)
        beside = (
            (w["top"] + w["bottom"]) / 2
            for w in self.words(page)
            if w["text"] == str(number) and (w["x1"] < left or w["x0"] > right)
        )
        (line,) = filter(
            None, (self.level(body, height) for height in beside)
        )  # the folio has none
        return line

    def level(self, body: list[dict[str, Any]], height: float) -> str:
        return " ".join(w["text"] for w in body if w["top"] < height < w["bottom"])

    def text(self, page: str) -> str:
        """The text from this page to the end of the next, with its words whole."""
        at = self.labels.index(page)
        return whole(word for label in self.labels[at : at + 2] for word in self.body(label))

    def beside(self, page: str) -> str:
        """All that is set smaller than the text of a page, with its words whole."""
        return whole(word for word in self.words(page) if word["size"] < self.size - 0.01)


def whole(words: Iterator[dict[str, Any]]) -> str:
    return re.sub("\u2010 ", "", " ".join(word["text"] for word in words))


def begins(line: str, words: str) -> bool:
    """Whether the first of some words stands in a line, or begins at its end."""
    word = words.split()[0]
    last = re.split(r"\s", line)[-1]
    return word in line.split() or (last.endswith("\u2010") and word.startswith(last[:-1]))


def hold_errata_true(changes: Changes, old: Book, new: Book) -> None:
    items = errata(changes).items
    for one in changes.corrections:
        assert begins(old.line(one.old.page, one.old.number), one.before or one.follows), one
        assert begins(new.line(one.new.page, one.new.number), one.after or one.follows), one
        assert one.before in old.text(one.old.page)
        assert one.after in new.text(one.new.page)
        where = f"page {one.old.page}, line {one.old.number}"
        (item,) = (item for item in items if item.where == where)
        assert (item.before, item.after) == (one.before, one.after)
    for note in changes.notes:
        hold_note_true(note, items, old, new)
    index = [item for item in items if item.where.endswith("index")]
    assert len(items) == len(changes.corrections) + len(changes.notes) + len(index)
    fresh = [one for one in changes.headings if one.old is None or one.new is None]
    assert len(fresh) <= len(index) <= len(changes.headings)
    if not any(one.what == "moved" for one in changes.pages):
        assert len(index) == len(changes.headings)


def hold_note_true(change: NoteChange, items: Sequence[Erratum], old: Book, new: Book) -> None:
    """Notes stand where they are said to, and an erratum tells what changed in them."""
    for note, book in ((change.old, old), (change.new, new)):
        if note is not None:
            assert note.words in book.beside(note.page)
            if note.kind == "variants":
                assert begins(book.line(note.page, int(note.line)), note.words.split("]")[0])
            else:
                assert f" {note.mark} {note.words}" in book.beside(note.page)
    was = change.old or change.new
    assert was is not None and change.new is not None
    page, line = was.page, was.line
    region = f"apparatus to line {line}" if was.kind == "variants" else f"note {was.mark}"
    if change.old is None:
        assert change.home is not None
        page, line = change.home.page, str(change.home.number)
        region = f"apparatus to line {line}" if was.kind == "variants" else f"line {line}"
        there = old.line(page, int(line)).split()
        assert set(there) & set(new.line(was.page, int(was.line)).split())
        assert was.kind == "note" or begins(" ".join(there), was.words.split("]")[0])
    (item,) = (item for item in items if item.where == f"page {page}, {region}")
    assert item.before in old.beside(was.page)
    assert item.after in new.beside(change.new.page)
    assert not item.before or item.before not in new.beside(change.new.page)
    assert item.after not in old.beside(was.page)


# The year


def go_through(edits: Sequence[Edit], seed: int, place: Path, *, apart: int = 1) -> None:
    """Correct an edition; one build of so many that lie `apart` is held against a clean one."""
    year, kept, folder = Year.begun(seed), Cache(place / "cache"), place / "edition"
    year.write(folder)
    before = record(DiskSources(folder), "printed", cache=kept)
    earlier = Book(before)
    for number, edit in enumerate(edits, 1):
        told = edit(year)
        year.write(folder)
        after = record(DiskSources(folder), "printed", cache=kept)
        if number % apart == 0:
            assert after == record(DiskSources(folder), "printed"), (number, edit)
        assert before.printing and after.printing
        changes = compare(before.printing, after.printing)
        told(changes)
        book = Book(after)
        hold_errata_true(changes, earlier, book)
        before, earlier = after, book
    assert not compare(before.printing, before.printing)  # type: ignore[arg-type]


def test_a_week_of_corrections(tmp_path: Path) -> None:
    go_through(EDITS[:WEEK], 1, tmp_path, apart=3)


@pytest.mark.slower
def test_a_year_of_corrections(tmp_path: Path) -> None:
    chance = random.Random(2026)
    go_through([chance.choice(EDITS) for _ in range(50)], 2026, tmp_path, apart=2)
