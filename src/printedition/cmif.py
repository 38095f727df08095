"""The list of an edition's letters for correspSearch, in the format CMIF of the TEI.

Its form is that of the Correspondence Metadata Interchange Format, version 1 with the evidence and
certainty of 1.1, by the TEI Correspondence SIG: https://github.com/TEI-Correspondence-SIG/CMIF
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from printedition.edition.dates import RECEIVED, SENT, WRITTEN, Certainty, DatedEvent, Dating
from printedition.edition.edition import Edition, Role, TextEntry
from printedition.edition.letter import ListOfLetters, Named
from printedition.edition.text import plain_text

TEI = "http://www.tei-c.org/ns/1.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_UNDER_LICENCE = "This file is licensed under the terms of the Creative Commons License CC-BY 4.0"
_UNKNOWN = "Unknown"  # which CMIF wants in place of a name


class Lacking(Exception):
    """What the list needs and edition.yaml does not say, a sentence for each."""

    def __init__(self, lacks: tuple[str, ...]) -> None:
        super().__init__("; ".join(lacks))
        self.lacks = lacks


def list_of_letters(edition: Edition) -> str:
    """The list as XML; the same for the same edition. Raises Lacking."""
    letters = [entry for entry in edition.text_entries if entry.letter]
    lacks = tuple(_lacks(edition, letters))
    if lacks or edition.cmif is None:
        raise Lacking(lacks)
    settings = edition.cmif
    root = Element("TEI", {"xmlns": TEI})
    header = SubElement(root, "teiHeader")
    name = settings.uuid or _name_from(settings.url)
    header.append(_file_description(edition, settings, name))
    profile = SubElement(header, "profileDesc")
    for entry in letters:
        profile.append(_letter(entry, name))
    SubElement(SubElement(SubElement(root, "text"), "body"), "p")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _lacks(edition: Edition, letters: list[TextEntry]) -> Iterator[str]:
    if not letters:
        yield "no text is a letter: add letter: with sender: and addressee: to those that are"
    if edition.cmif is None:
        yield "edition.yaml has no record cmif: with the url: at which the list will lie"
        return
    if not edition.date:
        yield "edition.yaml has no date:"
    if not _editor(edition):
        yield "nobody is named to answer for the list: add editor: under cmif:"


def _name_from(url: str) -> str:
    """A UUID that is the same for the same address, and begins with a letter as an xml:id must."""
    made = str(uuid.uuid5(uuid.NAMESPACE_URL, url))
    return f"{'abcdef'[int(made[0], 16) % 6]}{made[1:]}"


# fileDesc


def _file_description(edition: Edition, settings: ListOfLetters, name: str) -> Element:
    description = Element("fileDesc")
    titles = SubElement(description, "titleStmt")
    _add(titles, "title", f"{edition.title}: list of letters")
    editor = _add(titles, "editor", settings.editor or _editor(edition))
    if settings.email:
        editor.text = f"{editor.text} "
        _add(editor, "email", settings.email)
    publication = SubElement(description, "publicationStmt")
    publisher = settings.publisher or edition.publisher or _editor(edition)
    if settings.publisher_url:
        named = SubElement(publication, "publisher")
        _add(named, "ref", publisher, target=settings.publisher_url)
    else:
        _add(publication, "publisher", publisher)
    _add(publication, "idno", settings.url, type="url")
    SubElement(publication, "date", {"when": edition.date})
    availability = SubElement(publication, "availability")
    _add(availability, "licence", _UNDER_LICENCE, target=LICENCE)
    sources = SubElement(description, "sourceDesc")
    attributes = {"type": settings.kind, "xml:id": name}
    SubElement(sources, "bibl", attributes).text = _citation(edition)
    return description


def _editor(edition: Edition) -> str:
    """Who answers for the list: as edition.yaml says, else the first editor."""
    if edition.cmif and edition.cmif.editor:
        return edition.cmif.editor
    return next((p.name for p in edition.people if p.role is Role.EDITOR), "")


def _citation(edition: Edition) -> str:
    """How the edition is to be cited, as it says itself."""
    if edition.imprint.cite:
        return " ".join(plain_text(edition.imprint.cite[0]).split())
    authors = ", ".join(p.name for p in edition.people if p.role is Role.AUTHOR)
    title = f"{edition.title}. {edition.subtitle}" if edition.subtitle else edition.title
    parts = (authors, title, edition.publisher, edition.date[:4], edition.identifier)
    return ", ".join(part for part in parts if part) + "."


# correspDesc


def _letter(entry: TextEntry, name: str) -> Element:
    letter = entry.letter
    assert letter is not None
    described = Element("correspDesc", {"key": letter.number or entry.id.text})
    if letter.address:
        described.set("ref", letter.address)
    described.set("source", f"#{name}")
    sent = _first_dated(entry.dates, (SENT, WRITTEN))
    received = _first_dated(entry.dates, (RECEIVED,))
    described.append(_action("sent", letter.senders, letter.place, sent))
    described.append(_action("received", letter.addressees, letter.destination, received))
    return described


def _first_dated(dates: Iterable[DatedEvent], events: tuple[str, ...]) -> DatedEvent | None:
    """The date of the first of some events that has one which machines read."""
    known = {date.event: date for date in reversed(tuple(dates)) if date.dating}
    return next((known[event] for event in events if event in known), None)


def _action(
    kind: str, names: tuple[Named, ...], place: Named | None, date: DatedEvent | None
) -> Element:
    action = Element("correspAction", {"type": kind})
    for named in names:
        _add_name(action, "orgName" if named.institution else "persName", named)
    if not names:
        _add(action, "persName", _UNKNOWN)
    if place and place.name:
        _add_name(action, "placeName", place)
    if date and date.dating:
        exact = not date.dating.is_bounded
        SubElement(
            action,
            "date",
            {**_days(date.dating), **_doubt(exact and bool(date.inferred), date.certainty)},
        )
    return action


def _add_name(action: Element, tag: str, named: Named) -> None:
    attributes = {"ref": named.authority} if named.authority else {}
    attributes |= _doubt(named.inferred, named.certainty)
    SubElement(action, tag, attributes).text = named.name or _UNKNOWN


def _doubt(inferred: bool, certainty: Certainty) -> dict[str, str]:
    """What no source states, and what is not certain; bounds are inferred by their nature."""
    attributes = {"evidence": "conjecture"} if inferred else {}
    if certainty.is_doubtful:
        attributes["cert"] = certainty.value
    return attributes


def _days(dating: Dating) -> dict[str, str]:
    """A date in the attributes of TEI, which has no bound that excludes what it names."""
    days = {
        "when": dating.when,
        "from": dating.start,
        "to": dating.end,
        "notBefore": dating.earliest if dating.after else dating.not_before,
        "notAfter": dating.latest if dating.before else dating.not_after,
    }
    return {name: str(day) for name, day in days.items() if day is not None}


def _add(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    child = SubElement(parent, tag, attributes)
    child.text = text
    return child
