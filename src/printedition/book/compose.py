"""Composes the book: one tree of appearances, with entries, notes, index and references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from printedition.book import tree
from printedition.book.contents import contents_of, ranked
from printedition.book.indexes import Indexes
from printedition.book.materials import Materials
from printedition.book.page_words import page_words
from printedition.book.sections import Sections
from printedition.book.sign_words import BRACKETS, meanings_of_signs
from printedition.book.syllabus import titled
from printedition.diagnostics import Findings
from printedition.edition.edition import Edition
from printedition.edition.names import siglum_shown
from printedition.edition.signs import DOUBTFUL_PAGE_BREAK, PAGE_BREAK, SIGNS
from printedition.edition.text import Inline, plain_text
from printedition.scholarship.abbreviations import home_of_abbreviations, listed
from printedition.scholarship.apparatus import in_conspectus
from printedition.scholarship.checks import Scholarship


def compose(
    edition: Edition, scholarship: Scholarship, findings: Findings | None = None
) -> tree.Book:
    """The whole book, of an edition without faults; citations that can't be made are reported."""
    materials = Materials(edition, scholarship, Findings() if findings is None else findings)
    writer = Sections(materials)
    composed = [writer.compose(planned) for planned in materials.plan.sections]
    materials.citations.forget()  # so that the imprint cites in full, though it comes last here
    imprint = _imprint(materials, composed)
    return tree.Book(
        slug="-".join(filter(None, (edition.slug, edition.audience))),
        title=edition.title,
        subtitle=edition.subtitle,
        marked_title=materials.marked(edition.marked_title),
        marked_subtitle=materials.marked(edition.marked_subtitle),
        short_title=edition.short_title or edition.title,
        lang=edition.lang,
        identifier=edition.identifier,
        revision=edition.revision,
        date=edition.date,
        publisher=edition.publisher,
        description=edition.description,
        subjects=tuple(dict.fromkeys([*edition.subjects, *_keywords(composed)])),
        people=tuple(
            tree.Person(person.name, person.sort, person.role.value, person.role.marc)
            for person in edition.people
        ),
        imprint=imprint,
        sections=_completed(composed, materials),
        pointing=materials.pointing,
        pictures=tuple(sorted(edition.images.items())),
        abbreviations=tuple(
            tree.SignRow(one.abbr, one.expansion) for one in edition.abbreviations if one.expansion
        ),
        sigla=tuple(
            tree.SignRow(
                siglum_shown(one.siglum), plain_text(one.description) + _in_brackets(one.date)
            )
            for one in in_conspectus(edition.witnesses)
        ),
        audience=next((a.title for a in edition.audiences if a.name == edition.audience), ""),
        withholds=materials.gathered.withholds,
    )


def _keywords(composed: list[tree.Section]) -> Iterator[str]:
    """What the texts of the book are about."""
    for section in composed:
        if section.opening is not None and not section.withheld:
            yield from section.opening.keywords


def _in_brackets(date: str) -> str:
    return f" ({date})" if date else ""


def _imprint(materials: Materials, composed: list[tree.Section]) -> tree.Imprint:
    """What the imprint states; its references are those of the section that prints it."""
    gathered = materials.gathered
    gathered.section = next((one.id for one in composed if one.kind == "imprint"), "")
    stated = materials.edition.imprint

    def paragraphs(items: tuple[tuple[Inline, ...], ...]) -> tuple[tuple[tree.Inline, ...], ...]:
        return tuple(materials.marked(item) for item in items)

    return tree.Imprint(
        paragraphs(stated.source), paragraphs(stated.rights), paragraphs(stated.cite)
    )


def _completed(composed: list[tree.Section], materials: Materials) -> tuple[tree.Section, ...]:
    """The sections with what only the whole book knows: its contents, index and signs."""
    sections = ranked(composed, materials.plan.sections)
    contents = tuple(contents_of(sections))
    indexes = Indexes(
        materials.edition,
        materials.mentions.headings,
        materials.gathered.locators,
        materials.marked,
    )
    signs = tuple(
        _signs(
            materials.gathered.signs,
            materials.edition.lang,
            brackets=materials.dating.has_brackets,
        )
    )
    terms = tuple(materials.wording.abbreviations(materials.edition.lang))
    home, book = home_of_abbreviations(materials.edition), materials.edition.book
    by_id = {section.id: section for section in sections}
    return tuple(
        replace(
            section,
            sessions=titled(section.sessions, by_id),
            contents=contents if section.kind == "contents" else (),
            index=indexes.groups(planned.entry.subject.text) if section.kind == "index" else (),
            register=indexes.register(planned.entry.subject.text, planned.entry.type)
            if section.kind == "register"
            else (),
            pointers=tuple(materials.gathered.pointers.get(section.id, {}).values()),
            signs=signs if planned.entry.explains(book) else (),
            terms=terms if planned.entry.explains(book) else (),
            abbreviations=_abbreviations(materials)
            if section.kind == home and (home != "sigla" or planned.entry.explains(book))
            else (),
        )
        for section, planned in zip(sections, materials.plan.sections, strict=True)
        if not (section.kind == "appendix" and section.withheld)  # nothing stands behind it
    )


def _abbreviations(materials: Materials) -> tuple[tree.SignRow, ...]:
    """Those of the texts that are explained, in alphabetical order."""
    rows = listed(materials.edition)
    return tuple(tree.SignRow(one.abbr, one.expansion or one.note) for one in rows)


def _signs(used: set[str], lang: str, *, brackets: bool) -> Iterator[tree.SignRow]:
    """The signs in use, in the order of their table, with their meaning in the book's language."""
    meanings, house = meanings_of_signs(lang), page_words(lang)
    words = house["words"]
    for kind, sign in SIGNS.items():
        if kind in used:
            shown = "" if sign.opening else kind
            yield tree.SignRow(f"{sign.opening}{words}{sign.closing}", meanings[kind], shown)
    for mark, meaning in ((PAGE_BREAK, "page_end"), (DOUBTFUL_PAGE_BREAK, "likely_page_end")):
        if mark in used:
            yield tree.SignRow(mark, house[meaning])
    if brackets:  # which other editions use for other things
        yield tree.SignRow(f"[{words}]", meanings[BRACKETS])
