"""The words of an index in the languages of editions: references, notes, what is read aloud."""

from __future__ import annotations

from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class IndexWords:
    """What an index says between headings and locators.

    `to`, `line`, `note`, `version` are read aloud in place of signs: {} a folio, {} what follows.
    `of_lines` and the like say in the headnote what locators mean; `of_pages` in an e-book, whose
    reader sees no pages.
    """

    see: str
    see_also: str
    continued: str
    to: str
    line: str
    note: str
    version: str
    of_pages: str
    of_lines: str
    of_notes: str
    of_versions: str
    of_principal: str


_WORDS = {
    "en": IndexWords(
        see="see",
        see_also="see also",
        continued="(continued)",
        to="{} to {}",
        line="{}, line {}",
        note="{}, note {}",
        version="{}, version {}",
        of_pages="Numbers are those of the pages of the printed book.",
        of_lines="Numbers are those of page and line.",
        of_notes="A number followed by n is that of a note on its page.",
        of_versions="Letters after a number name the version: {}.",
        of_principal="Principal passages are in bold.",
    ),
    "de": IndexWords(
        see="siehe",
        see_also="siehe auch",
        continued="(Fortsetzung)",
        to="{} bis {}",
        line="{}, Zeile {}",
        note="{}, Anmerkung {}",
        version="{}, Fassung {}",
        of_pages="Die Zahlen sind die Seiten des gedruckten Buches.",
        of_lines="Die Zahlen sind Seite und Zeile.",
        of_notes="Eine Zahl mit n weist auf eine Anmerkung der Seite.",
        of_versions="Buchstaben hinter einer Zahl nennen die Fassung: {}.",
        of_principal="Hauptstellen sind fett.",
    ),
    "fr": IndexWords(
        see="voir",
        see_also="voir aussi",
        continued="(suite)",
        to="{} à {}",
        line="{}, ligne {}",
        note="{}, note {}",
        version="{}, version {}",
        of_pages="Les chiffres renvoient aux pages du livre imprimé.",
        of_lines="Les chiffres renvoient à la page et à la ligne.",
        of_notes="Un chiffre suivi de n renvoie à une note de la page.",
        of_versions="Les lettres après un chiffre désignent la version : {}.",
        of_principal="Les passages principaux sont en gras.",
    ),
    "it": IndexWords(
        see="vedi",
        see_also="vedi anche",
        continued="(continua)",
        to="{} a {}",
        line="{}, riga {}",
        note="{}, nota {}",
        version="{}, versione {}",
        of_pages="I numeri sono quelli delle pagine del libro stampato.",
        of_lines="I numeri indicano pagina e riga.",
        of_notes="Un numero seguito da n rinvia a una nota della pagina.",
        of_versions="Le lettere dopo un numero indicano la versione: {}.",
        of_principal="I passi principali sono in grassetto.",
    ),
    "es": IndexWords(
        see="véase",
        see_also="véase también",
        continued="(continuación)",
        to="{} a {}",
        line="{}, línea {}",
        note="{}, nota {}",
        version="{}, versión {}",
        of_pages="Los números son los de las páginas del libro impreso.",
        of_lines="Los números indican página y línea.",
        of_notes="Un número seguido de n remite a una nota de la página.",
        of_versions="Las letras tras un número indican la versión: {}.",
        of_principal="Los pasajes principales van en negrita.",
    ),
    "ru": IndexWords(
        see="см.",
        see_also="см. также",
        continued="(продолжение)",
        to="{} до {}",
        line="{}, строка {}",
        note="{}, примечание {}",
        version="{}, редакция {}",
        of_pages="Цифры означают страницы печатной книги.",
        of_lines="Цифры означают страницу и строку.",
        of_notes="Цифра с буквой n означает примечание на этой странице.",
        of_versions="Буквы после цифры означают редакцию: {}.",
        of_principal="Основные места выделены полужирным шрифтом.",
    ),
    "la": IndexWords(
        see="vide",
        see_also="vide etiam",
        continued="(continuatur)",
        to="{} ad {}",
        line="{}, linea {}",
        note="{}, adnotatio {}",
        version="{}, versio {}",
        of_pages="Numeri paginarum libri impressi sunt.",
        of_lines="Numeri paginam et lineam indicant.",
        of_notes="Numerus cum littera n adnotationem paginae indicat.",
        of_versions="Litterae post numerum versionem indicant: {}.",
        of_principal="Loci praecipui litteris crassioribus signati sunt.",
    ),
}


def words_of_index(lang: str) -> IndexWords:
    """The words of a language (BCP 47), English where it has none here."""
    return _WORDS.get(lang.partition("-")[0].lower(), _WORDS["en"])
