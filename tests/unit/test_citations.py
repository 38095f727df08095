"""Citations and lists of works: as styles print them, and the mended faults of citeproc-py."""

from __future__ import annotations

import os
import re
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printedition.book import tree
from printedition.book.citations import HOUSE_STYLE
from printedition.book.house import house_folder
from printedition.book.marked_words import Manners, composed, from_data, tidied
from printedition.book.processor import Processor
from printedition.diagnostics import Findings
from printedition.edition.bibliography import Bibliography, WorkDate
from printedition.edition.text import Citation, Cite, CitedPlace, plain_text
from printedition.pipeline import examine
from printedition.reading.attributes import Setting
from printedition.reading.bibliography import read_bibliography
from printedition.reading.inline import parse_inline
from printedition.reading.lines import Line
from printedition.sources import MemorySources, SourceFile

DATA = Path(__file__).parent.parent / "data"
GOLDEN = DATA / "citations.txt"
WORKS = (DATA / "works.yaml").read_text(encoding="utf-8")
AUTHOR_DATE = (DATA / "author-date.csl").read_text(encoding="utf-8")
NOTES = (house_folder("styles") / HOUSE_STYLE).read_text(encoding="utf-8")
STYLES = {
    "Chicago notes, English": (NOTES, "en"),
    "Chicago notes, German": (NOTES, "de"),
    "author and date, English": (AUTHOR_DATE, "en-GB"),
    "author and date, German": (AUTHOR_DATE, "de"),
}


def works(text: str = WORKS) -> Bibliography:
    findings = Findings()
    bibliography = read_bibliography(SourceFile("bibliography.yaml", text), findings)
    assert not findings.diagnostics
    return bibliography


def shown(nodes: Any) -> str:
    """Composed nodes, their marks as tags."""
    if isinstance(nodes, tuple):
        return "".join(shown(node) for node in nodes)
    if isinstance(nodes, tree.Phrase):
        inner = shown(nodes.children)
        return inner if nodes.kind == "citation" else f"<{nodes.kind}>{inner}</{nodes.kind}>"
    assert isinstance(nodes, tree.Words)
    return nodes.text


def read(words: str, *, prose: bool = True) -> tuple[Any, Findings]:
    findings = Findings()
    setting = Setting("a.md", findings, prose=prose)
    return parse_inline([Line(words, 0)], setting), findings


def cite(words: str) -> Cite:
    (citation,), findings = read(words)
    assert isinstance(citation, Citation) and not findings.diagnostics
    (only,) = citation.cites
    return only


def edition(preface: str, **files: str) -> MemorySources:
    record = {
        "edition.yaml": "slug: 'a'\ntitle: 'A'\nlang: 'en'\n"
        + files.pop("settings", "")
        + "texts:\n  - id: 't'\n    file: 't.md'\nbook:\n  - prose: 'p.md'\n  - text: 't'\n"
        + files.pop("list", "  - sources: 'Works'\n"),
        "t.md": "# T\n\nWords [@cw42] of the author.\n",
        "p.md": f"# P\n\n{preface}\n",
        "bibliography.yaml": WORKS.replace("references:", "nocite: '@*'\nreferences:"),
    }
    return MemorySources({**record, **{name.replace("__", "."): t for name, t in files.items()}})


def printed(preface: str, **files: str) -> str:
    """The first section of a book with this preface."""
    examination = examine(edition(preface, **files))
    assert examination.book, examination.diagnostics
    return "\n".join(
        shown(block.children)
        for block in examination.book.sections[0].blocks
        if isinstance(block, tree.Paragraph)
    )


# As styles print them


def test_each_style_prints_as_its_golden_has_it() -> None:
    parts = []
    for name, (style, lang) in STYLES.items():
        processor = Processor(style, lang, works().works)
        lines = [f"== {name}", ""]
        for key, place, named in (
            *((work.key.text, None, False) for work in works().works),
            ("cw42", CitedPlace("page", "421-423"), False),
            ("cw42", CitedPlace("page", "12"), False),
            ("cw42", CitedPlace("page", "12"), False),
            ("article", CitedPlace("page", "422"), False),
            ("article", CitedPlace("line", "5-8"), True),
        ):
            (said,) = processor.cite([(key, place, named)])
            lines.append(shown(composed(said, linked=False)))
        lines += ["", *(f"{key}: {shown(composed(said))}" for key, said in processor.listed())]
        parts.append("\n".join(lines) + "\n")
    text = "\n".join(parts)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


# As they are written


@pytest.mark.parametrize(
    ("words", "place", "after"),
    [
        ("[@a]", None, ""),
        ("[@a, p. 12]", ("page", "12"), ""),
        ("[@a, 12]", ("page", "12"), ""),
        ("[@a p. 12]", ("page", "12"), ""),
        ("[@a, pp. 33-35, 38-39 and passim]", ("page", "33-35, 38-39"), "and passim"),
        ("[@a, vol. XXXVI]", ("volume", "XXXVI"), ""),
        ("[@a, Bd. 2, S. 3]", ("volume", "2"), ", S. 3"),
        ("[@a, fol. 12r–13v]", ("folio", "12r–13v"), ""),
        ("[@a, §§ 3–4]", ("section", "3–4"), ""),
        ("[@a, с. 214]", ("page", "214"), ""),
        ("[@a, s.v. 3]", ("sub-verbo", "3"), ""),
        ("[@a, p. 12 f.]", ("page", "12 f."), ""),
        ("[@a, p. 12.]", ("page", "12"), "."),
        ("[@a, {ii, A, D-Z}, with a suffix]", ("page", "ii, A, D-Z"), ", with a suffix"),
        ("[@a, in his words]", None, ", in his words"),
        ("[@a, cf. 3]", None, ", cf. 3"),
    ],
)  # fmt: skip
def test_a_place_is_what_pandoc_takes_for_one(
    words: str, place: tuple[str, str] | None, after: str
) -> None:
    found = cite(words)
    assert found.place == (CitedPlace(*place) if place else None)
    assert plain_text(found.after) == after


def test_words_stand_before_a_key_and_its_author_may_be_left_out() -> None:
    (citation,), _ = read("[see *esp.* -@a.b:c, p. 3; but @{https://x.org}]")
    first, second = citation.cites
    assert (first.key, first.author_named, second.key) == ("a.b:c", True, "https://x.org")
    assert [plain_text(one.before).strip() for one in citation.cites] == ["see esp.", "but"]
    assert all("[see *esp.* -@a.b:c"[one.span.start :].startswith("*esp.*")
               for one in first.before if one.span.start == 5)  # fmt: skip


@pytest.mark.parametrize("words", ["[a@b.org]", "\\[@a]", "[\\@a]", "[words]", "@a says"])
def test_what_is_no_citation_is_printed(words: str) -> None:
    inlines, findings = read(words)
    assert plain_text(inlines) == words.replace("\\", "") and not findings.diagnostics


def test_in_a_text_a_citation_is_the_authors() -> None:
    inlines, _ = read("Words [@cw42, p. 3].", prose=False)
    assert plain_text(inlines) == "Words [@cw42, p. 3]."
    book = examine(edition("See [@cw42].")).book
    assert book and isinstance(block := book.sections[1].blocks[0], tree.Paragraph)
    assert shown(block.children) == "Words [@cw42] of the author."


@given(st.text("[]@{};,.-* a1\\p\n", max_size=24))
def test_no_words_make_the_reader_of_citations_fail(words: str) -> None:
    inlines, findings = read(f"[{words}@a{words}]")
    assert inlines or findings.diagnostics
    assert all(found.span.start <= found.span.end for found in findings.diagnostics)


# In the book


def test_a_citation_that_ends_a_paragraph_ends_with_the_stop_of_its_style() -> None:
    assert printed("See [@cw42]\n\nSee [@cw42].\n\n[@cw42]").splitlines() == [
        "See V. I. Lenin, <em>Collected Works</em>, trans. Bernard Isaacs, vol. 42 (Moscow: "
        "Progress Publishers, 1971).",
        "See ibid.",
        "Ibid.",
    ]


def test_ibid_does_not_lead_back_over_the_beginning_of_a_section() -> None:
    book = examine(edition("[@cw42]", q__md="# Q\n\n[@cw42]\n", list="  - prose: 'q.md'\n")).book
    assert book and isinstance(block := book.sections[2].blocks[0], tree.Paragraph)
    assert shown(block.children) == "Lenin, <em>Collected Works</em>."


def test_works_of_one_citation_stand_in_the_order_in_which_they_are_written() -> None:
    style = {"settings": "citation_style: 's.csl'\n", "s__csl": AUTHOR_DATE}
    assert printed("So [see @years, p. 3; *and* @cw42 too; -@First] says.", **style) == (
        "So (see Institute of Things 1950–1955, p. 3; <em>and</em> Lenin 1971 too; 1930a) says."
    )


def test_citations_lead_to_the_list_but_not_out_of_another_link() -> None:
    examination = examine(edition("[@cw42] [so [@cw42]](https://example.org) [in [@cw42]]{ref=t}"))
    assert examination.book
    (block,) = examination.book.sections[0].blocks
    assert isinstance(block, tree.Paragraph)
    links = [node.href for node in _phrases(block.children)]
    rows = {row.id: shown(row.children) for row in examination.book.sections[2].works}
    assert links == ["work.1", "", "https://example.org", "", "t"]
    assert "Moscow" in rows["work.1"] and len(rows) == 9


def test_without_a_list_nothing_is_linked() -> None:
    book = examine(edition("[@cw42]", list="")).book
    assert book and isinstance(block := book.sections[0].blocks[0], tree.Paragraph)
    assert [node.href for node in _phrases(block.children)] == [""]


def _phrases(nodes: tuple[tree.Inline, ...]) -> list[tree.Phrase | tree.Reference]:
    found: list[tree.Phrase | tree.Reference] = []
    for node in nodes:
        if isinstance(node, tree.Reference) or (
            isinstance(node, tree.Phrase) and node.kind != "em"
        ):
            found += [*_phrases(node.children), node]
    return found


def test_a_bibliography_that_cannot_be_read_makes_no_key_unknown() -> None:
    found = examine(edition("[@cw42]", bibliography__yaml="- id: 'a\n")).diagnostics
    assert {one.code for one in found} == {"SRC002"}


# Data


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("'1922-09-26'", WorkDate(((1922, 9, 26),))),
        ("1950/1955", WorkDate(((1950,), (1955,)))),
        ("1888~", WorkDate(((1888,),), circa=True)),
        ("'-0044'", WorkDate(((-44,),))),
        ("around 1888", WorkDate(literal="around 1888")),
        ("1922-13-01/x", WorkDate(literal="1922-13-01/x")),
        ("\n    date-parts:\n    - - 1922\n    - - 1923", WorkDate(((1922,), (1923,)))),
        ("\n  - year: 1922\n    month: 9", WorkDate(((1922, 9),))),
        ("\n    literal: '1922'", WorkDate(literal="1922")),
        ("\n    raw: 1922-09", WorkDate(((1922, 9),))),
        ("\n    date-parts:\n    - - 1922\n    circa: true", WorkDate(((1922,),), circa=True)),
    ],
)  # fmt: skip
def test_dates_are_read_in_all_forms_of_csl_yaml(written: str, date: WorkDate) -> None:
    text = f"- id: a\n  type: book\n  title: A\n  issued: {written}\n"
    assert works(text).works[0].dates["issued"] == date


def test_a_day_that_does_not_exist_is_told() -> None:
    findings = Findings()
    text = (
        "- id: a\n  type: book\n  title: A\n  issued:\n    date-parts:\n    - - 1922\n      - 25\n"
    )
    read_bibliography(SourceFile("bibliography.yaml", text), findings)
    (found,) = findings.diagnostics
    assert (found.code, found.message) == ("SRC005", "there is no such day as 1922-25")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("a <i>b</i> <b>c</b>", "a <em>b</em> <strong>c</strong>"),
        ("<i>a <b>b</i>", "a b"),
        ("*a* b*c", "<em>a</em> b*c"),
        ('<span class="nocase">iPod</span>', "iPod"),
        ('<span style="font-variant:small-caps;">AD</span>', "<small-caps>AD</small-caps>"),
        ("<script>alert(1)</script> & <x>", "<script>alert(1)</script> & <x>"),
        ("the author's", "the author’s"),
        ("x\ufdd0y\ufddf", "xy"),
    ],
)
def test_only_the_marks_of_csl_and_markdown_are_marks(data: str, words: str) -> None:
    assert shown(composed(from_data(data))) == words


@pytest.mark.parametrize(
    ("words", "tidy"),
    [
        ("“A”, b", "“A,” b"),
        ("“A?”, b", "“A?” b"),
        ("“U.S.S.R.”, b", "“U.S.S.R.,” b"),
        ("“U.S.S.R.”.", "“U.S.S.R.”"),
        ("“A “b” c”", "“A ‘b’ c”"),
        ("\ufdd0A.\ufddf.", "\ufdd0A.\ufddf"),
        ("a  \ufdd0 b\ufddf", "a \ufdd0b\ufddf"),
        ("\ufdde, 1971, 12", "1971, 12"),
    ],
)
def test_stops_and_quotation_marks_are_put_in_order(words: str, tidy: str) -> None:
    assert tidied(words, Manners(inside=True)) == tidy


@given(st.text(string.ascii_letters + "<>/ &*'\"[]{}.,?\ufdd0\ufdde\ufddf", max_size=20))
def test_no_letter_of_a_title_is_lost_and_no_sign_of_ours_is_printed(title: str) -> None:
    words = shown(composed(tidied(from_data(title), Manners(inside=True))))
    words = re.sub(r"</?(em|strong|superior|inferior|small-caps)>", "", words)
    plain = re.sub(r"</?(i|em|b|sup|sub|sc|span)(\s[^<>]*)?>", "", title, flags=re.I)
    assert re.sub(r"[^A-Za-z]", "", words) == re.sub(r"[^A-Za-z]", "", plain)
    assert not set(words) & set("\ufdd0\ufdde\ufddf")


# The faults of citeproc-py


def style(citation: str, macros: str = "", attributes: str = "") -> str:
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0" {attributes}>'
        f"<info/>{macros}<citation><layout>{citation}</layout></citation></style>"
    )


def said(citation: str, key: str = "cw42", *, lang: str = "en", **more: Any) -> str:
    processor = Processor(style(citation, **more), lang, works().works)
    (words,) = processor.cite([(key, None, False)])
    return shown(composed(words, linked=False))


def test_a_macro_in_italics_can_still_change_its_case() -> None:
    macro = '<macro name="m"><text variable="title" font-style="italic"/></macro>'
    upper = '<text macro="m" text-case="capitalize-all"/>'
    assert said(upper, macros=macro) == "<em>Collected Works</em>"


def test_titles_in_other_letters_keep_their_small_ones() -> None:
    title = '<text variable="title" text-case="title"/>'
    assert said(title) == "Collected Works"
    assert said(title, "сборник") == "Ленинский сборник"
    assert said(title, lang="de") == "Collected works"


def test_what_stands_for_names_is_not_printed_again() -> None:
    macro = '<macro name="m"><text variable="title"/></macro>'
    names = '<names variable="editor"><substitute><text macro="m"/></substitute></names>'
    assert said(f'{names}<text variable="title" prefix=", "/>', macros=macro) == "Collected works"


def test_a_condition_of_disambiguation_is_never_met() -> None:
    chosen = '<choose><if disambiguate="true"><text value="a"/></if>' \
             '<else><text value="b"/></else></choose>'  # fmt: skip
    assert said(chosen) == "b"


def test_a_label_is_not_printed_without_its_number() -> None:
    labelled = '<label variable="issue"/><text variable="title"/>'
    assert said(labelled) == "Collected works"
    assert said('<label variable="number-of-volumes"/>', "years") == "volumes"


def test_a_number_whose_name_has_a_hyphen_is_found() -> None:
    assert said('<number variable="number-of-volumes"/>', "years") == "3"


def test_the_form_of_one_date_does_not_pass_to_others() -> None:
    long = '<date variable="issued" form="text" date-parts="year-month"/>'
    short = long.replace("/>", '><date-part name="month" form="short"/></date>').replace(
        "year-month", "year-month"
    )
    assert said(f"{short} {long}", "chapter", lang="en").endswith("March 1999")


def test_ordinals_are_those_of_the_language_though_the_style_has_terms_of_its_own() -> None:
    own = '<locale xml:lang="de"><terms><term name="edition">Aufl.</term></terms></locale>'
    number = '<number variable="edition" form="ordinal"/>'
    assert said(number, "chapter", lang="de", macros=own) == "2."


@pytest.mark.parametrize(
    ("form", "pages", "shown_pages"),
    [
        ("chicago-16", "421-423", "421–23"),
        ("chicago-16", "100-104, 1496–1504", "100–104, 1496–1504"),
        ("chicago-16", "xii-xv", "xii–xv"),
        ("minimal", "421–423", "421–3"),
        ("minimal-two", "5-8", "5–8"),
        ("minimal-two", "5-12", "5–12"),
        ("expanded", "421-423n", "421–423n"),
    ],
)  # fmt: skip
def test_ranges_of_cited_pages_are_shortened_by_the_style(
    form: str, pages: str, shown_pages: str
) -> None:
    text = style('<text variable="locator"/>', attributes=f'page-range-format="{form}"')
    processor = Processor(text, "en", works().works)
    assert [*processor.cite([("cw42", CitedPlace("page", pages), False)])] == [shown_pages]


def test_given_names_are_not_made_initials_against_the_style() -> None:
    names = '<names variable="author"><name initialize="{}" initialize-with=". "/></names>'
    assert said(names.format("false"), "chapter") == "Hans Müller"
    assert said(names.format("true"), "chapter") == "H. Müller"


def test_names_without_a_form_are_printed() -> None:
    assert said('<names variable="author"/>') == "V. I. Lenin"


def test_lists_are_sorted_without_accents_and_marks() -> None:
    processor = Processor(AUTHOR_DATE, "en", works().works)
    assert [key for key, _ in processor.listed()][:3] == ["article", "First", "first"]


def test_keys_that_differ_in_case_alone_are_two_works() -> None:
    processor = Processor(AUTHOR_DATE, "en", works().works)
    assert [*processor.cite([("First", None, False), ("first", None, False)])] == [
        "Éluard 1930a",
        "Éluard 1930b",
    ]


def test_an_entity_in_a_style_is_never_followed() -> None:
    text = style("<text value='&x;'/>").replace(
        "<style", '<!DOCTYPE style [<!ENTITY x SYSTEM "/etc/hostname">]><style', 1
    )
    found = examine(edition("[@cw42]", settings="citation_style: 's.csl'\n", s__csl=text))
    assert [one.code for one in found.diagnostics] == ["BIB005"]
