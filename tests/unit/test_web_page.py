"""The web page, made of small editions without their being set."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping

import pytest
from fontTools.ttLib import TTFont
from lxml import html

from conftest import Examine, overlaid
from printedition.book.house import house_folder
from printedition.book.index_printer import IndexPrinter
from printedition.book.settled import Settled
from printedition.book.templates import Templates
from printedition.diagnostics import Findings
from printedition.ebook import LinkToNothing
from printedition.ebook.chapters import Chapter
from printedition.page.subset import cut_down
from printedition.page.web_sheet import WebSheet
from printedition.sources import MemorySources
from printedition.web import write_page
from printedition.web.html import html_of
from printedition.web.joining import bodies, hold_links

XML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><style/></head><body>{}</body></html>'


def page_of(edition: Examine, files: Mapping[str, str | bytes]) -> str:
    """The page of the smallest edition overlaid with files, in no style."""
    done = edition(files)
    assert done.edition is not None and done.book is not None, done.diagnostics
    render = Templates(MemorySources(overlaid(files))).render
    indexes = IndexPrinter.of(done.book, None, done.edition.index_settings)
    settled = Settled(done.book)
    made = write_page(settled, render=render, style=lambda _: "", indexes=indexes)
    assert made == write_page(settled, render=render, style=lambda _: "", indexes=indexes)
    return made.decode()


def test_without_printed_pages_there_is_no_list_of_them(edition: Examine) -> None:
    page = html.document_fromstring(page_of(edition, {}))
    assert page.xpath("//nav/@role") == ["doc-toc"]
    assert [each.text for each in page.xpath("//h1")] == ["A small edition"]
    assert page.xpath("//main/section/h2/text()") == ["A letter"]
    (skip,) = page.xpath("//*[@class='skip']/a/@href")
    assert page.get_element_by_id(skip[1:]).tag == "section"


def test_a_long_note_stays_whole(edition: Examine) -> None:
    long = "word " * 2000
    note = f"# A letter\n\n{{#p1}}\nGive it thought.[^1]\n\n[^1]: {long}\n"
    page = html.document_fromstring(page_of(edition, {"letter/letter.md": note}))
    (one,) = page.xpath("//*[@role='doc-footnote']")
    assert one.text_content().count("word") == 2000


def test_an_id_that_stands_in_an_earlier_chapter_is_another(edition: Examine) -> None:
    done = edition({})
    assert done.book is not None
    section = done.book.sections[0]
    body = '<p id="a"><a href="#a">x</a></p><p id="top" aria-labelledby="a top">y</p>'
    chapters = [Chapter(section, name, XML.format(body)) for name in ("1", "2")]
    first, second = bodies(chapters, ["top"])
    assert 'id="a"' in first and 'id="letter.top"' in first
    assert second == (
        '<p id="letter.a"><a href="#letter.a">x</a></p>'
        '<p id="letter.top-" aria-labelledby="letter.a letter.top-">y</p>'
    )


def test_a_link_to_nothing_is_told() -> None:
    with pytest.raises(LinkToNothing):
        hold_links(XML.format('<a href="#nowhere">x</a>'))


def test_headings_and_landmarks_are_brought_into_order() -> None:
    parts = (
        '<section id="a"><p>without a head</p></section>'
        '<section id="b" role="doc-chapter"><h1>B</h1><h3>deep</h3><h3>deep too</h3><h2>less</h2>'
        '<section class="notes" role="doc-endnotes" aria-labelledby="n"><h2 id="n">N</h2></section>'
        '<section aria-label="A"><h2>A</h2></section></section>'
    )
    made = html_of(XML.format(f"<main>{parts}</main>"), {}, "", "Page")
    assert re.findall(r"<(h\d)", made) == ["h2", "h3", "h3", "h3", "h3", "h3"]
    assert '<div id="a">' in made
    assert '<section id="b" role="doc-chapter" aria-labelledby="b.heading">' in made
    assert 'aria-labelledby="n b.heading"' in made
    assert "aria-label=" not in made


def test_what_only_xml_has_is_left_out() -> None:
    inside = (
        '<main><p xml:lang="la" xmlns:epub="http://www.idpf.org/2007/ops" epub:type="z">a<br/>b'
        '<span id="e"></span></p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
        "<path/></svg></main>"
    )
    made = html_of(XML.format(inside), {}, "p { content: '</style>' }", "Page")
    assert '<p lang="la">a<br>b<span id="e"></span></p>' in made
    assert '<svg viewBox="0 0 1 1"><path></path></svg>' in made
    assert made.count("</style>") == 1


def sheet(files: Mapping[str, str | bytes]) -> tuple[WebSheet, Findings]:
    findings = Findings()
    return WebSheet(MemorySources(overlaid(files)), findings), findings


def test_the_houses_style_is_without_fault_and_holds_its_fonts() -> None:
    made, findings = sheet({})
    assert findings.diagnostics == []
    style = made.for_words("abc")
    assert style == made.for_words("abc")
    assert "url(" not in re.sub(r'url\("data:font/woff2;base64,[\w+/=]+"\)', "", style)
    assert ".siglum" in style and "amzn" not in style and "-epub-" not in style


def test_a_style_brings_in_others_and_pictures() -> None:
    own = '@import url("more.css") print;\np { background: url(dot.png); }\n'
    made, findings = sheet(
        {"styles/web.css": own, "styles/more.css": "q { color: red }", "styles/dot.png": b"\x89PNG"}
    )
    assert findings.diagnostics == []
    picture = base64.b64encode(b"\x89PNG").decode()
    assert made.for_words("") == (
        "@media print {\nq { color: red }\n}\n"
        f'p {{ background: url("data:image/png;base64,{picture}"); }}'
    )


def test_only_a_slip_in_a_property_is_told() -> None:
    own = "p { text-indnt: 0; position: sticky; view-timeline: --x; }\n"
    _, findings = sheet({"styles/web.css": own})
    told = [each.message for each in findings.diagnostics]
    assert told == ["“text-indnt: 0” has no effect: unknown property"]


def test_a_font_keeps_what_the_words_need() -> None:
    whole = (house_folder("styles") / "fonts" / "LibertinusSerif-Regular.otf").read_bytes()
    cut = cut_down(whole, "Aa1", [])
    assert len(cut) < 10_000 and cut == cut_down(whole, "Aa1", [])
    font = TTFont(io.BytesIO(cut))
    assert set(font.getBestCmap()) == {ord(sign) for sign in "Aa1"}
    features = {each.FeatureTag for each in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "onum"} <= features
    assert cut_down(b"no font", "a", []) == b"no font"
