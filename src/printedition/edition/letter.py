"""A letter: who sent it to whom, from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from printedition.edition.dates import Certainty
from printedition.frozen import dataclass
from printedition.sources import Span

# Where names are identified: the address that the id of an authority file is a part of.
AUTHORITIES = {
    "viaf": "http://viaf.org/viaf/",
    "gnd": "http://d-nb.info/gnd/",
    "lc": "http://id.loc.gov/authorities/names/",
    "bnf": "http://catalogue.bnf.fr/ark:/12148/",
    "ndl": "http://id.ndl.go.jp/auth/ndlna/",
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "https://www.geonames.org/",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A person, an institution or a place of a letter; `name` is empty where it is unknown.

    `head` is the name in the form that the letter's head wants, such as a dative; `authority` an
    address in an authority file.
    """

    name: str
    head: str
    authority: str
    institution: bool
    inferred: bool
    certainty: Certainty
    span: Span = field(compare=False, repr=False)


class Heads(Enum):
    """Whom the heads of letters name."""

    ADDRESSEE = "addressee"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class LetterHeads:
    """How the heads of letters and dates are worded; `terms` are the edition's own words."""

    heads: Heads | None = None
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListOfLetters:
    """What the list of letters for correspSearch says of itself."""

    url: str
    publisher: str
    publisher_url: str
    editor: str
    email: str
    kind: str
    uuid: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """What edition.yaml says of a letter besides its dates."""

    number: str
    address: str
    senders: tuple[Named, ...]
    addressees: tuple[Named, ...]
    place: Named | None
    destination: Named | None
    span: Span = field(compare=False, repr=False)
