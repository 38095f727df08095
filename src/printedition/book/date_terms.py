"""The words of dates and of heads of letters in the languages of editions.

Where two words stand, the first is for a day and the second for a month or year. Russian has
months in the nominative where they stand alone, else in the genitive, as after a preposition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from printedition.frozen import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a language writes a date: its months, alone and after a day, and what joins them.

    `day` is a pattern; `first` that of the first day of a month; `between` are the words of a pair
    of bounds, or empty where each bound keeps its own. American English has the month first.
    """

    months: tuple[str, ...]
    of_months: tuple[str, ...] = ()
    day: str = "{}"
    first: str = "{}"
    month: str = "{}"
    year: str = "{}"
    between: tuple[Pair, Pair] | None = None
    month_first: bool = False


_LATIN = (
    "Ianuarius", "Februarius", "Martius", "Aprilis", "Maius", "Iunius", "Iulius", "Augustus",
    "September", "October", "November", "December",
)  # fmt: skip

CALENDARS: dict[str, Calendar] = {
    "en": Calendar(
        ("January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"),
        between=(("between", "between"), ("and", "and")),
    ),
    "de": Calendar(
        ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
         "Oktober", "November", "Dezember"),
        day="{}.", first="{}.",
        between=(("zwischen dem", "zwischen"), ("und dem", "und")),
    ),
    "fr": Calendar(
        ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
         "octobre", "novembre", "décembre"),
        first="{}er",
        between=(("entre le", "entre"), ("et le", "et")),
    ),
    "it": Calendar(
        ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
         "settembre", "ottobre", "novembre", "dicembre"),
        first="{}º",
        between=(("tra il", "tra"), ("e il", "e")),
    ),
    "es": Calendar(
        ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
         "octubre", "noviembre", "diciembre"),
        month="de {}", year="de {}",
        between=(("entre el", "entre"), ("y el", "y")),
    ),
    "ru": Calendar(
        ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
         "октябрь", "ноябрь", "декабрь"),
        ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
         "октября", "ноября", "декабря"),
    ),
    "la": Calendar(
        _LATIN,
        ("Ianuarii", "Februarii", "Martii", "Aprilis", "Maii", "Iunii", "Iulii", "Augusti",
         "Septembris", "Octobris", "Novembris", "Decembris"),
        between=(("inter", "inter"), ("et", "et")),
    ),
}  # fmt: skip

_KEYS = (
    "to", "from_to", "and", "written", "sent", "received", "registered", "number", "undated",
    "someone", "somewhere", "inferred", "probable", "uncertain",
)  # fmt: skip
_WORDS: dict[str, tuple[str, ...]] = {
    "en": ("To", "to", "and", "written", "sent", "received", "registered", "no.", "undated",
           "an unknown person", "place unknown", "inferred", "probable", "uncertain"),
    "de": ("An", "an", "und", "geschrieben", "abgesandt", "empfangen", "registriert", "Nr.",
           "undatiert", "unbekannt", "Ort unbekannt", "erschlossen", "wahrscheinlich", "unsicher"),
    "fr": ("À", "à", "et", "écrit", "envoyé", "reçu", "enregistré", "nº", "sans date",
           "une personne inconnue", "lieu inconnu", "déduit", "probable", "incertain"),
    "it": ("A", "a", "e", "scritto", "spedito", "ricevuto", "registrato", "n.", "senza data",
           "persona sconosciuta", "luogo sconosciuto", "dedotto", "probabile", "incerto"),
    "es": ("A", "a", "y", "escrito", "enviado", "recibido", "registrado", "núm.", "sin fecha",
           "persona desconocida", "lugar desconocido", "inferido", "probable", "incierto"),
    "ru": ("", "—", "и", "написано", "отправлено", "получено", "зарегистрировано", "№",
           "без даты", "неизвестное лицо", "место неизвестно", "по предположению", "вероятно",
           "не достоверно"),
    "la": ("Ad", "ad", "et", "scriptum", "missum", "acceptum", "inscriptum", "n.", "sine die",
           "ignotus", "loco ignoto", "coniectum", "probabile", "incertum"),
}  # fmt: skip
_BOUNDS: dict[str, dict[str, Pair]] = {
    "en": {"after": ("after", "after"), "before": ("before", "before"),
           "not_before": ("not before", "not before"), "not_after": ("not after", "not after")},
    "de": {"after": ("nach dem", "nach"), "before": ("vor dem", "vor"),
           "not_before": ("nicht vor dem", "nicht vor"),
           "not_after": ("nicht nach dem", "nicht nach")},
    "fr": {"after": ("après le", "après"), "before": ("avant le", "avant"),
           "not_before": ("pas avant le", "pas avant"),
           "not_after": ("pas après le", "pas après")},
    "it": {"after": ("dopo il", "dopo"), "before": ("prima del", "prima di"),
           "not_before": ("non prima del", "non prima di"),
           "not_after": ("non dopo il", "non dopo")},
    "es": {"after": ("después del", "después de"), "before": ("antes del", "antes de"),
           "not_before": ("no antes del", "no antes de"),
           "not_after": ("no después del", "no después de")},
    "ru": {"after": ("после", "после"), "before": ("до", "до"),
           "not_before": ("не ранее", "не ранее"), "not_after": ("не позднее", "не позднее")},
    "la": {"after": ("post", "post"), "before": ("ante", "ante"),
           "not_before": ("non ante", "non ante"), "not_after": ("non post", "non post")},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateTerms:
    """The words of a language, the edition's own in their place."""

    calendar: Calendar
    words: Mapping[str, str]
    bounds: Mapping[str, Pair]


def date_terms_of(lang: str, own: Mapping[str, str]) -> DateTerms:
    """The words of a language (BCP 47), English where it has none here; an edition's own first."""
    language = lang.partition("-")[0].lower()
    known = language if language in CALENDARS else "en"
    calendar = replace(CALENDARS[known], month_first=lang.lower().startswith("en-us"))
    words = dict(zip(_KEYS, _WORDS[known], strict=True))
    bounds = dict(_BOUNDS[known])
    for key, said in own.items():
        if key in bounds:
            bounds[key] = said, said
        else:
            words[key] = said
    return DateTerms(calendar, words, bounds)
