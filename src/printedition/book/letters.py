"""Composes what letters have besides their words: heads, dates, and the table of all dates."""

from __future__ import annotations

from collections.abc import Iterable

from printedition.book import tree
from printedition.book.locators import Whereabouts
from printedition.book.materials import Materials
from printedition.edition.dates import SENT, WRITTEN, DatedEvent, in_order_of_time
from printedition.edition.edition import SectionEntry, TextEntry
from printedition.edition.index import LeftOut
from printedition.edition.letter import Heads, Letter
from printedition.edition.names import shown


class Letters:
    """Composes heads and dates of an edition's texts."""

    def __init__(self, materials: Materials) -> None:
        self._materials = materials
        self._wording = materials.dating
        self._heads = materials.edition.letters.heads or _heads_of(
            entry.letter for entry in materials.edition.text_entries
        )

    def head(self, text: TextEntry) -> tree.LetterHead | None:
        """What stands over a letter; None where the text is none."""
        if text.letter is None:
            return None
        letter, wording = text.letter, self._wording
        dated = _dated(text)
        return tree.LetterHead(
            number=letter.number,
            parties=self._parties(letter),
            place=wording.name(letter.place, "somewhere", in_head=True) if letter.place else "",
            date=wording.date(dated) if dated else wording.undated(),
            when=_when(dated),
        )

    def dates(self, text: TextEntry) -> tuple[tree.DateRow, ...]:
        """The dates of a text as edition.yaml orders them."""
        where = Whereabouts(text.short_title or shown(text.id.text))
        return tuple(self._row(event, text, where) for event in text.dates)

    def chronology(self, section: SectionEntry, title: str) -> tuple[tree.DateRow, ...]:
        """The dates of all texts and the events that belong to none, in the order of time.

        That of an included edition has its own.
        """
        where = None if self._materials.mentions.leaves_out(LeftOut.LISTS) else Whereabouts(title)
        edition = self._materials.edition
        texts = {id(event): text for text in edition.text_entries for event in text.dates}
        events = in_order_of_time(
            event
            for event in edition.dated_events
            if section.namespace in ("", edition.namespace_at(event.span.source))
        )
        return tuple(self._row(event, texts.get(id(event)), where) for event in events)

    def _row(
        self, event: DatedEvent, text: TextEntry | None, where: Whereabouts | None
    ) -> tree.DateRow:
        target = event.place.text if event.place else text.id.text if text else ""
        teller = text or self._materials.edition.entry_of(target.partition("/")[0])
        return tree.DateRow(
            event=self._wording.event(event.event),
            date=self._wording.date(event),
            certainty=self._wording.certainty(event),
            evidence=self._materials.marked(event.evidence, where),
            note=self._materials.marked(event.note, where),
            number=f"{self._wording.said('number')} {event.number}" if event.number else "",
            in_head=text is not None and event is _dated(text),
            text=(teller.short_title or shown(teller.id.text)) if teller else "",
            href=self._materials.plan.targets.get(target, ""),
            when=_when(event),
        )

    def _parties(self, letter: Letter) -> str:
        """`To L. B. Kamenev`, or with the sender before it."""
        wording = self._wording
        addressees = wording.names(letter.addressees, in_head=True)
        if letter.destination:
            place = wording.name(letter.destination, "somewhere", in_head=True)
            addressees = f"{addressees}, {place}" if addressees else place
        senders = wording.names(letter.senders)
        if senders and self._heads is Heads.BOTH:
            return f"{senders} {wording.said('from_to')} {addressees}" if addressees else senders
        return f"{wording.said('to')} {addressees}".strip() if addressees else ""


def _heads_of(letters: Iterable[Letter | None]) -> Heads:
    """A sender who wrote all letters need not be named over each."""
    senders = {tuple(named.name for named in letter.senders) for letter in letters if letter}
    return Heads.BOTH if len(senders) > 1 else Heads.ADDRESSEE


def _when(event: DatedEvent | None) -> str:
    """The date as ISO 8601 writes it, empty where it is no one day, month or year."""
    known = event.dating.when if event and event.dating else None
    return str(known) if known else ""


def _dated(text: TextEntry) -> DatedEvent | None:
    """The date that a text's head bears: that of writing, of a letter also that of sending."""
    wanted = (WRITTEN, SENT) if text.letter else (WRITTEN,)
    for event in wanted:
        for dated in text.dates:
            if dated.event == event:
                return dated
    return None
