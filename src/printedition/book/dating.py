"""Words dates and names of letters: brackets, question marks and ranges, from the data alone.

What no source states stands in square brackets, what is doubtful bears a question mark within
them, as in editions of modern letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from printedition.book.date_terms import DateTerms
from printedition.edition.dates import ALL_PARTS, Certainty, DatedEvent, Dating, Day, Part
from printedition.edition.letter import Named

_Piece = tuple[Part, str]


class DateWording:
    """Words dates by the terms of an edition; `has_brackets` once something was in brackets."""

    def __init__(self, terms: DateTerms) -> None:
        self._terms = terms
        self.has_brackets = False

    def said(self, term: str) -> str:
        """A term in the edition's words."""
        return self._terms.words[term]

    def event(self, event: str) -> str:
        """What happened, in the language of the edition where it is a known event."""
        return self._terms.words.get(event, event)

    def date(self, event: DatedEvent) -> str:
        """A date as it prints, in the edition's own words where it has some."""
        doubt = "?" if event.certainty.is_doubtful else ""
        dating = event.dating
        if not event.printed and dating and dating.when:
            return self._of_day(dating.when, event.inferred, doubt)
        words = event.printed or (self._of_time(dating) if dating else "")
        bounded = not event.printed and dating is not None and dating.is_bounded
        return self._bracketed(words + doubt) if event.inferred or bounded else words + doubt

    def undated(self) -> str:
        """What a letter bears that has no date."""
        return self._bracketed(self.said("undated"))

    def certainty(self, event: DatedEvent) -> str:
        """What a table says of how sure a date is; nothing of one that is certain and stated."""
        said = []
        if event.inferred == ALL_PARTS:
            said.append(self.said("inferred"))
        if event.certainty is not Certainty.HIGH:
            medium = event.certainty is Certainty.MEDIUM
            said.append(self.said("probable" if medium else "uncertain"))
        return ", ".join(said)

    def names(self, names: Iterable[Named], *, in_head: bool = False) -> str:
        """Names in a row, the last after “and”."""
        said = [self.name(name, "someone", in_head=in_head) for name in names]
        if len(said) < 2:
            return "".join(said)
        return f"{', '.join(said[:-1])} {self.said('and')} {said[-1]}"

    def name(self, name: Named, unknown: str, *, in_head: bool = False) -> str:
        """A name; what is `unknown` is a term."""
        words = (name.head if in_head else name.name) or self.said(unknown)
        words += "?" if name.certainty.is_doubtful else ""
        return self._bracketed(words) if name.inferred or not name.name else words

    def _bracketed(self, words: str) -> str:
        self.has_brackets = True
        return f"[{words}]"

    def _of_day(self, day: Day, inferred: Collection[Part], doubt: str) -> str:
        """A day whose parts that are inferred stand in brackets, those side by side in one pair."""
        pieces = list(self._pieces(day))
        marked = [part in inferred for part, _ in pieces]
        words = ""
        for number, (_, piece) in enumerate(pieces):
            opens = marked[number] and not any(marked[number - 1 : number])
            closes = marked[number] and not any(marked[number + 1 : number + 2])
            self.has_brackets |= opens
            within = doubt if all(marked) and number == len(pieces) - 1 else ""
            apart = self._apart(pieces[number - 1][0], pieces[number][0]) if number else ""
            words += apart + "[" * opens + piece + within + "]" * closes
        return words if all(marked) else words + doubt

    def _of_time(self, dating: Dating) -> str:
        """Anything but a single day."""
        if dating.start and dating.end:
            return self._range(dating.start, dating.end)
        between = self._terms.calendar.between
        if dating.not_before and dating.not_after and between:
            return self._pair(dating.not_before, dating.not_after, between)
        return ", ".join(
            f"{self._terms.bounds[key][0 if day.day else 1]} {self._words(day, of_month=True)}"
            for key in ("not_before", "after", "not_after", "before")
            if (day := getattr(dating, key)) is not None
        )

    def _range(self, first: Day, last: Day) -> str:
        one, other = self._shortened(first, last)
        alike = first.day and last.day and (first.year, first.month) == (last.year, last.month)
        dash = "–" if alike or " " not in one else " – "  # spaced where it parts more than figures
        return f"{one}{dash}{other}"

    def _pair(self, first: Day, last: Day, between: tuple[tuple[str, str], ...]) -> str:
        (one, one_of_month), (two, two_of_month) = between
        earlier, later = self._shortened(first, last)
        return (
            f"{one if first.day else one_of_month} {earlier} "
            f"{two if last.day else two_of_month} {later}"
        )

    def _shortened(self, first: Day, last: Day) -> tuple[str, str]:
        """Two days; what they have in common is said once."""
        alike: set[Part] = set()
        said: set[Part] = set()
        if first.year == last.year and first.month and last.month:
            alike.add(Part.YEAR)
            if first.month == last.month and first.day and last.day:
                (said if self._terms.calendar.month_first else alike).add(Part.MONTH)
        return self._words(first, without=alike), self._words(last, without=said)

    def _words(self, day: Day, *, without: Collection[Part] = (), of_month: bool = False) -> str:
        words, before = "", None
        for part, piece in self._pieces(day, of_month=of_month):
            if part not in without:
                words += (self._apart(before, part) if before else "") + piece
                before = part
        return words

    def _apart(self, before: Part, after: Part) -> str:
        """What parts two parts of a date."""
        return ", " if (before, after) == (Part.DAY, Part.YEAR) else " "

    def _pieces(self, day: Day, *, of_month: bool = False) -> Iterator[_Piece]:
        calendar = self._terms.calendar
        pieces: list[_Piece] = []
        if day.day:
            pattern = calendar.first if day.day == 1 else calendar.day
            pieces.append((Part.DAY, pattern.format(day.day)))
        if day.month:
            governed = bool(day.day) or of_month
            names = calendar.of_months if governed and calendar.of_months else calendar.months
            month = names[day.month - 1]
            pieces.append((Part.MONTH, calendar.month.format(month) if day.day else month))
        yield from reversed(pieces) if calendar.month_first else pieces
        yield Part.YEAR, calendar.year.format(day.year) if day.month else str(day.year)
