"""Diagnostics, progress and the summary as a person reads them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from printedition.codes import CODES
from printedition.diagnostics import Diagnostic, Label
from printedition.pipeline import Written
from printedition.report import (
    Detail,
    Progress,
    Read,
    count,
    render_code,
    render_concise,
    render_full,
    render_json,
    summary,
)
from printedition.sources import SourceFile, Span

ERROR, WARNING = "APP003", next(code for code in CODES if CODES[code].severity.value == "warning")


def reading(**texts: str) -> Read:
    files = {path: SourceFile(path, text) for path, text in texts.items()}
    return files.get


def at(text: str, words: str, message: str = "a fault") -> Diagnostic:
    start = text.index(words)
    return Diagnostic(ERROR, message, Span("a", start, start + len(words)))


def caret_lines(text: str, words: str) -> tuple[str, str]:
    lines = render_full([at(text, words)], reading(a=text), "").splitlines()
    return lines[3], lines[4]


def test_full_shows_both_places_and_the_hint() -> None:
    """The form of the diagnostics is what editors learn to read; it holds to the letter."""
    entry, text = "- in: '1.1'\n  lemma: canam\n", "Arma virumque cano, Troiae qui primus ab oris\n"
    found = Diagnostic(
        ERROR,
        "lemma “canam” does not stand at 1.1",
        Span("app.yaml", 21, 26),
        (Label(Span("book.txt", 14, 18), "1.1 reads this"),),
        "did you mean “cano”?",
    )
    read = reading(**{"app.yaml": entry, "book.txt": text})
    assert render_full([found], read, "content") == (
        "error[APP003]: lemma “canam” does not stand at 1.1\n"
        " --> content/app.yaml:2:10\n"
        "  |\n"
        "2 |   lemma: canam\n"
        "  |          ^^^^^\n"
        " ::: content/book.txt:1:15\n"
        "  |\n"
        "1 | Arma virumque cano, Troiae qui primus ab oris\n"
        "  |               ---- 1.1 reads this\n"
        "  = hint: did you mean “cano”?\n"
        "\n"
        "1 error\n"
    )


def test_gutter_fits_the_longest_line_number() -> None:
    """Excerpts of lines 9 and 100 stand under one another."""
    text = "\n" * 99 + "here\n"
    lines = render_full([at(text, "here")], reading(a=text), ".").splitlines()
    assert lines[1:5] == ["   --> a:100:1", "    |", "100 | here", "    | ^^^^"]


@pytest.mark.parametrize(
    ("text", "words", "line", "carets"),
    [
        ("μῆνιν ἄειδε", "ἄειδε", "1 | μῆνιν ἄειδε", "  |       ^^^^^"),
        ("e\u0301te\u0301 ici", "ici", "1 | e\u0301te\u0301 ici", "  |     ^^^"),
        ("論語 論", "語", "1 | 論語 論", "  |   ^^"),
        ("\tlemma: x", "x", "1 |  lemma: x", "  |         ^"),
        ("בְּרֵאשִׁית א", "א", "1 | בְּרֵאשִׁית א", "  |   ^"),
        ("end", "", "1 | end", "  | ^"),
        ("one\ntwo", "one\ntwo", "1 | one", "  | ^^^"),
        ("a\x1b[31m b", "b", "1 | a\ufffd[31m b", "  |        ^"),
    ],
)
def test_carets_stand_under_the_words(text: str, words: str, line: str, carets: str) -> None:
    """Carets count what a terminal shows, not code points; no sign commands the terminal."""
    assert caret_lines(text, words) == (line, carets)


@pytest.mark.parametrize("place", [0, 5, 400, 795])
def test_long_line_is_cut_round_the_caret(place: int) -> None:
    """A paragraph is one line in a text; a window of it is shown."""
    text = "a" * place + "MARK" + "b" * (796 - place)
    line, carets = caret_lines(text, "MARK")
    assert len(line) <= 104
    assert line[carets.index("^") :].startswith("MARK")
    assert carets.count("^") == 4
    assert (line[4] == "…") == (place > 100) and (line[-1] == "…") == (place < 700)


def test_long_span_is_cut() -> None:
    """A span over a whole paragraph does not fill the screen."""
    text = "word " * 200
    line, carets = caret_lines(text, text)
    assert len(line) <= 104 and len(carets) <= 104


def test_missing_file_has_a_place_and_no_lines() -> None:
    """A file that does not exist is still named."""
    found = Diagnostic(ERROR, "no file", Span("gone.md", 7, 9))
    assert render_full([found], reading(), "ed/") == (
        "error[APP003]: no file\n --> ed/gone.md:1:1\n\n1 error\n"
    )


def test_concise_is_one_line_each() -> None:
    """Editors' programs jump to path:line:column."""
    text = "one\ntwo\n"
    assert render_concise([at(text, "two", "not\nthis")], reading(a=text), "ed") == (
        "ed/a:2:1: error[APP003] not this\n"
    )


def test_json_has_every_field() -> None:
    """Programs read the places without counting."""
    text = "one\ntwo “x”\n"
    found = Diagnostic(ERROR, "m", Span("a", 4, 7), (Label(Span("a", 8, 11), "l"),), "h")
    assert json.loads(render_json([found], reading(a=text), "ed")) == [
        {
            "code": "APP003",
            "severity": "error",
            "message": "m",
            "path": "ed/a",
            "line": 2,
            "column": 1,
            "end_line": 2,
            "end_column": 4,
            "hint": "h",
            "labels": [
                {
                    "text": "l",
                    "path": "ed/a",
                    "line": 2,
                    "column": 5,
                    "end_line": 2,
                    "end_column": 8,
                }
            ],
        }
    ]
    assert json.loads(render_json([], reading(), "")) == []


def test_count_in_words() -> None:
    """The last line says how many faults of each weight there are."""
    error = Diagnostic(ERROR, "m", Span("a", 0, 1))
    warning = Diagnostic(WARNING, "m", Span("a", 0, 1))
    assert count([]) == "no faults found"
    assert count([error, warning, error]) == "2 errors, 1 warning"


@pytest.mark.parametrize("code", list(CODES))
def test_every_code_is_explained(code: str) -> None:
    """No code is without its meaning and cure."""
    text = " ".join(render_code(CODES[code]).split())
    for words in (CODES[code].title, CODES[code].meaning, CODES[code].cure):
        assert words and " ".join(words.split()) in text


def test_summary_names_files_pages_sizes() -> None:
    """A build ends with what it wrote."""
    written = (
        Written(Path("build/a.pdf"), 46, 312_400),
        Written(Path("build/a.epub"), None, 2_812_400),
    )
    assert summary(written, 3.14, 1) == (
        "Written:\n"
        "  build/a.pdf   46 pages  312 kB\n"
        "  build/a.epub            2.8 MB\n"
        "3.1 s, 1 warning\n"
    )


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        (Detail.NONE, ""),
        (Detail.STEPS, "1 Read\n5 Lay out\n  1 page\n  2 pages\n"),
        (Detail.ALL, "1 Read\n  S\n5 Lay out\n  1 page\n  2 pages\n  S\n"),
    ],
)
def test_progress_in_plain_lines(
    detail: Detail, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the output is no terminal there are lines, and no signs that move a cursor."""
    monkeypatch.setattr("printedition.report.time.monotonic", lambda: 0.0)
    file = io.StringIO()
    with Progress(file, detail) as progress:
        progress("1 Read", "")
        progress("5 Lay out", "1 page")
        progress("5 Lay out", "2 pages")
    assert file.getvalue() == expected.replace("  S\n", "  0.00 s\n")


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal_leaves_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The moving line goes; what a step came to stays, its brackets no markup."""
    monkeypatch.setenv("TERM", "xterm")
    file = Terminal()
    with Progress(file, Detail.STEPS) as progress:
        progress("1 Read", "")
        progress("5 Lay out", "[2] pages")
    shown = file.getvalue()
    assert "1 Read\n" in shown and "  [2] pages\n" in shown and "5 Lay out: [2] pages" in shown
