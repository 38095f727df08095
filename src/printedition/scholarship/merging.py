"""What the editions of a volume share is merged where it names the same thing, else kept apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain

from printedition.edition.abbreviation import Abbreviation
from printedition.edition.apparatus import Scholar, Witness
from printedition.edition.audience import Audience
from printedition.edition.bibliography import Bibliography, Work
from printedition.edition.edition import Band
from printedition.edition.names import in_namespace, siglum_apart
from printedition.edition.quotation import Value
from printedition.edition.text import plain_text

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# Sigla


def sigla_in_volume(
    conspectuses: Mapping[str, tuple[Witness, ...]], apart: Collection[str] = ()
) -> dict[str, dict[str, str]]:
    """What the volume calls the witnesses of each namespace, by their own sigla.

    A siglum that stands for two witnesses gets a raised number, in the order of the volume; in an
    edition that has a conspectus of its own (`apart`) its namespace, which does not print.
    """
    different: dict[str, list[Witness]] = {}
    together = (each for name, own in conspectuses.items() if name not in apart for each in own)
    for witness in together:
        known = different.setdefault(witness.siglum, [])
        if not any(_is_same(witness, other) for other in known):
            known.append(witness)

    def called(namespace: str, witness: Witness) -> str:
        if namespace in apart:
            return siglum_apart(namespace, witness.siglum)
        known = different[witness.siglum]
        if len(known) == 1:
            return witness.siglum
        number = next(n for n, other in enumerate(known, 1) if _is_same(witness, other))
        return witness.siglum + str(number).translate(_RAISED)

    return {
        namespace: {witness.siglum: called(namespace, witness) for witness in witnesses}
        for namespace, witnesses in conspectuses.items()
    }


def _is_same(one: Witness, other: Witness) -> bool:
    """Whether two editions describe one witness in the same words."""
    return (plain_text(one.description), one.date) == (plain_text(other.description), other.date)


def merged_witnesses(witnesses: Iterable[Witness]) -> tuple[Witness, ...]:
    """Each witness once, with the namespaces of all the editions that have it."""
    found: dict[str, Witness] = {}
    for witness in witnesses:
        known = found.get(witness.siglum)
        found[witness.siglum] = witness if known is None else _both(known, witness)
    return tuple(found.values())


def _both(one: Witness, other: Witness) -> Witness:
    return replace(
        one,
        namespaces=(*one.namespaces, *other.namespaces),
        extant=(*one.extant, *other.extant) if one.extant and other.extant else (),
        base=one.base or other.base,
    )


def merged_scholars(scholars: Iterable[Scholar]) -> tuple[Scholar, ...]:
    """Each scholar once, by name."""
    found: dict[str, Scholar] = {}
    for scholar in scholars:
        found.setdefault(scholar.name, scholar)
    return tuple(found.values())


def merged_bands(own: tuple[Band, ...], others: Iterable[Band]) -> tuple[Band, ...]:
    """The bands of the volume, then those that only included editions declare."""
    found = {band.name: band for band in own}
    for band in others:
        found.setdefault(band.name, band)
    return tuple(found.values())


def merged_audiences(lists: Iterable[tuple[Audience, ...]]) -> tuple[Audience, ...]:
    """The audiences that any of the editions declares, by their names."""
    found: dict[str, Audience] = {}
    for audience in chain(*lists):
        found.setdefault(audience.name, audience)
    return tuple(found.values())


# Works cited


def merged_bibliography(
    bibliographies: Mapping[str, Bibliography | None],
) -> tuple[Bibliography | None, dict[str, dict[str, str]]]:
    """One bibliography, and what it calls the works of each namespace, by their own keys.

    Two works are the same by their DOI, or by key or ISBN where they have the same title.
    """
    works: dict[str, Work] = {}
    listed: dict[str, Value] = {}
    called: dict[str, dict[str, str]] = {}
    for namespace, bibliography in bibliographies.items():
        keys = called[namespace] = {}
        for work in bibliography.works if bibliography else ():
            own = work.key.text
            same = next((key for key, other in works.items() if _is_same_work(work, other)), None)
            keys[own] = same or (own if own not in works else in_namespace(namespace, own))
            if same is None:
                works[keys[own]] = replace(work, key=Value(keys[own], work.key.span))
        for value in bibliography.listed if bibliography else ():
            named = list(keys) if value.text == "*" else [value.text]
            for name in named:
                listed.setdefault(keys.get(name, name), Value(keys.get(name, name), value.span))
    there = [each for each in bibliographies.values() if each]
    if not there:
        return None, called
    broken = any(each.is_broken for each in there)
    return Bibliography(tuple(works.values()), tuple(listed.values()), broken), called


def _is_same_work(one: Work, other: Work) -> bool:
    doi = _folded(one, "DOI")
    if doi and _folded(other, "DOI"):
        return doi == _folded(other, "DOI")
    if one.type != other.type or _folded(one, "title") != _folded(other, "title"):
        return False
    isbn = _folded(one, "ISBN").replace("-", "")
    same_isbn = bool(isbn) and isbn == _folded(other, "ISBN").replace("-", "")
    return same_isbn or one.key.text == other.key.text


def _folded(work: Work, variable: str) -> str:
    return " ".join(work.words.get(variable, "").casefold().split())


# Abbreviations


def merged_abbreviations(
    lists: Mapping[str, tuple[Abbreviation, ...]], titles: Mapping[str, str]
) -> tuple[Abbreviation, ...]:
    """Each abbreviation once; of one that means several things is said what it means where."""
    found: dict[str, list[tuple[str, Abbreviation]]] = {}
    for namespace, abbreviations in lists.items():
        for one in abbreviations:
            found.setdefault(one.abbr, []).append((namespace, one))
    return tuple(_one_of(several, titles) for several in found.values())


def _one_of(several: list[tuple[str, Abbreviation]], titles: Mapping[str, str]) -> Abbreviation:
    first = several[0][1]
    said = [(titles[namespace], one.expansion or one.note) for namespace, one in several]
    meanings = {words for _, words in said if words}
    if len(meanings) < 2:
        return next((one for _, one in several if one.expansion or one.note), first)
    note = "; ".join(f"{words} ({title})" for title, words in said if words)
    return replace(first, expansion="", note=note)
