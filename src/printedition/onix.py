"""The record of an edition's EPUB for the book trade, in the format ONIX of EDItEUR.

ONIX for Books 3.0, reference names; the numbers of code lists stand beside the codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from printedition.book.page_words import filled, page_words
from printedition.book.tree import Book, Person
from printedition.cmif import Lacking
from printedition.ebook.access import Access, access_of
from printedition.ebook.package import identifier_of
from printedition.edition.edition import Edition, Role
from printedition.edition.publication import Evaluation, isbn_in

ONIX = "http://ns.editeur.org/onix/3.0/reference"
_FORMAT_VERSION, _EPUB_3_3 = "15", "101F"  # lists 79, 220
_HAZARDS, _NONE_KNOWN = "12", "00"  # lists 79, 143

# List 17; it has none for who transcribes, and “other” is explained in words.
_ROLES = {
    Role.AUTHOR: "A01",
    Role.EDITOR: "B01",
    Role.TRANSLATOR: "B06",
    Role.ANNOTATOR: "A20",
    Role.TRANSCRIBER: "Z99",
    Role.INTRODUCER: "A24",
}

# List 196, by the words of schema.org for the same.
_FEATURES = {
    "unlocked": "10",
    "tableOfContents": "11",
    "index": "12",
    "readingOrder": "13",
    "alternativeText": "14",
    "pageNavigation": "19",
    "structuralNavigation": "29",
    "ARIA": "30",
    "displayTransformability": "36",
}
_OF_ALL_BOOKS = ("22", "32", "52")  # language tagged, landmarks, can be read without sight
_WCAG = {"2.0": "80", "2.1": "81", "2.2": "82"}
_LEVELS = {"A": "84", "AA": "85", "AAA": "86"}

# List 74 (ISO 639-2/B), by the codes of two letters.
_LANGUAGES: dict[str, str] = dict(
    re.findall(
        r"(\w+):(\w+)",
        "ar:ara be:bel bg:bul bs:bos ca:cat cs:cze cy:wel da:dan de:ger el:gre en:eng eo:epo "
        "es:spa et:est eu:baq fa:per fi:fin fr:fre ga:gle gl:glg he:heb hi:hin hr:hrv hu:hun "
        "hy:arm is:ice it:ita ja:jpn ka:geo ko:kor la:lat lt:lit lv:lav mk:mac mt:mlt nb:nob "
        "nl:dut nn:nno no:nor oc:oci pl:pol pt:por ro:rum ru:rus sa:san sk:slo sl:slv sq:alb "
        "sr:srp sv:swe tr:tur uk:ukr ur:urd vi:vie yi:yid zh:chi",
    )
)


def product_record(edition: Edition, book: Book) -> str:
    """The record as XML; the same for the same edition. Raises cmif.Lacking.

    It describes the EPUB of a build of both books, which has the pages of the printed one.
    """
    if lacks := tuple(_lacks(edition)):
        raise Lacking(lacks)
    message = Element("ONIXMessage", {"xmlns": ONIX, "release": "3.0"})
    header = SubElement(message, "Header")
    _add(SubElement(header, "Sender"), "SenderName", edition.publisher)
    _add(header, "SentDateTime", _day(edition.date))
    product = SubElement(message, "Product")
    named = edition.identifiers.epub or edition.identifier or identifier_of(book)
    _add(product, "RecordReference", named)
    _add(product, "NotificationType", "03")  # list 1: confirmed
    _identify(product, named)
    product.append(_description(edition, access_of(book, pages=True), book.people))
    if edition.description:
        text = SubElement(SubElement(product, "CollateralDetail"), "TextContent")
        _add_all(text, TextType="03", ContentAudience="00", Text=edition.description)
    product.append(_publishing(edition))
    if edition.identifiers.pdf:
        other = SubElement(SubElement(product, "RelatedMaterial"), "RelatedProduct")
        # List 51: another format, and the one whose pages are marked, as list 196, 19 wants it.
        _add(other, "ProductRelationCode", "06")
        _add(other, "ProductRelationCode", "13")
        _identify(other, edition.identifiers.pdf)
    indent(message)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(message, encoding="unicode")}\n'


def _lacks(edition: Edition) -> Iterator[str]:
    if not edition.publisher:
        yield "edition.yaml has no publisher:, whose record it would be"
    if not edition.date:
        yield "edition.yaml has no date:"


def _identify(parent: Element, identifier: str) -> None:
    """A product's identifier, by its kind: list 5."""
    stated = SubElement(parent, "ProductIdentifier")
    doi = identifier.removeprefix("https://doi.org/").removeprefix("doi:")
    if number := isbn_in(identifier):
        _add_all(stated, ProductIDType="15", IDValue=number)
    elif doi.startswith("10."):
        _add_all(stated, ProductIDType="06", IDValue=doi)
    elif identifier.startswith("urn:"):
        _add_all(stated, ProductIDType="22", IDValue=identifier)
    else:
        _add_all(stated, ProductIDType="01", IDTypeName="identifier", IDValue=identifier)


# DescriptiveDetail


def _description(edition: Edition, access: Access, people: tuple[Person, ...]) -> Element:
    detail = Element("DescriptiveDetail")
    # Lists 2, 150, 175: one product, downloaded, EPUB.
    _add_all(detail, ProductComposition="00", ProductForm="ED", ProductFormDetail="E101")
    for code, words in _accessibility(access, edition.evaluation):
        _add_feature(detail, "09", code, words)
    _add_feature(detail, _HAZARDS, _NONE_KNOWN)
    _add_feature(detail, _FORMAT_VERSION, _EPUB_3_3)
    _add(detail, "PrimaryContentType", "10")  # list 81: text
    if access.pictures:
        _add(detail, "ProductContentType", "07")  # pictures
    _add(detail, "EpubTechnicalProtection", "00")  # list 144: none
    title = SubElement(detail, "TitleDetail")
    _add(title, "TitleType", "01")
    element = SubElement(title, "TitleElement")
    _add_all(element, TitleElementLevel="01", TitleText=edition.title)
    if edition.subtitle:
        _add(element, "Subtitle", edition.subtitle)
    for number, person in enumerate(people, 1):
        _add_person(detail, number, person, edition.lang)
    if not people:
        SubElement(detail, "NoContributor")
    if edition.revision:
        _add(
            detail,
            "EditionStatement",
            filled(page_words(edition.lang)["revision"], edition.revision),
        )
    language = SubElement(detail, "Language")
    _add_all(language, LanguageRole="01", LanguageCode=_language(edition.lang))
    if edition.subjects:
        keywords = SubElement(detail, "Subject")
        _add_all(
            keywords,
            SubjectSchemeIdentifier="20",  # list 27: keywords
            SubjectHeadingText="; ".join(edition.subjects),
        )
    return detail


def _accessibility(access: Access, evaluation: Evaluation | None) -> Iterator[tuple[str, str]]:
    """Codes of list 196 with their words, in the order of the codes but for the claim at the end.

    That is made only where somebody evaluated the book.
    """
    if access.summary:
        yield "00", access.summary
    codes = {_FEATURES[name] for name in access.features if name in _FEATURES}
    for code in sorted(codes | set(_OF_ALL_BOOKS)):
        yield code, ""
    if evaluation:
        _, version, _, level = evaluation.standard.rsplit(" ", 3)
        yield "04", evaluation.report
        yield _WCAG[version], ""
        yield _LEVELS[level], ""
        yield "90", evaluation.evaluator
        yield "91", _day(evaluation.date)


def _add_feature(detail: Element, kind: str, code: str, words: str = "") -> None:
    feature = SubElement(detail, "ProductFormFeature")
    _add_all(feature, ProductFormFeatureType=kind, ProductFormFeatureValue=code)
    if words:
        _add(feature, "ProductFormFeatureDescription", words)


def _add_person(detail: Element, number: int, person: Person, lang: str) -> None:
    role = Role(person.role)
    one = SubElement(detail, "Contributor")
    _add_all(one, SequenceNumber=str(number), ContributorRole=_ROLES[role])
    _add_all(one, PersonName=person.name, PersonNameInverted=person.sort or person.name)
    if role is Role.TRANSCRIBER:
        said = filled(page_words(lang)["transcribed"], person.name)
        _add(one, "ContributorDescription", said)


def _language(lang: str) -> str:
    """The language in three letters, as far as it is known."""
    main = lang.partition("-")[0].lower()
    return _LANGUAGES.get(main, main if len(main) == 3 else "und")


# PublishingDetail


def _publishing(edition: Edition) -> Element:
    detail = Element("PublishingDetail")
    publisher = SubElement(detail, "Publisher")
    _add_all(publisher, PublishingRole="01", PublisherName=edition.publisher)
    _add(detail, "PublishingStatus", "04")  # list 64: active
    date = SubElement(detail, "PublishingDate")
    _add(date, "PublishingDateRole", "01")
    _add(date, "Date", _day(edition.date)).set("dateformat", "00")  # list 55: YYYYMMDD
    return detail


def _day(date: str) -> str:
    return date.replace("-", "")


def _add_all(parent: Element, **children: str) -> None:
    for tag, text in children.items():
        _add(parent, tag, text)


def _add(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = text
    return child
