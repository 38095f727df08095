"""Letters: how dates and names are worded, what heads bear, in which order a chronology stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from printedition import pipeline
from printedition.book import tree
from printedition.book.explaining import explained

Examine = Callable[[dict[str, str]], pipeline.Examination]

SAMPLE = "      sender:\n        - name: 'Ada'\n      addressee:\n        - name: 'Ben'\n"


def letter(dates: str = "", who: str = SAMPLE, more: str = "", lang: str = "en") -> dict[str, str]:
    """An edition of one letter; its dates are items with six blanks before their dash."""
    listed = f"    dates:\n{dates}" if dates else ""
    return {
        "edition.yaml": f"slug: 's'\ntitle: 'S'\nlang: '{lang}'\n{more}"
        "texts:\n  - id: 'a'\n    file: 'a.md'\n    title: 'A'\n"
        f"    letter:\n{who}{listed}"
        "book:\n  - text: 'a'\n  - chronology: 'Dates'\n",
        "a.md": "# A\n\nWords.\n",
    }


def date(event: str, *keys: str) -> str:
    return f"      - event: '{event}'\n" + "".join(f"        {key}\n" for key in keys)


def composed(edition: Examine, files: dict[str, str]) -> tuple[tree.Section, ...]:
    examination = edition(files)
    assert examination.diagnostics == () and examination.book is not None
    return examination.book.sections


def printed_date(edition: Examine, *keys: str, lang: str = "en", more: str = "") -> str:
    first, _ = composed(edition, letter(date("written", *keys), lang=lang, more=more))
    assert first.letter is not None
    return first.letter.date


@pytest.mark.parametrize(
    ("keys", "printed"),
    [
        (("when: '1922-09-26'",), "26 September 1922"),
        (("when: '1922-09'",), "September 1922"),
        (("when: '1922'", "certainty: 'low'"), "1922?"),
        (("when: '1922-09-26'", "inferred: 'true'"), "[26 September 1922]"),
        (("when: '1922-09-26'", "inferred: true", "certainty: medium"), "[26 September 1922?]"),
        (("when: '1922-09-26'", "inferred: 'year'"), "26 September [1922]"),
        (("when: '1922-09-26'", "inferred: 'year'", "certainty: 'low'"), "26 September [1922]?"),
        (
            ("when: '1922-09-26'", "inferred:", "  - 'day'", "  - 'month'"),
            "[26 September] 1922",
        ),
        (("when: '1922-09-26'", "inferred:", "  - day", "  - year"), "[26] September [1922]"),
        (("from: '1922-09-20'", "to: '1922-09-26'"), "20–26 September 1922"),
        (("from: '1922-09-28'", "to: '1922-10-02'"), "28 September – 2 October 1922"),
        (("from: '1922-12-28'", "to: '1923-01-02'"), "28 December 1922 – 2 January 1923"),
        (("from: '1922-09'", "to: '1922-10'"), "September–October 1922"),
        (("from: '1922'", "to: '1923'", "inferred: true"), "[1922–1923]"),
        (("not_before: '1922-09-20'", "not_after: '1922-09-26'"),
         "[between 20 and 26 September 1922]"),
        (("not_before: '1922-09-20'",), "[not before 20 September 1922]"),
        (("after: '1922-09-20'", "before: '1922-10'"),
         "[after 20 September 1922, before October 1922]"),
        (("before: '1922-09-26'", "certainty: 'low'"), "[before 26 September 1922?]"),
        (("date: 'Whitsun'", "when: '1922-06-04'"), "Whitsun"),
        (("date: 'Whitsun'", "when: '1922-06-04'", "inferred: true"), "[Whitsun]"),
    ],
)  # fmt: skip
def test_brackets_question_marks_and_ranges_come_from_the_data(
    edition: Examine, keys: tuple[str, ...], printed: str
) -> None:
    assert printed_date(edition, *keys) == printed


DAY = ("when: '1922-09-01'",)
TIME = ("not_before: '1922-09-20'", "not_after: '1922-10-01'")
AFTER = ("after: '1922-09-20'",)


@pytest.mark.parametrize(
    ("lang", "keys", "printed"),
    [
        ("en-US", DAY, "September 1, 1922"),
        ("en-US", (*DAY, "inferred: 'year'"), "September 1, [1922]"),
        ("en-US", ("from: '1922-09-20'", "to: '1922-09-26'"), "September 20–26, 1922"),
        ("en-US", TIME, "[between September 20 and October 1, 1922]"),
        ("de", DAY, "1. September 1922"),
        ("de", TIME, "[zwischen dem 20. September und dem 1. Oktober 1922]"),
        ("de", ("after: '1922-09'",), "[nach September 1922]"),
        ("fr", DAY, "1er septembre 1922"),
        ("fr", AFTER, "[après le 20 septembre 1922]"),
        ("it", DAY, "1º settembre 1922"),
        ("it", ("before: '1922-09-20'",), "[prima del 20 settembre 1922]"),
        ("es", DAY, "1 de septiembre de 1922"),
        ("es", (*DAY, "inferred: 'year'"), "1 de septiembre [de 1922]"),
        ("ru", DAY, "1 сентября 1922"),
        ("ru", ("when: '1922-09'",), "сентябрь 1922"),
        ("ru", TIME, "[не ранее 20 сентября 1922, не позднее 1 октября 1922]"),
        ("la", ("when: '1522-09'",), "September 1522"),
        ("la", ("when: '1522-09-01'",), "1 Septembris 1522"),
        ("cs", DAY, "1 September 1922"),
    ],
)
def test_dates_are_worded_in_the_language_of_the_edition(
    edition: Examine, lang: str, keys: tuple[str, ...], printed: str
) -> None:
    assert printed_date(edition, *keys, lang=lang) == printed


def test_terms_of_the_edition_take_the_place_of_the_language_s(edition: Examine) -> None:
    terms = "letters:\n  terms:\n    not_before: 'on or after'\n    to: 'For'\n"
    files = letter(date("written", "not_before: '1922-09-20'"), more=terms)
    head = composed(edition, files)[0].letter
    assert head == tree.LetterHead("", "For Ben", "", "[on or after 20 September 1922]")


def test_an_old_list_of_dates_in_words_still_prints(edition: Examine) -> None:
    files = letter(date("written", "date: '12 May'", "inferred: true", "evidence: 'The ink.'"))
    files["edition.yaml"] = files["edition.yaml"].replace("  - chronology: 'Dates'\n", "")
    (text,) = composed(edition, files)
    assert text.letter is not None and text.letter.date == "[12 May]"
    assert text.dates[0].certainty == "inferred" and text.dates[0].evidence


@pytest.mark.parametrize(
    ("who", "parties", "place"),
    [
        ("      sender:\n        - name: 'Ada'\n          inferred: true\n      addressee:\n"
         "        - name: 'Ben'\n          head: 'Bens'\n        - name: 'Cat'\n"
         "          certainty: 'low'\n        - name: 'Dan'\n          inferred: true\n",
         "To Bens, Cat? and [Dan]", ""),
        (SAMPLE + "      place:\n        name: 'Bath'\n        inferred: true\n"
         "      destination:\n        name: 'Wells'\n", "To Ben, Wells", "[Bath]"),
        (SAMPLE.replace("name: 'Ben'", "unknown: true"), "To [an unknown person]", ""),
    ],
)  # fmt: skip
def test_a_head_names_whom_the_letter_is_to(
    edition: Examine, who: str, parties: str, place: str
) -> None:
    head = composed(edition, letter(who=who))[0].letter
    assert head == tree.LetterHead("", parties, place, "[undated]")


def test_the_sender_is_named_where_letters_have_several(edition: Examine) -> None:
    files = letter()
    other = SAMPLE.replace("'Ada'", "'X'").replace("'Ben'", "'Ada'").replace("'X'", "'Ben'")
    second = f"  - id: 'b'\n    file: 'b.md'\n    letter:\n      number: '2'\n{other}"
    files["edition.yaml"] = files["edition.yaml"].replace(
        "book:\n", f"{second}book:\n  - text: 'b'\n"
    )
    files["b.md"] = "# B\n\nWords.\n"
    heads = [s.letter for s in composed(edition, files) if s.letter]
    assert [(head.number, head.parties) for head in heads] == [
        ("2", "Ben to Ada"),
        ("", "Ada to Ben"),
    ]
    files["edition.yaml"] += "letters:\n  heads: 'addressee'\n"
    assert [s.letter.parties for s in composed(edition, files) if s.letter] == ["To Ada", "To Ben"]


def test_the_note_at_the_foot_leaves_out_what_the_head_says_all_of(edition: Examine) -> None:
    dates = date("written", "when: '1922'") + date(
        "registered", "when: '1923'", "number: '7'", "note: 'In *red*.'"
    )
    written, registered = composed(edition, letter(dates))[0].dates
    assert written.is_said and not registered.is_said
    assert (registered.event, registered.number) == ("registered", "no. 7")


def test_a_chronology_has_all_dates_in_the_order_of_time(edition: Examine) -> None:
    events = "events:\n  - event: 'war'\n    from: '1914-07'\n    to: '1918'\n"
    dates = (
        date("received", "before: '1916-03-03'")
        + date("sent", "when: '1916-03-01'")
        + date("written", "not_before: '1916-02-27'", "not_after: '1916-03-01'")
        + date("planned", "when: '1914'")
    )
    _, chronology = composed(edition, letter(dates, more=events))
    rows = [(row.event, row.text) for row in chronology.dates]
    assert rows == [("planned", "A"), ("war", ""), ("written", "A"), ("sent", "A"),
                    ("received", "A")]  # fmt: skip
    assert {row.href for row in chronology.dates} == {"", "a"}


ABBREVIATIONS = (
    "abbreviations:\n  - abbr: 'G.Y.'\n    unlisted: true\n  - abbr: 'R.C.'\n    note: 'unknown'\n"
    "  - abbr: 'C.C.'\n    expansion: 'Central Committee'\n"
)


def abbreviating(top: str = ABBREVIATIONS, book: str = "") -> dict[str, str]:
    files = letter(more=top)
    files["edition.yaml"] += book
    files["a.md"] = "# A\n\nThe C.C.C. and G.Y. R.\n\nThe C.C. and *the C.C. of the R.C.*.\n"
    return files


def test_abbreviations_are_listed_among_the_sigla_or_in_a_section_of_their_own(
    edition: Examine,
) -> None:
    top = ABBREVIATIONS + "  - abbr: 'C.C.C.'\n    unlisted: true\n"
    rows = (tree.SignRow("C.C.", "Central Committee"), tree.SignRow("R.C.", "unknown"))
    sections = composed(edition, abbreviating(top, "  - sigla: 'Sigla'\n"))
    assert sections[-1].abbreviations == rows
    both = composed(edition, abbreviating(top, "  - sigla: 'Sigla'\n  - abbreviations: 'Abb.'\n"))
    assert [section.abbreviations for section in both] == [(), (), (), rows]


def test_an_abbreviation_is_explained_the_first_time_that_a_chapter_has_it(
    edition: Examine,
) -> None:
    top = ABBREVIATIONS + "  - abbr: 'C.C.C.'\n    unlisted: true\n"
    examination = edition(abbreviating(top, "  - sigla: 'Sigla'\n"))
    book = examination.book
    assert book is not None
    text = explained(book.sections[0], book.abbreviations)
    first, second = text.blocks
    assert first == book.sections[0].blocks[0]
    assert isinstance(second, tree.Paragraph)
    assert second.children == (
        tree.Words("The "),
        tree.Abbreviation("C.C.", "Central Committee"),
        tree.Words(" and "),
        tree.Phrase("em", (tree.Words("the C.C. of the R.C."),)),
        tree.Words("."),
    )


def test_an_event_stands_in_the_chronology_with_the_place_that_tells_of_it(
    edition: Examine,
) -> None:
    event = "events:\n  - event: 'war'\n    when: '1914'\n    in: '{}'\n"
    files = letter(more=event.format("a/p1"))
    files["a.md"] = "# A\n\n{#p1}\nWords.\n"
    (row,) = composed(edition, files)[1].dates
    assert (row.text, row.href) == ("A", "a.p1")
    found = edition(letter(more=event.format("a/p2"))).diagnostics
    assert [(one.code, one.message) for one in found] == [
        ("REF001", "there is nothing called “a/p2” to tell of this")
    ]


def test_a_register_lists_the_headings_of_a_type_in_the_order_of_the_index(
    edition: Examine,
) -> None:
    headings = (
        "- heading: 'Zoe'\n  type: 'person'\n  description: 'a friend'\n  forms:\n    - 'Words'\n"
        "- heading: 'Bath'\n  type: 'place'\n  forms:\n    - 'Words'\n"
        "- heading: 'Ada'\n  type: 'person'\n  see: 'Zoe'\n"
        "- heading: 'Émile'\n  type: 'person'\n  forms:\n    - 'Words'\n"
    )
    book = "  - index: 'i.yaml'\n  - register: 'i.yaml'\n{}"
    files = letter() | {"i.yaml": headings}
    record = files["edition.yaml"]
    found = {}
    for kind in ("    type: 'person'\n", ""):
        files["edition.yaml"] = record + book.format(kind)
        examination = edition(files)
        assert examination.book is not None
        *_, index, register = examination.book.sections
        found[kind] = [(row.name, row.description) for row in register.register]
        ids = {item.id for group in index.index for item in group.items}
        assert {row.href for row in register.register} <= ids
    persons, everything = found.values()
    assert persons == [("Émile", ""), ("Zoe", "a friend")]
    assert everything == [("Bath", ""), *persons]
