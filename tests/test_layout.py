"""Each setting of the page on a small edition of its own, read from the finished PDF.

The words of the texts are numbered, word1 word2 …, so that each is found on paper by itself. What
holds of every page whatever its settings is measured in `test_page`.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from jsonschema import Draft202012Validator

from measuring import Line, Sheet, Stream, points, printed_entries, read_pdf
from printedition import pipeline
from printedition.page.breaking import Breaker
from printedition.page.pagemap import SCHEMA
from printedition.page.setting import Setting
from printedition.sources import MemorySources

HEAD = (
    "slug: 'small'\ntitle: 'A Book'\nlang: 'en'\n"
    "witnesses:\n"
    "  - siglum: 'A'\n    description: 'One'\n"
    "  - siglum: 'B'\n    description: 'Another'\n    base: true\n"
)
TEXT = "texts:\n  - id: 'letter'\n    file: 'letter.md'\nbook:\n  - text: 'letter'\n"
COMMENTARY = "  - commentary: 'Notes'\n"
BOTH = frozenset({"pdf", "epub"})


def words(count: int, first: int = 1) -> str:
    """So many numbered words."""
    return " ".join(f"word{number}" for number in range(first, first + count))


def entry(lemma: str, **more: str) -> str:
    """An entry whose lemma witness A omits; `in_` is its block."""
    keys = "".join(f"  {key.rstrip('_')}: '{value}'\n" for key, value in more.items())
    return f"- lemma: '{lemma}'\n{keys}  readings:\n    - wit: 'A'\n      om: true\n"


def note(quoted: str, body: str, kind: str = ".foot") -> str:
    """A note on words of the text."""
    return f"## “{quoted}” {{{kind}}}\n\n{body}\n\n"


@dataclass(frozen=True)
class Made:
    """A build, and its book as it is read."""

    done: pipeline.Build
    folder: Path

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.done.diagnostics]

    @cached_property
    def sheets(self) -> list[Sheet]:
        return read_pdf(self.folder / "small.pdf")

    @cached_property
    def map(self) -> dict[str, Any]:
        mapped: dict[str, Any] = json.loads((self.folder / "small.map.json").read_bytes())
        return mapped

    def printed(self, kind: str) -> str:
        """All words of a kind on all pages, without blanks."""
        return Stream.of([line for sheet in self.sheets for line in sheet[kind]]).letters

    def find(self, word: str, kind: str = "text") -> tuple[Sheet, Line]:
        """Where a numbered word stands."""
        for sheet in self.sheets:
            for line in sheet[kind]:
                if re.search(rf"{word}(?!\d)", line.words):
                    return sheet, line
        raise AssertionError(f"{word} is not printed as {kind}")

    def figures(self) -> list[list[str]]:
        """The line numbers in the margins of each page."""
        return [[line.words.strip() for line in sheet["figure"]] for sheet in self.sheets]


Make = Callable[..., Made]


def print_small(
    folder: Path,
    text: str = f"# Title\n\n{{#p1}}\n{words(100)}\n",
    *,
    keys: str = "",
    apparatus: str = "",
    commentary: str = "",
    head: str = HEAD,
    book: str = TEXT,
    formats: Collection[str] = frozenset({"pdf"}),
    more: Mapping[str, str | bytes] | None = None,
) -> Made:
    """Builds a small edition: its text, keys for edition.yaml, and what stands off."""
    files: dict[str, str | bytes] = {"edition.yaml": head + keys + book, "letter.md": text}
    if apparatus:
        files["apparatus.yaml"] = apparatus
    if commentary:
        files["commentary.md"] = commentary
    sources = MemorySources({**files, **(more or {})})
    return Made(pipeline.build(sources, output=folder, formats=frozenset(formats)), folder)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Builds small editions in a test's own folder."""

    def build(*text: str, output: str = "books", **rest: Any) -> Made:
        return print_small(tmp_path / output, *text, **rest)

    return build


# Line numbers

TWO_TEXTS = (
    "texts:\n  - id: 'letter'\n    file: 'letter.md'\n  - id: 'other'\n    file: 'other.md'\n"
    "book:\n  - text: 'letter'\n  - text: 'other'\n"
)
LONG = f"# Title\n\n{words(400)}\n"


@pytest.mark.parametrize(("every", "wanted"), [("1", 1), ("5", 5)])
def test_every_nth_line_bears_its_number(make: Make, every: str, wanted: int) -> None:
    made = make(keys=f"lines:\n  every: '{every}'\n")
    (sheet,) = made.sheets
    assert len(sheet["text"]) == 13
    numbered = sheet["text"][wanted - 1 :: wanted]
    assert made.figures() == [[str(n) for n in range(wanted, 14, wanted)]]
    for line, figure in zip(numbered, sheet["figure"], strict=True):
        assert figure.baseline == pytest.approx(line.baseline, abs=0.1)


def test_without_figures_entries_are_keyed_by_line_all_the_same(make: Make) -> None:
    made = make(keys="lines:\n  every: 'none'\n", apparatus=entry("word30"))
    assert made.figures() == [[]]
    sheet, line = made.find("word30")
    number = sheet["text"].index(line) + 1
    assert printed_entries(sheet) == f"‹{number}›word30]om.A"


@pytest.mark.parametrize("count", ["page", "section", "book"])
def test_the_count_begins_anew_where_it_is_told(make: Make, count: str) -> None:
    made = make(
        LONG,
        keys=f"lines:\n  every: '1'\n  count: '{count}'\n",
        book=TWO_TEXTS,
        more={"other.md": f"# Other\n\n{words(20, 1001)}\n"},
        apparatus=entry("word390", in_="letter") + entry("word1010", in_="other"),
    )
    lengths = [len(sheet["text"]) for sheet in made.sheets if sheet["text"]]
    assert len(lengths) == 3
    first, second, _ = lengths
    begins = {
        "page": [1, 1, 1], "section": [1, first + 1, 1],
        "book": [1, first + 1, first + second + 1],
    }[count]  # fmt: skip
    wanted = [
        [str(n) for n in range(begin, begin + length)]
        for begin, length in zip(begins, lengths, strict=True)
    ]
    assert [figures for figures in made.figures() if figures] == wanted
    for word in ("word390", "word1010"):
        sheet, line = made.find(word)
        number = next(f for f in sheet["figure"] if abs(f.baseline - line.baseline) < 0.1)
        assert printed_entries(sheet) == f"‹{number.words.strip()}›{word}]om.A"


@pytest.mark.parametrize(
    ("side", "recto_left", "verso_left"),
    [("inner", True, False), ("outer", False, True), ("left", True, True), ("right", False, False)],
)
def test_the_figures_stand_in_their_margin(
    make: Make, side: str, recto_left: bool, verso_left: bool
) -> None:
    made = make(LONG, keys=f"lines:\n  side: '{side}'\n")
    for sheet, left in zip(made.sheets, (recto_left, verso_left), strict=True):
        assert sheet["figure"]
        for figure in sheet["figure"]:
            assert figure.x1 < sheet.left if left else figure.x0 > sheet.right


def test_a_verse_is_one_line_on_the_count_though_it_turns_over(make: Make) -> None:
    verses = "\n".join(words(length, first) for first, length in ((1, 4), (101, 12), (201, 4)))
    made = make(
        f"# Title\n\n{{.verse}}\n{verses}\n",
        keys="lines:\n  every: '1'\n",
        apparatus=entry("word111") + entry("word203"),
    )
    (sheet,) = made.sheets
    first, turning, turned, third = sheet["text"]
    assert made.figures() == [["1", "2", "3"]]
    heights = [figure.baseline for figure in sheet["figure"]]
    assert heights == pytest.approx([first.baseline, turning.baseline, third.baseline], abs=0.1)
    assert turned.x0 > max(first.x0, turning.x0, third.x0) + 10
    assert printed_entries(sheet) == "‹2›word111]om.A‹3›word203]om.A"


def test_the_numbers_of_paragraphs_do_not_follow_the_page(make: Make) -> None:
    text = f"# Title\n\n{words(150)}\n\n{words(10, 501)}\n\n{words(150, 1001)}\n"
    made = [
        make(text, keys=f"{page}lines:\n  every: 'none'\n  paragraphs: true\n", output=output)
        for page, output in (("", "a5"), ("page:\n  size: '120mm 160mm'\n", "small"))
    ]
    assert len(made[0].sheets) != len(made[1].sheets)
    for one in made:
        lines = [line for sheet in one.sheets for line in sheet["figure"]]
        assert [line.words.strip() for line in lines] == ["1", "2", "3"]
        for first, line in zip(("word1", "word501", "word1001"), lines, strict=True):
            _, beside = one.find(first)
            assert line.baseline == pytest.approx(beside.baseline, abs=0.1)


# Bands


def test_a_block_band_begins_a_line_with_each_entry(make: Make) -> None:
    made = make(
        keys="bands:\n  - name: 'variants'\n    form: 'block'\n",
        apparatus=entry("word3") + entry("word5") + entry("word40"),
    )
    (sheet,) = made.sheets
    number = sheet["text"].index(made.find("word40")[1]) + 1
    printed = [Stream.of([line]).letters for line in sheet["band"]]
    assert printed == ["1word3]om.A", "word5]om.A", f"{number}word40]om.A"]


def test_a_band_in_columns_is_read_down_each_and_ends_level(make: Make) -> None:
    made = make(
        keys="bands:\n  - name: 'variants'\n    form: 'block'\n    columns: '2'\n",
        apparatus="".join(entry(f"word{number}") for number in range(1, 80, 20)),
    )
    (sheet,) = made.sheets
    assert len(sheet["band"]) == 2
    rows = [re.findall(r"word(\d+)\]", line.words) for line in sheet["band"]]
    assert rows == [["1", "41"], ["21", "61"]]
    starts = [
        next(g.x0 for g in line.glyphs if g.x0 > (sheet.left + sheet.right) / 2)
        for line in sheet["band"]
    ]
    assert starts == pytest.approx([starts[0]] * 2, abs=0.1)


@pytest.mark.parametrize(
    ("separator", "breadth"), [("space", 0.0), ("rule", 94.0), ("short-rule", 18.0)]
)
def test_what_parts_a_band_is_painted_above_its_heading(
    make: Make, separator: str, breadth: float
) -> None:
    keys = f"bands:\n  - name: 'notes'\n    heading: 'Remarks'\n    separator: '{separator}'\n"
    made = make(keys=keys, commentary=note("word3", "A note."))
    (sheet,) = made.sheets
    heading, words_of_note = sheet["band"]
    assert Stream.of([heading]).letters == "Remarks"
    with pdfplumber.open(made.folder / "small.pdf") as pdf:
        page = pdf.pages[0]
        rules = [(rule["x1"] - rule["x0"], rule["y0"]) for rule in page.rects + page.curves]
    assert {round(length) for length, _ in rules} == ({round(points(breadth))} - {0})
    assert all(heading.top < y < sheet["text"][-1].bottom for _, y in rules)
    assert heading.bottom > words_of_note.top - 1


def test_a_band_above_stands_between_the_head_and_the_text(make: Make) -> None:
    made = make(
        LONG,
        keys="bands:\n  - name: 'sources'\n    above: true\n",
        apparatus=entry("word300", band="sources") + entry("word310"),
    )
    sheet, _ = made.find("word300")
    above, below = sheet["band"]
    assert Stream.of([above]).letters.endswith("word300]om.A")
    assert sheet["text"][0].top < above.bottom and above.top < sheet["head"][0].bottom
    assert Stream.of([below]).letters.endswith("word310]om.A")
    assert sheet["text"][-1].bottom > below.top


def test_what_parts_a_band_above_stands_between_it_and_the_text(make: Make) -> None:
    """A rule stood above it, at the head of the page, where it parted nothing."""
    keys = "bands:\n" + "".join(
        f"  - name: '{name}'\n    heading: 'Some {name}'\n    separator: 'rule'\n    above: true\n"
        for name in ("sources", "testimonia")
    )
    made = make(
        f"# Title\n\n{words(800)}\n",
        keys=keys,
        apparatus=entry("word300", band="sources") + entry("word310", band="testimonia"),
    )
    sheet, _ = made.find("word300")
    heading, sources, second, testimonia = sheet["band"]
    assert Stream.of([heading]).letters == "Somesources"
    with pdfplumber.open(made.folder / "small.pdf") as pdf:
        page = pdf.pages[made.sheets.index(sheet)]
        last, first = sorted({round(rule["y0"]) for rule in page.rects + page.curves})
    assert sources.bottom > first > second.top
    assert testimonia.bottom > last > sheet["text"][0].top
    usual = made.sheets[-1]["text"][0]
    assert heading.top == pytest.approx(usual.top, abs=4), "no blank stands above it"


def test_bands_stand_in_the_order_of_their_declaration_where_they_have_entries(make: Make) -> None:
    made = make(
        f"# Title\n\n{{#p1}}\n{words(60)}[^1]\n\n{{#p2}}\n{words(300, 101)}\n\n[^1]: His own.\n",
        keys="bands:\n  - name: 'notes'\n  - name: 'loans'\n  - name: 'variants'\n",
        apparatus=entry("word5", band="loans") + entry("word7") + entry("word380", band="loans"),
        commentary=note("word3", "Our own."),
    )
    first, second = (Stream.of(sheet["band"]).letters for sheet in made.sheets)
    wanted = "1Ourown.", "1word5]om.A", "1word7]om.A", "*Hisown."
    places = [first.index(words_of_band) for words_of_band in wanted]
    assert places == sorted(places)
    assert re.fullmatch(r"\d+word380\]om\.A", second)


# Entries


def test_a_word_that_stands_twice_in_its_line_bears_its_rank(make: Make) -> None:
    made = make(
        f"# Title\n\n{{#p1}}\nand word1 and word2 {words(100, 3)} and word500\n",
        apparatus=entry("and", in_="p1", nth="2 of 3") + entry("and", in_="p1", nth="3 of 3"),
    )
    (sheet,) = made.sheets
    last = max(n for n, line in enumerate(sheet["text"], 1) if "and" in line.words)
    assert printed_entries(sheet) == f"‹1›and^2]om.A‹{last}›and]om.A"


def test_entries_on_a_title_are_keyed_to_it(make: Make) -> None:
    made = make(apparatus=entry("Title") + entry("word2"))
    assert printed_entries(made.sheets[0]) == "‹tit.›Title]om.A‹1›word2]om.A"


def test_an_entry_over_two_pages_gives_page_and_line(make: Make) -> None:
    plain = make(LONG, output="plain")
    last = re.findall(r"word\d+", plain.sheets[0]["text"][-1].words)[-1]
    number = int(last.removeprefix("word"))
    made = make(
        LONG, apparatus=entry(f"word{number - 20} word{number - 19}", to=f"word{number + 20}")
    )
    first, second = made.sheets
    begin = first["text"].index(made.find(f"word{number - 20}")[1]) + 1
    end = second["text"].index(made.find(f"word{number + 20}")[1]) + 1
    assert printed_entries(first).startswith(f"‹1,{begin}–2,{end}›word")
    assert not second["band"]


def test_a_page_says_which_witnesses_hold_its_text(make: Make) -> None:
    holding = "    extant:\n      - from: 'letter/p1'\n"
    made = make(
        f"# Title\n\n{{#p1}}\n{words(250)}\n\n{{#p2}}\n{words(600, 1001)}\n",
        head=HEAD.replace("    description: 'One'\n", "    description: 'One'\n" + holding),
        apparatus=entry("word3"),
    )
    said = [Stream.of(sheet["band"]).letters for sheet in made.sheets]
    assert said[0].startswith("AB") and said[1] == "AB" and said[-1] == "B"


# Notes


def test_notes_by_line_have_no_call_and_bear_line_lemma_and_rank(make: Make) -> None:
    made = make(
        f"# Title\n\n{{#p1}}\nand word1 and word2 {words(100, 3)}\n",
        keys="notes: 'lines'\n",
        commentary='## p1 “and” {.foot nth="2 of 2"}\n\nSecond.\n\n'
        "## p1 “word4” {.foot to=word30}\n\nLong.\n\n## p1 “word5” {.foot}\n\nFifth.\n",
    )
    (sheet,) = made.sheets
    assert not sheet["call"]
    end = sheet["text"].index(made.find("word30")[1]) + 1
    printed = [Stream.of([line]).letters for line in sheet["band"]]
    assert printed == ["1and]Second.", f"1–{end}word4word5…word29word30]Long.", "1word5]Fifth."]
    assert [glyph.text for glyph in sheet.ranks] == ["2"]


def test_a_note_by_line_on_a_block_bears_its_lines(make: Make) -> None:
    """It kept a numeral, in a text that was to have none."""
    made = make(
        f"# Title\n\n{{#p1}}\n{words(60)}\n\n{{#p2}}\n{words(60, 61)}\n",
        keys="notes: 'lines'\n",
        commentary="## p2 {.foot}\n\nOn all.\n\n## p2 {.foot}\n\nAgain.\n\n"
        "## p2 “word61” {.foot}\n\nOn it.\n",
    )
    (sheet,) = made.sheets
    assert made.codes == [] and not sheet["call"]
    first, end = (sheet["text"].index(made.find(word)[1]) + 1 for word in ("word61", "word120"))
    printed = [Stream.of([line]).letters for line in sheet["band"]]
    lines = f"{first}–{end}"
    assert printed == [f"{lines}Onall.", f"{lines}Again.", f"{first}word61]Onit."]


def test_a_margin_note_beside_notes_by_line_leads_nowhere_wrong(make: Make) -> None:
    """Its words linked to a note at the foot that there was none of, and no book was made."""
    made = make(
        keys="notes: 'lines'\n",
        commentary=note("word3", "Beside.", ".margin") + note("word9", "Below."),
    )
    assert made.codes == []
    assert made.printed("margin") == "Beside." and made.printed("band") == "1word9]Below."


def test_a_note_runs_on_over_as_many_pages_as_it_needs(make: Make) -> None:
    made = make(LONG, commentary=note("word3", words(1200, 2001)) + note("word390", "Last."))
    printed = made.printed("band")
    assert re.findall(r"word(\d{4})", printed) == [str(n) for n in range(2001, 3201)]
    assert len([sheet for sheet in made.sheets if sheet["band"]]) > 2
    assert printed.endswith("2Last.")
    assert made.find("word390")[0] is made.find("Last", "band")[0]
    assert Stream.of([x for s in made.sheets for x in s["text"]]).letters == words(400).replace(
        " ", ""
    )


def test_a_margin_note_without_room_is_a_note_at_the_foot_of_both_books(make: Make) -> None:
    made = make(
        commentary=note("word3", words(200, 2001), ".margin") + note("word9", "At the foot."),
        formats=BOTH,
    )
    assert made.codes == ["PAG001"]
    assert not made.printed("margin")
    assert made.printed("band").startswith("1" + words(200, 2001).replace(" ", "") + "2Atthe")
    with zipfile.ZipFile(made.folder / "small.epub") as archive:
        chapters = [archive.read(name).decode() for name in archive.namelist() if "xhtml" in name]
    (chapter,) = [chapter for chapter in chapters if "word2001" in chapter]
    notes = [re.sub(r"<[^>]+>", "", part) for part in chapter.split('class="note ')[1:]]
    assert [re.search(r"(\d) (word2001|At the)", part) is not None for part in notes] == [True] * 2
    assert re.search(r'word3<sup class="call note"><a [^>]*>1</a>', chapter)


def test_end_notes_are_cited_by_page_and_line_under_heads_that_say_which(make: Make) -> None:
    made = make(
        f"# Title\n\n{words(500)}\n",
        book=TEXT + COMMENTARY,
        commentary=note("word3", "First.", ".end")
        + note("word260", words(500, 2001), ".end")
        + note("word490", "Last.", ".end"),
    )
    for word in ("word3", "word260", "word490"):
        sheet, line = made.find(word)
        number = sheet["text"].index(line) + 1
        assert f"{sheet.folio}.{number}{word}" in made.printed("text")
    heads = ["".join(g.text for x in s["head"] for g in x.glyphs if g.italic) for s in made.sheets]
    pages = [made.find(word)[0].folio for word in ("word260", "word490")]
    after = [head for head in heads if head.startswith("Notes to")]
    assert after[0] == f"Notes to p. {pages[0]}"
    assert after[-1] in (f"Notes to pp. {pages[0]}–{pages[1]}", f"Notes to p. {pages[1]}")


# At rest, and what the proofs find


def test_pages_that_do_not_rest_are_proved_and_the_books_stay(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make(apparatus=entry("word3"), formats=BOTH)
    before = {path.name: path.read_bytes() for path in whole.folder.iterdir()}
    real = Setting._correct
    monkeypatch.setattr(Setting, "_correct", lambda *told: real(*told) or 0)
    made = make(apparatus=entry("word3") + entry("word5"), formats=BOTH)
    assert made.codes == ["PAG002"]
    (found,) = made.done.diagnostics
    assert found.span.source == "apparatus.yaml" and "(page 1)" in found.message
    assert made.done.written == ()
    after = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    proof = after.pop("small.proof.pdf")
    assert after == before
    (made.folder / "small.pdf").write_bytes(proof)
    assert "proof:thispageisnotright" in made.printed("band")


def test_a_picture_higher_than_the_page_is_told_at_its_place(make: Make) -> None:
    made = make(
        book=TEXT.replace("book:\n", "book:\n  - prose: 'preface.md'\n"),
        more={
            "preface.md": "# Preface\n\nWords.\n\n![A tower](tower.png)\n",
            "tower.png": _picture(40, 2000),
        },
    )
    assert made.codes == ["PAG003"]


def test_an_entry_on_another_page_is_found_in_the_proofs(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def astray(breaker: Breaker, more: dict[int, float]) -> Any:
        plans = paginate(breaker, more)
        plans[1].entries = plans[0].entries
        plans[0].entries = []
        return plans

    paginate = Breaker.paginate
    monkeypatch.setattr(Breaker, "paginate", astray)
    made = make(LONG, apparatus=entry("word3"))
    assert made.codes == ["PAG004"]
    assert made.done.diagnostics[0].span.source == "apparatus.yaml"


@pytest.mark.parametrize("spoil", ["lost", "headless", "short"])
def test_a_note_that_is_not_whole_is_found_in_the_proofs(
    make: Make, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    def spoiled(breaker: Breaker, more: dict[int, float]) -> Any:
        plans = paginate(breaker, more)
        (piece,) = plans[0].pieces
        plans[0].pieces = {
            "lost": [], "headless": [replace(piece, start=1)],
            "short": [replace(piece, stop=piece.stop - 1)],
        }[spoil]  # fmt: skip
        return plans

    paginate = Breaker.paginate
    monkeypatch.setattr(Breaker, "paginate", spoiled)
    made = make(commentary=note("word3", words(40, 2001)))
    assert made.codes[0] == "PAG005"
    assert made.done.diagnostics[0].span.source == "commentary.md"


@pytest.mark.parametrize("spoil", ["lost", "too low"])
def test_a_margin_note_that_is_lost_is_found_in_the_proofs(
    make: Make, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    def spoiled(setting: Setting, page: int) -> Any:
        notes, tops = spread(setting, page)
        return (notes, [top + 1000 for top in tops]) if spoil == "too low" else ([], [])

    spread = Setting.spread
    monkeypatch.setattr(Setting, "spread", spoiled)
    made = make(commentary=note("word3", "Beside.", ".margin"))
    assert set(made.codes) == {"PAG005"}
    assert made.done.diagnostics[0].span.source == "commentary.md"


# Prose


def _prose(rows: int, after: int = 0) -> str:
    """Prose of 20 lines, with a table and then so many words."""
    table = "".join(f"| row{number} | x |\n" for number in range(1, rows + 1))
    return f"# Preface\n\n{words(180)}\n\n| A | B |\n|---|---|\n{table}\n{words(after, 501)}\n"


@pytest.mark.parametrize(("rows", "pages"), [(12, [set(), set(range(1, 13))]), (60, None)])
def test_a_table_of_prose_is_kept_together_where_it_fits_on_a_page(
    make: Make, rows: int, pages: list[set[int]] | None
) -> None:
    made = make(
        book=TEXT.replace("book:\n", "book:\n  - prose: 'preface.md'\n"),
        more={"preface.md": _prose(rows)},
    )
    with pdfplumber.open(made.folder / "small.pdf") as pdf:
        told = [page.extract_text() for page in pdf.pages]
    found = [{int(number) for number in re.findall(r"row(\d+)", text)} for text in told]
    if pages is not None:
        assert found[: len(pages)] == pages
    else:
        assert found[0], "one that fits on no page begins where it stands"


def test_the_last_page_of_prose_has_five_lines_of_its_last_paragraph(make: Make) -> None:
    """It had two or three, and the rest of the page was blank."""
    made = make(
        book=TEXT.replace("book:\n", "book:\n  - prose: 'preface.md'\n"),
        more={"preface.md": f"# Preface\n\n{words(226)}\n"},
    )
    lines = [len(sheet["text"]) for sheet in made.sheets if sheet["text"]]
    assert lines[1] == 5


# The page map


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Made]:
    """One edition with a little of everything, built twice."""
    one, other = (
        print_small(
            tmp_path_factory.mktemp("books"),
            LONG,
            apparatus=entry("Title") + entry("word30") + entry("word300"),
            commentary=note("word3", "Foot.") + note("word310", "Beside.", ".margin"),
            formats=BOTH,
        )
        for _ in range(2)
    )
    return one, other


def test_the_page_map_keeps_its_schema_and_equal_builds_have_equal_maps(
    mapped: tuple[Made, Made],
) -> None:
    one, other = mapped
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(one.map)) == []
    first, second = ((made.folder / "small.map.json").read_bytes() for made in (one, other))
    assert first == second


def test_the_page_map_says_what_the_paper_shows(mapped: tuple[Made, Made]) -> None:
    made, _ = mapped
    assert [page["label"] for page in made.map["pages"]] == [s.folio for s in made.sheets]
    assert [page["side"] for page in made.map["pages"]] == ["recto", "verso"]
    counts = [len(sheet["text"]) for sheet in made.sheets]
    assert [page["lines"] for page in made.map["pages"]] == counts
    rows = [row for row in made.map["texts"]["letter"] if row["number"]]
    printed = [
        {"page": sheet.folio, "number": number, **_ends(line)}
        for sheet in made.sheets
        for number, line in enumerate(sheet["text"], 1)
    ]
    assert rows == printed


def _ends(line: Line) -> dict[str, str]:
    found = re.findall(r"word\d+", "".join(g.text for g in line.glyphs))
    return {"first": found[0], "last": found[-1]}


def test_what_stands_off_is_in_its_box_of_the_page_map(mapped: tuple[Made, Made]) -> None:
    made, _ = mapped
    entries = [(row["band"], row["page"], row["line"]) for row in made.map["entries"]]
    sheet, line = made.find("word300")
    number = str(sheet["text"].index(line) + 1)
    assert sorted(entries) == sorted(
        [("variants", "1", "tit."), ("notes", "1", "1"), ("variants", sheet.folio, number),
         ("variants", "1", str(made.sheets[0]["text"].index(made.find("word30")[1]) + 1))]
    )  # fmt: skip
    (beside,) = made.map["margins"]
    sheet, line = made.find("Beside", "margin")
    left, top, right, bottom = beside["box"]
    assert left - 0.5 <= line.x0 and line.x1 <= right + 0.5
    assert top - 0.5 <= sheet.height - line.top and sheet.height - line.bottom <= bottom + 0.5
    for row in made.map["entries"]:
        (sheet,) = [sheet for sheet in made.sheets if sheet.folio == row["page"]]
        left, top, right, bottom = row["box"]
        inside = [
            glyph
            for line in sheet["band"]
            for glyph in line.glyphs
            if glyph.text.strip() and left - 0.5 <= glyph.x0 and glyph.x1 <= right + 0.5
            and top - 0.5 <= sheet.height - glyph.baseline <= bottom + 0.5
        ]  # fmt: skip
        assert "".join(glyph.text for glyph in inside) in Stream.of(sheet["band"]).letters
        assert inside
    boxes = [(row["page"], *row["box"]) for row in made.map["entries"] if row["band"] == "variants"]
    assert all(a[0] != b[0] or a[3] <= b[1] + 0.1 or a[4] <= b[2] + 0.1 for a, b in pairwise(boxes))


def _picture(width: int, height: int) -> bytes:
    from io import BytesIO

    from PIL import Image

    data = BytesIO()
    Image.new("L", (width, height), 200).save(data, "PNG")
    return data.getvalue()
