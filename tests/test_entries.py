"""Entries as a reader sees them: one printed string for each convention, with its source.

The strings stand in `data/entries.txt`, italics between asterisks. With UPDATE_GOLDEN=1 in the
environment the file is written anew; it must then be read beside the sources, which are:

- reledmac, ekdosis: their manuals, that of ekdosis in version 1.4 (after West 1973) with pages;
- LombardPress: its schema for critical texts, with the strings that its editions print;
- LDLT: the guidelines of the Digital Latin Library;
- EVT: issue 152 of the viewer, where a reader complains of the contrary;
- TEI: the Guidelines on the critical apparatus;
- ours: these leave the choice, and our manual says what was chosen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from printedition import pipeline
from printedition.book import tree
from printedition.book.templates import Templates
from printedition.sources import MemorySources

GOLDEN = Path(__file__).parent / "data" / "entries.txt"
TEXT = """\
{#p1}
The old gate was green and the wall was grey, without delay until the bell of the town was heard.

{#v1 .verse}
The rose is white,
the day is long;
come, day, to light
the garden song.
"""
WITNESSES = (
    "witnesses:\n"
    + "".join(f"  - siglum: '{s}'\n    description: 'A copy'\n" for s in "ABCD")
    + "  - siglum: 'A¹'\n    description: 'The corrector of A'\n    hand_of: 'A'\n"
)
LATIN = "lang: 'la'"
POSITIVE = "lang: 'la'\n  form: 'positive'"
SUMMED = f"{POSITIVE}\n  others: 'word'"

# A template of the test's own, which prints entries by the house's macros for both books.
PROBE = """\
{%- import "macros.html" as print with context -%}
<div>
{%- for note in notes -%}
<p>{{ print.page_entry(note, {'number': '12', 'first_rank': 0, 'last_rank': 0}) }}</p>
<p>{{ print.entry(note.entry, 'ebook') }}</p>
{%- endfor -%}
</div>
"""
TEMPLATES = Templates(MemorySources({"templates/probe.html": PROBE}))


@dataclass(frozen=True)
class Case:
    """A rule, where it is from, how the edition declares it, and the entries that show it."""

    rule: str
    source: str
    apparatus: str
    entries: tuple[str, ...]


def entry(lemma: str, *readings: str, more: str = "") -> str:
    """An entry of apparatus.yaml; what is more is parted by semicolons, as in a reading."""
    lines = [f"- lemma: '{lemma}'", *(f"  {key}" for key in more.split("; ") if key)]
    if readings:
        lines.append("  readings:")
    for reading in readings:
        first, *rest = reading.split("; ")
        lines += [f"    - {first}", *(f"      {key}" for key in rest)]
    return "\n".join(lines) + "\n"


def said(lang: str) -> Case:
    """Every word of the apparatus in a language."""
    return Case(
        f"The words of the apparatus: {lang}", "ours", f"lang: '{lang}'\n  form: 'positive'",
        (
            entry("gate", "om: true; wit: 'A'", "iter: true; wit: 'B'", "del: true; wit: 'C'"),
            entry("green", "add: 'now'; wit: 'A'"),
            entry("wall", "corr: 'well'; wit: 'A'", "transp: true; before: 'green'; wit: 'B'"),
            entry("grey", "lacuna: true; wit: 'A'", "illegible: '3'; wit: 'B'",
                  "blank: true; wit: 'C'"),
            entry("bell", "transp: true; after: 'town'; wit: 'A'"),
            entry("The rose is white", "om: true; wit: 'A'"),
            entry("The rose is white, the day is long", "om: true; wit: 'B'"),
        ),
    )  # fmt: skip


CASES = (
    Case("Another reading, with the siglum behind it", "LombardPress; ekdosis, 14–17", LATIN,
         (entry("green", "text: 'red'; wit: 'A'"),)),
    Case("Several readings, apart by semicolons", "reledmac; ekdosis, 16", LATIN,
         (entry("green", "text: 'red'; wit: 'A'", "text: 'brown'; wit: 'B'"),)),
    Case("Sigla in the order of the conspectus, run together if single letters",
         "ekdosis, 10–13", LATIN, (entry("green", "text: 'red'; wit: 'C B A'"),)),
    Case("A hand's superior sign is no second letter", "ekdosis, 8–13", LATIN,
         (entry("green", "text: 'red'; wit: 'B A¹'"),)),
    Case("Sigla of several letters stand apart", "ekdosis; LombardPress", f"{LATIN}#many",
         (entry("green", "text: 'red'; wit: 'Par Vat'"),)),
    Case("Negative: silence is agreement, also where the editor noted who agrees",
         "LombardPress; TEI", f"{LATIN}\n  form: 'negative'",
         (entry("green", "text: 'red'; wit: 'A'", more="wit: 'B C D'"),)),
    Case("Positive: all others have the lemma", "LombardPress", POSITIVE,
         (entry("green", "text: 'red'; wit: 'A'"),)),
    Case("Positive: the sigla that the editor gives", "LombardPress", POSITIVE,
         (entry("green", "text: 'red'; wit: 'A'", "lacuna: true; wit: 'B'", more="wit: 'D C'"),)),
    Case("Mixed: positive where the editor gives sigla", "ours", LATIN,
         (entry("green", "text: 'red'; wit: 'A'", more="wit: 'B C D'"),
          entry("grey", "text: 'red'; wit: 'A'"))),
    Case("Positive: the rest in a word", "ekdosis, 8–13", SUMMED,
         (entry("green", "text: 'red'; wit: 'A'"),)),
    Case("Positive: a rest of one is its siglum", "ours", SUMMED,
         (entry("green", "text: 'red'; wit: 'A B C'"),)),
    Case("A reading of all witnesses, against a conjecture", "ekdosis, 8–13", SUMMED,
         (entry("green", "text: 'red'; wit: 'A B C D'", more="by: 'Sample'"),)),
    Case("Positive: a lemma that no witness has is the editor's", "ours", POSITIVE,
         (entry("green", "text: 'red'; wit: 'A B C D'"),)),
    Case("A conjecture stands last, with its author", "LDLT", LATIN,
         (entry("green", "by: 'Sample'; text: 'grown'", "text: 'red'; wit: 'A'"),)),
    Case("A conjecture that a witness confirms", "ours", LATIN,
         (entry("green", "text: 'grown'; wit: 'A'; by: 'Sample'"),)),
    Case("Readings that share words with the lemma come first", "ours", LATIN,
         (entry("old gate", "text: 'new door'; wit: 'A'", "text: 'gate'; wit: 'B'"),)),
    Case("An omission is never empty", "LombardPress; reledmac", LATIN,
         (entry("without delay", "om: true; wit: 'B'"),)),
    Case("An omission, positive", "LombardPress", POSITIVE,
         (entry("without delay", "om: true; wit: 'B'"),)),
    Case("An omission with its cause", "LombardPress", LATIN,
         (entry("without delay", "om: true; wit: 'B'; note: '(hom.)'"),)),
    Case("A whole line is omitted", "LDLT", LATIN,
         (entry("the day is long", "om: true; wit: 'C D'"),)),
    Case("An addition is keyed on the word before it, without a bracket",
         "ekdosis, 17; LombardPress", LATIN, (entry("gate", "add: 'there'; wit: 'B'"),)),
    Case("An addition, positive: who does not have it does not omit it", "EVT", POSITIVE,
         (entry("gate", "add: 'there'; wit: 'B'"),)),
    Case("An addition beside another reading", "ours", LATIN,
         (entry("gate", "text: 'door'; wit: 'A'", "add: 'there'; wit: 'B'"),)),
    Case("An inversion speaks for itself", "LombardPress", LATIN,
         (entry("old gate", "transp: 'gate old'; wit: 'A'"),)),
    Case("A transposition to another place", "LombardPress", LATIN,
         (entry("and", "transp: true; before: 'green'; wit: 'A'"),)),
    Case("A line transposed", "LDLT", LATIN,
         (entry("the day is long", "transp: true; after: 'the garden song'; by: 'Sample'"),)),
    Case("A deletion is told of the witness that made it, and is no omission of others", "EVT",
         POSITIVE, (entry("green", "del: true; wit: 'A'"),)),
    Case("A correction: what the witness had before", "LombardPress; LDLT", LATIN,
         (entry("green", "corr: 'grene'; wit: 'A'"),)),
    Case("A correction by sigla of its own", "LombardPress; LDLT", LATIN,
         (entry("green", "text: 'grene'; wit: 'A'; note: '(ante corr. A¹)'"),)),
    Case("Words written twice", "LombardPress", LATIN,
         (entry("green", "iter: true; wit: 'A'"),)),
    Case("What is lost, what cannot be read and how much, what was left blank", "LDLT", LATIN,
         (entry("green", "lacuna: true; wit: 'A'", "illegible: '3 litt.'; wit: 'B'",
                "blank: '5 litt.'; wit: 'C'", "blank: true; wit: 'D'"),)),
    Case("A long lemma is its ends", "reledmac; LombardPress", f"{LATIN}\n  longest_lemma: '4'",
         (entry("gate was green and the wall", "om: true; wit: 'A'"),
          entry("was grey, without delay", "om: true; wit: 'A'"))),
    Case("A remark on a reading, and on the entry", "LDLT", LATIN,
         (entry("green", "text: 'red'; wit: 'A'; note: 'in the margin'", more="note: 'see *Song*'"),
          entry("grey", more="note: 'so in all'"))),
    Case("Entries by the beginning of the lemma, the shorter first", "ekdosis, 18–19", LATIN,
         (entry("old gate was green", "om: true; wit: 'A'"),
          entry("old gate", "om: true; wit: 'B'"),
          entry("The old", "om: true; wit: 'C'"), entry("gate", "text: 'door'; wit: 'D'"))),
    Case("… or the longer first, where so declared", "ekdosis, 18–19",
         f"{LATIN}\n  same_start: 'longer'",
         (entry("old gate", "om: true; wit: 'B'"),
          entry("old gate was green", "om: true; wit: 'A'"))),
    Case("A witness that lacks the words by another entry does not have the lemma", "TEI",
         POSITIVE,
         (entry("old gate was green", "om: true; wit: 'A'", "text: 'garden'; wit: 'B'"),
          entry("gate", "text: 'door'; wit: 'C'"))),
    Case("A fragment does not agree by silence", "TEI; LombardPress", f"{POSITIVE}#fragment",
         (entry("green", "text: 'red'; wit: 'A'"),
          entry("rose", "text: 'reed'; wit: 'A'"))),
    *(said(lang) for lang in ("en", "de", "fr", "it", "es", "ru")),
    Case("Words of the edition's own", "ours", f"{LATIN}\n  terms:\n    om: 'deest'",
         (entry("green", "om: true; wit: 'A'"),)),
)  # fmt: skip


def files_of(case: Case) -> dict[str, str | bytes]:
    apparatus, _, special = case.apparatus.partition("#")
    witnesses = WITNESSES
    if special == "many":
        witnesses = WITNESSES.replace("'A'", "'Par'").replace("'B'", "'Vat'")
    if special == "fragment":
        held = "    description: 'A copy'\n    extant:\n      - from: 'song/v1'\n"
        plain = "  - siglum: 'D'\n    description: 'A copy'\n"
        witnesses = WITNESSES.replace(plain, f"  - siglum: 'D'\n{held}")
    return {
        "edition.yaml": f"slug: 'song'\ntitle: 'A Song'\nlang: 'en'\napparatus:\n  {apparatus}\n"
        f"{witnesses}texts:\n  - id: 'song'\n    file: 'song.md'\nbook:\n  - text: 'song'\n",
        "song.md": TEXT,
        "apparatus.yaml": "".join(case.entries),
    }


def printed(case: Case) -> Iterator[str]:
    """The entries of a case, as the page prints them in its order; the e-book says the same."""
    examination = pipeline.examine(MemorySources(files_of(case)))
    assert not examination.has_errors, examination.diagnostics
    assert examination.book is not None
    (section,) = examination.book.sections
    notes = sorted(section.notes, key=lambda note: note.place)
    page = TEMPLATES.render("probe.html", book=examination.book, notes=notes)
    strings = [reader_sees(paragraph) for paragraph in ElementTree.fromstring(page)]
    for on_page, in_ebook in zip(strings[::2], strings[1::2], strict=True):
        assert on_page == f"12 {in_ebook}"
        yield on_page


def reader_sees(element: Any) -> str:
    """The words of an element, those in italic between asterisks."""
    inner = element.text or ""
    for child in element:
        inner += reader_sees(child) + (child.tail or "")
    inner = inner.replace("\u00a0", " ")
    return f"*{inner}*" if element.tag == "em" else inner


def test_entries_print_as_the_conventions_say() -> None:
    lines = []
    for case in CASES:
        lines += [f"# {case.rule} [{case.source}]", *printed(case), ""]
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.write_text("\n".join(lines), encoding="utf-8")
    assert "\n".join(lines) == GOLDEN.read_text(encoding="utf-8")


# The conspectus, and what stands on a page


def sigla_section(files: dict[str, str | bytes]) -> tree.Section:
    record = str(files["edition.yaml"]) + "  - sigla: 'Sigla'\n"
    book = pipeline.examine(MemorySources({**files, "edition.yaml": record})).book
    assert book is not None
    return book.sections[-1]


def test_a_hand_is_listed_under_its_manuscript() -> None:
    section = sigla_section(files_of(CASES[0]))
    listed = [(row.siglum, row.hand) for row in section.sigla]
    assert listed == [("A", False), ("A¹", True), ("B", False), ("C", False), ("D", False)]


def test_scholars_are_listed_those_described_first() -> None:
    case = Case("", "", LATIN, (
        entry("green", "text: 'grown'; by: 'Other'", more="by: 'ed.'"),
        entry("grey", "text: 'great'; by: 'Sample'"),
    ))  # fmt: skip
    files = files_of(case)
    described = "scholars:\n  - name: 'Sample'\n    description: '*Notes*'\n    date: '1890'\n"
    files["edition.yaml"] = described + str(files["edition.yaml"])
    sample, other = sigla_section(files).scholars
    assert (sample.siglum, sample.date, bool(sample.description)) == ("Sample", "1890", True)
    assert (other.siglum, other.description) == ("Other", ())


def test_abbreviations_in_use_are_explained_in_the_language_of_the_book() -> None:
    case = Case("", "", LATIN, (entry("green", "om: true; wit: 'A'", "iter: true; wit: 'B'"),))
    rows = sigla_section(files_of(case)).terms
    assert rows == (tree.SignRow("om.", "omitted in"), tree.SignRow("iter.", "repeated in"))


def test_the_conspectus_declares_the_form_of_the_apparatus() -> None:
    assert sigla_section(files_of(CASES[0])).form == ""
    (case,) = (case for case in CASES if "negative" in case.apparatus)
    assert sigla_section(files_of(case)).form.startswith("The apparatus is negative: ")


def test_a_paragraph_says_which_witnesses_hold_it() -> None:
    (case,) = (case for case in CASES if case.apparatus.endswith("#fragment"))
    book = pipeline.examine(MemorySources(files_of(case))).book
    assert book is not None
    blocks = book.sections[0].blocks
    extant = [block.extant for block in blocks if isinstance(block, tree.Paragraph)]
    assert extant == [("A", "B", "C"), ("A", "B", "C", "D")]


def test_an_edition_without_fragments_says_nothing_of_them() -> None:
    book = pipeline.examine(MemorySources(files_of(CASES[0]))).book
    assert book is not None
    (first, *_) = book.sections[0].blocks
    assert isinstance(first, tree.Paragraph) and first.extant == ()
