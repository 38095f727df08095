"""Tables of versions made up for measuring, and what their pages must show.

Every marked word stands once in its table, so that a test can find it on paper without the program:
a lemma begins with `x`, a word that a note is about with `y`; their notes repeat it.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

_COMMON = re.findall(
    r"\w+",
    "the of and to that is was with his they at be this have from or had by not but what all were "
    "when we there can said which do how if will each about other many then them these",
)
_LONGER = re.findall(r"\w+", "commission resolution committee republic agreement administration")
SIGLA = "ABCDEF"


@dataclass
class Cell:
    """The words of a version in a row, paragraph by paragraph; none where it is absent."""

    paragraphs: list[list[str]] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [word for paragraph in self.paragraphs for word in paragraph]


@dataclass
class Table:
    """A table: its rows of cells, and settings of parallel.yaml."""

    versions: int
    rows: list[list[Cell]]
    settings: str = ""
    title: str = "The Versions"

    def files(self) -> dict[str, str]:
        """The edition that has nothing but this table."""
        sigla = SIGLA[: self.versions]
        texts = "".join(
            f"  - id: '{s}'\n    file: 't/{s}.md'\n    title: 'Text {s}'\n" for s in sigla
        )
        files = {
            "edition.yaml": "slug: 't'\ntitle: 'Table'\nlang: 'en'\ndate: '2026-01-01'\n"
            "people:\n  - name: 'Ann Other'\n    role: 'editor'\n"
            "witnesses:\n  - siglum: 'T'\n    description: 'The transcript'\n"
            f"texts:\n{texts}book:\n  - parallel: 't/parallel.yaml'\n"
        }
        apparatus, commentary = [], []
        for column, siglum in enumerate(sigla):
            blocks = [f"# Text {siglum}\n"]
            for number, row in enumerate(self.rows):
                for part, words in enumerate(row[column].paragraphs):
                    blocks.append(f"{{#r{number}p{part}}}\n{' '.join(words)}\n")
                for word in row[column].words:
                    place = f"{siglum}/r{number}p{_part(row[column], word)}"
                    if word[0] == "x":
                        apparatus.append(
                            f"- lemma: '{word}'\n  in: '{place}'\n"
                            f"  readings:\n    - wit: 'T'\n      text: 'not {word}'\n"
                        )
                    elif word[0] == "y":
                        body = " ".join(note_on(word))
                        commentary.append(f"## {place} “{word}” {{.foot}}\n\n{body}\n")
            files[f"t/{siglum}.md"] = "\n".join(blocks)
        if apparatus:
            files["t/apparatus.yaml"] = "".join(apparatus)
        if commentary:
            files["t/commentary.md"] = "\n".join(commentary)
        files["t/parallel.yaml"] = self._parallel(sigla)
        return files

    def _parallel(self, sigla: str) -> str:
        heads = "".join(
            f"  - text: '{s}'\n    title: 'Version {s}'\n    date: 'day {n}'\n"
            for n, s in enumerate(sigla)
        )
        rows = []
        for number, row in enumerate(self.rows):
            blocks = "".join(
                f"      - '{s}/r{number}p{part}'\n"
                for s, cell in zip(sigla, row, strict=True)
                for part in range(len(cell.paragraphs))
            )
            rows.append(f"  - id: 'row-{number}'\n    title: 'Row {number}'\n    blocks:\n{blocks}")
        return (
            f"title: '{self.title}'\npicture: 'no'\n{self.settings}"
            f"versions:\n{heads}rows:\n{''.join(rows)}"
        )


def note_on(word: str) -> list[str]:
    """What the note on a word says: the longer, the more digits of it are 7."""
    return ["On", word, *["it is so"] * (1 + 40 * word.count("7"))]


def _part(cell: Cell, word: str) -> int:
    return next(n for n, words in enumerate(cell.paragraphs) if word in words)


def make(
    seed: int,
    versions: int,
    rows: int,
    words: tuple[int, int],
    every: int,
    long_row: int = 0,
    settings: str = "",
    absent: float = 0.1,
) -> Table:
    """A table at random: cells of so many words, every n-th of them noted.

    The row in the middle has `long_row` words a cell.
    """
    chance = random.Random(seed)
    made, count = [], 0
    for number in range(rows):
        row = []
        for column in range(versions):
            if column and chance.random() < absent:
                row.append(Cell())
                continue
            size = chance.randint(*words)
            if long_row and number == rows // 2:
                size = long_row
            cell = Cell([[]])
            for at in range(size):
                word = chance.choice(_COMMON if chance.random() < 0.75 else _LONGER)
                if every and at % every == every - 1:
                    count += 1
                    word = ("x" if count % 2 else "y") + f"{count}q"
                cell.paragraphs[-1].append(word)
                if len(cell.paragraphs[-1]) > 25 and chance.random() < 0.05:
                    cell.paragraphs.append([])
            cell.paragraphs = [words for words in cell.paragraphs if words]
            row.append(cell)
        made.append(row)
    return Table(versions, made, settings)
