"""Composes the syllabus, and says the pages of what is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printedition.book import tree
from printedition.book.materials import Materials


def sessions(materials: Materials) -> Iterator[tree.Session]:
    """The sessions of the course; what is a whole section gets its title when all have theirs."""
    for number, session in enumerate(materials.edition.syllabus, 1):
        found = (materials.referrer.assigned(one) for one in session.readings)
        readings = tuple(
            tree.SessionReading(
                key=f"§{number}.{count}",
                href=one.href,
                title=one.name,
                sections=one.sections,
                end=one.end,
                marked=materials.marked(one.marked),
            )
            for count, one in enumerate(found, 1)
            if one is not None
        )
        note = materials.marked(session.note)
        marked = materials.marked(session.marked)
        yield tree.Session(session.when, session.title, session.date, readings, note, marked)


def titled(
    sessions: tuple[tree.Session, ...], sections: Mapping[str, tree.Section]
) -> tuple[tree.Session, ...]:
    """Sessions with the titles of the sections that are read."""

    def named(one: tree.SessionReading) -> tree.SessionReading:
        section = sections.get(next(iter(one.sections), ""))
        if one.title or section is None:
            return one
        return replace(one, title=section.title, marked=section.marked)

    return tuple(
        replace(session, readings=tuple(map(named, session.readings))) for session in sessions
    )


def assigned(
    book: tree.Book, labels: Mapping[str, Sequence[str]], folios: Mapping[str, str]
) -> dict[str, str]:
    """The pages of all that the syllabus has to be read, in words, by its keys.

    `labels` are the folios of the pages of each section, `folios` the pages of ids.
    """
    said: dict[str, str] = {}
    for section in book.sections:
        for session in section.sessions:
            for one in session.readings:
                whole = [label for name in one.sections for label in labels.get(name, ())]
                first = whole[0] if whole else folios.get(one.href, "")
                last = whole[-1] if whole else folios.get(one.end, first)
                if first:
                    said[one.key] = _pages(book, first, last)
    return said


def _pages(book: tree.Book, first: str, last: str) -> str:
    style = book.pointing
    if first == last:
        return style.numbered("page", first)
    both = first.isdigit() and last.isdigit()
    pages = style.ranges(int(first), int(last)) if both else f"{first}–{last}"
    return style.numbered("pages", pages)
