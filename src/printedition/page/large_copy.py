"""The copy of large print: the web page, made ready for paper.

It has what only the printed book knows: the ranks of its contents, pages for notes, and the lines
to write on.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import tinyhtml5

from printedition.book import tree
from printedition.book.contents import contents_of
from printedition.page.large_ways import enlarge_ways

# By class: what leads about a page without sheets, and the title that it has above all.
_LEFT_OUT = ("skip", "ways-in", "book-title", "half-title")
# What the web page says of the book, by what WeasyPrint calls it in a PDF.
_SAID_OF_PDFS = {
    "dcterms.creator": "author",
    "dcterms.description": "description",
    "dcterms.subject": "keywords",
    "dcterms.date": "dcterms.modified",
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HOLDERS = ("li", "dt", "dd", "td", "th")  # hold words, or blocks with words
_OF_WORDS = ("p", "figcaption", "caption", *_HEADINGS)
_PICTURES = ("img", "svg")


def large_copy(
    web_page: bytes,
    book: tree.Book,
    folios: Mapping[str, Sequence[str]],
    points: float,
    measure: float,
) -> str:
    """The HTML that is laid out in type of so many points, in lines as long as the measure, in pt.

    `folios` are those of each section in the standard book.
    """
    root = tinyhtml5.parse(web_page, namespace_html_elements=False)
    _prepare(root)
    _add_note_pages(root, book, folios)
    _list_contents(root, book, folios)
    _rank(root, {section.id: section.level for section in book.sections})
    _rule_answers(root, _lines_of(book))
    enlarge_ways(root, points, measure)
    _settle_marks(root)
    for number, table in enumerate(root.iter("table")):
        table.set("data-table", str(number))
    return ElementTree.tostring(root, encoding="unicode")


def _prepare(root: Any) -> None:
    """Take out what is for a screen, and tell what the numbers in the margin are."""
    for meta in root.iter("meta"):
        meta.set("name", _SAID_OF_PDFS.get(meta.get("name", ""), meta.get("name", "")))
    parents = _parents(root)
    key = None
    for element in list(root.iter()):
        classes = set((element.get("class") or "").split())
        if "page-list" in classes:
            key = _key(element)
        is_style = element.tag in ("style", "footer")
        if element.tag == "h1" and "book-title" in classes:
            continue  # of a book without a title page
        if is_style or classes & {*_LEFT_OUT, "page-list", "spoken"}:
            _remove(parents[element], element)
    places = [e for e in root.iter() if e.get("class") in ("imprint", "contents")]
    if key is not None and places:
        places[0].append(key)


def _parents(root: Any) -> dict[Any, Any]:
    return {child: parent for parent in root.iter() for child in parent}


def _remove(parent: Any, element: Any) -> None:
    """Take an element out; what follows it stays."""
    before = list(parent).index(element)
    if element.tail:
        if before:
            parent[before - 1].tail = (parent[before - 1].tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _key(pages: Any) -> Any:
    """What the numbers in the margin are, in the words of the list of pages."""
    words = [" ".join("".join(child.itertext()).split()) for child in pages if child.tag != "ol"]
    key = ElementTree.Element("div", {"class": "standard-pages"})
    said = ElementTree.SubElement(key, "p")
    number = ElementTree.SubElement(said, "b")
    number.text = "[1, 2, 3 …]"
    number.tail = f" {': '.join(words)}"
    return key


# Contents and ranks


def _list_contents(root: Any, book: tree.Book, folios: Mapping[str, Sequence[str]]) -> None:
    """Let the contents have the rows of the printed book, which tell parts and texts apart."""
    for nav in root.iter("nav"):
        if nav.get("class") != "contents":
            continue
        listed = nav.find("ol")
        links = {link.get("href"): link for link in listed.iter("a")}
        kinds = {section.id: section.kind for section in book.sections}
        collections = {
            section.get("id"): section.findall("p[@class='collection']")
            for section in root.iter("section")
        }
        for row in list(listed):
            listed.remove(row)
        for name in _note_pages(book):
            links[f"#{name}"] = blank = ElementTree.Element("a")
            for folio in folios.get(name, ())[:1]:
                ElementTree.SubElement(blank, "span", {"class": "folio"}).text = folio
        for row in contents_of(book.sections):
            if (link := links.get(f"#{row.href}")) is None:
                continue  # what is for others
            part = " part" if kinds.get(row.href) == "part" else ""
            item = ElementTree.SubElement(listed, "li", {"class": f"level-{row.level}{part}"})
            made = ElementTree.SubElement(item, "a", {"href": f"#{row.href}"})
            title = ElementTree.SubElement(made, "span", {"class": "title"})
            _write_title(title, row.title, (*link.iter("span"), *collections.get(row.href, ())))
            title.tail = "\N{NO-BREAK SPACE}"
            made.extend(one for one in link if one.get("class") == "folio")


def _write_title(made: Any, words: str, like: Iterable[Any]) -> None:
    """Let a row have its words, with their marks from an element that has the same words."""
    for element in like:
        if "".join(element.itertext()) == words:
            made.text = element.text
            made.extend(copy.deepcopy(child) for child in element)
            return
    made.text = words


def _rank(root: Any, levels: Mapping[str, int]) -> None:
    """Say the rank of sections, by which the outline has them one below another."""
    for element in root.iter():
        if (level := levels.get(element.get("id") or "", 1)) > 1:
            element.set("data-rank", str(level))


# Room to write


def _note_pages(book: tree.Book) -> dict[str, tree.Section]:
    """The sections that are pages for notes, which the web page has not."""
    return {one.id: one for one in book.sections if one.blank and not one.withheld}


def _add_note_pages(root: Any, book: tree.Book, folios: Mapping[str, Sequence[str]]) -> None:
    """Put the pages for notes before the section that follows them in the book."""
    (main,) = root.iter("main")
    at = len(main)
    names = [child.get("id") for child in main]
    notes = _note_pages(book)
    for section in reversed(book.sections):
        if section.id in names:
            at = names.index(section.id)
        elif section.id in notes:
            main.insert(at, _notes(section, folios.get(section.id, ())))


def _notes(section: tree.Section, folios: Sequence[str]) -> Any:
    """A section of pages for notes; those without a title are marked in their head alone."""
    made = ElementTree.Element("section", {"id": section.id, "class": "blank"})
    for number in range(section.blank):
        kind = "note-page ruled-page" if section.ruled else "note-page"
        page = ElementTree.SubElement(made, "div", {"class": kind})
        mark = page
        if section.title and number == 0:
            title = ElementTree.SubElement(page, "h2", {"data-label": section.title})
            mark = ElementTree.SubElement(title, "span", {"class": "page-break whole"})
            mark.tail = section.title
        for folio in folios[number : number + 1]:
            mark.set("id", f"pagebreak-{folio}")
            if mark is not page:
                ElementTree.SubElement(mark, "span", {"class": "number"}).text = folio
    return made


def _lines_of(book: tree.Book) -> dict[str, int]:
    """How many lines there are to write on, by the ids of questions whose answers it has not."""
    return {
        one.id: one.lines
        for section in book.sections
        for _, questions in section.questions
        for one in questions
        if all(getattr(block, "withheld", False) for block in one.answer)
    }


def _rule_answers(root: Any, lines: Mapping[str, int]) -> None:
    for question in list(root.iter("div")):
        if count := lines.get(question.get("id") or "", 0):
            room = ElementTree.SubElement(question, "div", {"class": "room"})
            for _ in range(count):
                ElementTree.SubElement(room, "div", {"class": "ruled"})


# Marks of pages


def _settle_marks(root: Any) -> None:
    """Put each mark of a page between two blocks into the next, without which it never stands."""
    order, parents = list(root.iter()), _parents(root)
    at = {element: number for number, element in enumerate(order)}
    for mark in reversed([e for e in order if e.tag == "div" and e.get("class") == "page-break"]):
        if (mark.tail or "").strip():
            continue  # words follow in the same block
        inside = {*mark.iter()}
        following = (e for e in order[at[mark] :] if e not in inside)
        block = _first_block(following, lambda e: _stands_in(e, "thead", parents))
        if block is None:
            continue
        _remove(parents[mark], mark)
        mark.tag, mark.tail = "span", block.text
        mark.set("class", "page-break whole")
        if block.tag in _HEADINGS:
            block.set("data-label", " ".join("".join(block.itertext()).split()))
        if len(block) and not mark.tail and block[0].get("class") == mark.get("class"):
            _join(mark, block[0])
        block.text = None
        block.insert(0, mark)


def _join(mark: Any, following: Any) -> None:
    """Say the pages of two marks at one place in one number, as v–vi."""
    (number,), (last,) = (one.findall("span[@class='number']") for one in (mark, following))
    number.text = f"{number.text}–{last.text.rpartition('–')[2]}"
    following.remove(last)


def _first_block(following: Iterator[Any], passed_over: Callable[[Any], bool]) -> Any:
    """The first block with words of its own; None where a picture comes before it."""
    for element in following:
        if element.tag in _PICTURES:
            return None
        if passed_over(element):
            continue  # a head of a table is printed again on its next page
        if element.tag in _OF_WORDS:
            return element
        if element.tag in _HOLDERS and ((element.text or "").strip() or not _holds_block(element)):
            return element
    return None


def _holds_block(element: Any) -> bool:
    inside = [child.tag for child in element.iter() if child is not element]
    return bool({*inside} & {*_OF_WORDS, *_HOLDERS, *_PICTURES})


def _stands_in(element: Any, tag: str, parents: Mapping[Any, Any]) -> bool:
    while element in parents:
        element = parents[element]
        if element.tag == tag:
            return True
    return False
