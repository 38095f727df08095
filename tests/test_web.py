"""The web page of the real edition, read by lxml: whole in itself, linked, marked as printed."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree, html

XHTML = "{http://www.w3.org/1999/xhtml}"
# In one book only, or in each in its own words.
APART = {"page-break", "line-number", "spoken"}


@pytest.fixture(scope="module")
def text(built: Path) -> str:
    (path,) = built.glob("*.html")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def test_no_id_stands_twice_and_no_link_is_dead(page: html.HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))
    assert [name for name, times in ids.items() if times > 1] == []
    named = {name for each in page.xpath("//@aria-labelledby") for name in each.split()}
    links = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert len(links) > 300
    assert (links | named) - ids.keys() == set()


def test_it_asks_for_nothing_outside_itself(page: html.HtmlElement, text: str) -> None:
    assert page.xpath("//script | //link | //iframe | //object | //embed | //base") == []
    assert [each for each in page.xpath("//@src | //@srcset") if not each.startswith("data:")] == []
    (style,) = page.xpath("//style")
    assert "@import" not in style.text
    addresses = re.findall(r"url\(\s*[\"']?(.{5})", style.text)
    assert set(addresses) == {"data:"} and len(addresses) == 3, "of three fonts"
    outside = [link for link in page.xpath("//a/@href") if link[0] != "#"]
    assert all(link.startswith(("https://", "http://")) for link in outside)
    assert len(text.encode()) < 500_000, "fonts are cut down to the letters in use"


def test_every_note_and_its_call_lead_to_each_other(page: html.HtmlElement) -> None:
    calls = {each.get("id"): each.get("href") for each in page.xpath("//a[@role='doc-noteref']")}
    backs = {}
    for note in page.xpath("//*[@role='doc-footnote']"):
        back, *more = note.xpath(".//a[@role='doc-backlink']")
        assert not more
        backs[back.get("href")[1:]] = "#" + note.get("id")
    assert len(calls) > 20
    assert calls == backs


def test_its_pages_are_those_of_the_pdf(page: html.HtmlElement, built: Path) -> None:
    (path,) = built.glob("*.pdf")
    document = pypdfium2.PdfDocument(path)
    labels = [document.get_page_label(number) for number in range(len(document))]
    markers = page.xpath("//*[@role='doc-pagebreak']")
    folios = [each.xpath("string(*[@class='number'])") for each in markers]
    assert folios == [label for label in labels if label in set(folios)], "in order, each once"
    blank = set(labels) - set(folios)
    for label in blank:
        number = labels.index(label)
        words = document[number].get_textpage().get_text_range()
        assert len(words.strip()) < 10, f"page {label} is blank"
    listed = page.xpath("//nav[@role='doc-pagelist']//a")
    assert [(each.text, each.get("href")) for each in listed] == [
        (folio, "#" + each.get("id")) for folio, each in zip(folios, markers, strict=True)
    ]


def test_its_numbered_lines_are_those_of_the_ebook(page: html.HtmlElement, built: Path) -> None:
    (path,) = built.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        files = sorted(name for name in archive.namelist() if "/text/" in name)
        chapters = [etree.fromstring(archive.read(name)) for name in files[1:]]
    numbers = [n for one in chapters for n in one.xpath("//*[@class='line-number']/text()")]
    assert len(numbers) > 50
    assert page.xpath("//*[@class='line-number']/text()") == numbers


def test_it_has_the_words_of_the_ebook(page: html.HtmlElement, built: Path) -> None:
    (path,) = built.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        files = sorted(name for name in archive.namelist() if "/text/" in name)
        bodies = [etree.fromstring(archive.read(name)).find(f"{XHTML}body") for name in files[1:]]
    own = [each for each in page.xpath("//main/*") if each.get("role") != "doc-toc"]
    assert words(*own) == words(*bodies)


def words(*elements: etree._Element) -> list[str]:
    """The words in elements, but for those that are apart."""
    made = ""
    for element in elements:
        for each in element.xpath(".//text()[not(ancestor::*[local-name() = 'svg'])]"):
            held = each.getparent() if each.is_text else each.getparent().getparent()
            classes = {
                c for one in (held, *held.iterancestors()) for c in one.get("class", "").split()
            }
            made += "" if classes & APART else each
        made += " "
    return made.split()


def test_headings_leave_no_step_out_and_sections_have_one(page: html.HtmlElement) -> None:
    levels = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert all(each.xpath(".//h1 | .//h2 | .//h3") for each in page.xpath("//section"))


def test_landmarks_bear_different_names(page: html.HtmlElement) -> None:
    names = [
        " ".join(page.get_element_by_id(name).text_content() for name in each.split())
        for each in page.xpath("//*[@role or self::nav]/@aria-labelledby")
        if each
    ]
    assert len(names) > 10
    assert len(set(names)) == len(names)
