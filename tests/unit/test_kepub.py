"""The variant for Kobo's readers: the same words, in spans."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from printedition.ebook.archive import pack
from printedition.ebook.kepub import kepub_of, spanned

PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    "<head><title>One. Two.</title></head>\n<body>\n"
    "<p>First &amp; last. “Second?” <em>Third</em> goes on"
    '<a epub:type="noteref" href="#n">1</a>.</p>\n<ul>\n<li>Item</li>\n</ul>\n'
    '<svg xmlns="http://www.w3.org/2000/svg"><text>A. B.</text></svg>\n</body></html>'
)


def test_every_sentence_has_a_span_and_no_word_is_changed() -> None:
    page, old = etree.fromstring(spanned(PAGE)), etree.fromstring(PAGE)
    for one, other in zip(
        page.iter("{*}title", "{*}body"), old.iter("{*}title", "{*}body"), strict=True
    ):
        assert "".join(one.itertext()) == "".join(other.itertext())
    spans = page.xpath("//*[@class='koboSpan']")
    assert [each.text.strip() for each in spans if each.text.strip()] == [
        "First & last.", "“Second?”", "Third", "goes on", "1", ".", "Item",
    ]  # fmt: skip
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    assert not page.xpath("//*[local-name()='svg' or local-name()='head']//*[@class]")


def test_calls_are_endnotes_and_columns_are_held() -> None:
    page = spanned(PAGE)
    assert 'epub:type="noteref endnote"' in page
    assert '<body><div id="book-columns"><div id="book-inner">' in page
    assert page.endswith("</div></div></body></html>")


def test_pictures_and_blanks_of_paragraphs_are_sentences() -> None:
    page = PAGE.replace("<ul>", '<p><em>A</em> <em>b</em></p><img src="a.png" alt="A"/>\n<ul>')
    spans = etree.fromstring(spanned(page)).xpath("//*[@class='koboSpan']")
    said = [each.text if each.text else each[0].tag.rpartition("}")[2] for each in spans]
    assert said[said.index("A") :][:4] == ["A", " ", "b", "img"]
    assert 'id="kobostylehacks"' in spanned(page)


def test_only_texts_are_changed_and_twice_alike() -> None:
    book = pack({"mimetype": b"m", "OEBPS/text/1.xhtml": PAGE.encode(), "OEBPS/css/book.css": b"n"})
    assert kepub_of(book) == kepub_of(book)
    with zipfile.ZipFile(io.BytesIO(kepub_of(book))) as made:
        assert made.namelist() == ["mimetype", "OEBPS/css/book.css", "OEBPS/text/1.xhtml"]
        assert made.read("OEBPS/css/book.css") == b"n"
