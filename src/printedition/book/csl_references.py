"""Works, places and dates as citeproc-py 0.11 wants them."""

from __future__ import annotations

import re
from typing import Any

from citeproc import source

from printedition.book.csl_elements import as_words
from printedition.book.marked_words import Manners, from_data
from printedition.edition.bibliography import Work, WorkDate, WorkName


class Place(source.Locator):
    """A place in a work; two that say the same are the same, so that ibid. is found."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


class Year(int):
    """A year that prints with a letter, where a work must be told from another of that year."""

    letter = ""

    def __abs__(self) -> Year:
        return self

    def __str__(self) -> str:
        return f"{abs(int(self))}{self.letter}"


def reference_to(key: str, work: Work, manners: Manners) -> Any:
    reference = source.Reference(key, work.type)
    for variable, words in work.words.items():
        reference[variable] = as_words(from_data(words, manners))
    for variable, names in work.names.items():
        reference[variable] = [_name(name) for name in names]
    for variable, date in work.dates.items():
        reference[variable] = _date(date)
    if "language" in work.words:
        reference["language"] = work.words["language"].strip().lower()
    elif re.match(r"\W*[^\W\d_a-zA-Z\u00c0-\u024f]", work.words.get("title", "")):
        reference["language"] = "und"  # no Latin letters: no capitals of English titles
    # It looks variables up under either form of their names.
    reference.update({name.replace("-", "_"): value for name, value in reference.items()})
    return reference


def _name(name: WorkName) -> Any:
    if name.literal or not name.family:
        return source.Name(literal=as_words(from_data(name.literal or name.given)))
    parts = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping,
        "non-dropping-particle": name.non_dropping,
        "suffix": name.suffix,
    }
    return source.Name(**{part: as_words(from_data(said)) for part, said in parts.items() if said})


def _date(date: WorkDate) -> Any:
    if not date.parts:
        return source.LiteralDate(from_data(date.literal), circa=date.circa)
    dates = [_single_date(parts, date) for parts in date.parts]
    if len(dates) == 1:
        return dates[0]
    return source.DateRange(begin=dates[0], end=dates[1], circa=date.circa)


def _single_date(parts: tuple[int, ...], whole: WorkDate) -> Any:
    year, month, *day = (*parts, 0)[:3] if len(parts) < 3 else parts
    made = source.Date(year=year, circa=whole.circa)
    season = whole.season or ((month - 1) % 4 + 1 if month > 12 else 0)
    if 1 <= month <= 12:
        made["month"] = month
        if day and day[0]:
            made["day"] = day[0]
    elif season:
        made["season"] = season
    return made
