"""Editions made up for measuring, and what a page must show of them.

A truth says what a reader must find in the finished book. It is written down while the edition is
made, so that neither the program's finder nor its composer has a part in it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W\d_]+(?:[’-][^\W\d_]+)*")
SIGLA = "ABCDEFGH"
LONGEST_LEMMA = 8  # words; of a longer one the first two and the last two are printed


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A character of a text: its block, and its offset in the block's plain text."""

    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class TrueEntry:
    """An entry: the spots of its lemma's first letter and of its last word's first and last
    letters, its words, and what is printed after them, None where that is not of interest."""

    first: Spot
    last_word: Spot
    last: Spot
    lemma: str
    after: str | None


@dataclass(frozen=True, slots=True)
class TrueNote:
    """A note, called after a letter; or a margin note, beside one."""

    at: Spot
    words: str


@dataclass(frozen=True, slots=True)
class TrueBlock:
    """A block's words; whether its lines are counted; of verse, where each verse begins.

    A verse is one line on the count, however many it takes on paper.
    """

    words: str
    counted: bool = True
    verses: tuple[int, ...] = ()


@dataclass(slots=True)
class TrueSection:
    """A section of the book: its title and all that it prints."""

    title: str
    blocks: list[TrueBlock] = field(default_factory=list)
    entries: list[TrueEntry] = field(default_factory=list)
    notes: list[TrueNote] = field(default_factory=list)
    own_notes: list[TrueNote] = field(default_factory=list)
    margins: list[TrueNote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which lines bear numbers, none where every is 0; where the count begins; the margin."""

    every: int = 5
    count: str = "page"
    side: str = "inner"


@dataclass(slots=True)
class Made:
    """The files of an edition, and what its book must show."""

    files: dict[str, str]
    truth: list[TrueSection]
    numbering: Numbering = Numbering()


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


COMMON = _words(
    "the of and to a in that it is was for on with as his they at be this from have or by one "
    "had not but what all were when we there can an your which their said if will each about "
    "how up out them then she many some so these would other into has more her two like him see "
    "time"
)
LONGER = _words(
    "republic commission resolution independence federation committee amendment territory "
    "correspondence administration conference established representatives consideration "
    "formerly understanding distribution settlement instruction examination"
)
STRANGE = _words(
    "λόγος ἄνθρωπος πόλις ἀρχή ψυχή θάλασσα δικαιοσύνη слово власть союз республика комитет "
    "письмо совет народ"
)
SYLLABLES = _words("ba den fol gri hu kes lor mi nav pe quil ros ta vel wen zor thal brin dru")


class Author:
    """Writes an edition's words from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def rare(self) -> str:
        """A word that hardly stands twice."""
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4)))

    def word(self) -> str:
        share = self.random.random()
        if share < 0.55:
            return self.random.choice(COMMON)
        if share < 0.75:
            return self.random.choice(LONGER)
        if share < 0.83:
            return self.random.choice(STRANGE)
        return self.rare()

    def prose(self, words: int) -> str:
        """So many words in sentences."""
        made: list[str] = []
        left = 0
        for number in range(words):
            word = self.word()
            if not left:
                left = self.random.randint(5, 16)
                word = word[0].upper() + word[1:]
            left -= 1
            end = not left or number == words - 1
            made.append(word + ("." if end else "," if self.random.random() < 0.08 else ""))
            left = 0 if end else left
        return " ".join(made)


@dataclass(slots=True)
class Scribe:
    """Writes one text with its apparatus and commentary, and keeps the truth about them."""

    author: Author
    name: str
    section: TrueSection
    text: list[str] = field(default_factory=list)
    apparatus: list[str] = field(default_factory=list)
    commentary: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    taken: set[tuple[str, Spot]] = field(default_factory=set)

    # Blocks

    def block(self, words: str, *, kind: str = "", mark: str = "", counted: bool = True) -> int:
        """A paragraph, or with a mark before its words a quotation or heading."""
        name = f"b{len(self.ids)}"
        attributes = f"#{name}" + (f" .{kind}" if kind else "")
        self.text.append(f"{{{attributes}}}\n{mark}{words}")
        return self._keep(name, words.replace("*", ""), counted)

    def verse(self, lines: Sequence[str]) -> int:
        """A stanza; blanks at the beginning of a line indent it."""
        name = f"b{len(self.ids)}"
        self.text.append(f"{{#{name} .verse}}\n" + "\n".join(lines))
        verses = [line.strip() for line in lines]
        begun = (sum(len(verse) + 1 for verse in verses[:n]) for n in range(len(verses)))
        return self._keep(name, " ".join(verses), True, tuple(begun))

    def _keep(self, name: str, words: str, counted: bool, verses: tuple[int, ...] = ()) -> int:
        self.ids.append(name)
        self.section.blocks.append(TrueBlock(words, counted, verses))
        return len(self.ids) - 1

    def spans(self, block: int) -> list[tuple[int, int]]:
        """Where the words of a block begin and end."""
        return [match.span() for match in WORD.finditer(self.section.blocks[block].words)]

    # What stands off

    def entry(self, block: int, first: int, last: int) -> None:
        """An entry on the words from first to last of a block."""
        words, spans = self.section.blocks[block].words, self.spans(block)
        start, end = spans[first][0], spans[last][1]
        lemma = words[start:end]
        total = _times(lemma, words)
        quoted = [f"- lemma: '{lemma}'", f"  in: '{self.name}/{self.ids[block]}'"]
        if total > 1:
            rank = total - _times(lemma, words[start:]) + 1
            quoted.append(f"  nth: '{rank} of {total}'")
        last_word = start + lemma.rfind(" ") + 1
        self._keep_entry(quoted, Spot(block, start), Spot(block, last_word), end, lemma)

    def entry_across(self, block: int, first: int, last_block: int, last: int) -> None:
        """An entry from a word of a block to one of a later block, each alone in its block."""
        begun, ended = self.section.blocks[block].words, self.section.blocks[last_block].words
        (start, stop), (begin, end) = self.spans(block)[first], self.spans(last_block)[last]
        quoted = [
            f"- lemma: '{begun[start:stop]}'",
            f"  in: '{self.name}/{self.ids[block]}'",
            f"  to: '{ended[begin:end]}'",
            f"  to_in: '{self.name}/{self.ids[last_block]}'",
        ]
        between = [b.words for b in self.section.blocks[block + 1 : last_block]]
        lemma = " ".join([begun[start:], *between, ended[:end]])
        self._keep_entry(quoted, Spot(block, start), Spot(last_block, begin), end, lemma)

    def _keep_entry(
        self, quoted: list[str], first: Spot, last_word: Spot, end: int, lemma: str
    ) -> None:
        """Write an entry down, unless another begins there or no witness is left to differ."""
        last = Spot(last_word.block, end - 1)
        siglum = self._free(first, last)
        if not siglum or any(first == entry.first for entry in self.section.entries):
            return
        chance = self.author.random
        words = [self.author.rare() for _ in range(chance.choice((1, 1, 1, 2)))]
        # Of a whole verse more than om. is said.
        omitted = lemma.count(" ") < 3 and chance.random() < 0.15
        self.apparatus += [*quoted, "  readings:", f"    - wit: '{siglum}'"]
        self.apparatus.append("      om: true" if omitted else f"      text: '{' '.join(words)}'")
        after = ("om." if omitted else "".join(words)) + siglum
        self.section.entries.append(TrueEntry(first, last_word, last, lemma, after))

    def _free(self, first: Spot, last: Spot) -> str:
        """A siglum that reads nothing else of any of these words."""
        over = {
            (entry.after or " ")[-1]
            for entry in self.section.entries
            if entry.first <= last and first <= entry.last
        }
        free = [siglum for siglum in SIGLA[1:] if siglum not in over]
        return self.author.random.choice(free) if free else ""

    def note(
        self, block: int, word: int | None, body: str, kind: str = "foot", style: str = ""
    ) -> None:
        """A note of foot or margin on one word, where that word stands once in its block."""
        if word is None:
            return
        words = self.section.blocks[block].words
        start, end = self.spans(block)[word]
        spot = Spot(block, end - 1 if kind == "foot" else start)
        if _times(words[start:end], words) != 1 or (kind, spot) in self.taken:
            return
        self.taken.add((kind, spot))
        kinds = f".{kind} .{style}" if style else f".{kind}"
        head = f"## {self.name}/{self.ids[block]} “{words[start:end]}” {{{kinds}}}"
        self.commentary.append(f"{head}\n\n{body}\n")
        kept = self.section.notes if kind == "foot" else self.section.margins
        kept.append(TrueNote(spot, body))

    def own_note(self, words: str, body: str) -> None:
        """A paragraph that ends with the call of a note of the text."""
        label = str(len(self.section.own_notes) + 1)
        block = self.block(words)
        self.text[-1] += f"[^{label}]"
        self.text.append(f"[^{label}]: {body}")
        self.section.own_notes.append(TrueNote(Spot(block, len(words) - 1), body))

    def finish(self) -> None:
        """Put what stands off into the order of the text."""
        for kept in (self.section.notes, self.section.own_notes, self.section.margins):
            kept.sort(key=lambda note: note.at)
        self.section.entries.sort(key=lambda entry: entry.first)


def _times(lemma: str, words: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(lemma)}(?!\w)", words))


def _edition(name: str, scribes: Sequence[Scribe], prose: dict[str, str]) -> dict[str, str]:
    lines = [f"slug: '{name}'", f"title: 'The {name} edition'", "lang: 'en'", "witnesses:"]
    read = {e.after[-1] for scribe in scribes for e in scribe.section.entries if e.after}
    for siglum in (SIGLA[0], *sorted(read)):
        lines += [f"  - siglum: '{siglum}'", f"    description: 'Witness {siglum}'"]
        lines += ["    base: 'true'"] if siglum == SIGLA[0] else []
    lines.append("texts:")
    for scribe in scribes:
        lines += [f"  - id: '{scribe.name}'", f"    file: '{scribe.name}/text.md'"]
    lines.append("book:")
    lines += [f"  - prose: '{file}'" for file in prose]
    lines += [f"  - text: '{scribe.name}'" for scribe in scribes]
    files = {"edition.yaml": "\n".join(lines) + "\n", **prose}
    for scribe in scribes:
        scribe.finish()
        title = f"# {scribe.section.title}"
        files[f"{scribe.name}/text.md"] = "\n\n".join([title, *scribe.text]) + "\n"
        if scribe.apparatus:
            files[f"{scribe.name}/apparatus.yaml"] = "\n".join(scribe.apparatus) + "\n"
        if scribe.commentary:
            files[f"{scribe.name}/commentary.md"] = "\n".join(scribe.commentary)
    return files


def stress_edition() -> Made:
    """All that is hard at once: dense entries, long notes, a margin note every second line."""
    author = Author(7)
    chance = author.random
    scribe = Scribe(author, "dense", TrueSection("The Dense Text"))
    for number in range(18):
        if number % 7 == 3:
            scribe.block(f"Of the {author.rare()}", mark="## ", counted=False)
        if number % 5 == 4:
            block = scribe.block(author.prose(30), mark="> ")
        elif number % 6 == 2:
            scribe.own_note(author.prose(60), author.prose(12))
            block = len(scribe.ids) - 1
        else:
            words = author.prose(chance.randint(25, 110)).split(" ")
            words[5] = f"*{words[5]}*"
            block = scribe.block(" ".join(words))
        _dense(scribe, block, *((1, (0,)) if number < 4 else (2,) if number < 9 else (7,)))
        _beside(scribe, block, every=22)
        if number in (4, 12):
            long = author.prose(900)
            scribe.note(block, _lone(scribe, block), long)
        elif number % 2:
            scribe.note(block, _lone(scribe, block), author.prose(25))
    for block in range(0, len(scribe.ids) - 9, 2):
        _across(scribe, block, block + chance.randint(1, 8))
    listed = TrueSection("A Preface")
    prose = _prose(author, listed)
    return Made(_edition("stress", [scribe], {"preface.md": prose}), [listed, scribe.section])


LENGTHS = (0, 0, 0, 0, 0, 0, 1, 2, 4, 12)


def _dense(scribe: Scribe, block: int, every: int, lengths: Sequence[int] = LENGTHS) -> None:
    """An entry on every so manieth word; longer lemmas, by more words, nest and overlap."""
    words = len(scribe.spans(block))
    for word in range(0, words, every):
        length = scribe.author.random.choice(lengths)
        scribe.entry(block, word, min(word + length, words - 1))


def _across(scribe: Scribe, block: int, last_block: int) -> None:
    """An entry whose lemma runs over blocks."""
    if all(b.counted for b in scribe.section.blocks[block : last_block + 1]):
        first, last = _lone(scribe, block), _lone(scribe, last_block)
        if first is not None and last is not None:
            scribe.entry_across(block, first, last_block, last)


def _beside(scribe: Scribe, block: int, every: int) -> None:
    """A margin note about every so many words; every third is a summary."""
    words = len(scribe.spans(block))
    for word in range(every // 2, words, every):
        for near in range(word, min(word + 6, words)):
            before = len(scribe.section.margins)
            body = scribe.author.prose(scribe.author.random.randint(1, 4))
            scribe.note(block, near, body, "margin", "" if before % 3 else "summary")
            if len(scribe.section.margins) > before:
                break


def _lone(scribe: Scribe, block: int) -> int | None:
    """A word that stands once in its block; None where there is none."""
    words, spans = scribe.section.blocks[block].words, scribe.spans(block)
    lone = [n for n, span in enumerate(spans) if _times(words[slice(*span)], words) == 1]
    return scribe.author.random.choice(lone) if lone else None


def _prose(author: Author, section: TrueSection) -> str:
    """Prose of the editor with a list, a table and notes."""
    one, two, three = author.prose(40), author.prose(20), author.prose(30)
    items = [author.prose(8) for _ in range(4)]
    cells = [[author.word() for _ in range(3)] for _ in range(4)]
    note = author.prose(30)
    for words in (one, *items, *(" ".join(row) for row in cells), two, three):
        section.blocks.append(TrueBlock(words, False))
    section.own_notes.append(TrueNote(Spot(0, len(one) - 1), note))
    rows = "\n".join("| " + " | ".join(row) + " |" for row in cells[1:])
    table = "| " + " | ".join(cells[0]) + " |\n|---|---|---|\n" + rows
    listing = "\n".join(f"- {item}" for item in items)
    return (
        f"# {section.title}\n\n{one}[^1]\n\n{listing}\n\n{table}\n\n{two}\n\n{three}\n\n"
        f"[^1]: {note}\n"
    )


def verse_edition() -> Made:
    """Stanzas with indented and run-over lines."""
    author = Author(11)
    chance = author.random
    scribe = Scribe(author, "songs", TrueSection("The Songs"))
    for number in range(16):
        if number in (5, 11):
            scribe.block(f"Song of the {author.rare()}", mark="## ", counted=False)
        lines = []
        for line in range(chance.randint(2, 8)):
            length = 19 if chance.random() < 0.1 else chance.randint(4, 8)
            lines.append("  " * (line % 2) * chance.randint(1, 2) + author.prose(length))
        block = scribe.verse(lines)
        _dense(scribe, block, every=5)
        if number % 3 == 0:
            scribe.note(block, _lone(scribe, block), author.prose(20))
        _beside(scribe, block, every=40)
    for block in (0, 2, 6, 8, 13):
        _across(scribe, block, block + 1)
    return Made(_edition("verse", [scribe], {}), [scribe.section])


def small_edition() -> Made:
    """A few pages that have a little of everything, to be spoiled on purpose."""
    author = Author(3)
    scribe = Scribe(author, "small", TrueSection("A Small Text"))
    for number in range(7):
        if number == 2:
            scribe.block("Of the Middle", mark="## ", counted=False)
        words = author.prose(60).split(" ")
        words[9:11] = "and", "and"
        block = scribe.block(" ".join(words), mark="> " if number == 3 else "")
        _dense(scribe, block, every=7)
        scribe.entry(block, 10, 10)
        for _ in range(3 if number == 1 else 1):
            scribe.note(block, _lone(scribe, block), author.prose(9), "margin")
        scribe.note(block, _lone(scribe, block), author.prose(120 if number == 4 else 15))
    for block in range(3, 7):
        _across(scribe, block, block + 1)
    return Made(_edition("small", [scribe], {}), [scribe.section])


def numbered_edition(numbering: Numbering) -> Made:
    """Two texts whose lines are numbered otherwise than the house does."""
    author = Author(5)
    scribes = []
    for name in ("one", "two"):
        scribe = Scribe(author, name, TrueSection(f"Text {name}"))
        for _ in range(4):
            block = scribe.block(author.prose(70))
            _dense(scribe, block, every=6)
            scribe.note(block, _lone(scribe, block), author.prose(3), "margin")
        _across(scribe, 0, 3)
        _across(scribe, 1, 2)
        scribes.append(scribe)
    files = _edition("numbered", scribes, {})
    files["edition.yaml"] += (
        f"lines:\n  every: '{numbering.every or 'none'}'\n"
        f"  count: '{numbering.count}'\n  side: '{numbering.side}'\n"
    )
    return Made(files, [scribe.section for scribe in scribes], numbering)


def random_edition(seed: int) -> Made:
    """A small edition made at random: one or two texts of a few pages."""
    author = Author(seed)
    chance = author.random
    scribes = []
    for number in range(chance.choice((1, 1, 1, 2))):
        scribe = Scribe(author, f"text{number}", TrueSection(f"Text {'AB'[number]}"))
        every = chance.choice((3, 5, 8, 20))
        for _ in range(chance.randint(3, 8)):
            _some_block(scribe)
            block = len(scribe.ids) - 1
            _dense(scribe, block, every)
            if chance.random() < 0.4:
                length = chance.choice((5, 20, 60, 200))
                scribe.note(block, _lone(scribe, block), author.prose(length))
            if chance.random() < 0.5:
                _beside(scribe, block, every=chance.choice((30, 50, 90)))
        for block in range(0, len(scribe.ids) - 2, 3):
            _across(scribe, block, block + chance.randint(1, 2))
        scribes.append(scribe)
    return Made(_edition("random", scribes, {}), [scribe.section for scribe in scribes])


def _some_block(scribe: Scribe) -> None:
    author, chance = scribe.author, scribe.author.random
    match chance.choice(("paragraph",) * 6 + ("quotation", "verse", "heading", "own")):
        case "quotation":
            scribe.block(author.prose(chance.randint(5, 40)), mark="> ")
        case "verse":
            scribe.verse(["  " * (n % 2) + author.prose(6) for n in range(chance.randint(2, 6))])
        case "heading":
            scribe.block(f"Of the {author.rare()}", mark="## ", counted=False)
            scribe.block(author.prose(40))
        case "own":
            scribe.own_note(author.prose(chance.randint(10, 60)), author.prose(10))
        case _:
            scribe.block(author.prose(chance.randint(3, 110)))


def crowded_edition() -> Made:
    """More margin notes than a margin holds."""
    author = Author(9)
    scribe = Scribe(author, "crowd", TrueSection("A Crowd"))
    for _ in range(3):
        block = scribe.block(author.prose(80))
        for word in range(0, 80, 5):
            scribe.note(block, word, author.prose(11), "margin")
        scribe.note(block, _lone(scribe, block), author.prose(11))
    return Made(_edition("crowd", [scribe], {}), [scribe.section])
