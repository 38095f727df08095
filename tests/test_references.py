"""References read back from the finished books: where they say a thing stands, there it stands."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from measuring import Sheet, Stream, opened, read_pdf
from printedition import pipeline
from printedition.sources import MemorySources
from referring import files

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
BLOCKS = " or ".join(f"local-name()='{tag}'" for tag in ("p", "h1", "h2", "h3", "div", "aside"))
POPS_UP = 9  # characters: what Kobo shows in a box, from its guidelines


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("references")
    made = pipeline.build(
        MemorySources(files()), output=output, formats=frozenset(("pdf", "epub")), strict=True
    )
    assert made.diagnostics == ()
    return output


# In print


@pytest.fixture(scope="module")
def sheets(books: Path) -> list[Sheet]:
    return read_pdf(books / "refer.pdf")


@pytest.fixture(scope="module")
def words(books: Path) -> str:
    """All that is printed, blanks made one."""
    pdf = opened(books / "refer.pdf")
    return " ".join(" ".join((page.extract_text() or "").split()) for page in pdf.pages)


def page_of(sheets: list[Sheet], word: str) -> str:
    """The printed number of the page on which a word stands, outside the contents and heads."""
    found = [
        sheet.folio
        for sheet in sheets
        if any(word in Stream.of([line]).letters
               for kind, lines in sheet.lines.items() if kind != "head" for line in lines)
    ]  # fmt: skip
    return found[-1]


def line_of(sheets: list[Sheet], word: str) -> int:
    """The number of the line of text in which a word stands, counted on its page."""
    for sheet in reversed(sheets):  # the preface names some of the words
        for number, line in enumerate(sheet["text"], 1):
            if word in Stream.of([line]).letters:
                return number
    raise AssertionError(word)


def line_in_column(book: Path, word: str) -> int:
    """The number of the line in which a word stands in the right column, from its clause 1 on."""
    lines: list[str] = []
    pdf = opened(book)
    for page in pdf.pages:
        right = page.crop((page.width / 2 + 8, 0, page.width, page.height))
        lines += (right.extract_text() or "").splitlines()
    (end,) = (number for number, line in enumerate(lines) if word in line)
    begin = max(n for n, line in enumerate(lines[:end]) if line.startswith("1. "))
    return end - begin + 1


@pytest.fixture(scope="module")
def expected(books: Path, sheets: list[Sheet]) -> dict[str, str]:
    """What print says of each reference, by its letter."""

    def page(name: str) -> str:
        return "p. " + page_of(sheets, f"Aim{name}")

    def line(name: str) -> str:
        return f"{page(name)}, l. {line_of(sheets, f'Aim{name}')}"

    assert page("C") != page("B") and page("D") != page("B")  # else nothing is shown
    return {
        "A": line("C"),
        "B": line("B"),
        "C": line("C"),
        "D": line("D"),
        "E": "clause 2 of A",
        "F": page("E"),
        "G": f"“AimG Row”, {page('E')}",
        "H": f"n. 1 on {page('H')}",
        "I": f"note on “window”, {page('I')}",
        "J": f"note on “AimC”, {page('J')}",
        "K": f"entry on “window”, {page('K')}",
        "L": f"“AimL Part”, {page('L')}",
        "M": f"“A Letter”, {page('B')}",
        "O": f"pp. {page_of(sheets, 'AimB')}–{page_of(sheets, 'AimO')}",
        "R": f"{page('D')}, ll. {line_of(sheets, 'AimD')}–{line_of(sheets, 'AimS')}",
        "T": f"below, {page('B')}",
        "U": "Letter ¶ 2",
        "V": f"below, {page('C')}",
        "W": page("Q"),
        "X": f"note on “window”, {page('I')}",
        "Y": line("B"),
        "Z": f"{page('Z')}, B, l. {line_in_column(books / 'refer.pdf', 'AimZ')}",
    }


def test_every_reference_names_the_page_and_line_of_its_target(
    words: str, expected: dict[str, str]
) -> None:
    said = {name: following(words, f"Ref{name}", len(what)) for name, what in expected.items()}
    assert said == expected


def following(words: str, sign: str, length: int) -> str:
    """As many characters as stand behind a sign, with all of the number that they end in."""
    rest = words.partition(f"{sign} ")[2]
    return rest[:length] + re.match(r"\d*", rest[length:])[0]  # type: ignore[index]


def test_words_of_the_editor_have_a_page_beside_them_only_if_asked(
    sheets: list[Sheet], words: str
) -> None:
    assert f"The far paragraph (p. {page_of(sheets, 'AimC')}) is RefN" in words
    assert "the near one has words alone" in words


# In the e-book


@pytest.fixture(scope="module")
def pages(books: Path) -> dict[str, etree._Element]:
    """The pages of the EPUB by their names."""
    with zipfile.ZipFile(books / "refer.epub") as archive:
        return {
            Path(name).name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }


def reached(pages: dict[str, etree._Element], link: etree._Element, own: str) -> etree._Element:
    file, _, name = link.get("href").partition("#")
    (found,) = pages[file or own].xpath("//*[@id=$name]", name=name)
    return found


def is_note(element: etree._Element) -> bool:
    return element.get(EPUB_TYPE) == "footnote" or element.get("role") == "note"


def test_every_link_reaches_its_target_and_none_pops_up(
    pages: dict[str, etree._Element],
) -> None:
    aims = dict(zip("ABCDEFGHIJLOTUVWXYZ", "CBCDEEGHIJLBBBCQIBZ", strict=True))
    found = {}
    for own, page in pages.items():
        for link in page.xpath("//*[@class='reference']"):
            element = reached(pages, link, own)
            assert is_note(element) or len("".join(element.itertext())) < POPS_UP
            before = link.xpath("preceding-sibling::node()[1]")
            if name := re.search(r"Ref([A-Z])\s*$", str(before[0]) if before else ""):
                (block,) = element.xpath(f"ancestor-or-self::*[{BLOCKS}][1]")
                found[name[1]] = "".join(block.itertext())
    for name, aim in aims.items():
        assert f"Aim{aim}" in found[name], name


def test_the_words_of_the_e_book_make_sense_without_pages_and_name_those_of_print(
    pages: dict[str, etree._Element], expected: dict[str, str]
) -> None:
    text = " ".join("".join(pages["03-preface.xhtml"].itertext()).split())
    named = {"B": "Letter ¶ 2", "C": "Letter ¶ 19", "D": "Letter ¶ 8", "F": "clause 2 of A",
             "O": "Letter ¶ 2–19", "R": "Letter ¶ 8"}  # fmt: skip
    bound = {name: f"{locus}, {expected[name]}" for name, locus in named.items()}
    bound |= {name: expected[name] for name in "EGIJ"}
    bound["H"] = expected["H"].replace("p. ", "Letter ¶ 2, p. ")
    bound["T"] = expected["T"].replace("below, ", "below, Letter ¶ 2, ")
    assert {name: following(text, f"Ref{name}", len(what)) for name, what in bound.items()} == bound
    assert "(" not in text, "words of the editor are links, and need no page beside them"
