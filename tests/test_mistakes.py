"""What a beginner does wrong is told with its cure, in words that need no manual.

Each folder under `checks/` named here was made by making the mistake; its cure is part of the
report in full.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from test_checks import _overlay, _run

CURES = {
    "APP001-dash-for-each-key": "all that belongs to one item stands under one “- ”",
    "APP003-accent": "did you mean “Monday”? Accents count.",
    "APP003-capital": "did you mean “council”? Capitals count.",
    "APP003-emphasis": "did you mean “report”? Words are quoted as they are printed, without marks",
    "APP003-marks": "Words are quoted as they are printed, without marks and signs.",
    "APP003-no-break-space": "The quoted words hold a no-break space, which cannot be seen.",
    "APP003-points": "Of a long passage quote the first words, and after to: the last.",
    "APP003-sign": "did you mean “late”? Words are quoted as they are printed, without marks",
    "APP003-straight": "did you mean “Ivan’s”? The text has curly quotation marks or apostrophes.",
    "APP003-two-blanks": "The quoted words hold a blank too many.",
    "APP003-two-blocks": "these words run over two blocks: quote the first of them, and after to:",
    "LOC001-other-block": "if that is the place, name its block",
    "LOC002-move": "quote more words, until they stand there once",
    "LOC002-note": 'say which, as in ## p1 “council” {nth="1 of 2"}, or the words beside',
    "LOC002-passage": "add in: with a single block, or after: or before: with the words beside",
    "LOC004-no-such-id": "a block gets its name from a line {#p7} directly above it",
    "MRK001-id-without-sign": "did you mean #p2?",
    "MRK001-kind-without-dot": "did you mean .closing?",
    "MRK002-remark-and-words": "a remark stands alone; begin a new line for the words",
    "MRK002-remark-open": "write --> at its end",
    "MRK009-bold": "emphasis is *words*",
    "MRK009-braces-after-blank": "braces stand directly after ], as in [words]{.supplied}",
    "MRK009-braces-after-heading": "those of a whole block alone on the line above it",
    "MRK009-code": "a displayed passage is > and a blank before its words",
    "MRK009-entity": "write the sign itself",
    "MRK009-fence": "the kind of a fence stands in braces, as in ::: {.quotation}",
    "MRK009-front-matter": "where the signs are meant, write \\ before them",
    "MRK009-heading-without-blank": "a heading is one to six # and a blank before its words",
    "MRK009-html": "there are no marks of HTML; emphasis is *words*",
    "MRK009-html-in-prose": "a new line a \\ at the line's end",
    "MRK009-link": "links and pictures stand in prose only",
    "MRK009-list": "the lines of a paragraph flow together; part the items by blank lines",
    "MRK009-remark": "a remark stands alone",
    "MRK009-rule": "a line alone is not needed",
    "MRK009-table": "tables stand in prose only",
    "MRK009-underline": "a heading is # and a blank before its words",
    "MRK009-underscores": "emphasis is *words*",
    "NOT001-low-quotes": "write the block, the words in curly quotation marks “ ”, and the kind",
    "NOT001-straight-quotes": "the words in curly quotation marks “ ”",
    "PAR003-block-without-text": "did you mean “first/c1” or “second/c1”?",
    "REF001-mark": "did you mean “letter”?",
    "REF002-in": "it appears in “letter”",
    "REF003-no-words": "put a word into the brackets: [word]{#here}",
    "SRC001-utf-16": "it was saved in UTF-16; open it in your editor and save it again as UTF-8",
    "SRC001-word-processor": "this is a file of a word processor; save its text as plain text",
    "SRC002-asterisk-item": "an item of a list begins with “- ”",
    "SRC002-dash": "“–” is no hyphen; begin the item with “- ”",
    "SRC002-item-without-dash": "a line above is indented otherwise, or lacks its “- ”",
    "SRC002-key-among-items": "a line above is indented otherwise, or lacks its “- ”",
    "SRC004-page-as-key": "write: - front: 'title-page'",
    "SRC005-forms-without-dash": "put it on the next line, after “- ”: - 'council'",
    "SRC005-language": "“lang” wants the code of a language, such as en, grc or en-GB",
    "SRC005-name-as-key": "- name: 'seminar', and its other keys below",
    "SRC005-no-such-day": "“date” wants a date as year-month-day, such as 2026-01-31",
    "SRC005-page-without-key": "write: - front: 'title-page'",
    "SRC005-readings-without-dash": "begin the item with “- ”, as - wit:",
    "SRC005-sigla-in-a-list": "write: - wit: 'T M'",
    "SRC007-case": "did you mean “letter.md”?",
    "SRC007-folder": "did you mean “letter.md”?",
    "SRC012-edition": "a volume includes an edition under texts:, as include: 'inside'",
    "SRC012-misspelt": "rename it to “commentary.md”, or begin its name with _ to keep it aside",
    "SRC012-not-listed": "name it in edition.yaml: a text under texts:, prose under book:",
    "SRC012-other-ending": "rename it to “apparatus.yaml”",
    "SRC012-second-index": "an index is named in edition.yaml under book:",
    "SRC012-style": "rename it to “styles/page.css”",
    "SRC012-style-astray": "rename it to “styles/page.css”",
    "SRC012-style-unknown": "@import it from another of yours",
    "SRC012-template": "rename it to “templates/sections/index.html”",
    "SRC012-wrong-folder": "stands in the folder of the text that it belongs to; move it there",
    "TXT004": "put its words into it, or take it out of edition.yaml",
    "TXT005": "add under book: - text: 'letter'",
    "APP006": "add under book: - corrections: with the siglum of the witness",
    "IDX004": "add forms: with the words that name it",
    "MRK001-value-of-two-words": 'did you mean label="the end"?',
    "MRK004-two-kinds-of-note": "keep either .foot or .margin",
    "MRK005-language": "write lang=en, lang=grc, lang=en-GB and so on",
    "MRK009-call-with-a-blank": "a note is called by [^1], without blanks",
    "MRK009-ref-without-brackets": "braces stand directly after ]",
    "NOT005": "add under book: - commentary: 'Commentary'",
    "SRC002-no-blank-after-dash": "a hyphen wants a blank after it: “- ”",
    "SRC005-lemma-in-a-list": "write: - lemma: 'voted'",
    "SRC005-words-for-a-person": "write: - name: 'Anna Writer', and its other keys below",
    "SRC011-backslash": "write / between folders: versions/first.md",
    "SRC013": "take it out",
    "WIT001-comma": "sigla stand apart by blanks alone: 'A B'",
    "TXT001-note": "to name the block that a note is about, write ## p1 “words”",
}


@pytest.mark.parametrize("folder", CURES)
def test_a_mistake_is_told_with_its_cure(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _overlay(folder, tmp_path / "edition")
    monkeypatch.chdir(tmp_path / "edition")
    assert CURES[folder] in _run("check").output


def test_the_cure_of_a_note_on_words_that_stand_twice_cures_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _overlay("LOC002-note", tmp_path / "edition")
    monkeypatch.chdir(tmp_path / "edition")
    notes = Path("commentary.md")
    words = notes.read_text(encoding="utf-8")
    head = "## p1 “council” {.foot}"
    assert head in words
    for told in ('nth="1 of 2"', 'after="The"'):
        notes.write_text(words.replace(head, f"## p1 “council” {{.foot {told}}}"), "utf-8")
        assert _run("check").output == "no faults found\n"


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("edition.yml", "There is “edition.yml”; rename it to edition.yaml."),
        ("Edition.yaml.txt", "There is “Edition.yaml.txt”; rename it to edition.yaml."),
        ("inside/edition.yaml", "There is one in “my-edition/inside”."),
        (None, "To begin a new edition: printedition new DIR"),
    ],
)
def test_a_folder_without_edition_yaml_is_told_with_its_cure(
    name: str | None, cure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if name is not None:
        path = tmp_path / "my-edition" / name
        path.parent.mkdir(parents=True)
        path.touch()
    done = _run("check", "my-edition")
    assert done.exit_code == 2
    assert cure in done.output


def test_a_dot_before_a_path_lost_what_stands_beside_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _overlay("stock", tmp_path / "edition")
    monkeypatch.chdir(tmp_path / "edition")
    record = Path("edition.yaml")
    words = record.read_text(encoding="utf-8").replace("'letter.md'", "'./letter.md'")
    record.write_text(words, encoding="utf-8")
    assert _run("check").output == "no faults found\n"


@pytest.mark.parametrize(
    "words",
    [
        "\\<i>, \\**two\\**, \\_one_, \\&amp;, a \\{.kind}",
        "1. It is considered",
        "[Russian] and (words), _ < & ** {, x_y_z, 5 < 6 > 4",
        "- No, he said.",
        "#5 of the list",
    ],
)
def test_signs_that_are_meant_are_printed_without_a_word(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _overlay("stock", tmp_path / "edition")
    monkeypatch.chdir(tmp_path / "edition")
    letter = Path("letter.md")
    letter.write_text(letter.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")
    assert _run("check").output == "no faults found\n"
