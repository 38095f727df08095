"""A page of XHTML as HTML: without what only e-books know, with headings and landmarks in order.

Rules of the W3C's checker and of axe: no heading leaves a step out, a section has a heading, and
no two landmarks bear one name. So a section is named by its heading where its role makes it a
landmark, and else bears no name, which would make it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from printedition.ebook.links import LinkToNothing

Element = ElementTree.Element

_HEADING = re.compile(r"h[1-6]")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES = ("aria-label", "aria-labelledby")


def html_of(page: str, pictures: Mapping[str, str], style: str, said: str) -> str:
    """The page as HTML, with the addresses of `pictures` put for their names, and a `style`.

    `said` is the word for a page.

    Raises LinkToNothing for a picture that is not there.
    """
    root = ElementTree.fromstring(page.encode())
    for element in root.iter():
        _simplify(element)
        if element.tag == "img":
            source = element.get("src", "")
            if source not in pictures:
                raise LinkToNothing(source)
            element.set("src", pictures[source])
        elif element.tag == "style":
            element.text = "\n" + style.replace("</", "<\\/")
        elif element.get("role") == "doc-pagebreak":
            _word_page(element, said)
        elif element.get("class") == "locator" and "aria-label" in element.attrib:
            # A name must hold the words that are seen, WCAG 2.2, 2.5.3.
            element.set("title", element.attrib.pop("aria-label"))
    _set_levels(root)
    _name_landmarks(root)
    written = ElementTree.tostring(root, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{written}\n"


def _word_page(marker: Element, word: str) -> None:
    """Has the number of a page as its text: DPUB-ARIA 1.1 lets no marker of one bear a name."""
    folio = marker.attrib.pop("aria-label", "")
    marker.attrib.pop("title", None)
    said = ElementTree.SubElement(marker, "span", {"class": "spoken"})
    said.text = f"{word} "
    ElementTree.SubElement(marker, "span", {"class": "number"}).text = folio


def _simplify(element: Element) -> None:
    """Takes names of XML's spaces away: an HTML parser knows the elements of SVG by itself."""
    element.tag = _local(element.tag)
    language = element.attrib.pop(_LANG, None)
    if language is not None:
        element.attrib.setdefault("lang", language)
    for name in [name for name in element.attrib if name.startswith("{")]:
        value = element.attrib.pop(name)
        if _local(name) == "href":  # xlink:href
            element.set("href", value)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _set_levels(root: Element) -> None:
    """Headings one below another: the book's title first, those of its sections next."""
    above: list[int] = []  # levels of the headings in which this one stands, as they were
    for section, heading in _headings(root):
        level = int(heading.tag[1])
        while above and above[-1] >= level:
            above.pop()
        if "book-title" in heading.get("class", "") or _is_title_page(section):
            above.clear()
        else:
            above.append(level)
            heading.tag = f"h{min(1 + len(above), 6)}"


def _is_title_page(section: Element | None) -> bool:
    return section is not None and "title-page" in section.get("class", "").split()


def _headings(
    element: Element, section: Element | None = None
) -> Iterator[tuple[Element | None, Element]]:
    """Every heading in order, with the section that it stands in."""
    for child in element:
        if _HEADING.fullmatch(child.tag):
            yield section, child
        else:
            yield from _headings(child, child if child.tag in ("section", "nav") else section)


def _name_landmarks(root: Element) -> None:
    main = next(root.iter("main"))
    for part in main:
        title = _own_heading(part)
        if title is not None and not title.get("id"):
            title.set("id", f"{part.get('id')}.heading")
        for section in [*part.iter("section"), *part.iter("nav")]:
            _name(section, part, title)


def _name(section: Element, part: Element, title: Element | None) -> None:
    """Names a landmark by its heading and that of the part; what has no heading is no section."""
    heading = title if section is part else _own_heading(section)
    for name in _NAMES:
        section.attrib.pop(name, None)
    if section.tag == "section" and heading is None:
        section.tag = "div"
    elif section.get("role") or section.tag == "nav":
        ids = [each.get("id", "") for each in (heading, title) if each is not None]
        if ids := list(dict.fromkeys(filter(None, ids))):
            section.set("aria-labelledby", " ".join(ids))


def _own_heading(section: Element) -> Element | None:
    """The first heading of a section, but for those of sections in it."""
    return next((heading for own, heading in _headings(section) if own is None), None)
