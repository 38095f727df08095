"""A reader made up for measuring: the real letter's source several times over, with much to note.

The truth about it is written down with it, so that its book can be held against the truth, and
another program can set the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from editions import Author, Made, Scribe, Spot, TrueBlock, TrueEntry, TrueNote, TrueSection

SOURCE = Path(__file__).resolve().parent.parent / "data" / "letter-to-kamenev.txt"
READING, SIGLUM = "some variant", "L"  # of every entry
_ENTRY_EVERY, _NOTE_EVERY, _MARGIN_EVERY = 4, 110, 90  # words
_NOTE, _MARGIN = 24, 4  # words
_WORD = re.compile(r"\w(?:[^\s—]*\w)?")  # what stands between blanks, without signs around it
_RECORD = """\
slug: 'reader'
title: 'A reader'
lang: 'en'
witnesses:
  - siglum: 'K'
    description: 'The source'
    base: 'true'
  - siglum: '{siglum}'
    description: 'Another witness'
texts:
{texts}
book:
{book}
"""


def reader(copies: int, every: int = _ENTRY_EVERY) -> Made:
    """So many texts, each of all words of the source, with an entry on every so manieth word."""
    files, truth, names = {}, [], [f"t{number:02}" for number in range(1, copies + 1)]
    for number, name in enumerate(names, 1):
        text = _Text(name, f"Text {number:02}")
        text.write(_paragraphs(), every)
        files |= text.files()
        truth.append(text.section)
    files["edition.yaml"] = _RECORD.format(
        siglum=SIGLUM,
        texts="\n".join(f"  - id: '{name}'\n    file: '{name}/text.md'" for name in names),
        book="\n".join(f"  - text: '{name}'" for name in names),
    )
    return Made(files, truth)


def volume(copies: int, every: int) -> dict[str, str]:
    """The files of a volume of so many editions, each with one text of the reader."""
    made = reader(copies, every).files
    names = sorted({path.partition("/")[0] for path in made} - {"edition.yaml"})
    files = {f"texts/{path}": text for path, text in made.items() if "/" in path}
    for name in names:
        files[f"texts/{name}/edition.yaml"] = (
            _RECORD.format(
                siglum=SIGLUM,
                texts=f"  - id: '{name}'\n    file: 'text.md'",
                book=f"  - text: '{name}'",
            ).replace("slug: 'reader'", f"slug: '{name}'")
            + "source:\n  - 'A source, p. 1.'\nrights:\n  - 'Free of rights.'\n"
        )
    files["edition.yaml"] = (
        "slug: 'volume'\ntitle: 'A volume'\nlang: 'en'\ntexts:\n"
        + "".join(f"  - id: '{name}'\n    include: 'texts/{name}'\n" for name in names)
        + "book:\n  - front: 'title-page'\n  - front: 'contents'\n"
        + "".join(f"  - text: '{name}'\n" for name in names)
        + "  - sigla: 'Sigla and Signs'\n  - permissions: 'Sources and Permissions'\n"
    )
    return files


def _paragraphs() -> Iterator[str]:
    """Those of the source, its white space made single blanks, without signs that mark up."""
    for paragraph in SOURCE.read_text(encoding="utf-8").split("\n\n"):
        if words := re.sub(r'["\\\[\]]', "", paragraph).split():
            yield " ".join(words)


class _Text(Scribe):
    """One text, on whose words stand entries and notes at regular distances."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(Author(0), name, TrueSection(title))
        self.words: list[str] = []  # all of them, from which the notes borrow

    def spans(self, block: int) -> list[tuple[int, int]]:
        return [match.span() for match in _WORD.finditer(self.section.blocks[block].words)]

    def write(self, paragraphs: Iterator[str], entry_every: int) -> None:
        places = []
        for words in paragraphs:
            block = self.block(words)
            self.words += words.split()
            places += [(block, word) for word in range(len(self.spans(block)))]
        for block, word in places[entry_every // 2 :: entry_every]:
            self.variant(block, word)
        for every, length, kind in (
            (_NOTE_EVERY, _NOTE, "foot"),
            (_MARGIN_EVERY, _MARGIN, "margin"),
        ):
            for number in range(every // 2, len(places), every):
                self._note_near(places[number:], " ".join(self._borrowed(number, length)), kind)

    def _borrowed(self, number: int, length: int) -> list[str]:
        return ["Compare", *self.words[number % (len(self.words) - length) :][: length - 1]]

    def _note_near(self, places: list[tuple[int, int]], body: str, kind: str) -> None:
        """A note on the first of some words that stands once in its block."""
        kept = self.section.notes if kind == "foot" else self.section.margins
        before = len(kept)
        for place in places:
            self.note(*place, body, kind)
            if len(kept) > before:
                return

    def variant(self, block: int, word: int) -> None:
        """An entry on one word, told apart by its rank in the block."""
        words, (start, end) = self.section.blocks[block].words, self.spans(block)[word]
        lemma = words[start:end]
        same = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(lemma)}(?!\w)", words)]
        self.apparatus += [f"- lemma: '{lemma}'", f"  in: '{self.name}/{self.ids[block]}'"]
        if len(same) > 1:
            self.apparatus.append(f"  nth: '{same.index(start) + 1} of {len(same)}'")
        self.apparatus += ["  readings:", f"    - wit: '{SIGLUM}'", f"      text: '{READING}'"]
        first, last = Spot(block, start), Spot(block, end - 1)
        printed = READING.replace(" ", "") + SIGLUM
        self.section.entries.append(TrueEntry(first, first, last, lemma, printed))

    def files(self) -> dict[str, str]:
        self.finish()
        return {
            f"{self.name}/text.md": "\n\n".join([f"# {self.section.title}", *self.text]) + "\n",
            f"{self.name}/apparatus.yaml": "\n".join(self.apparatus) + "\n",
            f"{self.name}/commentary.md": "\n".join(self.commentary),
        }


def as_latex(made: Made, size: float, page: str) -> str:
    """The same words, entries and notes for reledmac, in type of a size (pt)."""
    texts = "\n".join(_text_in_latex(section) for section in made.truth)
    return _LATEX.replace("SIZE", f"{size:.2f}").replace("PAGE", page) + texts + "\\end{document}\n"


# As a patient user sets it: no series and no file that is not wanted.
_LATEX = r"""\documentclass[10pt,twoside]{article}
\usepackage[paperwidth=148mm,paperheight=210mm,PAGE,marginparsep=4mm]{geometry}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{mathptmx}\usepackage[english]{babel}
\usepackage[series={A},noend,noledgroup]{reledmac}
\Xarrangement{paragraph}\linenumincrement{5}\firstlinenum{5}\lineation{page}
\Xnotefontsize[A]{\fontsize{8.4}{10.8}\selectfont}\notefontsizeX[A]{\fontsize{8.4}{10.8}\selectfont}
\linenummargin{inner}\sidenotemargin{outer}\setlength{\ledrsnotewidth}{22mm}
\setlength{\ledlsnotewidth}{22mm}\renewcommand{\ledrsnotefontsetup}{\raggedright\scriptsize}
\renewcommand{\ledlsnotefontsetup}{\raggedleft\scriptsize}
\setlength{\parindent}{4.5mm}\emergencystretch=1em
\begin{document}\fontsize{SIZE}{13.5}\selectfont
"""


def _text_in_latex(section: TrueSection) -> str:
    paragraphs = "\n".join(
        rf"\pstart {_paragraph_in_latex(section, number, block)}\pend"
        for number, block in enumerate(section.blocks)
    )
    head = rf"\cleardoublepage\section*{{{section.title}}}\beginnumbering"
    return f"{head}\n{paragraphs}\n\\endnumbering\n"


def _paragraph_in_latex(section: TrueSection, number: int, block: TrueBlock) -> str:
    before: dict[int, str] = {}  # what is put in before a character
    for note in section.margins:
        _put(before, note, number, 0, r"\ledouternote")
    for entry in section.entries:
        if entry.first.block == number:
            reading = rf"}}{{\Afootnote{{{READING} \emph{{{SIGLUM}}}}}}}"
            before[entry.first.offset] = before.get(entry.first.offset, "") + r"\edtext{"
            end = entry.last.offset + 1
            before[end] = reading + before.get(end, "")
    for note in section.notes:
        _put(before, note, number, 1, r"\footnoteA")
    return "".join(
        before.get(place, "") + _SIGNS.get(character, character)
        for place, character in enumerate(block.words + " ")
    )


def _put(before: dict[int, str], note: TrueNote, block: int, shift: int, command: str) -> None:
    if note.at.block == block:
        place = note.at.offset + shift
        before[place] = before.get(place, "") + f"{command}{{{note.words}}}"


_SIGNS = {sign: "\\" + sign for sign in "&%#_$"} | {"{": r"\{", "}": r"\}"}
