"""A volume: editions included whole, each in its namespace, merged where they name the same."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from course_reader import course_reader
from epubchecking import messages_on
from printedition import pipeline
from printedition.book import tree
from printedition.cli import main
from printedition.ebook.notes import sigla_of as explained
from printedition.edition.quotation import Passage
from printedition.sources import DiskSources, MemorySources, Span
from volumes import DECREE, MEMO, RECORD, VOLUME, inside


def examined(files: Mapping[str, str]) -> pipeline.Examination:
    return pipeline.examine(MemorySources(dict(files)))


def book_of(files: Mapping[str, str]) -> tree.Book:
    examination = examined(files)
    assert examination.book is not None, examination.diagnostics
    return examination.book


def section(book: tree.Book, name: str) -> tree.Section:
    return next(one for one in book.sections if one.id == name)


def index_of(book: tree.Book) -> dict[str, list[str]]:
    """The headings of the index with the places that they lead to."""
    return {
        item.heading: [locator.place for locator in item.locators]
        for one in book.sections
        for group in one.index
        for item in group.items
    }


def sigla_of(book: tree.Book, name: str) -> list[str]:
    entries = (note.entry for note in section(book, name).notes if note.entry)
    return [siglum for entry in entries for one in entry.readings for siglum in one.holders.sigla]


def told(files: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(found.code, found.span.source) for found in examined(files).diagnostics]


def test_an_edition_stands_where_it_is_included_without_what_the_volume_prints_itself() -> None:
    book = book_of(VOLUME)
    assert [(one.kind, one.id) for one in book.sections] == [
        ("title-page", "title-page"),
        ("contents", "contents"),
        ("part", "part-part-one"),
        ("text", "decree.main"),
        ("commentary", "decree.commentary"),
        ("text", "memo.main"),
        ("part", "part-part-two"),
        ("text", "own"),
        ("sigla", "sigla"),
        ("permissions", "permissions"),
        ("index", "index"),
    ]


def test_the_contents_rank_parts_editions_and_their_sections() -> None:
    rows = section(book_of(VOLUME), "contents").contents
    assert [(row.level, row.title) for row in rows] == [
        (1, "Part one"),
        (2, "A decree"),
        (3, "Notes"),
        (2, "A memorandum"),
        (1, "Part two"),
        (2, "Of our own"),
        (1, "Sigla"),
        (1, "Sources and rights"),
        (1, "Index"),
    ]


def test_an_edition_of_another_title_than_its_first_section_has_a_line_above_it() -> None:
    record = RECORD.replace("texts/memo'\n", "texts/memo'\n    title: 'Papers'\n")
    book = book_of({**VOLUME, "edition.yaml": record})
    rows = [(row.level, row.title, row.href) for row in section(book, "contents").contents]
    assert (2, "Papers", "memo.main") in rows
    assert (3, "A memorandum", "memo.main") in rows
    assert section(book, "memo.main").volume == "Papers"


def test_blocks_of_one_name_are_told_apart_by_the_namespace() -> None:
    own = section(book_of(VOLUME), "own").blocks[0]
    assert isinstance(own, tree.Paragraph)
    links = [node.href for node in own.children if isinstance(node, tree.Reference)]
    assert links == ["decree.main.p1"]


def test_a_reference_inside_an_edition_stays_in_it() -> None:
    notes = [
        note
        for _, group in section(book_of(VOLUME), "decree.commentary").end_notes
        for note in group
    ]
    block = notes[0].blocks[0]
    assert isinstance(block, tree.Paragraph)
    links = [node.href for node in block.children if isinstance(node, tree.Reference)]
    assert links == ["decree.main.p1"]


def test_the_id_of_an_edition_leads_to_its_first_page() -> None:
    book = book_of({**VOLUME, "own.md": "# Of our own\n\nAs in [the memorandum]{ref=memo}.\n"})
    own = section(book, "own").blocks[0]
    assert isinstance(own, tree.Paragraph)
    links = [node.href for node in own.children if isinstance(node, tree.Reference)]
    assert links == ["memo.main"]


def test_sigla_that_clash_bear_raised_figures() -> None:
    book = book_of(VOLUME)
    assert sigla_of(book, "decree.main") == ["T¹"]
    assert sigla_of(book, "memo.main") == ["T²"]
    assert [row.siglum for row in section(book, "sigla").sigla] == ["T¹", "T²"]


def test_a_witness_that_both_describe_alike_is_one() -> None:
    record = MEMO["edition.yaml"].replace(
        "The typescript of the memorandum", "The print of A decree"
    )
    book = book_of({**VOLUME, **inside("texts/memo", {**MEMO, "edition.yaml": record})})
    assert [row.siglum for row in section(book, "sigla").sigla] == ["T"]
    assert sigla_of(book, "memo.main") == ["T"]


def test_an_edition_may_keep_its_list_of_witnesses_and_its_sigla() -> None:
    record = RECORD.replace("book:\n", "sigla: 'per-text'\nbook:\n")
    files = {**VOLUME, "edition.yaml": record}
    for name, own in (("decree", DECREE), ("memo", MEMO)):
        more = own["edition.yaml"] + "  - sigla: 'Witnesses'\n"
        files |= inside(f"texts/{name}", {**own, "edition.yaml": more})
    book = book_of(files)
    assert sigla_of(book, "decree.main") == sigla_of(book, "memo.main") == ["T"]
    lists = {one.id: one.sigla for one in book.sections if one.kind == "sigla"}
    said_of = {name: [(row.siglum, said((row.description,))) for row in rows]
               for name, rows in lists.items()}  # fmt: skip
    assert said_of == {
        "decree.sigla": [("T", ["The print of A decree"])],
        "memo.sigla": [("T", ["The typescript of the memorandum"])],
        "sigla": [],
    }
    titles = (
        explained(book, section(book, name).volume)["T"] for name in ("decree.main", "memo.main")
    )
    assert list(titles) == ["The print of A decree", "The typescript of the memorandum"]


def test_a_fragment_holds_what_it_held_in_its_own_edition() -> None:
    fragment = (
        "witnesses:\n  - siglum: 'F'\n    description: 'A fragment'\n    extant:\n"
        "      - from: 'main/p1'\n"
    )
    record = DECREE["edition.yaml"].replace("witnesses:\n", fragment)
    entries = DECREE["text/apparatus.yaml"].replace("'T'", "'F T'")
    decree = {**DECREE, "edition.yaml": record, "text/apparatus.yaml": entries}
    book = book_of({**VOLUME, **inside("texts/decree", decree)})
    assert sigla_of(book, "decree.main") == ["F", "T¹"]
    held = {
        name: [block.extant for block in section(book, name).blocks if block.type == "paragraph"]
        for name in ("decree.main", "memo.main")
    }
    assert held == {"decree.main": [("F", "T¹")], "memo.main": [()]}


def test_a_positive_apparatus_names_no_witness_of_another_edition() -> None:
    form = "apparatus:\n  form: 'positive'\nbook:\n"
    record = RECORD.replace("book:\n", form)
    more = "witnesses:\n  - siglum: 'M'\n    description: 'The manuscript'\n"
    memo = (
        MEMO["edition.yaml"]
        .replace("witnesses:\n", more)
        .replace("text/main.md'\n", "text/main.md'\n")
    )
    book = book_of({
        **VOLUME,
        "edition.yaml": record,
        **inside("texts/memo", {**MEMO, "edition.yaml": memo}),
    })  # fmt: skip
    held = {
        name: [note.entry.holders for note in section(book, name).notes if note.entry]
        for name in ("decree.main", "memo.main")
    }
    assert held["decree.main"] == [None] or not held["decree.main"][0].sigla
    assert held["memo.main"][0] is not None
    assert held["memo.main"][0].sigla == ("M",)


BOTH = ["A decree ¶ 1", "A memorandum ¶ 1"]


def test_headings_of_one_authority_are_one_and_forms_stay_in_their_edition() -> None:
    assert index_of(book_of(VOLUME)) == {
        "council": BOTH,  # the volume's own text has the word too
        "Smith, Anna": BOTH,
        "village": BOTH,  # a form of the volume counts everywhere
    }


def test_headings_of_two_authorities_are_told_apart() -> None:
    memo = MEMO["index.yaml"].replace("'Smith, A.'", "'Smith, Anna'").replace("/Q1", "/Q2")
    found = index_of(book_of({**VOLUME, **inside("texts/memo", {**MEMO, "index.yaml": memo})}))
    assert found["Smith, Anna"] == BOTH[:1]
    assert found["Smith, Anna (A memorandum)"] == BOTH[1:]


BIBLIOGRAPHY = (
    "- id: 'smith'\n  type: 'book'\n  title: '{title}'\n  author:\n    - family: 'Smith'\n"
    "      given: 'Anna'\n  issued: '1922'\n"
)


def with_works(decree: str, memo: str) -> dict[str, str]:
    """The volume with a work of one key in both editions, under these titles."""
    cited = "\n{#p2}\nWords.\n"
    notes = "## main/p1 “village” {.foot}\n\nSee [@smith].\n"
    files = {**VOLUME, "edition.yaml": RECORD + "  - sources: 'Works'\n"}
    for folder, own, title in (("decree", DECREE, decree), ("memo", MEMO, memo)):
        commentary = own.get("text/commentary.md", "") + "\n" + notes
        files |= inside(f"texts/{folder}", {
            "text/commentary.md": commentary.lstrip(),
            "text/main.md": own["text/main.md"].split("[^1]:")[0] + cited + (
                "\n[^1]: Its own note.\n" if folder == "decree" else ""
            ),
            "bibliography.yaml": BIBLIOGRAPHY.format(title=title),
        })  # fmt: skip
    return files


def test_a_work_of_one_key_and_title_is_listed_once() -> None:
    book = book_of(with_works("Land", "Land"))
    assert len(section(book, "sources").works) == 1


def test_two_works_of_one_key_are_both_listed_and_cited() -> None:
    book = book_of(with_works("Land", "Villages"))
    assert len(section(book, "sources").works) == 2
    cited = {
        name: [phrase.href for phrase in _citations(section(book, name))]
        for name in ("decree.main", "memo.main")
    }
    assert cited["decree.main"] != cited["memo.main"]


def _citations(one: tree.Section) -> Iterator[tree.Phrase]:
    for note in one.notes:
        for block in note.blocks:
            if isinstance(block, tree.Paragraph):
                yield from (
                    node
                    for node in block.children
                    if isinstance(node, tree.Phrase) and node.kind == "citation"
                )


def test_a_fault_of_an_included_edition_is_told_once_with_its_path() -> None:
    faulty = DECREE["text/apparatus.yaml"].replace("'council'", "'councill'")
    files = {**VOLUME, "texts/decree/text/apparatus.yaml": faulty}
    assert told(files) == [("APP003", "texts/decree/text/apparatus.yaml")]


def test_a_warning_of_an_included_edition_is_told_once() -> None:
    more = DECREE["index.yaml"] + "- heading: 'mayor'\n  forms:\n    - 'mayor'\n"
    files = {**VOLUME, "texts/decree/index.yaml": more}
    assert [code for code, source in told(files)] == ["IDX001"]


def test_paths_of_an_included_edition_do_not_leave_its_folder() -> None:
    record = DECREE["edition.yaml"].replace("text/main.md", "../memo/text/main.md")
    files = {**VOLUME, "texts/decree/edition.yaml": record}
    assert ("SRC011", "texts/decree/edition.yaml") in told(files)


def test_a_picture_of_an_included_edition_does_not_come_from_another() -> None:
    note = "## p1 “land” {.end}\n\n![Land](../../memo/land.png)\n"
    files = {**VOLUME, "texts/decree/text/commentary.md": note, "texts/memo/land.png": "no matter"}
    assert told(files) == [("IMG003", "texts/decree/text/commentary.md")]


@pytest.mark.skipif(os.name == "nt", reason="links want rights there")
def test_no_link_leads_out_of_an_included_edition(tmp_path: Path) -> None:
    for path, text in VOLUME.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    main = tmp_path / "texts/decree/text/main.md"
    main.unlink()
    main.symlink_to(tmp_path / "own.md")
    diagnostics = pipeline.find_faults(DiskSources(tmp_path))
    assert [found.code for found in diagnostics] == ["SRC011"]


@pytest.fixture
def apart(tmp_path: Path) -> tuple[Path, Path]:
    """The volume, and a library outside it that has the decree."""
    record = RECORD.replace("texts/decree", "decree")
    files = {path: text for path, text in VOLUME.items() if not path.startswith("texts/decree")}
    for path, text in {**files, "edition.yaml": record}.items():
        (tmp_path / "volume" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "volume" / path).write_text(text, encoding="utf-8")
    for path, text in inside("decree", DECREE).items():
        (tmp_path / "library" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "library" / path).write_text(text, encoding="utf-8")
    return tmp_path / "volume", tmp_path / "library"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_an_edition_may_lie_in_a_library(apart: tuple[Path, Path]) -> None:
    volume, library = apart
    assert "VOL001" in run("check", volume, "--format", "concise").output
    done = run("check", "--strict", volume, "--library", library)
    assert (done.exit_code, done.output) == (0, "no faults found\n")


def test_a_fault_in_a_library_is_shown_where_it_lies(apart: tuple[Path, Path]) -> None:
    volume, library = apart
    path = library / "decree/text/apparatus.yaml"
    path.write_text(DECREE["text/apparatus.yaml"].replace("'council'", "'x'"), encoding="utf-8")
    done = run("check", volume, "--library", library, "--format", "concise")
    assert done.output.startswith(f"{path}:1:10: error[APP003]")


def test_an_edition_of_a_library_cannot_read_what_lies_beside_it(apart: tuple[Path, Path]) -> None:
    volume, library = apart
    (library / "secret.md").write_text("# Secret\n\nWords.\n", encoding="utf-8")
    main_text = library / "decree/text/main.md"
    main_text.unlink()
    main_text.symlink_to(library / "secret.md")
    done = run("check", volume, "--library", library, "--format", "concise")
    assert "SRC011" in done.output
    record = volume / "edition.yaml"
    stated = record.read_text(encoding="utf-8")
    record.write_text(stated.replace("include: 'decree'", "include: '../library/decree'"))
    done = run("check", volume, "--library", library, "--format", "concise")
    assert "VOL001" in done.output


def test_a_change_in_a_library_is_a_change_of_the_volume(apart: tuple[Path, Path]) -> None:
    volume, library = apart
    sources = DiskSources(volume, [library])
    assert pipeline.find_faults(sources) == ()
    before = sources.digest("decree/text/main.md")
    assert before is not None and "decree/text/main.md" in sources.paths()
    assert sources.opened() <= {*sources.paths()}
    (library / "decree/text/main.md").write_text("# A decree\n\nOther words.\n", encoding="utf-8")
    assert sources.changed() == ("decree/text/main.md",)


def test_files_of_included_editions_are_no_strays() -> None:
    assert told(VOLUME) == []


def said(paragraphs: tuple[tuple[tree.Inline, ...], ...]) -> list[str]:
    return ["".join(n.text for n in p if isinstance(n, tree.Words)) for p in paragraphs]


def test_an_edition_opens_with_what_it_says_of_itself_unless_the_volume_says_otherwise() -> None:
    stated = "texts/memo'\n    author: 'Anna Smith'\n    rights: 'Asked for.'\n"
    book = book_of({**VOLUME, "edition.yaml": RECORD.replace("texts/memo'\n", stated)})
    decree, memo = section(book, "decree.main").opening, section(book, "memo.main").opening
    assert decree is not None and memo is not None
    assert (decree.author, said(decree.source), said(decree.rights)) == (
        "",
        ["Papers, p. 7."],
        ["Free of rights."],
    )
    assert (memo.author, said(memo.rights)) == ("Anna Smith", ["Asked for."])


def test_an_introduction_stands_before_its_text_and_bears_the_head() -> None:
    record = RECORD.replace("texts/memo'\n", "texts/memo'\n    introduction: 'memo.md'\n").replace(
        "'own.md'\n", "'own.md'\n    introduction: 'ours.md'\n"
    )
    files = {
        **VOLUME,
        "edition.yaml": record,
        "memo.md": "# Why\n\nWords.\n",
        "ours.md": "# How\n\nWords.\n",
    }
    book = book_of(files)
    names = [one.id for one in book.sections]
    assert names.index("memo") + 1 == names.index("memo.main")
    assert names.index("ours") + 1 == names.index("own")
    assert section(book, "memo").opening and not section(book, "memo.main").opening
    assert section(book, "ours").opening and not section(book, "own").opening
    rows = [(row.level, row.title) for row in section(book, "contents").contents]
    assert rows[3:5] == [(2, "A memorandum"), (3, "Why")]
    assert rows[6:8] == [(2, "Of our own"), (3, "How")]


def test_the_list_of_rights_has_every_text_in_the_order_of_the_book() -> None:
    rows = section(book_of(VOLUME), "permissions").permissions
    assert [(row.title, row.sections) for row in rows] == [
        ("A decree", ("decree.main", "decree.commentary")),
        ("A memorandum", ("memo.main",)),
        ("Of our own", ("own",)),
    ]
    assert [said(row.rights) for row in rows] == [
        ["Free of rights."],
        ["Free of rights."],
        ["Ours."],
    ]


def test_texts_and_entries_of_included_editions_are_counted() -> None:
    told: list[tuple[str, str]] = []
    pipeline.examine(MemorySources(VOLUME), lambda step, detail: told.append((step, detail)))
    assert ("2 Check", "3 texts, 2 entries, 2 editions included") in told


@pytest.fixture(scope="module")
def course() -> tree.Book:
    """The real edition's three texts as editions, and two small ones, composed."""
    return book_of(course_reader())


def test_a_table_of_versions_keeps_the_names_of_its_columns(course: tree.Book) -> None:
    table = next(one for one in course.sections if one.kind == "parallel")
    assert [head.siglum for head in table.versions] == ["A", "B", "C"]
    assert {cell.siglum for row in table.rows for cell in row.cells} == {"A", "B", "C"}
    items = [i for one in course.sections for group in one.index for i in group.items]
    assert {locator.version for item in items for locator in item.locators} == {"", "A", "B", "C"}


def test_a_witness_of_three_editions_is_one_and_others_are_numbered(course: tree.Book) -> None:
    assert [row.siglum for row in section(course, "sigla").sigla] == ["T¹", "T²", "T³"]
    corrections = {one.id: one.siglum for one in course.sections if one.kind == "corrections"}
    assert corrections == dict.fromkeys(
        ("letter.corrections", "note.corrections", "resolution.corrections"), "T¹"
    )


def test_lists_of_an_edition_hold_its_own_alone(course: tree.Book) -> None:
    rows = {
        name: {row.place.split()[0] for row in section(course, name).corrections}
        for name in ("letter.corrections", "note.corrections", "resolution.corrections")
    }
    assert rows["letter.corrections"] == {"Letter"}
    assert rows["note.corrections"] == {"Note", "A", "C"}
    assert rows["resolution.corrections"] == {"A", "C"}
    notes = section(course, "letter.commentary").end_notes
    assert [title for title, _ in notes] == ["Letter to L. B. Kamenev"]


def test_no_namespace_is_printed(course: tree.Book) -> None:
    namespaces = re.compile(r"\b(letter|note|resolution|decree|memo):\w")
    printed = [words for one in course.sections for words in _printed(one)]
    assert [words for words in printed if namespaces.search(words)] == []


def _printed(node: object) -> Iterator[str]:
    """All words of the tree, those of ids too, but for what entries are told of their lemma."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from _printed(child)
    elif is_dataclass(node) and not isinstance(node, Span | Passage):
        for each in fields(node):
            yield from _printed(getattr(node, each.name))


@pytest.mark.slower
def test_the_course_reader_is_sound_and_its_index_leads_to_its_pages(tmp_path: Path) -> None:
    for path, text in course_reader().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    done = pipeline.build(
        DiskSources(tmp_path), output=tmp_path / "out", formats=frozenset(["pdf", "epub"])
    )
    assert not done.diagnostics
    pdf = pypdfium2.PdfDocument(tmp_path / "out/course.pdf")
    words = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    pages = {pdf.get_page_label(number): text for number, text in enumerate(words)}
    index = " ".join(text for text in words if "Zinoviev, 3" in text or "Molotov, V. M., " in text)
    for name in ("Rykov", "Molotov, V. M.", "Zinoviev"):
        found = re.search(rf"{re.escape(name)}, (\d+)", index)
        assert found and name.split(",")[0] in pages[found[1]]
    assert messages_on(tmp_path / "out/course.epub") == []


def test_the_finished_book_prints_both_editions_under_one_count_of_pages(tmp_path: Path) -> None:
    for path, text in VOLUME.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    done = pipeline.build(
        DiskSources(tmp_path), output=tmp_path / "out", formats=frozenset(["pdf", "epub"])
    )
    assert not done.diagnostics
    pdf = pypdfium2.PdfDocument(tmp_path / "out/reader.pdf")
    pages = {
        pdf.get_page_label(n): pdf[n].get_textpage().get_text_bounded() for n in range(len(pdf))
    }
    assert "council gives the land" in pages["3"]
    assert "assembly" in pages["3"]
    assert "council met" in pages["7"]
    assert "2 pages to read" in pages["3"]
    rights = next(words for words in pages.values() if "Ours." in words and "Papers" in words)
    assert "A decree (pp. 3–5)" in rights
    assert "Of our own (p. 11)" in rights
    index = next(words for words in pages.values() if "Smith, Anna" in words)
    assert "Smith, Anna, 3, 7" in index
    outline = [(item.level, item.get_title()) for item in pdf.get_toc()]
    assert (1, "A memorandum") in outline
    assert messages_on(tmp_path / "out/reader.epub") == []


def test_the_pages_of_a_text_stay_in_one_line_of_the_list_of_rights(tmp_path: Path) -> None:
    title = "The Petition of the Netmenders of the Lower Quay"
    files = {
        "edition.yaml": (
            "slug: 'x'\ntitle: 'X'\nlang: 'en'\ntexts:\n"
            + "".join(
                f"  - id: 't{n}'\n    file: 't{n}.md'\n    title: '{title[: n - 48 or None]}'\n"
                "    source: 'Papers, p. 1.'\n    rights: 'Free.'\n    author: 'The Netmenders'\n"
                for n in range(20, 49)
            )
            + "book:\n  - permissions: 'Rights'\n"
            + "".join(f"  - text: 't{n}'\n" for n in range(20, 49))
        ),
        **{f"t{n}.md": "# T\n\n" + "Words stand here. " * 180 + "\n" for n in range(20, 49)},
    }
    told = pipeline.build(MemorySources(files), output=tmp_path, formats=frozenset({"pdf"}))
    assert not told.has_errors, told.diagnostics
    with pypdfium2.PdfDocument(tmp_path / "x.pdf") as pdf:
        words = "\n".join(pdf[n].get_textpage().get_text_bounded() for n in range(4))
    assert len(re.findall(r"\(pp\.\s\d+–\d+\)\r?$", words, re.MULTILINE)) == 29
